//! Themes: a style for every role, so that drawing code never names a colour.

use ratatui::style::{Color, Modifier, Style};

mod tint;

pub(super) use tint::{ink_on, mix};

/// The styles of the explorer by role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// The name on the command line.
    pub name: &'static str,
    /// Plain text.
    pub text: Style,
    /// Secondary text, which can be skipped: definitions, hints, units.
    pub quiet: Style,
    /// Headings and the numbers that matter.
    pub strong: Style,
    /// Lines between parts.
    pub rule: Style,
    /// The focused thing.
    pub focus: Style,
    /// The row or cell under the cursor.
    pub selected: Style,
    /// A profit.
    pub good: Style,
    /// A loss.
    pub bad: Style,
    /// A line or bar that raises the margin.
    pub up: Style,
    /// A line or bar that lowers it.
    pub down: Style,
    /// Prefill and input.
    pub prefill: Style,
    /// Decode and output.
    pub decode: Style,
    /// What is left.
    pub left: Style,
    /// The ground of what is left, where there are tints.
    pub tint: Style,
    /// The base line of a track.
    pub track: Style,
    /// A 90 % range on a track.
    pub range: Style,
    /// A claim.
    pub claim: Style,
    /// The pinned scenario.
    pub pinned: Style,
    /// A changed input.
    pub changed: Style,
    /// A key in the footer.
    pub key: Style,
    /// Something to be noticed: an error, a question.
    pub warn: Style,
    /// The break-even mark.
    pub mark: Style,
    /// Steps of a map from far below to far above the target: two hues that meet in a neutral tone just above it.
    pub ramp: [Style; 7],
    /// The ground that fills are mixed with: the darkest or lightest that the theme is meant for. `None` where the
    /// colours are the terminal's own.
    pub ground: Option<Color>,
    /// Whether colours carry meaning; if not, signs have to.
    pub colour: bool,
}

const fn fg(colour: Color) -> Style {
    Style::new().fg(colour)
}

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().add_modifier(Modifier::BOLD);

/// Follows the terminal's own sixteen colours, light or dark.
pub const TERMINAL: Theme = Theme {
    name: "terminal",
    text: PLAIN,
    quiet: fg(Color::DarkGray),
    strong: BOLD,
    rule: fg(Color::DarkGray),
    focus: fg(Color::Cyan).add_modifier(Modifier::BOLD),
    selected: Style::new().add_modifier(Modifier::REVERSED),
    good: fg(Color::Green).add_modifier(Modifier::BOLD),
    bad: fg(Color::Red).add_modifier(Modifier::BOLD),
    up: fg(Color::Green),
    down: fg(Color::Red),
    prefill: fg(Color::LightBlue),
    decode: fg(Color::LightBlue),
    left: fg(Color::Green),
    tint: PLAIN,
    track: fg(Color::DarkGray),
    range: Style::new().add_modifier(Modifier::DIM),
    claim: fg(Color::Yellow),
    pinned: fg(Color::LightMagenta),
    changed: BOLD,
    key: BOLD,
    warn: fg(Color::Red).add_modifier(Modifier::BOLD),
    mark: fg(Color::Red),
    ramp: [
        fg(Color::Red),
        fg(Color::Red),
        fg(Color::Red),
        PLAIN,
        fg(Color::Blue),
        fg(Color::Blue),
        fg(Color::Blue),
    ],
    ground: None,
    colour: true,
};

/// No colour at all: bold, dim, underlined and reversed carry the meaning.
pub const MONO: Theme = Theme {
    name: "mono",
    text: PLAIN,
    quiet: Style::new().add_modifier(Modifier::DIM),
    strong: BOLD,
    rule: Style::new().add_modifier(Modifier::DIM),
    focus: BOLD,
    selected: Style::new().add_modifier(Modifier::REVERSED),
    good: BOLD,
    bad: BOLD,
    up: PLAIN,
    down: PLAIN,
    prefill: PLAIN,
    decode: PLAIN,
    left: PLAIN,
    tint: PLAIN,
    track: Style::new().add_modifier(Modifier::DIM),
    range: PLAIN,
    claim: PLAIN,
    pinned: PLAIN,
    changed: BOLD,
    key: BOLD,
    warn: Style::new().add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED),
    mark: BOLD,
    ramp: [PLAIN; 7],
    ground: None,
    colour: false,
};

