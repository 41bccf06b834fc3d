//! The presets that ship with napkin: files of `presets/`, compiled in and read like any other.

use std::sync::{Arc, OnceLock};

use super::content::{Content, Origin, Preset};
use super::format;
use crate::model::InputId;
use crate::quantity::number;

/// The preset that opens when none is named.
pub const DEFAULT: &str = "deepseek-day6";

/// Name and file of every shipped preset.
macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_bytes!(concat!("../../presets/", $name, ".toml")).as_slice())),*]
    };
}

/// All shipped presets, the default first.
const SHIPPED: [(&str, &[u8]); 16] = shipped![
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
    "v4pro-gb300",
    "kimi-b200",
    "gpt-oss-h100",
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

/// The shipped presets that were asked for so far: each file is read once.
static LOADED: [OnceLock<Option<Arc<Preset>>>; SHIPPED.len()] = [const { OnceLock::new() }; SHIPPED.len()];

/// A shipped preset; `None` when there is none of this name.
pub fn load(name: &str) -> Option<Arc<Preset>> {
    let index = names().position(|known| known == name)?;
    // Every shipped file is read by a test, so a name that is known always loads.
    LOADED.get(index)?.get_or_init(|| read(name)?.ok()).clone()
}

/// A shipped preset as read.
fn read(name: &str) -> Option<Result<Arc<Preset>, format::Problems>> {
    let origin = Origin::Builtin(name.to_owned());
    Some(format::read(text(name)?, &format!("builtin:{name}"), origin).map(Arc::new))
}

/// The fingerprint that a claim card cites: FNV-1a, 32 bits, as 8 hexadecimal digits, of the values that the file
/// gives, one `id=value` line each, sorted, numbers in their shortest form.
///
/// Words, sources, ranges and claims do not change it. It is the same on every machine, and guards against
/// mistakes, not against forgery.
pub fn fingerprint(content: &Content) -> String {
    let value = |id: InputId| number::input_exact(id, content.scenario.get(id));
    let given = content.details.keys();
    let mut lines: Vec<String> =
        given.map(|id| format!("{}={}\n", content.scenario.id_text(*id), value(*id))).collect();
    lines.sort();
    hash(lines.concat().as_bytes())
}

/// A hash of bytes, as 8 hexadecimal digits.
pub(crate) fn hash(bytes: &[u8]) -> String {
    format!("{:08x}", fnv_1a(bytes))
}

/// The hash of Fowler, Noll and Vo, 32 bits.
fn fnv_1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
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
    fn the_fingerprint_is_fnv_1a_of_the_values() {
        // Reference values of the algorithm.
        assert_eq!(fnv_1a(b""), 0x811c_9dc5);
        assert_eq!(fnv_1a(b"a"), 0xe40c_292c);
        assert_eq!(fnv_1a(b"foobar"), 0xbf9c_f968);
        let of = |text: &str| {
            fingerprint(&format::read(text.as_bytes(), "x", Origin::Pasted).expect("valid").content)
        };
        let plain = "[node]\ndecode = 1_000\n[traffic]\ninput_per_output = 3.0\n[tier.a]\n";
        let expected = format!("{:08x}", fnv_1a(b"node.decode=1000\ntraffic.input_per_output=3\n"));
        assert_eq!(of(plain), expected);
        let told =
            plain.replace("1_000", "{ value = 1e3, low = 1, high = 1e4, source = \"s\", note = \"n\" }");
        assert_eq!(of(&format!("name = \"x\"\n{told}")), expected);
        assert_ne!(of(&plain.replace("1_000", "1001")), expected);
        // A default that is written out is a value that the file gives.
        assert_ne!(of(&format!("{plain}[pricing]\nfee = 0\n")), expected);
    }
}
