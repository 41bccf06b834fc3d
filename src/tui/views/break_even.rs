//! Break-even: what would overturn the verdict, the nearest first; how robust it is; cost against price.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::list::{Content, Frame, ListView};
use crate::analysis::BreakEven;
use crate::model::{InputId, Unit};
use crate::quantity::number;
use crate::report::break_even::{BreakEvenReport, Reached};
use crate::report::unit_costs::{TokenClass, unit_costs};
use crate::report::{provenance, words};
use crate::tui::command::{Command, ViewName};
use crate::tui::component::{Action, View};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::columns::{Column, Columns, Set};

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(ListView::<Inputs>::default())
}

#[derive(Default)]
struct Inputs {
    report: Option<BreakEvenReport>,
    classes: Option<[TokenClass; 3]>,
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
pub(super) enum Line<'a> {
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

impl Line<'_> {
    /// The input of a row, and the value it can be moved to.
    fn input(&self) -> Option<(InputId, Option<f64>)> {
        match self {
            Self::Reached(reached) => Some((reached.entry.id.input, Some(reached.solution))),
            Self::OutOfReach(_, entry) => Some((entry.id.input, None)),
            _ => None,
        }
    }

    /// The cells of an input's row.
    fn cells(&self, cx: &Context) -> Option<[String; 6]> {
        let (name, entry, value, last) = match self {
            Self::Reached(reached) => {
                (reached.name, reached.entry, reached.solution, reached.distance.to_string())
            }
            Self::OutOfReach(name, entry) => {
                let margin = number::or_undefined(entry.best, words::short_margin);
                let at = BreakEvenReport::nearest_at(entry);
                let unit = if at.contains(char::is_numeric) { unit(entry.id.input) } else { "" };
                let today = number::input(entry.id.input, entry.value);
                let arrow = if at.is_empty() { "" } else { cx.signs.arrow };
                return Some([(*name).to_owned(), today, arrow.to_owned(), at, unit.to_owned(), margin]);
            }
            _ => return None,
        };
        let id = entry.id.input;
        let (today, value) = (number::input(id, entry.value), number::input(id, Some(value)));
        Some([name.to_owned(), today, cx.signs.arrow.to_owned(), value, unit(id).to_owned(), last])
    }
}

/// The unit behind a number that has its own dollar or percent sign.
fn unit(id: InputId) -> &'static str {
    match id.parameter().unit {
        Unit::Share => "",
        unit => unit.symbol().trim_start_matches('$'),
    }
}

impl Inputs {
    fn all(&self, cx: &Context, width: u16) -> Vec<Line<'_>> {
        let Some(report) = &self.report else { return Vec::new() };
        let theme = cx.theme;
        let mut entries = Vec::new();
        let words = |entries: &mut Vec<Line>, words: &str, style| {
            let lines = paint::wrap(words, usize::from(width));
            entries.extend(lines.into_iter().map(|line| Line::Words(line, style)));
        };
        let (reached, out_of_reach) = (report.reached(), report.out_of_reach());
        // Standing exactly on the target, every input is where it has to be.
        let on_target = report.analysis.verdict.is_on();
        if !reached.is_empty() && !on_target {
            entries.push(Line::Titles);
            entries.extend(reached.into_iter().map(Line::Reached));
        }
        let part = |entries: &mut Vec<Line>| {
            if !entries.is_empty() {
                entries.push(Line::Blank);
            }
        };
        if let Some(robustness) = report.robustness() {
            part(&mut entries);
            words(&mut entries, &robustness, theme.text);
        }
        if let Some(classes) = self.classes {
            part(&mut entries);
            entries.push(Line::ClassTitles);
            entries.extend(classes.map(Line::Class));
            let prefill = cx.document.scenario().get(crate::model::Global::Prefill.into());
            if prefill.is_none() {
                let all = "The decode rate includes prefill here, so output bears all of the cost.";
                words(&mut entries, all, theme.quiet);
            }
        }
        if !out_of_reach.is_empty() {
            part(&mut entries);
            entries.push(Line::OutOfReachTitle);
            entries.extend(out_of_reach.into_iter().map(|(name, entry)| Line::OutOfReach(name, entry)));
        }
        if let Some(idle) = report.idle_words() {
            part(&mut entries);
            words(&mut entries, &idle, theme.quiet);
        }
        entries
    }
}

fn class_cells(class: &TokenClass) -> [String; 5] {
    let share = |value: Option<f64>| number::or_undefined(value, number::percent);
    [
        class.name.to_owned(),
        number::money(class.price),
        number::or_undefined(class.cost, number::money),
        share(class.margin),
        share(class.of_revenue),
    ]
}

