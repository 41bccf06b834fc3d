//! The command line.
//!
//! A command is a file with its arguments and a `run`, and one line in `commands!`.

#![warn(unreachable_pub)]

mod answer;
mod books;
mod break_even;
mod bridge;
mod card;
mod context;
mod eval;
mod explore;
mod failure;
mod hardware;
mod hosts;
mod odds;
mod open;
mod output;
mod presets;
mod shell;
mod stories;
mod sweep;
mod target;
mod tier;
mod tiers;
mod tornado;
mod view;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::model::{Global, Output, Parameter, TierField, TierOutput};
use crate::preset::{Directories, Store};
use context::{Context, Run};
use failure::Failure;

/// Explore the unit economics of LLM inference: node cost, throughput, traffic, cache and prices in; margins out.
#[derive(Debug, Parser)]
#[command(version, override_usage = USAGE, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    explore: explore::Explore,
    #[command(subcommand)]
    command: Option<Command>,
    /// Where the user's presets are, instead of the system's directory for them
    #[arg(long, value_name = "DIR", global = true, value_hint = clap::ValueHint::DirPath)]
    config_dir: Option<PathBuf>,
}

const USAGE: &str = "napkin [PRESET] [--set ID=VALUE]… [--against PRESET]    opens the explorer\n       \
                     napkin COMMAND [OPTIONS]                             prints";

/// Makes the list of commands and the call of each.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($arguments:ty),)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($(#[$doc])* $name($arguments),)*
        }

        impl Command {
            fn run(self, context: &Context) -> Result<ExitCode, Failure> {
                match self {
                    $(Self::$name(arguments) => arguments.run(context),)*
                }
            }
        }
    };
}

commands! {
    /// All figures of one scenario, and how they compare with what was published
    Eval(eval::Eval),
    /// One row of figures per point of a grid over inputs
    Sweep(sweep::Sweep),
    /// Where each input alone brings the margin to the target
    BreakEven(break_even::BreakEven),
    /// How far each input alone swings the margin
    Tornado(tornado::Tornado),
    /// What each difference between two scenarios accounts for, and which of them turn the verdict
    Bridge(bridge::Bridge),
    /// How likely the margin is above the target, from the ranges of the inputs
    Odds(odds::Odds),
    /// Who pays for whom: each tier's price, cost and margin, and what its users cost and bring
    Tiers(tiers::Tiers),
    /// What each host's prices would leave on this node
    Hosts(hosts::Hosts),
    /// What a million tokens cost at measured rates, and what these prices leave of it
    Hardware(hardware::Hardware),
    /// The answer in a few lines that stand alone in a thread, with a line that replays it
    Answer(answer::Answer),
    /// The claim card: the verdict, what differs, and a line that replays it
    Card(card::Card),
    /// List, show, make, verify and import presets
    Presets(presets::Presets),
    /// Questions and debates told in steps: list, show, check and record them
    Stories(stories::StoriesCommand),
    /// What the books of prices, rates and rents hold; import your own
    Books(books::BooksCommand),
    /// Completions for a shell
    Completions(shell::Completions),
    /// The manual page
    Man(shell::Man),
}

/// The definition of the whole command line.
fn definition() -> clap::Command {
    Cli::command().after_long_help(inputs_and_outputs())
}

/// The commands with their one line of help. No preset can have the name of one.
pub fn commands() -> Vec<(String, String)> {
    let text = |about: Option<&clap::builder::StyledStr>| about.map(ToString::to_string).unwrap_or_default();
    let definition = definition();
    let commands = definition.get_subcommands();
    commands.map(|command| (command.get_name().to_owned(), text(command.get_about()))).collect()
}

/// Every id of `--set` and every name of `--output`, with their meaning.
fn inputs_and_outputs() -> String {
    let input = |prefix: &str, parameter: &Parameter| {
        format!("  {prefix}{}: {}\n      {}\n", parameter.id, parameter.domain, parameter.doc)
    };
    let globals = Global::ALL.into_iter().map(|global| input("", global.parameter()));
    let tiers = TierField::ALL.into_iter().map(|field| input("tier.KEY.", field.parameter()));
    let outputs =
        Output::ALL.into_iter().map(|output| format!("  {}\n      {}\n", output.name(), output.info().doc));
    let tier_outputs = TierOutput::ALL
        .into_iter()
        .map(|output| format!("  tier.KEY.{}\n      {}\n", output.name(), output.info().doc));
    format!(
        "Inputs (--set ID=VALUE):\n{}\nOutputs:\n{}",
        globals.chain(tiers).collect::<String>(),
        outputs.chain(tier_outputs).collect::<String>()
    )
}

/// Runs the program. User errors are one clear line on standard error; only what should never happen is returned.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> color_eyre::Result<ExitCode> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match definition()
        .try_get_matches_from(&arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches))
    {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => {
            // Help and version. A closed pipe is no failure.
            return Ok(match error.print() {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Failure::Write(error).report(),
                _ => ExitCode::SUCCESS,
            });
        }
        Err(error) => {
            // A mistyped command reads as a preset, and what follows it as an argument too many.
            let too_many =
                error.kind() == ErrorKind::UnknownArgument && error.get(ContextKind::SuggestedArg).is_none();
            let command = arguments
                .get(1)
                .filter(|_| too_many)
                .and_then(|first| context::like(&definition(), first.to_str()?));
            let failure = match command {
                Some((name, meant)) => {
                    Failure::Usage(format!("no command `{name}`; did you mean `napkin {meant}`?"))
                }
                None => Failure::from(error).with_options(&definition(), &arguments),
            };
            return Ok(failure.report());
        }
    };
    let config_dir = cli.config_dir;
    let directories = Directories::find(config_dir.clone());
    let directories_problem = directories.problem();
    let context = Context { store: Store::new(&directories), directories, config_dir, definition };
    if cli.command.is_some()
        && let Some(problem) = directories_problem
    {
        anstream::eprintln!("napkin: {problem}");
    }
    let result = match cli.command {
        None => return cli.explore.run(&context).unwrap_or_else(|failure| Ok(failure.report())),
        Some(_) if cli.explore.is_given() => Err(Failure::Usage(cli.explore.misplaced())),
        Some(command) => command.run(&context),
    };
    Ok(result.unwrap_or_else(|failure| failure.report()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        definition().debug_assert();
    }

    #[test]
    fn no_preset_can_have_the_name_of_a_command_and_every_other_word_is_free() {
        let mut commands: Vec<String> = commands().into_iter().map(|(name, _)| name).collect();
        commands.push("help".to_owned());
        commands.sort();
        let mut refused = crate::preset::COMMANDS;
        refused.sort_unstable();
        assert_eq!(commands, refused);
    }

    #[test]
    fn no_shipped_preset_has_the_name_of_a_command() {
        for name in crate::preset::builtin::names() {
            assert!(commands().iter().all(|(command, _)| command != name), "{name}");
        }
    }
}
