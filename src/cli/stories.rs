//! `napkin stories`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Subcommand;

use super::context::{Context, Run};
use super::failure::Failure;
use super::output::{FormatArgument, print, print_checked, print_text};
use crate::report::Format;
use crate::story::{Listing, Stories, Story, Verification, handout};
use crate::text;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct StoriesCommand {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    format: FormatArgument,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// All stories, the shipped ones first; broken ones with what is wrong
    List {
        #[command(flatten)]
        format: FormatArgument,
    },
    /// A story step by step, each with its caption and the command that shows it
    Show {
        /// Its name
        #[arg(value_name = "STORY")]
        story: String,
        /// How to print; markdown is a hand-out
        #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
        format: ShowFormat,
    },
    /// Draw the story as a moving picture: an SVG that plays in a browser and in an <img>
    Record {
        /// Its name
        #[arg(value_name = "STORY")]
        story: String,
        /// The file to write
        #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
        file: PathBuf,
        /// Overwrite a file that is there already
        #[arg(long)]
        force: bool,
    },
    /// Whether every figure is what the story expects and every caption fits; exits with 1 if not
    Check {
        /// Only this story
        #[arg(value_name = "STORY")]
        story: Option<String>,
        #[command(flatten)]
        format: FormatArgument,
    },
}

/// How a story is shown.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum ShowFormat {
    /// Text for a terminal.
    #[default]
    Table,
    /// A hand-out.
    Markdown,
}

/// The stories of the context's directories.
pub(super) fn stories(context: &Context) -> Stories {
    Stories::new(&context.directories, &context.store)
}

/// The story of this name.
pub(super) fn load(name: &str, context: &Context) -> Result<Arc<Story>, Failure> {
    stories(context).load(name).map_err(|error| Failure::Usage(error.to_string()))
}

impl Run for StoriesCommand {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        match self.action.unwrap_or(Action::List { format: self.format }) {
            Action::List { format } => print(&Listing::of(&stories(context).list()), format.format),
            Action::Show { story, format } => {
                let (story, books) = (load(&story, context)?, super::books::open(context));
                let shown = match format {
                    ShowFormat::Table => story.to_text(&books),
                    ShowFormat::Markdown => handout(&story, &books),
                };
                print_text(shown.as_bytes())
            }
            Action::Record { story, file, force } => {
                let picture = crate::tui::record(&load(&story, context)?)
                    .map_err(|error| Failure::Usage(error.to_string()))?;
                write(&file, &picture, force)
            }
            Action::Check { story, format } => check(story.as_deref(), format.format, context),
        }
    }
}

/// Writes a file; one that is there already only by force.
fn write(path: &Path, content: &str, force: bool) -> Result<ExitCode, Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).create_new(!force);
    let written = options.open(path).and_then(|mut file| file.write_all(content.as_bytes()));
    written.map(|()| ExitCode::SUCCESS).map_err(|error| {
        let path = text::escaped(&path.to_string_lossy());
        Failure::Usage(match error.kind() {
            ErrorKind::AlreadyExists => format!("{path} is there already; --force overwrites it"),
            _ => format!("{path}: {error}"),
        })
    })
}

/// Checks one story, or all of them; a broken file is as bad as a missed expectation.
fn check(story: Option<&str>, format: Format, context: &Context) -> Result<ExitCode, Failure> {
    let mut broken = Vec::new();
    let found = match story {
        Some(name) => vec![load(name, context)?],
        None => stories(context)
            .list()
            .into_iter()
            .filter_map(|entry| entry.story.map_err(|error| broken.push(error)).ok())
            .collect(),
    };
    let books = super::books::open(context);
    let verification = Verification::of(found.iter().map(Arc::as_ref), &books);
    print_checked(&verification, format, verification.holds(), broken)
}
