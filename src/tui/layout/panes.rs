//! The groups of sliders, a row per slider.

use ratatui::layout::Rect;

use crate::model::{InputId, Pane};
use crate::tui::context::Context;
use crate::tui::rows::inputs;

/// One group of sliders.
#[derive(Clone, Debug, PartialEq)]
pub struct PaneBox {
    /// Which one.
    pub pane: Pane,
    /// Its title line.
    pub title: Rect,
    /// Its rows.
    pub rows: Vec<RowBox>,
    /// How many rows there is no room for.
    pub hidden: usize,
}

/// One slider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowBox {
    /// The input.
    pub id: InputId,
    /// The whole line.
    pub area: Rect,
    /// Focus and change marks and the label.
    pub label: Rect,
    /// The track.
    pub track: Rect,
    /// The value.
    pub value: Rect,
    /// The lever bar.
    pub lever: Rect,
}

/// Lays the panes out below each other; what is left below them comes back too.
pub(super) fn panes(area: Rect, cx: &Context) -> (Vec<PaneBox>, Rect) {
    let mut panes = Vec::new();
    let wanted = Pane::ALL.map(|pane| (pane, inputs(pane, cx.document.scenario(), cx.tier)));
    let titles = wanted.len() as u16;
    let counts = share_out(area.height.saturating_sub(titles), &wanted, cx.pane());
    let used = titles + counts.iter().sum::<u16>();
    // Blank lines between panes where there is room for all of them.
    let gap = u16::from(area.height >= used + titles - 1);
    let mut y = area.y;
    for ((pane, rows), count) in wanted.into_iter().zip(counts) {
        if y >= area.bottom() {
            break;
        }
        let title = Rect { y, height: 1, ..area };
        y += 1;
        let count = usize::from(count.min(area.bottom() - y));
        let focused = rows.iter().position(|id| *id == cx.focused).unwrap_or(0);
        let first = (focused + 1).saturating_sub(count);
        let hidden = rows.len() - count;
        let boxes = rows
            .into_iter()
            .skip(first)
            .take(count)
            .map(|id| {
                let line = row_box(id, Rect { y, height: 1, ..area });
                y += 1;
                line
            })
            .collect();
        panes.push(PaneBox { pane, title, rows: boxes, hidden });
        y += gap;
    }
    (panes, Rect { y, height: area.bottom().saturating_sub(y), ..area })
}

/// How many rows each pane gets: first-ranked rows first, panes in turn.
/// The focused pane is never without a row.
fn share_out(mut room: u16, wanted: &[(Pane, Vec<InputId>)], focused: Pane) -> Vec<u16> {
    let mut counts = vec![0u16; wanted.len()];
    while room > 0 {
        let next = wanted
            .iter()
            .zip(&counts)
            .enumerate()
            .filter_map(|(index, ((pane, rows), count))| {
                // The first row of a pane always comes before the second of another.
                let waits = *count > 0 || *pane != focused;
                rows.get(usize::from(*count)).map(|_| (*count, waits, index))
            })
            .min();
        let Some((.., index)) = next else { break };
        if let Some(count) = counts.get_mut(index) {
            *count += 1;
        }
        room -= 1;
    }
    counts
}

/// Divides one line into label, track, value and lever.
fn row_box(id: InputId, area: Rect) -> RowBox {
    let wide = area.width >= 50;
    let label_width = if wide { 19 } else { 16 }.min(area.width);
    let value_width = if wide { 13 } else { 11 };
    let label = Rect { width: label_width, ..area };
    let lever = Rect { x: area.right().saturating_sub(2), width: 1, ..area };
    let value = Rect { x: lever.x.saturating_sub(value_width + 1), width: value_width, ..area };
    let start = label.right() + 1;
    let track = Rect { x: start, width: value.x.saturating_sub(start + 1), ..area };
    RowBox { id, area, label, track, value, lever }
}
