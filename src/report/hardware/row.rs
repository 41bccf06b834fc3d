//! A measured row, and its words.

use std::sync::Arc;

use serde::Serialize;

use crate::analysis::{HardwareRow, Lengths, Rate};
use crate::quantity::number;

/// One measured row and what it comes to.
#[derive(Clone, Debug, Serialize)]
pub struct HardwareLine {
    /// The row of the book.
    #[serde(flatten)]
    pub rate: Arc<Rate>,
    /// Whether the decode rate holds the reading of prompts.
    pub prefill_inside: bool,
    /// What it comes to.
    #[serde(flatten)]
    pub result: HardwareRow,
}

impl HardwareLine {
    pub(super) fn of(rate: &Arc<Rate>, result: HardwareRow) -> Self {
        Self { prefill_inside: rate.prefill.is_none(), rate: Arc::clone(rate), result }
    }

    /// What has to be said beside the row.
    pub(super) fn note(&self) -> &'static str {
        if self.rate.lengths().is_none() {
            "per M output tokens; derived, not verified by MLCommons"
        } else {
            ""
        }
    }
}

/// `8k in, 1k out`.
pub fn lengths_in_words(lengths: Lengths) -> String {
    format!("{} in, {} out", tokens(lengths.tokens_in), tokens(lengths.tokens_out))
}

/// `8k/1k`, as it is asked for.
pub fn lengths_in_brief(lengths: Lengths) -> String {
    format!("{}/{}", tokens(lengths.tokens_in), tokens(lengths.tokens_out))
}

/// A length in binary thousands where it is one: `8k`.
pub(super) fn tokens(count: f64) -> String {
    let thousands = count / 1024.0;
    if thousands >= 1.0 && libm::trunc(thousands) == thousands {
        format!("{thousands}k")
    } else {
        number::plain(count)
    }
}
