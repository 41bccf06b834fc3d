//! Break-even: what would overturn the verdict, the nearest first, as far from today as it is; and how robust it is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::list::{Content, Frame, ListView};
use crate::model::InputId;
use crate::quantity::number;
use crate::report::break_even::BreakEvenReport;
use crate::report::provenance;
use crate::tui::command::{Command, ViewName};
use crate::tui::component::{Action, Shown, View};
use crate::tui::context::Context;
use crate::tui::paint;

mod dumbbell;
mod line;

use dumbbell::Fit;
use line::{Line, Measure};

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(ListView::<Inputs>::default())
}

#[derive(Default)]
struct Inputs {
    report: Option<BreakEvenReport>,
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
        let part = |entries: &mut Vec<Line>| {
            if !entries.is_empty() {
                entries.push(Line::Blank);
            }
        };
        let (reached, out_of_reach) = (report.reached(), report.out_of_reach());
        // Standing exactly on the target, every input is where it has to be.
        if !report.analysis.verdict.is_on() {
            let (points, factors): (Vec<_>, Vec<_>) =
                reached.into_iter().partition(|reached| reached.distance.points().is_some());
            for (measure, rows) in [(Measure::Factor, factors), (Measure::Points, points)] {
                if !rows.is_empty() {
                    part(&mut entries);
                    entries.push(Line::Axis(measure));
                    entries.extend(rows.into_iter().map(Line::Reached));
                }
            }
        }
        if let Some(robustness) = report.robustness() {
            part(&mut entries);
            words(&mut entries, &robustness, theme.text);
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

impl Content for Inputs {
    type Line<'a> = Line<'a>;
    type Fit = Fit;

    const CURVE_IN: Option<ViewName> = Some(ViewName::BreakEven);

    fn refresh(&mut self, cx: &Context) {
        self.report = Some(BreakEvenReport::of(&cx.document, cx.target));
    }

    fn result(&self) -> Option<&dyn Shown> {
        self.report.as_ref().map(|report| report as _)
    }

    fn lines(&self, cx: &Context, area: Rect) -> Vec<Line<'_>> {
        self.all(cx, area.width)
    }

    fn is_selectable(line: &Line<'_>) -> bool {
        line.input().is_some()
    }

    fn picture(&self, cx: &Context, frame: &Frame<Line<'_>>, _: &mut Buffer) -> Fit {
        let margin = self.report.as_ref().and_then(|report| report.analysis.margin);
        Fit::of(cx, &frame.lines, margin, frame.rows.width)
    }

    fn draw_line(
        &self,
        cx: &Context,
        fit: &Fit,
        line: &Line<'_>,
        selected: bool,
        row: Rect,
        buffer: &mut Buffer,
    ) {
        let theme = cx.theme;
        match line {
            Line::Axis(measure) => {
                let holds = self.report.as_ref().is_some_and(BreakEvenReport::holds);
                fit.axis(cx, *measure, holds, row, buffer);
            }
            Line::Reached(_) | Line::OutOfReach(..) => fit.draw(cx, line, selected, row, buffer),
            Line::OutOfReachTitle => {
                let report = self.report.as_ref();
                let gap = report.is_some_and(BreakEvenReport::jumps);
                let last = match (gap, report.is_some_and(BreakEvenReport::holds)) {
                    (true, _) => "margin",
                    (false, true) => "worst margin",
                    (false, false) => "best margin",
                };
                let words = if gap { "the margin jumps past the target" } else { "no value does it alone" };
                let title = Rect { width: fit.width().min(row.width), ..row };
                let start = paint::right(title, buffer, last, theme.quiet);
                let room = Rect { width: start.saturating_sub(row.x + 1), ..row };
                paint::left(room, buffer, words, theme.quiet);
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
