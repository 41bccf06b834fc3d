//! A whole frame: every part shows the state and changes nothing.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::{footer, header, headline, panes, ruler, views};
use crate::text;
use crate::tui::app::App;
use crate::tui::context::Context;
use crate::tui::layout::Layout;
use crate::tui::paint::{self, Line, ascii};
use crate::tui::popups;

impl App {
    /// Draws everything.
    pub fn draw(&mut self, frame: &mut Frame) {
        // The terminal may have changed its size before its message came.
        if self.screen != frame.area() {
            self.screen = frame.area();
            self.refresh_views();
        }
        self.changed = false;
        render(self, frame.buffer_mut());
    }
}

/// Draws everything into a buffer of the screen's size.
pub fn render(app: &App, buffer: &mut Buffer) {
    parts(app, buffer);
    if app.signs.ascii {
        ascii::only(buffer);
    }
}

fn parts(app: &App, buffer: &mut Buffer) {
    let layout = app.layout();
    let cx = app.context();
    if cx.theme.text != ratatui::style::Style::new() {
        buffer.set_style(layout.screen, cx.theme.text);
    }
    if let Some(needs) = layout.needs {
        too_small(&layout, needs, buffer);
        return;
    }
    header::draw(app, &cx, layout.header, buffer);
    headline::draw(app, &cx, layout.headline, buffer);
    for rule in &layout.rules {
        Line::new(*rule, buffer).fill(cx.signs.rule, cx.theme.rule);
    }
    for divider in &layout.dividers {
        lines(&cx, *divider, &layout, buffer);
    }
    for pane in &layout.panes {
        panes::draw(app, &cx, pane, buffer);
    }
    inspector(app, &cx, layout.inspector, buffer);
    views::tabs(app, &cx, &layout, buffer);
    for (area, index) in &layout.views {
        views::draw(app, &cx, *area, *index, buffer);
    }
    ruler::draw(app, &cx, &layout, buffer);
    footer::draw(app, &cx, layout.footer, buffer);
    for popup in &app.popups {
        let area = popups::place(layout.screen, popup.size(&cx, layout.screen));
        window(&cx, area, &popup.title(&cx), buffer);
        popup.draw(&cx, popups::inside(area), buffer);
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
    paint::wrapped(area, buffer, &words, ratatui::style::Style::new());
}

/// A vertical line that meets the horizontal ones above and below it.
fn lines(cx: &Context, divider: Rect, layout: &Layout, buffer: &mut Buffer) {
    let style = cx.theme.rule;
    for y in divider.y..divider.bottom() {
        paint::left(Rect { y, height: 1, ..divider }, buffer, cx.signs.divider, style);
    }
    for rule in &layout.rules {
        let sign = if rule.y + 1 == divider.y {
            cx.signs.tee_down
        } else if rule.y == divider.bottom() {
            cx.signs.tee_up
        } else {
            continue;
        };
        paint::left(Rect { x: divider.x, width: 1, ..*rule }, buffer, sign, style);
    }
}

/// What is known about the focused input, below the panes of a tall screen.
fn inspector(app: &App, cx: &Context, area: Rect, buffer: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    let label = crate::report::provenance::name(cx.document, app.focused());
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
    let count = popups::draw_facts(cx, app.focused(), 0, inner, buffer);
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
    ratatui::widgets::Block::bordered().border_set(set).border_style(cx.theme.rule).render(area, buffer);
    let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(4), height: 1, ..area };
    paint::left(inner, buffer, &format!(" {title} "), cx.theme.focus);
}
