//! The backend that ratatui draws to: one write per frame, and none when nothing changed.

use std::io::{self, Write};

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// How many bytes a frame seldom exceeds.
const FRAME: usize = 64 * 1024;

/// Collects a frame and writes it at once, as a synchronized update.
///
/// ratatui's crossterm backend writes 25 bytes for an empty difference, sets the cursor anew with every frame,
/// and flushes in the middle of it; here those are held back.
#[derive(Debug)]
pub(super) struct Screen<W> {
    out: W,
    frame: Vec<u8>,
    cursor: Cursor,
}

/// What the terminal has been told about the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cursor {
    shown: Option<bool>,
    position: Option<Position>,
}

impl<W: Write> Screen<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, frame: Vec::with_capacity(FRAME), cursor: Cursor { shown: None, position: None } }
    }

    /// The frame so far, begun if it has not been.
    fn frame(&mut self) -> io::Result<CrosstermBackend<&mut Vec<u8>>> {
        if self.frame.is_empty() {
            queue!(self.frame, BeginSynchronizedUpdate)?;
        }
        Ok(CrosstermBackend::new(&mut self.frame))
    }

    fn show(&mut self, shown: bool) -> io::Result<()> {
        if self.cursor.shown == Some(shown) {
            return Ok(());
        }
        self.cursor.shown = Some(shown);
        let mut frame = self.frame()?;
        if shown { frame.show_cursor() } else { frame.hide_cursor() }
    }
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.cursor.position = None;
        self.frame()?.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Asking the terminal would wait for an answer that the reader takes.
        Ok(self.cursor.position.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor.position == Some(position) {
            return Ok(());
        }
        self.cursor.position = Some(position);
        self.frame()?.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        // What clears the screen comes after something that may have changed the cursor too.
        self.cursor = Cursor { shown: None, position: None };
        self.frame()?.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        CrosstermBackend::new(io::sink()).size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        CrosstermBackend::new(io::sink()).window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        queue!(self.frame, EndSynchronizedUpdate)?;
        let written = self.out.write_all(&self.frame).and_then(|()| self.out.flush());
        self.frame.clear();
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Remembers each write.
    #[derive(Default)]
    struct Writes(Vec<Vec<u8>>);

    impl Write for &mut Writes {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// One round of what `Terminal::draw` does.
    fn round(screen: &mut Screen<&mut Writes>, cells: &[(u16, u16, &Cell)], cursor: Option<Position>) {
        screen.draw(cells.iter().copied()).unwrap();
        match cursor {
            None => screen.hide_cursor().unwrap(),
            Some(position) => {
                screen.show_cursor().unwrap();
                screen.set_cursor_position(position).unwrap();
            }
        }
        screen.flush().unwrap();
    }

    #[test]
    fn a_frame_is_one_write_inside_a_synchronized_update() {
        let mut writes = Writes::default();
        let cell = Cell::new("x");
        let mut screen = Screen::new(&mut writes);
        screen.clear().unwrap();
        round(&mut screen, &[(0, 0, &cell), (5, 2, &cell)], Some(Position::new(1, 1)));
        assert_eq!(writes.0.len(), 1);
        assert!(writes.0[0].starts_with(b"\x1b[?2026h"));
        assert!(writes.0[0].ends_with(b"\x1b[?2026l"));
    }

    #[test]
    fn a_frame_without_a_change_writes_nothing() {
        let mut writes = Writes::default();
        let cell = Cell::new("x");
        let mut screen = Screen::new(&mut writes);
        round(&mut screen, &[(0, 0, &cell)], None);
        round(&mut screen, &[], None);
        round(&mut screen, &[], Some(Position::new(3, 4)));
        round(&mut screen, &[], Some(Position::new(3, 4)));
        assert_eq!(writes.0.len(), 2);
        assert_eq!(writes.0[1], b"\x1b[?2026h\x1b[?25h\x1b[5;4H\x1b[?2026l");
    }

    #[test]
    fn the_cursor_is_put_back_after_cells_were_written() {
        let mut writes = Writes::default();
        let cell = Cell::new("x");
        let mut screen = Screen::new(&mut writes);
        let cursor = Some(Position::new(3, 4));
        round(&mut screen, &[], cursor);
        round(&mut screen, &[(0, 0, &cell)], cursor);
        assert!(writes.0[1].ends_with(b"\x1b[5;4H\x1b[?2026l"));
    }
}
