//! How numbers with units are written and how they are read.

pub mod assignment;
mod decimal;
pub mod number;
mod read;

pub use read::{QuantityError, Reading, parse, parse_target};
