//! Reading a claim card back.

use std::sync::Arc;

use super::rows;
use crate::model::{Edit, ScenarioError, Suggestion};
use crate::preset::{Document, LoadError, Origin, Problems, Store, builtin, read as read_preset};
use crate::quantity::assignment::{self, AssignmentError};
use crate::quantity::{self, QuantityError};
use crate::report::view::ViewName;
use crate::text;

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
    #[error(
        "the card's last line has `{0}`; it takes one preset, --set ID=VALUE, --against PRESET, --view NAME and --target M"
    )]
    Unexpected(String),
    /// A view that there is not.
    #[error("the card's --view {name}: no such view{}", Suggestion(*nearest))]
    View {
        /// As written.
        name: String,
        /// The nearest there is.
        nearest: Option<&'static str>,
    },
    /// A target that cannot be.
    #[error("the card's --target {text}: {error}")]
    Target {
        /// As written.
        text: String,
        /// What is wrong.
        error: QuantityError,
    },
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

/// What a card brings back.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// The scenario.
    pub document: Document,
    /// What it is compared with.
    pub against: Option<Document>,
    /// The view it was seen in, if it says so.
    pub view: Option<ViewName>,
    /// The margin it was measured against, if it says so.
    pub target: Option<f64>,
}

impl Replayed {
    /// A scenario and nothing else.
    pub fn of(document: Document) -> Self {
        Self { document, against: None, view: None, target: None }
    }
}

/// What a text holds that replays a scenario.
enum Replay<'a> {
    /// The words behind `napkin`.
    Line(Vec<&'a str>),
    /// The TOML between the fences, and the words of a line that reads the card.
    Toml(String, Vec<&'a str>),
}

/// Opens the scenario of a claim card; `None` for a text that is none.
///
/// Quoting (`> `), backticks and a shell prompt around the last line do no harm.
pub fn read(text: &str) -> Option<Result<Replayed, CardError>> {
    Some(match replay(text)? {
        Replay::Line(words) => replayed(&words, None).map(|mut replayed| {
            rows::credit(&mut replayed.document, text.lines().map(unquoted));
            replayed
        }),
        Replay::Toml(toml, words) => read_preset(toml.as_bytes(), "card", Origin::Pasted)
            .map_err(CardError::from)
            .and_then(|preset| replayed(&words, Some(Document::new(Arc::new(preset))))),
    })
}

/// Opens a preset or a claim card, whichever the text is. `file` names it in messages.
pub fn open(text: &[u8], file: &str) -> Result<Replayed, CardError> {
    read_preset(text, file, Origin::Pasted)
        .map(|preset| Replayed::of(Document::new(Arc::new(preset))))
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
    Some(Replay::Toml(body.join("\n") + "\n", lines().rev().find_map(pinned_words).unwrap_or_default()))
}

/// The `--against PRESET` of a line that has a card read from standard input.
fn pinned_words(line: &str) -> Option<Vec<&str>> {
    let (_, rest) = line.split_once("`napkin - ")?;
    let words: Vec<&str> = rest.split('`').next()?.split_whitespace().collect();
    words.contains(&AGAINST).then_some(words)
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

/// Whether a word is `--set`.
fn is_set(word: &str) -> bool {
    is_option(word, "--set")
}

/// Whether a word is this option, also as a forum's typography leaves it.
fn is_option(word: &str, option: &str) -> bool {
    let name = option.trim_start_matches('-');
    ["--", "—", "–"].iter().any(|dash| word.strip_prefix(dash) == Some(name))
}

/// The option that names what a scenario is compared with.
const AGAINST: &str = "--against";

/// The option that names the view.
const VIEW: &str = "--view";

/// The option that names the target margin.
const TARGET: &str = "--target";

/// Opens what the replay line says, on top of the scenario that the card carries if it does.
fn replayed(words: &[&str], carried: Option<Document>) -> Result<Replayed, CardError> {
    let (mut preset, mut against, mut sets) = (None, None, Vec::new());
    let (mut view, mut target) = (None, None);
    // What is wrong with a word is told with the word.
    let words: Vec<String> = words.iter().map(|word| text::clean(word)).collect();
    let mut rest = words.iter().map(String::as_str);
    let operand = |word: &str, next: Option<_>| next.ok_or_else(|| CardError::Unexpected(word.to_owned()));
    while let Some(word) = rest.next() {
        if is_set(word) {
            sets.push(operand(word, rest.next())?);
        } else if is_option(word, VIEW) {
            let name = operand(word, rest.next())?;
            let unknown = |nearest| CardError::View { name: name.to_owned(), nearest };
            view = Some(ViewName::find(name).map_err(unknown)?);
        } else if is_option(word, TARGET) {
            let text = operand(word, rest.next())?;
            let wrong = |error| CardError::Target { text: text.to_owned(), error };
            target = Some(quantity::parse_target(text).map_err(wrong)?);
        } else if is_option(word, AGAINST) && against.is_none() {
            against = Some(builtin_document(operand(word, rest.next())?)?);
        } else if preset.is_none() && carried.is_none() && !word.starts_with('-') {
            preset = Some(word);
        } else {
            return Err(CardError::Unexpected(word.to_owned()));
        }
    }
    let mut document = match carried {
        Some(document) => document,
        None => builtin_document(preset.unwrap_or(builtin::DEFAULT))?,
    };
    let edits = sets.iter().map(|text| {
        assignment::read(text, document.scenario())
            .map_err(|error| CardError::Set { text: (*text).to_owned(), error: Box::new(error) })
    });
    let edits: Vec<Edit> = edits.collect::<Result<_, _>>()?;
    document.replay(&edits)?;
    Ok(Replayed { document, against, view, target })
}

/// A built-in preset as a card cites it; without directories there are no others.
fn builtin_document(preset: &str) -> Result<Document, CardError> {
    let cited = preset.strip_prefix("builtin:").unwrap_or(preset);
    if cited == preset && builtin::text(cited).is_none() {
        return Err(CardError::NotBuiltin(preset.to_owned()));
    }
    Ok(Document::new(Store::default().load(&format!("builtin:{cited}"))?))
}
