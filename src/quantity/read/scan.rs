//! Numbers with their magnitude, read off the start of a text.

use crate::quantity::error::QuantityError;

/// A number at the start of a text and what follows it.
pub(super) type Scanned<'a> = (Result<f64, QuantityError>, &'a str);

/// Reads a number with its magnitude (`k`, `M`, `B`, `T`) off the start; `None` if there is none.
pub(super) fn scan(text: &str) -> Option<Scanned<'_>> {
    scan_scaled(text, 0)
}

/// As [`scan`], times `10^power`.
pub(super) fn scan_scaled(text: &str, power: i32) -> Option<Scanned<'_>> {
    let bytes = text.as_bytes();
    let run = |from: usize, of: fn(&u8) -> bool| {
        from + bytes.get(from..).unwrap_or_default().iter().take_while(|byte| of(byte)).count()
    };
    let whole = run(0, |byte| byte.is_ascii_digit() || matches!(byte, b',' | b'_'));
    let point = bytes.get(whole) == Some(&b'.');
    let mantissa = if point { run(whole + 1, u8::is_ascii_digit) } else { whole };
    let (integer, digits) = (text.get(..whole)?, text.get(..mantissa)?);
    if !digits.bytes().any(|byte| byte.is_ascii_digit()) || integer.starts_with(['_', ',']) {
        return None;
    }
    if integer.contains(',') && !marks_thousands(integer) {
        let meant = integer.replacen(',', ".", 1);
        let meant = (!point && !meant.contains([',', '_'])).then_some(meant);
        return Some((Err(QuantityError::Comma { text: digits.to_owned(), meant }), ""));
    }
    // An exponent only where digits follow the `e`.
    let mut end = mantissa;
    let mut exponent = 0_i32;
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let stop = run(end + 1 + sign, u8::is_ascii_digit);
        if stop > end + 1 + sign {
            let negative = bytes.get(end + 1) == Some(&b'-');
            let size: i32 = text.get(end + 1 + sign..stop)?.parse().unwrap_or(9999).min(9999);
            exponent = if negative { -size } else { size };
            end = stop;
        }
    }
    let rest = text.get(end..)?;
    let (scale, rest) = magnitude(rest);
    let plain: String = digits.chars().filter(|c| !matches!(c, ',' | '_')).collect();
    let value = format!("{plain}e{}", exponent + scale + power).parse::<f64>();
    let value = value.ok().filter(|value| value.is_finite());
    Some((value.ok_or_else(|| QuantityError::NotFinite { text: text.to_owned() }), rest))
}

/// Whether the commas stand where thousands are marked: `73,700`.
fn marks_thousands(integer: &str) -> bool {
    let mut groups = integer.split(',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && !integer.contains('_')
        && groups.all(|group| group.len() == 3)
}

/// The power of ten of a magnitude at the start of `rest`, and what follows it.
fn magnitude(rest: &str) -> (i32, &str) {
    const NAMES: [(&str, i32); 8] =
        [("mn", 6), ("bn", 9), ("tn", 12), ("k", 3), ("m", 6), ("b", 9), ("t", 12), ("g", 9)];
    let trimmed = rest.trim_start();
    for (name, power) in NAMES {
        if let Some(head) = trimmed.get(..name.len())
            && head.eq_ignore_ascii_case(name)
            && let Some(tail) = trimmed.get(name.len()..)
            // `8 GPUs`, `5 t/s` and `1.73 kW` begin with a letter of a unit, not with a magnitude.
            && (tail.is_empty() || tail.starts_with([' ', '/', '$', '%']) || magnitude_glued(tail))
            && !(name == "t" && tail.starts_with("/s"))
        {
            return (power, tail);
        }
    }
    (0, rest)
}

/// Whether a unit may stand right behind a magnitude: `14.8ktok/s`.
fn magnitude_glued(tail: &str) -> bool {
    ["tok", "tps", "t/s"].iter().any(|unit| tail.get(..3).is_some_and(|head| head.eq_ignore_ascii_case(unit)))
}
