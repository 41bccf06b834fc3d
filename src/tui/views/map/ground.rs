//! The margins as a ground: colours that meet in a neutral tone at the target, or shades.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

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

/// Signs for how far a margin is from the target, where two hues tell on which side it is.
const HUED: [&str; 4] = [" ", "░", "▒", "▓"];
const ASCII_HUED: [&str; 4] = [" ", ".", "+", "#"];

/// Signs from far below to far above the target where there is no colour at all.
const SHADES: [&str; 7] = [" ", ".", ":", "░", "▒", "▓", "█"];
const ASCII_SHADES: [&str; 7] = [" ", ".", ":", "-", "+", "*", "#"];

/// The sign of a position, which is lighter near the target.
fn hued(position: f64, signs: [&'static str; 4]) -> &'static str {
    let away = (position - 3.0).abs();
    let step = [0.25, 1.0, 2.0].iter().filter(|edge| away >= **edge).count();
    signs.get(step).copied().unwrap_or(" ")
}

/// The sign of a position: three below the target, four above.
fn shade(position: f64, signs: [&'static str; 7]) -> &'static str {
    let step = match position {
        ..=0.0 => 0.0,
        ..=1.5 => 1.0,
        ..=3.0 => 2.0,
        above => 3.0 + libm::floor((above - 3.0) / 0.75),
    };
    signs.get(step as usize).or(signs.last()).copied().unwrap_or(" ")
}

/// Draws the ground, two margins to a cell where colours can be mixed.
pub(super) fn draw(cx: &Context, map: &MapReport, canvas: Rect, buffer: &mut Buffer) {
    let (hued_signs, shades) = if cx.signs.ascii { (ASCII_HUED, ASCII_SHADES) } else { (HUED, SHADES) };
    for line in 0..canvas.height {
        for column in 0..canvas.width {
            let fine = 2 * (canvas.height - 1 - line);
            let at = |fine| margin_at(map, canvas, column, fine).map(|margin| position(margin, cx.target));
            let (lower, upper) = (at(fine), at(fine + 1));
            let Some(cell) = buffer.cell_mut((canvas.x + column, canvas.y + line)) else { continue };
            if is_mixed(cx) {
                let tone =
                    |position: Option<f64>| position.map_or(Color::Reset, |position| colour(cx, position));
                cell.set_symbol("▀").set_fg(tone(upper)).set_bg(tone(lower));
            } else if let Some(position) = lower {
                if cx.theme.colour {
                    cell.set_symbol(hued(position, hued_signs)).set_fg(colour(cx, position));
                } else {
                    cell.set_symbol(shade(position, shades));
                }
            } else {
                cell.set_symbol("?");
            }
        }
    }
}

/// Whether the scale is one of colours alone.
fn is_mixed(cx: &Context) -> bool {
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
        assert_eq!((hued(3.0, HUED), hued(0.0, HUED), hued(6.0, HUED)), (" ", "▓", "▓"));
        assert_eq!((shade(0.0, SHADES), shade(3.0, SHADES), shade(6.0, SHADES)), (" ", ":", "█"));
    }
}
