//! `--target`.

use super::failure::Failure;
use crate::quantity;

/// The gross margin that an analysis asks about.
#[derive(Debug, clap::Args)]
pub(super) struct TargetArgument {
    /// The gross margin that counts as even: a share or a percentage below 100 %
    #[arg(long, value_name = "M", default_value = "0", allow_hyphen_values = true)]
    target: String,
}

impl TargetArgument {
    /// The target, below 1.
    pub(super) fn target(&self) -> Result<f64, Failure> {
        read(&self.target)
    }
}

/// A target margin, below 1.
pub(super) fn read(text: &str) -> Result<f64, Failure> {
    quantity::parse_target(text).map_err(Failure::argument("target", text))
}
