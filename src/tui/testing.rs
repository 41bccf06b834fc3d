//! The explorer driven by keys and mouse, for tests: before, keys, after.

use std::path::{Path, PathBuf};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::runtime::{Effects, SystemEffects};
use super::{App, Effect, Message, Start, render};
use crate::model::Output;
use crate::preset::{Directories, Document, Store, builtin};

/// An explorer on a bench: keys go in, effects and the screen come out.
pub(super) struct Bench {
    /// The explorer.
    pub app: App,
    /// What it asked for since the last look.
    pub effects: Vec<Effect>,
    disk: Option<(tempfile::TempDir, SystemEffects)>,
}

impl Bench {
    /// A shipped preset on a screen of 120×40, nothing behind it.
    pub(super) fn open(preset: &str) -> Self {
        Self::start(Start::new(Document::new(builtin::load(preset).expect("shipped"))))
    }

    /// Any start.
    pub(super) fn start(start: Start) -> Self {
        let mut bench = Self { app: App::new(start), effects: Vec::new(), disk: None };
        bench.resize(120, 40);
        bench
    }

    /// A screen of a size with one view in front.
    pub(super) fn show(mut self, view: &str, (width, height): (u16, u16)) -> Self {
        self.resize(width, height);
        self.app.show_view(view);
        self
    }

    /// With a directory of presets that effects are carried out in.
    pub(super) fn on_disk(preset: &str) -> Self {
        Self::open(preset).with_disk()
    }

    /// Puts an empty directory behind it.
    pub(super) fn with_disk(self) -> Self {
        let home = tempfile::tempdir().expect("a directory");
        let effects = SystemEffects::new(&directories(home.path()));
        Self { disk: Some((home, effects)), ..self }
    }

    /// The store behind it.
    pub(super) fn store(&self) -> Store {
        Store::new(&directories(self.home()))
    }

    /// The directories behind it.
    pub(super) fn directories(&self) -> Directories {
        directories(self.home())
    }

    fn home(&self) -> &Path {
        self.disk.as_ref().expect("a disk").0.path()
    }

