//! **napkin** is the unit economics of LLM inference: node cost, throughput, traffic mix, cache-hit ratio and
//! prices go in; revenue, unit costs and margins come out, with the source of every figure.
//!
//! ```
//! use napkin::analysis::break_even;
//! use napkin::model::{Output, evaluate};
//! use napkin::preset::{Document, builtin};
//! use napkin::quantity::number;
//!
//! // DeepSeek's published day of production, at twice the rent of a GPU.
//! let mut document = Document::new(builtin::load("deepseek-day6").ok_or("not shipped")?);
//! let rent = document.scenario().find("node.gpu_hour")?;
//! document.set(&[(rent, Some(4.0))])?;
//!
//! let outputs = evaluate(document.scenario());
//! assert_eq!(number::output(&outputs, Output::GrossMargin), "69.0 %");
//! let nearest = break_even(document.scenario(), rent, 0.0).solutions[0];
//! assert_eq!(number::input_with_unit(rent, Some(nearest)), "$12.90/GPU·h");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`model`] has the inputs, the equations and the results; [`analysis`] what is asked of them: break-even,
//! tornado, bridge, odds, map, sweep, hosts, hardware. [`book`] has other people's prices, rates and rents. [`preset`] reads, edits and saves scenarios with their sources,
//! [`quantity`] reads and writes numbers with units, and [`report`] says a result in a sentence and as a table.

pub mod analysis;
pub mod book;
#[doc(hidden)]
pub mod cli;
pub mod model;
pub mod preset;
pub mod quantity;
pub mod report;
#[doc(hidden)]
pub mod story;
pub mod text;
#[doc(hidden)]
pub mod tui;
