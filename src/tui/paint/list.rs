//! A list: lines that scroll, some of which can be selected.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::line as paint;
use crate::text;
use crate::tui::command::Command;
use crate::tui::context::Context;

/// The cursor among the lines that can be selected, and the first line on screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    cursor: usize,
    top: usize,
}

/// What a list consists of, and the lines of the screen it has.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    count: usize,
    /// Which lines can be selected, in order.
    selectable: Vec<usize>,
    height: u16,
    /// Whether the last line of the screen is wanted for a hint.
    hint: bool,
}

impl Lines {
    /// Lines of which some can be selected. The last line of the screen is a hint's if one is wanted.
    pub(crate) fn new(selectable: impl IntoIterator<Item = bool>, height: u16, hint: bool) -> Self {
        let mut count = 0;
        let numbered = selectable.into_iter().enumerate().inspect(|_| count += 1);
        let selectable = numbered.filter_map(|(line, can)| can.then_some(line)).collect();
        Self { count, selectable, height, hint }
    }

    /// Lines that can all be selected.
    pub(crate) fn rows(count: usize, height: u16) -> Self {
        Self { count, selectable: (0..count).collect(), height, hint: false }
    }

    /// Lines to be read, with a hint below them.
    pub(crate) const fn text(count: usize, height: u16) -> Self {
        Self { count, selectable: Vec::new(), height, hint: true }
    }

    /// The same lines with or without a hint.
    #[must_use]
    pub(crate) fn with_hint(self, hint: bool) -> Self {
        Self { hint, ..self }
    }

    /// Whether anything can be selected.
    pub(crate) fn is_selectable(&self) -> bool {
        !self.selectable.is_empty()
    }

    /// How many lines are shown; the last one of the screen goes to the hint and the count of hidden lines.
    fn page(&self) -> usize {
        let height = usize::from(self.height);
        if self.hint || self.count > height { height.saturating_sub(1) } else { height }
    }

    /// How many of the lines that can be selected stand before a line.
    fn selectable_before(&self, line: usize) -> usize {
        self.selectable.partition_point(|selectable| *selectable < line)
    }

    fn last(&self) -> usize {
        self.selectable.len().saturating_sub(1)
    }

    fn last_top(&self) -> usize {
        self.count.saturating_sub(self.page())
    }
}

impl List {
    /// A list with the cursor on a row, of rows that can all be selected.
    pub(crate) const fn on(row: usize) -> Self {
        // A few of the rows before it are shown too.
        Self { cursor: row, top: row.saturating_sub(3) }
    }

    /// The line under the cursor; `None` if none can be selected.
    pub(crate) fn selected(&self, lines: &Lines) -> Option<usize> {
        lines.selectable.get(self.cursor.min(lines.last())).copied()
    }

    /// The lines shown.
    pub(crate) fn shown(&self, lines: &Lines) -> std::ops::Range<usize> {
        let first = self.top.min(lines.last_top());
        first..(first + lines.page()).min(lines.count)
    }

    /// Moves cursor and lines. Returns whether the command was one that does.
    pub(crate) fn command(&mut self, command: Command, lines: &Lines) -> bool {
        let page = lines.page().max(1);
        let last_top = lines.last_top();
        self.top = self.top.min(last_top);
        self.cursor = self.cursor.min(lines.last());
        let at = self.selected(lines);
        match command {
            Command::Up if at.is_none_or(|at| at < self.top) || self.cursor == 0 => {
                self.top = self.top.saturating_sub(1);
            }
            Command::Up => self.go_to(self.cursor - 1, lines),
            Command::Down if at.is_none_or(|at| at >= self.top + page) || self.cursor == lines.last() => {
                self.top = (self.top + 1).min(last_top);
            }
            Command::Down => self.go_to(self.cursor + 1, lines),
            Command::PageUp => {
                self.top = self.top.saturating_sub(page);
                self.cursor = lines.selectable_before(self.top).min(lines.last());
            }
            Command::PageDown => {
                self.top = (self.top + page).min(last_top);
                let last = lines.selectable_before(self.top + page).saturating_sub(1);
                self.cursor = self.cursor.max(last.min(lines.selectable_before(self.top))).min(lines.last());
            }
            Command::First => (self.cursor, self.top) = (0, 0),
            Command::Last => (self.cursor, self.top) = (lines.last(), last_top),
            _ => return false,
        }
        true
    }

    /// Puts the cursor on one of the lines that can be selected and scrolls it into sight.
    fn go_to(&mut self, cursor: usize, lines: &Lines) {
        self.cursor = cursor;
        let Some(at) = self.selected(lines) else { return };
        let page = lines.page().max(1);
        self.top = self.top.clamp((at + 1).saturating_sub(page), at);
        if cursor == 0 && at < page {
            // What stands above the first one is its heading.
            self.top = 0;
        }
    }

    /// Puts the cursor on the line at a position of the screen. Returns whether it can be selected.
    pub(crate) fn click(&mut self, at: Position, area: Rect, lines: &Lines) -> bool {
        let shown = self.shown(lines);
        let line = at.y.checked_sub(area.y).map(|row| shown.start + usize::from(row));
        let hit = line.filter(|line| shown.contains(line) && area.contains(at));
        let Some(cursor) = hit.and_then(|line| lines.selectable.binary_search(&line).ok()) else {
            return false;
        };
        self.cursor = cursor;
        true
    }

