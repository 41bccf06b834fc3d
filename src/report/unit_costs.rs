//! Price, cost and margin of a million tokens of each class, and what each class brings in.

use crate::model::{Economics, Global, Output, Scenario, evaluate};

/// One class of tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TokenClass {
    /// What it is called.
    pub(crate) name: &'static str,
    /// Mean price, $/M.
    pub(crate) price: f64,
    /// Unit cost, $/M.
    pub(crate) cost: f64,
    /// 1 − cost ÷ price; `None` without a price.
    pub(crate) margin: Option<f64>,
    /// Its part of revenue; `None` without revenue.
    pub(crate) of_revenue: Option<f64>,
}

/// Input that misses the cache, input that hits it, output; `None` where nothing can be computed.
pub(crate) fn unit_costs(scenario: &Scenario) -> Option<[TokenClass; 3]> {
    let economics = Economics::of(scenario, scenario.free_tiers()).ok()?;
    let outputs = evaluate(scenario);
    let hits = scenario.get(Global::HitRatio.into())?;
    let revenue = economics.revenue();
    let class = |name, price: f64, cost, margin, rate: f64| TokenClass {
        name,
        price,
        cost: outputs.get(cost).unwrap_or(0.0),
        margin: outputs.get(margin),
        of_revenue: (revenue > 0.0).then(|| rate * price / 1e6 / revenue),
    };
    let (input, output) = (economics.input_rate, economics.output_rate);
    Some([
        class(
            "input, miss",
            economics.miss_price,
            Output::CostPerMInputMiss,
            Output::MarginInputMiss,
            input * (1.0 - hits),
        ),
        class(
            "input, hit",
            economics.hit_price,
            Output::CostPerMInputHit,
            Output::MarginInputHit,
            input * hits,
        ),
        class("output", economics.output_price, Output::CostPerMOutput, Output::MarginOutput, output),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::builtin;

    #[test]
    fn the_parts_of_revenue_add_up_and_costs_are_those_of_day_six() {
        let day_six = builtin::load("deepseek-day6").expect("shipped").content.scenario;
        let [miss, hit, output] = unit_costs(&day_six).expect("defined");
        let sum: f64 = [miss, hit, output].iter().filter_map(|class| class.of_revenue).sum();
        assert!((sum - 1.0).abs() < 1e-12);
        assert!((miss.cost - 0.109_644_614_393_596_75).abs() < 1e-12);
        assert!((output.cost - 0.300_300_300_300_300_3).abs() < 1e-12);
        assert_eq!((miss.price, hit.price, output.price), (0.55, 0.14, 2.19));
        let gift = day_six.moved(Global::Fee.into(), 1.0);
        assert!(unit_costs(&gift).expect("defined").iter().all(|class| class.of_revenue.is_none()));
    }
}
