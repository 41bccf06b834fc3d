//! Which sliders each pane shows, and in what order.

use crate::model::{Global, InputId, Pane, Scenario, TierField};

/// The sliders of a pane, first-ranked first; what cannot matter now is folded away.
///
/// Prices are those of the tier selected. The basis toggle is not among them: it lives in the title of its pane.
pub(super) fn inputs(pane: Pane, scenario: &Scenario, tier: u8) -> Vec<InputId> {
    let mut ids: Vec<InputId> = scenario
        .inputs()
        .filter(|id| id.parameter().pane == pane && *id != InputId::Global(Global::Basis))
        .filter(|id| matters(*id, scenario, tier))
        .collect();
    ids.sort_by_key(|id| id.parameter().rank);
    ids
}

/// Everything in a pane that can have the focus, from top to bottom.
pub(super) fn stops(pane: Pane, scenario: &Scenario, tier: u8) -> Vec<InputId> {
    let title = (pane == Pane::Node).then_some(InputId::Global(Global::Basis));
    title.into_iter().chain(inputs(pane, scenario, tier)).collect()
}

/// Whether an input can matter as things stand.
fn matters(id: InputId, scenario: &Scenario, tier: u8) -> bool {
    match id {
        InputId::Global(Global::GpuHour) => !scenario.owns(),
        InputId::Global(
            Global::Capex
            | Global::Life
            | Global::CapitalCost
            | Global::Power
            | Global::Energy
            | Global::Hosting,
        ) => scenario.owns(),
        InputId::Global(Global::BatchingLoss) => !scenario.serves_free(),
        InputId::Global(Global::WriteShare) => {
            let written = |tier| scenario.get(InputId::Tier(tier, TierField::InputWrite)).is_some();
            scenario.get(id) > Some(0.0) || (0..scenario.tier_count() as u8).any(written)
        }
        InputId::Tier(_, TierField::Share) => scenario.is_input(id),
        InputId::Tier(of, _) if of != tier => false,
        InputId::Tier(_, TierField::Monthly) => {
            let queries = scenario.get(InputId::Tier(tier, TierField::Queries));
            scenario.get(id) > Some(0.0) || queries.is_some()
        }
        InputId::Global(Global::OutputPerQuery) | InputId::Tier(..) => scenario.get(id).is_some(),
        InputId::Global(_) => true,
    }
}
