//! How fast one scenario is worked out.

use std::hint::black_box;

use divan::Bencher;
use napkin::model;

#[path = "../tests/common/golden.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the library's own tests")]
mod golden;

fn main() {
    divan::main();
}

/// Every result of a scenario with as many tiers.
#[divan::bench(args = [1, 4, 8])]
fn evaluate(bencher: Bencher, tiers: usize) {
    let scenario = golden::with_tiers(tiers);
    bencher.bench(|| model::evaluate(black_box(&scenario)));
}

/// The margin alone.
#[divan::bench(args = [1, 4, 8])]
fn gross_margin(bencher: Bencher, tiers: usize) {
    let scenario = golden::with_tiers(tiers);
    let free = scenario.free_tiers();
    bencher.bench(|| model::gross_margin(black_box(&scenario), free));
}

/// One input moved, as the analyses move it.
#[divan::bench(args = [1, 4, 8])]
fn moved(bencher: Bencher, tiers: usize) {
    let scenario = golden::with_tiers(tiers);
    bencher.bench(|| black_box(&scenario).moved(model::Global::GpuHour.into(), black_box(3.0)));
}
