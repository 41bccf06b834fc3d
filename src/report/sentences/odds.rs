use proptest::prelude::*;

use super::reading::{document, input, margin, number};
use super::{any_scenario, any_target, is_a_sentence};
use crate::analysis::{OddsSettings, Sampler};
use crate::model::InputId;
use crate::preset::Document;
use crate::report::Report;
use crate::report::odds::OddsReport;

/// The inputs that a list names, and how many others it counts.
fn named(document: &Document, list: &str) -> (Vec<InputId>, Vec<String>) {
    let (mut ids, mut rest) = (Vec::new(), Vec::new());
    let mut text = list;
    while !text.is_empty() {
        let (id, after) = match input(document, text) {
            Some((id, after)) if ["", ", ", " and "].iter().any(|joint| after.starts_with(joint)) => {
                (Some(id), after)
            }
            _ => {
                let end = text.find(", ").or_else(|| text.find(" and ")).unwrap_or(text.len());
                (None, &text[end..])
            }
        };
        match id {
            Some(id) => ids.push(id),
            None => rest.push(text[..text.len() - after.len()].to_owned()),
        }
        text = after.strip_prefix(", ").or_else(|| after.strip_prefix(" and ")).unwrap_or(after);
    }
    (ids, rest)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn what_is_drawn_is_drawn_and_comes_out_as_often(
        scenario in any_scenario(), target in any_target(), samples in 1_usize..400,
    ) {
        let document = document(scenario);
        let settings = OddsSettings { samples, target, ..OddsSettings::default() };
        let draw = |target| OddsReport::of(&document, OddsSettings { target, ..settings }, &mut Sampler::new());
        let report = draw(target);
        let sentence = report.conclusion();
        is_a_sentence(&sentence)?;
        let Some(rest) = sentence.strip_prefix("With ") else {
            let undefined = report.analysis.undefined == samples;
            prop_assert!(undefined || report.analysis.ranges.is_empty(), "{}", sentence);
            return Ok(());
        };
        let (drawn, rest) = rest.split_once(" drawn").expect(rest);
        let (fixed, event) = match rest.split_once(" fixed, ") {
            Some((fixed, event)) => (fixed.split_once(" and ").expect(fixed).1, event),
            None => ("", rest),
        };
        let is_drawn = |id: InputId| report.analysis.ranges.iter().any(|range| range.id.input == id);
        for id in named(&document, drawn).0 {
            prop_assert!(is_drawn(id), "{}", sentence);
        }
        let (ids, words) = named(&document, fixed);
        for id in ids {
            prop_assert!(!is_drawn(id), "{}", sentence);
        }
        for word in words {
            match word.as_str() {
                "traffic mix" => prop_assert!(!report.analysis.ranges.iter().any(|range| range.id.input.is_share())),
                "prices" => {
                    let price = |id: InputId| matches!(id, InputId::Tier(..)) && !id.is_share();
                    prop_assert!(!report.analysis.ranges.iter().any(|range| price(range.id.input)), "{}", sentence);
                }
                others => prop_assert!(others.ends_with(" others"), "{} in {}", others, sentence),
            }
        }
        // How often, of as many draws as there were.
        let above = report.analysis.above;
        let (_, odds) = event.split_once(" in ").expect(event);
        let share = above as f64 / samples as f64;
        match odds.split_at(1) {
            (">", _) => prop_assert!(above == samples, "{}", sentence),
            ("<", _) => prop_assert!(above == 0, "{}", sentence),
            _ => {
                let told = number(odds).expect(odds).0;
                prop_assert!(told.holds(share) || told.holds(above as f64), "{} {}", sentence, share);
            }
        }
        let (_, of) = odds.split_once(" of ").expect(odds);
        prop_assert!(number(of).expect("draws").0.holds(samples as f64), "{}", sentence);
        prop_assert_eq!(of.contains(" draw;") || of.contains(" draw."), samples == 1, "{}", &sentence);
        let Some((_, interval)) = of.split_once("nine of ten margins lie ") else {
            prop_assert!(samples < 20 || report.analysis.p5.is_none(), "{}", sentence);
            return Ok(());
        };
        let (joint, interval) = match interval.strip_prefix("from ") {
            Some(interval) => (" to ", interval),
            None => (" and ", interval.strip_prefix("between ").expect(interval)),
        };
        let (low, rest) = margin(interval).expect("a margin");
        let (high, _) = margin(rest.strip_prefix(joint).expect(rest)).expect("a margin");
        let (low, high) = (low.expect("one"), high.expect("one"));
        // Interpolated between two draws of as many: one draw of each tail may lie on either side.
        let tail = 1.0 / samples as f64 + 0.05;
        if high.high < 1.0 {
            let beyond = draw(high.high).analysis.probability;
            prop_assert!(beyond <= tail + 1e-9, "{} of {}", beyond, sentence);
        }
        let within = draw(low.low - 1e-9 * low.low.abs().max(1.0)).analysis.probability;
        prop_assert!(within >= 1.0 - tail - 1e-9, "{} of {}", within, sentence);
    }
}
