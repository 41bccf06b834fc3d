//! Cache curves: what more cache hits do to the margin, taken apart into work and price.

use serde::Serialize;

use super::hit_effect::{Following, HitEffect, KINK, hit_effect, threshold};
use crate::model::{Economics, Global, Scenario};

/// Gross margin against the cache-hit ratio: the effects of price and work alone, and both together.
///
/// The three lines meet at the present point. κ, the work of a hit, is never changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CacheCurves {
    /// Present hit ratio.
    pub hit_ratio: f64,
    /// Work of a hit, κ.
    pub hit_work: f64,
    /// Present gross margin; `None` when undefined.
    pub margin: Option<f64>,
    /// Slope of the net line at the present point.
    pub slope: Slope,
    /// What more hits do here.
    pub effect: HitEffect,
    /// Whether more hits save node time here: not without a prefill rate, nor where decode hides prefill.
    pub saves_time: bool,
    /// κ* of the phase that is the longer one now: below it more hits raise the margin.
    ///
    /// `None` where the formula has no meaning; outside 0 … 1 it says "whatever a hit costs". For the sentence
    /// use [`effect`](Self::effect), which also knows when another κ would make the other phase the longer one.
    pub threshold: Option<f64>,
    /// The lines, from hit ratio 0 to 1.
    pub points: Vec<CachePoint>,
}

/// The three lines at one hit ratio.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CachePoint {
    /// Hit ratio.
    pub hit_ratio: f64,
    /// Gross margin with the prefill work per input token held at today's value.
    pub price_effect: Option<f64>,
    /// Gross margin with the blended input price held at today's value.
    pub work_effect: Option<f64>,
    /// Gross margin with both moving.
    pub net: Option<f64>,
}

/// Margin points per point of hit ratio, to either side of the present point.
///
/// The sides differ where prefill and decode take equal time; at an end of 0 … 1 there is one side.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Slope {
    /// Coming from fewer hits; `None` at hit ratio 0 or without a margin.
    pub left: Option<f64>,
    /// Going on to more hits; `None` at hit ratio 1 or without a margin.
    pub right: Option<f64>,
}

impl Slope {
    /// The slope towards more hits, or the only one there is.
    pub fn value(&self) -> Option<f64> {
        self.right.or(self.left)
    }

    /// Whether the two sides differ.
    pub fn has_kink(&self) -> bool {
        self.left.zip(self.right).is_some_and(|(left, right)| left != right)
    }
}

/// Draws the cache curves with `count` points from hit ratio 0 to 1.
pub fn cache_curves(scenario: &Scenario, count: usize) -> CacheCurves {
    let free = scenario.free_tiers();
    let present = Economics::of(scenario, free).ok();
    let margin = |economics: &Economics| {
        let margin = 1.0 - economics.cost / economics.revenue();
        margin.is_finite().then_some(margin)
    };
    let last = count.saturating_sub(1).max(1) as f64;
    let mut there = *scenario;
    let point = |index: usize| {
        let hit_ratio = index as f64 / last;
        there.move_from(scenario, Global::HitRatio.into(), hit_ratio);
        let moved = Economics::of(&there, free).ok();
        let (net, price_effect, work_effect) = match (present, moved) {
            (Some(present), Some(moved)) => (
                margin(&moved),
                margin(&with_prices_of(present, moved)),
                margin(&with_prices_of(moved, present)),
            ),
            _ => (None, None, None),
        };
        CachePoint { hit_ratio, price_effect, work_effect, net }
    };
    let value = |global: Global| scenario.get(global.into()).unwrap_or(0.0);
    CacheCurves {
        hit_ratio: value(Global::HitRatio),
        hit_work: value(Global::HitWork),
        margin: present.and_then(|economics| margin(&economics)),
        slope: present.map_or(Slope { left: None, right: None }, |economics| slope(scenario, &economics)),
        effect: hit_effect(scenario),
        saves_time: present.is_some_and(|economics| saves_time(scenario, &economics)),
        threshold: present.and_then(|economics| threshold(scenario, &economics)),
        points: (0..count).map(point).collect(),
    }
}

/// The work of one, and what input brings of the other.
const fn with_prices_of(work: Economics, prices: Economics) -> Economics {
    let Economics { miss_revenue, hit_revenue, .. } = prices;
    Economics { miss_revenue, hit_revenue, ..work }
}

