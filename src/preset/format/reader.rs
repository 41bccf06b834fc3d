//! The walk through a file: what is given, what is wrong, and what every part of it is read with.

use std::collections::BTreeMap;

use toml_edit::{Item, Key, TableLike};

use super::problem::Log;
use crate::model::{InputId, nearest};
use crate::preset::clean::{clean, shown};

/// One walk through a file, of a preset or of anything else in TOML.
#[derive(Default)]
pub(crate) struct Reader {
    pub(crate) log: Log,
    pub(super) given: BTreeMap<InputId, Given>,
}

/// The value of an input; `None` when it is absent on purpose.
pub(super) type Value = Option<f64>;

/// What a file says about one input.
pub(super) struct Given {
    /// The value, `Some(None)` when it is absent on purpose; `None` when what stands there was refused.
    pub(super) value: Option<Value>,
    /// The ends of the 90 % range.
    pub(super) range: Option<(f64, f64)>,
    pub(super) source: Option<String>,
    pub(super) note: Option<String>,
    /// Where the value stands.
    pub(super) at: usize,
}

/// Where a key stands.
pub(crate) fn start(key: &Key) -> usize {
    key.span().map_or(0, |span| span.start)
}

/// Where a value stands; at its key when the value itself has no position.
pub(crate) fn value_start(key: &Key, item: &Item) -> usize {
    item.span().map_or_else(|| start(key), |span| span.start)
}

/// The entries of a table with their keys.
pub(crate) fn entries(table: &dyn TableLike) -> impl Iterator<Item = (&Key, &Item)> {
    table.iter().filter_map(|(name, _)| table.get_key_value(name))
}

impl Reader {
    /// The item as a table, or a problem.
    pub(crate) fn table<'t>(&mut self, path: &str, key: &Key, item: &'t Item) -> Option<&'t dyn TableLike> {
        let table = item.as_table_like();
        if table.is_none() {
            let message = format!("{} is no table; write [{}]", kind(item), shown(path));
            self.log.add(value_start(key, item), path, message);
        }
        table
    }

    /// Reports every key of a table that is not known.
    pub(crate) fn refuse_unknown(&mut self, table: &dyn TableLike, path: &str, known: &[&str]) {
        for (key, _) in entries(table) {
            let name = key.get();
            if known.contains(&name) {
                continue;
            }
            let likely = if self.log.has_room() { likely(name, known.iter().copied()) } else { None };
            let hint = likely.map_or_else(
                || format!("; valid are {}", known.join(", ")),
                |likely| format!("; did you mean `{}`?", join(path, likely)),
            );
            self.log.add(start(key), &join(path, name), format!("unknown key{hint}"));
        }
    }

    /// A text, cleaned.
    pub(crate) fn text(&mut self, table: &dyn TableLike, path: &str, name: &str) -> Option<String> {
        let (key, item) = table.get_key_value(name)?;
        let text = item.as_str().map(clean);
        if text.is_none() {
            let message = format!("{} is no text; write it in quotes", kind(item));
            self.log.add(value_start(key, item), &join(path, name), message);
        }
        text
    }

    /// A text at the top, cleaned, of at most so many characters; nothing when it is empty.
    pub(crate) fn short_text(&mut self, root: &dyn TableLike, name: &str, most: usize) -> Option<String> {
        let text = self.text(root, "", name).filter(|text| !text.is_empty())?;
        let count = text.chars().count();
        if count > most {
            let at = root.get_key_value(name).map_or(0, |(key, item)| value_start(key, item));
            self.log.add(at, name, format!("{count} characters; it has at most {most}"));
        }
        Some(text)
    }

    /// A TOML date, or a text.
    pub(super) fn date(&mut self, table: &dyn TableLike, path: &str, name: &str) -> Option<String> {
        let (key, item) = table.get_key_value(name)?;
        let date = item.as_datetime().map(ToString::to_string).or_else(|| item.as_str().map(clean));
        if date.is_none() {
            let message = format!("{} is no date; write it as in 2025-03-01", kind(item));
            self.log.add(value_start(key, item), &join(path, name), message);
        }
        date
    }
}

/// The known name most like what stands there; nothing is like a text of any length.
pub(crate) fn likely<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if text.len() > 100 { None } else { nearest(text, known) }
}

/// `path.name`, or the name alone at the top.
pub(crate) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// What an item is, as a message says it.
pub(crate) fn kind(item: &Item) -> String {
    match item {
        Item::Value(value) if value.is_array() => "a list".to_owned(),
        Item::Value(value) if value.is_inline_table() => "a table".to_owned(),
        Item::Value(value) => {
            let text = value.clone().decorated("", "").to_string();
            shown(&text)
        }
        Item::ArrayOfTables(_) => "a list of tables".to_owned(),
        Item::Table(_) | Item::None => "a table".to_owned(),
    }
}
