//! A preset file: what opens is written and opens again as the same scenario; what does not is told in plain text.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use napkin::model::evaluate;
use napkin::preset::{Document, Origin, read, to_toml};
use napkin::text::is_plain;

fuzz_target!(|bytes: &[u8]| {
    match read(bytes, "fuzz.toml", Origin::Pasted) {
        Ok(preset) => {
            let document = Document::new(Arc::new(preset));
            let _ = evaluate(document.scenario());
            let text = to_toml(&document);
            let again = read(&text, "again.toml", Origin::Pasted).expect("what was written opens");
            assert_eq!(&again.content.scenario, document.scenario(), "{}", String::from_utf8_lossy(&text));
        }
        Err(problems) => assert!(problems.to_string().lines().all(is_plain), "{problems}"),
    }
});
