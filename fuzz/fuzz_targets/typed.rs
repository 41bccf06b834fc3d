//! A typed value: what is read is in the domain and reads the same again, and a refusal is plain text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use napkin::model::{Global, InputId};
use napkin::quantity::{parse, parse_target, parse_whole};
use napkin::text::is_plain;

fuzz_target!(|input: (u8, Option<f64>, &str)| {
    let (which, current, text) = input;
    let Some(global) = Global::ALL.get(usize::from(which) % Global::ALL.len()) else { return };
    let parameter = InputId::from(*global).parameter();
    let current = current.filter(|value| parameter.domain.contains(Some(*value)));
    match parse(text, parameter, current) {
        Ok(reading) => {
            assert!(parameter.domain.contains(reading.value), "{reading:?}");
            assert!(is_plain(&reading.read_as), "{reading:?}");
        }
        Err(error) => assert!(is_plain(&error.to_string()), "{error}"),
    }
    if let Ok(target) = parse_target(text) {
        assert!(target < 1.0 && target.is_finite());
    }
    let _ = parse_whole(text);
});
