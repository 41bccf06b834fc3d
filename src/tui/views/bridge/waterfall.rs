//! The steps of a bridge as bars over one scale of margins, each from where the one before ends.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::quantity::number;
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::bars::{self, Scale};
use crate::tui::paint::ticks;

/// Round margins below the steps, and the target where it is among them.
pub(super) fn numbers(cx: &Context, scale: &Scale, canvas: Rect, buffer: &mut Buffer) {
    let ticks = ticks::linear(scale.low, scale.high, (canvas.width / 8).clamp(2, 5));
    let target = scale.cell(cx.target).map(|cell| (cell, number::percent(cx.target), cx.theme.mark));
    let round =
        ticks.into_iter().filter_map(|tick| Some((scale.cell(tick)?, number::percent(tick), cx.theme.quiet)));
    let marks: Vec<_> = target.into_iter().chain(round).collect();
    bars::labels(&marks, canvas, buffer);
}

/// The mark of an end: the pinned scenario's, or the present one's.
pub(super) fn end(cx: &Context, margin: f64, pinned: bool, scale: &Scale, canvas: Rect, buffer: &mut Buffer) {
    let cell = (scale.half(margin) / 2).min(scale.cells.saturating_sub(1));
    let (sign, style) =
        if pinned { (cx.signs.pinned, cx.theme.pinned) } else { (cx.signs.present, cx.theme.focus) };
    let area = Rect { x: canvas.x + cell, width: 1, ..canvas }.intersection(canvas);
    paint::left(area, buffer, sign, style);
}

/// The line of the target, where nothing else stands.
pub(super) fn target(cx: &Context, scale: &Scale, canvas: Rect, buffer: &mut Buffer) {
    let target = scale.cell(cx.target).map(|cell| Rect { x: canvas.x + cell, width: 1, ..canvas });
    if let Some(mark) = target
        && buffer.cell((mark.x, mark.y)).is_some_and(|cell| cell.symbol() == " ")
    {
        paint::left(mark.intersection(canvas), buffer, if cx.signs.ascii { ":" } else { "┊" }, cx.theme.mark);
    }
}

/// The half cells of a step from one margin to another: the end that it leads to is in full colour.
pub(super) fn step(cx: &Context, scale: &Scale, from: f64, to: f64) -> Vec<Option<Style>> {
    let (theme, hue) = (cx.theme, if to >= from { cx.theme.up } else { cx.theme.down });
    let mut halves = bars::stretch(scale, from, to, theme.fill(hue));
    let lit = |half: &Option<Style>| half.is_some();
    let end = if to >= from { halves.iter().rposition(lit) } else { halves.iter().position(lit) };
    for half in halves.chunks_mut(2).nth(end.map_or(0, |end| end / 2)).into_iter().flatten() {
        *half = half.map(|_| hue);
    }
    halves
}
