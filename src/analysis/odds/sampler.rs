//! Draws of each ranged input, from a stream of its own.

use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::normal::{Z95, exp, normal_quantile};
use crate::model::{Domain, InputName, Range, Spread, logit};

/// So many draws of an input are kept; further ones are drawn again each time.
pub(super) const KEPT: usize = 1 << 17;

/// Keeps draws from one call of [`odds`](super::odds) to the next.
///
/// What it keeps never changes an answer, only how fast it comes: an input whose range stays as it is costs
/// nothing, one whose range moves is not drawn anew but only scaled.
#[derive(Clone, Debug, Default)]
pub struct Sampler {
    columns: Vec<Column>,
}

impl Sampler {
    /// A sampler that has drawn nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The first `count` draws of each input, at most [`KEPT`]; draws of other inputs are let go.
    pub(super) fn columns(&mut self, seed: u64, ranges: &[(InputName, Range)], count: usize) -> &[Column] {
        let mut kept = std::mem::take(&mut self.columns);
        for (name, range) in ranges {
            let distribution = Distribution::new(*range, name.input.domain());
            let stream = stream_of(seed, &name.to_string());
            let known = kept.iter().position(|column| {
                column.stream == stream && column.distribution.is_normal() == distribution.is_normal()
            });
            let mut column =
                known.map_or_else(|| Column::new(stream, distribution), |at| kept.swap_remove(at));
            column.fill(distribution, count.min(KEPT));
            self.columns.push(column);
        }
        &self.columns
    }
}

