//! The list of presets: the user's, the built-in ones, and broken files with what is wrong with them.

use std::path::{Path, PathBuf};

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::field::Field;
use super::list::{Cursor, matches};
use crate::model::{Output, evaluate};
use crate::preset::{Document, Entry, Origin};
use crate::quantity::number;
use crate::text;
use crate::tui::command::{Command, Scope};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::message::Purpose;
use crate::tui::paint::{self, Line};

/// The list of presets, to open one or to pin one.
pub fn open(purpose: Purpose) -> Box<dyn Popup> {
    Box::new(Open {
        purpose,
        field: Field::default(),
        filtering: false,
        cursor: Cursor::default(),
        list: None,
    })
}

/// The list of presets.
struct Open {
    purpose: Purpose,
    field: Field,
    /// Whether keys go to the filter.
    filtering: bool,
    cursor: Cursor,
    /// The presets, and where the user's are; `None` until they have been read.
    list: Option<(Vec<Entry>, Option<PathBuf>)>,
}

impl Open {
    fn entries(&self) -> &[Entry] {
        self.list.as_ref().map_or(&[], |(entries, _)| entries)
    }

    fn found(&self) -> Vec<&Entry> {
        let entries = self.entries();
        let words: Vec<String> =
            entries.iter().map(|entry| format!("{} {}", entry.id, text::clean(&entry.name))).collect();
        matches(self.field.text(), &words).into_iter().filter_map(|place| entries.get(place)).collect()
    }

    fn chosen(&self) -> Option<&Entry> {
        self.found().get(self.cursor.at).copied()
    }

    fn choose(&self) -> Vec<Action> {
        let Some(entry) = self.chosen() else { return Vec::new() };
        match &entry.preset {
            Ok(preset) => {
                let act = match self.purpose {
                    Purpose::Open => Action::Open(preset.clone()),
                    Purpose::Pin => Action::Pin(Box::new(Document::new(preset.clone()))),
                };
                vec![Action::Close, act]
            }
            // The problem is shown below the list; the list stays open.
            Err(_) => vec![Action::Warn(format!("{} is broken; see below the list", text::clean(&entry.id)))],
        }
    }

    fn delete(&self) -> Vec<Action> {
        let Some(entry) = self.chosen() else { return Vec::new() };
        match &entry.origin {
            _ if self.purpose == Purpose::Pin => {
                vec![Action::Say("presets are deleted in the list that opens one".to_owned())]
            }
            Origin::User { name, .. } => vec![Action::Popup(super::delete(name, &entry.name))],
            _ => vec![Action::Say("only presets of your own can be deleted".to_owned())],
        }
    }

    /// The rows of the list within the pop-up.
    fn rows(area: Rect) -> Rect {
        Rect { y: area.y + ABOVE, height: area.height.saturating_sub(ABOVE + BELOW), ..area }
            .intersection(area)
    }
}

/// Lines above the list: the filter and the heads of the columns.
const ABOVE: u16 = 2;
/// Lines below the list, for the entry under the cursor and the keys.
const BELOW: u16 = 7;

impl Popup for Open {
    fn title(&self, _: &Context) -> String {
        match self.purpose {
            Purpose::Open => "Open a preset".to_owned(),
            Purpose::Pin => "Pin a preset to compare with".to_owned(),
        }
    }

    fn size(&self, _: &Context, screen: Rect) -> (u16, u16) {
        let rows = self.list.as_ref().map_or(8, |(entries, _)| entries.len());
        let height = text::cells(rows).saturating_add(ABOVE + BELOW + 2);
        (screen.width.saturating_sub(4).min(112), height.min(screen.height.saturating_sub(2)))
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.filtering { &[Scope::Field] } else { Scope::PRESETS }
    }

    fn keeps_escape(&self) -> bool {
        self.filtering
    }

    fn listed(&mut self, entries: &[Entry], directory: Option<&Path>) {
        let chosen = self.chosen().map(|entry| entry.id.clone());
        self.list = Some((entries.to_vec(), directory.map(Path::to_owned)));
        let found = self.found();
        let last = found.len().saturating_sub(1);
        let place = found.iter().position(|entry| Some(&entry.id) == chosen.as_ref());
        self.cursor.at = place.unwrap_or(self.cursor.at.min(last));
    }

