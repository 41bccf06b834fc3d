//! Tornado: how far each input alone swings the gross margin.

use serde::Serialize;

use super::inputs::{NoEffect, analysed_inputs, no_effect};
use crate::model::{FreeTiers, Global, InputId, InputName, Range, Scenario, gross_margin};

/// Margins closer than this are the same margin.
const SAME: f64 = 1e-12;
/// The factor of a default range: a value may be this much smaller or larger.
const FACTOR: f64 = 1.2;
/// The step of a default range of a share, in points.
const STEP: f64 = 0.20;

/// The swing of every analysed input.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tornado {
    /// Gross margin of the scenario itself; `None` when undefined.
    pub margin: Option<f64>,
    /// One row per analysed input.
    pub inputs: Vec<Swing>,
}

/// One input moved alone from the low to the high end of its range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Swing {
    /// The input.
    pub id: InputName,
    /// Its present value; `None` when absent.
    pub value: Option<f64>,
    /// Low end; `None` when it has no range.
    pub low: Option<f64>,
    /// High end.
    pub high: Option<f64>,
    /// Gross margin at the low end; `None` when undefined there.
    pub margin_low: Option<f64>,
    /// Gross margin at the high end; `None` when undefined there.
    pub margin_high: Option<f64>,
    /// |margin at high − margin at low|; `None` without a range or when an end is undefined.
    pub swing: Option<f64>,
    /// Whether the range is the default one rather than a 90 % range.
    pub default_range: bool,
    /// Why it cannot matter, if the scenario says so.
    #[serde(skip)]
    pub no_effect: Option<NoEffect>,
}

impl Swing {
    /// Whether the margin is undefined at exactly one end: the input can take away the margin altogether.
    pub fn loses_the_margin(&self) -> bool {
        self.low.is_some() && self.margin_low.is_some() != self.margin_high.is_some()
    }

    /// The swing for comparison: an undefined margin is below everything, so losing it swings without bound.
    fn size(&self) -> f64 {
        if self.loses_the_margin() { f64::INFINITY } else { self.swing.unwrap_or(-1.0) }
    }
}

/// Moves each analysed input alone over its 90 % range, or over a default range when `range` has none.
///
/// Rows are in table order; [`Tornado::ranked`] puts the largest swing first.
pub fn tornado(scenario: &Scenario, range: impl Fn(InputId) -> Option<Range>) -> Tornado {
    let free = scenario.free_tiers();
    let rows = analysed_inputs(scenario).map(|id| swing(scenario, free, id, range(id)));
    Tornado { margin: gross_margin(scenario, free), inputs: rows.collect() }
}

fn swing(scenario: &Scenario, free: FreeTiers, id: InputId, given: Option<Range>) -> Swing {
    let value = scenario.get(id);
    let range = value.and_then(|value| given.or_else(|| default_range(id, value)));
    let (margin_low, margin_high) = range.map_or((None, None), |range| {
        let mut there = *scenario;
        let mut margin = |end| {
            there.move_from(scenario, id, end);
            gross_margin(&there, free)
        };
        (margin(range.low()), margin(range.high()))
    });
    Swing {
        id: scenario.name(id),
        value,
        low: range.map(Range::low),
        high: range.map(Range::high),
        margin_low,
        margin_high,
        swing: margin_low.zip(margin_high).map(|(low, high)| {
            let swing = (high - low).abs();
            // Less is rounding.
            if swing <= SAME * low.abs().max(high.abs()).max(1.0) { 0.0 } else { swing }
        }),
        default_range: range.is_some() && given.is_none(),
        no_effect: no_effect(scenario, free, id),
    }
}

impl Tornado {
    /// The rows with the largest swing first; equal ones stay in table order.
    pub fn ranked(mut self) -> Self {
        self.inputs.sort_by(|a, b| b.size().total_cmp(&a.size()));
        self
    }

