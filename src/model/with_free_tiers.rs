//! A scenario as the equations read it.

use super::number::Inputs;
use super::parameter::{Global, TierField};
use super::scenario::{FreeTiers, Scenario};

/// A scenario with the tiers that count as free.
pub(super) struct WithFreeTiers<'a> {
    scenario: &'a Scenario,
    free: FreeTiers,
    serves_free: bool,
}

impl<'a> WithFreeTiers<'a> {
    #[inline]
    pub(super) fn new(scenario: &'a Scenario, free: FreeTiers) -> Self {
        Self { scenario, free, serves_free: scenario.serves_free() }
    }

    /// Whether any tier has a ratio or hit ratio of its own.
    #[inline]
    pub(super) fn has_own_shapes(&self) -> bool {
        !self.is_plain() && (0..self.tier_count()).any(|tier| self.has_own_shape(tier))
    }

    /// The same with every tier served.
    pub(super) fn serving_all(scenario: &'a Scenario, free: FreeTiers) -> Self {
        Self { scenario, free, serves_free: true }
    }
}

impl Inputs for WithFreeTiers<'_> {
    type Number = f64;

    #[inline]
    fn value(&self, global: Global) -> f64 {
        self.scenario.global(global)
    }

    #[inline]
    fn tier_count(&self) -> usize {
        self.scenario.tier_count()
    }

    #[inline]
    fn tier_value(&self, tier: usize, field: TierField) -> f64 {
        self.scenario.tier(tier, field)
    }

    #[inline]
    fn is_plain(&self) -> bool {
        self.scenario.is_plain()
    }

    #[inline]
    fn has_own_shape(&self, tier: usize) -> bool {
        !self.scenario.tier(tier, TierField::InputPerOutput).is_nan()
            || !self.scenario.tier(tier, TierField::HitRatio).is_nan()
    }

    #[inline]
    fn has_monthly_price(&self, tier: usize) -> bool {
        self.scenario.tier(tier, TierField::Monthly) > 0.0
    }

    #[inline]
    fn is_free(&self, tier: usize) -> bool {
        self.free.contains(tier)
    }

    #[inline]
    fn owns(&self) -> bool {
        self.scenario.owns()
    }

    #[inline]
    fn serves_free(&self) -> bool {
        self.serves_free
    }

    #[inline]
    fn has_prefill(&self) -> bool {
        !self.scenario.global(Global::Prefill).is_nan()
    }
}
