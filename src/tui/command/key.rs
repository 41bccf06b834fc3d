//! Keys: with what modifiers, and how people write them.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

impl Key {
    /// The key of an event, with what differs between terminals evened out.
    pub fn of(event: &KeyEvent) -> Self {
        let mut modifiers =
            event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match event.code {
            // A capital letter already says that Shift is down.
            KeyCode::Char(letter) => {
                modifiers.remove(KeyModifiers::SHIFT);
                KeyCode::Char(letter)
            }
            KeyCode::BackTab => {
                modifiers.remove(KeyModifiers::SHIFT);
                KeyCode::BackTab
            }
            other => other,
        };
        Self { code, modifiers }
    }
}

impl Key {
    /// Whether it is text where text is typed.
    pub(super) const fn is_text(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && self.modifiers.is_empty()
    }

    /// The key without signs that only some terminals have: `Shift-Left`.
    pub(super) fn spelled(self) -> String {
        let signs = [("⇧", "Shift-"), ("←", "Left"), ("→", "Right"), ("↑", "Up"), ("↓", "Down")];
        signs.iter().fold(self.to_string(), |name, (sign, word)| name.replace(sign, word))
    }
}

impl From<KeyCode> for Key {
    fn from(code: KeyCode) -> Self {
        plain(code)
    }
}

/// Keys that have a name: as shown, and whatever else people call them.
const NAMES: [(KeyCode, &str, &[&str]); 15] = [
    (KeyCode::Char(' '), "Space", &[]),
    (KeyCode::Left, "←", &["Left"]),
    (KeyCode::Right, "→", &["Right"]),
    (KeyCode::Up, "↑", &["Up"]),
    (KeyCode::Down, "↓", &["Down"]),
    (KeyCode::BackTab, "⇧Tab", &["BackTab", "Shift-Tab"]),
    (KeyCode::Tab, "Tab", &[]),
    (KeyCode::Enter, "Enter", &["Return"]),
    (KeyCode::Esc, "Esc", &["Escape"]),
    (KeyCode::Backspace, "Backspace", &[]),
    (KeyCode::Delete, "Delete", &["Del"]),
    (KeyCode::Home, "Home", &[]),
    (KeyCode::End, "End", &[]),
    (KeyCode::PageUp, "PgUp", &["PageUp"]),
    (KeyCode::PageDown, "PgDn", &["PageDown"]),
];

/// How modifiers are written before a key.
const MODIFIERS: [(KeyModifiers, &str, &str); 3] = [
    (KeyModifiers::CONTROL, "Ctrl-", "Ctrl-"),
    (KeyModifiers::ALT, "Alt-", "Alt-"),
    (KeyModifiers::SHIFT, "⇧", "Shift-"),
];

/// The key as people write it: `Ctrl-r`, `⇧←`, `F2`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (_, sign, _) in MODIFIERS.iter().filter(|(modifier, ..)| self.modifiers.contains(*modifier)) {
            f.write_str(sign)?;
        }
        match (NAMES.iter().find(|(code, ..)| *code == self.code), self.code) {
            (Some((_, name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(letter)) => write!(f, "{letter}"),
            (None, KeyCode::F(number)) => write!(f, "F{number}"),
            (None, code) => write!(f, "{code:?}"),
        }
    }
}

/// A text that names no key.
#[derive(Debug, PartialEq, Eq)]
pub struct NoKey;

/// Reads a key as it is shown or spelled, whatever the case of its name: `u`, `U`, `ctrl-r`, `Shift-Left`, `F2`.
impl FromStr for Key {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let (mut rest, mut modifiers) = (text, KeyModifiers::NONE);
        let code = loop {
            if let Some(code) = code(rest) {
                break code;
            }
            let stripped = MODIFIERS.iter().find_map(|(modifier, sign, word)| {
                let rest = rest.strip_prefix(sign).or_else(|| {
                    let (front, rest) = rest.split_at_checked(word.len())?;
                    front.eq_ignore_ascii_case(word).then_some(rest)
                })?;
                Some((*modifier, rest))
            });
            let (modifier, stripped) = stripped.ok_or(NoKey)?;
            modifiers |= modifier;
            rest = stripped;
        };
        match code {
            // A capital letter already says that Shift is down, and so do other signs.
            KeyCode::Char(letter) if modifiers.contains(KeyModifiers::SHIFT) && letter != ' ' => Err(NoKey),
            code => Ok(Self { code, modifiers }),
        }
    }
}

/// A key without modifiers, by its name.
fn code(name: &str) -> Option<KeyCode> {
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && !letter.is_control()
        && NAMES.iter().all(|(_, sign, _)| *sign != name)
    {
        return Some(KeyCode::Char(letter));
    }
    let is = |known: &str| known.eq_ignore_ascii_case(name);
    let named = NAMES.iter().find(|(_, sign, others)| is(sign) || others.iter().copied().any(is));
    named.map(|(code, ..)| *code).or_else(|| {
        let number = name.strip_prefix(['F', 'f'])?.parse().ok()?;
        (1..=24).contains(&number).then_some(KeyCode::F(number))
    })
}

/// A key without modifiers.
pub(super) const fn plain(code: KeyCode) -> Key {
    Key { code, modifiers: KeyModifiers::NONE }
}

/// A printable key.
pub(super) const fn char(letter: char) -> Key {
    plain(KeyCode::Char(letter))
}

pub(super) const fn ctrl(letter: char) -> Key {
    Key { code: KeyCode::Char(letter), modifiers: KeyModifiers::CONTROL }
}

pub(super) const fn with(modifiers: KeyModifiers, code: KeyCode) -> Key {
    Key { code, modifiers }
}

#[cfg(test)]
mod tests {
    use super::super::commands;
    use super::*;

    #[test]
    fn every_key_is_read_as_it_is_written() {
        for key in commands().flat_map(|info| info.keys) {
            assert_eq!(key.to_string().parse(), Ok(*key), "{key}");
            assert_eq!(key.spelled().parse(), Ok(*key), "{key}");
        }
        for (text, key) in [
            ("ctrl-R", Key { code: KeyCode::Char('R'), modifiers: KeyModifiers::CONTROL }),
            ("alt-shift-left", with(KeyModifiers::ALT | KeyModifiers::SHIFT, KeyCode::Left)),
            ("-", char('-')),
            ("Ctrl--", ctrl('-')),
            ("space", char(' ')),
            ("pageup", plain(KeyCode::PageUp)),
            ("f12", plain(KeyCode::F(12))),
        ] {
            assert_eq!(text.parse(), Ok(key), "{text}");
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "ab", "Ctr-x", "Ctrl-", "F0", "F25", "Shift-a", "\u{1b}", "←←"] {
            assert_eq!(text.parse::<Key>(), Err(NoKey), "{text:?}");
        }
    }
}
