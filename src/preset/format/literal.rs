//! Values as TOML writes them.

use crate::model::{Domain, InputId};

/// A number in the fewest digits that read back as the same bits; whole numbers without a point.
pub(super) fn number(value: f64) -> String {
    let magnitude = value.abs();
    let minus_zero = value == 0.0 && value.is_sign_negative();
    let exponent = magnitude != 0.0 && !(1e-5..1e16).contains(&magnitude);
    // Debug writes `-0.0`, and the exponents of very small and very large numbers.
    if minus_zero || exponent { format!("{value:?}") } else { value.to_string() }
}

/// The value of an input: a number, one of the words of a choice, or `"none"`.
pub(super) fn value(id: InputId, value: Option<f64>) -> String {
    match (value, id.domain()) {
        (None, _) => text("none"),
        (Some(value), Domain { words: Some([off, on]), .. }) => {
            let word = if value == 0.0 { off } else { on };
            if [off, on].contains(&"true") { word.to_owned() } else { text(word) }
        }
        (Some(value), _) => number(value),
    }
}

/// A text in quotes.
pub(in crate::preset) fn text(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// A date: bare when TOML knows it as one, else a text.
pub(super) fn date(date: &str) -> String {
    match date.parse::<toml_edit::Datetime>() {
        Ok(parsed) if parsed.to_string() == date => parsed.to_string(),
        _ => text(date),
    }
}

/// A table on one line.
pub(super) fn table<'a>(entries: impl IntoIterator<Item = &'a (&'static str, String)>) -> String {
    let entries: Vec<String> =
        entries.into_iter().map(|(key, literal)| format!("{key} = {literal}")).collect();
    format!("{{ {} }}", entries.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Global;

    #[test]
    fn numbers_are_short_and_read_back_to_the_bit() {
        for (value, literal) in [
            (8.0, "8"),
            (73_700.0, "73700"),
            (0.1, "0.1"),
            (-0.0, "-0.0"),
            (608.0 / 168.0, "3.619047619047619"),
            (1e12, "1000000000000"),
            (1e-6, "1e-6"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e308"),
        ] {
            assert_eq!(number(value), literal);
            let read: toml_edit::Value = literal.parse().expect("TOML");
            let read = read.as_float().or_else(|| read.as_integer().map(|whole| whole as f64));
            assert_eq!(read.map(f64::to_bits), Some(value.to_bits()), "{literal}");
        }
    }

    #[test]
    fn choices_are_words_and_dates_are_dates() {
        assert_eq!(value(Global::Basis.into(), Some(1.0)), "\"own\"");
        assert_eq!(value(Global::ServeFree.into(), Some(0.0)), "false");
        assert_eq!(value(Global::Prefill.into(), None), "\"none\"");
        assert_eq!(date("2025-03-01"), "2025-03-01");
        assert_eq!(date("2025-03"), "\"2025-03\"");
        assert_eq!(text("a \"quoted\" \\ one"), "'a \"quoted\" \\ one'");
    }
}
