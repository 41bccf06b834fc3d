//! A list with a cursor, a filter and fuzzy matching.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::layout::{Position, Rect};

use crate::tui::command::Command;

/// A cursor in a list that scrolls with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The chosen row.
    pub at: usize,
}

impl Cursor {
    /// Moves the cursor. Answers whether the command was one that moves.
    pub fn command(&mut self, command: Command, count: usize, page: usize) -> bool {
        let last = count.saturating_sub(1);
        self.at = match command {
            Command::Up => self.at.saturating_sub(1),
            Command::Down => (self.at + 1).min(last),
            Command::PageUp => self.at.saturating_sub(page.max(1)),
            Command::PageDown => (self.at + page.max(1)).min(last),
            Command::First => 0,
            Command::Last => last,
            _ => return false,
        };
        true
    }

    /// Puts the cursor on the row at a position of the screen. Answers whether there is one.
    pub fn click(&mut self, at: Position, rows: Rect, count: usize) -> bool {
        let place = self.first(count, usize::from(rows.height)) + usize::from(at.y.saturating_sub(rows.y));
        let hit = rows.contains(at) && place < count;
        if hit {
            self.at = place;
        }
        hit
    }

    /// The first row shown, so that the cursor is among `page` rows.
    pub fn first(self, count: usize, page: usize) -> usize {
        let half = page / 2;
        self.at.saturating_sub(half).min(count.saturating_sub(page))
    }
}

/// The places of the candidates that match, best first; all of them in their order when nothing is wanted.
pub fn matches(wanted: &str, candidates: &[String]) -> Vec<usize> {
    let wanted = wanted.trim();
    if wanted.is_empty() {
        return (0..candidates.len()).collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::new(wanted, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, usize)> = candidates
        .iter()
        .enumerate()
        .filter_map(|(place, candidate)| {
            let mut score = |text| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
            let whole = score(candidate)?;
            // What stands before two spaces is the name, and counts for more than what is said of it.
            let name = candidate.split("  ").next().and_then(score).unwrap_or(0);
            Some((whole + name, place))
        })
        .collect();
    found.sort_by_key(|(score, place)| (std::cmp::Reverse(*score), *place));
    found.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_match_comes_first() {
        let names = ["Hit ratio", "Utilization", "Rent", "Output price"].map(str::to_owned);
        assert_eq!(matches("util", &names), [1]);
        assert_eq!(matches("ratio", &names).first(), Some(&0));
        assert_eq!(matches("", &names), [0, 1, 2, 3]);
        assert!(matches("zzz", &names).is_empty());
    }

    #[test]
    fn the_cursor_stays_in_the_list_and_in_sight() {
        let mut cursor = Cursor { at: 0 };
        cursor.command(Command::Last, 100, 10);
        assert_eq!((cursor.at, cursor.first(100, 10)), (99, 90));
        cursor.command(Command::Down, 100, 10);
        assert_eq!(cursor.at, 99);
        let rows = Rect::new(3, 5, 20, 10);
        assert!(cursor.click(Position::new(4, 6), rows, 100) && cursor.at == 91);
        assert!(!cursor.click(Position::new(4, 15), rows, 100));
        assert!(!Cursor::default().click(Position::new(4, 8), rows, 3));
    }
}
