//! Large digits: three lines high, of half blocks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Rows of dots of a glyph; two of them share a line of cells.
const DOTS: usize = 6;

/// The glyphs: a sign and its five rows of dots, the sixth being empty.
#[rustfmt::skip]
const GLYPHS: &[(char, [&str; 5])] = &[
    ('0', ["###", "# #", "# #", "# #", "###"]),
    ('1', [" # ", "## ", " # ", " # ", "###"]),
    ('2', ["###", "  #", "###", "#  ", "###"]),
    ('3', ["###", "  #", "###", "  #", "###"]),
    ('4', ["# #", "# #", "###", "  #", "  #"]),
    ('5', ["###", "#  ", "###", "  #", "###"]),
    ('6', ["###", "#  ", "###", "# #", "###"]),
    ('7', ["###", "  #", "  #", "  #", "  #"]),
    ('8', ["###", "# #", "###", "# #", "###"]),
    ('9', ["###", "# #", "###", "  #", "###"]),
    ('.', [" ", " ", " ", " ", "#"]),
    (',', ["  ", "  ", "  ", " #", "# "]),
    (' ', ["", "", "", "", ""]),
    // A column of air first: the percent sign of a figure stands apart from its last digit.
    ('%', [" ##  #", " ## # ", "   #  ", "  # ##", " #  ##"]),
    ('$', [" ####", "# #  ", " ### ", "  # #", "#### "]),
    ('-', ["   ", "   ", "###", "   ", "   "]),
    ('−', ["   ", "   ", "###", "   ", "   "]),
    ('+', ["   ", " # ", "###", " # ", "   "]),
    ('×', ["   ", "# #", " # ", "# #", "   "]),
    ('/', ["  #", "  #", " # ", "#  ", "#  "]),
    ('k', ["#  ", "# #", "## ", "# #", "# #"]),
    ('M', ["# #", "###", "###", "# #", "# #"]),
    ('B', ["## ", "# #", "## ", "# #", "## "]),
    ('T', ["###", " # ", " # ", " # ", " # "]),
    ('e', ["   ", "###", "###", "#  ", "###"]),
    ('n', ["   ", "## ", "# #", "# #", "# #"]),
    ('a', ["   ", " ##", "# #", "# #", " ##"]),
];

fn glyph(sign: char) -> Option<&'static [&'static str; 5]> {
    GLYPHS.iter().find(|(known, _)| *known == sign).map(|(_, rows)| rows)
}

/// The cells from one glyph to the next; a space is the cell that follows every glyph.
fn advance(rows: &[&str; 5]) -> u16 {
    let columns = rows.first().map_or(0, |row| row.len()) as u16;
    if columns == 0 { 0 } else { columns + 1 }
}

/// The cells that words take in large digits; `None` if there is no glyph for one of their signs.
pub(crate) fn width(words: &str) -> Option<u16> {
    let mut cells = 0;
    for sign in words.chars() {
        cells += advance(glyph(sign)?);
    }
    Some(cells.saturating_sub(1))
}

/// Draws words in large digits into the first three lines of an area that is wide enough.
pub(crate) fn draw(words: &str, style: Style, area: Rect, buffer: &mut Buffer) {
    let mut x = area.x;
    for rows in words.chars().filter_map(glyph) {
        let columns = rows.first().map_or(0, |row| row.len());
        let dot = |row: usize, column: usize| {
            rows.get(row).and_then(|dots| dots.as_bytes().get(column)).is_some_and(|dot| *dot == b'#')
        };
        for column in 0..columns {
            for line in 0..DOTS / 2 {
                let sign = match (dot(2 * line, column), dot(2 * line + 1, column)) {
                    (true, true) => "█",
                    (true, false) => "▀",
                    (false, true) => "▄",
                    (false, false) => continue,
                };
                let at = (x + column as u16, area.y + line as u16);
                if area.contains(at.into())
                    && let Some(cell) = buffer.cell_mut(at)
                {
                    cell.set_symbol(sign).set_style(style);
                }
            }
        }
        x += advance(rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_glyph_is_a_rectangle() {
        for (sign, rows) in GLYPHS {
            let width = rows[0].len();
            assert!(rows.iter().all(|row| row.len() == width), "{sign}");
        }
    }

    #[test]
    fn a_margin_has_large_digits_and_a_word_has_none() {
        assert_eq!(width("84.5 %"), Some(3 + 1 + 3 + 1 + 1 + 1 + 3 + 1 + 6));
        assert_eq!(width("none"), None);
        let area = Rect::new(0, 0, 3, 3);
        let mut buffer = Buffer::empty(area);
        draw("4", Style::new(), area, &mut buffer);
        let line = |y| (0..3).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
        assert_eq!([line(0), line(1), line(2)], ["█ █", "▀▀█", "  ▀"]);
    }
}
