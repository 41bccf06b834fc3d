//! `napkin presets`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::{self, Sets};
use super::output::{FormatArgument, print, print_checked, print_text, print_with, to_terminal};
use crate::preset::{LoadError, Permit, SaveError, Saved, to_toml};
use crate::report::Format;
use crate::report::eval::Verification;
use crate::report::presets::Listing;
use crate::text;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Presets {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    format: FormatArgument,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// All presets, the user's first; broken ones with what is wrong
    List {
        #[command(flatten)]
        format: FormatArgument,
    },
    /// The file of a preset, with every --set written into it
    Show {
        /// A name, a path, or - for TOML or a claim card on standard input
        #[arg(value_name = "PRESET")]
        preset: String,
        #[command(flatten)]
        sets: Sets,
    },
    /// Write a new preset: a commented file that opens at once, every value marked as an assumption
    New {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Whether published figures are reproduced; exits with 1 if one is missed
    Verify {
        /// Only this preset
        #[arg(value_name = "PRESET")]
        preset: Option<String>,
        #[command(flatten)]
        format: FormatArgument,
    },
    /// Where the user's presets are
    Path,
    /// Check a file and copy it to the user's presets
    Import {
        /// The file
        #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
        file: PathBuf,
        /// Under this name instead of the file's
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Overwrite the preset of this name
        #[arg(long)]
        force: bool,
    },
}

impl Run for Presets {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        match self.action.unwrap_or(Action::List { format: self.format }) {
            Action::List { format } => print(&Listing::of(&context.store.list()), format.format),
            Action::Show { preset, sets } => {
                let mut document = open::open(Some(&preset), &context.store)?;
                sets.apply(&mut document)?;
                let shown = if document.is_edited() { document.own_version() } else { document };
                print_text(&to_toml(&shown))
            }
            Action::New { name } => {
                let saved = context.store.create(&name).map_err(|error| Failure::Usage(error.to_string()))?;
                print_saved(&saved)
            }
            Action::Verify { preset, format } => verify(preset.as_deref(), format.format, context),
            Action::Import { file, name, force } => {
                let stem = || file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
                let name = name.or_else(stem).unwrap_or_default();
                let permit = Permit { overwrite: force, ..Permit::default() };
                let saved =
                    context.store.import(&file, &name, permit).map_err(|error| import_failed(&error))?;
                print_saved(&saved)
            }
            Action::Path => print_path(context.store.presets_dir().ok_or_else(no_directory)?),
        }
    }
}

/// Prints where a preset is now.
fn print_saved(saved: &Saved) -> Result<ExitCode, Failure> {
    saved.preset.origin.path().map_or(Ok(ExitCode::SUCCESS), |path| print_path(path))
}

/// Prints a path byte by byte, but for a terminal, which would act on what some names hold.
fn print_path(path: &Path) -> Result<ExitCode, Failure> {
    print_with(|out, _| {
        if to_terminal() {
            writeln!(out, "{}", text::escaped(&path.to_string_lossy()))
        } else {
            writeln!(out, "{}", path.display())
        }
    })
}

fn no_directory() -> Failure {
    Failure::Usage(
        "this system has no directory for presets; --config-dir or NAPKIN_CONFIG_DIR names one".to_owned(),
    )
}

/// What an import takes to go ahead, in the words of the command line.
fn import_failed(error: &SaveError) -> Failure {
    Failure::Usage(match error {
        SaveError::Exists(path) => {
            let path = text::escaped(&path.to_string_lossy());
            format!("{path} is there already; --force overwrites it, --name imports under another name")
        }
        error => error.to_string(),
    })
}

/// Checks one preset, or all of them; a broken file is as bad as a missed figure.
fn verify(preset: Option<&str>, format: Format, context: &Context) -> Result<ExitCode, Failure> {
    let mut broken = Vec::new();
    let presets = match preset {
        Some(name) => vec![(name.to_owned(), context.store.load(name)?)],
        None => context
            .store
            .list()
            .into_iter()
            .filter_map(|entry| {
                let preset = entry.preset.map_err(|error| broken.push(error)).ok()?;
                Some((entry.id, preset))
            })
            .collect(),
    };
    let verification =
        Verification::of(presets.iter().map(|(id, preset)| (id.as_str(), preset.content.as_ref())));
    print_checked(&verification, format, verification.holds(), broken)
}

/// Whether a preset is unknown rather than broken.
pub(super) fn is_unknown(error: &LoadError) -> bool {
    matches!(error, LoadError::Unknown { .. })
}
