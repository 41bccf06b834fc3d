//! A plot of lines with axes, labels, a level and the present point.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Line as Segment};

use super::{bars, line as paint, ticks};
use crate::quantity::number;
use crate::tui::context::Context;

/// One line.
pub(crate) struct Series {
    /// Its name, written at its right end.
    pub name: &'static str,
    /// Its style.
    pub style: Style,
    /// Its points, in ascending order of x.
    pub points: Vec<(f64, f64)>,
}

/// Lines over one axis; y is a share, and so is x unless it has labels of its own.
pub(crate) struct Plot {
    /// The lines; later ones are drawn above earlier ones.
    pub series: Vec<Series>,
    /// The ends of the x axis.
    pub x: (f64, f64),
    /// The present point.
    pub present: Option<(f64, f64)>,
    /// A level to be marked when it lies in the picture.
    pub level: Option<(f64, &'static str)>,
    /// What x is.
    pub x_label: &'static str,
    /// What is written below the x axis and where, the more telling first; shares where nothing is given.
    pub labels: Vec<(f64, String, Style)>,
}

/// The columns left of the picture, for the labels of the y axis.
const LABELS: u16 = 8;
/// The columns right of it, for the names of the lines.
const NAMES: u16 = 11;

impl Plot {
    /// Where the picture itself goes.
    fn canvas(area: Rect) -> Rect {
        Rect {
            x: area.x + LABELS,
            y: area.y,
            width: area.width.saturating_sub(LABELS + NAMES),
            height: area.height.saturating_sub(2),
        }
    }

    /// The columns that the lines have in an area.
    pub(crate) fn columns(area: Rect) -> u16 {
        Self::canvas(area).width
    }

    /// The fraction of the x axis, 0 … 1, of a position on the screen.
    pub(crate) fn fraction_at(at: Position, area: Rect) -> Option<f64> {
        let canvas = Self::canvas(area);
        if !canvas.contains(at) || canvas.width < 2 {
            return None;
        }
        Some(f64::from(at.x - canvas.x) / f64::from(canvas.width - 1))
    }

    /// The ends of the y axis: all points, padded, on round percentages.
    fn y_ends(&self) -> (f64, f64) {
        let values = self.series.iter().flat_map(|series| series.points.iter().map(|point| point.1));
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return (0.0, 1.0);
        }
        // A nearly level line stays nearly level.
        let missing = (0.02 - (high - low)).max(0.0) / 2.0;
        let (low, high) = (low - missing, high + missing);
        let unit = ticks::unit(high - low, 5);
        (libm::floor(low / unit) * unit, libm::ceil(high / unit) * unit)
    }

    /// Draws axes, lines, names and marks.
    pub(crate) fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let canvas = Self::canvas(area);
        if canvas.width < 8 || canvas.height < 3 {
            return;
        }
        let theme = cx.theme;
        let (low, high) = self.y_ends();
        let row_of = |value: f64| {
            let fraction = (high - value) / (high - low);
            libm::round(fraction * f64::from(canvas.height - 1)) as u16
        };
        let column_of = |value: f64| {
            let fraction = (value - self.x.0) / (self.x.1 - self.x.0);
            libm::round(fraction * f64::from(canvas.width - 1)) as u16
        };

