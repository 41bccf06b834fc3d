//! A story that is being told: which step, what is shown of it, and whether one has left its path.

use std::sync::Arc;

use crate::book::Books;
use crate::preset::Document;
use crate::report::echo;
use crate::story::Story;

/// A story under way.
#[derive(Clone, Debug)]
pub(crate) struct Telling {
    /// The story.
    pub(crate) story: Arc<Story>,
    /// The step, counted from 0.
    pub(crate) step: usize,
    /// What is on screen of it.
    pub(crate) phase: Phase,
    /// What stands below its question.
    pub(crate) words: String,
    /// The scenario that the story put on screen.
    shown: Document,
}

/// What is on screen of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// What is asked before it; its scenario is still that of the step before.
    Asking,
    /// The step.
    Taken,
    /// Once more what was before it.
    Before,
    /// The step again, after a look at what was before it.
    Again,
}

impl Telling {
    /// A step of a story in this phase.
    pub(crate) fn new(story: Arc<Story>, step: usize, phase: Phase, books: &Books) -> Self {
        let shown = match phase {
            Phase::Taken | Phase::Again => story.document(step),
            Phase::Asking | Phase::Before => story.before(step),
        };
        let words = match phase {
            Phase::Asking => story.ask(step).unwrap_or_default().to_owned(),
            _ => story.caption(step, books),
        };
        Self { story, step, phase, words, shown }
    }

    /// The scenario that the story put on screen.
    pub(crate) fn shown(&self) -> &Document {
        &self.shown
    }

    /// Counts another scenario as on the path: one on the way from a step to the next.
    pub(crate) fn pass(&mut self, document: &Document) {
        self.shown = document.clone();
    }

    /// Whether this document is what the story shows.
    pub(crate) fn is_on_path(&self, document: &Document) -> bool {
        document.shows_as(&self.shown)
    }

    /// Which step of how many: `4 of 9`.
    pub(crate) fn place(&self) -> String {
        format!("{} of {}", self.step + 1, self.story.len())
    }

    /// What the step does to the margin: `84.5 → 48.3 %, −36.2 pt`.
    pub(crate) fn difference(&self) -> String {
        echo::margins(&self.story.before(self.step), &self.story.document(self.step))
    }
}
