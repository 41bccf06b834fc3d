//! How numbers are written on screens: no more digits than are known, never NaN, never `-0`.
//!
//! A value that needs few digits is written with those; one that was rounded keeps its last digit even when it is
//! a zero, so `20 %` is exactly that and `20.0 %` is about that.

use super::decimal::Decimal;
use crate::model::{InputId, Output, Outputs, Unit};

/// What stands for an undefined number.
pub const UNDEFINED: &str = "n/a";
/// What stands for an absent input.
pub const ABSENT: &str = "none";

/// The sign of what is below zero, for readers; exports have the hyphen that programs read.
pub const MINUS: &str = "−";

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
        Unit::Share => margin(value),
        Unit::Count => count(value),
        _ if unit.is_money() => money(value),
        _ => plain(value),
    }
}

/// A number as `write` writes it, or `n/a` where there is none.
pub fn or_undefined(value: Option<f64>, write: impl FnOnce(f64) -> String) -> String {
    value.map_or_else(|| UNDEFINED.to_owned(), write)
}

/// A result without its unit, as [`format()`] writes it; `n/a` where it is undefined.
pub fn output(outputs: &Outputs, output: Output) -> String {
    or_undefined(outputs.get(output), |value| format(value, output.info().unit))
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
    spoken(id, value).unwrap_or_else(|| format(value.unwrap_or(f64::NAN), id.parameter().unit))
}

/// The value of an input with its unit.
pub fn input_with_unit(id: InputId, value: Option<f64>) -> String {
    spoken(id, value).unwrap_or_else(|| with_unit(value.unwrap_or(f64::NAN), id.parameter().unit))
}

/// The value of an input in two columns: its number, and its unit: `$2.00` and `/GPU·h`, `56.3` and `%`.
pub fn columns(id: InputId, value: Option<f64>) -> (String, &'static str) {
    let unit = id.parameter().unit;
    let mut number = input(id, value);
    if value.is_none_or(|value| !value.is_finite()) {
        return (number, "");
    }
    if unit == Unit::Share {
        number.truncate(number.trim_end_matches(" %").len());
    }
    (number, if unit.is_money() { unit.symbol().trim_start_matches('$') } else { unit.symbol() })
}

/// The word for a toggle's state or an absent value, as people say it: `yes` where a file has `true`.
fn spoken(id: InputId, value: Option<f64>) -> Option<String> {
    match (value, id.domain().words) {
        (Some(value), Some(["false", "true"])) => Some(format(value, Unit::Choice)),
        _ => word(id, value),
    }
}

/// The word for a toggle's state or an absent value, as files write it.
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

/// Below this a percentage says nothing of a margin any more, but how many times over cost is revenue does.
const LOWEST_MARGIN: f64 = -10.0;

/// Whether a margin is told as a multiple of revenue.
pub fn is_deep(margin: f64) -> bool {
    margin < LOWEST_MARGIN
}

/// A margin, or another share of something: `84.5 %`; below −1000 %, where only margins are, `cost 912 ×`.
pub fn margin(share: f64) -> String {
    if share.is_finite() && is_deep(share) {
        format!("cost {} ×", plain(1.0 - share))
    } else {
        percent(share)
    }
}

/// A difference of fractions in percentage points, with its sign: `+84.5 pt`.
pub fn points(difference: f64) -> String {
    let text = distance(difference);
    if difference > 0.0 && difference.is_finite() && !text.starts_with('>') {
        format!("+{text}")
    } else {
        text
    }
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
    let sign = if value < 0.0 && !number.is_zero() { MINUS } else { "" };
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
    /// Below this power of ten a part is just not nothing.
    const LEAST: i32 = -12;
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
            None => "> 99.9999".to_owned(),
        };
    }
    if exact.exponent() < -1 {
        // Less than a tenth: two digits that count.
        let number = exact.significant(2);
        if number.exponent() < LEAST {
            return "> 0".to_owned();
        }
        if number.exponent() < -MOST_PLACES {
            return number.scientific();
        }
        return number.grouped(if number.is_rounded() { 1 - number.exponent() } else { number.places() });
    }
    tenths.grouped(if tenths.is_rounded() { 1 } else { tenths.places() })
}

/// Puts the sign of `value` before its digits.
fn signed(value: f64, digits: &str) -> String {
    match digits.strip_prefix("> ") {
        // More than a size is, below zero, less than its negative; and there is no -0.
        Some(size) if value < 0.0 => {
            let minus = if size.starts_with("0 ") || size.starts_with("0¢") { "" } else { MINUS };
            format!("< {minus}{size}")
        }
        _ if value < 0.0 => format!("{MINUS}{digits}"),
        _ => digits.to_owned(),
    }
}

#[cfg(test)]
mod tests;