        if let Some((level, name)) = self.level.filter(|(level, _)| *level > low && *level < high) {
            let row = Rect { y: canvas.y + row_of(level), height: 1, ..canvas };
            paint::Line::new(row, buffer).fill(cx.signs.far, theme.mark);
            let words = Rect { x: canvas.x + 1, width: canvas.width.saturating_sub(1), ..row };
            paint::left(words, buffer, &format!(" {name} {} ", number::percent(level)), theme.mark);
        }
        let marker = if cx.signs.ascii { Marker::Dot } else { Marker::Braille };
        if cx.signs.ascii {
            self.plain(&row_of, &column_of, canvas, buffer);
        } else {
            // One series at a time, so that each keeps its own style in cells that two share.
            for series in &self.series {
                let mut layer = Buffer::empty(canvas);
                Canvas::default()
                    .marker(marker)
                    .x_bounds([self.x.0, self.x.1])
                    .y_bounds([low, high])
                    .paint(|context| {
                        for pair in series.points.windows(2) {
                            if let [(x1, y1), (x2, y2)] = pair {
                                context.draw(&Segment::new(*x1, *y1, *x2, *y2, ratatui::style::Color::White));
                            }
                        }
                    })
                    .render(canvas, &mut layer);
                overlay(&layer, buffer, series.style);
            }
        }
        self.axes(cx, area, canvas, (low, high), buffer);
        self.names(canvas, &row_of, buffer);
        if let Some((x, y)) = self.present.filter(|(_, y)| *y >= low && *y <= high) {
            let at = (canvas.x + column_of(x), canvas.y + row_of(y));
            if let Some(cell) = buffer.cell_mut(at) {
                cell.set_symbol(cx.signs.present).set_style(theme.focus);
            }
        }
    }

    /// The lines in plain characters, a letter for each.
    fn plain(
        &self,
        row_of: &impl Fn(f64) -> u16,
        column_of: &impl Fn(f64) -> u16,
        canvas: Rect,
        buffer: &mut Buffer,
    ) {
        for series in &self.series {
            let letter = series.name.get(..1).unwrap_or("*");
            for (x, y) in &series.points {
                if let Some(cell) = buffer.cell_mut((canvas.x + column_of(*x), canvas.y + row_of(*y))) {
                    cell.set_symbol(letter).set_style(series.style);
                }
            }
        }
    }

    fn axes(&self, cx: &Context, area: Rect, canvas: Rect, (low, high): (f64, f64), buffer: &mut Buffer) {
        let theme = cx.theme;
        let unit = ticks::unit(high - low, 5);
        let count = libm::round((high - low) / unit) as u16;
        let every = (2 * count).div_ceil(canvas.height).max(1);
        for tick in (0..=count).step_by(usize::from(every)) {
            let value = low + f64::from(tick) * unit;
            let row = libm::round((high - value) / (high - low) * f64::from(canvas.height - 1)) as u16;
            let label = Rect { x: area.x, y: canvas.y + row, width: LABELS - 1, height: 1 };
            // Ticks are positions, not results: rounding takes the dust of binary fractions off them.
            paint::right(label, buffer, &number::percent(libm::round(value * 1e6) / 1e6), theme.quiet);
        }
        for y in canvas.y..canvas.bottom() {
            let cell = Rect { x: canvas.x - 1, y, width: 1, height: 1 };
            paint::left(cell, buffer, cx.signs.divider, theme.rule);
        }
        let column = |value: f64| {
            let fraction = (value - self.x.0) / (self.x.1 - self.x.0);
            libm::round(fraction * f64::from(canvas.width - 1)) as u16
        };
        let own = self.labels.iter().map(|(x, words, style)| (column(*x), words.clone(), *style));
        let mut ticks: Vec<_> = own.collect();
        if ticks.is_empty() {
            let round = ticks::linear(self.x.0, self.x.1, (canvas.width / 8).clamp(2, 5)).into_iter();
            ticks.extend(round.map(|tick| (column(tick), number::percent(tick), theme.quiet)));
        }
        let axis = Rect { y: canvas.bottom(), height: 1, ..canvas };
        bars::axis(cx, ticks.iter().map(|(cell, ..)| *cell), axis, buffer);
        let mut labels: Vec<_> = Vec::new();
        if let Some((x, y)) = self.present {
            if self.labels.is_empty() {
                labels.push((column(x), number::percent(x), theme.focus));
            }
            // A thin line down to the axis.
            let row = libm::round((high - y) / (high - low) * f64::from(canvas.height - 1)).max(0.0) as u16;
            for line in canvas.rows().skip(usize::from(row) + 1) {
                let cell = Rect { x: line.x + column(x), width: 1, ..line };
                if buffer.cell((cell.x, cell.y)).is_some_and(|cell| cell.symbol() == " ") {
                    paint::left(cell.intersection(canvas), buffer, cx.signs.divider, theme.track);
                }
            }
        }
        labels.extend(ticks);
        bars::labels(&labels, Rect { y: canvas.bottom() + 1, height: 1, ..canvas }, buffer);
        let name = Rect { x: canvas.right() + 1, y: canvas.bottom() + 1, width: NAMES - 1, height: 1 };
        paint::left(name.intersection(area), buffer, self.x_label, theme.quiet);
    }

    /// Names at the right ends of the lines, moved apart where they would meet.
    fn names(&self, canvas: Rect, row_of: &impl Fn(f64) -> u16, buffer: &mut Buffer) {
        let mut ends: Vec<(u16, &Series)> = self
            .series
            .iter()
            .filter_map(|series| series.points.last().map(|(_, y)| (row_of(*y), series)))
            .collect();
        ends.sort_by_key(|(row, _)| *row);
        let mut next = 0;
        let mut left = ends.len() as u16;
        for (row, series) in ends {
            let row = row.max(next).min(canvas.height.saturating_sub(left));
            next = row + 1;
            left -= 1;
            let area = Rect { x: canvas.right() + 1, y: canvas.y + row, width: NAMES - 1, height: 1 };
            paint::left(area, buffer, series.name, series.style);
        }
    }
}

/// Puts the drawn cells of a layer onto the buffer; braille dots that meet are joined.
pub(crate) fn overlay(layer: &Buffer, buffer: &mut Buffer, style: Style) {
    const BLANK: u32 = 0x2800;
    let area = *layer.area();
    let dots = |symbol: &str| symbol.chars().next().map(u32::from).filter(|c| (BLANK..=0x28ff).contains(c));
    for y in area.y..area.bottom() {
        for x in area.x..area.right() {
            let Some(new) = layer.cell((x, y)).and_then(|cell| dots(cell.symbol())) else { continue };
            if new == BLANK {
                continue;
            }
            if let Some(cell) = buffer.cell_mut((x, y)) {
                let old = dots(cell.symbol()).unwrap_or(BLANK);
                if let Some(joined) = char::from_u32(old | new) {
                    cell.set_char(joined).set_style(style);
                }
            }
        }
    }
}
