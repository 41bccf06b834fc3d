//! Inputs and outputs as text.

use std::fmt;

use super::error::nearest;
use super::id::{InputId, TierKey};
use super::output::{Output, OutputId, OutputInfo, TierOutput, Undefined};
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

/// A result by its name in exports and preset files: `gross_margin`, `tier.plan.gross_margin`.
///
/// Small and `Copy`; written and serialised as the text. A tier is meant by its key, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutputName {
    /// A result of all that is served.
    Global(Output),
    /// A result of the tier with this key.
    Tier(TierKey, TierOutput),
}

impl OutputName {
    /// The table entry.
    pub const fn info(&self) -> &'static OutputInfo {
        match self {
            Self::Global(output) => output.info(),
            Self::Tier(_, output) => output.info(),
        }
    }

    /// The result as it is in a scenario; `None` when that has no such tier.
    pub fn within(&self, scenario: &Scenario) -> Option<OutputId> {
        Some(match *self {
            Self::Global(output) => OutputId::Global(output),
            Self::Tier(key, output) => OutputId::Tier(scenario.tier_of(key)?, output),
        })
    }
}

impl fmt::Display for OutputName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Global(output) => f.write_str(output.name()),
            Self::Tier(key, output) => write!(f, "tier.{key}.{}", output.name()),
        }
    }
}

impl serde::Serialize for OutputName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Scenario {
    /// Every result there is, in the order of exports: those of all that is served, then tier by tier.
    pub fn outputs(&self) -> impl Iterator<Item = OutputId> + use<> {
        let tiers = 0..self.tier_count() as u8;
        let per_tier = tiers
            .flat_map(|tier| TierOutput::ALL.into_iter().map(move |output| OutputId::Tier(tier, output)));
        Output::ALL.into_iter().map(OutputId::Global).chain(per_tier)
    }

    /// The result with its name as text.
    pub fn output_name(&self, output: OutputId) -> OutputName {
        match output {
            OutputId::Global(output) => OutputName::Global(output),
            OutputId::Tier(tier, output) => OutputName::Tier(self.key(tier), output),
        }
    }

    /// The result with this name. The error is the nearest name there is.
    pub fn find_output(&self, text: &str) -> Result<OutputId, Option<String>> {
        let name = |output| self.output_name(output).to_string();
        self.outputs().find(|output| name(*output) == text).ok_or_else(|| {
            let known: Vec<String> = self.outputs().map(name).collect();
            nearest(text, known.iter().map(String::as_str)).map(str::to_owned)
        })
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
