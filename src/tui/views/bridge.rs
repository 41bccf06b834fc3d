//! Bridge: from the pinned scenario to the present one, input by input; and what turns the verdict.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::list::{Content, Frame, ListView};
use crate::analysis::{CruxSet, Share, Side};
use crate::model::InputId;
use crate::preset::Document;
use crate::quantity::number;
use crate::report::Report;
use crate::report::bridge::{self, BridgeReport};
use crate::report::view::NOTHING_PINNED;
use crate::text;
use crate::tui::command::{BridgeCommand, Command, ViewName};
use crate::tui::component::{Action, Shown, View};
use crate::tui::context::{Context, Pinned};
use crate::tui::paint;
use crate::tui::paint::bars::{self, Scale};
use crate::tui::paint::columns::{Column, Columns, Set};

mod offer;
mod part;
mod pinned;
mod waterfall;

use offer::Offer;
use part::{Part, parts};

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(ListView::<Steps>::default())
}

#[derive(Default)]
struct Steps {
    report: Option<BridgeReport>,
    /// The results are those of an earlier scenario, since input was pending.
    stale: bool,
    /// What can be pinned, while nothing is.
    offers: Vec<Offer>,
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
/// The cells that the name of a scenario may take from the picture.
const END: usize = 22;
/// The column of names.
const NAME: usize = 0;
/// The column of the present value.
const TO: usize = 2;
/// The column of the picture.
const PICTURE: usize = 3;

/// One line of the view.
pub(super) enum Line<'a> {
    Titles,
    /// Where it starts or leads: name, margin, whether it is the pinned one.
    End(String, Option<f64>, bool),
    /// A share, and the margins that its bar goes from and to.
    Share(&'a Share, f64, f64),
    /// All shares together.
    Sum(f64, f64),
    /// Below a share: both of its values, or one part of it, a tier or an input.
    Part(Part),
    CruxTitle,
    Crux(&'a CruxSet),
    Words(String, Style),
    OfferTitles,
    Offer(&'a Offer),
    /// Margins along the picture.
    Axis,
    Blank,
}

impl Steps {
    /// All lines; `stacked` where a share has two, its values below its name.
    fn all(&self, cx: &Context, width: u16, stacked: bool) -> Vec<Line<'_>> {
        let (Some(report), Some(pinned)) = (&self.report, &cx.pinned) else {
            return self.offered(cx, width);
        };
        let analysis = &report.analysis;
        let mut entries = Vec::new();
        if analysis.players == 0 {
            return entries;
        }
        if !analysis.shares.is_empty() {
            entries.push(Line::Titles);
        }
        entries.push(Line::End(pinned.name.clone(), analysis.margin_from, true));
        let mut margin = analysis.margin_from.unwrap_or(0.0);
        for share in &analysis.shares {
            let after = margin + share.margin_points;
            entries.push(Line::Share(share, margin, after));
            let mut parts = parts(report, share);
            if stacked && parts.is_empty() {
                parts.extend(Part::values(share));
            }
            if let Some(first) = parts.first_mut().filter(|_| stacked) {
                first.bar = Some((margin, after));
            }
            entries.extend(parts.into_iter().map(Line::Part));
            margin = after;
        }
        if analysis.shares.len() > 1 {
            let sum = |part: fn(&Share) -> f64| analysis.shares.iter().map(part).sum();
            entries.push(Line::Sum(sum(|share| share.margin_points), sum(|share| share.shapley)));
        }
        entries.push(Line::End(cx.document.title(), analysis.margin_to, false));
        if !analysis.shares.is_empty() {
            entries.push(Line::Axis);
        }
        if !analysis.crux.is_empty() {
            entries.push(Line::Blank);
            entries.push(Line::CruxTitle);
            entries.extend(analysis.crux.iter().map(Line::Crux));
        }
        entries
    }

    /// The cells of the rows that have columns.
    fn cells(&self, cx: &Context, entry: &Line, stacked: bool) -> Option<[String; 6]> {
        let report = self.report.as_ref()?;
        let none = String::new;
        let margin = |margin: &Option<f64>| number::or_undefined(*margin, number::margin);
        Some(match entry {
            // Its name has the room of both values too, where they stand beside it.
            Line::End(name, value, _) => {
                let name = if stacked { text::fit(name, END) } else { none() };
                [name, none(), none(), none(), margin(value), none()]
            }
            Line::Sum(points, shapley) => {
                let (points, factor) = (number::points(*points), bridge::factor(*shapley));
                ["together".to_owned(), none(), none(), none(), points, factor]
            }
            Line::Share(share, ..) => {
                let values = Part::values(share).filter(|_| !stacked);
                let (from, to) = values.map_or_else(Default::default, |part| {
                    (part.from, format!("{} {}", cx.signs.arrow, part.to))
                });
                let points = number::points(share.margin_points);
                let factor = bridge::factor(share.shapley);
                [report.name(&share.input), from, to, none(), points, factor]
            }
            Line::Part(part) if stacked => [part.words(cx), none(), none(), none(), none(), none()],
            Line::Part(Part { name, from, to, .. }) => [
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
    fn scale(entries: &[Line], cells: u16) -> Option<Scale> {
        let margins = || {
            entries.iter().filter_map(|entry| match entry {
                Line::Share(_, from, to) => Some([*from, *to]),
                _ => None,
            })
        };
        let low = margins().flatten().reduce(f64::min)?;
        let high = margins().flatten().reduce(f64::max)?;
        Some(Scale::new(low, high, cells))
    }
}

impl Steps {
    /// What can be pinned, and how to get another bridge.
    fn offered(&self, cx: &Context, width: u16) -> Vec<Line<'_>> {
        let mut lines: Vec<Line> = [Line::OfferTitles].into_iter().collect();
        lines.extend(self.offers.iter().map(Line::Offer));
        lines.push(Line::Blank);
        lines.extend(ways(cx, width));
        lines
    }
}

/// Other ways to get a bridge.
fn ways<'a>(cx: &Context, width: u16) -> Vec<Line<'a>> {
    let key = |command| cx.keys.key(&ViewName::Bridge.scopes(), command);
    let text = format!(
        "{} lists your own presets too; {} pins this scenario as it is, and the bridge leads from there to \
         whatever you make of it.",
        key(Command::Compare),
        key(Command::Pin)
    );
    let lines = paint::wrap(&text, usize::from(width));
    lines.into_iter().map(|line| Line::Words(line, cx.theme.quiet)).collect()
}

/// What is known of all rows before one is drawn.
pub(super) struct Fit {
    /// Whether values stand below names, and bars are two lines high.
    stacked: bool,
    columns: Columns<6>,
    scale: Option<Scale>,
}

impl Content for Steps {
    type Line<'a> = Line<'a>;
    type Fit = Fit;

    fn refresh(&mut self, cx: &Context) {
        let heavy = self.report.as_ref().is_some_and(|report| report.analysis.players > HEAVY);
        self.stale = heavy && cx.busy && cx.pinned.is_some();
        if !self.stale {
            let build = |pinned: &Pinned| BridgeReport::of(&pinned.document, &cx.document, cx.target);
            self.report = cx.pinned.as_ref().map(build);
        }
        if cx.pinned.is_none() {
            self.offers = offer::all(cx);
        }
    }

    fn result(&self) -> Option<&dyn Shown> {
        self.report.as_ref().map(|report| report as _)
    }

    fn conclusion(&self, _: &Context) -> String {
        self.report.as_ref().map_or_else(|| NOTHING_PINNED.to_owned(), Report::conclusion)
    }

    fn short(&self, _: &Context) -> String {
        let nothing = || "Nothing is pinned that a bridge could lead from.".to_owned();
        self.report.as_ref().map_or_else(nothing, Report::short)
    }

    fn unfinished(&self) -> bool {
        self.stale
    }

    fn lines(&self, cx: &Context, area: Rect) -> Vec<Line<'_>> {
        // The line of keys that comes with the focus is not to change the picture.
        let stacked = self.all(cx, area.width, true);
        if stacked.len() < usize::from(area.height) { stacked } else { self.all(cx, area.width, false) }
    }

    fn is_selectable(line: &Line<'_>) -> bool {
        matches!(line, Line::Share(..) | Line::Offer(_))
    }

    fn picture(&self, cx: &Context, frame: &Frame<Line<'_>>, _: &mut Buffer) -> Fit {
        let stacked = frame.lines.iter().any(|line| matches!(line, Line::Part(Part { bar: Some(_), .. })));
        let mut cells: Vec<_> = frame.lines.iter().filter_map(|line| self.cells(cx, line, stacked)).collect();
        // The picture takes what the numbers leave.
        let width = picture_width(&cells, frame.rows.width);
        if let Some(first) = cells.first_mut() {
            first[PICTURE] = " ".repeat(usize::from(width));
        }
        let columns = Columns::fit(COLUMNS, &cells, frame.rows.width);
        let scale = Self::scale(&frame.lines, columns.column(PICTURE).map_or(0, |(_, width)| width));
        Fit { stacked, columns, scale }
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
            Line::Titles => fit.columns.titles(row, buffer, theme.quiet),
            Line::CruxTitle => {
                paint::left(row, buffer, "the least that turns the verdict", theme.quiet);
                paint::right(row, buffer, "margin then", theme.quiet);
            }
            Line::Crux(set) => {
                let margin = number::or_undefined(set.margin, number::margin);
                let start = paint::right(row, buffer, &margin, theme.strong);
                let room = Rect { width: start.saturating_sub(row.x + 1), ..row };
                let words = self.report.as_ref().map(|report| report.set(&set.inputs)).unwrap_or_default();
                paint::left(room, buffer, &words, theme.text);
            }
            Line::Words(words, style) => paint::left(row, buffer, words, *style),
            Line::Blank => {}
            Line::OfferTitles => offer::titles(cx, row, buffer),
            Line::Offer(preset) => offer::draw(cx, preset, selected, row, buffer),
            Line::Axis => {
                if let (Some(scale), Some((x, width))) = (&fit.scale, fit.columns.column(PICTURE)) {
                    let canvas = Rect { x: row.x + x, width, ..row }.intersection(row);
                    waterfall::numbers(cx, scale, canvas, buffer);
                }
            }
            Line::End(..) | Line::Share(..) | Line::Sum(..) | Line::Part(..) => {
                self.draw_step(cx, fit, line, selected, row, buffer);
            }
        }
    }

    fn input(line: &Line<'_>) -> Option<InputId> {
        match line {
            Line::Share(share, ..) => match &share.to {
                Side::Input(value) => Some(value.id.input),
                Side::Shares(_) | Side::Inputs(_) => None,
            },
            _ => None,
        }
    }

    fn hints(&self, cx: &Context, line: &Line<'_>) -> Vec<String> {
        if let Line::Offer(offer) = line {
            let enter = cx.keys.key(&ViewName::Bridge.scopes(), Command::Act);
            return vec![format!("{enter} pins {}", offer.preset.content.name), format!("{enter} pins it")];
        }
        let (Line::Share(share, ..), Some(report)) = (line, &self.report) else { return Vec::new() };
        let name = report.name(&share.input);
        let key = |command| cx.keys.key(&ViewName::Bridge.scopes(), command);
        let (take, go) = (key(Command::Bridge(BridgeCommand::TakePinned)), key(Command::Act));
        let go = if pinned::target(cx, share).is_some() { format!("{go} goes there") } else { String::new() };
        vec![
            format!("{take} takes the pinned {name}   {go}"),
            format!("{take} takes the pinned {name}"),
            format!("{take} takes the pinned value"),
            format!("{take}: as pinned"),
        ]
    }

    fn command(&self, command: Command, cx: &Context, line: Option<&Line<'_>>) -> Option<Vec<Action>> {
        let share = match line {
            Some(Line::Share(share, ..)) => Some(*share),
            _ => None,
        };
        match command {
            Command::Act if self.report.is_none() => Some(match line {
                Some(Line::Offer(offer)) => vec![Action::Pin(Box::new(Document::new(offer.preset.clone())))],
                _ => vec![Action::Do(Command::Compare)],
            }),
            Command::Act => {
                let target = share.and_then(|share| pinned::target(cx, share));
                Some(target.map_or_else(Vec::new, |id| vec![Action::Focus(id)]))
            }
            Command::Bridge(BridgeCommand::TakePinned) => Some(match pinned::edits(cx, share?) {
                Some(edits) => vec![Action::Set(edits)],
                None => vec![Action::Warn("one of the two scenarios has no such tier".to_owned())],
            }),
            _ => None,
        }
    }
}

impl Steps {
    /// A row with columns and a picture.
    fn draw_step(
        &self,
        cx: &Context,
        fit: &Fit,
        line: &Line<'_>,
        selected: bool,
        row: Rect,
        buffer: &mut Buffer,
    ) {
        let (theme, columns) = (cx.theme, &fit.columns);
        let Some(mut cells) = self.cells(cx, line, fit.stacked) else { return };
        let picture = columns.column(PICTURE);
        let (mut name, mut number) = (theme.text, theme.text);
        match line {
            Line::End(words, _, pinned) => {
                number = if *pinned { theme.pinned } else { theme.strong };
                name = number;
                if fit.stacked {
                    // Another row may have made room for all of it.
                    cells[NAME].clone_from(words);
                } else {
                    let width = picture.map_or(row.width, |(x, _)| x.saturating_sub(1));
                    paint::left(Rect { width, ..row }.intersection(row), buffer, words, number);
                }
            }
            Line::Sum(points, _) => {
                name = theme.quiet;
                number = theme.verdict(*points >= 0.0);
            }
            Line::Share(share, ..) => {
                number = theme.verdict(share.margin_points >= 0.0);
                if selected {
                    name = theme.selected;
                }
            }
            Line::Part(part) => {
                name = theme.quiet;
                if columns.column(TO).is_none() && !fit.stacked {
                    let words = format!("{} {} {}", part.from, cx.signs.arrow, part.to);
                    paint::right(row, buffer, &words, theme.quiet);
                }
            }
            _ => {}
        }
        let quiet = theme.quiet;
        columns.row(row, buffer, &cells, [name, quiet, quiet, quiet, number, theme.text]);
        if let (Some(scale), Some((x, width))) = (&fit.scale, picture) {
            let canvas = Rect { x: row.x + x, width, ..row }.intersection(row);
            // A bar is in the lower half of its line, and in the upper one of the next where it has two.
            match line {
                Line::End(_, Some(margin), pinned) => {
                    waterfall::end(cx, *margin, *pinned, scale, canvas, buffer);
                }
                Line::Share(_, from, to) => {
                    bars::low(cx, &waterfall::step(cx, scale, *from, *to), canvas, buffer);
                }
                Line::Part(Part { bar: Some((from, to)), .. }) => {
                    bars::high(cx, &waterfall::step(cx, scale, *from, *to), canvas, buffer);
                }
                _ => {}
            }
            waterfall::target(cx, scale, canvas, buffer);
        }
    }
}

/// The least and the most cells of the picture.
const PICTURE_WIDTH: (u16, u16) = (8, 60);

/// What the numbers leave for the picture.
fn picture_width(cells: &[[String; 6]], width: u16) -> u16 {
    let columns = Columns::fit(COLUMNS, cells, width.saturating_sub(PICTURE_WIDTH.0));
    width.saturating_sub(columns.width() + 1).clamp(PICTURE_WIDTH.0, PICTURE_WIDTH.1)
}

#[cfg(test)]
mod tests;
