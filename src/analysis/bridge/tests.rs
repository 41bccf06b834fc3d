use proptest::prelude::*;

use super::*;
use crate::analysis::scenarios::{day_six, forum_comment, realistic, sceptic};
use crate::model::{Economics, Edit, Global, InputId, TierField, TierKey, Undefined, margin_of};

fn share_of<'a>(bridge: &'a Bridge, name: &str) -> &'a Share {
    bridge.shares.iter().find(|share| share.input.to_string() == name).expect("a player")
}

#[track_caller]
fn shares_are(bridge: &Bridge, expected: &[(&str, f64)]) {
    assert_eq!(bridge.reason, None);
    assert_eq!(bridge.shares.len(), expected.len(), "{:?}", bridge.shares);
    for (name, shapley) in expected {
        let share = share_of(bridge, name);
        assert!((share.shapley - shapley).abs() < 1e-12, "{name}: {}", share.shapley);
    }
}

#[test]
fn the_forum_comment_is_above_day_six_because_one_node_does_the_work_of_two() {
    let bridge = bridge(&day_six(), &forum_comment(), 0.0);
    shares_are(
        &bridge,
        &[
            ("node.overlap", 0.6179640620558),
            ("traffic.input_per_output", 0.0500177798664),
            ("tier.r1.input_miss", -0.1031739461470),
            ("tier.r1.input_hit", 0.1401723658557),
            ("tier.r1.output", 0.0027740860416),
            ("node.prefill", 0.0086138687597),
            ("node.decode", 0.0092989981886),
        ],
    );
    let sum: f64 = bridge.shares.iter().map(|share| share.shapley).sum();
    assert!((sum - 0.7256672146209).abs() < 1e-12);
    assert_eq!(bridge.shares[0].input.to_string(), "node.overlap");
    assert!(bridge.agree && bridge.crux.is_empty());
}

#[test]
fn the_quarrel_with_the_sceptic_is_about_who_pays() {
    let (from, to) = (day_six(), sceptic());
    let bridge = bridge(&from, &to, 0.0);
    shares_are(
        &bridge,
        &[
            ("node.gpu_hour", -0.4054651081082),
            ("node.utilization", -0.5108256237660),
            ("cache.hit_ratio", -0.0260138077317),
            ("tier.share", -1.8996280512014),
        ],
    );
    assert!((bridge.margin_to.expect("defined") + 1.657773925).abs() < 1e-9);
    assert!(!bridge.agree);
    let [crux] = bridge.crux.as_slice() else { panic!("one set: {:?}", bridge.crux) };
    assert_eq!(crux.inputs, [PlayerName::Shares]);
    assert!((crux.margin.expect("defined") + 0.0350205482).abs() < 1e-10);
    let points: f64 = bridge.shares.iter().map(|share| share.margin_points).sum();
    let gap = bridge.margin_to.expect("defined") - bridge.margin_from.expect("defined");
    assert!((points - gap).abs() < 1e-13);
}

#[test]
fn the_export_has_shares_by_tier() {
    let json = serde_json::to_value(bridge(&day_six(), &sceptic(), 0.0)).expect("serialises");
    assert_eq!(json["shares"][0]["input"], "tier.share");
    assert_eq!(json["shares"][0]["to"]["free"], 0.7);
    assert_eq!(json["shares"][0]["from"]["r1"], 1.0);
    assert_eq!(json["crux"][0]["inputs"][0], "tier.share");
    let own = day_six().moved(Global::Basis.into(), 1.0);
    let json = serde_json::to_value(bridge(&day_six(), &own, 0.0)).expect("serialises");
    assert_eq!((&json["shares"][0]["from"], &json["shares"][0]["to"]), (&"rent".into(), &"own".into()));
}

#[test]
fn nothing_differs_from_itself() {
    let bridge = bridge(&day_six(), &day_six(), 0.0);
    assert_eq!((bridge.players, bridge.shares.len(), bridge.agree), (0, 0, true));
    assert_eq!(bridge.ln_ratio_from, bridge.ln_ratio_to);
    // Fleets do not take part.
    let smaller = day_six().moved(Global::Nodes.into(), 10.0);
    assert_eq!(super::bridge(&day_six(), &smaller, 0.0).players, 0);
}

#[test]
fn equal_ratios_share_out_in_the_limit() {
    // Twice the rent at twice the prices.
    let start = (0..3).try_fold(day_six(), |scenario, _| scenario.without_tier(1)).expect("one tier left");
    let edits: Vec<Edit> = [
        (InputId::from(Global::GpuHour), 4.0),
        (InputId::Tier(0, TierField::InputMiss), 1.1),
        (InputId::Tier(0, TierField::InputHit), 0.28),
        (InputId::Tier(0, TierField::Output), 4.38),
    ]
    .map(|(id, value)| (id, Some(value)))
    .into();
    let bridge = bridge(&start, &start.with(&edits).expect("valid"), 0.0);
    let rent = share_of(&bridge, "node.gpu_hour");
    let expected = rent.shapley * (1.0 - bridge.margin_from.expect("defined"));
    assert!((rent.margin_points - expected).abs() < 1e-14);
}

