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
use crate::tui::paint::track::{Look, Track};
use crate::tui::paint::{self, Line};
use crate::tui::slider::Location;

/// Draws the ruler of the focused input.
pub(super) fn draw(cx: &Context, layout: &Layout, buffer: &mut Buffer) {
    let area = layout.ruler;
    if let Some(telling) = &cx.telling {
        super::caption::draw(cx, telling, area, buffer);
        return;
    }
    let id = cx.focused;
    let theme = cx.theme;
    let label = Rect { width: layout.ruler_track.x.saturating_sub(area.x + 1), height: 1, ..area };
    Line::new(label, buffer).skip(1).put(cx.document.label(id), theme.focus);
    let mut lines = 1;
    if id.parameter().scale == Scale::Toggle {
        let words = number::input(id, cx.value(id));
        Line::new(layout.ruler_track, buffer)
            .put(&words, theme.strong)
            .put(&format!("   {} flips it", cx.key_of(Command::Toggle)), theme.quiet);
    } else if cx.value(id).is_none() {
        let words = format!("none; {} or a typed value switches it on", cx.key_of(Command::Toggle));
        paint::left(layout.ruler_track, buffer, &words, theme.quiet);
    } else {
        let mut track = Track::of(cx, id);
        if let Some(break_even) = &cx.derived.break_even {
            track.break_even.clone_from(&break_even.solutions);
        }
        track.draw(cx, layout.ruler_track, Look::Focused, buffer);
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
    let below = Rect {
        x: area.x + 1,
        y: area.y + lines,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(lines),
    };
    match facts.claim_offer() {
        // With a line of its own for the claim, meaning and source need not share theirs.
        Some(offer) if below.height > 1 => {
            meaning(cx, &facts, Rect { height: below.height - 1, ..below }, buffer);
            claim(cx, &offer, paint::row(below, below.height - 1), buffer);
        }
        // The claim stays whole as long as half the line is left for the rest.
        Some(offer) => {
            let words = offer.iter().map(|words| text::width(words) as u16 + 1).sum::<u16>() + 13;
            let first = below.width.saturating_sub(words).max(below.width / 2);
            meaning(cx, &facts, Rect { width: first.saturating_sub(2), ..below }, buffer);
            let rest = Rect { x: below.x + first, width: below.width - first, ..below };
            claim(cx, &offer, rest, buffer);
        }
        None => meaning(cx, &facts, below, buffer),
    }
}

/// What the input means, then whose its value is, over as many lines as there are.
fn meaning(cx: &Context, facts: &Facts, area: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let doc = facts.id.parameter().doc;
    let (origins, style) = facts.origins();
    let style = if style == theme.text { theme.quiet } else { style };
    // The source of a default is its meaning.
    let origins =
        origins.map(|origin| origin.strip_suffix(doc).unwrap_or(&origin).trim_end_matches(" · ").to_owned());
    let both = |doc: &str, origin: &str| {
        let words = [(doc.to_owned(), theme.text)].into_iter();
        let words = words.chain(facts.caveat().map(|caveat| (caveat.to_owned(), theme.text)));
        words.chain([(origin.to_owned(), style)]).collect::<Vec<(String, Style)>>()
    };
    let cells = |words: &[(String, Style)]| {
        words.iter().map(|(words, _)| text::width(words) + 3).sum::<usize>().saturating_sub(3)
    };
    let fits = |words: &Vec<(String, Style)>| cells(words) <= usize::from(area.width);
    let [all, .., least] = &origins;
    let is_low = area.height < 2;
    let most = if is_low { origins.len() } else { 1 };
    let whole = origins.iter().take(most).map(|origin| both(doc, origin)).find(fits);
    let shortened = || {
        // Without clauses of the one, of the other, or of both: what says most of what goes there.
        let pairs = || {
            words::clauses(doc).flat_map(|doc| words::clauses(least).map(move |origin| (doc.clone(), origin)))
        };
        let shorter = pairs().map(|(doc, origin)| both(&doc, &origin)).filter(fits);
        let alone = || words::clauses(doc).map(|doc| vec![(doc, theme.text)]).find(fits);
        shorter.max_by_key(|words| cells(words)).or_else(alone).unwrap_or_else(|| both(doc, least))
    };
    if let Some(words) = whole.or_else(|| is_low.then(shortened)) {
        let mut line = Line::new(area, buffer);
        for (index, (words, style)) in words.iter().enumerate() {
            line.put(if index > 0 { " · " } else { "" }, theme.quiet).put(words, *style);
        }
        return;
    }
    // The meaning on lines of its own, what is left for the source.
    let mut rest = area;
    for (words, style) in &both(doc, all) {
        let used = paint::wrapped(rest, buffer, words, *style);
        rest = Rect { y: rest.y + used, height: rest.height.saturating_sub(used), ..rest };
    }
}

/// The next claim: only its value has the colour of claims.
fn claim(cx: &Context, [key, value, rest, date]: &[String; 4], area: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    Line::new(area, buffer)
        .put(key, theme.key)
        .put(" next claim: ", theme.quiet)
        .put(value, theme.claim)
        .skip(1)
        .put(rest, theme.text)
        .put_whole(date, theme.text);
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
