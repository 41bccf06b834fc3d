//! Whose a value is, and the words that a file says it in.

use super::content::Claim;

/// A `source` that says: nobody's figure, only assumed.
pub(super) const ASSUMPTION: &str = "assumption";
/// A `source` that says: set by whoever wrote the file.
pub(super) const YOURS: &str = "yours";
/// A `source` of a share that says: it moved because others were set.
pub(super) const FOLLOWS: &str = "follows";
/// A `source` of what a preset left out and a file has to say.
pub(super) const LEFT_OUT: &str = "derived: a default that the preset leaves out";

/// What the part of a note begins with that speaks of the range.
const RANGE: &str = "range: ";
/// Of a range that moved with its value.
pub(super) const CARRIED: &str = "carried along";

/// Whose the present value of an input is.
#[derive(Clone, Debug, PartialEq)]
pub enum Provenance<'a> {
    /// The preset says who gives this very value, or what it is derived from.
    Source(&'a str),
    /// The preset gives it without a source of its own, so it is that of the whole preset, or of the one that it
    /// was made from.
    Preset {
        /// The title.
        name: &'a str,
        /// When it was published.
        date: Option<&'a str>,
        /// Where.
        source: Option<&'a str>,
    },
    /// Those who claim this value.
    Claims(Vec<&'a Claim>),
    /// Set by hand, here or when the file was written.
    Yours,
    /// A share that moved because others were set.
    Follows,
    /// Nobody's figure, only assumed.
    Assumption,
    /// The preset leaves it out; the parameter table fills it in.
    Default {
        /// Whether the default is an assumption rather than neutral.
        assumption: bool,
    },
}

/// A text that tells whose a value is in two: its source and, behind one of the words that are no name, the note.
pub(super) fn parts_of_text(text: &str) -> (&str, Option<&str>) {
    let reserved = [ASSUMPTION, YOURS].into_iter().find_map(|word| {
        let rest = text.strip_prefix(word)?;
        // Of a default that is an assumption no more is said in a file.
        let rest = rest.strip_prefix(": a default").unwrap_or(rest);
        match rest.strip_prefix("; ") {
            Some(note) => Some((word, Some(note))),
            None => rest.is_empty().then_some((word, None)),
        }
    });
    reserved.unwrap_or((text, None))
}

/// A note in two: what it says of the value, and what of the range.
pub(super) fn parts_of_note(note: &str) -> (Option<&str>, Option<&str>) {
    if let Some(range) = note.strip_prefix(RANGE) {
        return (None, Some(range));
    }
    match note.rsplit_once("; ") {
        Some((value, rest)) if rest.starts_with(RANGE) => (Some(value), rest.strip_prefix(RANGE)),
        _ => (Some(note), None),
    }
}

/// A note of its two parts.
pub(super) fn joined_note(value: Option<&str>, range: Option<&str>) -> Option<String> {
    match (value, range) {
        (value, None) => value.map(str::to_owned),
        (None, Some(range)) => Some(format!("{RANGE}{range}")),
        (Some(value), Some(range)) => Some(format!("{value}; {RANGE}{range}")),
    }
}
