//! Odds: what the gross margin may be when the inputs are uncertain (Monte Carlo).

use std::num::NonZero;
use std::sync::LazyLock;

use serde::Serialize;

use super::block::{Block, Excess, LANES};
use super::inputs::{analysed_inputs, no_effect};
use super::tornado::default_range;
use super::verdict::Verdict;
use crate::model::{InputId, InputName, MAX_TIERS, Range, Scenario, TierField};

mod normal;
mod quantile;
mod sampler;

use quantile::{Quantile, put_in_rank};
pub use sampler::Sampler;
use sampler::{Column, KEPT};

/// The bins of the histogram.
const BINS: usize = 40;

/// How odds are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OddsSettings {
    /// How many scenarios are drawn: 1 to [`MOST_SAMPLES`](Self::MOST_SAMPLES). Fewer are the first of more.
    pub samples: usize,
    /// Which streams they are drawn from.
    pub seed: u64,
    /// What the gross margin is held against: below 1.
    pub target: f64,
}

impl OddsSettings {
    /// The largest number of samples.
    pub const MOST_SAMPLES: usize = 10_000_000;
    /// The seed when none is given.
    pub const SEED: u64 = 1;
}

impl Default for OddsSettings {
    fn default() -> Self {
        Self { samples: 100_000, seed: Self::SEED, target: 0.0 }
    }
}

/// What the gross margin may be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Odds {
    /// Scenarios drawn.
    pub samples: usize,
    /// The streams they were drawn from.
    pub seed: u64,
    /// What the gross margin is held against.
    pub target: f64,
    /// Share of samples with a gross margin above the target.
    pub probability: f64,
    /// 5th percentile of the gross margin, an undefined one being below everything; `None` when undefined.
    pub p5: Option<f64>,
    /// Median.
    pub p50: Option<f64>,
    /// 95th percentile.
    pub p95: Option<f64>,
    /// Mean over the samples with a gross margin; `None` without any.
    pub mean: Option<f64>,
    /// Samples without a gross margin.
    pub undefined: usize,
    /// The 90 % ranges drawn from, in table order. Draws are independent.
    pub ranges: Vec<OddsRange>,
    /// Bins from P0.5 to P99.5 of the defined margins, tails in the end bins; one when all margins are the same.
    pub histogram: Vec<Bin>,
    /// Samples with a gross margin above the target.
    #[serde(skip)]
    pub above: usize,
    /// Where the scenario itself stands.
    #[serde(skip)]
    pub verdict: Verdict,
}

/// The range of one input.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OddsRange {
    /// The input.
    pub id: InputName,
    /// 5th percentile.
    pub low: f64,
    /// 95th percentile.
    pub high: f64,
    /// Whether the range is a default one, there being no ranges at all.
    pub default: bool,
}

/// One bin of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Samples in it.
    pub count: usize,
}

impl Odds {
    /// Whether the ranges are default ones.
    pub fn has_default_ranges(&self) -> bool {
        self.ranges.iter().any(|range| range.default)
    }
}

/// Draws scenarios from 90 % ranges, or from default ranges where there are none at all.
///
/// The answer depends on the arguments but the sampler alone, and is the same to the bit on every machine.
pub fn odds(
    scenario: &Scenario,
    range: impl Fn(InputId) -> Option<Range>,
    settings: OddsSettings,
    sampler: &mut Sampler,
) -> Odds {
    let samples = settings.samples.clamp(1, OddsSettings::MOST_SAMPLES);
    let ranges = ranges(scenario, range);
    let mut margins = Margins::draw(scenario, &ranges, settings.seed, samples, sampler);
    let Totals { above, undefined, mean } = margins.totals(settings.target);
    let [p5, p50, p95, first, last] = margins.quantiles(undefined);
    Odds {
        samples,
        seed: settings.seed,
        target: settings.target,
        probability: above as f64 / samples as f64,
        p5,
        p50,
        p95,
        mean,
        undefined,
        histogram: first
            .zip(last)
            .map_or_else(Vec::new, |(low, high)| margins.histogram(low, high, undefined)),
        ranges,
        above,
        verdict: Verdict::of(scenario, scenario.free_tiers(), settings.target),
    }
}

