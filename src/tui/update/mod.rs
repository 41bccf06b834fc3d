//! From messages to a changed state and effects.
//!
//! One file per idea: keys and pop-ups, the mouse, the commands of the table, the sliders, what is open, what is
//! remembered, and what became of effects.

use crossterm::event::KeyEventKind;
use ratatui::layout::Rect;

use super::app::App;
use super::component::Action;
use super::message::{Effect, Message};
use super::popups;
use crate::preset::Document;

mod commands;
mod files;
mod keys;
mod memory;
mod mouse;
mod outcome;
mod runs;
mod scenario;
mod sliders;
mod story;

/// The commands that are remembered as recent.
const RECENT: usize = 4;

impl App {
    /// Takes one message in and returns what is to be done outside.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let mut effects = self.handle(message);
        effects.extend(self.watch_open_file());
        self.settle();
        effects
    }

    fn handle(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(event) if event.kind == KeyEventKind::Release => Vec::new(),
            Message::Key(event) => self.on_key(event),
            Message::Mouse(event) => self.on_mouse(event),
            Message::Paste(pasted) => self.on_paste(&pasted),
            Message::Resize(width, height) => {
                self.screen = Rect::new(0, 0, width, height);
                self.cx.drag = None;
                self.refresh_views();
                Vec::new()
            }
            Message::Background(background) => {
                self.terminal.background = Some(background);
                self.use_theme();
                Vec::new()
            }
            Message::Resumed => {
                self.changed = true;
                vec![Effect::Redraw]
            }
            Message::Leaving => vec![self.remember()],
            Message::FilesChanged(_) => self.on_files_changed(),
            Message::Done(outcome) => self.on_outcome(outcome),
        }
    }

    /// Says something, and has nothing done outside.
    fn said(&mut self, text: impl Into<String>) -> Vec<Effect> {
        self.say(text);
        Vec::new()
    }

    /// Says what went wrong, and has nothing done outside.
    fn warned(&mut self, text: impl Into<String>) -> Vec<Effect> {
        self.warn(text);
        Vec::new()
    }

    /// Does what a view or pop-up asked for.
    pub(super) fn perform(&mut self, actions: Vec<Action>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for action in actions {
            match action {
                Action::Close => {}
                Action::Do(command) => {
                    self.cx.recent.retain(|known| *known != command);
                    self.cx.recent.insert(0, command);
                    self.cx.recent.truncate(RECENT);
                    effects.extend(self.run_command(command));
                }
                Action::AskFilter(words) => self.popups.push(popups::filter_view(&words)),
                Action::FilterView(words) => {
                    if let Some(view) = self.views.get_mut(self.cx.view) {
                        view.filter(&words);
                    }
                    self.refresh_views();
                }
                Action::Focus(id) => {
                    self.focus_on(id);
                    self.cx.show_view = false;
                    self.refresh_views();
                }
                Action::Set(edits) => self.set(&edits),
                Action::StepInRun(kind, moves) => {
                    let edits: Vec<_> = moves.into_iter().map(|(id, value)| (id, Some(value))).collect();
                    self.step_in_run(kind, &edits);
                }
                Action::Change(change) => {
                    self.end_run();
                    match change(&mut self.cx.document) {
                        Ok(done) => {
                            self.after_change();
                            if !done.is_empty() {
                                self.say(done);
                            }
                        }
                        Err(problem) => self.warn(problem),
                    }
                }
                Action::EditRange(id) => self.popups.push(popups::range(&self.cx.document, id)),
                Action::Popup(popup) => self.popups.push(popup),
                Action::Target(target) => {
                    self.cx.target = target;
                    self.after_change();
                }
                Action::ShowView(view) => self.show_view(view.info().name),
                Action::Pin(document) => self.pin(*document),
                Action::Open(preset) => self.open(&Document::new(preset)),
                Action::Tell(story) => self.tell(&story),
                Action::Adopt(document) => self.open(&document),
                Action::Save(request) => effects.push(self.save_effect(request)),
                Action::Leave => effects.extend(self.leave()),
                Action::Refresh => self.refresh_views(),
                Action::Effect(effect) => effects.push(effect),
                Action::Say(text) => self.say(text),
                Action::Warn(text) => self.warn(text),
            }
        }
        self.changed = true;
        effects
    }
}
