//! Keys and pasted text: to the innermost pop-up, or to the command they stand for.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use crate::model::Scale;
use crate::preset::{Document, Origin, read};
use crate::report::card::{self, Replayed};
use crate::text;
use crate::tui::app::App;
use crate::tui::command::{Command, Key};
use crate::tui::component::{Action, Popup};
use crate::tui::context::{Context, Focus};
use crate::tui::layout::inside;
use crate::tui::message::Effect;
use crate::tui::popups;

impl App {
    pub(super) fn on_key(&mut self, event: KeyEvent) -> Vec<Effect> {
        self.cx.drag = None;
        if self.cx.toast.take().is_some() {
            self.changed = true;
        }
        let scopes = self.cx.scopes();
        let command = self.cx.keys.lookup(&scopes, Key::of(&event));
        if let Some(popup) = self.popups.len().checked_sub(1) {
            self.changed = true;
            return match command {
                Some(command) => self.popup_command(popup, command),
                None => self.with_popup(popup, |popup, cx, _| popup.key(event, cx)),
            };
        }
        match command {
            // A digit starts the field with itself in it.
            Some(command @ Command::Type) if self.aim(command) => {
                let first = match event.code {
                    KeyCode::Char(letter) if letter != '=' => Some(letter),
                    _ => None,
                };
                self.type_value(first);
                Vec::new()
            }
            Some(Command::Type) | None => Vec::new(),
            Some(command) => self.run_command(command),
        }
    }

    pub(super) fn popup_command(&mut self, popup: usize, command: Command) -> Vec<Effect> {
        let keeps = self.popups.get(popup).is_some_and(|popup| popup.keeps_escape());
        if command == Command::Back && !keeps {
            self.popups.pop();
            return Vec::new();
        }
        self.with_popup(popup, |popup, cx, area| popup.command(command, cx, area))
    }

    /// Lets a pop-up act, then does what it asks for.
    pub(super) fn with_popup(
        &mut self,
        index: usize,
        act: impl FnOnce(&mut dyn Popup, &Context, Rect) -> Vec<Action>,
    ) -> Vec<Effect> {
        let Some(popup) = self.popups.get_mut(index) else { return Vec::new() };
        let area = self.layout.popups.get(index).copied().map(inside).unwrap_or_default();
        let actions = act(popup.as_mut(), &self.cx, area);
        if actions.iter().any(|action| matches!(action, Action::Close)) {
            self.popups.remove(index);
        }
        self.changed = true;
        self.perform(actions)
    }

    /// Pasted text is a scenario, or text for a field, or a value for the focused slider; never keys.
    pub(super) fn on_paste(&mut self, pasted: &str) -> Vec<Effect> {
        // Terminals send line ends as carriage returns.
        let clean = text::clean_lines(&pasted.replace("\r\n", "\n").replace('\r', "\n"));
        let clean = clean.trim();
        self.cx.toast = None;
        self.cx.drag = None;
        self.changed = true;
        if clean.is_empty() {
            return Vec::new();
        }
        match scenario(clean) {
            Some(Ok(replayed)) => {
                // The newest of several is the one that is meant.
                self.popups.retain(|popup| !popup.is_preview());
                self.popups.push(popups::card(replayed));
                return Vec::new();
            }
            Some(Err(problem)) => return self.warned(problem),
            None => {}
        }
        let one_line = !clean.contains('\n');
        let takes_text = self.popups.last().is_some_and(|popup| popup.takes_text());
        if takes_text && one_line {
            let top = self.popups.len().saturating_sub(1);
            return self.with_popup(top, |popup, cx, _| popup.paste(clean, cx));
        }
        if takes_text {
            return self.warned("several lines were pasted; a field takes one");
        }
        let short = clean.chars().count() <= LONGEST_VALUE;
        let on_slider = self.popups.is_empty()
            && self.cx.focus == Focus::Sliders
            && self.cx.focused.parameter().scale != Scale::Toggle;
        if one_line && short && on_slider {
            self.type_value(None);
            let top = self.popups.len().saturating_sub(1);
            return self.with_popup(top, |popup, cx, _| popup.paste(clean, cx));
        }
        self.warned("pasted text is neither a value for the focused slider nor a claim card")
    }
}

/// The longest pasted text that is taken for a value.
const LONGEST_VALUE: usize = 40;

/// The scenario in a pasted text: a claim card, its last line, or a preset. `None` for a text that is neither.
fn scenario(text: &str) -> Option<Result<Replayed, String>> {
    let one_line = |problem: String| text::first_line(&problem);
    let pasted = || read(text.as_bytes(), "pasted text", Origin::Pasted).ok();
    match card::read(text) {
        Some(card) => Some(card.map_err(|problem| one_line(problem.to_string()))),
        None if text.contains('\n') => {
            pasted().map(|preset| Ok(Replayed::of(Document::new(Arc::new(preset)))))
        }
        None => None,
    }
}
