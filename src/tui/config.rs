//! `config.toml`: what the user wants at every start. Only read, and never in the way.

use toml_edit::{DocumentMut, Item};

use super::theme::Theme;
use crate::model::nearest;
use crate::text;

/// The user's wishes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Colours.
    pub theme: Option<&'static Theme>,
    /// Whether the mouse is used.
    pub mouse: Option<bool>,
    /// What opens when no preset is named.
    pub preset: Option<String>,
}

/// The keys there are.
const KEYS: [&str; 3] = ["theme", "mouse", "preset"];

impl Config {
    /// Reads the file: what can be used, and in one line what cannot.
    pub fn read(text: &str) -> (Self, Option<String>) {
        let mut config = Self::default();
        let file: DocumentMut = match text.parse() {
            Ok(file) => file,
            Err(error) => {
                let error: toml_edit::TomlError = error;
                let line = error
                    .span()
                    .map_or(1, |span| 1 + text.get(..span.start).unwrap_or_default().matches('\n').count());
                let words = text::clean(error.message().lines().next().unwrap_or_default());
                return (config, Some(format!("config.toml line {line}: {words}")));
            }
        };
        let mut problem = None;
        for (key, item) in file.iter() {
            let result = match key {
                "theme" => theme(item).map(|theme| config.theme = Some(theme)),
                "mouse" => item
                    .as_bool()
                    .map(|mouse| config.mouse = Some(mouse))
                    .ok_or_else(|| "mouse is true or false".to_owned()),
                "preset" => item
                    .as_str()
                    .map(|preset| config.preset = Some(preset.to_owned()))
                    .ok_or_else(|| "preset is a name in quotes".to_owned()),
                unknown => Err(self::unknown(unknown)),
            };
            if let Err(words) = result {
                problem.get_or_insert(format!("config.toml: {words}"));
            }
        }
        (config, problem)
    }
}

fn theme(item: &Item) -> Result<&'static Theme, String> {
    let name = item.as_str().unwrap_or_default();
    Theme::by_name(name).ok_or_else(|| {
        let names: Vec<&str> = Theme::ALL.iter().map(|theme| theme.name).collect();
        format!("there is no theme `{}`; there are {}", text::fit(&text::clean(name), 30), names.join(", "))
    })
}

fn unknown(key: &str) -> String {
    let near = nearest(key, KEYS).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    format!("there is no key `{}`{near}", text::fit(&text::clean(key), 30))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_counts_although_something_else_is_wrong() {
        let (config, problem) = Config::read("theme = \"dark\"\nmouse = \"no\"\npreset = \"sceptic\"\n");
        assert_eq!(config.theme.map(|theme| theme.name), Some("dark"));
        assert_eq!((config.mouse, config.preset.as_deref()), (None, Some("sceptic")));
        assert_eq!(problem.as_deref(), Some("config.toml: mouse is true or false"));
    }

    #[test]
    fn every_mistake_is_one_line() {
        let problem = |text| Config::read(text).1.expect("a problem");
        assert_eq!(
            problem("theme = \"drak\""),
            "config.toml: there is no theme `drak`; there are terminal, dark, light, mono"
        );
        assert_eq!(problem("themes = 1"), "config.toml: there is no key `themes`; did you mean `theme`?");
        assert!(problem("mouse = true\ntheme = ").starts_with("config.toml line 2: "));
        assert_eq!(Config::read("").1, None);
    }
}