#[test]
fn without_revenue_somewhere_between_nothing_is_shared_out() {
    let from = day_six();
    let paid_later = from.moved(InputId::Tier(3, TierField::Share), 1.0);
    let bridge = bridge(&from, &paid_later, 0.0);
    let reason = bridge.reason.as_ref().expect("a reason");
    assert_eq!((reason.cause, reason.at_the_end), (Outcome::NoRevenue, true));
    assert!(bridge.shares.is_empty() && bridge.ln_ratio_from.is_some() && bridge.ln_ratio_to.is_none());
    assert_eq!(
        reason.to_string(),
        "at the end there is no revenue, so its ratio to cost cannot be shared out"
    );
    // The verdict is still turned by what gives everything away.
    assert_eq!(bridge.crux.len(), 1);
    let gift = from.moved(Global::GpuHour.into(), 0.0);
    let reason = super::bridge(&gift, &from, 0.0).reason.expect("a reason");
    assert_eq!((reason.cause, reason.switched.len()), (Outcome::NoCost, 0));
}

#[test]
fn many_differences_are_shared_out_pane_by_pane() {
    let from = day_six();
    let edits: Vec<Edit> = from
        .inputs()
        .filter(|id| !id.is_share() && !id.domain().whole)
        .filter_map(|id| Some((id, Some(from.get(id)? * 0.9))))
        .collect();
    let to = from.with(&edits).expect("valid");
    let bridge = bridge(&from, &to, 0.0);
    let mut names: Vec<String> = bridge.shares.iter().map(|share| share.input.to_string()).collect();
    names.sort();
    assert_eq!(names, ["cache.*", "node.*", "pricing.*", "traffic.*"]);
    let json = serde_json::to_value(share_of(&bridge, "cache.*")).expect("serialises");
    assert_eq!(json["from"]["cache.hit_ratio"], 0.5625);
    let sum: f64 = bridge.shares.iter().map(|share| share.shapley).sum();
    let gap = bridge.ln_ratio_to.expect("defined") - bridge.ln_ratio_from.expect("defined");
    assert!((sum - gap).abs() < 1e-13);
}

#[test]
fn tiers_are_matched_by_key_and_may_be_more_than_one_scenario_holds() {
    let one = (0..3).try_fold(day_six(), |scenario, _| scenario.without_tier(1)).expect("one tier left");
    let with = |names: &str| {
        let grown = names
            .chars()
            .filter_map(|name| TierKey::new(&name.to_string()))
            .try_fold(one, |scenario, key| scenario.with_tier(key, 0))
            .expect("room");
        grown.moved(InputId::Tier(0, TierField::Share), 1.0 / grown.tier_count() as f64)
    };
    // Fifteen tiers between them, all at the same prices.
    let bridge = bridge(&with("abcdefg"), &with("hijklmn"), 0.0);
    assert_eq!(bridge.players, 1);
    let share = share_of(&bridge, "tier.share");
    assert!(share.shapley.abs() < 1e-14);
    let Side::Shares(shares) = &share.to else { panic!("shares") };
    assert_eq!(shares.len(), 14);
}

proptest! {
    #[test]
    fn both_ends_are_the_scenarios_themselves(from in realistic(), to in realistic(), target in -1.0..0.9) {
        let bridge = bridge(&from, &to, target);
        let mut mixture = Mixture::new(&from, &to);
        // Where the use of a plan is not known at one end, the mixture has that of the other.
        let unknown = Err(Undefined::MonthlyPriceWithoutUse);
        if [&from, &to].iter().any(|end| Economics::of(end, end.free_tiers()).map(|_| ()) == unknown) {
            prop_assert!(bridge.reason.is_some());
            return Ok(());
        }
        let close = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-12 * (1.0 - a).abs().max(1.0),
            (a, b) => a.is_none() && b.is_none(),
        };
        prop_assert!(close(Verdict::of_economics(&mixture.economics(), 0.0).margin, margin_of(&from)));
        for player in 0..mixture.player_count() {
            mixture.switch(player, 1);
        }
        prop_assert!(close(Verdict::of_economics(&mixture.economics(), 0.0).margin, margin_of(&to)));
        // Efficiency.
        if bridge.reason.is_none() {
            let (first, last) = (bridge.ln_ratio_from.expect("defined"), bridge.ln_ratio_to.expect("defined"));
            let sum: f64 = bridge.shares.iter().map(|share| share.shapley).sum();
            prop_assert!((sum - (last - first)).abs() < 1e-10);
        }
        // A crux changes the verdict, and only then there is one.
        prop_assert_eq!(bridge.crux.is_empty(), bridge.agree);
        for set in &bridge.crux {
            let above = set.margin.is_some_and(|margin| margin > target);
            prop_assert_eq!(above, bridge.verdict_to.is_above());
        }
    }
}