/// Whether more hits make the busy time shorter, at some work of a hit at least.
fn saves_time(scenario: &Scenario, e: &Economics) -> bool {
    let hidden = scenario.get(Global::Overlap.into()) == Some(1.0) && e.prefill_time < e.decode_time;
    e.miss_work > 0.0 && !hidden
}

/// `d margin/dh = c/R · ( −A/N + ρ·m·(1−κ)/τ )`, the last term times 1 − ω where prefill is the shorter phase.
fn slope(scenario: &Scenario, e: &Economics) -> Slope {
    let value = |global: Global| scenario.get(global.into()).unwrap_or(0.0);
    let h = value(Global::HitRatio);
    let following = Following::of(scenario);
    let price = -following.price_gap / e.revenue_per_m_output();
    let work = following.tokens * e.miss_work * (1.0 - value(Global::HitWork)) / e.busy_time;
    let hidden = 1.0 - value(Global::Overlap);
    let side = |prefill_is_longer: bool| {
        let slope = e.cost / e.revenue() * (price + if prefill_is_longer { work } else { hidden * work });
        slope.is_finite().then_some(slope)
    };
    // More hits shorten prefill: at a kink it is the longer phase before and the shorter one after.
    let kink = (e.prefill_time - e.decode_time).abs() <= KINK * e.decode_time;
    let longer = e.prefill_time > e.decode_time;
    Slope {
        left: if h > 0.0 { side(longer || kink) } else { None },
        right: if h < 1.0 { side(longer && !kink) } else { None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::scenarios::day_six;
    use crate::model::gross_margin;

    #[test]
    fn the_three_lines_meet_at_the_present_point() {
        let start = day_six();
        // 0.5625 is the tenth of seventeen points.
        let curves = cache_curves(&start, 17);
        let present = curves.points[9];
        assert_eq!(present.hit_ratio, 0.5625);
        assert!(curves.margin.is_some());
        assert_eq!(
            (present.net, present.price_effect, present.work_effect),
            (curves.margin, curves.margin, curves.margin)
        );
        for point in &curves.points {
            let moved = start.moved(Global::HitRatio.into(), point.hit_ratio);
            assert_eq!(point.net, gross_margin(&moved, start.free_tiers()));
        }
    }

    #[test]
    fn for_day_six_hits_lower_the_price_and_lower_the_work() {
        let points = cache_curves(&day_six(), 3).points;
        let falls = |line: fn(&CachePoint) -> Option<f64>| line(&points[0]) > line(&points[2]);
        assert!(falls(|point| point.price_effect));
        assert!(!falls(|point| point.work_effect));
    }

    #[test]
    fn the_slope_is_that_of_the_net_line() {
        let start = day_six();
        let slope = cache_curves(&start, 0).slope;
        let at = |h: f64| {
            gross_margin(&start.moved(Global::HitRatio.into(), h), start.free_tiers()).expect("defined")
        };
        let measured = (at(0.5625 + 1e-5) - at(0.5625 - 1e-5)) / 2e-5;
        assert!((slope.value().expect("defined") - measured).abs() < 1e-9, "{slope:?} {measured}");
        assert!(!slope.has_kink());
    }

    #[test]
    fn at_a_kink_and_at_an_end_the_slope_has_sides() {
        use Global::{Decode, InputPerOutput, Overlap, Prefill};
        let edits = [(Overlap, 1.0), (Prefill, 75_000.0), (Decode, 15_000.0), (InputPerOutput, 5.0)];
        let edits = edits.map(|(global, value)| (global.into(), Some(value)));
        let slope = cache_curves(&day_six().with(&edits).expect("valid"), 0).slope;
        assert!(slope.has_kink() && slope.left > slope.right, "{slope:?}");
        let end = cache_curves(&day_six().moved(Global::HitRatio.into(), 1.0), 0).slope;
        assert!(end.left.is_some() && end.right.is_none());
    }

    #[test]
    fn without_revenue_there_is_nothing_to_draw() {
        let gift = day_six().moved(Global::Fee.into(), 1.0);
        let curves = cache_curves(&gift, 2);
        assert_eq!((curves.margin, curves.slope.value()), (None, None));
        assert!(curves.points.iter().all(|point| point.net.is_none()));
    }
}
