//! Where a value comes from, in words.

use crate::model::{Global, InputId, TierField};
use crate::preset::{Claim, Document, Provenance};
use crate::quantity::number;

/// Whose the present value of an input is: a source with its note, `yours`, `assumption`, ….
///
/// `None` where there is nothing to say: a neutral default.
pub fn text(document: &Document, id: InputId) -> Option<String> {
    let whose = match document.provenance(id) {
        Provenance::Source(source) => source.to_owned(),
        Provenance::Preset { name, date: None, source: None } => {
            format!("given by the preset {name}, without a source")
        }
        Provenance::Preset { name, date, source } => {
            let date = date.map_or_else(String::new, |date| format!(", {date}"));
            let source = source.map_or_else(String::new, |source| format!(": {source}"));
            format!("as {name}{date}{source}")
        }
        Provenance::Claims(claims) => {
            claims.iter().map(|claim| claim.citation()).collect::<Vec<_>>().join("; ")
        }
        Provenance::Yours => "yours".to_owned(),
        Provenance::Follows => "follows the other shares".to_owned(),
        Provenance::Assumption => "assumption".to_owned(),
        Provenance::Default { assumption: true } => "assumption: a default".to_owned(),
        Provenance::Default { assumption: false } => return document.note(id).map(str::to_owned),
    };
    Some(match document.note(id) {
        Some(note) => format!("{whose}; {note}"),
        None => whose,
    })
}

/// What the preset has where the present value is another one: `the preset has $2.00/GPU·h`.
pub fn was(document: &Document, id: InputId) -> Option<String> {
    let was = document.base_value(id).filter(|_| document.is_changed(id))?;
    Some(format!("the preset has {}", number::input_with_unit(id, was)))
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
        InputId::Tier(_, TierField::InputWrite) => "Write price",
        InputId::Tier(_, TierField::Monthly) => "Monthly price",
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
