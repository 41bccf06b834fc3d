//! The histogram: bars, an axis with the margins worth marking, and the same margins as figures beside it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::quantity::number;
use crate::report::odds::OddsReport;
use crate::text;
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::bars::{self, Scale};
use crate::tui::paint::ticks;

/// The width of the figures beside the bars, with the space before them.
const FIGURES: u16 = 15;

/// The bars of a histogram as wide as the picture allows: cells a bar, and the count in each.
fn bars_of(odds: &OddsReport, width: u16) -> (u16, Vec<usize>) {
    let counts: Vec<usize> = odds.analysis.histogram.iter().map(|bin| bin.count).collect();
    let bins = counts.len().max(1);
    let width = usize::from(width.max(1));
    if bins <= width {
        return ((width / bins) as u16, counts);
    }
    let together = bins.div_ceil(width);
    (1, counts.chunks(together).map(|part| part.iter().sum()).collect())
}

/// The cells that the bars take, of a width that holds the figures too; 0 without any.
pub(super) fn width(odds: &OddsReport, width: u16) -> u16 {
    if odds.analysis.histogram.is_empty() {
        return 0;
    }
    let (each, counts) = bars_of(odds, width.saturating_sub(FIGURES));
    each * counts.len() as u16
}

/// The lines that a histogram has besides its bars: names above, an axis and numbers below; or the numbers alone.
pub(super) const fn beside_bars(labelled: bool) -> u16 {
    if labelled { 3 } else { 1 }
}

/// Draws bars, axis and marks, and the figures beside them.
pub(super) fn draw(cx: &Context, odds: &OddsReport, labelled: bool, area: Rect, buffer: &mut Buffer) {
    let analysis = &odds.analysis;
    let (Some(first), Some(last)) = (analysis.histogram.first(), analysis.histogram.last()) else { return };
    let (each, counts) = bars_of(odds, area.width.saturating_sub(FIGURES));
    let width = width(odds, area.width).min(area.width);
    let above = u16::from(labelled);
    let height = area.height.saturating_sub(beside_bars(labelled));
    let canvas = Rect { y: area.y + above, width, height, ..area };
    let scale = Scale::new(first.low, last.high, width);
    bars(cx, odds, (each, &counts), &scale, canvas, buffer);
    let marks = marks(cx, odds);
    for mark in marks.iter().filter(|mark| mark.line) {
        let Some(cell) = scale.cell(mark.margin) else { continue };
        let sign = match (mark.name, cx.signs.ascii) {
            ("target", true) => ":",
            ("target", false) => "┊",
            _ => cx.signs.divider,
        };
        for line in canvas.rows() {
            upright(line, cell, sign, mark.style, buffer);
        }
    }
    let below = Rect { y: canvas.bottom(), height: area.bottom().saturating_sub(canvas.bottom()), ..canvas };
    let ticks = ticks::linear(scale.low, scale.high, (width / 11).clamp(2, 6));
    let ticks: Vec<(u16, f64)> =
        ticks.into_iter().filter_map(|tick| Some((scale.cell(tick)?, tick))).collect();
    if labelled {
        axis(cx, odds, &scale, &ticks, below, buffer);
        names(&marks, &scale, Rect { height: 1, ..area }, buffer);
    }
    let numbers = paint::row(below, below.height.saturating_sub(1));
    let at_least = if cx.signs.ascii { [">=", "<="] } else { ["≥", "≤"] };
    let [above, beneath] = at_least;
    let quiet = cx.theme.quiet;
    let mut labels: Vec<(u16, String, Style)> = Vec::new();
    if let Some((low, high)) = beyond(odds, counts.len()) {
        // What lies beyond the picture is in its end bars.
        labels.push((0, format!("{beneath} {}", number::percent(low)), quiet));
        labels.push((width.saturating_sub(1), format!("{above} {}", number::percent(high)), quiet));
    }
    labels.extend(ticks.iter().map(|(cell, tick)| (*cell, number::percent(*tick), quiet)));
    bars::labels(&labels, numbers, buffer);
    let room = area.width.saturating_sub(width + 2);
    if room + 2 >= FIGURES {
        let beside = Rect { x: area.x + width + 2, width: room.min(20), height: canvas.height + 1, ..canvas };
        figures(&marks, beside, buffer);
    }
}

