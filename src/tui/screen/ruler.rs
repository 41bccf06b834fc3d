//! The ruler: the focused slider in full width, its marks with their values, and where its value comes from.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::model::{InputId, Scale};
use crate::quantity::number;
use crate::report::words;
use crate::text;
use crate::tui::command::Command;
use crate::tui::context::Context;
use crate::tui::facts::Facts;
use crate::tui::layout::Layout;
use crate::tui::paint::track::Track;
use crate::tui::paint::{self, Line};
use crate::tui::slider::Location;

/// Draws the ruler of the focused input.
pub(super) fn draw(cx: &Context, layout: &Layout, buffer: &mut Buffer) {
    let id = cx.focused;
    let theme = cx.theme;
    let area = layout.ruler;
    let label = Rect { width: layout.ruler_track.x.saturating_sub(area.x + 1), height: 1, ..area };
    Line::new(label, buffer).skip(1).put(cx.document.label(id), theme.focus);
    let mut lines = 1;
    if id.parameter().scale == Scale::Toggle {
        let words = number::input(id, cx.value(id));
        Line::new(layout.ruler_track, buffer)
            .put(&words, theme.strong)
            .put(&format!("   {} flips it", cx.key_of(Command::Toggle)), theme.quiet);
        if area.height > 2 {
            let meaning = Rect { y: area.y + 1, ..layout.ruler_track };
            paint::left(meaning, buffer, id.parameter().doc, theme.text);
            lines = 2;
        }
    } else if cx.value(id).is_none() {
        let words = format!("none; {} or a typed value switches it on", cx.key_of(Command::Toggle));
        paint::left(layout.ruler_track, buffer, &words, theme.quiet);
    } else {
        let mut track = Track::of(cx, id);
        if let Some(break_even) = &cx.derived.break_even {
            track.break_even.clone_from(&break_even.solutions);
        }
        track.draw(cx, layout.ruler_track, true, buffer);
        let unit = Rect {
            x: layout.ruler_track.right() + 1,
            width: area.right().saturating_sub(layout.ruler_track.right() + 1),
            height: 1,
            ..area
        };
        paint::left(unit, buffer, id.parameter().unit.symbol(), theme.quiet);
        if area.height > 2 {
            labels(cx, &track, id, Rect { y: area.y + 1, ..layout.ruler_track }, buffer);
            lines = 2;
        }
    }
    let facts = Facts::of(cx, id);
    let (mut words, style) = facts.origin();
    if let Some(caveat) = facts.caveat() {
        words = format!("{caveat} · {words}");
    }
    let line = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..paint::row(area, lines) };
    match facts.claim_offer() {
        // With a line of its own for the claim, source and claim need not share one.
        Some(claim) if area.height > lines + 1 => {
            paint::left(line, buffer, &words, style);
            let next = Rect { x: line.x, width: line.width, ..paint::row(area, lines + 1) };
            paint::left(next, buffer, &claim, theme.claim);
        }
        Some(claim) => shared(cx, line, (&words, style), &claim, buffer),
        // Without a claim, what is left of the ruler is the source's.
        None => {
            let rest = Rect { height: area.height.saturating_sub(lines), ..line };
            paint::wrapped(rest, buffer, &words, style);
        }
    }
}

/// Source and claim on one line; the claim stays whole as long as half the line is left for the source.
fn shared(cx: &Context, area: Rect, (words, style): (&str, Style), claim: &str, buffer: &mut Buffer) {
    let room = usize::from(area.width);
    let reserved = text::width(claim) + 3;
    let first = if reserved < room / 2 { room - reserved } else { room / 2 };
    Line::new(area, buffer)
        .put(&text::fit(words, first), style)
        .put(&format!(" {} ", cx.signs.divider), cx.theme.rule)
        .put(claim, cx.theme.claim);
}

/// Values below the track, the more telling ones first, as far as they fit side by side.
fn labels(cx: &Context, track: &Track, id: InputId, area: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let unit = id.parameter().unit;
    let mut marks: Vec<(f64, Style, &str)> = Vec::new();
    marks.extend(track.present.map(|value| (value, theme.focus, "")));
    let even = format!(" {}", words::even(cx.target));
    marks.extend(track.break_even.iter().map(|value| (*value, theme.mark, even.as_str())));
    marks.extend(track.preset.map(|value| (value, theme.text, " preset")));
    marks.extend(track.pinned.map(|value| (value, theme.pinned, " pinned")));
    marks.extend(track.claims.iter().map(|value| (*value, theme.claim, "")));
    marks.push((track.window.start(), theme.quiet, ""));
    marks.push((track.window.end(), theme.quiet, ""));
    let mut taken: Vec<(u16, u16)> = Vec::new();
    for (value, style, suffix) in marks {
        let Location::Cell(cell) = track.window.locate(value, area.width) else { continue };
        let plain = number::format(value, unit);
        for words in [format!("{plain}{suffix}"), plain] {
            let width = text::width(&words) as u16;
            let start = cell.saturating_sub(width / 2).min(area.width.saturating_sub(width));
            let free = taken.iter().all(|(from, to)| start > *to || start + width < *from);
            if free && width <= area.width {
                paint::left(Rect { x: area.x + start, width, ..area }, buffer, &words, style);
                taken.push((start, start + width));
                break;
            }
        }
    }
}