    fn wants_list(&self) -> bool {
        true
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let theme = cx.theme;
        self.filter(cx, paint::row(area, 0), buffer);
        if self.list.is_none() {
            paint::left(paint::row(area, 1), buffer, "reading …", theme.quiet);
            return;
        }
        let columns = Columns::of(area.width, self.entries().iter().any(|entry| entry.shadows));
        columns.heads(cx, paint::row(area, 1), buffer);
        let found = self.found();
        let list = Self::rows(area);
        if found.is_empty() {
            paint::left(list, buffer, " no preset by that name", theme.warn);
        }
        let page = usize::from(list.height);
        let first = self.cursor.first(found.len(), page);
        for (line, (place, entry)) in (0..).zip(found.iter().enumerate().skip(first).take(page)) {
            columns.row(cx, entry, place == self.cursor.at, paint::row(list, line), buffer);
        }
        let below = Rect { y: list.bottom() + 1, height: BELOW - 2, ..area }.intersection(area);
        if let Some(entry) = found.get(self.cursor.at) {
            about(cx, entry, below, buffer);
        }
        let keys = if self.filtering {
            let moves = [(Command::Up, "choose"), (Command::Down, "choose")];
            let keys =
                [&[(Command::Act, "open")], &moves[..], &[(Command::Back, "back to the list")]].concat();
            cx.keys.hints(&[Scope::Field], &keys)
        } else {
            let keys = [
                (Command::Act, "open"),
                (Command::Find, "filter"),
                (Command::Delete, "delete"),
                (Command::Restore, "bring back"),
                (Command::Back, "close"),
            ];
            match self.purpose {
                Purpose::Open => cx.keys.hints(Scope::PRESETS, &keys),
                Purpose::Pin => cx.keys.hints(Scope::PRESETS, &[(Command::Act, "pin"), keys[1], keys[4]]),
            }
        };
        paint::left(paint::row(area, area.height.saturating_sub(1)), buffer, &keys, theme.quiet);
    }

    fn command(&mut self, command: Command, _: &Context, area: Rect) -> Vec<Action> {
        let page = usize::from(Self::rows(area).height);
        if self.cursor.command(command, self.found().len(), page) {
            return Vec::new();
        }
        match command {
            Command::Act => return self.choose(),
            Command::Find => self.filtering = true,
            Command::Back => {
                self.filtering = false;
                self.field = Field::default();
            }
            Command::Delete => return self.delete(),
            Command::Restore => return vec![Action::Do(command)],
            _ => {}
        }
        Vec::new()
    }

    fn key(&mut self, key: KeyEvent, _: &Context) -> Vec<Action> {
        if self.filtering && self.field.key(key) {
            self.cursor.at = 0;
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, _: &Context) -> Vec<Action> {
        self.filtering = true;
        self.field.paste(text);
        self.cursor.at = 0;
        Vec::new()
    }

    fn click(&mut self, at: Position, _: &Context, area: Rect) -> Vec<Action> {
        let count = self.found().len();
        if self.cursor.click(at, Self::rows(area), count) {
            return self.choose();
        }
        if at.y == area.y {
            self.filtering = true;
        }
        Vec::new()
    }
}

impl Open {
    /// Where the user's presets would be, while there are none.
    fn place_of_own(&self) -> String {
        let Some((entries, Some(directory))) = &self.list else { return String::new() };
        if entries.iter().any(|entry| entry.path.is_some()) {
            return String::new();
        }
        format!("; yours would be in {}", text::clean(&directory.to_string_lossy()))
    }

