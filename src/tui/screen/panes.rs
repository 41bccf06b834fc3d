//! The four groups of sliders.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::model::{Global, Output, Pane, Scale};
use crate::quantity::number;
use crate::text;
use crate::tui::context::{Context, Focus};
use crate::tui::facts::Facts;
use crate::tui::layout::{PaneBox, RowBox};
use crate::tui::paint::track::{Look, Track};
use crate::tui::paint::{self, Line};

/// Draws a pane: its title and its rows; above the first one, what the last column is.
pub(super) fn draw(cx: &Context, pane: &PaneBox, first: bool, buffer: &mut Buffer) {
    title(cx, pane, first, buffer);
    for row in &pane.rows {
        slider(cx, row, buffer);
    }
}

fn title(cx: &Context, pane: &PaneBox, first: bool, buffer: &mut Buffer) {
    let theme = cx.theme;
    let focused = cx.focus == Focus::Sliders && cx.pane() == pane.pane && cx.popups.is_empty();
    let number = Pane::ALL.iter().position(|known| *known == pane.pane).unwrap_or(0) + 1;
    let style = if focused { theme.focus } else { theme.strong };
    // Where columns are narrow, a cell stays free before the heading of the last one.
    let right = pane
        .rows
        .first()
        .map_or(pane.title.right(), |row| row.unit.right().min(row.swing.right().saturating_sub(6)));
    let area = Rect { width: right.saturating_sub(pane.title.x), ..pane.title };
    let mut line = Line::new(area, buffer);
    line.skip(1).put(&format!("{number} {}  ", pane.pane.title()), style);
    let folded = match (pane.hidden, pane.at_zero) {
        (0, 0) => String::new(),
        (0, at_zero) => format!("+{at_zero} at zero"),
        (hidden, at_zero) => format!("+{}", hidden + at_zero),
    };
    line.put(&folded, theme.quiet).skip(2);
    let rest = Rect { x: line.x(), width: area.right().saturating_sub(line.x()), ..area };
    let summary = summary(cx, pane.pane, usize::from(rest.width));
    paint::right(rest, buffer, &summary, theme.text);
    if let Some(row) = pane.rows.first().filter(|_| first) {
        let heading = Rect { y: pane.title.y, x: row.swing.right().saturating_sub(6), width: 6, ..row.swing };
        paint::right(heading, buffer, "swing", theme.quiet);
    }
}

/// What a pane comes to, at the right of its title.
fn summary(cx: &Context, pane: Pane, room: usize) -> String {
    let outputs = &cx.derived.results.outputs;
    let figure = |output: Output| number::output(outputs, output);
    match pane {
        _ if outputs.undefined().is_some() => number::UNDEFINED.to_owned(),
        Pane::Node => format!("{}/h", figure(Output::NodeCostPerHour)),
        // Without a prefill rate the decode rate holds for the mix it was measured at.
        Pane::Traffic if no_prefill(cx) => {
            format!("mix moves revenue only · {} paid", figure(Output::PaidShare))
        }
        Pane::Cache if no_prefill(cx) => "hits move revenue only".to_owned(),
        Pane::Traffic => format!("{} paid", figure(Output::PaidShare)),
        Pane::Cache => {
            let hit = cx.value(Global::HitRatio.into()).unwrap_or(0.0);
            format!("{} hit", number::percent(hit))
        }
        Pane::Pricing => {
            let content = cx.document.content();
            let name = text::fit(content.tier_name(cx.tier), 16);
            let name = if content.scenario.tier_count() > 1 { format!("◂ {name} ▸") } else { name };
            let name = if cx.signs.ascii { name.replace('◂', "<").replace('▸', ">") } else { name };
            let [miss, out] = [Output::BlendedInputPrice, Output::BlendedOutputPrice].map(figure);
            let mean = format!("{name}  mean {miss} in {out} out");
            if text::width(&mean) <= room { mean } else { name }
        }
    }
}

/// Whether the decode rate already includes prefill.
fn no_prefill(cx: &Context) -> bool {
    cx.value(Global::Prefill.into()).is_none()
}

fn slider(cx: &Context, row: &RowBox, buffer: &mut Buffer) {
    let theme = cx.theme;
    let id = row.id;
    let facts = Facts::of(cx, id);
    let focused = cx.focused == id;
    let active = focused && cx.focus == Focus::Sliders;
    let look = match (active, facts.moves_margin()) {
        (true, _) => Look::Focused,
        (false, true) => Look::Plain,
        (false, false) => Look::Idle,
    };
    let style = match look {
        Look::Focused => theme.focus,
        _ if facts.changed => theme.changed,
        Look::Plain => theme.text,
        Look::Idle => theme.quiet,
    };
    let (mark, mark_style) = match (facts.changed, facts.is_assumed()) {
        (true, _) => (cx.signs.changed, theme.changed),
        (false, true) => (cx.signs.assumed, theme.quiet),
        (false, false) => (" ", theme.text),
    };
    Line::new(row.label, buffer)
        .put(if focused { cx.signs.focus } else { " " }, theme.focus)
        .put(mark, mark_style)
        .put(cx.document.label(id), style);

    if id.parameter().scale == Scale::Toggle {
        toggle(cx, &facts, row, if active { theme.focus } else { theme.strong }, buffer);
        if let Some(nodes) = facts.nodes_left() {
            paint::right(row.value, buffer, &format!("{nodes} nodes"), style);
        }
        return;
    }
    Track::of(cx, id).draw(cx, row.track, look, buffer);
    let (number, unit) = number::columns(id, facts.value);
    // A long number reaches into the gap before it, and is never cut for the sake of the columns.
    let number_area =
        if text::width(&number) > usize::from(row.number.width) { row.value } else { row.number };
    paint::right(number_area, buffer, &number, style);
    if number_area == row.number && text::width(unit) <= usize::from(row.unit.width) {
        paint::left(row.unit, buffer, unit, if active { theme.focus } else { theme.quiet });
    }
    if let Some(swing) = facts.swing() {
        let halves = libm::ceil(swing * 2.0 * f64::from(row.swing.width)).max(1.0) as usize;
        let style = if active { theme.focus } else { theme.quiet };
        Line::new(row.swing, buffer).put(&cx.signs.thin_bar(halves), style);
    }
}

/// Both ways a toggle can stand, with the present one in brackets: `[rent] own`.
fn toggle(cx: &Context, facts: &Facts, row: &RowBox, style: Style, buffer: &mut Buffer) {
    let words = [0.0, 1.0].map(|value| number::input(facts.id, Some(value)));
    let selected = usize::from(facts.value.unwrap_or(0.0) != 0.0);
    let room = Rect { width: row.value.right().saturating_sub(row.track.x), ..row.track };
    let mut line = Line::new(room, buffer);
    for (index, word) in words.iter().enumerate() {
        if index == selected {
            line.put(&format!("[{word}]"), style).skip(1);
        } else {
            line.put(word, cx.theme.quiet).skip(1);
        }
    }
}