    /// Scrolls no further than it takes to see the line under the cursor.
    pub(crate) fn keep_in_sight(&mut self, lines: &Lines) {
        if let Some(at) = self.selected(lines) {
            self.top = self.top.clamp((at + 1).saturating_sub(lines.page().max(1)), at);
        }
    }

    /// Draws the last line: the first of the hints that fits, and how much is above and below.
    pub(crate) fn footer(
        &self,
        cx: &Context,
        area: Rect,
        lines: &Lines,
        hints: &[String],
        buffer: &mut Buffer,
    ) {
        let shown = self.shown(lines);
        if lines.page() == usize::from(area.height) {
            return;
        }
        let row = paint::row(area, area.height.saturating_sub(1));
        let (up, down) = (if cx.signs.ascii { "^" } else { "▴" }, cx.signs.below);
        let above = if shown.start > 0 { format!("{up} {} ", shown.start) } else { String::new() };
        let hidden = lines.count.saturating_sub(shown.end);
        let below = if hidden > 0 { format!("{down} {hidden} more") } else { String::new() };
        let start = paint::right(row, buffer, format!("{above}{below}").trim_end(), cx.theme.quiet);
        let room = Rect { width: start.saturating_sub(row.x + 1), ..row };
        if lines.hint {
            let fitting = hints.iter().find(|hint| text::width(hint) <= usize::from(room.width));
            paint::left(room, buffer, fitting.map_or("", String::as_str), cx.theme.quiet);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A heading, three rows, two lines of text.
    const SELECTABLE: [bool; 6] = [false, true, true, true, false, false];

    fn lines(height: u16) -> Lines {
        Lines::new(SELECTABLE, height, false)
    }

    /// The row under the cursor and the lines on screen.
    fn pressed(commands: &[Command], height: u16) -> (usize, std::ops::Range<usize>) {
        let mut list = List::default();
        for command in commands {
            assert!(list.command(*command, &lines(height)));
        }
        (list.selected(&lines(height)).expect("a row") - 1, list.shown(&lines(height)))
    }

    #[test]
    fn the_cursor_goes_from_row_to_row_and_then_the_lines_scroll() {
        use Command::{Down, Up};
        assert_eq!(pressed(&[Down], 4), (1, 0..3));
        assert_eq!(pressed(&[Down, Down], 4), (2, 1..4));
        assert_eq!(pressed(&[Down, Down, Down, Down, Down], 4), (2, 3..6));
        assert_eq!(pressed(&[Down, Down, Down, Down, Up], 4).0, 1);
        assert_eq!(pressed(&[Down, Down, Up, Up], 4), (0, 0..3));
        assert_eq!(pressed(&[Down], 10), (1, 0..6));
    }

    #[test]
    fn pages_and_ends_keep_the_cursor_in_sight() {
        use Command::{First, Last, PageDown, PageUp};
        assert_eq!(pressed(&[Last], 4), (2, 3..6));
        assert_eq!(pressed(&[Last, First], 4), (0, 0..3));
        assert_eq!(pressed(&[PageDown], 4), (2, 3..6));
        assert_eq!(pressed(&[PageDown, PageUp], 4), (0, 0..3));
    }

    #[test]
    fn a_click_selects_what_is_there() {
        let mut list = List::default();
        let area = Rect::new(5, 2, 20, 6);
        assert!(list.click(Position::new(7, 4), area, &lines(6)));
        assert_eq!(list.selected(&lines(6)), Some(2));
        assert!(!list.click(Position::new(7, 2), area, &lines(6)));
        assert!(!list.click(Position::new(7, 7), area, &lines(6)));
        assert!(!list.click(Position::new(7, 9), area, &lines(6)));
    }

    #[test]
    fn the_cursor_stays_in_a_long_list_and_in_sight() {
        let rows = Lines::rows(100, 10);
        let mut list = List::default();
        list.command(Command::Last, &rows);
        assert_eq!((list.selected(&rows), list.shown(&rows)), (Some(99), 91..100));
        list.command(Command::Down, &rows);
        assert_eq!(list.selected(&rows), Some(99));
        assert!(list.click(Position::new(4, 6), Rect::new(3, 5, 20, 10), &rows));
        assert_eq!(list.selected(&rows), Some(92));
        let jumped = List::on(50);
        assert!(jumped.shown(&rows).contains(&50));
        assert_eq!(jumped.selected(&Lines::rows(20, 10)), Some(19));
    }

    #[test]
    fn text_scrolls_without_a_cursor() {
        let (mut list, text) = (List::default(), Lines::text(20, 5));
        for command in [Command::Down, Command::PageDown, Command::Down] {
            list.command(command, &text);
        }
        assert_eq!((list.selected(&text), list.shown(&text)), (None, 6..10));
        list.command(Command::Last, &text);
        assert_eq!(list.shown(&text), 16..20);
    }

    #[test]
    fn nothing_to_select_is_no_trouble() {
        let mut list = List::default();
        let none = Lines::new([], 0, true);
        for command in [Command::Up, Command::Down, Command::PageUp, Command::PageDown, Command::Last] {
            assert!(list.command(command, &none));
        }
        list.keep_in_sight(&none);
        assert_eq!((list.selected(&none), list.shown(&none)), (None, 0..0));
    }
}
