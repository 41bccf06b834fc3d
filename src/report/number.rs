//! How numbers are written on screens: no more digits than are known, never NaN, never `-0`.
//!
//! A value that needs few digits is written with those; one that was rounded keeps its last digit even when it is
//! a zero, so `20 %` is exactly that and `20.0 %` is about that.

use super::decimal::Decimal;
use crate::model::{InputId, Unit};

/// What stands for an undefined number.
pub const UNDEFINED: &str = "n/a";
/// What stands for an absent input.
pub const ABSENT: &str = "none";

/// Significant digits of a rounded number.
const DIGITS: i32 = 3;
/// Powers of ten beyond which digits are abbreviated, and their names.
const MAGNITUDES: [(i32, &str); 4] = [(12, "T"), (9, "B"), (6, "M"), (3, "k")];
/// Above this power of ten numbers are written as `1e15`.
const LARGEST: i32 = 14;
/// Below this power of ten numbers are written as `1e-7`.
const SMALLEST: i32 = -6;

/// A number without its unit, but for `$` and `%`: `$2.00`, `14.8k`, `56.3 %`, `226.75`.
pub fn format(value: f64, unit: Unit) -> String {
    match unit {
        _ if !value.is_finite() => UNDEFINED.to_owned(),
        Unit::Choice => if value == 0.0 { "no" } else { "yes" }.to_owned(),
        Unit::Share => percent(value),
        Unit::Count => count(value),
        _ if unit.is_money() => money(value),
        _ => plain(value),
    }
}

/// A number with its unit: `$2.00/GPU·h`, `14.8k tok/s`, `56.3 %`.
pub fn with_unit(value: f64, unit: Unit) -> String {
    let number = format(value, unit);
    let symbol = unit.symbol();
    match unit {
        _ if !value.is_finite() || symbol.is_empty() || unit == Unit::Share => number,
        _ if unit.is_money() => number + symbol.trim_start_matches('$'),
        _ => format!("{number} {symbol}"),
    }
}

/// The value of an input without its unit: words for toggles, `none` for what is absent.
pub fn input(id: InputId, value: Option<f64>) -> String {
    word(id, value).unwrap_or_else(|| format(value.unwrap_or(f64::NAN), id.parameter().unit))
}

/// The value of an input with its unit.
pub fn input_with_unit(id: InputId, value: Option<f64>) -> String {
    word(id, value).unwrap_or_else(|| with_unit(value.unwrap_or(f64::NAN), id.parameter().unit))
}

/// The word for a toggle's state or an absent value.
fn word(id: InputId, value: Option<f64>) -> Option<String> {
    match (value, id.domain().words) {
        (None, _) => Some(ABSENT.to_owned()),
        (Some(value), Some([off, on])) => Some(if value == 0.0 { off } else { on }.to_owned()),
        _ => None,
    }
}

/// The value of an input as `--set` and exports write it: every digit, words for toggles, `none` for absent.
pub fn input_exact(id: InputId, value: Option<f64>) -> String {
    word(id, value).unwrap_or_else(|| exact(value.unwrap_or(f64::NAN)))
}

/// A fraction as a percentage: `84.5 %`, `545 %`, `99.996 %`; never 0 or 100 for what is not.
pub fn percent(share: f64) -> String {
    if share.is_finite() { signed(share, &format!("{} %", hundredths(share))) } else { UNDEFINED.to_owned() }
}

/// A difference of fractions in percentage points, with its sign: `+84.5 pt`.
pub fn points(difference: f64) -> String {
    let text = distance(difference);
    if difference > 0.0 && difference.is_finite() { format!("+{text}") } else { text }
}

/// A distance between fractions in percentage points: `84.5 pt`.
pub fn distance(difference: f64) -> String {
    if difference.is_finite() {
        signed(difference, &format!("{} pt", hundredths(difference)))
    } else {
        UNDEFINED.to_owned()
    }
}

/// A part of one dollar in cents: `15.5¢`.
pub fn cents(dollars: f64) -> String {
    if dollars.is_finite() {
        signed(dollars, &format!("{}¢", hundredths(dollars)))
    } else {
        UNDEFINED.to_owned()
    }
}

/// A factor: `6.45×`.
pub fn factor(value: f64) -> String {
    if value.is_finite() { format!("{}×", plain(value)) } else { UNDEFINED.to_owned() }
}

