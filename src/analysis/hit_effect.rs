//! Whether more cache hits raise the margin, and below which work of a hit they do.

use serde::Serialize;

use super::verdict::Outcome;
use crate::model::{Economics, Global, Scenario};

/// Closer than this, relative, prefill and decode take equal time, and the slope differs by side.
pub(super) const KINK: f64 = 1e-12;

/// What more cache hits do to the gross margin from here, depending on κ, the work of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HitEffect {
    /// Nothing, since this is no margin that moves.
    None(Outcome),
    /// Nothing, since there is no input.
    NoInput,
    /// Nothing, since every tier that is served has a hit ratio of its own.
    NoFollower,
    /// They never lower it, whatever a hit costs: a hit is billed no cheaper than a miss.
    NeverLower,
    /// They raise it, whatever a hit costs.
    Raise,
    /// They do not raise it, whatever a hit costs.
    Lower,
    /// They raise it as long as κ is below this threshold inside 0 … 1, and lower it above.
    RaiseBelow(f64),
    /// They raise it for κ in these parts of 0 … 1 alone: a dearer hit makes prefill the longer phase.
    RaiseWithin([Option<(f64, f64)>; 2]),
}

/// What follows the hit ratio of all traffic: the input of the served tiers that have none of their own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Following {
    /// Its tokens per output token, ρ.
    pub(super) tokens: f64,
    /// A: what it brings with no hits less what it brings with hits alone, $ per M output tokens.
    pub(super) price_gap: f64,
}

impl Following {
    /// Both are linear in the hit ratio, so that its ends tell them.
    pub(super) fn of(scenario: &Scenario) -> Self {
        let free = scenario.free_tiers();
        let at = |hit_ratio: f64| {
            let economics = Economics::of(&scenario.moved(Global::HitRatio.into(), hit_ratio), free);
            economics.map_or((0.0, 0.0), |e| (e.hits, e.miss_revenue + e.hit_revenue))
        };
        let ((no_hits, without), (all_hits, with)) = (at(0.0), at(1.0));
        Self { tokens: all_hits - no_hits, price_gap: without - with }
    }
}

/// What does not depend on κ.
struct Setting {
    /// Input tokens per output token r̄, and those of them that are hits.
    input: f64,
    hits: f64,
    following: Following,
    /// Hit ratio of all traffic, and when the prefill rate was measured.
    h: f64,
    measured: f64,
    /// Overlap ω.
    overlap: f64,
    /// a·P·(1 − λ); `None` when prefill is absent.
    decode_in_prefill_tokens: Option<f64>,
    /// N: what everything served brings, $ per M output tokens.
    revenue: f64,
}

impl Setting {
    fn of(scenario: &Scenario, e: &Economics) -> Self {
        let value = |global: Global| scenario.get(global.into()).unwrap_or(0.0);
        let prefill = scenario.get(Global::Prefill.into());
        Self {
            input: e.input,
            hits: e.hits,
            following: Following::of(scenario),
            h: value(Global::HitRatio),
            measured: value(Global::MeasuredHitRatio),
            overlap: value(Global::Overlap),
            decode_in_prefill_tokens: prefill.map(|rate| e.decode_time * rate * (1.0 - e.batching_loss)),
            revenue: e.revenue_per_m_output(),
        }
    }

    /// `κ* = 1 − A·(a'P' + r̄) / (ρ·N + A·(a'P'·h0 + hits))`, with a' = a/(1−ω) where decode is the longer phase
    /// and a·(1−ω) where prefill is.
    ///
    /// Its limit where ω = 1 hides prefill altogether; −∞ when there is no prefill work to save.
    fn threshold(&self, prefill_is_longer: bool) -> f64 {
        let Some(decode) = self.decode_in_prefill_tokens else { return f64::NEG_INFINITY };
        let shown = 1.0 - self.overlap;
        if !prefill_is_longer && shown <= 0.0 {
            return 1.0 - 1.0 / self.measured;
        }
        let decode = if prefill_is_longer { decode * shown } else { decode / shown };
        let Following { tokens, price_gap } = self.following;
        let whole = tokens * self.revenue + price_gap * (decode * self.measured + self.hits);
        1.0 - price_gap * (decode + self.input) / whole
    }

