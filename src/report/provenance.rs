//! Where a value comes from, in words.

use super::number;
use crate::model::{Global, InputId};
use crate::preset::{Document, Provenance};

/// Where the present value of an input comes from: a source, `assumption`, or that it was changed by hand.
///
/// `None` where there is nothing to say: a neutral default, or a value that the preset gives without a source.
pub fn words(document: &Document, id: InputId) -> Option<String> {
    match document.provenance(id) {
        Provenance::Given { source, note } => match (source, note) {
            (Some(source), Some(note)) => Some(format!("{source}; {note}")),
            (source, note) => source.or(note).map(str::to_owned),
        },
        Provenance::Default { assumption } => assumption.then(|| "assumption".to_owned()),
        Provenance::Edited { .. } => Some(match document.base_value(id) {
            Some(was) if document.is_changed(id) => {
                format!("changed by hand; the preset has {}", number::input_with_unit(id, was))
            }
            _ => "changed by hand".to_owned(),
        }),
    }
}

/// The name of an input in a sentence: its label, for a tier's input with the tier's name.
pub fn name(document: &Document, id: InputId) -> String {
    let label = document.label(id);
    match id {
        InputId::Tier(tier, _) if !id.is_share() && document.scenario().tier_count() > 1 => {
            format!("{label}, {}", document.content().tier_name(tier))
        }
        InputId::Tier(..) if id.is_share() => format!("Share of {label}"),
        InputId::Global(Global::Capex) => "Price of a GPU".to_owned(),
        _ => label.to_owned(),
    }
}
