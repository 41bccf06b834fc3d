//! Odds: what the margin may be when every ranged input is drawn from its range.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::analysis::{OddsRange, OddsSettings, Sampler};
use crate::quantity::number;
use crate::report::odds::OddsReport;
use crate::report::{Format, Report, provenance, to_text};
use crate::tui::command::{Command, OddsCommand, ViewName};
use crate::tui::component::{Action, View};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::columns::{Column, Columns, Set};
use crate::tui::paint::list::{Lines, List};

mod histogram;

/// A new one.
pub fn new() -> Box<dyn View> {
    Box::new(OddsView::default())
}

/// Draws while more input is waiting.
const HASTY: usize = 10_000;

#[derive(Default)]
struct OddsView {
    report: Option<OddsReport>,
    sampler: Sampler,
    list: List,
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
enum Entry<'a> {
    Titles,
    Range(&'a OddsRange),
    Words(String),
    Blank,
}

impl OddsView {
    fn entries(&self, cx: &Context, width: u16) -> Vec<Entry<'_>> {
        let Some(report) = &self.report else { return Vec::new() };
        let ranges = &report.analysis.ranges;
        let mut entries = Vec::new();
        if !ranges.is_empty() {
            entries.push(Entry::Titles);
            entries.extend(ranges.iter().map(Entry::Range));
            entries.push(Entry::Blank);
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
        entries.extend(paint::wrap(&text, usize::from(width)).into_iter().map(Entry::Words));
        entries
    }

    /// The histogram's part of an area, and the rest.
    fn areas(&self, area: Rect, entries: usize) -> (Rect, Rect) {
        let width = self.report.as_ref().map_or(0, |report| histogram::width(report, area.width));
        let below = 1 + u16::from(area.height >= LABELLED);
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

    fn ranges(&self) -> &[OddsRange] {
        self.report.as_ref().map_or(&[], |report| &report.analysis.ranges)
    }

    fn hints(&self, cx: &Context) -> Vec<String> {
        let ranges = self.ranges();
        let Some(range) = ranges.get(self.list.choice(ranges.len())) else { return Vec::new() };
        let name = provenance::short_name(&cx.document, range.id.input);
        let enter = cx.keys.key(&ViewName::Odds.scopes(), Command::Act);
        vec![format!("{enter} edits the range of {name}"), format!("{enter} edits the range")]
    }
}

fn choosable(entries: &[Entry]) -> Vec<bool> {
    entries.iter().map(|entry| matches!(entry, Entry::Range(_))).collect()
}

fn cells(cx: &Context, range: &OddsRange) -> [String; 4] {
    let id = range.id.input;
    let value = |value: f64| number::input(id, Some(value));
    let unit = id.parameter().unit.symbol();
    let unit = if unit == "%" { "" } else { unit.trim_start_matches('$') };
    [provenance::short_name(&cx.document, id), value(range.low), value(range.high), unit.to_owned()]
}

fn borrowed<const N: usize>(cells: &[String; N]) -> [&str; N] {
    cells.each_ref().map(String::as_str)
}

impl View for OddsView {
    fn refresh(&mut self, cx: &Context) {
        let samples = if cx.busy { HASTY } else { OddsSettings::default().samples };
        let settings = OddsSettings { samples, target: cx.target, ..OddsSettings::default() };
        self.report = Some(OddsReport::of(&cx.document, settings, &mut self.sampler));
    }

    fn unfinished(&self) -> bool {
        self.report.as_ref().is_some_and(|report| report.analysis.samples == HASTY)
    }

    fn conclusion(&self, _: &Context) -> String {
        self.report.as_ref().map(Report::conclusion).unwrap_or_default()
    }

    fn export(&self, format: Format) -> Option<String> {
        self.report.as_ref().map(|report| to_text(report, format))
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let theme = cx.theme;
        let Some(report) = &self.report else { return };
        let entries = self.entries(cx, area.width);
        let (top, bottom) = self.areas(area, entries.len());
        if top.height > 0 {
            histogram::draw(cx, report, area.height >= LABELLED, top, buffer);
        }
        let rows: Vec<[String; 4]> = self.ranges().iter().map(|range| cells(cx, range)).collect();
        let columns = Columns::fit(COLUMNS, rows.iter().map(borrowed), bottom.width);
        let choosable = choosable(&entries);
        let lines =
            Lines { choices: &choosable, height: bottom.height, hint: cx.in_view() && !rows.is_empty() };
        let shown = self.list.shown(&lines);
        let chosen = cx.in_view().then(|| self.list.choice(rows.len()));
        for (place, entry) in (0..shown.len() as u16).zip(entries.iter().skip(shown.start)) {
            let row = paint::row(bottom, place);
            match entry {
                Entry::Titles => columns.titles(row, buffer, theme.quiet),
                Entry::Words(words) => paint::left(row, buffer, words, theme.quiet),
                Entry::Blank => {}
                Entry::Range(range) => {
                    let selected = chosen
                        .and_then(|chosen| self.ranges().get(chosen))
                        .is_some_and(|chosen| chosen.id == range.id);
                    let pick = |style: Style| if selected { theme.selected } else { style };
                    if selected {
                        let width = columns.width().min(row.width);
                        buffer.set_style(Rect { width, ..row }, theme.selected);
                    }
                    let focused = range.id.input == cx.focused;
                    let cells = cells(cx, range);
                    let [name, low, high, unit] = borrowed(&cells);
                    let name_style = if focused { theme.focus } else { theme.text };
                    columns.row(
                        row,
                        buffer,
                        [
                            (name, pick(name_style)),
                            (low, pick(theme.text)),
                            (high, pick(theme.text)),
                            (unit, pick(theme.quiet)),
                        ],
                    );
                }
            }
        }
        self.list.footer(cx, bottom, &lines, &self.hints(cx), buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Option<Vec<Action>> {
        let entries = self.entries(cx, area.width);
        let edit = |id| vec![Action::EditRange(id)];
        match command {
            Command::Act => {
                let ranges = self.ranges();
                let chosen = ranges.get(self.list.choice(ranges.len()));
                return Some(edit(chosen.map_or(cx.focused, |range| range.id.input)));
            }
            Command::Odds(OddsCommand::Range) => {
                let present = cx.document.scenario().get(cx.focused).is_some();
                let absent =
                    format!("{} is not part of this scenario", provenance::name(&cx.document, cx.focused));
                return Some(if present { edit(cx.focused) } else { vec![Action::Say(absent)] });
            }
            _ => {}
        }
        let choosable = choosable(&entries);
        let (_, bottom) = self.areas(area, entries.len());
        let lines = Lines { choices: &choosable, height: bottom.height, hint: cx.in_view() };
        self.list.command(command, &lines).then(Vec::new)
    }

    fn click(&mut self, at: Position, cx: &Context, area: Rect) -> Vec<Action> {
        let entries = self.entries(cx, area.width);
        let (_, bottom) = self.areas(area, entries.len());
        let choosable = choosable(&entries);
        let lines = Lines { choices: &choosable, height: bottom.height, hint: cx.in_view() };
        self.list.click(at, bottom, &lines);
        Vec::new()
    }
}

#[cfg(test)]
mod tests;
