//! The toolkit of drawing: lines of words, columns, bars, plots, large digits, tracks and lists.

pub mod ascii;
pub mod bars;
pub mod columns;
pub mod digits;
mod line;
pub mod list;
pub mod plot;
pub mod track;

pub use line::{Line, left, more, right, row, wrap, wrapped};
