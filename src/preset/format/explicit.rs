//! What a file has to say about each input, so that reading it gives the same content again.

use std::collections::BTreeMap;

use super::literal;
use crate::model::{Fallback, Global, InputId, Range, TierField, left_over};
use crate::preset::content::{Content, Slot};
use crate::preset::provenance::{FOLLOWS, LEFT_OUT};

/// What a file says about one input.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ExplicitInput {
    id: InputId,
    /// The bits, so that −0 is not 0; `None` when absent.
    value: Option<u64>,
    range: Option<Range>,
    source: Option<String>,
    note: Option<String>,
}

impl ExplicitInput {
    /// What the content says about an input.
    pub(super) fn of(content: &Content, id: InputId) -> Self {
        let value = content.scenario.get(id);
        let (source, note) = content.sourced(id);
        // What the file left out before is not taken for its source's once it is written.
        let left_out = if id.is_share() { FOLLOWS } else { LEFT_OUT };
        let others = id.is_share() || content.source.is_some() || content.based_on.is_some();
        let source = source.or_else(|| (others && !content.details.contains_key(&id)).then_some(left_out));
        // A range that was carried along may miss its value by a rounding error; a file's range holds it.
        let range = content.range(id).zip(value).and_then(|(range, value)| {
            Range::new(range.low().min(value), range.high().max(value), id.domain())
        });
        Self {
            id,
            value: value.map(f64::to_bits),
            range,
            source: source.map(str::to_owned),
            note: note.map(str::to_owned),
        }
    }

    /// Whether both say the same, of the same input under whatever position of its tier.
    pub(super) fn same_as(&self, other: &Self) -> bool {
        Self { id: other.id, ..self.clone() } == *other
    }

    /// The value as TOML.
    pub(super) fn value(&self) -> String {
        literal::value(self.id, self.value.map(f64::from_bits))
    }

    /// Keys and literals of the input's table, the value first.
    pub(super) fn parts(&self) -> Vec<(&'static str, String)> {
        let mut parts = vec![("value", self.value())];
        if let Some(range) = self.range {
            parts.push(("low", literal::number(range.low())));
            parts.push(("high", literal::number(range.high())));
        }
        parts.extend(self.source.as_ref().map(|source| ("source", literal::text(source))));
        parts.extend(self.note.as_ref().map(|note| ("note", literal::text(note))));
        parts
    }

    /// Whether there is a value and nothing else.
    pub(super) fn is_bare(&self) -> bool {
        self.range.is_none() && self.source.is_none() && self.note.is_none()
    }

    /// The literal behind the input's key: a bare value or a table.
    pub(super) fn literal(&self) -> String {
        if self.is_bare() { self.value() } else { literal::table(&self.parts()) }
    }
}

/// Every input that a file with this content has to give. `base` is the content of the file it is written over:
/// a default that looks at an input which differs from it is written out.
pub(super) fn explicit_inputs(content: &Content, base: Option<&Content>) -> BTreeMap<InputId, ExplicitInput> {
    let scenario = &content.scenario;
    // A fresh file gives every share; a file that left some out goes on doing so while that is right.
    let all_shares = !shares_follow(content) || (base.is_none() && scenario.tier_count() > 1);
    let explicit = scenario.inputs().filter(|id| {
        let given = content.details.contains_key(id);
        given
            || match id.parameter().fallback {
                Fallback::Required => true,
                Fallback::Value(value) | Fallback::Assumption(value) => differs(content, *id, Some(value)),
                Fallback::Absent => differs(content, *id, None),
                Fallback::HitRatio => follows_no_more(content, base, *id, Global::HitRatio.into()),
                Fallback::InputMiss => {
                    let InputId::Tier(tier, _) = *id else { return true };
                    follows_no_more(content, base, *id, InputId::Tier(tier, TierField::InputMiss))
                }
                Fallback::RequiredUnlessFree => {
                    let InputId::Tier(tier, _) = *id else { return true };
                    names_a_price(content, tier)
                }
                Fallback::Remainder => all_shares,
            }
    });
    explicit.map(|id| (id, ExplicitInput::of(content, id))).collect()
}

/// Whether a value is not this default, to the bit.
fn differs(content: &Content, id: InputId, default: Option<f64>) -> bool {
    content.scenario.get(id).map(f64::to_bits) != default.map(f64::to_bits)
}

/// Whether an input that defaults to `leader` has to be written: it is another value, or the leader is not the
/// file's any more.
fn follows_no_more(content: &Content, base: Option<&Content>, id: InputId, leader: InputId) -> bool {
    let leads = content.scenario.get(leader);
    let moved = base.is_some_and(|base| {
        let slot: Slot = content.slot(leader);
        let was = base.id_of(slot).map(|id| base.scenario.get(id));
        was.is_some_and(|was| was.map(f64::to_bits) != leads.map(f64::to_bits))
    });
    moved || differs(content, id, leads)
}

/// Whether a tier gives any price, so that it must give them all.
fn names_a_price(content: &Content, tier: u8) -> bool {
    TierField::TOKEN_PRICES.into_iter().any(|field| {
        let id = InputId::Tier(tier, field);
        let unpriced = (!id.domain().optional).then_some(0.0);
        content.details.contains_key(&id) || differs(content, id, unpriced)
    })
}

/// Whether the shares that the content does not give are what is left out of those it gives.
fn shares_follow(content: &Content) -> bool {
    let shares: Vec<(f64, bool)> = content
        .scenario
        .shares()
        .enumerate()
        .map(|(tier, share)| {
            let id = InputId::Tier(tier as u8, TierField::Share);
            (share, content.details.contains_key(&id))
        })
        .collect();
    let left_out = shares.iter().filter(|(_, given)| !given).count();
    let sum: f64 = shares.iter().map(|(share, given)| if *given { *share } else { 0.0 }).sum();
    let part = left_over(shares.len() - left_out, sum) / left_out as f64;
    shares.iter().all(|(share, given)| *given || share.to_bits() == part.to_bits())
}
