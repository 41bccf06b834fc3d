//! Odds: what the margin may be when every ranged input is drawn from its range.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::list::{Lines, List};
use super::{View, ViewInfo};
use crate::analysis::{OddsRange, OddsSettings, Sampler};
use crate::report::odds::Odds;
use crate::report::{Format, Report, number, provenance, to_text};
use crate::tui::action::Action;
use crate::tui::app::Context;
use crate::tui::command::{self, Command, CommandInfo};
use crate::tui::draw::bars::{self, Scale};
use crate::tui::draw::columns::{Column, Columns, Set};
use crate::tui::draw::paint;
use crate::tui::popups;

const NAME: &str = "odds";
/// Sets the range of the focused input.
const RANGE: &str = "odds-range";

/// The registry's line.
pub const INFO: ViewInfo = ViewInfo {
    name: NAME,
    title: "Odds",
    doc: "what the margin may be when the inputs are drawn from their ranges; Enter edits the range chosen",
    commands: &[CommandInfo::of_view(
        NAME,
        RANGE,
        &[command::char('g')],
        "Set the 90 % range of the focused slider",
    )],
    make: || Box::new(OddsView::default()),
};

/// Draws while more input is waiting.
const HASTY: usize = 10_000;

#[derive(Default)]
struct OddsView {
    report: Option<Odds>,
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
/// The width of the figures beside the bars, with the space before them.
const FIGURES: u16 = 15;

/// One line below the histogram.
enum Entry<'a> {
    Titles,
    Range(&'a OddsRange),
    Words(String),
    Blank,
}

impl OddsView {
    fn entries(&self, width: u16) -> Vec<Entry<'_>> {
        let Some(report) = &self.report else { return Vec::new() };
        let ranges = &report.analysis.ranges;
        let mut entries = Vec::new();
        if !ranges.is_empty() {
            entries.push(Entry::Titles);
            entries.extend(ranges.iter().map(Entry::Range));
            entries.push(Entry::Blank);
        }
        let [key] = INFO.commands else { return entries };
        let lead = if report.analysis.has_default_ranges() {
            "Default ranges, since no input has one of its own. "
        } else {
            ""
        };
        let text = format!(
            "{lead}Every input is drawn on its own, independently of the others. {} sets the range of the focused \
             slider.",
            key.key()
        );
        entries.extend(paint::wrap(&text, usize::from(width)).into_iter().map(Entry::Words));
        entries
    }

    /// The histogram's part of an area, and the rest.
    fn areas(&self, area: Rect, entries: usize) -> (Rect, Rect) {
        let drawn = self.report.as_ref().is_some_and(|report| !report.analysis.histogram.is_empty());
        let below = 1 + u16::from(area.height >= LABELLED);
        if !drawn || area.height < LEAST + below {
            return (Rect { height: 0, ..area }, area);
        }
        let most = (area.width / 3).clamp(8, 24);
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
        let name = provenance::short_name(cx.document, range.id.input);
        vec![format!("Enter edits the range of {name}"), "Enter edits the range".to_owned()]
    }
}

/// The bars of a histogram as wide as the picture allows: cells a bar, and the count in each.
fn bars_of(odds: &Odds, width: u16) -> (u16, Vec<usize>) {
    let counts: Vec<usize> = odds.analysis.histogram.iter().map(|bin| bin.count).collect();
    let bins = counts.len().max(1);
    let width = usize::from(width.max(1));
    if bins <= width {
        return ((width / bins) as u16, counts);
    }
    let together = bins.div_ceil(width);
    (1, counts.chunks(together).map(|part| part.iter().sum()).collect())
}

