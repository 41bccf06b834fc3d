//! A claim card: what it brings back is written as a card and comes back as the same scenario.
#![no_main]

use libfuzzer_sys::fuzz_target;
use napkin::report::card;
use napkin::text::is_plain;

fuzz_target!(|bytes: &[u8]| {
    match card::open(bytes, "card") {
        Ok(replayed) => {
            if let Ok(text) = card::write(&replayed.document, replayed.against.as_ref()) {
                assert!(text.lines().all(is_plain), "{text}");
                let again = card::open(text.as_bytes(), "again").expect("what was written opens");
                assert_eq!(again.document.scenario(), replayed.document.scenario(), "{text}");
            }
        }
        Err(problem) => assert!(problem.to_string().lines().all(is_plain), "{problem}"),
    }
});
