//! Whose the values of a document are: a source shows only while the value is the sourced one.

use super::Document;
use crate::model::{Edit, Fallback, InputId, Scenario, TierField};
use crate::preset::content::{Claim, Content, Detail, Origin};
use crate::preset::provenance::{
    ASSUMPTION, CARRIED, FOLLOWS, Provenance, YOURS, joined_note, parts_of_note,
};

impl Document {
    /// Whose the present value is.
    pub fn provenance(&self, id: InputId) -> Provenance<'_> {
        let changed = self.is_changed(id);
        let detail = self.detail(id);
        match detail.and_then(|detail| detail.source.as_deref()) {
            Some(ASSUMPTION) => Provenance::Assumption,
            Some(YOURS) => Provenance::Yours,
            Some(FOLLOWS) => Provenance::Follows,
            Some(source) => Provenance::Source(source),
            None if changed && id.is_share() && !self.content().details.contains_key(&id) => {
                Provenance::Follows
            }
            None if changed => {
                let claims = self.claims_met(id);
                if claims.is_empty() { Provenance::Yours } else { Provenance::Claims(claims) }
            }
            None if detail.is_some() => self.whole(),
            None => {
                Provenance::Default { assumption: matches!(id.parameter().fallback, Fallback::Assumption(_)) }
            }
        }
    }

    /// A remark on the present value.
    pub fn note(&self, id: InputId) -> Option<&str> {
        self.notes(id).0
    }

    /// Whose the 90 % range is where it is not the value's: `assumption`, `yours`, `carried along`, ….
    pub fn range_note(&self, id: InputId) -> Option<&str> {
        if self.carries_range(id) { Some(CARRIED) } else { self.notes(id).1 }
    }

    /// Whether the range was given for another value than the present one.
    fn carries_range(&self, id: InputId) -> bool {
        let given = self.content().details.get(&id).and_then(|detail| detail.range);
        given.is_some_and(|(_, at)| Some(at.to_bits()) != self.scenario().get(id).map(f64::to_bits))
    }

    /// What the note says of the present value, and what of the range.
    fn notes(&self, id: InputId) -> (Option<&str>, Option<&str>) {
        self.detail(id).and_then(|detail| detail.note.as_deref()).map_or((None, None), parts_of_note)
    }

    /// What is known of the present value: said of it here, or by the preset if it is the preset's.
    pub(super) fn detail(&self, id: InputId) -> Option<&Detail> {
        let value = self.scenario().get(id);
        let unchanged = || if self.is_changed(id) { None } else { self.base_detail(id) };
        self.content().details.get(&id).filter(|detail| detail.is_of(value)).or_else(unchanged)
    }

    fn base_detail(&self, id: InputId) -> Option<&Detail> {
        self.base().content.details.get(&self.base_id(id)?)
    }

    /// The claims that say the present value.
    fn claims_met(&self, id: InputId) -> Vec<&Claim> {
        let value = self.scenario().get(id).map(f64::to_bits);
        let mut claims = self.claims(id);
        claims.retain(|claim| Some(claim.value.to_bits()) == value);
        claims
    }

    /// Whose the values are that have no source of their own.
    fn whole(&self) -> Provenance<'_> {
        let (content, base) = (self.content(), self.base());
        match &content.based_on {
            Some(based_on) if content.source.is_none() => Provenance::Preset {
                name: based_on.name.as_deref().unwrap_or(&based_on.preset),
                date: based_on.date.as_deref(),
                source: based_on.source.as_deref(),
            },
            None if content.source.is_none() && base.origin.path().is_some() => Provenance::Yours,
            _ => Provenance::Preset {
                name: &base.content.name,
                date: content.date.as_deref(),
                source: content.source.as_deref(),
            },
        }
    }

    /// Whether a value without a source of its own would be taken for somebody else's.
    pub(super) fn speaks_for_others(&self) -> bool {
        let content = self.content();
        let shipped = matches!(self.base().origin, Origin::Builtin(_));
        shipped || content.source.is_some() || content.based_on.is_some()
    }

    /// The content as a file has to say it, so that whoever reads it knows whose each value is.
    pub(crate) fn settled(&self) -> Content {
        let mut content = Content::clone(self.content());
        let others = self.speaks_for_others();
        for id in self.scenario().inputs() {
            let value = self.scenario().get(id);
            let said = self.content().details.get(&id);
            let settled = said.is_some_and(|said| said.is_of(value)) && !self.carries_range(id);
            let unsaid = said.is_none() && (!self.is_changed(id) || self.base_id(id).is_none());
            if unsaid {
                // Where undo led back past a save, what the file says of the value is said by the file alone.
                content.details.extend(self.base_detail(id).map(|detail| (id, detail.clone())));
            }
            if unsaid || settled && !self.is_changed(id) {
                continue;
            }
            let detail = self.detail(id);
            let source = match self.provenance(id) {
                Provenance::Follows if said.is_none() => continue,
                Provenance::Claims(claims) => {
                    Some(claims.iter().map(|claim| claim.citation()).collect::<Vec<_>>().join("; "))
                }
                Provenance::Yours if others => Some(YOURS.to_owned()),
                Provenance::Follows => Some(FOLLOWS.to_owned()),
                _ => detail.and_then(|detail| detail.source.clone()),
            };
            let range = self.range(id).zip(value);
            let note = joined_note(self.note(id), range.and_then(|_| self.range_note(id)));
            content.details.insert(id, Detail { source, note, of: value, range });
        }
        if content.based_on.is_some() && self.has_changes() {
            content.caveat = None;
            content.subject = content.subject.filter(|subject| subject == self.subject());
        }
        content
    }
}

