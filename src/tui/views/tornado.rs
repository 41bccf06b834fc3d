//! Tornado: how far each input alone swings the margin, from the low to the high end of its range.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::list::{Content, Frame, ListView};
use crate::analysis::Swing;
use crate::model::InputId;
use crate::quantity::number;
use crate::report::provenance;
use crate::report::tornado::TornadoReport;
use crate::text;
use crate::tui::command::{Command, ViewName};
use crate::tui::component::{Action, View};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::bars::{self, Look, Scale};

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(ListView::<Swings>::default())
}

#[derive(Default)]
struct Swings {
    report: Option<TornadoReport>,
}

/// The least width of the picture between the labels of its ends.
const LEAST_CANVAS: u16 = 6;
/// The width of the picture that does not suffer from longer names.
const AMPLE_CANVAS: u16 = 20;
/// From this width on the swing stands in a column of its own.
const WIDE: u16 = 56;
/// Lines below the rows: axis, its labels, legend.
const BELOW: u16 = 3;

/// The end of an input's range that a part of a bar belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Low,
    High,
}

/// One bar: what is written at its ends, and how far it reaches.
pub(super) struct Bar<'a> {
    name: &'a str,
    id: InputId,
    default_range: bool,
    /// Gross margin and value at the low and at the high end.
    ends: [(Option<f64>, String); 2],
    swing: String,
}

impl<'a> Bar<'a> {
    fn new(name: &'a str, row: &Swing) -> Self {
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

    /// Margin, label and end of the left and the right side; an undefined margin is below everything.
    fn sides(&self) -> [(f64, &str, End); 2] {
        let [low, high] = &self.ends;
        let low = (low.0.unwrap_or(f64::NEG_INFINITY), low.1.as_str(), End::Low);
        let high = (high.0.unwrap_or(f64::NEG_INFINITY), high.1.as_str(), End::High);
        if low.0 <= high.0 { [low, high] } else { [high, low] }
    }
}

/// Where everything goes, from left to right: name, mark of a default range, the picture with its labels, swing.
struct Columns {
    name: u16,
    mark: u16,
    canvas: Rect,
    swing: u16,
}

impl Columns {
    fn fit(bars: &[&Bar], margin: Option<f64>, area: Rect) -> Self {
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
        let (mut left, mut right) = (0, 0);
        // What a label needs depends on where the bars end, and that on what the labels need.
        for _ in 0..4 {
            let width = room.saturating_sub(left + right);
            let scale = scale(bars, margin, width);
            let (mut left_most, mut right_most) = (0, 0);
            for bar in bars {
                let [(from, from_label, _), (to, to_label, _)] = bar.sides();
                let today = scale.half(margin);
                let from = scale.half(from).min(today) / 2;
                let to = scale.half(to).max(today).div_ceil(2);
                left_most = left_most.max((text::width(from_label) as u16 + 1).saturating_sub(from));
                right_most =
                    right_most.max((text::width(to_label) as u16 + 1).saturating_sub(width - to.min(width)));
            }
            (left, right) = (left_most, right_most);
        }
        (left, room.saturating_sub(left + right))
    }
}

/// All that the bars reach; how far it goes below today's margin is bounded, so that one input that can lose
/// everything does not flatten all others.
fn scale(bars: &[&Bar], margin: f64, cells: u16) -> Scale {
    let all = || bars.iter().flat_map(|bar| bar.sides()).map(|(margin, ..)| margin).chain([margin]);
    let bound = margin - margin.abs().max(1.0);
    Scale::new(all().fold(margin, f64::min).max(bound), all().fold(margin, f64::max), cells)
}

impl Swings {
    /// What is to be said of a bar, in longer and shorter words.
    fn words(bar: &Bar, cx: &Context) -> Vec<String> {
        let name = provenance::short_name(&cx.document, bar.id);
        let enter = cx.keys.key(&ViewName::Tornado.scopes(), Command::Act);
        let [(low, low_at), (high, high_at)] = &bar.ends;
        let margin = |margin: &Option<f64>| margin.map_or_else(|| "no margin".to_owned(), number::percent);
        let (low, high) = (margin(low), margin(high));
        vec![
            format!("{name}: {low} at {low_at}, {high} at {high_at}; {enter} goes there"),
            format!("{low} at {low_at}, {high} at {high_at}; {enter} goes there"),
            format!("{low} at {low_at}, {high} at {high_at}"),
            format!("{enter} goes there"),
        ]
    }

    /// The rows' part of an area.
    fn rows_area(&self, area: Rect) -> Rect {
        let below = if self.has_axis() { BELOW.min(area.height.saturating_sub(2)) } else { 0 };
        Rect { height: area.height - below, ..area }
    }

