//! Whether the model reproduces what was published.

use serde::Serialize;

use super::content::{Content, Published};
use crate::model::{AllOutputs, OutputName, Scenario, evaluate_all};

/// A published figure beside the computed one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reproduced {
    /// The result it is about.
    pub output: OutputName,
    /// As published.
    pub published: f64,
    /// As computed; `None` where it is undefined.
    pub computed: Option<f64>,
    /// Computed less published; `None` where the computed figure is undefined.
    pub residual: Option<f64>,
    /// How far off still agrees, in the result's unit.
    pub tolerance: f64,
    /// Whether |computed − published| ≤ tolerance + 1e-9 · |published|; an undefined figure never agrees.
    pub ok: bool,
}

/// Compares a published figure with the results of a scenario.
pub fn check(figure: &Published, scenario: &Scenario, outputs: &AllOutputs) -> Reproduced {
    let Published { output, value: published, tolerance, .. } = *figure;
    let computed = output.within(scenario).and_then(|output| outputs.get(output));
    let residual = computed.map(|computed| computed - published);
    let allowed = tolerance + 1e-9 * published.abs();
    let ok = residual.is_some_and(|residual| residual.abs() <= allowed);
    Reproduced { output, published, computed, residual, tolerance, ok }
}

/// The published figures of a preset, checked against what comes out of it as it was published.
pub fn reproduced(content: &Content) -> Vec<Reproduced> {
    let (scenario, outputs) = (&content.scenario, evaluate_all(&content.scenario));
    content.published.iter().map(|figure| check(figure, scenario, &outputs)).collect()
}
