//! The histogram: bars, an axis with the margins worth marking, and the same margins as figures beside it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::quantity::number;
use crate::report::odds::OddsReport;
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::bars::{self, Scale};

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

/// Draws bars, axis and marks, and the figures beside them.
pub(super) fn draw(cx: &Context, odds: &OddsReport, labelled: bool, area: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let analysis = &odds.analysis;
    let (Some(first), Some(last)) = (analysis.histogram.first(), analysis.histogram.last()) else { return };
    let (each, counts) = bars_of(odds, area.width.saturating_sub(FIGURES));
    let width = width(odds, area.width).min(area.width);
    let below = 1 + u16::from(labelled);
    let canvas = Rect { width, height: area.height.saturating_sub(below), ..area };
    let scale = Scale::new(first.low, last.high, width);
    let top = counts.iter().copied().max().unwrap_or(1).max(1);
    for (x, count) in (0..width).zip(counts.iter().flat_map(|count| std::iter::repeat_n(*count, each.into())))
    {
        let full = f64::from(canvas.height) * 8.0;
        let eighths = libm::round(count as f64 / top as f64 * full) as u16;
        // A bar that is not empty is seen.
        let eighths = if count == 0 { 0 } else { eighths.max(1) };
        let middle = scale.low + (f64::from(x) + 0.5) / f64::from(width.max(1)) * (scale.high - scale.low);
        bar(cx, eighths, middle > cx.target, Rect { x: canvas.x + x, width: 1, ..canvas }, buffer);
    }
    if let Some(cell) = scale.cell(cx.target) {
        let sign = if cx.signs.ascii { ":" } else { "┊" };
        for line in 0..canvas.height {
            let place = Rect { x: canvas.x + cell, width: 1, ..paint::row(canvas, line) };
            if buffer.cell((place.x, place.y)).is_some_and(|cell| cell.symbol() == " ") {
                paint::left(place, buffer, sign, theme.mark);
            }
        }
    }
    let marks = marks(cx, odds);
    let axis = Rect { width, ..paint::row(area, canvas.height) };
    paint::left(axis, buffer, &cx.signs.rule.repeat(usize::from(axis.width)), theme.rule);
    let mut labels = Vec::new();
    for mark in &marks {
        let (cell, sign) = match scale.cell(mark.margin) {
            Some(cell) => (cell, mark.sign),
            None if mark.margin < scale.low => (0, cx.signs.before),
            None => (width.saturating_sub(1), cx.signs.beyond),
        };
        if !mark.sign.is_empty() {
            paint::left(
                Rect { x: axis.x + cell, width: 1, ..axis }.intersection(axis),
                buffer,
                sign,
                mark.style,
            );
            labels.push((cell, format!("{} {}", mark.name, number::percent(mark.margin)), mark.style));
        }
    }
    if labelled {
        // The last mark drawn is the first that gets its label.
        labels.reverse();
        bars::labels(&labels, Rect { width, ..paint::row(area, canvas.height + 1) }, buffer);
    }
    let room = area.width.saturating_sub(width + 2);
    if room + 2 >= FIGURES {
        let beside = Rect { x: area.x + width + 2, width: room.min(20), height: canvas.height + 1, ..area };
        figures(cx, &marks, beside, buffer);
    }
}

/// One bar, an eighth of a cell at a time where the signs allow it.
fn bar(cx: &Context, eighths: u16, above: bool, column: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let [_, shaded, _] = cx.signs.bar;
    // The background of a reversed style would fill the cell.
    let style = Style { add_modifier: theme.text.add_modifier, ..theme.verdict(above) };
    for line in 0..column.height {
        let level = eighths.saturating_sub((column.height - 1 - line) * 8).min(8);
        let sign = match level {
            0 => continue,
            // Without colour a loss is shaded, which only whole cells can be.
            1..4 if !above && !theme.colour && line + 1 < column.height => continue,
            _ if !above && !theme.colour => shaded,
            // Digits would be read as numbers.
            _ if cx.signs.ascii => "#",
            level => cx.signs.levels.get(usize::from(level)).copied().unwrap_or(" "),
        };
        paint::left(paint::row(column, line), buffer, sign, style);
    }
}

/// A margin worth marking.
struct Mark {
    name: &'static str,
    margin: f64,
    /// Its sign on the axis; empty for what stands only among the figures.
    sign: &'static str,
    style: Style,
}

/// The margins worth marking, the more important ones last.
fn marks(cx: &Context, odds: &OddsReport) -> Vec<Mark> {
    let theme = cx.theme;
    let analysis = &odds.analysis;
    let tee = cx.signs.tee_up;
    let marks = [
        ("mean", analysis.mean, "", theme.quiet),
        ("P5", analysis.p5, tee, theme.text),
        ("P95", analysis.p95, tee, theme.text),
        ("P50", analysis.p50, tee, theme.strong),
        ("target", Some(analysis.target), cx.signs.cross, theme.mark),
        ("today", analysis.verdict.margin, cx.signs.present, theme.focus),
    ];
    let marks = marks
        .into_iter()
        .filter_map(|(name, margin, sign, style)| Some(Mark { name, margin: margin?, sign, style }));
    marks.collect()
}

/// The same margins as a list, from the top: percentiles first.
fn figures(cx: &Context, marks: &[Mark], area: Rect, buffer: &mut Buffer) {
    let order = ["P95", "P50", "P5", "today", "target", "mean"];
    let found = order.iter().filter_map(|name| marks.iter().find(|mark| mark.name == *name));
    for (line, mark) in (0..area.height).zip(found) {
        let row = paint::row(area, line);
        let start = paint::right(row, buffer, &number::percent(mark.margin), mark.style);
        let sign = if mark.sign == cx.signs.tee_up { "" } else { mark.sign };
        let words = format!("{} {sign}", mark.name);
        paint::left(
            Rect { width: start.saturating_sub(row.x + 1), ..row },
            buffer,
            words.trim_end(),
            mark.style,
        );
    }
}
