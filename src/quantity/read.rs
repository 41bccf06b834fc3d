//! Reading what people write for a value: `2`, `$2.50`, `75k`, `73.7k tok/s`, `56.3%`, `16/8`, `x1.2`, `none`.

mod scan;
mod units;

use super::error::QuantityError;
use super::number;
use crate::model::{Domain, Fallback, Pane, Parameter, Scale, Unit, fifteen_digits};
use scan::{scan, scan_scaled};
use units::is_unit;

/// How a text was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The value, exactly as typed; `None` when the input is to be absent.
    pub value: Option<f64>,
    /// The value as the screen writes it: `= 60 %`.
    pub read_as: String,
}

/// Longer texts are no quantities.
const LONGEST: usize = 100;
/// The cells of a refused text that a message quotes.
const SHOWN: usize = 40;

/// The target margin is no input, but it is read like one.
const TARGET: Parameter = Parameter {
    id: "target",
    label: "Target",
    symbol: "",
    unit: Unit::Share,
    domain: Domain { min: -1e6, max: 1.0, whole: false, optional: false, words: None },
    scale: Scale::Linear { low: 0.0, high: 0.9 },
    fallback: Fallback::Value(0.0),
    pane: Pane::Pricing,
    rank: 0,
    doc: "The gross margin that a verdict is measured against.",
    formula: "gross margin > target",
};

/// Reads a target margin: a share or a percentage below 100 %, negative ones too, as far as −1e6.
pub fn parse_target(text: &str) -> Result<f64, QuantityError> {
    let text = normalised(text);
    let value = match text.strip_prefix('-') {
        // A sign before a percentage would make it relative, and a loss may well be over 100 %.
        Some(size) if size.ends_with('%') => {
            let loss =
                Parameter { domain: Domain { min: 0.0, max: -TARGET.domain.min, ..TARGET.domain }, ..TARGET };
            parse(size, &loss, None)?.value.map(|size| 0.0 - size)
        }
        _ => parse(&text, &TARGET, None)?.value,
    };
    value.filter(|target| *target < 1.0).ok_or(QuantityError::TargetTooHigh)
}

/// Reads a value of `parameter`. Relative forms (`x1.2`, `+10%`, `/2`) start from `current`.
pub fn parse(text: &str, parameter: &Parameter, current: Option<f64>) -> Result<Reading, QuantityError> {
    let domain = parameter.domain;
    let text = &normalised(text);
    if text.is_empty() {
        return Err(QuantityError::Empty { domain });
    }
    if text.chars().count() > LONGEST {
        return Err(not_a_value(&crate::text::fit(text, SHOWN), domain));
    }
    let value = match word(text, domain) {
        Some(value) => value,
        None if domain.words.is_some() => return Err(not_a_value(text, domain)),
        None => Some(number(text, parameter, current)?),
    };
    if domain.contains(value) {
        return Ok(Reading { value, read_as: read_as(value, parameter) });
    }
    let Some(value) = value else {
        return Err(QuantityError::OutOfDomain { text: text.clone(), domain });
    };
    let percentage = value / 100.0;
    // Who writes a percent sign or a factor means it.
    let bare = !text.ends_with('%') && relative(text, parameter).is_none();
    if bare && parameter.unit == Unit::Share && value > domain.max && domain.contains(Some(percentage)) {
        // A plain number has an exact hundredth; anything else is divided.
        let percentage = format!("{text}e-2").parse().unwrap_or(percentage);
        return Err(QuantityError::Percentage {
            text: number::exact(value),
            max: number::exact(domain.max),
            percentage,
        });
    }
    let sum = number::exact(value);
    let text = if *text == sum { sum } else { format!("{text} (= {sum})") };
    Err(QuantityError::OutOfDomain { text, domain })
}

/// Reads a whole number of something that has no unit: `10000`, `10k`, `1e4`.
pub fn parse_whole(text: &str) -> Option<u64> {
    const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;
    let text = normalised(text);
    let (Ok(number), "") = scan(&text)? else { return None };
    (number.fract() == 0.0 && (0.0..=LARGEST_EXACT).contains(&number)).then_some(number as u64)
}

/// The reading shown while typing: `= 60 %`.
fn read_as(value: Option<f64>, parameter: &Parameter) -> String {
    let text = match (value, parameter.domain.words) {
        (None, _) => number::ABSENT.to_owned(),
        (Some(value), Some([off, on])) => if value == 0.0 { off } else { on }.to_owned(),
        (Some(value), None) => number::with_unit(value, parameter.unit),
    };
    format!("= {text}")
}

/// One kind of space, minus and times, and nothing that shows nothing.
fn normalised(text: &str) -> String {
    let text = crate::text::clean(text);
    let plain = text.chars().map(|c| match c {
        '\u{2212}' | '\u{2013}' => '-',
        '×' => 'x',
        '÷' => '/',
        c if c.is_whitespace() => ' ',
        c => c,
    });
    plain.collect::<String>().trim().to_owned()
}

fn not_a_value(text: &str, domain: Domain) -> QuantityError {
    QuantityError::NotAValue { text: text.to_owned(), domain }
}

