//! Where an input starts that a scenario did not have.

use crate::model::{Global, InputId, Scenario, TierField};

/// The value that an absent input starts from when it is switched on, and what it is, in words; `None` for an input
/// that is always part of the scenario.
pub fn start(scenario: &Scenario, id: InputId) -> Option<(f64, &'static str)> {
    /// Input tokens read in the time of one written, as on `DeepSeek`'s nodes and about as on most.
    const READ_PER_WRITTEN: f64 = 5.0;
    /// What writing to the cache costs, in prices of a miss, as most list it that list it at all.
    const WRITE_IN_MISSES: f64 = 1.25;
    let value = |id: InputId| scenario.get(id);
    let (value, words) = match id {
        InputId::Global(Global::Prefill) => {
            (READ_PER_WRITTEN * value(Global::Decode.into())?, "five times the decode rate, to start from")
        }
        InputId::Global(Global::Nodes) => (1.0, "one node, to start from"),
        InputId::Global(Global::OutputPerQuery) => (500.0, "a page of text, to start from"),
        InputId::Tier(_, TierField::InputPerOutput) => {
            (value(Global::InputPerOutput.into())?, "as all traffic, and its own from now on")
        }
        InputId::Tier(_, TierField::HitRatio) => {
            (value(Global::HitRatio.into())?, "as all traffic, and its own from now on")
        }
        InputId::Tier(tier, TierField::InputWrite) => {
            let miss = value(InputId::Tier(tier, TierField::InputMiss))?;
            (WRITE_IN_MISSES * miss, "a quarter above a miss, to start from")
        }
        InputId::Tier(_, TierField::Queries) => (10.0, "to start from"),
        InputId::Tier(_, TierField::Monthly) => (20.0, "the price of many a plan, to start from"),
        _ => return None,
    };
    let domain = id.domain();
    Some((value.clamp(domain.min, domain.max), words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::builtin;

    #[test]
    fn whatever_can_be_absent_has_a_start_that_is_valid() {
        for preset in builtin::names() {
            let scenario = builtin::load(preset).expect("shipped").content.scenario;
            for id in scenario.inputs() {
                let start = start(&scenario, id);
                let optional = id.domain().optional || matches!(id, InputId::Tier(_, TierField::Monthly));
                assert_eq!(start.is_some(), optional, "{}", scenario.id_text(id));
                if let Some((value, _)) = start {
                    assert!(
                        scenario.with(&[(id, Some(value))]).is_ok(),
                        "{preset}: {}",
                        scenario.id_text(id)
                    );
                }
            }
        }
    }

    #[test]
    fn a_shape_of_its_own_starts_as_that_of_all_traffic_and_changes_nothing() {
        let scenario = builtin::load("deepseek-day6").expect("shipped").content.scenario;
        for field in [TierField::InputPerOutput, TierField::HitRatio] {
            let id = InputId::Tier(0, field);
            let (value, _) = start(&scenario, id).expect("a start");
            let own = scenario.with(&[(id, Some(value))]).expect("valid");
            let margin = |scenario| crate::model::evaluate(scenario).get(crate::model::Output::GrossMargin);
            let (before, after) = (margin(&scenario).expect("a margin"), margin(&own).expect("a margin"));
            assert!((before - after).abs() < 1e-12);
        }
    }
}
