//! A scenario: one value for every input.

use std::fmt;

use super::parameter::{Domain, Fallback, Global, Parameter, TierField};

/// The largest number of tiers in a scenario.
pub const MAX_TIERS: usize = 8;

/// How far the shares of a file may be from summing to 1.
pub const SHARE_TOLERANCE: f64 = 1e-6;

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

    /// No key at all: fills the unused places of a scenario.
    const UNUSED: Self = Self { length: 0, bytes: [0; Self::MAX] };
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
    tiers: [Tier; MAX_TIERS],
}

/// One change to a scenario; `None` makes an optional input absent.
pub type Edit = (InputId, Option<f64>);

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
    #[error("unknown input `{id}`{}", Suggestion(.nearest))]
    UnknownInput {
        /// The id as written.
        id: String,
        /// The known id most like it.
        nearest: Option<String>,
    },
}

/// `; did you mean …?`, or nothing.
struct Suggestion<'a>(&'a Option<String>);

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
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

impl Scenario {
    /// Builds a scenario from what a preset gives, filling in the defaults of the parameter table.
    ///
    /// `given` answers `None` for an input that is left out and `Some(None)` for one that is absent on purpose.
    /// Reports every problem there is, in table order.
    pub fn build(
        keys: &[TierKey],
        given: impl Fn(InputId) -> Option<Option<f64>>,
    ) -> Result<Self, Vec<ScenarioError>> {
        let mut scenario = Self::blank(keys).map_err(|error| vec![error])?;
        let mut errors = Vec::new();
        for id in scenario.inputs() {
            let value = match given(id) {
                Some(value) if id.domain().contains(value) => value,
                Some(value) => {
                    errors.push(scenario.out_of_domain(id, value));
                    continue;
                }
                None => match id.parameter().fallback {
                    Fallback::Value(value) | Fallback::Assumption(value) => Some(value),
                    // Filled in below, once what they look at is known.
                    Fallback::Absent | Fallback::HitRatio | Fallback::InputMiss | Fallback::Remainder => None,
                    Fallback::RequiredUnlessFree if scenario.names_no_price(id, &given) => Some(0.0),
                    Fallback::Required | Fallback::RequiredUnlessFree => {
                        errors.push(ScenarioError::Missing { id: scenario.id_text(id), domain: id.domain() });
                        continue;
                    }
                },
            };
            scenario.put(id, value);
        }
        if given(Global::MeasuredHitRatio.into()).is_none() {
            scenario.put(Global::MeasuredHitRatio.into(), scenario.get(Global::HitRatio.into()));
        }
        for tier in 0..scenario.tier_count {
            if given(InputId::Tier(tier, TierField::InputHit)).is_none() {
                let miss = scenario.get(InputId::Tier(tier, TierField::InputMiss));
                scenario.put(InputId::Tier(tier, TierField::InputHit), miss);
            }
        }
        if let Err(error) = scenario.fill_shares(&given) {
            errors.push(error);
        }
        if errors.is_empty() { Ok(scenario) } else { Err(errors) }
    }

    /// A scenario with these tiers and every value still 0 or absent.
    fn blank(keys: &[TierKey]) -> Result<Self, ScenarioError> {
        if keys.is_empty() || keys.len() > MAX_TIERS {
            return Err(ScenarioError::TierCount { found: keys.len() });
        }
        let mut tiers = [Tier::UNUSED; MAX_TIERS];
        for (place, (tier, key)) in tiers.iter_mut().zip(keys).enumerate() {
            if keys.iter().take(place).any(|earlier| earlier == key) {
                return Err(ScenarioError::DuplicateTier(key.to_string()));
            }
            tier.key = *key;
        }
        let mut globals = [0.0; Global::COUNT];
        for global in Global::ALL {
            if global.parameter().domain.optional {
                globals[global as usize] = f64::NAN;
            }
        }
        Ok(Self { globals, tier_count: keys.len() as u8, tiers })
    }

    /// Whether nothing is given for the price lists of the tier of `id`.
    fn names_no_price(&self, id: InputId, given: &impl Fn(InputId) -> Option<Option<f64>>) -> bool {
        let InputId::Tier(tier, _) = id else { return false };
        debug_assert!(tier < self.tier_count);
        [TierField::InputMiss, TierField::InputHit, TierField::Output]
            .iter()
            .all(|field| given(InputId::Tier(tier, *field)).is_none())
    }

