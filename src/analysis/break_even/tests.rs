use proptest::prelude::*;

use super::*;
use crate::analysis::scenarios::{day_six, extreme, realistic};
use crate::model::{Global, TierField, gpu_hour, margin_of};

/// Day 6 with R1 and a free tier at share 0.
fn start() -> Scenario {
    (0..2).try_fold(day_six(), |scenario, _| scenario.without_tier(1)).expect("two tiers left")
}

fn tier(tier: u8, field: TierField) -> InputId {
    InputId::Tier(tier, field)
}

fn solved(scenario: &Scenario, id: impl Into<InputId>, target: f64) -> BreakEven {
    break_even(scenario, id.into(), target)
}

#[track_caller]
fn close(actual: Option<f64>, expected: f64, relative: f64) {
    let actual = actual.expect("there is one");
    assert!((actual - expected).abs() <= relative * expected.abs(), "{actual} is not {expected}");
}

#[test]
fn day_six_breaks_even_where_the_formulas_say() {
    let start = start();
    let multiple = 6.452345374181476;
    // Rent: the multiple times today's.
    let rent = solved(&start, Global::GpuHour, 0.0);
    close(rent.nearest(), 2.0 * multiple, 1e-14);
    close(rent.nearest(), 12.90469, 1e-6);
    close(rent.factor, multiple, 1e-14);
    // Busy time is a + b; rates break even where either grows to fill what the multiple leaves.
    let (a, b) = (1.0 / 14_800.0, 3.619047619047619 / 73_700.0);
    let most = multiple * (a + b);
    close(solved(&start, Global::Decode, 0.0).nearest(), 1.0 / (most - b), 1e-13);
    close(solved(&start, Global::Decode, 0.0).nearest(), 1_421.045, 1e-6);
    close(solved(&start, Global::Prefill, 0.0).nearest(), 3.619047619047619 / (most - a), 1e-13);
    close(solved(&start, Global::Prefill, 0.0).nearest(), 5_281.39, 1e-6);
    close(solved(&start, Global::Utilization, 0.0).nearest(), 1.0 / multiple, 1e-14);
    let free = solved(&start, tier(1, TierField::Share), 0.0);
    close(free.nearest(), 1.0 - 1.0 / multiple, 1e-14);
    close(free.nearest(), 0.8450176, 1e-7);
    // What it leaves to be paid is the same factor down.
    close(free.factor, multiple, 1e-12);
}

#[test]
fn what_cannot_break_even_alone_says_the_worst_it_can_do() {
    let start = start();
    let output = solved(&start, tier(0, TierField::Output), 0.0);
    assert_eq!((output.why, output.reachable, output.at), (Some(Why::Unreachable), false, Some(0.0)));
    close(output.best, 0.5513667, 1e-7);
    let miss = solved(&start, tier(0, TierField::InputMiss), 0.0);
    assert_eq!(miss.at, Some(0.0));
    close(miss.best, 0.7904867, 1e-7);
    let hits = solved(&start, Global::HitRatio, 0.0);
    assert_eq!(hits.at, Some(0.0));
    close(hits.best, 0.8332464, 1e-7);
}

#[test]
fn all_at_once_may_be_worse_by_1_594() {
    let all = break_evens(&start(), 0.0);
    close(all.robustness, 1.594, 2e-4);
    let k = all.robustness.expect("defined");
    let paid = InputId::Tier(0, TierField::Share);
    let worse = start().with(&[
        (Global::GpuHour.into(), Some(2.0 * k)),
        (Global::Prefill.into(), Some(73_700.0 / k)),
        (Global::Decode.into(), Some(14_800.0 / k)),
        (tier(0, TierField::InputMiss), Some(0.55 / k)),
        (tier(0, TierField::InputHit), Some(0.14 / k)),
        (tier(0, TierField::Output), Some(2.19 / k)),
        (paid, Some(1.0 / k)),
    ]);
    let margin = gross_margin(&worse.expect("valid"), start().free_tiers()).expect("defined");
    assert!(margin.abs() < 1e-14, "{margin}");
    assert_eq!(break_evens(&start().moved(Global::GpuHour.into(), 0.0), 0.0).robustness, None);
    assert_eq!(break_evens(&start().moved(Global::Fee.into(), 1.0), 0.0).robustness, None);
}

#[test]
fn a_target_at_the_present_margin_is_met_by_the_present_values() {
    let start = start();
    let margin = margin_of(&start).expect("defined");
    let all = break_evens(&start, margin);
    assert!(all.verdict.is_on());
    for entry in all.inputs {
        if entry.why == Some(Why::Any) {
            assert!(entry.no_effect.is_some() && entry.reachable, "{}", entry.id);
        } else {
            let value = entry.value.expect("present");
            assert!(entry.solutions.contains(&value), "{entry:?}");
            assert_eq!(entry.at, Some(value));
        }
    }
}

