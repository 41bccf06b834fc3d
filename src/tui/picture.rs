//! A drawn screen as a grid for pictures.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use crate::report::svg::{Cell, Grid, Rgb};

const FOREGROUND: Rgb = (0xd8, 0xd8, 0xd2);
const BACKGROUND: Rgb = (0x12, 0x14, 0x18);

const INK: Rgb = (0x24, 0x29, 0x2f);
const PAPER: Rgb = (0xfa, 0xfa, 0xf7);

/// The cells of a buffer with the colours that a dark terminal would give them, or a light one.
pub fn grid(buffer: &Buffer, light: bool) -> Grid {
    let area = buffer.area();
    let (foreground, background) = if light { (INK, PAPER) } else { (FOREGROUND, BACKGROUND) };
    let cells = buffer
        .content()
        .iter()
        .map(|cell| {
            let style = cell.style();
            let (mut fg, mut bg) = (rgb(cell.fg, foreground), rgb(cell.bg, background));
            if style.add_modifier.contains(Modifier::REVERSED) {
                std::mem::swap(&mut fg, &mut bg);
            }
            Cell {
                symbol: cell.symbol().to_owned(),
                fg,
                bg,
                bold: style.add_modifier.contains(Modifier::BOLD),
                underlined: style.add_modifier.contains(Modifier::UNDERLINED),
            }
        })
        .collect();
    Grid { width: usize::from(area.width), cells, bg: background }
}

/// A colour of the theme as a dark terminal shows it.
const fn rgb(colour: Color, plain: Rgb) -> Rgb {
    match colour {
        Color::Rgb(red, green, blue) => (red, green, blue),
        Color::Black => (0x1d, 0x1f, 0x21),
        Color::Red => (0xe0, 0x6c, 0x6c),
        Color::Green => (0x8a, 0xbd, 0x68),
        Color::Yellow => (0xe0, 0xb8, 0x4c),
        Color::Blue => (0x5f, 0x8f, 0xd0),
        Color::Magenta => (0xb2, 0x94, 0xbb),
        Color::Cyan => (0x6c, 0xc8, 0xd4),
        Color::Gray => (0xc5, 0xc8, 0xc6),
        Color::DarkGray => (0x76, 0x7a, 0x80),
        Color::LightRed => (0xf0, 0x8a, 0x8a),
        Color::LightGreen => (0xa8, 0xd6, 0x7a),
        Color::LightYellow => (0xf2, 0xd2, 0x7a),
        Color::LightBlue => (0x7f, 0xa8, 0xe8),
        Color::LightMagenta => (0xd0, 0x96, 0xd8),
        Color::LightCyan => (0x97, 0xdf, 0xdb),
        Color::White => (0xff, 0xff, 0xff),
        Color::Indexed(_) | Color::Reset => plain,
    }
}
