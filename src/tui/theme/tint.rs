//! Fills: a colour mixed with the ground it stands on, so that full colour is left for the mark that matters.

use ratatui::style::{Color, Modifier, Style};

use super::Theme;

impl Theme {
    /// The style of a fill: a third of its colour over the ground. The terminal's own sixteen colours cannot be mixed
    /// and stay as they are; without colour it is dim.
    pub(crate) fn fill(&self, style: Style) -> Style {
        self.tint(style, 0.33)
    }

    /// So much of a colour over the ground, 0 … 1.
    pub(crate) fn tint(&self, style: Style, part: f64) -> Style {
        if !self.colour {
            return Style::new().add_modifier(Modifier::DIM);
        }
        match (style.fg, self.ground) {
            (Some(colour), Some(ground)) => Style::new().fg(mix(ground, colour, part)),
            (colour, _) => Style { fg: colour, ..Style::new() },
        }
    }
}

/// Black or white: the one that can be read on a ground.
pub(crate) fn ink_on(ground: Color) -> Color {
    match ground {
        Color::Rgb(red, green, blue) => {
            let light = 0.299 * f64::from(red) + 0.587 * f64::from(green) + 0.114 * f64::from(blue);
            if light > 115.0 { Color::Rgb(0, 0, 0) } else { Color::Rgb(0xff, 0xff, 0xff) }
        }
        _ => Color::Reset,
    }
}

/// Between two colours: the first at 0, the second at 1. What is the terminal's own cannot be mixed and is the nearer.
pub(crate) fn mix(from: Color, to: Color, part: f64) -> Color {
    let part = part.clamp(0.0, 1.0);
    match (from, to) {
        (Color::Rgb(red, green, blue), Color::Rgb(to_red, to_green, to_blue)) => {
            let between = |from: u8, to: u8| {
                libm::round(f64::from(from) + part * (f64::from(to) - f64::from(from))) as u8
            };
            Color::Rgb(between(red, to_red), between(green, to_green), between(blue, to_blue))
        }
        _ if part < 0.5 => from,
        _ => to,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DARK, MONO, TERMINAL};
    use super::*;

    #[test]
    fn a_fill_lies_between_its_colour_and_the_ground_where_colours_can_be_mixed() {
        let (black, white) = (Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255));
        assert_eq!(mix(black, white, 0.0), black);
        assert_eq!(mix(black, white, 0.2), Color::Rgb(51, 51, 51));
        assert_eq!(mix(black, white, 7.0), white);
        assert_eq!(DARK.tint(DARK.up, 1.0).fg, DARK.up.fg);
        assert_eq!(DARK.tint(DARK.up, 0.0).fg, DARK.ground);
        assert_eq!(TERMINAL.fill(TERMINAL.down).fg, TERMINAL.down.fg);
        assert_eq!(MONO.fill(MONO.down), Style::new().add_modifier(Modifier::DIM));
        assert_eq!((ink_on(black), ink_on(white)), (white, black));
    }
}
