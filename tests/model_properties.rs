//! What holds for every scenario, checked on random ones.
#![allow(clippy::expect_used, reason = "helpers of tests may panic as tests do")]

use napkin::model;
use proptest::prelude::*;

#[path = "common/random.rs"]
#[allow(unreachable_pub, reason = "shared with the library's own tests")]
mod random;

use model::{
    Global, InputId, Output, SHARE_TOLERANCE, Scenario, ScenarioError, TierField, TierKey, evaluate,
    evaluate_with, gross_margin,
};
use random::{extreme, realistic};

const PRICES: [TierField; 3] = [TierField::InputMiss, TierField::InputHit, TierField::Output];

fn with_prices(scenario: &Scenario, factor: f64) -> Scenario {
    scenario
        .inputs()
        .filter(|id| matches!(id, InputId::Tier(_, field) if PRICES.contains(field)))
        .fold(*scenario, |scenario, id| {
            scenario.moved(id, scenario.get(id).expect("prices are never absent") * factor)
        })
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
}

/// A number outside the domain of an input, or no number.
fn invalid_value(id: InputId, kind: u8, unit: f64) -> Option<f64> {
    let domain = id.domain();
    match kind % 6 {
        0 => Some(f64::NAN),
        1 => Some(f64::INFINITY),
        2 => Some(domain.min - 1e-9 - unit),
        3 => Some(domain.max * (1.001 + unit)),
        4 if domain.whole => Some(domain.min + 0.5),
        4 if !domain.optional => None,
        _ => Some(-f64::MIN_POSITIVE - unit),
    }
}

proptest! {
    #[test]
    fn revenue_is_linear_in_price(scenario in realistic(), factor in 0.01..100.0_f64) {
        let free = scenario.free_tiers();
        let revenue = |factor: f64| {
            evaluate_with(&with_prices(&scenario, factor), free).get(Output::RevenuePerNodeSecond)
        };
        let (Some(one), Some(scaled)) = (revenue(1.0), revenue(factor)) else { return Ok(()) };
        prop_assert!(close(one * factor, scaled), "{} times {} is not {}", one, factor, scaled);
        // Each price adds its own part: a step of one price alone is a straight line.
        for id in scenario.inputs().filter(|id| matches!(id, InputId::Tier(_, TierField::Output))) {
            let at = |price: f64| {
                evaluate_with(&scenario.moved(id, price), free)
                    .get(Output::RevenuePerNodeSecond)
                    .expect("defined whatever the price")
            };
            let (low, middle, high) = (at(0.0), at(5.0), at(10.0));
            prop_assert!(close(middle - low + low, middle) && (high - middle - (middle - low)).abs() <= 1e-11 * high);
        }
    }

    #[test]
    fn unit_costs_weighted_by_tokens_add_up_to_the_cost_of_the_node(scenario in realistic()) {
        let outputs = evaluate(&scenario);
        let get = |output| outputs.get(output).unwrap_or(0.0);
        if outputs.undefined().is_some() {
            return Ok(());
        }
        let (input, output) = (get(Output::InputRate), get(Output::OutputRate));
        let cost = (input * get(Output::CostPerMInput) + output * get(Output::CostPerMOutput)) / 1e6;
        prop_assert!(close(cost, get(Output::CostPerNodeSecond)), "{:?}", outputs);
        let h = scenario.get(Global::HitRatio.into()).expect("never absent");
        let mean = h * get(Output::CostPerMInputHit) + (1.0 - h) * get(Output::CostPerMInputMiss);
        prop_assert!(outputs.get(Output::CostPerMInput).is_none_or(|cost| close(cost, mean)));
    }

    #[test]
    fn more_overlap_never_lowers_the_margin(scenario in realistic(), low in 0.0..=1.0, high in 0.0..=1.0) {
        let margin = |overlap: f64| {
            gross_margin(&scenario.moved(Global::Overlap.into(), overlap), scenario.free_tiers())
        };
        let (Some(less), Some(more)) = (margin(f64::min(low, high)), margin(f64::max(low, high))) else {
            return Ok(());
        };
        prop_assert!(more >= less, "{} then {}", less, more);
    }

    #[test]
    fn shares_always_sum_to_one(scenario in extreme(), tier in 0_u8..8, share in 0.0..=1.0) {
        let sums_to_one =
            |scenario: &Scenario| (scenario.shares().sum::<f64>() - 1.0).abs() <= SHARE_TOLERANCE;
        prop_assert!(sums_to_one(&scenario));
        let tier = tier % scenario.tier_count() as u8;
        let id = InputId::Tier(tier, TierField::Share);
        prop_assert!(sums_to_one(&scenario.moved(id, share)));
        if scenario.is_input(id) {
            let set = scenario.with(&[(id, Some(share))]).expect("valid");
            prop_assert!(sums_to_one(&set));
            prop_assert_eq!(set.get(id), Some(share));
        }
        if let Ok(fewer) = scenario.without_tier(tier) {
            prop_assert!(sums_to_one(&fewer));
        }
        if let Ok(more) = scenario.with_tier(TierKey::new("new").expect("a key"), tier) {
            prop_assert!(sums_to_one(&more));
        }
    }

    #[test]
    fn every_valid_scenario_has_finite_or_absent_outputs(scenario in extreme()) {
        let outputs = evaluate(&scenario);
        for output in Output::ALL {
            prop_assert!(outputs.get(output).is_none_or(f64::is_finite), "{}", output.name());
            prop_assert!(outputs.undefined().is_none() || outputs.get(output).is_none());
        }
        let margin = gross_margin(&scenario, scenario.free_tiers());
        prop_assert_eq!(margin, outputs.get(Output::GrossMargin));
        prop_assert!(margin.is_none_or(|margin| margin <= 1.0));
    }

    #[test]
    fn every_invalid_value_is_named_with_its_id_and_domain(
        scenario in realistic(), which in any::<prop::sample::Index>(), kind in 0_u8..6, unit in 0.0..1e3,
    ) {
        let ids: Vec<InputId> = scenario.inputs().collect();
        let id = ids[which.index(ids.len())];
        let value = invalid_value(id, kind, unit);
        let error = scenario.with(&[(id, value)]).expect_err("outside the domain");
        let out_of_domain = matches!(error, ScenarioError::OutOfDomain { .. });
        prop_assert!(out_of_domain);
        let text = error.to_string();
        prop_assert!(text.starts_with(&format!("{} = ", scenario.id_text(id))), "{}", text);
        let value = value.map_or_else(|| "none".to_owned(), |value| value.to_string());
        prop_assert!(text.contains(&format!(" {value} ")), "{}", text);
        prop_assert!(text.contains(&id.domain().to_string()), "{}", text);
    }
}
