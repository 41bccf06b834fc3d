//! The picture: bars around today's margin with the values that cause them, what their sides mean, and an axis.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::analysis::Swing;
use crate::model::InputId;
use crate::quantity::number;
use crate::text;
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::bars::{self, Scale};
use crate::tui::paint::ticks;

/// The least width of the picture between the labels of its ends.
pub(super) const LEAST_CANVAS: u16 = 6;
/// The width of the picture that does not suffer from longer names.
const AMPLE_CANVAS: u16 = 20;
/// The width of an axis on which numbers have room beside today's.
const SHORT_AXIS: u16 = 16;
/// From this width on the swing stands in a column of its own.
pub(super) const WIDE: u16 = 56;
/// One bar: what is written at its ends, and how far it reaches.
pub(in crate::tui::views) struct Bar<'a> {
    pub(super) name: &'a str,
    pub(super) id: InputId,
    pub(super) default_range: bool,
    /// Gross margin and value at the low and at the high end.
    pub(super) ends: [(Option<f64>, String); 2],
    pub(super) swing: String,
}

impl<'a> Bar<'a> {
    pub(super) fn new(name: &'a str, row: &Swing) -> Self {
        let id = row.id.input;
        let label = |value: Option<f64>| number::input(id, value);
        Self {
            name,
            id,
            default_range: row.default_range,
            ends: [(row.margin_low, label(row.low)), (row.margin_high, label(row.high))],
            swing: row.swing.map_or_else(String::new, number::distance),
        }
    }

    /// Margin and label of the left and the right side; an undefined margin is below everything.
    fn sides(&self) -> [(f64, &str); 2] {
        let [low, high] =
            self.ends.each_ref().map(|(margin, label)| (margin.unwrap_or(f64::NEG_INFINITY), label.as_str()));
        if low.0 <= high.0 { [low, high] } else { [high, low] }
    }
}

/// Where everything goes, from left to right: name, mark of a default range, the picture with its labels, swing.
pub(super) struct Columns {
    pub(super) name: u16,
    pub(super) mark: u16,
    pub(super) canvas: Rect,
    pub(super) swing: u16,
}

impl Columns {
    pub(super) fn fit(bars: &[&Bar], margin: Option<f64>, area: Rect) -> Self {
        let widest =
            |words: &mut dyn Iterator<Item = &str>| text::cells(words.map(text::width).max().unwrap_or(0));
        let wide = area.width >= WIDE;
        let swing = if wide { widest(&mut bars.iter().map(|bar| bar.swing.as_str())) } else { 0 };
        let longest = widest(&mut bars.iter().map(|bar| bar.name));
        let share_out = |most: u16| {
            let name = longest.min(most);
            let mark = name + 1;
            let before = mark + 2;
            let room = area.width.saturating_sub(before + if swing == 0 { 0 } else { swing + 2 });
            let (left, width) = margin.map_or((0, room), |margin| Self::canvas(bars, margin, room));
            let canvas = Rect { x: area.x.saturating_add(before + left), width, ..area };
            Self { name, mark, canvas, swing }
        };
        // Names that differ only at their ends, such as prices of two tiers, are to be told apart, as long as that
        // leaves the bars what they need.
        let generous = share_out((area.width * 36 / 100).min(26));
        if wide && generous.canvas.width >= AMPLE_CANVAS {
            generous
        } else {
            share_out((area.width * 3 / 10).max(11))
        }
    }

