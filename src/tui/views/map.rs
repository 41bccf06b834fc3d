//! Map: the margin over two inputs, with the contour where it equals the target and a cross-hair at today's point.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::analysis::{Axis, analysed_inputs, roundest};
use crate::model::{Global, InputId};
use crate::quantity::number;
use crate::report::map::MapReport;
use crate::tui::command::{Command, MapCommand, ViewName};
use crate::tui::component::{Action, Shown, View};
use crate::tui::context::Context;
use crate::tui::paint::bars;
use crate::tui::paint::ticks;
use crate::tui::paint::{self, Line};
use crate::tui::slider::{Direction, Stride, step};

mod contour;
mod ground;
mod levels;

use contour::Contour;

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(MapView { across: None, up: None, map: None, contours: Vec::new() })
}

/// Points of the grid: enough for a cell each on a wide screen, two of them to a line.
const GRID: (usize, usize) = (120, 80);
/// The columns left of the picture, for the labels of the upright axis.
const LABELS: u16 = 8;
/// The lines below the picture: labels, names.
const BELOW: u16 = 2;

struct MapView {
    /// The inputs chosen; `None` until one is.
    across: Option<InputId>,
    up: Option<InputId>,
    map: Option<MapReport>,
    /// The lines of equal margin on it.
    contours: Vec<Contour>,
}

/// The inputs that a map can be made of, those that swing the margin most first.
fn candidates(cx: &Context) -> Vec<InputId> {
    let scenario = cx.document.scenario();
    let mut swings: Vec<(InputId, f64)> = analysed_inputs(scenario)
        .filter(|id| scenario.get(*id).is_some())
        .map(|id| {
            let row = cx.derived.tornado.inputs.iter().find(|row| row.id.input == id);
            (id, row.and_then(|row| row.swing).unwrap_or(0.0))
        })
        .collect();
    swings.sort_by(|a, b| b.1.total_cmp(&a.1));
    swings.into_iter().map(|(id, _)| id).collect()
}

/// The input after `present` among the candidates, leaving out `other`.
fn next(candidates: &[InputId], present: InputId, other: InputId) -> InputId {
    let start = candidates.iter().position(|id| *id == present).map_or(0, |index| index + 1);
    let round = candidates.iter().cycle().skip(start).take(candidates.len());
    round.copied().find(|id| *id != other).unwrap_or(present)
}

fn axis(cx: &Context, id: InputId) -> Axis {
    let window = cx.window(id);
    let low = if id.parameter().scale.is_log() { window.low() } else { window.start() };
    Axis::window(cx.document.scenario(), id, low, window.end())
}

impl MapView {
    /// The two inputs: those chosen, or else what a node costs and how far it is used.
    fn inputs(&self, candidates: &[InputId]) -> Option<(InputId, InputId)> {
        let usual = |global: Global| Some(InputId::from(global)).filter(|id| candidates.contains(id));
        let known = |id: Option<InputId>| id.filter(|id| candidates.contains(id));
        let across = known(self.across)
            .or(usual(Global::GpuHour).or(usual(Global::Capex)))
            .filter(|id| Some(*id) != known(self.up))
            .or_else(|| candidates.iter().copied().find(|id| Some(*id) != known(self.up)))?;
        let up = known(self.up)
            .or(usual(Global::Utilization))
            .filter(|id| *id != across)
            .or_else(|| candidates.iter().copied().find(|id| *id != across))?;
        Some((across, up))
    }

    /// Where the picture itself goes.
    fn canvas(area: Rect) -> Rect {
        Rect {
            x: area.x + LABELS.min(area.width),
            y: area.y,
            width: area.width.saturating_sub(LABELS),
            height: area.height.saturating_sub(BELOW),
        }
    }
}

impl View for MapView {
    fn refresh(&mut self, cx: &Context) {
        let candidates = candidates(cx);
        self.map = self
            .inputs(&candidates)
            .map(|(x, y)| MapReport::of(&cx.document, cx.target, axis(cx, x), axis(cx, y), GRID));
        self.contours = self.map.as_ref().map_or_else(Vec::new, |map| contour::all(map, cx.target));
    }

    fn conclusion(&self, _: &Context) -> String {
        self.map
            .as_ref()
            .map_or_else(|| "There are not two inputs to make a map of.".to_owned(), Shown::sentence)
    }

