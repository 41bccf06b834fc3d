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

    /// The chains of scopes in which keys are looked up.
    fn chains() -> Vec<Vec<Scope>> {
        let mut chains = vec![Scope::SLIDERS.to_vec(), Scope::PRESETS.to_vec(), vec![Scope::Field]];
        chains.extend(ViewName::ALL.map(|view| view.scopes().to_vec()));
        chains
    }

    #[test]
    fn no_key_means_two_things_within_one_scope() {
        let all: Vec<_> = commands().collect();
        for (place, one) in all.iter().enumerate() {
            for other in all.iter().skip(place + 1).filter(|other| other.scope == one.scope) {
                for key in one.keys {
                    assert!(!other.keys.contains(key), "{key} is {} and {} {}", one.id, other.id, one.scope);
                }
            }
        }
    }

    #[test]
    fn an_inner_scope_hides_no_global_command_by_accident() {
        // Only these are meant to be different inside: keys that a view gives its own meaning.
        for chain in chains() {
            let Some((Scope::Global, inner)) = chain.split_last().map(|(last, inner)| (*last, inner)) else {
                continue;
            };
            for info in commands().filter(|info| inner.contains(&info.scope)) {
                for global in commands().filter(|other| other.scope == Scope::Global) {
                    for key in info.keys {
                        assert!(!global.keys.contains(key), "{key}: {} hides {}", info.id, global.id);
                    }
                }
            }
        }
    }

    #[test]
    fn every_id_is_used_once() {
        let mut ids: Vec<_> = commands().map(|info| info.id).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