    /// What the labels need at the left, and what they leave for the bars.
    ///
    /// A short bar has its labels where a long one has its ends, so only the longest ones need room beyond them.
    fn canvas(bars: &[&Bar], margin: f64, room: u16) -> (u16, u16) {
        let needs = |label: &str| text::cells(text::width(label)).saturating_add(1);
        let sides = bars.iter().map(|bar| bar.sides().map(|(end, label)| (end, needs(label))));
        let sides: Vec<_> = sides.collect();
        let (mut left, mut right) = (0, 0);
        // What a label needs depends on where the bars end, and that on what the labels need.
        for _ in 0..4 {
            let width = room.saturating_sub(left + right);
            let scale = scale(bars, margin, width);
            let (mut left_most, mut right_most) = (0, 0);
            for [(from, before), (to, after)] in &sides {
                let (from, to) = reach(&scale, margin, *from, *to);
                left_most = left_most.max(before.saturating_sub(from));
                right_most = right_most.max(after.saturating_sub(width - to.min(width)));
            }
            (left, right) = (left_most, right_most);
        }
        (left, room.saturating_sub(left + right))
    }
}

/// All that the bars reach; how far it goes below today's margin is bounded, so that one input that can lose
/// everything does not flatten all others.
pub(super) fn scale(bars: &[&Bar], margin: f64, cells: u16) -> Scale {
    let all = || bars.iter().flat_map(|bar| bar.sides()).map(|(margin, _)| margin).chain([margin]);
    let bound = margin - margin.abs().max(1.0);
    Scale::new(all().fold(margin, f64::min).max(bound), all().fold(margin, f64::max), cells)
}

/// The cell of today's margin.
pub(super) fn today_cell(scale: &Scale, margin: f64) -> u16 {
    (scale.half(margin) / 2).min(scale.cells.saturating_sub(1))
}

/// The first cell of a bar and the one behind its last; today's margin is between them.
pub(super) fn reach(scale: &Scale, margin: f64, from: f64, to: f64) -> (u16, u16) {
    let today = today_cell(scale, margin);
    ((scale.half(from) / 2).min(today), scale.half(to).div_ceil(2).max(today + 1))
}

/// The sign of a default range; in plain signs the wave stands for what is cut.
pub(super) fn default_mark(cx: &Context) -> &'static str {
    if cx.signs.ascii { "d" } else { "~" }
}

/// The half cells of a bar: what lowers the margin is left of today's, what raises it right of it. Its ends are in
/// full colour, and all of it when it is the one that matters.
fn halves(cx: &Context, bar: &Bar, scale: &Scale, margin: f64, full: bool) -> Vec<Option<Style>> {
    let theme = cx.theme;
    let [(from, _), (to, _)] = bar.sides();
    let today = 2 * today_cell(scale, margin);
    let (first, last) = (scale.half(from), scale.half(to));
    let mut halves = vec![None; usize::from(scale.cells) * 2];
    let mut light = |part: std::ops::Range<u16>, style: Style, end: u16| {
        for half in part {
            let fill = if full || half / 2 == end / 2 { style } else { theme.fill(style) };
            if let Some(cell) = halves.get_mut(usize::from(half)) {
                *cell = Some(fill);
            }
        }
    };
    // What is not nothing is seen.
    if from < margin {
        let first = first.min(today.saturating_sub(1));
        light(first..last.clamp(first + 1, today.max(first + 1)), theme.down, first);
    }
    if to > margin {
        let last = last.max(today + 3);
        light(first.clamp(today + 2, last - 1)..last, theme.up, last - 1);
    }
    halves
}

/// Draws one bar with its labels.
pub(super) fn row(
    cx: &Context,
    bar: &Bar,
    (canvas, scale): (Rect, &Scale),
    margin: f64,
    full: bool,
    row: Rect,
    buffer: &mut Buffer,
) {
    let canvas = Rect { y: row.y, height: row.height, ..canvas };
    bars::low(cx, &halves(cx, bar, scale, margin, full), canvas, buffer);
    let [(left, left_label), (right, right_label)] = bar.sides();
    if left < scale.low {
        bars::mark(canvas, 0, cx.signs.before, cx.theme.down, buffer);
    }
    let (from, to) = reach(scale, margin, left, right);
    let width = text::width(left_label) as u16;
    let area = Rect { x: (canvas.x + from).saturating_sub(width + 1), width, ..row };
    paint::left(area.intersection(row), buffer, left_label, cx.theme.text);
    let area = Rect { x: canvas.x + to + 1, width: text::width(right_label) as u16, ..row };
    paint::left(area.intersection(row), buffer, right_label, cx.theme.text);
}

