//! What the served tiers charge, and the input that belongs to their output.

use super::number::{Inputs, Number};
use super::parameter::{Global, TierField};

/// Tokens in the unit of prices.
pub(super) const MILLION: f64 = 1e6;
/// Months in a day.
const MONTHS_PER_DAY: f64 = 12.0 / 365.0;

/// What one tier charges per million tokens of each kind, after the discount and before the fee.
#[derive(Clone, Copy)]
pub(super) struct TierPrices<T> {
    /// Price of missed input, part of it billed as written to the cache.
    pub(super) miss: T,
    /// Price of input from the cache.
    pub(super) hit: T,
    /// Price of output.
    pub(super) output: T,
}

impl<T: Number> TierPrices<T> {
    #[inline]
    pub(super) fn of<I: Inputs<Number = T>>(inputs: &I, tier: usize) -> Self {
        let value = |field| inputs.tier_value(tier, field);
        let kept = T::of(1.0) - value(TierField::Discount);
        let mut miss = value(TierField::InputMiss);
        if !inputs.is_plain() {
            let write = value(TierField::InputWrite).or(miss);
            miss = miss + inputs.value(Global::WriteShare) * (write - miss);
        }
        Self {
            miss: kept * miss,
            hit: kept * value(TierField::InputHit),
            output: kept * value(TierField::Output),
        }
    }
}

/// The monthly price of a tier spread over a million output tokens, before the fee; NaN where its use is not known.
#[inline]
pub(super) fn flat_price<I: Inputs>(inputs: &I, tier: usize) -> I::Number {
    let monthly = inputs.tier_value(tier, TierField::Monthly);
    let used = inputs.tier_value(tier, TierField::Queries) * inputs.value(Global::OutputPerQuery);
    (monthly * Number::of(MONTHS_PER_DAY) / used * Number::of(MILLION)).if_positive(monthly)
}

/// A tier's ratio and hit ratio: its own, or those of all traffic.
#[inline]
pub(super) fn shape<I: Inputs>(inputs: &I, tier: usize) -> (I::Number, I::Number) {
    (
        inputs.tier_value(tier, TierField::InputPerOutput).or(inputs.value(Global::InputPerOutput)),
        inputs.tier_value(tier, TierField::HitRatio).or(inputs.value(Global::HitRatio)),
    )
}

/// Prefill work of the mean input token at a hit ratio, W(h) = (1 − h) + h·κ, in misses.
#[inline]
pub(super) fn prefill_work<T: Number>(hit_ratio: T, hit_work: T) -> T {
    (T::of(1.0) - hit_ratio) + hit_ratio * hit_work
}

/// What the served tiers charge on average, after discounts and the fee; weights are shares of the served output.
///
/// Nothing here depends on the ratio and hit ratio of all traffic.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prices<T> {
    /// Share of the tiers that have no ratio or hit ratio of their own; exactly 1 when none has.
    pub(super) following: T,
    /// Price of missed input of these tiers times their shares, $/M.
    pub(super) miss: T,
    /// Price of their input from the cache times their shares, $/M.
    pub(super) hit: T,
    /// Mean price of output over all served tiers, $/M. NaN when nothing is served.
    pub(super) output: T,
    /// What monthly prices bring, $ per M output tokens. NaN when a served one has no known use.
    pub(super) flat: T,
    /// Sum of the served shares.
    served: T,
    /// Share of all output tokens that is paid for.
    pub(super) paid_share: T,
    /// Batching loss λ in force.
    pub(super) batching_loss: T,
}