    /// Whether prefill is the longer phase at work of a hit `kappa`, seen towards more hits.
    fn prefill_is_longer(&self, kappa: f64) -> bool {
        let saved = 1.0 - kappa;
        let prefill = self.input - self.hits * saved;
        let decode = self.decode_in_prefill_tokens.unwrap_or(f64::INFINITY) * (1.0 - self.measured * saved);
        if (prefill - decode).abs() <= KINK * decode { self.h >= 1.0 } else { prefill > decode }
    }

    /// κ at which prefill and decode take equal time, if it lies strictly inside 0 … 1.
    fn equal_phases(&self) -> Option<f64> {
        let decode = self.decode_in_prefill_tokens?;
        let kappa = 1.0 - (self.input - decode) / (self.hits - decode * self.measured);
        (kappa > 0.0 && kappa < 1.0).then_some(kappa)
    }

    /// The parts of 0 … 1 in which more hits raise the margin, joined where they touch.
    fn raising(&self) -> [Option<(f64, f64)>; 2] {
        let middle = self.equal_phases().unwrap_or(1.0);
        let part = |from: f64, to: f64| {
            let threshold = self.threshold(self.prefill_is_longer(0.5 * (from + to)));
            (from < to && threshold > from).then_some((from, threshold.min(to)))
        };
        match (part(0.0, middle), part(middle, 1.0)) {
            (Some((from, end)), Some((start, to))) if end >= start => [Some((from, to)), None],
            (None, second) => [second, None],
            both => both.into(),
        }
    }
}

/// κ* of the phase that is the longer one at present.
pub(super) fn threshold(scenario: &Scenario, e: &Economics) -> Option<f64> {
    let setting = Setting::of(scenario, e);
    let kappa = scenario.get(Global::HitWork.into()).unwrap_or(0.0);
    let threshold = setting.threshold(setting.prefill_is_longer(kappa));
    threshold.is_finite().then_some(threshold)
}

