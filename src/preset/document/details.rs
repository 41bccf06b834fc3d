//! Editing what a preset says about its figures: ranges, sources, notes, its own name and summary.

use super::Document;
use crate::model::{InputId, Range};
use crate::preset::clean::clean;
use crate::preset::content::Detail;
use crate::preset::provenance::{ASSUMPTION, LEFT_OUT, Provenance, YOURS, joined_note};

/// Why an input cannot have a range.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum RangeError {
    /// Not an input that is uncertain, and why.
    #[error("{0}")]
    NotUncertain(&'static str),
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
            if let Some(why) = Range::refusal(id) {
                return Err(RangeError::NotUncertain(why));
            }
            if !self.scenario().is_input(id) {
                return Err(RangeError::NotUncertain(
                    "the only tier has all the traffic, so its share has no range",
                ));
            }
            let value = value.ok_or(RangeError::Absent)?;
            let (low, high) = (range.low(), range.high());
            if value < low || value > high {
                return Err(RangeError::Outside { value, low, high });
            }
        }
        let mut detail = self.present_detail(id);
        let others = detail.source.is_some() || self.speaks_for_others();
        let whose = range.filter(|_| others).map(|_| YOURS);
        detail.note = joined_note(self.note(id), whose);
        detail.range = range.zip(value);
        self.edit(|content| {
            if range.is_some() || content.details.contains_key(&id) {
                content.details.insert(id, detail);
            }
        });
        Ok(())
    }

    /// Names the source of the present value, or takes it away; a note on another value goes.
    pub fn set_source(&mut self, id: InputId, source: Option<&str>) {
        let source = source.map(clean).filter(|source| !source.is_empty());
        let detail = Detail { source, ..self.present_detail(id) };
        self.edit(|content| {
            if detail.source.is_some() || content.details.contains_key(&id) {
                content.details.insert(id, detail);
            }
        });
    }

    /// Makes a remark on the present value, or takes it away; the source of another value goes.
    pub fn set_note(&mut self, id: InputId, note: Option<&str>) {
        let note = note.map(clean).filter(|note| !note.is_empty());
        let note = joined_note(note.as_deref(), self.range_note(id));
        let detail = Detail { note, ..self.present_detail(id) };
        self.edit(|content| {
            if detail.note.is_some() || content.details.contains_key(&id) {
                content.details.insert(id, detail);
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

    /// What is known of the present value, to be added to; a default says that it is one, lest it be taken for the
    /// preset's.
    fn present_detail(&self, id: InputId) -> Detail {
        let of = self.scenario().get(id);
        let range = self.range(id).zip(of);
        let known = self.detail(id).cloned().unwrap_or_else(|| {
            let source = match self.provenance(id) {
                Provenance::Default { assumption: true } => Some(ASSUMPTION),
                Provenance::Default { assumption: false } if self.speaks_for_others() => Some(LEFT_OUT),
                _ => None,
            };
            Detail { source: source.map(str::to_owned), of, ..Detail::default() }
        });
        Detail { range, note: joined_note(self.note(id), range.and_then(|_| self.range_note(id))), ..known }
    }
}
