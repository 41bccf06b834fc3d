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
        let told: Vec<Vec<Scope>> =
            chains.iter().filter(|chain| chain.contains(&Scope::Global)).cloned().collect();
        chains.extend(told.into_iter().map(|chain| [vec![Scope::Story], chain].concat()));
        chains
    }

    #[test]
    fn no_key_means_two_things_within_one_scope() {
        let all: Vec<_> = commands().collect();
        for (index, one) in all.iter().enumerate() {
            for other in all.iter().skip(index + 1).filter(|other| other.scope == one.scope) {
                for key in one.keys {
                    assert!(!other.keys.contains(key), "{key} is {} and {} {}", one.id, other.id, one.scope);
                }
            }
        }
    }

    /// Keys that an inner scope gives a meaning of its own on purpose, by the ids of both commands.
    const HIDDEN: [(&str, &str); 6] = [
        ("act", "type-value"),
        ("take-pinned", "toggle"),
        ("odds-range", "range"),
        // A story is left and gone on with wherever one is; toggles flip with the arrows meanwhile.
        ("story-on", "toggle"),
        ("story-on", "take-pinned"),
        ("story-leave", "back"),
    ];

    #[test]
    fn no_key_hides_a_command_of_an_outer_scope_by_accident() {
        let mut used = Vec::new();
        for chain in chains() {
            let of = |scope: Scope| commands().filter(move |info| info.scope == scope);
            for (depth, inner) in chain.iter().enumerate() {
                for (one, other) in chain
                    .iter()
                    .skip(depth + 1)
                    .flat_map(|outer| of(*inner).flat_map(|one| of(*outer).map(move |other| (one, other))))
                    .filter(|(one, other)| one.command != other.command)
                {
                    let Some(key) = one.keys.iter().find(|key| other.keys.contains(key)) else { continue };
                    let pair = (one.id, other.id);
                    assert!(HIDDEN.contains(&pair), "{key}: {} hides {}", one.id, other.id);
                    used.push(pair);
                }
            }
        }
        assert!(HIDDEN.iter().all(|pair| used.contains(pair)), "only what is so: {used:?}");
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
