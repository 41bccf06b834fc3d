//! Reading a claim card back.

use std::sync::Arc;

use crate::model::{Edit, ScenarioError};
use crate::preset::{Document, LoadError, Origin, Problems, Store, builtin, read as read_preset};
use crate::quantity::assignment::{self, AssignmentError};

/// Why a claim card cannot be replayed.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// The preset it cites is not the one here, or not there.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// It cites something that does not ship with the program.
    #[error("a card cites built-in presets only, as builtin:NAME; this one cites `{0}`")]
    NotBuiltin(String),
    /// A word of the replay line that does not belong there.
    #[error("the card's last line has `{0}`; it takes one preset and --set ID=VALUE")]
    Unexpected(String),
    /// A `--set` that cannot be.
    #[error("the card's --set {text}: {error}")]
    Set {
        /// As written.
        text: String,
        /// What is wrong.
        error: Box<AssignmentError>,
    },
    /// Values that do not go together.
    #[error("the card's --set: {0}")]
    Together(#[from] ScenarioError),
    /// The scenario in it is not one.
    #[error(transparent)]
    Preset(#[from] Problems),
}

/// What a text holds that replays a scenario.
enum Replay<'a> {
    /// The words behind `napkin`.
    Line(Vec<&'a str>),
    /// The TOML between the fences.
    Toml(String),
}

/// Opens the scenario of a claim card; `None` for a text that is none.
///
/// Quoting (`> `), backticks and a shell prompt around the last line do no harm.
pub fn read(text: &str) -> Option<Result<Document, CardError>> {
    Some(match replay(text)? {
        Replay::Line(words) => replay_document(&words),
        Replay::Toml(toml) => read_preset(toml.as_bytes(), "card", Origin::Pasted)
            .map(|preset| Document::new(Arc::new(preset)))
            .map_err(CardError::from),
    })
}

/// Opens a preset or a claim card, whichever the text is. `file` names it in messages.
pub fn open(text: &[u8], file: &str) -> Result<Document, CardError> {
    read_preset(text, file, Origin::Pasted)
        .map(|preset| Document::new(Arc::new(preset)))
        .or_else(|problems| read(&String::from_utf8_lossy(text)).unwrap_or(Err(problems.into())))
}

/// The last line that replays something, or else the last fenced scenario.
fn replay(text: &str) -> Option<Replay<'_>> {
    let lines = || text.lines().map(unquoted);
    if let Some(words) = lines().rev().find_map(replay_words) {
        return Some(Replay::Line(words));
    }
    let is_fence = |line: &str| line.starts_with("```");
    let opening = lines().enumerate().filter(|(_, line)| is_fence(line) && line.ends_with("toml")).last();
    let (line, opening) = opening?;
    let fence = opening.trim_end_matches("toml").trim_end();
    let body: Vec<&str> = lines().skip(line + 1).take_while(|line| line.trim_end() != fence).collect();
    Some(Replay::Toml(body.join("\n") + "\n"))
}

/// A line without the marks of a quotation.
fn unquoted(line: &str) -> &str {
    let mut line = line;
    while let Some(rest) = line.trim_start().strip_prefix('>') {
        line = rest.strip_prefix(' ').unwrap_or(rest);
    }
    line
}

/// The words behind `napkin` if the line replays a preset.
fn replay_words(line: &str) -> Option<Vec<&str>> {
    let line = line.trim().trim_matches('`').trim().trim_start_matches("$ ");
    let mut words = line.split_whitespace().map(|word| word.trim_matches(['\'', '"']));
    if words.next()? != "napkin" {
        return None;
    }
    let words: Vec<&str> = words.collect();
    let cites = words.iter().any(|word| word.starts_with("builtin:") || builtin::text(word).is_some());
    let sets = words.iter().any(|word| is_set(word));
    (cites || sets).then_some(words)
}

/// Whether a word is `--set`, also as a forum's typography leaves it.
fn is_set(word: &str) -> bool {
    matches!(word, "--set" | "—set" | "–set")
}

/// Opens what the replay line says.
fn replay_document(words: &[&str]) -> Result<Document, CardError> {
    let (mut preset, mut sets) = (None, Vec::new());
    let mut rest = words.iter().copied();
    while let Some(word) = rest.next() {
        if is_set(word) {
            sets.push(rest.next().ok_or_else(|| CardError::Unexpected(word.to_owned()))?);
        } else if preset.is_none() && !word.starts_with('-') {
            preset = Some(word);
        } else {
            return Err(CardError::Unexpected(word.to_owned()));
        }
    }
    let preset = preset.unwrap_or(builtin::DEFAULT);
    let cited = preset.strip_prefix("builtin:").unwrap_or(preset);
    if cited == preset && builtin::text(cited).is_none() {
        return Err(CardError::NotBuiltin(preset.to_owned()));
    }
    // Without directories there are the built-ins only.
    let mut document = Document::new(Store::default().load(&format!("builtin:{cited}"))?);
    let edits = sets.iter().map(|text| {
        assignment::read(text, document.scenario())
            .map_err(|error| CardError::Set { text: (*text).to_owned(), error: Box::new(error) })
    });
    let edits: Vec<Edit> = edits.collect::<Result<_, _>>()?;
    document.set(&edits)?;
    Ok(document)
}
