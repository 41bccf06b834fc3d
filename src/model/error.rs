//! What can be wrong with a scenario, in words that name input, value and domain.

use std::fmt;

use super::id::MAX_TIERS;
use super::parameter::Domain;

/// Why a scenario cannot be what was asked for.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScenarioError {
    /// A value outside the domain.
    #[error("{id} = {value} is not valid; {id} takes {domain}")]
    OutOfDomain {
        /// The input.
        id: String,
        /// The value as written.
        value: String,
        /// What is valid.
        domain: Domain,
    },
    /// An input that has no default was not given.
    #[error("{id} is missing; it takes {domain}")]
    Missing {
        /// The input.
        id: String,
        /// What is valid.
        domain: Domain,
    },
    /// Shares that cannot sum to 1.
    #[error("tier shares sum to {sum}; {expected}")]
    Shares {
        /// The sum of those given.
        sum: f64,
        /// What is valid.
        expected: &'static str,
    },
    /// No tier, or too many.
    #[error("a scenario has {found} tiers; 1 to {MAX_TIERS} are possible")]
    TierCount {
        /// How many there are.
        found: usize,
    },
    /// A tier key used twice.
    #[error("tier key `{0}` is used twice")]
    DuplicateTier(String),
    /// An id that names no input.
    #[error("unknown input `{id}`{}", Suggestion(nearest.as_deref()))]
    UnknownInput {
        /// The id as written.
        id: String,
        /// The known id most like it.
        nearest: Option<String>,
    },
}

/// `; did you mean …?`, or nothing.
pub(crate) struct Suggestion<'a>(pub(crate) Option<&'a str>);

impl fmt::Display for Suggestion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => write!(f, "; did you mean `{name}`?"),
            None => Ok(()),
        }
    }
}

/// The candidate most like `text`, if any is like it at all.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| {
            // A forgotten or wrong prefix, as in `gpu_hour`, is the commonest slip.
            let tail = candidate.rsplit_once('.').map_or(candidate, |(_, tail)| tail);
            let likeness = strsim::jaro_winkler(text, candidate).max(strsim::jaro_winkler(text, tail));
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness >= 0.75)
        // Of equals the first, so that `hit_ratio` is that of all traffic.
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .map(|(_, candidate)| candidate)
}
