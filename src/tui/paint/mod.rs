//! The toolkit of drawing: lines of words, columns, bars, plots, large digits, tracks and lists.

pub(super) mod ascii;
pub(super) mod bars;
pub(super) mod columns;
pub(super) mod digits;
mod line;
pub(super) mod list;
pub(super) mod plot;
pub(super) mod ticks;
pub(super) mod track;

pub(super) use crate::text::wrap;
pub(super) use line::{Line, left, more, right, row, wrapped};