    /// The row of one input.
    pub fn of(&self, id: InputId) -> Option<&Swing> {
        self.inputs.iter().find(|row| row.id.input == id)
    }

    /// The largest swing there is; 0 when nothing swings. Undefined swings do not count.
    pub fn largest(&self) -> f64 {
        self.inputs.iter().filter_map(|row| row.swing).fold(0.0, f64::max)
    }
}

/// The range of an input that has none: value ÷ 1.2 … × 1.2, or ± 20 points for shares and overhead.
///
/// Cut to the domain. `None` when nothing is left, as for a price of 0.
pub fn default_range(id: InputId, value: f64) -> Option<Range> {
    let domain = id.domain();
    let (low, high) = if domain.is_share() || id == InputId::Global(Global::Overhead) {
        (value - STEP, value + STEP)
    } else {
        (value / FACTOR, value * FACTOR)
    };
    Range::new(low.clamp(domain.min, domain.max), high.clamp(domain.min, domain.max), domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::scenarios::day_six;
    use crate::model::TierField;

    fn row(tornado: &Tornado, id: impl Into<InputId>) -> Swing {
        *tornado.of(id.into()).expect("analysed")
    }

    #[test]
    fn a_given_range_counts_and_a_default_one_is_marked() {
        let start = day_six();
        let rent = Range::new(1.5, 3.0, Global::GpuHour.parameter().domain);
        let tornado = tornado(&start, |id| if id == Global::GpuHour.into() { rent } else { None });
        let rent = row(&tornado, Global::GpuHour);
        assert!(!rent.default_range);
        // 1 − c/R: the margin moves with the rent as 0.155 per 2 $.
        let share = 1.0 - tornado.margin.expect("defined");
        assert!((rent.swing.expect("defined") - share * 0.75).abs() < 1e-14);
        let decode = row(&tornado, Global::Decode);
        assert!(decode.default_range);
        assert_eq!((decode.low, decode.high), (Some(14_800.0 / 1.2), Some(14_800.0 * 1.2)));
    }

    #[test]
    fn a_share_moves_twenty_points_within_its_domain() {
        let tornado = tornado(&day_six(), |_| None);
        let utilization = row(&tornado, Global::Utilization);
        assert_eq!((utilization.low, utilization.high), (Some(0.8), Some(1.0)));
        let overhead = row(&tornado, Global::Overhead);
        assert_eq!((overhead.low, overhead.high), (Some(0.0), Some(0.2)));
    }

    #[test]
    fn what_cannot_matter_does_not_swing() {
        let tornado = tornado(&day_six(), |_| None);
        for row in tornado.inputs.iter().filter(|row| row.no_effect.is_some()) {
            assert!(matches!(row.swing, None | Some(0.0)), "{}", row.id);
        }
    }

    #[test]
    fn losing_the_margin_ranks_first_and_equal_swings_keep_table_order() {
        let start = day_six().moved(InputId::Tier(0, TierField::Discount), 0.9);
        let ranked = tornado(&start, |_| None).ranked();
        let first = ranked.inputs.first().expect("rows");
        assert_eq!(first.id.to_string(), "tier.r1.discount");
        assert!(first.loses_the_margin() && first.swing.is_none());
        let rank = |id: &str| ranked.inputs.iter().position(|row| row.id.to_string() == id);
        // All rates and the rent scale one ratio, and all three rows of own costs are nothing.
        assert!(rank("node.capex") < rank("node.life") && rank("node.life") < rank("node.energy"));
    }

    #[test]
    fn ids_are_written_as_text() {
        let json = serde_json::to_value(tornado(&day_six(), |_| None)).expect("serialises");
        assert_eq!(json["inputs"][0]["id"], "node.gpu_hour");
        let keys: Vec<&String> = json["inputs"][0].as_object().expect("an object").keys().collect();
        let expected = ["id", "value", "low", "high", "margin_low", "margin_high", "swing", "default_range"];
        assert_eq!(keys, expected);
    }
}
