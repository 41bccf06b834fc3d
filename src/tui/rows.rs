//! Which sliders each pane shows, and in what order.

use crate::model::{Global, InputId, Pane, Scale, Scenario, TierField, margin_of};

/// The sliders of a pane, first-ranked first; what cannot matter now is folded away, unless the pane is opened
/// `whole`.
///
/// Prices are those of the tier selected.
pub(super) fn inputs(pane: Pane, scenario: &Scenario, tier: u8, whole: bool) -> Vec<InputId> {
    let mut ids: Vec<InputId> = scenario
        .inputs()
        .filter(|id| id.parameter().pane == pane)
        .filter(|id| match id {
            InputId::Tier(_, TierField::Share) => scenario.is_input(*id),
            InputId::Tier(of, _) => *of == tier,
            InputId::Global(_) => true,
        })
        .filter(|id| whole || matters(*id, scenario, tier))
        .collect();
    ids.sort_by_key(|id| id.parameter().rank);
    ids
}

/// Whether another value of an input would give another margin.
pub(super) fn moves_margin(id: InputId, scenario: &Scenario) -> bool {
    let Some(value) = scenario.get(id) else { return false };
    let domain = id.domain();
    let others = match id.parameter().scale {
        Scale::Toggle => [1.0 - value; 2],
        _ if value == 0.0 => [0.5, 1.0],
        _ => [value / 2.0, value * 2.0],
    };
    let now = margin_of(scenario);
    others.into_iter().any(|other| {
        let other = other.clamp(domain.min, domain.max);
        let other = if domain.whole { libm::ceil(other) } else { other };
        scenario.with(&[(id, Some(other))]).is_ok_and(|moved| margin_of(&moved) != now)
    })
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
        InputId::Tier(_, TierField::Share) => true,
        InputId::Tier(_, TierField::Monthly) => {
            let queries = scenario.get(InputId::Tier(tier, TierField::Queries));
            scenario.get(id) > Some(0.0) || queries.is_some()
        }
        InputId::Global(Global::OutputPerQuery) | InputId::Tier(..) => scenario.get(id).is_some(),
        InputId::Global(_) => true,
    }
}
