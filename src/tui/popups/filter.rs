//! Filtering the rows of a view, while one types.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::field::Field;
use crate::tui::command::{Command, Scope};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::paint;

/// Asks for the words that rows have to hold; the rows follow every key.
pub(crate) fn filter_view(words: &str) -> Box<dyn Popup> {
    Box::new(Filter { field: Field::proposing(words), before: words.to_owned() })
}

struct Filter {
    field: Field,
    /// What Esc brings back.
    before: String,
}

impl Filter {
    fn apply(&self) -> Vec<Action> {
        vec![Action::FilterView(self.field.text().to_owned())]
    }
}

impl Popup for Filter {
    fn title(&self, _: &Context) -> String {
        "Filter".to_owned()
    }

    fn size(&self, _: &Context, screen: Rect) -> (u16, u16) {
        (44.min(screen.width.saturating_sub(2)), 4)
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        self.field.draw(cx, paint::row(area, 0), true, buffer);
        let keys = [(Command::Act, "keeps it"), (Command::Back, "as before")];
        paint::left(paint::row(area, 1), buffer, &cx.keys.hints(self.scopes(), &keys), cx.theme.quiet);
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Field]
    }

    fn keeps_escape(&self) -> bool {
        true
    }

    fn command(&mut self, command: Command, _: &Context, _: Rect) -> Vec<Action> {
        match command {
            Command::Act => vec![Action::Close],
            Command::Back => vec![Action::FilterView(self.before.clone()), Action::Close],
            _ => Vec::new(),
        }
    }

    fn key(&mut self, key: KeyEvent, _: &Context) -> Vec<Action> {
        if self.field.key(key) { self.apply() } else { Vec::new() }
    }

    fn paste(&mut self, text: &str, _: &Context) -> Vec<Action> {
        self.field.paste(text);
        self.apply()
    }
}
