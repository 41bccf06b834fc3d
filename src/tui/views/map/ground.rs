//! The margins as a ground: colours that meet in a neutral tone at the target, or shades.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use super::levels;
use crate::report::map::MapReport;
use crate::tui::context::Context;
use crate::tui::theme::mix;

/// Steps of colour from one stop of the scale to the next: too many to be seen, and few enough that neighbours share.
const STEPS: f64 = 12.0;

/// The margin at a place of the picture: `fine` counts half lines from the bottom.
pub(super) fn margin_at(map: &MapReport, canvas: Rect, column: u16, fine: u16) -> Option<f64> {
    let cell = |at: u16, of: u16, count: usize| usize::from(at) * count / usize::from(of.max(1));
    map.map.margin(
        cell(column, canvas.width, map.map.columns),
        cell(fine, canvas.height.saturating_mul(2), map.map.rows),
    )
}

/// Where a margin stands on the scale of seven stops: 3 at the target, 0 a whole point of margin below it, 6 at 100 %.
fn position(margin: f64, target: f64) -> f64 {
    let gap = margin - target;
    let part = if gap > 0.0 { gap / (1.0 - target) } else { gap };
    3.0 + 3.0 * part.clamp(-1.0, 1.0)
}

/// The colour at a position of the scale.
fn colour(cx: &Context, position: f64) -> Color {
    let position = libm::round(position * STEPS) / STEPS;
    let stop = |index: f64| {
        let style = cx.theme.ramp.get(index.clamp(0.0, 6.0) as usize);
        style.and_then(|style| style.fg).unwrap_or_default()
    };
    let below = libm::floor(position);
    mix(stop(below), stop(below + 1.0), position - below)
}

/// Signs of a profit, weaker to stronger, and of a loss, where two hues tell on which side of the target it is.
const HUED: Signs = Signs { gain: ["░", "▒", "▓"], loss: ["▒", "▓", "▓"] };
const ASCII_HUED: Signs = Signs { gain: [".", "+", "#"], loss: ["+", "#", "#"] };

/// The same where there is no colour at all: the more ink, the worse.
const SHADES: Signs = Signs { gain: ["░", "·", " "], loss: ["▒", "▓", "▓"] };
const ASCII_SHADES: Signs = Signs { gain: [":", ".", " "], loss: ["+", "#", "#"] };

/// Signs by the number of lines of equal margin between a margin and the target.
struct Signs {
    gain: [&'static str; 3],
    loss: [&'static str; 3],
}

impl Signs {
    /// The sign of a margin: it changes where a line of equal margin would be.
    fn of(&self, margin: f64, target: f64) -> &'static str {
        let (gain, passed) = levels::band(margin, target);
        let signs = if gain { &self.gain } else { &self.loss };
        signs.get(passed).or(signs.last()).copied().unwrap_or(" ")
    }
}

/// Draws the ground, two margins to a cell where colours can be mixed.
pub(super) fn draw(cx: &Context, map: &MapReport, canvas: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let signs = match (theme.colour, cx.signs.ascii) {
        (true, false) => HUED,
        (true, true) => ASCII_HUED,
        (false, false) => SHADES,
        (false, true) => ASCII_SHADES,
    };
    for line in 0..canvas.height {
        for column in 0..canvas.width {
            let fine = 2 * (canvas.height - 1 - line);
            let at = |fine| margin_at(map, canvas, column, fine);
            let tone = |margin| colour(cx, position(margin, cx.target));
            let Some(cell) = buffer.cell_mut((canvas.x + column, canvas.y + line)) else { continue };
            match (at(fine), at(fine + 1)) {
                (Some(lower), Some(upper)) if is_mixed(cx) => {
                    cell.set_symbol("▀").set_fg(tone(upper)).set_bg(tone(lower));
                }
                (Some(lower), _) => {
                    cell.set_symbol(signs.of(lower, cx.target));
                    if theme.colour {
                        cell.set_fg(if theme.ground.is_some() { tone(lower) } else { end(cx, lower) });
                    }
                }
                // No margin at all.
                (None, _) => {
                    cell.set_symbol(if cx.signs.ascii { "?" } else { "·" }).set_style(theme.rule);
                }
            }
        }
    }
}

/// The hue of a margin's side of the target.
fn end(cx: &Context, margin: f64) -> Color {
    let [loss, .., gain] = cx.theme.ramp;
    let style = if levels::band(margin, cx.target).0 { gain } else { loss };
    style.fg.unwrap_or_default()
}

/// Whether the scale is one of colours alone.
pub(super) fn is_mixed(cx: &Context) -> bool {
    cx.theme.ground.is_some() && !cx.signs.ascii
}

/// The colour of the ground in a cell.
pub(super) fn of(buffer: &Buffer, canvas: Rect, (column, line): (u16, u16)) -> Color {
    let cell = buffer.cell((canvas.x + column, canvas.y + line));
    cell.map_or(Color::Reset, |cell| match cell.symbol() {
        "▀" => mix(cell.fg, cell.bg, 0.5),
        _ => cell.bg,
    })
}

/// Puts a sign over the ground, in a colour that may depend on it; a shade makes room.
pub(super) fn over(
    cx: &Context,
    buffer: &mut Buffer,
    canvas: Rect,
    (column, line): (u16, u16),
    sign: &str,
    ink: impl Fn(Color) -> Color,
) {
    let ground = of(buffer, canvas, (column, line));
    let Some(cell) = buffer.cell_mut((canvas.x + column, canvas.y + line)) else { return };
    cell.reset();
    cell.set_symbol(sign).set_style(cx.theme.text);
    cell.set_fg(ink(ground)).set_bg(ground);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_neutral_at_the_target_and_ends_at_all_that_can_be_earned() {
        for target in [-0.5, 0.0, 0.3, 0.9] {
            assert_eq!(position(target, target), 3.0);
            assert_eq!((position(1.0, target), position(target - 1.0, target)), (6.0, 0.0));
            assert_eq!(position(-1e9, target), 0.0);
        }
    }

    #[test]
    fn signs_change_at_the_target_and_at_every_line_of_equal_margin() {
        let signs = |signs: Signs| [-1.5, -0.5, 0.0, 0.5, 0.75].map(|margin| signs.of(margin, 0.0));
        assert_eq!(signs(HUED), ["▓", "▒", "░", "▒", "▓"]);
        assert_eq!(signs(SHADES), ["▓", "▒", "░", "·", " "]);
        assert_eq!((HUED.of(0.2, 0.3), HUED.of(0.2, 0.1)), ("▒", "░"));
    }
}
