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
use crate::tui::paint::{self, bars};

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
    /// The titles of the figures below.
    Titles(&'static str, [&'static str; COLUMNS]),
    /// Words.
    Words(String),
    /// Nothing.
    Blank,
}

/// Columns of every table, so that prices stand below prices and costs below costs.
const COLUMNS: usize = 4;

/// The figures of a row.
type Cells = [String; COLUMNS];

/// A table below the picture: its title, and what stands in each column.
type Section = (&'static str, [&'static str; COLUMNS], [Option<TierOutput>; COLUMNS]);

const SECTIONS: [Section; 3] = [
    (
        "per M tokens",
        ["", "price", "cost", "margin"],
        [
            None,
            Some(TierOutput::PricePerMTokens),
            Some(TierOutput::CostPerMTokens),
            Some(TierOutput::GrossMargin),
        ],
    ),
    (
        "per 1,000 queries",
        ["", "price", "cost", ""],
        [None, Some(TierOutput::PricePer1000Queries), Some(TierOutput::CostPer1000Queries), None],
    ),
    (
        "per user a month",
        ["users", "price", "cost", "even at"],
        [
            Some(TierOutput::Users),
            Some(TierOutput::PricePerUserMonth),
            Some(TierOutput::CostPerUserMonth),
            Some(TierOutput::BreakEvenQueries),
        ],
    ),
];

/// Cells of a percentage beside its bar.
const PERCENT: u16 = 8;

/// The same where columns are narrow, and percentages whole.
const NARROW_PERCENT: u16 = 6;
/// From this width on a column has room for a bar beside a percentage with its tenths.
const WIDE_COLUMN: u16 = 13;

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
        let mut lines = vec![Line::Titles("part of", PARTS)];
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
            lines.push(Line::Titles("per M by kind", ["revenue", "price", "cost", "margin"]));
            for class in classes {
                let share = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), number::percent);
                let figures = [
                    share(class.of_revenue),
                    number::money(class.price),
                    class.cost.map_or_else(|| "–".to_owned(), number::money),
                    share(class.margin),
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
        match line {
            Line::Parts(tier) => {
                let style = if selected { theme.selected } else { theme.text };
                parts(cx, tier, *longest, style, row, buffer);
            }
            Line::Titles(title, columns) if *columns == PARTS => {
                let (width, area) = grid(*longest, row, 3);
                paint::left(Rect { width, ..row }, buffer, title, theme.quiet);
                for (index, title) in (0..).zip(columns.iter().filter(|title| !title.is_empty())) {
                    paint::right(area(index), buffer, title, theme.quiet);
                }
            }
            Line::Titles(title, columns) => {
                cells(*longest, title, &columns.map(str::to_owned), theme.quiet, row, buffer);
            }
            Line::Figures(name, figures) => cells(*longest, name, figures, theme.text, row, buffer),
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

/// A name and its figures; a long name takes the room of a column that is empty.
fn cells(longest: usize, name: &str, figures: &Cells, style: Style, row: Rect, buffer: &mut Buffer) {
    // Where there is no room for all, price and cost stay.
    let left_out = usize::from(row.width < LEAST_FOR_ALL);
    let figures = figures.get(left_out..).unwrap_or_default();
    let (width, area) = grid(longest, row, figures.len() as u16);
    let first = figures.first().map_or(0, |figure| text::cells(text::width(figure)));
    let room = (width + area(0).width).saturating_sub(first + u16::from(first > 0));
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

/// A tier's name and its three bars, each on a line that is all there is; the cost of one that loses money stands out.
fn parts(cx: &Context, tier: &TierRow, longest: usize, style: Style, row: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let (width, area) = grid(longest, row, 3);
    let name = Rect { width, ..row };
    buffer.set_style(name.intersection(row), style);
    paint::left(name, buffer, &text::fit(&tier.name, usize::from(width)), style);
    let [solid, middle, light] = cx.signs.bar;
    let cost = tier.result.get(TierOutput::CostShare);
    let margin = tier.result.get(TierOutput::GrossMargin);
    let loses = margin.map_or(tier.free, |margin| margin < 0.0) && cost > Some(0.0);
    let bars = [
        (Some(tier.result.served_share), light, theme.quiet),
        (tier.result.get(TierOutput::RevenueShare), middle, theme.up),
        (cost, solid, if loses { theme.down } else { theme.text }),
    ];
    for (index, (share, sign, style)) in (0..).zip(bars) {
        let area = area(index);
        let narrow = area.width < WIDE_COLUMN;
        let percent = |share: f64| {
            let percents = libm::round(share * 100.0);
            let whole = narrow && (percents > 0.0 || share <= 0.0);
            if whole { format!("{percents} %") } else { number::percent(share) }
        };
        if !tier.served {
            // Across the columns that have nothing to say.
            let all = Rect { width: row.right().saturating_sub(area.x + 1), x: area.x + 1, ..row };
            paint::left(
                all.intersection(row),
                buffer,
                if index == 0 { "not served" } else { "" },
                theme.quiet,
            );
            continue;
        }
        let words = share.map_or_else(|| "–".to_owned(), percent);
        paint::right(area, buffer, &words, theme.text);
        // A gap before the bar and one behind it.
        let (gap, least) = if narrow { (1, NARROW_PERCENT) } else { (2, PERCENT) };
        let cells = area.width.saturating_sub(least + gap);
        let bar = Rect { x: area.x.saturating_add(gap), width: cells, ..area }.intersection(area);
        paint::Line::new(bar, buffer).fill(cx.signs.rule, theme.rule);
        let share = share.unwrap_or(0.0).clamp(0.0, 1.0);
        let look = bars::Look { sign, style };
        bars::draw(cx, &bars::stretch(&bars::Scale::new(0.0, 1.0, bar.width), 0.0, share, look), bar, buffer);
    }
}
