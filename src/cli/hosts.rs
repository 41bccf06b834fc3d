//! `napkin hosts`.

use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::ScenarioArguments;
use super::output::{FormatArgument, print};
use super::target::TargetArgument;
use super::tier::TierArgument;
use crate::report::hosts::{HostsQuery, HostsReport};

#[derive(Debug, clap::Args)]
pub(super) struct Hosts {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Only this model: its id, or whole words of it; '' for every one; the preset's without
    #[arg(long, value_name = "TEXT")]
    model: Option<String>,
    /// Only hosts with these whole words in their name
    #[arg(long, value_name = "TEXT")]
    host: Option<String>,
    #[command(flatten)]
    tier: TierArgument,
    #[command(flatten)]
    target: TargetArgument,
    #[command(flatten)]
    format: FormatArgument,
}

impl Run for Hosts {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let (document, target) = self.target.open(&self.scenario, context)?;
        let query = HostsQuery {
            model: self.model.as_deref(),
            host: self.host.as_deref(),
            words: "",
            tier: self.tier.tier(&document)?,
            target,
        };
        let books = super::books::open(context);
        print(&HostsReport::of(&document, &books, query), self.format.format)
    }
}
