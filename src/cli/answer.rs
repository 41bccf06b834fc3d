//! `napkin answer`.

use std::io::Write;
use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::{self, ScenarioArguments};
use super::output::print_with;
use super::target;
use super::view::ViewArgument;
use crate::report::answer;
use crate::report::card::Replayed;
use crate::report::view::{Scene, ViewName};

#[derive(Debug, clap::Args)]
pub(super) struct Answer {
    #[command(flatten)]
    scenario: ScenarioArguments,
    #[command(flatten)]
    view: ViewArgument,
    /// A second preset, to compare with
    #[arg(long, value_name = "PRESET", value_hint = clap::ValueHint::FilePath)]
    against: Option<String>,
    /// The gross margin that counts as even: a share or a percentage below 100 %
    #[arg(long, value_name = "M", allow_hyphen_values = true)]
    target: Option<String>,
}

impl Run for Answer {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let (view, target) = (self.view.view()?, self.target.as_deref().map(target::read).transpose()?);
        let Replayed { document, against: compared, view: seen, target: meant } =
            self.scenario.replay(context)?;
        let (view, target) = (view.or(seen).unwrap_or(ViewName::ALL[0]), target.or(meant).unwrap_or(0.0));
        let against = self.against.as_deref().map(|preset| open::open(Some(preset), &context.store));
        let against = against.transpose()?.or(compared);
        let books = super::books::open(context);
        let scene = Scene { document: &document, against: against.as_ref(), target, books: &books };
        let undefined = |reason| Failure::Undefined { preset: document.base().origin.id(), reason };
        let answer = answer::write(&scene, view, &view.sentence(&scene)).map_err(undefined)?;
        print_with(|out, _| out.write_all(answer.as_bytes()))?;
        Ok(ExitCode::SUCCESS)
    }
}
