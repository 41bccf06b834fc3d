//! Hosts: what each host's prices would leave on this node.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::book::{self, Choice};
use crate::quantity::number;
use crate::report::hosts::{HostRow, HostsQuery, HostsReport};
use crate::report::{Format, Report, to_text};
use crate::tui::command::{BookCommand, Command, ViewName};
use crate::tui::component::{Action, View};
use crate::tui::context::Context;
use crate::tui::paint::columns::{Column, Columns, Set};
use crate::tui::paint::list::Lines;
use crate::tui::paint::{self, Line};

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
    Column { title: "host", set: Set::Words(10), gap: 0, spare: 0 },
    Column { title: "", set: Set::Words(8), gap: 1, spare: 1 },
    Column { title: "in", set: Set::Right, gap: 2, spare: 5 },
    Column { title: "hit", set: Set::Right, gap: 2, spare: 6 },
    Column { title: "out", set: Set::Right, gap: 2, spare: 4 },
    Column { title: "per M", set: Set::Right, gap: 2, spare: 3 },
    Column { title: "margin", set: Set::Right, gap: 2, spare: 0 },
    Column { title: "even at", set: Set::Right, gap: 2, spare: 2 },
];

/// One line below the titles.
enum Entry<'a> {
    Host(&'a HostRow),
    /// Between those above the target and those that are not.
    Target,
}

impl HostsView {
    fn entries(&self) -> Vec<Entry<'_>> {
        let Some(report) = &self.report else { return Vec::new() };
        let above = report.above();
        let divided = above > 0 && above < report.hosts.len();
        let mut entries: Vec<Entry> = report.hosts.iter().map(Entry::Host).collect();
        if divided {
            entries.insert(above, Entry::Target);
        }
        entries
    }

    /// The lines below the titles.
    fn rows(area: Rect) -> Rect {
        Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area }.intersection(area)
    }

    fn lines(entries: &[Entry], cx: &Context, area: Rect) -> Lines {
        let selectable = entries.iter().map(|entry| matches!(entry, Entry::Host(_)));
        Lines::new(selectable, Self::rows(area).height, cx.in_view())
    }

    fn cells(&self, row: &HostRow) -> [String; 8] {
        let result = &row.result;
        let one_model = self.report.as_ref().is_some_and(HostsReport::is_about_one_model);
        [
            row.host.clone(),
            if one_model { String::new() } else { row.model.clone() },
            number::money(row.input_miss),
            if row.hit_priced { number::money(row.input_hit) } else { "miss".to_owned() },
            number::money(row.output),
            number::or_undefined(result.price_per_m_tokens, number::money),
            if result.free {
                "free".to_owned()
            } else {
                number::or_undefined(result.gross_margin, number::percent)
            },
            result.break_even_gpu_hour.map(number::money).unwrap_or_default(),
        ]
    }

    fn selected<'a>(&self, entries: &'a [Entry<'a>], lines: &Lines) -> Option<&'a HostRow> {
        match entries.get(self.choice.list.selected(lines)?)? {
            Entry::Host(row) => Some(row),
            Entry::Target => None,
        }
    }

    fn hints(&self, cx: &Context, row: Option<&HostRow>) -> Vec<String> {
        let key = |command| cx.keys.key(&ViewName::Hosts.scopes(), command);
        let open = row.map(|row| format!("{} opens {}", key(Command::Act), row.host)).unwrap_or_default();
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

    fn conclusion(&self, _: &Context) -> String {
        self.report.as_ref().map(Report::conclusion).unwrap_or_default()
    }

    fn export(&self, format: Format) -> Option<String> {
        self.report.as_ref().map(|report| to_text(report, format))
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let theme = cx.theme;
        let entries = self.entries();
        let lines = Self::lines(&entries, cx, area);
        let shown = self.choice.list.shown(&lines);
        let visible = entries.get(shown.clone()).unwrap_or_default();
        let cells: Vec<Option<[String; 8]>> = visible
            .iter()
            .map(|entry| match entry {
                Entry::Host(row) => Some(self.cells(row)),
                Entry::Target => None,
            })
            .collect();
        let columns = Columns::fit(COLUMNS, cells.iter().flatten(), area.width);
        columns.titles(paint::row(area, 0), buffer, theme.quiet);
        let selected = self.choice.list.selected(&lines).filter(|_| cx.in_view());
        for ((y, line), (entry, cells)) in (0..).zip(shown).zip(visible.iter().zip(&cells)) {
            let row = paint::row(Self::rows(area), y);
            let (Entry::Host(host), Some(cells)) = (entry, cells) else {
                let words = format!(" target: {} margin ", number::percent(cx.target));
                Line::new(row, buffer)
                    .put(cx.signs.rule, theme.rule)
                    .put(&words, theme.mark)
                    .fill(cx.signs.rule, theme.rule);
                continue;
            };
            let margin = theme.verdict(host.is_above(cx.target));
            let (text, quiet) = (theme.text, theme.quiet);
            columns.row(row, buffer, cells, [text, quiet, text, quiet, text, text, margin, theme.strong]);
            if selected == Some(line) {
                buffer.set_style(Rect { width: columns.width().min(row.width), ..row }, theme.selected);
            }
        }
        let hints = self.hints(cx, self.selected(&entries, &lines));
        self.choice.list.footer(cx, Self::rows(area), &lines, &hints, buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Option<Vec<Action>> {
        if let Some(actions) = self.choice.command(command) {
            return Some(actions);
        }
        let entries = self.entries();
        let lines = Self::lines(&entries, cx, area);
        if command == Command::Act {
            let row = self.selected(&entries, &lines).zip(self.report.as_ref());
            return Some(
                row.map(|(row, report)| book::open(row.host.clone(), report.opening(row)))
                    .into_iter()
                    .collect(),
            );
        }
        self.choice.list.command(command, &lines).then(Vec::new)
    }

    fn click(&mut self, at: Position, cx: &Context, area: Rect) -> Vec<Action> {
        let lines = Self::lines(&self.entries(), cx, area);
        if self.choice.list.click(at, Self::rows(area), &lines) {
            self.choice.list.keep_in_sight(&lines.with_hint(true));
        }
        Vec::new()
    }

    fn filter(&mut self, words: &str) {
        self.choice.filter(words);
    }
}