#[test]
fn what_gives_the_only_margin_there_is_has_an_effect() {
    let gift =
        start().with(&[(Global::GpuHour.into(), Some(0.0)), (Global::Fee.into(), Some(1.0))]).expect("valid");
    let fee = solved(&gift, Global::Fee, 0.5);
    assert_eq!((fee.why, fee.best, fee.no_effect), (Some(Why::Unreachable), Some(1.0), None));
    let rent = solved(&gift, Global::GpuHour, 0.5);
    assert_eq!((rent.why, rent.best), (Some(Why::NoEffect), None));
}

#[test]
fn what_has_no_effect_says_why() {
    let start = start();
    let why = |scenario: &Scenario, id: InputId| solved(scenario, id, 0.0).no_effect;
    assert_eq!(why(&start, Global::Capex.into()), Some(NoEffect::Rented));
    assert_eq!(why(&start, tier(1, TierField::Output)), Some(NoEffect::TierNotServed));
    let output_only = start.moved(Global::InputPerOutput.into(), 0.0);
    assert_eq!(why(&output_only, Global::Prefill.into()), Some(NoEffect::ConstantMargin));
    assert_eq!(why(&output_only, Global::HitRatio.into()), Some(NoEffect::ConstantMargin));
    let absent = start.with(&[(Global::Prefill.into(), None)]).expect("optional");
    let prefill = solved(&absent, Global::Prefill, 0.0);
    assert_eq!((prefill.no_effect, prefill.value, prefill.at), (Some(NoEffect::Absent), None, None));
    let nothing_paid = start.moved(Global::Fee.into(), 1.0);
    assert_eq!(why(&nothing_paid, Global::GpuHour.into()), Some(NoEffect::ConstantMargin));
    assert!(solved(&nothing_paid, Global::Fee, 0.0).reachable);
    let given_away = start.moved(tier(0, TierField::Discount), 1.0);
    assert!(solved(&given_away, tier(0, TierField::Discount), 0.0).reachable);
    let unpriced = [TierField::InputMiss, TierField::InputHit, TierField::Output]
        .into_iter()
        .fold(start, |scenario, field| scenario.moved(tier(0, field), 0.0));
    assert!(solved(&unpriced, tier(0, TierField::Output), 0.0).reachable);
}

#[test]
fn a_margin_that_falls_on_both_sides_of_a_kink_has_two_break_evens() {
    // With full overlap and dear input, input per output has a best value where both phases take equal time.
    let start = start()
        .with(&[
            (Global::Overlap.into(), Some(1.0)),
            (tier(0, TierField::InputMiss), Some(0.05)),
            (tier(0, TierField::InputHit), Some(0.05)),
            (Global::HitWork.into(), Some(1.0)),
        ])
        .expect("valid");
    let peak = 73_700.0 / 14_800.0;
    let top = gross_margin(&start.moved(Global::InputPerOutput.into(), peak), start.free_tiers());
    let target = top.expect("defined") - 0.005;
    let ratio = solved(&start, Global::InputPerOutput, target);
    assert_eq!(ratio.solutions.len(), 2, "{ratio:?}");
    assert!(ratio.solutions[0] < peak && peak < ratio.solutions[1]);
}

#[test]
fn turning_the_last_free_traffic_away_ends_the_batching_loss() {
    let share = tier(1, TierField::Share);
    let start = start()
        .with(&[
            (share, Some(0.5)),
            (Global::ServeFree.into(), Some(0.0)),
            (Global::BatchingLoss.into(), Some(0.4)),
        ])
        .expect("valid");
    let with_loss = margin_of(&start).expect("defined");
    let without = gross_margin(&start.moved(share, 0.0), start.free_tiers()).expect("defined");
    assert!(without > with_loss + 0.01);
    // Between the two margins nothing lies, and each is met where it is.
    let between = solved(&start, share, 0.5 * (with_loss + without) + 0.001);
    assert_eq!((between.why, between.at), (Some(Why::Unreachable), Some(0.0)));
    assert_eq!(solved(&start, share, without).solutions, [0.0]);
    assert_eq!(solved(&start, share, 0.0).at, Some(0.5));
}

#[test]
fn the_domain_ends_where_the_measurement_says_nothing() {
    let start = start().moved(Global::HitWork.into(), 0.0);
    // All hits for free: W(h0) → 0, a missed token would take no time at all.
    let measured = solved(&start, Global::MeasuredHitRatio, 0.0);
    assert!(measured.solutions.iter().all(|value| 1.0 - value >= 1e-9));
    let from_nothing = start.moved(Global::MeasuredHitRatio.into(), 1.0);
    assert_eq!(margin_of(&from_nothing), None);
    assert!(solved(&from_nothing, Global::HitWork, 0.0).best.is_some());
}

