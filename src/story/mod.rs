//! Stories: a debate told in steps that anyone can leave, to try for themselves, and come back to.
//!
//! A story is a TOML file. At the top stand `question`, `preset` (`builtin:NAME` or the name of a preset of the
//! user's) and, optional, `against`, which is pinned. Each `[[step]]` has a `caption` and may have `ask` (shown before
//! the step is taken), `view`, `focus`, `set` (a table of ids and values as `--set` takes them, none relative),
//! `source` (whose these values are, or "assumption") and `expect` (what its figures say today).
//!
//! Captions are templates over the results and inputs of the step, `{break_even:ID}` and `{sentence}`, so that no
//! figure in them goes stale. A story of one step is a question and its answer.

#![warn(unreachable_pub)]

pub mod builtin;
mod check;
mod figure;
mod handout;
mod listing;
mod read;
mod store;
mod template;

use std::sync::Arc;

pub(crate) use check::Verification;
pub(crate) use handout::handout;
pub(crate) use listing::Listing;
pub use store::Entry;
pub(crate) use store::Stories;

use crate::model::InputId;
use crate::preset::{Document, Origin, Preset, Sourced};
use crate::report::view::{Scene, ViewName};
use figure::Figure;
use template::Template;

/// A story as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Where it was read from.
    pub(crate) origin: Origin,
    /// What it answers.
    pub question: String,
    /// What it is told on.
    pub(crate) preset: Arc<Preset>,
    /// What that is compared with.
    pub(crate) against: Option<Arc<Preset>>,
    steps: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    ask: Option<String>,
    caption: Template,
    view: Option<ViewName>,
    focus: Option<InputId>,
    sets: Vec<Sourced>,
    expect: Vec<(Figure, String)>,
}

impl Story {
    /// What [`Stories::load`] takes for it.
    pub(crate) fn id(&self) -> String {
        self.origin.id()
    }

    /// How many steps there are, at least one.
    #[allow(clippy::len_without_is_empty, reason = "there is at least one")]
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// The steps up to and including one, counted from 0.
    fn until(&self, step: usize) -> &[Step] {
        self.steps.get(..=step).unwrap_or(&self.steps)
    }

    /// The scenario before the first step.
    pub(crate) fn start(&self) -> Document {
        Document::new(Arc::clone(&self.preset))
    }

    /// The scenario of a step: everything that the steps up to it set, on the preset, the last of an id last.
    pub(crate) fn document(&self, step: usize) -> Document {
        let mut document = self.start();
        // Reading has refused what does not go together.
        let _ = document.set_sourced(&last_of_each(self.until(step).iter().flat_map(|step| &step.sets)));
        document
    }

    /// The scenario before a step.
    pub(crate) fn before(&self, step: usize) -> Document {
        step.checked_sub(1).map_or_else(|| self.start(), |before| self.document(before))
    }

    /// The scenario so far on the way to a step, 0 … 1; what cannot be half done is as it was.
    pub(crate) fn on_the_way(&self, step: usize, part: f64) -> Document {
        let (from, to) = (self.before(step), self.document(step));
        let mut sets = last_of_each(self.until(step).iter().flat_map(|step| &step.sets));
        for set in &mut sets {
            let (old, new) = (from.scenario().get(set.id), to.scenario().get(set.id));
            let between = old.zip(new).map(|(old, new)| old + (new - old) * part);
            set.value = between.filter(|value| set.id.domain().contains(Some(*value))).map_or(old, Some);
        }
        let mut document = self.start();
        // What does not go together half-way stays as it was.
        if document.set_sourced(&sets).is_err() { from } else { document }
    }

    /// What the scenario is compared with.
    pub(crate) fn pinned(&self) -> Option<Document> {
        self.against.as_ref().map(|preset| Document::new(Arc::clone(preset)))
    }

    /// The view of a step: its own, or that of the steps before it.
    pub(crate) fn view(&self, step: usize) -> ViewName {
        self.until(step).iter().rev().find_map(|step| step.view).unwrap_or(ViewName::ALL[0])
    }

    /// The input that a step is about: named by it, or the first one that it sets.
    pub(crate) fn focus(&self, step: usize) -> Option<InputId> {
        let step = self.steps.get(step)?;
        step.focus.or_else(|| step.sets.first().map(|set| set.id))
    }

    /// What is asked before a step.
    pub(crate) fn ask(&self, step: usize) -> Option<&str> {
        self.steps.get(step)?.ask.as_deref()
    }

    /// Whether a step sets anything.
    pub(crate) fn changes(&self, step: usize) -> bool {
        self.steps.get(step).is_some_and(|step| !step.sets.is_empty())
    }

    /// The caption of a step with its figures; the sentence is that of the step's view.
    pub fn caption(&self, step: usize, books: &crate::book::Books) -> String {
        let (document, pinned) = (self.document(step), self.pinned());
        let scene = Scene { document: &document, against: pinned.as_ref(), target: 0.0, books };
        self.steps.get(step).map_or_else(String::new, |found| found.caption.text(&scene, self.view(step)))
    }
}

/// The last value of each input, in the order in which the inputs were first set.
fn last_of_each<'a>(sets: impl Iterator<Item = &'a Sourced>) -> Vec<Sourced> {
    let mut last: Vec<Sourced> = Vec::new();
    for set in sets {
        match last.iter_mut().find(|known| known.id == set.id) {
            Some(known) => known.clone_from(set),
            None => last.push(set.clone()),
        }
    }
    last
}

#[cfg(test)]
mod tests;
