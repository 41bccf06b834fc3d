//! Reading the lists: published figures and claims.

use std::collections::BTreeMap;

use toml_edit::{Item, Key, TableLike, Value};

use super::reader::{Reader, join, kind, likely, start, value_start};
use crate::model::{InputId, OutputName, Suggestion};
use crate::preset::clean::shown;
use crate::preset::content::{Claim, Published};

impl Reader {
    /// The figures of `[[published]]`, about results of all that is served and of the tiers of this file.
    pub(super) fn published(
        &mut self,
        root: &dyn TableLike,
        names: &BTreeMap<String, OutputName>,
    ) -> Vec<Published> {
        let mut published = Vec::new();
        for (at, table) in self.list(root, "published") {
            self.refuse_unknown(table, "published", &["output", "value", "tolerance", "source"]);
            let output = self.named(table, at, "published", "output", |name| {
                names
                    .get(name)
                    .copied()
                    .ok_or_else(|| likely(name, names.keys().map(String::as_str)).map(str::to_owned))
            });
            let value = self.required(table, at, "published", "value", "a finite number", number);
            let tolerance = match (table.get_key_value("tolerance"), value) {
                (Some((key, item)), value) => self.tolerance(key, item, value),
                (None, _) => Some(0.0),
            };
            let source = self.text(table, "published", "source");
            if let (Some(output), Some(value), Some(tolerance)) = (output, value, tolerance) {
                published.push(Published { output, value, tolerance, source });
            }
        }
        published
    }

    /// A tolerance in the figure's unit; a percentage is of the figure.
    fn tolerance(&mut self, key: &Key, item: &Item, value: Option<f64>) -> Option<f64> {
        let percent = item.as_str().and_then(|text| text.trim().strip_suffix('%'));
        let tolerance = match percent {
            Some(percent) => percent
                .trim_end()
                .parse::<f64>()
                .ok()
                .map(|percent| percent / 100.0 * value.unwrap_or(1.0).abs()),
            None => number(item),
        };
        let tolerance = tolerance.filter(|tolerance| tolerance.is_finite() && *tolerance >= 0.0);
        if tolerance.is_none() {
            let message =
                format!("{} is not valid; it takes a number from 0, or a share as in \"0.1%\"", kind(item));
            self.log.add(value_start(key, item), "published.tolerance", message);
        }
        tolerance
    }

    /// What `[[claim]]` says, about inputs of this file only.
    pub(super) fn claims(&mut self, root: &dyn TableLike, ids: &BTreeMap<String, InputId>) -> Vec<Claim> {
        let mut claims = Vec::new();
        for (at, table) in self.list(root, "claim") {
            self.refuse_unknown(table, "claim", &["input", "value", "by", "date", "source"]);
            let input = self.named(table, at, "claim", "input", |name| {
                ids.get(name)
                    .copied()
                    .ok_or_else(|| likely(name, ids.keys().map(String::as_str)).map(str::to_owned))
            });
            let value = match (table.get_key_value("value"), input) {
                (Some((key, item)), Some(id)) => {
                    match self.value(id, "claim.value", value_start(key, item), item) {
                        Some(None) => {
                            self.log.add(
                                value_start(key, item),
                                "claim.value",
                                "none is no claim; write a number",
                            );
                            None
                        }
                        value => value.flatten(),
                    }
                }
                (Some(_), None) => None,
                (None, _) => {
                    self.log.add(at, "claim.value", "missing; it takes the value claimed");
                    None
                }
            };
            let by = self.text(table, "claim", "by");
            if by.as_ref().map_or(!table.contains_key("by"), String::is_empty) {
                self.log.add(at, "claim.by", "missing; it takes who claims it, in quotes");
            }
            let date = self.date(table, "claim", "date");
            let source = self.text(table, "claim", "source");
            if let (Some(input), Some(value)) = (input, value) {
                claims.push(Claim { input, value, by: by.unwrap_or_default(), date, source });
            }
        }
        claims
    }

    /// The tables of a list, with where they begin.
    pub(crate) fn list<'t>(
        &mut self,
        root: &'t dyn TableLike,
        name: &str,
    ) -> Vec<(usize, &'t dyn TableLike)> {
        let Some((key, item)) = root.get_key_value(name) else { return Vec::new() };
        let begin = |span: Option<std::ops::Range<usize>>| span.map_or_else(|| start(key), |span| span.start);
        match item {
            Item::ArrayOfTables(tables) => {
                tables.iter().map(|table| (begin(table.span()), table as &dyn TableLike)).collect()
            }
            Item::Value(Value::Array(array)) if array.iter().all(Value::is_inline_table) => array
                .iter()
                .filter_map(Value::as_inline_table)
                .map(|table| (begin(table.span()), table as &dyn TableLike))
                .collect(),
            other => {
                self.log.add(
                    value_start(key, other),
                    name,
                    format!("{} is no list of tables; write [[{name}]]", kind(other)),
                );
                Vec::new()
            }
        }
    }

    /// A required entry, read by `parse`; `valid` says what it takes.
    pub(crate) fn required<T>(
        &mut self,
        table: &dyn TableLike,
        at: usize,
        path: &str,
        name: &str,
        valid: &str,
        parse: impl FnOnce(&Item) -> Option<T>,
    ) -> Option<T> {
        let path = join(path, name);
        let Some((key, item)) = table.get_key_value(name) else {
            self.log.add(at, &path, format!("missing; it takes {valid}"));
            return None;
        };
        let parsed = parse(item);
        if parsed.is_none() {
            let message = format!("{} is not valid; it takes {valid}", kind(item));
            self.log.add(value_start(key, item), &path, message);
        }
        parsed
    }

    /// A required entry that names something known; the error of `find` is the likeliest name.
    pub(crate) fn named<T>(
        &mut self,
        table: &dyn TableLike,
        at: usize,
        path: &str,
        name: &str,
        find: impl FnOnce(&str) -> Result<T, Option<String>>,
    ) -> Option<T> {
        let text = self
            .required(table, at, path, name, "a name in quotes", |item| item.as_str().map(str::to_owned))?;
        find(&text)
            .map_err(|like| {
                let hint = Suggestion(like.as_deref());
                let at = table.get(name).and_then(Item::span).map_or(at, |span| span.start);
                self.log.add(at, &join(path, name), format!("unknown {name} `{}`{hint}", shown(&text)));
            })
            .ok()
    }
}

/// A finite number.
fn number(item: &Item) -> Option<f64> {
    let number = item.as_float().or_else(|| item.as_integer().map(|value| value as f64))?;
    number.is_finite().then_some(number)
}
