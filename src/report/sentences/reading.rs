//! Reading a sentence back: numbers as the intervals that their digits stand for, and names of inputs.

use std::sync::Arc;

use crate::model::{InputId, Scenario, gross_margin};
use crate::preset::{Content, Document, Origin, Preset, builtin};
use crate::report::words;

/// All numbers that are written alike.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interval {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Interval {
    pub(super) fn holds(self, value: f64) -> bool {
        let slack = 1e-9 * self.low.abs().max(self.high.abs()).max(value.abs());
        value >= self.low - slack && value <= self.high + slack
    }

    pub(super) fn middle(self) -> f64 {
        0.5 * (self.low + self.high)
    }
}

/// The number at the start of a text, and what comes after it.
pub(super) fn number(text: &str) -> Option<(Interval, &str)> {
    for (words, low, high) in [
        ("just below 100 %", 0.999_99, 1.0),
        ("just above 0 %", 0.0, 1e-12),
        ("just below 0 %", -1e-12, 0.0),
        ("just above −100 %", -1.0, -0.999_99),
    ] {
        let points = words.replace('%', "pt");
        if let Some(rest) = text.strip_prefix(words).or_else(|| text.strip_prefix(&points)) {
            return Some((Interval { low, high }, rest));
        }
    }
    let (sign, rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let rest = rest.strip_prefix('$').unwrap_or(rest);
    let mut end = rest.find(|c: char| !c.is_ascii_digit() && !".,".contains(c)).unwrap_or(rest.len());
    // What ends a sentence or parts a list is no part of a number.
    while rest[..end].ends_with(['.', ',']) {
        end -= 1;
    }
    let (digits, mut rest) = rest.split_at(end);
    let mut value: f64 = digits.replace(',', "").parse().ok()?;
    let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
    let mut half = 0.5 * 0.1_f64.powi(places as i32);
    if let Some(exponent) = rest.strip_prefix('e') {
        let end = exponent.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(exponent.len());
        let power: i32 = exponent[..end].parse().ok()?;
        // Read as one, so that the smallest numbers keep what digits they have.
        value = format!("{}e{power}", digits.replace(',', "")).parse().ok()?;
        half = format!("5e{}", power - 1 - places as i32).parse().ok()?;
        rest = &exponent[end..];
    }
    let mut scale = sign;
    for (suffix, size) in [("k", 1e3), ("M", 1e6), ("B", 1e9), ("T", 1e12), (" %", 0.01), (" pt", 0.01)] {
        // A price is told per M, not in millions.
        if let Some(after) = rest.strip_prefix(suffix) {
            (scale, rest) = (scale * size, after);
            if suffix.starts_with(' ') {
                break;
            }
        }
    }
    value *= scale;
    half *= scale.abs();
    Some((Interval { low: value - half, high: value + half }, rest))
}

/// A margin as sentences tell it; `None` inside for no margin at all.
pub(super) fn margin(text: &str) -> Option<(Option<Interval>, &str)> {
    if let Some(rest) = text.strip_prefix("no margin at all").or_else(|| text.strip_prefix("no margin")) {
        return Some((None, rest));
    }
    for words in ["a cost of ", "cost "] {
        if let Some(rest) = text.strip_prefix(words) {
            let (times, rest) = number(rest)?;
            let margin = Interval { low: 1.0 - times.high, high: 1.0 - times.low };
            return Some((Some(margin), rest.strip_prefix(" times revenue")?));
        }
    }
    let (margin, rest) = number(text.strip_prefix("a margin of ").unwrap_or(text))?;
    Some((Some(margin), rest))
}

/// The input whose name a text starts with, in whichever way sentences write it.
pub(super) fn input<'a>(document: &Document, text: &'a str) -> Option<(InputId, &'a str)> {
    let scenario = document.scenario();
    let names = scenario
        .inputs()
        .flat_map(|id| [words::name(document, id), words::leading(document, id)].map(|name| (name, id)));
    let known = names.filter_map(|(name, id)| Some((name.len(), id, text.strip_prefix(name.as_str())?)));
    let (_, id, rest) = known.max_by_key(|(length, ..)| *length)?;
    Some((id, rest))
}

