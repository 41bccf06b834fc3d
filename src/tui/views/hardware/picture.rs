//! The picture of Hardware: cost per million tokens against speed per user, both in equal factors, a line a GPU.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Line as Segment};

use crate::quantity::number;
use crate::report::hardware::GpuCurve;
use crate::text;
use crate::tui::context::Context;
use crate::tui::paint::{self, Line};

/// What the picture shows.
pub(super) struct Picture<'a> {
    /// Which lengths.
    pub what: &'a str,
    /// Whether a star behind a name stands for the present rent.
    pub star: bool,
    /// A line for each GPU.
    pub curves: &'a [GpuCurve],
    /// The speed asked for.
    pub least_speed: Option<f64>,
    /// Cost of a million tokens in the present scenario.
    pub present: Option<f64>,
    /// The row under the cursor: its GPU, speed and cost.
    pub cursor: Option<(&'a str, f64, f64)>,
    /// The GPU that the sentence names.
    pub best: Option<&'a str>,
}

/// Columns at the left for the costs.
const LABELS: u16 = 8;
/// Lines below the picture: the axis where there is room for it, and its labels.
fn below(area: Rect) -> u16 {
    if area.height < 12 { 1 } else { 2 }
}

/// The signs of measured points, one a GPU, so that lines are told apart without colour too.
const SIGNS: [&str; 9] = ["•", "▴", "◦", "■", "▵", "◆", "□", "+", "×"];
/// The same in plain characters.
const PLAIN_SIGNS: [&str; 9] = ["*", "+", "o", "#", "x", "@", "%", "&", "="];

/// The least of the picture that says anything.
const LEAST: (u16, u16) = (16, 4);

/// One axis in equal factors.
#[derive(Clone, Copy, Debug)]
struct Axis {
    low: f64,
    high: f64,
    cells: u16,
}

impl Axis {
    /// From the least to the largest value, a little wider.
    fn new(values: impl Iterator<Item = f64> + Clone, cells: u16) -> Option<Self> {
        let low = values.clone().fold(f64::INFINITY, f64::min);
        let high = values.fold(0.0, f64::max);
        let valid = low > 0.0 && low.is_finite() && high.is_finite();
        valid.then(|| Self { low: low / 1.15, high: high.max(low * 1.2) * 1.15, cells })
    }

    /// Where a value stands, 0 … 1 inside.
    fn fraction(self, value: f64) -> f64 {
        libm::log(value / self.low) / libm::log(self.high / self.low)
    }

    /// The cell of a value inside.
    fn cell(self, value: f64) -> Option<u16> {
        let fraction = self.fraction(value);
        let cell = libm::floor(fraction * f64::from(self.cells)) as u16;
        (0.0..=1.0).contains(&fraction).then(|| cell.min(self.cells.saturating_sub(1)))
    }

    /// Round values inside: 1, 2 and 5 times powers of ten.
    fn ticks(self) -> Vec<f64> {
        let power = libm::floor(libm::log10(self.low)) as i32;
        let decades = (power..=power + 12).map(|power| libm::pow(10.0, f64::from(power)));
        let steps = decades.flat_map(|decade| [decade, 2.0 * decade, 5.0 * decade]);
        // Powers of ten come with a little dust.
        let round = |value: f64| format!("{value:.3e}").parse().unwrap_or(value);
        steps.map(round).filter(|tick| (self.low..=self.high).contains(tick)).collect()
    }
}

