//! `napkin books`.

use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Subcommand;

use super::context::{Context, Run};
use super::failure::Failure;
use super::output::{FormatArgument, print, print_with};
use crate::book::{Books, MOST_BYTES, Source, import, read_limited, today};
use crate::report::books::{self, BooksReport};
use crate::text;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct BooksCommand {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    format: FormatArgument,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// What the books hold, from where and when, and under which licence
    Info {
        #[command(flatten)]
        format: FormatArgument,
    },
    /// Take a models.dev api.json, a LiteLLM price map, or a CSV of prices, rates or rents for the book of that kind
    Import {
        /// The file, or - for standard input; at most 64 MiB
        #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
        file: PathBuf,
    },
}

impl Run for BooksCommand {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        match self.action.unwrap_or(Action::Info { format: self.format }) {
            Action::Info { format } => print(&BooksReport::of(&open(context)), format.format),
            Action::Import { file } => import_file(&file, context),
        }
    }
}

/// The books that count; what is wrong with the user's is told on standard error.
pub(super) fn open(context: &Context) -> Arc<Books> {
    let books = Books::open(directory(context).as_deref());
    for problem in books.problems() {
        tell(problem);
    }
    books
}

/// Where the user's books are.
pub(super) fn directory(context: &Context) -> Option<PathBuf> {
    context.directories.config.as_ref().map(|config| config.join("books"))
}

fn tell(line: &str) {
    // Whoever does not read standard error misses a remark, and nothing else.
    let _ = writeln!(io::stderr().lock(), "napkin: {}", text::clean(line));
}

/// Makes a file the user's book, or says why the old one is kept.
fn import_file(file: &std::path::Path, context: &Context) -> Result<ExitCode, Failure> {
    const STDIN: &str = "standard input";
    let (name, bytes) = if file.as_os_str() == "-" {
        (STDIN.to_owned(), read_stdin())
    } else {
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        (name, read_limited(file).map_err(|error| error.to_string()))
    };
    let kept = |error: String| Failure::Usage(format!("{error}; the old book is kept"));
    let bytes = bytes.map_err(kept)?;
    // When its figures were listed such a file does not say; the day it came in is not theirs.
    let date = format!("imported {}", today());
    let source = Source { name: &name, date: &date };
    let imported = import(&bytes, source, &mut progress(bytes.len()))
        .map_err(|error| kept(format!("{}: {error}", text::clean(&name))))?;
    let path =
        Books::save(directory(context).as_deref(), &imported).map_err(|error| kept(error.to_string()))?;
    let sentence = books::imported(&imported);
    print_with(|out, _| writeln!(out, "{}\n{}", text::clean(&sentence), text::path(&path)))
}

fn read_stdin() -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| format!("standard input: {error}"))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err("standard input: larger than 64 MiB; a book has at most 64 MiB".to_owned());
    }
    Ok(bytes)
}

/// Tells a person who waits for more than a second how far reading is.
fn progress(all: usize) -> impl FnMut(usize) {
    const PATIENCE: Duration = Duration::from_secs(1);
    let watched = io::stderr().is_terminal();
    let mut told = Instant::now();
    move |done| {
        if watched && told.elapsed() >= PATIENCE {
            told = Instant::now();
            tell(&format!("read {} of {} MB", done / 1_000_000, all / 1_000_000));
        }
    }
}
