//! What each tier costs and brings.

use super::economics::Economics;
use super::evaluate::{SECONDS_PER_DAY, defined_if, evaluate_with};
use super::number::Inputs;
use super::output::{AllOutputs, TierOutput, TierOutputs};
use super::parameter::{Global, TierField};
use super::prices::{MILLION, Prices, TierPrices, flat_price, prefill_work, shape};
use super::scenario::{FreeTiers, Scenario};
use super::with_free_tiers::WithFreeTiers;

/// Days in a month.
const DAYS_PER_MONTH: f64 = 365.0 / 12.0;

/// The results of every tier, also of one that is not served: what it would cost. Total, as
/// [`evaluate`](super::evaluate()) is.
pub fn evaluate_tiers(scenario: &Scenario, free: FreeTiers) -> TierOutputs {
    let mut outputs = TierOutputs::UNDEFINED;
    if let Ok(economics) = Economics::of(scenario, free) {
        let inputs = WithFreeTiers::new(scenario, free);
        let common = Common {
            prices: Prices::of(&inputs),
            cost_of_time: economics.cost_of_busy_time(scenario),
            cost: economics.cost / economics.output_rate * MILLION,
            revenue: economics.revenue_per_m_output(),
            output_per_day: economics.output_rate * economics.nodes(scenario, free) * SECONDS_PER_DAY,
            economics,
            inputs,
        };
        for tier in 0..scenario.tier_count() {
            outputs.set(tier, common.outputs(tier));
        }
    }
    outputs
}

/// Every result of the scenario, those of its tiers included.
pub fn evaluate_all(scenario: &Scenario) -> AllOutputs {
    let free = scenario.free_tiers();
    AllOutputs { outputs: evaluate_with(scenario, free), tiers: evaluate_tiers(scenario, free) }
}

/// What the tiers have in common.
struct Common<'a> {
    inputs: WithFreeTiers<'a>,
    economics: Economics,
    prices: Prices<f64>,
    /// Cost of a second of busy node time, times a million.
    cost_of_time: f64,
    /// Cost of everything served, $ per M output tokens.
    cost: f64,
    /// What everything served brings, $ per M output tokens.
    revenue: f64,
    /// Output tokens of the fleet a day.
    output_per_day: f64,
}

impl Common<'_> {
    /// The results of one tier; NaN where one is undefined.
    fn outputs(&self, tier: usize) -> [f64; TierOutput::COUNT] {
        let value = |global| self.inputs.value(global);
        let own = |field| self.inputs.tier_value(tier, field);
        let weight = self.prices.weight(&self.inputs, tier);
        let (r, h) = shape(&self.inputs, tier);
        let (per_query, queries, monthly) =
            (value(Global::OutputPerQuery), own(TierField::Queries), own(TierField::Monthly));

        // $ per M output tokens, with the input that belongs to them.
        let kept = 1.0 - value(Global::Fee);
        let list = TierPrices::of(&self.inputs, tier);
        let tokens = kept * (r * (h * list.hit + (1.0 - h) * list.miss) + list.output);
        let price = tokens + kept * flat_price(&self.inputs, tier);
        // A decode rate that holds prefill holds it for the measured mix alone.
        let as_measured =
            self.inputs.has_prefill() || r == value(Global::InputPerOutput) && h == value(Global::HitRatio);
        let time = self.economics.decode_time
            + r * prefill_work(h, value(Global::HitWork)) * self.economics.miss_work;
        let cost = defined_if(as_measured, self.cost_of_time * time);

        let per_1000_queries = per_query / 1000.0;
        let per_user_month = queries * per_query / MILLION * DAYS_PER_MONTH;
        let loses = monthly > 0.0 && cost > tokens;
        let break_even = kept * monthly / DAYS_PER_MONTH / per_query * MILLION / (cost - tokens);
        let part =
            |own: f64, all: f64| defined_if(all > 0.0, if weight > 0.0 { weight * own / all } else { 0.0 });

        let mut values = [f64::NAN; TierOutput::COUNT];
        let mut set = |output: TierOutput, value: f64| values[output as usize] = value;
        set(TierOutput::CostPerMTokens, cost / (1.0 + r));
        set(TierOutput::PricePerMTokens, price / (1.0 + r));
        set(TierOutput::GrossMargin, defined_if(price > 0.0, 1.0 - cost / price));
        set(TierOutput::CostShare, defined_if(as_measured, part(cost, self.cost)));
        set(TierOutput::RevenueShare, part(price, self.revenue));
        set(TierOutput::CostPer1000Queries, cost * per_1000_queries);
        set(TierOutput::PricePer1000Queries, price * per_1000_queries);
        set(TierOutput::CostPerUserMonth, cost * per_user_month);
        set(TierOutput::PricePerUserMonth, price * per_user_month);
        set(TierOutput::BreakEvenQueries, defined_if(loses, break_even));
        set(TierOutput::Users, weight * self.output_per_day / (queries * per_query));
        values
    }
}
