//! Many variations of one scenario, worked out several at a time.

use crate::model::{
    FreeTiers, Global, InputId, Inputs, Lanes, MAX_TIERS, Number, Prices, SHARE_TOLERANCE, Scenario,
    TierField, left_over, node_cost, raw_margin, work_out_with,
};

/// How many variations one [`Block`] works out together.
pub(super) const LANES: usize = Lanes::COUNT;

/// A scenario of which some inputs have several values at once.
///
/// Gives the bits that [`gross_margin`](crate::model::gross_margin) gives for each of them alone.
pub(super) struct Block {
    globals: [Lanes; Global::COUNT],
    tiers: [[Lanes; TierField::COUNT]; MAX_TIERS],
    tier_count: usize,
    free: FreeTiers,
    owns: bool,
    serves_free: bool,
    has_prefill: bool,
    /// What tiers may have of their own, if any has.
    own: Option<Own>,
    /// Mean prices and node cost, when no varied input enters them.
    prices: Option<Prices<Lanes>>,
    node_cost: Option<Lanes>,
}

/// Which tiers may have something of their own, besides a write price.
struct Own {
    /// A ratio or hit ratio.
    shape: [bool; MAX_TIERS],
    /// A monthly price.
    monthly: [bool; MAX_TIERS],
}

/// What to do where the shares that are set exceed 1.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Excess {
    /// Divide them by their sum.
    Scale,
    /// There is no such scenario, so its margin is undefined.
    Undefined,
}

impl Block {
    /// The scenario, of which only `varied` will be set.
    pub(super) fn new(scenario: &Scenario, free: FreeTiers, varied: &[InputId]) -> Self {
        let value = |id| Lanes::of(scenario.get(id).unwrap_or(f64::NAN));
        let mut block = Self {
            globals: Global::ALL.map(|global| value(global.into())),
            tiers: [[Lanes::of(0.0); TierField::COUNT]; MAX_TIERS],
            tier_count: scenario.tier_count(),
            free,
            owns: scenario.owns(),
            serves_free: scenario.serves_free(),
            has_prefill: scenario.get(Global::Prefill.into()).is_some(),
            own: None,
            prices: None,
            node_cost: None,
        };
        if !scenario.is_plain() || varied.iter().any(|id| makes_special(*id)) {
            let has = |tier: usize, field, above| {
                let id = InputId::Tier(tier as u8, field);
                scenario.get(id) > above || varied.contains(&id)
            };
            let tiers = |has: &dyn Fn(usize) -> bool| std::array::from_fn(has);
            block.own = Some(Own {
                shape: tiers(&|tier| {
                    has(tier, TierField::InputPerOutput, None) || has(tier, TierField::HitRatio, None)
                }),
                monthly: tiers(&|tier| has(tier, TierField::Monthly, Some(0.0))),
            });
        }
        for (tier, values) in block.tiers.iter_mut().enumerate().take(scenario.tier_count()) {
            *values = TierField::ALL.map(|field| value(InputId::Tier(tier as u8, field)));
        }
        if !varied.iter().any(|id| enters_prices(*id)) {
            block.prices = Some(Prices::of(&block));
        }
        if !varied.iter().any(|id| enters_node_cost(*id)) {
            block.node_cost = Some(node_cost(&block));
        }
        block
    }

    /// Sets the values of one varied input that is not a share.
    pub(super) fn set(&mut self, id: InputId, values: [f64; LANES]) {
        match id {
            InputId::Global(global) => self.globals[global as usize] = Lanes(values),
            InputId::Tier(tier, field) => {
                if let Some(tier) = self.tiers.get_mut(usize::from(tier)) {
                    tier[field as usize] = Lanes(values);
                }
            }
        }
    }

    /// Sets shares together; the others are those of `start`, scaled to what the set ones leave.
    ///
    /// As [`Scenario::moved`] does it.
    pub(super) fn set_shares(
        &mut self,
        start: &Scenario,
        set: &[Option<[f64; LANES]>; MAX_TIERS],
        excess: Excess,
    ) {
        let count = set.iter().take(self.tier_count).flatten().count();
        if count == 0 || self.tier_count < 2 {
            return;
        }
        let rest: f64 = start.shares().zip(set).filter(|(_, new)| new.is_none()).map(|(old, _)| old).sum();
        for lane in 0..LANES {
            let sum: f64 = set.iter().flatten().map(|values| values[lane]).sum();
            let left = left_over(count, sum);
            let possible =
                if count == self.tier_count { (sum - 1.0).abs() } else { sum - 1.0 } <= SHARE_TOLERANCE;
            for ((tier, old), new) in self.tiers.iter_mut().zip(start.shares()).zip(set) {
                tier[TierField::Share as usize].0[lane] = match new {
                    _ if excess == Excess::Undefined && !possible => f64::NAN,
                    Some(values) if excess == Excess::Scale && sum > 1.0 => values[lane] / sum,
                    Some(values) => values[lane],
                    None if rest > 0.0 => old / rest * left,
                    None => left / (self.tier_count - count) as f64,
                };
            }
        }
    }

