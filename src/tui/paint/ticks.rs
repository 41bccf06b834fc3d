//! Round numbers along an axis.

/// Round numbers in equal steps from `low` to `high`: 1, 2 or 5 times a power of ten apart, about as many as asked for.
pub(crate) fn linear(low: f64, high: f64, about: u16) -> Vec<f64> {
    let unit = unit(high - low, about);
    if unit.is_nan() || unit <= 0.0 || !unit.is_finite() {
        return Vec::new();
    }
    let (first, last) = (libm::ceil(low / unit - 1e-9), libm::floor(high / unit + 1e-9));
    let count = (last - first).clamp(-1.0, 100.0);
    let ticks = (0..=100).map(f64::from).take_while(|step| *step <= count);
    // Ticks are positions, not results: what is left of binary fractions goes, and there is no -0.
    ticks.map(|step| clean((first + step) * unit, unit) + 0.0).collect()
}

/// The distance of round ticks for an axis of this length: 1, 2 or 5 times a power of ten.
pub(crate) fn unit(span: f64, about: u16) -> f64 {
    let rough = span / f64::from(about.max(1));
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    match rough / power {
        ..1.5 => power,
        ..3.5 => 2.0 * power,
        ..7.5 => 5.0 * power,
        _ => 10.0 * power,
    }
}

/// Round numbers in equal factors from `low` to `high`, both above 0: 1, 2 and 5 times powers of ten, and powers alone
/// where that would be more than `most`.
pub(crate) fn log(low: f64, high: f64, most: usize) -> Vec<f64> {
    let valid = low > 0.0 && high.is_finite() && high / low < 1e60;
    if !valid {
        return Vec::new();
    }
    let first = libm::floor(libm::log10(low)) as i32;
    let last = libm::ceil(libm::log10(high)) as i32;
    let inside = |value: &f64| *value >= low * (1.0 - 1e-9) && *value <= high * (1.0 + 1e-9);
    let decades = |steps: &'static [f64], every: usize| {
        let powers = (first..=last).step_by(every.max(1)).map(|power| libm::pow(10.0, f64::from(power)));
        let ticks = powers.flat_map(move |power| steps.iter().map(move |step| clean(step * power, power)));
        ticks.filter(inside).collect::<Vec<_>>()
    };
    let fine = decades(&[1.0, 2.0, 5.0], 1);
    if fine.len() <= most {
        return fine;
    }
    let coarse = decades(&[1.0], 1);
    if coarse.len() <= most.max(2) { coarse } else { decades(&[1.0], coarse.len().div_ceil(most.max(1))) }
}

/// A multiple of a power of ten without the dust of binary fractions.
fn clean(value: f64, unit: f64) -> f64 {
    if unit < 1.0 {
        let whole = libm::round(1.0 / unit * 1e3);
        libm::round(value * whole) / whole
    } else {
        libm::round(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_in_equal_steps_are_round_and_inside() {
        assert_eq!(linear(0.764, 0.884, 4), [0.78, 0.8, 0.82, 0.84, 0.86, 0.88]);
        assert_eq!(linear(0.0, 1.0, 5), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(linear(-0.4, 0.5, 3), [-0.4, -0.2, 0.0, 0.2, 0.4]);
        assert_eq!(linear(-1e6, 3e6, 4), [-1e6, 0.0, 1e6, 2e6, 3e6]);
        for (low, high) in [(1.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (2.0, 1.0)] {
            assert!(linear(low, high, 5).len() <= 1, "{low} {high}");
        }
    }

    #[test]
    fn ticks_in_equal_factors_are_one_two_and_five() {
        assert_eq!(log(1.0, 14.0, 5), [1.0, 2.0, 5.0, 10.0]);
        assert_eq!(log(0.5, 20.0, 6), [0.5, 1.0, 2.0, 5.0, 10.0, 20.0]);
        assert_eq!(log(1.0, 5000.0, 5), [1.0, 10.0, 100.0, 1000.0]);
        assert_eq!(log(1.0, 1e12, 5).len(), 5);
        assert!(log(0.0, 1.0, 5).is_empty() && log(1.0, f64::INFINITY, 5).is_empty());
    }
}
