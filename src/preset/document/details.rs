//! Editing what a preset says about its figures: ranges, sources, notes, its own name and summary.

use super::Document;
use crate::model::{Fallback, InputId, Range};
use crate::preset::clean::clean;
use crate::preset::content::{Content, Detail};

/// Why an input cannot have a range.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum RangeError {
    /// A choice between words.
    #[error("a choice has no range")]
    Choice,
    /// Nothing to be uncertain about.
    #[error("an absent input has no range; give it a value first")]
    Absent,
    /// The present value is not in it.
    #[error("the value {value} lies outside {low} … {high}; a range holds its value")]
    Outside {
        /// The present value.
        value: f64,
        /// The lower end asked for.
        low: f64,
        /// The upper end asked for.
        high: f64,
    },
}

impl Document {
    /// Gives an input a 90 % range for its present value, or takes it away.
    pub fn set_range(&mut self, id: InputId, range: Option<Range>) -> Result<(), RangeError> {
        let value = self.scenario().get(id);
        if let Some(range) = range {
            if id.domain().words.is_some() {
                return Err(RangeError::Choice);
            }
            let value = value.ok_or(RangeError::Absent)?;
            let (low, high) = (range.low(), range.high());
            if value < low || value > high {
                return Err(RangeError::Outside { value, low, high });
            }
        }
        self.edit(|content| match range.zip(value) {
            Some(given) => detail(content, id).range = Some(given),
            None => {
                if let Some(detail) = content.details.get_mut(&id) {
                    detail.range = None;
                }
            }
        });
        Ok(())
    }

    /// Names the source of the present value, or takes it away; a note on another value goes.
    pub fn set_source(&mut self, id: InputId, source: Option<&str>) {
        let source = source.map(clean).filter(|source| !source.is_empty());
        self.edit(|content| {
            if source.is_some() || content.details.contains_key(&id) {
                of_present(content, id).source = source;
            }
        });
    }

    /// Makes a remark on the present value, or takes it away; the source of another value goes.
    pub fn set_note(&mut self, id: InputId, note: Option<&str>) {
        let note = note.map(clean).filter(|note| !note.is_empty());
        self.edit(|content| {
            if note.is_some() || content.details.contains_key(&id) {
                of_present(content, id).note = note;
            }
        });
    }

    /// Changes the preset's display name and its summary; an empty name changes nothing. Returns whether it is a
    /// name.
    pub fn describe(&mut self, name: &str, summary: &str) -> bool {
        let (name, summary) = (clean(name), clean(summary));
        let valid = !name.is_empty();
        if valid {
            self.edit(|content| (content.name, content.summary) = (name, summary));
        }
        valid
    }
}

/// The detail of an input, made when there is none; a default that is an assumption goes on saying so.
fn detail(content: &mut Content, id: InputId) -> &mut Detail {
    let of = content.scenario.get(id);
    let assumption = matches!(id.parameter().fallback, Fallback::Assumption(value) if of == Some(value));
    content.details.entry(id).or_insert_with(|| Detail {
        note: assumption.then(|| "assumption: napkin's default".to_owned()),
        of,
        ..Detail::default()
    })
}

/// The detail of an input, without what it says of another value.
fn of_present(content: &mut Content, id: InputId) -> &mut Detail {
    let value = content.scenario.get(id);
    let detail = detail(content, id);
    if detail.of.map(f64::to_bits) != value.map(f64::to_bits) {
        (detail.source, detail.note, detail.of) = (None, None, value);
    }
    detail
}
