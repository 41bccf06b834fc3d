//! The four groups of sliders.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::model::{Global, InputId, Output, Pane, Scale};
use crate::quantity::number;
use crate::text;
use crate::tui::context::{Context, Focus};
use crate::tui::facts::Facts;
use crate::tui::layout::{PaneBox, RowBox};
use crate::tui::paint::track::Track;
use crate::tui::paint::{self, Line};

/// Draws a pane: its title and its rows.
pub(super) fn draw(cx: &Context, pane: &PaneBox, buffer: &mut Buffer) {
    title(cx, pane, buffer);
    for row in &pane.rows {
        slider(cx, row, buffer);
    }
}

fn title(cx: &Context, pane: &PaneBox, buffer: &mut Buffer) {
    let theme = cx.theme;
    let focused = cx.focus == Focus::Sliders && cx.pane() == pane.pane && cx.popups.is_empty();
    let number = Pane::ALL.iter().position(|known| *known == pane.pane).unwrap_or(0) + 1;
    let style = if focused { theme.focus } else { theme.strong };
    let mut line = Line::new(pane.title, buffer);
    line.skip(1).put(&format!("{number} {} ", pane.pane.title()), style);
    if pane.hidden > 0 {
        line.put(&format!("+{} ", pane.hidden), theme.quiet);
    }
    line.fill(cx.signs.rule, theme.rule);

    let summary = summary(cx, pane.pane, pane.title.width);
    let words = format!(" {summary} ");
    let area = Rect { width: pane.title.width.saturating_sub(1), ..pane.title };
    let x = paint::right(area, buffer, &words, theme.text);
    if pane.pane == Pane::Node {
        basis(cx, Rect { width: x.saturating_sub(area.x), ..area }, buffer);
    }
}

/// The toggle in the title of the node pane: `[rent] own`.
fn basis(cx: &Context, area: Rect, buffer: &mut Buffer) {
    let id = InputId::Global(Global::Basis);
    let theme = cx.theme;
    let words = id.domain().words.unwrap_or(["", ""]);
    let focused = cx.focused == id && cx.focus == Focus::Sliders;
    let selected = usize::from(cx.document.scenario().owns());
    let width: usize = words.iter().map(|word| word.len() + 2).sum::<usize>() + 1;
    let start = area.right().saturating_sub(width as u16 + 1);
    let mut line = Line::new(Rect { x: start, width: area.right().saturating_sub(start), ..area }, buffer);
    for (index, word) in words.iter().enumerate() {
        if index == selected {
            line.put(&format!("[{word}]"), if focused { theme.focus } else { theme.strong });
        } else {
            line.put(&format!(" {word} "), theme.quiet);
        }
    }
}

/// What a pane comes to, at the right of its title.
fn summary(cx: &Context, pane: Pane, width: u16) -> String {
    let outputs = &cx.derived.outputs;
    let figure = |output: Output| number::output(outputs, output);
    match pane {
        _ if cx.derived.outputs.undefined().is_some() => number::UNDEFINED.to_owned(),
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
            if width < 50 {
                return name;
            }
            format!(
                "{name}  mean {} in {} out",
                figure(Output::BlendedInputPrice),
                figure(Output::BlendedOutputPrice)
            )
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
    let style = match (active, facts.changed) {
        (true, _) => theme.focus,
        (false, true) => theme.changed,
        (false, false) => theme.text,
    };
    Line::new(row.label, buffer)
        .put(if focused { cx.signs.focus } else { " " }, theme.focus)
        .put(if facts.changed { cx.signs.changed } else { " " }, theme.changed)
        .put(cx.document.label(id), style);

    if id.parameter().scale == Scale::Toggle {
        let words = if facts.value.unwrap_or(0.0) == 0.0 { ["yes ", "[no]"] } else { ["[yes]", " no"] };
        let mut line = Line::new(row.track, buffer);
        for word in words {
            line.put(word, if word.starts_with('[') { theme.strong } else { theme.quiet });
        }
        if let Some(nodes) = facts.nodes_left() {
            paint::right(row.value, buffer, &format!("{nodes} nodes"), style);
        }
        return;
    }
    Track::of(cx, id).draw(cx, row.track, active, buffer);
    paint::right(row.value, buffer, &value_text(&facts, usize::from(row.value.width)), style);
    if let Some(swing) = facts.swing() {
        // One cell, as high as the swing is large.
        let level = libm::ceil(swing * 8.0).clamp(1.0, 8.0) as usize;
        let sign = cx.signs.levels.get(level).copied().unwrap_or(" ");
        paint::left(row.lever, buffer, sign, if focused { theme.focus } else { theme.range });
    }
}

/// The value with its unit, or without when there is no room.
fn value_text(facts: &Facts, room: usize) -> String {
    let plain = number::input(facts.id, facts.value);
    if facts.is_assumed() {
        let assumed = format!("{plain} assumed");
        if text::width(&assumed) <= room {
            return assumed;
        }
    }
    let full = number::input_with_unit(facts.id, facts.value);
    if text::width(&full) <= room { full } else { plain }
}
