//! The verdict: whether the gross margin is above the target.

use crate::model::{FreeTiers, Output, Scenario, Undefined, evaluate_with};

/// Where a gross margin stands against a target, with the reason when there is no margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Above the target.
    Above,
    /// Exactly on it, which is not above.
    On,
    /// Below the target.
    Below,
    /// Nothing is earned, so there is no margin; counts as below.
    NoRevenue,
    /// Nothing can be computed; counts as below.
    Undefined(Undefined),
}

/// A gross margin judged against a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Gross margin; `None` when it is undefined.
    pub margin: Option<f64>,
    /// What it is held against: below 1.
    pub target: f64,
    /// How it compares.
    pub standing: Standing,
    /// Whether serving costs nothing, so that the margin is 1 whatever is earned.
    pub costs_nothing: bool,
}

impl Verdict {
    /// Judges a scenario.
    pub fn of(scenario: &Scenario, free: FreeTiers, target: f64) -> Self {
        let outputs = evaluate_with(scenario, free);
        let margin = outputs.get(Output::GrossMargin);
        let standing = match (outputs.undefined(), margin) {
            (Some(reason), _) => Standing::Undefined(reason),
            (None, None) => Standing::NoRevenue,
            (None, Some(margin)) if margin > target => Standing::Above,
            (None, Some(margin)) if margin == target => Standing::On,
            (None, Some(_)) => Standing::Below,
        };
        let costs_nothing = outputs.get(Output::CostPerNodeSecond) == Some(0.0);
        Self { margin, target, standing, costs_nothing }
    }

    /// Whether the margin is above the target.
    pub fn is_above(&self) -> bool {
        self.standing == Standing::Above
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
        assert_eq!(verdict.standing, Standing::On);
        assert!(!verdict.is_above());
    }

    #[test]
    fn a_gift_earns_nothing_and_a_node_for_nothing_costs_nothing() {
        let start = day_six();
        let gift = start.moved(InputId::Tier(0, TierField::Discount), 1.0);
        assert_eq!(Verdict::of(&gift, start.free_tiers(), 0.0).standing, Standing::NoRevenue);
        let found = start.moved(Global::GpuHour.into(), 0.0);
        assert!(Verdict::of(&found, start.free_tiers(), 0.0).costs_nothing);
    }
}
