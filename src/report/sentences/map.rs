use proptest::prelude::*;

use super::reading::{document, input, input_at, margin_between, number};
use super::{any_scenario, any_target, is_a_sentence};
use crate::analysis::Axis;
use crate::model::{InputId, margin_of};
use crate::report::Report;
use crate::report::map::MapReport;

proptest! {
    #[test]
    fn the_map_says_where_the_line_is(
        scenario in any_scenario(), target in any_target(), picks in (0_usize..100, 0_usize..100),
    ) {
        let document = document(scenario);
        let ids: Vec<InputId> = crate::analysis::analysed_inputs(&scenario).collect();
        let (x, y) = (ids[picks.0 % ids.len()], ids[picks.1 % ids.len()]);
        prop_assume!(x != y);
        let axis = |id| Axis::slider(&scenario, id);
        let report = MapReport::of(&document, target, axis(x), axis(y), (12, 9));
        let sentence = report.conclusion();
        is_a_sentence(&sentence)?;
        let margins = || report.map.margins.iter().copied().filter(|margin| !margin.is_nan());
        let (above, below) = (margins().any(|margin| margin > target), margins().any(|margin| margin <= target));
        let body = sentence.trim_end_matches('.');
        if body.starts_with("Nowhere over ") {
            prop_assert!(!above && !below, "{}", sentence);
            return Ok(());
        }
        prop_assert_eq!(body.contains("on the line") || body.contains("along the line"), above && below, "{}", sentence);
        prop_assert_eq!(body.contains("every margin on this map is above"), above && !below, "{}", sentence);
        prop_assert_eq!(body.contains("no margin on this map is above"), !above && below, "{}", sentence);
        if let Some((_, told)) = body.split_once("the target of ").or_else(|| body.split_once("The target of ")) {
            prop_assert!(number(told).expect("a target").0.holds(target), "{}", sentence);
        } else {
            prop_assert!(target == 0.0, "{}", sentence);
        }
        if body.starts_with("Neither ") {
            return Ok(());
        }
        let (_, at) = body.split_once(" at ").expect(body);
        let mut rest = at;
        loop {
            if let Some(any) = rest.strip_prefix("any ") {
                let (id, after) = input(&document, any).expect(any);
                let now = margin_of(&scenario);
                prop_assert!(now == Some(target) || scenario.get(id).is_none() || now.is_none(), "{}", sentence);
                rest = after;
            } else {
                let (id, value, after) = input_at(&document, rest).expect(rest);
                let (low, high) = margin_between(&scenario, id, value);
                prop_assert!(low <= target + 1e-9 && high >= target - 1e-9, "{}: {} {}", sentence, low, high);
                rest = after;
            }
            match rest.strip_prefix(" or ") {
                Some(next) => rest = next,
                None => break,
            }
        }
    }
}
