//! How fast the analyses are.

use std::hint::black_box;

use divan::Bencher;
use napkin::analysis::{Axis, OddsSettings, Sampler, break_evens, bridge, cache_curves, map, odds, tornado};
use napkin::model::{self, Edit, Global, InputId, Scenario, TierField};

#[path = "../tests/common/golden.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the library's own tests")]
mod golden;

fn main() {
    divan::main();
}

#[divan::bench]
fn tornado_of_every_input(bencher: Bencher) {
    let scenario = golden::day_six();
    bencher.bench(|| tornado(black_box(&scenario), golden::day_six_range));
}

#[divan::bench]
fn break_even_of_every_input(bencher: Bencher) {
    let scenario = golden::day_six();
    bencher.bench(|| break_evens(black_box(&scenario), 0.0));
}

#[divan::bench]
fn cache_curves_of_120_points(bencher: Bencher) {
    let scenario = golden::day_six();
    bencher.bench(|| cache_curves(black_box(&scenario), 120));
}

/// Two inputs of the node, and two that move prices.
#[divan::bench(args = ["rent and decode", "output price and free share"])]
fn map_of_120_by_60(bencher: Bencher, inputs: &str) {
    let scenario = golden::day_six();
    let (x, y): (InputId, InputId) = if inputs == "rent and decode" {
        (Global::GpuHour.into(), Global::Decode.into())
    } else {
        (InputId::Tier(0, TierField::Output), InputId::Tier(3, TierField::Share))
    };
    let (x, y) = (Axis::slider(&scenario, x), Axis::slider(&scenario, y));
    bencher.bench(|| map(black_box(&scenario), 0.0, x, y, 120, 60));
}

/// Day 6 with this many inputs changed for the worse.
fn other_side(inputs: usize) -> Scenario {
    let scenario = golden::day_six();
    let edits: Vec<Edit> = scenario
        .inputs()
        .filter(|id| !id.is_share() && !id.domain().whole && *id != Global::Nodes.into())
        .filter_map(|id| Some((id, scenario.get(id).filter(|value| *value > 0.0)?)))
        .map(|(id, value)| (id, Some(value * if id == Global::GpuHour.into() { 9.0 } else { 0.9 })))
        .take(inputs)
        .collect();
    scenario.with(&edits).unwrap_or(scenario)
}

/// Shapley shares and the crux.
#[divan::bench(args = [4, 8, 16])]
fn bridge_over_inputs(bencher: Bencher, inputs: usize) {
    let (from, to) = (golden::day_six(), other_side(inputs));
    bencher.bench(|| bridge(black_box(&from), black_box(&to), 0.0));
}

/// Nothing drawn yet.
#[divan::bench]
fn odds_of_100k_first_time(bencher: Bencher) {
    let scenario = golden::day_six();
    bencher.bench(|| odds(&scenario, golden::day_six_range, OddsSettings::default(), &mut Sampler::new()));
}

/// Every range has moved since.
#[divan::bench]
fn odds_of_100k_all_ranges_moved(bencher: Bencher) {
    let scenario = golden::day_six();
    let mut sampler = Sampler::new();
    let mut step = 1.0;
    bencher.bench_local(|| {
        step = if step > 1.5 { 1.0 } else { step * 1.001 };
        let carried = |id: InputId| {
            let value = scenario.get(id)?;
            golden::day_six_range(id)?.carried(value, value / step, id.domain())
        };
        odds(&scenario, carried, OddsSettings::default(), &mut sampler)
    });
}

/// One slider has moved since.
#[divan::bench]
fn odds_of_100k_one_range_moved(bencher: Bencher) {
    let scenario = golden::day_six();
    let mut sampler = Sampler::new();
    let mut step = 1.0;
    bencher.bench_local(|| {
        step = if step > 1.5 { 1.0 } else { step * 1.001 };
        let rent = InputId::from(Global::GpuHour);
        let moved = scenario.moved(rent, 2.0 * step);
        let carried = |id: InputId| {
            let to = moved.get(id)?;
            golden::day_six_range(id)?.carried(scenario.get(id)?, to, id.domain())
        };
        odds(&moved, carried, OddsSettings::default(), &mut sampler)
    });
}
