//! Themes: a style for every role, so that drawing code never names a colour.

use ratatui::style::{Color, Modifier, Style};

/// The styles of the explorer by role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// The name on the command line.
    pub name: &'static str,
    /// Plain text.
    pub text: Style,
    /// What can be skipped: definitions, hints, units.
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
    /// Steps from far below to far above the target, for maps.
    pub ramp: [Style; 7],
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
    decode: fg(Color::LightMagenta),
    left: fg(Color::Green),
    track: fg(Color::DarkGray),
    range: fg(Color::LightBlue),
    claim: fg(Color::Yellow),
    pinned: fg(Color::LightMagenta),
    changed: fg(Color::Yellow).add_modifier(Modifier::BOLD),
    key: BOLD,
    warn: fg(Color::Yellow).add_modifier(Modifier::BOLD),
    mark: fg(Color::Red),
    ramp: [
        fg(Color::Red),
        fg(Color::LightRed),
        fg(Color::Yellow),
        fg(Color::LightGreen),
        fg(Color::Green),
        fg(Color::Cyan),
        fg(Color::LightBlue),
    ],
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
    track: Style::new().add_modifier(Modifier::DIM),
    range: PLAIN,
    claim: PLAIN,
    pinned: PLAIN,
    changed: BOLD,
    key: BOLD,
    warn: Style::new().add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED),
    mark: BOLD,
    ramp: [PLAIN; 7],
    colour: false,
};

const fn rgb(hex: u32) -> Color {
    Color::Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// For dark terminals with true colour.
pub const DARK: Theme = Theme {
    name: "dark",
    text: fg(rgb(0x00d8_d8d2)),
    quiet: fg(rgb(0x0086_8b93)),
    strong: fg(rgb(0x00ff_ffff)).add_modifier(Modifier::BOLD),
    rule: fg(rgb(0x0046_4c56)),
    focus: fg(rgb(0x0066_d9e8)).add_modifier(Modifier::BOLD),
    selected: Style::new().bg(rgb(0x002b_3a4a)).add_modifier(Modifier::BOLD),
    good: fg(rgb(0x008c_d17d)).add_modifier(Modifier::BOLD),
    bad: fg(rgb(0x00f2_7a7a)).add_modifier(Modifier::BOLD),
    up: fg(rgb(0x008c_d17d)),
    down: fg(rgb(0x00f2_7a7a)),
    prefill: fg(rgb(0x006f_a8dc)),
    decode: fg(rgb(0x00c0_8ad0)),
    left: fg(rgb(0x008c_d17d)),
    track: fg(rgb(0x0046_4c56)),
    range: fg(rgb(0x004f_8fc0)),
    claim: fg(rgb(0x00e0_b84c)),
    pinned: fg(rgb(0x00d0_a8d8)),
    changed: fg(rgb(0x00f2_d27a)).add_modifier(Modifier::BOLD),
    key: fg(rgb(0x00ff_ffff)).add_modifier(Modifier::BOLD),
    warn: fg(rgb(0x00f2_d27a)).add_modifier(Modifier::BOLD),
    mark: fg(rgb(0x00f2_7a7a)),
    ramp: [
        fg(rgb(0x00c4_3c4e)),
        fg(rgb(0x00df_7a5e)),
        fg(rgb(0x00ee_b479)),
        fg(rgb(0x00e8_e0a0)),
        fg(rgb(0x00a6_d08a)),
        fg(rgb(0x005c_b08a)),
        fg(rgb(0x0035_8f9c)),
    ],
    colour: true,
};

/// For light terminals with true colour.
pub const LIGHT: Theme = Theme {
    name: "light",
    text: fg(rgb(0x0024_2a30)),
    quiet: fg(rgb(0x006a_707a)),
    strong: fg(rgb(0x0000_0000)).add_modifier(Modifier::BOLD),
    rule: fg(rgb(0x00b8_bcc4)),
    focus: fg(rgb(0x0000_6a80)).add_modifier(Modifier::BOLD),
    selected: Style::new().bg(rgb(0x00d6_e6f2)).add_modifier(Modifier::BOLD),
    good: fg(rgb(0x0020_7a30)).add_modifier(Modifier::BOLD),
    bad: fg(rgb(0x00b0_2020)).add_modifier(Modifier::BOLD),
    up: fg(rgb(0x0020_7a30)),
    down: fg(rgb(0x00b0_2020)),
    prefill: fg(rgb(0x0020_5ca8)),
    decode: fg(rgb(0x008a_3aa0)),
    left: fg(rgb(0x0020_7a30)),
    track: fg(rgb(0x00b8_bcc4)),
    range: fg(rgb(0x0050_90c8)),
    claim: fg(rgb(0x0090_5c00)),
    pinned: fg(rgb(0x008a_3aa0)),
    changed: fg(rgb(0x0090_5c00)).add_modifier(Modifier::BOLD),
    key: fg(rgb(0x0000_0000)).add_modifier(Modifier::BOLD),
    warn: fg(rgb(0x0090_5c00)).add_modifier(Modifier::BOLD),
    mark: fg(rgb(0x00b0_2020)),
    ramp: [
        fg(rgb(0x00b4_2a3c)),
        fg(rgb(0x00d2_6a50)),
        fg(rgb(0x00dc_9a5c)),
        fg(rgb(0x00b8_a850)),
        fg(rgb(0x0070_a860)),
        fg(rgb(0x0030_8a68)),
        fg(rgb(0x0010_6a7c)),
    ],
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
    pub before: &'static str,
    pub beyond: &'static str,
    pub cross: &'static str,
    pub far: &'static str,
    pub focus: &'static str,
    pub changed: &'static str,
    pub rule: &'static str,
    pub divider: &'static str,
    pub tee_down: &'static str,
    pub tee_up: &'static str,
    pub bar: [&'static str; 3],
    pub levels: [&'static str; 9],
    pub arrow: &'static str,
    pub below: &'static str,
    pub ascii: bool,
}

/// For terminals with Unicode.
pub const UNICODE: Signs = Signs {
    track: "─",
    range: "━",
    present: "●",
    preset: "○",
    pinned: "◇",
    claim: "╵",
    before: "◂",
    beyond: "▸",
    cross: "╳",
    far: "╌",
    focus: "▸",
    changed: "*",
    rule: "─",
    divider: "│",
    tee_down: "┬",
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
    claim: "'",
    before: "<",
    beyond: ">",
    cross: "X",
    far: ".",
    focus: ">",
    changed: "*",
    rule: "-",
    divider: "|",
    tee_down: "+",
    tee_up: "+",
    bar: ["#", "+", "."],
    levels: [" ", "1", "2", "3", "4", "5", "6", "7", "8"],
    arrow: "->",
    below: "v",
    ascii: true,
};
