//! How numbers with units are written and how they are read.

#![warn(unreachable_pub)]

pub mod assignment;
mod decimal;
mod error;
pub mod number;
mod read;

pub use error::QuantityError;
pub use read::{Reading, parse, parse_target, parse_whole};
