//! What can be put on the clipboard.

use super::question::{Answer, Question};
use crate::model::Undefined;
use crate::quantity::number;
use crate::report::view::{Scene, ViewName};
use crate::report::{answer, card, verdict};
use crate::tui::command::Command;
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::measure::Measure;
use crate::tui::message::Effect;

/// The answer to what is open, in the view that is in front.
pub(crate) fn answer(cx: &Context) -> Result<String, Undefined> {
    let scene =
        Scene { document: &cx.document, against: cx.pinned_document(), target: cx.target, books: &cx.books };
    let view = cx.view_name().unwrap_or(ViewName::ALL[0]);
    // What stands on screen, if the view is on it.
    let sentence = cx.sentences.get(cx.view).filter(|sentence| !sentence.is_empty());
    answer::write(&scene, view, &sentence.cloned().unwrap_or_else(|| view.sentence(&scene)))
}

/// The copy menu.
pub(crate) fn copy(cx: &Context, measure: Measure, table: Option<String>) -> Box<dyn Popup> {
    let send = |what: &'static str, text: String| {
        move || vec![Action::Effect(Effect::Copy { text: text.clone(), what })]
    };
    let mut answers = Vec::new();
    if let Ok(answer) = answer(cx) {
        answers.push(Answer::new('a', "the answer, a few lines for a thread", send("answer", answer)));
    }
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
    let outputs = &cx.derived.results.outputs;
    let unit = measure.output(cx.tier).info().unit;
    let figure = number::or_undefined(cx.measured(measure), |value| number::with_unit(value, unit));
    let sentence =
        format!("{} {}: {figure}", verdict::sentence(outputs, cx.document.subject()), measure.definition().1);
    answers.push(Answer::new('n', &format!("this number: {figure}"), send("number", sentence)));
    if let Some(text) = table {
        answers.push(Answer::new('t', "this table as it is shown, 15 rows at most", send("table", text)));
    }
    answers.push(Answer::new('f', "the claim card, to a file", || vec![Action::Do(Command::WriteCard)]));
    Question::ask("Copy", cx.document.title(), answers)
}
