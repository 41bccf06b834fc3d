//! What is open and what it is compared with.

use std::sync::Arc;

use crate::model::{InputId, MAX_TIERS, TierField};
use crate::preset::{Document, Preset};
use crate::tui::app::App;
use crate::tui::command::Command;
use crate::tui::context::Pinned;
use crate::tui::message::Effect;
use crate::tui::popups;

impl App {
    pub(super) fn reset_all(&mut self) {
        self.end_run();
        if self.cx.document.reset_all() {
            self.after_change();
            self.say(format!("everything as in the preset; {} undoes it", self.cx.key_of(Command::Undo)));
        } else {
            self.say("nothing differs from the preset");
        }
    }

    pub(super) fn undo(&mut self) {
        self.end_run();
        let (before, was_before) = (Arc::clone(self.cx.document.base()), self.is_before_story());
        if self.cx.document.undo() {
            self.cross_story(was_before);
            self.after_change();
            self.say_what_is_open(&before);
        } else {
            self.say(if self.cx.document.has_forgotten() {
                "that is as far back as undo goes; earlier edits are not kept"
            } else {
                "nothing to undo"
            });
        }
    }

    /// Says what is open, when it is another preset than before.
    fn say_what_is_open(&mut self, before: &Arc<Preset>) {
        if before.origin != self.cx.document.base().origin {
            self.say(self.cx.document.title());
        }
    }

    pub(super) fn redo(&mut self) {
        self.end_run();
        let (before, was_before) = (Arc::clone(self.cx.document.base()), self.is_before_story());
        if self.cx.document.redo() {
            self.cross_story(was_before);
            self.after_change();
            self.say_what_is_open(&before);
        } else {
            self.say("nothing to redo");
        }
    }

    pub(super) fn pin(&mut self, document: Document) {
        let pinned = Pinned::new(document);
        self.say(format!("pinned: {}", pinned.name));
        self.cx.pinned = Some(pinned);
        self.after_change();
    }

    pub(super) fn toggle_pin(&mut self) {
        let same = self
            .cx
            .pinned
            .as_ref()
            .is_some_and(|pinned| pinned.document.scenario() == self.cx.document.scenario());
        if same {
            self.cx.pinned = None;
            self.say("unpinned");
            self.after_change();
        } else {
            self.pin(self.cx.document.clone());
        }
    }

    pub(super) fn unpin(&mut self) {
        self.cx.pinned = None;
        self.refresh_views();
    }

    pub(super) fn swap_pinned(&mut self) {
        self.end_run();
        let Some(pinned) = self.cx.pinned.take() else {
            self.say(format!(
                "nothing is pinned; {} pins the present scenario",
                self.cx.key_of(Command::Pin)
            ));
            return;
        };
        let present = std::mem::replace(&mut self.cx.document, pinned.document);
        self.cx.pinned = Some(Pinned::new(present));
        self.after_change();
        self.say(format!("now: {}", self.cx.document.title()));
    }

    /// Opens a document in place of the present one; undo leads back.
    pub(super) fn open(&mut self, document: &Document) {
        self.end_run();
        self.cx.document.open_as(document);
        self.after_change();
        self.say(format!("{}; {} leads back", self.cx.document.title(), self.cx.key_of(Command::Undo)));
    }

    /// Asks for the name of a tier to add.
    pub(super) fn add_tier(&mut self) {
        self.end_run();
        if self.cx.document.scenario().tier_count() >= MAX_TIERS {
            self.say(format!("{MAX_TIERS} tiers is the most there can be"));
        } else {
            self.popups.push(popups::add_tier(&self.cx.document, self.cx.tier));
        }
    }

    /// Removes the selected tier, after a question if it has a share of the tokens.
    pub(super) fn remove_tier(&mut self) -> Vec<Effect> {
        self.end_run();
        let tier = self.cx.tier;
        let share = self.cx.value(InputId::Tier(tier, TierField::Share));
        if self.cx.document.scenario().tier_count() < 2 {
            self.say("the only tier stays: there has to be some traffic");
        } else if share.is_some_and(|share| share > 0.0) {
            self.popups.push(popups::remove_tier(&self.cx.document, tier));
        } else {
            return self.perform(vec![popups::tier_removal(tier)]);
        }
        Vec::new()
    }
}
