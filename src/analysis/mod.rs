//! Analyses: pure functions of scenarios, the same answer every time. Know nothing of files or terminals.
//!
//! Every result serialises to the keys of its export; what only a view or a sentence needs is kept beside
//! them and left out of the export.

mod axis;
mod block;
mod break_even;
mod bridge;
mod cache;
mod hardware;
mod hit_effect;
mod hosts;
mod inputs;
mod map;
mod odds;
mod span;
mod sweep;
mod tiers;
mod tornado;
mod verdict;

pub use axis::Axis;
pub use break_even::{BreakEven, BreakEvens, Distance, Radius, RadiusShare, Why, break_even, break_evens};
pub use bridge::{Bridge, BridgeReason, CruxSet, InputValue, MOST_PLAYERS, PlayerName, Share, Side, bridge};
pub use cache::{CacheCurves, CachePoint, Slope, cache_curves};
pub use hardware::{HardwareRow, Lengths, Rate, RentFrom, front, hardware, hardware_edits, on_hardware};
pub use hit_effect::HitEffect;
pub use hosts::{Host, Price, at_host, host_edits, hosts, main_tier};
pub use inputs::{NoEffect, analysed_inputs, no_effect};
pub use map::{Map, Segment, map};
pub use odds::{Bin, Odds, OddsRange, OddsSettings, Sampler, odds};
pub use span::Span;
pub(crate) use span::{round_down, round_up, roundest};
pub use sweep::{Part, Sweep, SweepError, SweepRow, Vary};
pub use tiers::{TierResult, tiers};
pub use tornado::{Swing, Tornado, default_range, tornado};
pub use verdict::{Outcome, Verdict};

#[cfg(test)]
#[path = "../../tests/common"]
#[allow(dead_code, unreachable_pub, reason = "shared with tests and benchmarks outside the library")]
pub(crate) mod scenarios {
    mod golden;
    mod random;

    pub(crate) use golden::*;
    pub(crate) use random::*;
}
