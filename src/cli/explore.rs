//! `napkin` without a command: the explorer.

use std::process::ExitCode;

use super::failure::Failure;
use super::open::{self, ScenarioArguments};
use super::{Context, commands, presets};
use crate::model::nearest;
use crate::tui::runtime::{self, Machine};
use crate::tui::theme::{self, Theme};
use crate::tui::{App, Start};

/// Arguments of the explorer.
#[derive(Debug, clap::Args)]
pub(super) struct Explore {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// A second preset, pinned for comparison
    #[arg(long, value_name = "PRESET", value_hint = clap::ValueHint::FilePath)]
    against: Option<String>,
    /// Go on where the last session ended
    #[arg(long)]
    resume: bool,
    /// Colours
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Leave the mouse to the terminal
    #[arg(long)]
    no_mouse: bool,
    /// Draw with ASCII characters only
    #[arg(long)]
    ascii: bool,
}

impl Explore {
    /// Whether any argument of the explorer is given.
    pub(super) fn is_given(&self) -> bool {
        self.misplaced_option().is_some()
    }

    fn misplaced_option(&self) -> Option<&str> {
        let flags = [
            (self.scenario.preset.is_some(), self.scenario.preset.as_deref().unwrap_or("PRESET")),
            (!self.scenario.sets.sets.is_empty(), "--set"),
            (self.against.is_some(), "--against"),
            (self.resume, "--resume"),
            (self.theme.is_some(), "--theme"),
            (self.no_mouse, "--no-mouse"),
            (self.ascii, "--ascii"),
        ];
        flags.into_iter().find(|(given, _)| *given).map(|(_, name)| name)
    }

    /// What to say when a command follows them.
    pub(super) fn misplaced(&self) -> String {
        let option = self.misplaced_option().unwrap_or("PRESET");
        format!(
            "`{option}` stands before the command; the command comes first, as in `napkin eval PRESET --set ID=VALUE`"
        )
    }

    /// Opens the explorer. The inner error is one of the terminal while the explorer ran.
    pub(super) fn run(self, context: &Context) -> Result<color_eyre::Result<ExitCode>, Failure> {
        let document = self.scenario.open(context).map_err(|failure| self.command_meant(failure))?;
        let against =
            self.against.as_deref().map(|preset| open::open(Some(preset), &context.store)).transpose()?;
        let options = runtime::Options {
            mouse: !self.no_mouse,
            input_was_read: [&self.scenario.preset, &self.against]
                .iter()
                .any(|preset| preset.as_deref() == Some("-")),
        };
        if options.check().is_err() {
            let preset = self.scenario.preset.map_or_else(String::new, |preset| format!(" {preset}"));
            let hint = format!("the explorer needs a terminal; `napkin eval{preset}` prints the figures");
            return Err(Failure::Usage(hint));
        }
        let theme = theme(self.theme.as_deref())?;
        let world = Machine::new(&context.directories).with_open(document.base());
        let start = Start { document, pinned: against, theme, ascii: self.ascii, mouse: options.mouse };
        let mut app = App::new(start);
        Ok(runtime::run(&mut app, world, options).map(ExitCode::from))
    }

    /// An unknown preset may be a mistyped command.
    fn command_meant(&self, failure: Failure) -> Failure {
        let Failure::Load(error) = &failure else { return failure };
        let Some(name) = self.scenario.preset.as_deref().filter(|_| presets::is_unknown(error)) else {
            return failure;
        };
        let names: Vec<String> = commands().map(|(name, _)| name).collect();
        match nearest(name, names.iter().map(String::as_str)) {
            Some(command) => {
                Failure::Usage(format!("no preset or command `{name}`; did you mean `napkin {command}`?"))
            }
            None => failure,
        }
    }
}

/// The theme of this name; without one, the terminal's own colours, or none if the environment wants none.
fn theme(name: Option<&str>) -> Result<&'static Theme, Failure> {
    let Some(name) = name else {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        return Ok(if no_colour { &theme::MONO } else { &theme::TERMINAL });
    };
    let names: Vec<&str> = Theme::ALL.iter().map(|theme| theme.name).collect();
    let unknown = || format!("the themes are {}", names.join(", "));
    Theme::by_name(name).ok_or_else(unknown).map_err(Failure::argument("theme", name))
}