/// US dollars: `$562k`, `$12.90`, `$0.035`.
pub fn money(dollars: f64) -> String {
    if !dollars.is_finite() {
        return UNDEFINED.to_owned();
    }
    let exact = Decimal::new(dollars, 0);
    let cents = exact.fixed(2);
    let text = if exact.is_zero() {
        "0".to_owned()
    } else if cents.exponent() >= 2 {
        // From $100: whole dollars, unless the cents are all there is.
        if exact.exponent() == 2 && exact.places() > 0 && exact.places() <= 2 {
            exact.grouped(2)
        } else {
            short(&exact)
        }
    } else if exact.significant(DIGITS).exponent() >= 0 {
        cents.grouped(2)
    } else if exact.exponent() < SMALLEST {
        exact.significant(DIGITS).scientific()
    } else {
        // Below a dollar: three digits that count, at least two places.
        let text = exact.significant(DIGITS);
        let places = if text.is_rounded() { DIGITS - 1 - text.exponent() } else { text.places() };
        text.grouped(places.max(2))
    };
    signed(dollars, &format!("${text}"))
}

/// A pure number to three digits: `3.62`, `1,421`, `14.8k`.
pub fn plain(value: f64) -> String {
    if value.is_finite() { signed(value, &short(&Decimal::new(value, 0))) } else { UNDEFINED.to_owned() }
}

/// A pure number with exactly this many places, thousands marked.
pub fn places(value: f64, places: i32) -> String {
    let number = Decimal::new(value, 0).fixed(places);
    let sign = if value < 0.0 && !number.is_zero() { "-" } else { "" };
    if value.is_finite() { format!("{sign}{}", number.grouped(places)) } else { UNDEFINED.to_owned() }
}

/// A count: hundredths are kept below a thousand, since 226.75 nodes are an average: `226.75`, `1,421`.
pub fn count(value: f64) -> String {
    let exact = Decimal::new(value, 0);
    let cut = exact.fixed(2);
    if value.is_finite() && (0..3).contains(&exact.exponent()) && cut.exponent() < 3 {
        signed(value, &cut.grouped(if cut.is_rounded() { 2 } else { cut.places() }))
    } else {
        plain(value)
    }
}

/// The shortest text that reads back as the same number: `0.1`, `87072`, `1e-7`; for exports.
pub fn exact(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    if (1e-5..1e16).contains(&value.abs()) { value.to_string() } else { format!("{value:e}") }
}

/// Three digits that count, thousands marked, abbreviated from ten thousand.
fn short(exact: &Decimal) -> String {
    if exact.is_zero() {
        return "0".to_owned();
    }
    // Rounded first, so that 9,999.7 is abbreviated as the 10,000 that it becomes.
    let number = exact.significant(DIGITS);
    if exact.exponent() == 3 && exact.fixed(0).exponent() == 3 {
        return exact.fixed(0).grouped(0);
    }
    let power = number.exponent();
    if !(SMALLEST..=LARGEST).contains(&power) {
        return number.scientific();
    }
    let (shift, name) = match MAGNITUDES.iter().find(|(least, _)| power >= *least) {
        Some((3, _)) if power < 4 => (0, ""),
        Some((least, name)) => (*least, *name),
        None => (0, ""),
    };
    let number = number.shifted(-shift);
    let places = if number.is_rounded() { DIGITS - 1 - number.exponent() } else { number.places() };
    number.grouped(places.max(0)) + name
}

/// The digits of `|value| · 100`: one place below a hundred, none above, more where they would say 0 or 100.
fn hundredths(value: f64) -> String {
    const MOST_PLACES: i32 = 4;
    let exact = Decimal::new(value, 2);
    let whole = exact.fixed(0);
    if exact.is_zero() {
        return "0".to_owned();
    }
    if exact.exponent() >= 4 {
        return short(&exact);
    }
    if exact.exponent() >= 2 {
        return whole.grouped(0);
    }
    let tenths = exact.fixed(1);
    if tenths.exponent() >= 2 {
        // Almost, but not quite, a hundred.
        let closer = (2..=MOST_PLACES).map(|places| (places, exact.fixed(places)));
        return match closer.into_iter().find(|(_, number)| number.exponent() < 2) {
            Some((_, number)) => number.grouped(number.places()),
            None => ">99.9999".to_owned(),
        };
    }
    if exact.exponent() < -1 {
        // Less than a tenth: two digits that count.
        let number = exact.significant(2);
        if number.exponent() < -MOST_PLACES {
            return number.scientific();
        }
        return number.grouped(if number.is_rounded() { 1 - number.exponent() } else { number.places() });
    }
    tenths.grouped(if tenths.is_rounded() { 1 } else { tenths.places() })
}