/// The ranges to draw from, in table order.
fn ranges(scenario: &Scenario, range: impl Fn(InputId) -> Option<Range>) -> Vec<OddsRange> {
    let entry = |id: InputId, range: Range, default: bool| OddsRange {
        id: scenario.name(id),
        low: range.low(),
        high: range.high(),
        default,
    };
    let given: Vec<OddsRange> = analysed_inputs(scenario)
        .filter(|id| scenario.get(*id).is_some())
        .filter_map(|id| Some(entry(id, range(id)?, false)))
        .collect();
    if !given.is_empty() {
        return given;
    }
    let free = scenario.free_tiers();
    analysed_inputs(scenario)
        .filter(|id| no_effect(scenario, free, *id).is_none())
        .filter_map(|id| {
            let value = scenario.get(id)?;
            let inside = value > 0.0 && (value < 1.0 || !id.domain().is_share());
            inside.then(|| default_range(id, value)).flatten().map(|range| entry(id, range, true))
        })
        .collect()
}

/// What all samples come to.
struct Totals {
    above: usize,
    undefined: usize,
    mean: Option<f64>,
}

/// Gross margins of all samples; −∞ where undefined.
struct Margins(Vec<f64>);

impl Margins {
    fn draw(
        scenario: &Scenario,
        ranges: &[OddsRange],
        seed: u64,
        samples: usize,
        sampler: &mut Sampler,
    ) -> Self {
        let named: Vec<(InputName, Range)> = ranges
            .iter()
            .filter_map(|range| Some((range.id, Range::new(range.low, range.high, range.id.input.domain())?)))
            .collect();
        let ids: Vec<InputId> = named.iter().map(|(name, _)| name.input).collect();
        let mut margins = vec![0.0; samples];
        let mut parts = margins.chunks_mut(KEPT);
        let columns = sampler.columns(seed, &named, samples);
        if let Some(part) = parts.next() {
            fill(scenario, &ids, columns, part);
        }
        let mut later: Vec<Column> = Vec::new();
        for part in parts {
            if later.is_empty() {
                later = columns.iter().map(Column::after).collect();
            }
            for column in &mut later {
                column.advance(part.len());
            }
            fill(scenario, &ids, &later, part);
        }
        Self(margins)
    }

    /// Counts, and sums up in a fixed order.
    fn totals(&self, target: f64) -> Totals {
        let mut above = [0_usize; 8];
        let mut undefined = [0_usize; 8];
        let mut sums = [0.0; 8];
        for chunk in self.0.chunks(sums.len()) {
            for (((margin, above), undefined), sum) in
                chunk.iter().zip(&mut above).zip(&mut undefined).zip(&mut sums)
            {
                let defined = *margin != f64::NEG_INFINITY;
                *above += usize::from(*margin > target);
                *undefined += usize::from(!defined);
                *sum += if defined { *margin } else { 0.0 };
            }
        }
        let undefined = undefined.iter().sum();
        let mean = sums.iter().sum::<f64>() / (self.0.len() - undefined) as f64;
        Totals { above: above.iter().sum(), undefined, mean: mean.is_finite().then_some(mean) }
    }

    /// P5, P50 and P95 of all, and P0.5 and P99.5 of the defined ones. Reorders the samples.
    fn quantiles(&mut self, undefined: usize) -> [Option<f64>; 5] {
        let all = |p| Quantile::new(p, 0, self.0.len());
        let defined = |p| Quantile::new(p, undefined, self.0.len() - undefined);
        let wanted = [all(0.05), all(0.5), all(0.95), defined(0.005), defined(0.995)];
        let mut ranks: Vec<usize> = wanted.into_iter().flatten().flat_map(Quantile::ranks).collect();
        ranks.sort_unstable();
        ranks.dedup();
        put_in_rank(&mut self.0, &ranks);
        wanted.map(|quantile| quantile.and_then(|quantile| quantile.of(&self.0)))
    }