/// What more cache hits do here, for every work of a hit there could be, with P and h0 held.
pub(super) fn hit_effect(scenario: &Scenario) -> HitEffect {
    let economics = Economics::of(scenario, scenario.free_tiers());
    let outcome = Outcome::of_economics(&economics);
    let (Ok(e), Some(_)) = (economics, outcome.ratio()) else { return HitEffect::None(outcome) };
    let setting = Setting::of(scenario, &e);
    if setting.input <= 0.0 {
        return HitEffect::NoInput;
    }
    if setting.following.tokens <= 0.0 {
        return HitEffect::NoFollower;
    }
    if setting.following.price_gap <= 0.0 {
        return HitEffect::NeverLower;
    }
    match setting.raising() {
        [None, _] => HitEffect::Lower,
        [Some((from, to)), None] if from <= 0.0 && to >= 1.0 => HitEffect::Raise,
        [Some((from, to)), None] if from <= 0.0 => HitEffect::RaiseBelow(to),
        parts => HitEffect::RaiseWithin(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::cache_curves;
    use crate::analysis::scenarios::{day_six, realistic};
    use crate::model::{Edit, InputId, TierField};
    use proptest::prelude::*;

    fn with(edits: &[(Global, Option<f64>)]) -> Scenario {
        let edits: Vec<Edit> = edits.iter().map(|(global, value)| ((*global).into(), *value)).collect();
        day_six().with(&edits).expect("valid")
    }

    #[test]
    fn for_day_six_the_two_effects_cancel_at_a_third_of_a_misss_work() {
        let HitEffect::RaiseBelow(threshold) = hit_effect(&day_six()) else { panic!("a threshold") };
        assert!((threshold - 0.338).abs() < 5e-4, "{threshold}");
        assert_eq!(cache_curves(&day_six(), 0).threshold, Some(threshold));
        let slope = cache_curves(&with(&[(Global::HitWork, Some(threshold))]), 0).slope.value();
        assert!(slope.expect("defined").abs() < 1e-15);
    }

    #[test]
    fn the_odd_cases_are_said() {
        use Global::{Decode, Fee, GpuHour, InputPerOutput, Overlap, Prefill};
        assert_eq!(hit_effect(&with(&[(InputPerOutput, Some(0.0))])), HitEffect::NoInput);
        assert_eq!(hit_effect(&with(&[(Fee, Some(1.0))])), HitEffect::None(Outcome::NoRevenue));
        assert_eq!(hit_effect(&with(&[(GpuHour, Some(0.0))])), HitEffect::None(Outcome::NoCost));
        assert_eq!(hit_effect(&with(&[(Prefill, None)])), HitEffect::Lower);
        // Decode is the longer phase and hides prefill altogether.
        assert_eq!(hit_effect(&with(&[(Overlap, Some(1.0)), (Decode, Some(10_000.0))])), HitEffect::Lower);
        let dear_hits = day_six().moved(InputId::Tier(0, TierField::InputHit), 0.55);
        assert_eq!(hit_effect(&dear_hits), HitEffect::NeverLower);
    }

    proptest! {
        /// The threshold agrees with the sign of the slope at every work of a hit, not just the present one.
        #[test]
        fn hits_raise_the_margin_exactly_where_it_says(start in realistic(), kappa in 0.0..=1.0) {
            let scenario = start.moved(Global::HitWork.into(), kappa);
            let curves = cache_curves(&scenario, 0);
            let Some(slope) = curves.slope.value() else { return Ok(()) };
            // So close to flat, rounding decides the sign.
            let scale = 1.0 - curves.margin.unwrap_or(0.0);
            if slope.abs() <= 1e-9 * scale {
                return Ok(());
            }
            let raises = match hit_effect(&start) {
                HitEffect::None(Outcome::Undefined(_)) => return Ok(()),
                HitEffect::None(_) | HitEffect::NoInput | HitEffect::NoFollower | HitEffect::Lower => false,
                HitEffect::NeverLower | HitEffect::Raise => true,
                HitEffect::RaiseBelow(threshold) => kappa < threshold,
                HitEffect::RaiseWithin(parts) => {
                    parts.iter().flatten().any(|(from, to)| kappa > *from && kappa < *to)
                }
            };
            prop_assert_eq!(slope > 0.0, raises, "slope {} at κ {}: {:?}", slope, kappa, curves.effect);
        }

        /// The line from here to a little further is as steep as the slopes at its ends, or between them.
        #[test]
        fn the_slope_is_measured_too(start in realistic(), step in 1e-4..0.1) {
            let h = start.get(Global::HitRatio.into()).unwrap_or(0.0);
            if h + step >= 1.0 {
                return Ok(());
            }
            let further = start.moved(Global::HitRatio.into(), h + step);
            let (here, there) = (cache_curves(&start, 0), cache_curves(&further, 0));
            let (Some(first), Some(last)) = (here.slope.right, there.slope.left) else { return Ok(()) };
            let (Some(from), Some(to)) = (here.margin, there.margin) else { return Ok(()) };
            let measured = (to - from) / step;
            let rounding = 1e-12 * (1.0 - from).max(1.0 - to).max(1.0) / step;
            // With a kink on the way the line falls or rises on either side of it.
            let phase = |scenario: &Scenario| {
                Economics::of(scenario, scenario.free_tiers()).is_ok_and(|e| e.prefill_time > e.decode_time)
            };
            if phase(&start) != phase(&further) {
                return Ok(());
            }
            prop_assert!(measured >= first.min(last) - rounding && measured <= first.max(last) + rounding,
                "{} {} {}", first, measured, last);
        }
    }
}