impl Content {
    /// Gives the inputs other values. A share that moved because others were set says so, and one that is back at
    /// the preset's value says what the preset says.
    pub(super) fn move_to(&mut self, scenario: &Scenario, edits: &[Edit], base: &Self) {
        let before = std::mem::replace(&mut self.scenario, *scenario);
        // Of a tier that the preset does not have nothing is known but what is set here.
        for (id, _) in edits {
            if base.id_of(self.slot(*id)).is_none() {
                let of = scenario.get(*id);
                self.details.entry(*id).or_insert_with(|| Detail { of, ..Detail::default() });
            }
        }
        if edits.iter().any(|(id, _)| id.is_share()) {
            let is_set = |id| edits.iter().any(|(set, _)| *set == id);
            self.mark_shares(|id| before.get(id), is_set, base);
        }
    }

    /// Marks the shares that differ from `before` without being set as following the others.
    pub(super) fn mark_shares(
        &mut self,
        before: impl Fn(InputId) -> Option<f64>,
        is_set: impl Fn(InputId) -> bool,
        base: &Self,
    ) {
        for tier in 0..self.scenario.tier_count() as u8 {
            let id = InputId::Tier(tier, TierField::Share);
            let value = self.scenario.get(id);
            let in_base = base.id_of(self.slot(id));
            let is_of = |share: Option<f64>| share.map(f64::to_bits) == value.map(f64::to_bits);
            let detail = self.details.get(&id);
            let follows = detail.is_some_and(|detail| detail.source.as_deref() == Some(FOLLOWS));
            let known = in_base.and_then(|id| base.details.get(&id)).cloned();
            if in_base.is_some_and(|id| is_of(base.scenario.get(id))) {
                // What the preset says of it holds again.
                match known {
                    Some(known) if follows => drop(self.details.insert(id, known)),
                    None if follows || detail.is_some_and(|detail| !detail.is_of(value)) => {
                        self.details.remove(&id);
                    }
                    _ => {}
                }
            } else if is_set(id) {
                if follows || detail.is_none() {
                    self.details.insert(id, known.unwrap_or(Detail { of: value, ..Detail::default() }));
                }
            } else if !is_of(before(id))
                // A share that the file leaves out is what the others leave anyway.
                && let Some(detail) = self.details.get_mut(&id)
            {
                (detail.source, detail.note, detail.of) = (Some(FOLLOWS.to_owned()), None, value);
            }
        }
    }
}

impl Detail {
    /// Whether it speaks of this very value.
    pub(super) fn is_of(&self, value: Option<f64>) -> bool {
        self.of.map(f64::to_bits) == value.map(f64::to_bits)
    }
}
