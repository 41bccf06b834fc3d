//! The claim card: what a scenario says, readable in a forum, with a last line that replays it.

mod read;

use std::fmt::Write;

pub use read::{CardError, open, read};

use super::break_even::BreakEvenReport;
use super::eval::{self, Reproduced};
use super::write::markdown_text;
use super::{provenance, replay, verdict};
use crate::model::{AllOutputs, Output, Outputs, Undefined, evaluate_all};
use crate::preset::{Change, Content, Document, Origin, builtin, fresh};
use crate::quantity::number;

/// How many break-evens a reader bears.
const MOST_BREAK_EVENS: usize = 6;

/// The claim card of what is open, as Markdown. Where nothing can be computed there is nothing to claim.
pub fn write(document: &Document) -> Result<String, Undefined> {
    let AllOutputs { outputs, tiers } = evaluate_all(document.scenario());
    if let Some(reason) = outputs.undefined() {
        return Err(reason);
    }
    let mut parts = vec![headline(&outputs), subject(document)];
    parts.extend(changes(document));
    parts.extend(published(
        document.content(),
        &eval::reproduced(document.content(), document.scenario(), &AllOutputs { outputs, tiers }),
    ));
    parts.extend(break_evens(document));
    parts.push(replay_line(document));
    Ok(parts.join("\n\n") + "\n")
}

/// The verdict and the figures behind it.
fn headline(outputs: &Outputs) -> String {
    let figure =
        |output: Output, format: fn(f64) -> String| number::or_undefined(outputs.get(output), format);
    let mut text = format!(
        "**{}** Gross margin {} (1 − cost ÷ revenue), markup {}, revenue ÷ cost {}.",
        verdict::sentence(outputs),
        figure(Output::GrossMargin, number::percent),
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

/// Whose figures these are.
fn subject(document: &Document) -> String {
    let content = document.content();
    let mut text = format!("Scenario: {}", markdown_text(&content.name));
    let about: Vec<String> = content
        .date
        .iter()
        .map(|date| markdown_text(date))
        .chain(content.source.iter().map(|source| link(source)))
        .collect();
    if !about.is_empty() {
        let _ = write!(text, " ({})", about.join(", "));
    }
    match document.changes().len() {
        0 => text.push('.'),
        1 => text.push_str(", with one input changed:"),
        many => {
            let _ = write!(text, ", with {many} inputs changed:");
        }
    }
    text
}

/// A source with its addresses as links.
fn link(source: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c);
    let word = |word: &str| {
        if (word.starts_with("https://") || word.starts_with("http://")) && word.chars().all(plain) {
            format!("<{word}>")
        } else {
            markdown_text(word)
        }
    };
    source.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The inputs that differ: value, what it was, and who says so.
fn changes(document: &Document) -> Option<String> {
    let changes = document.changes();
    let row = |change: &Change| {
        let now = number::input_with_unit(change.id, change.now);
        let was = change.was.map_or_else(|| "—".to_owned(), |was| number::input_with_unit(change.id, was));
        format!(
            "| {} (`{}`) | {} | {} | {} |",
            markdown_text(&provenance::name(document, change.id)),
            document.scenario().id_text(change.id),
            markdown_text(&now),
            markdown_text(&was),
            claimed(document, change)
        )
    };
    let rows: Vec<String> = changes.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        format!("| input | value | was | source |\n| --- | ---: | ---: | --- |\n{}", rows.join("\n"))
    })
}

/// Who claims the value that an input was changed to.
fn claimed(document: &Document, change: &Change) -> String {
    let claims = document.claims(change.id);
    let claim = claims.iter().find(|claim| Some(claim.value.to_bits()) == change.now.map(f64::to_bits));
    claim.map_or_else(
        || "set by hand".to_owned(),
        |claim| {
            let date =
                claim.date.as_ref().map_or_else(String::new, |date| format!(", {}", markdown_text(date)));
            let source =
                claim.source.as_ref().map_or_else(String::new, |source| format!(", {}", link(source)));
            format!("{}{date}{source}", markdown_text(&claim.by))
        },
    )
}

/// The published figures beside what comes out here.
fn published(content: &Content, figures: &[Reproduced]) -> Option<String> {
    let words = eval::reproduced_words(figures)?;
    let one = |figure: &Reproduced| {
        let info = figure.output.info();
        let label = markdown_text(&eval::output_label(content, figure.output));
        let computed = figure.computed.unwrap_or(f64::NAN);
        let computed = number::with_unit(computed, info.unit);
        let published = number::with_unit(figure.published, info.unit);
        let agrees = if figure.ok { "" } else { ", missed" };
        format!("- {label}: {published} published, {computed} here{agrees}")
    };
    let lines: Vec<String> = figures.iter().map(one).collect();
    Some(format!("Checked: {words}.\n\n{}", lines.join("\n")))
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
fn replay_line(document: &Document) -> String {
    let base = document.base();
    let same_tiers = document.scenario().keys().eq(base.content.scenario.keys());
    if let (Origin::Builtin(name), true) = (&base.origin, same_tiers) {
        let sets = replay::sets(document);
        let sets = sets.iter().fold(String::new(), |line, set| line + " --set " + set);
        return format!("`napkin builtin:{name}@{}{sets}`", builtin::fingerprint(&base.text));
    }
    let toml = fresh(document.content());
    // A fence is closed by as many backticks as opened it.
    let longest = toml.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}toml\n{}\n{fence}\n\nTo replay it, give this card to `napkin -`", toml.trim_end())
}

#[cfg(test)]
mod tests;