impl Content for Inputs {
    type Report = BreakEvenReport;
    type Line<'a> = Line<'a>;
    type Fit = (Columns<6>, Columns<5>);

    fn refresh(&mut self, cx: &Context) {
        self.report = Some(BreakEvenReport::of(&cx.document, cx.target));
        self.classes = unit_costs(cx.document.scenario());
    }

    fn report(&self) -> Option<&BreakEvenReport> {
        self.report.as_ref()
    }

    fn lines(&self, cx: &Context, area: Rect) -> Vec<Line<'_>> {
        self.all(cx, area.width)
    }

    fn is_selectable(line: &Line<'_>) -> bool {
        line.input().is_some()
    }

    fn picture(&self, cx: &Context, frame: &Frame<Line<'_>>, _: &mut Buffer) -> Self::Fit {
        let cells: Vec<_> = frame.lines.iter().filter_map(|line| line.cells(cx)).collect();
        let classes = self.classes.map(|classes| classes.map(|class| class_cells(&class)));
        let width = frame.rows.width;
        let mut titled = INPUTS;
        titled[3].title = words::even(cx.target);
        (Columns::fit(titled, &cells, width), Columns::fit(CLASSES, classes.iter().flatten(), width))
    }

    fn draw_line(
        &self,
        cx: &Context,
        (columns, classes): &Self::Fit,
        line: &Line<'_>,
        selected: bool,
        row: Rect,
        buffer: &mut Buffer,
    ) {
        let theme = cx.theme;
        match line {
            Line::Titles => columns.titles(row, buffer, theme.quiet),
            Line::Reached(_) | Line::OutOfReach(..) => {
                let Some(cells) = line.cells(cx) else { return };
                let focused = line.input().is_some_and(|(id, _)| id == cx.focused);
                let name = if focused { theme.focus } else { theme.text };
                let value = if matches!(line, Line::Reached(_)) { theme.strong } else { theme.text };
                let mut styles = [name, theme.text, theme.quiet, value, theme.quiet, theme.text];
                if selected {
                    buffer.set_style(Rect { width: columns.width(), ..row }, theme.selected);
                    styles = [theme.selected; 6];
                }
                columns.row(row, buffer, &cells, styles);
            }
            Line::OutOfReachTitle => {
                let holds = self.report.as_ref().is_some_and(BreakEvenReport::holds);
                let title = Rect { width: columns.width().min(row.width), ..row };
                let gap = self.report.as_ref().is_some_and(BreakEvenReport::jumps);
                let last = match (gap, holds) {
                    (true, _) => "margin",
                    (false, true) => "worst margin",
                    (false, false) => "best margin",
                };
                let words = if gap { "the margin jumps past the target" } else { "no value does it alone" };
                let start = paint::right(title, buffer, last, theme.quiet);
                let room = Rect { width: start.saturating_sub(row.x + 1), ..row };
                paint::left(room, buffer, words, theme.quiet);
            }
            Line::ClassTitles => classes.titles(row, buffer, theme.quiet),
            Line::Class(class) => {
                let good = class.margin.map_or(theme.text, |margin| theme.verdict(margin > 0.0));
                let styles = [theme.text, theme.text, theme.text, good, theme.text];
                classes.row(row, buffer, &class_cells(class), styles);
            }
            Line::Words(words, style) => paint::left(row, buffer, words, *style),
            Line::Blank => {}
        }
    }

    fn input(line: &Line<'_>) -> Option<InputId> {
        line.input().map(|(id, _)| id)
    }

    fn hints(&self, cx: &Context, line: &Line<'_>) -> Vec<String> {
        let Some((id, value)) = line.input() else { return Vec::new() };
        let name = provenance::short_name(&cx.document, id);
        let enter = cx.keys.key(&ViewName::BreakEven.scopes(), Command::Act);
        match value {
            Some(value) => {
                let value = number::input_with_unit(id, Some(value));
                vec![
                    format!("{enter} moves {name} to {value}"),
                    format!("{enter}: {name} {value}"),
                    format!("{enter}: {value}"),
                ]
            }
            None => vec![format!("{enter} goes to {name}"), format!("{enter} goes there")],
        }
    }

    fn command(&self, command: Command, cx: &Context, line: Option<&Line<'_>>) -> Option<Vec<Action>> {
        if command != Command::Act {
            return None;
        }
        let (id, value) = line?.input()?;
        Some(match value {
            Some(value) => {
                let name = provenance::short_name(&cx.document, id);
                let words = format!("{name} moved to {}", number::input_with_unit(id, Some(value)));
                vec![Action::Set(vec![(id, Some(value))]), Action::Say(words)]
            }
            None => vec![Action::Focus(id)],
        })
    }
}

#[cfg(test)]
mod tests;
