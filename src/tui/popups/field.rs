//! A line of text being typed.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler;

use crate::tui::context::Context;
use crate::tui::paint;

/// The longest text a field takes.
const LONGEST: usize = 500;

/// One line of text with a cursor.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    input: Input,
    /// The text was there before the user came; what is typed replaces it.
    selected: bool,
}

impl Field {
    /// A field with text in it, the cursor behind.
    pub(super) fn new(text: &str) -> Self {
        Self { input: Input::new(text.to_owned()), selected: false }
    }

    /// A field with a proposal in it: typing replaces it, moving the cursor keeps it.
    pub(super) fn proposing(text: &str) -> Self {
        Self { selected: !text.is_empty(), ..Self::new(text) }
    }

    /// What is written.
    pub(super) fn text(&self) -> &str {
        self.input.value()
    }

    /// Takes a key; printable keys are text. Returns whether the text changed.
    pub(super) fn key(&mut self, key: KeyEvent) -> bool {
        let typed = matches!(key.code, KeyCode::Char(_))
            && !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        let erases = matches!(key.code, KeyCode::Backspace | KeyCode::Delete);
        if std::mem::take(&mut self.selected) && (typed || erases) {
            self.input.reset();
            if erases {
                return true;
            }
        }
        if typed && self.text().chars().count() >= LONGEST {
            return false;
        }
        self.input.handle_event(&Event::Key(key)).is_some_and(|change| change.value)
    }

    /// Puts pasted text in at the cursor.
    pub(super) fn paste(&mut self, text: &str) {
        if std::mem::take(&mut self.selected) {
            self.input.reset();
        }
        let room = LONGEST.saturating_sub(self.text().chars().count());
        for letter in text.chars().filter(|letter| !letter.is_control()).take(room) {
            self.input.handle(tui_input::InputRequest::InsertChar(letter));
        }
    }

    /// Draws the text into the first line of an area, with its cursor if it is the `active` one.
    pub(super) fn draw(&self, cx: &Context, area: Rect, active: bool, buffer: &mut Buffer) {
        if area.width == 0 || area.height == 0 {
            return;
        }
        let width = usize::from(area.width);
        // Only where the cursor is does the text scroll with it; elsewhere it shows from its beginning.
        let scroll = if active { self.input.visual_scroll(width.saturating_sub(1)) } else { 0 };
        let visible: String = {
            let mut cells = 0;
            self.text()
                .chars()
                .skip_while(|letter| {
                    let before = cells < scroll;
                    cells += unicode_width::UnicodeWidthChar::width(*letter).unwrap_or(0);
                    before
                })
                .collect()
        };
        let plain = if active { cx.theme.strong } else { cx.theme.text };
        let style = plain.add_modifier(Modifier::UNDERLINED);
        buffer.set_style(Rect { height: 1, ..area }, style);
        let text = if active && self.selected { style.add_modifier(Modifier::REVERSED) } else { style };
        paint::left(area, buffer, &visible, text);
        if !active {
            return;
        }
        let cursor = self.input.visual_cursor().saturating_sub(scroll).min(width - 1) as u16;
        if let Some(cell) = buffer.cell_mut((area.x + cursor, area.y)) {
            cell.set_style(cx.theme.strong.add_modifier(Modifier::REVERSED));
        }
    }
}
