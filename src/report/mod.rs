//! Reports: what a result says in a sentence, as a table, and as text in several formats.

mod decimal;
pub mod number;
pub mod quantity;
pub mod text;

use crate::model::Unit;

/// A result that can be read, printed and exported.
///
/// JSON comes from [`serde::Serialize`] of the result itself; everything else from the table.
pub trait Report: serde::Serialize {
    /// What the result says, as one sentence that is true in the odd cases too.
    fn conclusion(&self) -> String;

    /// The result as columns and rows.
    fn table(&self) -> Table;
}

/// Columns and rows of values that are not rounded yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// One cell per column.
    pub rows: Vec<Vec<Cell>>,
}

/// One value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number with its unit.
    Number(f64, Unit),
    /// Undefined or absent: `n/a` on screen, empty in CSV.
    Missing,
}
