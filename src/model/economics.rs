//! The equations: from inputs to rates, prices, revenue and cost.

use super::number::{Inputs, Number};
use super::output::Undefined;
use super::parameter::{Global, TierField};
use super::scenario::{FreeTiers, Scenario};

/// Hours in a year of 365 days.
const HOURS_PER_YEAR: f64 = 8760.0;
/// Hours in a month, a twelfth of a year.
const HOURS_PER_MONTH: f64 = 730.0;
const SECONDS_PER_HOUR: f64 = 3600.0;
/// Tokens in the unit of prices.
pub(super) const MILLION: f64 = 1e6;
/// Below this, the work of the mean measured input token says nothing about misses.
const LEAST_MEASURED_WORK: f64 = 1e-9;

/// Annual payment that recovers one dollar over `life` years at `rate`: i / (1 − (1 + i)^−n), 1/n when i = 0.
pub fn capital_recovery_factor(rate: f64, life: f64) -> f64 {
    // Below this the exact formula loses its digits to rounding, and 1/n is right to 1e-13.
    if rate < 1e-14 { 1.0 / life } else { rate / -libm::expm1(-life * libm::log1p(rate)) }
}

/// Cost of one GPU for one hour, $, as the scenario pays for it.
pub fn gpu_hour(scenario: &Scenario) -> f64 {
    gpu_hour_of(&WithFreeTiers { scenario, free: scenario.free_tiers() })
}

#[inline]
fn gpu_hour_of<I: Inputs>(inputs: &I) -> I::Number {
    let value = |global| inputs.value(global);
    if inputs.owns() {
        let recovery = value(Global::CapitalCost).zip_with(value(Global::Life), capital_recovery_factor);
        let power = value(Global::Power)
            * (value(Global::Energy) + value(Global::Hosting) / Number::of(HOURS_PER_MONTH));
        value(Global::Capex) * recovery / Number::of(HOURS_PER_YEAR) + power
    } else {
        value(Global::GpuHour)
    }
}

/// Node cost C = GPUs · GPU-hour · (1 + overhead), $/node·h.
#[inline]
pub(crate) fn node_cost<I: Inputs>(inputs: &I) -> I::Number {
    inputs.value(Global::Gpus) * gpu_hour_of(inputs) * (I::Number::of(1.0) + inputs.value(Global::Overhead))
}

/// What the served tiers charge on average, after discounts and the fee.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prices<T> {
    /// Mean price of input not in cache, $/M. NaN when nothing is served.
    miss: T,
    /// Mean price of input in cache, $/M.
    hit: T,
    /// Mean price of output, $/M.
    output: T,
    /// Share of all tokens that is paid for.
    paid_share: T,
    /// Batching loss λ in force.
    batching_loss: T,
}

impl<T: Number> Prices<T> {
    /// Averages over the served tiers.
    #[inline]
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
        let (mut miss, mut hit, mut output) = (nothing, nothing, nothing);
        for tier in 0..inputs.tier_count() {
            if !serves_free && inputs.is_free(tier) {
                continue;
            }
            // Divided here and not in the end: the tiniest share that is served alone is all that is served.
            let share = inputs.tier_value(tier, TierField::Share) / served;
            let weight = share * (one - inputs.tier_value(tier, TierField::Discount));
            miss = miss + weight * inputs.tier_value(tier, TierField::InputMiss);
            hit = hit + weight * inputs.tier_value(tier, TierField::InputHit);
            output = output + weight * inputs.tier_value(tier, TierField::Output);
        }
        let kept = one - inputs.value(Global::Fee);
        let batching_loss = if serves_free { zero } else { inputs.value(Global::BatchingLoss) * free.step() };
        Self {
            miss: miss * kept,
            hit: hit * kept,
            output: output * kept,
            paid_share: paid / all,
            batching_loss,
        }
    }
}

/// The quantities the equations pass on; symbols as in the derivation.
#[derive(Clone, Copy, Debug)]
pub struct Economics<T = f64> {
    /// Node cost C, $/node·h.
    pub cost_per_hour: T,
    /// Node cost c, $/node·s.
    pub cost: T,
    /// Prefill work of the mean input token W(h), in misses.
    pub work: T,
    /// Node-seconds per missed input token m; 0 when prefill is absent.
    pub miss_work: T,
    /// Node-seconds of decode per output token a.
    pub decode_time: T,
    /// Node-seconds of prefill per output token b.
    pub prefill_time: T,
    /// Node-seconds per output token τ.
    pub busy_time: T,
    /// Output tokens per second and paid node y.
    pub output_rate: T,
    /// Input tokens per second and paid node x.
    pub input_rate: T,
    /// Mean price of input not in cache, $/M.
    pub miss_price: T,
    /// Mean price of input in cache, $/M.
    pub hit_price: T,
    /// Mean price of input, $/M.
    pub input_price: T,
    /// Mean price of output, $/M.
    pub output_price: T,
    /// Share of all tokens that is paid for.
    pub paid_share: T,
    /// Batching loss λ in force.
    pub batching_loss: T,
}