/// The number that a stream starts from: FNV-1a over the seed and the id.
fn stream_of(seed: u64, id: &str) -> u64 {
    seed.to_le_bytes()
        .iter()
        .chain(id.as_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The draws of one input so far.
#[derive(Clone, Debug)]
pub(super) struct Column {
    stream: u64,
    /// Where the stream goes on after the draws so far.
    next: Xoshiro256PlusPlus,
    distribution: Distribution,
    /// Standard normal draws, or uniform ones on 0 … 1.
    standard: Vec<f64>,
    /// The values they stand for.
    values: Vec<f64>,
}

impl Column {
    fn new(stream: u64, distribution: Distribution) -> Self {
        let next = Xoshiro256PlusPlus::seed_from_u64(stream);
        Self { stream, next, distribution, standard: Vec::new(), values: Vec::new() }
    }

    /// The values drawn so far.
    pub(super) fn values(&self) -> &[f64] {
        &self.values
    }

    /// Sees to it that there are `count` values of this distribution.
    fn fill(&mut self, distribution: Distribution, count: usize) {
        if distribution != self.distribution {
            self.distribution = distribution;
            self.values.clear();
        }
        while self.standard.len() < count {
            let p = uniform(&mut self.next);
            self.standard.push(if distribution.is_normal() { normal_quantile(p) } else { p });
        }
        let known = self.values.len();
        if known < count
            && let Some(new) = self.standard.get(known..count)
        {
            distribution.extend(&mut self.values, new);
        }
    }

    /// The draws that come after those kept, in another column that keeps none of these.
    pub(super) fn after(&self) -> Self {
        let next = self.next.clone();
        Self {
            stream: self.stream,
            next,
            distribution: self.distribution,
            standard: Vec::new(),
            values: Vec::new(),
        }
    }

    /// Drops the draws so far and draws the next `count`.
    pub(super) fn advance(&mut self, count: usize) {
        self.standard.clear();
        self.values.clear();
        self.fill(self.distribution, count);
    }
}

/// A number strictly inside 0 … 1, as many above as below a half.
fn uniform(stream: &mut Xoshiro256PlusPlus) -> f64 {
    ((stream.next_u64() >> 11) as f64 + 0.5) * (1.0 / (1_u64 << 53) as f64)
}

/// How an input is spread, cut to its domain.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Distribution {
    shape: Shape,
    domain: Domain,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    LogNormal { mean: f64, deviation: f64 },
    LogitNormal { mean: f64, deviation: f64 },
    Uniform { low: f64, high: f64 },
}

impl Distribution {
    fn new(range: Range, domain: Domain) -> Self {
        let (low, high) = (range.low(), range.high());
        let between = |low: f64, high: f64| (0.5 * (low + high), (high - low) / (2.0 * Z95));
        let shape = match range.spread(domain) {
            Spread::Uniform => Shape::Uniform { low, high },
            Spread::Logit => {
                let (mean, deviation) = between(logit(low), logit(high));
                Shape::LogitNormal { mean, deviation }
            }
            Spread::Log => {
                let (mean, deviation) = between(libm::log(low), libm::log(high));
                Shape::LogNormal { mean, deviation }
            }
        };
        Self { shape, domain }
    }

    const fn is_normal(&self) -> bool {
        !matches!(self.shape, Shape::Uniform { .. })
    }

    /// Turns standard draws into values.
    fn extend(&self, values: &mut Vec<f64>, draws: &[f64]) {
        let (min, max) = (self.domain.min, self.domain.max);
        let cut = |value: f64| {
            let value = if value < min { min } else { value };
            if value > max { max } else { value }
        };
        match self.shape {
            Shape::LogNormal { mean, deviation } => {
                values.extend(draws.iter().map(|z| cut(exp(mean + deviation * z))));
            }
            Shape::LogitNormal { mean, deviation } => {
                values.extend(draws.iter().map(|z| cut(1.0 / (1.0 + exp(-(mean + deviation * z))))));
            }
            Shape::Uniform { low, high } => {
                values.extend(draws.iter().map(|part| cut(low + (high - low) * part)));
            }
        }
        if self.domain.whole {
            for value in values {
                *value = libm::round(*value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::scenarios::day_six;
    use crate::model::{Global, InputId};

    fn ranged(id: impl Into<InputId>, low: f64, high: f64) -> (InputName, Range) {
        let id = id.into();
        (day_six().name(id), Range::new(low, high, id.domain()).expect("a range"))
    }

    fn draws(sampler: &mut Sampler, ranges: &[(InputName, Range)], count: usize) -> Vec<Vec<f64>> {
        let columns = sampler.columns(7, ranges, count);
        columns.iter().map(|column| column.values()[..count].to_vec()).collect()
    }

    #[test]
    fn nine_draws_in_ten_lie_in_the_range() {
        for range in [ranged(Global::GpuHour, 1.5, 3.0), ranged(Global::HitRatio, 0.4, 0.75)] {
            let values = draws(&mut Sampler::new(), &[range], 100_000).remove(0);
            let below = values.iter().filter(|value| **value < range.1.low()).count();
            let above = values.iter().filter(|value| **value > range.1.high()).count();
            assert!((4500..5500).contains(&below), "{below}");
            assert!((4500..5500).contains(&above), "{above}");
        }
    }

    #[test]
    fn a_range_that_touches_0_or_1_is_spread_evenly_inside_it() {
        for (range, ends) in [
            (ranged(Global::HitRatio, 0.5, 1.0), (0.5, 1.0)),
            (ranged(Global::GpuHour, 0.0, 4.0), (0.0, 4.0)),
        ] {
            let values = draws(&mut Sampler::new(), &[range], 10_000).remove(0);
            assert!(values.iter().all(|value| (ends.0..=ends.1).contains(value)));
            let middle = 0.5 * (ends.0 + ends.1);
            let upper = values.iter().filter(|value| **value > middle).count();
            assert!((4800..5200).contains(&upper), "{upper}");
        }
    }

    #[test]
    fn a_new_range_does_not_reshuffle_the_others() {
        let rent = ranged(Global::GpuHour, 1.5, 3.0);
        let hits = ranged(Global::HitRatio, 0.4, 0.75);
        let mut sampler = Sampler::new();
        let alone = draws(&mut sampler, &[rent], 1000);
        let both = draws(&mut sampler, &[hits, rent], 1000);
        assert_eq!(both[1], alone[0]);
        assert_ne!(both[0], both[1]);
    }

    #[test]
    fn fewer_draws_are_the_first_of_more_whatever_was_kept() {
        let rent = ranged(Global::GpuHour, 1.5, 3.0);
        let wider = ranged(Global::GpuHour, 1.0, 4.0);
        let even = ranged(Global::GpuHour, 0.0, 4.0);
        let mut sampler = Sampler::new();
        for (range, count) in [(rent, 10), (rent, 1000), (wider, 500), (even, 300), (wider, 700), (rent, 20)]
        {
            let fresh = draws(&mut Sampler::new(), &[range], count);
            assert_eq!(draws(&mut sampler, &[range], count), fresh);
        }
    }

    #[test]
    fn another_seed_draws_otherwise() {
        let ranges = [ranged(Global::GpuHour, 1.5, 3.0)];
        let mut sampler = Sampler::new();
        let one = sampler.columns(1, &ranges, 10)[0].values().to_vec();
        let two = sampler.columns(2, &ranges, 10)[0].values().to_vec();
        assert_ne!(one, two);
    }

    #[test]
    fn a_count_is_drawn_whole() {
        let gpus = ranged(Global::Gpus, 4.0, 64.0);
        let values = draws(&mut Sampler::new(), &[gpus], 1000).remove(0);
        assert!(values.iter().all(|value| value.fract() == 0.0 && *value >= 1.0));
    }

    #[test]
    fn draws_are_cut_to_the_domain() {
        let life = ranged(Global::Life, 0.6, 19.0);
        let values = draws(&mut Sampler::new(), &[life], 10_000).remove(0);
        assert!(values.iter().all(|value| (0.5..=20.0).contains(value)));
        assert!(values.contains(&0.5) && values.contains(&20.0));
    }
}
