//! What a preset of the user's may be called: its name is a file name and a word of the command line.

use super::clean::{clean, shown};

/// The longest name, in characters.
const MOST_CHARACTERS: usize = 100;

/// The longest name in bytes: with `.toml` behind it, what every file system takes.
const MOST_BYTES: usize = 250;

/// The commands, and what help may be asked for with: as the first word of a command line they are no preset.
pub(crate) const COMMANDS: [&str; 17] = [
    "eval",
    "sweep",
    "break-even",
    "tornado",
    "bridge",
    "odds",
    "tiers",
    "hosts",
    "hardware",
    "answer",
    "card",
    "presets",
    "stories",
    "books",
    "completions",
    "man",
    "help",
];

/// Names that Windows gives to devices, whatever stands behind a dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Why a name is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing there.
    #[error("a preset needs a name")]
    Empty,
    /// Too long for a file name.
    #[error("the name has {0} characters; it can have up to {MOST_CHARACTERS}")]
    TooLong(usize),
    /// Too long for a file name, in characters of which each takes several bytes.
    #[error("the name is too long for a file: {0} bytes, and {MOST_BYTES} are possible")]
    TooManyBytes(usize),
    /// A character that a file name cannot have, or that cannot be seen.
    #[error("`{name}` holds {what}; use letters, digits, spaces, - and _")]
    Character {
        /// The name, as far as it can be shown.
        name: String,
        /// What is wrong in it.
        what: &'static str,
    },
    /// A word with a meaning of its own.
    #[error("`{name}` is {what}; choose another name{}", near(.name))]
    Taken {
        /// The name.
        name: String,
        /// What it means.
        what: &'static str,
    },
}

/// A name like it that can be had.
fn near(name: &str) -> String {
    format!(", such as `my-{}`", name.trim_start_matches(['.', '-']))
}

/// Whether a preset can have this name. The extension `.toml` is not part of it.
pub(crate) fn check_name(name: &str) -> Result<(), NameError> {
    let character = |what| Err(NameError::Character { name: shown(name), what });
    let taken = |what| Err(NameError::Taken { name: shown(name), what });
    let count = name.chars().count();
    if name.trim().is_empty() {
        return Err(NameError::Empty);
    }
    if count > MOST_CHARACTERS {
        return Err(NameError::TooLong(count));
    }
    if name.len() > MOST_BYTES {
        return Err(NameError::TooManyBytes(name.len()));
    }
    if name.contains(['/', '\\']) {
        return character("a path separator");
    }
    if name.contains("..") {
        return character("`..`");
    }
    if name.chars().any(char::is_control) {
        return character("a control character");
    }
    if name.contains(['<', '>', ':', '"', '|', '?', '*']) {
        return character("one of < > : \" | ? *");
    }
    if clean(name) != name {
        return character("space at an end, or a character that cannot be seen");
    }
    if name.starts_with('.') {
        return character("a dot in front, which hides the file");
    }
    if name.ends_with('.') {
        return character("a dot at the end");
    }
    let lower = name.to_lowercase();
    if lower.strip_suffix(".toml").is_some() {
        return character("the extension .toml, which is added by itself");
    }
    if is_device(lower.split('.').next().unwrap_or_default().trim_end()) {
        return taken("the name of a device");
    }
    if COMMANDS.contains(&lower.as_str()) {
        return taken("a command");
    }
    if name.starts_with('-') {
        return taken("read as an option");
    }
    Ok(())
}

/// Whether Windows takes this for a device: `con`, `com1`, `lpt²`, …
fn is_device(stem: &str) -> bool {
    let port = |stem: &str| {
        let number = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"))?;
        let mut characters = number.chars();
        let one = characters.next()?;
        (characters.next().is_none() && (one.is_ascii_digit() || "¹²³".contains(one))).then_some(())
    };
    DEVICES.contains(&stem) || port(stem).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_are_names() {
        for name in
            ["mine", "DeepSeek R1, 2026", "深度 v1.5", "a", "com", "com10", "lpt", "evaluation", "console.x"]
        {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        assert_eq!(check_name(&"ü".repeat(100)), Ok(()));
    }

    #[test]
    fn every_rule_has_its_message() {
        let message = |name: &str| check_name(name).map_err(|error| error.to_string()).expect_err(name);
        assert_eq!(message(""), "a preset needs a name");
        assert_eq!(message("  "), "a preset needs a name");
        assert_eq!(message(&"x".repeat(101)), "the name has 101 characters; it can have up to 100");
        assert_eq!(
            message(&"深".repeat(100)),
            "the name is too long for a file: 300 bytes, and 250 are possible"
        );
        assert_eq!(message("a/b"), "`a/b` holds a path separator; use letters, digits, spaces, - and _");
        assert_eq!(message("a\\b"), "`a\\b` holds a path separator; use letters, digits, spaces, - and _");
        assert_eq!(message(".."), "`..` holds `..`; use letters, digits, spaces, - and _");
        assert_eq!(
            message("a\u{1b}[2Jb"),
            "`ab` holds a control character; use letters, digits, spaces, - and _"
        );
        assert_eq!(message("eval"), "`eval` is a command; choose another name, such as `my-eval`");
        assert_eq!(message("Help"), "`Help` is a command; choose another name, such as `my-Help`");
        assert_eq!(message("-x"), "`-x` is read as an option; choose another name, such as `my-x`");
        for device in ["con", "NUL", "aux.x", "com1", "LPT9", "COM²", "prn "] {
            assert!(
                message(device).contains("device") || message(device).contains("space at an end"),
                "{device}"
            );
        }
        for bad in [".x", "x.", "x.toml", "a\u{202e}b", " a", "builtin:x", "a\nb", "-"] {
            assert!(check_name(bad).is_err(), "{bad:?}");
        }
    }
}
