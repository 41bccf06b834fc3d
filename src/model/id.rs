//! Names of tiers and inputs.

use std::fmt;

use super::parameter::{Domain, Global, Parameter, TierField};

/// The largest number of tiers in a scenario.
pub const MAX_TIERS: usize = 8;

/// The key of a tier: 1 to 32 of `a-z`, `0-9`, `_` and `-`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TierKey {
    length: u8,
    bytes: [u8; Self::MAX],
}

impl TierKey {
    /// The longest key.
    pub const MAX: usize = 32;

    /// Reads a key; `None` if it is not one.
    pub fn new(text: &str) -> Option<Self> {
        let valid =
            |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
        if text.is_empty() || text.len() > Self::MAX || !text.as_bytes().iter().all(valid) {
            return None;
        }
        let mut bytes = [0; Self::MAX];
        for (to, from) in bytes.iter_mut().zip(text.as_bytes()) {
            *to = *from;
        }
        Some(Self { length: text.len() as u8, bytes })
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// No key at all: fills the unused tiers of a scenario.
    pub(super) const UNUSED: Self = Self { length: 0, bytes: [0; Self::MAX] };
}

impl fmt::Display for TierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for TierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TierKey({})", self.as_str())
    }
}

/// Which input of a scenario; a tier is named by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InputId {
    /// An input that exists once.
    Global(Global),
    /// An input of the tier at this position.
    Tier(u8, TierField),
}

impl InputId {
    /// The entry of the parameter table.
    pub const fn parameter(self) -> &'static Parameter {
        match self {
            Self::Global(global) => global.parameter(),
            Self::Tier(_, field) => field.parameter(),
        }
    }

    /// The valid values.
    pub const fn domain(self) -> Domain {
        self.parameter().domain
    }

    /// Whether this is a tier's share: shares always move together.
    pub const fn is_share(self) -> bool {
        matches!(self, Self::Tier(_, TierField::Share))
    }
}

impl From<Global> for InputId {
    fn from(global: Global) -> Self {
        Self::Global(global)
    }
}
