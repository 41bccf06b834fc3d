//! The equations: from a scenario to revenue, cost and margins.

use super::output::{Output, Outputs, Undefined};
use super::parameter::{Global, TierField};
use super::scenario::{FreeTiers, Scenario};

/// Hours in a year of 365 days.
const HOURS_PER_YEAR: f64 = 8760.0;
/// Hours in a month, a twelfth of a year.
const HOURS_PER_MONTH: f64 = 730.0;
const SECONDS_PER_HOUR: f64 = 3600.0;
const SECONDS_PER_DAY: f64 = 86_400.0;
/// Tokens in the unit of prices.
const MILLION: f64 = 1e6;
/// Below this, the work of the mean measured input token says nothing about misses.
const LEAST_MEASURED_WORK: f64 = 1e-9;

/// Every result of the scenario. Total: what cannot be computed is absent, with a reason; never NaN.
pub fn evaluate(scenario: &Scenario) -> Outputs {
    evaluate_with(scenario, scenario.free_tiers())
}

/// As [`evaluate`], with the set of free tiers of the scenario that an analysis started from.
pub fn evaluate_with(scenario: &Scenario, free: FreeTiers) -> Outputs {
    match Economics::of(scenario, free) {
        Ok(economics) => economics.outputs(scenario),
        Err(reason) => Outputs::undefined_because(reason),
    }
}

/// Gross margin alone, 1 − c/R; `None` when it is undefined. The hot path of the analyses.
#[inline]
pub fn gross_margin(scenario: &Scenario, free: FreeTiers) -> Option<f64> {
    let economics = Economics::of(scenario, free).ok()?;
    let margin = 1.0 - economics.cost / economics.revenue();
    margin.is_finite().then_some(margin)
}

/// Annual payment that recovers one dollar over `life` years at `rate`: i / (1 − (1 + i)^−n), 1/n when i = 0.
pub fn capital_recovery_factor(rate: f64, life: f64) -> f64 {
    // Below this the exact formula loses its digits to rounding, and 1/n is right to 1e-13.
    if rate < 1e-14 { 1.0 / life } else { rate / -libm::expm1(-life * libm::log1p(rate)) }
}

/// Cost of one GPU for one hour, $, as the scenario pays for it.
pub fn gpu_hour(scenario: &Scenario) -> f64 {
    if scenario.owns() {
        let recovery =
            capital_recovery_factor(scenario.global(Global::CapitalCost), scenario.global(Global::Life));
        let power = scenario.global(Global::Power)
            * (scenario.global(Global::Energy) + scenario.global(Global::Hosting) / HOURS_PER_MONTH);
        scenario.global(Global::Capex) * recovery / HOURS_PER_YEAR + power
    } else {
        scenario.global(Global::GpuHour)
    }
}

/// The quantities the equations pass on; symbols as in the derivation.
#[derive(Clone, Copy, Debug)]
pub struct Economics {
    /// Node cost C, $/node·h.
    pub cost_per_hour: f64,
    /// Node cost c, $/node·s.
    pub cost: f64,
    /// Prefill work of the mean input token W(h), in misses.
    pub work: f64,
    /// Node-seconds per missed input token m; 0 when prefill is absent.
    pub miss_work: f64,
    /// Node-seconds of decode per output token a.
    pub decode_time: f64,
    /// Node-seconds of prefill per output token b.
    pub prefill_time: f64,
    /// Node-seconds per output token τ.
    pub busy_time: f64,
    /// Output tokens per second and paid node y.
    pub output_rate: f64,
    /// Input tokens per second and paid node x.
    pub input_rate: f64,
    /// Mean price of input not in cache, $/M.
    pub miss_price: f64,
    /// Mean price of input in cache, $/M.
    pub hit_price: f64,
    /// Mean price of input, $/M.
    pub input_price: f64,
    /// Mean price of output, $/M.
    pub output_price: f64,
    /// Share of all tokens that is paid for.
    pub paid_share: f64,
    /// Batching loss λ in force.
    pub batching_loss: f64,
}

