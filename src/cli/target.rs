//! `--target`.

use super::failure::Failure;
use crate::quantity;

/// The gross margin that an analysis asks about.
#[derive(Debug, clap::Args)]
pub(super) struct TargetArgument {
    /// The gross margin that counts as even: a share or a percentage below 100 %; without it what a claim card or
    /// an answer on standard input says, else 0
    #[arg(long, value_name = "M", allow_hyphen_values = true)]
    target: Option<String>,
}

impl TargetArgument {
    /// Whether there is one.
    pub(super) fn is_given(&self) -> bool {
        self.target.is_some()
    }

    /// The target if there is one, below 1.
    pub(super) fn target(&self) -> Result<Option<f64>, Failure> {
        let read = |text: &str| quantity::parse_target(text).map_err(Failure::argument("target", text));
        self.target.as_deref().map(read).transpose()
    }
}
