//! Tiers: who pays for whom, as bars of each tier's part of output, revenue and cost, and what its tokens, queries and
//! users cost and bring.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::list::{Content, Frame, ListView};
use crate::model::{Global, InputId, TierField, TierOutput};
use crate::quantity::number;
use crate::report::tiers::{TierRow, TiersReport};
use crate::report::unit_costs::unit_costs;
use crate::text;
use crate::tui::command::{Command, ViewName};
use crate::tui::component::{Action, Shown, View};
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
    Figures(String, Cells),
    /// The titles of the figures below: what they are, in more and fewer words, and the columns.
    Titles([&'static str; 2], [&'static str; COLUMNS]),
    /// Words.
    Words(String),
    /// Nothing.
    Blank,
}

/// Columns of every table, so that prices stand below prices and costs below costs.
const COLUMNS: usize = 4;

/// The figures of a row.
type Cells = [String; COLUMNS];

/// A table below the picture: its title in more and fewer words, and what stands in each column.
type Section = ([&'static str; 2], [&'static str; COLUMNS], [Option<TierOutput>; COLUMNS]);

const SECTIONS: [Section; 3] = [
    (
        ["per M tokens", "per M"],
        ["", "price", "cost", "margin"],
        [
            None,
            Some(TierOutput::PricePerMTokens),
            Some(TierOutput::CostPerMTokens),
            Some(TierOutput::GrossMargin),
        ],
    ),
    (
        ["per 1,000 queries", "per 1,000"],
        ["", "price", "cost", ""],
        [None, Some(TierOutput::PricePer1000Queries), Some(TierOutput::CostPer1000Queries), None],
    ),
    (
        ["per user a month", "a month"],
        ["users", "price", "cost", "even at"],
        [
            Some(TierOutput::Users),
            Some(TierOutput::PricePerUserMonth),
            Some(TierOutput::CostPerUserMonth),
            Some(TierOutput::BreakEvenQueries),
        ],
    ),
];

/// Below this width the first column is left out.
const LEAST_FOR_ALL: u16 = 46;

/// The cells of names and of each of some columns behind them, which end where the row ends.
fn grid(longest: usize, row: Rect, columns: u16) -> (u16, impl Fn(u16) -> Rect) {
    let name = text::cells(longest).min(row.width * 3 / 10).max(8.min(row.width));
    let column = row.width.saturating_sub(name) / columns.max(1);
    let area = move |index: u16| {
        let x = row.right().saturating_sub(columns.saturating_sub(index) * column);
        Rect { x, width: column, ..row }.intersection(row)
    };
    (row.width.saturating_sub(column * columns), area)
}

impl Tiers {
    fn rows(&self) -> &[TierRow] {
        self.report.as_ref().map_or(&[], |report| &report.tiers)
    }
}

impl Content for Tiers {
    type Line<'a> = Line<'a>;
    /// The width of the longest name.
    type Fit = usize;

    const CURVE_IN: Option<ViewName> = Some(ViewName::Tiers);

    fn refresh(&mut self, cx: &Context) {
        self.report = Some(TiersReport::of(&cx.document));
    }

    fn result(&self) -> Option<&dyn Shown> {
        self.report.as_ref().map(|report| report as _)
    }

