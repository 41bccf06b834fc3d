//! A table as a terminal shows it: the columns that matter, and a bar for each row.

use super::{Cell, Table};
use crate::text;

/// A table with bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// What stands left of the bars.
    pub table: Table,
    /// The heading of the bars, the longest form first.
    pub titles: &'static [&'static str],
    /// The parts of the bar of each row.
    pub bars: Vec<Vec<Part>>,
    /// A value that is marked in every row.
    pub mark: Option<f64>,
}

/// A part of a bar, from one value to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// What it means.
    pub tone: Tone,
}

/// What a part of a bar means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// An amount.
    Plain,
    /// What raises the margin, or is earned.
    Gain,
    /// What lowers it, or is lost.
    Loss,
}

impl Drawn {
    /// Some columns of a table with bars.
    pub fn new(table: Table, titles: &'static [&'static str], bars: Vec<Vec<Part>>) -> Self {
        Self { table, titles, bars, mark: None }
    }

    /// The heading that goes whole above bars of so many cells.
    pub(super) fn title(&self, cells: usize) -> Option<&'static str> {
        self.titles.iter().copied().find(|title| text::width(title) <= cells)
    }

    /// The least and the largest value; `None` where there is no bar.
    fn ends(&self) -> Option<(f64, f64)> {
        let values = || {
            let ends = self.bars.iter().flatten().flat_map(|part| [part.from, part.to]);
            ends.chain(self.mark).filter(|value| value.is_finite())
        };
        let (low, high) = (values().reduce(f64::min)?, values().reduce(f64::max)?);
        // What differs in its last digits is the same.
        (high - low > high.abs().max(low.abs()) * 1e-12).then_some((low, high))
    }

    /// The bar of a row in so many cells, in the lower half of them, so that rows stay apart without colour too: as runs of text of one tone; `None` is what is no bar.
    pub(super) fn bar(&self, row: usize, cells: usize) -> Vec<(Option<Tone>, String)> {
        let (Some((low, high)), Some(parts)) = (self.ends(), self.bars.get(row)) else { return Vec::new() };
        let is_seen = |part: &&Part| (part.to - part.from).abs() > (high - low) * 1e-12;
        let half = |value: f64| {
            let way = ((value - low) / (high - low)).clamp(0.0, 1.0);
            libm::round(way * 2.0 * cells as f64) as usize
        };
        let mut halves: Vec<Option<Tone>> = vec![None; cells * 2];
        for part in parts.iter().filter(is_seen) {
            let (from, to) = (half(part.from.min(part.to)), half(part.from.max(part.to)));
            // What is not nothing is seen.
            let from = from.min((cells * 2).saturating_sub(1));
            for half in halves.iter_mut().take(to.max(from + 1)).skip(from) {
                *half = Some(part.tone);
            }
        }
        let mark = self.mark.map(|mark| (half(mark) / 2).min(cells.saturating_sub(1)));
        // A bar that is longer than a cell shows its sides of the mark without colour too.
        let crossed = mark.filter(|_| halves.iter().flatten().count() > 2);
        let mut runs: Vec<(Option<Tone>, String)> = Vec::new();
        for (cell, pair) in halves.chunks(2).enumerate() {
            let (left, right) = (pair.first().copied().flatten(), pair.get(1).copied().flatten());
            let (tone, sign) = match (left, right) {
                _ if crossed == Some(cell) => (None, '│'),
                (Some(tone), Some(_)) => (Some(tone), '▄'),
                (Some(tone), None) => (Some(tone), '▖'),
                (None, Some(tone)) => (Some(tone), '▗'),
                (None, None) if mark == Some(cell) => (None, '│'),
                (None, None) => (None, ' '),
            };
            match runs.last_mut() {
                Some((last, run)) if *last == tone => run.push(sign),
                _ => runs.push((tone, sign.to_string())),
            }
        }
        runs
    }
}

impl Table {
    /// Some of the columns, in this order; what is longer than so many cells is cut.
    pub(super) fn pick(&self, names: &[&str], most: usize) -> Self {
        let indices: Vec<usize> =
            names.iter().filter_map(|name| self.columns.iter().position(|column| column == name)).collect();
        let cell = |cell: &Cell| match cell {
            Cell::Text(words) => Cell::Text(text::fit(&text::clean(words), most)),
            cell => cell.clone(),
        };
        let row = |row: &Vec<Cell>| indices.iter().filter_map(|index| row.get(*index)).map(cell).collect();
        Self {
            columns: indices.iter().filter_map(|index| self.columns.get(*index)).copied().collect(),
            rows: self.rows.iter().map(row).collect(),
        }
    }

