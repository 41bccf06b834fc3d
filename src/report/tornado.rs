//! How far each input alone swings the margin.

use serde::Serialize;

use super::{Cell, Drawn, Part, Report, Table, Tone, idle, provenance, words};
use crate::analysis::{self, Swing};
use crate::model::{InputId, Unit};
use crate::preset::Document;
use crate::quantity::number;
use crate::text;

/// The tornado of what is open, the largest swing first.
#[derive(Clone, Debug, Serialize)]
pub struct TornadoReport {
    /// The preset as the command line takes it.
    pub preset: String,
    /// The analysis.
    #[serde(flatten)]
    pub tornado: analysis::Tornado,
    /// The name of every row's input.
    #[serde(skip)]
    names: Vec<String>,
    /// The same inside a sentence.
    #[serde(skip)]
    in_sentences: Vec<String>,
}

impl TornadoReport {
    /// Moves every input of what is open over its range.
    pub fn of(document: &Document) -> Self {
        Self::new(document, analysis::tornado(document.scenario(), |id: InputId| document.range(id)))
    }

    /// The tornado of what is open, made already.
    pub fn new(document: &Document, tornado: analysis::Tornado) -> Self {
        let tornado = tornado.ranked();
        let names = |of: fn(&Document, InputId) -> String| {
            tornado.inputs.iter().map(|row| of(document, row.id.input)).collect()
        };
        let (names, in_sentences) = (names(provenance::short_name), names(words::name));
        Self { preset: document.base().origin.id(), tornado, names, in_sentences }
    }

    /// The end at which there is no margin, or where there is none now the one at which there is: `fee at 100 %`.
    fn deciding_end(&self, name: &str, row: &Swing) -> String {
        let at_low = row.margin_low.is_some() == self.tornado.margin.is_none();
        let (end, margin) = if at_low { (row.low, row.margin_low) } else { (row.high, row.margin_high) };
        let margin = margin.map_or_else(String::new, |margin| format!(" ({})", words::margin(margin)));
        format!("{name} at {}{margin}", end_words(row, end))
    }

    fn named(&self) -> impl Iterator<Item = (&str, &Swing)> {
        self.names.iter().map(String::as_str).zip(&self.tornado.inputs)
    }

    /// The rows that swing the margin, with the name of the input, the largest swing first.
    pub fn swinging(&self) -> Vec<(&str, &Swing)> {
        self.named().filter(|(_, row)| swings(row)).collect()
    }

    /// The inputs that do not, in a few words; `None` when there are none.
    pub fn idle_words(&self) -> Option<String> {
        idle::words(self.named().filter(|(_, row)| !swings(row)).map(|(name, row)| (name, row.no_effect)))
    }
}

/// So many ends at which there is no margin are named.
const MOST_ENDS: usize = 3;

/// `rent swings the margin most: 88.4 % at $1.50, 76.8 % at $3.00.`, with how many others swing it as much.
fn most(name: &str, row: &Swing, rows: &[(&String, &Swing)]) -> String {
    let alike = |other: &Swing| {
        let (swing, other) = (row.swing.unwrap_or(0.0), other.swing.unwrap_or(0.0));
        (swing - other).abs() <= 1e-9 * swing
    };
    let alike = match rows.iter().skip(1).filter(|(_, other)| alike(other)).count() {
        0 => String::new(),
        1 => ", and one other as much".to_owned(),
        others => format!(", and {others} others as much"),
    };
    let end = |margin: Option<f64>, end: Option<f64>| {
        format!("{} at {}", number::or_undefined(margin, words::margin), end_words(row, end))
    };
    let (low, high) = (end(row.margin_low, row.low), end(row.margin_high, row.high));
    format!("{name} swings the margin most{alike}: {low}, {high}.")
}

fn end_words(row: &Swing, end: Option<f64>) -> String {
    end.map_or_else(String::new, |end| words::value(row.id.input, end))
}

/// Whether the margin is not the same at both ends.
fn swings(row: &Swing) -> bool {
    row.loses_the_margin() || row.swing.is_some_and(|swing| swing > 0.0)
}

