//! Which keys stand for which commands: built once, asked by every key press and by every hint on screen.

use super::key::{NoKey, ctrl};
use super::table::COMMANDS;
use super::{Command, CommandInfo, Key, Scope, ViewName};
use crate::model::{Suggestion, nearest};
use crate::text;

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

/// The chains of scopes in which keys are looked up.
fn chains() -> Vec<Vec<Scope>> {
    let mut chains = vec![Scope::SLIDERS.to_vec(), Scope::PRESETS.to_vec(), vec![Scope::Field]];
    chains.extend(ViewName::ALL.map(|view| view.scopes().to_vec()));
    let told: Vec<Vec<Scope>> =
        chains.iter().filter(|chain| chain.contains(&Scope::Global)).cloned().collect();
    chains.extend(told.into_iter().map(|chain| [vec![Scope::Story], chain].concat()));
    chains
}

/// The keys of every row of the command table.
#[derive(Clone, Debug)]
pub struct Keymap {
    /// Whether keys are named without signs that only some terminals have.
    ascii: bool,
    bindings: Vec<(&'static CommandInfo, Vec<Key>)>,
}

impl Default for Keymap {
    /// The keys of the command table.
    fn default() -> Self {
        Self { ascii: false, bindings: COMMANDS.iter().map(|info| (info, info.keys.to_vec())).collect() }
    }
}

impl Keymap {
    /// The same keys, named without signs that only some terminals have.
    #[must_use]
    pub fn ascii(self) -> Self {
        Self { ascii: true, ..self }
    }

    /// The same with other keys for one command, in place of those it has; Ctrl-c stays where it is.
    ///
    /// The error names what is wrong: the command, or the key.
    pub fn bind(&mut self, id: &str, keys: &[&str]) -> Result<(), String> {
        let ids = || COMMANDS.iter().map(|info| info.id);
        let Some((info, bound)) = self.bindings.iter_mut().find(|(info, _)| info.id == id) else {
            let near = Suggestion(nearest(id, ids()));
            return Err(format!("there is no command `{}`{near}", text::excerpt(id)));
        };
        let mut new: Vec<Key> = Vec::new();
        for text in keys {
            let key: Key = text.parse().map_err(|NoKey| {
                format!(
                    "`{}` is no key; keys are written `u`, `Ctrl-r`, `Alt-Left`, `Space`, `F2`",
                    text::excerpt(text)
                )
            })?;
            if info.scope == Scope::Field && key.is_text() {
                return Err(format!("{id} works {}, where `{key}` is text", info.scope));
            }
            new.push(key);
        }
        new.extend(info.keys.iter().filter(|key| **key == ctrl('c')));
        *bound = new;
        Ok(())
    }

    /// Two commands that one key would stand for in one situation; an inner scope may have a few of an outer one.
    pub fn clash(&self) -> Option<String> {
        for chain in chains() {
            for (depth, inner) in chain.iter().enumerate() {
                for outer in chain.iter().skip(depth) {
                    let found = self.of(*inner).find_map(|(one, keys)| {
                        let mut others = self.of(*outer).filter(|(other, _)| {
                            let same = if inner == outer {
                                one.id == other.id
                            } else {
                                one.command == other.command
                            };
                            !same && !HIDDEN.contains(&(one.id, other.id))
                        });
                        let key = |taken: &[Key]| keys.iter().copied().find(|key| taken.contains(key));
                        others.find_map(|(other, taken)| Some((key(taken)?, one, other)))
                    });
                    if let Some((key, one, other)) = found {
                        let of = |info: &CommandInfo| format!("{} ({})", info.id, info.scope);
                        return Some(format!("`{}` is both {} and {}", self.name(key), of(one), of(other)));
                    }
                }
            }
        }
        None
    }

    /// A key as hints name it: arrows are words where they would look like `<` and `>`.
    pub fn name(&self, key: Key) -> String {
        if self.ascii { key.spelled() } else { key.to_string() }
    }

    /// The commands of a scope with their keys, in the order of the table.
    pub fn of(&self, scope: Scope) -> impl Iterator<Item = (&'static CommandInfo, &[Key])> {
        self.bindings.iter().filter(move |(info, _)| info.scope == scope).map(|(info, keys)| (*info, &**keys))
    }

    /// The command a key stands for, looked up from the innermost scope out.
    pub fn lookup(&self, scopes: &[Scope], key: Key) -> Option<Command> {
        scopes
            .iter()
            .find_map(|scope| self.of(*scope).find(|(_, keys)| keys.contains(&key)))
            .map(|(info, _)| info.command)
    }

    /// Gives all commands that have one key another one instead.
    #[cfg(test)]
    pub fn replace(&mut self, old: Key, new: Key) {
        let keys = self.bindings.iter_mut().flat_map(|(_, keys)| keys);
        keys.filter(|key| **key == old).for_each(|key| *key = new);
    }

    /// The key to name for a command, looked up from the innermost scope out; empty if it has none.
    pub fn key(&self, scopes: &[Scope], command: Command) -> String {
        scopes
            .iter()
            .find_map(|scope| self.of(*scope).find(|(info, _)| info.command == command))
            .and_then(|(_, keys)| keys.first())
            .map(|key| self.name(*key))
            .unwrap_or_default()
    }

