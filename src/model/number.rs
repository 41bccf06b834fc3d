//! What the equations are written over: one number, or several worked side by side.

use std::array;
use std::ops::{Add, Div, Mul, Sub};

use super::parameter::{Global, TierField};

/// The value to fifteen digits, as a reader expects it: 1.5 · 2.3 / 2 is 1.725, not 1.7249999999999999.
pub(crate) fn fifteen_digits(value: f64) -> f64 {
    // Up to 10²² powers of ten are exact, so that one division rounds as reading the digits would.
    const SCALES: [f64; 8] = [1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];
    if value == 0.0 {
        return value;
    }
    let scaled = |scale: &f64| (1e14..1e15).contains(&(value * scale));
    match SCALES.iter().find(|scale| scaled(scale)) {
        Some(scale) => libm::round(value * scale) / scale,
        None => format!("{value:.14e}").parse().unwrap_or(value),
    }
}

/// A number of the equations. Every operation gives the same bits for one number as for each of several.
pub(crate) trait Number:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    /// The same value everywhere.
    fn of(value: f64) -> Self;

    /// The larger of two; NaN when `other` is.
    fn larger(self, other: Self) -> Self;

    /// The smaller of two; NaN when `other` is.
    fn smaller(self, other: Self) -> Self;

    /// The number itself from `least` on, NaN below: what follows from it is then undefined.
    fn nan_below(self, least: f64) -> Self;

    /// 1 where the number is above 0, else 0.
    fn step(self) -> Self;

    /// The number itself, or `other` where it is absent, which is NaN.
    fn or(self, other: Self) -> Self;

    /// The number itself where `weight` is above 0, else 0, NaN or not.
    fn if_positive(self, weight: Self) -> Self;

    /// A function of two numbers, worked out one by one.
    fn zip_with(self, other: Self, function: fn(f64, f64) -> f64) -> Self;
}

impl Number for f64 {
    #[inline]
    fn of(value: f64) -> Self {
        value
    }

    #[inline]
    fn larger(self, other: Self) -> Self {
        if self > other { self } else { other }
    }

    #[inline]
    fn smaller(self, other: Self) -> Self {
        if self < other { self } else { other }
    }

    #[inline]
    fn nan_below(self, least: f64) -> Self {
        if self >= least { self } else { Self::NAN }
    }

    #[inline]
    fn step(self) -> Self {
        if self > 0.0 { 1.0 } else { 0.0 }
    }

    #[inline]
    fn or(self, other: Self) -> Self {
        if self.is_nan() { other } else { self }
    }

    #[inline]
    fn if_positive(self, weight: Self) -> Self {
        if weight > 0.0 { self } else { 0.0 }
    }

    #[inline]
    fn zip_with(self, other: Self, function: fn(f64, f64) -> f64) -> Self {
        function(self, other)
    }
}

/// Several numbers side by side, which compilers turn into vector instructions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lanes(pub(crate) [f64; Self::COUNT]);

impl Lanes {
    /// How many there are.
    pub(crate) const COUNT: usize = 4;

    #[inline]
    fn map(self, function: impl Fn(f64) -> f64) -> Self {
        Self(self.0.map(function))
    }

    #[inline]
    fn zip(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        Self(array::from_fn(|lane| function(self.0[lane], other.0[lane])))
    }
}

impl Add for Lanes {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }
}

impl Sub for Lanes {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }
}

impl Mul for Lanes {
    type Output = Self;

    #[inline]
    fn mul(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }
}

impl Div for Lanes {
    type Output = Self;

    #[inline]
    fn div(self, other: Self) -> Self {
        self.zip(other, |a, b| a / b)
    }
}

impl Number for Lanes {
    #[inline]
    fn of(value: f64) -> Self {
        Self([value; Self::COUNT])
    }

    #[inline]
    fn larger(self, other: Self) -> Self {
        self.zip(other, f64::larger)
    }

    #[inline]
    fn smaller(self, other: Self) -> Self {
        self.zip(other, f64::smaller)
    }

    #[inline]
    fn nan_below(self, least: f64) -> Self {
        self.map(|value| value.nan_below(least))
    }

    #[inline]
    fn step(self) -> Self {
        self.map(f64::step)
    }

    #[inline]
    fn or(self, other: Self) -> Self {
        self.zip(other, f64::or)
    }

    #[inline]
    fn if_positive(self, weight: Self) -> Self {
        self.zip(weight, f64::if_positive)
    }

    #[inline]
    fn zip_with(self, other: Self, function: fn(f64, f64) -> f64) -> Self {
        self.zip(other, function)
    }
}

/// Where the equations take their inputs from: a scenario, many at once, or a mixture of two.
pub(crate) trait Inputs {
    /// What each input is.
    type Number: Number;

    /// An input that exists once; NaN when absent.
    fn value(&self, global: Global) -> Self::Number;

    /// How many tiers there are.
    fn tier_count(&self) -> usize;

    /// An input of a tier; NaN when absent.
    fn tier_value(&self, tier: usize, field: TierField) -> Self::Number;

    /// Whether no tier has a ratio, hit ratio, write price or monthly price of its own: the equations are shorter then.
    fn is_plain(&self) -> bool;

    /// Whether the tier may have a ratio or hit ratio of its own.
    fn has_own_shape(&self, tier: usize) -> bool;

    /// Whether the tier may have a monthly price.
    fn has_monthly_price(&self, tier: usize) -> bool;

    /// Whether the tier counts as free.
    fn is_free(&self, tier: usize) -> bool;

    /// Whether the GPU-hour is owned rather than rented.
    fn owns(&self) -> bool;

    /// Whether free traffic is served.
    fn serves_free(&self) -> bool;

    /// Whether prefill has a rate of its own.
    fn has_prefill(&self) -> bool;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fifteen_digits;

    proptest! {
        #[test]
        fn fifteen_digits_say_all_of_the_rounded_value(value in 0.0..=1.0_f64, exponent in 0_i32..12) {
            let value = value * 10_f64.powi(-exponent);
            let rounded = fifteen_digits(value);
            prop_assert_eq!(Ok(rounded), format!("{rounded:.14e}").parse());
            prop_assert!((rounded - value).abs() <= 5.001e-15 * value, "{} is not {}", rounded, value);
        }
    }
}
