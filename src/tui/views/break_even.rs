//! Break-even: what would overturn the verdict, the nearest first; how robust it is; cost against price.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::analysis::BreakEven;
use crate::model::{InputId, Unit};
use crate::quantity::number;
use crate::report::break_even::{BreakEvenReport, Reached};
use crate::report::unit_costs::{TokenClass, unit_costs};
use crate::report::{Format, Report, provenance, to_text};
use crate::tui::command::{Command, ViewName};
use crate::tui::component::{Action, View};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::columns::{Column, Columns, Set};
use crate::tui::paint::list::{Lines, List};

/// A new one.
pub fn new() -> Box<dyn View> {
    Box::new(BreakEvenView::default())
}

#[derive(Default)]
struct BreakEvenView {
    report: Option<BreakEvenReport>,
    classes: Option<[TokenClass; 3]>,
    list: List,
}

/// Input, present value, arrow, break-even, unit, distance.
const INPUTS: [Column; 6] = [
    Column { title: "input", set: Set::Words(14), gap: 0, spare: 0 },
    Column { title: "today", set: Set::Right, gap: 1, spare: 1 },
    Column { title: "", set: Set::Left, gap: 1, spare: 2 },
    Column { title: "break-even", set: Set::Right, gap: 1, spare: 0 },
    Column { title: "", set: Set::Left, gap: 1, spare: 3 },
    Column { title: "distance", set: Set::Right, gap: 2, spare: 0 },
];

/// Class, price, cost, margin, part of revenue.
const CLASSES: [Column; 5] = [
    Column { title: "$ per M tokens", set: Set::Words(6), gap: 0, spare: 0 },
    Column { title: "price", set: Set::Right, gap: 1, spare: 0 },
    Column { title: "cost", set: Set::Right, gap: 2, spare: 0 },
    Column { title: "margin", set: Set::Right, gap: 2, spare: 0 },
    Column { title: "of revenue", set: Set::Right, gap: 3, spare: 1 },
];

/// One line of the view.
enum Entry<'a> {
    Titles,
    /// What cannot be reached, and whether it is the best or the worst that it can do.
    OutOfReachTitle,
    Reached(Reached<'a>),
    OutOfReach(&'a str, &'a BreakEven),
    ClassTitles,
    Class(TokenClass),
    Words(String, Style),
    Blank,
}

impl Entry<'_> {
    const fn can_be_chosen(&self) -> bool {
        matches!(self, Self::Reached(_) | Self::OutOfReach(..))
    }

    /// The cells of an input's row.
    fn cells(&self, cx: &Context) -> Option<[String; 6]> {
        let (name, entry, value, last) = match self {
            Self::Reached(reached) => {
                (reached.name, reached.entry, Some(reached.solution), reached.distance.to_string())
            }
            Self::OutOfReach(name, entry) => {
                let margin = number::or_undefined(entry.best, number::percent);
                (*name, *entry, entry.at, margin)
            }
            _ => return None,
        };
        let id = entry.id.input;
        let value = value.map_or_else(String::new, |value| number::input(id, Some(value)));
        let arrow = if value.is_empty() { "" } else { cx.signs.arrow };
        let today = number::input(id, entry.value);
        Some([name.to_owned(), today, arrow.to_owned(), value, unit(id).to_owned(), last])
    }
}

/// The unit behind a number that has its own dollar or percent sign.
fn unit(id: InputId) -> &'static str {
    match id.parameter().unit {
        Unit::Share => "",
        unit => unit.symbol().trim_start_matches('$'),
    }
}

