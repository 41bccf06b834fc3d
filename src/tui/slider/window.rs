//! The part of a slider's scale that its track shows.

use crate::analysis::{Span, round_down, round_up, roundest};
use crate::model::{Parameter, Scale};

/// A window reaches at least this factor below and above the preset's value.
const REACH: f64 = 4.0;

/// What a track shows, from its left to its right end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    span: Span,
    /// The leftmost cell stands for 0.
    zero: bool,
    whole: bool,
}

/// Where a value falls on a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// Left of the window.
    Before,
    /// In this cell.
    Cell(u16),
    /// Right of the window.
    Beyond,
}

impl Window {
    /// The window of an input: it holds the `anchors` (the preset's value first, then range and claims), padded
    /// to at least ÷4 … ×4 and rounded to 1-2-5 ends; a `present` value beyond an end moves it on.
    pub fn new(parameter: &Parameter, present: Option<f64>, anchors: impl IntoIterator<Item = f64>) -> Self {
        let (low, high) = parameter.scale.ends();
        let (log, zero) = match parameter.scale {
            Scale::Log { zero, .. } => (true, zero),
            Scale::Steps { .. } => (true, false),
            Scale::Toggle | Scale::Linear { .. } => (false, false),
        };
        let whole = parameter.domain.whole;
        if !log {
            let reach = present
                .into_iter()
                .chain(anchors)
                .fold((low, high), |(low, high), value| (low.min(value), high.max(value)));
            return Self { span: Span { low: reach.0, high: reach.1, log }, zero, whole };
        }
        let mut anchors = anchors.into_iter().filter(|value| *value > 0.0 && value.is_finite()).peekable();
        let (mut from, mut to) = match anchors.peek() {
            Some(first) => (first / REACH, first * REACH),
            None => (low, high),
        };
        for anchor in anchors {
            from = from.min(anchor);
            to = to.max(anchor);
        }
        let bounds = (parameter.domain.min.max(f64::MIN_POSITIVE), parameter.domain.max);
        let mut span = Span { low: round_down(from), high: round_up(to), log };
        if let Some(value) = present.filter(|value| *value > 0.0) {
            let width = span.high / span.low;
            if value > span.high {
                span.high = round_up(value);
                span.low = round_down(span.high / width);
            } else if value < span.low {
                span.low = round_down(value);
                span.high = round_up(span.low * width);
            }
        }
        span.low = span.low.clamp(bounds.0, bounds.1);
        span.high = span.high.clamp(bounds.0, bounds.1);
        if span.low >= span.high {
            (span.low, span.high) = bounds;
        }
        Self { span, zero, whole }
    }

    /// The value at the left end.
    pub fn start(&self) -> f64 {
        if self.zero { 0.0 } else { self.span.low }
    }

    /// The first value above 0 that the scale itself holds.
    pub fn low(&self) -> f64 {
        self.span.low
    }

    /// The value at the right end.
    pub fn end(&self) -> f64 {
        self.span.high
    }

    /// The number of cells left of those on the scale.
    fn offset(&self) -> f64 {
        if self.zero { 1.0 } else { 0.0 }
    }

    /// Where a value falls on a track of `width` cells.
    pub fn locate(&self, value: f64, width: u16) -> Location {
        if width == 0 {
            return Location::Before;
        }
        if self.zero && value <= 0.0 {
            return Location::Cell(0);
        }
        let last = f64::from(width - 1) - self.offset();
        let cell = libm::round(self.span.fraction(value) * last);
        // The ends themselves are inside whatever rounding says.
        if value < self.span.low && cell < 0.0 || cell < -0.5 {
            Location::Before
        } else if value > self.span.high && cell > last || cell > last + 0.5 {
            Location::Beyond
        } else {
            Location::Cell((cell.clamp(0.0, last.max(0.0)) + self.offset()) as u16)
        }
    }

