//! What became of effects, and what happened to files.

use std::sync::Arc;

use crate::preset::Document;
use crate::text;
use crate::tui::app::App;
use crate::tui::message::{Effect, Outcome};
use crate::tui::popups;

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
            Outcome::Created(_, Ok(preset)) => {
                let path = preset.origin.path().map(|path| text::path(path)).unwrap_or_default();
                self.open(&Document::new(preset));
                self.say(format!("written to {path}; what you change in the file shows here"));
            }
            Outcome::Created(name, Err(problem)) => {
                self.popups.push(popups::new_preset(&name));
                self.warn(text::first_line(&problem));
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
