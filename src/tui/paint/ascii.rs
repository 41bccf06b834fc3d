//! For terminals without Unicode: every cell gets a plain sign.

use ratatui::buffer::Buffer;

/// Replaces what is not ASCII, sign by sign, so that no column moves.
pub(crate) fn only(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if !cell.symbol().is_ascii() {
            let plain = cell.symbol().chars().next().map_or(' ', plain);
            cell.set_char(plain);
        }
    }
}

/// The plain sign most like another one.
const fn plain(sign: char) -> char {
    match sign {
        '·' | '–' | '—' | '−' | '─' | '━' => '-',
        '÷' => '/',
        '×' => 'x',
        '¢' => 'c',
        '…' | '≈' => '~',
        '←' | '◂' | '‹' | '≤' => '<',
        '→' | '▸' | '›' | '≥' => '>',
        '↑' | '⇧' | '▴' => '^',
        '↓' | '▾' => 'v',
        '•' | '●' | '○' | '◇' => 'o',
        'κ' => 'k',
        'τ' => 't',
        'ω' => 'w',
        'λ' => 'l',
        'µ' => 'u',
        '₀' => '0',
        '│' | '┃' | '╵' => '|',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '█' | '▓' => '#',
        '▄' | '▖' | '▗' => '=',
        '▒' => '+',
        '░' => '.',
        _ => '?',
    }
}