impl Picture<'_> {
    /// Draws the picture; what has no room for it stays as it is.
    pub(super) fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let names = self
            .curves
            .iter()
            .map(|curve| text::cells(text::width(&Self::name(cx, curve))) + 2)
            .max()
            .unwrap_or(0);
        let canvas = Rect {
            x: area.x + LABELS,
            y: area.y + 1,
            width: area.width.saturating_sub(LABELS + names + 1),
            height: area.height.saturating_sub(1 + below(area)),
        };
        if canvas.width < LEAST.0 || canvas.height < LEAST.1 {
            return;
        }
        let points = || self.curves.iter().flat_map(|curve| curve.points.iter());
        let cursor = self.cursor.into_iter();
        let speeds = points().map(|(speed, _)| *speed).chain(cursor.clone().map(|(_, speed, _)| speed));
        let costs = points().map(|(_, cost)| *cost).chain(cursor.map(|(.., cost)| cost)).chain(self.present);
        let (Some(x), Some(y)) = (
            Axis::new(speeds.collect::<Vec<_>>().into_iter(), canvas.width),
            Axis::new(costs.filter(|cost| *cost > 0.0).collect::<Vec<_>>().into_iter(), canvas.height),
        ) else {
            return;
        };
        grid(cx, (x, y), canvas, buffer);
        self.levels(cx, (x, y), canvas, buffer);
        // The lines that matter are drawn last, so that they stay whole where lines cross.
        let signs = if cx.signs.ascii { PLAIN_SIGNS } else { SIGNS };
        let mut curves: Vec<(&GpuCurve, &str)> = self.curves.iter().zip(signs.into_iter().cycle()).collect();
        let end = |curve: &GpuCurve| curve.points.last().map_or(0.0, |(_, cost)| *cost);
        curves.sort_by(|(a, _), (b, _)| self.weight(a).cmp(&self.weight(b)).then(end(a).total_cmp(&end(b))));
        for (curve, _) in curves.iter().filter(|_| !cx.signs.ascii) {
            braille(curve, (x, y), canvas, buffer, self.style(cx, curve));
        }
        // All points stand above all lines: nothing between them was measured.
        for (curve, sign) in &curves {
            measured(curve, (x, y), canvas, buffer, self.style(cx, curve), sign);
        }
        axes(cx, area, canvas, (x, y), buffer);
        self.names(cx, &curves, (x, y), canvas, buffer);
        self.mark(cx, (x, y), canvas, buffer);
        self.legend(cx, Rect { height: 1, ..area }, buffer);
    }

    /// What the picture is of, and what its lines across and stars stand for: above it, where no point is covered.
    fn legend(&self, cx: &Context, row: Rect, buffer: &mut Buffer) {
        let quiet = cx.theme.quiet;
        let mut line = Line::new(row, buffer);
        line.put(self.what, quiet);
        if let Some(cost) = self.present {
            let (sign, cost) = (cx.signs.far, number::money(cost));
            let _ = line.put_whole(&format!("   {sign}{sign} here {cost}"), quiet)
                || line.put_whole(&format!("  {sign} {cost}"), quiet);
        }
        if self.star {
            line.put_whole(&format!("   {} at the present rent", cx.signs.changed), quiet);
        }
    }

    /// How much a line matters: that of the cursor most, then the cheapest, then those with a listed rent.
    fn weight(&self, curve: &GpuCurve) -> u8 {
        let of = |gpu: Option<&str>| gpu == Some(&*curve.gpu);
        if of(self.cursor.map(|(gpu, ..)| gpu)) {
            3
        } else if of(self.best) {
            2
        } else {
            u8::from(curve.listed)
        }
    }

    fn style(&self, cx: &Context, curve: &GpuCurve) -> Style {
        match self.weight(curve) {
            3 => cx.theme.focus,
            2 => cx.theme.good,
            1 => cx.theme.text,
            _ => cx.theme.quiet,
        }
    }

    /// A GPU's name; a star stands for the present rent.
    fn name(cx: &Context, curve: &GpuCurve) -> String {
        let star = if curve.listed { "" } else { cx.signs.changed };
        format!("{}{star}", curve.gpu)
    }

    /// The speed asked for and the present cost, as lines across.
    fn levels(&self, cx: &Context, (x, y): (Axis, Axis), canvas: Rect, buffer: &mut Buffer) {
        if let Some(column) = self.least_speed.and_then(|speed| x.cell(speed)) {
            for row in canvas.rows() {
                let cell = Rect { x: canvas.x + column, width: 1, ..row };
                paint::left(cell, buffer, if cx.signs.ascii { ":" } else { "┊" }, cx.theme.quiet);
            }
        }
        if let Some(row) = self.present.and_then(|cost| y.cell(cost)) {
            let row = Rect { y: canvas.bottom() - 1 - row, height: 1, ..canvas };
            Line::new(row, buffer).fill(cx.signs.far, cx.theme.quiet);
        }
    }

    /// The row under the cursor.
    fn mark(&self, cx: &Context, (x, y): (Axis, Axis), canvas: Rect, buffer: &mut Buffer) {
        let Some((_, speed, cost)) = self.cursor else { return };
        let (Some(column), Some(row)) = (x.cell(speed), y.cell(cost)) else { return };
        if let Some(cell) = buffer.cell_mut((canvas.x + column, canvas.bottom() - 1 - row)) {
            cell.set_symbol(cx.signs.present).set_style(cx.theme.focus);
        }
    }

    /// The names at the ends of the lines: beside the last point where that is free, else with its sign at the right,
    /// as near as there is room. Those that matter most choose first.
    fn names(
        &self,
        cx: &Context,
        curves: &[(&GpuCurve, &str)],
        (x, y): (Axis, Axis),
        canvas: Rect,
        buffer: &mut Buffer,
    ) {
        let mut free: Vec<u16> = canvas.rows().map(|row| row.y).collect();
        for (curve, sign) in curves.iter().rev() {
            let Some((speed, cost)) = curve.points.last() else { continue };
            let (Some(column), Some(row)) = (x.cell(*speed), y.cell(*cost)) else { continue };
            let (column, row) = (canvas.x + column, canvas.bottom() - 1 - row);
            let (name, style) = (Self::name(cx, curve), self.style(cx, curve));
            let cells = text::cells(text::width(&name));
            let beside = Rect { x: column + 1, y: row, width: cells + 2, height: 1 };
            if beside.right() <= canvas.right() && is_free(beside, buffer) {
                let words = Rect { x: beside.x + 1, width: cells, ..beside };
                paint::left(words, buffer, &name, style);
                continue;
            }
            let nearest = (0..free.len()).min_by_key(|at| free.get(*at).map(|free| free.abs_diff(row)));
            let Some(y) = nearest.map(|at| free.remove(at)) else { break };
            let words = Rect { x: canvas.right() + 1, y, width: cells + 2, height: 1 };
            paint::left(words.intersection(*buffer.area()), buffer, &format!("{sign} {name}"), style);
        }
    }
}

