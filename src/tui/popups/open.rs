//! The list of presets: the user's, the built-in ones, and broken files with what is wrong with them.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Popup;
use super::field::Field;
use super::list::{Cursor, matches};
use crate::model::{Output, evaluate};
use crate::preset::{Document, Entry, Origin};
use crate::report::{number, text};
use crate::tui::action::Action;
use crate::tui::app::Context;
use crate::tui::command::{Command, Scope};
use crate::tui::draw::paint::{self, Line};
use crate::tui::message::Purpose;

/// The list of presets, to open one or to pin one.
pub fn open(purpose: Purpose) -> Box<dyn Popup> {
    Box::new(Open { purpose, field: Field::default(), cursor: Cursor::default(), entries: None })
}

/// The list of presets.
pub struct Open {
    purpose: Purpose,
    field: Field,
    cursor: Cursor,
    entries: Option<Vec<Entry>>,
}

impl Open {
    fn found(&self) -> Vec<&Entry> {
        let entries = self.entries.as_deref().unwrap_or_default();
        let words: Vec<String> =
            entries.iter().map(|entry| format!("{} {}", entry.id, text::clean(&entry.name))).collect();
        matches(self.field.text(), &words).into_iter().filter_map(|place| entries.get(place)).collect()
    }

    fn choose(&self) -> Vec<Action> {
        let Some(entry) = self.found().get(self.cursor.at).copied() else { return Vec::new() };
        match &entry.preset {
            Ok(preset) => {
                let act = match self.purpose {
                    Purpose::Open => Action::Open(preset.clone()),
                    Purpose::Pin => Action::Pin(Box::new(Document::new(preset.clone()))),
                };
                vec![Action::Close, act]
            }
            // The problem is shown below the list; the list stays open.
            Err(_) => Vec::new(),
        }
    }
}

/// Lines below the list for the entry under the cursor.
const BELOW: u16 = 5;

impl Popup for Open {
    fn title(&self, _: &Context) -> String {
        match self.purpose {
            Purpose::Open => "Open a preset".to_owned(),
            Purpose::Pin => "Pin a preset to compare with".to_owned(),
        }
    }

    fn size(&self, _: &Context, screen: Rect) -> (u16, u16) {
        let rows = self.entries.as_ref().map_or(8, Vec::len) as u16;
        (screen.width.saturating_sub(4).min(104), (rows + BELOW + 5).min(screen.height.saturating_sub(4)))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Field]
    }

    fn listed(&mut self, entries: &[Entry]) {
        self.entries = Some(entries.to_vec());
        self.cursor.at = self.cursor.at.min(self.found().len().saturating_sub(1));
    }

    fn wants_list(&self) -> bool {
        true
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let theme = cx.theme;
        self.field.draw(cx, paint::row(area, 0), buffer);
        let Some(_) = &self.entries else {
            paint::left(paint::row(area, 1), buffer, "reading …", theme.quiet);
            return;
        };
        let found = self.found();
        let list = Rect { y: area.y + 1, height: area.height.saturating_sub(BELOW + 1), ..area };
        if found.is_empty() {
            paint::left(list, buffer, "no preset by that name", theme.warn);
        }
        let page = usize::from(list.height);
        let first = self.cursor.first(found.len(), page);
        for (line, (place, entry)) in (0..).zip(found.iter().enumerate().skip(first).take(page)) {
            row(cx, entry, place == self.cursor.at, paint::row(list, line), buffer);
        }
        if let Some(entry) = found.get(self.cursor.at) {
            let below = Rect { y: list.bottom() + 1, height: BELOW - 1, ..area };
            about(cx, entry, below, buffer);
        }
    }

    fn command(&mut self, command: Command, _: &Context, area: Rect) -> Vec<Action> {
        let page = usize::from(area.height.saturating_sub(BELOW + 1));
        if !self.cursor.command(command, self.found().len(), page) && command == Command::Act {
            return self.choose();
        }
        Vec::new()
    }

    fn key(&mut self, key: KeyEvent, _: &Context) -> Vec<Action> {
        if self.field.key(key) {
            self.cursor.at = 0;
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, _: &Context) -> Vec<Action> {
        self.field.paste(text);
        self.cursor.at = 0;
        Vec::new()
    }

    fn click(&mut self, at: Position, _: &Context, area: Rect) -> Vec<Action> {
        let page = usize::from(area.height.saturating_sub(BELOW + 1));
        let count = self.found().len();
        if at.y > area.y && usize::from(at.y - area.y) <= page {
            let place = self.cursor.first(count, page) + usize::from(at.y - area.y - 1);
            if place < count {
                self.cursor.at = place;
                return self.choose();
            }
        }
        Vec::new()
    }
}

fn row(cx: &Context, entry: &Entry, chosen: bool, area: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let style = |style| if chosen { theme.selected } else { style };
    if chosen {
        buffer.set_style(area, theme.selected);
    }
    let kind = match (&entry.preset, &entry.origin) {
        (Err(_), _) => "broken",
        (_, Origin::Builtin(_)) => "built-in",
        _ if entry.shadows => "yours, shadows a built-in",
        _ => "yours",
    };
    let margin = match &entry.preset {
        Ok(preset) => evaluate(&preset.content.scenario)
            .get(Output::GrossMargin)
            .map_or_else(|| number::UNDEFINED.to_owned(), number::percent),
        Err(_) => number::UNDEFINED.to_owned(),
    };
    let name_width = usize::from(area.width).saturating_sub(48).clamp(12, 44);
    let mut line = Line::new(area, buffer);
    line.skip(1).put(&text::pad(&text::fit(&text::clean(&entry.id), 20), 21), style(theme.strong));
    line.put(
        &text::pad(&text::fit(&text::clean(&entry.name), name_width), name_width + 1),
        style(theme.text),
    );
    line.put(&text::pad_left(&margin, 8), style(theme.text)).skip(1);
    line.put(&text::pad(entry.date.as_deref().unwrap_or(""), 11), style(theme.quiet));
    let tone = if entry.preset.is_err() { theme.warn } else { theme.quiet };
    line.put(kind, style(tone));
}

/// What the entry under the cursor says of itself, or what is wrong with it.
fn about(cx: &Context, entry: &Entry, area: Rect, buffer: &mut Buffer) {
    match &entry.preset {
        Ok(preset) => {
            let used = paint::wrapped(area, buffer, &preset.content.summary, cx.theme.text);
            if let Some(source) = &entry.source {
                let rest = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
                paint::left(paint::row(rest, 0), buffer, source, cx.theme.quiet);
            }
        }
        Err(problem) => {
            paint::wrapped(area, buffer, &text::clean_lines(problem), cx.theme.warn);
        }
    }
}
