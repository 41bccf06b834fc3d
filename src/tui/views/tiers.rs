//! Tiers: who pays for whom, as bars of each tier's part of output, revenue and cost, and what its tokens, queries and
//! users cost and bring.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::list::{Content, Frame, ListView};
use crate::model::{InputId, TierField, TierOutput};
use crate::quantity::number;
use crate::report::tiers::{TierRow, TiersReport};
use crate::report::unit_costs::unit_costs;
use crate::text;
use crate::tui::command::{Command, ViewName};
use crate::tui::component::{Action, View};
use crate::tui::context::Context;
use crate::tui::paint;

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(ListView::<Tiers>::default())
}

#[derive(Default)]
struct Tiers {
    report: Option<TiersReport>,
}

/// One line.
pub(super) enum Line<'a> {
    /// A tier with its parts of output, revenue and cost.
    Parts(&'a TierRow),
    /// A row of a table: a name, then figures.
    Figures(String, Vec<String>),
    /// The titles of the figures below.
    Titles(&'static str, &'static [&'static str]),
    /// Words.
    Words(String),
    /// Nothing.
    Blank,
}

/// A table below the picture: its title and columns.
type Section = (&'static str, &'static [&'static str], &'static [TierOutput]);

const SECTIONS: [Section; 3] = [
    (
        "per M tokens",
        &["price", "cost", "margin"],
        &[TierOutput::PricePerMTokens, TierOutput::CostPerMTokens, TierOutput::GrossMargin],
    ),
    (
        "per 1,000 queries",
        &["price", "cost"],
        &[TierOutput::PricePer1000Queries, TierOutput::CostPer1000Queries],
    ),
    (
        "per user and month",
        &["price", "cost", "even at", "users"],
        &[
            TierOutput::PricePerUserMonth,
            TierOutput::CostPerUserMonth,
            TierOutput::BreakEvenQueries,
            TierOutput::Users,
        ],
    ),
];

/// Cells of a percentage beside its bar.
const PERCENT: u16 = 8;

/// The same where columns are narrow, and percentages whole.
const NARROW_PERCENT: u16 = 6;
/// From this width on a column has room for a bar beside a percentage with its tenths.
const WIDE_COLUMN: u16 = 13;

/// The cells of names, and of each of some columns behind them.
fn widths(longest: usize, area: Rect, columns: usize) -> (u16, u16) {
    let name = text::cells(longest).min(area.width * 3 / 10).max(8.min(area.width));
    (name, area.width.saturating_sub(name) / columns.max(1) as u16)
}

impl Tiers {
    fn rows(&self) -> &[TierRow] {
        self.report.as_ref().map_or(&[], |report| &report.tiers)
    }
}

impl Content for Tiers {
    type Report = TiersReport;
    type Line<'a> = Line<'a>;
    /// The width of the longest name.
    type Fit = usize;

    fn refresh(&mut self, cx: &Context) {
        self.report = Some(TiersReport::of(&cx.document));
    }

    fn report(&self) -> Option<&TiersReport> {
        self.report.as_ref()
    }

    fn lines(&self, cx: &Context, area: Rect) -> Vec<Line<'_>> {
        let mut lines = vec![Line::Titles("part of", &["output", "revenue", "cost"])];
        lines.extend(self.rows().iter().map(Line::Parts));
        for (title, columns, outputs) in SECTIONS {
            let defined = |row: &TierRow| outputs.iter().any(|output| row.result.get(*output).is_some());
            if !self.rows().iter().any(defined) {
                continue;
            }
            lines.push(Line::Blank);
            lines.push(Line::Titles(title, columns));
            for row in self.rows().iter().filter(|row| defined(row)) {
                let figure = |output: &TierOutput| {
                    let unit = output.info().unit;
                    row.result
                        .get(*output)
                        .map_or_else(|| "–".to_owned(), |value| number::format(value, unit))
                };
                lines.push(Line::Figures(row.name.clone(), outputs.iter().map(figure).collect()));
            }
        }
        if let Some(classes) = unit_costs(cx.document.scenario()) {
            lines.push(Line::Blank);
            lines.push(Line::Titles("per M of each kind", &["price", "cost", "margin", "of revenue"]));
            for class in classes {
                let share = |value: Option<f64>| number::or_undefined(value, number::percent);
                let figures = vec![
                    number::money(class.price),
                    number::or_undefined(class.cost, number::money),
                    share(class.margin),
                    share(class.of_revenue),
                ];
                lines.push(Line::Figures(class.name.to_owned(), figures));
            }
        }
        if !self.rows().iter().any(|row| row.result.get(TierOutput::CostPerUserMonth).is_some()) {
            let words = "Users are told once a tier has queries a day and a query its tokens.";
            lines.push(Line::Blank);
            lines.extend(paint::wrap(words, usize::from(area.width)).into_iter().map(Line::Words));
        }
        lines
    }

    fn is_selectable(line: &Line<'_>) -> bool {
        matches!(line, Line::Parts(_))
    }

    fn input(line: &Line<'_>) -> Option<InputId> {
        match line {
            Line::Parts(tier) => Some(tier.result.input(TierField::Share)),
            _ => None,
        }
    }

    fn picture(&self, _: &Context, _: &Frame<Line<'_>>, _: &mut Buffer) -> usize {
        let names = self.rows().iter().map(|row| text::width(&row.name));
        names.max().unwrap_or(0).max("part of".len())
    }

    fn draw_line(
        &self,
        cx: &Context,
        longest: &usize,
        line: &Line<'_>,
        selected: bool,
        row: Rect,
        buffer: &mut Buffer,
    ) {
        let theme = cx.theme;
        let mut cells = |name: &str, style: Style, figures: &[String], styles: Style| {
            let (width, column) = widths((*longest).max("per user and month".len()), row, figures.len());
            let area = Rect { width, ..row };
            paint::left(area, buffer, &text::fit(name, usize::from(width)), style);
            for (index, figure) in (0..).zip(figures) {
                let x = row.x.saturating_add(width + index * column);
                paint::right(Rect { x, width: column, ..row }.intersection(row), buffer, figure, styles);
            }
        };
        match line {
            Line::Parts(tier) => {
                let style = if selected { theme.selected } else { theme.text };
                parts(cx, tier, *longest, style, row, buffer);
            }
            Line::Titles(title, columns) if *title == "part of" => {
                let (width, column) = widths(*longest, row, columns.len());
                paint::left(Rect { width, ..row }, buffer, title, theme.quiet);
                for (index, title) in (0..).zip(*columns) {
                    let x = row.x.saturating_add(width + index * column);
                    paint::right(
                        Rect { x, width: column, ..row }.intersection(row),
                        buffer,
                        title,
                        theme.quiet,
                    );
                }
            }
            Line::Titles(title, columns) => {
                let columns: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
                cells(title, theme.quiet, &columns, theme.quiet);
            }
            Line::Figures(name, figures) => cells(name, theme.text, figures, theme.text),
            Line::Words(words) => paint::left(row, buffer, words, theme.quiet),
            Line::Blank => {}
        }
    }

    fn hints(&self, cx: &Context, line: &Line<'_>) -> Vec<String> {
        let Line::Parts(tier) = line else { return Vec::new() };
        let enter = cx.keys.key(&ViewName::Tiers.scopes(), Command::Act);
        vec![format!("{enter} gives {} all the traffic", tier.name), format!("{enter}: all the traffic")]
    }

    fn command(&self, command: Command, cx: &Context, line: Option<&Line<'_>>) -> Option<Vec<Action>> {
        let Line::Parts(tier) = line? else { return None };
        if command != Command::Act {
            return None;
        }
        let share = tier.result.input(TierField::Share);
        Some(vec![if cx.document.scenario().is_input(share) {
            Action::Set(vec![(share, Some(1.0))])
        } else {
            Action::Say("the only tier has all the traffic".to_owned())
        }])
    }
}

/// A tier's name and its three bars; a cost larger than the revenue stands out.
fn parts(cx: &Context, tier: &TierRow, longest: usize, style: Style, row: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let (width, column) = widths(longest, row, 3);
    let name = Rect { width, ..row };
    buffer.set_style(name.intersection(row), style);
    paint::left(name, buffer, &text::fit(&tier.name, usize::from(width)), style);
    let [solid, middle, light] = cx.signs.bar;
    let revenue = tier.result.get(TierOutput::RevenueShare);
    let cost = tier.result.get(TierOutput::CostShare);
    let costly = cost > revenue.or(Some(0.0));
    let bars = [
        (Some(tier.result.served_share), light, theme.quiet),
        (revenue, middle, theme.up),
        (cost, solid, if costly { theme.down } else { theme.text }),
    ];
    for (index, (share, sign, style)) in (0..).zip(bars) {
        let x = row.x.saturating_add(width + index * column);
        let area = Rect { x, width: column, ..row }.intersection(row);
        let narrow = column < WIDE_COLUMN;
        let percent = |share: f64| {
            let percents = libm::round(share * 100.0);
            let whole = narrow && (percents > 0.0 || share <= 0.0);
            if whole { format!("{percents} %") } else { number::percent(share) }
        };
        let words = number::or_undefined(share, percent);
        let words = if tier.served { words } else { "not served".to_owned() };
        paint::right(area, buffer, &words, theme.text);
        // A gap before the bar and one behind it.
        let (gap, least) = if narrow { (1, NARROW_PERCENT) } else { (2, PERCENT) };
        let room = area.width.saturating_sub(least + gap);
        let share = share.unwrap_or(0.0).clamp(0.0, 1.0);
        let cells = libm::round(share * f64::from(room)) as u16;
        let cells = if share > 0.0 { cells.max(1).min(room) } else { 0 };
        let bar = Rect { x: area.x.saturating_add(gap), width: cells, ..area }.intersection(area);
        paint::left(bar, buffer, &sign.repeat(usize::from(bar.width)), style);
    }
}
