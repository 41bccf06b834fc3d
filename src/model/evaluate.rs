//! From a scenario to its results.

use super::economics::{Economics, SECONDS_PER_HOUR, node_cost, raw_margin, work_out, work_out_with};
use super::mean::MeanPrices;
use super::output::{Output, Outputs};
use super::parameter::Global;
use super::prices::{MILLION, Prices};
use super::scenario::{FreeTiers, Scenario};
use super::with_free_tiers::WithFreeTiers;

pub(super) const SECONDS_PER_DAY: f64 = 86_400.0;

/// Every result of the scenario but those of its tiers. Total: what cannot be computed is absent, with a reason;
/// never NaN.
pub fn evaluate(scenario: &Scenario) -> Outputs {
    evaluate_with(scenario, scenario.free_tiers())
}

/// As [`evaluate`], with the set of free tiers of the scenario that an analysis started from.
pub fn evaluate_with(scenario: &Scenario, free: FreeTiers) -> Outputs {
    let inputs = WithFreeTiers::new(scenario, free);
    let prices = Prices::of(&inputs);
    let economics = work_out_with(&inputs, prices, node_cost(&inputs));
    // Looked at where it stands: moved into a `Result`, it would be written and read back by parts of other sizes.
    if let Some(reason) = economics.undefined() {
        return Outputs::undefined_because(reason);
    }
    let mean = MeanPrices::with_prices(&inputs, &prices, &economics);
    economics.outputs(scenario, free, &mean)
}

/// Gross margin alone, 1 − c/R; `None` when it is undefined. The hot path of the analyses.
#[inline]
pub fn gross_margin(scenario: &Scenario, free: FreeTiers) -> Option<f64> {
    let economics = work_out(&WithFreeTiers::new(scenario, free));
    let margin = raw_margin(&economics);
    margin.is_finite().then_some(margin)
}

/// Gross margin of a scenario and nothing else; `None` when it is undefined.
pub fn margin_of(scenario: &Scenario) -> Option<f64> {
    gross_margin(scenario, scenario.free_tiers())
}

/// The value where it is defined, else NaN.
#[inline]
pub(super) fn defined_if(defined: bool, value: f64) -> f64 {
    if defined { value } else { f64::NAN }
}

impl Economics {
    /// What a second of busy node time costs, times a million, with what overlap saves shared in proportion.
    #[inline]
    pub(super) fn cost_of_busy_time(&self, scenario: &Scenario) -> f64 {
        let saved = self.busy_time / (self.decode_time + self.prefill_time);
        self.cost / scenario.global(Global::Utilization) * saved * MILLION
    }

    /// The nodes paid for: with free traffic turned away those that just serve the paid output tokens.
    #[inline]
    pub(super) fn nodes(&self, scenario: &Scenario, free: FreeTiers) -> f64 {
        // An absent `fleet.nodes` is NaN and carries through.
        let nodes = scenario.global(Global::Nodes);
        if scenario.serves_free() {
            nodes
        } else if WithFreeTiers::new(scenario, free).has_own_shapes() {
            let all_served = work_out(&WithFreeTiers::serving_all(scenario, free));
            nodes * self.paid_share * all_served.output_rate / self.output_rate
        } else {
            nodes * self.paid_share / (1.0 - self.batching_loss)
        }
    }

