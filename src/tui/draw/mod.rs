//! Drawing: every part shows the state and changes nothing.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

use super::app::{App, Context, Focus};
use super::command::{self, Command, Scope};
use super::layout::Layout;
use super::popups;
use super::views;
use crate::text;

mod ascii;
pub mod bars;
pub mod columns;
mod digits;
mod headline;
pub mod paint;
mod panes;
pub mod plot;
mod ruler;
mod track;

pub use ruler::claim_line;

use paint::Line;

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
    header(app, &cx, layout.header, buffer);
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
    tabs(app, &cx, &layout, buffer);
    for (area, index) in &layout.views {
        view(app, &cx, *area, *index, buffer);
    }
    ruler::draw(app, &cx, &layout, buffer);
    footer(app, &cx, layout.footer, buffer);
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

fn header(app: &App, cx: &Context, area: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let content = app.document.content();
    let key = |command: Command| {
        command::info(&[Scope::Global], command).map(command::CommandInfo::key).unwrap_or_default()
    };
    let edits = app.document.changes().len();
    let (reproduced, published) = app.derived.reproduced;
    let bar = cx.signs.divider;
    let name = format!(" napkin {bar} {}", content.name);
    let date = content.date.as_ref().map_or_else(String::new, |date| format!(" · {date}"));
    let changed = if edits > 0 { format!(" · {edits} changed") } else { String::new() };
    let checks: Vec<String> = match published {
        0 => vec![" · no published figures to check".to_owned()],
        _ => vec![
            format!(" · {reproduced} of {published} published figures reproduced"),
            format!(" · {reproduced} of {published} figures reproduced"),
            format!(" · {reproduced}/{published} checks"),
        ],
    };

    let help = format!("{} help ", key(Command::Help));
    let right = match cx.pinned {
        Some(pinned) => [40, 30, 20]
            .map(|most| format!("pinned: {} {bar} {help}", text::fit(&pinned.name, most)))
            .to_vec(),
        None => vec![format!("pinned: none  {} pin {bar} {help}", key(Command::Pin))],
    };
    // What is pinned gives way to what is open, and the count of reproduced figures to both.
    let least = text::width(&name) + text::width(&date) + text::width(&changed) + 1;
    let short = checks.last().map_or(0, |words| text::width(words));
    let room = usize::from(area.width);
    let fits = |words: &&String| text::width(words) + least + if published > 0 { short } else { 0 } <= room;
    let right = right.iter().find(fits).unwrap_or(&help);
    let start = paint::right(area, buffer, right, theme.quiet);

    let mut line = Line::new(Rect { width: start.saturating_sub(area.x + 1), ..area }, buffer);
    line.put(" napkin", theme.focus).put(&format!(" {bar} "), theme.rule).put(&content.name, theme.strong);
    line.put(&date, theme.quiet).put(&changed, theme.changed);
    let style = if reproduced < published { theme.warn } else { theme.quiet };
    for words in checks {
        if line.put_whole(&words, style) {
            break;
        }
    }
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

fn tabs(app: &App, cx: &Context, layout: &Layout, buffer: &mut Buffer) {
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
        let Some(info) = views::REGISTRY.get(*index) else { continue };
        if *index == app.view {
            let style = if app.focus == Focus::View { theme.focus } else { theme.strong };
            paint::left(*area, buffer, &format!("[{}]", info.title), style);
        } else {
            let style = if shown.contains(index) { theme.text } else { theme.quiet };
            paint::left(*area, buffer, &format!(" {} ", info.title), style);
        }
    }
}

fn view(app: &App, cx: &Context, area: Rect, index: usize, buffer: &mut Buffer) {
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

/// The hints of the footer: keys, word and command, in the order of the table.
fn hints(app: &App) -> Vec<(String, &'static str, Command, u8)> {
    let scopes = app.scopes();
    let mut hints: Vec<(String, &'static str, Command, u8)> = Vec::new();
    for scope in &scopes {
        for info in command::commands().filter(|info| info.scope == *scope) {
            let Some((word, order)) = info.hint else { continue };
            // Two commands with one word, such as a step left and right, share a place.
            match hints.iter_mut().find(|hint| hint.1 == word && hint.3 == order) {
                Some(hint) => hint.0 = format!("{}{}", hint.0, info.key()),
                None => hints.push((info.key(), word, info.command, order)),
            }
        }
    }
    hints
}

/// The hints that fit, with their places.
fn placed_hints(app: &App, area: Rect) -> Vec<(Rect, String, &'static str, Command)> {
    let mut all = hints(app);
    let width = |hint: &(String, &str, Command, u8)| text::width(&hint.0) + 1 + text::width(hint.1) + 2;
    while all.iter().map(width).sum::<usize>() + 1 > usize::from(area.width) {
        let Some(last) = all.iter().enumerate().max_by_key(|(_, hint)| hint.3).map(|(place, _)| place) else {
            break;
        };
        all.remove(last);
    }
    let mut x = area.x + 1;
    all.into_iter()
        .map(|hint| {
            let place = Rect { x, width: width(&hint) as u16 - 2, ..area };
            x += width(&hint) as u16;
            (place, hint.0, hint.1, hint.2)
        })
        .collect()
}

fn footer(app: &App, cx: &Context, area: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    if let Some(toast) = &app.toast {
        let style = if toast.warning { theme.warn } else { theme.strong };
        Line::new(area, buffer).skip(1).put(&toast.text, style);
        return;
    }
    for (place, key, word, _) in placed_hints(app, area) {
        Line::new(place, buffer).put(&key, theme.key).skip(1).put(word, theme.quiet);
    }
}

/// The command of the hint at a position of the footer.
pub fn footer_command(app: &App, at: Position, area: Rect) -> Option<Command> {
    placed_hints(app, area).into_iter().find(|(place, ..)| place.contains(at)).map(|(.., command)| command)
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
