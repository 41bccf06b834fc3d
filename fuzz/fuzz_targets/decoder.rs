//! The bytes of a terminal, in pieces: at most a message a byte and one more for each piece that waits in vain.
#![no_main]

use libfuzzer_sys::fuzz_target;
use napkin::tui::runtime::decoded;

fuzz_target!(|pieces: Vec<(u16, Vec<u8>)>| {
    let bytes: usize = pieces.iter().map(|(_, piece)| piece.len()).sum();
    let messages = decoded(&pieces);
    assert!(messages.len() <= bytes + pieces.len(), "{messages:?}");
});
