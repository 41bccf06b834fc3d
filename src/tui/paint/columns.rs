//! Columns of a list in a view: numbers are never cut; what does not fit is left out whole.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::line as paint;
use crate::text;

/// What is known of a column before its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its title.
    pub title: &'static str,
    /// How it is set.
    pub set: Set,
    /// Cells between it and the column before.
    pub gap: u16,
    /// The larger, the sooner it is left out when room is short; 0 is never left out.
    pub spare: u8,
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Set {
    /// Words, cut with an ellipsis down to this many cells before another column is left out.
    Words(u16),
    /// Text at the left, never cut.
    Left,
    /// Numbers at the right, never cut.
    Right,
}

/// Where the columns are in a given width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns<const N: usize> {
    columns: [Column; N],
    /// Distance from the left and width; `None` for what is left out.
    areas: [Option<(u16, u16)>; N],
}

impl<const N: usize> Columns<N> {
    /// Shares a width out among the columns that the rows need.
    pub(crate) fn fit<'a, S: AsRef<str> + 'a>(
        columns: [Column; N],
        rows: impl IntoIterator<Item = &'a [S; N]>,
        width: u16,
    ) -> Self {
        let mut needs = [0; N];
        for row in rows {
            for (need, cell) in needs.iter_mut().zip(row) {
                *need = (*need).max(text::cells(text::width(cell.as_ref())).min(width));
            }
        }
        let mut shown = needs.map(|need| need > 0);
        let least = |index: usize| match columns[index].set {
            Set::Words(least) => needs[index].min(least),
            Set::Left | Set::Right => needs[index],
        };
        let sum = |shown: &[bool; N], size: &dyn Fn(usize) -> u16| -> u16 {
            (0..N).filter(|index| shown[*index]).map(|index| size(index) + columns[index].gap).sum()
        };
        while sum(&shown, &least) > width {
            let spare = (0..N).filter(|index| shown[*index] && columns[*index].spare > 0);
            let Some(index) = spare.max_by_key(|index| columns[*index].spare) else { break };
            shown[index] = false;
        }
        let mut spare = width.saturating_sub(sum(&shown, &|index| needs[index]));
        let mut over = sum(&shown, &|index| needs[index]).saturating_sub(width);
        let mut x = 0;
        let mut areas = [None; N];
        for index in (0..N).filter(|index| shown[*index]) {
            let column = columns[index];
            let mut size = needs[index];
            if let Set::Words(least) = column.set {
                let cut = over.min(size.saturating_sub(least));
                size -= cut;
                over -= cut;
            }
            // A title gets its room when there is some to spare.
            let grow = (text::width(column.title) as u16).saturating_sub(size).min(spare);
            (size, spare) = (size + grow, spare - grow);
            x += column.gap;
            areas[index] = Some((x, size));
            x += size;
        }
        Self { columns, areas }
    }

    /// Gives a column what is left of a width, and moves those behind it to the right.
    #[must_use]
    pub(crate) fn stretched(mut self, column: usize, width: u16) -> Self {
        let spare = width.saturating_sub(self.width());
        if let Some((_, size)) = self.areas.get_mut(column).and_then(Option::as_mut) {
            *size += spare;
            self.areas.iter_mut().skip(column + 1).flatten().for_each(|(x, _)| *x += spare);
        }
        self
    }

    /// Where the last column ends, from the left.
    pub(crate) fn width(&self) -> u16 {
        self.areas.iter().flatten().map(|(x, width)| x + width).max().unwrap_or(0)
    }

    /// Distance from the left and width of a column; `None` when it is left out.
    pub(crate) fn column(&self, index: usize) -> Option<(u16, u16)> {
        self.areas.get(index).copied().flatten()
    }

    /// Draws one row into the first line of an area.
    pub(crate) fn row(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        cells: &[impl AsRef<str>; N],
        styles: [Style; N],
    ) {
        let spans = self.columns.iter().zip(self.areas);
        for ((column, span), (words, style)) in spans.zip(cells.iter().map(AsRef::as_ref).zip(styles)) {
            let Some((x, width)) = span else { continue };
            let cell = Rect { x: area.x.saturating_add(x), width, ..area }.intersection(area);
            match column.set {
                Set::Words(_) | Set::Left => paint::left(cell, buffer, words, style),
                Set::Right => {
                    paint::right(cell, buffer, words, style);
                }
            }
        }
    }

