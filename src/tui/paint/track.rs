//! A slider's track: base line, 90 % range, claims, the preset's value, the pinned one, the present one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::model::InputId;
use crate::tui::context::Context;
use crate::tui::slider::{Location, Window};

/// What a track shows besides the present value.
pub(crate) struct Track {
    /// The part of the scale that is shown.
    pub window: Window,
    /// The present value.
    pub present: Option<f64>,
    /// The preset's value, when it is another.
    pub preset: Option<f64>,
    /// The pinned scenario's value, when it is another.
    pub pinned: Option<f64>,
    /// Values that somebody claims.
    pub claims: Vec<f64>,
    /// The 90 % range.
    pub range: Option<(f64, f64)>,
    /// Values at which the margin equals the target.
    pub break_even: Vec<f64>,
}

/// How a track is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// It has the focus.
    Focused,
    /// Like any other.
    Plain,
    /// Moving it would not move the margin.
    Idle,
}

impl Track {
    /// The track of an input.
    pub(crate) fn of(cx: &Context, id: InputId) -> Self {
        let present = cx.value(id);
        let other = |value: Option<f64>| value.filter(|value| Some(*value) != present);
        Self {
            window: cx.window(id),
            present,
            preset: other(cx.document.base_value(id).flatten()),
            pinned: other(cx.pinned_value(id)),
            claims: cx.document.claims(id).into_iter().map(|claim| claim.value).collect(),
            range: cx.document.range(id).map(|range| (range.low(), range.high())),
            break_even: Vec::new(),
        }
    }

    /// Draws the track into the first line of an area; quietly, where moving it would change nothing.
    pub(crate) fn draw(&self, cx: &Context, area: Rect, look: Look, buffer: &mut Buffer) {
        if area.width == 0 || area.height == 0 || self.present.is_none() {
            return;
        }
        let (theme, signs) = (cx.theme, cx.signs);
        let focused = look == Look::Focused;
        let width = area.width;
        let mut put = |cell: u16, sign: &str, style: Style| {
            if let Some(target) = buffer.cell_mut((area.x + cell, area.y)) {
                target.reset();
                target.set_symbol(sign).set_style(cx.theme.text.patch(style));
            }
        };
        for cell in 0..width {
            put(cell, signs.track, if look == Look::Idle { theme.rule } else { theme.track });
        }
        let cell_of = |value: f64| match self.window.locate(value, width) {
            Location::Cell(cell) => Some(cell),
            Location::Before | Location::Beyond => None,
        };
        if let Some((low, high)) = self.range {
            let from = match self.window.locate(low, width) {
                Location::Before => 0,
                Location::Cell(cell) => cell,
                Location::Beyond => width,
            };
            let to = match self.window.locate(high, width) {
                Location::Before => 0,
                Location::Cell(cell) => cell + 1,
                Location::Beyond => width,
            };
            for cell in from..to {
                put(cell, signs.range, theme.range);
            }
        }
        for claim in &self.claims {
            let in_range = self.range.is_some_and(|(low, high)| (low..=high).contains(claim));
            // Only the focused track shows them in colour: on all of them they would be the loudest thing on screen.
            let style = if focused { theme.claim } else { theme.quiet };
            if let Some(cell) = cell_of(*claim) {
                put(cell, if in_range { signs.claim_in_range } else { signs.claim }, style);
            }
        }
        if focused {
            for cell in self.break_even.iter().filter_map(|value| cell_of(*value)) {
                put(cell, signs.cross, theme.mark);
            }
        }
        if let Some(cell) = self.preset.and_then(cell_of) {
            put(cell, signs.preset, theme.text);
        }
        if let Some(cell) = self.pinned.and_then(cell_of) {
            put(cell, signs.pinned, theme.pinned);
        }
        // What lies outside the window shows as an arrow at its end.
        let outside = [self.preset, self.pinned].into_iter().flatten().chain(self.present);
        for value in outside {
            match self.window.locate(value, width) {
                Location::Before => put(0, signs.before, theme.text),
                Location::Beyond => put(width - 1, signs.beyond, theme.text),
                Location::Cell(_) => {}
            }
        }
        if let Some(cell) = self.present.and_then(cell_of) {
            let style = match look {
                Look::Focused => theme.focus,
                Look::Plain => theme.strong,
                Look::Idle => theme.quiet,
            };
            put(cell, signs.present, style);
        }
    }
}
