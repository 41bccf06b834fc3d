//! The views by name, and the commands that only one of them has.

pub use crate::report::view::{ViewInfo, ViewName};

/// The names of all views, in the order of the tab bar.
pub fn view_names() -> impl Iterator<Item = &'static str> + Clone {
    ViewName::ALL.into_iter().map(|view| view.info().name)
}

/// What only the map can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table of commands documents each of them")]
pub enum MapCommand {
    Across,
    Up,
    FocusAcross,
    FocusUp,
    Swap,
}

/// What only the bridge can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table of commands documents each of them")]
pub enum BridgeCommand {
    TakePinned,
}

/// What the views of books can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table of commands documents each of them")]
pub enum BookCommand {
    EveryModel,
    Lengths,
    Rent,
}

/// What only the odds can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table of commands documents each of them")]
pub enum OddsCommand {
    Range,
}
