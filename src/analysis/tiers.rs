//! Tiers: who pays for whom.

use crate::model::{AllOutputs, OutputId, Scenario, TierField, TierKey, TierOutput, evaluate_all};
use crate::model::{InputId, Outputs};

/// One tier: what it is of all traffic, and what it costs and brings.
#[derive(Clone, Copy, Debug)]
pub struct TierResult {
    /// Its key.
    pub key: TierKey,
    /// Its share of all output tokens.
    pub share: f64,
    /// Its share of the output that is served; 0 when it is turned away.
    pub served_share: f64,
    /// Whether it charges nothing.
    pub free: bool,
    /// Whether it is served: not a free one that is turned away.
    pub served: bool,
    outputs: AllOutputs,
    tier: u8,
}

impl TierResult {
    /// A result of the tier; `None` where it is undefined.
    pub fn get(&self, output: TierOutput) -> Option<f64> {
        self.outputs.get(OutputId::Tier(self.tier, output))
    }

    /// An input of the tier; `None` where it is absent.
    pub const fn input(&self, field: TierField) -> InputId {
        InputId::Tier(self.tier, field)
    }

    /// The results of all that is served.
    pub const fn all(&self) -> &Outputs {
        &self.outputs.outputs
    }
}

/// Every tier of a scenario, in order.
pub fn tiers(scenario: &Scenario) -> Vec<TierResult> {
    let outputs = evaluate_all(scenario);
    let serves = |tier: u8| scenario.serves_free() || !scenario.is_free(tier);
    let served: f64 =
        scenario.shares().enumerate().filter(|(tier, _)| serves(*tier as u8)).map(|(_, share)| share).sum();
    let result = |(tier, (key, share)): (usize, (TierKey, f64))| {
        let tier = tier as u8;
        let part = if serves(tier) && served > 0.0 { share / served } else { 0.0 };
        TierResult {
            key,
            share,
            served_share: part,
            free: scenario.is_free(tier),
            served: serves(tier),
            outputs,
            tier,
        }
    };
    scenario.keys().zip(scenario.shares()).enumerate().map(result).collect()
}