    fn histogram(&self, low: f64, high: f64, undefined: usize) -> Vec<Bin> {
        let width = (high - low) / BINS as f64;
        let scale = 1.0 / width;
        if !(scale.is_finite() && width > 0.0) {
            let count = self.0.len() - undefined;
            return vec![Bin { low, high, count }];
        }
        // One more, for the undefined.
        let mut counts = [0_usize; BINS + 1];
        for margin in &self.0 {
            let bin = ((margin - low) * scale).clamp(0.0, BINS as f64 - 1.0);
            let bin = if *margin == f64::NEG_INFINITY { BINS } else { bin as usize };
            if let Some(count) = counts.get_mut(bin) {
                *count += 1;
            }
        }
        let edge = |bin: usize| if bin == BINS { high } else { low + width * bin as f64 };
        let bins = counts.into_iter().take(BINS).enumerate();
        bins.map(|(bin, count)| Bin { low: edge(bin), high: edge(bin + 1), count }).collect()
    }
}

/// From how many samples on a second thread saves more time than it takes to start one.
const WORTH_A_THREAD: usize = 20_000;

/// Works out one margin for each row of the columns, half of them in a thread of their own where that pays.
fn fill(scenario: &Scenario, ids: &[InputId], columns: &[Column], margins: &mut [f64]) {
    static CORES: LazyLock<usize> =
        LazyLock::new(|| std::thread::available_parallelism().map_or(1, NonZero::get));
    let half = (margins.len() / 2).next_multiple_of(LANES);
    if margins.len() < WORTH_A_THREAD || *CORES == 1 {
        return fill_from(scenario, ids, columns, 0, margins);
    }
    let halved = std::thread::scope(|scope| {
        let (first, second) = margins.split_at_mut(half);
        let helper = std::thread::Builder::new();
        let started = helper.spawn_scoped(scope, || fill_from(scenario, ids, columns, half, second)).is_ok();
        fill_from(scenario, ids, columns, 0, first);
        started
    });
    if !halved && let Some(second) = margins.get_mut(half..) {
        fill_from(scenario, ids, columns, half, second);
    }
}

/// Works out one margin for each row of the columns from one row on, the first of a group of lanes.
fn fill_from(scenario: &Scenario, ids: &[InputId], columns: &[Column], from: usize, margins: &mut [f64]) {
    let mut block = Block::new(scenario, scenario.free_tiers(), ids);
    let mut shares = [None; MAX_TIERS];
    for (number, chunk) in margins.chunks_mut(LANES).enumerate() {
        let first = from + number * LANES;
        for (id, column) in ids.iter().zip(columns) {
            let values = lanes(column.values(), first);
            match *id {
                InputId::Tier(tier, TierField::Share) => {
                    if let Some(share) = shares.get_mut(usize::from(tier)) {
                        *share = Some(values);
                    }
                }
                id => block.set(id, values),
            }
        }
        block.set_shares(scenario, &shares, Excess::Scale);
        for (margin, worked_out) in chunk.iter_mut().zip(block.margins()) {
            *margin = if worked_out.is_finite() { worked_out } else { f64::NEG_INFINITY };
        }
    }
}

/// The values of one group of lanes; the last one again where there are no more.
#[inline]
fn lanes(values: &[f64], first: usize) -> [f64; LANES] {
    if let Some(values) = values.get(first..first + LANES)
        && let Ok(values) = values.try_into()
    {
        return values;
    }
    let last = values.last().copied().unwrap_or_default();
    std::array::from_fn(|lane| values.get(first + lane).copied().unwrap_or(last))
}

#[cfg(test)]
mod tests;
