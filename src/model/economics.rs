//! The equations: from inputs to rates, prices, revenue and cost.

use super::number::{Inputs, Number};
use super::output::Undefined;
use super::parameter::Global;
use super::prices::{Input, MILLION, Prices, prefill_work};
use super::scenario::{FreeTiers, Scenario};
use super::with_free_tiers::WithFreeTiers;

/// Hours in a year of 365 days.
const HOURS_PER_YEAR: f64 = 8760.0;
/// Hours in a month, a twelfth of a year.
const HOURS_PER_MONTH: f64 = 730.0;
pub(super) const SECONDS_PER_HOUR: f64 = 3600.0;
/// Below this, the work of the mean measured input token says nothing about misses.
const LEAST_MEASURED_WORK: f64 = 1e-9;

/// Annual payment that recovers one dollar over `life` years at `rate`: i / (1 − (1 + i)^−n), 1/n when i = 0.
pub fn capital_recovery_factor(rate: f64, life: f64) -> f64 {
    // Below this the exact formula loses its digits to rounding, and 1/n is right to 1e-13.
    if rate < 1e-14 { 1.0 / life } else { rate / -libm::expm1(-life * libm::log1p(rate)) }
}

/// Cost of one GPU for one hour, $, as the scenario pays for it.
pub fn gpu_hour(scenario: &Scenario) -> f64 {
    gpu_hour_of(&WithFreeTiers::new(scenario, scenario.free_tiers()))
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

/// The quantities the equations pass on; symbols as in the derivation.
#[derive(Clone, Copy, Debug)]
pub struct Economics<T = f64> {
    /// Node cost C, $/node·h.
    pub cost_per_hour: T,
    /// Node cost c, $/node·s.
    pub cost: T,
    /// Input tokens per output token r̄, over all that is served.
    pub input: T,
    /// Input tokens served from the cache, per output token: Σ w·r·h.
    pub hits: T,
    /// Prefill work per output token, in missed input tokens: Σ w·r·W(h).
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
    /// What missed input brings, $ per M output tokens.
    pub miss_revenue: T,
    /// What input from the cache brings, $ per M output tokens.
    pub hit_revenue: T,
    /// What output brings, $ per M output tokens: the mean price of output.
    pub output_revenue: T,
    /// What monthly prices bring, $ per M output tokens.
    pub flat_revenue: T,
    /// Share of all output tokens that is paid for.
    pub paid_share: T,
    /// Batching loss λ in force.
    pub batching_loss: T,
}

impl Economics {
    /// Works the equations out, or says why they have no answer.
    #[inline]
    pub fn of(scenario: &Scenario, free: FreeTiers) -> Result<Self, Undefined> {
        work_out(&WithFreeTiers::new(scenario, free)).checked()
    }

    /// The quantities themselves, or why they have no meaning.
    #[inline]
    pub(crate) fn checked(self) -> Result<Self, Undefined> {
        self.undefined().map_or(Ok(self), Err)
    }

    /// Why the quantities have no meaning, if they have none.
    #[inline]
    pub(super) fn undefined(&self) -> Option<Undefined> {
        if self.output_revenue.is_nan() {
            Some(Undefined::NothingServed)
        } else if self.miss_work.is_nan() {
            Some(Undefined::MeasurementSaysNothing)
        } else if self.flat_revenue.is_nan() {
            Some(Undefined::MonthlyPriceWithoutUse)
        } else {
            None
        }
    }

    /// What everything served brings, $ per M output tokens.
    #[inline]
    pub fn revenue_per_m_output(&self) -> f64 {
        revenue_per_m_output(self)
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

/// As [`work_out`], with the prices and the node cost already known.
#[inline]
pub(crate) fn work_out_with<I: Inputs>(
    inputs: &I,
    prices: Prices<I::Number>,
    cost_per_hour: I::Number,
) -> Economics<I::Number> {
    let value = |global| inputs.value(global);
    let one = I::Number::of(1.0);
    let Prices { output, flat, paid_share, batching_loss, .. } = prices;

    let input = Input::of(inputs, &prices);
    let miss_work = if inputs.has_prefill() {
        let (h0, kappa) = (value(Global::MeasuredHitRatio), value(Global::HitWork));
        let measured_work = prefill_work(h0, kappa).nan_below(LEAST_MEASURED_WORK);
        one / (value(Global::Prefill) * (one - batching_loss) * measured_work)
    } else {
        Number::of(0.0)
    };
    let decode_time = one / (value(Global::Decode) * (one - batching_loss));
    let prefill_time = input.work * miss_work;
    let busy_time =
        decode_time.larger(prefill_time) + (one - value(Global::Overlap)) * decode_time.smaller(prefill_time);
    let output_rate = value(Global::Utilization) / busy_time;
    Economics {
        cost_per_hour,
        cost: cost_per_hour / Number::of(SECONDS_PER_HOUR),
        input: input.tokens,
        hits: input.hits,
        work: input.work,
        miss_work,
        decode_time,
        prefill_time,
        busy_time,
        output_rate,
        input_rate: input.tokens * output_rate,
        miss_revenue: input.miss_revenue,
        hit_revenue: input.hit_revenue,
        output_revenue: output,
        flat_revenue: flat,
        paid_share,
        batching_loss,
    }
}

/// What everything served brings, $ per M output tokens.
#[inline]
fn revenue_per_m_output<T: Number>(economics: &Economics<T>) -> T {
    let Economics { miss_revenue, hit_revenue, output_revenue, flat_revenue, .. } = *economics;
    miss_revenue + hit_revenue + output_revenue + flat_revenue
}

/// Revenue R, $/node·s.
#[inline]
fn revenue<T: Number>(economics: &Economics<T>) -> T {
    economics.output_rate * revenue_per_m_output(economics) / T::of(MILLION)
}

/// Gross margin 1 − c/R; not finite when it is undefined.
#[inline]
pub(crate) fn raw_margin<T: Number>(economics: &Economics<T>) -> T {
    T::of(1.0) - economics.cost / revenue(economics)
}
