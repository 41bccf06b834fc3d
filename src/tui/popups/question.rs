//! A question with a few answers.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::command::Command;
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::paint::{self, Line};

/// One answer: its key, its words and what follows.
pub(super) struct Answer {
    /// The key.
    pub key: char,
    /// What it says.
    pub words: String,
    /// What follows.
    pub actions: Box<dyn Fn() -> Vec<Action>>,
}

/// A question.
pub(super) struct Question {
    /// The title.
    pub title: String,
    /// What is asked.
    pub words: String,
    /// The answers; Esc is always "no".
    pub answers: Vec<Answer>,
    /// The answer under the cursor.
    pub selected: usize,
}

impl Question {
    /// A question with answers; nothing happens on Esc.
    pub(super) fn ask(title: &str, words: impl Into<String>, answers: Vec<Answer>) -> Box<dyn Popup> {
        Box::new(Self { title: title.to_owned(), words: words.into(), answers, selected: 0 })
    }

    fn answer(&self, index: usize) -> Vec<Action> {
        let mut actions = vec![Action::Close];
        if let Some(answer) = self.answers.get(index) {
            actions.extend((answer.actions)());
        }
        actions
    }
}

impl Answer {
    /// An answer.
    pub(super) fn new(key: char, words: &str, actions: impl Fn() -> Vec<Action> + 'static) -> Self {
        Self { key, words: words.to_owned(), actions: Box::new(actions) }
    }
}

impl Popup for Question {
    fn title(&self, _: &Context) -> String {
        self.title.clone()
    }

    fn size(&self, _: &Context, _: Rect) -> (u16, u16) {
        let lines = paint::wrap(&self.words, 60).len() as u16;
        (64, lines + self.answers.len() as u16 + 3)
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let used = paint::wrapped(area, buffer, &self.words, cx.theme.text) + 1;
        for (index, answer) in self.answers.iter().enumerate() {
            let row = paint::row(area, used + index as u16);
            let style = if index == self.selected { cx.theme.selected } else { cx.theme.text };
            if index == self.selected {
                buffer.set_style(row, cx.theme.selected);
            }
            Line::new(row, buffer).skip(1).put(&format!("{}  {}", answer.key, answer.words), style);
        }
    }

    fn command(&mut self, command: Command, _: &Context, _: Rect) -> Vec<Action> {
        match command {
            Command::Up => self.selected = self.selected.saturating_sub(1),
            Command::Down => self.selected = (self.selected + 1).min(self.answers.len().saturating_sub(1)),
            Command::Act => return self.answer(self.selected),
            _ => {}
        }
        Vec::new()
    }

    fn key(&mut self, key: KeyEvent, _: &Context) -> Vec<Action> {
        let KeyCode::Char(letter) = key.code else { return Vec::new() };
        match self.answers.iter().position(|answer| answer.key == letter.to_ascii_lowercase()) {
            Some(index) => self.answer(index),
            None => Vec::new(),
        }
    }

    fn click(&mut self, at: Position, _: &Context, area: Rect) -> Vec<Action> {
        let used = paint::wrap(&self.words, usize::from(area.width)).len() as u16 + 1;
        match at.y.checked_sub(area.y + used).map(usize::from) {
            Some(index) if index < self.answers.len() => self.answer(index),
            _ => Vec::new(),
        }
    }
}