    /// The file of the user's preset of this name.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.store().path_of(name).expect("a directory")
    }

    /// The text of the user's preset of this name.
    pub(super) fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).expect("a file")
    }

    /// Takes a message in, and what comes of its effects.
    pub(super) fn send(&mut self, message: Message) -> &mut Self {
        let mut messages = vec![message];
        while let Some(message) = messages.pop() {
            for effect in self.app.update(message) {
                self.effects.push(effect.clone());
                if let Some((_, effects)) = &mut self.disk
                    && let Some(outcome) = effects.perform(effect)
                {
                    messages.push(Message::Done(outcome));
                }
            }
        }
        self
    }

    /// Files changed on disk.
    pub(super) fn files_changed(&mut self) -> &mut Self {
        self.send(Message::FilesChanged(Vec::new()))
    }

    /// Presses keys: names and single letters between spaces, `Right*3`, `C-r`, `S-Left`, `M-Right`.
    pub(super) fn keys(&mut self, keys: &str) -> &mut Self {
        for word in keys.split(' ').filter(|word| !word.is_empty()) {
            let (word, count) = match word.rsplit_once('*') {
                Some((word, count)) if !word.is_empty() => (word, count.parse().expect("a count")),
                _ => (word, 1),
            };
            for _ in 0..count {
                self.send(Message::Key(key(word)));
            }
        }
        self
    }

    /// Types text, letter by letter.
    pub(super) fn text_keys(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.send(Message::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)));
        }
        self
    }

    /// Pastes text.
    pub(super) fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Message::Paste(text.to_owned()))
    }

    fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) -> &mut Self {
        self.app.is_seen();
        self.send(Message::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
    }

    /// Clicks a cell.
    pub(super) fn click(&mut self, column: u16, row: u16) -> &mut Self {
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row);
        self.mouse(MouseEventKind::Up(MouseButton::Left), column, row)
    }

    /// Drags along cells: the first is pressed, the last let go.
    pub(super) fn drag(&mut self, cells: &[(u16, u16)]) -> &mut Self {
        let (first, last) = (cells[0], cells[cells.len() - 1]);
        self.mouse(MouseEventKind::Down(MouseButton::Left), first.0, first.1);
        for (column, row) in cells {
            self.mouse(MouseEventKind::Drag(MouseButton::Left), *column, *row);
        }
        self.mouse(MouseEventKind::Up(MouseButton::Left), last.0, last.1)
    }

    /// Turns the wheel over a cell.
    pub(super) fn wheel(&mut self, up: bool, column: u16, row: u16) -> &mut Self {
        self.mouse(if up { MouseEventKind::ScrollUp } else { MouseEventKind::ScrollDown }, column, row)
    }

    /// Gives the screen another size.
    pub(super) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.send(Message::Resize(width, height))
    }

    /// The screen as it is drawn, with its styles.
    pub(super) fn buffer(&self) -> Buffer {
        let mut buffer = Buffer::empty(self.app.layout().screen);
        render(&self.app, &mut buffer);
        buffer
    }

    /// The lines of a part of the screen.
    fn lines(&self, area: Rect) -> impl Iterator<Item = String> {
        let buffer = self.buffer();
        (area.y..area.bottom())
            .map(move |y| (area.x..area.right()).map(|x| buffer[(x, y)].symbol()).collect::<String>())
    }

    /// The screen as text, line by line.
    pub(super) fn screen(&self) -> String {
        self.lines(self.app.layout().screen).map(|line| line.trim_end().to_owned() + "\n").collect()
    }

    /// The lines of the view that is open.
    pub(super) fn view_lines(&self) -> Vec<String> {
        self.lines(self.view()).map(|line| line.trim().to_owned()).collect()
    }

    /// The area of the view that is open: its sentence and its picture.
    pub(super) fn view(&self) -> Rect {
        self.app.layout().views.first().expect("a view on screen").area
    }

    /// Whether the screen has this text in one of its lines.
    pub(super) fn shows(&self, text: &str) -> bool {
        self.screen().lines().any(|line| line.contains(text))
    }

    /// The value of an input, by id.
    pub(super) fn value(&self, id: &str) -> Option<f64> {
        let scenario = self.app.cx.document.scenario();
        scenario.get(scenario.find(id).expect("an input"))
    }

    /// The id of the focused input.
    pub(super) fn focused(&self) -> String {
        self.app.cx.document.scenario().id_text(self.app.cx.focused)
    }

    /// The gross margin.
    pub(super) fn margin(&self) -> f64 {
        self.app.cx.derived.results.get(Output::GrossMargin).expect("a margin")
    }

    /// The message in the footer.
    pub(super) fn toast(&self) -> &str {
        self.app.cx.toast.as_ref().map_or("", |toast| &toast.text)
    }

    /// The echo of the last change.
    pub(super) fn echo(&self) -> Option<String> {
        self.app.cx.echo(usize::MAX)
    }

    /// How many pop-ups are open.
    pub(super) fn popups(&self) -> usize {
        self.app.popups.len()
    }

    /// Whether the explorer asked to leave.
    pub(super) fn left(&self) -> bool {
        self.effects.iter().any(|effect| matches!(effect, Effect::Quit(_)))
    }

    /// The areas of an input's row: label, track and value.
    pub(super) fn row(&self, id: &str) -> (Rect, Rect, Rect) {
        let id = self.app.cx.document.scenario().find(id).expect("an input");
        let layout = self.app.layout();
        let row = layout.row(id).expect("a row on screen");
        (row.label, row.track, row.value)
    }
}

fn directories(home: &Path) -> Directories {
    Directories { config: Some(home.join("config")), state: Some(home.join("state")) }
}

fn key(word: &str) -> KeyEvent {
    use KeyCode::{
        BackTab, Backspace, Char, Delete, Down, End, Enter, Esc, F, Home, Left, PageDown, PageUp, Right, Tab,
        Up,
    };
    let (modifiers, word) = match word.split_at_checked(2) {
        Some(("C-", word)) => (KeyModifiers::CONTROL, word),
        Some(("S-", word)) => (KeyModifiers::SHIFT, word),
        Some(("M-", word)) => (KeyModifiers::ALT, word),
        _ => (KeyModifiers::NONE, word),
    };
    let named = [
        ("Right", Right),
        ("Left", Left),
        ("Up", Up),
        ("Down", Down),
        ("Tab", Tab),
        ("BackTab", BackTab),
        ("Enter", Enter),
        ("Esc", Esc),
        ("Space", Char(' ')),
        ("Backspace", Backspace),
        ("Delete", Delete),
        ("Home", Home),
        ("End", End),
        ("PgUp", PageUp),
        ("PgDn", PageDown),
    ];
    let code = named.into_iter().find(|(name, _)| *name == word).map(|(_, code)| code);
    let code = code.unwrap_or_else(|| {
        let mut letters = word.chars();
        match (letters.next(), letters.as_str()) {
            (Some(letter), "") => Char(letter),
            (Some('F'), number) => F(number.parse().expect("a function key")),
            _ => panic!("{word} is no key"),
        }
    });
    KeyEvent::new(code, modifiers)
}
