//! Hosts: what each host's prices would leave on this node.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::book::{self, Choice, Entry, Shape};
use crate::quantity::number;
use crate::report::hosts::{HostRow, HostsQuery, HostsReport};
use crate::tui::command::{BookCommand, Command, ViewName};
use crate::tui::component::{Action, Shown, View};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::columns::{Column, Set};

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(HostsView::default())
}

#[derive(Default)]
struct HostsView {
    report: Option<HostsReport>,
    choice: Choice,
}

/// Host, model where there are several, prices of a miss, a hit and output, of a million tokens of this traffic, margin, break-even rent.
const COLUMNS: [Column; 8] = [
    Column { title: "host", set: Set::Words(12), gap: 0, spare: 0 },
    Column { title: "model", set: Set::Words(14), gap: 1, spare: 1 },
    Column { title: "in", set: Set::Right, gap: 2, spare: 5 },
    Column { title: "hit", set: Set::Right, gap: 2, spare: 6 },
    Column { title: "out", set: Set::Right, gap: 2, spare: 4 },
    Column { title: "per M", set: Set::Right, gap: 2, spare: 3 },
    Column { title: "margin", set: Set::Right, gap: 2, spare: 0 },
    Column { title: "even", set: Set::Right, gap: 2, spare: 2 },
];

impl HostsView {
    fn entries(&self, cx: &Context) -> Vec<Entry<'_, HostRow>> {
        let Some(report) = &self.report else { return Vec::new() };
        let words = format!(" target: {} margin ", number::percent(cx.target));
        let rule = Some((report.above(), words, cx.theme.mark)).filter(|(above, ..)| *above > 0);
        Entry::all(&report.hosts, rule)
    }

    /// The lines below the titles.
    fn rows(area: Rect) -> Rect {
        Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area }.intersection(area)
    }

    fn cells(&self, row: &HostRow) -> [String; 8] {
        let result = &row.result;
        let one_model = self.report.as_ref().is_some_and(HostsReport::is_about_one_model);
        [
            row.price.host.clone(),
            if one_model { String::new() } else { row.price.model.clone() },
            number::money(row.price.input),
            if row.price.cache_read.is_some() { number::money(row.price.hit()) } else { "miss".to_owned() },
            number::money(row.price.output),
            number::or_undefined(result.price_per_m_tokens, number::money),
            if result.free {
                "free".to_owned()
            } else {
                number::or_undefined(result.gross_margin, number::margin)
            },
            result.break_even_gpu_hour.map(number::money).unwrap_or_default(),
        ]
    }

    fn hints(&self, cx: &Context, row: Option<&HostRow>) -> Vec<String> {
        let key = |command| cx.keys.key(&ViewName::Hosts.scopes(), command);
        let open =
            row.map(|row| format!("{} opens {}", key(Command::Act), row.price.host)).unwrap_or_default();
        let find = format!("{} filters", key(Command::Find));
        let every = key(Command::Book(BookCommand::EveryModel));
        let every = if self.choice.every_model {
            format!("{every} this model")
        } else {
            format!("{every} every model")
        };
        vec![format!("{open}   {find}   {every}"), format!("{open}   {find}"), open]
    }
}

impl View for HostsView {
    fn refresh(&mut self, cx: &Context) {
        let query = HostsQuery {
            model: self.choice.model(),
            words: &self.choice.words,
            tier: Some(cx.tier),
            target: cx.target,
            ..HostsQuery::default()
        };
        self.report = Some(HostsReport::of(&cx.document, &cx.books, query));
    }

    fn result(&self) -> Option<&dyn Shown> {
        self.report.as_ref().map(|report| report as _)
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let (entries, rows) = (self.entries(cx), Self::rows(area));
        let cells = |row: &HostRow| {
            let (text, quiet) = (cx.theme.text, cx.theme.quiet);
            let margin = cx.theme.verdict(row.is_above(cx.target));
            (self.cells(row), [text, quiet, text, quiet, text, text, margin, cx.theme.strong])
        };
        let hints = self.hints(cx, self.choice.selected(&entries, cx, rows));
        let shape = Shape { columns: COLUMNS, titles: paint::row(area, 0), rows };
        self.choice.draw(cx, &entries, shape, cells, &hints, buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Option<Vec<Action>> {
        if let Some(actions) = self.choice.command(command) {
            return Some(actions);
        }
        let (entries, rows) = (self.entries(cx), Self::rows(area));
        if command == Command::Act {
            let row = self.choice.selected(&entries, cx, rows).zip(self.report.as_ref());
            let open = row.map(|(row, report)| book::open(row.price.host.clone(), report.opening(row)));
            return Some(open.into_iter().collect());
        }
        let lines = Choice::lines(&entries, cx, rows);
        self.choice.list.command(command, &lines).then(Vec::new)
    }

    fn click(&mut self, at: Position, cx: &Context, area: Rect) -> Vec<Action> {
        let rows = Self::rows(area);
        self.choice.click(at, Choice::lines(&self.entries(cx), cx, rows), rows);
        Vec::new()
    }

    fn filter(&mut self, words: &str) {
        self.choice.filter(words);
    }
}
