//! The headline: the verdict, one large number, where each dollar goes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::model::{Output, OutputId};
use crate::quantity::number;
use crate::report::verdict;
use crate::text;
use crate::tui::context::Context;
use crate::tui::measure::Measure;
use crate::tui::paint::digits;
use crate::tui::paint::{self, Line};

/// Draws the headline: with three lines and room enough, the number is three lines high.
///
/// ```text
/// ▄▀▄ █ █   █▀▀  ▀ ▄▀   verdict                                   definition
/// ▄▀▄ ▀▀█   ▀▀▄  ▄▀     name of the measure, other measures, totals
///  ▀    ▀ ▄ ▀▀  ▀  ▄    where each dollar goes
/// ```
pub(super) fn draw(cx: &Context, area: Rect, buffer: &mut Buffer) {
    let (value, _) = large(cx);
    let defined = cx.measured(cx.measure).is_some();
    let digits = digits::width(&value)
        .filter(|width| defined && !cx.signs.ascii && area.height >= 3 && area.width >= width + 52);
    let mut rest = area;
    if let Some(width) = digits {
        let area = Rect { x: area.x + 1, width: width + 1, ..area };
        digits::draw(&value, cx.theme.verdict(cx.holds()), area, buffer);
        rest.x += width + 3;
        rest.width -= width + 3;
    }
    let verdict = verdict::sentence(&cx.derived.outputs, cx.document.subject());
    let words = Rect { x: rest.x + 1, width: rest.width.saturating_sub(2), ..rest };
    if text::width(&verdict) > usize::from(words.width) && rest.height >= 3 {
        // Only a reason why there is no verdict is this long, and then there is no bar.
        let reason = Rect { height: 2, ..words };
        paint::wrapped(reason, buffer, &verdict, cx.theme.verdict(cx.holds()));
        numbers(cx, digits.is_none(), false, paint::row(rest, 2), buffer);
        return;
    }
    let defined = sentence(cx, &verdict, paint::row(rest, 0), buffer);
    numbers(cx, digits.is_none(), !defined, paint::row(rest, 1), buffer);
    bar(cx, paint::row(rest, 2), buffer);
}

