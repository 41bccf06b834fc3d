//! From what a preset gives to a whole scenario: defaults and shares filled in.

use super::{MAX_TIERS, SHARE_TOLERANCE, Scenario, Tier, left_over};
use crate::model::error::ScenarioError;
use crate::model::id::{InputId, TierKey};
use crate::model::parameter::{Fallback, Global, TierField};

impl Scenario {
    /// Builds a scenario from what a preset gives, filling in the defaults of the parameter table.
    ///
    /// `given` returns `None` for an input that is left out and `Some(None)` for one that is absent on purpose.
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
        for (index, (tier, key)) in tiers.iter_mut().zip(keys).enumerate() {
            if keys.iter().take(index).any(|earlier| earlier == key) {
                return Err(ScenarioError::DuplicateTier(key.to_string()));
            }
            tier.key = *key;
        }
        for tier in tiers.iter_mut().take(keys.len()) {
            for field in TierField::ALL.into_iter().filter(|field| field.parameter().domain.optional) {
                tier.values[field as usize] = f64::NAN;
            }
        }
        let mut globals = [0.0; Global::COUNT];
        for global in Global::ALL {
            if global.parameter().domain.optional {
                globals[global as usize] = f64::NAN;
            }
        }
        Ok(Self { globals, tier_count: keys.len() as u8, special: 0, tiers })
    }

    /// Whether no token price is given for the tier of `id`: it is free, or a plan.
    fn names_no_price(&self, id: InputId, given: &impl Fn(InputId) -> Option<Option<f64>>) -> bool {
        let InputId::Tier(tier, _) = id else { return false };
        debug_assert!(tier < self.tier_count);
        TierField::TOKEN_PRICES.iter().all(|field| given(InputId::Tier(tier, *field)).is_none())
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
        let part = left_over(count - missing, sum) / missing as f64;
        for tier in (0..count).filter(|tier| !explicit(*tier)) {
            self.tiers[tier].values[TierField::Share as usize] = part;
        }
        Ok(())
    }
}
