//! Text from strangers' files, made safe to show.
//!
//! Names, summaries, sources and notes are cleaned when they are read, so that nothing that comes out of a
//! [`Content`](super::Content) can move the cursor, colour the screen or turn the writing direction. The bytes of
//! the file keep what stands there: saving does not alter text that nobody edited.

use crate::text;

/// The text without anything that a terminal would act on instead of showing it.
///
/// White space of every kind, line ends too, becomes single spaces, none at the ends. Control characters,
/// direction marks, and marks that show nothing but hide text from the reader are dropped. Joiners stay: scripts
/// and emoji need them.
pub(crate) fn clean(text: &str) -> String {
    text::clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cleaned and cut to what an error message has room for.
pub(super) fn shown(text: &str) -> String {
    const ROOM: usize = 60;
    let mut shown = String::new();
    // Cleaning can only shorten, so a text much longer than the room needs no look at its end.
    let start: String = text.chars().take(4 * ROOM).collect();
    for (index, character) in clean(&start).chars().enumerate() {
        if index == ROOM {
            shown.push('…');
            break;
        }
        shown.push(character);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_escape_sequence_or_direction_override_comes_through() {
        assert_eq!(clean("a\u{1b}[31mred\u{7}\u{9b}2J\u{202e}b\u{2066}c"), "aredbc");
        assert_eq!(clean("\u{feff}pay\u{200b}pal\u{e0041}"), "paypal");
    }

    #[test]
    fn white_space_of_every_kind_becomes_one_space() {
        assert_eq!(clean("  two\r\n\tlines\u{2028}\u{a0}end \n"), "two lines end");
        assert_eq!(clean(" \n\t "), "");
    }

    #[test]
    fn scripts_stay_whole_and_joined_emoji_stand_one_by_one() {
        for text in ["Überschuß 6,5 %", "深度求索", "👩🔬 napkin", "می خواهم"] {
            assert_eq!(clean(text), text);
        }
        // Terminals disagree on the cells of a joined emoji, and a row that is shifted cannot be read.
        assert_eq!(clean("👩\u{200d}🔬 napkin"), "👩🔬 napkin");
    }

    #[test]
    fn a_long_text_is_cut_for_a_message() {
        let text = shown(&"x".repeat(100_000));
        assert_eq!(text.chars().count(), 61);
        assert!(text.ends_with('…'));
    }
}
