//! A preset file: what opens is written and opens again as the same scenario; what does not is told in plain text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use napkin::model::evaluate;
use napkin::preset::{Origin, read, to_toml};
use napkin::text::is_plain;

fuzz_target!(|bytes: &[u8]| {
    match read(bytes, "fuzz.toml", Origin::Pasted) {
        Ok(preset) => {
            let _ = evaluate(&preset.content.scenario);
            let text = to_toml(&preset.content);
            let again = read(text.as_bytes(), "again.toml", Origin::Pasted).expect("what was written opens");
            assert_eq!(again.content.scenario, preset.content.scenario, "{text}");
        }
        Err(problems) => assert!(problems.to_string().lines().all(is_plain), "{problems}"),
    }
});
