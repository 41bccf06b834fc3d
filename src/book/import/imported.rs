//! What comes out of an import, and why nothing did.

use std::io;

use crate::analysis::{Price, Rate};
use crate::book::format::{Book, BookError, BookName, Head, LeftOut};
use crate::book::rents::Rent;

/// What came out of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The rows.
    pub table: Table,
    /// What the file was taken for: `a models.dev api.json`.
    pub shape: &'static str,
    /// What did not come in.
    pub left_out: LeftOut,
}

/// A book of one of the three kinds.
#[derive(Clone, Debug, PartialEq)]
pub enum Table {
    /// Prices.
    Prices(Book<Price>),
    /// Rates.
    Rates(Book<Rate>),
    /// Rents.
    Rents(Book<Rent>),
}

impl Imported {
    /// The book it becomes.
    pub fn name(&self) -> BookName {
        match &self.table {
            Table::Prices(_) => BookName::Prices,
            Table::Rates(_) => BookName::Rates,
            Table::Rents(_) => BookName::Rents,
        }
    }

    /// How many rows came in.
    pub fn rows(&self) -> usize {
        match &self.table {
            Table::Prices(book) => book.rows.len(),
            Table::Rates(book) => book.rows.len(),
            Table::Rents(book) => book.rows.len(),
        }
    }
}

/// Why a file is no book.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Broken JSON.
    #[error("line {line}, column {column}: {problem}")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        problem: String,
    },
    /// JSON or a table of another kind.
    #[error(
        "{found}; a book is a models.dev api.json, a LiteLLM price map, or a CSV of prices, rates or rents"
    )]
    Shape {
        /// What it is instead.
        found: &'static str,
    },
    /// A CSV that lacks a column.
    #[error(transparent)]
    Columns(#[from] BookError),
    /// Nothing in it can be used.
    #[error("no row could be used: {left_out}")]
    Nothing {
        /// Why.
        left_out: LeftOut,
    },
    /// Cut off or unreadable.
    #[error("it cannot be read: {0}")]
    Io(io::Error),
}

/// What a file says about itself, for a book without a head.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// What the file is called.
    pub name: &'a str,
    /// What stands for the day of figures that have none: `imported 2026-11-24`.
    pub date: &'a str,
}

impl Source<'_> {
    /// A head without gaps.
    pub(super) fn head(&self, head: Head) -> Head {
        let or = |given: String, other: &str| if given.is_empty() { other.to_owned() } else { given };
        Head {
            name: or(head.name, self.name),
            source: or(head.source, self.name),
            date: or(head.date, self.date),
            licence: or(head.licence, "not stated"),
        }
    }
}
