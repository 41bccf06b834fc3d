//! The stories that ship with napkin: files of `stories/`, compiled in and read like any other.

use std::sync::Arc;

use super::{Story, read};
use crate::preset::{Origin, Problems, Store};

/// Name and file of every shipped story.
macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../stories/", $name, ".toml")).as_slice())),*]
    };
}

/// All shipped stories: the ten questions, then the stories.
const SHIPPED: &[(&str, &[u8])] = shipped![
    "below-cost",
    "to-lose-money",
    "two-figures",
    "cache-hits",
    "free-users",
    "hosts-at-2-35",
    "the-200-plan",
    "advertising",
    "v4-pro",
    "own-or-rent",
    "the-545",
    "two-rates",
    "hits-and-work",
    "the-5000-plan",
];

/// The names of the shipped stories, the questions first.
pub fn names() -> impl ExactSizeIterator<Item = &'static str> {
    SHIPPED.iter().map(|(name, _)| *name)
}

/// A shipped story as read; `None` when there is none of this name. It speaks of shipped presets only, so no
/// directory of the user's can change it.
pub fn load(name: &str) -> Option<Result<Arc<Story>, Problems>> {
    let (_, text) = SHIPPED.iter().find(|(known, _)| *known == name)?;
    let origin = Origin::Builtin(name.to_owned());
    Some(read::read(text, &format!("builtin:{name}"), origin, &Store::default()).map(Arc::new))
}
