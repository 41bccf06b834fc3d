//! Where a value comes from, in words.

use crate::model::{Global, InputId, TierField};
use crate::preset::{Claim, Document, Provenance};
use crate::quantity::number;

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

/// The name of an input in a sentence: `Rent`, `Share of V3 API`, `Output price of R1 API`.
pub fn name(document: &Document, id: InputId) -> String {
    match id {
        InputId::Tier(tier, TierField::Share) => format!("Share of {}", document.content().tier_name(tier)),
        InputId::Tier(tier, _) if document.scenario().tier_count() > 1 => {
            format!("{} of {}", noun(id), document.content().tier_name(tier))
        }
        _ => noun(id).to_owned(),
    }
}

/// As [`name`] for lists: what tells rows apart comes first, and the tier is left out of a price where only one
/// has any traffic, since such lists leave the others out.
pub fn short_name(document: &Document, id: InputId) -> String {
    match id {
        InputId::Tier(tier, field) if field != TierField::Share => {
            let traffic = |share: &f64| *share > 0.0;
            let shares: Vec<f64> = document.scenario().shares().collect();
            let alone = shares.iter().filter(|share| traffic(share)).count() == 1;
            let served = shares.get(usize::from(tier)).is_some_and(traffic);
            if alone && served { noun(id).to_owned() } else { name(document, id) }
        }
        InputId::Tier(tier, _) => format!("{} share", document.content().tier_name(tier)),
        InputId::Global(_) => name(document, id),
    }
}

/// A claim in one line: value, who, when.
pub fn claim_line(id: InputId, claim: &Claim) -> String {
    let date = claim.date.as_deref().map_or_else(String::new, |date| format!(", {date}"));
    format!("{} {}{date}", number::format(claim.value, id.parameter().unit), claim.by)
}

/// What an input is called where no pane or tier says the rest.
const fn noun(id: InputId) -> &'static str {
    match id {
        InputId::Global(Global::Capex) => "Price of a GPU",
        InputId::Tier(_, TierField::InputMiss) => "Miss price",
        InputId::Tier(_, TierField::InputHit) => "Hit price",
        InputId::Tier(_, TierField::Output) => "Output price",
        _ => id.parameter().label,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::builtin;

    #[test]
    fn a_price_goes_by_its_tier_as_long_as_there_are_several_with_traffic() {
        let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        let price = InputId::Tier(0, TierField::Output);
        assert_eq!(name(&document, Global::GpuHour.into()), "Rent");
        assert_eq!(name(&document, InputId::Tier(1, TierField::Share)), "Share of V3 API");
        assert_eq!(name(&document, price), "Output price of R1 API");
        assert_eq!(short_name(&document, price), "Output price");
        assert_eq!(short_name(&document, InputId::Tier(1, TierField::Share)), "V3 API share");
        document.set(&[(InputId::Tier(1, TierField::Share), Some(0.5))]).expect("valid");
        assert_eq!(short_name(&document, price), "Output price of R1 API");
    }
}