/// The inner ends of the first and the last bar, which hold all that is beyond them too; `None` for a single bar.
fn beyond(odds: &OddsReport, bars: usize) -> Option<(f64, f64)> {
    let bins = &odds.analysis.histogram;
    let together = bins.len().div_ceil(bars.max(1)).max(1);
    if bars < 3 {
        return None;
    }
    Some((bins.get(together - 1)?.high, bins.get((bars - 1) * together)?.low))
}

/// All bars: what loses in the colour of losses, nine draws of ten stronger than the tails, the end bars hatched.
fn bars(
    cx: &Context,
    odds: &OddsReport,
    (each, counts): (u16, &[usize]),
    scale: &Scale,
    canvas: Rect,
    buffer: &mut Buffer,
) {
    let theme = cx.theme;
    let analysis = &odds.analysis;
    let top = counts.iter().copied().max().unwrap_or(1).max(1);
    let overflow = beyond(odds, counts.len()).is_some();
    let columns = counts.iter().enumerate().flat_map(|bar| std::iter::repeat_n(bar, each.into()));
    for (x, (index, count)) in (0..canvas.width).zip(columns) {
        let full = f64::from(canvas.height) * 8.0;
        let eighths = libm::round(*count as f64 / top as f64 * full) as u16;
        // A bar that is not empty is seen.
        let eighths = if *count == 0 { 0 } else { eighths.max(1) };
        let middle =
            scale.low + (f64::from(x) + 0.5) / f64::from(scale.cells.max(1)) * (scale.high - scale.low);
        let above = middle > analysis.target;
        let inside =
            analysis.p5.is_none_or(|low| middle >= low) && analysis.p95.is_none_or(|high| middle <= high);
        let hue = if above { theme.up } else { theme.down };
        let look = match (theme.colour, inside) {
            (true, true) => theme.tint(hue, 0.65),
            (false, true) => theme.text,
            (_, false) => theme.fill(hue),
        };
        let hatched = overflow && (index == 0 || index + 1 == counts.len());
        let filled = if hatched {
            Filled::Hatched
        } else if above || theme.colour {
            Filled::Solid
        } else {
            Filled::Shaded
        };
        bar(cx, eighths, filled, look, Rect { x: canvas.x + x, width: 1, ..canvas }, buffer);
    }
}

/// How a bar is filled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filled {
    /// An eighth of a cell at a time, where the signs allow it.
    Solid,
    /// Without colour a loss is shaded, which only whole cells can be.
    Shaded,
    /// It holds what is beyond the picture too.
    Hatched,
}

/// One bar.
fn bar(cx: &Context, eighths: u16, filled: Filled, style: Style, column: Rect, buffer: &mut Buffer) {
    let [_, shaded, hatched] = cx.signs.bar;
    for (line, row) in (0..column.height).zip(column.rows()) {
        let lowest = line + 1 == column.height;
        let level = eighths.saturating_sub((column.height - 1 - line) * 8).min(8);
        let sign = match (level, filled) {
            (0, _) => continue,
            (1..4, Filled::Shaded | Filled::Hatched) if !lowest => continue,
            (_, Filled::Shaded) => shaded,
            (_, Filled::Hatched) => hatched,
            // Digits would be read as numbers.
            (_, Filled::Solid) if cx.signs.ascii => "#",
            (level, Filled::Solid) => cx.signs.levels.get(usize::from(level)).copied().unwrap_or(" "),
        };
        paint::left(row, buffer, sign, style);
    }
}

/// A line through bars: where it passes a bar, that is its ground.
fn upright(row: Rect, cell: u16, sign: &str, style: Style, buffer: &mut Buffer) {
    let Some(at) = buffer.cell_mut((row.x.saturating_add(cell), row.y)) else { return };
    match at.symbol() {
        "█" => {
            let ground = at.fg;
            at.set_symbol(sign).set_style(style).set_bg(ground);
        }
        " " => {
            at.set_symbol(sign).set_style(style);
        }
        _ => {}
    }
}

