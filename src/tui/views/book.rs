//! What the views of books have in common: rows with a cursor, a filter, the preset's model or every one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::model::{InputId, margin_of};
use crate::preset::{Document, Sourced};
use crate::quantity::number;
use crate::report::provenance;
use crate::tui::command::{BookCommand, Command};
use crate::tui::component::Action;
use crate::tui::context::Context;
use crate::tui::paint::columns::{Column, Columns};
use crate::tui::paint::list::{Lines, List};
use crate::tui::paint::{self, Line};

/// One line below the titles: a row, or words on a rule between rows.
pub(super) enum Entry<'a, R> {
    Row(&'a R),
    Rule(String, Style),
}

impl<'a, R> Entry<'a, R> {
    /// All rows, with a rule before one of them.
    pub(super) fn all(rows: &'a [R], rule: Option<(usize, String, Style)>) -> Vec<Self> {
        let mut entries: Vec<Self> = rows.iter().map(Self::Row).collect();
        if let Some((before, words, style)) = rule.filter(|(before, ..)| *before < rows.len()) {
            entries.insert(before, Self::Rule(words, style));
        }
        entries
    }

    const fn row(&self) -> Option<&'a R> {
        match self {
            Self::Row(row) => Some(row),
            Self::Rule(..) => None,
        }
    }
}

/// How rows are shown.
#[derive(Clone, Copy)]
pub(super) struct Shape<const N: usize> {
    pub(super) columns: [Column; N],
    /// The line of the titles, if there is one.
    pub(super) titles: Rect,
    /// The lines below.
    pub(super) rows: Rect,
}

/// Which rows are listed, and the cursor among them.
#[derive(Default)]
pub(super) struct Choice {
    pub(super) list: List,
    /// Every model, not only the preset's.
    pub(super) every_model: bool,
    /// Words that a row has to hold.
    pub(super) words: String,
}

impl Choice {
    /// What the report is asked for.
    pub(super) fn model(&self) -> Option<&'static str> {
        self.every_model.then_some("")
    }

    /// Runs what both views can do; `None` if it is something else.
    pub(super) fn command(&mut self, command: Command) -> Option<Vec<Action>> {
        match command {
            Command::Find => Some(vec![Action::AskFilter(self.words.clone())]),
            Command::Book(BookCommand::EveryModel) => {
                // Whatever hides rows goes with one key.
                self.every_model = !self.every_model || !self.words.is_empty();
                self.words.clear();
                self.list = List::default();
                Some(vec![Action::FilterView(String::new())])
            }
            _ => None,
        }
    }

    /// What the cursor has to know of the lines.
    pub(super) fn lines<R>(entries: &[Entry<'_, R>], cx: &Context, rows: Rect) -> Lines {
        Lines::new(entries.iter().map(|entry| entry.row().is_some()), rows.height, cx.in_view())
    }

    /// The row under the cursor.
    pub(super) fn selected<'a, R>(
        &self,
        entries: &[Entry<'a, R>],
        cx: &Context,
        rows: Rect,
    ) -> Option<&'a R> {
        entries.get(self.list.selected(&Self::lines(entries, cx, rows))?)?.row()
    }

    /// Draws titles, rows and the hints; a row is its cells and their styles.
    pub(super) fn draw<R, const N: usize>(
        &self,
        cx: &Context,
        entries: &[Entry<'_, R>],
        shape: Shape<N>,
        cells: impl Fn(&R) -> ([String; N], [Style; N]),
        hints: &[String],
        buffer: &mut Buffer,
    ) {
        let Shape { columns, titles, rows } = shape;
        let lines = Self::lines(entries, cx, rows);
        let shown = self.list.shown(&lines);
        let visible = entries.get(shown.clone()).unwrap_or_default();
        let cells: Vec<_> = visible.iter().map(|entry| entry.row().map(&cells)).collect();
        let columns = Columns::fit(columns, cells.iter().flatten().map(|(cells, _)| cells), rows.width);
        if titles.height > 0 {
            columns.titles(titles, buffer, cx.theme.quiet);
        }
        let selected = self.list.selected(&lines).filter(|_| cx.in_view());
        for ((y, line), (entry, cells)) in (0..).zip(shown).zip(visible.iter().zip(&cells)) {
            let row = paint::row(rows, y);
            if let Entry::Rule(words, style) = entry {
                let rule = (cx.signs.rule, cx.theme.rule);
                Line::new(row, buffer).put(rule.0, rule.1).put(words, *style).fill(rule.0, rule.1);
            }
            if let Some((cells, styles)) = cells {
                columns.row(row, buffer, cells, *styles);
            }
            if selected == Some(line) {
                buffer.set_style(Rect { width: columns.width().min(row.width), ..row }, cx.theme.selected);
            }
        }
        self.list.footer(cx, rows, &lines, hints, buffer);
    }

    /// Moves the cursor to a line that is clicked.
    pub(super) fn click(&mut self, at: Position, lines: Lines, rows: Rect) {
        if self.list.click(at, rows, &lines) {
            self.list.keep_in_sight(&lines.with_hint(true));
        }
    }

    /// Takes other words to filter by.
    pub(super) fn filter(&mut self, words: &str) {
        words.trim().clone_into(&mut self.words);
        self.list = List::default();
    }
}

/// Opens a row as one step of the history, and says what it did to the margin and what else moved.
pub(super) fn open(name: String, values: Vec<Sourced>) -> Action {
    Action::Change(Box::new(move |document: &mut Document| {
        let margin =
            |document: &Document| number::or_undefined(margin_of(document.scenario()), number::margin);
        let before = document.clone();
        document.set_sourced(&values).map_err(|error| error.to_string())?;
        let moved: Vec<String> =
            moved(&before, document).map(|id| provenance::short_name(document, id)).collect();
        let margins = format!("margin {} → {}", margin(&before), margin(document));
        Ok(match moved.len() {
            0 => format!("{name}: nothing moved"),
            _ => format!("{name}: {margins}; moved: {}", moved.join(", ")),
        })
    }))
}

/// The inputs that have another value than before.
fn moved<'a>(before: &'a Document, after: &'a Document) -> impl Iterator<Item = InputId> + 'a {
    let bits = |document: &Document, id| document.scenario().get(id).map(f64::to_bits);
    after.scenario().inputs().filter(move |id| bits(before, *id) != bits(after, *id))
}
