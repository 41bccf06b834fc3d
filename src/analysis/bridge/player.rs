//! The players of a bridge: what is switched from one side's values to the other's as one.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::model::{InputId, InputName, Pane, TierKey};

/// With more differing inputs than this, each pane's are one player.
pub const MOST_PLAYERS: usize = 16;

/// Inputs that are switched together; tiers are meant by their position in the mixture.
#[derive(Clone, Debug)]
pub(super) struct Player {
    pub(super) kind: Kind,
    pub(super) members: Vec<InputId>,
}

/// What makes inputs one player.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Input(InputId),
    Shares,
    Pane(Pane),
}

/// Groups what differs into players, in table order.
pub(super) fn players(differing: &[InputId]) -> Vec<Player> {
    let players = grouped(differing, |id| if id.is_share() { Kind::Shares } else { Kind::Input(id) });
    if players.len() <= MOST_PLAYERS {
        return players;
    }
    grouped(differing, |id| Kind::Pane(id.parameter().pane))
}

fn grouped(differing: &[InputId], kind_of: impl Fn(InputId) -> Kind) -> Vec<Player> {
    let mut players: Vec<Player> = Vec::new();
    for id in differing {
        let kind = kind_of(*id);
        match players.iter_mut().find(|player| player.kind == kind) {
            Some(player) => player.members.push(*id),
            None => players.push(Player { kind, members: vec![*id] }),
        }
    }
    players
}

/// The name of a player: an input's id, `tier.share` for all shares together, or a pane's as `node.*`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlayerName {
    /// One input. A tier's position is that in the scenario that the bridge leads to, or in the one that it
    /// starts from when the other has no such tier.
    Input(InputName),
    /// All tier shares together.
    Shares,
    /// All differing inputs of one pane together.
    Pane(Pane),
}

impl fmt::Display for PlayerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(input) => input.fmt(f),
            Self::Shares => f.write_str("tier.share"),
            Self::Pane(pane) => write!(f, "{}.*", pane.title().to_lowercase()),
        }
    }
}

impl Serialize for PlayerName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The value of one input on one side, serialised as a preset writes it: a number, a word, or null.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InputValue {
    /// The input.
    pub id: InputName,
    /// Its value; `None` when absent.
    pub value: Option<f64>,
}

impl Serialize for InputValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let on = self.value.is_some_and(|value| value != 0.0);
        match self.id.input.domain().words {
            Some(["false", "true"]) => serializer.serialize_bool(on),
            Some([off_word, on_word]) => serializer.serialize_str(if on { on_word } else { off_word }),
            None => self.value.serialize(serializer),
        }
    }
}

/// What a player is on one side of a bridge.
#[derive(Clone, Debug, PartialEq)]
pub enum Side {
    /// One value.
    Input(InputValue),
    /// The shares of the tiers whose share differs.
    Shares(Vec<(TierKey, f64)>),
    /// The inputs of a pane that differ.
    Inputs(Vec<InputValue>),
}

impl Serialize for Side {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Input(value) => value.serialize(serializer),
            Self::Shares(shares) => {
                let mut map = serializer.serialize_map(Some(shares.len()))?;
                for (key, share) in shares {
                    map.serialize_entry(key.as_str(), share)?;
                }
                map.end()
            }
            Self::Inputs(values) => {
                let mut map = serializer.serialize_map(Some(values.len()))?;
                for value in values {
                    map.serialize_entry(&value.id.to_string(), value)?;
                }
                map.end()
            }
        }
    }
}