    /// Keys and what they do, for the last line of a pop-up: `Enter open · / filter`. Commands without a key are left
    /// out; those with the same words share them.
    pub fn hints(&self, scopes: &[Scope], wanted: &[(Command, &str)]) -> String {
        let mut hints: Vec<(String, &str)> = Vec::new();
        for (command, words) in wanted {
            let key = self.key(scopes, *command);
            match hints.last_mut() {
                _ if key.is_empty() => {}
                Some((keys, last)) if last == words => {
                    // Arrows stand together, names of keys do not.
                    keys.push_str(if key.chars().count() > 1 { " " } else { "" });
                    keys.push_str(&key);
                }
                _ => hints.push((key, words)),
            }
        }
        hints.iter().map(|(keys, words)| format!("{keys} {words}")).collect::<Vec<_>>().join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::{char, plain};
    use super::*;
    use crossterm::event::KeyCode;

    #[test]
    fn a_key_is_looked_up_from_the_innermost_scope_out() {
        let keymap = Keymap::default();
        let scopes = ViewName::Bridge.scopes();
        assert_eq!(keymap.lookup(&scopes, plain(KeyCode::Enter)), Some(Command::Act));
        assert_eq!(keymap.lookup(&scopes, char('u')), Some(Command::Undo));
        assert_eq!(keymap.lookup(&[Scope::Field], char('u')), None);
    }

    #[test]
    fn hints_with_the_same_words_share_them_and_commands_without_keys_have_none() {
        let wanted = [(Command::Up, "choose"), (Command::Down, "choose"), (Command::Act, "open")];
        assert_eq!(Keymap::default().hints(&[Scope::List], &wanted), "↑↓ choose · Enter open");
        assert_eq!(Keymap::default().hints(&[Scope::Global], &[(Command::Unpin, "unpin")]), "");
    }

    #[test]
    fn without_signs_arrows_are_words() {
        let keymap = Keymap::default().ascii();
        assert_eq!(keymap.key(&[Scope::Slider], Command::Left), "Left");
        assert_eq!(keymap.key(&[Scope::Slider], Command::FineLeft), "<");
        assert_eq!(keymap.key(&[Scope::Global], Command::PreviousPane), "Shift-Tab");
    }

    #[test]
    fn no_key_means_two_things_or_hides_a_command_by_accident() {
        assert_eq!(Keymap::default().clash(), None);
        // Nothing is allowed that is not so.
        for pair in HIDDEN {
            let of = |id| COMMANDS.iter().find(|info| info.id == id).expect("a command").keys;
            assert!(of(pair.0).iter().any(|key| of(pair.1).contains(key)), "{pair:?}");
        }
    }

    #[test]
    fn commands_have_the_keys_they_are_given_and_no_other() {
        let mut keymap = Keymap::default();
        assert_eq!(keymap.bind("undo", &["p", "Ctrl-u"]), Ok(()));
        assert_eq!(keymap.bind("pin", &["u"]), Ok(()));
        assert_eq!(keymap.bind("unfold", &[]), Ok(()));
        assert_eq!(keymap.bind("quit", &["F10"]), Ok(()));
        assert_eq!(keymap.clash(), None);
        let command = |key| keymap.lookup(Scope::SLIDERS, key);
        assert_eq!([command(char('p')), command(ctrl('u'))], [Some(Command::Undo); 2]);
        assert_eq!((command(char('u')), command(char('+'))), (Some(Command::Pin), None));
        // One always gets out.
        assert_eq!((command(char('q')), command(ctrl('c'))), (None, Some(Command::Quit)));
        assert_eq!(keymap.key(Scope::SLIDERS, Command::Quit), "F10");
    }

    #[test]
    fn a_clash_names_both_commands_in_whatever_scopes() {
        let clash = |id, key| {
            let mut keymap = Keymap::default();
            keymap.bind(id, &[key]).expect("a key");
            keymap.clash().unwrap_or_default()
        };
        assert_eq!(clash("undo", "p"), "`p` is both pin (everywhere) and undo (everywhere)");
        assert_eq!(clash("undo", "r"), "`r` is both reset (on a slider) and undo (everywhere)");
        assert_eq!(clash("undo", "z"), "`z` is both map-swap (in map) and undo (everywhere)");
        assert_eq!(
            clash("toggle", "Backspace"),
            "`Backspace` is both story-back (in a story) and toggle (on a slider)"
        );
        assert_eq!(clash("undo", "Ctrl-c"), "`Ctrl-c` is both undo (everywhere) and quit (everywhere)");
    }

    #[test]
    fn what_is_no_command_or_no_key_is_named() {
        let mut keymap = Keymap::default();
        let mut error = |id, key| keymap.bind(id, &[key]).expect_err("wrong");
        assert_eq!(error("undoo", "z"), "there is no command `undoo`; did you mean `undo`?");
        assert!(error("undo", "Ctr-z").starts_with("`Ctr-z` is no key; "));
        assert_eq!(error("accept", "y"), "accept works while typing, where `y` is text");
    }
}
