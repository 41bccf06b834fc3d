//! Which keys stand for which commands: built once, asked by every key press and by every hint on screen.

use super::table::COMMANDS;
use super::{Command, CommandInfo, Key, Scope};

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
    /// The keys of the command table, named without signs that only some terminals have.
    pub fn ascii() -> Self {
        Self { ascii: true, ..Self::default() }
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
    use super::super::ViewName;
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
        let keymap = Keymap::ascii();
        assert_eq!(keymap.key(&[Scope::Slider], Command::Left), "Left");
        assert_eq!(keymap.key(&[Scope::Slider], Command::FineLeft), "<");
        assert_eq!(keymap.key(&[Scope::Global], Command::PreviousPane), "Shift-Tab");
    }
}
