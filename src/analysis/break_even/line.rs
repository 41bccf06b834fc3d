//! The gross margin along one input: its monotone pieces, and the values at which it meets the target.
//!
//! Every domain lies above or at 0, where the bits of a float are in the order of its value. Searching on the
//! bits finds a value to the last digit in 64 steps and needs no tolerance.

use std::cell::RefCell;

use super::distance::Distance;
use crate::analysis::verdict::is_above;
use crate::model::{Economics, FreeTiers, InputId, Scenario, gross_margin};

/// The margin's distance from the target along one input, with everything else as in the scenario.
pub(super) struct Line<'a> {
    scenario: &'a Scenario,
    /// The same with the value that was asked for last: a search asks for thousands.
    there: RefCell<Scenario>,
    free: FreeTiers,
    id: InputId,
    target: f64,
}

/// A stretch of the domain on which the margin is monotone and continuous: the bits of its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    first: u64,
    last: u64,
}

/// What may change the equations along the way.
#[derive(Clone, Copy, PartialEq)]
struct Regime {
    /// Whether prefill is the longer phase: the margin has a kink where that changes.
    prefill_is_longer: bool,
    /// The batching loss in force: the margin jumps where that changes.
    batching_loss: f64,
}

impl<'a> Line<'a> {
    pub(super) const fn new(scenario: &'a Scenario, free: FreeTiers, id: InputId, target: f64) -> Self {
        Self { scenario, there: RefCell::new(*scenario), free, id, target }
    }

    /// Works the scenario out with another value.
    fn at<T>(&self, value: f64, work_out: impl Fn(&Scenario, FreeTiers) -> T) -> T {
        let mut there = self.there.borrow_mut();
        there.move_from(self.scenario, self.id, value);
        work_out(&there, self.free)
    }

    fn economics(&self, bits: u64) -> Option<Economics> {
        self.at(f64::from_bits(bits), Economics::of).ok()
    }

    fn regime(&self, bits: u64) -> Option<Regime> {
        self.economics(bits).map(|economics| Regime {
            prefill_is_longer: economics.prefill_time > economics.decode_time,
            batching_loss: economics.batching_loss,
        })
    }

    /// The gross margin at a value of the domain.
    pub(super) fn margin(&self, value: f64) -> Option<f64> {
        self.at(value, gross_margin)
    }

    /// Margin less target; −∞ where the margin is undefined.
    fn gap(&self, bits: u64) -> f64 {
        self.margin(f64::from_bits(bits)).map_or(f64::NEG_INFINITY, |margin| margin - self.target)
    }

