//! What became of effects, and what happened to files.

use std::sync::Arc;

use crate::text;
use crate::tui::app::App;
use crate::tui::message::{Effect, Outcome};

impl App {
    pub(super) fn on_outcome(&mut self, outcome: Outcome) -> Vec<Effect> {
        self.changed = true;
        match outcome {
            Outcome::Copied { what, how } => self.say(format!("{what} sent to the clipboard by {how}")),
            Outcome::Exported(Ok(path)) => self.say(format!("written to {}", text::path(&path))),
            Outcome::Listed(entries, directory) => {
                for popup in &mut self.popups {
                    popup.listed(&entries, directory.as_deref());
                }
            }
            Outcome::StoriesListed(entries) => {
                for popup in &mut self.popups {
                    popup.stories(&entries);
                }
            }
            Outcome::Exported(Err(problem)) => self.warn(text::first_line(&problem)),
            Outcome::Reloaded(reload) => self.on_reloaded(reload),
            Outcome::Saved(request, result) => return self.on_saved(&request, result),
            Outcome::Locked(request) => {
                self.waiting = Some((request, Arc::clone(self.cx.document.base())));
                self.say("another napkin is saving there; waiting for it");
            }
            Outcome::Unlocked(free) => return self.on_unlocked(free),
            Outcome::Deleted(result) => return self.on_deleted(result),
            Outcome::Restored(result) => return self.on_restored(result),
        }
        Vec::new()
    }
}
