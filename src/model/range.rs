//! A 90 % range of an input.

use super::id::InputId;
use super::number::fifteen_digits;
use super::parameter::{Domain, Global};

/// The 5th and 95th percentile of what an input may be; `low < high`, both in the domain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    low: f64,
    high: f64,
}

impl Range {
    /// A range; `None` unless `low < high` and both lie in the domain.
    pub fn new(low: f64, high: f64, domain: Domain) -> Option<Self> {
        (low < high && domain.contains(Some(low)) && domain.contains(Some(high)))
            .then_some(Self { low, high })
    }

    /// Why an input has no range: it is not what the margin depends on uncertainly.
    pub fn refusal(id: InputId) -> Option<&'static str> {
        match id {
            _ if id.domain().words.is_some() => Some("a choice has no range"),
            InputId::Global(Global::Gpus) => Some("a node has the GPUs it has, so their number has no range"),
            InputId::Global(Global::MeasuredHitRatio) => {
                Some("the hit ratio of a measurement is a condition of it, and has no range")
            }
            InputId::Global(Global::Nodes | Global::OtherCostPerDay) => {
                Some("totals a day do not move the margin, so their inputs have no range")
            }
            _ => None,
        }
    }

    /// The lower end.
    pub const fn low(self) -> f64 {
        self.low
    }

    /// The upper end.
    pub const fn high(self) -> f64 {
        self.high
    }
}

/// How what lies in a range is spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spread {
    /// Log-normal: equal factors are equally likely.
    Log,
    /// Logit-normal, for shares.
    Logit,
    /// Uniform: a bound is 0, or 1 for a share.
    Uniform,
}

impl Range {
    /// How a value in this range is spread.
    pub(crate) fn spread(self, domain: Domain) -> Spread {
        match domain.is_share() {
            _ if self.low <= 0.0 => Spread::Uniform,
            true if self.high >= 1.0 => Spread::Uniform,
            true => Spread::Logit,
            false => Spread::Log,
        }
    }

    /// The range of a value that was `from` when the range was given and is `to` now.
    ///
    /// Log-normal ranges keep their factor, logit-normal ones their distance in logit; uniform ones are shifted and
    /// cut to the domain, and so are those of a value at an end of it. `None` when nothing is left of the range.
    pub fn carried(self, from: f64, to: f64, domain: Domain) -> Option<Self> {
        if from.to_bits() == to.to_bits() {
            return Some(self);
        }
        let inside = |value: f64| value > 0.0 && (value < 1.0 || !domain.is_share());
        let spread = if inside(from) && inside(to) { self.spread(domain) } else { Spread::Uniform };
        let (low, high) = match spread {
            Spread::Uniform => (self.low + (to - from), self.high + (to - from)),
            Spread::Logit => {
                let shift = logit(to) - logit(from);
                let moved = |p: f64| 1.0 / (1.0 + libm::exp(-(logit(p) + shift)));
                (moved(self.low), moved(self.high))
            }
            Spread::Log => (self.low * (to / from), self.high * (to / from)),
        };
        let end = |value: f64| fifteen_digits(value).clamp(domain.min, domain.max);
        Self::new(end(low), end(high), domain)
    }
}

/// The logarithm of the odds of a share.
pub(crate) fn logit(share: f64) -> f64 {
    libm::log(share / (1.0 - share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Global;

    #[test]
    fn a_price_keeps_its_factor_and_a_share_its_distance_in_logit() {
        let price = Global::GpuHour.parameter().domain;
        let range = Range::new(1.5, 3.0, price).and_then(|range| range.carried(2.0, 4.0, price));
        assert_eq!(range, Range::new(3.0, 6.0, price));
        let share = Global::HitRatio.parameter().domain;
        let range = Range::new(0.25, 0.75, share).and_then(|range| range.carried(0.5, 0.75, share));
        let range = range.expect("inside");
        // Odds of 1/3 and 3, times 3.
        assert!((range.low() - 0.5).abs() < 1e-15 && (range.high() - 0.9).abs() < 1e-15);
    }

    #[test]
    fn a_carried_range_is_as_round_as_its_factor() {
        let price = Global::GpuHour.parameter().domain;
        let range = Range::new(1.5, 3.0, price).and_then(|range| range.carried(2.0, 2.3, price));
        assert_eq!(range, Range::new(1.725, 3.45, price));
    }

    #[test]
    fn a_uniform_range_is_shifted_and_cut() {
        let share = Global::HitRatio.parameter().domain;
        let range = Range::new(0.0, 0.5, share).and_then(|range| range.carried(0.25, 0.75, share));
        assert_eq!(range, Range::new(0.5, 1.0, share));
    }
}
