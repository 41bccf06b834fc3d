//! The views beside the sliders. A new view is one file here, one line in [`make`] and its name in the command table.

use super::command::ViewName;
use super::component::View;

mod book;
mod break_even;
mod bridge;
mod cache;
mod curve;
mod hardware;
mod hosts;
mod list;
mod map;
mod odds;
mod proof;
mod tiers;
mod tornado;

#[cfg(test)]
mod tests;

/// A new view of each name.
pub(super) fn make(view: ViewName) -> Box<dyn View> {
    match view {
        ViewName::BreakEven => break_even::new(),
        ViewName::Tornado => tornado::new(),
        ViewName::Cache => cache::new(),
        ViewName::Map => map::new(),
        ViewName::Bridge => bridge::new(),
        ViewName::Odds => odds::new(),
        ViewName::Tiers => tiers::new(),
        ViewName::Hosts => hosts::new(),
        ViewName::Hardware => hardware::new(),
        ViewName::Proof => proof::new(),
    }
}
