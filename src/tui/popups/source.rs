//! Source and note of an input; title and summary of the scenario.

use super::form::{Check, Form};
use crate::model::InputId;
use crate::preset::{Document, Provenance};
use crate::quantity::number;
use crate::report::provenance;
use crate::tui::component::{Action, Popup};

/// Asks who says so.
pub(crate) fn source(document: &Document, id: InputId) -> Box<dyn Popup> {
    let (present, _) = said(document, id);
    let value = number::input_with_unit(id, document.scenario().get(id));
    Form::ask(
        format!("Source of {}", provenance::name(document, id)),
        format!("Who says that it is {value}, with a link if there is one. Empty: no source."),
        vec![("source", present.unwrap_or_default())],
        Box::new(move |texts, _| {
            let text = texts.first().copied().unwrap_or_default().to_owned();
            Check::ready(vec![change("source", text, move |document, text| document.set_source(id, text))])
        }),
    )
}

/// Asks for a remark.
pub(crate) fn note(document: &Document, id: InputId) -> Box<dyn Popup> {
    let (_, present) = said(document, id);
    let value = number::input_with_unit(id, document.scenario().get(id));
    Form::ask(
        format!("Note on {}", provenance::name(document, id)),
        format!("A remark on the value {value}. Empty: no note."),
        vec![("note", present.unwrap_or_default())],
        Box::new(move |texts, _| {
            let text = texts.first().copied().unwrap_or_default().to_owned();
            Check::ready(vec![change("note", text, move |document, text| document.set_note(id, text))])
        }),
    )
}

/// Asks for title and summary of what is open.
pub(crate) fn describe(document: &Document) -> Box<dyn Popup> {
    let content = document.content();
    Form::ask(
        "Title and summary",
        "",
        vec![("title", content.name.clone()), ("summary", content.summary.clone())],
        Box::new(|texts, _| {
            let [title, summary] =
                [0, 1].map(|index| crate::preset::clean(texts.get(index).copied().unwrap_or_default()));
            if title.is_empty() {
                return Check::refuse(0, "a scenario needs a title");
            }
            Check::ready(vec![Action::Change(Box::new(move |document: &mut Document| {
                document.describe(&title, &summary);
                Ok("title and summary changed".to_owned())
            }))])
        }),
    )
}

/// Source and note of the present value.
fn said(document: &Document, id: InputId) -> (Option<String>, Option<String>) {
    let source = match document.provenance(id) {
        Provenance::Source(source) => Some(source.to_owned()),
        _ => None,
    };
    (source, document.note(id).map(str::to_owned))
}

fn change(
    what: &'static str,
    text: String,
    act: impl FnOnce(&mut Document, Option<&str>) + 'static,
) -> Action {
    Action::Change(Box::new(move |document: &mut Document| {
        let text = Some(text.trim()).filter(|text| !text.is_empty());
        act(document, text);
        Ok(text.map_or_else(|| format!("no {what}"), |text| format!("{what}: {text}")))
    }))
}
