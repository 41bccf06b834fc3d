//! Break-even: where each input alone brings the gross margin to the target.

use serde::Serialize;

use super::inputs::{NoEffect, analysed_inputs, no_effect};
use super::verdict::Verdict;
use crate::model::{FreeTiers, InputId, InputName, Scenario, gross_margin};

mod distance;
mod line;
mod radius;

pub use distance::Distance;
use distance::Measure;
use line::Line;
pub use radius::{Radius, RadiusShare};

/// Values of ln(R/c), and margins relative to their size, closer than this are the same: what differs is rounding.
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
    /// The factor of [`radius`](Self::radius).
    pub robustness: Option<f64>,
    /// How much worse everything may be at once; `None` without revenue or cost.
    #[serde(skip)]
    pub radius: Option<Radius>,
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
    /// How far the nearest solution is, as a factor of at least 1; `None` where it is infinite or told in points.
    pub factor: Option<f64>,
    /// How far the nearest solution is, as a fraction, where the input does not multiply.
    pub points: Option<f64>,
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
    /// How far each solution is, in their order.
    #[serde(skip)]
    pub distances: Vec<Distance>,
    /// A value on the other side of the target and the margin there, where the margin jumps past it or ends.
    #[serde(skip)]
    pub past: Option<(f64, Option<f64>)>,
    /// The nearest value at which the margin jumps past the target or ends, where that is nearer than a solution.
    #[serde(skip)]
    pub jump: Option<(f64, Distance)>,
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

    /// How far the nearest solution is.
    pub fn distance(&self) -> Option<Distance> {
        self.distances.iter().copied().min_by(|a, b| a.order(*b))
    }
}

impl BreakEvens {
    /// Every solution with how far it is, the nearest first; those that are as far as each other in table order.
    pub fn nearest_first(&self) -> Vec<(usize, f64, Distance)> {
        let of_entry = |(index, entry): (usize, &BreakEven)| {
            let solutions = entry.solutions.iter().copied().zip(entry.distances.iter().copied());
            solutions.map(move |(solution, distance)| (index, solution, distance)).collect::<Vec<_>>()
        };
        let mut rows: Vec<_> = self.inputs.iter().enumerate().flat_map(of_entry).collect();
        rows.sort_by(|(.., a), (.., b)| a.order(*b));
        for tied in rows.chunk_by_mut(|(.., a), (.., b)| a.ties(*b)) {
            tied.sort_by_key(|(index, ..)| *index);
        }
        rows
    }
}

/// Finds the break-even of every analysed input for a target below 1.
pub fn break_evens(scenario: &Scenario, target: f64) -> BreakEvens {
    let free = scenario.free_tiers();
    let verdict = Verdict::of(scenario, free, target);
    let radius = Radius::of(scenario, free, target);
    BreakEvens {
        target,
        margin: verdict.margin,
        inputs: analysed_inputs(scenario).map(|id| solve(scenario, free, id, target)).collect(),
        robustness: radius.map(|radius| radius.factor),
        radius,
        verdict,
    }
}

/// Finds the break-even of one input, which may be any that is not a toggle or a whole count.
pub fn break_even(scenario: &Scenario, id: InputId, target: f64) -> BreakEven {
    solve(scenario, scenario.free_tiers(), id, target)
}

fn solve(scenario: &Scenario, free: FreeTiers, id: InputId, target: f64) -> BreakEven {
    let value = scenario.get(id);
    let unreachable = BreakEven {
        id: scenario.name(id),
        value,
        solutions: Vec::new(),
        factor: None,
        points: None,
        reachable: false,
        why: Some(Why::Unreachable),
        best: None,
        at: None,
        no_effect: None,
        distances: Vec::new(),
        past: None,
        jump: None,
    };
    let idle = |reason, at: Option<f64>, margin: Option<f64>| {
        let any = margin == Some(target);
        let why = Some(if any { Why::Any } else { Why::NoEffect });
        BreakEven { reachable: any, why, best: margin, at, no_effect: Some(reason), ..unreachable.clone() }
    };
    if let Some(reason) = no_effect(scenario, free, id) {
        return idle(reason, value, gross_margin(scenario, free));
    }
    let line = Line::new(scenario, free, id, target);
    let pieces = line.pieces();
    let measure = Measure::of(scenario, free, id);
    let distance = |value_there: f64| measure.distance(value.unwrap_or(value_there), value_there);
    let nearest = |values: &[f64]| values.iter().copied().min_by(|a, b| distance(*a).order(distance(*b)));
    let jump = nearest(&line.overturned_ends(&pieces)).map(|end| (end, distance(end)));
    let mut candidates: Vec<f64> = value.into_iter().collect();
    candidates.extend(pieces.iter().flat_map(|piece| line.samples(*piece)));
    let margins: Vec<(f64, f64)> =
        candidates.iter().filter_map(|value| Some((*value, line.margin(*value)?))).collect();
    if is_constant(candidates.iter().filter_map(|value| line.ln_ratio(*value))) {
        let (at, margin) = margins.first().copied().unzip();
        // From no margin at all to one and the same margin elsewhere is an effect, though not a way to the target.
        let gains = margin.is_some() && margin != Some(target) && gross_margin(scenario, free).is_none();
        if gains {
            return BreakEven { best: margin, at, past: line.past(&candidates), jump, ..unreachable };
        }
        return BreakEven {
            past: line.past(&candidates),
            jump,
            ..idle(NoEffect::ConstantMargin, at, margin)
        };
    }
    let solutions = line.roots(&pieces, value, distance);
    if let Some(nearest) = nearest(&solutions) {
        let nearer =
            |(_, end): &(f64, Distance)| end.order(distance(nearest)).is_lt() && !end.ties(distance(nearest));
        return BreakEven {
            jump: jump.filter(nearer),
            factor: distance(nearest).factor(),
            points: distance(nearest).points(),
            reachable: true,
            why: None,
            best: Some(target),
            at: Some(nearest),
            distances: solutions.iter().copied().map(distance).collect(),
            solutions,
            ..unreachable
        };
    }
    // The present value comes first and stands unless another is nearer by more than rounding.
    let gap = |margin: f64| (margin - target).abs();
    let best = margins.iter().copied().reduce(|best, other| {
        let rounding = SAME * best.1.abs().max(1.0);
        if gap(other.1) < gap(best.1) - rounding { other } else { best }
    });
    let (at, best) = best.unzip();
    BreakEven { best, at, past: line.past(&candidates), jump, ..unreachable }
}

/// Whether ln(R/c) is the same wherever there is revenue and cost, or there is nowhere.
fn is_constant(ratios: impl Iterator<Item = f64>) -> bool {
    let (low, high) = ratios
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), ratio| (low.min(ratio), high.max(ratio)));
    // Without cost, or without revenue, everywhere both are the same infinity.
    low >= high || high - low < SAME
}

#[cfg(test)]
mod tests;
