//! The list of presets: the user's, the built-in ones, and broken files with what is wrong with them.

use std::path::{Path, PathBuf};

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::field::Field;
use super::matching::{Candidate, matches};
use crate::model::margin_of;
use crate::preset::{Document, Entry, Origin};
use crate::quantity::number;
use crate::text;
use crate::tui::command::{Command, Scope};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::message::Purpose;
use crate::tui::paint;
use crate::tui::paint::columns::{Column, Columns, Set};
use crate::tui::paint::list::{Lines, List};

/// The list of presets, to open one or to pin one.
pub(crate) fn open(purpose: Purpose) -> Box<dyn Popup> {
    let field = Field::default();
    Box::new(Open { purpose, field, filtering: false, list: List::default(), listing: None })
}

/// The list of presets.
struct Open {
    purpose: Purpose,
    field: Field,
    /// Whether keys go to the filter.
    filtering: bool,
    list: List,
    /// What there is; `None` until it has been read.
    listing: Option<Listing>,
}

/// The presets there are.
struct Listing {
    entries: Vec<Entry>,
    /// The cells of each entry.
    cells: Vec<[String; 6]>,
    /// What the filter looks at, for each entry.
    names: Vec<Candidate>,
    /// Where the user's presets are.
    directory: Option<PathBuf>,
}

impl Open {
    /// The indices of the entries that the filter leaves.
    fn found(&self) -> Vec<usize> {
        let Some(listing) = &self.listing else { return Vec::new() };
        matches(self.field.text(), &listing.names).into_iter().map(|(index, _)| index).collect()
    }

    fn entry(&self, index: usize) -> Option<&Entry> {
        self.listing.as_ref()?.entries.get(index)
    }

    fn selected(&self) -> Option<&Entry> {
        let found = self.found();
        let row = self.list.selected(&Lines::rows(found.len(), 0))?;
        self.entry(*found.get(row)?)
    }

    /// Opens or pins the preset under the cursor.
    fn act(&self) -> Vec<Action> {
        let Some(entry) = self.selected() else { return Vec::new() };
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
        let Some(entry) = self.selected() else { return Vec::new() };
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
        Rect { y: area.y + ABOVE, height: area.height.saturating_sub(ABOVE + below(area)), ..area }
            .intersection(area)
    }
}

/// Lines above the list: the filter and the heads of the columns.
const ABOVE: u16 = 2;
/// Lines below the list, for the entry under the cursor and the keys.
const BELOW: u16 = 7;

/// The same, fewer where the list would be short.
const fn below(area: Rect) -> u16 {
    if area.height < 20 { 4 } else { BELOW }
}

impl Popup for Open {
    fn title(&self, _: &Context) -> String {
        match self.purpose {
            Purpose::Open => "Open a preset".to_owned(),
            Purpose::Pin => "Pin a preset to compare with".to_owned(),
        }
    }

