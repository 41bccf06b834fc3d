//! Values below a step of a bridge: those of the step itself, or of the tiers and inputs that it is made of.

use crate::analysis::{Share, Side};
use crate::quantity::number;
use crate::report::bridge::BridgeReport;
use crate::tui::context::Context;

/// Both values of a share, or of a part of it.
pub(in crate::tui::views) struct Part {
    /// What it is a part of the share; empty for all of it.
    pub(super) name: String,
    pub(super) from: String,
    pub(super) to: String,
    /// The share's bar, where it has the height of two lines: this is the second.
    pub(super) bar: Option<(f64, f64)>,
}

impl Part {
    const fn new(name: String, from: String, to: String) -> Self {
        Self { name, from, to, bar: None }
    }

    /// The values of a share that is one input.
    pub(super) fn values(share: &Share) -> Option<Self> {
        let side = |side: &Side| match side {
            Side::Input(value) => Some(number::input(value.id.input, value.value)),
            Side::Shares(_) | Side::Inputs(_) => None,
        };
        Some(Self::new(String::new(), side(&share.from)?, side(&share.to)?))
    }

    pub(super) fn words(&self, cx: &Context) -> String {
        let space = if self.name.is_empty() { "" } else { " " };
        format!("  {}{space}{} {} {}", self.name, self.from, cx.signs.arrow, self.to)
    }
}

/// What a share is made of, when it is more than one value.
pub(super) fn parts(report: &BridgeReport, share: &Share) -> Vec<Part> {
    match (&share.from, &share.to) {
        (Side::Shares(from), Side::Shares(to)) => {
            let shares = from.iter().zip(to).map(|((key, from), (_, to))| {
                Part::new(report.tier(*key), number::percent(*from), number::percent(*to))
            });
            shares.collect()
        }
        (Side::Inputs(from), Side::Inputs(to)) => {
            let inputs = from.iter().zip(to).map(|(from, to)| {
                let (name, id) = (report.input(&from.id), from.id.input);
                Part::new(name, number::input(id, from.value), number::input(id, to.value))
            });
            inputs.collect()
        }
        _ => Vec::new(),
    }
}