    fn lines(&self, cx: &Context, area: Rect) -> Vec<Line<'_>> {
        let mut lines = vec![Line::Titles(["part of", "part of"], PARTS)];
        lines.extend(self.rows().iter().map(Line::Parts));
        for (title, columns, outputs) in SECTIONS {
            let defined =
                |row: &TierRow| outputs.iter().flatten().any(|output| row.result.get(*output).is_some());
            if !self.rows().iter().any(defined) {
                continue;
            }
            lines.push(Line::Blank);
            lines.push(Line::Titles(title, columns));
            for row in self.rows().iter().filter(|row| defined(row)) {
                let figure = |output: Option<TierOutput>| {
                    output.map_or_else(String::new, |output| {
                        let value = row.result.get(output);
                        value
                            .map_or_else(|| "–".to_owned(), |value| number::format(value, output.info().unit))
                    })
                };
                lines.push(Line::Figures(row.name.clone(), outputs.map(figure)));
            }
        }
        if let Some(classes) = unit_costs(cx.document.scenario()) {
            lines.push(Line::Blank);
            lines.push(Line::Titles(["per M by kind", "by kind"], ["revenue", "price", "cost", "margin"]));
            for class in classes {
                let share = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), number::percent);
                let figures = [
                    share(class.of_revenue),
                    number::money(class.price),
                    class.cost.map_or_else(|| "–".to_owned(), number::money),
                    class.margin.map_or_else(|| "–".to_owned(), number::margin),
                ];
                lines.push(Line::Figures(class.name.to_owned(), figures));
            }
        }
        let scenario = cx.document.scenario();
        let has_queries =
            self.rows().iter().any(|row| scenario.get(row.result.input(TierField::Queries)).is_some());
        if !has_queries || scenario.get(Global::OutputPerQuery.into()).is_none() {
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
        match line {
            Line::Parts(tier) => {
                let style = if selected { theme.selected } else { theme.text };
                parts(cx, tier, *longest, style, row, buffer);
            }
            Line::Titles(title, columns) if *columns == PARTS => {
                let (width, area) = grid(*longest, row, 3);
                paint::left(Rect { width, ..row }, buffer, title[0], theme.quiet);
                for (index, title) in (0..).zip(columns.iter().filter(|title| !title.is_empty())) {
                    paint::right(area(index), buffer, title, theme.quiet);
                }
            }
            Line::Titles(title, columns) => {
                cells(*longest, title, &columns.map(str::to_owned), theme.quiet, row, buffer);
            }
            Line::Figures(name, figures) => cells(*longest, &[name, name], figures, theme.text, row, buffer),
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

/// The columns of the picture.
const PARTS: [&str; COLUMNS] = ["output", "revenue", "cost", ""];

/// A name, the shorter one where there is no room for the longer one, and its figures; a long name takes the room of
/// a column that is empty.
fn cells(
    longest: usize,
    [name, short]: &[&str; 2],
    figures: &Cells,
    style: Style,
    row: Rect,
    buffer: &mut Buffer,
) {
    // Where there is no room for all, price and cost stay.
    let left_out = usize::from(row.width < LEAST_FOR_ALL);
    let figures = figures.get(left_out..).unwrap_or_default();
    let (width, area) = grid(longest, row, figures.len() as u16);
    let first = figures.first().map_or(0, |figure| text::cells(text::width(figure)));
    let room = (width + area(0).width).saturating_sub(first + u16::from(first > 0));
    let name = if text::cells(text::width(name)) > room { short } else { name };
    paint::left(
        Rect { width: room.min(row.width), ..row },
        buffer,
        &text::fit(name, usize::from(room)),
        style,
    );
    for (index, figure) in (0..).zip(figures) {
        paint::right(area(index), buffer, figure, style);
    }
}

/// A tier's name and its three shares, each on a bar of the whole column; the cost of one that loses money stands out.
fn parts(cx: &Context, tier: &TierRow, longest: usize, style: Style, row: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let (width, area) = grid(longest, row, 3);
    let name = Rect { width, ..row };
    buffer.set_style(name.intersection(row), style);
    paint::left(name, buffer, &text::fit(&tier.name, usize::from(width)), style);
    if !tier.served {
        // Across the columns that have nothing to say.
        let x = area(0).x.saturating_add(1);
        let words = Rect { x, width: row.right().saturating_sub(x), ..row };
        return paint::left(words.intersection(row), buffer, "not served", theme.quiet);
    }
    let cost = tier.result.get(TierOutput::CostShare);
    let margin = tier.result.get(TierOutput::GrossMargin);
    let loses = margin.map_or(tier.free, |margin| margin < 0.0) && cost > Some(0.0);
    let bars = [
        (Some(tier.result.served_share), theme.quiet),
        (tier.result.get(TierOutput::RevenueShare), theme.up),
        (cost, if loses { theme.down } else { theme.text }),
    ];
    for (index, (share, style)) in (0..).zip(bars) {
        let area = area(index);
        let gap = if area.width < 12 { 1 } else { 2 };
        let column = Rect { x: area.x.saturating_add(gap), width: area.width.saturating_sub(gap), ..area };
        paint::bars::share(cx, share, style, column.intersection(area), buffer);
    }
}
