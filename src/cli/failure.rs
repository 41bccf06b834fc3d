//! What goes wrong on the command line, each as one clear line: what, where, what is valid, the nearest name.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::model::Undefined;
use crate::preset::{Document, LoadError};
use crate::report::card::CardError;
use crate::text;

/// Why a command has no answer. All of them exit with code 2.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Arguments that do not fit together.
    #[error("{0}")]
    Usage(String),
    /// A preset that is not there, or not one.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Standard input that is neither a preset nor a claim card.
    #[error(transparent)]
    Card(#[from] CardError),
    /// An option that says what cannot be.
    #[error("--{option} {text}: {error}")]
    Argument {
        /// The option.
        option: &'static str,
        /// As written.
        text: String,
        /// What is wrong.
        error: Box<dyn std::error::Error>,
    },
    /// Every value is valid, and yet nothing can be computed.
    #[error("nothing can be computed for {preset}: {reason}")]
    Undefined {
        /// The preset.
        preset: String,
        /// Why.
        reason: Undefined,
    },
    /// Standard output or a file could not be written.
    #[error("cannot write: {0}")]
    Write(io::Error),
}

impl Failure {
    /// Makes an error one of an option.
    pub(super) fn argument<E: Into<Box<dyn std::error::Error>>>(
        option: &'static str,
        text: &str,
    ) -> impl FnOnce(E) -> Self {
        let text = text.to_owned();
        move |error| Self::Argument { option, text, error: error.into() }
    }

    /// Nothing can be computed for what is open.
    pub(super) fn undefined(document: &Document) -> impl FnOnce(Undefined) -> Self {
        let preset = document.base().origin.id();
        move |reason| Self::Undefined { preset, reason }
    }

    /// Adds the options that the command has, where one that it does not have was given and none is like it.
    pub(super) fn with_options(self, definition: &clap::Command, arguments: &[OsString]) -> Self {
        let Self::Usage(message) = self else { return self };
        if !message.starts_with("unexpected argument '-") || message.contains("similar") {
            return Self::Usage(message);
        }
        let mut command = definition;
        for word in arguments.iter().skip(1).filter_map(|word| word.to_str()) {
            command = command.find_subcommand(word).unwrap_or(command);
        }
        let options = command.get_arguments().filter_map(clap::Arg::get_long);
        let options: Vec<String> = options.map(|long| format!("--{long}")).collect();
        Self::Usage(
            message.replace("; see --help", &format!("; valid are {}; see --help", options.join(", "))),
        )
    }

    /// Says it on standard error.
    pub(super) fn report(&self) -> ExitCode {
        let mut stderr = io::stderr().lock();
        for line in self.to_string().lines() {
            let _ = writeln!(stderr, "napkin: {}", text::clean(line));
        }
        ExitCode::from(2)
    }
}

/// The first paragraph and the tips of the parser's message, on one line.
impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        let message = error.to_string();
        let lines = message.lines().map(str::trim);
        let telling: Vec<&str> = lines
            .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more information"))
            .filter(|line| !line.is_empty())
            .map(|line| line.trim_start_matches("error: ").trim_start_matches("tip: "))
            .collect();
        Self::Usage(format!("{}; see --help", telling.join("; ").replace(":; ", ": ")))
    }
}