    /// Draws the titles. One that is longer than its column runs over neighbours without a title.
    pub(crate) fn titles(&self, area: Rect, buffer: &mut Buffer, style: Style) {
        let titled = |(column, index): (&Column, Option<(u16, u16)>)| {
            let ((x, width), long) = (index?, text::width(column.title) as u16);
            let start = match column.set {
                Set::Right => (x + width).saturating_sub(long),
                Set::Words(_) | Set::Left => x,
            };
            (long > 0).then_some((column.title, start, long))
        };
        let titles: Vec<_> = self.columns.iter().zip(self.areas).filter_map(titled).collect();
        let mut free = 0;
        for (index, (title, start, long)) in titles.iter().enumerate() {
            let end = titles
                .get(index + 1)
                .map_or(area.width, |(_, next, _)| next.saturating_sub(1))
                .min(area.width);
            let start = (*start).max(free);
            if start + long <= end {
                paint::left(Rect { x: area.x + start, width: *long, ..area }, buffer, title, style);
                free = start + long + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 3] = [
        Column { title: "input", set: Set::Words(4), gap: 0, spare: 0 },
        Column { title: "today", set: Set::Right, gap: 1, spare: 1 },
        Column { title: "break-even", set: Set::Right, gap: 2, spare: 0 },
    ];
    const ROWS: [[&str; 3]; 2] = [["Rent", "$2.00", "$12.90"], ["Utilization", "100 %", "15.5 %"]];

    fn drawn(width: u16) -> Vec<String> {
        let columns = Columns::fit(COLUMNS, &ROWS, width);
        let area = Rect::new(0, 0, width, 3);
        let mut buffer = Buffer::empty(area);
        let style = Style::new();
        columns.titles(area, &mut buffer, style);
        for (index, row) in (1..).zip(ROWS) {
            columns.row(paint::row(area, index), &mut buffer, &row, [style; 3]);
        }
        let line = |y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        (0..3).map(|y| line(y).trim_end().to_owned()).collect()
    }

    #[test]
    fn with_room_every_column_has_what_it_needs() {
        assert_eq!(Columns::fit(COLUMNS, &ROWS, 25).width(), 25);
        assert_eq!(drawn(25)[1..], ["Rent        $2.00  $12.90", "Utilization 100 %  15.5 %"]);
        let wide = [
            "input       today  break-even",
            "Rent        $2.00      $12.90",
            "Utilization 100 %      15.5 %",
        ];
        assert_eq!(drawn(80), wide);
    }

    #[test]
    fn one_column_can_take_what_the_others_leave() {
        let columns = Columns::fit(COLUMNS, &ROWS, 40).stretched(0, 40);
        assert_eq!((columns.column(0), columns.column(1)), (Some((0, 22)), Some((23, 5))));
        assert_eq!(columns.width(), 40);
        assert_eq!(Columns::fit(COLUMNS, &ROWS, 20).stretched(0, 20).width(), 20);
    }

    #[test]
    fn names_are_cut_before_a_column_goes_and_numbers_never() {
        assert_eq!(drawn(20)[1..], ["Rent   $2.00  $12.90", "Utili… 100 %  15.5 %"]);
        assert_eq!(drawn(15)[1..], ["Rent     $12.90", "Utiliz…  15.5 %"]);
        assert_eq!(drawn(12)[1..], ["Rent  $12.90", "Uti…  15.5 %"]);
    }

    #[test]
    fn a_name_beyond_any_screen_takes_no_more_than_a_long_one() {
        let endless = "x".repeat(70_000);
        let columns = Columns::fit(COLUMNS, &[[endless.as_str(), "$2.00", "$12.90"]], 25);
        assert_eq!(columns.column(0), Some((0, 11)));
        assert_eq!(columns.width(), 25);
    }

    #[test]
    fn a_title_longer_than_its_column_runs_over_free_room_and_one_without_room_is_left_out() {
        assert_eq!(drawn(25)[0], "input          break-even");
        assert_eq!(drawn(15)[0], "     break-even");
        let tight = [COLUMNS[0], COLUMNS[2], COLUMNS[1]];
        let columns = Columns::fit(tight, &[["Share of V3 API", "$12.90", "$2.00"]], 29);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 1));
        columns.titles(buffer.area, &mut buffer, Style::new());
        let line: String = (0..40).map(|x| buffer[(x, 0)].symbol()).collect();
        assert_eq!(line.trim_end(), "input        break-even today");
    }
}
