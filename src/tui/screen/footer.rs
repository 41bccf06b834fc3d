//! The footer: the keys that matter now, or the last message.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::text;
use crate::tui::app::App;
use crate::tui::command::{self, Command};
use crate::tui::context::Context;
use crate::tui::paint::Line;

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

/// Draws the footer.
pub fn draw(app: &App, cx: &Context, area: Rect, buffer: &mut Buffer) {
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
pub fn command_at(app: &App, at: Position, area: Rect) -> Option<Command> {
    placed_hints(app, area).into_iter().find(|(place, ..)| place.contains(at)).map(|(.., command)| command)
}
