//! What a bridge can lead from while nothing is pinned: the presets that ship, with their margins around today's.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::model::{Output, margin_of};
use crate::preset::{Preset, builtin};
use crate::quantity::number;
use crate::text;
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::bars::{self, Scale};

/// A preset to be pinned.
pub(in crate::tui::views) struct Offer {
    /// The preset.
    pub(super) preset: Arc<Preset>,
    /// Its gross margin.
    margin: Option<f64>,
}

/// All shipped presets but the one that is open, the highest margin first.
pub(super) fn all(cx: &Context) -> Vec<Offer> {
    let open = cx.document.base().origin.id();
    let others = builtin::names().filter_map(builtin::load).filter(|preset| preset.origin.id() != open);
    let offer = |preset: Arc<Preset>| {
        let margin = margin_of(&preset.content.scenario);
        Offer { preset, margin }
    };
    let mut offers: Vec<Offer> = others.map(offer).collect();
    let rank = |offer: &Offer| offer.margin.unwrap_or(f64::NEG_INFINITY);
    offers.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
    offers
}

/// Cells of a margin.
const MARGIN: u16 = 8;
/// From this width on there is a picture.
const PICTURED: u16 = 44;

/// Name, bar and margin of an offer; the bar leads from today's margin to its own.
pub(super) fn draw(cx: &Context, offer: &Offer, selected: bool, row: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let [name, picture, margin] = columns(row);
    if selected {
        buffer.set_style(name.intersection(row), theme.selected);
    }
    let style = if selected { theme.selected } else { theme.text };
    paint::left(name, buffer, &offer.preset.content.name, style);
    let words = offer.margin.map_or_else(|| "none".to_owned(), number::margin);
    paint::right(
        margin,
        buffer,
        &words,
        theme.verdict(offer.margin.is_some_and(|margin| margin > cx.target)),
    );
    let today = cx.derived.results.get(Output::GrossMargin);
    let (Some(from), Some(to)) = (today, offer.margin) else { return };
    let scale = Scale::new((-1.0_f64).min(from), 1.0, picture.width);
    let hue = if to >= from { theme.up } else { theme.down };
    let halves: Vec<Option<Style>> = halves(&scale, from, to)
        .map(|lit| lit.then_some(if selected { hue } else { theme.fill(hue) }))
        .collect();
    bars::low(cx, &halves, picture, buffer);
    if to < scale.low {
        bars::mark(picture, 0, cx.signs.before, hue, buffer);
    } else if let Some(cell) = scale.cell(to) {
        bars::mark(picture, cell, cx.signs.pinned, theme.pinned, buffer);
    }
    if let Some(cell) = scale.cell(from) {
        bars::mark(picture, cell, cx.signs.divider, theme.quiet, buffer);
    }
}

/// Which half cells lie between two margins.
fn halves(scale: &Scale, from: f64, to: f64) -> impl Iterator<Item = bool> {
    let (first, last) = (scale.half(from.min(to)), scale.half(from.max(to)));
    (0..scale.cells * 2).map(move |half| half >= first && half < last)
}

/// The headings above offers.
pub(super) fn titles(cx: &Context, row: Rect, buffer: &mut Buffer) {
    let [name, picture, margin] = columns(row);
    let quiet = cx.theme.quiet;
    paint::left(name, buffer, "pin a preset", quiet);
    paint::right(margin, buffer, "margin", quiet);
    let today = cx.derived.results.get(Output::GrossMargin);
    if let Some(cell) =
        today.and_then(|today| Scale::new((-1.0_f64).min(today), 1.0, picture.width).cell(today))
    {
        bars::labels(&[(cell, "today".to_owned(), quiet)], picture, buffer);
    }
}

/// Name, picture and margin.
fn columns(row: Rect) -> [Rect; 3] {
    let margin = MARGIN.min(row.width);
    let rest = row.width - margin;
    let name = if row.width < PICTURED { rest } else { (rest * 6 / 10).min(text::cells(40)) };
    let picture = Rect { x: row.x + name + 1, width: rest.saturating_sub(name + 2), ..row };
    let picture = if row.width < PICTURED { Rect { width: 0, ..picture } } else { picture };
    [Rect { width: name.saturating_sub(1), ..row }, picture, Rect { x: row.x + rest, width: margin, ..row }]
}