    /// The numbers of a column.
    pub(super) fn values(&self, name: &str) -> Vec<Option<f64>> {
        let index = self.columns.iter().position(|column| *column == name);
        let value = |row: &Vec<Cell>| row.get(index?).and_then(Cell::value);
        self.rows.iter().map(value).collect()
    }
}

/// A bar from zero for each value: what is below zero is a loss.
pub(super) fn from_zero(values: &[Option<f64>], above: Tone) -> Vec<Vec<Part>> {
    let part = |value: f64| Part { from: 0.0, to: value, tone: if value < 0.0 { Tone::Loss } else { above } };
    values.iter().map(|value| value.map(part).into_iter().collect()).collect()
}

/// Rows with a bar for the margin of each. A margin is not told below −100 % by its bar, so that one does not flatten
/// all others; the heading says so where one is cut.
pub(super) fn with_margins(table: Table, margins: &[Option<f64>]) -> Drawn {
    const LEAST: f64 = -1.0;
    let is_cut = margins.iter().flatten().any(|margin| *margin < LEAST);
    let shown: Vec<_> = margins.iter().map(|margin| margin.map(|margin| margin.max(LEAST))).collect();
    let titles: &[&str] = if is_cut { &["margin, cut at −100 %", "≥ −100 %"] } else { &["margin"] };
    Drawn::new(table, titles, from_zero(&shown, Tone::Gain))
}

/// A bar for each pair of values: from the one to the other, a gain where it grows.
pub(super) fn between(pairs: impl Iterator<Item = Option<(f64, f64)>>) -> Vec<Vec<Part>> {
    let part =
        |(from, to): (f64, f64)| Part { from, to, tone: if to < from { Tone::Loss } else { Tone::Gain } };
    pairs.map(|pair| pair.map(part).into_iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(parts: Vec<Part>, mark: Option<f64>) -> String {
        let drawn = Drawn { mark, ..Drawn::new(Table::default(), &[""], vec![parts]) };
        drawn.bar(0, 8).into_iter().map(|(_, run)| run).collect()
    }

    #[test]
    fn a_bar_is_as_long_as_its_value_and_never_unseen() {
        let part = |from, to| Part { from, to, tone: Tone::Plain };
        assert_eq!(bars(vec![part(0.0, 4.0)], Some(8.0)), "▄▄▄▄   │");
        assert_eq!(bars(vec![part(3.0, 8.0)], Some(0.0)), "│  ▄▄▄▄▄");
        assert_eq!(bars(vec![part(0.0, 0.01)], Some(8.0)), "▖      │");
        assert_eq!(bars(vec![part(0.0, 8.0)], Some(4.0)), "▄▄▄▄│▄▄▄");
        assert_eq!(bars(vec![part(0.0, 4.5)], Some(8.0)), "▄▄▄▄▖  │");
        assert_eq!(bars(vec![part(2.0, 2.0)], None), "");
        assert_eq!(bars(vec![part(1.0, 1.0 - 1e-16)], None), "");
        assert_eq!(bars(vec![part(1.0, 1.0 - 1e-16)], Some(0.0)), "│       ");
    }

    #[test]
    fn margins_spread_over_their_bars_however_deep_one_of_them_is_and_a_cut_is_said() {
        let bars = |margins: &[Option<f64>]| {
            let drawn = with_margins(Table::default(), margins);
            let cells = |row| drawn.bar(row, 8).into_iter().map(|(_, run)| run).collect::<String>();
            (
                (0..margins.len()).map(cells).collect::<Vec<_>>(),
                drawn.title(30),
                drawn.title(12),
                drawn.title(5),
            )
        };
        let (drawn, whole, short, none) = bars(&[Some(1.0), Some(0.5), None, Some(-40.0)]);
        assert_eq!(drawn, ["    ▄▄▄▄", "    ▄▄  ", "        ", "▄▄▄▄    "]);
        assert_eq!((whole, short, none), (Some("margin, cut at −100 %"), Some("≥ −100 %"), None));
        assert_eq!(bars(&[Some(0.5), Some(-0.5)]).1, Some("margin"));
    }

    #[test]
    fn a_loss_is_left_of_nothing_and_a_gain_right_of_it() {
        let drawn =
            Drawn::new(Table::default(), &[""], from_zero(&[Some(-1.0), Some(1.0), None], Tone::Gain));
        assert_eq!(drawn.bar(0, 4), [(Some(Tone::Loss), "▄▄".to_owned()), (None, "  ".to_owned())]);
        assert_eq!(drawn.bar(1, 4), [(None, "  ".to_owned()), (Some(Tone::Gain), "▄▄".to_owned())]);
        assert_eq!(drawn.bar(2, 4), [(None, "    ".to_owned())]);
    }
}