    fn has_axis(&self) -> bool {
        self.report.as_ref().is_some_and(|report| report.tornado.margin.is_some())
    }
}

/// One line above the axis.
pub(super) enum Line<'a> {
    Bar(Bar<'a>),
    Words(String),
    Blank,
}

/// The sign of a default range; in plain signs the wave stands for what is cut.
fn default_mark(cx: &Context) -> &'static str {
    if cx.signs.ascii { "d" } else { "~" }
}

/// How the two ends look.
fn look(cx: &Context, end: End) -> Look {
    let [solid, _, light] = cx.signs.bar;
    match end {
        End::Low => Look { sign: light, style: cx.theme.range },
        End::High => Look { sign: solid, style: cx.theme.claim },
    }
}

/// Draws one bar with its labels.
fn bar_row(
    cx: &Context,
    bar: &Bar,
    (canvas, scale): (Rect, &Scale),
    margin: f64,
    row: Rect,
    buffer: &mut Buffer,
) {
    let canvas = Rect { y: row.y, height: row.height, ..canvas };
    let today = scale.half(margin);
    let sides = bar.sides();
    // The shorter part is above when both lie on one side of today's margin.
    let mut parts: Vec<(u16, u16, End)> = sides
        .iter()
        .map(|(margin, _, end)| {
            let half = scale.half(*margin);
            (half.min(today), half.max(today), *end)
        })
        .collect();
    parts.sort_by_key(|(from, to, _)| std::cmp::Reverse(to - from));
    let mut halves = vec![None; usize::from(scale.cells) * 2];
    for (from, to, end) in parts {
        for half in halves.iter_mut().take(usize::from(to)).skip(usize::from(from)) {
            *half = Some(look(cx, end));
        }
    }
    bars::draw(cx, &halves, canvas, buffer);
    let beyond = sides.iter().any(|(margin, ..)| *margin < scale.low);
    if beyond && let Some(cell) = buffer.cell_mut((canvas.x, row.y)) {
        cell.set_symbol(cx.signs.before).set_style(cx.theme.mark);
    }
    let [(left, left_label, _), (right, right_label, _)] = sides;
    let from = canvas.x + scale.half(left).min(today) / 2;
    let width = text::width(left_label) as u16;
    let place = Rect { x: from.saturating_sub(width + 1), width, ..row };
    paint::left(place.intersection(row), buffer, left_label, cx.theme.text);
    let to = canvas.x + scale.half(right).max(today).div_ceil(2);
    let place = Rect { x: to + 1, width: text::width(right_label) as u16, ..row };
    paint::left(place.intersection(row), buffer, right_label, cx.theme.text);
}

/// Axis, its labels and what the signs mean.
fn axis(cx: &Context, scale: &Scale, margin: f64, canvas: Rect, area: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let line = paint::row(area, 0);
    let bar = Rect { x: canvas.x, width: canvas.width, ..line };
    paint::left(bar, buffer, &cx.signs.rule.repeat(usize::from(bar.width)), theme.rule);
    let labels = paint::row(area, 1);
    let place = |cell: u16| (canvas.x + cell).saturating_sub(labels.x);
    let named = |margin: f64, words: String, style| Some((place(scale.cell(margin)?), words, style));
    let today = named(margin, format!("{} today", number::percent(margin)), theme.strong);
    let target = named(cx.target, format!("target {}", number::percent(cx.target)), theme.mark);
    // The ends stand outside, so that they leave room for what lies between.
    let (low, high) = (number::percent(scale.low), number::percent(scale.high));
    let half = |words: &str| text::width(words) as u16 / 2;
    let low = (place(0).saturating_sub(half(&low)), low, theme.quiet);
    let high = (place(scale.cells.saturating_sub(1)) + half(&high), high, theme.quiet);
    let marks: Vec<_> = [today, target, Some(low), Some(high)].into_iter().flatten().collect();
    bars::labels(&marks, labels, buffer);
    let legend = paint::row(area, 2);
    let mut line = paint::Line::new(legend, buffer);
    let (low, high) =
        if area.width >= WIDE { (" low value  ", " high value  ") } else { (" low  ", " high  ") };
    for (end, words) in [(End::Low, low), (End::High, high)] {
        let look = look(cx, end);
        line.put_whole(look.symbol(cx), look.style);
        line.put_whole(words, theme.quiet);
    }
    line.put_whole(&format!("{} default range", default_mark(cx)), theme.quiet);
    line.put_whole(", no 90 % range given", theme.quiet);
}

/// What is known of all bars before one is drawn.
pub(super) struct Fit {
    columns: Columns,
    /// Scale and today's margin, where there is room for bars.
    scale: Option<(Scale, f64)>,
}

impl Content for Swings {
    type Report = TornadoReport;
    type Line<'a> = Line<'a>;
    type Fit = Fit;

    fn refresh(&mut self, cx: &Context) {
        self.report = Some(TornadoReport::new(&cx.document, cx.derived.tornado.clone()));
    }

    fn report(&self) -> Option<&TornadoReport> {
        self.report.as_ref()
    }

