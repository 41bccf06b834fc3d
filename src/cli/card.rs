//! `napkin card`.

use std::io::Write;
use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::ScenarioArguments;
use super::output::print_with;
use crate::report::card;

#[derive(Debug, clap::Args)]
pub(super) struct Card {
    #[command(flatten)]
    scenario: ScenarioArguments,
}

impl Run for Card {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let document = self.scenario.open(context)?;
        let undefined = |reason| Failure::Undefined { preset: document.base().origin.id(), reason };
        let card = card::write(&document).map_err(undefined)?;
        print_with(|out, _| out.write_all(card.as_bytes()))?;
        Ok(ExitCode::SUCCESS)
    }
}
