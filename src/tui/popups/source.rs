//! Source and note of an input; title and summary of the scenario.

use super::form::{Check, Form};
use crate::model::InputId;
use crate::preset::{Document, Provenance};
use crate::quantity::number;
use crate::report::provenance;
use crate::tui::component::{Action, Popup};

/// Asks who says that an input has its value.
pub(crate) fn source(document: &Document, id: InputId) -> Box<dyn Popup> {
    let source = match document.provenance(id) {
        Provenance::Source(source) => source,
        _ => "",
    };
    let lead = |value| format!("Who says that it is {value}, with a link if there is one. Empty: no source.");
    ask(document, id, ["source", "Source of"], lead, source, Document::set_source)
}

/// Asks for a remark on an input's value.
pub(crate) fn note(document: &Document, id: InputId) -> Box<dyn Popup> {
    let note = document.note(id).unwrap_or_default();
    let lead = |value| format!("A remark on the value {value}. Empty: no note.");
    ask(document, id, ["note", "Note on"], lead, note, Document::set_note)
}

/// Asks for a text about an input: what it is and how the title begins, the line above the field, which names the
/// value, and the text there is.
fn ask(
    document: &Document,
    id: InputId,
    [what, title]: [&'static str; 2],
    lead: fn(String) -> String,
    present: &str,
    set: fn(&mut Document, InputId, Option<&str>),
) -> Box<dyn Popup> {
    let value = number::input_with_unit(id, document.scenario().get(id));
    Form::ask(
        format!("{title} {}", provenance::name(document, id)),
        lead(value),
        vec![(what, present.to_owned())],
        Box::new(move |texts, _| {
            let text = texts.first().copied().unwrap_or_default().trim().to_owned();
            Check::ready(vec![Action::Change(Box::new(move |document: &mut Document| {
                let text = Some(text.as_str()).filter(|text| !text.is_empty());
                set(document, id, text);
                Ok(text.map_or_else(|| format!("no {what}"), |text| format!("{what}: {text}")))
            }))])
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
