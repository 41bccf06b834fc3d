//! The claim card: what a scenario says, readable in a forum, with a last line that replays it.

mod read;
mod rows;

use std::fmt::Write;

pub use read::{CardError, Replayed, open, read};

use super::break_even::BreakEvenReport;
use super::eval::{self, Reproduced};
use super::write::markdown_text;
use super::{replay, verdict, words};
use crate::model::{Output, Outputs, Undefined, evaluate};
use crate::preset::{Document, fresh};
use crate::quantity::number;

/// How many break-evens a reader bears.
const MOST_BREAK_EVENS: usize = 6;

/// The claim card of what is open, as Markdown. Where nothing can be computed there is nothing to claim.
///
/// `against` is what it is compared with. A file that was made from a built-in preset is shown as edits of that one,
/// as long as the built-in is still the same.
pub fn write(document: &Document, against: Option<&Document>) -> Result<String, Undefined> {
    let outputs = evaluate(document.scenario());
    if let Some(reason) = outputs.undefined() {
        return Err(reason);
    }
    let cited = replay::cited(document);
    let shown = cited.as_ref().unwrap_or(document);
    let mut parts = vec![headline(document, &outputs), subject(document, shown)];
    parts.extend(rows::write(shown));
    parts.extend(against.map(|against| super::answer::compared(&outputs, against)));
    parts.extend(published(shown));
    parts.extend(break_evens(document));
    parts.push(replay_line(document, cited.as_ref(), against));
    Ok(parts.join("\n\n") + "\n")
}

/// The verdict and the figures behind it.
fn headline(document: &Document, outputs: &Outputs) -> String {
    let figure =
        |output: Output, format: fn(f64) -> String| number::or_undefined(outputs.get(output), format);
    let mut text = format!(
        "**{}** {}, markup {}, revenue ÷ cost {}.",
        verdict::sentence(outputs, document.subject()),
        words::defined_margin(outputs.get(Output::GrossMargin)),
        figure(Output::Markup, number::percent),
        figure(Output::RevenueOverCost, number::factor),
    );
    let money = |output| figure(output, number::money);
    let _ = write!(
        text,
        " Per node and second: {} revenue, {} cost.",
        money(Output::RevenuePerNodeSecond),
        money(Output::CostPerNodeSecond)
    );
    if outputs.get(Output::ProfitPerDay).is_some() {
        let _ = write!(
            text,
            " Per day: {} revenue, {} cost, {} left.",
            money(Output::RevenuePerDay),
            money(Output::CostPerDay),
            money(Output::ProfitPerDay)
        );
    }
    text
}

/// Whose figures these are: the title, what it is based on, how much of that was changed, and the caveat.
fn subject(document: &Document, shown: &Document) -> String {
    let (content, base) = (document.content(), &shown.base().content);
    let mut text = format!("Scenario: {}", markdown_text(&content.name));
    if content.name != base.name {
        let _ = write!(text, ", based on {}", markdown_text(&base.name));
    } else if let Some(based_on) = &content.based_on {
        let _ =
            write!(text, ", based on {}", markdown_text(based_on.name.as_ref().unwrap_or(&based_on.preset)));
    }
    let date = base.date.iter().map(|date| markdown_text(date));
    let about: Vec<String> = date.chain(base.source.iter().map(|source| rows::link(source))).collect();
    if !about.is_empty() {
        let _ = write!(text, " ({})", about.join(", "));
    }
    match shown.change_count() {
        0 => text.push('.'),
        1 => text.push_str(", with one input changed."),
        many => {
            let _ = write!(text, ", with {many} inputs changed.");
        }
    }
    if let Some(caveat) = shown.caveat() {
        let _ = write!(text, " Caveat: {}.", markdown_text(caveat));
    }
    text
}

/// The figures that were published of the preset, beside what comes out of it as it was published.
fn published(shown: &Document) -> Option<String> {
    let figures = eval::reproduced(&shown.base().content);
    let line = eval::reproduced_line(&figures, shown.change_count())?;
    let one = |figure: &Reproduced| {
        let info = figure.output.info();
        let label = markdown_text(&eval::output_label(&shown.base().content, figure.output));
        let computed = number::or_undefined(figure.computed, |value| number::with_unit(value, info.unit));
        let published = number::with_unit(figure.published, info.unit);
        let agrees = if figure.ok { "" } else { ", missed" };
        format!("- {label}: {published} published, {computed} computed{agrees}")
    };
    let lines: Vec<String> = figures.iter().map(one).collect();
    Some(format!("Checked: {line}.\n\n{}", lines.join("\n")))
}

/// What would overturn it.
fn break_evens(document: &Document) -> Option<String> {
    let report = BreakEvenReport::of(document, 0.0);
    let all_at_once = report.robustness()?;
    let near = report.reached().into_iter().take(MOST_BREAK_EVENS).map(|reached| {
        let value = number::input_with_unit(reached.entry.id.input, Some(reached.solution));
        format!("{} {value} ({})", markdown_text(reached.name), reached.distance)
    });
    let near: Vec<String> = near.collect();
    let alone = if near.is_empty() { "no input alone".to_owned() } else { near.join(" · ") };
    Some(format!("Break-even by one input alone: {alone}. {all_at_once}"))
}

/// The line that replays the card, after the scenario itself where no built-in can stand for it.
fn replay_line(document: &Document, cited: Option<&Document>, against: Option<&Document>) -> String {
    let pinned = against.map(replay::against);
    let missing = match &pinned {
        Some(None) => {
            " What it is compared with is no built-in preset as shipped, so the line leaves it out."
        }
        _ => "",
    };
    let pinned = pinned.flatten().map_or_else(String::new, |preset| format!(" --against {preset}"));
    if let Some(line) = cited.and_then(replay::citation) {
        return format!(
            "{}`{line}{pinned}`",
            if missing.is_empty() { String::new() } else { format!("{}\n\n", missing.trim()) }
        );
    }
    let own = if document.is_edited() { document.own_version() } else { document.clone() };
    let toml = fresh(&own.settled());
    // A fence is closed by as many backticks as opened it.
    let longest = toml.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    format!(
        "{fence}toml\n{}\n{fence}\n\nTo replay it, give this card to `napkin -{pinned}`.{missing}{}",
        toml.trim_end(),
        if replay::has_hidden_name(document) {
            " Its file has a name that no command line can show."
        } else {
            ""
        }
    )
}

#[cfg(test)]
mod tests;
