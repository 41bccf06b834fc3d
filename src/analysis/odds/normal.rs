//! Standard normal draws and the exponential, equal to the bit on every machine.
//!
//! Plain additions, multiplications and divisions round the same way everywhere; fused ones and the exponentials
//! of platforms do not.
#![allow(clippy::excessive_precision, reason = "constants stand as they are published")]

/// z of the 95th percentile: ends of 90 % ranges lie this many standard deviations from the middle.
pub(super) const Z95: f64 = 1.6448536269514722;

/// The value below which a standard normal variable lies with probability `p`, inside 0 … 1.
///
/// Algorithm AS 241 (Wichura 1988), `PPND16`: right to about 1e-16.
pub(super) fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * ratio(&CENTRAL, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = libm::sqrt(-libm::log(tail));
    let z = if r <= 5.0 { ratio(&MIDDLE, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    if q < 0.0 { -z } else { z }
}

/// Numerator and denominator of a rational approximation, constant term first.
type Ratio = [[f64; 8]; 2];

fn ratio([numerator, denominator]: &Ratio, r: f64) -> f64 {
    let polynomial = |terms: &[f64; 8]| terms.iter().rev().fold(0.0, |sum, term| sum * r + term);
    polynomial(numerator) / polynomial(denominator)
}

const CENTRAL: Ratio = [
    [
        3.3871328727963666080e0,
        1.3314166789178437745e+2,
        1.9715909503065514427e+3,
        1.3731693765509461125e+4,
        4.5921953931549871457e+4,
        6.7265770927008700853e+4,
        3.3430575583588128105e+4,
        2.5090809287301226727e+3,
    ],
    [
        1.0,
        4.2313330701600911252e+1,
        6.8718700749205790830e+2,
        5.3941960214247511077e+3,
        2.1213794301586595867e+4,
        3.9307895800092710610e+4,
        2.8729085735721942674e+4,
        5.2264952788528545610e+3,
    ],
];

const MIDDLE: Ratio = [
    [
        1.42343711074968357734e0,
        4.63033784615654529590e0,
        5.76949722146069140550e0,
        3.64784832476320460504e0,
        1.27045825245236838258e0,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4,
    ],
    [
        1.0,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9,
    ],
];

const FAR: Ratio = [
    [
        6.65790464350110377720e0,
        5.46378491116411436990e0,
        1.78482653991729133580e0,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ],
    [
        1.0,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15,
    ],
];

/// Beyond this the exponential no longer matters: no domain reaches so far.
const MOST: f64 = 700.0;
/// 1.5 · 2⁵²: added, it leaves the nearest whole number in the low bits of a float.
const ROUND: f64 = 6755399441055744.0;
/// ln 2 in two parts, the first with so few digits that whole multiples of it are exact.
const LN_2: [f64; 2] = [0.6931471803691238, 1.9082149292705877e-10];
/// 1/n! from n = 0 to 13: beyond, a term is lost in rounding.
const INVERSE_FACTORIALS: [f64; 14] = [
    1.0,
    1.0,
    0.5,
    0.16666666666666666,
    0.041666666666666664,
    0.008333333333333333,
    0.001388888888888889,
    0.0001984126984126984,
    2.48015873015873e-5,
    2.7557319223985893e-6,
    2.755731922398589e-7,
    2.505210838544172e-8,
    2.08767569878681e-9,
    1.6059043836821613e-10,
];

/// eˣ to within two units in the last digit, x cut to ± 700. Has no branches, so that loops over it become
/// vector instructions, which those of libraries do not.
#[inline]
pub(super) fn exp(x: f64) -> f64 {
    let x = if x > MOST { MOST } else { x };
    let x = if x < -MOST { -MOST } else { x };
    // x = k·ln 2 + r with |r| ≤ ln 2 / 2.
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let r = (x - k * LN_2[0]) - k * LN_2[1];
    // Terms are joined in pairs, pairs of pairs and so on, which do not wait for each other.
    let [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13] = INVERSE_FACTORIALS;
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = ((c0 + c1 * r) + (c2 + c3 * r) * r2) + ((c4 + c5 * r) + (c6 + c7 * r) * r2) * r4;
    let high = ((c8 + c9 * r) + (c10 + c11 * r) * r2) + (c12 + c13 * r) * r4;
    let power = low + high * (r4 * r4);
    // Times 2ᵏ: k is in the low bits of `shifted` and belongs into the exponent.
    f64::from_bits(power.to_bits().wrapping_add(shifted.to_bits() << 52))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_95th_percentile_is_where_tables_have_it() {
        assert!((normal_quantile(0.95) - Z95).abs() < 1e-14);
        assert_eq!(normal_quantile(0.5), 0.0);
        assert!((normal_quantile(0.025) + 1.959963984540054).abs() < 1e-15);
    }

    #[test]
    fn the_quantile_inverts_the_distribution() {
        for step in 1..2000 {
            let z = f64::from(step - 1000) / 120.0;
            let p = 0.5 * libm::erfc(-z / std::f64::consts::SQRT_2);
            // Near 1 the probability itself has no digits left.
            if p < 0.999 {
                assert!(
                    (normal_quantile(p) - z).abs() <= 2e-13 * z.abs().max(1.0),
                    "{z}: {}",
                    normal_quantile(p)
                );
            }
        }
    }

    #[test]
    fn the_exponential_is_right_to_two_units_in_the_last_place() {
        for step in -200_000_i32..=200_000 {
            let x = f64::from(step) * 0.003_499_7;
            let (ours, expected) = (exp(x), libm::exp(x));
            let units = ours.to_bits().abs_diff(expected.to_bits());
            assert!(units <= 2, "e^{x}: {ours} is not {expected}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert_eq!((exp(1e9), exp(-1e9)), (exp(700.0), exp(-700.0)));
    }
}
