//! Finding by name: fuzzy matching, the best first.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The indices of the candidates that match, best first; all of them in their order when nothing is wanted.
pub fn matches(wanted: &str, candidates: &[String]) -> Vec<usize> {
    let wanted = wanted.trim();
    if wanted.is_empty() {
        return (0..candidates.len()).collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::new(wanted, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, usize)> = candidates
        .iter()
        .enumerate()
        .filter_map(|(index, candidate)| {
            let mut score = |text| pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher);
            let whole = score(candidate)?;
            // What stands before two spaces is the name, and counts for more than what is said of it.
            let name = candidate.split("  ").next().and_then(score).unwrap_or(0);
            Some((whole + name, index))
        })
        .collect();
    found.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
    found.into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_match_comes_first() {
        let names = ["Hit ratio", "Utilization", "Rent", "Output price"].map(str::to_owned);
        assert_eq!(matches("util", &names), [1]);
        assert_eq!(matches("ratio", &names).first(), Some(&0));
        assert_eq!(matches("", &names), [0, 1, 2, 3]);
        assert!(matches("zzz", &names).is_empty());
    }
}
