//! The gross margin along one input: its monotone pieces, and the values at which it meets the target.
//!
//! Every domain lies above or at 0, where the bits of a float are in the order of its value. Searching on the
//! bits finds a value to the last digit in 64 steps and needs no tolerance.

use crate::model::{Economics, FreeTiers, InputId, Scenario, gross_margin};

/// The margin's distance from the target along one input, with everything else as in the scenario.
pub(super) struct Line<'a> {
    scenario: &'a Scenario,
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
        Self { scenario, free, id, target }
    }

    fn economics(&self, bits: u64) -> Option<Economics> {
        Economics::of(&self.scenario.moved(self.id, f64::from_bits(bits)), self.free).ok()
    }

    fn regime(&self, bits: u64) -> Option<Regime> {
        self.economics(bits).map(|economics| Regime {
            prefill_is_longer: economics.prefill_time > economics.decode_time,
            batching_loss: economics.batching_loss,
        })
    }

    /// The gross margin at a value of the domain.
    pub(super) fn margin(&self, value: f64) -> Option<f64> {
        gross_margin(&self.scenario.moved(self.id, value), self.free)
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

    /// The values at which the margin equals the target, ascending.
    ///
    /// Where several neighbouring floats do, the present value if it is one of them, else the middle one.
    pub(super) fn roots(&self, pieces: &[Piece], present: Option<f64>) -> Vec<f64> {
        let mut roots: Vec<u64> = Vec::with_capacity(2);
        for piece in pieces {
            let (first, last) = (self.gap(piece.first), self.gap(piece.last));
            if first == 0.0 && last == 0.0 {
                roots.extend([piece.first, piece.last]);
            } else if first <= 0.0 && last >= 0.0 {
                roots.extend(self.root(*piece, present, |gap| gap));
            } else if first >= 0.0 && last <= 0.0 {
                roots.extend(self.root(*piece, present, |gap| -gap));
            }
        }
        roots.sort_unstable();
        // At a kink both pieces may answer, one float apart.
        roots.dedup_by(|later, earlier| *later - *earlier <= 1);
        roots.into_iter().map(f64::from_bits).collect()
    }

    /// The value at which the gap, turned so that it rises, goes through 0.
    fn root(&self, piece: Piece, present: Option<f64>, turned: fn(f64) -> f64) -> Option<u64> {
        let gap = |bits| turned(self.gap(bits));
        let present = present.map(|value| (value + 0.0).to_bits());
        if let Some(present) = present.filter(|bits| (piece.first..=piece.last).contains(bits))
            && gap(present) == 0.0
        {
            return Some(present);
        }
        let start = first_without(piece.first, piece.last + 1, |bits| gap(bits) < 0.0);
        let end = end_of_zeros(start, piece.last, &gap);
        if start < end {
            return Some(start + (end - start) / 2);
        }
        let (below, above) = (gap(start.checked_sub(1)?), gap(start));
        // From an undefined margin to a high one there is a jump, and nothing between.
        (below.is_finite() && above.is_finite()).then_some(if -below <= above { start - 1 } else { start })
    }
}

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
