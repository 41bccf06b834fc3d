//! Moving inputs, and which moves are one undo.
use crate::model::{Edit, InputId};
use crate::preset::Run;
use crate::tui::app::App;

impl App {
    /// Moves inputs together. Moves of the same kind on the same inputs are one run and one undo.
    pub(super) fn step_in_run(&mut self, kind: &'static str, edits: &[Edit]) {
        let inputs: Vec<InputId> = edits.iter().map(|(id, _)| *id).collect();
        if self.last_step.as_ref().is_none_or(|(last, last_kind)| *last != inputs || *last_kind != kind) {
            self.run = Run(self.run.0 + 1);
            self.last_step = Some((inputs, kind));
        }
        self.adjust(self.run, edits);
    }

    /// Ends a run: the next move is an undo of its own.
    pub(super) fn end_run(&mut self) {
        self.last_step = None;
    }

    /// A run that no other move belongs to.
    pub(super) fn fresh_run(&mut self) -> Run {
        self.end_run();
        self.run = Run(self.run.0 + 1);
        self.run
    }

    /// Moves inputs as part of a run.
    pub(super) fn adjust(&mut self, run: Run, edits: &[Edit]) {
        let was = *self.cx.document.scenario();
        match self.cx.document.adjust(run, edits) {
            Ok(()) if was == *self.cx.document.scenario() => {}
            Ok(()) => self.after_change(),
            Err(error) => self.warn(error.to_string()),
        }
    }

    /// Sets values at once, as an undo of its own.
    pub(super) fn set(&mut self, edits: &[Edit]) {
        self.end_run();
        match self.cx.document.set(edits) {
            Ok(()) => self.after_change(),
            Err(error) => self.warn(error.to_string()),
        }
    }
}
