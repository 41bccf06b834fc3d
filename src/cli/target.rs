//! `--target`.

use super::failure::Failure;
use crate::model::{Domain, Fallback, Pane, Parameter, Scale, Unit};
use crate::report::quantity;

/// The gross margin that an analysis asks about.
#[derive(Debug, clap::Args)]
pub(super) struct TargetArgument {
    /// The gross margin that counts as even: a share or a percentage below 100 %
    #[arg(long, value_name = "M", default_value = "0", allow_hyphen_values = true)]
    target: String,
}

/// A target is read as an input is. It may be below zero.
const TARGET: Parameter = Parameter {
    id: "target",
    label: "Target",
    symbol: "m",
    unit: Unit::Share,
    domain: Domain { min: -1e6, max: 1.0, whole: false, optional: false, words: None },
    scale: Scale::Linear { low: 0.0, high: 1.0 },
    fallback: Fallback::Value(0.0),
    pane: Pane::Node,
    rank: 0,
    doc: "Gross margin that counts as even.",
    formula: "gross margin > target",
};

impl TargetArgument {
    /// The target, below 1.
    pub(super) fn target(&self) -> Result<f64, Failure> {
        // A sign before a percentage would make it relative.
        let (sign, text) = match self.target.trim().strip_prefix('-') {
            Some(rest) => (-1.0, rest),
            None => (1.0, self.target.as_str()),
        };
        let reading = quantity::parse(text, &TARGET, None);
        let reading = reading.map_err(Failure::argument("target", &self.target))?;
        let target = reading.value.map(|target| sign * target).filter(|target| *target < 1.0);
        target
            .ok_or("a gross margin is never above 100 %, so a target is below it")
            .map_err(Failure::argument("target", &self.target))
    }
}