    fn result(&self) -> Option<&dyn Shown> {
        self.map.as_ref().map(|report| report as _)
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let Some(map) = &self.map else { return };
        let canvas = Self::canvas(area);
        if canvas.width < 8 || canvas.height < 3 {
            return;
        }
        ground::draw(cx, map, canvas, buffer);
        let cross = cross_hair(cx, map, canvas, buffer);
        contour::draw(cx, map, &self.contours, cross, canvas, buffer);
        if let Some(at) = cross {
            ground::over(cx, buffer, canvas, at, cx.signs.present, |ground| contour::ink(cx, ground, 1.0));
        }
        axes(cx, map, area, canvas, buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, _: Rect) -> Option<Vec<Action>> {
        let candidates = candidates(cx);
        let (across, up) = self.inputs(&candidates)?;
        let (id, direction) = match command {
            Command::Left => (across, Direction::Down),
            Command::Right => (across, Direction::Up),
            Command::Down => (up, Direction::Down),
            Command::Up => (up, Direction::Up),
            Command::Act => return Some(vec![Action::Focus(across)]),
            Command::Map(command) => {
                match command {
                    MapCommand::Across => self.across = Some(next(&candidates, across, up)),
                    MapCommand::Up => self.up = Some(next(&candidates, up, across)),
                    MapCommand::FocusAcross => self.choose(cx.focused, up, &candidates, true),
                    MapCommand::FocusUp => self.choose(cx.focused, across, &candidates, false),
                    MapCommand::Swap => (self.across, self.up) = (Some(up), Some(across)),
                }
                return Some(vec![Action::Refresh]);
            }
            _ => return None,
        };
        let value = cx.document.scenario().get(id)?;
        let kind = if id == across { "map across" } else { "map up" };
        Some(vec![Action::StepInRun(kind, vec![(id, step(id.parameter(), value, direction, Stride::Step))])])
    }

    fn input(&self, cx: &Context, _: Rect) -> Option<InputId> {
        self.inputs(&candidates(cx)).map(|(across, _)| across)
    }

    fn click(&mut self, at: Position, _: &Context, area: Rect) -> Vec<Action> {
        let canvas = Self::canvas(area);
        let Some(map) = self.map.as_ref().filter(|_| canvas.contains(at)) else { return Vec::new() };
        // The roundest value within the cell.
        let value = |axis: &Axis, cell: u16, cells: u16| {
            let edge = |cell: u16| axis.at(f64::from(cell) / f64::from(cells.max(1)));
            let value = roundest(edge(cell), edge(cell + 1));
            let value = if axis.id.input.domain().whole { libm::round(value) } else { value };
            (axis.id.input, value.clamp(axis.span.low, axis.span.high))
        };
        let across = value(&map.map.x, at.x - canvas.x, canvas.width);
        let up = value(&map.map.y, canvas.bottom() - 1 - at.y, canvas.height);
        vec![Action::StepInRun("map drag", vec![across, up])]
    }
}

impl MapView {
    /// Takes the focused input for one axis, if a map can be made of it and the other axis has another.
    fn choose(&mut self, focused: InputId, other: InputId, candidates: &[InputId], across: bool) {
        if focused != other && candidates.contains(&focused) {
            *(if across { &mut self.across } else { &mut self.up }) = Some(focused);
        }
    }
}

/// The cell of a fraction of an axis; `None` outside the picture.
fn cell_of(fraction: f64, cells: u16) -> Option<u16> {
    let inside = (-1e-9..=1.0 + 1e-9).contains(&fraction);
    inside.then(|| ((fraction * f64::from(cells)) as u16).min(cells.saturating_sub(1)))
}

/// Thin lines through today's point, from edge to edge. Returns the point, as column and line of the picture.
fn cross_hair(cx: &Context, map: &MapReport, canvas: Rect, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let (right, up) = map.map.present?;
    let (column, from_bottom) = (cell_of(right, canvas.width)?, cell_of(up, canvas.height)?);
    let at = (column, canvas.height - 1 - from_bottom);
    let line = |ground| contour::ink(cx, ground, 0.55);
    for x in 0..canvas.width {
        ground::over(cx, buffer, canvas, (x, at.1), cx.signs.rule, line);
    }
    for y in 0..canvas.height {
        ground::over(cx, buffer, canvas, (at.0, y), cx.signs.divider, line);
    }
    Some(at)
}

/// Round values of an axis, a few.
fn ticks_of(axis: &Axis, most: u16) -> Vec<f64> {
    let (low, high) = (axis.span.low, axis.span.high);
    if axis.span.log {
        ticks::log(low, high, usize::from(most))
    } else {
        ticks::linear(low, high, most.saturating_sub(1))
    }
}

/// The names of the axes, round values along them, and today's.
fn axes(cx: &Context, map: &MapReport, area: Rect, canvas: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let scenario = cx.document.scenario();
    let shown = |id: InputId, value: f64| number::format(value, id.parameter().unit);
    // Today's value comes first, then the round ones that leave it room.
    let marks = |axis: &Axis, most: u16, present: Option<f64>| {
        let id = axis.id.input;
        let today = scenario.get(id).zip(present).map(|(value, fraction)| (fraction, value, theme.focus));
        let round = ticks_of(axis, most).into_iter();
        let round = round.filter_map(|tick| Some((axis.fraction(tick)?, tick, theme.quiet)));
        let marks = today.into_iter().chain(round);
        marks.map(|(at, value, style)| (at, shown(id, value), style)).collect::<Vec<_>>()
    };
    let (x, y) = (&map.map.x, &map.map.y);
    let (right, up) = map.map.present.unzip();
    let mut taken: Vec<u16> = Vec::new();
    for (fraction, words, style) in marks(y, 5, up) {
        let Some(row) = cell_of(fraction, canvas.height) else { continue };
        if taken.iter().any(|other| other.abs_diff(row) < 2) {
            continue;
        }
        taken.push(row);
        let left = Rect { x: area.x, y: canvas.bottom() - 1 - row, width: LABELS - 1, height: 1 };
        paint::right(left, buffer, &words, style);
    }
    let below: Vec<_> = marks(x, 6, right)
        .into_iter()
        .filter_map(|(fraction, words, style)| Some((cell_of(fraction, canvas.width)?, words, style)))
        .collect();
    bars::labels(&below, Rect { y: canvas.bottom(), height: 1, ..canvas }, buffer);
    let names = Rect { y: canvas.bottom() + 1, height: 1, ..area };
    let arrow = if cx.signs.ascii { "^" } else { "↑" };
    let key = |command| cx.keys.key(&ViewName::Map.scopes(), Command::Map(command));
    Line::new(names, buffer)
        .put(&format!("{arrow} {}", map.up), theme.strong)
        .put("   ", theme.text)
        .put(&format!("{} {}", cx.signs.arrow, map.across), theme.strong)
        .put_whole(
            &format!("   {} {} choose others", key(MapCommand::Across), key(MapCommand::Up)),
            theme.quiet,
        );
}

#[cfg(test)]
mod tests;
