//! The command table: id, scope, keys and one line of documentation for everything the explorer does.
//!
//! The keymap, the help, the footer, the palette and the documentation are made from it; it imports nothing of the
//! explorer.

mod info;
mod key;
mod keymap;
mod scope;
mod table;
mod view;

pub use info::{Command, CommandInfo};
pub use key::Key;
pub use keymap::Keymap;
pub use scope::Scope;
use table::COMMANDS;
pub use view::{BookCommand, BridgeCommand, MapCommand, OddsCommand, ViewInfo, ViewName, view_names};

/// The whole table.
pub fn commands() -> impl Iterator<Item = &'static CommandInfo> {
    COMMANDS.iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_used_once() {
        let mut ids: Vec<_> = commands().map(|info| info.id).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
