use proptest::prelude::*;

use super::reading::number;
use super::{any_scenario, is_a_sentence};
use crate::analysis::cache_curves;
use crate::model::{Economics, Global, Scenario, margin_of};
use crate::report::Report;

/// How ln(R/c) changes with more hits, or towards fewer where there are no more; `None` where rounding decides.
fn tendency(scenario: &Scenario, kappa: f64) -> Option<f64> {
    let start = scenario.moved(Global::HitWork.into(), kappa);
    let ratio = |hits: f64| {
        let economics =
            Economics::of(&start.moved(Global::HitRatio.into(), hits), scenario.free_tiers()).ok()?;
        let ratio = (economics.revenue() / economics.cost).ln();
        ratio.is_finite().then_some(ratio)
    };
    let hits = start.get(Global::HitRatio.into())?;
    let step = 1e-6;
    let (from, to) = if hits + step <= 1.0 { (hits, hits + step) } else { (hits - step, hits) };
    let change = (ratio(to)? - ratio(from)?) / step;
    (change.abs() > 1e-7).then_some(change)
}

fn busy_time(scenario: &Scenario, hits: f64) -> Option<f64> {
    let there = scenario.moved(Global::HitRatio.into(), hits);
    Some(Economics::of(&there, scenario.free_tiers()).ok()?.busy_time)
}

proptest! {
    #[test]
    fn hits_do_what_the_sentence_says(scenario in any_scenario()) {
        let sentence = cache_curves(&scenario, 3).conclusion();
        is_a_sentence(&sentence)?;
        let now = scenario.get(Global::HitWork.into()).expect("never absent");
        let margin = margin_of(&scenario);
        let raises = |kappa: f64| tendency(&scenario, kappa).map(|change| change > 0.0);
        let kappas = [0.0, 0.1, 0.3, 0.5, 0.9, 1.0, now];
        if sentence.starts_with("No verdict: ") || sentence.contains("nothing is earned") {
            prop_assert!(margin.is_none(), "{}", sentence);
        } else if sentence.contains("serving costs nothing") {
            prop_assert!(margin.is_none_or(|margin| margin > 1.0 - 1e-12), "{}", sentence);
        } else if sentence.contains("change nothing") || sentence.contains("changes nothing") {
            prop_assert!(kappas.into_iter().all(|kappa| raises(kappa).is_none()), "{}", sentence);
        } else if sentence.contains("never lower the margin") || sentence.contains("raise the margin, whatever") {
            prop_assert!(kappas.into_iter().all(|kappa| raises(kappa) != Some(false)), "{}", sentence);
        } else if sentence.contains("lower the margin, whatever") {
            prop_assert!(kappas.into_iter().all(|kappa| raises(kappa) != Some(true)), "{}", sentence);
            let hits = scenario.get(Global::HitRatio.into()).expect("never absent");
            let further = if hits < 1.0 { hits + 1e-3 * (1.0 - hits) } else { hits - 1e-3 };
            let (before, after) = (busy_time(&scenario, hits), busy_time(&scenario, further));
            if sentence.contains("save no node time") {
                prop_assert_eq!(before, after, "{}", sentence);
            } else if now < 1.0 {
                prop_assert!(sentence.contains("they save less in node time"), "{}", sentence);
            }
        } else if sentence.contains("they raise it only while") {
            let raised = raises(now).unwrap_or_else(|| sentence.contains("hits raise"));
            prop_assert_eq!(sentence.contains("hits raise"), raised, "{}", sentence);
        } else {
            // A threshold: more hits raise the margin below it and lower it above.
            let (_, rest) = sentence
                .split_once("a hit costs less than ")
                .or_else(|| sentence.split_once("a hit costs more than "))
                .unwrap_or_else(|| sentence.split_once("cancel at ").expect(&sentence));
            let (threshold, rest) = number(rest).expect("a threshold");
            let below = raises((threshold.low - 1e-3).max(0.0));
            let above = raises((threshold.high + 1e-3).min(1.0));
            prop_assert!(below != Some(false) || threshold.low < 1e-3, "{}", sentence);
            prop_assert!(above != Some(true) || threshold.high > 1.0 - 1e-3, "{}", sentence);
            if let Some((_, told)) = rest.split_once('(') {
                prop_assert!(number(told).expect("today's").0.holds(now), "{}", sentence);
                let raised = raises(now).unwrap_or_else(|| sentence.contains("hits raise"));
                prop_assert_eq!(sentence.contains("hits raise"), raised, "{}", sentence);
            }
        }
    }
}
