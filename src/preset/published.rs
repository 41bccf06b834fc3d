//! Whether the model reproduces what was published.

use super::content::Published;
use crate::model::{AllOutputs, Scenario};

/// A published figure beside the computed one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Check {
    /// The computed figure; `None` where it is undefined.
    pub computed: Option<f64>,
    /// Computed less published; `None` where the computed figure is undefined.
    pub residual: Option<f64>,
    /// How far off still agrees, in the result's unit.
    pub tolerance: f64,
    /// Whether |computed − published| ≤ tolerance + 1e-9 · |published|; an undefined figure never agrees.
    pub ok: bool,
}

/// Compares a published figure with the results of a scenario.
pub fn check(published: &Published, scenario: &Scenario, outputs: &AllOutputs) -> Check {
    let computed = published.output.within(scenario).and_then(|output| outputs.get(output));
    let residual = computed.map(|computed| computed - published.value);
    let allowed = published.tolerance + 1e-9 * published.value.abs();
    let ok = residual.is_some_and(|residual| residual.abs() <= allowed);
    Check { computed, residual, tolerance: published.tolerance, ok }
}
