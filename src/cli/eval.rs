//! `napkin eval`.

use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::ScenarioArguments;
use super::output::{FormatArgument, print};
use crate::report::eval;

#[derive(Debug, clap::Args)]
pub(super) struct Eval {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    format: FormatArgument,
}

impl Run for Eval {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let eval = eval::EvalReport::of(&self.scenario.open(context)?);
        if let Some(reason) = eval.undefined() {
            return Err(Failure::Undefined { preset: eval.preset, reason });
        }
        print(&eval, self.format.format)
    }
}
