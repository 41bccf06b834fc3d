//! Pictures: a grid of styled cells as SVG, with the fonts and colours of a terminal.

mod animated;

use std::fmt::Write as _;

pub use animated::{AnimationFrame, MOST_FRAMES, animated};

/// A colour, red, green and blue.
pub type Rgb = (u8, u8, u8);

/// One cell of a terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What is in it; empty for the second half of a wide sign.
    pub symbol: String,
    /// Colour of the sign.
    pub fg: Rgb,
    /// Colour behind it.
    pub bg: Rgb,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is underlined.
    pub underlined: bool,
}

/// A screen: rows of cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Cells per row.
    pub width: usize,
    /// The cells, row by row.
    pub cells: Vec<Cell>,
    /// The colour of empty cells.
    pub bg: Rgb,
}

/// Width of a cell in user units.
const CELL_WIDTH: f64 = 8.4;
/// Height of a cell in user units.
const CELL_HEIGHT: f64 = 17.0;
/// Margin around the screen.
const MARGIN: f64 = 12.0;
/// Where the base line is within a cell.
const BASE: f64 = 13.0;

/// The grid as an SVG document; `title` is read out by those who cannot see it.
pub fn svg(grid: &Grid, title: &str) -> String {
    let mut out = open(grid, title);
    for (row, cells) in grid.cells.chunks(grid.width.max(1)).enumerate() {
        let y = MARGIN + row as f64 * CELL_HEIGHT;
        backgrounds(cells, grid.bg, y, &mut out);
        texts(cells, y, &mut out);
    }
    out + close()
}

/// The beginning of a picture: its size, its title, its ground.
fn open(grid: &Grid, title: &str) -> String {
    let rows = grid.cells.len().checked_div(grid.width).unwrap_or(0);
    let (width, height) =
        (grid.width as f64 * CELL_WIDTH + 2.0 * MARGIN, rows as f64 * CELL_HEIGHT + 2.0 * MARGIN);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" role=\"img\" \
         font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <title>{}</title>\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n",
        escaped(title),
        hex(grid.bg)
    )
}

/// The end of it.
const fn close() -> &'static str {
    "</svg>\n"
}

/// Rectangles behind runs of cells of one colour that is not the screen's.
fn backgrounds(cells: &[Cell], plain: Rgb, y: f64, out: &mut String) {
    for (start, run) in runs(cells, |cell| cell.bg) {
        let Some(first) = run.first().filter(|first| first.bg != plain) else { continue };
        let (x, width) = (MARGIN + start as f64 * CELL_WIDTH, run.len() as f64 * CELL_WIDTH);
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{CELL_HEIGHT:.1}\" fill=\"{}\"/>",
            hex(first.bg)
        );
    }
}

/// Texts of runs of cells of one style; each run has its length, so that columns meet whatever the font.
fn texts(cells: &[Cell], y: f64, out: &mut String) {
    let style = |cell: &Cell| (cell.fg, cell.bold, cell.underlined, is_block(&cell.symbol));
    for (start, run) in runs(cells, style) {
        let text: String = run.iter().map(|cell| cell.symbol.as_str()).collect();
        let Some(first) = run.first().filter(|_| !text.trim().is_empty()) else { continue };
        let lead = text.len() - text.trim_start().len();
        let (x, width) = (
            MARGIN + (start + lead) as f64 * CELL_WIDTH,
            (run.len() - lead - (text.len() - text.trim_end().len())) as f64 * CELL_WIDTH,
        );
        let weight = if first.bold { " font-weight=\"bold\"" } else { "" };
        let line = if first.underlined { " text-decoration=\"underline\"" } else { "" };
        let fill = hex(first.fg);
        if is_block(&first.symbol) {
            blocks(run, start, y, out);
            continue;
        }
        let _ = writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.1}\" fill=\"{fill}\"{weight}{line} textLength=\"{width:.1}\" \
             lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{}</text>",
            y + BASE,
            escaped(text.trim())
        );
    }
}

/// The part of a cell that a block element fills: from the left, from the top, width, height; each 0 … 1.
fn block(symbol: &str) -> Option<(f64, f64, f64, f64)> {
    let sign = u32::from(symbol.chars().next()?);
    match sign {
        0x2580 => Some((0.0, 0.0, 1.0, 0.5)),
        0x2581..=0x2588 => {
            let part = f64::from(sign - 0x2580) / 8.0;
            Some((0.0, 1.0 - part, 1.0, part))
        }
        0x2589..=0x258f => Some((0.0, 0.0, f64::from(0x2590 - sign) / 8.0, 1.0)),
        0x2590 => Some((0.5, 0.0, 0.5, 1.0)),
        0x2596 => Some((0.0, 0.5, 0.5, 0.5)),
        0x2597 => Some((0.5, 0.5, 0.5, 0.5)),
        _ => None,
    }
}

fn is_block(symbol: &str) -> bool {
    block(symbol).is_some()
}

/// Block elements as rectangles: fonts leave gaps between them.
fn blocks(run: &[Cell], start: usize, y: f64, out: &mut String) {
    for (at, same) in runs(run, |cell| cell.symbol.clone()) {
        let Some((cell, (left, top, width, height))) =
            same.first().and_then(|cell| Some((cell, block(&cell.symbol)?)))
        else {
            continue;
        };
        let count = if width < 1.0 { 1 } else { same.len() };
        for repeat in 0..same.len() / count {
            let x = MARGIN + ((start + at + repeat) as f64 + left) * CELL_WIDTH;
            let _ = writeln!(
                out,
                "<rect x=\"{x:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{}\"/>",
                y + top * CELL_HEIGHT,
                count as f64 * width * CELL_WIDTH,
                height * CELL_HEIGHT,
                hex(cell.fg)
            );
        }
    }
}

/// Neighbouring cells that are alike, each run with its first column.
fn runs<K: PartialEq>(cells: &[Cell], key: impl Fn(&Cell) -> K) -> Vec<(usize, &[Cell])> {
    let mut start = 0;
    cells
        .chunk_by(|a, b| key(a) == key(b))
        .map(|run| {
            let at = start;
            start += run.len();
            (at, run)
        })
        .collect()
}

fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_becomes_one_text_per_run_and_escapes_what_is_markup() {
        let cell = |symbol: &str, bold| Cell {
            symbol: symbol.to_owned(),
            fg: (1, 2, 3),
            bg: (0, 0, 0),
            bold,
            underlined: false,
        };
        let grid = Grid {
            width: 4,
            cells: vec![cell("a", false), cell("<", false), cell("b", true), cell("█", false)],
            bg: (0, 0, 0),
        };
        let picture = svg(&grid, "a & b");
        assert_eq!(picture.matches("<text").count(), 2);
        assert!(picture.contains(">a&lt;</text>") && picture.contains("<title>a &amp; b</title>"));
        assert_eq!(picture.matches("<rect").count(), 2);
    }
}