    /// Gross margins; not finite where undefined.
    #[inline]
    pub(super) fn margins(&self) -> [f64; LANES] {
        let prices = self.prices.unwrap_or_else(|| Prices::of(self));
        let node_cost = self.node_cost.unwrap_or_else(|| node_cost(self));
        raw_margin(&work_out_with(self, prices, node_cost)).0
    }
}

/// Whether an input enters the mean prices.
fn enters_prices(id: InputId) -> bool {
    use Global::{BatchingLoss, Fee, OutputPerQuery, WriteShare};
    matches!(id, InputId::Tier(..) | InputId::Global(Fee | BatchingLoss | OutputPerQuery | WriteShare))
}

/// Whether an input may be a tier's own where others have none.
fn makes_special(id: InputId) -> bool {
    use TierField::{HitRatio, InputPerOutput, InputWrite, Monthly};
    matches!(id, InputId::Tier(_, InputWrite | InputPerOutput | HitRatio | Monthly))
}

/// Whether an input enters the node cost.
fn enters_node_cost(id: InputId) -> bool {
    use Global::{Capex, CapitalCost, Energy, GpuHour, Gpus, Hosting, Life, Overhead, Power};
    matches!(
        id,
        InputId::Global(Gpus | GpuHour | Overhead | Capex | Life | CapitalCost | Power | Energy | Hosting)
    )
}

impl Inputs for Block {
    type Number = Lanes;

    #[inline]
    fn value(&self, global: Global) -> Lanes {
        self.globals[global as usize]
    }

    #[inline]
    fn tier_count(&self) -> usize {
        self.tier_count
    }

    #[inline]
    fn tier_value(&self, tier: usize, field: TierField) -> Lanes {
        self.tiers[tier][field as usize]
    }

    #[inline]
    fn is_plain(&self) -> bool {
        self.own.is_none()
    }

    #[inline]
    fn has_own_shape(&self, tier: usize) -> bool {
        self.own.as_ref().is_some_and(|own| own.shape[tier])
    }

    #[inline]
    fn has_monthly_price(&self, tier: usize) -> bool {
        self.own.as_ref().is_some_and(|own| own.monthly[tier])
    }

    #[inline]
    fn is_free(&self, tier: usize) -> bool {
        self.free.contains(tier)
    }

    #[inline]
    fn owns(&self) -> bool {
        self.owns
    }

    #[inline]
    fn serves_free(&self) -> bool {
        self.serves_free
    }

    #[inline]
    fn has_prefill(&self) -> bool {
        self.has_prefill
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::inputs::analysed_inputs;
    use crate::analysis::scenarios::{day_six, realistic};
    use crate::model::{Edit, gross_margin};

    #[test]
    fn shares_set_together_leave_what_they_leave_one_at_a_time() {
        let start = day_six();
        let count = start.tier_count();
        for part in (1..1000).map(|part| f64::from(part) / 1000.0) {
            // All but the last, in parts that sum to 1 but for their last digits.
            let set = |tier: usize| [0.3 * (1.0 - part), 0.7 * (1.0 - part), part].get(tier).copied();
            let shares = std::array::from_fn(|tier| set(tier).map(|share| [share; LANES]));
            let share = |tier: u8| InputId::Tier(tier, TierField::Share);
            let edits: Vec<Edit> =
                (0..count).filter_map(|tier| Some((share(tier as u8), Some(set(tier)?)))).collect();
            let alone = start.with(&edits).expect("valid");
            let mut block = Block::new(&start, start.free_tiers(), &[share(0), share(1), share(2)]);
            block.set_shares(&start, &shares, Excess::Undefined);
            for (tier, expected) in alone.shares().enumerate() {
                assert_eq!(
                    block.tiers[tier][TierField::Share as usize].0[0],
                    expected,
                    "{part}, tier {tier}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn several_at_a_time_give_the_bits_of_one_at_a_time(
            start in realistic(),
            picks in prop::collection::vec((0_usize..100, [0.0..1.0, 0.0..1.0, 0.0..1.0, 0.0..1.0]), 0..5),
        ) {
            let free = start.free_tiers();
            let ids: Vec<InputId> = analysed_inputs(&start).collect();
            let mut varied: Vec<(InputId, [f64; LANES])> = Vec::new();
            for (which, units) in picks {
                let id = ids[which % ids.len()];
                // One share at most: two may exceed 1.
                let taken = varied.iter().any(|(other, _)| *other == id || other.is_share() && id.is_share());
                if !taken && start.get(id).is_some() {
                    let (low, high) = id.parameter().scale.ends();
                    varied.push((id, units.map(|unit| low + (high - low) * unit)));
                }
            }
            let list: Vec<InputId> = varied.iter().map(|(id, _)| *id).collect();
            let mut block = Block::new(&start, free, &list);
            let mut shares = [None; MAX_TIERS];
            for (id, values) in &varied {
                match id {
                    InputId::Tier(tier, TierField::Share) => shares[usize::from(*tier)] = Some(*values),
                    _ => block.set(*id, *values),
                }
            }
            block.set_shares(&start, &shares, Excess::Undefined);
            for (lane, margin) in block.margins().into_iter().enumerate() {
                let there = varied.iter().fold(start, |there, (id, values)| there.moved(*id, values[lane]));
                let alone = gross_margin(&there, free);
                prop_assert_eq!(margin.is_finite().then_some(margin), alone);
            }
        }
    }
}
