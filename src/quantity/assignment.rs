//! `ID=VALUE`, as `--set` takes it and claim cards carry it.

use super::error::QuantityError;
use super::read;
use crate::model::{Edit, Scenario, ScenarioError};

/// Why a text sets no input.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AssignmentError {
    /// No equals sign.
    #[error("it takes ID=VALUE, as in node.gpu_hour=2.50")]
    NoValue,
    /// No such input.
    #[error(transparent)]
    Input(#[from] ScenarioError),
    /// No value of it.
    #[error(transparent)]
    Value(#[from] QuantityError),
}

/// Reads `ID=VALUE` for a scenario with these tiers.
pub fn read(text: &str, scenario: &Scenario) -> Result<Edit, AssignmentError> {
    let (id, value) = text.split_once('=').ok_or(AssignmentError::NoValue)?;
    let id = scenario.find(id.trim())?;
    Ok((id, read::parse(value, id.parameter(), None)?.value))
}
