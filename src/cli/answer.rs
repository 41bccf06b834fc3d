//! `napkin answer`.

use std::io::Write;
use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::{self, ScenarioArguments};
use super::output::print_with;
use super::target::TargetArgument;
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
    #[command(flatten)]
    target: TargetArgument,
}

impl Run for Answer {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let (view, target) = (self.view.view()?, self.target.target()?);
        let Replayed { document, against: compared, view: seen, target: meant } =
            self.scenario.replay(context)?;
        let (view, target) =
            (view.or(seen).unwrap_or(ViewName::ALL[0]), target.or(meant).unwrap_or_default());
        let against = self.against.as_deref().map(|preset| open::open(Some(preset), &context.store));
        let against = against.transpose()?.or(compared);
        let books = super::books::open(context);
        let scene = Scene { document: &document, against: against.as_ref(), target, books: &books };
        let answer =
            answer::write(&scene, view, &view.sentence(&scene)).map_err(Failure::undefined(&document))?;
        print_with(|out, _| out.write_all(answer.as_bytes()))
    }
}
