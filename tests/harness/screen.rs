//! What a terminal shows.

use std::num::NonZeroU16;

use vt100::{Color, MouseProtocolMode, Parser, Screen};

/// Everything seen of a program so far.
pub(crate) struct Seen {
    parser: Parser,
    /// Every byte it has written.
    pub(crate) bytes: Vec<u8>,
    /// Whether the terminal has been let go of by everybody.
    pub(crate) ended: bool,
    /// Whether the terminal is about to be closed.
    pub(super) closing: bool,
    /// Whether nothing more is read for now.
    pub(super) blocked: bool,
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("at least one cell")
}

impl Seen {
    pub(super) fn new(columns: u16, rows: u16) -> Self {
        let parser = Parser::new(cells(rows), cells(columns), 0);
        Self { parser, bytes: Vec::new(), ended: false, closing: false, blocked: false }
    }

    pub(super) fn take_in(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.bytes.extend_from_slice(bytes);
    }

    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.set_size(cells(rows), cells(columns));
    }

    fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// The text, a line per row.
    pub(crate) fn text(&self) -> String {
        self.rows().join("\n")
    }

    /// The rows, without what is empty at their ends: a cell that was cleared looks as one never written.
    pub(crate) fn rows(&self) -> Vec<String> {
        let (_, columns) = self.screen().size();
        self.screen().rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect()
    }

    /// Where a text is on the screen: column and row.
    pub(crate) fn find(&self, text: &str) -> Option<(u16, u16)> {
        let (rows, columns) = self.screen().size();
        let first = text.chars().next()?.to_string();
        (0..rows.get()).find_map(|row| {
            (0..columns.get()).find_map(|column| {
                let starts = self.screen().cell(row, column).is_some_and(|cell| cell.contents() == first);
                let width = columns.get() - column;
                let rest = starts.then(|| self.screen().rows(column, width).nth(row.into()))??;
                rest.starts_with(text).then_some((column, row))
            })
        })
    }

    /// Text and background colour of a cell, and whether it is reversed.
    pub(crate) fn style(&self, column: u16, row: u16) -> (Color, Color, bool) {
        let cell = self.screen().cell(row, column).expect("a cell");
        (cell.fgcolor(), cell.bgcolor(), cell.inverse())
    }

    /// Whether the alternate screen is shown.
    pub(crate) fn is_alternate(&self) -> bool {
        self.screen().alternate_screen()
    }

    /// Whether the mouse is reported.
    pub(crate) fn has_mouse(&self) -> bool {
        self.screen().mouse_protocol_mode() != MouseProtocolMode::None
    }

    /// Whether pastes come in brackets.
    pub(crate) fn has_brackets(&self) -> bool {
        self.screen().bracketed_paste()
    }

    /// Whether the cursor is hidden.
    pub(crate) fn hides_cursor(&self) -> bool {
        self.screen().hide_cursor()
    }

    /// Whether everything is as the explorer wants it.
    pub(crate) fn is_taken(&self) -> bool {
        self.is_alternate() && self.has_brackets() && self.hides_cursor()
    }

    /// Whether nothing is left of what the explorer asked the terminal for.
    pub(crate) fn is_given_back(&self) -> bool {
        !(self.is_alternate() || self.has_mouse() || self.has_brackets() || self.hides_cursor())
    }

    /// Whether a frame has begun and not ended; a terminal shows nothing of it before that.
    pub(super) fn is_amid_update(&self) -> bool {
        self.last("\x1b[?2026h") > self.last("\x1b[?2026l")
    }

    /// Where a sequence was last written.
    pub(crate) fn last(&self, sequence: &str) -> Option<usize> {
        self.bytes.windows(sequence.len()).rposition(|window| window == sequence.as_bytes())
    }
}
