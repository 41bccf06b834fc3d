//! Every sentence read back: its names and numbers are taken out of the words, and what it claims of them is worked
//! out anew, on scenarios that nobody chose.

mod break_even;
mod bridge;
mod cache;
mod derivation;
mod echo;
mod map;
mod odds;
mod reading;
mod tornado;
mod verdict;

use proptest::prelude::*;

use crate::analysis::scenarios::{extreme, realistic};
use crate::model::Scenario;

/// Scenarios that sliders reach, and the corners of the domains.
fn any_scenario() -> impl Strategy<Value = Scenario> {
    prop_oneof![3 => realistic(), 1 => extreme()]
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
