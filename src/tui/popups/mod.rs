//! Pop-ups: each is one file here; the innermost one gets the keys.

use std::path::Path;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::action::Action;
use super::app::Context;
use super::command::{Command, Scope};
use crate::preset::Entry;

mod card;
mod copy;
mod details;
mod field;
mod form;
mod help;
mod list;
mod open;
mod palette;
mod question;
mod range;
mod save;
mod source;
mod tier;
mod value;

pub use card::card;
pub use copy::copy;
pub use details::{details, draw_facts};
pub use help::help;
pub use open::open;
pub use palette::{find, palette};
pub use range::range;
pub use save::{delete, refused, save_as, slug, unsaved};
pub use source::{describe, note, source};
pub use tier::{add as add_tier, removal as tier_removal, remove as remove_tier, rename as rename_tier};
pub use value::{target, value};

/// A window above the screen.
pub trait Popup {
    /// The title in the border.
    fn title(&self, cx: &Context) -> String;

    /// The size it would like, border included.
    fn size(&self, cx: &Context, screen: Rect) -> (u16, u16);

    /// Draws the inside.
    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer);

    /// Where keys are looked up; a field takes printable keys as text.
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List]
    }

    /// Obeys a command. Esc closes before it comes here unless `keeps_escape`.
    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Vec<Action>;

    /// Takes a key that is no command: text for a field.
    fn key(&mut self, _key: KeyEvent, _cx: &Context) -> Vec<Action> {
        Vec::new()
    }

    /// Whether pasted text can go into it.
    fn takes_text(&self) -> bool {
        self.scopes().contains(&Scope::Field)
    }

    /// Takes pasted text, one line, already without control characters.
    fn paste(&mut self, _text: &str, _cx: &Context) -> Vec<Action> {
        Vec::new()
    }

    /// Obeys a click inside `area`.
    fn click(&mut self, _at: Position, _cx: &Context, _area: Rect) -> Vec<Action> {
        Vec::new()
    }

    /// The list of presets has arrived, or a file changed; only the preset list cares.
    fn listed(&mut self, _entries: &[Entry], _directory: Option<&Path>) {}

    /// Whether it shows the list of presets.
    fn wants_list(&self) -> bool {
        false
    }

    /// Whether the pop-up wants to know of Esc and closes itself.
    fn keeps_escape(&self) -> bool {
        false
    }
}

/// The place of a pop-up of the wanted size: centred, within the screen.
pub fn place(screen: Rect, (width, height): (u16, u16)) -> Rect {
    let width = width.min(screen.width.saturating_sub(2)).max(1);
    let height = height.min(screen.height.saturating_sub(2)).max(1);
    Rect {
        x: screen.x + (screen.width.saturating_sub(width)) / 2,
        y: screen.y + (screen.height.saturating_sub(height)) / 3,
        width,
        height,
    }
}

/// The inside of a pop-up's border.
pub fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x + 2.min(area.width),
        y: area.y + 1.min(area.height),
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}
