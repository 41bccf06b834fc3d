//! What is open and what it is compared with.

use std::sync::Arc;

use crate::preset::{Document, Preset};
use crate::tui::app::{App, Pinned};
use crate::tui::command::{self, Command, Scope};

impl App {
    pub(super) fn reset_all(&mut self) {
        self.end_run();
        if self.document.reset_all() {
            self.after_change();
            self.say(format!("everything as in the preset; {} undoes it", self.key_of(Command::Undo)));
        } else {
            self.say("nothing differs from the preset");
        }
    }

    pub(super) fn undo(&mut self) {
        self.end_run();
        if self.document.undo() {
            self.after_change();
        } else {
            self.say("nothing to undo");
        }
    }

    pub(super) fn redo(&mut self) {
        self.end_run();
        if self.document.redo() {
            self.after_change();
        } else {
            self.say("nothing to redo");
        }
    }

    pub(super) fn pin(&mut self, document: Document) {
        let pinned = Pinned::new(document);
        self.say(format!("pinned: {}", pinned.name));
        self.pinned = Some(pinned);
        self.after_change();
    }

    pub(super) fn toggle_pin(&mut self) {
        let same =
            self.pinned.as_ref().is_some_and(|pinned| pinned.document.scenario() == self.document.scenario());
        if same {
            self.pinned = None;
            self.say("unpinned");
            self.after_change();
        } else {
            self.pin(self.document.clone());
        }
    }

    pub(super) fn swap_pinned(&mut self) {
        self.end_run();
        let Some(pinned) = self.pinned.take() else {
            self.say(format!("nothing is pinned; {} pins the present scenario", self.key_of(Command::Pin)));
            return;
        };
        let present = std::mem::replace(&mut self.document, pinned.document);
        self.pinned = Some(Pinned::new(present));
        self.after_change();
        self.say(format!("now: {}", self.document.content().name));
    }

    /// Opens a preset in place of the present one; undo leads back.
    pub(super) fn open(&mut self, preset: Arc<Preset>) {
        self.end_run();
        self.document.open(preset);
        self.after_change();
        self.say(format!(
            "{}; {} leads back",
            self.document.content().name,
            command::info(&[Scope::Global], Command::Undo).map(command::CommandInfo::key).unwrap_or_default()
        ));
    }
}