/// Draws bars, axis and marks, and the figures beside them.
fn histogram(cx: &Context, odds: &Odds, labelled: bool, area: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let analysis = &odds.analysis;
    let (Some(first), Some(last)) = (analysis.histogram.first(), analysis.histogram.last()) else { return };
    let (each, counts) = bars_of(odds, area.width.saturating_sub(FIGURES));
    let width = (each * counts.len() as u16).min(area.width);
    let below = 1 + u16::from(labelled);
    let canvas = Rect { width, height: area.height.saturating_sub(below), ..area };
    let scale = Scale::new(first.low, last.high, width);
    let top = counts.iter().copied().max().unwrap_or(1).max(1);
    for (x, count) in (0..width).zip(counts.iter().flat_map(|count| std::iter::repeat_n(*count, each.into())))
    {
        let full = f64::from(canvas.height) * 8.0;
        let eighths = libm::round(count as f64 / top as f64 * full) as u16;
        // A bar that is not empty is seen.
        let eighths = if count == 0 { 0 } else { eighths.max(1) };
        let middle = scale.low + (f64::from(x) + 0.5) / f64::from(width.max(1)) * (scale.high - scale.low);
        bar(cx, eighths, middle > cx.target, Rect { x: canvas.x + x, width: 1, ..canvas }, buffer);
    }
    if let Some(cell) = scale.cell(cx.target) {
        let sign = if cx.signs.ascii { ":" } else { "┊" };
        for line in 0..canvas.height {
            let place = Rect { x: canvas.x + cell, width: 1, ..paint::row(canvas, line) };
            if buffer.cell((place.x, place.y)).is_some_and(|cell| cell.symbol() == " ") {
                paint::left(place, buffer, sign, theme.mark);
            }
        }
    }
    let marks = marks(cx, odds);
    let axis = Rect { width, ..paint::row(area, canvas.height) };
    paint::left(axis, buffer, &cx.signs.rule.repeat(usize::from(axis.width)), theme.rule);
    let mut labels = Vec::new();
    for mark in &marks {
        let (cell, sign) = match scale.cell(mark.margin) {
            Some(cell) => (cell, mark.sign),
            None if mark.margin < scale.low => (0, cx.signs.before),
            None => (width.saturating_sub(1), cx.signs.beyond),
        };
        if !mark.sign.is_empty() {
            paint::left(
                Rect { x: axis.x + cell, width: 1, ..axis }.intersection(axis),
                buffer,
                sign,
                mark.style,
            );
            labels.push((cell, format!("{} {}", mark.name, number::percent(mark.margin)), mark.style));
        }
    }
    if labelled {
        // The last mark drawn is the first that gets its label.
        labels.reverse();
        bars::labels(&labels, Rect { width, ..paint::row(area, canvas.height + 1) }, buffer);
    }
    let room = area.width.saturating_sub(width + 2);
    if room + 2 >= FIGURES {
        let beside = Rect { x: area.x + width + 2, width: room.min(20), height: canvas.height + 1, ..area };
        figures(cx, &marks, beside, buffer);
    }
}

/// One bar, an eighth of a cell at a time where the signs allow it.
fn bar(cx: &Context, eighths: u16, above: bool, column: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let [_, shaded, _] = cx.signs.bar;
    // The background of a reversed style would fill the cell.
    let style = Style { add_modifier: theme.text.add_modifier, ..theme.verdict(above) };
    for line in 0..column.height {
        let level = eighths.saturating_sub((column.height - 1 - line) * 8).min(8);
        let sign = match level {
            0 => continue,
            // Without colour a loss is shaded, which only whole cells can be.
            1..4 if !above && !theme.colour && line + 1 < column.height => continue,
            _ if !above && !theme.colour => shaded,
            // Digits would be read as numbers.
            _ if cx.signs.ascii => "#",
            level => cx.signs.levels.get(usize::from(level)).copied().unwrap_or(" "),
        };
        paint::left(paint::row(column, line), buffer, sign, style);
    }
}

/// A margin worth marking.
struct Mark {
    name: &'static str,
    margin: f64,
    /// Its sign on the axis; empty for what stands only among the figures.
    sign: &'static str,
    style: Style,
}

/// The margins worth marking, the more important ones last.
fn marks(cx: &Context, odds: &Odds) -> Vec<Mark> {
    let theme = cx.theme;
    let analysis = &odds.analysis;
    let tee = cx.signs.tee_up;
    let marks = [
        ("mean", analysis.mean, "", theme.quiet),
        ("P5", analysis.p5, tee, theme.text),
        ("P95", analysis.p95, tee, theme.text),
        ("P50", analysis.p50, tee, theme.strong),
        ("target", Some(analysis.target), cx.signs.cross, theme.mark),
        ("today", analysis.verdict.margin, cx.signs.present, theme.focus),
    ];
    let marks = marks
        .into_iter()
        .filter_map(|(name, margin, sign, style)| Some(Mark { name, margin: margin?, sign, style }));
    marks.collect()
}

