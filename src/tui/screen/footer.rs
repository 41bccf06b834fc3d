//! The footer: the keys that matter now, or the last message.

use ratatui::buffer::Buffer;

use crate::tui::context::Context;
use crate::tui::layout::Layout;
use crate::tui::paint::Line;

/// Draws the footer.
pub(super) fn draw(cx: &Context, layout: &Layout, buffer: &mut Buffer) {
    let theme = cx.theme;
    if let Some(toast) = &cx.toast {
        let style = if toast.warning { theme.warn } else { theme.strong };
        Line::new(layout.footer, buffer).skip(1).put(&toast.text, style);
    }
    for hint in &layout.hints {
        Line::new(hint.area, buffer).put(&hint.key, theme.key).skip(1).put(hint.word, theme.quiet);
    }
}
