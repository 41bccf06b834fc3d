//! Everything known about one input.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::model::InputId;
use crate::report::provenance;
use crate::tui::command::{Command, Key, Scope};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::facts::Facts;
use crate::tui::paint::list::{Lines, List};

/// The details of an input.
pub(crate) fn details(id: InputId) -> Box<dyn Popup> {
    Box::new(Details { id, list: List::default() })
}

struct Details {
    id: InputId,
    list: List,
}

impl Popup for Details {
    fn title(&self, cx: &Context) -> String {
        provenance::name(&cx.document, self.id)
    }

    fn size(&self, cx: &Context, screen: Rect) -> (u16, u16) {
        let width = 96.min(screen.width.saturating_sub(2));
        let lines =
            crate::text::cells(Facts::of(cx, self.id).lines(usize::from(width.saturating_sub(4))).len());
        (width, lines.saturating_add(3).min(screen.height.saturating_sub(2)))
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let facts = Facts::of(cx, self.id);
        let lines = Lines::text(facts.lines(usize::from(area.width)).len(), area.height);
        let shown = self.list.shown(&lines);
        facts.draw(shown.start, Rect { height: shown.len() as u16, ..area }, buffer);
        self.list.footer(cx, area, &lines, &[cx.keys.hints(Scope::SLIDERS, &KEYS)], buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Vec<Action> {
        let count = Facts::of(cx, self.id).lines(usize::from(area.width)).len();
        self.list.command(command, &Lines::text(count, area.height));
        Vec::new()
    }

    fn key(&mut self, key: KeyEvent, cx: &Context) -> Vec<Action> {
        let command = cx.keys.lookup(Scope::SLIDERS, Key::of(&key));
        let known = command.filter(|command| {
            KEYS.iter().any(|(known, _)| known == command)
                || matches!(command, Command::PreviousClaim | Command::Toggle | Command::Undo | Command::Redo)
        });
        known.map(Action::Do).into_iter().collect()
    }
}

/// What can be done from here, as on the slider itself.
const KEYS: [(Command, &str); 6] = [
    (Command::Type, "value"),
    (Command::Reset, "reset"),
    (Command::NextClaim, "next claim"),
    (Command::Range, "range"),
    (Command::Source, "source"),
    (Command::Note, "note"),
];
