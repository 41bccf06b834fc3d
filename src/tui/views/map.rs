//! Map: the margin over two inputs, with the contour where it equals the target and a cross-hair at today's point.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};
use ratatui::widgets::{Clear, Widget};

use crate::analysis::{Axis, analysed_inputs, roundest};
use crate::model::{Global, InputId};
use crate::quantity::number;
use crate::report::map::MapReport;
use crate::report::{Format, Report, to_text};
use crate::text;
use crate::tui::command::{Command, MapCommand, ViewName};
use crate::tui::component::{Action, View};
use crate::tui::context::Context;
use crate::tui::paint::{self, Line};
use crate::tui::slider::{Direction, Stride, step};

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(MapView { across: None, up: None, map: None })
}

/// Points of the grid: enough for a cell each on a wide screen, two of them to a line.
const GRID: (usize, usize) = (120, 80);
/// The columns left of the picture, for the labels of the upright axis.
const LABELS: u16 = 8;
/// The lines below the picture: labels, name, legend.
const BELOW: u16 = 3;

struct MapView {
    /// The inputs chosen; `None` until one is.
    across: Option<InputId>,
    up: Option<InputId>,
    map: Option<MapReport>,
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
    let place = candidates.iter().position(|id| *id == present).map_or(0, |place| place + 1);
    let round = candidates.iter().cycle().skip(place).take(candidates.len());
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

    /// The margin at a place of the picture: `fine` counts half lines from the bottom.
    fn margin_at(map: &MapReport, canvas: Rect, column: u16, fine: u16) -> Option<f64> {
        let cell =
            |place: u16, places: u16, count: usize| usize::from(place) * count / usize::from(places.max(1));
        map.map.margin(
            cell(column, canvas.width, map.map.columns),
            cell(fine, canvas.height.saturating_mul(2), map.map.rows),
        )
    }
}

/// The step of the ramp for a margin: three below the target, four above.
fn level(margin: Option<f64>, target: f64) -> Option<usize> {
    let gap = margin? - target;
    let above = 1.0 - target;
    Some(match gap {
        gap if gap <= -1.0 => 0,
        gap if gap <= -0.5 => 1,
        gap if gap <= 0.0 => 2,
        gap if gap < 0.25 * above => 3,
        gap if gap < 0.5 * above => 4,
        gap if gap < 0.75 * above => 5,
        _ => 6,
    })
}

/// The margins at which one step of the ramp ends and the next begins.
fn edges(target: f64) -> [f64; 6] {
    let above = 1.0 - target;
    [target - 1.0, target - 0.5, target, target + 0.25 * above, target + 0.5 * above, target + 0.75 * above]
}

/// Signs for the steps of the ramp where colours do not tell them apart.
const SHADES: [&str; 7] = [" ", ".", ":", "░", "▒", "▓", "█"];
const ASCII_SHADES: [&str; 7] = [" ", ".", ":", "-", "+", "*", "#"];

fn colour(cx: &Context, level: Option<usize>) -> Color {
    level.and_then(|level| cx.theme.ramp.get(level)).and_then(|style| style.fg).unwrap_or(Color::Reset)
}

impl View for MapView {
    fn refresh(&mut self, cx: &Context) {
        let candidates = candidates(cx);
        self.map = self
            .inputs(&candidates)
            .map(|(x, y)| MapReport::of(&cx.document, cx.target, axis(cx, x), axis(cx, y), GRID));
    }

    fn conclusion(&self, _: &Context) -> String {
        self.map
            .as_ref()
            .map_or_else(|| "There are not two inputs to make a map of.".to_owned(), Report::conclusion)
    }