/// The same margins as a list, from the top: percentiles first.
fn figures(cx: &Context, marks: &[Mark], area: Rect, buffer: &mut Buffer) {
    let order = ["P95", "P50", "P5", "today", "target", "mean"];
    let found = order.iter().filter_map(|name| marks.iter().find(|mark| mark.name == *name));
    for (line, mark) in (0..area.height).zip(found) {
        let row = paint::row(area, line);
        let start = paint::right(row, buffer, &number::percent(mark.margin), mark.style);
        let sign = if mark.sign == cx.signs.tee_up { "" } else { mark.sign };
        let words = format!("{} {sign}", mark.name);
        paint::left(
            Rect { width: start.saturating_sub(row.x + 1), ..row },
            buffer,
            words.trim_end(),
            mark.style,
        );
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
    [provenance::short_name(cx.document, id), value(range.low), value(range.high), unit.to_owned()]
}

fn borrowed<const N: usize>(cells: &[String; N]) -> [&str; N] {
    cells.each_ref().map(String::as_str)
}

impl View for OddsView {
    fn refresh(&mut self, cx: &Context) {
        let samples = if cx.busy { HASTY } else { OddsSettings::default().samples };
        let settings = OddsSettings { samples, target: cx.target, ..OddsSettings::default() };
        self.report = Some(Odds::of(cx.document, settings, &mut self.sampler));
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
        let entries = self.entries(area.width);
        let (top, bottom) = self.areas(area, entries.len());
        if top.height > 0 {
            histogram(cx, report, area.height >= LABELLED, top, buffer);
        }
        let rows: Vec<[String; 4]> = self.ranges().iter().map(|range| cells(cx, range)).collect();
        let columns = Columns::fit(COLUMNS, rows.iter().map(borrowed), bottom.width);
        let choosable = choosable(&entries);
        let lines =
            Lines { choices: &choosable, height: bottom.height, hint: cx.in_view && !rows.is_empty() };
        let shown = self.list.shown(&lines);
        let chosen = cx.in_view.then(|| self.list.choice(rows.len()));
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
        let entries = self.entries(area.width);
        let edit = |id| vec![Action::Popup(popups::range(cx.document, id))];
        match command {
            Command::Act => {
                let ranges = self.ranges();
                let chosen = ranges.get(self.list.choice(ranges.len()));
                return Some(edit(chosen.map_or(cx.focused, |range| range.id.input)));
            }
            Command::InView(RANGE) => {
                let present = cx.document.scenario().get(cx.focused).is_some();
                let absent =
                    format!("{} is not part of this scenario", provenance::name(cx.document, cx.focused));
                return Some(if present { edit(cx.focused) } else { vec![Action::Say(absent)] });
            }
            _ => {}
        }
        let choosable = choosable(&entries);
        let (_, bottom) = self.areas(area, entries.len());
        let lines = Lines { choices: &choosable, height: bottom.height, hint: true };
        self.list.command(command, &lines).then(Vec::new)
    }

    fn click(&mut self, at: Position, _: &Context, area: Rect) -> Vec<Action> {
        let entries = self.entries(area.width);
        let (_, bottom) = self.areas(area, entries.len());
        let choosable = choosable(&entries);
        let lines = Lines { choices: &choosable, height: bottom.height, hint: true };
        self.list.click(at, bottom, &lines);
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{explorer, opened, press, view_lines};
    use crate::model::{Global, InputId};
    use crate::tui::{App, Message, Start, theme};

    fn has(lines: &[String], parts: &[&str]) -> bool {
        lines.iter().any(|line| parts.iter().all(|part| line.contains(part)))
    }

    #[test]
    fn the_percentiles_stand_beside_the_histogram_and_the_ranges_below() {
        let mut app = explorer(opened("deepseek-day6", &[]), "odds", (120, 40));
        let lines = view_lines(&app);
        assert!(lines[0].contains("of 100,000 draws; nine of ten"), "{lines:#?}");
        for parts in [
            ["P95", "88.8 %"],
            ["P50", "83.6 %"],
            ["P5", "75.9 %"],
            ["today ●", "84.5 %"],
            ["target ╳", " 0 %"],
            ["Rent  ", "$1.50  $3.00 /GPU·h"],
            ["Work of a hit", "5 %   50 %"],
            ["independently", ""],
        ] {
            assert!(has(&lines, &parts), "{parts:?} in {lines:#?}");
        }
        // The tallest bar reaches the top.
        assert!(lines[3].contains('█') && lines[2].is_empty(), "{lines:#?}");
        app.set_busy(true);
        app.update(Message::Resize(119, 40));
        assert!(view_lines(&app).join(" ").contains("of 10,000 draws"));
        assert!(app.unfinished());
        app.refine();
        assert!(!app.unfinished() && view_lines(&app).join(" ").contains("of 100,000 draws"));
    }

    #[test]
    fn a_small_screen_keeps_picture_percentiles_and_ranges() {
        let lines = view_lines(&explorer(opened("deepseek-day6", &[]), "odds", (80, 24)));
        assert!(has(&lines, &["P5 ", "75.9 %"]) && has(&lines, &["today", "84.5 %"]), "{lines:#?}");
        assert!(
            has(&lines, &["Rent", "$1.50  $3.00 /GPU·h"]) && lines.iter().any(|line| line.contains('▇')),
            "{lines:#?}"
        );
    }

    #[test]
    fn without_colour_what_is_below_the_target_is_shaded() {
        let dear = opened("deepseek-day6", &[(Global::GpuHour.into(), Some(12.0))]);
        let mut app = App::new(Start { theme: &theme::MONO, ..Start::new(dear) });
        app.update(Message::Resize(120, 40));
        app.show_view("odds");
        let lines = view_lines(&app);
        assert!(has(&lines, &["▓▓█"]) && has(&lines, &["──╳"]), "{lines:#?}");
    }

    #[test]
    fn enter_edits_the_range_chosen_and_g_that_of_the_focused_slider() {
        let mut app = explorer(opened("deepseek-day6", &[]), "odds", (120, 40));
        press(&mut app, "⇥⇥⇥⇥↓");
        assert!(has(&view_lines(&app), &["Enter edits the range of Prefill"]));
        press(&mut app, "⏎");
        let title =
            |app: &App| app.popups.last().map(|popup| popup.title(&app.context())).unwrap_or_default();
        assert_eq!(title(&app), "90 % range of Prefill");
        app.popups.clear();
        app.focus_on(InputId::from(Global::Utilization));
        app.focus = crate::tui::app::Focus::View;
        press(&mut app, "g");
        assert_eq!(title(&app), "90 % range of Utilization");
    }
}