    fn size(&self, _: &Context, screen: Rect) -> (u16, u16) {
        let rows = self.listing.as_ref().map_or(8, |listing| listing.entries.len());
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
        let selected = self.selected().map(|entry| entry.id.clone());
        self.listing = Some(Listing {
            entries: entries.to_vec(),
            cells: entries.iter().map(cells).collect(),
            names: entries.iter().map(named).collect(),
            directory: directory.map(Path::to_owned),
        });
        if let Some(id) = selected {
            let found = self.found();
            let row = found.iter().position(|index| self.entry(*index).is_some_and(|entry| entry.id == id));
            self.list = row.map_or(self.list, List::on);
        }
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
        let Some(listing) = &self.listing else {
            paint::left(paint::row(area, 1), buffer, "reading …", theme.quiet);
            return;
        };
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        let columns = Columns::fit(COLUMNS, &listing.cells, inner.width).stretched(TITLE, inner.width);
        columns.titles(paint::row(inner, 1), buffer, theme.quiet);
        let found = self.found();
        let rows = Self::rows(area);
        if found.is_empty() {
            paint::left(rows, buffer, " no preset by that name", theme.warn);
        }
        let lines = Lines::rows(found.len(), rows.height);
        let selected = self.list.selected(&lines);
        for (y, row) in (0..).zip(self.list.shown(&lines)) {
            let Some(index) = found.get(row) else { break };
            let (Some(entry), Some(cells)) = (listing.entries.get(*index), listing.cells.get(*index)) else {
                break;
            };
            let line = paint::row(rows, y);
            let tone = if entry.preset.is_err() { theme.warn } else { theme.quiet };
            let mut styles = [theme.strong, theme.text, theme.text, theme.quiet, theme.quiet, tone];
            if selected == Some(row) {
                buffer.set_style(line, theme.selected);
                styles = [theme.selected; 6];
            }
            columns.row(Rect { x: inner.x, width: inner.width, ..line }, buffer, cells, styles);
        }
        self.list.footer(cx, rows, &lines, &[], buffer);
        let below = Rect { y: rows.bottom() + 1, height: below(area) - 2, ..area }.intersection(area);
        if let Some(entry) = self.selected() {
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
                (Command::NewPreset, "new"),
                (Command::Delete, "delete"),
                (Command::Restore, "bring back"),
                (Command::Back, "close"),
            ];
            match self.purpose {
                Purpose::Open => cx.keys.hints(Scope::PRESETS, &keys),
                Purpose::Pin => cx.keys.hints(Scope::PRESETS, &[(Command::Act, "pin"), keys[1], keys[5]]),
            }
        };
        paint::left(paint::row(area, area.height.saturating_sub(1)), buffer, &keys, theme.quiet);
    }

    fn command(&mut self, command: Command, _: &Context, area: Rect) -> Vec<Action> {
        let lines = Lines::rows(self.found().len(), Self::rows(area).height);
        if self.list.command(command, &lines) {
            return Vec::new();
        }
        match command {
            Command::Act => return self.act(),
            Command::Find => self.filtering = true,
            Command::Back => {
                self.filtering = false;
                self.field = Field::default();
            }
            Command::Delete => return self.delete(),
            Command::NewPreset if self.purpose == Purpose::Open => {
                return vec![Action::Close, Action::Popup(super::new_preset(""))];
            }
            Command::Restore => return vec![Action::Do(command)],
            _ => {}
        }
        Vec::new()
    }

    fn key(&mut self, key: KeyEvent, _: &Context) -> Vec<Action> {
        if self.filtering && self.field.key(key) {
            self.list = List::default();
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, _: &Context) -> Vec<Action> {
        self.filtering = true;
        self.field.paste(text);
        self.list = List::default();
        Vec::new()
    }

    fn click(&mut self, at: Position, _: &Context, area: Rect) -> Vec<Action> {
        let rows = Self::rows(area);
        if self.list.click(at, rows, &Lines::rows(self.found().len(), rows.height)) {
            return self.act();
        }
        if at.y == area.y {
            self.filtering = true;
        }
        Vec::new()
    }
}

impl Open {
    /// Where the user's presets would be, while there are none.
    fn own_directory(&self) -> String {
        let Some(Listing { entries, directory: Some(directory), .. }) = &self.listing else {
            return String::new();
        };
        if entries.iter().any(|entry| entry.path.is_some()) {
            return String::new();
        }
        format!("; yours would be in {}", text::path(directory))
    }

    /// The filter, and how many presets there are.
    fn filter(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let all = self.listing.as_ref().map_or(0, |listing| listing.entries.len());
        let found = self.found().len();
        let count = match (self.listing.is_some(), found == all) {
            (false, _) => String::new(),
            (true, true) => format!("{all} presets{}", self.own_directory()),
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

/// Name, title, margin, date, source, and whose it is.
const COLUMNS: [Column; 6] = [
    Column { title: "name", set: Set::Words(20), gap: 0, spare: 0 },
    Column { title: "title", set: Set::Words(12), gap: 1, spare: 0 },
    Column { title: "margin", set: Set::Right, gap: 1, spare: 1 },
    Column { title: "date", set: Set::Left, gap: 1, spare: 3 },
    Column { title: "source", set: Set::Left, gap: 1, spare: 4 },
    Column { title: "", set: Set::Left, gap: 1, spare: 2 },
];

/// What an entry is found by.
fn named(entry: &Entry) -> Candidate {
    let names = vec![entry.id.clone(), text::clean(&entry.name)];
    Candidate { names, loosely: true, ..Candidate::default() }
}

/// The most cells of a source.
const SOURCE: usize = 20;

/// The column that takes what the others leave.
const TITLE: usize = 1;

fn cells(entry: &Entry) -> [String; 6] {
    let preset = entry.preset.as_ref().ok();
    let margin = preset.and_then(|preset| margin_of(&preset.content.scenario));
    let kind = match (&entry.preset, &entry.origin) {
        (Err(_), _) => "broken",
        (_, Origin::Builtin(_)) => "built-in",
        _ if entry.shadows => "yours, hides a built-in",
        _ => "yours",
    };
    [
        text::clean(entry.id.strip_prefix("builtin:").unwrap_or(&entry.id)),
        text::clean(&entry.name),
        number::or_undefined(margin, number::margin),
        entry.date.clone().unwrap_or_default(),
        text::fit(entry.source.as_deref().map(site).unwrap_or_default(), SOURCE),
        kind.to_owned(),
    ]
}

/// The least room that the filter has.
const FILTER: u16 = 18;

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
