//! Inputs and outputs as text.

use std::fmt;

use super::id::{InputId, TierKey};
use super::output::{Output, Undefined};
use super::scenario::Scenario;

/// An input together with the id that `--set` and exports know it by: `node.gpu_hour`, `tier.r1.share`.
///
/// Small and `Copy`; written and serialised as the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InputName {
    /// The input; a tier is meant by its position in the scenario that gave the name.
    pub input: InputId,
    key: Option<TierKey>,
}

impl InputName {
    /// An input with the key of its tier, if it belongs to one.
    pub(crate) const fn new(input: InputId, key: Option<TierKey>) -> Self {
        Self { input, key }
    }
}

impl fmt::Display for InputName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.input.parameter().id;
        match &self.key {
            None => f.write_str(id),
            Some(key) => write!(f, "tier.{key}.{id}"),
        }
    }
}

impl serde::Serialize for InputName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Scenario {
    /// The input with its id as text.
    pub fn name(&self, input: InputId) -> InputName {
        let key = match input {
            InputId::Global(_) => None,
            InputId::Tier(tier, _) => Some(self.key(tier)),
        };
        InputName::new(input, key)
    }
}

impl serde::Serialize for Output {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl serde::Serialize for Undefined {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