/// The axis: where nine of ten draws lie, round margins, today and the target.
fn axis(
    cx: &Context,
    odds: &OddsReport,
    scale: &Scale,
    ticks: &[(u16, f64)],
    area: Rect,
    buffer: &mut Buffer,
) {
    let theme = cx.theme;
    let analysis = &odds.analysis;
    let row = paint::row(area, 0);
    bars::axis(cx, [], row, buffer);
    if let (Some(low), Some(high)) = (analysis.p5, analysis.p95) {
        let last = scale.cells.saturating_sub(1);
        for cell in (scale.half(low) / 2)..=(scale.half(high) / 2).min(last) {
            bars::mark(row, cell, cx.signs.range, theme.range, buffer);
        }
    }
    for (cell, _) in ticks {
        bars::mark(row, *cell, cx.signs.tee_up, theme.track, buffer);
    }
    for (margin, sign, style) in [
        (Some(analysis.target), cx.signs.cross, theme.mark),
        (analysis.verdict.margin, cx.signs.present, theme.focus),
    ] {
        let Some(margin) = margin else { continue };
        let (cell, sign) = match scale.cell(margin) {
            Some(cell) => (cell, sign),
            None if margin < scale.low => (0, cx.signs.before),
            None => (scale.cells.saturating_sub(1), cx.signs.beyond),
        };
        bars::mark(row, cell, sign, style, buffer);
    }
}

/// The names of the lines above them: of two neighbours one stands at the left, one at the right.
fn names(marks: &[Mark], scale: &Scale, row: Rect, buffer: &mut Buffer) {
    let mut lines: Vec<(u16, &Mark)> = marks
        .iter()
        .filter(|mark| mark.line)
        .filter_map(|mark| Some((scale.cell(mark.margin)?, mark)))
        .collect();
    lines.sort_by_key(|(cell, _)| *cell);
    let mut free = 0;
    for (index, (cell, mark)) in lines.iter().enumerate() {
        let width = text::width(mark.name) as u16;
        let next = lines.get(index + 1).map(|(next, _)| *next);
        // Left of its line when the next one is near, else right of it.
        let near = next.is_some_and(|next| next < cell + width + 2);
        let start = if near { (cell + 1).saturating_sub(width) } else { *cell }.max(free);
        if start + width <= row.width {
            paint::left(Rect { x: row.x + start, width, ..row }, buffer, mark.name, mark.style);
            free = start + width + 1;
        }
    }
}

/// A margin worth marking.
struct Mark {
    name: &'static str,
    margin: f64,
    /// Its sign on the axis, if it has one.
    sign: &'static str,
    /// Whether a line stands there.
    line: bool,
    style: Style,
}

/// The margins worth marking, the more important ones last.
fn marks(cx: &Context, odds: &OddsReport) -> Vec<Mark> {
    let (theme, analysis) = (cx.theme, &odds.analysis);
    let marks = [
        ("mean", analysis.mean, "", false, theme.quiet),
        ("P5", analysis.p5, "", false, theme.text),
        ("P95", analysis.p95, "", false, theme.text),
        ("target", Some(analysis.target), cx.signs.cross, true, theme.mark),
        ("P50", analysis.p50, "", true, theme.strong),
        ("today", analysis.verdict.margin, cx.signs.present, true, theme.focus),
    ];
    let marks = marks.into_iter().filter_map(|(name, margin, sign, line, style)| {
        Some(Mark { name, margin: margin?, sign, line, style })
    });
    marks.collect()
}

/// The same margins as a list, from the top: percentiles first.
fn figures(marks: &[Mark], area: Rect, buffer: &mut Buffer) {
    let order = ["P95", "P50", "P5", "today", "target", "mean"];
    let found = order.iter().filter_map(|name| marks.iter().find(|mark| mark.name == *name));
    for (line, mark) in (0..area.height).zip(found) {
        let row = paint::row(area, line);
        let start = paint::right(row, buffer, &number::margin(mark.margin), mark.style);
        let room = Rect { width: start.saturating_sub(row.x + 1), ..row };
        let mut line = paint::Line::new(room, buffer);
        if line.put_whole(mark.name, mark.style) && !mark.sign.is_empty() {
            line.put_whole(&format!(" {}", mark.sign), mark.style);
        }
    }
}
