//! The views beside the sliders. A new view is one file here and one line in [`REGISTRY`].

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::action::Action;
use super::app::Context;
use super::command::{Command, CommandInfo};
use crate::report::Format;

mod break_even;
mod bridge;
mod cache;
mod map;
mod odds;
mod proof;
mod tornado;

#[cfg(test)]
mod tests;

/// A picture of one analysis. Results are made in `refresh`, after a change; drawing only shows them.
pub trait View {
    /// Makes the results anew: the document, the pinned scenario or the target changed.
    fn refresh(&mut self, cx: &Context);

    /// What the view says, as one sentence above the picture.
    fn conclusion(&self, cx: &Context) -> String;

    /// Draws the picture below the sentence.
    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer);

    /// The results as text, for copying and exporting; `None` while there are none.
    fn export(&self, format: Format) -> Option<String>;

    /// Obeys a command while it has the focus; `None` if the command means nothing here.
    fn command(&mut self, _command: Command, _cx: &Context, _area: Rect) -> Option<Vec<Action>> {
        None
    }

    /// Obeys a click or a drag at a position inside `area`.
    fn click(&mut self, _at: Position, _cx: &Context, _area: Rect) -> Vec<Action> {
        Vec::new()
    }

    /// Whether the results were made from less than they want to be, because input was pending.
    fn unfinished(&self) -> bool {
        false
    }
}

/// What the program knows about a view before it is opened.
#[derive(Clone, Copy)]
pub struct ViewInfo {
    /// The name in scopes and files.
    pub name: &'static str,
    /// The title on the tab.
    pub title: &'static str,
    /// What it shows, for help.
    pub doc: &'static str,
    /// Commands that only it has.
    pub commands: &'static [CommandInfo],
    /// Makes one.
    pub make: fn() -> Box<dyn View>,
}

/// All views, in the order of the tab bar; the first one opens first.
pub const REGISTRY: &[ViewInfo] =
    &[break_even::INFO, tornado::INFO, cache::INFO, map::INFO, bridge::INFO, odds::INFO, proof::INFO];

/// The names of all views, in the order of the tab bar.
pub fn view_names() -> impl Iterator<Item = &'static str> + Clone {
    REGISTRY.iter().map(|info| info.name)
}