impl Economics {
    /// Works the equations out, or says why they have no answer.
    #[inline]
    pub fn of(scenario: &Scenario, free: FreeTiers) -> Result<Self, Undefined> {
        work_out(&WithFreeTiers { scenario, free }).checked()
    }

    /// The quantities themselves, or why they have no meaning.
    #[inline]
    pub(crate) fn checked(self) -> Result<Self, Undefined> {
        if self.miss_price.is_nan() {
            return Err(Undefined::NothingServed);
        }
        if self.miss_work.is_nan() {
            return Err(Undefined::MeasurementSaysNothing);
        }
        Ok(self)
    }

    /// Revenue R, $/node·s.
    #[inline]
    pub fn revenue(&self) -> f64 {
        revenue(self)
    }
}

/// Works the equations out; what is undefined comes out as NaN.
#[inline]
pub(crate) fn work_out<I: Inputs>(inputs: &I) -> Economics<I::Number> {
    work_out_with(inputs, Prices::of(inputs), node_cost(inputs))
}

/// As [`work_out`], with the mean prices and the node cost already known.
#[inline]
pub(crate) fn work_out_with<I: Inputs>(
    inputs: &I,
    prices: Prices<I::Number>,
    cost_per_hour: I::Number,
) -> Economics<I::Number> {
    let value = |global| inputs.value(global);
    let one = I::Number::of(1.0);
    let Prices { miss, hit, output, paid_share, batching_loss } = prices;

    let (h, kappa) = (value(Global::HitRatio), value(Global::HitWork));
    let r = value(Global::InputPerOutput);
    let work = (one - h) + h * kappa;
    let miss_work = if inputs.has_prefill() {
        let h0 = value(Global::MeasuredHitRatio);
        let measured_work = ((one - h0) + h0 * kappa).nan_below(LEAST_MEASURED_WORK);
        one / (value(Global::Prefill) * (one - batching_loss) * measured_work)
    } else {
        Number::of(0.0)
    };
    let decode_time = one / (value(Global::Decode) * (one - batching_loss));
    let prefill_time = r * work * miss_work;
    let busy_time =
        decode_time.larger(prefill_time) + (one - value(Global::Overlap)) * decode_time.smaller(prefill_time);
    let output_rate = value(Global::Utilization) / busy_time;
    Economics {
        cost_per_hour,
        cost: cost_per_hour / Number::of(SECONDS_PER_HOUR),
        work,
        miss_work,
        decode_time,
        prefill_time,
        busy_time,
        output_rate,
        input_rate: r * output_rate,
        miss_price: miss,
        hit_price: hit,
        input_price: h * hit + (one - h) * miss,
        output_price: output,
        paid_share,
        batching_loss,
    }
}

/// Revenue R, $/node·s.
#[inline]
fn revenue<T: Number>(economics: &Economics<T>) -> T {
    let input = economics.input_rate * economics.input_price;
    (input + economics.output_rate * economics.output_price) / T::of(MILLION)
}

/// Gross margin 1 − c/R; not finite when it is undefined.
#[inline]
pub(crate) fn raw_margin<T: Number>(economics: &Economics<T>) -> T {
    T::of(1.0) - economics.cost / revenue(economics)
}

/// A scenario with the tiers that count as free.
pub(super) struct WithFreeTiers<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) free: FreeTiers,
}

impl Inputs for WithFreeTiers<'_> {
    type Number = f64;

    #[inline]
    fn value(&self, global: Global) -> f64 {
        self.scenario.global(global)
    }

    #[inline]
    fn tier_count(&self) -> usize {
        self.scenario.tier_count()
    }

    #[inline]
    fn tier_value(&self, tier: usize, field: TierField) -> f64 {
        self.scenario.tier(tier, field)
    }

    #[inline]
    fn is_free(&self, tier: usize) -> bool {
        self.free.contains(tier)
    }

    #[inline]
    fn owns(&self) -> bool {
        self.scenario.owns()
    }

    #[inline]
    fn serves_free(&self) -> bool {
        self.scenario.serves_free()
    }

    #[inline]
    fn has_prefill(&self) -> bool {
        !self.scenario.global(Global::Prefill).is_nan()
    }
}