    /// The pieces of the domain where something can be computed, in ascending order.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let domain = self.id.domain();
        let (first, last) = (domain.min.to_bits(), domain.max.to_bits());
        // Only at the very ends can a tier's traffic vanish, and with it the batching loss or all service.
        let mut pieces = Vec::with_capacity(4);
        let inner = self.defined(first + 1, last - 1);
        let joined = |end: u64, neighbour: u64| match (self.regime(end), self.regime(neighbour)) {
            (Some(at_end), Some(beside)) if at_end == beside => Some(true),
            (Some(_), _) => Some(false),
            (None, _) => None,
        };
        let at_first = joined(first, first + 1);
        let at_last = joined(last, last - 1);
        if at_first == Some(false) {
            pieces.push(Piece { first, last: first });
        }
        if let Some(inner) = inner {
            let from = if at_first == Some(true) { first } else { inner.first };
            let to = if at_last == Some(true) { last } else { inner.last };
            let kind = |bits| self.regime(bits).map(|regime| regime.prefill_is_longer);
            let kind_at_start = kind(inner.first);
            if kind_at_start == kind(inner.last) {
                pieces.push(Piece { first: from, last: to });
            } else {
                // The pieces share the value before the kink, so that nothing is lost between them.
                let kink = first_without(inner.first, inner.last, |bits| kind(bits) == kind_at_start);
                pieces.push(Piece { first: from, last: kink - 1 });
                pieces.push(Piece { first: kink - 1, last: to });
            }
        }
        if at_last == Some(false) {
            pieces.push(Piece { first: last, last });
        }
        pieces
    }

    /// The part of `first … last` where something can be computed; it reaches one of the ends.
    fn defined(&self, first: u64, last: u64) -> Option<Piece> {
        let defined = |bits| self.regime(bits).is_some();
        match (defined(first), defined(last)) {
            (true, true) => Some(Piece { first, last }),
            (true, false) => Some(Piece { first, last: first_without(first, last, defined) - 1 }),
            (false, true) => Some(Piece { first: first_without(first, last, |bits| !defined(bits)), last }),
            (false, false) => None,
        }
    }

    /// Values of a piece that have its extremes among them, and show whether it is level.
    pub(super) fn samples(&self, piece: Piece) -> Vec<f64> {
        let piece = self.earning(piece);
        let (first, last) = (f64::from_bits(piece.first), f64::from_bits(piece.last));
        let middle = 0.5 * (first + last);
        if self.margin(first) == self.margin(last) {
            // Level: the middle stands for all of it, rather than some number beside 0.
            return vec![middle];
        }
        // Prices span so much that beyond the middle by value the margin may hardly move any more.
        let middle_by_order = f64::from_bits(piece.first + (piece.last - piece.first) / 2);
        vec![first, middle_by_order, middle, last]
    }

    /// The part of a piece in which there is a margin: revenue may vanish towards one end.
    fn earning(&self, piece: Piece) -> Piece {
        let earns = |bits| self.margin(f64::from_bits(bits)).is_some();
        let Piece { first, last } = piece;
        match (earns(first), earns(last)) {
            (true, false) => Piece { first, last: first_without(first, last, earns) - 1 },
            (false, true) => Piece { first: first_without(first, last, |bits| !earns(bits)), last },
            _ => piece,
        }
    }

    /// ln(R/c) at a value of the domain; infinite without cost, `None` without revenue.
    pub(super) fn ln_ratio(&self, value: f64) -> Option<f64> {
        let economics = self.economics(value.to_bits())?;
        let ratio = libm::log(economics.revenue() / economics.cost);
        (ratio > f64::NEG_INFINITY).then_some(ratio)
    }

    /// The ends of pieces that lie on the other side of the target: where the margin jumps, they tell.
    pub(super) fn overturned_ends(&self, pieces: &[Piece]) -> Vec<f64> {
        let holds = is_above(gross_margin(self.scenario, self.free), self.target);
        let domain = self.id.domain();
        let ends = pieces.iter().flat_map(|piece| [piece.first, piece.last]).map(f64::from_bits);
        let ends = ends.chain([domain.min, domain.max]);
        ends.filter(|end| is_above(self.margin(*end), self.target) != holds).collect()
    }

    /// A value on the other side of the target, and the margin there.
    ///
    /// One that is not far and round rather than the least move that would do, else one of `known`.
    pub(super) fn past(&self, known: &[f64]) -> Option<(f64, Option<f64>)> {
        let now = self.scenario.get(self.id);
        let holds = is_above(gross_margin(self.scenario, self.free), self.target);
        let domain = self.id.domain();
        let (low, high) = self.id.parameter().scale.ends();
        let near = now.into_iter().flat_map(|now| {
            let steps = if domain.is_share() { [now - 0.1, now + 0.1] } else { [now / 2.0, now * 2.0] };
            steps.into_iter().filter(|value| domain.contains(Some(*value)))
        });
        let values = near.chain([0.5 * (low + high), low, high]).chain(known.iter().copied());
        let with_margin = |value: f64| (value, self.margin(value));
        values.map(with_margin).find(|(_, margin)| is_above(*margin, self.target) != holds)
    }

    /// The values at which the margin equals the target, ascending.
    ///
    /// Where several neighbouring floats do, the present value if it is one of them, else the middle one; where
    /// a whole stretch does, its end nearest the present value.
    pub(super) fn roots(
        &self,
        pieces: &[Piece],
        present: Option<f64>,
        distance: impl Fn(f64) -> Distance,
    ) -> Vec<f64> {
        let present = present.map(|value| (value + 0.0).to_bits());
        let mut stretches: Vec<(u64, u64)> = Vec::with_capacity(2);
        for piece in pieces {
            let (first, last) = (self.gap(piece.first), self.gap(piece.last));
            let stretch = if first <= 0.0 && last >= 0.0 {
                self.zeros(*piece, present, |gap| gap)
            } else if first >= 0.0 && last <= 0.0 {
                self.zeros(*piece, present, |gap| -gap)
            } else {
                None
            };
            let Some((start, end)) = stretch else { continue };
            match stretches.last_mut() {
                // At a kink both pieces may answer, one float apart.
                Some((_, before)) if start <= *before + 1 => *before = end.max(*before),
                _ => stretches.push((start, end)),
            }
        }
        let of_stretch = |(start, end): (u64, u64)| {
            let (low, high) = (f64::from_bits(start), f64::from_bits(end));
            if present.is_some_and(|present| (start..=end).contains(&present)) {
                present.map_or(low, f64::from_bits)
            } else if high - low <= ROUNDING * high {
                f64::from_bits(start + (end - start) / 2)
            } else if distance(high).order(distance(low)).is_lt() {
                high
            } else {
                low
            }
        };
        stretches.into_iter().map(of_stretch).collect()
    }

    /// The first and the last value at which the gap, turned so that it rises, is 0; where it goes through 0
    /// between two neighbours, the nearer of them.
    fn zeros(&self, piece: Piece, present: Option<u64>, turned: fn(f64) -> f64) -> Option<(u64, u64)> {
        let gap = |bits| turned(self.gap(bits));
        let start = first_without(piece.first, piece.last + 1, |bits| gap(bits) < 0.0);
        let end = end_of_zeros(start, piece.last, &gap);
        let found = if start < end { Some((start, end - 1)) } else { Self::between(start, gap) };
        // Rounding may hide a zero from the search, but not the one that is there now.
        let now = present.filter(|bits| (piece.first..=piece.last).contains(bits) && gap(*bits) == 0.0);
        match (found, now) {
            (Some((start, end)), Some(now)) => Some((start.min(now), end.max(now))),
            (found, now) => found.or_else(|| now.map(|now| (now, now))),
        }
    }

    /// Where the gap goes through 0 between `start` and the value before it, the nearer of them.
    fn between(start: u64, gap: impl Fn(u64) -> f64) -> Option<(u64, u64)> {
        let (below, above) = (gap(start.checked_sub(1)?), gap(start));
        // From an undefined margin to a high one there is a jump, and nothing between.
        let nearest = if -below <= above { start - 1 } else { start };
        (below.is_finite() && above.is_finite()).then_some((nearest, nearest))
    }
}

/// A stretch this narrow, relative to its value, is one solution that rounding has blurred.
const ROUNDING: f64 = 1e-6;

/// The first value after `start` where the gap is not 0; a run of zeros is short, so it is tried first.
fn end_of_zeros(start: u64, last: u64, gap: &impl Fn(u64) -> f64) -> u64 {
    let near = last.min(start + 8);
    if let Some(end) = (start..=near).find(|bits| gap(*bits) != 0.0) {
        return end;
    }
    first_without(near, last + 1, |bits| gap(bits) == 0.0)
}

/// The first of `from..to` for which `holds` no longer holds; `to` if there is none.
fn first_without(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut from, mut to) = (from, to);
    while from < to {
        let middle = from + (to - from) / 2;
        if holds(middle) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}
