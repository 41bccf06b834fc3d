//! Which theme is used: one of them by name, or the one that suits the terminal.

use super::message::Background;
use super::theme::{self, Theme};

/// The name of the choice that follows the terminal.
const AUTO: &str = "auto";

/// What the user wants, or wants by default.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum ThemeChoice {
    /// What suits the terminal, whenever it changes.
    #[default]
    Auto,
    /// This one.
    Always(&'static Theme),
}

/// What is known of the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TerminalColours {
    /// Whether it has more colours than sixteen, as COLORTERM says.
    pub truecolor: bool,
    /// How bright its background is: what it said last, in this session or the one before.
    pub background: Option<Background>,
}

impl ThemeChoice {
    /// The choice of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        if name == AUTO { Some(Self::Auto) } else { Theme::by_name(name).map(Self::Always) }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => AUTO,
            Self::Always(theme) => theme.name,
        }
    }

    /// The names of all choices, for messages.
    pub fn names() -> String {
        let names: Vec<&str> = [AUTO].into_iter().chain(Theme::ALL.iter().map(|theme| theme.name)).collect();
        names.join(", ")
    }

    /// The next one, going round.
    pub fn next(self) -> Self {
        match self {
            Self::Auto => Theme::ALL.first().map_or(Self::Auto, |theme| Self::Always(theme)),
            Self::Always(theme) if Some(theme.name) == Theme::ALL.last().map(|last| last.name) => Self::Auto,
            Self::Always(theme) => Self::Always(theme.next()),
        }
    }

    /// The theme in this terminal. One that has few colours, or has not said how bright it is, keeps its own.
    pub fn theme(self, terminal: TerminalColours) -> &'static Theme {
        match (self, terminal.background.filter(|_| terminal.truecolor)) {
            (Self::Always(theme), _) => theme,
            (Self::Auto, Some(Background::Dark)) => &theme::DARK,
            (Self::Auto, Some(Background::Light)) => &theme::LIGHT,
            (Self::Auto, None) => &theme::TERMINAL,
        }
    }
}

impl From<&'static Theme> for ThemeChoice {
    fn from(theme: &'static Theme) -> Self {
        Self::Always(theme)
    }
}

impl TerminalColours {
    /// What the environment says, and what the terminal said last time.
    pub fn new(colorterm: Option<&str>, background: Option<Background>) -> Self {
        Self { truecolor: matches!(colorterm, Some("truecolor" | "24bit")), background }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_suits_the_terminal_once_it_has_said_how_bright_it_is() {
        let theme =
            |colorterm, background| ThemeChoice::Auto.theme(TerminalColours::new(colorterm, background)).name;
        assert_eq!(theme(Some("truecolor"), Some(Background::Dark)), "dark");
        assert_eq!(theme(Some("24bit"), Some(Background::Light)), "light");
        assert_eq!(theme(Some("truecolor"), None), "terminal");
        assert_eq!(theme(None, Some(Background::Light)), "terminal");
        assert_eq!(theme(Some("256"), Some(Background::Dark)), "terminal");
    }

    #[test]
    fn choices_go_round_and_are_known_by_name() {
        let mut choice = ThemeChoice::Auto;
        for _ in 0..=Theme::ALL.len() {
            assert_eq!(ThemeChoice::by_name(choice.name()), Some(choice));
            choice = choice.next();
        }
        assert_eq!(choice, ThemeChoice::Auto);
        assert_eq!(ThemeChoice::names(), "auto, terminal, dark, light, mono");
        assert_eq!(ThemeChoice::by_name("drak"), None);
    }
}
