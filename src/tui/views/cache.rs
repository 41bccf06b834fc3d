//! Cache: margin against the hit ratio, taken apart into what hits save and what they earn less.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::analysis::{CacheCurves, cache_curves};
use crate::model::{Global, InputId};
use crate::quantity::number;
use crate::tui::command::Command;
use crate::tui::component::{Action, Shown, View};
use crate::tui::context::Context;
use crate::tui::paint;
use crate::tui::paint::plot::{Plot, Series};
use crate::tui::slider::{Direction, Stride, step};

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(Cache { curves: None })
}

/// Points of a curve: enough for two braille dots a cell on a wide screen.
const POINTS: usize = 241;

struct Cache {
    curves: Option<CacheCurves>,
}

impl Cache {
    /// How the slope reads: margin points for one point of hit ratio.
    fn slope(curves: &CacheCurves) -> Option<String> {
        let per_point = |slope: f64| match slope / 100.0 {
            // Less than a hundredth of a point is nothing that these inputs could tell.
            small if small.abs() < 5e-5 => "less than 0.01 pt".to_owned(),
            change => number::points(change),
        };
        let slope = &curves.slope;
        match (slope.left, slope.right) {
            (Some(left), Some(right)) if slope.has_kink() => Some(format!(
                "1 pt more hits: {} of margin; 1 pt fewer: {}",
                per_point(right),
                per_point(-left)
            )),
            _ => slope.value().map(|value| format!("1 pt more hits: {} of margin", per_point(value))),
        }
    }
}

impl View for Cache {
    fn refresh(&mut self, cx: &Context) {
        self.curves = Some(cache_curves(cx.document.scenario(), POINTS));
    }

    fn result(&self) -> Option<&dyn Shown> {
        self.curves.as_ref().map(|report| report as _)
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let Some(curves) = &self.curves else { return };
        if curves.margin.is_none() || area.height < 4 {
            return;
        }
        let theme = cx.theme;
        if let Some(words) = Self::slope(curves) {
            paint::left(area, buffer, &words, theme.quiet);
        }
        let line = |pick: fn(&crate::analysis::CachePoint) -> Option<f64>| {
            curves.points.iter().filter_map(|point| Some((point.hit_ratio, pick(point)?))).collect::<Vec<_>>()
        };
        let series = vec![
            Series { name: "work saved", style: theme.up, points: line(|point| point.work_effect) },
            Series { name: "price lost", style: theme.down, points: line(|point| point.price_effect) },
            Series { name: "net", style: theme.strong, points: line(|point| point.net) },
        ];
        let plot = Plot {
            series,
            x: (0.0, 1.0),
            present: curves.margin.map(|margin| (curves.hit_ratio, margin)),
            level: Some((cx.target, "target")),
            x_label: "hit ratio",
            labels: Vec::new(),
        };
        let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        plot.draw(cx, rest, buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, _: Rect) -> Option<Vec<Action>> {
        let id = Global::HitRatio.into();
        let (direction, stride) = match command {
            Command::Left => (Direction::Down, Stride::Step),
            Command::Right => (Direction::Up, Stride::Step),
            Command::Act => return Some(vec![Action::Focus(id)]),
            _ => return None,
        };
        let value = cx.document.scenario().get(id)?;
        let next = step(Global::HitRatio.parameter(), value, direction, stride);
        Some(vec![Action::StepInRun("view", vec![(id, next)])])
    }

    fn input(&self, _: &Context, _: Rect) -> Option<InputId> {
        Some(Global::HitRatio.into())
    }

    fn click(&mut self, at: Position, _: &Context, area: Rect) -> Vec<Action> {
        let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        match Plot::fraction_at(at, rest) {
            Some(fraction) => {
                let hit_ratio = libm::round(fraction * 100.0) / 100.0;
                vec![Action::StepInRun("view drag", vec![(Global::HitRatio.into(), hit_ratio)])]
            }
            None => Vec::new(),
        }
    }
}