impl Economics {
    /// Works the equations out, or says why they have no answer.
    #[inline]
    pub fn of(scenario: &Scenario, free: FreeTiers) -> Result<Self, Undefined> {
        let s = |global| scenario.global(global);
        let serves_free = scenario.serves_free();

        // Served tiers and their mean prices.
        let (mut all, mut paid) = (0.0, 0.0);
        let (mut miss, mut hit, mut output) = (0.0, 0.0, 0.0);
        let mut turns_away = false;
        for tier in 0..scenario.tier_count() {
            let share = scenario.tier(tier, TierField::Share);
            all += share;
            if free.contains(tier) {
                turns_away |= share > 0.0;
                if !serves_free {
                    continue;
                }
            } else {
                paid += share;
            }
            let weight = share * (1.0 - scenario.tier(tier, TierField::Discount));
            miss += weight * scenario.tier(tier, TierField::InputMiss);
            hit += weight * scenario.tier(tier, TierField::InputHit);
            output += weight * scenario.tier(tier, TierField::Output);
        }
        let served = if serves_free { all } else { paid };
        if served <= 0.0 {
            return Err(Undefined::NothingServed);
        }
        let kept = (1.0 - s(Global::Fee)) / served;
        let (miss_price, hit_price, output_price) = (miss * kept, hit * kept, output * kept);
        let batching_loss = if turns_away && !serves_free { s(Global::BatchingLoss) } else { 0.0 };

        // Work and rates.
        let (h, h0, kappa) = (s(Global::HitRatio), s(Global::MeasuredHitRatio), s(Global::HitWork));
        let r = s(Global::InputPerOutput);
        let work = (1.0 - h) + h * kappa;
        let prefill = s(Global::Prefill);
        let miss_work = if prefill.is_nan() {
            0.0
        } else {
            let measured_work = (1.0 - h0) + h0 * kappa;
            if measured_work < LEAST_MEASURED_WORK {
                return Err(Undefined::MeasurementSaysNothing);
            }
            1.0 / (prefill * (1.0 - batching_loss) * measured_work)
        };
        let decode_time = 1.0 / (s(Global::Decode) * (1.0 - batching_loss));
        let prefill_time = r * work * miss_work;
        let busy_time =
            decode_time.max(prefill_time) + (1.0 - s(Global::Overlap)) * decode_time.min(prefill_time);
        let output_rate = s(Global::Utilization) / busy_time;

        let cost_per_hour = s(Global::Gpus) * gpu_hour(scenario) * (1.0 + s(Global::Overhead));
        Ok(Self {
            cost_per_hour,
            cost: cost_per_hour / SECONDS_PER_HOUR,
            work,
            miss_work,
            decode_time,
            prefill_time,
            busy_time,
            output_rate,
            input_rate: r * output_rate,
            miss_price,
            hit_price,
            input_price: h * hit_price + (1.0 - h) * miss_price,
            output_price,
            paid_share: paid / all,
            batching_loss,
        })
    }

    /// Revenue R, $/node·s.
    #[inline]
    pub fn revenue(&self) -> f64 {
        (self.input_rate * self.input_price + self.output_rate * self.output_price) / MILLION
    }

    /// The results that follow, with NaN where one is undefined.
    fn outputs(&self, scenario: &Scenario) -> Outputs {
        let s = |global| scenario.global(global);
        let undefined_unless = |defined: bool, value: f64| if defined { value } else { f64::NAN };
        let cost = self.cost;
        let revenue = self.revenue();

        // The cost of a node-second shared out by busy time; what overlap saves is shared in proportion.
        let saved = self.busy_time / (self.decode_time + self.prefill_time);
        let per_million = cost / s(Global::Utilization) * saved * MILLION;
        let miss_cost = per_million * self.miss_work;
        let hit_cost = s(Global::HitWork) * miss_cost;
        let input_cost = per_million * self.work * self.miss_work;
        let output_cost = per_million * self.decode_time;
        let class_margin = |cost: f64, price: f64| undefined_unless(price > 0.0, 1.0 - cost / price);

        // The fleet. An absent `fleet.nodes` is NaN and carries through.
        let nodes = if scenario.serves_free() {
            s(Global::Nodes)
        } else {
            s(Global::Nodes) * self.paid_share / (1.0 - self.batching_loss)
        };
        let per_day = nodes * SECONDS_PER_DAY;
        let (revenue_per_day, cost_per_day) = (revenue * per_day, cost * per_day);
        let profit_per_day = revenue_per_day - cost_per_day;
        let operating_profit = profit_per_day - s(Global::OtherCostPerDay);

        let mut values = [f64::NAN; Output::COUNT];
        let mut set = |output: Output, value: f64| values[output as usize] = value;
        set(Output::NodeCostPerHour, self.cost_per_hour);
        set(Output::CostPerNodeSecond, cost);
        set(Output::InputRate, self.input_rate);
        set(Output::OutputRate, self.output_rate);
        set(Output::PrefillShare, self.prefill_time / (self.decode_time + self.prefill_time));
        set(Output::BlendedInputPrice, self.input_price);
        set(Output::BlendedOutputPrice, self.output_price);
        set(Output::InputRevenuePerNodeSecond, self.input_rate * self.input_price / MILLION);
        set(Output::OutputRevenuePerNodeSecond, self.output_rate * self.output_price / MILLION);
        set(Output::RevenuePerNodeSecond, revenue);
        set(Output::GrossMargin, undefined_unless(revenue > 0.0, 1.0 - cost / revenue));
        set(Output::Markup, undefined_unless(cost > 0.0, revenue / cost - 1.0));
        set(Output::RevenueOverCost, undefined_unless(cost > 0.0, revenue / cost));
        set(Output::CostPerMInputMiss, miss_cost);
        set(Output::CostPerMInputHit, hit_cost);
        set(Output::CostPerMInput, undefined_unless(s(Global::InputPerOutput) > 0.0, input_cost));
        set(Output::CostPerMOutput, output_cost);
        set(Output::MarginInputMiss, class_margin(miss_cost, self.miss_price));
        set(Output::MarginInputHit, class_margin(hit_cost, self.hit_price));
        set(Output::MarginOutput, class_margin(output_cost, self.output_price));
        set(Output::PaidShare, self.paid_share);
        set(Output::Nodes, nodes);
        set(Output::InputTokensPerDay, self.input_rate * per_day);
        set(Output::OutputTokensPerDay, self.output_rate * per_day);
        set(Output::RevenuePerDay, revenue_per_day);
        set(Output::CostPerDay, cost_per_day);
        set(Output::ProfitPerDay, profit_per_day);
        set(Output::OperatingProfitPerDay, operating_profit);
        set(
            Output::OperatingMargin,
            undefined_unless(revenue_per_day > 0.0, operating_profit / revenue_per_day),
        );
        Outputs::new(values)
    }
}

#[cfg(test)]
mod tests;
