//! Finding by name: what is called so comes before what is said of it, and that before scattered letters.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// Something that can be found.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    /// What it is called: label, aliases, choices.
    pub names: Vec<String>,
    /// What else is said of it.
    pub about: String,
    /// Whether scattered letters of its names are enough.
    pub loosely: bool,
}

/// How well something matches, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// It is called so.
    Name,
    /// Its name begins so.
    Beginning,
    /// A word of its name begins so.
    Word,
    /// It is in its name.
    Part,
    /// It is in what is said of it.
    About,
    /// Its letters are scattered over its names.
    Scattered,
}

impl Match {
    /// Whether it is no more than likely to be what was meant.
    pub(super) fn is_weak(self) -> bool {
        self >= Self::About
    }
}

/// The indices of the candidates that match, best first; all of them in their order when nothing is wanted.
pub(super) fn matches(wanted: &str, candidates: &[Candidate]) -> Vec<(usize, Match)> {
    let wanted = wanted.trim().to_lowercase();
    let all = candidates.iter().enumerate();
    if wanted.is_empty() {
        return all.map(|(index, _)| (index, Match::Name)).collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::new(&wanted, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut buffer = Vec::new();
    let mut found: Vec<(Match, Reverse<u32>, usize)> = all
        .filter_map(|(index, candidate)| {
            let names = candidate.names.iter().map(|name| name.to_lowercase());
            let called = names.filter_map(|name| in_name(&wanted, &name)).min();
            let about = || candidate.about.to_lowercase().contains(&wanted).then_some(Match::About);
            let kind = called.or_else(about).or(candidate.loosely.then_some(Match::Scattered))?;
            // Only what is scattered has better and worse.
            let score = match kind {
                Match::Scattered => {
                    let names = candidate.names.join(" ");
                    pattern.score(Utf32Str::new(&names, &mut buffer), &mut matcher)?
                }
                _ => 0,
            };
            Some((kind, Reverse(score), index))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(kind, _, index)| (index, kind)).collect()
}

/// How a name matches; both are in small letters.
fn in_name(wanted: &str, name: &str) -> Option<Match> {
    let starts = |(at, _): (usize, &str)| {
        name.get(..at)
            .and_then(|before| before.chars().next_back())
            .is_none_or(|letter| !letter.is_alphanumeric())
    };
    match name.find(wanted)? {
        0 if name == wanted => Some(Match::Name),
        0 => Some(Match::Beginning),
        _ if name.match_indices(wanted).any(starts) => Some(Match::Word),
        _ => Some(Match::Part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(wanted: &str) -> Vec<(&'static str, Match)> {
        let names = ["Mouse on or off", "Hit ratio", "Utilization", "Rent", "Current", "Basis: own"];
        let candidate = |name: &&str| Candidate {
            names: vec![(*name).to_owned()],
            about: if name.starts_with("Mouse") {
                "the terminal's own selection".to_owned()
            } else {
                String::new()
            },
            loosely: true,
        };
        let candidates: Vec<Candidate> = names.iter().map(candidate).collect();
        matches(wanted, &candidates).into_iter().map(|(index, kind)| (names[index], kind)).collect()
    }

    #[test]
    fn what_is_called_so_comes_before_what_is_said_of_it_and_that_before_scattered_letters() {
        assert_eq!(found("rent"), [("Rent", Match::Name), ("Current", Match::Part)]);
        assert_eq!(found("Util"), [("Utilization", Match::Beginning)]);
        assert_eq!(found("own"), [("Basis: own", Match::Word), ("Mouse on or off", Match::About)]);
        assert_eq!(found("htr"), [("Hit ratio", Match::Scattered)]);
        assert_eq!(found("").len(), 6);
        assert!(found("zzz").is_empty());
    }
}
