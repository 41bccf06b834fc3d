//! Which inputs the analyses move, and which of them cannot matter.

use crate::model::{FreeTiers, Global, InputId, Range, Scenario, TierField};

/// Why an input does not move the gross margin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoEffect {
    /// It is absent.
    Absent,
    /// It describes owned nodes, and they are rented.
    Rented,
    /// It is the rent, and the nodes are owned.
    Owned,
    /// It is the batching loss, and no free traffic is turned away.
    NothingTurnedAway,
    /// It belongs to a tier that no traffic is served in.
    TierNotServed,
    /// It is a monthly price of 0, and how much it would pay for is not known.
    UseNotKnown,
    /// The margin is the same at every value it can take.
    ConstantMargin,
}

/// The inputs that break-even, tornado and default odds move, in table order.
///
/// All but the toggles, the count of GPUs, the hit ratio of a measurement, the fleet and the only tier's share.
pub fn analysed_inputs(scenario: &Scenario) -> impl Iterator<Item = InputId> + '_ {
    scenario.inputs().filter(|id| scenario.is_input(*id) && Range::refusal(*id).is_none())
}

/// Whether the input scales per-day figures alone and never the margin.
pub(super) fn is_fleet(id: InputId) -> bool {
    matches!(id, InputId::Global(Global::Nodes | Global::OtherCostPerDay))
}

/// Why an input cannot matter by what the scenario is; `None` when it may.
///
/// Finds what follows from the rules. An input along which the margin happens to be constant is for
/// [`break_even`](super::break_even) to find.
pub fn no_effect(scenario: &Scenario, free: FreeTiers, id: InputId) -> Option<NoEffect> {
    use Global::{BatchingLoss, Capex, CapitalCost, Energy, GpuHour, Hosting, Life, OutputPerQuery, Power};
    if scenario.get(id).is_none() {
        return Some(NoEffect::Absent);
    }
    let share = |tier| scenario.get(InputId::Tier(tier, TierField::Share)).unwrap_or(0.0);
    match id {
        InputId::Global(Capex | Life | CapitalCost | Power | Energy | Hosting) if !scenario.owns() => {
            Some(NoEffect::Rented)
        }
        InputId::Global(GpuHour) if scenario.owns() => Some(NoEffect::Owned),
        InputId::Global(BatchingLoss) => {
            let mut tiers = 0..scenario.tier_count() as u8;
            let turns_away = !scenario.serves_free()
                && tiers.any(|tier| free.contains(usize::from(tier)) && share(tier) > 0.0);
            (!turns_away).then_some(NoEffect::NothingTurnedAway)
        }
        InputId::Tier(tier, field) if field != TierField::Share => {
            let turned_away = free.contains(usize::from(tier)) && !scenario.serves_free();
            let queries = InputId::Tier(tier, TierField::Queries);
            let use_known = scenario.get(queries).is_some() && scenario.get(OutputPerQuery.into()).is_some();
            if turned_away || share(tier) <= 0.0 {
                Some(NoEffect::TierNotServed)
            } else {
                let nothing = field == TierField::Monthly && scenario.get(id) == Some(0.0) && !use_known;
                nothing.then_some(NoEffect::UseNotKnown)
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::scenarios::day_six;
    use crate::model::TierKey;

    #[test]
    fn toggles_gpus_fleet_and_the_only_tiers_share_are_not_analysed() {
        let four = day_six();
        let ids: Vec<String> = analysed_inputs(&four).map(|id| four.id_text(id)).collect();
        for id in ["node.basis", "node.gpus", "fleet.nodes", "fleet.other_cost_per_day", "traffic.serve_free"]
        {
            assert!(!ids.iter().any(|known| known == id), "{id}");
        }
        assert!(ids.iter().any(|known| known == "tier.free.share"));
        let one = (0..3).try_fold(four, |scenario, _| scenario.without_tier(1)).expect("one tier left");
        assert!(!analysed_inputs(&one).any(InputId::is_share));
    }

    #[test]
    fn owning_silences_the_rent_and_renting_the_purchase() {
        let rented = day_six();
        let owned = rented.moved(Global::Basis.into(), 1.0);
        let why = |scenario: &Scenario, global: Global| {
            no_effect(scenario, scenario.free_tiers(), InputId::Global(global))
        };
        assert_eq!(why(&rented, Global::Capex), Some(NoEffect::Rented));
        assert_eq!(why(&rented, Global::GpuHour), None);
        assert_eq!(why(&owned, Global::Capex), None);
        assert_eq!(why(&owned, Global::GpuHour), Some(NoEffect::Owned));
    }

    #[test]
    fn batching_loss_matters_once_free_traffic_is_turned_away() {
        let loss = InputId::Global(Global::BatchingLoss);
        let free_tier = TierKey::new("free").expect("a key");
        let start = day_six();
        let share = InputId::Tier(start.tier_of(free_tier).expect("there"), TierField::Share);
        let served = start.moved(share, 0.4);
        let turned_away = served.moved(Global::ServeFree.into(), 0.0);
        assert_eq!(no_effect(&served, start.free_tiers(), loss), Some(NoEffect::NothingTurnedAway));
        assert_eq!(no_effect(&turned_away, start.free_tiers(), loss), None);
    }
}
