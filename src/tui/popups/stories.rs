//! The list of questions and stories.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::story::Entry;
use crate::text;
use crate::tui::command::{Command, Scope};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::paint::list::{Lines, List};
use crate::tui::paint::{self, Line};

/// The list, empty until it has been read.
pub(crate) fn stories() -> Box<dyn Popup> {
    Box::new(Stories { list: List::default(), rows: None })
}

struct Stories {
    list: List,
    /// `None` until it has been read.
    rows: Option<Vec<Row>>,
}

enum Row {
    Heading(&'static str),
    Entry(Entry),
}

impl Stories {
    /// Lines below the list: what is wrong with the story under the cursor where one is broken, and the keys.
    fn below(&self) -> u16 {
        if self.entries().any(|entry| entry.story.is_err()) { 3 } else { 1 }
    }

    fn rows(&self) -> &[Row] {
        self.rows.as_deref().unwrap_or_default()
    }

    fn lines(&self, area: Rect) -> Lines {
        let selectable = self.rows().iter().map(|row| matches!(row, Row::Entry(_)));
        Lines::new(selectable, area.height.saturating_sub(self.below()), false)
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.rows().iter().filter_map(|row| if let Row::Entry(entry) = row { Some(entry) } else { None })
    }

    fn selected(&self, area: Rect) -> Option<&Entry> {
        match self.rows().get(self.list.selected(&self.lines(area))?)? {
            Row::Entry(entry) => Some(entry),
            Row::Heading(_) => None,
        }
    }

    fn tell(entry: &Entry) -> Vec<Action> {
        match &entry.story {
            Ok(story) => vec![Action::Close, Action::Tell(story.clone())],
            Err(_) => vec![Action::Warn(format!("{} is broken; see below the list", text::clean(&entry.id)))],
        }
    }
}

impl Popup for Stories {
    fn title(&self, _: &Context) -> String {
        "Questions and stories".to_owned()
    }

    fn size(&self, _: &Context, screen: Rect) -> (u16, u16) {
        let height = text::cells(self.rows().len().max(14)).saturating_add(self.below() + 3);
        (82, height.min(screen.height.saturating_sub(2)))
    }

    fn stories(&mut self, entries: &[Entry]) {
        let steps = |entry: &Entry| entry.story.as_ref().map_or(0, |story| story.len());
        let part = |heading, wanted: &dyn Fn(usize) -> bool| {
            let found = entries.iter().filter(|entry| wanted(steps(entry))).cloned().map(Row::Entry);
            let mut rows: Vec<Row> = found.collect();
            if !rows.is_empty() {
                rows.insert(0, Row::Heading(heading));
            }
            rows
        };
        let mut rows = part("Questions", &|steps| steps == 1);
        rows.extend(part("Stories", &|steps| steps > 1));
        rows.extend(part("Broken", &|steps| steps == 0));
        self.rows = Some(rows);
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let theme = cx.theme;
        if self.rows.is_none() {
            paint::left(area, buffer, "reading …", theme.quiet);
            return;
        }
        let lines = self.lines(area);
        let selected = self.list.selected(&lines);
        let shown = self.list.shown(&lines);
        let mut number =
            self.rows().iter().take(shown.start).filter(|row| matches!(row, Row::Entry(_))).count();
        for (y, index) in (0..).zip(shown) {
            let row = paint::row(area, y);
            match self.rows().get(index) {
                Some(Row::Heading(heading)) => paint::left(row, buffer, heading, theme.quiet),
                Some(Row::Entry(entry)) => {
                    number += 1;
                    let (mut key, mut words) = (theme.key, theme.text);
                    if selected == Some(index) {
                        buffer.set_style(row, theme.selected);
                        (key, words) = (theme.selected, theme.selected);
                    }
                    let digit = digit(number).map_or(' ', |digit| digit);
                    let title = match &entry.story {
                        Ok(story) if story.len() > 1 => format!("{} ({} steps)", story.question, story.len()),
                        Ok(story) => story.question.clone(),
                        Err(_) => text::clean(&entry.id),
                    };
                    Line::new(row, buffer).skip(1).put(&digit.to_string(), key).skip(2).put(&title, words);
                }
                None => break,
            }
        }
        let rows = Rect { height: area.height.saturating_sub(self.below()), ..area };
        self.list.footer(cx, rows, &lines, &[], buffer);
        if let Some(Err(problem)) = self.selected(area).map(|entry| &entry.story) {
            let words = text::clean(problem.lines().next().unwrap_or_default());
            paint::wrapped(
                Rect { y: rows.bottom(), height: self.below() - 1, ..area },
                buffer,
                &words,
                theme.warn,
            );
        }
        let keys = [(Command::Act, "tell"), (Command::Back, "close")];
        let keys = format!("1 … 0 a question · {}", cx.keys.hints(&[Scope::List], &keys));
        paint::left(paint::row(area, area.height.saturating_sub(1)), buffer, &keys, theme.quiet);
    }

    fn command(&mut self, command: Command, _: &Context, area: Rect) -> Vec<Action> {
        let lines = self.lines(area);
        if !self.list.command(command, &lines) && command == Command::Act {
            return self.selected(area).map_or_else(Vec::new, Self::tell);
        }
        Vec::new()
    }

    fn key(&mut self, key: KeyEvent, _: &Context) -> Vec<Action> {
        let KeyCode::Char(letter) = key.code else { return Vec::new() };
        let number = (1..=10).find(|number| digit(*number) == Some(letter));
        let entry = number.and_then(|number| self.entries().nth(number - 1));
        entry.map_or_else(Vec::new, Self::tell)
    }

    fn click(&mut self, at: Position, _: &Context, area: Rect) -> Vec<Action> {
        let lines = self.lines(area);
        let hit = self.list.click(at, area, &lines);
        if hit { self.selected(area).map_or_else(Vec::new, Self::tell) } else { Vec::new() }
    }
}

/// The digit that opens the entry of this number, counted from 1: 1 to 9, then 0.
fn digit(number: usize) -> Option<char> {
    let digit = if number == 10 { 0 } else { number };
    char::from_digit(u32::try_from(digit).ok()?, 10).filter(|_| (1..=10).contains(&number))
}
