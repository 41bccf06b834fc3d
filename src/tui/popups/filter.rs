//! Filtering the rows of a view.

use super::form::{Check, Form};
use crate::tui::component::{Action, Popup};

/// Asks for the words that rows have to hold.
pub(crate) fn filter_view(words: &str) -> Box<dyn Popup> {
    Form::ask(
        "Filter",
        "Rows that hold all of these words; nothing shows every row.",
        vec![("words", words.to_owned())],
        Box::new(|texts, _| {
            let words = texts.first().copied().unwrap_or_default().to_owned();
            Check::ready(vec![Action::FilterView(words)])
        }),
    )
}
