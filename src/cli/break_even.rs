//! `napkin break-even`.

use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::ScenarioArguments;
use super::output::{FormatArgument, print};
use super::target::TargetArgument;
use crate::report::break_even::BreakEvenReport;

#[derive(Debug, clap::Args)]
pub(super) struct BreakEven {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    target: TargetArgument,
    #[command(flatten)]
    format: FormatArgument,
}

impl Run for BreakEven {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let (document, target) = self.target.open(&self.scenario, context)?;
        print(&BreakEvenReport::of(&document, target), self.format.format)
    }
}
