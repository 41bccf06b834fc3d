//! Text from files may come from strangers: nothing but plain characters reaches a terminal, cut by the cells
//! it takes.

use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What marks a cut.
pub const ELLIPSIS: &str = "…";

/// The text on one line, without control characters, escape sequences and marks that change its direction.
///
/// Whole escape sequences go, not only the escape byte: `ESC[31mred` becomes `red`. Line ends and tabs become
/// single spaces.
pub fn clean(text: &str) -> String {
    if simple_cells(text).is_some() {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' => skip_escape(&mut rest),
            '\u{9b}' => skip_control_sequence(&mut rest),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => skip_string(&mut rest),
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            c if is_hidden(c) => {}
            c => plain.push(c),
        }
    }
    plain
}

/// A path as a message names it.
pub fn path(path: &Path) -> String {
    clean(&path.to_string_lossy())
}

/// The first line of a message of several.
pub fn first_line(text: &str) -> String {
    clean(text.lines().next().unwrap_or_default())
}

/// As [`clean`], but line ends stay line ends and tabs become spaces.
pub fn clean_lines(text: &str) -> String {
    text.lines().map(clean).collect::<Vec<_>>().join("\n")
}

type Rest<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Skips what follows an escape byte.
fn skip_escape(rest: &mut Rest) {
    match rest.peek() {
        Some('[') => {
            rest.next();
            skip_control_sequence(rest);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            rest.next();
            skip_string(rest);
        }
        Some(' '..='/') => {
            while rest.next_if(|c| (' '..='/').contains(c)).is_some() {}
            rest.next_if(|c| ('0'..='~').contains(c));
        }
        Some('0'..='~') => {
            rest.next();
        }
        _ => {}
    }
}

/// Skips parameters, intermediates and the final byte of a control sequence.
fn skip_control_sequence(rest: &mut Rest) {
    while rest.next_if(|c| (' '..='?').contains(c)).is_some() {}
    rest.next_if(|c| ('@'..='~').contains(c));
}

/// Skips a string up to its end: BEL, ST, or any other control character.
fn skip_string(rest: &mut Rest) {
    while rest.next_if(|c| !c.is_control()).is_some() {}
    match rest.peek() {
        Some('\u{7}' | '\u{9c}') => {
            rest.next();
        }
        Some('\u{1b}') => {
            rest.next();
            rest.next_if_eq(&'\\');
        }
        _ => {}
    }
}

/// What Unicode says shows nothing of its own: direction marks, fillers, tags, joiners, variation selectors. Terminals
/// disagree on how many cells an emoji takes that is joined or selected; without these marks they agree.
static IGNORABLE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let class = regex_syntax::parse(r"\p{Default_Ignorable_Code_Point}");
    match class.as_ref().map(regex_syntax::hir::Hir::kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => {
            class.iter().map(|range| (range.start(), range.end())).collect()
        }
        _ => Vec::new(),
    }
});

/// Whether a character shows nothing of its own, or changes how others are shown.
fn is_hidden(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    let ignorable = || {
        let after = IGNORABLE.partition_point(|(start, _)| *start <= character);
        after.checked_sub(1).and_then(|index| IGNORABLE.get(index)).is_some_and(|(_, end)| character <= *end)
    };
    // The last three are marks of interlinear annotation.
    character.is_control() || ignorable() || matches!(character, '\u{fff9}'..='\u{fffb}')
}

/// Whether a text shows everything it holds, and no terminal acts on any of it.
pub fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| is_hidden(c) || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// The text with every character that a terminal would act on or hide as an escape: `a\u{1b}[2Jb`.
pub fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut shown, c| {
        if is_plain(c.encode_utf8(&mut [0; 4])) {
            shown.push(c);
        } else {
            shown.extend(c.escape_unicode());
        }
        shown
    })
}

