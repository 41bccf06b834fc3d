//! `napkin tiers`.

use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::ScenarioArguments;
use super::output::{FormatArgument, print};
use crate::report::tiers;

#[derive(Debug, clap::Args)]
pub(super) struct Tiers {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    format: FormatArgument,
}

impl Run for Tiers {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let document = self.scenario.open(context)?;
        print(&tiers::TiersReport::of(&document), self.format.format)
    }
}
