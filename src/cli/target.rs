//! `--target`.

use super::context::Context;
use super::failure::Failure;
use super::open::ScenarioArguments;
use crate::preset::Document;
use crate::quantity;
use crate::report::card::Replayed;

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

    /// The scenario, and the target if there is one, else what the scenario was looked at with, else 0.
    pub(super) fn open(
        &self,
        scenario: &ScenarioArguments,
        context: &Context,
    ) -> Result<(Document, f64), Failure> {
        let target = self.target()?;
        let Replayed { document, target: meant, .. } = scenario.replay(context)?;
        Ok((document, target.or(meant).unwrap_or_default()))
    }
}
