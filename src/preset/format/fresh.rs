//! A preset written from nothing, for content that has no text of its own.

use super::explicit::explicit_inputs;
use super::literal;
use crate::model::InputId;
use crate::preset::content::{BasedOn, Claim, Content, Published};

/// The content as TOML, in the order of the parameter table. Reading it gives the same scenario, to the bit.
pub fn fresh(content: &Content) -> String {
    let mut text = String::new();
    lines(&mut text, &heading(content));
    if let Some(based_on) = &content.based_on {
        header(&mut text, "[based_on]");
        lines(&mut text, &origin(based_on));
    }
    let explicit = explicit_inputs(content, None);
    let mut section = String::new();
    for id in content.scenario.inputs() {
        let path = content.scenario.id_text(id);
        let Some((table, key)) = path.rsplit_once('.') else { continue };
        // Every tier has its header, even one of which nothing else needs saying.
        let tier = match id {
            InputId::Tier(tier, _) => Some(tier),
            InputId::Global(_) => None,
        };
        if table != section && (tier.is_some() || explicit.contains_key(&id)) {
            table.clone_into(&mut section);
            header(&mut text, &format!("[{table}]"));
            if let Some(tier) = tier {
                tier_name(content, tier, &mut text);
            }
        }
        if let Some(input) = explicit.get(&id) {
            line(&mut text, key, &input.literal());
        }
    }
    for figure in &content.published {
        header(&mut text, "[[published]]");
        lines(&mut text, &published(figure));
    }
    for one in &content.claims {
        header(&mut text, "[[claim]]");
        lines(&mut text, &claim(content, one));
    }
    text
}

/// Keys and literals of what stands at the top.
pub(super) fn heading(content: &Content) -> Vec<(&'static str, String)> {
    let summary = Some(&content.summary).filter(|summary| !summary.is_empty());
    texts([
        ("name", Some(&content.name), literal::text),
        ("summary", summary, literal::text),
        ("date", content.date.as_ref(), literal::date),
        ("source", content.source.as_ref(), literal::text),
        ("subject", content.subject.as_ref(), literal::text),
        ("caveat", content.caveat.as_ref(), literal::text),
        ("model", content.model.as_ref(), literal::text),
    ])
}

/// Keys and literals of the preset that this one was made from.
pub(super) fn origin(based_on: &BasedOn) -> Vec<(&'static str, String)> {
    texts([
        ("preset", Some(&based_on.preset), literal::text),
        ("name", based_on.name.as_ref(), literal::text),
        ("date", based_on.date.as_ref(), literal::date),
        ("source", based_on.source.as_ref(), literal::text),
    ])
}

/// A key, its text if there is one, and how that is written.
type TextEntry<'a> = (&'static str, Option<&'a String>, fn(&str) -> String);

/// The keys that have a text, with its literal.
fn texts<const N: usize>(entries: [TextEntry<'_>; N]) -> Vec<(&'static str, String)> {
    let entries = entries.into_iter();
    entries.filter_map(|(key, text, literal)| Some((key, literal(text?)))).collect()
}

/// The display name of a tier, where it is not its key.
fn tier_name(content: &Content, tier: u8, text: &mut String) {
    let name = content.tier_name(tier);
    if name != content.scenario.key(tier).as_str() {
        line(text, "name", &literal::text(name));
    }
}

/// Keys and literals of a published figure.
pub(super) fn published(figure: &Published) -> Vec<(&'static str, String)> {
    let mut parts = vec![
        ("output", literal::text(&figure.output.to_string())),
        ("value", literal::number(figure.value)),
        ("tolerance", literal::number(figure.tolerance)),
    ];
    parts.extend(figure.source.as_ref().map(|source| ("source", literal::text(source))));
    parts
}

/// Keys and literals of a claim.
pub(super) fn claim(content: &Content, claim: &Claim) -> Vec<(&'static str, String)> {
    let mut parts = vec![
        ("input", literal::text(&content.scenario.id_text(claim.input))),
        ("value", literal::value(claim.input, Some(claim.value))),
        ("by", literal::text(&claim.by)),
    ];
    parts.extend(claim.date.as_ref().map(|date| ("date", literal::date(date))));
    parts.extend(claim.source.as_ref().map(|source| ("source", literal::text(source))));
    parts
}

fn header(text: &mut String, header: &str) {
    text.push('\n');
    text.push_str(header);
    text.push('\n');
}

fn line(text: &mut String, key: &str, literal: &str) {
    text.extend([key, " = ", literal, "\n"]);
}

fn lines(text: &mut String, parts: &[(&str, String)]) {
    for (key, literal) in parts {
        line(text, key, literal);
    }
}
