use proptest::prelude::*;

use super::reading::{Interval, document, number};
use super::{any_scenario, keeps_digits};
use crate::report::proof::Proof;

/// A calculator for the equations of a derivation: every number is the interval that its digits stand for, so that
/// what it comes to is certain to hold the exact result.
struct Calculator<'a> {
    rest: &'a str,
}

impl Calculator<'_> {
    fn skip(&mut self, word: &str) -> bool {
        self.rest = self.rest.trim_start();
        let found = self.rest.strip_prefix(word);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn sum(&mut self) -> Option<Interval> {
        let mut sum = self.product()?;
        loop {
            if self.skip("+") {
                let next = self.product()?;
                sum = Interval { low: sum.low + next.low, high: sum.high + next.high };
            } else if self.skip("−") {
                let next = self.product()?;
                sum = Interval { low: sum.low - next.high, high: sum.high - next.low };
            } else {
                return Some(sum);
            }
        }
    }

    fn product(&mut self) -> Option<Interval> {
        let mut product = self.power()?;
        loop {
            if self.skip("·") {
                product = hull(product, self.power()?, |a, b| a * b);
            } else if self.skip("/") {
                let by = self.power()?;
                if by.low <= 0.0 && by.high >= 0.0 {
                    return None;
                }
                product = hull(product, by, |a, b| a / b);
            } else {
                return Some(product);
            }
        }
    }

    fn power(&mut self) -> Option<Interval> {
        let base = self.value()?;
        if self.skip("^") {
            let negative = self.skip("−");
            let exponent = self.value()?;
            let exponent =
                if negative { Interval { low: -exponent.high, high: -exponent.low } } else { exponent };
            return Some(hull(base, exponent, f64::powf));
        }
        Some(base)
    }

    fn value(&mut self) -> Option<Interval> {
        if self.skip("(") {
            let inner = self.sum()?;
            return self.skip(")").then_some(inner);
        }
        for (name, pick) in [("max", f64::max as fn(f64, f64) -> f64), ("min", f64::min)] {
            if self.skip(name) {
                self.skip("(");
                let one = self.sum()?;
                self.skip(",");
                let other = self.sum()?;
                self.skip(")");
                return Some(Interval { low: pick(one.low, other.low), high: pick(one.high, other.high) });
            }
        }
        self.rest = self.rest.trim_start();
        let (value, rest) = number(self.rest)?;
        self.rest = rest;
        // Units of time come with the digits; `1M` is exactly a million, and so are other plain whole numbers.
        for (unit, size) in [(" s", 1.0), (" ms", 1e-3), (" µs", 1e-6), (" ns", 1e-9)] {
            let ends = |rest: &str| !rest.starts_with(char::is_alphabetic);
            if let Some(rest) = self.rest.strip_prefix(unit).filter(|rest| ends(rest)) {
                self.rest = rest;
                return Some(Interval { low: value.low * size, high: value.high * size });
            }
        }
        for unit in [" tok/s", " kW", " years", "/GPU·h", "/node·h", "/node·s", "/M"] {
            self.skip(unit.trim_start());
        }
        Some(value)
    }
}

fn hull(one: Interval, other: Interval, of: fn(f64, f64) -> f64) -> Interval {
    let all =
        [of(one.low, other.low), of(one.low, other.high), of(one.high, other.low), of(one.high, other.high)];
    Interval {
        low: all.into_iter().fold(f64::INFINITY, f64::min),
        high: all.into_iter().fold(f64::NEG_INFINITY, f64::max),
    }
}

proptest! {
    #[test]
    fn the_numbers_of_every_equation_come_to_its_result(scenario in any_scenario()) {
        prop_assume!(keeps_digits(&scenario));
        let tiers = 0..scenario.tier_count() as u8;
        let document = document(scenario);
        let proofs: Vec<Proof> = tiers.map(|tier| Proof::of(&document, tier)).collect();
        for step in proofs.iter().flat_map(|proof| &proof.steps) {
            let Some(value) = step.value else { continue };
            let mut calculator = Calculator { rest: &step.numbers };
            let Some(told) = calculator.sum() else { continue };
            prop_assert!(calculator.rest.trim().is_empty(), "{}: {} left of {}", step.title, calculator.rest, step.numbers);
            let slack = 1e-6 * told.low.abs().max(told.high.abs()) + 1e-300;
            prop_assert!(
                value >= told.low - slack && value <= told.high + slack,
                "{}: {} is {:?}, not {}", step.title, step.numbers, told, value
            );
        }
    }
}
