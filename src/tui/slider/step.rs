//! Steps land on a grid of round numbers, so that a slider never shows 2.0499999.

use crate::model::{Parameter, Scale, Unit};

/// How far one step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stride {
    /// The third significant digit; a tenth of a point for shares.
    Fine,
    /// About five percent; one point for shares.
    Step,
    /// 1-2-5; ten points for shares.
    Coarse,
}

/// Which way a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the left end.
    Down,
    /// Towards the right end.
    Up,
}

/// How close to a grid point counts as on it, in grid steps.
const ON_GRID: f64 = 1e-7;

/// The next value of the grid.
///
/// Stays within the slider's range; a value typed beyond it can only come back.
pub fn step(parameter: &Parameter, value: f64, direction: Direction, stride: Stride) -> f64 {
    let (low, high) = parameter.scale.ends();
    let next = match parameter.scale {
        Scale::Toggle => return if direction == Direction::Up { 1.0 } else { 0.0 },
        Scale::Linear { low, high } => linear(value, direction, spacing(parameter.unit, low, high, stride)),
        Scale::Log { low, zero, .. } => match direction {
            Direction::Up if value < low => low,
            Direction::Down if value <= low => {
                if zero {
                    return 0.0;
                }
                low
            }
            _ => logarithmic(value, direction, stride).max(low),
        },
        Scale::Steps { .. } => whole(value, direction, stride),
    };
    match direction {
        Direction::Up => next.clamp(value, high.max(value)),
        Direction::Down => next.clamp(low.min(value), value),
    }
    .clamp(parameter.domain.min, parameter.domain.max)
}

/// Distance of the grid points of a linear slider, as (numerator, denominator) so that it stays decimal.
fn spacing(unit: Unit, low: f64, high: f64, stride: Stride) -> (f64, f64) {
    if unit == Unit::Share {
        return match stride {
            Stride::Fine => (1.0, 1000.0),
            Stride::Step => (1.0, 100.0),
            Stride::Coarse => (1.0, 10.0),
        };
    }
    // A fiftieth of the range, rounded to 1-2-5.
    let fiftieth = (high - low) / 50.0;
    let exponent = libm::floor(libm::log10(fiftieth));
    let mantissa = fiftieth / libm::pow(10.0, exponent);
    let round = if mantissa < 1.5 {
        1.0
    } else if mantissa < 3.5 {
        2.0
    } else {
        5.0
    };
    let exponent = exponent
        + match stride {
            Stride::Fine => -1.0,
            Stride::Step => 0.0,
            Stride::Coarse => 1.0,
        };
    if exponent < 0.0 {
        (round, libm::pow(10.0, -exponent))
    } else {
        (round * libm::pow(10.0, exponent), 1.0)
    }
}

/// The grid point next to `value`, in steps of numerator / denominator.
fn linear(value: f64, direction: Direction, (numerator, denominator): (f64, f64)) -> f64 {
    let steps = value * denominator / numerator;
    next_whole(steps, direction) * numerator / denominator
}

fn next_whole(steps: f64, direction: Direction) -> f64 {
    match direction {
        Direction::Up => libm::floor(steps + ON_GRID) + 1.0,
        Direction::Down => libm::ceil(steps - ON_GRID) - 1.0,
    }
}

/// The grid points within one decade, in thousandths of its first: where each spacing begins, and the spacing.
const fn spacings(stride: Stride) -> &'static [(f64, f64)] {
    match stride {
        Stride::Fine => &[(1000.0, 10.0)],
        Stride::Step => &[(1000.0, 50.0), (2000.0, 100.0), (5000.0, 250.0)],
        Stride::Coarse => &[(1000.0, 1000.0), (2000.0, 3000.0), (5000.0, 5000.0)],
    }
}

fn logarithmic(value: f64, direction: Direction, stride: Stride) -> f64 {
    let mut exponent = libm::floor(libm::log10(value));
    let mut thousandths = decimal(value, 3.0 - exponent);
    // A value on a power of ten belongs to the decade it is moving through.
    if direction == Direction::Down && thousandths <= 1000.0 + ON_GRID {
        exponent -= 1.0;
        thousandths *= 10.0;
    } else if direction == Direction::Up && thousandths >= 10_000.0 - ON_GRID {
        exponent += 1.0;
        thousandths /= 10.0;
    }
    let inside = |start: f64| match direction {
        Direction::Up => thousandths >= start - ON_GRID,
        Direction::Down => thousandths > start + ON_GRID,
    };
    let (start, spacing) = spacings(stride)
        .iter()
        .rev()
        .find(|(start, _)| inside(*start))
        .copied()
        .unwrap_or((1000.0, spacings(stride).first().map_or(10.0, |first| first.1)));
    let next = start + next_whole((thousandths - start) / spacing, direction) * spacing;
    decimal(next, exponent - 3.0)
}

/// `value · 10^exponent`, dividing for negative exponents so that decimal fractions come out exact.
fn decimal(value: f64, exponent: f64) -> f64 {
    if exponent < 0.0 { value / libm::pow(10.0, -exponent) } else { value * libm::pow(10.0, exponent) }
}

