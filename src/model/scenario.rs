//! A scenario: one value for every input.

use std::fmt;

use super::error::{ScenarioError, nearest};
use super::id::{InputId, MAX_TIERS, TierKey};
use super::parameter::{Global, TierField};

mod build;
mod edit;

/// How far the shares of a file may be from summing to 1.
pub const SHARE_TOLERANCE: f64 = 1e-6;

/// What so many set shares of this sum leave to the others. Those set to sum to 1 may miss it in their last digits;
/// that is nothing left.
pub(crate) fn left_over(set: usize, sum: f64) -> f64 {
    let rounding = if set > 1 { f64::EPSILON * MAX_TIERS as f64 } else { 0.0 };
    if 1.0 - sum > rounding { 1.0 - sum } else { 0.0 }
}

/// One kind of traffic with its own price list.
#[derive(Clone, Copy, Debug)]
struct Tier {
    key: TierKey,
    values: [f64; TierField::COUNT],
}

impl Tier {
    const UNUSED: Self = Self { key: TierKey::UNUSED, values: [0.0; TierField::COUNT] };
}

/// One value for every input: small, `Copy`, always valid.
///
/// Toggles are 0 or 1. An absent input is held as NaN inside and is `None` outside.
#[derive(Clone, Copy)]
pub struct Scenario {
    globals: [f64; Global::COUNT],
    tier_count: u8,
    /// Tiers with a ratio, hit ratio, write price or monthly price of their own, as bits; kept by every change, since
    /// without any the equations are shorter.
    special: u8,
    tiers: [Tier; MAX_TIERS],
}

/// One change to a scenario; `None` makes an optional input absent.
pub type Edit = (InputId, Option<f64>);

impl Scenario {
    /// The number of tiers, 1 to [`MAX_TIERS`].
    pub const fn tier_count(&self) -> usize {
        self.tier_count as usize
    }

