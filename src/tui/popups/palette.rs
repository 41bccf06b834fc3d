//! The palette: every command and every input by name; and finding a slider.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::field::Field;
use super::matching::{Candidate, Match, matches};
use crate::model::{InputId, Scale};
use crate::quantity::number;
use crate::report::provenance;
use crate::text;
use crate::tui::command::{self, Command, CommandInfo, Scope, ViewName};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::paint::list::{Lines, List};
use crate::tui::paint::{self, Line};

/// Every command, input, choice and claim.
pub(crate) fn palette() -> Box<dyn Popup> {
    Box::new(Palette { field: Field::default(), list: List::default(), commands: true })
}

/// Every input.
pub(crate) fn find() -> Box<dyn Popup> {
    Box::new(Palette { field: Field::default(), list: List::default(), commands: false })
}

/// The cells that the name of a view takes.
const VIEW: usize = 12;

/// The cells that a key and the gap before it take.
const KEY: u16 = 12;

struct Palette {
    field: Field,
    list: List,
    commands: bool,
}

/// What the palette offers.
struct Item {
    /// What its row says.
    words: String,
    /// The id of a command or an input, which can be skipped.
    id: String,
    /// What its row says at the right: a key, or what happens.
    key: String,
    found_by: Candidate,
    act: Act,
}

/// What choosing an item does.
#[derive(Clone)]
enum Act {
    /// Goes to an input.
    Go(InputId),
    /// Sets an input, to a choice or to what somebody claims.
    Set(InputId, f64, String),
    /// Runs a command.
    Run(Command),
}

impl Palette {
    fn items(&self, cx: &Context) -> Vec<Item> {
        let scenario = cx.document.scenario();
        let ids = || scenario.inputs().filter(|id| scenario.is_input(*id));
        let inputs = ids().map(|id| input(cx, id));
        if !self.commands {
            return inputs.collect();
        }
        let set = ids().flat_map(|id| choices(cx, id).into_iter().chain(claims(cx, id)));
        // Moving about a list or a field makes no sense from here; views go by their names.
        let commands = command::commands()
            .filter(|info| matches!(info.scope, Scope::Global | Scope::Slider))
            .filter(|info| !matches!(info.command, Command::Palette | Command::View(_)))
            .map(|info| run(cx, info));
        let changed = |item: &Item| matches!(item.act, Act::Go(id) if cx.document.is_changed(id));
        let (changed, others): (Vec<Item>, Vec<Item>) = inputs.partition(changed);
        let index = |item: &Item| match item.act {
            Act::Run(command) => cx.recent.iter().position(|known| *known == command),
            _ => None,
        };
        let (mut recent, commands): (Vec<Item>, Vec<Item>) = commands.partition(|item| index(item).is_some());
        recent.sort_by_key(index);
        let first = views(cx).into_iter().chain(recent).chain(changed);
        first.chain(commands).chain(others).chain(set).collect()
    }

    fn found(&self, cx: &Context) -> Vec<(Item, Match)> {
        let items = self.items(cx);
        let candidates: Vec<Candidate> = items.iter().map(|item| item.found_by.clone()).collect();
        let mut items: Vec<Option<Item>> = items.into_iter().map(Some).collect();
        matches(self.field.text(), &candidates)
            .into_iter()
            .filter_map(|(index, kind)| Some((items.get_mut(index).and_then(Option::take)?, kind)))
            .collect()
    }

    /// The rows of the list, below the field.
    fn rows(area: Rect) -> Rect {
        Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }.intersection(area)
    }

    /// Does what the item under the cursor is for. What only happens to match is not run: its name is put into the
    /// field first.
    fn choose(&mut self, found: Vec<(Item, Match)>, lines: &Lines) -> Vec<Action> {
        let index = self.list.selected(lines);
        let Some((item, kind)) = index.and_then(|index| found.into_iter().nth(index)) else {
            return Vec::new();
        };
        match item.act {
            Act::Go(id) => vec![Action::Close, Action::Focus(id)],
            Act::Set(id, value, words) => {
                let set = Action::Set(vec![(id, Some(value))]);
                vec![Action::Close, Action::Focus(id), set, Action::Say(words)]
            }
            Act::Run(_) if kind.is_weak() => {
                self.field = Field::new(item.found_by.names.first().map_or("", String::as_str));
                self.list = List::default();
                Vec::new()
            }
            Act::Run(command) => vec![Action::Close, Action::Do(command)],
        }
    }
}

fn input(cx: &Context, id: InputId) -> Item {
    let name = provenance::name(&cx.document, id);
    let id_text = cx.document.scenario().id_text(id);
    Item {
        words: format!("{name}  {}", number::input_with_unit(id, cx.value(id))),
        id: id_text.clone(),
        key: "go to".to_owned(),
        found_by: Candidate {
            names: vec![cx.document.label(id).to_owned(), name, id_text],
            about: id.parameter().doc.to_owned(),
            loosely: true,
        },
        act: Act::Go(id),
    }
}

