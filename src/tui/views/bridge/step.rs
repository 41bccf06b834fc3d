//! The lines of a bridge that have columns: an end, a share and its parts, all together.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::line::Line;
use super::part::Part;
use super::waterfall;
use crate::quantity::number;
use crate::report::bridge::{self, BridgeReport};
use crate::text;
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::bars::{self, Scale};
use crate::tui::paint::columns::{Column, Columns, Set};

/// Name, both values, the picture, margin points, factor.
const COLUMNS: [Column; 6] = [
    Column { title: "", set: Set::Words(12), gap: 0, spare: 0 },
    Column { title: "", set: Set::Right, gap: 1, spare: 4 },
    Column { title: "", set: Set::Left, gap: 1, spare: 3 },
    Column { title: "", set: Set::Left, gap: 1, spare: 1 },
    Column { title: "margin", set: Set::Right, gap: 1, spare: 0 },
    Column { title: "factor", set: Set::Right, gap: 2, spare: 2 },
];
/// The cells that the name of a scenario may take from the picture.
const END: usize = 22;
/// The column of names.
const NAME: usize = 0;
/// The column of the present value.
const TO: usize = 2;
/// The column of the picture.
const PICTURE: usize = 3;

/// What is known of all rows before one is drawn.
pub(in crate::tui::views) struct Fit {
    /// Whether values stand below names, and bars are two lines high.
    stacked: bool,
    columns: Columns<6>,
    scale: Option<Scale>,
}

impl Fit {
    /// The columns that the lines need in this width.
    pub(super) fn of(cx: &Context, report: Option<&BridgeReport>, lines: &[Line], width: u16) -> Self {
        let stacked = lines.iter().any(|line| matches!(line, Line::Part(Part { bar: Some(_), .. })));
        let cells_of = |line| cells(cx, report?, line, stacked);
        let mut cells: Vec<_> = lines.iter().filter_map(cells_of).collect();
        // The picture takes what the numbers leave.
        let picture = picture_width(&cells, width);
        if let Some(first) = cells.first_mut() {
            first[PICTURE] = " ".repeat(usize::from(picture));
        }
        let columns = Columns::fit(COLUMNS, &cells, width);
        let scale = scale(lines, columns.column(PICTURE).map_or(0, |(_, width)| width));
        Self { stacked, columns, scale }
    }

    /// The headings of the columns.
    pub(super) fn titles(&self, cx: &Context, row: Rect, buffer: &mut Buffer) {
        self.columns.titles(row, buffer, cx.theme.quiet);
    }

    /// Margins along the picture.
    pub(super) fn axis(&self, cx: &Context, row: Rect, buffer: &mut Buffer) {
        if let (Some(scale), Some((x, width))) = (&self.scale, self.columns.column(PICTURE)) {
            let canvas = Rect { x: row.x + x, width, ..row }.intersection(row);
            waterfall::numbers(cx, scale, canvas, buffer);
        }
    }

    /// A row with columns and a picture.
    pub(super) fn draw(
        &self,
        cx: &Context,
        report: &BridgeReport,
        line: &Line<'_>,
        selected: bool,
        row: Rect,
        buffer: &mut Buffer,
    ) {
        let (theme, columns) = (cx.theme, &self.columns);
        let Some(mut cells) = cells(cx, report, line, self.stacked) else { return };
        let picture = columns.column(PICTURE);
        let (mut name, mut number) = (theme.text, theme.text);
        match line {
            Line::End(words, _, pinned) => {
                number = if *pinned { theme.pinned } else { theme.strong };
                name = number;
                if self.stacked {
                    // Another row may have made room for all of it.
                    cells[NAME].clone_from(words);
                } else {
                    let width = picture.map_or(row.width, |(x, _)| x.saturating_sub(1));
                    paint::left(Rect { width, ..row }.intersection(row), buffer, words, number);
                }
            }
            Line::Sum(points, _) => {
                name = theme.quiet;
                number = theme.verdict(*points >= 0.0);
            }
            Line::Share(share, ..) => {
                number = theme.verdict(share.margin_points >= 0.0);
                if selected {
                    name = theme.selected;
                }
            }
            Line::Part(part) => {
                name = theme.quiet;
                if columns.column(TO).is_none() && !self.stacked {
                    let words = format!("{} {} {}", part.from, cx.signs.arrow, part.to);
                    paint::right(row, buffer, &words, theme.quiet);
                }
            }
            _ => {}
        }
        let quiet = theme.quiet;
        columns.row(row, buffer, &cells, [name, quiet, quiet, quiet, number, theme.text]);
        if let (Some(scale), Some((x, width))) = (&self.scale, picture) {
            let canvas = Rect { x: row.x + x, width, ..row }.intersection(row);
            // A bar is in the lower half of its line, and in the upper one of the next where it has two.
            match line {
                Line::End(_, Some(margin), pinned) => {
                    waterfall::end(cx, *margin, *pinned, scale, canvas, buffer);
                }
                Line::Share(_, from, to) => {
                    bars::low(cx, &waterfall::step(cx, scale, *from, *to), canvas, buffer);
                }
                Line::Part(Part { bar: Some((from, to)), .. }) => {
                    bars::high(cx, &waterfall::step(cx, scale, *from, *to), canvas, buffer);
                }
                _ => {}
            }
            waterfall::target(cx, scale, canvas, buffer);
        }
    }
}

/// The cells of the rows that have columns.
fn cells(cx: &Context, report: &BridgeReport, entry: &Line, stacked: bool) -> Option<[String; 6]> {
    let none = String::new;
    let margin = |margin: &Option<f64>| number::or_undefined(*margin, number::margin);
    Some(match entry {
        // Its name has the room of both values too, where they stand beside it.
        Line::End(name, value, _) => {
            let name = if stacked { text::fit(name, END) } else { none() };
            [name, none(), none(), none(), margin(value), none()]
        }
        Line::Sum(points, shapley) => {
            let (points, factor) = (number::points(*points), bridge::factor(*shapley));
            ["together".to_owned(), none(), none(), none(), points, factor]
        }
        Line::Share(share, ..) => {
            let values = Part::values(share).filter(|_| !stacked);
            let (from, to) = values
                .map_or_else(Default::default, |part| (part.from, format!("{} {}", cx.signs.arrow, part.to)));
            let points = number::points(share.margin_points);
            let factor = bridge::factor(share.shapley);
            [report.name(&share.input), from, to, none(), points, factor]
        }
        Line::Part(part) if stacked => [part.words(cx), none(), none(), none(), none(), none()],
        Line::Part(Part { name, from, to, .. }) => {
            [format!("  {name}"), from.clone(), format!("{} {to}", cx.signs.arrow), none(), none(), none()]
        }
        _ => return None,
    })
}

/// Both ends of all bars.
fn scale(entries: &[Line], cells: u16) -> Option<Scale> {
    let margins = || {
        entries.iter().filter_map(|entry| match entry {
            Line::Share(_, from, to) => Some([*from, *to]),
            _ => None,
        })
    };
    let low = margins().flatten().reduce(f64::min)?;
    let high = margins().flatten().reduce(f64::max)?;
    Some(Scale::new(low, high, cells))
}

/// The least and the most cells of the picture.
const PICTURE_WIDTH: (u16, u16) = (8, 60);

/// What the numbers leave for the picture.
fn picture_width(cells: &[[String; 6]], width: u16) -> u16 {
    let columns = Columns::fit(COLUMNS, cells, width.saturating_sub(PICTURE_WIDTH.0));
    width.saturating_sub(columns.width() + 1).clamp(PICTURE_WIDTH.0, PICTURE_WIDTH.1)
}
