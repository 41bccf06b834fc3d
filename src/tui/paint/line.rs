//! Putting words on a line, cut by the cells they take.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use crate::text;
use crate::tui::context::Context;

/// A line being written from left to right.
pub(crate) struct Line<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    x: u16,
}

impl<'a> Line<'a> {
    /// Begins at the left end of the first line of `area`.
    pub(crate) fn new(area: Rect, buffer: &'a mut Buffer) -> Self {
        let area = area.intersection(*buffer.area());
        Self { buffer, x: area.x, area }
    }

    /// The cells that are left.
    pub(crate) fn room(&self) -> u16 {
        if self.area.height == 0 { 0 } else { self.area.right().saturating_sub(self.x) }
    }

    /// The column that comes next.
    pub(crate) fn x(&self) -> u16 {
        self.x
    }

    /// Writes words; what does not fit is cut with an ellipsis.
    pub(crate) fn put(&mut self, words: &str, style: Style) -> &mut Self {
        let room = self.room();
        if text::simple_cells(words).is_some_and(|cells| cells <= usize::from(room)) {
            // Most of a screen is simple text that fits: no need to look for wide or joined signs.
            for sign in words.chars() {
                if let Some(cell) = self.buffer.cell_mut((self.x, self.area.y)) {
                    cell.set_char(sign).set_style(style);
                }
                self.x += 1;
            }
        } else if room > 0 {
            let fitted = text::fit(words, usize::from(room));
            (self.x, _) = self.buffer.set_stringn(self.x, self.area.y, &fitted, usize::from(room), style);
        }
        self
    }

    /// Writes words only if all of them fit.
    pub(crate) fn put_whole(&mut self, words: &str, style: Style) -> bool {
        let fits = text::width(words) <= usize::from(self.room());
        if fits {
            self.put(words, style);
        }
        fits
    }

    /// Leaves cells free.
    pub(crate) fn skip(&mut self, cells: u16) -> &mut Self {
        self.x = (self.x + cells).min(self.area.right());
        self
    }

    /// Goes on at a column, if it is not behind.
    pub(crate) fn to(&mut self, x: u16) -> &mut Self {
        self.x = x.clamp(self.x, self.area.right());
        self
    }

    /// Fills what is left with a sign of one cell.
    pub(crate) fn fill(&mut self, sign: &str, style: Style) -> &mut Self {
        while self.room() > 0 {
            if let Some(cell) = self.buffer.cell_mut((self.x, self.area.y)) {
                cell.set_symbol(sign).set_style(style);
            }
            self.x += 1;
        }
        self
    }
}

/// Writes words at the left of the first line of an area.
pub(crate) fn left(area: Rect, buffer: &mut Buffer, words: &str, style: Style) {
    Line::new(area, buffer).put(words, style);
}

/// Writes words at the right of the first line of an area; answers the column they begin at.
pub(crate) fn right(area: Rect, buffer: &mut Buffer, words: &str, style: Style) -> u16 {
    let fitted = text::fit(words, usize::from(area.width));
    let x = area.right().saturating_sub(text::width(&fitted) as u16);
    Line::new(Rect { x, width: area.right() - x, ..area }, buffer).put(&fitted, style);
    x
}

/// Writes words broken into lines at spaces; answers how many lines they took.
pub(crate) fn wrapped(area: Rect, buffer: &mut Buffer, words: &str, style: Style) -> u16 {
    let mut y = area.y;
    for line in text::wrap(words, usize::from(area.width)) {
        if y >= area.bottom() {
            break;
        }
        left(Rect { y, height: 1, ..area }, buffer, &line, style);
        y += 1;
    }
    y - area.y
}

/// Says in the last line of an area how many lines are below it, if any.
pub(crate) fn more(cx: &Context, area: Rect, lines: usize, buffer: &mut Buffer) {
    if lines == 0 || area.height == 0 {
        return;
    }
    let words = format!(" {} {lines} more", cx.signs.below);
    let last = row(area, area.height - 1);
    Clear.render(last, buffer);
    right(last, buffer, &words, cx.theme.key);
}

/// One line of an area; empty when the area has no such line.
pub(crate) fn row(area: Rect, index: u16) -> Rect {
    if index < area.height {
        Rect { y: area.y + index, height: 1, ..area }
    } else {
        Rect { height: 0, width: 0, ..area }
    }
}
