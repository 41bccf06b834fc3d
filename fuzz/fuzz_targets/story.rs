//! A story: what opens is told in plain text, each step after the other; what does not is told in plain text too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use napkin::book::Books;
use napkin::story::Story;
use napkin::text::is_plain;

/// The steps that are told of each story.
const STEPS: usize = 4;

fuzz_target!(|bytes: &[u8]| {
    match Story::read(bytes, "fuzz.toml") {
        Ok(story) => {
            for step in 0..story.len().min(STEPS) {
                let caption = story.caption(step, Books::shipped());
                assert!(is_plain(&caption), "{caption:?}");
            }
        }
        Err(problems) => assert!(problems.to_string().lines().all(is_plain), "{problems}"),
    }
});