    /// The filter, and how many presets there are.
    fn filter(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let (found, all) = (self.found().len(), self.entries().len());
        let count = match (self.list.is_some(), found == all) {
            (false, _) => String::new(),
            (true, true) => format!("{all} presets{}", self.place_of_own()),
            (true, false) => format!("{found} of {all} presets"),
        };
        let beside = area.width.saturating_sub(FILTER).min(area.width);
        let right = Rect { x: area.right().saturating_sub(beside), width: beside, ..area };
        let end = paint::right(right, buffer, &count, cx.theme.quiet);
        let field = Rect { width: end.saturating_sub(area.x + 2), ..area };
        if self.filtering || !self.field.text().is_empty() {
            self.field.draw(cx, field, self.filtering, buffer);
        } else {
            let key = cx.keys.hints(Scope::PRESETS, &[(Command::Find, "filter by name")]);
            paint::left(field, buffer, &key, cx.theme.quiet);
        }
    }
}

/// The columns of the list, by the room there is.
struct Columns {
    id: usize,
    name: usize,
    source: usize,
    kind: usize,
}

impl Columns {
    fn of(width: u16, shadows: bool) -> Self {
        let kind = match (shadows, width > 100) {
            (false, _) => KIND_OF_FEW,
            (true, true) => KIND_IN_FULL,
            (true, false) => KIND,
        };
        let rest = usize::from(width).saturating_sub(1 + MARGIN + 1 + DATE + 1 + kind);
        let id = (rest / 3).clamp(8, 20);
        let source = if rest > 60 { 18 } else { 0 };
        Self { id, name: rest.saturating_sub(id + 1 + source + usize::from(source > 0) + 1), source, kind }
    }

    fn heads(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let style = cx.theme.quiet;
        self.line(area, buffer, ["name", "title", "margin", "date", "source", ""], [style; 6]);
    }

    fn line(&self, area: Rect, buffer: &mut Buffer, texts: [&str; 6], styles: [Style; 6]) {
        let mut line = Line::new(area, buffer);
        line.skip(1);
        let widths = [self.id, self.name, MARGIN, DATE, self.source, self.kind];
        for (place, ((words, width), style)) in texts.into_iter().zip(widths).zip(styles).enumerate() {
            if width > 0 {
                let fitted = text::fit(words, width);
                let padded =
                    if place == 2 { text::pad_left(&fitted, width) } else { text::pad(&fitted, width) };
                line.put(&padded, style).skip(1);
            }
        }
    }

    fn row(&self, cx: &Context, entry: &Entry, chosen: bool, area: Rect, buffer: &mut Buffer) {
        let theme = cx.theme;
        if chosen {
            buffer.set_style(area, theme.selected);
        }
        let kind = match (&entry.preset, &entry.origin) {
            (Err(_), _) => "broken",
            (_, Origin::Builtin(_)) => "built-in",
            _ if entry.shadows && self.kind > KIND => "yours, hides a built-in",
            _ if entry.shadows => "yours, hides",
            _ => "yours",
        };
        let preset = entry.preset.as_ref().ok();
        let margin = preset.and_then(|preset| evaluate(&preset.content.scenario).get(Output::GrossMargin));
        let margin = number::or_undefined(margin, number::percent);
        let tone = if entry.preset.is_err() { theme.warn } else { theme.quiet };
        let styles = [theme.strong, theme.text, theme.text, theme.quiet, theme.quiet, tone];
        let styles = styles.map(|style| if chosen { theme.selected } else { style });
        let id = text::clean(entry.id.strip_prefix("builtin:").unwrap_or(&entry.id));
        let name = text::clean(&entry.name);
        let source = entry.source.as_deref().map(site).unwrap_or_default();
        let date = entry.date.as_deref().unwrap_or("");
        self.line(area, buffer, [&id, &name, &margin, date, source, kind], styles);
    }
}

/// The least room that the filter has.
const FILTER: u16 = 18;
const MARGIN: usize = 8;
const DATE: usize = 10;
const KIND_OF_FEW: usize = 8;
const KIND: usize = 12;
const KIND_IN_FULL: usize = 23;

/// The site that a source is on; the source itself when it is no link.
fn site(source: &str) -> &str {
    let rest = source.split_once("://").map_or(source, |(_, rest)| rest);
    let site = rest.split('/').next().unwrap_or(rest);
    site.strip_prefix("www.").unwrap_or(site)
}

/// What the entry under the cursor says of itself, or what is wrong with it.
fn about(cx: &Context, entry: &Entry, area: Rect, buffer: &mut Buffer) {
    match &entry.preset {
        Ok(preset) => {
            let mut rest = area;
            if let Some(source) = &entry.source {
                paint::left(paint::row(area, 0), buffer, source, cx.theme.quiet);
                rest.y += 1;
                rest.height = rest.height.saturating_sub(1);
            }
            paint::wrapped(rest, buffer, &preset.content.summary, cx.theme.text);
        }
        Err(problem) => {
            paint::wrapped(area, buffer, &text::clean_lines(problem), cx.theme.warn);
        }
    }
}
