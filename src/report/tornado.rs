//! How far each input alone swings the margin.

use serde::Serialize;

use super::{Cell, Report, Table, number, provenance};
use crate::analysis::{self, Swing};
use crate::model::{InputId, Unit};
use crate::preset::Document;

/// The tornado of what is open, the largest swing first.
#[derive(Clone, Debug, Serialize)]
pub struct Tornado {
    /// The preset as the command line takes it.
    pub preset: String,
    /// The analysis.
    #[serde(flatten)]
    pub tornado: analysis::Tornado,
    /// The input with the largest swing, as a sentence names it.
    #[serde(skip)]
    first: Option<String>,
}

impl Tornado {
    /// Moves every input of what is open over its range.
    pub fn of(document: &Document) -> Self {
        let tornado = analysis::tornado(document.scenario(), |id: InputId| document.range(id)).ranked();
        let first = tornado.inputs.first().map(|row| provenance::name(document, row.id.input));
        Self { preset: document.base().origin.id(), tornado, first }
    }
}

impl Report for Tornado {
    fn conclusion(&self) -> String {
        let (Some(row), Some(name)) = (self.tornado.inputs.first(), &self.first) else {
            return "No input swings the margin.".to_owned();
        };
        if row.loses_the_margin() {
            return format!("{name} alone can take the margin away: at one end there is no revenue.");
        }
        let (Some(low), Some(high), Some(swing)) = (row.margin_low, row.margin_high, row.swing) else {
            return "The margin is undefined, so nothing swings it.".to_owned();
        };
        if swing == 0.0 {
            return "No input swings the margin.".to_owned();
        }
        let end = |value: Option<f64>| number::input_with_unit(row.id.input, value);
        let (margins, ends) = ((number::percent(low), number::percent(high)), (end(row.low), end(row.high)));
        format!("{name} swings the margin most: {} at {}, {} at {}.", margins.0, ends.0, margins.1, ends.1)
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
        Tornado::of(&document).conclusion()
    }

    #[test]
    fn the_sentence_names_the_largest_swing_and_its_ends() {
        let sentence = conclusion(&[]);
        assert!(sentence.contains("swings the margin most: ") && sentence.contains(" % at "), "{sentence}");
        assert_eq!(conclusion(&[(Global::GpuHour.into(), Some(0.0))]), "No input swings the margin.");
        assert_eq!(
            conclusion(&[(Global::Fee.into(), Some(0.9))]),
            "Fee alone can take the margin away: at one end there is no revenue."
        );
    }

    #[test]
    fn the_export_has_the_preset_first() {
        let document = Document::new(builtin::load("forum-comment").expect("shipped"));
        let json = serde_json::to_value(Tornado::of(&document)).expect("JSON");
        let keys: Vec<&String> = json.as_object().expect("object").keys().collect();
        assert_eq!(keys, ["preset", "margin", "inputs"]);
    }
}