    fn export(&self, format: Format) -> Option<String> {
        self.map.as_ref().map(|map| to_text(map, format))
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let Some(map) = &self.map else { return };
        let canvas = Self::canvas(area);
        if canvas.width < 8 || canvas.height < 3 {
            return;
        }
        ground(cx, map, canvas, buffer);
        contour(cx, map, canvas, buffer);
        cross_hair(cx, map, canvas, buffer);
        axes(cx, map, area, canvas, buffer);
        legend(cx, Rect { y: canvas.bottom() + 2, height: 1, ..area }, buffer);
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

/// The margins as colours, two to a cell, or as shades.
fn ground(cx: &Context, map: &MapReport, canvas: Rect, buffer: &mut Buffer) {
    let shades = if cx.signs.ascii { ASCII_SHADES } else { SHADES };
    for line in 0..canvas.height {
        for column in 0..canvas.width {
            let fine = 2 * (canvas.height - 1 - line);
            let lower = level(MapView::margin_at(map, canvas, column, fine), cx.target);
            let upper = level(MapView::margin_at(map, canvas, column, fine + 1), cx.target);
            let Some(cell) = buffer.cell_mut((canvas.x + column, canvas.y + line)) else { continue };
            if cx.theme.colour && !cx.signs.ascii {
                cell.set_symbol("▀").set_fg(colour(cx, upper)).set_bg(colour(cx, lower));
            } else {
                let shade = lower.and_then(|level| shades.get(level)).copied().unwrap_or("?");
                cell.set_symbol(shade).set_fg(colour(cx, lower));
            }
        }
    }
}

/// The contour: a line sign in every cell it passes, leaning the way it goes.
fn contour(cx: &Context, map: &MapReport, canvas: Rect, buffer: &mut Buffer) {
    let (width, height) = (f64::from(canvas.width), f64::from(canvas.height));
    let mut lines: std::collections::BTreeMap<(u16, u16), (f64, f64)> = std::collections::BTreeMap::new();
    for [from, to] in map.map.contour() {
        let middle = (f64::midpoint(from.0, to.0) * width, f64::midpoint(from.1, to.1) * height);
        let place = (middle.0 as u16, middle.1 as u16);
        let (right, up) = ((to.0 - from.0) * width, (to.1 - from.1) * height);
        // Both ways along the contour are the same line.
        let sign = if right < 0.0 { -1.0 } else { 1.0 };
        let sum = lines.entry(place).or_default();
        *sum = (sum.0 + sign * right, sum.1 + sign * up);
    }
    for ((column, from_bottom), (right, up)) in lines {
        if column >= canvas.width || from_bottom >= canvas.height {
            continue;
        }
        let steep = up.abs() > 2.0 * right;
        let level = up.abs() < 0.5 * right;
        let sign = match (cx.signs.ascii, steep, level, up > 0.0) {
            (true, true, ..) => "|",
            (true, _, true, _) => "-",
            (true, .., true) => "/",
            (true, ..) => "\\",
            (false, true, ..) => "│",
            (false, _, true, _) => "─",
            (false, .., true) => "╱",
            (false, ..) => "╲",
        };
        let at = (canvas.x + column, canvas.bottom() - 1 - from_bottom);
        put(cx, buffer, at, sign, cx.theme.strong);
    }
}

/// A sign on the bare background, so that it stands out from every colour.
fn put(cx: &Context, buffer: &mut Buffer, at: (u16, u16), sign: &str, style: Style) {
    if let Some(cell) = buffer.cell_mut(at) {
        cell.reset();
        cell.set_symbol(sign).set_style(cx.theme.text.patch(style));
    }
}

/// The cell of a fraction of an axis; `None` outside the picture.
fn cell_of(fraction: f64, cells: u16) -> Option<u16> {
    let inside = (-1e-9..=1.0 + 1e-9).contains(&fraction);
    inside.then(|| ((fraction * f64::from(cells)) as u16).min(cells.saturating_sub(1)))
}

fn cross_hair(cx: &Context, map: &MapReport, canvas: Rect, buffer: &mut Buffer) {
    let Some((right, up)) = map.map.present else { return };
    let (Some(column), Some(from_bottom)) = (cell_of(right, canvas.width), cell_of(up, canvas.height)) else {
        return;
    };
    let (x, y) = (canvas.x + column, canvas.bottom() - 1 - from_bottom);
    // Short arms, so that the picture below stays whole.
    for (dx, dy, sign) in [(-2, 0, "─"), (-1, 0, "─"), (1, 0, "─"), (2, 0, "─"), (0, -1, "│"), (0, 1, "│")]
    {
        let (Some(x), Some(y)) = (x.checked_add_signed(dx), y.checked_add_signed(dy)) else { continue };
        if canvas.contains(Position::new(x, y)) {
            put(cx, buffer, (x, y), sign, cx.theme.focus);
        }
    }
    put(cx, buffer, (x, y), cx.signs.present, cx.theme.focus);
}

/// The names of the axes, their ends, and today's values.
fn axes(cx: &Context, map: &MapReport, area: Rect, canvas: Rect, buffer: &mut Buffer) {
    let theme = cx.theme;
    let scenario = cx.document.scenario();
    let shown = |id: InputId, value: f64| number::format(value, id.parameter().unit);
    let (x, y) = (&map.map.x, &map.map.y);

    let left = |line: u16| Rect { x: area.x, y: line, width: LABELS - 1, height: 1 };
    paint::right(left(canvas.y), buffer, &shown(y.id.input, y.span.high), theme.quiet);
    paint::right(left(canvas.bottom() - 1), buffer, &shown(y.id.input, y.span.low), theme.quiet);
    let rows = map.map.present.and_then(|(_, up)| cell_of(up, canvas.height));
    if let (Some(value), Some(row)) = (scenario.get(y.id.input), rows) {
        let line = left(canvas.bottom() - 1 - row);
        Clear.render(line, buffer);
        paint::right(line, buffer, &shown(y.id.input, value), theme.focus);
    }
    let below = Rect { y: canvas.bottom(), height: 1, ..canvas };
    paint::left(below, buffer, &shown(x.id.input, x.span.low), theme.quiet);
    paint::right(below, buffer, &shown(x.id.input, x.span.high), theme.quiet);
    let columns = map.map.present.and_then(|(right, _)| cell_of(right, canvas.width));
    if let (Some(value), Some(column)) = (scenario.get(x.id.input), columns) {
        let words = shown(x.id.input, value);
        let width = text::width(&words) as u16;
        let room = (
            text::width(&shown(x.id.input, x.span.low)) as u16 + 1,
            canvas.width.saturating_sub(text::width(&shown(x.id.input, x.span.high)) as u16 + width + 1),
        );
        if room.0 <= room.1 {
            let start = column.saturating_sub(width / 2).clamp(room.0, room.1);
            paint::left(Rect { x: canvas.x + start, width, ..below }, buffer, &words, theme.focus);
        }
    }
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

/// The steps of the ramp with the margins between them.
fn legend(cx: &Context, area: Rect, buffer: &mut Buffer) {
    let shades = if cx.signs.ascii { ASCII_SHADES } else { SHADES };
    let mut line = Line::new(area, buffer);
    let edges = edges(cx.target);
    // In a narrow view only the edge that matters is named.
    let all = area.width >= 56;
    for step in 0..cx.theme.ramp.len() {
        let sign =
            if cx.theme.colour && !cx.signs.ascii { "█" } else { shades.get(step).copied().unwrap_or(" ") };
        line.put(&sign.repeat(2), Style::new().fg(colour(cx, Some(step))));
        if let Some(edge) = edges.get(step).filter(|_| all || step == 2) {
            let style = if step == 2 { cx.theme.strong } else { cx.theme.quiet };
            line.put(&format!(" {} ", number::percent(*edge)), style);
        }
    }
    line.skip(2).put_whole("gross margin", cx.theme.quiet);
}

#[cfg(test)]
mod tests;