    /// Shares left out get equal parts of what the others leave.
    fn fill_shares(&mut self, given: &impl Fn(InputId) -> Option<Option<f64>>) -> Result<(), ScenarioError> {
        let count = usize::from(self.tier_count);
        let explicit = |tier: usize| given(InputId::Tier(tier as u8, TierField::Share)).is_some();
        let missing = (0..count).filter(|tier| !explicit(*tier)).count();
        let sum: f64 = self.shares().sum();
        if missing == 0 {
            if (sum - 1.0).abs() > SHARE_TOLERANCE {
                return Err(ScenarioError::Shares { sum, expected: "they must sum to 1" });
            }
            return Ok(());
        }
        if sum > 1.0 + SHARE_TOLERANCE {
            return Err(ScenarioError::Shares { sum, expected: "they must not exceed 1" });
        }
        let part = (1.0 - sum).max(0.0) / missing as f64;
        for tier in (0..count).filter(|tier| !explicit(*tier)) {
            self.tiers[tier].values[TierField::Share as usize] = part;
        }
        Ok(())
    }

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
        self.keys().position(|known| known == key).map(|place| place as u8)
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
                // An absent share or price waits for its default as 0.
                let value = if value.is_nan() { 0.0 } else { value };
                self.tiers[usize::from(tier)].values[field as usize] = value;
            }
        }
    }

    /// The scenario with all `edits` applied together; the last one of an id wins.
    ///
    /// Shares that are not set are scaled in proportion to what the set ones leave, equally if they are all 0.
    /// Errors name id, value and domain.
    pub fn with(&self, edits: &[Edit]) -> Result<Self, ScenarioError> {
        let mut next = *self;
        let mut shares = [None; MAX_TIERS];
        for &(id, value) in edits {
            if let InputId::Tier(tier, _) = id
                && tier >= self.tier_count
            {
                return Err(ScenarioError::UnknownInput {
                    id: format!("tier.#{tier}.{}", id.parameter().id),
                    nearest: None,
                });
            }
            if !id.domain().contains(value) {
                return Err(self.out_of_domain(id, value));
            }
            match (id, value) {
                (InputId::Tier(tier, TierField::Share), Some(share)) => {
                    shares[usize::from(tier)] = Some(share);
                }
                _ => next.put(id, value),
            }
        }
        next.set_shares(shares)?;
        Ok(next)
    }

    /// The scenario with one input moved to a value of its domain, the other shares rescaled if it is a share.
    ///
    /// For analyses, which move within the domain by construction: nothing is checked in release builds, and
    /// the only tier's share stays 1.
    pub fn moved(&self, id: InputId, value: f64) -> Self {
        debug_assert!(id.domain().contains(Some(value)), "{id:?} = {value}");
        let mut next = *self;
        if let InputId::Tier(tier, TierField::Share) = id {
            let mut shares = [None; MAX_TIERS];
            if let Some(share) = shares.get_mut(usize::from(tier)) {
                *share = Some(value);
            }
            if self.tier_count > 1 {
                // One share of the domain always leaves room for the others.
                let _ = next.set_shares(shares);
            }
        } else if self.is_input(id) {
            next.put(id, Some(value));
        }
        next
    }

    /// Applies a set of shares and rescales the others; all `None` changes nothing.
    fn set_shares(&mut self, shares: [Option<f64>; MAX_TIERS]) -> Result<(), ScenarioError> {
        let count = self.tier_count();
        let set = shares.iter().take(count).flatten().count();
        if set == 0 {
            return Ok(());
        }
        let sum: f64 = shares.iter().flatten().sum();
        if set == count && (sum - 1.0).abs() > SHARE_TOLERANCE {
            let expected =
                if count == 1 { "the only tier's share is 1" } else { "all are set, so they must sum to 1" };
            return Err(ScenarioError::Shares { sum, expected });
        }
        if sum > 1.0 + SHARE_TOLERANCE {
            return Err(ScenarioError::Shares { sum, expected: "they must not exceed 1" });
        }
        let rest: f64 = self.shares().zip(shares).filter(|(_, new)| new.is_none()).map(|(old, _)| old).sum();
        let left = (1.0 - sum).max(0.0);
        for (tier, new) in self.tiers.iter_mut().take(count).zip(shares) {
            let share = &mut tier.values[TierField::Share as usize];
            *share = match new {
                Some(value) => value,
                None if rest > 0.0 => *share / rest * left,
                None => left / (count - set) as f64,
            };
        }
        Ok(())
    }

    /// The scenario with a tier added behind the others: a copy of tier `like`, with share 0.
    pub fn with_tier(&self, key: TierKey, like: u8) -> Result<Self, ScenarioError> {
        if self.tier_of(key).is_some() {
            return Err(ScenarioError::DuplicateTier(key.to_string()));
        }
        let mut next = *self;
        let place = self.tier_count();
        let template = self.tiers[usize::from(like).min(place - 1)];
        let Some(tier) = next.tiers.get_mut(place) else {
            return Err(ScenarioError::TierCount { found: place + 1 });
        };
        *tier = template;
        tier.key = key;
        tier.values[TierField::Share as usize] = 0.0;
        next.tier_count += 1;
        Ok(next)
    }

    /// The scenario without one tier, its share given to the others in proportion (equally if all are 0).
    pub fn without_tier(&self, tier: u8) -> Result<Self, ScenarioError> {
        let place = usize::from(tier);
        let count = self.tier_count();
        if count <= 1 || place >= count {
            return Err(ScenarioError::TierCount { found: count - 1 });
        }
        let mut next = *self;
        next.tiers.copy_within(place + 1..count, place);
        next.tiers[count - 1] = Tier::UNUSED;
        next.tier_count -= 1;
        let rest: f64 = next.shares().sum();
        for tier in next.tiers.iter_mut().take(count - 1) {
            let share = &mut tier.values[TierField::Share as usize];
            *share = if rest > 0.0 { *share / rest } else { 1.0 / (count - 1) as f64 };
        }
        Ok(next)
    }

    /// The scenario with the key of one tier changed.
    pub fn with_tier_key(&self, tier: u8, key: TierKey) -> Result<Self, ScenarioError> {
        if self.tier_of(key).is_some_and(|known| known != tier) {
            return Err(ScenarioError::DuplicateTier(key.to_string()));
        }
        let mut next = *self;
        match next.tiers.get_mut(usize::from(tier)) {
            Some(place) if tier < self.tier_count => place.key = key,
            _ => return Err(ScenarioError::TierCount { found: usize::from(tier) + 1 }),
        }
        Ok(next)
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

    /// Whether the tier charges nothing: `(1 − discount) · max(input_miss, input_hit, output) = 0`.
    pub fn is_free(&self, tier: u8) -> bool {
        let tier = usize::from(tier).min(self.tier_count() - 1);
        let price = |field| self.tier(tier, field);
        let highest =
            price(TierField::InputMiss).max(price(TierField::InputHit)).max(price(TierField::Output));
        (1.0 - price(TierField::Discount)) * highest == 0.0
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
