//! The rows as dumbbells: today at the left, the break-even as far from it as it is, both with their values.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::line::{Line, Measure};
use crate::analysis::{Distance, round_up};
use crate::quantity::number;
use crate::report::words;
use crate::text;
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::bars;
use crate::tui::paint::columns::{Column, Columns, Set};
use crate::tui::paint::ticks;

/// Name, present value, picture with the value at its far end, distance.
const COLUMNS: [Column; 4] = [
    Column { title: "input", set: Set::Words(12), gap: 0, spare: 0 },
    Column { title: "today", set: Set::Right, gap: 1, spare: 1 },
    Column { title: "", set: Set::Left, gap: 1, spare: 0 },
    Column { title: "", set: Set::Right, gap: 2, spare: 2 },
];
/// The column of the present value.
const TODAY: usize = 1;
/// The column of the picture.
const PICTURE: usize = 2;
/// The column of the distance.
const DISTANCE: usize = 3;

/// What is tried one after the other: whether there are units, and the least cells of the line between both marks.
const TRIES: [(bool, u16); 4] = [(true, 20), (false, 16), (false, 8), (false, 7)];
/// The most cells of that line.
const LONGEST: u16 = 60;
/// The longest factor that the axis has room for.
const FARTHEST: f64 = 1e4;

/// What is known of all rows before one is drawn.
pub(in crate::tui::views) struct Fit {
    columns: Columns<4>,
    /// Cells of the line between both marks; none where there is only room for words.
    line: Option<u16>,
    with_unit: bool,
    /// The far ends of both axes.
    factor: f64,
    points: f64,
    /// Today's margin, and the one to be reached.
    margins: Option<(f64, f64)>,
}

impl Fit {
    /// Shares a width out among the rows: units go first, then distances, then the picture.
    pub(super) fn of(cx: &Context, lines: &[Line], margin: Option<f64>, width: u16) -> Self {
        let distances = || {
            lines.iter().filter_map(|line| match line {
                Line::Reached(reached) => Some(reached.distance),
                _ => None,
            })
        };
        let factor = distances().filter_map(Distance::factor).fold(1.0, f64::max);
        let points = distances().filter_map(Distance::points).fold(0.0, f64::max);
        let texts: Vec<_> = lines
            .iter()
            .filter_map(|line| Some((line.cells()?, line.far_end()?, matches!(line, Line::Reached(_)))))
            .collect();
        let has_reached = texts.iter().any(|(.., reached)| *reached);
        let fit = |with_unit: bool, shortest: Option<u16>| {
            // In a narrow view what nothing can reach has its far ends as far as they fit.
            let all = shortest.is_none_or(|line| line > TRIES[2].1) || !has_reached;
            let end_width = |(value, unit): &(String, String)| {
                text::width(value) + if with_unit { text::width(unit) } else { 0 }
            };
            let counted = texts.iter().filter(|(.., reached)| all || *reached);
            let longest = text::cells(counted.map(|(_, end, _)| end_width(end)).max().unwrap_or(0));
            let least = shortest.map_or(0, |line| line + 1 + longest);
            let empty = " ".repeat(usize::from(least));
            let words: Vec<String> = match shortest {
                Some(_) => Vec::new(),
                None => texts.iter().map(|(_, (end, _), _)| format!("{} {end}", cx.signs.arrow)).collect(),
            };
            let pictures = words.iter().chain(std::iter::repeat(&empty));
            let rows: Vec<[&str; 4]> = texts
                .iter()
                .zip(pictures)
                .map(|(([name, today, last], ..), picture)| [&**name, &**today, &**picture, &**last])
                .collect();
            let mut columns = Columns::fit(COLUMNS, &rows, width);
            // The distances go before the present values, and those before the picture.
            let shown = [TODAY, DISTANCE].iter().filter(|column| columns.column(**column).is_some()).count();
            let fits = columns.width() <= width;
            if let Some(shortest) = shortest {
                let most = columns.width().saturating_add(LONGEST.saturating_sub(shortest));
                columns = columns.stretched(PICTURE, width.min(most));
            }
            let room = columns.column(PICTURE).map(|(_, width)| width.saturating_sub(longest + 1));
            let fit = Self {
                columns,
                line: room.filter(|_| shortest.is_some()),
                with_unit,
                factor: factor.clamp(2.0, FARTHEST) * 1.001,
                points: if points > 0.0 { round_up(points) } else { 1.0 },
                margins: margin.map(|margin| (margin, cx.target)),
            };
            (fit, shown, fits)
        };
        TRIES
            .into_iter()
            .zip([2, 2, 1, 0])
            .find_map(|((with_unit, shortest), least)| {
                let (fit, shown, fits) = fit(with_unit, Some(shortest));
                (fits && shown >= least).then_some(fit)
            })
            .unwrap_or_else(|| fit(false, None).0)
    }

    /// Where the last column ends.
    pub(super) fn width(&self) -> u16 {
        self.columns.width()
    }

