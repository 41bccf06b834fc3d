//! The groups of sliders, a row per slider.

use ratatui::layout::Rect;

use crate::model::{InputId, Pane, Scale, TierField, Unit};
use crate::tui::context::Context;

/// One group of sliders.
#[derive(Clone, Debug, PartialEq)]
pub struct PaneBox {
    /// Which one.
    pub pane: Pane,
    /// Its title line.
    pub title: Rect,
    /// Its rows.
    pub rows: Vec<RowBox>,
    /// All its rows that are not folded away.
    pub stops: Vec<InputId>,
    /// How many of them there is no room for.
    pub hidden: usize,
    /// How many rows are folded away because they are at zero.
    pub at_zero: usize,
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
    /// The value, unit included.
    pub value: Rect,
    /// Its number.
    pub number: Rect,
    /// Its unit.
    pub unit: Rect,
    /// How far it swings the margin.
    pub swing: Rect,
}

/// Lays the panes out below each other; what is left below them comes back too.
pub(super) fn panes(area: Rect, cx: &Context) -> (Vec<PaneBox>, Rect) {
    let mut panes = Vec::new();
    let mut wanted = Pane::ALL.map(|pane| (pane, cx.inputs(pane)));
    let titles = wanted.len() as u16;
    let room = usize::from(area.height.saturating_sub(2 * titles - 1));
    let folded = fold(&mut wanted, room, cx);
    let counts = share_out(area.height.saturating_sub(titles), &wanted, cx.pane());
    let used = titles + counts.iter().sum::<u16>();
    // Blank lines between panes where there is room for all of them.
    let gap = u16::from(area.height >= used + titles - 1);
    let mut y = area.y;
    for (((pane, rows), count), at_zero) in wanted.into_iter().zip(counts).zip(folded) {
        if y >= area.bottom() {
            break;
        }
        let title = Rect { y, height: 1, ..area };
        y += 1;
        let count = usize::from(count.min(area.bottom() - y));
        let focused = rows.iter().position(|id| *id == cx.focused).unwrap_or(0);
        let first = (focused + 1).saturating_sub(count);
        let hidden = rows.len() - count;
        let stops = rows.clone();
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
        panes.push(PaneBox { pane, title, rows: boxes, stops, hidden, at_zero });
        y += gap;
    }
    (panes, Rect { y, height: area.bottom().saturating_sub(y), ..area })
}

/// Takes rows at zero away: those that move nothing, then the last-ranked of the others as long as there are more rows
/// than `room`. Returns how many went from each pane.
///
/// A row that has the focus or was set to zero here stays, so do prices, and all rows of a pane that is opened whole;
/// the share of a tier goes only where it moves nothing.
fn fold(panes: &mut [(Pane, Vec<InputId>)], room: usize, cx: &Context) -> Vec<usize> {
    let at_zero = |id: InputId| {
        cx.value(id) == Some(0.0)
            && id != cx.focused
            && id.parameter().scale != Scale::Toggle
            && id.parameter().unit != Unit::DollarsPerMillion
            && !cx.document.is_changed(id)
            && !cx.is_open(id.parameter().pane)
    };
    let mut folded = Vec::new();
    for (_, rows) in panes.iter_mut() {
        let all = rows.len();
        rows.retain(|id| !at_zero(*id) || cx.derived.moving.contains(id));
        folded.push(all - rows.len());
    }
    let count = |panes: &[(Pane, Vec<InputId>)]| panes.iter().map(|(_, rows)| rows.len()).sum::<usize>();
    while count(panes) > room {
        // What somebody makes a claim about goes last.
        let order = |id: InputId| (cx.document.claims(id).is_empty(), id.parameter().rank);
        let rows =
            panes.iter().enumerate().flat_map(|(pane, (_, rows))| rows.iter().map(move |id| (pane, *id)));
        let is_share = |id: InputId| matches!(id, InputId::Tier(_, TierField::Share));
        let last = rows.filter(|(_, id)| at_zero(*id) && !is_share(*id)).max_by_key(|(_, id)| order(*id));
        let Some((index, last)) = last else { break };
        if let (Some((_, rows)), Some(folded)) = (panes.get_mut(index), folded.get_mut(index)) {
            rows.retain(|id| *id != last);
            *folded += 1;
        }
    }
    folded
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

/// Divides one line into label, track, number, unit and swing.
fn row_box(id: InputId, area: Rect) -> RowBox {
    let wide = area.width >= 50;
    let [label_width, number_width, unit_width, swing_width] =
        if wide { [18, 7, 6, 6] } else { [16, 7, 5, 4] };
    let label = Rect { width: area.width.min(label_width), ..area };
    let swing =
        Rect { x: area.right().saturating_sub(swing_width + u16::from(wide)), width: swing_width, ..area };
    let unit = Rect { x: swing.x.saturating_sub(unit_width + 1), width: unit_width, ..area };
    let number = Rect { x: unit.x.saturating_sub(number_width + 1), width: number_width, ..area };
    let value = Rect { width: number_width + 1 + unit_width, ..number };
    let start = label.right() + 1;
    let track = Rect { x: start, width: number.x.saturating_sub(start), ..area };
    RowBox { id, area, label, track, value, number, unit, swing }
}