/// JSON in which every character that a terminal would act on or hide is written as an escape: the same text to
/// whoever parses it, and plain to whoever looks at it.
///
/// Outside its strings JSON has none of these characters, so all of them can be replaced wherever they stand.
pub fn escaped_json(json: &str) -> Cow<'_, str> {
    let escapes = |c: char| {
        // JSON itself escapes the control characters of ASCII but for the last one; the others are its own layout.
        !matches!(c, '\0'..='\u{1f}') && (is_hidden(c) || matches!(c, '\u{2028}' | '\u{2029}'))
    };
    if !json.contains(escapes) {
        return Cow::Borrowed(json);
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if escapes(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

/// A sentence with its first letter large.
pub fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A number of cells as the screen counts them; what is beyond any screen is as good as its end.
pub fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// The cells a text takes on screen.
pub fn width(text: &str) -> usize {
    simple_cells(text).unwrap_or_else(|| text.width())
}

/// Whether a character takes one cell and joins with no other: what nearly all that is shown is made of.
const fn is_simple(character: char) -> bool {
    // Latin letters, punctuation, arrows, mathematical signs, lines and blocks.
    matches!(character,
        ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
        | '\u{2190}'..='\u{22ff}' | '\u{2500}'..='\u{25fc}')
}

/// The cells of a text in which every character takes one; `None` for any other, which has to be looked at closely.
pub(crate) fn simple_cells(text: &str) -> Option<usize> {
    let mut cells = 0;
    text.chars()
        .all(|c| {
            cells += 1;
            is_simple(c)
        })
        .then_some(cells)
}

/// What somebody wrote, as a message about it shows it: without what a terminal acts on, and not long.
pub(crate) fn excerpt(text: &str) -> String {
    fit(&clean(text), 30)
}

/// The text cut to at most `width` cells, with `…` where something is missing. Never splits a character.
pub fn fit(text: &str, width: usize) -> String {
    /// Marks stacked on one character beyond this are noise.
    const LONGEST_GRAPHEME: usize = 32;
    if simple_cells(text).is_some_and(|cells| cells <= width) {
        return text.to_owned();
    }
    let overlong = || text.graphemes(true).any(|grapheme| grapheme.len() > LONGEST_GRAPHEME);
    if text.width() <= width && (text.len() <= LONGEST_GRAPHEME || !overlong()) {
        return text.to_owned();
    }
    let Some(room) = width.checked_sub(ELLIPSIS.width()) else { return String::new() };
    let graphemes = text.graphemes(true).map(|grapheme| {
        if grapheme.len() > LONGEST_GRAPHEME {
            Cow::Owned(grapheme.chars().take(4).collect::<String>())
        } else {
            Cow::Borrowed(grapheme)
        }
    });
    let (mut kept, mut within, mut used) = (String::new(), 0, 0);
    for grapheme in graphemes {
        used += grapheme.width();
        if used > width {
            kept.truncate(within);
            kept.push_str(ELLIPSIS);
            return kept;
        }
        kept.push_str(&grapheme);
        if used <= room {
            within = kept.len();
        }
    }
    kept
}

/// Breaks words into lines of at most `width` cells; a number stays with its sign or unit.
pub fn wrap(words: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in words.split('\n') {
        let (mut line, mut used) = (String::new(), 0);
        for word in together(paragraph) {
            let cells = self::width(&word);
            if !line.is_empty() && used + 1 + cells > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if !line.is_empty() {
                line.push(' ');
                used += 1;
            }
            line.push_str(&word);
            used += cells;
        }
        lines.push(line);
    }
    lines
}

/// The words of a paragraph; `84.5 %` and `× 6.45` count as one.
fn together(paragraph: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
        let unit = word.starts_with('%') || word.trim_end_matches(|c: char| !c.is_alphabetic()) == "pt";
        match words.last_mut() {
            Some(last) if unit || last.ends_with(['×', '÷']) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// The text cut or padded with spaces on the right to exactly `width` cells.
pub fn pad(text: &str, width: usize) -> String {
    let mut text = fit(text, width);
    let missing = width.saturating_sub(text.width());
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// The text cut or padded with spaces on the left to exactly `width` cells.
pub fn pad_left(text: &str, width: usize) -> String {
    let text = fit(text, width);
    " ".repeat(width.saturating_sub(text.width())) + &text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_never_ends_between_a_number_and_its_unit() {
        assert_eq!(
            wrap("most: 55.7 % at 35 %, (× 6.45) more", 11),
            ["most:", "55.7 % at", "35 %,", "(× 6.45)", "more"]
        );
        assert_eq!(wrap("by +6.8 pt, too", 7), ["by", "+6.8 pt,", "too"]);
        assert_eq!(wrap("one\ntwo  three", 80), ["one", "two three"]);
    }

    #[test]
    fn joiners_and_variation_selectors_shift_no_row() {
        assert_eq!(clean("warning \u{26a0}\u{fe0e}\u{fe0f}"), "warning \u{26a0}");
        assert_eq!(clean("👩\u{200d}🚀 a\u{200c}b"), "👩🚀 ab");
    }

    #[test]
    fn everything_that_shows_nothing_is_hidden() {
        let hidden = "\u{ad}\u{34f}\u{61c}\u{17b4}\u{180b}\u{180f}\u{200b}\u{202e}\u{2066}\u{3164}\u{fe00}\u{fe0f}\
                      \u{feff}\u{fff9}\u{1bca0}\u{1d173}\u{1d17a}\u{e0001}\u{e0080}\u{e0fff}";
        assert!(hidden.chars().all(is_hidden), "{hidden:?}");
        assert!(!"aé漢🧮\u{301}\u{e1000}~".chars().any(is_hidden));
    }

    #[test]
    fn escape_sequences_disappear_whole() {
        for (hostile, plain) in [
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("\u{1b}]0;title\u{7}x", "x"),
            ("\u{1b}]52;c;aGk=\u{1b}\\x", "x"),
            ("\u{9b}2Jx", "x"),
            ("\u{1b}(Bx", "x"),
            ("\u{1b}cx", "x"),
            ("a\u{8}\u{7f}\u{0}b", "ab"),
            ("one\r\ntwo\tthree", "one two three"),
            ("evil\u{202e}txt.exe", "eviltxt.exe"),
            ("zero\u{200b}width\u{feff}", "zerowidth"),
            ("\u{1b}", ""),
            ("R1 “API” 推論 ÷", "R1 “API” 推論 ÷"),
        ] {
            assert_eq!(clean(hostile), plain, "{hostile:?}");
        }
        assert_eq!(clean_lines("a\u{1b}[1m\nb\tc"), "a\nb c");
    }

    #[test]
    fn json_keeps_hidden_characters_as_escapes() {
        let hidden = "a\u{1b}[2J\u{7f}\u{9b}31m\u{202e}b\u{200b}\u{200d}\u{2028}\u{feff}\u{e0041}";
        let json = serde_json::to_string_pretty(&[hidden, "推論 é\n"]).expect("JSON");
        let escaped = escaped_json(&json);
        assert_eq!(
            escaped,
            "[\n  \"a\\u001b[2J\\u007f\\u009b31m\\u202eb\\u200b\\u200d\\u2028\\ufeff\\udb40\\udc41\",\n  \"推論 é\\n\"\n]"
        );
        let read: [String; 2] = serde_json::from_str(&escaped).expect("JSON");
        assert_eq!(read, [hidden, "推論 é\n"]);
    }

    #[test]
    fn text_is_cut_by_cells_and_never_within_a_character() {
        assert_eq!(fit("推論 cost", 20), "推論 cost");
        assert_eq!(fit("推論 cost", 5), "推論…");
        assert_eq!(fit("推論 cost", 4), "推…");
        assert_eq!(fit("推論", 3), "推…");
        assert_eq!(fit("abc", 1), "…");
        assert_eq!(fit("abc", 0), "");
        assert_eq!(fit("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(pad("推", 4), "推  ");
        assert_eq!(pad_left("推", 4), "  推");
    }

    #[test]
    fn marks_stacked_without_end_are_thinned() {
        let tower = format!("a{}b", "\u{301}".repeat(1000));
        assert!(fit(&tower, 80).len() < 20);
    }

    #[test]
    fn simple_text_has_a_cell_a_character_and_no_two_of_them_are_one_sign() {
        let simple: Vec<char> = ('\0'..='\u{ffff}').filter(|c| is_simple(*c)).collect();
        assert!(simple.len() > 1000);
        for pair in simple.windows(2).chain(simple.windows(1)) {
            let text: String = pair.iter().collect();
            assert_eq!((text.width(), text.graphemes(true).count()), (pair.len(), pair.len()), "{text:?}");
            assert!(is_plain(&text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn escaped_json_says_the_same(text in any::<String>()) {
            let json = serde_json::to_string(&text).expect("JSON");
            prop_assert_eq!(serde_json::from_str::<String>(&escaped_json(&json)).expect("JSON"), text);
        }

        #[test]
        fn what_is_cleaned_and_cut_is_harmless_and_fits(text in any::<String>(), cells in 0_usize..40) {
            let cut = fit(&clean(&text), cells);
            prop_assert!(cut.width() <= cells, "{cut:?}");
            prop_assert!(!cut.chars().any(char::is_control));
            prop_assert_eq!(clean(&cut), cut);
        }
    }
}
