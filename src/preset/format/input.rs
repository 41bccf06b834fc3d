//! Reading one input: a bare value, or a table of value, range, source and note.

use toml_edit::{Item, Key, Value as Toml};

use super::reader::{Given, Reader, Value, join, kind, value_start};
use crate::model::{InputId, Range};
use crate::preset::clean::shown;

/// The keys of an input's table.
const KEYS: [&str; 5] = ["value", "low", "high", "source", "note"];

impl Reader {
    /// Reads one input and notes what is given.
    pub(super) fn input(&mut self, id: InputId, path: &str, key: &Key, item: &Item) {
        let at = value_start(key, item);
        let Some(table) = item.as_table_like() else {
            let value = self.value(id, path, at, item);
            self.given.insert(id, Given { value, range: None, source: None, note: None, at });
            return;
        };
        self.refuse_unknown(table, path, &KEYS);
        let mut value = None;
        if let Some((key, item)) = table.get_key_value("value") {
            value = self.value(id, &join(path, "value"), value_start(key, item), item);
        } else {
            self.log.add(at, &join(path, "value"), format!("missing; it takes {}", id.domain()));
        }
        let mut end = |name: &str| {
            let (key, item) = table.get_key_value(name)?;
            let path = join(path, name);
            let at = value_start(key, item);
            if id.domain().words.is_some() {
                self.log.add(at, &path, "a choice has no range; leave it out");
                return None;
            }
            match self.value(id, &path, at, item) {
                Some(None) => {
                    self.log.add(at, &path, "none is no end of a range; write a number");
                    None
                }
                value => value.flatten(),
            }
        };
        let (low, high) = (end("low"), end("high"));
        let range = low.zip(high);
        if range.is_some()
            && let Some(why) = Range::refusal(id)
        {
            self.log.add(at, path, format!("{why}; leave low and high out"));
        }
        if let Some(message) =
            range_problem(table.contains_key("low"), table.contains_key("high"), value, range)
        {
            self.log.add(at, path, message);
        }
        let source = self.text(table, path, "source");
        let note = self.text(table, path, "note");
        self.given.insert(id, Given { value, range, source, note, at });
    }

    /// Reads one value: `Some(None)` for `"none"`, `None` and a problem for what is not valid.
    pub(super) fn value(&mut self, id: InputId, path: &str, at: usize, item: &Item) -> Option<Value> {
        let domain = id.domain();
        let refused = match parse(id, item) {
            Some(value) if domain.contains(value) => return Some(value),
            Some(Some(value)) if !value.is_finite() => format!("{value} is not finite"),
            Some(_) => format!("{} is not valid", kind(item)),
            None => match item.as_value() {
                Some(Toml::String(text)) if text.value().parse::<f64>().is_ok() && domain.words.is_none() => {
                    format!("\"{}\" is in quotes; write it without", shown(text.value()))
                }
                _ => format!("{} is not valid", kind(item)),
            },
        };
        self.log.add(at, path, format!("{refused}; it takes {domain}"));
        None
    }
}

/// The number that an item stands for: a number, one of the words of a choice, or `"none"`.
fn parse(id: InputId, item: &Item) -> Option<Value> {
    let domain = id.domain();
    if let Some(words) = domain.words {
        // A choice between true and false is a TOML boolean; between other words, a text.
        let text = match item.as_value()? {
            Toml::Boolean(value) => value.value().to_string(),
            Toml::String(text) if !words.contains(&"true") => text.value().clone(),
            _ => return None,
        };
        return words.iter().position(|word| *word == text).map(|index| Some(index as f64));
    }
    match item.as_value()? {
        Toml::Integer(value) => Some(Some(*value.value() as f64)),
        Toml::Float(value) => Some(Some(*value.value())),
        Toml::String(text) if domain.optional && text.value() == "none" => Some(None),
        _ => None,
    }
}

/// What is wrong with a range, if anything.
fn range_problem(
    has_low: bool,
    has_high: bool,
    value: Option<Value>,
    range: Option<(f64, f64)>,
) -> Option<String> {
    if has_low != has_high {
        let (there, missing) = if has_low { ("low", "high") } else { ("high", "low") };
        return Some(format!("{there} is given and {missing} is missing; a range takes both"));
    }
    let (low, high) = range?;
    if low >= high {
        return Some(format!("low {low} is not below high {high}; a range takes low < high"));
    }
    match value? {
        None => Some("a value of none has no range; leave low and high out".to_owned()),
        Some(value) if value < low || value > high => {
            Some(format!("the value {value} lies outside its range; it takes a value from {low} to {high}"))
        }
        Some(_) => None,
    }
}
