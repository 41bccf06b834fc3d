//! How far each input alone swings the margin.

use serde::Serialize;

use super::{Cell, Report, Table, idle, provenance};
use crate::analysis::{self, Swing};
use crate::model::{InputId, Unit};
use crate::preset::Document;
use crate::quantity::number;

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
}

impl TornadoReport {
    /// Moves every input of what is open over its range.
    pub fn of(document: &Document) -> Self {
        let tornado = analysis::tornado(document.scenario(), |id: InputId| document.range(id)).ranked();
        let names = tornado.inputs.iter().map(|row| provenance::short_name(document, row.id.input)).collect();
        Self { preset: document.base().origin.id(), tornado, names }
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

/// Whether the margin is not the same at both ends.
fn swings(row: &Swing) -> bool {
    row.loses_the_margin() || row.swing.is_some_and(|swing| swing > 0.0)
}

impl Report for TornadoReport {
    fn conclusion(&self) -> String {
        let Some((name, row)) = self.swinging().first().copied() else {
            return match self.tornado.margin {
                Some(_) => "No input swings the margin over its range.".to_owned(),
                None => "There is no margin to swing, at neither end of any input's range.".to_owned(),
            };
        };
        let at = |end: Option<f64>| number::input_with_unit(row.id.input, end);
        match (row.margin_low, row.margin_high) {
            (Some(low), Some(high)) => {
                let (low, high) = (number::percent(low), number::percent(high));
                format!(
                    "{name} swings the margin most: {low} at {}, {high} at {}.",
                    at(row.low),
                    at(row.high)
                )
            }
            (without, _) => {
                let end = if without.is_none() { row.low } else { row.high };
                format!("{name} alone decides whether there is a margin: at {} there is none.", at(end))
            }
        }
    }

    fn table(&self) -> Table {
        let row = |row: &Swing| {
            let id = row.id.input;
            let end = |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::input(id, Some(value)));
            let margin = |end: Option<f64>, margin| {
                if end.is_some() { Cell::number(margin, Unit::Share) } else { Cell::Empty }
            };
            vec![
                Cell::text(row.id.to_string()),
                Cell::input(id, row.value),
                end(row.low),
                end(row.high),
                margin(row.low, row.margin_low),
                margin(row.high, row.margin_high),
                row.swing.map_or(Cell::Missing, Cell::Points),
                Cell::text(match (row.no_effect, row.low, row.default_range) {
                    (Some(_), ..) => "no effect",
                    (None, None, _) => "none",
                    (None, Some(_), true) => "default",
                    (None, Some(_), false) => "90 %",
                }),
            ]
        };
        let columns = vec!["id", "value", "low", "high", "margin_low", "margin_high", "swing", "range"];
        Table { columns, rows: self.tornado.inputs.iter().map(row).collect() }
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
        assert_eq!(
            conclusion(&[(Global::Fee.into(), Some(0.9))]),
            "Fee alone decides whether there is a margin: at 100 % there is none."
        );
    }

    #[test]
    fn the_export_has_the_preset_first() {
        let document = Document::new(builtin::load("forum-comment").expect("shipped"));
        let json = serde_json::to_value(TornadoReport::of(&document)).expect("JSON");
        let keys: Vec<&String> = json.as_object().expect("object").keys().collect();
        assert_eq!(keys, ["preset", "margin", "inputs"]);
    }
}
