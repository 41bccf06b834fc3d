//! `config.toml`: what the user wants at every start. Only read, and never in the way.

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::command::Keymap;
use super::theme_choice::ThemeChoice;
use crate::model::{Suggestion, nearest};
use crate::text;

/// What the user wants at every start.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Colours.
    pub theme: Option<ThemeChoice>,
    /// Whether the mouse is used.
    pub mouse: Option<bool>,
    /// What opens when no preset is named.
    pub preset: Option<String>,
    /// Which keys do what.
    pub keys: Keymap,
}

/// The keys there are.
const KEYS: [&str; 4] = ["theme", "mouse", "preset", "keys"];

impl Config {
    /// Reads the file: what can be used, and in one line what cannot.
    pub fn read(text: &str) -> (Self, Option<String>) {
        let mut config = Self::default();
        let file: Table = match text.parse() {
            Ok(file) => file,
            Err(error) => return (config, Some(broken(text, &error))),
        };
        let mut problem = None;
        // In the order of the table, so that the first problem is the same every time.
        for (key, value) in file {
            if let Err(what) = config.set(&key, value) {
                problem.get_or_insert(format!("config.toml: {what}"));
            }
        }
        (config, problem)
    }

    fn set(&mut self, key: &str, value: Value) -> Result<(), String> {
        match key {
            "theme" => self.theme = Some(theme(&typed::<String>(value, "theme is a name in quotes")?)?),
            "mouse" => self.mouse = Some(typed(value, "mouse is true or false")?),
            "preset" => self.preset = Some(preset(typed(value, "preset is a name in quotes")?)?),
            "keys" => self.keys = keymap(&typed(value, "keys is a table")?)?,
            unknown => return Err(self::unknown(unknown)),
        }
        Ok(())
    }
}

fn broken(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = 1 + before.matches('\n').count();
    let what = text::first_line(error.message());
    format!("config.toml line {line}: {what}")
}

fn typed<T: DeserializeOwned>(value: Value, expected: &str) -> Result<T, String> {
    value.try_into().map_err(|_| expected.to_owned())
}

fn theme(name: &str) -> Result<ThemeChoice, String> {
    ThemeChoice::by_name(name).ok_or_else(|| {
        format!("there is no theme `{}`; there are {}", text::excerpt(name), ThemeChoice::names())
    })
}

fn preset(name: String) -> Result<String, String> {
    if name == "-" {
        return Err(
            "preset cannot be `-`: standard input is read only when the command line asks for it".to_owned()
        );
    }
    Ok(name)
}

/// The keys of the table; as they come if anything is wrong, so that none of them means something else than is thought.
fn keymap(table: &Table) -> Result<Keymap, String> {
    let mut keymap = Keymap::default();
    for (id, value) in table {
        let keys: Option<Vec<&str>> = match value {
            Value::String(key) => Some(vec![key]),
            Value::Array(keys) => keys.iter().map(Value::as_str).collect(),
            _ => None,
        };
        let wrong = || format!("keys.{} is a key in quotes, or a list of them", text::excerpt(id));
        let keys = keys.ok_or_else(wrong)?;
        keymap.bind(id, &keys).map_err(|what| format!("keys: {what}"))?;
    }
    match keymap.clash() {
        Some(clash) => Err(format!("keys: {clash}")),
        None => Ok(keymap),
    }
}

fn unknown(key: &str) -> String {
    format!("there is no key `{}`{}", text::excerpt(key), Suggestion(nearest(key, KEYS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_counts_although_something_else_is_wrong() {
        let (config, problem) = Config::read("theme = \"dark\"\nmouse = \"no\"\npreset = \"sceptic\"\n");
        assert_eq!(config.theme.map(ThemeChoice::name), Some("dark"));
        assert_eq!((config.mouse, config.preset.as_deref()), (None, Some("sceptic")));
        assert_eq!(problem.as_deref(), Some("config.toml: mouse is true or false"));
    }

    #[test]
    fn every_mistake_is_one_line() {
        let problem = |text| Config::read(text).1.expect("a problem");
        assert_eq!(
            problem("theme = \"drak\""),
            "config.toml: there is no theme `drak`; there are auto, terminal, dark, light, mono"
        );
        assert_eq!(problem("theme = 1"), "config.toml: theme is a name in quotes");
        assert_eq!(problem("themes = 1"), "config.toml: there is no key `themes`; did you mean `theme`?");
        assert!(problem("mouse = true\ntheme = ").starts_with("config.toml line 2: "));
        assert_eq!(Config::read("").1, None);
    }

    #[test]
    fn standard_input_is_no_preset_to_start_with_every_time() {
        let (config, problem) = Config::read("preset = \"-\"");
        assert_eq!(config.preset, None);
        assert!(problem.expect("a problem").starts_with("config.toml: preset cannot be `-`"));
    }

    #[test]
    fn keys_are_taken_together_or_not_at_all() {
        use crate::tui::command::{Command, Scope};
        let undo = |text| {
            let (config, problem) = Config::read(text);
            (config.keys.key(&[Scope::Global], Command::Undo), problem.unwrap_or_default())
        };
        assert_eq!(undo("[keys]\nundo = \"p\"\npin = [\"u\", \"F12\"]"), ("p".to_owned(), String::new()));
        let (key, problem) = undo("[keys]\nundo = \"F12\"\npin = \"q\"");
        assert_eq!(
            (&*key, &*problem),
            ("u", "config.toml: keys: `q` is both pin (everywhere) and quit (everywhere)")
        );
        assert_eq!(undo("keys = 1").1, "config.toml: keys is a table");
        assert_eq!(
            undo("[keys]\nundo = 1").1,
            "config.toml: keys.undo is a key in quotes, or a list of them"
        );
        assert_eq!(undo("[keys]\nundo = \"hm\"").0, "u");
    }
}
