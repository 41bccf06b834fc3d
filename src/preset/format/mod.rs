//! The TOML format of presets: reading with provenance, errors with a place, writing that keeps what it can.

mod fresh;
mod input;
mod layout;
mod lists;
mod literal;
mod patch;
mod problem;
mod read;
mod said;
mod write;

pub use fresh::fresh;
pub use problem::{MOST_PROBLEMS, Problem, Problems};
pub use read::{MOST_BYTES, read};
pub use write::to_toml;