/// Whether a stretch of the picture shows nothing but its grid.
fn is_free(area: Rect, buffer: &Buffer) -> bool {
    let free = |x| buffer.cell((x, area.y)).is_some_and(|cell| matches!(cell.symbol(), " " | "┈" | "┊"));
    (area.x..area.right()).all(free)
}

/// The lines from which on a grid helps more than it covers.
const GRIDDED: u16 = 10;

/// Faint lines at the round values of both axes, where a colour can be faint and there is room.
fn grid(cx: &Context, (x, y): (Axis, Axis), canvas: Rect, buffer: &mut Buffer) {
    if cx.theme.ground.is_none() || cx.signs.ascii || canvas.height < GRIDDED {
        return;
    }
    for row in y.ticks().into_iter().filter_map(|tick| y.cell(tick)) {
        let row = Rect { y: canvas.bottom() - 1 - row, height: 1, ..canvas };
        Line::new(row, buffer).fill("┈", cx.theme.rule);
    }
    for column in x.ticks().into_iter().filter_map(|tick| x.cell(tick)) {
        for row in canvas.rows() {
            paint::left(Rect { x: canvas.x + column, width: 1, ..row }, buffer, "┊", cx.theme.rule);
        }
    }
}

/// A line in braille, on top of what is there.
fn braille(curve: &GpuCurve, (x, y): (Axis, Axis), canvas: Rect, buffer: &mut Buffer, style: Style) {
    let mut layer = Buffer::empty(canvas);
    let at = |(speed, cost): &(f64, f64)| (x.fraction(*speed), y.fraction(*cost));
    Canvas::default()
        .marker(Marker::Braille)
        .x_bounds([0.0, 1.0])
        .y_bounds([0.0, 1.0])
        .paint(|context| {
            for pair in curve.points.windows(2) {
                if let [from, to] = pair {
                    let ((x1, y1), (x2, y2)) = (at(from), at(to));
                    context.draw(&Segment::new(x1, y1, x2, y2, Color::White));
                }
            }
        })
        .render(canvas, &mut layer);
    paint::plot::overlay(&layer, buffer, style);
}

