use proptest::prelude::*;

use super::reading::{document, input, input_at, margin, margin_between, may_be, number};
use super::{any_scenario, is_a_sentence};
use crate::analysis::{analysed_inputs, no_effect};
use crate::model::{Global, InputId, Scenario, gross_margin, margin_of};
use crate::report::Report;
use crate::report::tornado::TornadoReport;

/// Margins at both ends of the default range; `None` inside where there is none.
fn ends(scenario: &Scenario, id: InputId) -> Option<[Option<f64>; 2]> {
    let value = scenario.get(id)?;
    let domain = id.domain();
    let (low, high) = if domain.is_share() || id == Global::Overhead.into() {
        (value - 0.2, value + 0.2)
    } else {
        (value / 1.2, value * 1.2)
    };
    let (low, high) = (low.clamp(domain.min, domain.max), high.clamp(domain.min, domain.max));
    let margin = |value| gross_margin(&scenario.moved(id, value), scenario.free_tiers());
    (low < high).then(|| [margin(low), margin(high)])
}

proptest! {
    #[test]
    fn the_tornado_says_what_swings_the_margin_most(scenario in any_scenario()) {
        let document = document(scenario);
        let sentence = TornadoReport::of(&document).conclusion();
        is_a_sentence(&sentence)?;
        let now = margin_of(&scenario);
        let all: Vec<(InputId, [Option<f64>; 2])> = analysed_inputs(&scenario)
            .filter(|id| no_effect(&scenario, scenario.free_tiers(), *id).is_none())
            .filter_map(|id| Some((id, ends(&scenario, id)?)))
            .collect();
        let deciding = all.iter().filter(|(_, ends)| ends[0].is_some() != ends[1].is_some()).count();
        let swing = |ends: &[Option<f64>; 2]| Some((ends[1]? - ends[0]?).abs());
        let largest = all.iter().filter_map(|(_, ends)| swing(ends)).fold(0.0, f64::max);
        let body = sentence.trim_end_matches('.');
        let (first, second) = match body.split_once("; of the rest ") {
            Some((first, second)) => (Some(first), Some(second)),
            None if body.contains("swings the margin most") => (None, Some(body)),
            None => (Some(body), None),
        };
        if let Some(first) = first {
            if let Some(list) = first.strip_prefix("With ").and_then(|rest| rest.strip_suffix(" there is no margin at all")) {
                prop_assert!(now.is_some() && deciding > 0, "{}", sentence);
                // Each of those named: none of their ends is left out that has a margin.
                let mut rest = list;
                loop {
                    let (id, value, after) = input_at(&document, rest).expect(rest);
                    let (low, _) = margin_between(&scenario, id, value);
                    prop_assert!(low == f64::NEG_INFINITY, "{}", sentence);
                    let Some(next) = after.strip_prefix(", ").or_else(|| after.strip_prefix(" or ")) else { break };
                    rest = next;
                }
            } else if let Some(list) = first.strip_prefix("There is no margin as it stands, and there is one with ") {
                prop_assert!(now.is_none(), "{}", sentence);
                let (id, value, after) = input_at(&document, list).expect(list);
                let (told, _) = margin(after.strip_prefix(" (").expect(after)).expect("a margin");
                prop_assert!(may_be(told.expect("one"), margin_between(&scenario, id, value)), "{}", sentence);
            } else if first.starts_with("No input swings") {
                prop_assert!(now.is_some() && deciding == 0 && largest < 1e-12, "{} {}", sentence, largest);
            } else {
                prop_assert!(first.starts_with("There is no margin to swing"), "{}", sentence);
                prop_assert!(now.is_none() && deciding == 0 && largest < 1e-12, "{}", sentence);
            }
        }
        if let Some(second) = second {
            // Where a sentence starts its first letter is large.
            let (id, rest) = input(&document, second).expect(second);
            let (words, margins) = rest.split_once(": ").expect(rest);
            let (one, rest) = margin(margins).expect("a margin");
            let (value, rest) = number(rest.strip_prefix(" at ").expect(rest)).expect("a value");
            prop_assert!(may_be(one.expect("one"), margin_between(&scenario, id, value)), "{}", sentence);
            let rest = rest.split_once(", ").expect(rest).1;
            let (other, rest) = margin(rest).expect("a margin");
            let (value, _) = number(rest.strip_prefix(" at ").expect(rest)).expect("a value");
            prop_assert!(may_be(other.expect("one"), margin_between(&scenario, id, value)), "{}", sentence);
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
            let own = all.iter().find(|(other, _)| *other == id).and_then(|(_, ends)| swing(ends));
            prop_assert!(close(own.expect("a swing"), largest), "{} {:?} {}", sentence, own, largest);
            let alike = all.iter().filter_map(|(_, ends)| swing(ends)).filter(|swing| close(*swing, largest)).count() - 1;
            match alike {
                0 => prop_assert!(words == " swings the margin most", "{}", sentence),
                1 => prop_assert!(words.ends_with("one other as much"), "{}", sentence),
                others => prop_assert!(words.ends_with(&format!("{others} others as much")), "{}", sentence),
            }
        }
    }
}
