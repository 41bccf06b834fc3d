//! What became of effects, and what happened to files.

use std::path::PathBuf;

use crate::preset::Document;
use crate::report::text;
use crate::tui::app::App;
use crate::tui::message::{Effect, Outcome, Purpose};

impl App {
    pub(super) fn on_files_changed(&mut self, paths: &[PathBuf]) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(open) = self.document.base().origin.path()
            && paths.contains(open)
        {
            effects.push(Effect::Reload(open.clone()));
        }
        if self.popups.iter().any(|popup| popup.wants_list()) {
            effects.push(Effect::ListPresets);
        }
        effects
    }

    pub(super) fn on_outcome(&mut self, outcome: Outcome) -> Vec<Effect> {
        self.changed = true;
        match outcome {
            Outcome::Copied { what, how } => self.say(format!("{what} sent to the clipboard by {how}")),
            Outcome::Exported(Ok(path)) => {
                self.say(format!("written to {}", text::clean(&path.to_string_lossy())));
            }
            Outcome::Listed(entries) => {
                for popup in &mut self.popups {
                    popup.listed(&entries);
                }
            }
            Outcome::Loaded(Ok(preset), Purpose::Open) => self.open(preset),
            Outcome::Loaded(Ok(preset), Purpose::Pin) => self.pin(Document::new(preset)),
            Outcome::Loaded(Err(problem), _)
            | Outcome::Reloaded(Err(problem))
            | Outcome::Exported(Err(problem))
            | Outcome::Deleted(Err(problem))
            | Outcome::Restored(Err(problem)) => self.warn(problem),
            Outcome::Reloaded(Ok(_))
            | Outcome::Saved(_)
            | Outcome::Deleted(Ok(_))
            | Outcome::Restored(Ok(_)) => {}
        }
        Vec::new()
    }
}