#[test]
fn owning_breaks_even_in_the_price_of_a_gpu() {
    let start = start().moved(Global::Basis.into(), 1.0);
    let capex = solved(&start, Global::Capex, 0.0).nearest().expect("reachable");
    assert!((gpu_hour(&start.moved(Global::Capex.into(), capex)) - 12.90469).abs() < 1e-5);
}

#[test]
fn the_export_has_the_agreed_keys() {
    let json = serde_json::to_value(break_evens(&start(), 0.0)).expect("serialises");
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().expect("an object").keys().cloned().collect()
    };
    assert_eq!(keys(&json), ["target", "margin", "inputs", "robustness"]);
    let entry = &json["inputs"][1];
    assert_eq!(
        keys(entry),
        ["id", "value", "solutions", "factor", "points", "reachable", "why", "best", "at"]
    );
    assert_eq!(entry["id"], "node.overhead");
    let whys: Vec<&serde_json::Value> =
        json["inputs"].as_array().expect("an array").iter().map(|entry| &entry["why"]).collect();
    assert!(whys.contains(&&"no effect".into()) && whys.contains(&&"unreachable".into()));
}

/// Values all over the domain: its ends, and many between in equal steps of value and of order of magnitude.
fn scan(id: InputId) -> Vec<f64> {
    let domain = id.domain();
    let bits = |share: f64| {
        let (low, high) = (domain.min.max(1e-12).to_bits(), domain.max.to_bits());
        f64::from_bits(low + ((high - low) as f64 * share) as u64)
    };
    let mut values: Vec<f64> = (0..=300)
        .map(|step| f64::from(step) / 300.0)
        .flat_map(|share| [bits(share), domain.min + (domain.max - domain.min) * share])
        .map(|value| value.clamp(domain.min, domain.max))
        .collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

proptest! {
    #[test]
    fn scanning_the_domain_finds_what_break_even_found(
        start in prop_oneof![realistic(), extreme()], which in 0_usize..60, target in prop_oneof![Just(0.0), -3.0..0.999],
    ) {
        let ids: Vec<InputId> = analysed_inputs(&start).collect();
        let id = ids[which % ids.len()];
        let free = start.free_tiers();
        let found = break_even(&start, id, target);
        prop_assert!(found.solutions.len() <= 2, "{:?}", found);
        prop_assert!(found.solutions.is_sorted());
        prop_assert_eq!(found.reachable, found.why.is_none() || found.why == Some(Why::Any));
        if found.no_effect.is_some_and(|why| why == NoEffect::Absent) {
            return Ok(());
        }
        let margin = |value: f64| gross_margin(&start.moved(id, value), free);
        // Each solution is one to the last digit: the target lies between its neighbours.
        let domain = id.domain();
        for value in &found.solutions {
            let beside: Vec<f64> = [value.next_down(), *value, value.next_up()]
                .into_iter()
                .map(|value| value.clamp(domain.min, domain.max))
                .filter_map(margin)
                .collect();
            let (low, high) = (beside.iter().copied().reduce(f64::min), beside.iter().copied().reduce(f64::max));
            let slack = 1e-12 * (1.0 + target.abs());
            prop_assert!(low.is_some_and(|low| low <= target + slack), "{:?}", found);
            prop_assert!(high.is_some_and(|high| high >= target - slack), "{:?}", found);
        }
        let scanned: Vec<(f64, f64)> =
            scan(id).into_iter().filter_map(|value| Some((value, margin(value)?))).collect();
        // Wherever the scan goes through the target, there is a solution between, unless it jumps there.
        let interior = |value: f64| value > domain.min && value < domain.max;
        if found.no_effect.is_none() {
            for pair in scanned.windows(2) {
                let [(from, before), (to, after)] = [pair[0], pair[1]];
                let slack = 1e-11 * before.abs().max(after.abs()).max(1.0);
                let through = (before < target - slack && after > target + slack)
                    || (before > target + slack && after < target - slack);
                if through && interior(from) && interior(to) {
                    prop_assert!(
                        found.solutions.iter().any(|value| (from..=to).contains(value)),
                        "between {} and {}: {:?}", from, to, found
                    );
                }
            }
        }
        // Nothing the scan saw is nearer the target than the best.
        if let Some(best) = found.best {
            for (value, margin) in scanned {
                let slack = 1e-9 * margin.abs().max(best.abs()).max(1.0);
                prop_assert!(
                    (margin - target).abs() >= (best - target).abs() - slack,
                    "{} at {}: {:?}", margin, value, found
                );
            }
        } else {
            prop_assert!(scanned.is_empty());
        }
    }
}
