//! The header: what is open, whose figures it reproduces, what is pinned.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text;
use crate::tui::command::{Command, Scope};
use crate::tui::context::Context;
use crate::tui::paint::{self, Line};

/// Draws the header.
pub(super) fn draw(cx: &Context, area: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let content = cx.document.content();
    let key = |command: Command| cx.keys.key(&[Scope::Global], command);
    let edits = cx.document.change_count();
    let (reproduced, published) = cx.derived.reproduced;
    let bar = cx.signs.divider;
    let name = format!(" napkin {bar} {}", content.name);
    let date =
        content.date.as_ref().filter(|_| edits == 0).map_or_else(String::new, |date| format!(" · {date}"));
    let changed = if edits > 0 { format!(", {edits} changed") } else { String::new() };
    let before = match edits {
        0 => String::new(),
        1 => " before your change".to_owned(),
        many => format!(" before your {many} changes"),
    };
    // A check is of the preset as published: no form of it leaves out that there are edits.
    let shortest = if edits == 0 { "checks" } else { "before edits" };
    let checks: Vec<String> = match published {
        0 => vec![" · no published figures to check".to_owned()],
        _ => vec![
            format!(" · {reproduced} of {published} published figures reproduced{before}"),
            format!(" · {reproduced} of {published} figures reproduced{before}"),
            format!(" · {reproduced} of {published}{before}"),
            format!(" · {reproduced}/{published} {shortest}"),
        ],
    };

    let help = format!("{} help ", key(Command::Help));
    let right = match &cx.pinned {
        Some(pinned) => [40, 30, 20]
            .map(|most| format!("pinned: {} {bar} {help}", text::fit(&pinned.name, most)))
            .to_vec(),
        None => vec![format!("pinned: none  {} pin {bar} {help}", key(Command::Pin))],
    };
    // What is pinned gives way to what is open and to its check; with edits it counts more than that.
    let least = text::width(&name) + text::width(&date) + text::width(&changed) + 1;
    let yields = edits > 0 && cx.pinned.is_some();
    let short = checks.last().filter(|_| !yields).map_or(0, |words| text::width(words));
    let room = usize::from(area.width);
    let fits = |words: &&String| text::width(words) + least + if published > 0 { short } else { 0 } <= room;
    let right = right.iter().find(fits).unwrap_or(&help);
    let start = paint::right(area, buffer, right, theme.quiet);

    let mut line = Line::new(Rect { width: start.saturating_sub(area.x + 1), ..area }, buffer);
    line.put(" napkin", theme.focus).put(&format!(" {bar} "), theme.rule).put(&content.name, theme.strong);
    line.put(&changed, theme.changed).put(&date, theme.quiet);
    if cx.broken.is_some() {
        line.put(" · broken on disk", theme.warn);
    }
    let style = if reproduced < published { theme.warn } else { theme.quiet };
    for words in checks {
        if line.put_whole(&words, style) {
            break;
        }
    }
}