impl BreakEvenView {
    fn entries(&self, cx: &Context, width: u16) -> Vec<Entry<'_>> {
        let Some(report) = &self.report else { return Vec::new() };
        let theme = cx.theme;
        let mut entries = Vec::new();
        let words = |entries: &mut Vec<Entry>, words: &str, style| {
            let lines = paint::wrap(words, usize::from(width));
            entries.extend(lines.into_iter().map(|line| Entry::Words(line, style)));
        };
        let (reached, out_of_reach) = (report.reached(), report.out_of_reach());
        // Standing exactly on the target, every input is where it has to be.
        let on_target = report.analysis.verdict.is_on();
        if !reached.is_empty() && !on_target {
            entries.push(Entry::Titles);
            entries.extend(reached.into_iter().map(Entry::Reached));
        }
        let part = |entries: &mut Vec<Entry>| {
            if !entries.is_empty() {
                entries.push(Entry::Blank);
            }
        };
        if let Some(robustness) = report.robustness() {
            part(&mut entries);
            words(&mut entries, &robustness, theme.text);
        }
        if let Some(classes) = self.classes {
            part(&mut entries);
            entries.push(Entry::ClassTitles);
            entries.extend(classes.map(Entry::Class));
            let prefill = cx.document.scenario().get(crate::model::Global::Prefill.into());
            if prefill.is_none() {
                let all = "The decode rate includes prefill here, so output bears all of the cost.";
                words(&mut entries, all, theme.quiet);
            }
        }
        if !out_of_reach.is_empty() {
            part(&mut entries);
            entries.push(Entry::OutOfReachTitle);
            entries.extend(out_of_reach.into_iter().map(|(name, entry)| Entry::OutOfReach(name, entry)));
        }
        if let Some(idle) = report.idle_words() {
            part(&mut entries);
            words(&mut entries, &idle, theme.quiet);
        }
        entries
    }

    /// What can be chosen, in order: the input, and the value it can be moved to.
    fn choices(entries: &[Entry]) -> Vec<(InputId, Option<f64>)> {
        let choice = |entry: &Entry| match entry {
            Entry::Reached(reached) => Some((reached.entry.id.input, Some(reached.solution))),
            Entry::OutOfReach(_, entry) => Some((entry.id.input, None)),
            _ => None,
        };
        entries.iter().filter_map(choice).collect()
    }

    /// What Enter does, in longer and shorter words.
    fn hints(&self, cx: &Context, entries: &[Entry]) -> Vec<String> {
        let choices = Self::choices(entries);
        let Some((id, value)) = choices.get(self.list.choice(choices.len())) else { return Vec::new() };
        let name = provenance::short_name(&cx.document, *id);
        let enter = cx.keys.key(&ViewName::BreakEven.scopes(), Command::Act);
        match value {
            Some(value) => {
                let value = number::input_with_unit(*id, Some(*value));
                vec![
                    format!("{enter} moves {name} to {value}"),
                    format!("{enter}: {name} {value}"),
                    format!("{enter}: {value}"),
                ]
            }
            None => vec![format!("{enter} goes to {name}"), format!("{enter} goes there")],
        }
    }
}

/// Whether each line can be chosen.
fn choosable(entries: &[Entry]) -> Vec<bool> {
    entries.iter().map(Entry::can_be_chosen).collect()
}

fn class_cells(class: &TokenClass) -> [String; 5] {
    let share = |value: Option<f64>| number::or_undefined(value, number::percent);
    [
        class.name.to_owned(),
        number::money(class.price),
        number::money(class.cost),
        share(class.margin),
        share(class.of_revenue),
    ]
}

fn borrowed<const N: usize>(cells: &[String; N]) -> [&str; N] {
    cells.each_ref().map(String::as_str)
}

impl View for BreakEvenView {
    fn refresh(&mut self, cx: &Context) {
        self.report = Some(BreakEvenReport::of(&cx.document, cx.target));
        self.classes = unit_costs(cx.document.scenario());
    }

    fn conclusion(&self, _: &Context) -> String {
        self.report.as_ref().map(Report::conclusion).unwrap_or_default()
    }