/// The points themselves.
fn measured(
    curve: &GpuCurve,
    (x, y): (Axis, Axis),
    canvas: Rect,
    buffer: &mut Buffer,
    style: Style,
    sign: &str,
) {
    for (speed, cost) in &curve.points {
        if let (Some(column), Some(row)) = (x.cell(*speed), y.cell(*cost))
            && let Some(cell) = buffer.cell_mut((canvas.x + column, canvas.bottom() - 1 - row))
        {
            cell.set_symbol(sign).set_style(style);
        }
    }
}

/// Costs at the left, speeds below, and what they are.
fn axes(cx: &Context, area: Rect, canvas: Rect, (x, y): (Axis, Axis), buffer: &mut Buffer) {
    let theme = cx.theme;
    let mut last = None;
    for (tick, row) in
        y.ticks().into_iter().filter_map(|tick| Some((tick, canvas.height - 1 - y.cell(tick)?)))
    {
        if last.is_some_and(|last: u16| last.abs_diff(row) < 2) {
            continue;
        }
        last = Some(row);
        let label = Rect { x: area.x, y: canvas.y + row, width: LABELS - 1, height: 1 };
        paint::right(label, buffer, &number::money(tick), theme.quiet);
    }
    for row in canvas.rows() {
        paint::left(Rect { x: canvas.x - 1, width: 1, ..row }, buffer, cx.signs.divider, theme.rule);
    }
    let axis = Rect { y: canvas.bottom(), height: below(area) - 1, ..canvas };
    Line::new(axis, buffer).fill(cx.signs.rule, theme.rule);
    let labels = Rect { y: axis.bottom(), height: 1, ..canvas };
    let words = if labels.width < 30 { "tok/s" } else { "tok/s a user" };
    let room = labels.width.saturating_sub(text::cells(text::width(words)) + 1);
    let mut free = 0;
    for tick in x.ticks() {
        let Some(column) = x.cell(tick) else { continue };
        let label = number::plain(tick);
        let width = text::cells(text::width(&label));
        let start = column.saturating_sub(width / 2);
        if start < free || start + width > room {
            continue;
        }
        free = start + width + 1;
        paint::left(Rect { x: labels.x + start, width, ..labels }, buffer, &label, theme.quiet);
        if axis.height > 0
            && let Some(cell) = buffer.cell_mut((labels.x + column, axis.y))
        {
            cell.set_symbol(cx.signs.tee_up).set_style(theme.rule);
        }
    }
    paint::right(labels, buffer, words, theme.quiet);
    let unit = Rect { x: area.x, y: labels.y, width: LABELS - 1, height: 1 };
    paint::right(unit, buffer, "$/M", theme.quiet);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_factors_are_equal_distances_and_ticks_are_round() {
        let axis = Axis::new([10.0, 1000.0].into_iter(), 100).expect("an axis");
        let step = axis.fraction(100.0) - axis.fraction(10.0);
        assert!((axis.fraction(1000.0) - axis.fraction(100.0) - step).abs() < 1e-12);
        assert_eq!(axis.ticks(), [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0]);
        let costs = Axis::new([0.06, 0.3].into_iter(), 10).expect("an axis");
        assert_eq!(costs.ticks(), [0.1, 0.2]);
        assert_eq!((axis.cell(5.0), axis.cell(2000.0)), (None, None));
        for bad in [&[][..], &[0.0], &[-1.0, 1.0], &[f64::NAN], &[f64::INFINITY]] {
            assert!(Axis::new(bad.iter().copied(), 10).is_none(), "{bad:?}");
        }
        assert!(Axis::new([5.0].into_iter(), 10).is_some_and(|axis| axis.cell(5.0).is_some()));
    }
}
