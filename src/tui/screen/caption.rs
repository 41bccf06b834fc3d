//! The caption of a story, where the ruler is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text;
use crate::tui::command::Command;
use crate::tui::context::Context;
use crate::tui::paint::{self, Line};
use crate::tui::telling::{Phase, Telling};

/// Draws the step that is told: the question with what matters of it on the first line, its words below.
pub(super) fn draw(cx: &Context, telling: &Telling, area: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let (mark, style) = match mark(cx, telling) {
        Some((mark, true)) => (mark, theme.warn),
        Some((mark, false)) => (mark, theme.strong),
        None => (String::new(), theme.quiet),
    };
    // On the smallest screens there is no line for the question, and the mark takes its place when there is one.
    let lines = paint::wrap(&telling.words, usize::from(area.width));
    let room = usize::from(area.height);
    let head = room > lines.len() || !mark.is_empty();
    if head {
        let reserved = text::width(&mark) as u16;
        let first = Rect { width: area.width.saturating_sub(reserved + 2), height: 1, ..area };
        let mut line = Line::new(first, buffer);
        if telling.story.len() > 1 {
            line.put(&telling.place(), theme.key).skip(2);
        }
        line.put(&telling.story.question, theme.quiet);
        paint::right(Rect { height: 1, ..area }, buffer, &mark, style);
    }
    let words = if telling.phase == Phase::Asking { theme.strong } else { theme.text };
    let below = Rect { y: area.y + u16::from(head), height: area.height - u16::from(head), ..area };
    for (y, line) in (0..below.height).zip(&lines) {
        paint::left(paint::row(below, y), buffer, line, words);
    }
}

/// What has to be said beside the question, and whether it is about having left the path.
fn mark(cx: &Context, telling: &Telling) -> Option<(String, bool)> {
    let key = |command| cx.key_of(command);
    if !telling.is_on_path(&cx.document) {
        return Some((
            format!("off the path: {} returns to {}", key(Command::StoryOn), telling.place()),
            true,
        ));
    }
    match telling.phase {
        Phase::Asking => Some((format!("{} answers", key(Command::StoryOn)), false)),
        Phase::Taken => None,
        Phase::Before => {
            Some((format!("before it: {}; {} again", telling.difference(), key(Command::StoryAgain)), false))
        }
        Phase::Again => Some((telling.difference(), false)),
    }
}
