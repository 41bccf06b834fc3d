//! The headline: the verdict, one large number, where each dollar goes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::model::{Output, OutputId};
use crate::quantity::number;
use crate::report::{caveat, verdict};
use crate::text;
use crate::tui::context::Context;
use crate::tui::measure::Measure;
use crate::tui::paint::digits;
use crate::tui::paint::{self, Line};

/// Draws the headline: with four lines and room enough, the number is three lines high.
///
/// ```text
/// ▄▀▄ █ █   █▀▀  ▀▄▀   verdict                                    one figure
/// ▄▀▄ ▀▀█   ▀▀▄  ▄▀▄   caveat                                     a line,
///  ▀    ▀ ▄ ▀▀  ▀  ▀▀  name of the measure and what it means      as they fit
/// where each dollar goes, at full width
/// ```
pub(super) fn draw(cx: &Context, area: Rect, buffer: &mut Buffer) {
    let measure = Large::of(cx);
    let digits = digits::width(&measure.value).filter(|width| {
        measure.defined && !cx.signs.ascii && area.height > DIGITS && area.width >= width + 52
    });
    // More air where the verdict can spare it.
    let air = if area.width >= 100 { 4 } else { 2 };
    let indent = digits.map_or(1, |width| width + air);
    if digits.is_some() {
        let area = Rect { x: area.x + 1, width: indent, ..area };
        digits::draw(&measure.value, cx.theme.verdict(cx.holds()), area, buffer);
    }
    let last = area.height.saturating_sub(1).min(DIGITS);
    let words =
        Rect { x: area.x + indent, width: area.width.saturating_sub(indent), height: last.max(1), ..area };
    let ends = sentences(cx, &measure, digits.is_none(), words, buffer);
    figures(cx, words, &ends, buffer);
    bar(cx, paint::row(area, last), buffer);
}

/// The lines that large digits take.
const DIGITS: u16 = 3;

/// The measure in large.
struct Large {
    value: String,
    /// Its name, with what belongs to it.
    name: String,
    /// What it means.
    meaning: &'static str,
    defined: bool,
}

impl Large {
    fn of(cx: &Context) -> Self {
        let (value, name) = large(cx);
        let (_, definition) = cx.measure.definition();
        let (_, meaning) = definition.split_once("= ").unwrap_or(("", definition));
        let measured = cx.measured(cx.measure);
        let defined = measured.is_some();
        if let (Measure::GrossMargin, Some(margin)) = (cx.measure, measured)
            && number::is_deep(margin)
        {
            let (value, name) = (number::factor(1.0 - margin), "COST ÷ REVENUE".to_owned());
            return Self {
                value,
                name,
                meaning: "serving costs so many times what it brings, with a margin below −1000 %",
                defined,
            };
        }
        Self { value, name, meaning, defined }
    }
}

/// Verdict, caveat, and what the large number is; returns where each line ends.
fn sentences(cx: &Context, large: &Large, with_value: bool, area: Rect, buffer: &mut Buffer) -> Vec<u16> {
    let theme = cx.theme;
    let width = usize::from(area.width);
    // Where there is a line for nothing else, verdict and number share it.
    let measured = area.height >= 2;
    let most = usize::from(area.height) - usize::from(measured);
    let verdict = verdict_in(cx, width, most);
    let mut lines: Vec<(String, Style)> = Vec::new();
    lines.extend(paint::wrap(&verdict, width).into_iter().map(|line| (line, theme.strong)));
    lines.truncate(most.max(1));
    if lines.len() < most {
        lines.extend(caveat::line(&cx.document, width).map(|caveat| (caveat, theme.quiet)));
    }
    let mut ends = Vec::new();
    for (row, (words, style)) in (0..).zip(&lines) {
        let mut line = Line::new(paint::row(area, row), buffer);
        match verb(words).filter(|_| row == 0) {
            // Only the verb says by its colour whether it is a profit.
            Some((before, verb, after)) => {
                line.put(before, *style).put(verb, theme.verdict(cx.holds())).put(after, *style);
            }
            None => {
                line.put(words, *style);
            }
        }
        ends.push(line.x());
    }
    if measured {
        let mut line = Line::new(paint::row(area, lines.len() as u16), buffer);
        if with_value {
            line.put(&large.value, theme.verdict(cx.holds())).skip(1);
        }
        line.put(&large.name, theme.strong);
        // What the last change did is more than what is known since the start.
        if let Some(echo) = cx.echo(usize::from(line.room()).saturating_sub(3)) {
            line.skip(3).put(&echo, theme.text);
        } else if large.defined {
            let whole = format!(" = {}", large.meaning);
            let short = format!(" = {}", in_short(large.meaning));
            let _ = line.put_whole(&whole, theme.quiet) || line.put_whole(&short, theme.quiet);
        }
        ends.push(line.x());
    }
    ends
}