/// The value of a word: a toggle's state, or `none`.
#[allow(clippy::option_option, reason = "no word, a word for `absent`, a word for a value")]
fn word(text: &str, domain: Domain) -> Option<Option<f64>> {
    let text = text.to_lowercase();
    if let Some(words) = domain.words {
        let truth = words == ["false", "true"];
        return match text.as_str() {
            text if text == words[0] => Some(Some(0.0)),
            text if text == words[1] => Some(Some(1.0)),
            "off" | "no" | "0" if truth => Some(Some(0.0)),
            "on" | "yes" | "1" if truth => Some(Some(1.0)),
            _ => None,
        };
    }
    matches!(text.as_str(), "none" | "null" | "absent" | "n/a").then_some(None)
}

/// Reads everything that is no word.
fn number(text: &str, parameter: &Parameter, current: Option<f64>) -> Result<f64, QuantityError> {
    let value = match relative(text, parameter) {
        Some(Ok(relative)) => {
            let current = current.ok_or_else(|| QuantityError::Relative { text: text.to_owned() })?;
            tidy(relative.of(current))
        }
        Some(Err(error)) => return Err(error),
        None => absolute(text, parameter)?,
    };
    // Adding zero turns -0 into 0.
    if value.is_finite() { Ok(value + 0.0) } else { Err(QuantityError::NotFinite { text: text.to_owned() }) }
}

/// A change of the present value.
#[derive(Clone, Copy, Debug)]
enum Relative {
    Times(f64),
    Over(f64),
    /// By a fraction of itself.
    By(f64),
}

impl Relative {
    fn of(self, current: f64) -> f64 {
        match self {
            Self::Times(factor) => current * factor,
            Self::Over(divisor) => current / divisor,
            Self::By(part) => current * (1.0 + part),
        }
    }
}

/// Reads `x1.2`, `*1.2`, `/2`, `+10%` and `-5%`; `None` for anything else.
fn relative(text: &str, parameter: &Parameter) -> Option<Result<Relative, QuantityError>> {
    let plain = |rest: &str| match scan(rest.trim()) {
        Some((number, "")) => number,
        _ => Err(not_a_value(text, parameter.domain)),
    };
    if let Some(rest) = text.strip_prefix(['x', 'X', '*']) {
        return Some(plain(rest).map(Relative::Times));
    }
    if let Some(rest) = text.strip_prefix('/') {
        return Some(plain(rest).map(Relative::Over));
    }
    let percentage = text.strip_suffix('%')?.trim_end();
    let part = percentage.strip_prefix(['+', '-'])?;
    let sign = if percentage.starts_with('-') { -1.0 } else { 1.0 };
    Some(plain(part).map(|part| Relative::By(sign * part / 100.0)))
}

/// Takes the noise of binary arithmetic off a result that is short in decimals: `0.55 · 1.1` is `0.605`.
fn tidy(value: f64) -> f64 {
    const SHORT: usize = 12;
    let rounded = fifteen_digits(value);
    let digits = format!("{rounded:e}").bytes().take_while(|byte| *byte != b'e').count();
    if digits <= SHORT { rounded } else { value }
}

/// Reads a number, a fraction of two, or a percentage, with or without a unit.
fn absolute(text: &str, parameter: &Parameter) -> Result<f64, QuantityError> {
    let domain = parameter.domain;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text.strip_prefix('+').unwrap_or(text).trim_start()),
    };
    let digits = match digits.strip_prefix('$') {
        Some(rest) if parameter.unit.is_money() => rest.trim_start(),
        Some(_) => return Err(wrong_unit("$", parameter)),
        None => digits,
    };
    let (first, rest) = scan(digits).ok_or_else(|| not_a_value(text, domain))?;
    let first = first?;
    let magnitude = if sign.is_empty() { first } else { -first };
    if is_unit(rest, parameter.unit) {
        return Ok(magnitude);
    }
    if let Some(share) = percentage(digits, rest) {
        if parameter.unit != Unit::Share {
            return Err(wrong_unit("%", parameter));
        }
        return Ok(if sign.is_empty() { share? } else { -share? });
    }
    if let Some(second) = rest.trim_start().strip_prefix('/')
        && let Some((divisor, rest)) = scan(second.trim_start())
    {
        let quotient = magnitude / divisor?;
        return if is_unit(rest, parameter.unit) { Ok(quotient) } else { Err(wrong_unit(rest, parameter)) };
    }
    if rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',') {
        return Err(not_a_value(text, domain));
    }
    Err(wrong_unit(rest, parameter))
}

/// The share that `56.3%` is, if `rest` is a percent sign; exactly the decimal 0.563.
fn percentage(digits: &str, rest: &str) -> Option<Result<f64, QuantityError>> {
    matches!(rest.trim().to_lowercase().as_str(), "%" | "percent" | "pct").then(|| {
        let number = digits.get(..digits.len() - rest.len()).unwrap_or_default();
        match scan_scaled(number, -2) {
            Some((share, "")) => share,
            _ => Err(QuantityError::NotFinite { text: digits.to_owned() }),
        }
    })
}

fn wrong_unit(unit: &str, parameter: &Parameter) -> QuantityError {
    QuantityError::WrongUnit {
        unit: crate::text::fit(unit.trim(), 20),
        expected: match parameter.unit {
            Unit::Share => "a share or a percentage",
            Unit::Choice | Unit::Count | Unit::Ratio => "a pure number",
            unit => unit.symbol(),
        },
    }
}

#[cfg(test)]
mod tests;
