//! A list in a view: lines that scroll, some of which can be chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::line as paint;
use crate::text;
use crate::tui::command::Command;
use crate::tui::context::Context;

/// The cursor among the lines that can be chosen, and the first line on screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct List {
    cursor: usize,
    top: usize,
}

/// What the lines of a list are: for each whether it can be chosen, and how many fit.
#[derive(Clone, Copy, Debug)]
pub struct Lines<'a> {
    /// Whether each line can be chosen.
    pub choices: &'a [bool],
    /// The lines of the screen.
    pub height: u16,
    /// Whether the last line of the screen is wanted for a hint.
    pub hint: bool,
}

impl Lines<'_> {
    /// How many lines are shown; the last one of the screen goes to the hint and the count of hidden lines.
    fn page(&self) -> usize {
        let height = usize::from(self.height);
        if self.hint || self.choices.len() > height { height.saturating_sub(1) } else { height }
    }

    fn count(&self) -> usize {
        self.choices.iter().filter(|chosen| **chosen).count()
    }

    /// The line of a choice.
    fn line(&self, choice: usize) -> Option<usize> {
        let lines = self.choices.iter().enumerate().filter(|(_, chosen)| **chosen);
        lines.map(|(line, _)| line).nth(choice)
    }

    /// How many choices stand before a line.
    fn choices_before(&self, line: usize) -> usize {
        self.choices.iter().take(line).filter(|chosen| **chosen).count()
    }

    fn last_top(&self) -> usize {
        self.choices.len().saturating_sub(self.page())
    }
}

impl List {
    /// The choice under the cursor, of `count`.
    pub fn choice(&self, count: usize) -> usize {
        self.cursor.min(count.saturating_sub(1))
    }

    /// The first line shown and how many there are.
    pub fn shown(&self, lines: &Lines) -> std::ops::Range<usize> {
        let first = self.top.min(lines.last_top());
        first..(first + lines.page()).min(lines.choices.len())
    }

    /// Moves cursor and lines. Answers whether the command was one that does.
    pub fn command(&mut self, command: Command, lines: &Lines) -> bool {
        let (count, page) = (lines.count(), lines.page().max(1));
        let last_top = lines.last_top();
        self.top = self.top.min(last_top);
        self.cursor = self.choice(count);
        let at = lines.line(self.cursor);
        match command {
            Command::Up if at.is_none_or(|at| at < self.top) || self.cursor == 0 => {
                self.top = self.top.saturating_sub(1);
            }
            Command::Up => self.go_to(self.cursor - 1, lines),
            Command::Down if at.is_none_or(|at| at >= self.top + page) || self.cursor + 1 >= count => {
                self.top = (self.top + 1).min(last_top);
            }
            Command::Down => self.go_to(self.cursor + 1, lines),
            Command::PageUp => {
                self.top = self.top.saturating_sub(page);
                self.cursor = lines.choices_before(self.top).min(count.saturating_sub(1));
            }
            Command::PageDown => {
                self.top = (self.top + page).min(last_top);
                let last = lines.choices_before(self.top + page).saturating_sub(1);
                self.cursor = self.cursor.max(last.min(lines.choices_before(self.top)));
                self.cursor = self.choice(count);
            }
            Command::First => (self.cursor, self.top) = (0, 0),
            Command::Last => (self.cursor, self.top) = (count.saturating_sub(1), last_top),
            _ => return false,
        }
        true
    }

    /// Puts the cursor on a choice and scrolls it into sight.
    fn go_to(&mut self, choice: usize, lines: &Lines) {
        self.cursor = choice;
        let Some(at) = lines.line(choice) else { return };
        let page = lines.page().max(1);
        self.top = self.top.clamp((at + 1).saturating_sub(page), at);
        if choice == 0 && at < page {
            // What stands above the first choice is its heading.
            self.top = 0;
        }
    }

    /// Puts the cursor on the choice at a position of the screen. Answers whether there is one.
    pub fn click(&mut self, at: Position, area: Rect, lines: &Lines) -> bool {
        let Some(line) = at.y.checked_sub(area.y).map(|row| self.shown(lines).start + usize::from(row))
        else {
            return false;
        };
        let hit = self.shown(lines).contains(&line) && lines.choices.get(line) == Some(&true);
        if hit {
            self.cursor = lines.choices_before(line);
        }
        hit
    }

    /// Draws the last line: the first of the hints that fits, and how much is above and below.
    pub fn footer(&self, cx: &Context, area: Rect, lines: &Lines, hints: &[String], buffer: &mut Buffer) {
        let shown = self.shown(lines);
        if lines.page() == usize::from(area.height) {
            return;
        }
        let row = paint::row(area, area.height.saturating_sub(1));
        let (up, down) = (if cx.signs.ascii { "^" } else { "▴" }, cx.signs.below);
        let above = if shown.start > 0 { format!("{up} {} ", shown.start) } else { String::new() };
        let hidden = lines.choices.len().saturating_sub(shown.end);
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

    /// A heading, three choices, two lines of text.
    const CHOICES: [bool; 6] = [false, true, true, true, false, false];

    fn lines(height: u16) -> Lines<'static> {
        Lines { choices: &CHOICES, height, hint: false }
    }

    fn pressed(commands: &[Command], height: u16) -> (usize, std::ops::Range<usize>) {
        let mut list = List::default();
        for command in commands {
            assert!(list.command(*command, &lines(height)));
        }
        (list.choice(3), list.shown(&lines(height)))
    }

    #[test]
    fn the_cursor_goes_from_choice_to_choice_and_then_the_lines_scroll() {
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
    fn a_click_chooses_what_is_there() {
        let mut list = List::default();
        let area = Rect::new(5, 2, 20, 6);
        assert!(list.click(Position::new(7, 4), area, &lines(6)));
        assert_eq!(list.choice(3), 1);
        assert!(!list.click(Position::new(7, 2), area, &lines(6)));
        assert!(!list.click(Position::new(7, 7), area, &lines(6)));
    }

    #[test]
    fn nothing_to_choose_is_no_trouble() {
        let mut list = List::default();
        let none = Lines { choices: &[], height: 0, hint: true };
        for command in [Command::Up, Command::Down, Command::PageUp, Command::PageDown, Command::Last] {
            assert!(list.command(command, &none));
        }
        assert_eq!((list.choice(0), list.shown(&none)), (0, 0..0));
    }
}
