//! Lines of equal margin with words on them, in place of a legend.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Line as Segment};

use super::ground;
use crate::analysis::Segment as Stretch;
use crate::quantity::number;
use crate::report::map::MapReport;
use crate::text;
use crate::tui::context::Context;
use crate::tui::theme::{ink_on, mix};

/// A line of equal margin.
pub(super) struct Contour {
    level: f64,
    /// What stands beside it on its lower side, or on it.
    words: String,
    /// Whether it is the target's, which matters most.
    is_target: bool,
    pieces: Vec<Stretch>,
}

/// Margins worth a line besides the target.
const LEVELS: [f64; 4] = [-1.0, 0.0, 0.5, 0.75];

/// The least lines of a map that has more than the target's line.
const ROOMY: u16 = 11;

/// The lines on a map: the target's first.
pub(super) fn all(map: &MapReport, target: f64) -> Vec<Contour> {
    let others = LEVELS.into_iter().filter(|level| (level - target).abs() > 0.05);
    [target]
        .into_iter()
        .chain(others)
        .map(|level| Contour {
            level,
            words: match (level == 0.0, level == target) {
                (true, _) => "loses money".to_owned(),
                (false, true) => format!("below {}", number::percent(level)),
                (false, false) => number::percent(level),
            },
            is_target: level == target,
            pieces: map.map.contour_at(level),
        })
        .filter(|contour| !contour.pieces.is_empty())
        .collect()
}

/// Draws all lines and, where there is room, their words. The cross-hair keeps free of words.
pub(super) fn draw(
    cx: &Context,
    map: &MapReport,
    contours: &[Contour],
    cross: Option<(u16, u16)>,
    canvas: Rect,
    buffer: &mut Buffer,
) {
    let cells: Vec<Vec<(u16, u16)>> = contours.iter().map(|contour| contour.cells(canvas)).collect();
    // On a small map one line is enough.
    let shown = if canvas.height < ROOMY { 1 } else { contours.len() };
    let contours = contours.get(..shown).unwrap_or_default();
    for contour in contours.iter().rev() {
        contour.draw(cx, canvas, buffer);
    }
    // Those placed before, as line, first and last column.
    let mut taken: Vec<(u16, u16, u16)> = Vec::new();
    for (contour, cells) in contours.iter().zip(&cells) {
        let width = text::width(&contour.words) as u16 + 2;
        let Some((line, start)) = contour.find_room(map, cells, width, cross, &taken, canvas) else {
            continue;
        };
        taken.push((line, start, start + width));
        let middle = ground::of(buffer, canvas, (start + width / 2, line));
        for (column, letter) in (start..).zip(format!(" {} ", contour.words).chars()) {
            let ink = |_| ink(cx, middle, 1.0);
            ground::over(cx, buffer, canvas, (column, line), letter.encode_utf8(&mut [0; 4]), ink);
        }
    }
}

/// What can be read on a ground, more or less strongly.
pub(super) fn ink(cx: &Context, ground: Color, part: f64) -> Color {
    match ground {
        Color::Rgb(..) => mix(ground, ink_on(ground), part),
        _ => cx.theme.text.fg.unwrap_or_default(),
    }
}

impl Contour {
    /// The cells that the line passes, as column and line of the picture, from the top.
    fn cells(&self, canvas: Rect) -> Vec<(u16, u16)> {
        let (width, height) = (f64::from(canvas.width), f64::from(canvas.height));
        let mut cells: Vec<(u16, u16)> = self
            .pieces
            .iter()
            .flat_map(|[from, to]| {
                let ((x, y), (to_x, to_y)) =
                    ((from.0 * width, from.1 * height), (to.0 * width, to.1 * height));
                let count = libm::ceil((to_x - x).abs().max((to_y - y).abs()) * 2.0) as u16;
                (0..=count).map(move |step| {
                    let way = f64::from(step) / f64::from(count.max(1));
                    ((x + way * (to_x - x)) as u16, (height - (y + way * (to_y - y))) as u16)
                })
            })
            .filter(|(column, line)| *column < canvas.width && *line < canvas.height)
            .map(|(column, line)| (line, column))
            .collect();
        cells.sort_unstable();
        cells.dedup();
        cells.into_iter().map(|(line, column)| (column, line)).collect()
    }

    /// The line itself: dots that join, or a sign in every cell that it passes.
    fn draw(&self, cx: &Context, canvas: Rect, buffer: &mut Buffer) {
        let part = if self.is_target { 1.0 } else { 0.5 };
        let ink = |ground| ink(cx, ground, part);
        if cx.signs.ascii {
            for at in self.cells(canvas) {
                ground::over(cx, buffer, canvas, at, if self.is_target { "@" } else { "o" }, ink);
            }
            return;
        }
        let mut layer = Buffer::empty(Rect { x: 0, y: 0, ..canvas });
        Canvas::default()
            .marker(Marker::Braille)
            .x_bounds([0.0, 1.0])
            .y_bounds([0.0, 1.0])
            .paint(|context| {
                for [(x, y), (to_x, to_y)] in &self.pieces {
                    context.draw(&Segment::new(*x, *y, *to_x, *to_y, Color::White));
                }
            })
            .render(layer.area, &mut layer);
        for line in 0..canvas.height {
            for column in 0..canvas.width {
                let Some(cell) = layer.cell((column, line)).filter(|cell| is_dotted(cell.symbol())) else {
                    continue;
                };
                ground::over(cx, buffer, canvas, (column, line), cell.symbol(), ink);
            }
        }
    }

    /// Where the words go, as line and first column: on the line, or beside it on its lower side; near the middle.
    fn find_room(
        &self,
        map: &MapReport,
        cells: &[(u16, u16)],
        width: u16,
        cross: Option<(u16, u16)>,
        taken: &[(u16, u16, u16)],
        canvas: Rect,
    ) -> Option<(u16, u16)> {
        let beside = self.words.contains(char::is_alphabetic);
        let below = |column: u16, line: u16| {
            let fine = 2 * (canvas.height - 1 - line);
            ground::margin_at(map, canvas, column, fine).is_some_and(|margin| margin <= self.level)
        };
        let middle = canvas.height / 2;
        let mut candidates: Vec<(u16, u16)> = cells
            .iter()
            .flat_map(|(column, line)| {
                let starts = if beside {
                    [Some(column + 1), column.checked_sub(width)]
                } else {
                    [column.checked_sub(width / 2), None]
                };
                starts.into_iter().flatten().map(|start| (*line, start))
            })
            .filter(|(line, start)| {
                let end = start + width;
                let free = taken
                    .iter()
                    .all(|(other, from, to)| other.abs_diff(*line) > 1 || end < *from || *start > *to);
                let apart = cross.is_none_or(|(x, y)| y.abs_diff(*line) > 0 && (end <= x || *start > x));
                let inside = end <= canvas.width;
                free && apart && inside && (!beside || (*start..end).all(|column| below(column, *line)))
            })
            .collect();
        candidates.sort_by_key(|(line, _)| line.abs_diff(middle));
        candidates.first().copied()
    }
}

/// Whether a sign is braille with at least one dot.
fn is_dotted(sign: &str) -> bool {
    sign.chars().next().is_some_and(|sign| ('\u{2801}'..='\u{28ff}').contains(&sign))
}