    /// A bar each, with blank lines between them where there is room, then words.
    fn lines(&self, _: &Context, area: Rect) -> Vec<Line<'_>> {
        let area = self.rows_area(area);
        let rows = self.report.as_ref().map(TornadoReport::swinging).unwrap_or_default();
        let idle = self.report.as_ref().and_then(TornadoReport::idle_words).unwrap_or_default();
        let words: Vec<Line> = paint::wrap(&idle, usize::from(area.width))
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(Line::Words)
            .collect();
        // With or without the hint that comes with the focus the lines are the same.
        let airy = rows.len() * 2 + words.len() < usize::from(area.height.saturating_sub(1));
        let mut lines = Vec::new();
        for (name, row) in rows {
            lines.push(Line::Bar(Bar::new(name, row)));
            if airy {
                lines.push(Line::Blank);
            }
        }
        if !airy && !words.is_empty() && !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.extend(words);
        lines
    }

    fn room(&self, area: Rect, _: usize) -> Rect {
        self.rows_area(area)
    }

    fn is_selectable(line: &Line<'_>) -> bool {
        matches!(line, Line::Bar(_))
    }

    fn picture(&self, cx: &Context, frame: &Frame<Line<'_>>, buffer: &mut Buffer) -> Fit {
        let theme = cx.theme;
        let bars: Vec<&Bar> = frame.lines.iter().filter_map(Line::bar).collect();
        let margin = self.report.as_ref().and_then(|report| report.tornado.margin);
        let columns = Columns::fit(&bars, margin, frame.area);
        let canvas = columns.canvas;
        let margin = margin.filter(|_| canvas.width >= LEAST_CANVAS);
        let scale = margin.map(|margin| (scale(&bars, margin, canvas.width), margin));
        if let Some((scale, margin)) = &scale {
            let last = frame.lines.iter().rposition(|line| line.bar().is_some()).map_or(0, |last| last + 1);
            let height = frame.shown.len().min(last.saturating_sub(frame.shown.start)) as u16;
            for (level, sign, style) in [
                (cx.target, if cx.signs.ascii { ":" } else { "┊" }, theme.mark),
                (*margin, cx.signs.divider, theme.quiet),
            ] {
                let Some(cell) = scale.cell(level) else { continue };
                for y in 0..height {
                    let x = canvas.x + cell;
                    paint::left(Rect { x, width: 1, ..paint::row(frame.area, y) }, buffer, sign, style);
                }
            }
            let height = frame.area.height - frame.rows.height;
            axis(cx, scale, *margin, canvas, Rect { y: frame.rows.bottom(), height, ..frame.area }, buffer);
        }
        Fit { columns, scale }
    }

    fn draw_line(
        &self,
        cx: &Context,
        Fit { columns, scale }: &Fit,
        line: &Line<'_>,
        selected: bool,
        row: Rect,
        buffer: &mut Buffer,
    ) {
        let theme = cx.theme;
        let bar = match line {
            Line::Bar(bar) => bar,
            Line::Words(words) => return paint::left(row, buffer, words, theme.quiet),
            Line::Blank => return,
        };
        let style = match (selected, bar.id == cx.focused) {
            (true, _) => theme.selected,
            (false, true) => theme.focus,
            (false, false) => theme.text,
        };
        let name = Rect { width: columns.name.min(row.width), ..row };
        if selected {
            buffer.set_style(name, theme.selected);
        }
        paint::left(name, buffer, bar.name, style);
        if bar.default_range {
            let mark = Rect { x: row.x.saturating_add(columns.mark), width: 1, ..row };
            paint::left(mark.intersection(row), buffer, default_mark(cx), theme.quiet);
        }
        if columns.swing > 0 {
            paint::right(row, buffer, &bar.swing, theme.text);
        }
        if let Some((scale, margin)) = scale {
            bar_row(cx, bar, (columns.canvas, scale), *margin, row, buffer);
        } else {
            let rest = Rect { x: row.x.saturating_add(columns.mark + 2), ..row }.intersection(row);
            let words = Self::words(bar, cx);
            let fitting = words.get(2).filter(|words| text::width(words) <= usize::from(rest.width));
            paint::left(rest, buffer, fitting.map_or("", String::as_str), theme.text);
        }
    }

    fn input(line: &Line<'_>) -> Option<InputId> {
        line.bar().map(|bar| bar.id)
    }

    fn hints(&self, cx: &Context, line: &Line<'_>) -> Vec<String> {
        line.bar().map(|bar| Self::words(bar, cx)).unwrap_or_default()
    }

    fn command(&self, command: Command, _: &Context, line: Option<&Line<'_>>) -> Option<Vec<Action>> {
        let bar = line?.bar().filter(|_| command == Command::Act)?;
        Some(vec![Action::Focus(bar.id)])
    }
}

impl Line<'_> {
    const fn bar(&self) -> Option<&Bar<'_>> {
        if let Line::Bar(bar) = self { Some(bar) } else { None }
    }
}

#[cfg(test)]
mod tests;
