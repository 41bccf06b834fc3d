//! One input laid out along a line, as its slider lays it out.

use serde::Serialize;

use super::span::Span;
use crate::model::{InputId, InputName, Scenario};

/// An input over a window of its domain, linear or logarithmic as its slider.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Axis {
    /// The input.
    pub id: InputName,
    /// The window.
    #[serde(flatten)]
    pub span: Span,
}

impl Axis {
    /// The input over its slider's whole range.
    pub fn slider(scenario: &Scenario, input: InputId) -> Self {
        let (low, high) = input.parameter().scale.ends();
        Self::window(scenario, input, low, high)
    }

    /// The input from `low` to `high`, both cut to the domain; linear when `low` is 0.
    pub fn window(scenario: &Scenario, input: InputId, low: f64, high: f64) -> Self {
        let domain = input.domain();
        let low = low.clamp(domain.min, domain.max);
        let high = high.clamp(low, domain.max);
        let log = input.parameter().scale.is_log() && low > 0.0;
        Self { id: scenario.name(input), span: Span { low, high, log } }
    }

    /// The value at a fraction of the way from left to right; the ends are exact.
    pub fn at(&self, fraction: f64) -> f64 {
        let value = self.span.at(fraction);
        let value = if self.id.input.domain().whole { libm::round(value) } else { value };
        value.clamp(self.span.low, self.span.high)
    }

    /// How far along a value is: 0 at the left end, 1 at the right end, beyond them outside the window.
    ///
    /// `None` for a window without width, and for 0 on a logarithmic axis.
    pub fn fraction(&self, value: f64) -> Option<f64> {
        let fraction = self.span.fraction(value);
        fraction.is_finite().then_some(fraction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::scenarios::day_six;
    use crate::model::Global;

    #[test]
    fn halfway_along_a_price_is_the_geometric_mean_and_along_a_share_the_arithmetic_one() {
        let rent = Axis::window(&day_six(), Global::GpuHour.into(), 0.5, 8.0);
        assert!((rent.at(0.5) - 2.0).abs() < 1e-15);
        assert!((rent.fraction(2.0).expect("inside") - 0.5).abs() < 1e-15);
        assert_eq!((rent.at(0.0), rent.at(1.0)), (0.5, 8.0));
        let hits = Axis::slider(&day_six(), Global::HitRatio.into());
        assert_eq!(hits.at(0.25), 0.25);
    }

    #[test]
    fn a_count_stays_whole_and_a_window_inside_the_domain() {
        let gpus = Axis::window(&day_six(), Global::Gpus.into(), -3.0, 5000.0);
        assert_eq!((gpus.span.low, gpus.span.high), (1.0, 1024.0));
        assert_eq!(gpus.at(0.3).fract(), 0.0);
    }
}
