//! The presets that ship with napkin: files of `presets/`, compiled in and read like any other.

use std::sync::Arc;

use super::content::{Origin, Preset};
use super::format;

/// The preset that opens when none is named.
pub const DEFAULT: &str = "deepseek-day6";

/// Name and file of every shipped preset.
macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_bytes!(concat!("../../presets/", $name, ".toml")).as_slice())),*]
    };
}

/// All shipped presets, the default first.
const SHIPPED: [(&str, &[u8]); 13] = shipped![
    "deepseek-day6",
    "deepseek-peak",
    "forum-comment",
    "lmsys-96xh100",
    "gb200-nvl72",
    "mlperf-r1-b200",
    "alderson-napkin",
    "sceptic",
    "chatgpt-2023",
    "plans-2026",
    "claude-code-log",
    "chat-and-agents",
    "goedecke-a100",
];

/// The names of the shipped presets, the default first.
pub fn names() -> impl ExactSizeIterator<Item = &'static str> {
    SHIPPED.iter().map(|(name, _)| *name)
}

/// The file of a shipped preset.
pub fn text(name: &str) -> Option<&'static [u8]> {
    SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// A shipped preset; `None` when there is none of this name.
pub fn load(name: &str) -> Option<Arc<Preset>> {
    // Every shipped file is read by a test, so a name that is known always loads.
    read(name)?.ok()
}

/// A shipped preset as read.
fn read(name: &str) -> Option<Result<Arc<Preset>, format::Problems>> {
    let origin = Origin::Builtin(name.to_owned());
    Some(format::read(text(name)?, &format!("builtin:{name}"), origin).map(Arc::new))
}

/// The fingerprint that a claim card cites: FNV-1a, 32 bits, of the file's bytes, as 8 hexadecimal digits.
///
/// It changes with every byte of the file, and is the same on every machine and in every version of napkin that
/// ships the same file. It guards against mistakes, not against forgery.
pub fn fingerprint(text: &[u8]) -> String {
    let hash =
        text.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_preset_loads() {
        for name in names() {
            if let Some(Err(problems)) = read(name) {
                panic!("{problems}");
            }
            let preset = load(name).expect("shipped");
            assert_eq!(preset.origin, Origin::Builtin(name.to_owned()));
        }
        assert!(load("nothing").is_none());
        assert_eq!(names().next(), Some(DEFAULT));
    }

    #[test]
    fn the_fingerprint_is_fnv_1a() {
        // Reference values of the algorithm.
        assert_eq!(fingerprint(b""), "811c9dc5");
        assert_eq!(fingerprint(b"a"), "e40c292c");
        assert_eq!(fingerprint(b"foobar"), "bf9cf968");
    }
}
