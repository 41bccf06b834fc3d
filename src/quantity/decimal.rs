//! Decimal digits of a number, rounded as on paper.
//!
//! Rounding the decimal form (and ties away from zero) gives what a reader gets by hand: 56.25 becomes
//! 56.3, where rounding the binary value to even would give 56.2.

/// A non-negative decimal number `d₀.d₁d₂… · 10^exponent`, without leading zeroes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: Vec<u8>,
    exponent: i32,
    /// Whether rounding has taken digits away.
    rounded: bool,
}

impl Decimal {
    /// `|value|` times `10^shift`, without the noise of binary arithmetic behind its fourteenth digit; 0 for what
    /// is not finite.
    pub(super) fn new(value: f64, shift: i32) -> Self {
        let value = if value.is_finite() { value.abs() } else { 0.0 };
        let text = format!("{value:.13e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        let exponent = exponent.parse::<i32>().unwrap_or(0);
        let zero = digits.iter().all(|digit| *digit == 0);
        Self { digits, exponent: if zero { 0 } else { exponent + shift }, rounded: false }
    }

    /// The number times `10^by`.
    pub(super) fn shifted(mut self, by: i32) -> Self {
        self.exponent += if self.is_zero() { 0 } else { by };
        self
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.iter().all(|digit| *digit == 0)
    }

    /// Whether rounding has taken digits away.
    pub(super) const fn is_rounded(&self) -> bool {
        self.rounded
    }

    /// The power of ten of the first digit; 0 for zero.
    pub(super) const fn exponent(&self) -> i32 {
        self.exponent
    }

    /// How many places behind the point it takes to write the number in full.
    pub(super) fn places(&self) -> i32 {
        let used = self.digits.iter().rposition(|digit| *digit != 0).unwrap_or(0);
        (i32::try_from(used).unwrap_or(i32::MAX) - self.exponent).max(0)
    }

    /// Rounded to this many significant digits.
    pub(super) fn significant(&self, count: i32) -> Self {
        self.fixed(count - 1 - self.exponent)
    }

    /// Rounded to this many places behind the point; negative: to tens, hundreds, ….
    pub(super) fn fixed(&self, places: i32) -> Self {
        let keep = self.exponent.saturating_add(places).saturating_add(1);
        let length = i32::try_from(self.digits.len()).unwrap_or(i32::MAX);
        if keep >= length {
            return self.clone();
        }
        let keep = usize::try_from(keep).ok();
        let next = keep.and_then(|keep| self.digits.get(keep)).copied().unwrap_or(0);
        let mut digits: Vec<u8> = self.digits.iter().take(keep.unwrap_or(0)).copied().collect();
        let lost = self.digits.iter().skip(keep.unwrap_or(0)).any(|digit| *digit != 0);
        let mut exponent = self.exponent;
        if next >= 5 {
            // Carry to the left.
            let nines = digits.iter().rev().take_while(|digit| **digit == 9).count();
            let length = digits.len();
            for digit in digits.iter_mut().skip(length - nines) {
                *digit = 0;
            }
            if let Some(digit) = digits.get_mut(length.wrapping_sub(nines + 1)) {
                *digit += 1;
            } else {
                digits.insert(0, 1);
                exponent += 1;
            }
        }
        if digits.is_empty() || digits.iter().all(|digit| *digit == 0) {
            (digits, exponent) = (vec![0], 0);
        }
        Self { digits, exponent, rounded: self.rounded || lost }
    }

    /// The number in plain digits with exactly this many places, thousands marked by commas.
    pub(super) fn grouped(&self, places: i32) -> String {
        let digit = |power: i32| {
            usize::try_from(self.exponent - power)
                .ok()
                .and_then(|at| self.digits.get(at))
                .map_or('0', |digit| char::from(b'0' + digit))
        };
        let mut text = String::new();
        for power in (0..=self.exponent.max(0)).rev() {
            text.push(digit(power));
            if power > 0 && power % 3 == 0 {
                text.push(',');
            }
        }
        if places > 0 {
            text.push('.');
            text.extend((1..=places).map(|place| digit(-place)));
        }
        text
    }

    /// The number as `d.dde-7`.
    pub(super) fn scientific(&self) -> String {
        let used = self.digits.iter().rposition(|digit| *digit != 0).unwrap_or(0);
        let mut text = String::new();
        for (place, digit) in self.digits.iter().take(used + 1).enumerate() {
            if place == 1 {
                text.push('.');
            }
            text.push(char::from(b'0' + digit));
        }
        format!("{text}e{}", self.exponent)
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
    fn a_shift_multiplies_by_powers_of_ten_without_rounding() {
        assert_eq!(Decimal::new(0.563, 2), Decimal::new(56.3, 0));
        assert_eq!(Decimal::new(0.07, 2), Decimal::new(7.0, 0));
    }
}
