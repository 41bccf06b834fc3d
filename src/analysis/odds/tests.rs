use proptest::prelude::*;

use super::*;
use crate::analysis::scenarios::{day_six, day_six_range, realistic};
use crate::model::{Edit, Global, gross_margin};

fn settings(samples: usize) -> OddsSettings {
    OddsSettings { samples, ..OddsSettings::default() }
}

fn draw(scenario: &Scenario, settings: OddsSettings) -> Odds {
    odds(scenario, day_six_range, settings, &mut Sampler::new())
}

#[test]
fn day_six_keeps_its_margin_under_its_own_ranges() {
    let odds = draw(&day_six(), OddsSettings::default());
    assert_eq!((odds.samples, odds.undefined, odds.ranges.len()), (100_000, 0, 6));
    assert_eq!((odds.above, odds.probability), (100_000, 1.0));
    let (p5, p50, p95) = (odds.p5.expect("defined"), odds.p50.expect("defined"), odds.p95.expect("defined"));
    assert!(p5 < p50 && p50 < p95);
    assert!((p50 - 0.84).abs() < 0.01, "{p50}");
    assert!((odds.mean.expect("defined") - p50).abs() < 0.01);
    assert!(!odds.has_default_ranges());
}

/// Whatever machine runs this, these are the bits.
#[test]
fn the_same_seed_draws_the_same_bits_everywhere() {
    let odds = draw(&day_six(), settings(10_000));
    assert_eq!(odds.p5, Some(0.7570749263260256));
    assert_eq!(odds.p50, Some(0.8358958330283233));
    assert_eq!(odds.p95, Some(0.8890319088063778));
    assert_eq!(odds.mean, Some(0.8313560497747446));
}

#[test]
fn rent_alone_has_quantiles_that_a_formula_gives() {
    let start = day_six();
    let only_rent = |id| if id == Global::GpuHour.into() { day_six_range(id) } else { None };
    let odds = odds(&start, only_rent, OddsSettings::default(), &mut Sampler::new());
    // The margin falls with the rent: its 5th percentile is where the rent has its 95th.
    let at = |rent: f64| gross_margin(&start.moved(Global::GpuHour.into(), rent), start.free_tiers());
    let near = |a: Option<f64>, b: Option<f64>| (a.expect("defined") - b.expect("defined")).abs() < 1e-3;
    assert!(near(odds.p5, at(3.0)) && near(odds.p95, at(1.5)) && near(odds.p50, at(4.5_f64.sqrt())));
}

#[test]
fn the_histogram_holds_every_defined_sample() {
    let odds = draw(&day_six(), settings(20_000));
    assert_eq!(odds.histogram.len(), 40);
    assert_eq!(odds.histogram.iter().map(|bin| bin.count).sum::<usize>(), 20_000);
    for pair in odds.histogram.windows(2) {
        assert!((pair[0].high - pair[1].low).abs() < 1e-15);
    }
    // The tails of 0.5 % are in the end bins.
    assert!(odds.histogram[0].count >= 100 && odds.histogram[39].count >= 100);
}

#[test]
fn a_margin_that_cannot_move_has_one_bin() {
    // Without cost the margin is 1 whatever is drawn.
    let odds =
        draw(&day_six().moved(Global::Gpus.into(), 1.0).moved(Global::GpuHour.into(), 0.0), settings(100));
    let ranges = |id| if id == Global::HitRatio.into() { day_six_range(id) } else { None };
    let still = super::odds(
        &day_six().moved(Global::GpuHour.into(), 0.0),
        ranges,
        settings(100),
        &mut Sampler::new(),
    );
    assert_eq!(still.histogram, [Bin { low: 1.0, high: 1.0, count: 100 }]);
    assert!(odds.histogram.len() > 1);
}

#[test]
fn without_ranges_default_ones_are_drawn_and_named_so() {
    let start = day_six();
    let odds = odds(&start, |_| None, settings(1000), &mut Sampler::new());
    assert!(odds.has_default_ranges());
    let ids: Vec<String> = odds.ranges.iter().map(|range| range.id.to_string()).collect();
    assert!(ids.iter().any(|id| id == "node.gpu_hour"));
    // At the ends of 0 … 1, at 0, without effect: none.
    for id in
        ["node.utilization", "node.overlap", "node.overhead", "node.capex", "tier.r1.share", "tier.v3.output"]
    {
        assert!(!ids.iter().any(|known| known == id), "{id}");
    }
}

