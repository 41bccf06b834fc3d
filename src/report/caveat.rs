//! The first reply to a verdict: the preset's caveat, or what was changed.

use super::words;
use crate::model::InputId;
use crate::preset::{Document, Provenance};
use crate::quantity::number;
use crate::text;

/// What would be the first reply to the verdict in a forum: the preset's caveat, or what was changed.
pub fn whole(document: &Document) -> Option<String> {
    document.caveat().map(str::to_owned).or_else(|| Changed::of(document).map(|changed| changed.listed(2)))
}

/// As [`whole`] in one line of so many cells: the most of it that goes there, never cut inside a clause or a value.
///
/// `None` where there is nothing to say, or room for none of it.
pub fn line(document: &Document, cells: usize) -> Option<String> {
    let fits = |line: &String| text::width(line) <= cells;
    match document.caveat() {
        Some(caveat) => words::clauses(caveat).find(fits),
        None => Changed::of(document)?.variants().into_iter().find(fits),
    }
}

/// What is not the preset's.
struct Changed<'a> {
    document: &'a Document,
    /// In table order; tiers that are gone are not among them.
    ids: Vec<InputId>,
}

impl<'a> Changed<'a> {
    /// `None` where all is the preset's, or the user's own.
    fn of(document: &'a Document) -> Option<Self> {
        let mut ids: Vec<InputId> = document.changes().into_iter().map(|change| change.id).collect();
        if !document.has_changes() && document.content().based_on.is_some() {
            ids = document.scenario().inputs().collect();
            ids.retain(|id| document.provenance(*id) == Provenance::Yours);
        }
        (!ids.is_empty() || document.has_changes()).then_some(Self { document, ids })
    }

    /// `yours` where all of it was set by hand.
    fn whose(&self) -> &'static str {
        let is_yours = |id: &InputId| self.document.provenance(*id) == Provenance::Yours;
        if self.ids.iter().all(is_yours) { "yours" } else { "changed" }
    }

    /// The first `most` with their values: `yours: rent $2.00 → $2.50/GPU·h`.
    fn listed(&self, most: usize) -> String {
        self.line(most, |id| {
            let document = self.document;
            let now = number::input_with_unit(id, document.scenario().get(id));
            let was = document.base_value(id).filter(|_| document.is_changed(id));
            let was = was.map_or_else(String::new, |was| format!("{} → ", number::input(id, was)));
            format!("{} {was}{now}", words::name(document, id))
        })
    }

    /// The first `most` by name: `yours: rent, V3 API share`.
    fn named(&self, most: usize) -> String {
        self.line(most, |id| words::brief_name(self.document, id))
    }

    fn line(&self, most: usize, part: impl Fn(InputId) -> String) -> String {
        let parts = match self.ids.as_slice() {
            [] => "the tiers".to_owned(),
            ids => words::first(ids.iter().map(|id| part(*id)), most),
        };
        format!("{}: {parts}", self.whose())
    }

    /// All lines that say it, the one that says most first.
    fn variants(&self) -> Vec<String> {
        let all = self.ids.len();
        let with_values = (2..=all).rev().chain((all < 2).then_some(all)).map(|most| self.listed(most));
        let names = (1..all).rev().map(|most| self.named(most));
        let count = format!("{} changed", all.max(1));
        with_values.chain([self.named(all), self.listed(1)]).chain(names).chain([count]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Global, TierField};
    use crate::preset::builtin;

    fn said(document: &Document, cells: usize) -> String {
        line(document, cells).unwrap_or_default()
    }

    #[test]
    fn a_caveat_is_cut_between_its_clauses_and_says_so() {
        let document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        let whole = "theoretical: all tokens at R1's list price, free ones too";
        assert_eq!(said(&document, 200), whole);
        assert_eq!(said(&document, text::width(whole)), whole);
        assert_eq!(said(&document, 50), "theoretical: all tokens at R1's list price …");
        assert_eq!(said(&document, 20), "theoretical …");
        assert_eq!(line(&document, 5), None);
    }

    #[test]
    fn after_an_edit_what_was_changed_takes_the_place_of_the_caveat() {
        let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        document.set(&[(Global::GpuHour.into(), Some(2.5))]).expect("valid");
        assert_eq!(said(&document, 80), "yours: rent $2.00 → $2.50/GPU·h");
        document.set(&[(Global::Utilization.into(), Some(0.6))]).expect("valid");
        document.set(&[(InputId::Tier(3, TierField::Share), Some(0.7))]).expect("valid");
        let all = "yours: rent $2.00 → $2.50/GPU·h, utilization 100 % → 60 % and share of free web and app 0 % → 70 %";
        assert_eq!(said(&document, 120), all);
        assert_eq!(
            said(&document, 80),
            "yours: rent $2.00 → $2.50/GPU·h, utilization 100 % → 60 % and 1 more"
        );
        assert_eq!(said(&document, 60), "yours: rent, utilization and free web and app share");
        assert_eq!(said(&document, 44), "yours: rent $2.00 → $2.50/GPU·h and 2 more");
        assert_eq!(said(&document, 24), "yours: rent and 2 more");
        assert_eq!(said(&document, 12), "3 changed");
        document.reset_all();
        assert!(said(&document, 200).starts_with("theoretical"));
    }

    #[test]
    fn a_claim_is_changed_but_not_yours() {
        let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        document.set(&[(Global::GpuHour.into(), Some(12.29))]).expect("valid");
        assert_eq!(said(&document, 80), "changed: rent $2.00 → $12.29/GPU·h");
        document.reset_all();
        assert!(document.remove_tier(3).is_ok());
        assert_eq!(said(&document, 80), "yours: the tiers");
    }
}
