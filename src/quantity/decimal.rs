//! Decimal digits of a number, rounded as on paper.
//!
//! Rounding the decimal form (and ties away from zero) gives what a reader gets by hand: 56.25 becomes
//! 56.3, where rounding the binary value to even would give 56.2.

use std::fmt::Write as _;
use std::io::Write as _;

/// A non-negative decimal number `coefficient · 10^power`; the coefficient has no trailing zeroes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    coefficient: u64,
    power: i32,
    /// Whether rounding has taken digits away.
    rounded: bool,
}

const TEN_THOUSAND: f64 = 1e4;

impl Decimal {
    /// `|value|` times `10^shift`, without the noise of binary arithmetic behind its fourteenth digit; 0 for what
    /// is not finite.
    pub(super) fn new(value: f64, shift: i32) -> Self {
        let value = if value.is_finite() { value.abs() } else { 0.0 };
        // Most values were written with few digits: whatever a ten-thousandth counts is found without writing it.
        let counted = value * TEN_THOUSAND;
        if counted < 1e14 && counted.fract() == 0.0 && counted / TEN_THOUSAND == value {
            return Self::normal(counted as u64, shift - 4, false);
        }
        // At most `d.ddddddddddddde-308`.
        let mut text = [0; 24];
        let mut rest = &mut text[..];
        let _ = write!(rest, "{value:.13e}");
        let unused = rest.len();
        let written = text.get(..text.len() - unused).unwrap_or_default();
        let mut parts = written.split(|byte| *byte == b'e');
        let mantissa = parts.next().unwrap_or_default().iter().filter(|byte| byte.is_ascii_digit());
        let coefficient = mantissa.fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
        let exponent = parts.next().and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<i32>().ok());
        Self::normal(coefficient, exponent.unwrap_or(0) - 13 + shift, false)
    }

    /// Without trailing zeroes.
    const fn normal(mut coefficient: u64, mut power: i32, rounded: bool) -> Self {
        while coefficient > 0 && coefficient.is_multiple_of(10) {
            coefficient /= 10;
            power += 1;
        }
        Self { coefficient, power: if coefficient == 0 { 0 } else { power }, rounded }
    }

    /// The number times `10^by`.
    pub(super) const fn shifted(self, by: i32) -> Self {
        Self::normal(self.coefficient, self.power + by, self.rounded)
    }

    pub(super) const fn is_zero(&self) -> bool {
        self.coefficient == 0
    }

    /// Whether rounding has taken digits away.
    pub(super) const fn is_rounded(&self) -> bool {
        self.rounded
    }

    /// The power of ten of the first digit; 0 for zero.
    pub(super) fn exponent(&self) -> i32 {
        self.coefficient.checked_ilog10().map_or(0, |digits| digits.cast_signed() + self.power)
    }

    /// How many places behind the point it takes to write the number in full.
    pub(super) fn places(&self) -> i32 {
        (-self.power).max(0)
    }

    /// Rounded to this many significant digits.
    pub(super) fn significant(&self, count: i32) -> Self {
        self.fixed(count - 1 - self.exponent())
    }

    /// Rounded to this many places behind the point; negative: to tens, hundreds, ….
    pub(super) fn fixed(&self, places: i32) -> Self {
        let Ok(cut @ 1..) = u32::try_from(-(self.power.saturating_add(places))) else { return *self };
        // A unit that no 64 bits hold is more than twice any coefficient.
        let unit = 10_u64.checked_pow(cut).unwrap_or(u64::MAX);
        let whole = self.coefficient / unit + u64::from(self.coefficient % unit >= unit / 2);
        Self::normal(whole, -places, self.rounded || !self.coefficient.is_multiple_of(unit))
    }

    /// The number in plain digits with exactly this many places, thousands marked by commas.
    pub(super) fn grouped(&self, places: i32) -> String {
        let places = places.max(0);
        let Self { coefficient, power, .. } = self.fixed(places);
        let zeroes = usize::try_from(power + places).unwrap_or(0);
        let places = usize::try_from(places).unwrap_or(0);
        let mut text = String::with_capacity(32);
        // Memory takes what is written.
        let _ = write!(text, "{coefficient:0>width$}", width = (places + 1).saturating_sub(zeroes));
        text.extend(std::iter::repeat_n('0', zeroes));
        let point = text.len() - places;
        if places > 0 {
            text.insert(point, '.');
        }
        for comma in (1..point).filter(|index| (point - index).is_multiple_of(3)).rev() {
            text.insert(comma, ',');
        }
        text
    }

    /// The number as `d.dde-7`.
    pub(super) fn scientific(&self) -> String {
        let digits = self.coefficient.to_string();
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        format!("{first}{point}{rest}e{}", self.exponent())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_round_away_from_zero_as_on_paper() {
        for (value, places, text) in [
            (56.25, 1, "56.3"),
            (2.675, 2, "2.68"),
            (0.5, 0, "1"),
            (0.49, 0, "0"),
            (9.996, 2, "10.00"),
            (999.95, 1, "1,000.0"),
            (0.04, 1, "0.0"),
            (0.05, 1, "0.1"),
            (123_456.0, -3, "123,000"),
        ] {
            assert_eq!(Decimal::new(value, 0).fixed(places).grouped(places), text, "{value}");
        }
    }

    #[test]
    fn few_digits_are_read_as_many_are() {
        // Numbers of at most nine digits, and their neighbours, which take all digits to write.
        let mut state = 1_u64;
        for _ in 0..100_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let (digits, places) = (state >> 34, (state % 7) as i32);
            let value = digits as f64 / 10_f64.powi(places);
            let expected = Decimal::normal(digits, -places, false);
            assert_eq!(Decimal::new(value, 0), expected, "{value}");
            assert_eq!(Decimal::new(value.next_up(), 0), expected, "beyond the fourteenth digit of {value}");
        }
    }

    #[test]
    fn a_shift_multiplies_by_powers_of_ten_without_rounding() {
        assert_eq!(Decimal::new(0.563, 2), Decimal::new(56.3, 0));
        assert_eq!(Decimal::new(0.07, 2), Decimal::new(7.0, 0));
    }
}
