use super::*;
use crate::model::{Edit, InputId, TierField, TierKey, Undefined, capital_recovery_factor, gpu_hour};

/// Asserts equality to 1e-12 relative.
#[track_caller]
fn close(actual: Option<f64>, expected: f64) {
    let actual = actual.expect("defined");
    assert!((actual - expected).abs() <= 1e-12 * expected.abs(), "{actual} is not {expected}");
}

/// `DeepSeek`'s day-6 disclosure billed at R1 prices.
fn day_six() -> Scenario {
    use Global::*;
    let given = |id| {
        Some(Some(match id {
            InputId::Global(Gpus) => 8.0,
            InputId::Global(GpuHour) => 2.0,
            InputId::Global(Prefill) => 73_700.0,
            InputId::Global(Decode) => 14_800.0,
            InputId::Global(Nodes) => 226.75,
            InputId::Global(InputPerOutput) => 608.0 / 168.0,
            InputId::Global(HitRatio) => 342.0 / 608.0,
            InputId::Tier(_, TierField::InputMiss) => 0.55,
            InputId::Tier(_, TierField::InputHit) => 0.14,
            InputId::Tier(_, TierField::Output) => 2.19,
            _ => return None,
        }))
    };
    Scenario::build(&[TierKey::new("r1").expect("key")], given).expect("valid")
}

fn set(scenario: &Scenario, edits: &[Edit]) -> Scenario {
    scenario.with(edits).expect("valid")
}

fn prices(miss: f64, hit: f64, output: f64) -> [Edit; 3] {
    [
        (InputId::Tier(0, TierField::InputMiss), Some(miss)),
        (InputId::Tier(0, TierField::InputHit), Some(hit)),
        (InputId::Tier(0, TierField::Output), Some(output)),
    ]
}

#[test]
fn day_six_reproduces_the_published_totals() {
    let outputs = evaluate(&day_six());
    close(outputs.get(Output::OutputRate), 8570.985968194573);
    close(outputs.get(Output::InputRate), 31018.80636108512);
    close(outputs.get(Output::PrefillShare), 0.42087932647333964);
    close(outputs.get(Output::RevenuePerNodeSecond), 0.028677090551917674);
    close(outputs.get(Output::GrossMargin), 0.8450175956170268);
    close(outputs.get(Output::Markup), 5.452345374181476);
    close(outputs.get(Output::CostPerMInput), 0.060304537916478225);
    close(outputs.get(Output::CostPerMInputMiss), 0.10964461439359675);
    close(outputs.get(Output::CostPerMInputHit), 0.02192892287871935);
    close(outputs.get(Output::CostPerMOutput), 0.3003003003003003);
    close(outputs.get(Output::InputTokensPerDay), 607_695_639_181.29);
    close(outputs.get(Output::OutputTokensPerDay), 167_915_900_300.09);
    close(outputs.get(Output::RevenuePerDay), 561_818.6164207296);
    close(outputs.get(Output::CostPerDay), 87_072.0);
}

#[test]
fn the_forum_comment_credits_one_node_with_the_work_of_two() {
    let mut edits = vec![
        (Global::Overlap.into(), Some(1.0)),
        (Global::Prefill.into(), Some(75_000.0)),
        (Global::Decode.into(), Some(15_000.0)),
        (Global::InputPerOutput.into(), Some(5.0)),
        (Global::Nodes.into(), None),
    ];
    edits.extend(prices(0.35, 0.35, 2.2));
    let outputs = evaluate(&set(&day_six(), &edits));
    close(outputs.get(Output::RevenuePerNodeSecond), 0.05925);
    close(outputs.get(Output::InputRevenuePerNodeSecond), 0.02625);
    close(outputs.get(Output::OutputRevenuePerNodeSecond), 0.033);
    close(outputs.get(Output::GrossMargin), 0.9249882794186591);
    close(outputs.get(Output::RevenueOverCost), 13.33125);
    assert_eq!(outputs.get(Output::RevenuePerDay), None);
}

#[test]
fn more_hits_raise_or_lower_the_margin_with_the_work_of_a_hit() {
    let at = |hit_ratio: f64, hit_work: f64| {
        let edits = [(Global::HitRatio.into(), Some(hit_ratio)), (Global::HitWork.into(), Some(hit_work))];
        evaluate(&set(&day_six(), &edits)).get(Output::GrossMargin)
    };
    close(at(0.9, 0.0), 0.8769142322623202);
    close(at(0.9, 1.0), 0.8177375692438213);
    close(at(0.25, 0.0), 0.8229609237071924);
}

#[test]
fn nodes_kept_for_the_peak_lower_the_margin_to_81_percent() {
    let edits = [(Global::Nodes.into(), Some(278.0)), (Global::Utilization.into(), Some(226.75 / 278.0))];
    let outputs = evaluate(&set(&day_six(), &edits));
    close(outputs.get(Output::GrossMargin), 0.8099884965006988);
    close(outputs.get(Output::CostPerDay), 106_752.0);
}

