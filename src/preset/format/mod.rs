//! The TOML format of presets: reading with provenance, errors with line and column, writing that keeps what it can.
//!
//! One scenario a file, the ids of the parameter table as tables: `[node]`, `[fleet]`, `[traffic]`, `[cache]`,
//! `[tier.KEY]`, `[pricing]`. Every input is a bare value or a table `{ value, low, high, source, note }`; a choice
//! is one of its words, an absent input `"none"`. A tier has a display `name` besides, its key when it has none.
//! At the top stand `name` (the file's when left out), `summary`, `date` (a TOML date or a text), `source`, `subject`
//! (what the verdict is about, a plural noun of up to 40 characters), `caveat` (up to 120) and `model`. `[based_on]`
//! names the preset that this one was made from: `preset`, `name`, `date`, `source`.
//!
//! `[[published]]` figures have `output`, `value`, `tolerance` (absolute, or a share of the value as in `"0.1%"`;
//! left out, the figure has to be met exactly) and `source`. `[[claim]]` entries have `input`, `value`, `by`, `date`
//! and `source`.

mod explicit;
mod fresh;
mod input;
mod layout;
mod lists;
mod literal;
mod patch;
mod problem;
mod read;
mod reader;
mod write;

pub use fresh::fresh;
pub(super) use literal::text as text_literal;
pub use problem::{Problem, Problems};
pub(super) use read::MOST_BYTES;
pub(crate) use read::parse;
pub use read::read;
pub(crate) use reader::{Reader, entries, join, kind, likely, start, value_start};
pub use write::to_toml;
