//! The TOML format of presets: reading with provenance, errors with a place, writing that keeps what it can.

mod input;
mod lists;
mod problem;
mod read;

pub use problem::{MOST_PROBLEMS, Problem, Problems};
pub use read::{MOST_BYTES, read};
