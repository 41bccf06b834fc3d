//! Break-even: where each input alone brings the gross margin to the target.

use serde::Serialize;

use super::inputs::{NoEffect, analysed_inputs, no_effect};
use super::verdict::Verdict;
use crate::model::{Economics, FreeTiers, InputId, InputName, Scenario, gross_margin};

mod line;

use line::Line;

/// Margins closer than this are the same margin: what differs is rounding.
const SAME: f64 = 1e-12;

/// The break-even of every analysed input, and how much worse all could be at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreakEvens {
    /// The gross margin that counts as even.
    pub target: f64,
    /// The scenario's gross margin; `None` when undefined.
    pub margin: Option<f64>,
    /// One entry per analysed input, in table order.
    pub inputs: Vec<BreakEven>,
    /// The factor by which GPU-hour, both rates, all prices and the paying share may be worse at once.
    ///
    /// Below 1 they must all be better by its inverse. `None` without revenue or cost.
    pub robustness: Option<f64>,
    /// Where the margin stands.
    #[serde(skip)]
    pub verdict: Verdict,
}

/// Where one input alone brings the gross margin to the target.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreakEven {
    /// The input.
    pub id: InputName,
    /// Its present value; `None` when absent.
    pub value: Option<f64>,
    /// The values of its domain at which the margin equals the target: ascending, two at most.
    pub solutions: Vec<f64>,
    /// Whether some value brings the margin to the target.
    pub reachable: bool,
    /// Why there is no solution.
    pub why: Option<Why>,
    /// The margin nearest the target anywhere in the domain; `None` when it is undefined everywhere.
    pub best: Option<f64>,
    /// The value at which that is; the solution nearest the present value when there is one.
    pub at: Option<f64>,
    /// Why it has no effect, if it has none.
    #[serde(skip)]
    pub no_effect: Option<NoEffect>,
}

/// Why an input has no break-even.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Why {
    /// No value of the domain brings the margin to the target.
    #[serde(rename = "unreachable")]
    Unreachable,
    /// The margin does not depend on it.
    #[serde(rename = "no effect")]
    NoEffect,
    /// The margin equals the target whatever the value.
    #[serde(rename = "any")]
    Any,
}

impl BreakEven {
    /// The solution that is nearest the present value.
    pub fn nearest(&self) -> Option<f64> {
        self.at.filter(|_| !self.solutions.is_empty())
    }

    /// The nearest solution as a factor on the present value; `None` when either is 0.
    pub fn factor(&self) -> Option<f64> {
        let factor = self.nearest()? / self.value?;
        (factor.is_finite() && factor > 0.0).then_some(factor)
    }

    /// How far the nearest solution is from the present value, in the input's unit.
    pub fn difference(&self) -> Option<f64> {
        Some(self.nearest()? - self.value?)
    }
}

/// Finds the break-even of every analysed input for a target below 1.
pub fn break_evens(scenario: &Scenario, target: f64) -> BreakEvens {
    let free = scenario.free_tiers();
    BreakEvens {
        target,
        margin: gross_margin(scenario, free),
        inputs: analysed_inputs(scenario).map(|id| solve(scenario, free, id, target)).collect(),
        robustness: robustness(scenario, free, target),
        verdict: Verdict::of(scenario, free, target),
    }
}

/// Finds the break-even of one input, which may be any that is not a toggle or a whole count.
pub fn break_even(scenario: &Scenario, id: InputId, target: f64) -> BreakEven {
    solve(scenario, scenario.free_tiers(), id, target)
}

fn solve(scenario: &Scenario, free: FreeTiers, id: InputId, target: f64) -> BreakEven {
    let value = scenario.get(id);
    let answer = |solutions: Vec<f64>, why: Option<Why>, best, at, no_effect| BreakEven {
        id: scenario.name(id),
        value,
        reachable: why.is_none() || why == Some(Why::Any),
        solutions,
        why,
        best,
        at,
        no_effect,
    };
    let idle = |reason, at: Option<f64>, margin: Option<f64>| {
        let why = if margin == Some(target) { Why::Any } else { Why::NoEffect };
        answer(Vec::new(), Some(why), margin, at, Some(reason))
    };
    if let Some(reason) = no_effect(scenario, free, id) {
        return idle(reason, value, gross_margin(scenario, free));
    }
    let line = Line::new(scenario, free, id, target);
    let pieces = line.pieces();
    let mut candidates: Vec<f64> = value.into_iter().collect();
    candidates.extend(pieces.iter().flat_map(|piece| line.samples(*piece)));
    let margins: Vec<(f64, f64)> =
        candidates.into_iter().filter_map(|value| Some((value, line.margin(value)?))).collect();
    if is_constant(&margins) {
        let (at, margin) = margins.first().copied().unzip();
        // From no margin at all to one and the same margin elsewhere is an effect, though not a way to the target.
        let gains = margin.is_some() && margin != Some(target) && gross_margin(scenario, free).is_none();
        if gains {
            return answer(Vec::new(), Some(Why::Unreachable), margin, at, None);
        }
        return idle(NoEffect::ConstantMargin, at, margin);
    }
    let solutions = line.roots(&pieces, value);
    if let Some(nearest) = nearest(id, &solutions, value) {
        return answer(solutions, None, Some(target), Some(nearest), None);
    }
    // The present value comes first and stands unless another is nearer by more than rounding.
    let gap = |margin: f64| (margin - target).abs();
    let best = margins.into_iter().reduce(|best, other| {
        let rounding = SAME * best.1.abs().max(1.0);
        if gap(other.1) < gap(best.1) - rounding { other } else { best }
    });
    let (at, best) = best.unzip();
    answer(solutions, Some(Why::Unreachable), best, at, None)
}

/// Whether the margin is the same wherever it is defined, or defined nowhere.
fn is_constant(margins: &[(f64, f64)]) -> bool {
    let margins = || margins.iter().map(|(_, margin)| *margin);
    let low = margins().fold(f64::INFINITY, f64::min);
    let high = margins().fold(f64::NEG_INFINITY, f64::max);
    high - low <= SAME * low.abs().max(high.abs()).max(1.0)
}

/// The solution nearest the present value, as the slider measures distance.
fn nearest(id: InputId, solutions: &[f64], value: Option<f64>) -> Option<f64> {
    let log = id.parameter().scale.is_log();
    let distance = |solution: f64| match value {
        Some(value) if log && value > 0.0 => {
            if solution > value {
                solution / value
            } else {
                value / solution
            }
        }
        Some(value) => (solution - value).abs(),
        None => solution,
    };
    solutions.iter().copied().min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
}

/// `k = (R/c · (1 − m))^(1/4)`: GPU-hour dearer, rates, prices and paying share lower, each by the factor k.
fn robustness(scenario: &Scenario, free: FreeTiers, target: f64) -> Option<f64> {
    let economics = Economics::of(scenario, free).ok()?;
    let multiple = economics.revenue() / economics.cost;
    let factor = (multiple * (1.0 - target)).sqrt().sqrt();
    (factor.is_finite() && factor > 0.0).then_some(factor)
}

#[cfg(test)]
mod tests;
