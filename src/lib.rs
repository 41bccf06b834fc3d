//! **napkin** explores the unit economics of LLM inference: node cost, throughput, traffic mix, cache-hit
//! ratio and prices go in; revenue, unit costs and margins come out, with the source of every figure.

pub mod analysis;
#[doc(hidden)]
pub mod cli;
pub mod model;
pub mod preset;
pub mod quantity;
pub mod report;
pub mod text;
#[doc(hidden)]
pub mod tui;