/// The verdict and, where there is room for it, what the large number means; answers whether there was.
fn sentence(cx: &Context, verdict: &str, area: Rect, buffer: &mut Buffer) -> bool {
    let (_, definition) = cx.measure.definition();
    let mut line = Line::new(area, buffer);
    line.skip(1).put(verdict, cx.theme.verdict(cx.holds()));
    let room = line.room();
    let fits = |words: &&str| usize::from(room) > text::width(words) + 2;
    let Some(definition) = [definition, in_short(definition)].into_iter().find(fits) else { return false };
    let x = line.x();
    let rest = Rect { x, width: area.right().saturating_sub(x + 1), ..area };
    paint::right(rest, buffer, definition, cx.theme.quiet);
    true
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

fn numbers(cx: &Context, with_value: bool, define: bool, area: Rect, buffer: &mut Buffer) {
    let (theme, outputs) = (cx.theme, &cx.derived.outputs);
    let (value, name) = large(cx);
    let mut line = Line::new(area, buffer);
    line.skip(1);
    if with_value {
        line.put(&value, theme.verdict(cx.holds())).skip(1);
    }
    line.put(&name, theme.strong);
    if define && cx.pinned.is_none() && cx.measured(cx.measure).is_some() {
        // Behind the name, what the definition says of it.
        let (_, definition) = cx.measure.definition();
        let (_, meaning) = in_short(definition).split_once("= ").unwrap_or(("", in_short(definition)));
        line.put_whole(&format!(" = {meaning}"), theme.quiet);
    }

    let mut facts: Vec<(String, bool)> = Vec::new();
    if cx.pinned.is_some() {
        facts.push((difference(cx.measure, cx.measured(cx.measure), cx.pinned_measured()), true));
    }
    if cx.measure != Measure::GrossMargin {
        facts.push((format!("gross margin {}", number::output(outputs, Output::GrossMargin)), false));
    }
    if cx.measure != Measure::Markup {
        facts.push((format!("markup {}", number::output(outputs, Output::Markup)), false));
    }
    if cx.measure != Measure::Multiple
        && let Some(multiple) = outputs.get(Output::RevenueOverCost)
    {
        facts.push((format!("revenue ÷ cost {}", number::factor(multiple)), false));
    }
    if let (Some(revenue), Some(cost), Some(profit)) = (
        outputs.get(Output::RevenuePerDay),
        outputs.get(Output::CostPerDay),
        outputs.get(Output::ProfitPerDay),
    ) {
        let (revenue, cost) = (number::money(revenue), number::money(cost));
        let other = cx.value(crate::model::Global::OtherCostPerDay.into());
        match (outputs.get(Output::OperatingProfitPerDay), other.filter(|cost| *cost > 0.0)) {
            // Who gives other costs asks what is left after them, so that goes before what the bar shows too.
            (Some(operating), Some(other)) => {
                let (other, operating) = (number::money(other), number::money(operating));
                let words =
                    format!("{revenue} − {cost} − {other} other = {operating} operating profit a day");
                let short = format!("operating profit {operating} a day");
                let room = usize::from(line.room());
                let fits = |words: &&String| text::width(words) + 3 + difference_width(&facts) <= room;
                let words = [&words, &short].into_iter().find(fits).unwrap_or(&short).clone();
                let index = usize::from(cx.pinned.is_some());
                facts.insert(index, (words, false));
            }
            _ => facts.push((format!("{revenue} − {cost} = {} a day", number::money(profit)), false)),
        }
    }
    if let (Some(revenue), Some(cost)) =
        (outputs.get(Output::RevenuePerNodeSecond), outputs.get(Output::CostPerNodeSecond))
    {
        let (revenue, cost) = (number::money(revenue), number::money(cost));
        facts.push((format!("{revenue} − {cost} per node·s"), false));
    }
    for (fact, pinned) in facts {
        let style = if pinned { theme.pinned } else { theme.text };
        if !line.put_whole(&format!("   {fact}"), style) {
            break;
        }
    }
}

/// The cells that the difference to the pinned scenario takes, if it is among the facts.
fn difference_width(facts: &[(String, bool)]) -> usize {
    facts.iter().filter(|(_, pinned)| *pinned).map(|(words, _)| text::width(words) + 3).sum()
}

/// How the large number differs from the pinned scenario's.
fn difference(measure: Measure, now: Option<f64>, then: Option<f64>) -> String {
    let (Some(now), Some(then)) = (now, then) else {
        return "pinned: n/a".to_owned();
    };
    let difference = now - then;
    let words = match measure {
        Measure::GrossMargin | Measure::Markup => number::points(difference),
        Measure::Multiple => signed(difference, number::factor(difference.abs())),
        Measure::PerMTokens | Measure::PerThousandQueries | Measure::PerUserMonth | Measure::ProfitPerDay => {
            signed(difference, number::money(difference.abs()))
        }
    };
    format!("{words} against pinned")
}

fn signed(value: f64, magnitude: String) -> String {
    match value.total_cmp(&0.0) {
        std::cmp::Ordering::Less => format!("−{magnitude}"),
        std::cmp::Ordering::Equal => magnitude,
        std::cmp::Ordering::Greater => format!("+{magnitude}"),
    }
}

/// Where each dollar goes: of revenue when there is a profit, of cost when there is a loss.
fn bar(cx: &Context, area: Rect, buffer: &mut Buffer) {
    let (theme, outputs) = (cx.theme, &cx.derived.outputs);
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
        vec![(back, light, theme.left, "comes back"), (1.0 - back, full, theme.bad, "is lost")]
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
    let width = room.saturating_sub(cells(&legend) + 2).min(60);
    if width >= 8 {
        let mut drawn = 0.0;
        let mut cell = 0;
        for (part, sign, style, _) in &parts {
            drawn += part;
            let end = libm::round(drawn * width as f64) as usize;
            // A part that is there is seen, however small.
            let end = if *part > 0.0 { end.max(cell + 1).min(width) } else { end };
            line.put(&sign.repeat(end.saturating_sub(cell)), *style);
            cell = cell.max(end);
        }
        line.skip(1);
    }
    for (words, style) in legend {
        line.put_whole(&words, style);
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
