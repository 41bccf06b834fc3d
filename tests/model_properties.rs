//! What holds for every scenario, checked on random ones.
#![allow(clippy::expect_used, reason = "helpers of tests may panic as tests do")]

use napkin::model;
use proptest::prelude::*;

#[path = "common/random.rs"]
#[allow(unreachable_pub, reason = "shared with the library's own tests")]
mod random;

use model::{
    AllOutputs, Global, InputId, Output, SHARE_TOLERANCE, Scenario, ScenarioError, TierField, TierKey,
    TierOutput, evaluate, evaluate_all, evaluate_with, gross_margin, margin_of,
};
use random::{extreme, realistic};

const PRICES: [TierField; 5] =
    [TierField::InputMiss, TierField::InputHit, TierField::InputWrite, TierField::Output, TierField::Monthly];

fn with_prices(scenario: &Scenario, factor: f64) -> Scenario {
    scenario
        .inputs()
        .filter(|id| matches!(id, InputId::Tier(_, field) if PRICES.contains(field)))
        .filter_map(|id| Some((id, scenario.get(id)?)))
        .fold(*scenario, |scenario, (id, price)| scenario.moved(id, price * factor))
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
        if outputs.undefined().is_some() || scenario.get(Global::Prefill.into()).is_none() {
            return Ok(());
        }
        let (input, output) = (get(Output::InputRate), get(Output::OutputRate));
        let cost = (input * get(Output::CostPerMInput) + output * get(Output::CostPerMOutput)) / 1e6;
        prop_assert!(close(cost, get(Output::CostPerNodeSecond)), "{:?}", outputs);
        let h = get(Output::MeanHitRatio);
        let mean = h * get(Output::CostPerMInputHit) + (1.0 - h) * get(Output::CostPerMInputMiss);
        prop_assert!(outputs.get(Output::CostPerMInput).is_none_or(|cost| close(cost, mean)));
    }

    #[test]
    fn tiers_add_up_to_what_is_served(scenario in realistic()) {
        let all = evaluate_all(&scenario);
        if all.outputs.undefined().is_some() || scenario.get(Global::Prefill.into()).is_none() {
            return Ok(());
        }
        let sum = |output: TierOutput| -> Option<f64> {
            (0..scenario.tier_count() as u8).map(|tier| all.tiers.get(tier, output)).sum()
        };
        let about_one = |sum: f64| (sum - 1.0).abs() < 1e-9;
        let earns = all.outputs.get(Output::RevenuePerNodeSecond) > Some(0.0);
        let costs = all.outputs.get(Output::CostPerNodeSecond) > Some(0.0);
        // A plan that is not served and whose use is not known has a share of nothing, which is 0.
        prop_assert!(!earns || sum(TierOutput::RevenueShare).is_some_and(about_one));
        prop_assert!(!costs || sum(TierOutput::CostShare).is_some_and(about_one));
    }

    #[test]
    fn a_shape_of_its_own_that_is_that_of_all_traffic_changes_nothing(scenario in realistic(), tier in 0_u8..4) {
        let tier = tier % scenario.tier_count() as u8;
        let own = |field, of_all: Global| {
            let id = InputId::Tier(tier, field);
            (id, scenario.get(id).or(scenario.get(of_all.into())))
        };
        let shape = [
            own(TierField::InputPerOutput, Global::InputPerOutput),
            own(TierField::HitRatio, Global::HitRatio),
        ];
        let (before, after) = (evaluate_all(&scenario), evaluate_all(&scenario.with(&shape).expect("valid")));
        for output in scenario.outputs() {
            let (before, after) = (before.get(output), after.get(output));
            // A margin near 0 is a difference of figures that agree.
            let same = match (before, after) {
                (Some(before), Some(after)) => (before - after).abs() <= 1e-11 * before.abs().max(after.abs()).max(1.0),
                (before, after) => before == after,
            };
            prop_assert!(same, "{}: {:?} {:?}", scenario.output_name(output), before, after);
        }
    }

    #[test]
    fn a_monthly_price_is_the_token_price_that_brings_as_much(
        scenario in realistic(), monthly in 0.01..1e4_f64, queries in 0.1..1e4_f64, tokens in 1.0..1e5_f64,
    ) {
        let own = |field| InputId::Tier(0, field);
        let plan = scenario.with(&[
            (own(TierField::Monthly), Some(monthly)),
            (own(TierField::Queries), Some(queries)),
            (Global::OutputPerQuery.into(), Some(tokens)),
        ]);
        let plan = plan.expect("valid");
        let price = monthly * 12.0 / 365.0 / (queries * tokens) * 1e6;
        let discount = plan.get(own(TierField::Discount)).expect("never absent");
        let list = plan.get(own(TierField::Output)).expect("never absent") + price / (1.0 - discount);
        if discount > 0.999 || !own(TierField::Output).domain().contains(Some(list)) {
            return Ok(());
        }
        let by_token = plan.with(&[(own(TierField::Monthly), Some(0.0)), (own(TierField::Output), Some(list))]);
        let (plan, by_token) = (evaluate_all(&plan), evaluate_all(&by_token.expect("valid")));
        for output in [Output::RevenuePerNodeSecond, Output::CostPerNodeSecond, Output::PricePerMTokens] {
            let (plan, by_token) = (plan.outputs.get(output), by_token.outputs.get(output));
            let same = plan.zip(by_token).map_or(plan == by_token, |(a, b)| (a - b).abs() <= 1e-9 * a.abs());
            prop_assert!(same, "{}: {:?} {:?}", output.name(), plan, by_token);
        }
        let price = |outputs: &AllOutputs| outputs.tiers.get(0, TierOutput::PricePerUserMonth);
        let same = price(&plan).zip(price(&by_token)).is_none_or(|(a, b)| (a - b).abs() <= 1e-9 * a);
        prop_assert!(same);
    }

    #[test]
    fn the_fleet_that_serves_only_paid_tokens_serves_as_many_of_them(scenario in realistic()) {
        let serving = |serves: f64| {
            let outputs = evaluate(&scenario.moved(Global::ServeFree.into(), serves));
            (outputs.get(Output::OutputTokensPerDay), outputs.get(Output::PaidShare))
        };
        let ((Some(all), Some(paid_share)), (Some(paid), _)) = (serving(1.0), serving(0.0)) else { return Ok(()) };
        prop_assert!((all * paid_share - paid).abs() <= 1e-9 * paid, "{} of {} is not {}", paid_share, all, paid);
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
        let AllOutputs { outputs, tiers } = evaluate_all(&scenario);
        let all = AllOutputs { outputs, tiers };
        for output in scenario.outputs() {
            prop_assert!(all.get(output).is_none_or(f64::is_finite), "{}", scenario.output_name(output));
            prop_assert!(outputs.undefined().is_none() || all.get(output).is_none());
        }
        let margin = margin_of(&scenario);
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
