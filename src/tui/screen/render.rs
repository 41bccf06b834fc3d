//! A whole frame: every part shows the state and changes nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::{footer, header, headline, panes, ruler, tabs};
use crate::text;
use crate::tui::component::{Popup, View};
use crate::tui::context::Context;
use crate::tui::facts::Facts;
use crate::tui::layout::{Layout, inside};
use crate::tui::paint::{self, Line, ascii};

/// Draws everything into a buffer of the screen's size.
pub(crate) fn render(
    cx: &Context,
    layout: &Layout,
    views: &[Box<dyn View>],
    popups: &[Box<dyn Popup>],
    buffer: &mut Buffer,
) {
    if cx.theme.text != Style::new() {
        for cell in &mut buffer.content {
            cell.set_style(cx.theme.text);
        }
    }
    match layout.needs {
        Some(needs) => too_small(layout, needs, buffer),
        None => parts(cx, layout, views, popups, buffer),
    }
    if cx.signs.ascii {
        ascii::only(buffer);
    }
}

fn parts(
    cx: &Context,
    layout: &Layout,
    views: &[Box<dyn View>],
    popups: &[Box<dyn Popup>],
    buffer: &mut Buffer,
) {
    header::draw(cx, layout.header, buffer);
    headline::draw(cx, layout.headline, buffer);
    for rule in &layout.rules {
        Line::new(*rule, buffer).fill(cx.signs.rule, cx.theme.rule);
    }
    for divider in &layout.dividers {
        lines(cx, *divider, layout, buffer);
    }
    for (index, pane) in layout.panes.iter().enumerate() {
        panes::draw(cx, pane, index == 0, buffer);
    }
    inspector(cx, layout.inspector, buffer);
    tabs::draw(cx, layout, buffer);
    for shown in &layout.views {
        for (row, line) in (0..).zip(&shown.sentence) {
            let area = Rect { x: shown.picture.x, width: shown.picture.width, ..paint::row(shown.area, row) };
            paint::left(area, buffer, line, cx.theme.strong);
        }
        if let Some(view) = views.get(shown.view) {
            view.draw(cx, shown.picture, buffer);
        }
    }
    ruler::draw(cx, layout, buffer);
    footer::draw(cx, layout, buffer);
    for (popup, area) in popups.iter().zip(&layout.popups) {
        let behind = layout.below_headline();
        dim(cx, behind, buffer);
        if behind.width.saturating_sub(area.width) < MARGINS {
            // Margins too narrow for a word: what is left of the lines there would be noise.
            Clear.render(Rect { x: behind.x, width: behind.width, ..*area }.intersection(behind), buffer);
        }
        window(cx, *area, &popup.title(cx), buffer);
        popup.draw(cx, inside(*area), buffer);
    }
}

/// From so many cells on both sides of a pop-up together what is behind it can be read.
const MARGINS: u16 = 24;

/// What is behind a pop-up, in one quiet tone: still to be read, but not in the way.
fn dim(cx: &Context, area: Rect, buffer: &mut Buffer) {
    let (tone, ground) = (cx.theme.track, cx.theme.text.bg);
    for position in area.intersection(*buffer.area()).positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.modifier = tone.add_modifier;
            cell.fg = tone.fg.unwrap_or_default();
            cell.bg = ground.unwrap_or_default();
        }
    }
}

fn too_small(layout: &Layout, (width, height): (u16, u16), buffer: &mut Buffer) {
    let area = layout.screen;
    let words = format!("napkin needs {width}×{height} cells; this is {}×{}", area.width, area.height);
    let words = if text::width(&words) <= usize::from(area.width) * usize::from(area.height.max(1)) {
        words
    } else {
        format!("{width}×{height}")
    };
    paint::wrapped(area, buffer, &words, Style::new());
}

/// A vertical line that meets the horizontal one below it.
fn lines(cx: &Context, divider: Rect, layout: &Layout, buffer: &mut Buffer) {
    let style = cx.theme.rule;
    for y in divider.y..divider.bottom() {
        paint::left(Rect { y, height: 1, ..divider }, buffer, cx.signs.divider, style);
    }
    for rule in &layout.rules {
        if rule.y == divider.bottom() {
            paint::left(Rect { x: divider.x, width: 1, ..*rule }, buffer, cx.signs.tee_up, style);
        }
    }
}

/// What is known about the focused input, below the panes of a tall screen.
fn inspector(cx: &Context, area: Rect, buffer: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    let label = crate::report::provenance::name(&cx.document, cx.focused);
    Line::new(area, buffer)
        .skip(1)
        .put(&format!("{label} "), cx.theme.focus)
        .fill(cx.signs.rule, cx.theme.rule);
    let inner = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(1),
    };
    let count = Facts::of(cx, cx.focused).draw(0, inner, buffer);
    paint::more(cx, inner, count.saturating_sub(usize::from(inner.height)), buffer);
}

/// The frame of a pop-up.
fn window(cx: &Context, area: Rect, title: &str, buffer: &mut Buffer) {
    Clear.render(area, buffer);
    buffer.set_style(area, cx.theme.text);
    let set = if cx.signs.ascii {
        ratatui::symbols::border::Set {
            top_left: "+",
            top_right: "+",
            bottom_left: "+",
            bottom_right: "+",
            vertical_left: "|",
            vertical_right: "|",
            horizontal_top: "-",
            horizontal_bottom: "-",
        }
    } else {
        ratatui::symbols::border::ROUNDED
    };
    ratatui::widgets::Block::bordered().border_set(set).border_style(cx.theme.track).render(area, buffer);
    let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(4), height: 1, ..area };
    paint::left(inner, buffer, &format!(" {title} "), cx.theme.focus);
}
