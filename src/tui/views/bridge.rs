//! Bridge: from the pinned scenario to the present one, input by input; and what turns the verdict.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::analysis::{CruxSet, Share, Side};
use crate::quantity::number;
use crate::report::bridge::{self, BridgeReport};
use crate::report::{Format, Report, to_text};
use crate::tui::command::{BridgeCommand, Command, ViewName};
use crate::tui::component::{Action, View};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::bars::{self, Look, Scale};
use crate::tui::paint::columns::{Column, Columns, Set};
use crate::tui::paint::list::{Lines, List};

mod pinned;

/// A new one.
pub fn new() -> Box<dyn View> {
    Box::new(BridgeView::default())
}

#[derive(Default)]
struct BridgeView {
    report: Option<BridgeReport>,
    list: List,
    /// The results are those of an earlier scenario, since input was pending.
    stale: bool,
}

/// From this many inputs on a bridge is not built anew while input is pending.
const HEAVY: usize = 12;

/// Name, both values, the picture, margin points, factor.
const COLUMNS: [Column; 6] = [
    Column { title: "", set: Set::Words(12), gap: 0, spare: 0 },
    Column { title: "", set: Set::Right, gap: 1, spare: 4 },
    Column { title: "", set: Set::Left, gap: 1, spare: 3 },
    Column { title: "", set: Set::Left, gap: 1, spare: 1 },
    Column { title: "margin", set: Set::Right, gap: 1, spare: 0 },
    Column { title: "factor", set: Set::Right, gap: 2, spare: 2 },
];
/// The column of the present value.
const TO: usize = 2;
/// The column of the picture.
const PICTURE: usize = 3;

