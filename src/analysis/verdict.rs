//! The verdict: what revenue comes to against cost, and whether the gross margin is above the target.

use serde::Serialize;

use crate::model::{Economics, FreeTiers, Output, Outputs, Scenario, Undefined, raw_margin};

/// What revenue comes to against cost.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Revenue is this many times the cost: above 0.
    Ratio(f64),
    /// Serving costs something and brings in nothing.
    NoRevenue,
    /// Serving costs nothing and brings in something.
    NoCost,
    /// Serving costs nothing and brings in nothing.
    Nothing,
    /// Nothing can be computed.
    Undefined(Undefined),
}

impl Outcome {
    /// The outcome of a scenario.
    pub fn of(outputs: &Outputs) -> Self {
        let figure = |output| outputs.get(output).unwrap_or(0.0);
        match outputs.undefined() {
            Some(reason) => Self::Undefined(reason),
            None => Self::between(figure(Output::RevenuePerNodeSecond), figure(Output::CostPerNodeSecond)),
        }
    }

    /// The outcome of worked-out equations.
    pub(super) fn of_economics(economics: &Result<Economics, Undefined>) -> Self {
        match economics {
            Ok(economics) => Self::between(economics.revenue(), economics.cost),
            Err(reason) => Self::Undefined(*reason),
        }
    }

    /// What is too small to divide by is nothing.
    fn between(revenue: f64, cost: f64) -> Self {
        match (revenue > 0.0 && (cost / revenue).is_finite(), cost > 0.0 && (revenue / cost).is_finite()) {
            (true, true) => Self::Ratio(revenue / cost),
            (true, false) => Self::NoCost,
            (false, _) if cost > 0.0 => Self::NoRevenue,
            (false, _) => Self::Nothing,
        }
    }

    /// Revenue over cost; `None` where either is nothing.
    pub const fn ratio(self) -> Option<f64> {
        match self {
            Self::Ratio(ratio) => Some(ratio),
            _ => None,
        }
    }
}

/// A gross margin held against a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Gross margin; `None` when it is undefined, which counts as below everything.
    pub margin: Option<f64>,
    /// What it is held against: below 1.
    pub target: f64,
    /// What lies behind the margin, or why there is none.
    pub outcome: Outcome,
}

impl Verdict {
    /// The verdict on a scenario.
    pub fn of(scenario: &Scenario, free: FreeTiers, target: f64) -> Self {
        Self::of_economics(&Economics::of(scenario, free), target)
    }

    /// The verdict on worked-out equations.
    pub(super) fn of_economics(economics: &Result<Economics, Undefined>, target: f64) -> Self {
        let margin = economics.as_ref().ok().map(raw_margin).filter(|margin| margin.is_finite());
        Self { margin, target, outcome: Outcome::of_economics(economics) }
    }

    /// Whether the margin is above the target.
    pub fn is_above(&self) -> bool {
        is_above(self.margin, self.target)
    }

    /// Whether the margin is exactly the target, which is not above it.
    pub fn is_on(&self) -> bool {
        self.margin == Some(self.target)
    }
}

/// Whether a margin is above the target; an undefined one is below everything.
pub(super) fn is_above(margin: Option<f64>, target: f64) -> bool {
    margin.is_some_and(|margin| margin > target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::scenarios::day_six;
    use crate::model::{Global, InputId, TierField};

    #[test]
    fn a_margin_on_the_target_is_not_above_it() {
        let scenario = day_six();
        let margin = Verdict::of(&scenario, scenario.free_tiers(), 0.0).margin.expect("defined");
        let verdict = Verdict::of(&scenario, scenario.free_tiers(), margin);
        assert!(verdict.is_on() && !verdict.is_above());
    }

    #[test]
    fn a_gift_earns_nothing_and_a_node_for_nothing_costs_nothing() {
        let start = day_six();
        let outcome = |scenario: &Scenario| Verdict::of(scenario, start.free_tiers(), 0.0).outcome;
        let gift = start.moved(InputId::Tier(0, TierField::Discount), 1.0);
        assert_eq!(outcome(&gift), Outcome::NoRevenue);
        assert_eq!(outcome(&start.moved(Global::GpuHour.into(), 0.0)), Outcome::NoCost);
        assert_eq!(outcome(&gift.moved(Global::GpuHour.into(), 0.0)), Outcome::Nothing);
        assert!((outcome(&start).ratio().expect("both") - 6.452345374181476).abs() < 1e-12);
    }
}
