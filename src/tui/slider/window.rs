//! The part of a slider's scale that its track shows.

use crate::model::{Parameter, Scale};

/// Round mantissas for the ends of a window.
const ROUND: [f64; 3] = [1.0, 2.0, 5.0];
/// A window reaches at least this factor below and above the preset's value.
const REACH: f64 = 4.0;

/// What a track shows, from its left to its right end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    low: f64,
    high: f64,
    log: bool,
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
            return Self { low: reach.0, high: reach.1, log, zero, whole };
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
        let mut window = Self { low: round_down(from), high: round_up(to), log, zero, whole };
        if let Some(value) = present.filter(|value| *value > 0.0) {
            let width = window.high / window.low;
            if value > window.high {
                window.high = round_up(value);
                window.low = round_down(window.high / width);
            } else if value < window.low {
                window.low = round_down(value);
                window.high = round_up(window.low * width);
            }
        }
        window.low = window.low.clamp(bounds.0, bounds.1);
        window.high = window.high.clamp(bounds.0, bounds.1);
        if window.low >= window.high {
            (window.low, window.high) = bounds;
        }
        window
    }

    /// The value at the left end.
    pub fn start(&self) -> f64 {
        if self.zero { 0.0 } else { self.low }
    }

    /// The first value above 0 that the scale itself holds.
    pub fn low(&self) -> f64 {
        self.low
    }

    /// The value at the right end.
    pub fn end(&self) -> f64 {
        self.high
    }

    /// The position of a value between the first (0) and the last (1) cell centre.
    fn position(&self, value: f64) -> f64 {
        if self.log {
            libm::log(value / self.low) / libm::log(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }

    fn at(&self, position: f64) -> f64 {
        if self.log {
            self.low * libm::exp(position * libm::log(self.high / self.low))
        } else {
            self.low + position * (self.high - self.low)
        }
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
        let cell = libm::round(self.position(value) * last);
        // The ends themselves are inside whatever rounding says.
        if value < self.low && cell < 0.0 || cell < -0.5 {
            Location::Before
        } else if value > self.high && cell > last || cell > last + 0.5 {
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
        let edge = |cell: f64| self.at((cell / last).clamp(0.0, 1.0));
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
            return self.high;
        }
        if cell == 0 {
            return self.start();
        }
        let (low, high) = self.cell(cell, width);
        let value = roundest(low, high);
        if self.whole { libm::round(value) } else { value }
    }
}

/// The number between `low` and `high` with the fewest digits; of several the one nearest the middle.
pub fn roundest(low: f64, high: f64) -> f64 {
    let middle = f64::midpoint(low, high);
    let width = high - low;
    if width.is_nan() || width <= 0.0 || !middle.is_finite() {
        return low;
    }
    let mut exponent = libm::ceil(libm::log10(width.max(high.abs())));
    for _ in 0..40 {
        for unit in [10.0, 5.0, 2.0, 1.0] {
            // Multiples of 10, 5, 2 and 1 times the power of ten below; divided where that keeps decimals exact.
            let power = exponent - 1.0;
            let scaled =
                if power < 0.0 { middle * libm::pow(10.0, -power) } else { middle / libm::pow(10.0, power) };
            let nearest = libm::round(scaled / unit) * unit;
            let value = if power < 0.0 {
                nearest / libm::pow(10.0, -power)
            } else {
                nearest * libm::pow(10.0, power)
            };
            if value >= low && value <= high {
                return value;
            }
        }
        exponent -= 1.0;
    }
    middle
}

fn round_down(value: f64) -> f64 {
    let power = power_of_ten(value);
    let mantissa = value / power;
    let round = ROUND.iter().rev().find(|round| **round <= mantissa * (1.0 + 1e-9)).unwrap_or(&1.0);
    times(*round, power)
}

fn round_up(value: f64) -> f64 {
    let power = power_of_ten(value);
    let mantissa = value / power;
    let round = ROUND.iter().find(|round| **round >= mantissa * (1.0 - 1e-9)).unwrap_or(&10.0);
    times(*round, power)
}

fn power_of_ten(value: f64) -> f64 {
    libm::pow(10.0, libm::floor(libm::log10(value)).max(-300.0))
}

/// `mantissa · power`, dividing below 1 so that 0.2 is 0.2.
fn times(mantissa: f64, power: f64) -> f64 {
    if power < 1.0 { mantissa / libm::round(1.0 / power) } else { mantissa * power }
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
        assert_eq!(rent.low, 0.5);
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
    fn the_roundest_number_of_an_interval() {
        assert_eq!(roundest(1.7, 2.3), 2.0);
        assert_eq!(roundest(0.53, 0.58), 0.55);
        assert_eq!(roundest(13_800.0, 15_900.0), 15_000.0);
        assert_eq!(roundest(0.93, 1.07), 1.0);
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
