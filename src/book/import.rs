//! Importing: what a file holds is known by its shape, what comes in is counted, and what does not, with why.

mod catalogue;
mod json;

use std::io;

use super::format::{Book, BookError, BookName, Head, LeftOut, Row};
use super::rents::Rent;
use crate::analysis::{Price, Rate};

/// The largest file that is imported: 64 MiB.
pub const MOST_BYTES: u64 = 64 << 20;

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
    /// The day of the import.
    pub date: &'a str,
}

/// Reads a file of any of the known shapes. `progress` is told now and then how many bytes are done.
pub fn import(
    bytes: &[u8],
    from: Source<'_>,
    progress: &mut dyn FnMut(usize),
) -> Result<Imported, ImportError> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let imported = match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => return Err(ImportError::Shape { found: "this is empty" }),
        Some(b'{') => catalogue::read(text, from, progress)?,
        Some(b'[') => return Err(ImportError::Shape { found: "this is a JSON list" }),
        Some(_) => table(text, from)?,
    };
    if imported.rows() == 0 {
        return Err(match imported.left_out.count() {
            0 => ImportError::Shape { found: "there are no rows in it" },
            _ => ImportError::Nothing { left_out: imported.left_out },
        });
    }
    Ok(imported)
}

/// A CSV: the book that most of its columns belong to.
fn table(bytes: &[u8], from: Source<'_>) -> Result<Imported, ImportError> {
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.starts_with(b"#"));
    let titles = lines.into_iter().find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let titles = String::from_utf8_lossy(titles.get(..10_000).unwrap_or(titles)).into_owned();
    let titles: Vec<&str> = titles.split(',').map(|title| title.trim().trim_matches('"')).collect();
    let known = |columns: &[&str]| columns.iter().filter(|column| titles.contains(column)).count();
    let (prices, rates, rents) = (known(Price::COLUMNS), known(Rate::COLUMNS), known(Rent::COLUMNS));
    match prices.max(rates).max(rents) {
        ..3 => Err(ImportError::Shape { found: "this is neither JSON nor a table with known columns" }),
        most if most == prices => rows(bytes, from, "a CSV of prices", Table::Prices),
        most if most == rates => rows(bytes, from, "a CSV of rates", Table::Rates),
        _ => rows(bytes, from, "a CSV of rents", Table::Rents),
    }
}

fn rows<R: Row>(
    bytes: &[u8],
    from: Source<'_>,
    shape: &'static str,
    table: impl FnOnce(Book<R>) -> Table,
) -> Result<Imported, ImportError> {
    let (mut book, left_out) = Book::parse_dated(bytes, from.date)?;
    book.head = from.head(book.head);
    Ok(Imported { table: table(book), shape, left_out })
}

impl Source<'_> {
    /// A head without gaps.
    fn head(&self, head: Head) -> Head {
        let or = |given: String, other: &str| if given.is_empty() { other.to_owned() } else { given };
        Head {
            name: or(head.name, self.name),
            source: or(head.source, self.name),
            date: or(head.date, self.date),
            licence: or(head.licence, "not stated"),
        }
    }
}
