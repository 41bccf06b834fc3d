//! A preset written from nothing, for content that has no text of its own.

use super::explicit::explicit_inputs;
use super::literal;
use crate::model::InputId;
use crate::preset::content::{Claim, Content, Published};

/// The content as TOML, in the order of the parameter table. Reading it gives the same scenario, to the bit.
pub fn fresh(content: &Content) -> String {
    let mut text = String::new();
    line(&mut text, "name", &literal::text(&content.name));
    if !content.summary.is_empty() {
        line(&mut text, "summary", &literal::text(&content.summary));
    }
    if let Some(date) = &content.date {
        line(&mut text, "date", &literal::date(date));
    }
    if let Some(source) = &content.source {
        line(&mut text, "source", &literal::text(source));
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
        ("output", literal::text(figure.output.name())),
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
