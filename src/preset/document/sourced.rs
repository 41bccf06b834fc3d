//! Taking figures from elsewhere, each with its source.

use std::sync::Arc;

use super::Document;
use crate::model::{Edit, InputId, ScenarioError};
use crate::preset::clean::clean;
use crate::preset::provenance::parts_of_text;

/// A value and who gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sourced {
    /// The input.
    pub id: InputId,
    /// Its value; `None` makes it absent.
    pub value: Option<f64>,
    /// Who says so.
    pub source: String,
}

impl Document {
    /// Takes several values together, as one step of the history; those that change bring their sources.
    pub fn set_sourced(&mut self, values: &[Sourced]) -> Result<(), ScenarioError> {
        let edits: Vec<Edit> = values.iter().map(|given| (given.id, given.value)).collect();
        let before = *self.scenario();
        let scenario = before.with(&edits)?;
        let base = Arc::clone(&self.base().content);
        self.edit(|content| {
            content.move_to(&scenario, &edits, &base);
            for given in values {
                let present = scenario.get(given.id);
                if present.map(f64::to_bits) != before.get(given.id).map(f64::to_bits) {
                    let detail = content.details.entry(given.id).or_default();
                    (detail.source, detail.note, detail.of) = (Some(clean(&given.source)), None, present);
                }
            }
        });
        Ok(())
    }

    /// Says who gives present values, `assumption; a remark` too, as a part of the last step of the history.
    pub(crate) fn credit(&mut self, sources: &[(InputId, String)]) {
        if sources.is_empty() {
            return;
        }
        let content = Arc::make_mut(&mut self.state.now);
        for (id, text) in sources {
            let (source, note) = parts_of_text(text);
            let detail = content.details.entry(*id).or_default();
            (detail.source, detail.note) = (Some(clean(source)), note.map(clean));
            detail.of = content.scenario.get(*id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Global;
    use crate::preset::{Provenance, builtin};

    #[test]
    fn figures_come_with_their_sources_as_one_step() {
        let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        let before = *document.scenario();
        let given = |id: Global, value: Option<f64>| Sourced {
            id: id.into(),
            value,
            source: "a benchmark".to_owned(),
        };
        let values = [
            given(Global::Decode, Some(1000.0)),
            given(Global::Prefill, None),
            given(Global::GpuHour, Some(2.0)),
        ];
        document.set_sourced(&values).expect("valid");
        assert!(matches!(document.provenance(Global::Decode.into()), Provenance::Source("a benchmark")));
        // The rent is what it was, and so is its source.
        assert!(!matches!(document.provenance(Global::GpuHour.into()), Provenance::Source("a benchmark")));
        assert!(document.undo());
        assert_eq!(*document.scenario(), before);
        assert!(document.set_sourced(&[given(Global::Decode, Some(-1.0))]).is_err());
    }
}