impl<T: Number> Prices<T> {
    /// Adds up over the served tiers.
    #[expect(
        clippy::inline_always,
        reason = "its result is used at once: through memory it takes a third longer"
    )]
    #[inline(always)]
    pub(crate) fn of<I: Inputs<Number = T>>(inputs: &I) -> Self {
        let zero = T::of(0.0);
        let one = T::of(1.0);
        let serves_free = inputs.serves_free();
        let (mut all, mut paid, mut free) = (zero, zero, zero);
        for tier in 0..inputs.tier_count() {
            let share = inputs.tier_value(tier, TierField::Share);
            all = all + share;
            if inputs.is_free(tier) { free = free + share } else { paid = paid + share }
        }
        let served = if serves_free { all } else { paid };
        // NaN when nothing is served, and so is every price.
        let nothing = zero * served.nan_below(f64::from_bits(1));
        let (mut miss, mut hit, mut output, mut flat) = (nothing, nothing, nothing, zero);
        let (mut following, mut all_follow) = (zero, true);
        let plain = inputs.is_plain();
        for tier in 0..inputs.tier_count() {
            if !serves_free && inputs.is_free(tier) {
                continue;
            }
            let weight = inputs.tier_value(tier, TierField::Share) / served;
            let prices = TierPrices::of(inputs, tier);
            output = output + weight * prices.output;
            if plain {
                miss = miss + weight * prices.miss;
                hit = hit + weight * prices.hit;
                continue;
            }
            if inputs.has_own_shape(tier) {
                all_follow = false;
            } else {
                following = following + weight;
                miss = miss + weight * prices.miss;
                hit = hit + weight * prices.hit;
            }
            if inputs.has_monthly_price(tier) {
                flat = flat + (weight * flat_price(inputs, tier)).if_positive(weight);
            }
        }
        let kept = one - inputs.value(Global::Fee);
        let batching_loss = if serves_free { zero } else { inputs.value(Global::BatchingLoss) * free.step() };
        Self {
            following: if all_follow { one } else { following },
            miss: miss * kept,
            hit: hit * kept,
            output: output * kept,
            flat: flat * kept,
            served,
            paid_share: paid / all,
            batching_loss,
        }
    }

    /// The share of a tier among the served ones.
    #[inline]
    pub(super) fn weight<I: Inputs<Number = T>>(&self, inputs: &I, tier: usize) -> T {
        if inputs.is_free(tier) && !inputs.serves_free() {
            T::of(0.0)
        } else {
            inputs.tier_value(tier, TierField::Share) / self.served
        }
    }
}

/// The input that belongs to a mean output token, and what it brings.
#[derive(Clone, Copy)]
pub(super) struct Input<T> {
    /// Input tokens per output token, Σ w·r.
    pub(super) tokens: T,
    /// Those served from the cache, Σ w·r·h.
    pub(super) hits: T,
    /// Their prefill work in missed tokens, Σ w·r·W(h).
    pub(super) work: T,
    /// What missed input brings, $ per M output tokens.
    pub(super) miss_revenue: T,
    /// What input from the cache brings, $ per M output tokens.
    pub(super) hit_revenue: T,
}

impl<T: Number> Input<T> {
    #[inline]
    pub(super) fn of<I: Inputs<Number = T>>(inputs: &I, prices: &Prices<T>) -> Self {
        let one = T::of(1.0);
        let (r, h) = (inputs.value(Global::InputPerOutput), inputs.value(Global::HitRatio));
        let kappa = inputs.value(Global::HitWork);
        let tokens = r * prices.following;
        let mut input = Self {
            tokens,
            hits: tokens * h,
            work: tokens * prefill_work(h, kappa),
            miss_revenue: r * (one - h) * prices.miss,
            hit_revenue: r * h * prices.hit,
        };
        if inputs.is_plain() {
            return input;
        }
        for tier in 0..inputs.tier_count() {
            if !inputs.has_own_shape(tier) || !inputs.serves_free() && inputs.is_free(tier) {
                continue;
            }
            let (r, h) = shape(inputs, tier);
            let tokens = prices.weight(inputs, tier) * r;
            let list = TierPrices::of(inputs, tier);
            let kept = one - inputs.value(Global::Fee);
            input.tokens = input.tokens + tokens;
            input.hits = input.hits + tokens * h;
            input.work = input.work + tokens * prefill_work(h, kappa);
            input.miss_revenue = input.miss_revenue + tokens * (one - h) * list.miss * kept;
            input.hit_revenue = input.hit_revenue + tokens * h * list.hit * kept;
        }
        input
    }
}