fn whole(value: f64, direction: Direction, stride: Stride) -> f64 {
    let by_one = next_whole(value, direction);
    if stride == Stride::Fine || value <= 1.0 {
        return by_one;
    }
    let far = logarithmic(value, direction, stride);
    match direction {
        Direction::Up => libm::floor(far).max(by_one),
        Direction::Down => libm::ceil(far).min(by_one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Global, TierField};

    fn walk(
        parameter: &Parameter,
        from: f64,
        direction: Direction,
        stride: Stride,
        count: usize,
    ) -> Vec<f64> {
        let mut value = from;
        (0..count)
            .map(|_| {
                value = step(parameter, value, direction, stride);
                value
            })
            .collect()
    }

    #[test]
    fn a_price_steps_by_about_five_percent_on_round_numbers() {
        let rent = Global::GpuHour.parameter();
        assert_eq!(walk(rent, 1.9, Direction::Up, Stride::Step, 4), [1.95, 2.0, 2.1, 2.2]);
        assert_eq!(walk(rent, 2.1, Direction::Down, Stride::Step, 3), [2.0, 1.95, 1.9]);
        assert_eq!(walk(rent, 9.75, Direction::Up, Stride::Step, 2), [10.0, 10.5]);
        assert_eq!(walk(rent, 10.0, Direction::Down, Stride::Step, 1), [9.75]);
    }

    #[test]
    fn a_coarse_step_is_one_two_five_and_a_fine_one_the_third_digit() {
        let price = TierField::Output.parameter();
        assert_eq!(walk(price, 2.19, Direction::Up, Stride::Coarse, 4), [5.0, 10.0, 20.0, 50.0]);
        assert_eq!(walk(price, 2.19, Direction::Down, Stride::Coarse, 4), [2.0, 1.0, 0.5, 0.2]);
        assert_eq!(walk(price, 2.19, Direction::Up, Stride::Fine, 2), [2.2, 2.21]);
        assert_eq!(walk(price, 0.55, Direction::Up, Stride::Fine, 1), [0.551]);
        assert_eq!(walk(price, 1.0, Direction::Down, Stride::Fine, 1), [0.999]);
    }

    #[test]
    fn a_value_off_the_grid_lands_on_it() {
        let ratio = Global::InputPerOutput.parameter();
        assert_eq!(walk(ratio, 608.0 / 168.0, Direction::Up, Stride::Step, 1), [3.7]);
        assert_eq!(walk(ratio, 608.0 / 168.0, Direction::Down, Stride::Step, 1), [3.6]);
    }

    #[test]
    fn a_price_reaches_zero_and_comes_back() {
        let price = TierField::Output.parameter();
        assert_eq!(step(price, 0.001, Direction::Down, Stride::Step), 0.0);
        assert_eq!(step(price, 0.0, Direction::Up, Stride::Step), 0.001);
        let decode = Global::Decode.parameter();
        assert_eq!(step(decode, 10.0, Direction::Down, Stride::Coarse), 10.0);
    }

    #[test]
    fn a_share_moves_by_a_tenth_one_or_ten_points() {
        let hit = Global::HitRatio.parameter();
        assert_eq!(step(hit, 0.5625, Direction::Up, Stride::Step), 0.57);
        assert_eq!(step(hit, 0.5625, Direction::Down, Stride::Fine), 0.562);
        assert_eq!(step(hit, 0.5625, Direction::Up, Stride::Coarse), 0.6);
        assert_eq!(step(hit, 1.0, Direction::Up, Stride::Coarse), 1.0);
        assert_eq!(walk(hit, 0.0, Direction::Up, Stride::Step, 3), [0.01, 0.02, 0.03]);
    }

    #[test]
    fn counts_stay_whole_and_years_and_watts_round() {
        let gpus = Global::Gpus.parameter();
        assert_eq!(step(gpus, 8.0, Direction::Up, Stride::Step), 9.0);
        assert_eq!(step(gpus, 8.0, Direction::Up, Stride::Coarse), 10.0);
        assert_eq!(step(gpus, 1.0, Direction::Down, Stride::Step), 1.0);
        assert_eq!(step(Global::Life.parameter(), 4.0, Direction::Up, Stride::Step), 4.2);
        assert_eq!(step(Global::Hosting.parameter(), 130.0, Direction::Down, Stride::Coarse), 100.0);
        assert_eq!(step(Global::Power.parameter(), 1.73, Direction::Up, Stride::Step), 1.8);
    }

    #[test]
    fn steps_stay_in_the_sliders_range_but_a_typed_value_beyond_may_come_back() {
        let rent = Global::GpuHour.parameter();
        assert_eq!(step(rent, 50.0, Direction::Up, Stride::Coarse), 50.0);
        assert_eq!(step(rent, 300.0, Direction::Up, Stride::Step), 300.0);
        assert_eq!(step(rent, 300.0, Direction::Down, Stride::Coarse), 200.0);
    }

    #[test]
    fn every_step_goes_somewhere_valid_from_anywhere() {
        let parameters =
            Global::ALL.iter().map(|g| g.parameter()).chain(TierField::ALL.iter().map(|f| f.parameter()));
        for parameter in parameters {
            for exponent in -330..=12 {
                let value = libm::pow(10.0, f64::from(exponent)) * 1.234567;
                let value = value.clamp(parameter.domain.min, parameter.domain.max);
                for stride in [Stride::Fine, Stride::Step, Stride::Coarse] {
                    let up = step(parameter, value, Direction::Up, stride);
                    let down = step(parameter, value, Direction::Down, stride);
                    assert!(up >= value && down <= value, "{} {value}: {down} {up}", parameter.id);
                    assert!(up.is_finite() && down.is_finite());
                }
            }
        }
    }
}
