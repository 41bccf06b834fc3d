//! The palette: every command and every input by name; and finding a slider.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::field::Field;
use super::matching::matches;
use crate::model::InputId;
use crate::quantity::number;
use crate::report::provenance;
use crate::text;
use crate::tui::command::{self, Command, CommandInfo, Scope};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::list::{Lines, List};

/// Every command and every input.
pub fn palette() -> Box<dyn Popup> {
    Box::new(Palette { field: Field::default(), list: List::default(), commands: true })
}

/// Every input.
pub fn find() -> Box<dyn Popup> {
    Box::new(Palette { field: Field::default(), list: List::default(), commands: false })
}

struct Palette {
    field: Field,
    list: List,
    commands: bool,
}

/// What the palette offers.
enum Item {
    Input(InputId),
    Command(&'static CommandInfo),
}

impl Palette {
    fn items(&self, cx: &Context) -> Vec<(Item, String)> {
        let scenario = cx.document.scenario();
        let inputs = scenario.inputs().filter(|id| scenario.is_input(*id)).map(|id| {
            let value = number::input_with_unit(id, scenario.get(id));
            let name = provenance::name(&cx.document, id);
            (Item::Input(id), format!("{name}  {value}  {}", scenario.id_text(id)))
        });
        // Moving about a list or a field makes no sense from here.
        let commands = command::commands()
            .filter(|info| self.commands && matches!(info.scope, Scope::Global | Scope::Slider))
            .filter(|info| info.command != Command::Palette)
            .map(|info| (Item::Command(info), format!("{}  {}", info.doc, info.id)));
        if self.commands { commands.chain(inputs).collect() } else { inputs.collect() }
    }

    fn found(&self, cx: &Context) -> Vec<(Item, String)> {
        let items = self.items(cx);
        let words: Vec<String> = items.iter().map(|(_, words)| words.clone()).collect();
        let mut items: Vec<Option<(Item, String)>> = items.into_iter().map(Some).collect();
        matches(self.field.text(), &words)
            .into_iter()
            .filter_map(|place| items.get_mut(place).and_then(Option::take))
            .collect()
    }

    /// The rows of the list, below the field.
    fn rows(area: Rect) -> Rect {
        Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }.intersection(area)
    }

    fn choose(found: Vec<(Item, String)>, list: &List, lines: &Lines) -> Vec<Action> {
        match list.selected(lines).and_then(|index| found.into_iter().nth(index)) {
            Some((Item::Input(id), _)) => vec![Action::Close, Action::Focus(id)],
            Some((Item::Command(info), _)) => vec![Action::Close, Action::Do(info.command)],
            None => Vec::new(),
        }
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
        let found = self.found(cx);
        let rows = Self::rows(area);
        if found.is_empty() {
            paint::left(rows, buffer, "nothing by that name", cx.theme.warn);
        }
        let lines = Lines::rows(found.len(), rows.height);
        let (shown, selected) = (self.list.shown(&lines), self.list.selected(&lines));
        for (y, index) in (0..).zip(shown) {
            let Some((item, words)) = found.get(index) else { break };
            let row = paint::row(rows, y);
            let key = match item {
                Item::Command(info) => cx.keys.key(&[info.scope], info.command),
                Item::Input(_) => "go to".to_owned(),
            };
            let (mut text_style, mut key_style) = (cx.theme.text, cx.theme.key);
            if selected == Some(index) {
                buffer.set_style(row, cx.theme.selected);
                (text_style, key_style) = (cx.theme.selected, cx.theme.selected);
            }
            let width = usize::from(row.width).saturating_sub(12);
            paint::left(row, buffer, &text::fit(words, width), text_style);
            paint::right(row, buffer, &key, key_style);
        }
        self.list.footer(cx, rows, &lines, &[], buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Vec<Action> {
        let found = self.found(cx);
        let lines = Lines::rows(found.len(), Self::rows(area).height);
        if !self.list.command(command, &lines) && command == Command::Act {
            return Self::choose(found, &self.list, &lines);
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
        if self.list.click(at, rows, &lines) { Self::choose(found, &self.list, &lines) } else { Vec::new() }
    }
}
