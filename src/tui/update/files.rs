//! Files: saving, deleting, what changed on disk, and leaving.

use std::sync::Arc;

use crate::model::{InputId, Scenario};
use crate::preset::{Document, Preset, Rebase, Reload, SaveError, Saved, Trashed};
use crate::report::{Format, card};
use crate::text;
use crate::tui::app::App;
use crate::tui::command::{Command, Scope};
use crate::tui::component::Shown;
use crate::tui::message::{Effect, Purpose, SaveRequest};
use crate::tui::popups;

impl App {
    /// What is on disk is what is open: nothing is missing, broken or changed twice.
    fn forget_disk(&mut self) {
        self.missing = false;
        self.cx.broken = None;
        self.changed_twice.clear();
    }

    /// Opens the list of presets.
    pub(super) fn list_presets(&mut self, purpose: Purpose) -> Vec<Effect> {
        self.popups.push(popups::open(purpose));
        vec![Effect::ListPresets]
    }

    /// Opens the menu of what can be copied.
    pub(super) fn copy_menu(&mut self) {
        let table = self.views.get(self.cx.view).and_then(|view| view.result()).map(Shown::pasted);
        self.popups.push(popups::copy(&self.cx, self.cx.measure, table));
    }

    /// Copies the answer.
    pub(super) fn copy_answer(&mut self) -> Vec<Effect> {
        match popups::answer(&self.cx) {
            Ok(text) => vec![Effect::Copy { text, what: "answer" }],
            Err(reason) => self.warned(format!("there is nothing to answer: {reason}")),
        }
    }

    /// Writes the table of the present view to a new file.
    pub(super) fn export_view(&mut self) -> Vec<Effect> {
        let name = self.cx.view_name().map_or("view", |view| view.info().name);
        let Some(text) = self.view_text(Format::Csv) else {
            return self.said("this view has nothing to write yet");
        };
        vec![Effect::Export { file_name: format!("napkin-{name}.csv"), text }]
    }

    /// Saves what is open to its own file; under a name if it has none.
    pub(super) fn save(&mut self) -> Vec<Effect> {
        self.end_run();
        let Some(path) = self.cx.document.base().origin.path() else {
            self.popups.push(popups::save_as(&self.cx.document));
            return Vec::new();
        };
        if !self.cx.document.is_edited() && !self.missing && self.cx.broken.is_none() {
            return self.said(format!("nothing to save: {} is as shown", text::path(path)));
        }
        let twice: Vec<InputId> =
            self.changed_twice.iter().copied().filter(|id| self.cx.document.is_changed(*id)).collect();
        if !twice.is_empty() {
            self.popups.push(popups::changed_twice(&self.cx.document, twice));
            return Vec::new();
        }
        vec![self.save_effect(SaveRequest::default())]
    }

    /// What has to be done to save as requested.
    pub(super) fn save_effect(&self, request: SaveRequest) -> Effect {
        let mut document = self.cx.document.clone();
        if let Some((title, summary)) = &request.about {
            document.describe(title, summary);
        }
        Effect::Save { document: Box::new(document), request }
    }

    pub(super) fn on_saved(
        &mut self,
        request: &SaveRequest,
        result: Result<Saved, SaveError>,
    ) -> Vec<Effect> {
        self.end_run();
        match result {
            Ok(Saved { preset, written }) => {
                // A save is no change: the echo goes on telling the last one, under whatever name.
                let same = |before: &Document| before.base().origin == self.cx.document.base().origin;
                let before = self.cx.before.take_if(|before| same(before));
                self.cx.before =
                    before.map(|before| before.onto(Arc::clone(&preset))).or(self.cx.before.take());
                self.cx.document.saved(&preset);
                self.forget_disk();
                self.after_change();
                let path = preset.origin.path().map(|path| text::path(path)).unwrap_or_default();
                self.say(if written {
                    format!("saved to {path}")
                } else {
                    format!("{path} says so already")
                });
                if request.quit {
                    return self.leave();
                }
            }
            Err(problem @ SaveError::NotDurable { .. }) => {
                // It is written all the same.
                self.warn(text::clean(&problem.to_string()));
            }
            Err(problem) => {
                if let Some(question) = popups::refused(&self.cx.document, request, &problem) {
                    self.popups.push(question);
                } else {
                    let problem = text::first_line(&problem.to_string());
                    self.warn(format!("not saved: {problem}"));
                }
            }
        }
        Vec::new()
    }

    /// Saves what had to wait, as it is now, unless something else is open by now.
    pub(super) fn on_unlocked(&mut self, free: bool) -> Vec<Effect> {
        match self.waiting.take() {
            Some((request, base)) if free && Arc::ptr_eq(&base, self.cx.document.base()) => {
                vec![self.save_effect(request)]
            }
            Some(_) if !free => self.warned("not saved: another napkin is saving there and does not finish"),
            _ => Vec::new(),
        }
    }

    fn reload(&self) -> Effect {
        Effect::Reload(Box::new(self.cx.document.clone()))
    }

    /// Preset files changed on disk: the open one may be among them, under whatever name it is known there.
    pub(super) fn on_files_changed(&self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.cx.document.base().origin.path().is_some() {
            effects.push(self.reload());
        }
        if self.popups.iter().any(|popup| popup.wants_list()) {
            effects.push(Effect::RelistPresets);
        }
        effects
    }