impl Report for TornadoReport {
    fn conclusion(&self) -> String {
        let rows: Vec<(&String, &Swing)> =
            self.in_sentences.iter().zip(&self.tornado.inputs).filter(|(_, row)| swings(row)).collect();
        // Those that take the margin away, or give one, come first.
        let (deciding, rest) = rows.split_at(rows.partition_point(|(_, row)| row.loses_the_margin()));
        let ends: Vec<String> = deciding.iter().map(|(name, row)| self.deciding_end(name, row)).collect();
        let ends = words::list(ends.get(..MOST_ENDS).unwrap_or(&ends), "or");
        let sentence = match (self.tornado.margin, rest.first()) {
            (None, _) if !deciding.is_empty() => {
                format!("there is no margin as it stands, and there is one with {ends}.")
            }
            (None, None) => "there is no margin to swing, at neither end of any input's range.".to_owned(),
            (Some(_), None) if deciding.is_empty() => "no input swings the margin over its range.".to_owned(),
            (_, None) => format!("with {ends} there is no margin at all."),
            (_, Some((name, row))) if deciding.is_empty() => most(name, row, rest),
            (_, Some((name, row))) => {
                format!("with {ends} there is no margin at all; of the rest {}", most(name, row, rest))
            }
        };
        text::capitalised(&sentence)
    }

    fn table(&self) -> Table {
        let end = |row: &Swing, end: Option<f64>| match end {
            Some(_) => Cell::input(row.id.input, end),
            None => Cell::Empty,
        };
        let margin = |end: Option<f64>, margin| match end {
            Some(_) => Cell::number(margin, Unit::Share),
            None => Cell::Empty,
        };
        Table::of(
            &self.tornado.inputs,
            &[
                ("id", &|row| Cell::text(row.id.to_string())),
                ("value", &|row| Cell::input(row.id.input, row.value)),
                ("low", &|row| end(row, row.low)),
                ("high", &|row| end(row, row.high)),
                ("margin_low", &|row| margin(row.low, row.margin_low)),
                ("margin_high", &|row| margin(row.high, row.margin_high)),
                ("swing", &|row| row.swing.map_or(Cell::Missing, Cell::Points)),
                ("range", &|row| {
                    Cell::text(match (row.no_effect, row.low, row.default_range) {
                        (Some(_), ..) => "no effect",
                        (None, None, _) => "none",
                        (None, Some(_), true) => "default",
                        (None, Some(_), false) => "90 %",
                    })
                }),
            ],
        )
    }

    fn drawn(&self) -> Option<Drawn> {
        let today = self.tornado.margin?;
        let table = self.table().pick(&["id", "low", "high", "swing", "range"], 40);
        let bar = |row: &Swing| {
            let ends = [row.margin_low, row.margin_high].into_iter().flatten();
            // One input that can lose everything does not flatten all others.
            let ends = ends.map(|end| end.max(today - today.abs().max(1.0)));
            let tone = |end: f64| if end < today { Tone::Loss } else { Tone::Gain };
            ends.map(|end| Part { from: today, to: end, tone: tone(end) }).collect()
        };
        let bars = self.tornado.inputs.iter().map(bar).collect();
        Some(Drawn {
            mark: Some(today),
            ..Drawn::new(table, &["lowers │ raises the margin", "lowers │ raises"], bars)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Global;
    use crate::preset::builtin;

    fn conclusion(edits: &[(InputId, Option<f64>)]) -> String {
        let mut document = Document::new(builtin::load("forum-comment").expect("shipped"));
        document.set(edits).expect("valid");
        TornadoReport::of(&document).conclusion()
    }

    #[test]
    fn the_sentence_names_the_largest_swing_and_its_ends() {
        let sentence = conclusion(&[]);
        assert!(sentence.contains("swings the margin most: ") && sentence.contains(" % at "), "{sentence}");
        assert_eq!(
            conclusion(&[(Global::GpuHour.into(), Some(0.0))]),
            "No input swings the margin over its range."
        );
        let sentence = conclusion(&[(Global::Fee.into(), Some(0.9))]);
        let lead = "With fee at 100 % there is no margin at all; of the rest ";
        assert!(sentence.starts_with(lead) && sentence.contains(" swings the margin most: "), "{sentence}");
    }

    #[test]
    fn the_export_has_the_preset_first() {
        let document = Document::new(builtin::load("forum-comment").expect("shipped"));
        let json = serde_json::to_value(TornadoReport::of(&document)).expect("JSON");
        let keys: Vec<&String> = json.as_object().expect("object").keys().collect();
        assert_eq!(keys, ["preset", "margin", "inputs"]);
    }
}
