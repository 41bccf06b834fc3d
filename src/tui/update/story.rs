//! Telling a story: its steps on screen, leaving its path, and what was there before it.

use std::sync::Arc;

use crate::analysis::main_tier;
use crate::story::Story;
use crate::tui::app::{App, BeforeStory};
use crate::tui::command::{Command, ViewName};
use crate::tui::context::{Focus, Pinned};
use crate::tui::message::Effect;
use crate::tui::popups;
use crate::tui::telling::{Phase, Telling};

impl App {
    /// Opens the list of questions and stories.
    pub(super) fn list_stories(&mut self) -> Vec<Effect> {
        self.popups.push(popups::stories());
        vec![Effect::ListStories]
    }

    /// Begins a story; one undo leads back to what is open now.
    pub(in crate::tui) fn tell(&mut self, story: &Arc<Story>) {
        self.end_run();
        self.cx.drag = None;
        let (document, pinned) = (self.cx.document.present(), self.cx.pinned.clone());
        self.before_story = Some(BeforeStory { document, pinned, after: None });
        self.cx.document.open_as(&story.start());
        let phase = if story.ask(0).is_some() { Phase::Asking } else { Phase::Taken };
        let begun = Telling::new(Arc::clone(story), 0, Phase::Asking, &self.cx.books);
        self.cx.document.show(begun.shown());
        self.cx.telling = Some(begun);
        self.step_to(0, phase);
        // What was open before has nothing to do with what is told.
        self.cx.before = (phase == Phase::Taken && story.changes(0)).then(|| story.before(0).present());
    }

    /// Shows a step. From off the path it is an edit that undo takes back; on it, steps follow each other.
    fn step_to(&mut self, step: usize, phase: Phase) {
        let Some(telling) = &self.cx.telling else { return };
        let on_path = telling.is_on_path(&self.cx.document);
        let story = Arc::clone(&telling.story);
        let next = Telling::new(story, step, phase, &self.cx.books);
        self.end_run();
        if on_path {
            self.cx.document.show(next.shown());
        } else {
            self.cx.document.open_as(next.shown());
        }
        self.cx.pinned = next.story.pinned().map(Pinned::new);
        if phase == Phase::Taken {
            let view = next.story.view(step);
            self.cx.view = ViewName::ALL.iter().position(|name| *name == view).unwrap_or(0);
            self.cx.show_view = true;
            self.cx.focus = Focus::Sliders;
            match next.story.focus(step) {
                Some(id) => self.focus_on(id),
                None => self.select_tier(main_tier(self.cx.document.scenario())),
            }
        }
        self.cx.telling = Some(next);
        self.after_change();
    }

    /// On: back to the path, to the answer, or to the next step.
    pub(in crate::tui) fn story_on(&mut self) {
        let Some(telling) = &self.cx.telling else { return };
        let (step, phase) = (telling.step, telling.phase);
        if !telling.is_on_path(&self.cx.document) {
            return self.back_to_path(step, phase);
        }
        let asked = telling.story.ask(step + 1).is_some();
        match phase {
            Phase::Asking | Phase::Before => self.step_to(step, Phase::Taken),
            Phase::Taken | Phase::Again if step + 1 < telling.story.len() => {
                self.step_to(step + 1, if asked { Phase::Asking } else { Phase::Taken });
            }
            Phase::Taken | Phase::Again => {
                let (leave, list) = (self.cx.key_of(Command::StoryLeave), self.cx.key_of(Command::Stories));
                self.say(format!(
                    "that is all; {leave} leaves you here to try for yourself, {list} lists the others"
                ));
            }
        }
    }

    /// Shows a step again that has been left for other values.
    fn back_to_path(&mut self, step: usize, phase: Phase) {
        self.step_to(step, if phase == Phase::Asking { phase } else { Phase::Taken });
    }

    /// Back: to the path, or to the step before.
    pub(super) fn story_back(&mut self) {
        let Some(telling) = &self.cx.telling else { return };
        let (step, phase) = (telling.step, telling.phase);
        if !telling.is_on_path(&self.cx.document) {
            self.back_to_path(step, phase);
        } else if matches!(phase, Phase::Before | Phase::Again) {
            self.step_to(step, Phase::Taken);
        } else if let Some(before) = step.checked_sub(1) {
            self.step_to(before, Phase::Taken);
        } else {
            self.say("this is where the story begins");
        }
    }

    /// Shows what the step changed once more: before it, and it again.
    pub(super) fn story_again(&mut self) {
        let Some(telling) = &self.cx.telling else { return };
        let (step, phase) = (telling.step, telling.phase);
        if phase == Phase::Asking {
            self.say(format!("{} answers first", self.cx.key_of(Command::StoryOn)));
        } else if telling.story.changes(step) {
            self.step_to(step, if phase == Phase::Before { Phase::Again } else { Phase::Before });
        } else {
            self.say("this step changes no input");
        }
    }

    /// Leaves the story; the scenario stays.
    pub(super) fn story_leave(&mut self) {
        if self.cx.telling.take().is_some() {
            self.say(format!(
                "left the story where it was; {} leads back to before it",
                self.cx.key_of(Command::Undo)
            ));
            self.refresh_views();
        }
    }

    /// Whether what is open is what was open before the story.
    pub(super) fn is_before_story(&self) -> bool {
        self.before_story.as_ref().is_some_and(|before| self.cx.document.shows_as(&before.document))
    }

    /// After undo or redo: back to before the story the pin comes back and the story ends; forth, its pin.
    pub(super) fn cross_story(&mut self, was_before: bool) {
        let is_before = self.is_before_story();
        let Some(before) = &mut self.before_story else { return };
        match (was_before, is_before) {
            (false, true) => {
                before.after = std::mem::replace(&mut self.cx.pinned, before.pinned.clone());
                self.cx.telling = None;
            }
            (true, false) => self.cx.pinned.clone_from(&before.after),
            _ => {}
        }
    }
}
