//! Lines of equal margin with words on them, in place of a legend.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Line as Segment};

use super::{ground, levels};
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

/// The least lines of a map that has more than the target's line.
const ROOMY: u16 = 11;

/// The lines on a map: the target's first.
pub(super) fn all(map: &MapReport, target: f64) -> Vec<Contour> {
    [target]
        .into_iter()
        .chain(levels::others(target))
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
    // Shades change where a line would be: only the target's is drawn.
    let drawn = |contour: &&Contour| contour.is_target || ground::is_mixed(cx);
    for contour in contours.iter().rev().filter(drawn) {
        contour.draw(cx, cross, canvas, buffer);
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
            let ink = |_| word_ink(cx, middle);
            ground::over(cx, buffer, canvas, (column, line), letter.encode_utf8(&mut [0; 4]), ink);
        }
    }
}

/// The colour of a line over a ground, more or less strong: the same on all grounds, so that a line holds together.
pub(super) fn ink(cx: &Context, ground: Color, part: f64) -> Color {
    match (ground, cx.theme.strong.fg) {
        (Color::Rgb(..), Some(strong)) => mix(ground, strong, part),
        _ => cx.theme.text.fg.unwrap_or_default(),
    }
}

/// The colour of words on a ground.
fn word_ink(cx: &Context, ground: Color) -> Color {
    match ground {
        Color::Rgb(..) => ink_on(ground),
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
    ///
    /// Where it meets the cross-hair, dots of both are joined, so that both are whole.
    fn draw(&self, cx: &Context, cross: Option<(u16, u16)>, canvas: Rect, buffer: &mut Buffer) {
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
                let Some(dots) = layer.cell((column, line)).and_then(|cell| dots(cell.symbol())) else {
                    continue;
                };
                let upright = if cross.is_some_and(|(at, _)| at == column) { UPRIGHT } else { 0 };
                let across = if cross.is_some_and(|(_, at)| at == line) { ACROSS } else { 0 };
                let sign = char::from_u32(BLANK | dots | upright | across).unwrap_or(' ');
                ground::over(cx, buffer, canvas, (column, line), sign.encode_utf8(&mut [0; 4]), ink);
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

/// Braille without dots; a line of dots through it, upright and across.
const BLANK: u32 = 0x2800;
const UPRIGHT: u32 = 0x47;
const ACROSS: u32 = 0x12;

/// The dots of a sign that is braille with at least one.
fn dots(sign: &str) -> Option<u32> {
    let dots = u32::from(sign.chars().next()?).checked_sub(BLANK)?;
    (1..=0xff).contains(&dots).then_some(dots)
}
