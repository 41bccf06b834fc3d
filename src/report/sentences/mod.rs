//! Every sentence read back: its names and numbers are taken out of the words, and what it claims of them is worked
//! out anew, on scenarios that nobody chose.

mod break_even;
mod bridge;
mod cache;
mod caveat;
mod derivation;
mod echo;
mod hardware;
mod hosts;
mod map;
mod odds;
mod published;
mod reading;
mod tiers;
mod tornado;
mod verdict;

use proptest::prelude::*;

use crate::analysis::scenarios::{extreme, realistic};
use crate::model::Scenario;

/// Scenarios that sliders reach, and the corners of the domains.
fn any_scenario() -> impl Strategy<Value = Scenario> {
    prop_oneof![3 => realistic(), 1 => extreme()]
}

/// Whether no value is so small that products of it lose their digits.
fn keeps_digits(scenario: &Scenario) -> bool {
    scenario.inputs().filter_map(|id| scenario.get(id)).all(|value| value == 0.0 || value > 1e-100)
}

/// Mostly the target that nobody set, and others.
fn any_target() -> impl Strategy<Value = f64> {
    prop_oneof![2 => Just(0.0), 1 => Just(0.3), 1 => (-200..100_i32).prop_map(|percent| f64::from(percent) / 100.0)]
}

/// No tier's name was given a large letter, and the sentence ends.
fn is_a_sentence(sentence: &str) -> Result<(), TestCaseError> {
    for word in
        ["Free web", "IPlan", "Élan", "Batch,", "The rest", "NaN", "n/a", "inf ", "> 99.9999", "> 0 %"]
    {
        prop_assert!(!sentence.contains(word), "{}: {}", word, sentence);
    }
    prop_assert!(sentence.ends_with('.') && !sentence.contains("  "), "{}", sentence);
    Ok(())
}