/// The verdict; where lines are few and it takes more than one, a shorter one that leaves a line for the caveat.
fn verdict_in(cx: &Context, width: usize, most: usize) -> String {
    let outputs = &cx.derived.results.outputs;
    let whole = verdict::sentence(outputs, cx.document.subject());
    if text::width(&whole) <= width || most > 2 {
        return whole;
    }
    let shorter =
        [whole.replace(" the cost of serving", " the cost"), verdict::sentence(outputs, verdict::SUBJECT)];
    shorter.into_iter().find(|verdict| text::width(verdict) <= width).unwrap_or(whole)
}

/// What the verb of a verdict is: what stands before it, the verb, and what follows.
fn verb(verdict: &str) -> Option<(&str, &str, &str)> {
    const VERBS: [&str; 5] = [
        " just cover the cost of serving",
        " cover the cost of serving",
        " just cover the cost",
        " cover the cost",
        " costs",
    ];

    let (at, verb) = VERBS.iter().find_map(|verb| Some((verdict.rfind(verb)?, verb)))?;
    let (before, rest) = verdict.split_at_checked(at + 1)?;
    let (verb, after) = rest.split_at_checked(verb.len() - 1)?;
    Some((before, verb, after))
}

/// Where there is no room for all of it, what stands before the comma is the definition.
fn in_short(definition: &str) -> &str {
    definition.split(", ").next().unwrap_or(definition)
}

/// The measure in large and the name behind it.
fn large(cx: &Context) -> (String, String) {
    let (measure, tier) = (cx.measure, cx.tier);
    let (name, _) = measure.definition();
    let value = cx.measured(measure);
    let shown = |output: OutputId, value| {
        number::or_undefined(value, |value| number::format(value, output.info().unit))
    };
    let output = measure.output(tier);
    let user = matches!(output, OutputId::Tier(..));
    let of = if user { format!(" · {}", cx.document.content().tier_name(tier)) } else { String::new() };
    match (measure, value, measure.price(tier)) {
        (Measure::Multiple, value, _) => (number::or_undefined(value, number::factor), name.to_owned()),
        (Measure::ProfitPerDay, None, _) => (shown(output, value), format!("{name} (needs Nodes paid)")),
        (_, None, _) if user => (shown(output, value), format!("{name}{of} (needs queries a day)")),
        (_, _, Some(price)) => {
            (shown(output, value), format!("{name}{of} · PRICE {}", shown(price, cx.result(price))))
        }
        _ => (shown(output, value), name.to_owned()),
    }
}

/// The other figures, the most telling first, at the right of the lines that have room for one.
fn figures(cx: &Context, area: Rect, ends: &[u16], buffer: &mut Buffer) {
    const GAP: u16 = 3;
    let mut figures = other_figures(cx).into_iter().peekable();
    for (row, end) in (0..).zip(ends) {
        let Some((name, value, style)) = figures.peek() else { return };
        let width = text::cells(text::width(name) + text::width(value) + 1);
        let from = area.right().saturating_sub(width + 1);
        if from >= end + GAP {
            Line::new(Rect { x: from, width, ..paint::row(area, row) }, buffer)
                .put(name, cx.theme.quiet)
                .skip(1)
                .put(value, *style);
            figures.next();
        }
    }
}

/// Name, value and style of what is not shown large, the most telling first.
fn other_figures(cx: &Context) -> Vec<(&'static str, String, Style)> {
    let (theme, outputs) = (cx.theme, &cx.derived.results.outputs);
    let mut figures: Vec<(&str, String, Style)> = Vec::new();
    if cx.pinned.is_some() {
        let difference = difference(cx.measure, cx.measured(cx.measure), cx.pinned_measured());
        figures.push(("against pinned", difference, theme.pinned));
    }
    // Who gives other costs asks what is left after them.
    let other = cx.value(crate::model::Global::OtherCostPerDay.into()).filter(|cost| *cost > 0.0);
    if let (Some(operating), Some(_)) = (outputs.get(Output::OperatingProfitPerDay), other) {
        figures.push(("operating profit a day", number::money(operating), theme.text));
    }
    if cx.measure != Measure::GrossMargin {
        figures.push(match outputs.get(Output::GrossMargin) {
            Some(margin) if number::is_deep(margin) => {
                ("cost ÷ revenue", number::factor(1.0 - margin), theme.text)
            }
            margin => ("gross margin", number::or_undefined(margin, number::percent), theme.text),
        });
    }
    if cx.measure != Measure::Markup && outputs.get(Output::Markup).is_some() {
        figures.push(("markup", number::output(outputs, Output::Markup), theme.text));
    }
    let of = |revenue: Output, cost: Output| Some((outputs.get(revenue)?, outputs.get(cost)?));
    let per_day = of(Output::RevenuePerDay, Output::CostPerDay);
    let per_second = of(Output::RevenuePerNodeSecond, Output::CostPerNodeSecond);
    let amounts = |name, amounts: Option<(f64, f64)>| {
        let (revenue, cost) = amounts?;
        let [revenue, cost, profit] = [revenue, cost, revenue - cost].map(number::money);
        Some((name, format!("{revenue} − {cost} = {profit}"), theme.text))
    };
    figures.extend(amounts("a day", per_day));
    let multiple = outputs.get(Output::RevenueOverCost).filter(|_| cx.measure != Measure::Multiple);
    figures.extend(multiple.map(|multiple| ("revenue ÷ cost", number::factor(multiple), theme.text)));
    figures.extend(amounts("per node·s", per_second));
    figures
}