/// Both ways a toggle can stand: `own` finds what owning is chosen by.
fn choices(cx: &Context, id: InputId) -> Vec<Item> {
    if id.parameter().scale != Scale::Toggle {
        return Vec::new();
    }
    let choice = |value: f64| {
        let (label, word) = (cx.document.label(id), number::input(id, Some(value)));
        let words = format!("{label}: {word}");
        Item {
            words: words.clone(),
            id: String::new(),
            key: "choose".to_owned(),
            found_by: Candidate { names: vec![words.clone(), word], ..Candidate::default() },
            act: Act::Set(id, value, words),
        }
    };
    vec![choice(0.0), choice(1.0)]
}

/// What somebody claims of an input: `H100` finds the claims on its rent.
fn claims(cx: &Context, id: InputId) -> Vec<Item> {
    let claims = cx.document.claims(id).into_iter().map(|claim| {
        let line = provenance::claim_line(id, claim);
        let label = cx.document.label(id);
        Item {
            words: format!("{label}  {line}"),
            id: String::new(),
            key: "adopt".to_owned(),
            found_by: Candidate { names: vec![claim.by.clone()], ..Candidate::default() },
            act: Act::Set(id, claim.value, line),
        }
    });
    claims.collect()
}

fn views(cx: &Context) -> Vec<Item> {
    let item = |(index, view): (u8, ViewName)| {
        let (info, command) = (view.info(), Command::View(index));
        Item {
            words: format!("{}{}", text::pad(info.title, VIEW), info.doc),
            id: String::new(),
            key: cx.keys.key(&[Scope::Global], command),
            found_by: Candidate {
                names: vec![info.title.to_owned(), info.name.to_owned()],
                about: info.doc.to_owned(),
                loosely: false,
            },
            act: Act::Run(command),
        }
    };
    (0..).zip(ViewName::ALL).map(item).collect()
}

fn run(cx: &Context, info: &CommandInfo) -> Item {
    // What stands behind the first clause explains it.
    let (name, about) = info.doc.split_once([';', ':']).unwrap_or((info.doc, ""));
    Item {
        words: info.doc.to_owned(),
        id: info.id.to_owned(),
        key: cx.keys.key(&[info.scope], info.command),
        found_by: Candidate {
            names: vec![name.to_owned(), info.id.replace('-', " "), info.id.to_owned()],
            about: about.to_owned(),
            loosely: true,
        },
        act: Act::Run(info.command),
    }
}

impl Popup for Palette {
    fn title(&self, _: &Context) -> String {
        if self.commands { "Commands and inputs".to_owned() } else { "Find a slider".to_owned() }
    }

    fn size(&self, _: &Context, screen: Rect) -> (u16, u16) {
        (86, screen.height.saturating_sub(6).min(26))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Field]
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        self.field.draw(cx, paint::row(area, 0), true, buffer);
        if self.field.text().is_empty() {
            let hint = if self.commands { "a view, a command, an input, who claims it" } else { "its name" };
            let beside = Rect { x: area.x + 2, width: area.width.saturating_sub(2), ..area };
            paint::left(beside, buffer, hint, cx.theme.quiet);
        }
        let found = self.found(cx);
        let rows = Self::rows(area);
        if found.is_empty() {
            paint::left(rows, buffer, "nothing by that name", cx.theme.warn);
        }
        let lines = Lines::rows(found.len(), rows.height);
        let (shown, selected) = (self.list.shown(&lines), self.list.selected(&lines));
        for (y, index) in (0..).zip(shown) {
            let Some((item, _)) = found.get(index) else { break };
            let row = paint::row(rows, y);
            let (mut text_style, mut quiet, mut key_style) = (cx.theme.text, cx.theme.quiet, cx.theme.key);
            if selected == Some(index) {
                buffer.set_style(row, cx.theme.selected);
                (text_style, quiet, key_style) = (cx.theme.selected, cx.theme.selected, cx.theme.selected);
            }
            let words = Rect { width: row.width.saturating_sub(KEY), ..row };
            let mut line = Line::new(words, buffer);
            line.put(&item.words, text_style).skip(2);
            let rest = Rect { x: line.x(), width: line.room(), ..row };
            if text::width(&item.id) <= usize::from(rest.width) {
                paint::right(rest, buffer, &item.id, quiet);
            }
            paint::right(row, buffer, &item.key, key_style);
        }
        self.list.footer(cx, rows, &lines, &[], buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Vec<Action> {
        let found = self.found(cx);
        let lines = Lines::rows(found.len(), Self::rows(area).height);
        if !self.list.command(command, &lines) && command == Command::Act {
            return self.choose(found, &lines);
        }
        Vec::new()
    }

    fn key(&mut self, key: KeyEvent, _: &Context) -> Vec<Action> {
        if self.field.key(key) {
            self.list = List::default();
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, _: &Context) -> Vec<Action> {
        self.field.paste(text);
        self.list = List::default();
        Vec::new()
    }

    fn click(&mut self, at: Position, cx: &Context, area: Rect) -> Vec<Action> {
        let (found, rows) = (self.found(cx), Self::rows(area));
        let lines = Lines::rows(found.len(), rows.height);
        if self.list.click(at, rows, &lines) { self.choose(found, &lines) } else { Vec::new() }
    }
}
