//! The tab bar, and a view below its sentence.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::app::App;
use crate::tui::command::ViewName;
use crate::tui::context::{Context, Focus};
use crate::tui::layout::Layout;
use crate::tui::paint;

/// Draws the tab bar.
pub fn tabs(app: &App, cx: &Context, layout: &Layout, buffer: &mut Buffer) {
    let theme = cx.theme;
    let shown: Vec<usize> = layout.views.iter().map(|(_, view)| *view).collect();
    for (area, index) in &layout.more_tabs {
        if *index < app.view {
            paint::left(*area, buffer, cx.signs.before, theme.key);
        } else {
            paint::right(*area, buffer, cx.signs.beyond, theme.key);
        }
    }
    for (area, index) in &layout.tab_boxes {
        let Some(info) = ViewName::ALL.get(*index).map(|view| view.info()) else { continue };
        if *index == app.view {
            let style = if app.focus == Focus::View { theme.focus } else { theme.strong };
            paint::left(*area, buffer, &format!("[{}]", info.title), style);
        } else {
            let style = if shown.contains(index) { theme.text } else { theme.quiet };
            paint::left(*area, buffer, &format!(" {} ", info.title), style);
        }
    }
}

/// Draws a view.
pub fn draw(app: &App, cx: &Context, area: Rect, index: usize, buffer: &mut Buffer) {
    let Some(view) = app.views.get(index) else { return };
    let conclusion = view.conclusion(cx);
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    paint::wrapped(inner, buffer, &conclusion, cx.theme.strong);
    view.draw(cx, picture_area(app, index, area), buffer);
}

/// Where a view's picture goes: below its sentence.
pub fn picture_area(app: &App, index: usize, area: Rect) -> Rect {
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let Some(view) = app.views.get(index) else { return inner };
    let lines = paint::wrap(&view.conclusion(&app.context()), usize::from(inner.width)).len() as u16;
    // A blank line below the sentence where there is room for it.
    let used = (lines + u16::from(inner.height > lines + 12)).min(inner.height);
    Rect { y: inner.y + used, height: inner.height - used, ..inner }
}