    fn export(&self, format: Format) -> Option<String> {
        self.report.as_ref().map(|report| to_text(report, format))
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let theme = cx.theme;
        let entries = self.entries(cx, area.width);
        let cells: Vec<Option<[String; 6]>> = entries.iter().map(|entry| entry.cells(cx)).collect();
        let columns = Columns::fit(INPUTS, cells.iter().flatten().map(borrowed), area.width);
        let class_rows = self.classes.map(|classes| classes.map(|class| class_cells(&class)));
        let class_columns = Columns::fit(CLASSES, class_rows.iter().flatten().map(borrowed), area.width);
        let choosable = choosable(&entries);
        let lines = Lines { choices: &choosable, height: area.height, hint: cx.in_view() };
        let chosen =
            cx.in_view().then(|| self.list.choice(choosable.iter().filter(|choice| **choice).count()));
        let mut choice =
            choosable.iter().take(self.list.shown(&lines).start).filter(|choice| **choice).count();
        let shown = entries.iter().zip(&cells).skip(self.list.shown(&lines).start);
        for (place, (entry, cells)) in (0..self.list.shown(&lines).len() as u16).zip(shown) {
            let row = paint::row(area, place);
            if let Some(cells) = cells {
                let [name, today, arrow, value, unit, last] = borrowed(cells);
                let selected = chosen == Some(choice);
                choice += 1;
                let pick = |style: Style| if selected { theme.selected } else { style };
                if selected {
                    buffer.set_style(Rect { width: columns.width(), ..row }, theme.selected);
                }
                let focused = matches!(entry, Entry::Reached(Reached { entry, .. }) | Entry::OutOfReach(_, entry)
                    if entry.id.input == cx.focused);
                let value_style = if matches!(entry, Entry::Reached(_)) { theme.strong } else { theme.text };
                let cells = [
                    (name, pick(if focused { theme.focus } else { theme.text })),
                    (today, pick(theme.text)),
                    (arrow, pick(theme.quiet)),
                    (value, pick(value_style)),
                    (unit, pick(theme.quiet)),
                    (last, pick(theme.text)),
                ];
                columns.row(row, buffer, cells);
                continue;
            }
            match entry {
                Entry::Titles => columns.titles(row, buffer, theme.quiet),
                Entry::OutOfReachTitle => {
                    let holds = self.report.as_ref().is_some_and(BreakEvenReport::holds);
                    let title = Rect { width: columns.width().min(row.width), ..row };
                    let gap = self.report.as_ref().is_some_and(BreakEvenReport::is_a_gap);
                    let last = match (gap, holds) {
                        (true, _) => "margin",
                        (false, true) => "worst margin",
                        (false, false) => "best margin",
                    };
                    let words = if gap { "any other value does it" } else { "no value does it alone" };
                    let start = paint::right(title, buffer, last, theme.quiet);
                    let room = Rect { width: start.saturating_sub(row.x + 1), ..row };
                    paint::left(room, buffer, words, theme.quiet);
                }
                Entry::ClassTitles => class_columns.titles(row, buffer, theme.quiet),
                Entry::Class(class) => {
                    let cells = class_cells(class);
                    let [name, price, cost, margin, of_revenue] = borrowed(&cells);
                    let good = class.margin.map_or(theme.text, |margin| theme.verdict(margin > 0.0));
                    let cells = [
                        (name, theme.text),
                        (price, theme.text),
                        (cost, theme.text),
                        (margin, good),
                        (of_revenue, theme.text),
                    ];
                    class_columns.row(row, buffer, cells);
                }
                Entry::Words(words, style) => paint::left(row, buffer, words, *style),
                Entry::Blank | Entry::Reached(_) | Entry::OutOfReach(..) => {}
            }
        }
        self.list.footer(cx, area, &lines, &self.hints(cx, &entries), buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Option<Vec<Action>> {
        let entries = self.entries(cx, area.width);
        let choosable = choosable(&entries);
        if command == Command::Act {
            let choices = Self::choices(&entries);
            let (id, value) = *choices.get(self.list.choice(choices.len()))?;
            return Some(match value {
                Some(value) => {
                    let name = provenance::short_name(&cx.document, id);
                    let words = format!("{name} moved to {}", number::input_with_unit(id, Some(value)));
                    vec![Action::Set(vec![(id, Some(value))]), Action::Say(words)]
                }
                None => vec![Action::Focus(id)],
            });
        }
        let lines = Lines { choices: &choosable, height: area.height, hint: cx.in_view() };
        self.list.command(command, &lines).then(Vec::new)
    }

    fn click(&mut self, at: Position, cx: &Context, area: Rect) -> Vec<Action> {
        let choosable = choosable(&self.entries(cx, area.width));
        let lines = Lines { choices: &choosable, height: area.height, hint: cx.in_view() };
        self.list.click(at, area, &lines);
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
