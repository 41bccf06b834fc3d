use super::*;

fn key(text: &str) -> TierKey {
    TierKey::new(text).expect("a key")
}

/// Three tiers, of which the first pays and the others have the shares given.
fn scenario(shares: [f64; 3]) -> Scenario {
    Scenario::build(&[key("a"), key("b"), key("c")], |id| match id {
        InputId::Global(Global::Decode) => Some(Some(1000.0)),
        InputId::Global(Global::InputPerOutput) => Some(Some(3.0)),
        InputId::Tier(tier, TierField::Share) => Some(Some(shares[usize::from(tier)])),
        InputId::Tier(0, TierField::InputMiss | TierField::Output) => Some(Some(1.0)),
        _ => None,
    })
    .expect("valid")
}

fn share(tier: u8) -> InputId {
    InputId::Tier(tier, TierField::Share)
}

fn shares(scenario: &Scenario) -> Vec<f64> {
    scenario.shares().collect()
}

#[test]
fn shares_not_set_shrink_in_proportion() {
    let moved = scenario([0.5, 0.25, 0.25]).with(&[(share(0), Some(0.8))]).expect("valid");
    let moved = shares(&moved);
    assert!((moved[1] - 0.1).abs() < 1e-15 && (moved[2] - 0.1).abs() < 1e-15, "{moved:?}");
}

#[test]
fn shares_that_are_all_zero_grow_equally() {
    let moved = scenario([1.0, 0.0, 0.0]).with(&[(share(0), Some(0.5))]).expect("valid");
    assert_eq!(shares(&moved), [0.5, 0.25, 0.25]);
}

#[test]
fn set_shares_apply_together_whatever_their_order_and_the_last_of_an_id_wins() {
    let start = scenario([0.5, 0.25, 0.25]);
    let one = start.with(&[(share(0), Some(0.6)), (share(1), Some(0.1))]).expect("valid");
    let two =
        start.with(&[(share(1), Some(0.9)), (share(1), Some(0.1)), (share(0), Some(0.6))]).expect("valid");
    assert_eq!(one, two);
    assert!((shares(&one)[2] - 0.3).abs() < 1e-15);
}

#[test]
fn shares_over_one_or_all_set_and_not_one_are_refused() {
    let start = scenario([0.5, 0.25, 0.25]);
    let over = start.with(&[(share(0), Some(0.9)), (share(1), Some(0.2))]);
    assert!(matches!(over, Err(ScenarioError::Shares { .. })));
    let short = start.with(&[(share(0), Some(0.1)), (share(1), Some(0.2)), (share(2), Some(0.3))]);
    assert!(matches!(short, Err(ScenarioError::Shares { .. })));
}

#[test]
fn an_invalid_value_names_id_value_and_domain() {
    let error = scenario([1.0, 0.0, 0.0]).with(&[(Global::Gpus.into(), Some(8.5))]).expect_err("invalid");
    assert_eq!(
        error.to_string(),
        "node.gpus = 8.5 is not valid; node.gpus takes a whole number from 1 to 1024"
    );
    let error = scenario([1.0, 0.0, 0.0]).with(&[(Global::Decode.into(), None)]).expect_err("invalid");
    assert_eq!(
        error.to_string(),
        "node.decode = none is not valid; node.decode takes a number from 0.000001 to 1 trillion"
    );
}

#[test]
fn an_unknown_id_suggests_the_nearest() {
    let error = scenario([1.0, 0.0, 0.0]).find("node.gpuhour").expect_err("unknown");
    assert_eq!(error.to_string(), "unknown input `node.gpuhour`; did you mean `node.gpu_hour`?");
    let error = scenario([1.0, 0.0, 0.0]).find("hit_ratio").expect_err("unknown");
    assert!(error.to_string().contains("cache.hit_ratio"), "{error}");
}

#[test]
fn every_id_leads_back_to_its_input() {
    let scenario = scenario([1.0, 0.0, 0.0]);
    for id in scenario.inputs() {
        assert_eq!(scenario.find(&scenario.id_text(id)), Ok(id));
    }
    assert_eq!(scenario.inputs().count(), Global::COUNT + 3 * TierField::COUNT);
}

