//! Pasted text: where it ends, and what of it is text.

/// What ends a bracketed paste.
const END: &[u8] = b"\x1b[201~";
/// Most of a paste that is kept; a preset file may have as much.
const LIMIT: usize = 1 << 20;
/// How far past the limit bytes pile up before they are thrown away.
const SLACK: usize = 1 << 16;

/// Collects the bytes of a paste.
#[derive(Debug, Default)]
pub(super) struct Collector {
    bytes: Vec<u8>,
}

impl Collector {
    /// Takes one byte; returns the text when that was the last.
    pub(super) fn push(&mut self, byte: u8) -> Option<String> {
        self.bytes.push(byte);
        if let Some(text) = self.bytes.strip_suffix(END) {
            return Some(clean(&String::from_utf8_lossy(text.get(..LIMIT).unwrap_or(text))));
        }
        if self.bytes.len() >= LIMIT + SLACK {
            self.bytes.drain(LIMIT..self.bytes.len() - END.len());
        }
        None
    }
}

/// Text without escape bytes and control characters; lines end in line feeds, tabs stay.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_keeps_lines_and_tabs_and_loses_escapes() {
        assert_eq!(clean("a\x1b[31mb\r\nc\rd\te\u{9b}0m\0\x7f"), "a[31mb\nc\nd\te0m");
    }

    #[test]
    fn a_paste_of_many_megabytes_is_cut_and_still_ends() {
        let mut collector = Collector::default();
        for _ in 0..LIMIT + 3 * SLACK {
            assert_eq!(collector.push(b'x'), None);
        }
        let text = END.iter().find_map(|byte| collector.push(*byte)).unwrap();
        assert_eq!(text.len(), LIMIT);
        assert!(collector.bytes.len() < LIMIT + SLACK);
    }
}