    pub(super) fn on_reloaded(&mut self, reload: Reload) {
        let Some(path) = self.cx.document.base().origin.path().map(|path| text::path(path)) else { return };
        match reload {
            Reload::Unchanged => {
                let broken = self.cx.broken.take().is_some();
                if std::mem::take(&mut self.missing) {
                    self.say(format!("{path} is back"));
                } else if broken {
                    self.say(format!("{path} is mended"));
                }
            }
            // What was asked for before another preset was opened is not about that one.
            Reload::Changed(preset) if preset.origin != self.cx.document.base().origin => {}
            Reload::Changed(preset) => {
                self.missing = false;
                self.cx.broken = None;
                self.cx.drag = None;
                self.end_run();
                let twice = changed_twice(&self.cx.document, &preset);
                let keys = |app: &Self| app.cx.document.scenario().keys().collect::<Vec<_>>();
                let tiers = keys(self);
                let rebase = self.cx.document.rebase(preset);
                if keys(self) != tiers {
                    // A field that was open may be about another tier now.
                    self.popups.retain(|popup| popup.wants_list());
                }
                self.changed_twice
                    .extend(twice.iter().filter_map(|id| self.cx.document.scenario().find(id).ok()));
                self.after_change();
                self.say(rebased(rebase));
            }
            Reload::Gone => {
                self.missing = true;
                let save = self.cx.key_of(Command::Save);
                self.warn(format!(
                    "{path} is gone from the disk; nothing is lost here, {save} writes it again"
                ));
            }
            Reload::Broken(problem) => {
                let problem = text::first_line(&problem);
                self.warn(format!("the file on disk is broken, what is open stays: {problem}"));
                self.cx.broken = Some(problem);
            }
        }
    }

    pub(super) fn on_deleted(&mut self, result: Result<Trashed, String>) -> Vec<Effect> {
        match result {
            Ok(trashed) => {
                let key = self.cx.keys.key(Scope::PRESETS, Command::Restore);
                let name = text::clean(&trashed.name);
                self.say(format!("{name} is in the trash; {key} in the list brings it back"));
                self.trash.push(trashed);
                vec![Effect::ListPresets]
            }
            Err(problem) => self.warned(format!("not deleted: {}", text::clean(&problem))),
        }
    }

    /// Brings the last deleted preset back.
    pub(super) fn restore(&mut self) -> Vec<Effect> {
        let Some(trashed) = self.trash.last() else {
            return self.said("nothing was deleted in this session");
        };
        vec![Effect::Restore(trashed.clone())]
    }

    pub(super) fn on_restored(&mut self, result: Result<Trashed, String>) -> Vec<Effect> {
        match result {
            Ok(trashed) => {
                self.trash.retain(|known| *known != trashed);
                self.say(format!("{} is back", text::clean(&trashed.name)));
                vec![Effect::ListPresets]
            }
            Err(problem) => self.warned(format!("not brought back: {}", text::clean(&problem))),
        }
    }

    /// Writes the claim card to a new file.
    pub(super) fn write_card(&mut self) -> Vec<Effect> {
        match card::write(&self.cx.document, self.cx.pinned_document()) {
            Ok(text) => {
                let slug = popups::slug(&self.cx.document.content().name);
                let slug = if slug.is_empty() { "scenario" } else { &slug };
                vec![Effect::Export { file_name: format!("napkin-{slug}.md"), text }]
            }
            Err(reason) => self.warned(format!("there is nothing to claim: {reason}")),
        }
    }

    /// Leaves, after a question when the user's own preset has unsaved edits or is gone from the disk.
    pub(super) fn quit(&mut self) -> Vec<Effect> {
        if self.cx.document.is_dirty() || self.missing {
            self.popups.push(popups::unsaved(&self.cx.document, self.missing));
            self.changed = true;
            Vec::new()
        } else {
            self.leave()
        }
    }

    /// Leaves, remembering where.
    pub(super) fn leave(&self) -> Vec<Effect> {
        vec![self.remember(), Effect::Quit(0)]
    }

    /// Says which file to watch, when another one is open than before.
    pub(super) fn watch_open_file(&mut self) -> Option<Effect> {
        let open = self.cx.document.base().origin.path().cloned();
        if open == self.watched {
            return None;
        }
        self.forget_disk();
        self.watched.clone_from(&open);
        Some(Effect::Watch(open))
    }
}

/// The ids of inputs that differ here and in what stands on disk now, each from what was read and from each other.
fn changed_twice(document: &Document, disk: &Preset) -> Vec<String> {
    let (here, before, disk) =
        (document.scenario(), &document.base().content.scenario, &disk.content.scenario);
    let there = |scenario: &Scenario, id: &str| scenario.find(id).ok().map(|id| scenario.get(id));
    let twice = here.inputs().filter_map(|id| {
        let (value, id) = (Some(here.get(id)), here.id_text(id));
        let (was, now) = (there(before, &id), there(disk, &id));
        (now.is_some() && now != was && value != was && value != now).then_some(id)
    });
    twice.collect()
}

/// What a change on disk came to.
fn rebased(rebase: Rebase) -> String {
    let count = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    };
    let changed = match rebase.changed_on_disk {
        0 => "the file changed on disk, but no value in it".to_owned(),
        changed => format!("{} changed on disk", count(changed, "value", "values")),
    };
    match rebase.edits_kept {
        0 => changed,
        kept => format!("{changed}, your {} kept", count(kept, "edit", "edits")),
    }
}
