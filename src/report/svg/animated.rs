//! Moving pictures: screens one after the other, as an SVG that plays in an `<img>`.
//!
//! Only rows that change are drawn more than once; each of their states is visible in its frames by way of SMIL, which
//! code hosts let through. Whoever does not play it sees the first frame. There is no script, font or link in it.

use std::fmt::Write as _;

use super::{CELL_HEIGHT, Cell, Grid, MARGIN, backgrounds, close, open, texts};

/// The most frames of a moving picture.
pub const MOST_FRAMES: usize = 30;

/// How often a moving picture plays before it stops at its first frame.
const LOOPS: usize = 3;

/// A screen and how long it stays, in seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct AnimationFrame {
    /// The screen; all have the size and the ground of the first.
    pub grid: Grid,
    /// Seconds.
    pub seconds: f64,
}

/// Screens one after the other; `title` is read out by those who cannot see them. Frames beyond the thirtieth are left
/// out.
pub fn animated(frames: &[AnimationFrame], title: &str) -> String {
    let frames = frames.get(..MOST_FRAMES).unwrap_or(frames);
    let Some(first) = frames.first() else { return String::new() };
    let total: f64 = frames.iter().map(|frame| frame.seconds).sum();
    let mut begin = 0.0;
    let starts: Vec<f64> = frames
        .iter()
        .map(|frame| {
            let start = begin / total;
            begin += frame.seconds;
            start
        })
        .collect();
    let mut out = open(&first.grid, title);
    let width = first.grid.width.max(1);
    for row in 0..first.grid.cells.len() / width {
        let y = MARGIN + row as f64 * CELL_HEIGHT;
        let cells = row * width..(row + 1) * width;
        let shown: Vec<&[Cell]> =
            frames.iter().map(|frame| frame.grid.cells.get(cells.clone()).unwrap_or_default()).collect();
        let mut states: Vec<&[Cell]> = Vec::new();
        for state in &shown {
            if !states.contains(state) {
                states.push(state);
            }
        }
        for state in &states {
            let mut drawn = String::new();
            backgrounds(state, first.grid.bg, y, &mut drawn);
            texts(state, y, &mut drawn);
            if states.len() == 1 {
                out.push_str(&drawn);
            } else if !drawn.is_empty() {
                let visible: Vec<bool> = shown.iter().map(|shown| shown == state).collect();
                group(&visible, &starts, total, &drawn, &mut out);
            }
        }
    }
    out.push_str(close());
    out
}

/// One state of a row, visible in some of the frames.
fn group(visible: &[bool], starts: &[f64], total: f64, drawn: &str, out: &mut String) {
    let word = |visible: bool| if visible { "visible" } else { "hidden" };
    let (mut values, mut times) = (String::new(), String::new());
    let mut last = None;
    for (visible, start) in visible.iter().zip(starts) {
        if last == Some(visible) {
            continue;
        }
        let between = if last.is_some() { ";" } else { "" };
        let _ = write!(values, "{between}{}", word(*visible));
        let _ = write!(times, "{between}{start:.4}");
        last = Some(visible);
    }
    let still = word(visible.first().copied().unwrap_or_default());
    let _ = write!(
        out,
        "<g visibility=\"{still}\"><animate attributeName=\"visibility\" values=\"{values}\" keyTimes=\"{times}\" \
         calcMode=\"discrete\" dur=\"{total:.2}s\" repeatCount=\"{LOOPS}\"/>\n{drawn}</g>\n"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(text: &str, seconds: f64) -> AnimationFrame {
        let cell = |letter: char| Cell {
            symbol: letter.to_string(),
            fg: (1, 2, 3),
            bg: (0, 0, 0),
            bold: false,
            underlined: false,
        };
        AnimationFrame {
            grid: Grid { width: 2, cells: text.chars().map(cell).collect(), bg: (0, 0, 0) },
            seconds,
        }
    }

    #[test]
    fn only_what_changes_is_drawn_more_than_once_and_the_first_frame_is_the_still() {
        let picture = animated(&[frame("abcd", 1.0), frame("abef", 1.0), frame("abcd", 2.0)], "a & b");
        assert_eq!(picture.matches(">ab</text>").count(), 1);
        assert_eq!(picture.matches("<animate ").count(), 2);
        assert!(picture.contains("<g visibility=\"visible\"><animate attributeName=\"visibility\" values=\"visible;hidden;visible\" keyTimes=\"0.0000;0.2500;0.5000\""), "{picture}");
        assert!(picture.contains("<g visibility=\"hidden\"><animate attributeName=\"visibility\" values=\"hidden;visible;hidden\""), "{picture}");
        assert!(picture.contains("dur=\"4.00s\" repeatCount=\"3\""));
        assert!(animated(&[], "x").is_empty());
    }
}