const fn rgb(hex: u32) -> Color {
    Color::Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// For dark terminals with true colour.
pub const DARK: Theme = Theme {
    name: "dark",
    text: fg(rgb(0x00d8_d8d2)),
    quiet: fg(rgb(0x0096_9ba3)),
    strong: fg(rgb(0x00ff_ffff)).add_modifier(Modifier::BOLD),
    rule: fg(rgb(0x003c_4149)),
    focus: fg(rgb(0x003d_d1ff)).add_modifier(Modifier::BOLD),
    selected: Style::new().bg(rgb(0x002b_3a4a)).add_modifier(Modifier::BOLD),
    good: fg(rgb(0x0086_d27a)).add_modifier(Modifier::BOLD),
    bad: fg(rgb(0x00e9_756a)).add_modifier(Modifier::BOLD),
    up: fg(rgb(0x0086_d27a)),
    down: fg(rgb(0x00e9_756a)),
    prefill: fg(rgb(0x005f_92fc)),
    decode: fg(rgb(0x00a2_7ac6)),
    left: fg(rgb(0x0086_d27a)),
    tint: Style::new().bg(rgb(0x0036_4a33)),
    track: fg(rgb(0x006b_717a)),
    range: fg(rgb(0x004e_69ac)),
    claim: fg(rgb(0x00ff_dc38)),
    pinned: fg(rgb(0x00d5_afc3)),
    changed: fg(rgb(0x00ff_ffff)).add_modifier(Modifier::BOLD),
    key: fg(rgb(0x00ff_ffff)).add_modifier(Modifier::BOLD),
    warn: fg(rgb(0x00e9_756a)).add_modifier(Modifier::BOLD),
    mark: fg(rgb(0x00e9_756a)),
    ramp: [
        fg(rgb(0x00d4_7036)),
        fg(rgb(0x00a0_542b)),
        fg(rgb(0x0072_3d22)),
        fg(rgb(0x002c_3138)),
        fg(rgb(0x002f_4c70)),
        fg(rgb(0x003d_6998)),
        fg(rgb(0x0052_8bc0)),
    ],
    ground: Some(rgb(0x0012_1418)),
    colour: true,
};

/// For light terminals with true colour.
pub const LIGHT: Theme = Theme {
    name: "light",
    text: fg(rgb(0x0024_292f)),
    quiet: fg(rgb(0x005f_656e)),
    strong: fg(rgb(0x0000_0000)).add_modifier(Modifier::BOLD),
    rule: fg(rgb(0x00c9_cdd3)),
    focus: fg(rgb(0x0027_75a6)).add_modifier(Modifier::BOLD),
    selected: Style::new().bg(rgb(0x00d6_e6f2)).add_modifier(Modifier::BOLD),
    good: fg(rgb(0x000d_7529)).add_modifier(Modifier::BOLD),
    bad: fg(rgb(0x00d6_111d)).add_modifier(Modifier::BOLD),
    up: fg(rgb(0x000d_7529)),
    down: fg(rgb(0x00d6_111d)),
    prefill: fg(rgb(0x001e_4f92)),
    decode: fg(rgb(0x006e_41c8)),
    left: fg(rgb(0x000d_7529)),
    tint: Style::new().bg(rgb(0x00c0_dcc6)),
    track: fg(rgb(0x0086_8c95)),
    range: fg(rgb(0x004c_8ccc)),
    claim: fg(rgb(0x0073_2f02)),
    pinned: fg(rgb(0x007c_205d)),
    changed: fg(rgb(0x0000_0000)).add_modifier(Modifier::BOLD),
    key: fg(rgb(0x0000_0000)).add_modifier(Modifier::BOLD),
    warn: fg(rgb(0x00d6_111d)).add_modifier(Modifier::BOLD),
    mark: fg(rgb(0x00d6_111d)),
    ramp: [
        fg(rgb(0x00ae_4104)),
        fg(rgb(0x00db_7c3d)),
        fg(rgb(0x00f2_c090)),
        fg(rgb(0x00eb_eff4)),
        fg(rgb(0x00ab_cff0)),
        fg(rgb(0x0061_9dda)),
        fg(rgb(0x002a_63ab)),
    ],
    ground: Some(rgb(0x00fa_faf7)),
    colour: true,
};

impl Theme {
    /// All themes, in the order that `t` goes through them.
    pub const ALL: [&'static Self; 4] = [&TERMINAL, &DARK, &LIGHT, &MONO];

    /// The theme with this name.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        Self::ALL.into_iter().find(|theme| theme.name == name)
    }

    /// The theme after this one.
    pub fn next(&self) -> &'static Self {
        let index = Self::ALL.iter().position(|theme| theme.name == self.name).unwrap_or(0);
        Self::ALL[(index + 1) % Self::ALL.len()]
    }

    /// The style of a result that is above the target, or is not.
    pub const fn verdict(&self, good: bool) -> Style {
        if good { self.good } else { self.bad }
    }
}

