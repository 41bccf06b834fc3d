//! The margin over the window of one input, where a list leaves room for it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::model::{InputId, Output, margin_of};
use crate::quantity::number;
use crate::report::{provenance, words};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::plot::{Plot, Series};
use crate::tui::slider::Location;

/// The least lines that it says something in, its title included.
pub(super) const LEAST: u16 = 11;
/// The most lines of use.
const MOST: u16 = 18;

/// Draws what margin each value of an input gives, all else as it is, with what others claim it to be.
pub(super) fn draw(cx: &Context, id: InputId, area: Rect, buffer: &mut Buffer) {
    let scenario = cx.document.scenario();
    let today = cx.derived.results.get(Output::GrossMargin);
    let (Some(value), Some(margin)) = (cx.value(id), today) else { return };
    let area = Rect { height: area.height.min(MOST), ..area };
    let picture = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let columns = Plot::columns(picture);
    if area.height < LEAST || columns < 2 {
        return;
    }
    let Some(even) = cx.break_even_of(id) else { return };
    let window = cx.window(id);
    let x = |cell: u16| f64::from(cell) / f64::from(columns - 1);
    // One end that loses everything does not flatten the rest.
    let least = margin - margin.abs().max(1.0);
    let point = |cell: u16| {
        let (low, high) = window.cell(cell, columns);
        let value = f64::midpoint(low, high).clamp(window.start(), window.end());
        let margin = margin_of(&scenario.moved(id, value))?;
        (margin >= least).then_some((x(cell), margin))
    };
    let located = |value: f64| match window.locate(value, columns) {
        Location::Cell(cell) => Some(x(cell)),
        _ => None,
    };
    let theme = cx.theme;
    let claims = cx.document.claims(id).into_iter().map(|claim| (claim.value, theme.claim));
    let marks = [(value, theme.focus)]
        .into_iter()
        .chain(even.solutions.iter().map(|value| (*value, theme.mark)))
        .chain(claims)
        .chain([(window.start(), theme.quiet), (window.end(), theme.quiet)]);
    let label = |value: f64| number::format(value, id.parameter().unit);
    let plot = Plot {
        series: vec![Series {
            name: "margin",
            style: theme.strong,
            points: (0..columns).filter_map(point).collect(),
        }],
        x: (0.0, 1.0),
        present: located(value).map(|x| (x, margin)),
        level: Some((cx.target, words::even(cx.target))),
        x_label: id.parameter().unit.symbol(),
        labels: marks.filter_map(|(value, style)| Some((located(value)?, label(value), style))).collect(),
    };
    let name = provenance::name(&cx.document, id);
    paint::left(area, buffer, &format!("{name} alone: what margin each value gives"), theme.quiet);
    plot.draw(cx, picture, buffer);
}
