//! Tornado: how far each input alone swings the margin, from the low to the high end of its range.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::list::{Content, Frame, ListView};
use crate::model::InputId;
use crate::quantity::number;
use crate::report::provenance;
use crate::report::tornado::TornadoReport;
use crate::text;
use crate::tui::command::{Command, ViewName};
use crate::tui::component::{Action, Shown, View};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::bars::{self, Scale};

mod bar;

use bar::{Bar, Columns};

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(ListView::<Swings>::default())
}

#[derive(Default)]
struct Swings {
    report: Option<TornadoReport>,
}

/// Lines below the rows: axis, its labels, what the mark of a default range means.
const BELOW: u16 = 3;

impl Swings {
    /// What is to be said of a bar, in longer and shorter words.
    fn words(bar: &Bar, cx: &Context) -> Vec<String> {
        let name = provenance::short_name(&cx.document, bar.id);
        let enter = cx.keys.key(&ViewName::Tornado.scopes(), Command::Act);
        let [(low, low_at), (high, high_at)] = &bar.ends;
        let margin = |margin: &Option<f64>| margin.map_or_else(|| "no margin".to_owned(), number::margin);
        let (low, high) = (margin(low), margin(high));
        vec![
            format!("{name}: {low} at {low_at}, {high} at {high_at}; {enter} goes there"),
            format!("{low} at {low_at}, {high} at {high_at}; {enter} goes there"),
            format!("{low} at {low_at}, {high} at {high_at}"),
            format!("{enter} goes there"),
        ]
    }

    /// What has no effect, broken into lines.
    fn words_below(&self, area: Rect) -> Vec<String> {
        let idle = self.report.as_ref().and_then(TornadoReport::idle_words).unwrap_or_default();
        let lines = paint::wrap(&idle, usize::from(area.width)).into_iter();
        lines.filter(|line| !line.is_empty()).collect()
    }

    fn has_axis(&self) -> bool {
        self.report.as_ref().is_some_and(|report| report.tornado.margin.is_some())
    }
}

/// One line above the axis.
pub(super) enum Line<'a> {
    Titles,
    Bar(Bar<'a>),
    Words(String),
    Blank,
    /// Room for the axis right below the bars, where everything is on screen at once.
    Axis,
}

/// What is known of all bars before one is drawn.
pub(super) struct Fit {
    columns: Columns,
    /// Scale and today's margin, where there is room for bars.
    scale: Option<(Scale, f64)>,
}

impl Content for Swings {
    type Line<'a> = Line<'a>;
    type Fit = Fit;

    const CURVE_IN: Option<ViewName> = Some(ViewName::Tornado);

    fn refresh(&mut self, cx: &Context) {
        self.report = Some(TornadoReport::new(&cx.document, cx.derived.tornado.clone()));
    }

    fn result(&self) -> Option<&dyn Shown> {
        self.report.as_ref().map(|report| report as _)
    }

    /// A bar each, then words.
    fn lines(&self, _: &Context, area: Rect) -> Vec<Line<'_>> {
        let rows = self.report.as_ref().map(TornadoReport::swinging).unwrap_or_default();
        let words = self.words_below(area);
        let mut lines = Vec::new();
        if self.has_axis() && !rows.is_empty() {
            lines.push(Line::Titles);
        }
        // A hint included.
        let whole = rows.len() + words.len() + usize::from(BELOW) + 3 <= usize::from(area.height);
        lines.extend(rows.into_iter().map(|(name, row)| Line::Bar(Bar::new(name, row))));
        if self.has_axis() && whole {
            lines.extend((0..BELOW).map(|_| Line::Axis));
        }
        if !words.is_empty() && !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.extend(words.into_iter().map(Line::Words));
        lines
    }

    fn room(&self, area: Rect, lines: &[Line<'_>]) -> Rect {
        let apart = self.has_axis() && !has_axis_below_bars(lines);
        let below = if apart { BELOW.min(area.height.saturating_sub(2)) } else { 0 };
        Rect { height: area.height - below, ..area }
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
        let margin = margin.filter(|_| canvas.width >= bar::LEAST_CANVAS);
        let scale = margin.map(|margin| (bar::scale(&bars, margin, canvas.width), margin));
        if let Some((scale, margin)) = &scale {
            let last = frame.lines.iter().rposition(|line| line.bar().is_some()).map_or(0, |last| last + 1);
            let height = frame.shown.len().min(last.saturating_sub(frame.shown.start)) as u16;
            for (level, sign, style) in [
                (cx.target, if cx.signs.ascii { ":" } else { "┊" }, theme.mark),
                (*margin, cx.signs.divider, theme.quiet),
            ] {
                let Some(cell) =
                    (if level == *margin { Some(bar::today_cell(scale, level)) } else { scale.cell(level) })
                else {
                    continue;
                };
                for y in 0..height {
                    let row = paint::row(frame.area, y);
                    bars::mark(Rect { x: canvas.x, width: canvas.width, ..row }, cell, sign, style, buffer);
                }
            }
            let y = frame.rows.y + if has_axis_below_bars(&frame.lines) { height } else { frame.rows.height };
            let below = Rect { y, height: BELOW.min(frame.area.bottom().saturating_sub(y)), ..frame.area };
            let has_defaults = bars.iter().any(|bar| bar.default_range);
            bar::axis(cx, scale, *margin, canvas, (below, has_defaults), buffer);
        }
        Fit { columns, scale }
    }

    fn draw_line(
        &self,
        cx: &Context,
        fit: &Fit,
        line: &Line<'_>,
        selected: bool,
        row: Rect,
        buffer: &mut Buffer,
    ) {
        let theme = cx.theme;
        let bar = match line {
            Line::Bar(bar) => bar,
            Line::Words(words) => return paint::left(row, buffer, words, theme.quiet),
            Line::Blank | Line::Axis => return,
            Line::Titles => {
                if let Some(scale) = &fit.scale {
                    bar::titles(cx, &fit.columns, scale, row, buffer);
                }
                return;
            }
        };
        let Fit { columns, scale } = fit;
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
            paint::left(mark.intersection(row), buffer, bar::default_mark(cx), theme.quiet);
        }
        if columns.swing > 0 {
            paint::right(row, buffer, &bar.swing, theme.text);
        }
        if let Some((scale, margin)) = scale {
            let full = selected || bar.id == cx.focused;
            bar::row(cx, bar, (columns.canvas, scale), *margin, full, row, buffer);
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

fn has_axis_below_bars(lines: &[Line<'_>]) -> bool {
    lines.iter().any(|line| matches!(line, Line::Axis))
}

impl Line<'_> {
    const fn bar(&self) -> Option<&Bar<'_>> {
        if let Line::Bar(bar) = self { Some(bar) } else { None }
    }
}

#[cfg(test)]
mod tests;