    /// The keys of the tiers, in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = TierKey> + '_ {
        self.tiers[..self.tier_count()].iter().map(|tier| tier.key)
    }

    /// The key of one tier; that of the last when there is no such tier.
    pub fn key(&self, tier: u8) -> TierKey {
        self.tiers[usize::from(tier).min(self.tier_count() - 1)].key
    }

    /// The position of the tier with this key.
    pub fn tier_of(&self, key: TierKey) -> Option<u8> {
        self.keys().position(|known| known == key).map(|index| index as u8)
    }

    /// The input here that one of another scenario is: tiers are matched by key.
    pub fn counterpart(&self, other: &Self, id: InputId) -> Option<InputId> {
        match id {
            InputId::Global(_) => Some(id),
            InputId::Tier(tier, field) => Some(InputId::Tier(self.tier_of(other.key(tier))?, field)),
        }
    }

    /// The shares of the tiers, in order; they sum to 1 within [`SHARE_TOLERANCE`].
    pub fn shares(&self) -> impl ExactSizeIterator<Item = f64> + '_ {
        self.tiers[..self.tier_count()].iter().map(|tier| tier.values[TierField::Share as usize])
    }

    /// Every input in table order: nodes, fleet, traffic, cache, tiers, pricing.
    pub fn inputs(&self) -> impl Iterator<Item = InputId> + use<> {
        let tiers = (0..self.tier_count)
            .flat_map(|tier| TierField::ALL.into_iter().map(move |field| InputId::Tier(tier, field)));
        let before = Global::ALL.into_iter().filter(|global| *global != Global::Fee);
        before.map(InputId::Global).chain(tiers).chain([InputId::Global(Global::Fee)])
    }

    /// Whether the input exists here and can be chosen: the only tier's share is 1 and is no input.
    pub fn is_input(&self, id: InputId) -> bool {
        match id {
            InputId::Global(_) => true,
            InputId::Tier(tier, field) => {
                tier < self.tier_count && (field != TierField::Share || self.tier_count > 1)
            }
        }
    }

    /// The value of an input; `None` when it is absent or there is no such tier.
    pub fn get(&self, id: InputId) -> Option<f64> {
        let value = match id {
            InputId::Global(global) => self.global(global),
            InputId::Tier(tier, field) if tier < self.tier_count => self.tier(usize::from(tier), field),
            InputId::Tier(..) => f64::NAN,
        };
        (!value.is_nan()).then_some(value)
    }

    /// The raw value of a global input; NaN when absent.
    pub(super) const fn global(&self, global: Global) -> f64 {
        self.globals[global as usize]
    }

    /// The raw value of a tier's input.
    pub(super) const fn tier(&self, tier: usize, field: TierField) -> f64 {
        self.tiers[tier].values[field as usize]
    }

    /// Stores a value without any check.
    fn put(&mut self, id: InputId, value: Option<f64>) {
        let value = value.unwrap_or(f64::NAN);
        match id {
            InputId::Global(global) => self.globals[global as usize] = value,
            InputId::Tier(tier, field) => {
                // A share or price that is left out waits for its default as 0.
                let waits = value.is_nan() && !id.domain().optional;
                let value = if waits { 0.0 } else { value };
                self.tiers[usize::from(tier)].values[field as usize] = value;
                self.note_special(usize::from(tier));
            }
        }
    }

    /// Sees anew whether a tier is special.
    fn note_special(&mut self, tier: usize) {
        let own = |field| !self.tier(tier, field).is_nan();
        let shape = own(TierField::InputPerOutput) || own(TierField::HitRatio);
        let special = shape || own(TierField::InputWrite) || self.tier(tier, TierField::Monthly) > 0.0;
        self.special = self.special & !(1 << tier) | u8::from(special) << tier;
    }

    /// Whether no tier has a ratio, hit ratio, write price or monthly price of its own.
    #[inline]
    pub(crate) const fn is_plain(&self) -> bool {
        self.special == 0
    }

    /// The id as written in `--set` and exports: `node.gpu_hour`, `tier.r1.share`.
    pub fn id_text(&self, id: InputId) -> String {
        self.name(id).to_string()
    }

    /// The input with this id. The error names the nearest one there is.
    pub fn find(&self, text: &str) -> Result<InputId, ScenarioError> {
        self.inputs().find(|id| self.id_text(*id) == text).ok_or_else(|| {
            let known: Vec<String> = self.inputs().map(|id| self.id_text(id)).collect();
            let nearest = nearest(text, known.iter().map(String::as_str)).map(str::to_owned);
            ScenarioError::UnknownInput { id: text.to_owned(), nearest }
        })
    }

    fn out_of_domain(&self, id: InputId, value: Option<f64>) -> ScenarioError {
        let value = value.map_or_else(|| "none".to_owned(), |value| value.to_string());
        ScenarioError::OutOfDomain { id: self.id_text(id), value, domain: id.domain() }
    }

    /// Whether the tier charges nothing: no monthly price, and
    /// `(1 − discount) · max(input_miss, input_hit, input_write, output) = 0`.
    pub fn is_free(&self, tier: u8) -> bool {
        let tier = usize::from(tier).min(self.tier_count() - 1);
        charges_nothing(|field| self.tier(tier, field))
    }

    /// Which tiers are free now.
    pub fn free_tiers(&self) -> FreeTiers {
        let mut free = FreeTiers(0);
        for tier in 0..self.tier_count {
            free.0 |= u8::from(self.is_free(tier)) << tier;
        }
        free
    }

    /// Whether the GPU-hour is owned rather than rented.
    pub fn owns(&self) -> bool {
        self.global(Global::Basis) != 0.0
    }

    /// Whether free traffic is served.
    pub fn serves_free(&self) -> bool {
        self.global(Global::ServeFree) != 0.0
    }
}

/// Same keys in the same order and the same value, to the bit, for every input.
impl PartialEq for Scenario {
    fn eq(&self, other: &Self) -> bool {
        self.tier_count == other.tier_count
            && self.keys().eq(other.keys())
            && self.inputs().all(|id| self.get(id).map(f64::to_bits) == other.get(id).map(f64::to_bits))
    }
}

impl Eq for Scenario {}

impl fmt::Debug for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.inputs().map(|id| (self.id_text(id), self.get(id)))).finish()
    }
}

/// Whether a tier with these values is free; an absent write price is NaN.
pub(crate) fn charges_nothing(price: impl Fn(TierField) -> f64) -> bool {
    use TierField::{Discount, InputHit, InputMiss, InputWrite, Monthly, Output};
    let kept = 1.0 - price(Discount);
    let charged = |field| kept * price(field) > 0.0;
    !charged(Output) && ![InputMiss, InputHit, InputWrite].into_iter().any(charged) && price(Monthly) == 0.0
}

/// A set of tiers that count as free. One analysis keeps the set of the scenario it started from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeTiers(u8);

impl FreeTiers {
    /// Whether the tier at this position is free.
    pub const fn contains(self, tier: usize) -> bool {
        self.0 >> tier & 1 == 1
    }
}

#[cfg(test)]
mod tests;
