//! The golden scenario that tests and benchmarks share.
#![allow(clippy::expect_used, reason = "helpers of tests may panic as tests do")]

use crate::model::{Global, InputId, Range, Scenario, TierField, TierKey};

/// `DeepSeek`'s day-6 disclosure billed at R1 prices, with the tiers that are at issue at share 0.
pub fn day_six() -> Scenario {
    use Global::{Decode, GpuHour, Gpus, HitRatio, InputPerOutput, Nodes, Prefill};
    let keys = ["r1", "v3", "offpeak", "free"].map(|key| TierKey::new(key).expect("a key"));
    Scenario::build(&keys, |id| {
        Some(Some(match id {
            InputId::Global(Gpus) => 8.0,
            InputId::Global(GpuHour) => 2.0,
            InputId::Global(Prefill) => 73_700.0,
            InputId::Global(Decode) => 14_800.0,
            InputId::Global(Nodes) => 226.75,
            InputId::Global(InputPerOutput) => 3.619047619047619,
            InputId::Global(HitRatio) => 0.5625,
            InputId::Tier(tier, TierField::Share) => f64::from(u8::from(tier == 0)),
            InputId::Tier(0 | 2, TierField::InputMiss) => 0.55,
            InputId::Tier(0 | 2, TierField::InputHit) => 0.14,
            InputId::Tier(0 | 2, TierField::Output) => 2.19,
            InputId::Tier(1, TierField::InputMiss) => 0.27,
            InputId::Tier(1, TierField::InputHit) => 0.07,
            InputId::Tier(1, TierField::Output) => 1.10,
            InputId::Tier(2, TierField::Discount) => 0.75,
            _ => return None,
        }))
    })
    .expect("valid")
}

/// Day 6 with 1 to 8 tiers that all have traffic.
pub fn with_tiers(count: usize) -> Scenario {
    let one = (0..3).try_fold(day_six(), |scenario, _| scenario.without_tier(1)).expect("one tier left");
    let extra = ["b", "c", "d", "e", "f", "g", "h"].iter().filter_map(|key| TierKey::new(key));
    let all = extra
        .take(count - 1)
        .try_fold(one, |scenario, key| scenario.with_tier(key, 0))
        .expect("room for all");
    all.moved(InputId::Tier(0, TierField::Share), 1.0 / count as f64)
}

/// Day 6 as the forum comment has it: one node credited with both rates at once, one tier, no fleet.
pub fn forum_comment() -> Scenario {
    use Global::{Decode, InputPerOutput, Nodes, Overlap, Prefill};
    let one = (0..3).try_fold(day_six(), |scenario, _| scenario.without_tier(1)).expect("one tier left");
    one.with(&[
        (Overlap.into(), Some(1.0)),
        (Prefill.into(), Some(75_000.0)),
        (Decode.into(), Some(15_000.0)),
        (InputPerOutput.into(), Some(5.0)),
        (Nodes.into(), None),
        (InputId::Tier(0, TierField::InputMiss), Some(0.35)),
        (InputId::Tier(0, TierField::InputHit), Some(0.35)),
        (InputId::Tier(0, TierField::Output), Some(2.2)),
    ])
    .expect("valid")
}

/// An illustrative sceptic: most traffic free, the rest at V3 prices, dearer and idler nodes, fewer hits.
pub fn sceptic() -> Scenario {
    let share = |tier| InputId::Tier(tier, TierField::Share);
    day_six()
        .with(&[
            (share(0), Some(0.0)),
            (share(1), Some(0.3)),
            (share(2), Some(0.0)),
            (share(3), Some(0.7)),
            (Global::Utilization.into(), Some(0.6)),
            (Global::GpuHour.into(), Some(3.0)),
            (Global::HitRatio.into(), Some(0.4)),
        ])
        .expect("valid")
}

/// The 90 % ranges of the day-6 preset.
pub fn day_six_range(id: InputId) -> Option<Range> {
    use Global::{Decode, GpuHour, HitRatio, HitWork, InputPerOutput, Prefill};
    let (low, high) = match id {
        InputId::Global(GpuHour) => (1.5, 3.0),
        InputId::Global(Prefill) => (60_000.0, 90_000.0),
        InputId::Global(Decode) => (12_000.0, 18_500.0),
        InputId::Global(HitRatio) => (0.4, 0.75),
        InputId::Global(HitWork) => (0.05, 0.5),
        InputId::Global(InputPerOutput) => (2.5, 5.0),
        _ => return None,
    };
    Range::new(low, high, id.domain())
}