/// One line of the view.
enum Entry<'a> {
    Titles,
    /// Where it starts or leads: name, margin, whether it is the pinned one.
    End(String, Option<f64>, bool),
    /// A share, and the margins that its bar goes from and to.
    Share(&'a Share, f64, f64),
    /// All shares together.
    Sum(f64, f64),
    /// A part of a share: a tier or an input, and both values.
    Part(String, String, String),
    CruxTitle,
    Crux(&'a CruxSet),
    Words(String, Style),
    Blank,
}

impl BridgeView {
    fn entries(&self, cx: &Context, width: u16) -> Vec<Entry<'_>> {
        let (Some(report), Some(pinned)) = (&self.report, &cx.pinned) else { return offer(cx, width) };
        let analysis = &report.analysis;
        let mut entries = Vec::new();
        if analysis.players == 0 {
            return entries;
        }
        if !analysis.shares.is_empty() {
            entries.push(Entry::Titles);
        }
        entries.push(Entry::End(pinned.name.clone(), analysis.margin_from, true));
        let mut margin = analysis.margin_from.unwrap_or(0.0);
        for share in &analysis.shares {
            let after = margin + share.margin_points;
            entries.push(Entry::Share(share, margin, after));
            entries.extend(parts(report, share));
            margin = after;
        }
        if analysis.shares.len() > 1 {
            let sum = |part: fn(&Share) -> f64| analysis.shares.iter().map(part).sum();
            entries.push(Entry::Sum(sum(|share| share.margin_points), sum(|share| share.shapley)));
        }
        entries.push(Entry::End(cx.document.content().name.clone(), analysis.margin_to, false));
        if !analysis.crux.is_empty() {
            entries.push(Entry::Blank);
            entries.push(Entry::CruxTitle);
            entries.extend(analysis.crux.iter().map(Entry::Crux));
        }
        entries
    }

    fn choices<'a>(entries: &[Entry<'a>]) -> Vec<&'a Share> {
        let choice =
            |entry: &Entry<'a>| if let Entry::Share(share, ..) = entry { Some(*share) } else { None };
        entries.iter().filter_map(choice).collect()
    }

    /// The cells of the rows that have columns.
    fn cells(&self, cx: &Context, entry: &Entry) -> Option<[String; 6]> {
        let report = self.report.as_ref()?;
        let none = String::new;
        let margin = |margin: &Option<f64>| number::or_undefined(*margin, number::percent);
        Some(match entry {
            // Its name has the room of both values too.
            Entry::End(_, value, _) => [none(), none(), none(), none(), margin(value), none()],
            Entry::Sum(points, shapley) => {
                let (points, factor) = (number::points(*points), bridge::factor(*shapley));
                ["together".to_owned(), none(), none(), none(), points, factor]
            }
            Entry::Share(share, ..) => {
                let side = |side: &Side| match side {
                    Side::Input(value) => number::input(value.id.input, value.value),
                    Side::Shares(_) | Side::Inputs(_) => none(),
                };
                let to = side(&share.to);
                let to = if to.is_empty() { to } else { format!("{} {to}", cx.signs.arrow) };
                let points = number::points(share.margin_points);
                let factor = bridge::factor(share.shapley);
                [report.name(&share.input), side(&share.from), to, none(), points, factor]
            }
            Entry::Part(name, from, to) => [
                format!("  {name}"),
                from.clone(),
                format!("{} {to}", cx.signs.arrow),
                none(),
                none(),
                none(),
            ],
            _ => return None,
        })
    }

    /// Both ends of all bars.
    fn scale(entries: &[Entry], cells: u16) -> Option<Scale> {
        let margins = || {
            entries.iter().filter_map(|entry| match entry {
                Entry::Share(_, from, to) => Some([*from, *to]),
                _ => None,
            })
        };
        let low = margins().flatten().reduce(f64::min)?;
        let high = margins().flatten().reduce(f64::max)?;
        Some(Scale::new(low, high, cells))
    }

    fn hints(&self, cx: &Context, entries: &[Entry]) -> Vec<String> {
        let choices = Self::choices(entries);
        let (Some(share), Some(report)) = (choices.get(self.list.choice(choices.len())), &self.report) else {
            return Vec::new();
        };
        let name = report.name(&share.input);
        let key = |command| cx.keys.key(&ViewName::Bridge.scopes(), command);
        let (take, go) = (key(Command::Bridge(BridgeCommand::TakePinned)), key(Command::Act));
        let go =
            if pinned::target(cx, share).is_some() { format!("   {go} goes there") } else { String::new() };
        vec![
            format!("{take} takes the pinned {name}{go}"),
            format!("{take} takes the pinned {name}"),
            format!("{take} takes the pinned value"),
            format!("{take}: as pinned"),
        ]
    }
}

/// How to get a bridge.
fn offer<'a>(cx: &Context, width: u16) -> Vec<Entry<'a>> {
    let key = |command| cx.keys.key(&ViewName::Bridge.scopes(), command);
    let text = format!(
        "{} chooses a preset to compare with; {} pins this scenario as it is, and the bridge leads from there to \
         whatever you make of it.",
        key(Command::Compare),
        key(Command::Pin)
    );
    let lines = paint::wrap(&text, usize::from(width));
    lines.into_iter().map(|line| Entry::Words(line, cx.theme.text)).collect()
}

/// What a share is made of, when it is more than one value.
fn parts<'a>(report: &BridgeReport, share: &'a Share) -> Vec<Entry<'a>> {
    match (&share.from, &share.to) {
        (Side::Shares(from), Side::Shares(to)) => {
            let shares = from.iter().zip(to).map(|((key, from), (_, to))| {
                Entry::Part(report.tier(*key), number::percent(*from), number::percent(*to))
            });
            shares.collect()
        }
        (Side::Inputs(from), Side::Inputs(to)) => {
            let inputs = from.iter().zip(to).map(|(from, to)| {
                let (name, id) = (report.input(&from.id), from.id.input);
                Entry::Part(name, number::input(id, from.value), number::input(id, to.value))
            });
            inputs.collect()
        }
        _ => Vec::new(),
    }
}

