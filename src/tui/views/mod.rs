//! The views beside the sliders. A new view is one file here and one line in [`REGISTRY`].

use super::command::CommandInfo;
use super::component::View;

mod break_even;
mod bridge;
mod cache;
mod map;
mod odds;
mod proof;
mod tornado;

#[cfg(test)]
mod tests;

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
