//! The 90 % range of an input.

use super::form::{Check, Form};
use crate::model::{Edit, InputId, Range};
use crate::preset::Document;
use crate::quantity::{self, number};
use crate::report::provenance;
use crate::tui::component::{Action, Popup};

/// Asks for the range of an input; both ends empty takes it away.
pub(crate) fn range(document: &Document, id: InputId) -> Box<dyn Popup> {
    let value = document.scenario().get(id);
    let present = document.range(id);
    let lead = format!(
        "The 5th and 95th percentile of what it may be; now {}. Both empty: no range.",
        number::input_with_unit(id, value)
    );
    let end =
        |value: Option<f64>| value.map(|value| number::input_exact(id, Some(value))).unwrap_or_default();
    Form::ask(
        format!("90 % range of {}", provenance::name(document, id)),
        lead,
        vec![("low", end(present.map(Range::low))), ("high", end(present.map(Range::high)))],
        Box::new(move |texts, cx| {
            let [low, high] = [0, 1].map(|index| texts.get(index).map_or("", |text| text.trim()));
            if low.is_empty() && high.is_empty() {
                let words = if present.is_some() { "the range will be taken away" } else { "no range" };
                return Check::ready(vec![change(id, None)]).notice(1, words);
            }
            let (low, high) = match (read(low, id, value), read(high, id, value)) {
                (Ok(low), Ok(high)) => (low, high),
                (Err(problem), _) => return Check::refuse(0, problem),
                (_, Err(problem)) => return Check::refuse(1, problem),
            };
            let Some(range) = Range::new(low, high, id.domain()) else {
                return Check::refuse(1, "the high end has to be above the low one");
            };
            // The document has the last word on what fits, but only Enter may change it.
            let mut trial = cx.document.clone();
            if let Err(problem) = trial.set_range(id, Some(range)) {
                return Check::refuse(1, problem.to_string());
            }
            let read = |value| format!("= {}", number::input_with_unit(id, Some(value)));
            Check::ready(vec![change(id, Some(range))]).notice(0, read(low)).notice(1, read(high))
        }),
    )
}

fn read(text: &str, id: InputId, present: Option<f64>) -> Result<f64, String> {
    let (_, value): Edit = match quantity::parse(text, id.parameter(), present) {
        Ok(reading) => (id, reading.value),
        Err(problem) => return Err(problem.to_string()),
    };
    value.ok_or_else(|| "an end of the range is a value".to_owned())
}

fn change(id: InputId, range: Option<Range>) -> Action {
    Action::Change(Box::new(move |document: &mut Document| {
        document.set_range(id, range).map_err(|problem| problem.to_string())?;
        Ok(match range {
            Some(range) => {
                let shown = |value| number::input_with_unit(id, Some(value));
                format!("90 % range {} to {}", shown(range.low()), shown(range.high()))
            }
            None => "no range".to_owned(),
        })
    }))
}