    /// How far along the line a row's far end is, 0 … 1, and whether that is all the way there is.
    fn way(&self, line: &Line) -> Option<(f64, bool)> {
        match line {
            Line::Reached(reached) => Some(match reached.distance {
                Distance::Points(points) => (points.abs() / self.points, true),
                distance => match distance.factor() {
                    Some(factor) => (libm::log(factor) / libm::log(self.factor), factor <= self.factor),
                    None => (1.0, false),
                },
            }),
            Line::OutOfReach(_, entry) => {
                let ((today, target), best) = (self.margins?, entry.best?);
                let way = (today - best) / (today - target);
                way.is_finite().then_some((way, true))
            }
            _ => None,
        }
    }

    /// The cell of the far end.
    fn cell(way: f64, line: u16) -> u16 {
        libm::round(way.clamp(0.0, 1.0) * f64::from(line.saturating_sub(1))) as u16
    }

    /// The numbers of an axis above its rows.
    pub(super) fn axis(&self, cx: &Context, measure: Measure, holds: bool, row: Rect, buffer: &mut Buffer) {
        let quiet = cx.theme.quiet;
        let even = if self.line.is_none() { words::even(cx.target) } else { "" };
        let titles = ["input", "today", even, ""];
        self.columns.row(row, buffer, &titles, [quiet; 4]);
        let words = match (measure, holds) {
            (Measure::Points, _) => "points",
            (Measure::Factor, true) => "times worse",
            (Measure::Factor, false) => "times better",
        };
        let (Some((x, width)), Some(line)) = (self.columns.column(PICTURE), self.line) else { return };
        let mut end = row.x + x + width;
        if self.columns.column(DISTANCE).is_some() {
            let title = Rect { width: self.width().min(row.width), ..row };
            end = paint::right(title, buffer, words, quiet);
        }
        let ticks = match measure {
            Measure::Factor => ticks::log(1.0, self.factor, usize::from(line / 4)),
            Measure::Points => ticks::linear(0.0, self.points, line / 8),
        };
        let label = |tick: f64| match measure {
            Measure::Factor => format!("×{}", number::plain(tick)),
            Measure::Points => number::percent(tick).replace('%', "pt"),
        };
        let way = |tick: f64| match measure {
            Measure::Factor => libm::log(tick) / libm::log(self.factor),
            Measure::Points => tick / self.points,
        };
        let mut labels: Vec<_> =
            ticks.into_iter().map(|tick| (Self::cell(way(tick), line), label(tick), quiet)).collect();
        if self.columns.column(DISTANCE).is_none() && measure == Measure::Factor {
            let words = words.trim_start_matches("times ");
            labels.push((width.saturating_sub(text::cells(text::width(words) / 2)), words.to_owned(), quiet));
        }
        let area = Rect { x: row.x + x, width: end.saturating_sub(row.x + x), ..row };
        bars::labels(&labels, area.intersection(row), buffer);
    }

    /// A row: today's value, its mark, a line, the mark and the value of the far end, and how far it is.
    pub(super) fn draw(&self, cx: &Context, line: &Line, selected: bool, row: Rect, buffer: &mut Buffer) {
        let (theme, signs) = (cx.theme, cx.signs);
        let (Some([name, today, last]), Some((mut end, unit))) = (line.cells(), line.far_end()) else {
            return;
        };
        if self.with_unit {
            end.push_str(&unit);
        }
        let reached = matches!(line, Line::Reached(_));
        let focused = line.input().is_some_and(|(id, _)| id == cx.focused);
        let value = if reached { theme.strong } else { theme.text };
        let mut styles = [if focused { theme.focus } else { theme.text }, theme.text, value, theme.text];
        if selected {
            buffer.set_style(Rect { width: self.width(), ..row }.intersection(row), theme.selected);
            styles = [theme.selected; 4];
        }
        let words = if self.line.is_some() { String::new() } else { format!("{} {end}", signs.arrow) };
        self.columns.row(row, buffer, &[name, today, words, last], styles);
        let (Some((x, width)), Some(cells)) = (self.columns.column(PICTURE), self.line) else { return };
        let picture = Rect { x: row.x + x, width, ..row }.intersection(row);
        let Some((way, whole)) = self.way(line) else {
            return paint::left(picture, buffer, &format!("{} {end}", signs.arrow), styles[PICTURE]);
        };
        let far = Self::cell(way, cells).max(1);
        let hue = if cx.holds() { theme.up } else { theme.down };
        let between = match (reached, selected || focused) {
            (false, _) => theme.track,
            (true, true) => hue,
            (true, false) => theme.tint(hue, 0.5),
        };
        let ground = if selected { theme.selected } else { ratatui::style::Style::new() };
        let sign = if whole { signs.range } else { signs.far };
        for cell in 1..far {
            bars::mark(
                picture,
                cell,
                if reached { sign } else { signs.track },
                ground.patch(between),
                buffer,
            );
        }
        let present = if focused { theme.focus } else { theme.strong };
        bars::mark(picture, 0, signs.present, ground.patch(present), buffer);
        let (sign, style) = match (reached, cx.signs.ascii) {
            (true, _) => (signs.cross, theme.mark),
            (false, true) => ("|", theme.text),
            (false, false) => ("┤", theme.text),
        };
        bars::mark(picture, far, sign, ground.patch(style), buffer);
        let label = Rect { x: picture.x + far + 2, width: width.saturating_sub(far + 2), ..picture };
        paint::Line::new(label.intersection(picture), buffer).put_whole(&end, styles[PICTURE]);
    }
}
