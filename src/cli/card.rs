//! `napkin card`.

use std::io::Write;
use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::{self, ScenarioArguments};
use super::output::print_with;
use crate::report::card::{self, Replayed};

#[derive(Debug, clap::Args)]
pub(super) struct Card {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// A second preset, to compare with
    #[arg(long, value_name = "PRESET", value_hint = clap::ValueHint::FilePath)]
    against: Option<String>,
}

impl Run for Card {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let Replayed { document, against: compared, .. } = self.scenario.replay(context)?;
        let against = self.against.as_deref().map(|preset| open::open(Some(preset), &context.store));
        let against = against.transpose()?.or(compared);
        let card = card::write(&document, against.as_ref()).map_err(Failure::undefined(&document))?;
        print_with(|out, _| out.write_all(card.as_bytes()))
    }
}