#[test]
fn at_v3_prices_the_margin_is_68_9_percent() {
    let outputs = evaluate(&set(&day_six(), &prices(0.27, 0.07, 1.10)));
    close(outputs.get(Output::GrossMargin), 0.6894938355301212);
    let revenue = outputs.get(Output::RevenuePerDay).expect("a fleet");
    assert!((revenue - 280_419.553_5).abs() < 5e-5, "{revenue}");
}

#[test]
fn owning_with_the_default_assumptions_costs_1_527_dollars_a_gpu_hour() {
    let scenario = set(&day_six(), &[(Global::Basis.into(), Some(1.0))]);
    let outputs = evaluate(&scenario);
    close(outputs.get(Output::NodeCostPerHour), 12.214893252221854);
    close(outputs.get(Output::GrossMargin), 0.8816816546555813);
    assert!((gpu_hour(&scenario) - 1.527).abs() < 5e-4);
}

#[test]
fn capital_recovery_is_continuous_down_to_a_free_loan() {
    assert_eq!(capital_recovery_factor(0.0, 4.0), 0.25);
    for rate in [f64::MIN_POSITIVE, 5e-324, 1e-16, 0.999e-14, 1.001e-14] {
        assert!((capital_recovery_factor(rate, 4.0) - 0.25).abs() < 1e-12, "{rate}");
    }
}

#[test]
fn turning_free_traffic_away_when_nothing_is_paid_serves_nothing() {
    let mut edits = vec![(Global::ServeFree.into(), Some(0.0))];
    edits.extend(prices(0.0, 0.0, 0.0));
    let outputs = evaluate(&set(&day_six(), &edits));
    assert_eq!(outputs.undefined(), Some(Undefined::NothingServed));
    assert!(Output::ALL.iter().all(|output| outputs.get(*output).is_none()));
}

#[test]
fn the_smallest_paid_share_served_alone_brings_its_own_prices() {
    let keys = ["paid", "free"].map(|key| TierKey::new(key).expect("key"));
    let served = |share: f64| {
        let given = |id| {
            Some(Some(match id {
                InputId::Global(Global::Decode) => 14_800.0,
                InputId::Global(Global::InputPerOutput) => 4.0,
                InputId::Global(Global::ServeFree)
                | InputId::Tier(1, TierField::InputMiss | TierField::Output) => 0.0,
                InputId::Tier(0, TierField::Share) => share,
                InputId::Tier(1, TierField::Share) => 1.0 - share,
                InputId::Tier(0, TierField::InputMiss) => 0.55,
                InputId::Tier(0, TierField::Output) => 2.19,
                _ => return None,
            }))
        };
        evaluate(&Scenario::build(&keys, given).expect("valid"))
    };
    let all = served(1.0);
    for share in [0.5, f64::MIN_POSITIVE, 5e-324] {
        for output in [Output::BlendedInputPrice, Output::BlendedOutputPrice, Output::GrossMargin] {
            assert_eq!(served(share).get(output), all.get(output), "{share}");
        }
    }
}

#[test]
fn a_prefill_rate_measured_on_free_hits_alone_says_nothing() {
    let edits = [(Global::MeasuredHitRatio.into(), Some(1.0)), (Global::HitWork.into(), Some(0.0))];
    let scenario = set(&day_six(), &edits);
    assert_eq!(evaluate(&scenario).undefined(), Some(Undefined::MeasurementSaysNothing));
    let without = set(&scenario, &[(Global::Prefill.into(), None)]);
    assert_eq!(evaluate(&without).undefined(), None);
}

#[test]
fn undefined_results_are_absent_one_by_one() {
    let free = evaluate(&set(&day_six(), &prices(0.0, 0.0, 0.0)));
    assert_eq!(free.get(Output::GrossMargin), None);
    assert_eq!(free.get(Output::OperatingMargin), None);
    assert_eq!(free.get(Output::MarginOutput), None);
    assert_eq!(free.get(Output::Markup), Some(-1.0));
    let gift = evaluate(&set(&day_six(), &[(Global::GpuHour.into(), Some(0.0))]));
    assert_eq!(gift.get(Output::Markup), None);
    assert_eq!(gift.get(Output::RevenueOverCost), None);
    assert_eq!(gift.get(Output::GrossMargin), Some(1.0));
    let output_only = evaluate(&set(&day_six(), &[(Global::InputPerOutput.into(), Some(0.0))]));
    assert_eq!(output_only.get(Output::CostPerMInput), None);
}

#[test]
fn the_fast_margin_is_the_evaluated_one() {
    let scenario = day_six();
    assert_eq!(gross_margin(&scenario, scenario.free_tiers()), evaluate(&scenario).get(Output::GrossMargin));
}
