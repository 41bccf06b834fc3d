//! Adding, naming and removing a tier.

use super::form::{Check, Form};
use super::question::{Answer, Question};
use crate::model::{InputId, TierField};
use crate::preset::Document;
use crate::quantity::number;
use crate::tui::component::{Action, Popup};

/// Asks for the name of a tier to add: a copy of the tier `like`, with share 0.
pub(crate) fn add(document: &Document, like: u8) -> Box<dyn Popup> {
    let name = document.content().tier_name(like);
    let lead =
        format!("A copy of {name} with a share of 0; its prices and its share are set like any other.");
    let index = document.scenario().tier_count() as u8;
    Form::ask(
        "Add a tier",
        lead,
        vec![("name", String::new())],
        Box::new(move |texts, cx| {
            let name = first(texts);
            named(&name, &cx.document, None).unwrap_or_else(|| {
                let said = format!("{name} added with share 0");
                Check::ready(vec![
                    Action::Change(Box::new(move |document: &mut Document| {
                        document.add_tier(like, &name).map(|_| said).map_err(|error| error.to_string())
                    })),
                    Action::Focus(InputId::Tier(index, TierField::Share)),
                ])
            })
        }),
    )
}

/// Asks for another name for a tier.
pub(crate) fn rename(document: &Document, tier: u8) -> Box<dyn Popup> {
    let name = document.content().tier_name(tier).to_owned();
    Form::ask(
        format!("Rename {name}"),
        "",
        vec![("name", name.clone())],
        Box::new(move |texts, cx| {
            let new = first(texts);
            if new == name {
                return Check::ready(Vec::new());
            }
            named(&new, &cx.document, Some(tier)).unwrap_or_else(|| {
                let said = format!("{name} is now {new}");
                Check::ready(vec![Action::Change(Box::new(move |document: &mut Document| {
                    if document.rename_tier(tier, &new) {
                        Ok(said)
                    } else {
                        Err("there is no such tier".into())
                    }
                }))])
            })
        }),
    )
}

/// Asks whether to remove a tier that has a share of the tokens.
pub(crate) fn remove(document: &Document, tier: u8) -> Box<dyn Popup> {
    let name = document.content().tier_name(tier).to_owned();
    let share = document.scenario().get(InputId::Tier(tier, TierField::Share)).unwrap_or(0.0);
    let parts = if share < 1.0 { "in proportion" } else { "in equal parts" };
    let words = format!(
        "{name} has {} of the tokens. Without it they go to the other tiers, {parts}.",
        number::percent(share)
    );
    Question::ask(
        "Remove a tier",
        words,
        vec![
            Answer::new('y', &format!("remove {name}"), move || vec![removal(tier)]),
            Answer::new('n', "keep it", Vec::new),
        ],
    )
}

/// Removes a tier.
pub(crate) fn removal(tier: u8) -> Action {
    Action::Change(Box::new(move |document: &mut Document| {
        let name = document.content().tier_name(tier).to_owned();
        document.remove_tier(tier).map(|()| format!("{name} removed")).map_err(|error| error.to_string())
    }))
}

/// The first text, as a name.
fn first(texts: &[&str]) -> String {
    crate::preset::clean(texts.first().copied().unwrap_or_default())
}

/// Why a name cannot be a tier's; `None` when it can.
fn named(name: &str, document: &Document, own: Option<u8>) -> Option<Check> {
    if name.is_empty() {
        return Some(Check::refuse(0, "a tier needs a name"));
    }
    let taken = (0..document.scenario().tier_count() as u8)
        .any(|tier| Some(tier) != own && document.content().tier_name(tier) == name);
    taken.then(|| Check::refuse(0, format!("there is a tier {name} already")))
}
