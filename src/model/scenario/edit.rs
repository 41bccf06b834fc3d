//! Changed scenarios: values set together, shares rescaled, tiers added and removed.

use super::{Edit, MAX_TIERS, SHARE_TOLERANCE, Scenario, Tier, left_over};
use crate::model::error::ScenarioError;
use crate::model::id::{InputId, TierKey};
use crate::model::number::fifteen_digits;
use crate::model::parameter::TierField;

impl Scenario {
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
        next.set_shares(self, shares, fifteen_digits)?;
        Ok(next)
    }

    /// The scenario with one input moved to a value of its domain, the other shares rescaled if it is a share.
    ///
    /// For analyses, which move within the domain by construction: nothing is checked in release builds, and
    /// the only tier's share stays 1. Shares that follow keep all their digits.
    #[inline]
    pub fn moved(&self, id: InputId, value: f64) -> Self {
        let mut next = *self;
        next.move_from(self, id, value);
        next
    }

    /// Makes of a scenario that differs from `start` in this input alone what `start.moved` would be.
    #[inline]
    pub(crate) fn move_from(&mut self, start: &Self, id: InputId, value: f64) {
        debug_assert!(id.domain().contains(Some(value)), "{id:?} = {value}");
        if let InputId::Tier(tier, TierField::Share) = id {
            let mut shares = [None; MAX_TIERS];
            if let Some(share) = shares.get_mut(usize::from(tier)) {
                *share = Some(value);
            }
            if self.tier_count > 1 {
                // One share of the domain always leaves room for the others.
                let _ = self.set_shares(start, shares, |share| share);
            }
        } else if self.is_input(id) {
            self.put(id, Some(value));
        }
    }

    /// Applies a set of shares and rescales the others of `start`; all `None` changes nothing.
    fn set_shares(
        &mut self,
        start: &Self,
        shares: [Option<f64>; MAX_TIERS],
        rounded: fn(f64) -> f64,
    ) -> Result<(), ScenarioError> {
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
        let rest: f64 = start.shares().zip(shares).filter(|(_, new)| new.is_none()).map(|(old, _)| old).sum();
        let left = left_over(set, sum);
        for ((tier, old), new) in self.tiers.iter_mut().zip(start.shares()).zip(shares) {
            tier.values[TierField::Share as usize] = match new {
                Some(value) => value,
                None if rest > 0.0 => rounded(old / rest * left),
                None => rounded(left / (count - set) as f64),
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
        let count = self.tier_count();
        let template = self.tiers[usize::from(like).min(count - 1)];
        let Some(tier) = next.tiers.get_mut(count) else {
            return Err(ScenarioError::TierCount { found: count + 1 });
        };
        *tier = template;
        tier.key = key;
        tier.values[TierField::Share as usize] = 0.0;
        next.tier_count += 1;
        next.note_special(count);
        Ok(next)
    }

    /// The scenario without one tier, its share given to the others in proportion (equally if all are 0).
    pub fn without_tier(&self, tier: u8) -> Result<Self, ScenarioError> {
        let index = usize::from(tier);
        let count = self.tier_count();
        if count <= 1 || index >= count {
            return Err(ScenarioError::TierCount { found: count - 1 });
        }
        let mut next = *self;
        next.tiers.copy_within(index + 1..count, index);
        next.tiers[count - 1] = Tier::UNUSED;
        next.tier_count -= 1;
        next.special = 0;
        for tier in 0..count - 1 {
            next.note_special(tier);
        }
        let rest: f64 = next.shares().sum();
        for tier in next.tiers.iter_mut().take(count - 1) {
            let share = &mut tier.values[TierField::Share as usize];
            *share = if rest > 0.0 { *share / rest } else { 1.0 / (count - 1) as f64 };
        }
        Ok(next)
    }
}
