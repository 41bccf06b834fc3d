//! `napkin` without a command: the explorer.

use std::process::ExitCode;
use std::sync::Arc;

use super::context::{self, Context};
use super::failure::Failure;
use super::open::{self, ScenarioArguments};
use super::target::TargetArgument;
use super::view::ViewArgument;
use super::{presets, stories};
use crate::book::Books;
use crate::preset::{Directories, read_file};
use crate::tui::runtime::{self, SystemEffects};
use crate::tui::theme;
use crate::tui::{App, Config, Memory, Start, TerminalColours, ThemeChoice};

/// Arguments of the explorer.
#[derive(Debug, clap::Args)]
pub(super) struct Explore {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// A second preset, pinned for comparison
    #[arg(long, value_name = "PRESET", value_hint = clap::ValueHint::FilePath)]
    against: Option<String>,
    #[command(flatten)]
    view: ViewArgument,
    /// Tell this question or story; `napkin stories` lists them
    #[arg(long, value_name = "NAME")]
    story: Option<String>,
    #[command(flatten)]
    target: TargetArgument,
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
            (self.view.view.is_some(), "--view"),
            (self.story.is_some(), "--story"),
            (self.target.is_given(), "--target"),
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
        let startup = StartupConfig::read(&context.directories);
        let asks_for_mouse = !self.no_mouse && startup.mouse();
        let colorterm = std::env::var("COLORTERM").ok();
        let terminal = TerminalColours::new(colorterm.as_deref(), startup.memory.background);
        let options = runtime::Options {
            mouse: asks_for_mouse,
            // With sixteen colours the theme is the terminal's own, whatever its background.
            background: terminal.truecolor,
            input_was_read: [&self.scenario.preset, &self.against]
                .iter()
                .any(|preset| preset.as_deref() == Some("-")),
        };
        let view = self.view.view()?;
        let target = self.target.target()?;
        let story = self.story.as_deref().map(|name| stories::load(name, context)).transpose()?;
        let theme = theme(self.theme.as_deref(), &startup)?;
        let keys = startup.config.keys.clone();
        let start = self.start(context, startup)?;
        if let Err(reason) = options.check() {
            let preset = self.scenario.preset.map_or_else(String::new, |preset| format!(" {preset}"));
            return Err(Failure::Usage(format!("{reason}; `napkin eval{preset}` prints the figures")));
        }
        let books = Books::open(super::books::directory(context).as_deref());
        let notice = start.notice.or_else(|| books.problems().next().map(str::to_owned));
        let (ascii, mouse, config_dir) = (self.ascii, options.mouse, context.config_dir.clone());
        let (target, view) = (target.or(start.target), view.or(start.view));
        let start = Start {
            theme,
            terminal,
            ascii,
            keys,
            mouse,
            config_dir,
            books: Arc::clone(&books),
            target,
            view,
            story,
            notice,
            ..start
        };
        let mut app = App::new(start);
        let effects = SystemEffects::new(&context.directories).with_books(books);
        Ok(runtime::run(&mut app, effects, options).map(ExitCode::from))
    }

    /// What opens: the last session if it is asked for and nothing else is named, else the preset.
    fn start(&self, context: &Context, startup: StartupConfig) -> Result<Start, Failure> {
        let mut pinned =
            self.against.as_deref().map(|preset| open::open(Some(preset), &context.store)).transpose()?;
        let (mut view, mut target) = (None, None);
        let mut notice = startup.notice;
        if self.resume && self.scenario.preset.is_none() {
            match startup.memory.resume(&context.store) {
                Ok(resumed) => {
                    let mut document = resumed.document;
                    self.scenario.sets.apply(&mut document)?;
                    return Ok(Start {
                        pinned: pinned.or(resumed.pinned),
                        bookmark: Some(resumed.bookmark),
                        chosen: startup.memory.chosen,
                        notice: notice.or(resumed.notice),
                        ..Start::new(document)
                    });
                }
                Err(problem) => notice = notice.or(Some(problem)),
            }
        }
        let default = startup.config.preset.as_deref().filter(|_| self.scenario.preset.is_none());
        let document = match default.map(|preset| open::open(Some(preset), &context.store)) {
            Some(Ok(mut document)) => {
                self.scenario.sets.apply(&mut document)?;
                document
            }
            // A default that cannot be opened is no reason not to start.
            Some(Err(failure)) => {
                notice = notice.or(Some(format!("config.toml: {failure}")));
                self.scenario.open(context)?
            }
            None => {
                let opened = self.scenario.replay(context);
                let replayed = opened.map_err(|failure| self.command_meant(context, failure))?;
                pinned = pinned.or(replayed.against);
                (view, target) = (replayed.view, replayed.target);
                replayed.document
            }
        };
        let chosen = startup.memory.chosen;
        Ok(Start { pinned, chosen, target, view, notice, ..Start::new(document) })
    }

    /// An unknown preset may be a mistyped command.
    fn command_meant(&self, context: &Context, failure: Failure) -> Failure {
        let Failure::Load(error) = &failure else { return failure };
        let Some(name) = self.scenario.preset.as_deref().filter(|_| presets::is_unknown(error)) else {
            return failure;
        };
        context::like(&(context.definition)(), name).map_or(failure, |(name, meant)| {
            Failure::Usage(format!("no preset or command `{name}`; did you mean `napkin {meant}`?"))
        })
    }
}

/// What the user wants at every start, and what is remembered of the last one.
#[derive(Debug, Default)]
struct StartupConfig {
    config: Config,
    memory: Memory,
    /// What of it could not be read.
    notice: Option<String>,
}

impl StartupConfig {
    fn read(directories: &Directories) -> Self {
        let mut startup = Self { notice: directories.problem(), ..Self::default() };
        if let Some(path) = directories.config.as_ref().map(|config| config.join("config.toml")) {
            match read_file(&path) {
                Ok(bytes) => {
                    let (config, problem) = Config::read(&String::from_utf8_lossy(&bytes));
                    startup.config = config;
                    startup.notice = startup.notice.or(problem);
                }
                Err(error) if error.is_not_found() => {}
                Err(error) => startup.notice = startup.notice.or(Some(error.to_string())),
            }
        }
        match SystemEffects::remembered(directories) {
            Ok(memory) => startup.memory = memory,
            Err(problem) => startup.notice = startup.notice.or(Some(problem)),
        }
        startup
    }

    fn theme(&self) -> ThemeChoice {
        let remembered = self.memory.chosen.theme.as_deref().and_then(ThemeChoice::by_name);
        remembered.or(self.config.theme).unwrap_or_default()
    }

    fn mouse(&self) -> bool {
        self.memory.chosen.mouse.or(self.config.mouse).unwrap_or(true)
    }
}

/// The theme of this name; without one none if the environment wants no colour, else the one chosen before, else
/// the one that suits the terminal.
fn theme(name: Option<&str>, startup: &StartupConfig) -> Result<ThemeChoice, Failure> {
    let Some(name) = name else {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        return Ok(if no_colour { ThemeChoice::Always(&theme::MONO) } else { startup.theme() });
    };
    let unknown = || format!("the themes are {}", ThemeChoice::names());
    ThemeChoice::by_name(name).ok_or_else(unknown).map_err(Failure::argument("theme", name))
}
