//! `napkin tornado`.

use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::ScenarioArguments;
use super::output::{FormatArgument, print};
use crate::report::tornado;

#[derive(Debug, clap::Args)]
pub(super) struct Tornado {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    format: FormatArgument,
}

impl Run for Tornado {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let document = self.scenario.open(context)?;
        print(&tornado::TornadoReport::of(&document), self.format.format)
    }
}