#[test]
fn defaults_look_at_other_inputs_once() {
    let built = Scenario::build(&[key("a")], |id| match id {
        InputId::Global(Global::Decode | Global::InputPerOutput)
        | InputId::Tier(_, TierField::InputMiss | TierField::Output) => Some(Some(2.0)),
        InputId::Global(Global::HitRatio) => Some(Some(0.4)),
        _ => None,
    })
    .expect("valid");
    assert_eq!(built.get(Global::MeasuredHitRatio.into()), Some(0.4));
    assert_eq!(built.get(InputId::Tier(0, TierField::InputHit)), Some(2.0));
    assert_eq!(built.get(Global::Prefill.into()), None);
    let moved = built.with(&[(Global::HitRatio.into(), Some(0.9))]).expect("valid");
    assert_eq!(moved.get(Global::MeasuredHitRatio.into()), Some(0.4));
}

#[test]
fn every_missing_input_is_reported() {
    let errors =
        Scenario::build(&[key("a")], |id| (id == InputId::Tier(0, TierField::InputHit)).then_some(Some(1.0)))
            .expect_err("incomplete");
    let ids: Vec<String> = errors
        .iter()
        .filter_map(|error| match error {
            ScenarioError::Missing { id, .. } => Some(id.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(ids, ["node.decode", "traffic.input_per_output", "tier.a.input_miss", "tier.a.output"]);
}

#[test]
fn a_removed_tier_leaves_its_share_to_the_others() {
    let start = scenario([0.5, 0.3, 0.2]);
    let fewer = start.without_tier(0).expect("two are left");
    assert_eq!(fewer.tier_count(), 2);
    assert!((shares(&fewer)[0] - 0.6).abs() < 1e-15);
    let more = fewer.with_tier(key("d"), 0).expect("room");
    assert_eq!(shares(&more)[2], 0.0);
    assert_eq!(more.get(InputId::Tier(2, TierField::Output)), more.get(InputId::Tier(0, TierField::Output)));
}

#[test]
fn shares_that_are_set_to_sum_to_one_leave_nothing_to_the_others_whatever_their_last_digits() {
    let start = scenario([0.5, 0.3, 0.2]);
    for part in (1..1000).map(|part| f64::from(part) / 1000.0) {
        let all_but_one = [(share(0), Some(0.3 * part)), (share(1), Some(1.0 - 0.3 * part))];
        let set = start.with(&all_but_one).expect("valid");
        assert_eq!(shares(&set)[2], 0.0, "{part}");
        let three = start.with_tier(key("d"), 0).expect("room");
        let thirds = [0.3 * (1.0 - part), 0.7 * (1.0 - part), part];
        let edits: Vec<_> = (0..).zip(thirds).map(|(tier, value)| (share(tier), Some(value))).collect();
        assert_eq!(shares(&three.with(&edits).expect("valid"))[3], 0.0, "{part}");
    }
    let almost = start.with(&[(share(0), Some(1.0 - 1e-12))]).expect("valid");
    assert!(shares(&almost)[1] > 0.0, "what was left on purpose stays");
}

#[test]
fn shares_given_that_sum_to_one_leave_nothing_to_those_left_out() {
    let tiers = [key("a"), key("b"), key("c"), key("d")];
    for part in (1..1000).map(|part| f64::from(part) / 1000.0) {
        let given = [0.3 * (1.0 - part), 0.7 * (1.0 - part), part];
        let built = Scenario::build(&tiers, |id| match id {
            InputId::Global(Global::Decode) => Some(Some(1000.0)),
            InputId::Global(Global::InputPerOutput) => Some(Some(3.0)),
            InputId::Tier(tier, TierField::Share) => given.get(usize::from(tier)).map(|share| Some(*share)),
            _ => None,
        });
        assert_eq!(shares(&built.expect("valid"))[3], 0.0, "{part}");
    }
}

#[test]
fn the_only_tier_has_no_share_to_set() {
    let start = scenario([0.5, 0.3, 0.2]);
    let one = start.without_tier(2).and_then(|s| s.without_tier(1)).expect("one is left");
    assert!(!one.is_input(share(0)));
    assert_eq!(shares(&one), [1.0]);
    assert!(one.without_tier(0).is_err());
    let error = one.with(&[(share(0), Some(0.5))]).expect_err("the only tier");
    assert_eq!(error.to_string(), "tier shares sum to 0.5; the only tier's share is 1");
}

#[test]
fn a_key_is_short_lower_case_and_plain() {
    assert!(TierKey::new("r1_off-peak").is_some());
    for bad in ["", "R1", "a b", "é", &"x".repeat(33)] {
        assert!(TierKey::new(bad).is_none(), "{bad}");
    }
}