    /// The values that a cell stands for, from its left to its right edge.
    pub fn cell(&self, cell: u16, width: u16) -> (f64, f64) {
        if self.zero && cell == 0 {
            return (0.0, 0.0);
        }
        let last = (f64::from(width.max(1) - 1) - self.offset()).max(1.0);
        let cell = f64::from(cell) - self.offset();
        let edge = |cell: f64| self.span.at(cell / last);
        (edge(cell - 0.5), edge(cell + 0.5))
    }

    /// The value a cell is dragged to: the first of `marks` that lies in it, else the roundest number there is.
    pub fn pick(&self, cell: u16, width: u16, marks: impl IntoIterator<Item = f64>) -> f64 {
        let cell = cell.min(width.saturating_sub(1));
        let mark = marks.into_iter().find(|mark| self.locate(*mark, width) == Location::Cell(cell));
        if let Some(mark) = mark {
            return mark;
        }
        if cell + 1 >= width {
            return self.span.high;
        }
        if cell == 0 {
            return self.start();
        }
        let (low, high) = self.cell(cell, width);
        let value = roundest(low, high);
        if self.whole { libm::round(value) } else { value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Global, TierField};

    #[test]
    fn a_window_reaches_a_factor_of_four_and_ends_round() {
        let window = Window::new(Global::Decode.parameter(), Some(14_800.0), [14_800.0]);
        assert_eq!((window.start(), window.end()), (2000.0, 100_000.0));
        let rent = Window::new(Global::GpuHour.parameter(), Some(2.0), [2.0, 1.3, 12.29]);
        assert_eq!((rent.start(), rent.end()), (0.0, 20.0));
        assert_eq!(rent.low(), 0.5);
    }

    #[test]
    fn a_value_past_the_end_moves_the_window_on() {
        let window = Window::new(Global::Decode.parameter(), Some(900_000.0), [14_800.0]);
        assert_eq!(window.end(), 1e6);
        assert_eq!(window.locate(900_000.0, 20), Location::Cell(18));
        assert_eq!(window.locate(14_800.0, 20), Location::Before);
    }

    #[test]
    fn a_share_shows_all_of_it() {
        let window = Window::new(Global::HitRatio.parameter(), Some(0.5), [0.5]);
        assert_eq!(window.locate(0.0, 21), Location::Cell(0));
        assert_eq!(window.locate(0.5, 21), Location::Cell(10));
        assert_eq!(window.locate(1.0, 21), Location::Cell(20));
    }

    #[test]
    fn dragging_picks_marks_first_and_round_numbers_else() {
        let window = Window::new(Global::HitRatio.parameter(), Some(0.5625), [0.5625]);
        assert_eq!(window.pick(11, 21, [0.5625]), 0.5625);
        assert_eq!(window.pick(12, 21, [0.5625]), 0.6);
        assert_eq!(window.pick(20, 21, []), 1.0);
        assert_eq!(window.pick(0, 21, []), 0.0);
        let price = Window::new(TierField::Output.parameter(), Some(2.19), [2.19]);
        assert_eq!(price.pick(0, 30, []), 0.0);
        assert_eq!(price.pick(29, 30, []), 10.0);
    }

    #[test]
    fn every_value_of_every_input_is_somewhere_on_the_track() {
        let sliders = Global::ALL.map(Global::parameter);
        for parameter in sliders.iter().filter(|parameter| parameter.scale != Scale::Toggle) {
            for value in [parameter.domain.min, parameter.domain.max, 1e-300, 1.0] {
                let value = value.clamp(parameter.domain.min, parameter.domain.max);
                let window = Window::new(parameter, Some(value), [value]);
                assert!(window.start() < window.end(), "{}", parameter.id);
                for width in [0, 1, 2, 3, 40] {
                    let _ = window.locate(value, width);
                    let picked = window.pick(width, width, [value]);
                    assert!(parameter.domain.contains(Some(picked)), "{} {picked}", parameter.id);
                }
            }
        }
    }
}
