//! The verdict: whether prices cover the cost of serving, as one sentence.

use crate::analysis::Outcome;
use crate::model::Outputs;
use crate::quantity::number;

/// Whose prices the verdict is about when nobody says.
pub const SUBJECT: &str = "Prices";

/// The verdict of a scenario as one sentence: `R1's list prices cover the cost of serving 6.5 times over.`
///
/// The subject is a plural noun as a sentence starts with it.
pub fn sentence(outputs: &Outputs, subject: &str) -> String {
    let it =
        if subject == SUBJECT { "it brings in".to_owned() } else { format!("{} bring in", inside(subject)) };
    match Outcome::of(outputs) {
        Outcome::Ratio(1.0) => format!("{subject} cover the cost of serving exactly."),
        Outcome::Ratio(1.0..1.005) => format!("{subject} just cover the cost of serving."),
        Outcome::Ratio(ratio @ 1.0..) => {
            format!("{subject} cover the cost of serving {} times over.", times(ratio))
        }
        Outcome::Ratio(ratio) if 1.0 / ratio < 1.005 => format!("Serving costs slightly more than {it}."),
        Outcome::Ratio(ratio) => format!("Serving costs {} times what {it}.", times(1.0 / ratio)),
        Outcome::NoRevenue => "Serving costs money and brings in nothing.".to_owned(),
        Outcome::NoCost => "Serving costs nothing here, so all revenue is left.".to_owned(),
        Outcome::Nothing => "Serving costs nothing and brings in nothing: there is no margin.".to_owned(),
        Outcome::Undefined(reason) => format!("No verdict: {reason}."),
    }
}

/// A subject inside a sentence: a name keeps its large letter, `Prices …` and `The …` have none there.
fn inside(subject: &str) -> String {
    let word = ["Prices ", "The "].into_iter().find(|word| subject.starts_with(word));
    word.map_or_else(|| subject.to_owned(), |word| subject.replacen(word, &word.to_lowercase(), 1))
}

/// A multiple to the digits that a sentence bears: 1.05, 6.5, 13, 1,250.
fn times(multiple: f64) -> String {
    let places = match multiple {
        ..1.1 => 2,
        ..9.95 => 1,
        ..9999.5 => 0,
        _ => return number::plain(multiple),
    };
    number::places(multiple, places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Global, InputId, Scenario, TierField, TierKey, evaluate};

    fn scenario() -> Scenario {
        let given = |id| {
            Some(Some(match id {
                InputId::Global(Global::Prefill) => 73_700.0,
                InputId::Global(Global::Decode) => 14_800.0,
                InputId::Global(Global::InputPerOutput) => 608.0 / 168.0,
                InputId::Global(Global::HitRatio) => 0.5625,
                InputId::Tier(_, TierField::InputMiss) => 0.55,
                InputId::Tier(_, TierField::InputHit) => 0.14,
                InputId::Tier(_, TierField::Output) => 2.19,
                _ => return None,
            }))
        };
        Scenario::build(&[TierKey::new("r1").expect("key")], given).expect("valid")
    }

    fn verdict(edits: &[(InputId, f64)]) -> String {
        let edits: Vec<_> = edits.iter().map(|(id, value)| (*id, Some(*value))).collect();
        sentence(&evaluate(&scenario().with(&edits).expect("valid")), SUBJECT)
    }

    #[test]
    fn a_subject_has_its_large_letter_inside_a_sentence_only_where_it_is_a_name() {
        let outputs = evaluate(&scenario().with(&[(Global::GpuHour.into(), Some(35.0))]).expect("valid"));
        for (subject, brings) in [
            ("Prices under a sceptic's assumptions", "prices under a sceptic's assumptions bring in."),
            ("The comment's prices", "the comment's prices bring in."),
            ("Opus's list prices", "Opus's list prices bring in."),
            ("ChatGPT's free users", "ChatGPT's free users bring in."),
        ] {
            assert_eq!(sentence(&outputs, subject), format!("Serving costs 2.7 times what {brings}"));
        }
    }

    #[test]
    fn the_verdict_is_true_in_odd_cases_too() {
        let rent = InputId::from(Global::GpuHour);
        let fee = InputId::from(Global::Fee);
        assert_eq!(verdict(&[]), "Prices cover the cost of serving 6.5 times over.");
        assert_eq!(verdict(&[(rent, 12.0)]), "Prices cover the cost of serving 1.08 times over.");
        assert_eq!(verdict(&[(rent, 12.9)]), "Prices just cover the cost of serving.");
        assert_eq!(verdict(&[(rent, 12.91)]), "Serving costs slightly more than it brings in.");
        assert_eq!(verdict(&[(rent, 35.0)]), "Serving costs 2.7 times what it brings in.");
        assert_eq!(verdict(&[(rent, 1e9)]), "Serving costs 77.5M times what it brings in.");
        assert_eq!(verdict(&[(rent, 0.01)]), "Prices cover the cost of serving 1,290 times over.");
        assert_eq!(verdict(&[(fee, 1.0)]), "Serving costs money and brings in nothing.");
        assert_eq!(verdict(&[(rent, 0.0)]), "Serving costs nothing here, so all revenue is left.");
        assert_eq!(
            verdict(&[(rent, 0.0), (fee, 1.0)]),
            "Serving costs nothing and brings in nothing: there is no margin."
        );
        assert_eq!(
            verdict(&[(Global::MeasuredHitRatio.into(), 1.0), (Global::HitWork.into(), 0.0)]),
            "No verdict: the prefill rate was measured on cache hits that cost no work, so it says nothing \
             about misses."
        );
    }
}
