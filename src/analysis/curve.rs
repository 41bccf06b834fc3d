//! Curve: any output against one input.

use serde::Serialize;

use super::axis::Axis;
use crate::model::{Output, Scenario, evaluate_with};

/// An output along one input, with everything else as in the scenario.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curve {
    /// The output, serialised as its name.
    pub output: Output,
    /// The input and its window.
    pub input: Axis,
    /// Where the scenario is now.
    pub present: CurvePoint,
    /// The curve from the left end to the right end.
    pub points: Vec<CurvePoint>,
}

/// One point of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CurvePoint {
    /// Value of the input; `None` when it is absent.
    pub x: Option<f64>,
    /// Value of the output; `None` when undefined.
    pub y: Option<f64>,
}

/// Follows `output` along an input at `count` places, equally spaced as on its slider.
///
/// An absent optional input has a curve too, but no present point on it.
pub fn curve(scenario: &Scenario, output: Output, input: Axis, count: usize) -> Curve {
    let free = scenario.free_tiers();
    let id = input.id.input;
    let last = count.saturating_sub(1).max(1) as f64;
    let point = |place: usize| {
        let x = input.at(place as f64 / last);
        CurvePoint { x: Some(x), y: evaluate_with(&scenario.moved(id, x), free).get(output) }
    };
    Curve {
        output,
        input,
        present: CurvePoint { x: scenario.get(id), y: evaluate_with(scenario, free).get(output) },
        points: (0..count).map(point).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::scenarios::day_six;
    use crate::model::Global;

    #[test]
    fn the_margin_falls_in_a_straight_line_with_the_rent() {
        let start = day_six();
        let axis = Axis { log: false, ..Axis::window(&start, Global::GpuHour.into(), 0.0, 4.0) };
        let curve = curve(&start, Output::GrossMargin, axis, 5);
        assert_eq!(curve.points.len(), 5);
        assert_eq!(curve.points[0], CurvePoint { x: Some(0.0), y: Some(1.0) });
        assert_eq!(curve.points[2].y, curve.present.y);
        let (middle, end) = (curve.points[2].y.expect("defined"), curve.points[4].y.expect("defined"));
        assert!((1.0 - end - 2.0 * (1.0 - middle)).abs() < 1e-15);
        assert_eq!(serde_json::to_value(&curve).expect("serialises")["output"], "gross_margin");
    }
}
