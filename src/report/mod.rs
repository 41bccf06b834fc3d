//! Reports: what a result says in a sentence, as a table, and as text in several formats.

pub mod answer;
pub mod books;
pub mod break_even;
pub mod bridge;
pub mod brief;
mod cache;
pub mod card;
pub mod caveat;
mod drawn;
pub(crate) mod echo;
pub mod eval;
pub mod hardware;
pub mod hosts;
mod idle;
pub mod map;
mod models;
pub mod odds;
pub(crate) mod presets;
pub mod proof;
pub mod provenance;
pub mod replay;
#[cfg(test)]
#[allow(
    clippy::too_many_lines,
    clippy::large_types_passed_by_value,
    clippy::cast_possible_wrap,
    reason = "a sentence is read from its start to its end"
)]
mod sentences;
pub mod svg;
pub mod tiers;
pub mod tornado;
pub(crate) mod unit_costs;
pub mod verdict;
pub mod view;
pub(crate) mod words;
mod write;

use crate::model::{InputId, Unit};
use crate::quantity::number;
use crate::text;

pub use drawn::{Drawn, Part, Tone};
pub(crate) use write::markdown_text;
pub use write::{Format, RowWriter, Style, to_text, write};

/// A result that can be read, printed and exported.
///
/// JSON comes from [`serde::Serialize`] of the result itself; everything else from the table.
pub trait Report: serde::Serialize {
    /// What the result says, as one sentence that is true in the odd cases too.
    fn conclusion(&self) -> String;

    /// The same in fewer words, for where there is no room for it: what stands beside it can be left out.
    fn short(&self) -> String {
        self.conclusion()
    }

    /// The result as columns and rows.
    fn table(&self) -> Table;

    /// The result as a terminal shows it, where bars say more than the table alone.
    fn drawn(&self) -> Option<Drawn> {
        None
    }
}

/// Columns and rows of values that are not rounded yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// One cell per column.
    pub rows: Vec<Vec<Cell>>,
}

/// The name of a column, and what stands in it for a row.
type Column<'a, R> = (&'static str, &'a dyn Fn(&R) -> Cell);

impl Table {
    /// A table of columns, each with its name and what stands in it.
    pub(crate) fn of<R>(rows: &[R], columns: &[Column<'_, R>]) -> Self {
        let row = |row: &R| columns.iter().map(|(_, cell)| cell(row)).collect();
        Self {
            columns: columns.iter().map(|(name, _)| *name).collect(),
            rows: rows.iter().map(row).collect(),
        }
    }
}

/// One value of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number with its unit.
    Number(f64, Unit),
    /// A difference of two numbers: percentage points for shares.
    Difference(f64, Unit),
    /// A distance between two shares, in percentage points.
    Points(f64),
    /// A number that words say better: `> 99.99 % of 100,000` for 1.
    Worded(f64, String),
    /// Undefined: `n/a` on screen, empty in CSV.
    Missing,
    /// An input that is absent: `none` on screen, empty in CSV.
    Absent,
    /// Nothing belongs here.
    #[default]
    Empty,
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// `yes` or `no`.
    pub fn yes_or_no(yes: bool) -> Self {
        Self::text(if yes { "yes" } else { "no" })
    }

    /// A number that may be undefined.
    pub fn number(value: Option<f64>, unit: Unit) -> Self {
        value.map_or(Self::Missing, |value| Self::Number(value, unit))
    }

    /// The value of an input: words for toggles.
    pub fn input(id: InputId, value: Option<f64>) -> Self {
        match value {
            None => Self::Absent,
            Some(_) if id.domain().words.is_some() => Self::Text(number::input(id, value)),
            Some(value) => Self::Number(value, id.parameter().unit),
        }
    }

    /// As a reader wants it: rounded, with its unit.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Worded(_, text) => text::clean(text),
            Self::Points(value) => number::distance(*value),
            Self::Difference(value, Unit::Share) => number::points(*value),
            Self::Difference(value, unit) if *value > 0.0 => format!("+{}", number::with_unit(*value, *unit)),
            Self::Number(value, unit) | Self::Difference(value, unit) => number::with_unit(*value, *unit),
            Self::Missing => number::UNDEFINED.to_owned(),
            Self::Absent => number::ABSENT.to_owned(),
            Self::Empty => String::new(),
        }
    }

    /// As a program wants it: every digit, and nothing where there is no value.
    pub fn exported(&self) -> String {
        match self {
            Self::Text(text) => text::clean(text),
            _ => self.value().map_or_else(String::new, number::exact),
        }
    }

    /// The number in it.
    pub const fn value(&self) -> Option<f64> {
        match self {
            Self::Number(value, _)
            | Self::Difference(value, _)
            | Self::Points(value)
            | Self::Worded(value, _) => Some(*value),
            Self::Text(_) | Self::Missing | Self::Absent | Self::Empty => None,
        }
    }

    /// Whether the cell stands to the right of its column.
    const fn is_number(&self) -> bool {
        !matches!(self, Self::Text(_))
    }
}
