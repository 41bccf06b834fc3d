//! From a scenario to its results.

use super::economics::{Economics, MILLION, WithFreeTiers, raw_margin, work_out};
use super::output::{Output, Outputs};
use super::parameter::Global;
use super::scenario::{FreeTiers, Scenario};

const SECONDS_PER_DAY: f64 = 86_400.0;

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
    let margin = raw_margin(&work_out(&WithFreeTiers { scenario, free }));
    margin.is_finite().then_some(margin)
}

impl Economics {
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
