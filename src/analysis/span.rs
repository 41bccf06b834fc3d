//! A stretch of values, and the round numbers in it.

use serde::Serialize;

/// From one value to another, in equal steps or equal factors.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Span {
    /// Left end.
    pub low: f64,
    /// Right end.
    pub high: f64,
    /// Whether equal distances are equal factors.
    pub log: bool,
}

impl Span {
    /// The value at a fraction of the way from left to right; the ends are exact.
    pub fn at(&self, fraction: f64) -> f64 {
        if fraction <= 0.0 {
            return self.low;
        }
        if fraction >= 1.0 {
            return self.high;
        }
        let value = if self.log {
            let (low, high) = (libm::log(self.low), libm::log(self.high));
            libm::exp(low + fraction * (high - low))
        } else {
            self.low + fraction * (self.high - self.low)
        };
        value.clamp(self.low.min(self.high), self.low.max(self.high))
    }

    /// How far along a value is: 0 at the left end, 1 at the right end, beyond them outside; not finite on a span
    /// without length, and for 0 in equal factors.
    pub fn fraction(&self, value: f64) -> f64 {
        if self.log {
            (libm::log(value) - libm::log(self.low)) / (libm::log(self.high) - libm::log(self.low))
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }
}

/// Round mantissas.
const ROUND: [f64; 3] = [1.0, 2.0, 5.0];

/// The largest of 1, 2 and 5 times a power of ten that is not above `value`.
pub(crate) fn round_down(value: f64) -> f64 {
    let power = power_of_ten(value);
    let mantissa = value / power;
    let round = ROUND.iter().rev().find(|round| **round <= mantissa * (1.0 + 1e-9)).unwrap_or(&1.0);
    times(*round, power)
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `value`.
pub(crate) fn round_up(value: f64) -> f64 {
    let power = power_of_ten(value);
    let mantissa = value / power;
    let round = ROUND.iter().find(|round| **round >= mantissa * (1.0 - 1e-9)).unwrap_or(&10.0);
    times(*round, power)
}

/// The number between `low` and `high` with the fewest digits; of several the one nearest the middle.
pub(crate) fn roundest(low: f64, high: f64) -> f64 {
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

    #[test]
    fn halfway_is_the_geometric_mean_in_equal_factors_and_the_arithmetic_one_in_equal_steps() {
        let factors = Span { low: 0.5, high: 8.0, log: true };
        assert!((factors.at(0.5) - 2.0).abs() < 1e-15 && (factors.fraction(2.0) - 0.5).abs() < 1e-15);
        assert_eq!((factors.at(0.0), factors.at(1.0)), (0.5, 8.0));
        assert_eq!(Span { low: 0.0, high: 1.0, log: false }.at(0.25), 0.25);
    }

    #[test]
    fn the_roundest_number_of_an_interval() {
        assert_eq!(roundest(1.7, 2.3), 2.0);
        assert_eq!(roundest(0.53, 0.58), 0.55);
        assert_eq!(roundest(13_800.0, 15_900.0), 15_000.0);
        assert_eq!(roundest(0.93, 1.07), 1.0);
    }
}
