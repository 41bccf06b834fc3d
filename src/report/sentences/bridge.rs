use proptest::prelude::*;

use super::reading::{document, margin, may_be, number};
use super::{any_scenario, any_target, is_a_sentence};
use crate::analysis::PlayerName;
use crate::model::{Edit, Global, InputId, Scenario, TierField, margin_of};
use crate::report::Report;
use crate::report::bridge::BridgeReport;

/// The second scenario is the first with some of another's values, so that both have the same tiers.
fn pair() -> impl Strategy<Value = (Scenario, Scenario)> {
    (any_scenario(), prop::collection::vec((0_usize..100, 0.0..1.0_f64), 0..5)).prop_map(|(from, picks)| {
        let ids: Vec<InputId> = from.inputs().filter(|id| from.is_input(*id)).collect();
        let mut to = from;
        for (pick, part) in picks {
            let id = ids[pick % ids.len()];
            let (low, high) = id.parameter().scale.ends();
            let value = low + (high - low) * part * part;
            let value = if id.domain().words.is_some() { part.round() } else { value };
            to = to.moved(id, if id.domain().whole { value.round() } else { value });
        }
        (from, to)
    })
}

/// The scenario with the tokens and numbers of queries of the other where it has none: they are no players.
fn used_alike(from: Scenario, to: &Scenario) -> Scenario {
    let is_use = |id: &InputId| {
        matches!(id, InputId::Global(Global::OutputPerQuery) | InputId::Tier(_, TierField::Queries))
    };
    let absent = from.inputs().filter(|id| is_use(id) && from.get(*id).is_none());
    let edits: Vec<Edit> = absent.map(|id| (id, to.get(id))).collect();
    from.with(&edits).unwrap_or(from)
}

/// The scenario with one player's values of the other.
fn switched(now: &Scenario, to: &Scenario, player: &PlayerName) -> Option<Scenario> {
    let value = |id: InputId| (id, to.get(id));
    let edits: Vec<Edit> = match player {
        PlayerName::Input(name) => vec![value(name.input)],
        PlayerName::Shares => to.inputs().filter(|id| id.is_share()).map(value).collect(),
        PlayerName::Pane(_) => return None,
    };
    now.with(&edits).ok()
}

proptest! {
    #[test]
    fn what_turns_the_verdict_does_and_what_fills_the_gap_fills_it(
        (from, to) in pair(), target in any_target(),
    ) {
        let report = BridgeReport::of(&document(from), &document(to), target);
        let sentence = report.conclusion();
        is_a_sentence(&sentence)?;
        let (before, after) = (margin_of(&from), margin_of(&to));
        let above = |margin: Option<f64>| margin.is_some_and(|margin| margin > target);
        if sentence.starts_with("There is no verdict to compare") {
            prop_assert!(before.is_none() || after.is_none(), "{}", sentence);
            return Ok(());
        }
        if report.analysis.players == 0 {
            prop_assert!(sentence.contains("do not differ"), "{}", sentence);
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 - a).abs().max(1.0);
            prop_assert!(before.zip(after).map_or(before == after, |(a, b)| close(a, b)), "{}", sentence);
            return Ok(());
        }
        if let Some(rest) = sentence.strip_prefix("Switching ") {
            prop_assert!(above(before) != above(after), "{}", sentence);
            let told = rest.split_once(" turns the verdict, to ").expect(rest).1;
            let (told, rest) = margin(told).expect("a margin");
            let set = &report.analysis.crux[0].inputs;
            let there = set.iter().try_fold(used_alike(from, &to), |now, player| switched(&now, &to, player));
            if let Some(there) = there.filter(|_| !set.is_empty()) {
                // A tier may be free in the mixture that was not at the start, so it is what it is there.
                let margin = margin_of(&there);
                prop_assert!(above(margin) != above(before), "{}", sentence);
                match (told, margin) {
                    (Some(told), Some(margin)) => prop_assert!(may_be(told, (margin, margin)), "{} {}", sentence, margin),
                    (told, margin) => prop_assert!(told.is_none() && margin.is_none(), "{}", sentence),
                }
            }
            let others = report.analysis.crux.len() - 1;
            match others {
                0 => prop_assert!(!rest.contains("so do"), "{}", sentence),
                1 => prop_assert!(rest.starts_with("; so does another set of the same size"), "{}", sentence),
                _ => prop_assert!(rest.starts_with(&format!("; so do {others} other sets of the same size")), "{}", sentence),
            }
            return Ok(());
        }
        prop_assert_eq!(above(before), above(after), "{}", &sentence);
        let opening = match (above(before), target == 0.0) {
            (true, true) => "Both make money (",
            (true, false) => "Both are above the target of ",
            (false, true) => "Neither makes money (",
            (false, false) => "Neither is above the target of ",
        };
        let rest = sentence.strip_prefix(opening).expect(&sentence);
        let (_, rest) = if target == 0.0 { ("", rest) } else { rest.split_once('(').expect(rest) };
        let (first, rest) = margin(rest).expect("a margin");
        let (second, rest) = margin(rest.strip_prefix(" and ").expect(rest)).expect("a margin");
        for (told, margin) in [(first, before), (second, after)] {
            prop_assert_eq!(told.is_some(), margin.is_some(), "{}", &sentence);
            prop_assert!(told.zip(margin).is_none_or(|(told, margin)| may_be(told, (margin, margin))), "{}", sentence);
        }
        // The ends, each player's contribution over all orders, and what is said of them.
        let shares = &report.analysis.shares;
        let whole: f64 = shares.iter().map(|share| share.shapley).sum();
        let gap = |rest: &str| -> Result<(f64, bool), TestCaseError> {
            let largest = &shares[0];
            let told = rest.rsplit_once('(').expect(rest).1;
            let factor = told.starts_with(['×', '÷']);
            if factor {
                let (told_factor, _) = number(told.trim_start_matches(['×', '÷', ' '])).expect("a factor");
                prop_assert!(told_factor.holds(largest.shapley.abs().exp()), "{}", sentence);
            } else {
                prop_assert!(number(told).expect("points").0.holds(largest.margin_points), "{}", sentence);
            }
            Ok((largest.shapley, factor))
        };
        if let Some(rest) = rest.strip_prefix("); most of the gap is ") {
            let (part, _) = gap(rest)?;
            prop_assert!(part * whole > 0.0 && part.abs() > 0.5 * whole.abs(), "{}", sentence);
        } else if let Some(rest) = rest.strip_prefix("); the largest part is ") {
            let (words, of) = rest.split_once(" of a gap of ").expect(rest);
            let (part, factor) = gap(words)?;
            prop_assert!(part * whole <= 0.0 || part.abs() <= 0.5 * whole.abs(), "{}", sentence);
            if !factor {
                let (a, b) = (before.expect("one"), after.expect("one"));
                prop_assert!(number(of).expect("points").0.holds(b - a), "{} {}", sentence, b - a);
            }
            prop_assert!(shares.iter().all(|share| share.shapley.abs() <= part.abs()), "{}", sentence);
        }
    }
}
