//! Random scenarios for property tests.
#![allow(clippy::expect_used, reason = "helpers of tests may panic as tests do")]

use proptest::prelude::*;

use crate::model::{Global, InputId, MAX_TIERS, Scenario, TierField, TierKey};

/// What a tier charges that charges nothing.
const PRICES: [TierField; 5] =
    [TierField::InputMiss, TierField::InputHit, TierField::InputWrite, TierField::Output, TierField::Monthly];

/// A value of an input: on its slider, or one of the values that are special.
fn value_of(id: InputId, kind: u8, unit: f64) -> Option<f64> {
    let parameter = id.parameter();
    let domain = parameter.domain;
    let (low, high) = parameter.scale.ends();
    let value = match kind {
        0 if domain.optional => return None,
        // Few tiers have a shape, a monthly price or a write price of their own.
        0..30 if domain.optional && matches!(id, InputId::Tier(..)) => return None,
        0..30 if id.parameter().id == "monthly" => 0.0,
        0..4 if domain.min <= 0.0 => 0.0,
        4..6 if domain.is_share() => domain.max,
        _ if parameter.scale.is_log() => low * (high / low).powf(unit),
        _ => low + (high - low) * unit,
    };
    Some(if domain.whole { value.round() } else { value })
}

/// A value of an input at or near a corner of its domain, or anywhere in it.
fn extreme_value_of(id: InputId, kind: u8, unit: f64) -> Option<f64> {
    let domain = id.domain();
    let value = match kind % 8 {
        0 if domain.optional => return None,
        0..6 if domain.optional && matches!(id, InputId::Tier(..)) && unit < 0.5 => return None,
        0 | 1 => domain.min,
        2 | 3 => domain.max,
        4 => domain.min.next_up(),
        5 => domain.max.next_down(),
        6 if domain.min <= 0.0 => f64::MIN_POSITIVE * unit,
        6 => domain.min * (domain.max / domain.min).powf(unit),
        _ => domain.min + (domain.max - domain.min) * unit,
    };
    Some(if domain.whole { value.round() } else { value })
}

fn random(most_tiers: usize, value: fn(InputId, u8, f64) -> Option<f64>) -> impl Strategy<Value = Scenario> {
    let inputs = Global::COUNT + MAX_TIERS * TierField::COUNT;
    let draws = prop::collection::vec((0_u8..40, 0.0..1.0_f64), inputs);
    (1..=most_tiers, draws).prop_map(move |(count, draws)| {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let keys: Vec<TierKey> = names.iter().take(count).filter_map(|key| TierKey::new(key)).collect();
        let draw = |id: InputId| match id {
            InputId::Global(global) => draws[global as usize],
            InputId::Tier(tier, field) => {
                draws[Global::COUNT + usize::from(tier) * TierField::COUNT + field as usize]
            }
        };
        // A third of the tiers charge nothing, and a quarter of them have no traffic.
        let free = |tier: u8| draw(InputId::Tier(tier, TierField::Share)).0 % 3 == 0 && count > 1;
        let weight = |tier: usize| match draw(InputId::Tier(tier as u8, TierField::Share)) {
            (0..10, _) => 0.0,
            (_, unit) => unit,
        };
        let weights: f64 = (0..count).map(weight).sum();
        Scenario::build(&keys, |id| {
            let (kind, unit) = draw(id);
            Some(match id {
                InputId::Tier(tier, TierField::Share) if weights > 0.0 => {
                    Some(weight(usize::from(tier)) / weights)
                }
                InputId::Tier(tier, TierField::Share) => Some(f64::from(u8::from(tier == 0))),
                InputId::Tier(tier, field) if free(tier) && PRICES.contains(&field) => Some(0.0),
                id => value(id, kind, unit),
            })
        })
        .expect("valid")
    })
}

/// Any scenario that sliders reach, with the special values 0, 1 and absent more often than by chance.
pub(crate) fn realistic() -> impl Strategy<Value = Scenario> {
    random(4, value_of)
}

/// Any valid scenario, above all the corners of the domains.
pub(crate) fn extreme() -> impl Strategy<Value = Scenario> {
    random(MAX_TIERS, extreme_value_of)
}