    /// The results that follow, with NaN where one is undefined.
    #[inline]
    fn outputs(&self, scenario: &Scenario, free: FreeTiers, mean: &MeanPrices) -> Outputs {
        let s = |global| scenario.global(global);
        let cost = self.cost;
        let revenue = self.revenue();
        let has_prefill = !s(Global::Prefill).is_nan();

        let per_million = self.cost_of_busy_time(scenario);
        let miss_cost = defined_if(has_prefill, per_million * self.miss_work);
        let hit_cost = s(Global::HitWork) * miss_cost;
        let input_cost = per_million * mean.work * self.miss_work;
        let output_cost = per_million * self.decode_time;
        let class_margin = |cost: f64, price: f64| defined_if(price > 0.0, 1.0 - cost / price);

        let nodes = self.nodes(scenario, free);
        let per_day = nodes * SECONDS_PER_DAY;
        let (revenue_per_day, cost_per_day) = (revenue * per_day, cost * per_day);
        let profit_per_day = revenue_per_day - cost_per_day;
        let operating_profit = profit_per_day - s(Global::OtherCostPerDay);

        let rate = self.output_rate;
        let million_tokens = MILLION / (self.input_rate + rate);
        let kilowatts = s(Global::Gpus) * s(Global::Power);

        let mut outputs = Outputs::UNDEFINED;
        let mut set = |output, value| outputs.set(output, value);
        set(Output::NodeCostPerHour, self.cost_per_hour);
        set(Output::CostPerNodeSecond, cost);
        set(Output::InputRate, self.input_rate);
        set(Output::OutputRate, rate);
        set(Output::PrefillShare, self.prefill_time / (self.decode_time + self.prefill_time));
        set(Output::BlendedInputPrice, mean.input);
        set(Output::BlendedOutputPrice, self.output_revenue);
        set(Output::InputRevenuePerNodeSecond, rate * (self.miss_revenue + self.hit_revenue) / MILLION);
        set(Output::OutputRevenuePerNodeSecond, rate * self.output_revenue / MILLION);
        set(Output::RevenuePerNodeSecond, revenue);
        set(Output::GrossMargin, defined_if(revenue > 0.0, 1.0 - cost / revenue));
        set(Output::Markup, defined_if(cost > 0.0, revenue / cost - 1.0));
        set(Output::RevenueOverCost, defined_if(cost > 0.0, revenue / cost));
        set(Output::CostPerMInputMiss, miss_cost);
        set(Output::CostPerMInputHit, hit_cost);
        set(Output::CostPerMInput, defined_if(has_prefill && self.input > 0.0, input_cost));
        set(Output::CostPerMOutput, output_cost);
        set(Output::MarginInputMiss, class_margin(miss_cost, mean.miss));
        set(Output::MarginInputHit, class_margin(hit_cost, mean.hit));
        set(Output::MarginOutput, class_margin(output_cost, self.output_revenue));
        set(Output::PaidShare, self.paid_share);
        set(Output::Nodes, nodes);
        set(Output::InputTokensPerDay, self.input_rate * per_day);
        set(Output::OutputTokensPerDay, rate * per_day);
        set(Output::RevenuePerDay, revenue_per_day);
        set(Output::CostPerDay, cost_per_day);
        set(Output::ProfitPerDay, profit_per_day);
        set(Output::OperatingProfitPerDay, operating_profit);
        set(Output::OperatingMargin, defined_if(revenue_per_day > 0.0, operating_profit / revenue_per_day));
        let flat = if scenario.is_plain() { 0.0 } else { rate * self.flat_revenue / MILLION };
        set(Output::FlatRevenuePerNodeSecond, flat);
        set(Output::CostPerMTokens, cost * million_tokens);
        set(Output::PricePerMTokens, revenue * million_tokens);
        set(Output::MeanInputPerOutput, self.input);
        set(Output::MeanHitRatio, defined_if(self.input > 0.0, mean.hit_ratio));
        set(Output::KwhPerMTokens, kilowatts / SECONDS_PER_HOUR * million_tokens);
        if let Some(tokens) = scenario.get(Global::OutputPerQuery.into()) {
            // Seconds of a paid node that a query takes.
            let query = tokens / rate;
            set(Output::CostPer1000Queries, cost * query * 1000.0);
            set(Output::PricePer1000Queries, revenue * query * 1000.0);
            set(Output::QueriesPerDay, per_day / query);
            set(Output::WhPerQuery, kilowatts * 1000.0 / SECONDS_PER_HOUR * query);
        }
        outputs
    }
}

#[cfg(test)]
mod tests;
