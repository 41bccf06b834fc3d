//! Bars along a scale of margins, drawn in half cells where the terminal can.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::line as paint;
use crate::quantity::number;
use crate::text;
use crate::tui::context::Context;
use crate::tui::theme::mix;

/// Margins from the left to the right end of a row of cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    /// The margin at the left end.
    pub low: f64,
    /// The margin at the right end.
    pub high: f64,
    /// Cells.
    pub cells: u16,
}

impl Scale {
    /// A scale that is never without length.
    pub(crate) fn new(low: f64, high: f64, cells: u16) -> Self {
        let least = 1e-9 * low.abs().max(1.0);
        Self { low, high: high.max(low + least), cells }
    }

    /// The position of a margin in half cells from the left; at an end when it is beyond.
    pub(crate) fn half(&self, margin: f64) -> u16 {
        let part = ((margin - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        libm::round(part * f64::from(self.cells) * 2.0) as u16
    }

    /// The cell of a margin; `None` outside.
    pub(crate) fn cell(&self, margin: f64) -> Option<u16> {
        let inside = margin >= self.low && margin <= self.high && self.cells > 0;
        inside.then(|| (self.half(margin) / 2).min(self.cells - 1))
    }
}

/// Draws half cells from the left end of `area` in the lower half of the line, so that lines have air between them.
/// Of two styles in one cell the left one is drawn.
pub(crate) fn low(cx: &Context, halves: &[Option<Style>], area: Rect, buffer: &mut Buffer) {
    half_high(cx, halves, ["▄", "▖", "▗"], area, buffer);
}

/// The same in the upper half, for a bar that begins in the line above.
pub(crate) fn high(cx: &Context, halves: &[Option<Style>], area: Rect, buffer: &mut Buffer) {
    half_high(cx, halves, ["▀", "▘", "▝"], area, buffer);
}

fn half_high(
    cx: &Context,
    halves: &[Option<Style>],
    [both, left, right]: [&str; 3],
    area: Rect,
    buffer: &mut Buffer,
) {
    if area.height == 0 {
        return;
    }
    for (x, pair) in (area.x..area.right()).zip(halves.chunks(2)) {
        let (sign, style) = match (pair.first().copied().flatten(), pair.get(1).copied().flatten()) {
            (None, None) => continue,
            (Some(style), Some(_)) => (both, style),
            (Some(style), None) => (left, style),
            (None, Some(style)) => (right, style),
        };
        let sign = if cx.signs.ascii { "=" } else { sign };
        if let Some(cell) = buffer.cell_mut((x, area.y)) {
            cell.set_symbol(sign).set_style(cx.theme.text.patch(style));
        }
    }
}

/// Eighths of a cell, from the left.
const EIGHTHS: [&str; 7] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// The cells of the widest share and the gap before it, which leave all bars the same room.
const NUMBER: u16 = 7;

/// Writes a share at the right of a line, on a bar that is all of the line for the whole.
///
/// The bar is a tinted ground, so that the number stays readable on it; where colours cannot be mixed it ends before it.
pub(crate) fn share(cx: &Context, share: Option<f64>, style: Style, area: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let area = Rect { height: area.height.min(1), ..area };
    let words = share.map_or_else(|| "–".to_owned(), number::percent);
    let start = paint::right(area, buffer, &words, theme.text);
    let Some(share) = share.map(|share| share.clamp(0.0, 1.0)) else { return };
    let colours = theme.ground.zip(style.fg).zip(theme.text.fg).filter(|_| !cx.signs.ascii);
    let room = if colours.is_some() { area.width } else { area.width.saturating_sub(NUMBER) };
    let eighths = libm::round(share * f64::from(room) * 8.0) as u16;
    // What is not nothing shows.
    let eighths = eighths.max(u16::from(share > 0.0));
    for (index, x) in (0..).zip(area.x..area.x + room) {
        let filled = eighths.saturating_sub(index * 8).min(8);
        let Some(cell) = buffer.cell_mut((x, area.y)) else { continue };
        let part = filled.checked_sub(1).and_then(|part| EIGHTHS.get(usize::from(part)).copied());
        match colours {
            Some(((ground, colour), text)) => {
                let (track, fill) = (mix(ground, text, 0.08), mix(ground, colour, 0.42));
                match part.filter(|_| x < start) {
                    Some(sign) => cell.set_symbol(sign).set_style(Style::new().fg(fill).bg(track)),
                    None => cell.set_bg(if filled >= 4 { fill } else { track }),
                };
            }
            None if cx.signs.ascii && (filled >= 4 || filled > 0 && index == 0) => {
                cell.set_symbol(cx.signs.bar[0]).set_style(style);
            }
            None if filled > 0 && !cx.signs.ascii => {
                cell.set_symbol(part.unwrap_or(cx.signs.bar[0])).set_style(style);
            }
            None => {}
        }
    }
}

/// An axis below a picture: a line with a joint at every tick.
pub(crate) fn axis(cx: &Context, cells: impl IntoIterator<Item = u16>, area: Rect, buffer: &mut Buffer) {
    paint::Line::new(paint::row(area, 0), buffer).fill(cx.signs.rule, cx.theme.rule);
    for cell in cells {
        mark(area, cell, cx.signs.tee_up, cx.theme.track, buffer);
    }
}

/// One sign in a cell of the first line of an area, counted from its left end.
pub(crate) fn mark(area: Rect, cell: u16, sign: &str, style: Style, buffer: &mut Buffer) {
    let at = Rect { x: area.x.saturating_add(cell), width: 1, height: area.height.min(1), ..area };
    paint::left(at.intersection(area), buffer, sign, style);
}

/// The half cells of one stretch; a stretch that is not empty is at least one half cell long.
pub(crate) fn stretch(scale: &Scale, from: f64, to: f64, style: Style) -> Vec<Option<Style>> {
    let (low, high) = (scale.half(from.min(to)), scale.half(from.max(to)));
    let most = scale.cells * 2;
    let (low, high) = if low == high && from != to {
        if high < most { (low, high + 1) } else { (low.saturating_sub(1), high) }
    } else {
        (low, high)
    };
    (0..most).map(|half| (half >= low && half < high).then_some(style)).collect()
}

/// Writes words below or above cells of `area`, the first ones first, as far as they fit side by side.
///
/// A word is centred on its cell, counted from the left end of `area`, and kept inside it.
pub(crate) fn labels(marks: &[(u16, String, Style)], area: Rect, buffer: &mut Buffer) {
    let mut taken: Vec<(u16, u16)> = Vec::new();
    for (cell, words, style) in marks {
        let width = text::width(words) as u16;
        if width > area.width || area.height == 0 {
            continue;
        }
        let start = cell.saturating_sub(width / 2).min(area.width - width);
        // Two cells apart, so that they are not read as one.
        if taken.iter().all(|(from, to)| start > to + 1 || start + width + 1 < *from) {
            paint::left(Rect { x: area.x + start, width, ..area }, buffer, words, *style);
            taken.push((start, start + width));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_margin_beyond_an_end_is_at_it() {
        let scale = Scale::new(-1.0, 1.0, 10);
        assert_eq!([-9.0, -1.0, 0.0, 0.25, 9.0].map(|margin| scale.half(margin)), [0, 0, 10, 13, 20]);
        assert_eq!(
            [-9.0, -1.0, 0.0, 1.0].map(|margin| scale.cell(margin)),
            [None, Some(0), Some(5), Some(9)]
        );
        assert_eq!(Scale::new(0.5, 0.5, 4).half(0.5), 0);
        assert_eq!(Scale::new(0.0, 1.0, 0).cell(0.5), None);
    }

    #[test]
    fn a_share_fills_its_part_of_the_line_behind_its_number() {
        use crate::tui::testing::Bench;
        use crate::tui::theme::{DARK, MONO};
        let filled = |theme, value| {
            let mut bench = Bench::open("deepseek-day6");
            bench.app.cx.theme = theme;
            let area = Rect::new(0, 0, 10, 1);
            let mut buffer = Buffer::empty(area);
            share(&bench.app.cx, Some(value), theme.up, area, &mut buffer);
            let text: String = (0..10).map(|x| buffer[(x, 0)].symbol()).collect();
            let track = mix(DARK.ground.expect("a ground"), DARK.text.fg.expect("a colour"), 0.08);
            let lit = |x: &u16| buffer[(*x, 0)].bg != track;
            (text, (0..10).filter(lit).count())
        };
        // Without tints it ends before the number.
        assert_eq!(filled(&MONO, 1.0).0, "███  100 %");
        assert_eq!(filled(&MONO, 0.5).0, "█▌    50 %");
        assert_eq!(filled(&MONO, 0.001).0, "▏    0.1 %");
        assert_eq!(filled(&MONO, 0.0).0, "       0 %");
        assert_eq!(filled(&DARK, 1.0), ("     100 %".to_owned(), 10));
        // Under a number whole cells, elsewhere eighths.
        assert_eq!(filled(&DARK, 0.0625).0, "▋   6.3 %".replacen(' ', "  ", 1));
    }

    #[test]
    fn what_is_not_nothing_is_seen() {
        let lit = |from, to| {
            let halves = stretch(&Scale::new(0.0, 1.0, 5), from, to, Style::new());
            halves.iter().filter(|half| half.is_some()).count()
        };
        assert_eq!((lit(0.2, 0.2001), lit(1.0, 0.9999), lit(0.5, 0.5), lit(0.0, 1.0)), (1, 1, 0, 10));
    }
}