fn choosable(entries: &[Entry]) -> Vec<bool> {
    entries.iter().map(|entry| matches!(entry, Entry::Share(..))).collect()
}

fn borrowed<const N: usize>(cells: &[String; N]) -> [&str; N] {
    cells.each_ref().map(String::as_str)
}

impl View for BridgeView {
    fn refresh(&mut self, cx: &Context) {
        let heavy = self.report.as_ref().is_some_and(|report| report.analysis.players > HEAVY);
        self.stale = heavy && cx.busy && cx.pinned.is_some();
        if !self.stale {
            let build = |pinned: &crate::tui::context::Pinned| {
                BridgeReport::of(&pinned.document, &cx.document, cx.target)
            };
            self.report = cx.pinned.as_ref().map(build);
        }
    }

    fn unfinished(&self) -> bool {
        self.stale
    }

    fn conclusion(&self, _: &Context) -> String {
        let nothing = "A bridge leads from a pinned scenario to this one, and nothing is pinned.";
        self.report.as_ref().map_or_else(|| nothing.to_owned(), Report::conclusion)
    }

    fn export(&self, format: Format) -> Option<String> {
        self.report.as_ref().map(|report| to_text(report, format))
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let theme = cx.theme;
        let entries = self.entries(cx, area.width);
        let mut cells: Vec<Option<[String; 6]>> = entries.iter().map(|entry| self.cells(cx, entry)).collect();
        // The picture takes what the numbers leave.
        let width = picture_width(&cells, area.width);
        if let Some(first) = cells.iter_mut().flatten().next() {
            first[PICTURE] = " ".repeat(usize::from(width));
        }
        let columns = Columns::fit(COLUMNS, cells.iter().flatten().map(borrowed), area.width);
        let picture = columns.column(PICTURE);
        let scale = Self::scale(&entries, picture.map_or(0, |(_, width)| width));
        let choosable = choosable(&entries);
        let lines =
            Lines { choices: &choosable, height: area.height, hint: cx.in_view() && self.report.is_some() };
        let shown = self.list.shown(&lines);
        let count = |choices: &[bool]| choices.iter().filter(|choice| **choice).count();
        let chosen = cx.in_view().then(|| self.list.choice(count(&choosable)));
        let mut choice = count(choosable.get(..shown.start).unwrap_or_default());
        for (place, (entry, cells)) in
            (0..shown.len() as u16).zip(entries.iter().zip(&cells).skip(shown.start))
        {
            let row = paint::row(area, place);
            if let Some(cells) = cells {
                let (mut name, mut number) = (theme.text, theme.text);
                match entry {
                    Entry::End(words, _, pinned) => {
                        number = if *pinned { theme.pinned } else { theme.strong };
                        let width = picture.map_or(row.width, |(x, _)| x.saturating_sub(1));
                        paint::left(Rect { width, ..row }.intersection(row), buffer, words, number);
                    }
                    Entry::Sum(points, _) => {
                        name = theme.quiet;
                        number = theme.verdict(*points >= 0.0);
                    }
                    Entry::Share(share, ..) => {
                        number = theme.verdict(share.margin_points >= 0.0);
                        if chosen == Some(choice) {
                            name = theme.selected;
                        }
                        choice += 1;
                    }
                    Entry::Part(_, from, to) => {
                        name = theme.quiet;
                        if columns.column(TO).is_none() {
                            let words = format!("{from} {} {to}", cx.signs.arrow);
                            paint::right(row, buffer, &words, theme.quiet);
                        }
                    }
                    _ => {}
                }
                let [words, from, to, _, points, factor] = borrowed(cells);
                let quiet = theme.quiet;
                columns.row(
                    row,
                    buffer,
                    [
                        (words, name),
                        (from, quiet),
                        (to, quiet),
                        ("", quiet),
                        (points, number),
                        (factor, theme.text),
                    ],
                );
                if let (Some(scale), Some((x, width))) = (&scale, picture) {
                    let canvas = Rect { x: row.x + x, width, ..row }.intersection(row);
                    waterfall(cx, entry, scale, canvas, buffer);
                }
                continue;
            }
            match entry {
                Entry::Titles => columns.titles(row, buffer, theme.quiet),
                Entry::CruxTitle => {
                    paint::left(row, buffer, "the least that turns the verdict", theme.quiet);
                    paint::right(row, buffer, "margin then", theme.quiet);
                }
                Entry::Crux(set) => {
                    let margin = number::or_undefined(set.margin, number::percent);
                    let start = paint::right(row, buffer, &margin, theme.strong);
                    let room = Rect { width: start.saturating_sub(row.x + 1), ..row };
                    let words =
                        self.report.as_ref().map(|report| report.set(&set.inputs)).unwrap_or_default();
                    paint::left(room, buffer, &words, theme.text);
                }
                Entry::Words(words, style) => paint::left(row, buffer, words, *style),
                _ => {}
            }
        }
        self.list.footer(cx, area, &lines, &self.hints(cx, &entries), buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Option<Vec<Action>> {
        if self.report.is_none() {
            return (command == Command::Act).then(|| vec![Action::Do(Command::Compare)]);
        }
        let entries = self.entries(cx, area.width);
        let choices = Self::choices(&entries);
        let share = choices.get(self.list.choice(choices.len()));
        match command {
            Command::Act => {
                let target = share.and_then(|share| pinned::target(cx, share));
                return Some(target.map_or_else(Vec::new, |id| vec![Action::Focus(id)]));
            }
            Command::Bridge(BridgeCommand::TakePinned) => {
                let share = share?;
                return Some(match pinned::edits(cx, share) {
                    Some(edits) => vec![Action::Set(edits)],
                    None => vec![Action::Warn("one of the two scenarios has no such tier".to_owned())],
                });
            }
            _ => {}
        }
        let choosable = choosable(&entries);
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

/// The least and the most cells of the picture.
const PICTURE_WIDTH: (u16, u16) = (8, 40);

/// What the numbers leave for the picture.
fn picture_width(cells: &[Option<[String; 6]>], width: u16) -> u16 {
    let columns =
        Columns::fit(COLUMNS, cells.iter().flatten().map(borrowed), width.saturating_sub(PICTURE_WIDTH.0));
    width.saturating_sub(columns.width() + 1).clamp(PICTURE_WIDTH.0, PICTURE_WIDTH.1)
}

/// A mark for an end, a bar for a share.
fn waterfall(cx: &Context, entry: &Entry, scale: &Scale, canvas: Rect, buffer: &mut Buffer) {
    let [solid, _, light] = cx.signs.bar;
    match entry {
        Entry::End(_, Some(margin), pinned) => {
            let cell = (scale.half(*margin) / 2).min(scale.cells.saturating_sub(1));
            let (sign, style) =
                if *pinned { (cx.signs.pinned, cx.theme.pinned) } else { (cx.signs.present, cx.theme.focus) };
            let place = Rect { x: canvas.x + cell, width: 1, ..canvas }.intersection(canvas);
            paint::left(place, buffer, sign, style);
        }
        Entry::Share(_, from, to) => {
            let look = if to >= from {
                Look { sign: solid, style: cx.theme.good }
            } else {
                Look { sign: light, style: cx.theme.bad }
            };
            bars::draw(cx, &bars::stretch(scale, *from, *to, look), canvas, buffer);
        }
        _ => {}
    }
    let target = scale.cell(cx.target).map(|cell| Rect { x: canvas.x + cell, width: 1, ..canvas });
    if let Some(place) = target
        && buffer.cell((place.x, place.y)).is_some_and(|cell| cell.symbol() == " ")
    {
        paint::left(
            place.intersection(canvas),
            buffer,
            if cx.signs.ascii { ":" } else { "┊" },
            cx.theme.mark,
        );
    }
}

#[cfg(test)]
mod tests;