/// `rent at $12.90`: an input and a value of it.
pub(super) fn input_at<'a>(document: &Document, text: &'a str) -> Option<(InputId, Interval, &'a str)> {
    let (id, rest) = input(document, text)?;
    let (value, rest) = number(rest.strip_prefix(" at ").or_else(|| rest.strip_prefix(' '))?)?;
    let unit = id.parameter().unit.symbol();
    let rest = rest.strip_prefix(&format!(" {unit}")).filter(|_| !unit.is_empty()).unwrap_or(rest);
    let domain = id.domain();
    let cut = |value: f64| value.clamp(domain.min, domain.max);
    Some((id, Interval { low: cut(value.low), high: cut(value.high) }, rest))
}

/// What a sentence may say of a scenario's margin at a value of an input that is written as these digits.
#[track_caller]
pub(super) fn margin_between(scenario: &Scenario, id: InputId, value: Interval) -> (f64, f64) {
    let domain = id.domain();
    let at = |value: f64| {
        let there = scenario.moved(id, value.clamp(domain.min, domain.max));
        gross_margin(&there, scenario.free_tiers()).unwrap_or(f64::NEG_INFINITY)
    };
    let ends = [at(value.low), at(value.middle()), at(value.high)];
    (ends.into_iter().fold(f64::INFINITY, f64::min), ends.into_iter().fold(f64::NEG_INFINITY, f64::max))
}

/// Whether a told margin may be one between these.
pub(super) fn may_be(told: Interval, (low, high): (f64, f64)) -> bool {
    let slack = 1e-9 * low.abs().max(1.0);
    told.high >= low - slack && told.low <= high + slack
}

/// A document that shows a scenario, with tiers named as nobody would write them in a sentence.
pub(super) fn document(scenario: Scenario) -> Document {
    let names = ["R1 API", "free web and app", "iPlan", "élan", "batch", "V3", "a", "the rest"];
    let base = builtin::load("forum-comment").expect("shipped");
    let content = Content {
        scenario,
        tier_names: names.into_iter().take(scenario.tier_count()).map(str::to_owned).collect(),
        details: std::collections::BTreeMap::new(),
        published: Vec::new(),
        claims: Vec::new(),
        ..(*base.content).clone()
    };
    let text: Arc<[u8]> = Arc::new([]);
    Document::new(Arc::new(Preset { origin: Origin::Pasted, content: Arc::new(content), text }))
}

/// Values all over an input's domain.
pub(super) fn scan(id: InputId) -> Vec<f64> {
    let domain = id.domain();
    let (low, high) = (domain.min.max(1e-9).to_bits(), domain.max.to_bits());
    let steps = || (0..=60).map(|step| f64::from(step) / 60.0);
    let by_order = steps().map(|part| f64::from_bits(low + ((high - low) as f64 * part) as u64));
    let all = by_order.chain(steps().map(|part| domain.min + (domain.max - domain.min) * part));
    all.map(|value| value.clamp(domain.min, domain.max)).collect()
}

#[test]
fn numbers_are_read_as_the_intervals_that_they_stand_for() {
    for (text, low, high, rest) in [
        ("84.5 %, and", 0.8445, 0.8455, ", and"),
        ("$12.90.", 12.895, 12.905, "."),
        ("14.8k tok/s", 14_750.0, 14_850.0, " tok/s"),
        ("−36.2 pt", -0.3625, -0.3615, ""),
        ("1,421", 1420.5, 1421.5, ""),
        ("1.5e-7x", 1.45e-7, 1.55e-7, "x"),
    ] {
        let (interval, after) = number(text).expect("a number");
        assert!((interval.low - low).abs() <= 1e-9 * low.abs(), "{text}: {interval:?}");
        assert!((interval.high - high).abs() <= 1e-9 * high.abs(), "{text}: {interval:?}");
        assert_eq!(after, rest);
    }
}
