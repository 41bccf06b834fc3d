//! What can be put on the clipboard.

use super::question::{Answer, Question};
use crate::quantity::number;
use crate::report::{card, verdict};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::measure::Measure;
use crate::tui::message::Effect;

/// The copy menu.
pub(crate) fn copy(cx: &Context, measure: Measure, table: Option<String>) -> Box<dyn Popup> {
    let send = |what: &'static str, text: String| {
        move || vec![Action::Effect(Effect::Copy { text: text.clone(), what })]
    };
    let mut answers = Vec::new();
    if let Ok(card) = card::write(&cx.document, cx.pinned_document()) {
        answers.push(Answer::new(
            'c',
            "the claim card, which reads well in a forum",
            send("claim card", card),
        ));
    }
    if let Some(line) = cx.command_line() {
        answers.push(Answer::new('l', "the command line that leads back here", send("command line", line)));
    }
    let outputs = &cx.derived.outputs;
    let unit = measure.output(cx.tier).info().unit;
    let figure = number::or_undefined(cx.measured(measure), |value| number::with_unit(value, unit));
    let sentence =
        format!("{} {}: {figure}", verdict::sentence(outputs, cx.document.subject()), measure.definition().1);
    answers.push(Answer::new('n', &format!("this number: {figure}"), send("number", sentence)));
    if let Some(text) = table {
        answers.push(Answer::new('t', "this view's table, as Markdown", send("table", text)));
    }
    Question::ask("Copy", cx.document.title(), answers)
}
