//! What a preset holds: a scenario and where its numbers come from.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{Global, InputId, OutputName, Range, Scenario, TierField, TierKey};

/// Where a preset was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Compiled in, under this name.
    Builtin(String),
    /// A file of the user's preset directory: its name and path.
    User {
        /// File name without extension.
        name: String,
        /// The file.
        path: PathBuf,
    },
    /// Some other file.
    File(PathBuf),
    /// Standard input or the clipboard.
    Pasted,
}

impl Origin {
    /// The name as the command line takes it, and as exports give it under `preset`.
    pub fn id(&self) -> String {
        match self {
            Self::Builtin(name) | Self::User { name, .. } => name.clone(),
            Self::File(path) => path.to_string_lossy().into_owned(),
            Self::Pasted => "-".to_owned(),
        }
    }

    /// `builtin` or `user`, as lists have it.
    pub const fn owner(&self) -> &'static str {
        if matches!(self, Self::Builtin(_)) { "builtin" } else { "user" }
    }

    /// The file behind it, if there is one.
    pub fn path(&self) -> Option<&PathBuf> {
        match self {
            Self::User { path, .. } | Self::File(path) => Some(path),
            Self::Builtin(_) | Self::Pasted => None,
        }
    }
}

/// Source, note and range of one input, each with the value it was given for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    /// Who says so, with a link if there is one.
    pub source: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// The value that source and note speak of; they do not hold for another.
    pub of: Option<f64>,
    /// The 90 % range and the value it was given for; a changed value carries the range along.
    pub range: Option<(Range, f64)>,
}

/// A figure somebody published, checked against the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The result it is about; a tier is meant by its key.
    pub output: OutputName,
    /// The figure.
    pub value: f64,
    /// How far off still agrees: absolute, in the result's unit.
    pub tolerance: f64,
    /// Who published it.
    pub source: Option<String>,
}

/// What somebody says an input is.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The input.
    pub input: InputId,
    /// The value claimed.
    pub value: f64,
    /// Who claims it.
    pub by: String,
    /// When.
    pub date: Option<String>,
    /// Where.
    pub source: Option<String>,
}

impl Claim {
    /// Who claims it, when and where, as the source of a value.
    pub fn citation(&self) -> String {
        let parts = [Some(&self.by), self.date.as_ref(), self.source.as_ref()];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// The preset that another one was made from. Nothing is read from it again: it says whose the values are that
/// nobody changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasedOn {
    /// `builtin:NAME@FINGERPRINT`, or the name of a file.
    pub preset: String,
    /// Its display name.
    pub name: Option<String>,
    /// When its figures were published.
    pub date: Option<String>,
    /// Where.
    pub source: Option<String>,
}

/// An input named independently of the order of the tiers, to compare one preset with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Slot {
    /// An input that exists once.
    Global(Global),
    /// An input of the tier with this key.
    Tier(TierKey, TierField),
}

/// Everything of a preset that can be edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// Display name.
    pub name: String,
    /// A sentence or two on what it shows and what is contested.
    pub summary: String,
    /// When the figures were published.
    pub date: Option<String>,
    /// Where.
    pub source: Option<String>,
    /// What the verdict is about, a plural noun: "R1's list prices".
    pub subject: Option<String>,
    /// What would be the first reply to the verdict in a forum.
    pub caveat: Option<String>,
    /// The model that is served, as the books call it.
    pub model: Option<String>,
    /// The preset that this one was made from.
    pub based_on: Option<BasedOn>,
    /// The values.
    pub scenario: Scenario,
    /// Display names of the tiers, in the scenario's order.
    pub tier_names: Vec<String>,
    /// What is known of each input that the file gives; an input that is not here has its default.
    pub details: BTreeMap<InputId, Detail>,
    /// Published figures.
    pub published: Vec<Published>,
    /// Claims.
    pub claims: Vec<Claim>,
}

impl Content {
    /// A scenario of which nothing is said; its tiers go by their keys.
    pub fn new(name: &str, scenario: Scenario) -> Self {
        Self {
            name: name.to_owned(),
            summary: String::new(),
            date: None,
            source: None,
            subject: None,
            caveat: None,
            model: None,
            based_on: None,
            scenario,
            tier_names: scenario.keys().map(|key| key.to_string()).collect(),
            details: BTreeMap::new(),
            published: Vec::new(),
            claims: Vec::new(),
        }
    }

    /// The display name of a tier.
    pub fn tier_name(&self, tier: u8) -> &str {
        self.tier_names.get(usize::from(tier)).map_or("", String::as_str)
    }

    /// The input without its tier's position.
    pub(super) fn slot(&self, id: InputId) -> Slot {
        match id {
            InputId::Global(global) => Slot::Global(global),
            InputId::Tier(tier, field) => Slot::Tier(self.scenario.key(tier), field),
        }
    }

    /// The input in this slot; `None` when there is no such tier.
    pub(super) fn id_of(&self, slot: Slot) -> Option<InputId> {
        match slot {
            Slot::Global(global) => Some(global.into()),
            Slot::Tier(key, field) => Some(InputId::Tier(self.scenario.tier_of(key)?, field)),
        }
    }

    /// Source and note of an input, as far as they hold for its present value.
    pub(super) fn sourced(&self, id: InputId) -> (Option<&str>, Option<&str>) {
        let value = self.scenario.get(id).map(f64::to_bits);
        match self.details.get(&id) {
            Some(detail) if detail.of.map(f64::to_bits) == value => {
                (detail.source.as_deref(), detail.note.as_deref())
            }
            _ => (None, None),
        }
    }

    /// The 90 % range of an input, carried along with its value.
    pub(super) fn range(&self, id: InputId) -> Option<Range> {
        let (range, at) = self.details.get(&id)?.range?;
        range.carried(at, self.scenario.get(id)?, id.domain())
    }

    /// The claims on one input, in ascending order of value.
    pub fn claims_on(&self, id: InputId) -> Vec<&Claim> {
        let mut claims: Vec<&Claim> = self.claims.iter().filter(|claim| claim.input == id).collect();
        claims.sort_by(|a, b| a.value.total_cmp(&b.value));
        claims
    }
}

/// A preset as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// Where it was read from.
    pub origin: Origin,
    /// What it says.
    pub content: Arc<Content>,
    /// The bytes of the file, so that saving can keep what it does not change.
    pub text: Arc<[u8]>,
}
