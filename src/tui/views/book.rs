//! What the views of books have in common: a cursor, a filter, the preset's model or every one.

use crate::model::{InputId, Output, evaluate};
use crate::preset::{Document, Sourced};
use crate::quantity::number;
use crate::report::provenance;
use crate::tui::command::{BookCommand, Command};
use crate::tui::component::Action;
use crate::tui::paint::list::List;

/// Which rows are listed, and the cursor among them.
#[derive(Default)]
pub(super) struct Choice {
    pub(super) list: List,
    /// Every model, not only the preset's.
    pub(super) every_model: bool,
    /// Words that a row has to hold.
    pub(super) words: String,
}

impl Choice {
    /// What the report is asked for.
    pub(super) fn model(&self) -> Option<&'static str> {
        self.every_model.then_some("")
    }

    /// Runs what both views can do; `None` if it is something else.
    pub(super) fn command(&mut self, command: Command) -> Option<Vec<Action>> {
        match command {
            Command::Find => Some(vec![Action::AskFilter(self.words.clone())]),
            Command::Book(BookCommand::EveryModel) => {
                // Whatever hides rows goes with one key.
                self.every_model = !self.every_model || !self.words.is_empty();
                self.words.clear();
                self.list = List::default();
                Some(vec![Action::FilterView(String::new())])
            }
            _ => None,
        }
    }

    /// Takes other words to filter by.
    pub(super) fn filter(&mut self, words: &str) {
        words.trim().clone_into(&mut self.words);
        self.list = List::default();
    }
}

/// Opens a row as one step of the history, and says what it did to the margin and what else moved.
pub(super) fn open(name: String, values: Vec<Sourced>) -> Action {
    Action::Change(Box::new(move |document: &mut Document| {
        let margin = |document: &Document| {
            let outputs = evaluate(document.scenario());
            number::or_undefined(outputs.get(Output::GrossMargin), number::percent)
        };
        let before = document.clone();
        document.set_sourced(&values).map_err(|error| error.to_string())?;
        let moved: Vec<String> =
            moved(&before, document).map(|id| provenance::short_name(document, id)).collect();
        let margins = format!("margin {} → {}", margin(&before), margin(document));
        Ok(match moved.len() {
            0 => format!("{name}: nothing moved"),
            _ => format!("{name}: {margins}; moved: {}", moved.join(", ")),
        })
    }))
}

/// The inputs that have another value than before.
fn moved<'a>(before: &'a Document, after: &'a Document) -> impl Iterator<Item = InputId> + 'a {
    let bits = |document: &Document, id| document.scenario().get(id).map(f64::to_bits);
    after.scenario().inputs().filter(move |id| bits(before, *id) != bits(after, *id))
}