/// The signs drawn; with `--ascii` all of them are plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what it shows")]
pub struct Signs {
    pub track: &'static str,
    pub range: &'static str,
    pub present: &'static str,
    pub preset: &'static str,
    pub pinned: &'static str,
    pub claim: &'static str,
    pub claim_in_range: &'static str,
    pub before: &'static str,
    pub beyond: &'static str,
    pub cross: &'static str,
    pub far: &'static str,
    pub focus: &'static str,
    pub changed: &'static str,
    pub assumed: &'static str,
    pub swing: [&'static str; 2],
    pub rule: &'static str,
    pub divider: &'static str,
    pub tee_up: &'static str,
    pub bar: [&'static str; 3],
    pub levels: [&'static str; 9],
    pub arrow: &'static str,
    pub below: &'static str,
    pub ascii: bool,
}

impl Signs {
    /// A thin bar of so many half cells.
    pub(super) fn thin_bar(&self, halves: usize) -> String {
        let [half, whole] = self.swing;
        whole.repeat(halves / 2) + if halves % 2 == 1 { half } else { "" }
    }
}

/// For terminals with Unicode.
pub const UNICODE: Signs = Signs {
    track: "─",
    range: "━",
    present: "●",
    preset: "○",
    pinned: "◇",
    claim: "┼",
    claim_in_range: "┿",
    before: "◂",
    beyond: "▸",
    cross: "╳",
    far: "╌",
    focus: "▸",
    changed: "*",
    assumed: "?",
    swing: ["╸", "━"],
    rule: "─",
    divider: "│",
    tee_up: "┴",
    bar: ["█", "▓", "░"],
    levels: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    arrow: "→",
    below: "▾",
    ascii: false,
};

/// For terminals without.
pub const ASCII: Signs = Signs {
    track: "-",
    range: "=",
    present: "O",
    preset: "o",
    pinned: "P",
    claim: "|",
    claim_in_range: "|",
    before: "<",
    beyond: ">",
    cross: "X",
    far: ".",
    focus: ">",
    changed: "*",
    assumed: "?",
    swing: ["-", "="],
    rule: "-",
    divider: "|",
    tee_up: "+",
    bar: ["#", "+", "."],
    levels: [" ", "1", "2", "3", "4", "5", "6", "7", "8"],
    arrow: "->",
    below: "v",
    ascii: true,
};

#[cfg(test)]
mod tests;
