//! Means over the input of all that is served.

use super::economics::Economics;
use super::number::Inputs;
use super::parameter::Global;
use super::prices::{Prices, TierPrices, prefill_work, shape};
use super::scenario::{FreeTiers, Scenario};
use super::with_free_tiers::WithFreeTiers;

/// Means over the input of all that is served: prices after discounts and the fee, hit ratio and prefill work.
///
/// A mean over no token at all weighs by the tiers' shares alone.
#[derive(Clone, Copy, Debug)]
pub struct MeanPrices {
    /// Price of input not in cache, $/M.
    pub miss: f64,
    /// Price of input in cache, $/M.
    pub hit: f64,
    /// Price of input, $/M.
    pub input: f64,
    /// Share of the input that is served from the cache.
    pub hit_ratio: f64,
    /// Prefill work of an input token, in misses.
    pub work: f64,
}

impl MeanPrices {
    /// The means of a scenario that can be worked out.
    pub fn of(scenario: &Scenario, free: FreeTiers, economics: &Economics) -> Self {
        let inputs = WithFreeTiers::new(scenario, free);
        Self::with_prices(&inputs, &Prices::of(&inputs), economics)
    }

    /// As [`of`](Self::of), with the prices already known.
    #[inline]
    pub(super) fn with_prices(inputs: &WithFreeTiers, prices: &Prices<f64>, economics: &Economics) -> Self {
        let (h, kappa) = (inputs.value(Global::HitRatio), inputs.value(Global::HitWork));
        if !inputs.has_own_shapes() {
            let Prices { miss, hit, .. } = *prices;
            return Self {
                miss,
                hit,
                input: h * hit + (1.0 - h) * miss,
                hit_ratio: h,
                work: prefill_work(h, kappa),
            };
        }
        let (mut miss, mut hit, mut input) = (0.0, 0.0, 0.0);
        let kept = 1.0 - inputs.value(Global::Fee);
        for tier in 0..inputs.tier_count() {
            let weight = prices.weight(inputs, tier) * kept;
            let (_, h) = shape(inputs, tier);
            let list = TierPrices::of(inputs, tier);
            miss += weight * list.miss;
            hit += weight * list.hit;
            input += weight * (h * list.hit + (1.0 - h) * list.miss);
        }
        let Economics { input: tokens, hits, work, miss_revenue, hit_revenue, .. } = *economics;
        let mean =
            |sum: f64, weight: f64, otherwise: f64| if weight > 0.0 { sum / weight } else { otherwise };
        Self {
            miss: mean(miss_revenue, tokens - hits, miss),
            hit: mean(hit_revenue, hits, hit),
            input: mean(miss_revenue + hit_revenue, tokens, input),
            hit_ratio: mean(hits, tokens, f64::NAN),
            work: mean(work, tokens, f64::NAN),
        }
    }
}