#[test]
fn samples_without_a_margin_count_as_below_everything() {
    let start = day_six().moved(Global::Fee.into(), 0.5);
    // Measured on hits alone, of which half the draws say that they cost too little to tell.
    let range = |id| {
        let id: InputId = id;
        (id == Global::HitWork.into()).then(|| Range::new(0.0, 2e-9, id.domain())).flatten()
    };
    let start = start.moved(Global::MeasuredHitRatio.into(), 1.0).moved(Global::HitWork.into(), 1e-9);
    let odds = odds(&start, range, settings(10_000), &mut Sampler::new());
    assert!((4500..5500).contains(&odds.undefined), "{}", odds.undefined);
    assert_eq!(odds.p5, None);
    assert!(odds.p95.is_some() && odds.mean.is_some());
    let binned: usize = odds.histogram.iter().map(|bin| bin.count).sum();
    assert_eq!(binned + odds.undefined, 10_000);
}

#[test]
fn nothing_ever_paid_has_no_quantiles() {
    let start = day_six().moved(Global::Fee.into(), 1.0);
    let odds = draw(&start, settings(100));
    assert_eq!((odds.p50, odds.mean, odds.probability, odds.undefined), (None, None, 0.0, 100));
    assert!(odds.histogram.is_empty());
}

#[test]
fn fewer_samples_are_the_first_of_more_and_more_than_are_kept_go_on() {
    let start = day_six();
    let mut sampler = Sampler::new();
    let many = odds(&start, day_six_range, settings(KEPT + 1000), &mut sampler);
    let few = odds(&start, day_six_range, settings(500), &mut sampler);
    assert_eq!(few, draw(&start, settings(500)));
    assert_eq!(many, draw(&start, settings(KEPT + 1000)));
    let ranges = ranges(&start, day_six_range);
    let all = Margins::draw(&start, &ranges, 1, KEPT + 1000, &mut sampler).0;
    let first = Margins::draw(&start, &ranges, 1, 700, &mut sampler).0;
    assert_eq!(all[..700], first[..]);
    assert_ne!(all[KEPT..KEPT + 700], first[..]);
}

#[test]
fn the_export_says_which_ranges_are_the_presets() {
    let json = serde_json::to_value(draw(&day_six(), settings(1000))).expect("serialises");
    assert_eq!(json["ranges"][0]["id"], "node.gpu_hour");
    assert_eq!(json["ranges"][0]["default"], false);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_sample_is_the_margin_of_the_scenario_drawn(start in realistic(), count in 1_usize..50) {
        // Every input that can be, shares included.
        let range = |id: InputId| default_range(id, start.get(id)?);
        let ranges = ranges(&start, range);
        let named: Vec<(InputName, Range)> = ranges
            .iter()
            .filter_map(|range| Some((range.id, Range::new(range.low, range.high, range.id.input.domain())?)))
            .collect();
        let mut sampler = Sampler::new();
        let margins = Margins::draw(&start, &ranges, 1, count, &mut sampler).0;
        let columns = sampler.columns(1, &named, count);
        for (row, margin) in margins.iter().enumerate() {
            let drawn = |(name, column): (&(InputName, Range), &Column)| (name.0.input, column.values()[row]);
            let draws: Vec<(InputId, f64)> = named.iter().zip(columns).map(drawn).collect();
            let sum: f64 = draws.iter().filter(|(id, _)| id.is_share()).map(|(_, share)| share).sum();
            let edits: Vec<Edit> = draws
                .iter()
                .map(|(id, value)| (*id, Some(if id.is_share() && sum > 1.0 { value / sum } else { *value })))
                .collect();
            // All shares drawn and less than 1 in all is no scenario, though it is a mix of tiers.
            let Ok(scenario) = start.with(&edits) else { continue };
            let alone = gross_margin(&scenario, start.free_tiers());
            prop_assert_eq!(margin.is_finite().then_some(*margin), alone);
        }
    }
}
