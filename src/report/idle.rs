//! Inputs that cannot matter now, in a few words.

use crate::analysis::NoEffect;

/// `No effect here: what owning costs, Batching loss.`; `None` without any.
///
/// Takes the name of each and why it has no effect; those that go together are named together.
pub(super) fn words<'a>(idle: impl IntoIterator<Item = (&'a str, Option<NoEffect>)>) -> Option<String> {
    let mut words: Vec<&str> = Vec::new();
    for (name, reason) in idle {
        let word = match reason {
            Some(NoEffect::Rented) => "what owning costs",
            Some(NoEffect::TierNotServed) => "what tiers without traffic have",
            Some(NoEffect::Absent) => "what is left out",
            Some(NoEffect::UseNotKnown) => "monthly prices without queries",
            _ => name,
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    (!words.is_empty()).then(|| format!("No effect here: {}.", words.join(", ")))
}
