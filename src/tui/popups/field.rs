//! A line of text being typed.

use crossterm::event::{Event, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler;

use crate::tui::app::Context;
use crate::tui::draw::paint;

/// The longest text a field takes.
const LONGEST: usize = 500;

/// One line of text with a cursor.
#[derive(Clone, Debug, Default)]
pub struct Field(Input);

impl Field {
    /// A field with text in it, the cursor behind.
    pub fn new(text: &str) -> Self {
        Self(Input::new(text.to_owned()))
    }

    /// What is written.
    pub fn text(&self) -> &str {
        self.0.value()
    }

    /// Takes a key; printable keys are text. Answers whether the text changed.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        if self.0.value().chars().count() >= LONGEST
            && let crossterm::event::KeyCode::Char(_) = key.code
        {
            return false;
        }
        self.0.handle_event(&Event::Key(key)).is_some_and(|change| change.value)
    }

    /// Puts pasted text in at the cursor.
    pub fn paste(&mut self, text: &str) {
        for letter in text.chars().filter(|letter| !letter.is_control()).take(LONGEST) {
            self.0.handle(tui_input::InputRequest::InsertChar(letter));
        }
    }

    /// Draws the text with its cursor into the first line of an area.
    pub fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        if area.width == 0 || area.height == 0 {
            return;
        }
        let width = usize::from(area.width);
        let scroll = self.0.visual_scroll(width.saturating_sub(1));
        let visible: String = {
            let mut cells = 0;
            self.0
                .value()
                .chars()
                .skip_while(|letter| {
                    let before = cells < scroll;
                    cells += unicode_width::UnicodeWidthChar::width(*letter).unwrap_or(0);
                    before
                })
                .collect()
        };
        buffer.set_style(Rect { height: 1, ..area }, cx.theme.strong.add_modifier(Modifier::UNDERLINED));
        paint::left(area, buffer, &visible, cx.theme.strong.add_modifier(Modifier::UNDERLINED));
        let cursor = self.0.visual_cursor().saturating_sub(scroll).min(width - 1) as u16;
        if let Some(cell) = buffer.cell_mut((area.x + cursor, area.y)) {
            cell.set_style(cx.theme.strong.add_modifier(Modifier::REVERSED));
        }
    }
}
