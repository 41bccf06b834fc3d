//! The command table: id, scope, keys and one line of documentation for everything the explorer does.
//!
//! The keymap, the help, the footer, the palette and the documentation are made from it; it imports nothing of the
//! explorer.

use std::fmt;

mod key;
mod keymap;
mod table;
mod view;

pub use key::Key;
pub use keymap::Keymap;
use table::COMMANDS;
pub use view::{BridgeCommand, MapCommand, OddsCommand, ViewInfo, ViewName, view_names};

/// Everything the explorer can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table below documents each of them")]
pub enum Command {
    Up,
    Down,
    PageUp,
    PageDown,
    Left,
    Right,
    CoarseLeft,
    CoarseRight,
    FineLeft,
    FineRight,
    First,
    Last,
    Type,
    Reset,
    Toggle,
    NextClaim,
    PreviousClaim,
    Details,
    Range,
    Source,
    Note,
    NextTier,
    PreviousTier,
    AddTier,
    RenameTier,
    RemoveTier,
    NextPane,
    PreviousPane,
    NextView,
    PreviousView,
    View(u8),
    ToggleView,
    Measure,
    Target,
    Pin,
    SwapPinned,
    Unpin,
    Compare,
    Undo,
    Redo,
    ResetAll,
    Open,
    Save,
    SaveAs,
    Describe,
    Delete,
    Restore,
    Copy,
    WriteCard,
    ExportView,
    Find,
    Palette,
    Help,
    Theme,
    Mouse,
    Redraw,
    Suspend,
    Back,
    Quit,
    Act,
    Map(MapCommand),
    Bridge(BridgeCommand),
    Odds(OddsCommand),
}

/// Where a command works. Keys are looked up from the innermost scope out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere but in a field.
    Global,
    /// While a slider has the focus.
    Slider,
    /// While the view has the focus.
    AnyView,
    /// While this view has the focus.
    View(ViewName),
    /// In the list of presets.
    Presets,
    /// In a list or another pop-up.
    List,
    /// While text is typed; all printable keys are text.
    Field,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Global => "everywhere",
            Self::Slider => "on a slider",
            Self::AnyView => "in a view",
            Self::View(view) => return write!(f, "in {}", view.info().name),
            Self::Presets => "in the list of presets",
            Self::List => "in a list",
            Self::Field => "while typing",
        })
    }
}

/// One row of the command table.
#[derive(Clone, Copy, Debug)]
pub struct CommandInfo {
    /// What to do.
    pub command: Command,
    /// The name in the palette.
    pub id: &'static str,
    /// Where it works.
    pub scope: Scope,
    /// The keys it has unless they are changed; the first is the one shown.
    pub keys: &'static [Key],
    /// What it does, in one line.
    pub doc: &'static str,
    /// A word for the footer, if it is shown there, and its order: the smallest survives longest.
    pub hint: Option<(&'static str, u8)>,
}

impl CommandInfo {
    /// Shows the command in the footer.
    pub const fn hint(mut self, word: &'static str, order: u8) -> Self {
        self.hint = Some((word, order));
        self
    }
}

/// The whole table.
pub fn commands() -> impl Iterator<Item = &'static CommandInfo> {
    COMMANDS.iter()
}

impl Scope {
    /// Where keys are looked up while a slider has the focus.
    pub const SLIDERS: &[Self] = &[Self::Slider, Self::Global];
    /// Where they are looked up in the list of presets.
    pub const PRESETS: &[Self] = &[Self::Presets, Self::List];
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