/// How the large number differs from the pinned scenario's.
fn difference(measure: Measure, now: Option<f64>, then: Option<f64>) -> String {
    let (Some(now), Some(then)) = (now, then) else {
        return number::UNDEFINED.to_owned();
    };
    let difference = now - then;
    match measure {
        // Points of a margin that is told as a multiple of revenue say nothing.
        Measure::GrossMargin if number::is_deep(now) || number::is_deep(then) => {
            format!("{} there", number::margin(then))
        }
        Measure::GrossMargin | Measure::Markup => number::points(difference),
        Measure::Multiple => signed(difference, number::factor(difference.abs())),
        Measure::PerMTokens | Measure::PerThousandQueries | Measure::PerUserMonth | Measure::ProfitPerDay => {
            signed(difference, number::money(difference.abs()))
        }
    }
}

fn signed(value: f64, magnitude: String) -> String {
    match value.total_cmp(&0.0) {
        std::cmp::Ordering::Less => format!("{}{magnitude}", number::MINUS),
        std::cmp::Ordering::Equal => magnitude,
        std::cmp::Ordering::Greater => format!("+{magnitude}"),
    }
}

/// Where each dollar goes: of revenue when there is a profit, of cost when there is a loss.
fn bar(cx: &Context, area: Rect, buffer: &mut Buffer) {
    let (theme, outputs) = (cx.theme, &cx.derived.results.outputs);
    if area.height == 0 {
        return;
    }
    let (Some(revenue), Some(cost), Some(prefill)) = (
        outputs.get(Output::RevenuePerNodeSecond),
        outputs.get(Output::CostPerNodeSecond),
        outputs.get(Output::PrefillShare),
    ) else {
        return;
    };
    let whole = revenue.max(cost);
    if whole <= 0.0 {
        return;
    }
    let loss = cost > revenue;
    let lead = if loss { " of each $1 spent " } else { " of each $1 " };
    let [full, medium, light] = cx.signs.bar;
    // Of revenue: prefill, decode, what is left. Of cost: what comes back and what is lost.
    let mut parts = if loss {
        let back = revenue / cost;
        vec![(back, light, theme.track, "comes back"), (1.0 - back, full, theme.bad, "is lost")]
    } else {
        let spent = cost / revenue;
        vec![
            (spent * prefill, full, theme.prefill, "prefill"),
            (spent * (1.0 - prefill), medium, theme.decode, "decode"),
            (1.0 - spent, light, theme.left, "left"),
        ]
    };
    let mut legend = legend_of(&parts);
    let cells = |legend: &[(String, Style)]| -> usize {
        legend.iter().map(|(words, _)| text::width(words) + 2).sum()
    };
    let mut line = Line::new(area, buffer);
    line.put(lead, theme.quiet);
    let room = usize::from(line.room());
    if !loss && prefill > 0.0 && room > cells(&legend) + 24 {
        legend.insert(0, (format!("{} cost", number::cents(cost / revenue)), theme.strong));
    }
    if !loss && room < cells(&legend) + 10 && legend.len() > 2 {
        // Where all three have no room beside a bar, cost is one part.
        let spent = cost / revenue;
        parts = vec![(spent, full, theme.strong, "cost"), (1.0 - spent, light, theme.left, "left")];
        legend = legend_of(&parts);
    }
    let width = room.saturating_sub(cells(&legend) + 2);
    // What is left is a tint where the theme has one, so that the largest part is not the loudest.
    let tinted = |style: Style| style == theme.left && theme.tint.bg.is_some() && !cx.signs.ascii;
    if width >= 8 {
        let mut drawn = 0.0;
        let mut cell = 0;
        for (part, sign, style, _) in &parts {
            drawn += part;
            let end = libm::round(drawn * width as f64) as usize;
            // A part that is there is seen, however small.
            let end = if *part > 0.0 { end.max(cell + 1).min(width) } else { end };
            let (sign, style) = if tinted(*style) { (" ", theme.tint) } else { (*sign, *style) };
            line.put(&sign.repeat(end.saturating_sub(cell)), style);
            cell = cell.max(end);
        }
        line.skip(1);
    }
    for (words, style) in legend {
        // The sign has the colour of its part, the words have none.
        match words.split_once(' ').filter(|_| style != theme.strong) {
            Some((sign, rest)) if text::width(&words) <= usize::from(line.room()) => {
                let (sign, style) = if tinted(style) { (" ", theme.tint) } else { (sign, style) };
                line.put(sign, style).skip(1).put(rest, theme.text);
            }
            _ => {
                line.put_whole(&words, style);
            }
        }
        line.skip(2);
    }
}

/// What each part is, with its sign; parts that are nothing go without saying.
fn legend_of(parts: &[(f64, &str, Style, &str)]) -> Vec<(String, Style)> {
    parts
        .iter()
        .filter(|(part, ..)| *part > 0.0)
        .map(|(part, sign, style, name)| (format!("{sign} {} {name}", number::cents(*part)), *style))
        .collect()
}
