//! What holds for every analysis of every scenario, checked on random ones from the corners of the domains.

use napkin::analysis::{
    Axis, OddsSettings, Sampler, break_evens, bridge, cache_curves, default_range, map, odds, tornado,
};
use napkin::model;
use proptest::prelude::*;

#[path = "common/random.rs"]
#[allow(dead_code, reason = "shared with the library's own tests")]
mod random;

use model::InputId;
use random::extreme;

/// Whether JSON came out without a number that JSON does not know, other than where null stands for it.
fn serialises(result: &impl serde::Serialize) -> bool {
    serde_json::to_string(result).is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_analysis_has_an_answer_to_every_scenario(
        start in extreme(), other in extreme(), target in prop_oneof![Just(0.0), -1e9..1.0], pick in 0_usize..200,
    ) {
        let ids: Vec<InputId> = start.inputs().collect();
        let (x, y) = (ids[pick % ids.len()], ids[(pick / 2 + 1) % ids.len()]);
        let tornado = tornado(&start, |_| None).ranked();
        prop_assert!(serialises(&tornado));
        for row in &tornado.inputs {
            prop_assert!(row.swing.is_none_or(|swing| swing >= 0.0));
        }
        let break_evens = break_evens(&start, target);
        prop_assert!(serialises(&break_evens));
        for entry in &break_evens.inputs {
            prop_assert!(entry.solutions.len() <= 2, "{:?}", entry);
            for solution in &entry.solutions {
                prop_assert!(entry.id.input.domain().contains(Some(*solution)), "{:?}", entry);
            }
            prop_assert!(entry.why.is_none() != entry.solutions.is_empty(), "{:?}", entry);
        }
        prop_assert!(break_evens.robustness.is_none_or(|k| k.is_finite() && k > 0.0));
        prop_assert!(serialises(&cache_curves(&start, 9)));
        let map = map(&start, target, Axis::slider(&start, x), Axis::slider(&start, y), 7, 5);
        prop_assert!(serialises(&map) && map.contour().len() <= 48);
        let range = |id: InputId| default_range(id, start.get(id)?);
        let settings = OddsSettings { samples: 50, target, ..OddsSettings::default() };
        let odds = odds(&start, range, settings, &mut Sampler::new());
        prop_assert!(serialises(&odds) && odds.above + odds.undefined <= 50);
        let binned: usize = odds.histogram.iter().map(|bin| bin.count).sum();
        prop_assert!(binned + odds.undefined == 50 || odds.histogram.is_empty(), "{:?}", odds);
        let bridge = bridge(&start, &other, target);
        prop_assert!(serialises(&bridge));
        prop_assert!(bridge.shares.iter().all(|share| share.shapley.is_finite()));
    }
}