/// Axis, its numbers and what the mark of a default range means.
pub(super) fn axis(
    cx: &Context,
    scale: &Scale,
    margin: f64,
    canvas: Rect,
    (area, has_defaults): (Rect, bool),
    buffer: &mut Buffer,
) {
    let theme = cx.theme;
    let line = Rect { x: canvas.x, width: canvas.width, ..paint::row(area, 0) };
    // A short axis has no room for numbers below it besides today's: they stand at its ends.
    let ticks = if canvas.width < SHORT_AXIS {
        let before = Rect { x: area.x, width: canvas.x.saturating_sub(area.x + 1), height: 1, ..area };
        paint::right(before, buffer, &number::percent(scale.low), theme.quiet);
        let after = Rect { x: canvas.right() + 1, ..line };
        let after = Rect { width: area.right().saturating_sub(after.x), ..after };
        paint::Line::new(after, buffer).put_whole(&number::percent(scale.high), theme.quiet);
        Vec::new()
    } else {
        ticks::linear(scale.low, scale.high, (canvas.width / 8).clamp(3, 6))
    };
    let ticks: Vec<(u16, f64)> =
        ticks.into_iter().filter_map(|tick| Some((scale.cell(tick)?, tick))).collect();
    bars::axis(cx, ticks.iter().map(|(cell, _)| *cell), line, buffer);
    let target = scale.cell(cx.target);
    if let Some(cell) = target {
        bars::mark(line, cell, cx.signs.cross, theme.mark, buffer);
    }
    let today = today_cell(scale, margin);
    bars::mark(line, today, cx.signs.present, theme.focus, buffer);
    let labels = paint::row(area, 1);
    let column = |cell: u16| (canvas.x + cell).saturating_sub(labels.x);
    let mut marks = vec![(column(today), number::margin(margin), theme.strong)];
    marks.extend(
        target.map(|cell| (column(cell), format!("target {}", number::percent(cx.target)), theme.mark)),
    );
    marks.extend(ticks.iter().map(|(cell, tick)| (column(*cell), number::percent(*tick), theme.quiet)));
    bars::labels(&marks, labels, buffer);
    let title = Rect { width: canvas.x.saturating_sub(labels.x), ..labels };
    paint::Line::new(title, buffer).put_whole("margin", theme.quiet);
    if has_defaults {
        let mut line = paint::Line::new(paint::row(area, 2), buffer);
        line.put_whole(&format!("{} default range", default_mark(cx)), theme.quiet);
        line.put_whole(", no 90 % range given", theme.quiet);
    }
}

/// What the two sides mean, and the heading of the swings.
pub(super) fn titles(
    cx: &Context,
    columns: &Columns,
    (scale, margin): &(Scale, f64),
    row: Rect,
    buffer: &mut Buffer,
) {
    let theme = cx.theme;
    let today = columns.canvas.x + today_cell(scale, *margin);
    let end = if columns.swing > 0 {
        paint::right(row, buffer, "swing", theme.quiet).saturating_sub(1)
    } else {
        row.right()
    };
    let [lowers, raises] =
        if cx.signs.ascii { ["< lowers", "raises >"] } else { ["◂ lowers", "raises ▸"] };
    let width = text::width(lowers) as u16;
    let left = Rect { x: today.saturating_sub(width + 1), width, ..row };
    if left.x >= row.x {
        paint::left(left.intersection(row), buffer, lowers, theme.down);
    }
    let right = Rect { x: today + 2, width: end.saturating_sub(today + 2), ..row };
    paint::Line::new(right.intersection(row), buffer).put_whole(raises, theme.up);
}