/// Puts the sign of `value` before its digits.
fn signed(value: f64, digits: &str) -> String {
    if value < 0.0 { format!("-{digits}") } else { digits.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Global, TierField};
    use proptest::prelude::*;

    #[test]
    fn shares_are_percentages_with_one_place() {
        for (share, text) in [
            (0.5625, "56.3 %"),
            (0.563, "56.3 %"),
            (0.845_017_595_617_026_8, "84.5 %"),
            (5.452_345_374_181_476, "545 %"),
            (5.4523, "545 %"),
            (1.0, "100 %"),
            (0.2, "20 %"),
            (0.0, "0 %"),
            (-0.0, "0 %"),
            (0.19996, "20.0 %"),
            (0.07, "7 %"),
            (0.99996, "99.996 %"),
            (0.9996, "99.96 %"),
            (0.9995, "99.95 %"),
            (0.9994, "99.9 %"),
            (0.999_999_999, ">99.9999 %"),
            (-0.99996, "-99.996 %"),
            (0.0004, "0.04 %"),
            (0.00096, "0.096 %"),
            (-0.0004, "-0.04 %"),
            (0.000_012_34, "0.0012 %"),
            (1e-6, "0.0001 %"),
            (1e-12, "1e-10 %"),
            (-1.657_773_925, "-166 %"),
            (1.0049, "100 %"),
            (1.2, "120 %"),
            (12.331, "1,233 %"),
            (123.456, "12.3k %"),
            (f64::NAN, "n/a"),
            (f64::INFINITY, "n/a"),
        ] {
            assert_eq!(percent(share), text, "{share}");
        }
    }

    #[test]
    fn money_has_cents_when_they_count() {
        for (dollars, text) in [
            (2.0, "$2.00"),
            (12.904_69, "$12.90"),
            (0.55, "$0.55"),
            (0.5, "$0.50"),
            (0.035, "$0.035"),
            (0.14, "$0.14"),
            (0.109_644_6, "$0.110"),
            (0.028_677, "$0.0287"),
            (0.004_444_444, "$0.00444"),
            (0.996, "$0.996"),
            (0.9996, "$1.00"),
            (6.155, "$6.16"),
            (99.999, "$100"),
            (130.0, "$130"),
            (213.5, "$213.50"),
            (213.512, "$214"),
            (1421.2, "$1,421"),
            (9999.7, "$10.0k"),
            (30_000.0, "$30k"),
            (87_072.0, "$87.1k"),
            (561_818.6, "$562k"),
            (999_950.0, "$1.00M"),
            (1e6, "$1M"),
            (280_419_553.5, "$280M"),
            (1e12, "$1T"),
            (1e18, "$1e18"),
            (-12_345.0, "-$12.3k"),
            (-0.5, "-$0.50"),
            (0.0, "$0"),
            (-0.0, "$0"),
            (1.234e-9, "$1.23e-9"),
            (f64::NAN, "n/a"),
        ] {
            assert_eq!(money(dollars), text, "{dollars}");
        }
    }

    #[test]
    fn rates_counts_and_ratios_read_as_people_write_them() {
        for (value, unit, text) in [
            (14_800.0, Unit::TokensPerSecond, "14.8k"),
            (73_700.0, Unit::TokensPerSecond, "73.7k"),
            (75_000.0, Unit::TokensPerSecond, "75k"),
            (75_004.0, Unit::TokensPerSecond, "75.0k"),
            (1421.045, Unit::TokensPerSecond, "1,421"),
            (5281.39, Unit::TokensPerSecond, "5,281"),
            (8570.99, Unit::TokensPerSecond, "8,571"),
            (333.33, Unit::TokensPerSecond, "333"),
            (1.44e6, Unit::TokensPerSecond, "1.44M"),
            (607_695_639_181.29, Unit::TokensPerDay, "608B"),
            (3.619_05, Unit::Ratio, "3.62"),
            (5.0, Unit::Ratio, "5"),
            (0.1, Unit::Ratio, "0.1"),
            (1000.0, Unit::Ratio, "1,000"),
            (226.75, Unit::Count, "226.75"),
            (8.0, Unit::Count, "8"),
            (278.0, Unit::Count, "278"),
            (226.7512, Unit::Count, "226.75"),
            (1024.0, Unit::Count, "1,024"),
            (12_345.0, Unit::Count, "12.3k"),
            (0.0, Unit::Count, "0"),
            (0.1234, Unit::Count, "0.123"),
            (4.0, Unit::Years, "4"),
            (1.73, Unit::Kilowatts, "1.73"),
            (2.0, Unit::DollarsPerGpuHour, "$2.00"),
            (0.5625, Unit::Share, "56.3 %"),
            (f64::NAN, Unit::Count, "n/a"),
        ] {
            assert_eq!(format(value, unit), text, "{value} {unit:?}");
        }
    }

    #[test]
    fn units_follow_the_number() {
        assert_eq!(with_unit(2.0, Unit::DollarsPerGpuHour), "$2.00/GPU·h");
        assert_eq!(with_unit(14_800.0, Unit::TokensPerSecond), "14.8k tok/s");
        assert_eq!(with_unit(0.5625, Unit::Share), "56.3 %");
        assert_eq!(with_unit(2.19, Unit::DollarsPerMillion), "$2.19/M");
        assert_eq!(with_unit(4.0, Unit::Years), "4 years");
        assert_eq!(with_unit(3.62, Unit::Ratio), "3.62");
        assert_eq!(with_unit(f64::NAN, Unit::TokensPerSecond), "n/a");
    }

    #[test]
    fn inputs_have_words_for_toggles_and_for_what_is_absent() {
        assert_eq!(input(Global::Basis.into(), Some(1.0)), "own");
        assert_eq!(input(Global::ServeFree.into(), Some(1.0)), "true");
        assert_eq!(input(Global::Prefill.into(), None), "none");
        assert_eq!(input_with_unit(Global::Prefill.into(), Some(73_700.0)), "73.7k tok/s");
        assert_eq!(input(InputId::Tier(0, TierField::Share), Some(1.0)), "100 %");
        assert_eq!(input_exact(Global::InputPerOutput.into(), Some(608.0 / 168.0)), "3.619047619047619");
        assert_eq!(input_exact(Global::Basis.into(), Some(0.0)), "rent");
    }

    #[test]
    fn differences_factors_and_cents() {
        assert_eq!(points(0.845_017), "+84.5 pt");
        assert_eq!(points(-0.5), "-50 pt");
        assert_eq!(points(0.0), "0 pt");
        assert_eq!(factor(6.452_345), "6.45×");
        assert_eq!(factor(13.33), "13.3×");
        assert_eq!(cents(0.154_982), "15.5¢");
        assert_eq!(cents(0.09), "9¢");
        assert_eq!(cents(0.0899), "9.0¢");
    }

    #[test]
    fn exports_keep_every_digit() {
        assert_eq!(exact(0.1), "0.1");
        assert_eq!(exact(87_072.0), "87072");
        assert_eq!(exact(1e-7), "1e-7");
        assert_eq!(exact(1e300), "1e300");
        assert_eq!(exact(-0.0), "0");
        assert_eq!(exact(f64::NAN), "");
    }

    proptest! {
        #[test]
        fn no_number_makes_nan_negative_zero_or_a_false_whole(value in proptest::num::f64::ANY) {
            for text in [percent(value), money(value), plain(value), count(value), points(value), factor(value), cents(value)] {
                prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
                prop_assert!(text.chars().count() <= 16, "{text}");
                let digits = text.chars().any(|c| ('1'..='9').contains(&c));
                prop_assert!(digits || value == 0.0 || !value.is_finite(), "{value:e} as {text}");
            }
        }

        #[test]
        fn a_share_below_one_is_never_written_as_a_hundred(share in 0.99_f64..1.0) {
            prop_assert_ne!(percent(share), "100 %");
            prop_assert_ne!(percent(share), "100.0 %");
        }

        #[test]
        fn the_exact_form_reads_back_to_the_bit(value in proptest::num::f64::NORMAL) {
            prop_assert_eq!(exact(value).parse::<f64>().map(f64::to_bits), Ok(value.to_bits()));
        }
    }
}
