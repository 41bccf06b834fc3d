//! What every command has to work with.

use std::path::PathBuf;
use std::process::ExitCode;

use super::failure::Failure;
use crate::model::nearest;
use crate::preset::{Directories, Store};

/// What a command has to work with.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) directories: Directories,
    pub(super) store: Store,
    /// The directory that `--config-dir` names.
    pub(super) config_dir: Option<PathBuf>,
    /// Makes the definition of the whole command line.
    pub(super) definition: fn() -> clap::Command,
}

/// A command: its arguments, and what it does.
pub(super) trait Run {
    /// Prints the result on standard output; the exit code says whether it is "no".
    fn run(self, context: &Context) -> Result<ExitCode, Failure>;
}

/// A name that is no command, with the command that looks like it.
pub(super) fn like<'a>(definition: &clap::Command, name: &'a str) -> Option<(&'a str, String)> {
    let names = || definition.get_subcommands().map(clap::Command::get_name);
    let meant = nearest(name, names()).filter(|_| names().all(|command| command != name))?;
    Some((name, meant.to_owned()))
}
