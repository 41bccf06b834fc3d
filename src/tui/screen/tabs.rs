//! The tab bar.

use ratatui::buffer::Buffer;

use crate::tui::command::ViewName;
use crate::tui::context::Context;
use crate::tui::layout::Layout;
use crate::tui::paint;

/// Draws the tab bar.
pub(super) fn draw(cx: &Context, layout: &Layout, buffer: &mut Buffer) {
    let theme = cx.theme;
    for (area, index) in &layout.tabs.more {
        if *index < cx.view {
            paint::left(*area, buffer, cx.signs.before, theme.key);
        } else {
            paint::right(*area, buffer, cx.signs.beyond, theme.key);
        }
    }
    for (area, index) in &layout.tabs.tabs {
        let Some(info) = ViewName::ALL.get(*index).map(|view| view.info()) else { continue };
        let style = match *index {
            index if index == cx.view && cx.in_view() => theme.selected.patch(theme.focus),
            index if index == cx.view => theme.selected.patch(theme.strong),
            index if layout.views.iter().any(|shown| shown.view == index) => theme.text,
            _ => theme.quiet,
        };
        paint::left(*area, buffer, &format!(" {} ", info.title), style);
    }
}
