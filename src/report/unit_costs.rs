//! Price, cost and margin of a million tokens of each class, and what each class brings in.

use crate::model::{Economics, MeanPrices, Output, Scenario, evaluate};

/// One class of tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TokenClass {
    /// What it is called.
    pub(crate) name: &'static str,
    /// Mean price, $/M.
    pub(crate) price: f64,
    /// Unit cost, $/M; `None` where the decode rate holds prefill, so that the input's part is unknown.
    pub(crate) cost: Option<f64>,
    /// 1 − cost ÷ price; `None` without a price.
    pub(crate) margin: Option<f64>,
    /// Its part of revenue; `None` without revenue.
    pub(crate) of_revenue: Option<f64>,
}

/// Input that misses the cache, input that hits it, output; `None` where nothing can be computed.
pub(crate) fn unit_costs(scenario: &Scenario) -> Option<[TokenClass; 3]> {
    let free = scenario.free_tiers();
    let economics = Economics::of(scenario, free).ok()?;
    let mean = MeanPrices::of(scenario, free, &economics);
    let outputs = evaluate(scenario);
    let revenue = economics.revenue_per_m_output();
    let class = |name, price: f64, cost, margin, brings: f64| TokenClass {
        name,
        price,
        cost: outputs.get(cost),
        margin: outputs.get(margin),
        of_revenue: (revenue > 0.0).then(|| brings / revenue),
    };
    let Economics { miss_revenue, hit_revenue, output_revenue, .. } = economics;
    Some([
        class("input, miss", mean.miss, Output::CostPerMInputMiss, Output::MarginInputMiss, miss_revenue),
        class("input, hit", mean.hit, Output::CostPerMInputHit, Output::MarginInputHit, hit_revenue),
        class("output", output_revenue, Output::CostPerMOutput, Output::MarginOutput, output_revenue),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Global;
    use crate::preset::builtin;

    #[test]
    fn the_parts_of_revenue_add_up_and_costs_are_those_of_day_six() {
        let day_six = builtin::load("deepseek-day6").expect("shipped").content.scenario;
        let [miss, hit, output] = unit_costs(&day_six).expect("defined");
        let sum: f64 = [miss, hit, output].iter().filter_map(|class| class.of_revenue).sum();
        assert!((sum - 1.0).abs() < 1e-12);
        assert!((miss.cost.expect("defined") - 0.109_644_614_393_596_75).abs() < 1e-12);
        assert!((output.cost.expect("defined") - 0.300_300_300_300_300_3).abs() < 1e-12);
        assert_eq!((miss.price, hit.price, output.price), (0.55, 0.14, 2.19));
        let gift = day_six.moved(Global::Fee.into(), 1.0);
        assert!(unit_costs(&gift).expect("defined").iter().all(|class| class.of_revenue.is_none()));
    }
}
