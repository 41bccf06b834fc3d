//! Odds: what the margin may be when every ranged input is drawn from its range.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::list::{Content, Frame, ListView};
use crate::analysis::{OddsRange, OddsSettings, Sampler};
use crate::model::InputId;
use crate::quantity::number;
use crate::report::odds::OddsReport;
use crate::report::provenance;
use crate::tui::command::{Command, OddsCommand, ViewName};
use crate::tui::component::{Action, Shown, View};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::columns::{Column, Columns, Set};

mod histogram;

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(ListView::<Ranges>::default())
}

/// Draws while more input is waiting.
const HASTY: usize = 10_000;

#[derive(Default)]
struct Ranges {
    report: Option<OddsReport>,
    sampler: Sampler,
}

/// Name, low and high end.
const COLUMNS: [Column; 4] = [
    Column { title: "drawn from", set: Set::Words(12), gap: 0, spare: 0 },
    Column { title: "P5", set: Set::Right, gap: 2, spare: 0 },
    Column { title: "P95", set: Set::Right, gap: 2, spare: 0 },
    Column { title: "", set: Set::Left, gap: 1, spare: 1 },
];

/// The least lines of bars.
const LEAST: u16 = 3;
/// From this height on the axis has labels.
const LABELLED: u16 = 14;

/// One line below the histogram.
pub(super) enum Line<'a> {
    Titles,
    Range(&'a OddsRange),
    Words(String),
    Blank,
}

impl Ranges {
    fn all(&self, cx: &Context, width: u16) -> Vec<Line<'_>> {
        let Some(report) = &self.report else { return Vec::new() };
        let ranges = &report.analysis.ranges;
        let mut entries = Vec::new();
        if !ranges.is_empty() {
            entries.push(Line::Titles);
            entries.extend(ranges.iter().map(Line::Range));
            entries.push(Line::Blank);
        }
        let key = cx.keys.key(&ViewName::Odds.scopes(), Command::Odds(OddsCommand::Range));
        let lead = if report.analysis.has_default_ranges() {
            "Default ranges, since no input has one of its own. "
        } else {
            ""
        };
        let text = format!(
            "{lead}Every input is drawn on its own, independently of the others. {key} sets the range of the focused \
             slider."
        );
        entries.extend(paint::wrap(&text, usize::from(width)).into_iter().map(Line::Words));
        entries
    }

    /// The histogram's part of an area, and the rest.
    fn areas(&self, area: Rect, entries: usize) -> (Rect, Rect) {
        let width = self.report.as_ref().map_or(0, |report| histogram::width(report, area.width));
        let below = histogram::beside_bars(area.height >= LABELLED);
        if width == 0 || area.height < LEAST + below {
            return (Rect { height: 0, ..area }, area);
        }
        let most = (width / 2).clamp(8, 24);
        let free = area.height.saturating_sub(entries as u16 + below + 1);
        let height = free.max(area.height / 2 - below).clamp(LEAST, most) + below;
        let gap = u16::from(area.height > height + 3);
        let used = (height + gap).min(area.height);
        (Rect { height, ..area }, Rect { y: area.y + used, height: area.height - used, ..area })
    }
}

fn cells(cx: &Context, range: &OddsRange) -> [String; 4] {
    let id = range.id.input;
    let value = |value: f64| number::input(id, Some(value));
    let unit = id.parameter().unit.symbol();
    let unit = if unit == "%" { "" } else { unit.trim_start_matches('$') };
    [provenance::short_name(&cx.document, id), value(range.low), value(range.high), unit.to_owned()]
}

impl Content for Ranges {
    type Line<'a> = Line<'a>;
    type Fit = Columns<4>;

    fn refresh(&mut self, cx: &Context) {
        let samples = if cx.busy { HASTY } else { OddsSettings::default().samples };
        let settings = OddsSettings { samples, target: cx.target, ..OddsSettings::default() };
        self.report = Some(OddsReport::of(&cx.document, settings, &mut self.sampler));
    }

    fn result(&self) -> Option<&dyn Shown> {
        self.report.as_ref().map(|report| report as _)
    }

    fn unfinished(&self) -> bool {
        self.report.as_ref().is_some_and(|report| report.analysis.samples == HASTY)
    }

    fn lines(&self, cx: &Context, area: Rect) -> Vec<Line<'_>> {
        self.all(cx, area.width)
    }

    fn room(&self, area: Rect, lines: &[Line<'_>]) -> Rect {
        self.areas(area, lines.len()).1
    }

    fn is_selectable(line: &Line<'_>) -> bool {
        matches!(line, Line::Range(_))
    }

    fn picture(&self, cx: &Context, frame: &Frame<Line<'_>>, buffer: &mut Buffer) -> Columns<4> {
        let (top, _) = self.areas(frame.area, frame.lines.len());
        if let Some(report) = self.report.as_ref().filter(|_| top.height > 0) {
            histogram::draw(cx, report, frame.area.height >= LABELLED, top, buffer);
        }
        let ranges = frame.lines.iter().filter_map(|line| match line {
            Line::Range(range) => Some(cells(cx, range)),
            _ => None,
        });
        Columns::fit(COLUMNS, &ranges.collect::<Vec<_>>(), frame.rows.width)
    }

    fn draw_line(
        &self,
        cx: &Context,
        columns: &Columns<4>,
        line: &Line<'_>,
        selected: bool,
        row: Rect,
        buffer: &mut Buffer,
    ) {
        let theme = cx.theme;
        match line {
            Line::Titles => columns.titles(row, buffer, theme.quiet),
            Line::Words(words) => paint::left(row, buffer, words, theme.quiet),
            Line::Blank => {}
            Line::Range(range) => {
                let name = if range.id.input == cx.focused { theme.focus } else { theme.text };
                let mut styles = [name, theme.text, theme.text, theme.quiet];
                if selected {
                    let width = columns.width().min(row.width);
                    buffer.set_style(Rect { width, ..row }, theme.selected);
                    styles = [theme.selected; 4];
                }
                columns.row(row, buffer, &cells(cx, range), styles);
            }
        }
    }

    fn input(line: &Line<'_>) -> Option<InputId> {
        if let Line::Range(range) = line { Some(range.id.input) } else { None }
    }

    fn hints(&self, cx: &Context, line: &Line<'_>) -> Vec<String> {
        let Line::Range(range) = line else { return Vec::new() };
        let name = provenance::short_name(&cx.document, range.id.input);
        let enter = cx.keys.key(&ViewName::Odds.scopes(), Command::Act);
        vec![format!("{enter} edits the range of {name}"), format!("{enter} edits the range")]
    }

    fn command(&self, command: Command, cx: &Context, line: Option<&Line<'_>>) -> Option<Vec<Action>> {
        match (command, line) {
            (Command::Act, Some(Line::Range(range))) => Some(vec![Action::EditRange(range.id.input)]),
            (Command::Act, _) => Some(vec![Action::EditRange(cx.focused)]),
            (Command::Odds(OddsCommand::Range), _) => {
                let present = cx.document.scenario().get(cx.focused).is_some();
                let name = provenance::name(&cx.document, cx.focused);
                let absent = || vec![Action::Say(format!("{name} is not part of this scenario"))];
                Some(if present { vec![Action::EditRange(cx.focused)] } else { absent() })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
