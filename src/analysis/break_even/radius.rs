//! Robustness radius: how much worse, or better, everything has to be at once.

use crate::analysis::verdict::Outcome;
use crate::model::{Economics, FreeTiers, Global, InputId, Scenario, TierField};

/// What the GPU-hour, both rates, all prices and one share move by together before the margin meets the target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Radius {
    /// The GPU-hour times, the others divided by this; below 1 they must all be better by its inverse.
    pub factor: f64,
    /// The share among them.
    pub share: RadiusShare,
    /// The present value of the share.
    pub value: f64,
    /// With the share at 1, which is as far as it goes, the factor of the other three; `None` where it has room.
    pub without_share: Option<f64>,
}

/// The share that moves along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RadiusShare {
    /// The share of all traffic that is paid.
    Paid,
    /// Utilization, where the paid share does not simply multiply revenue.
    Utilization,
}

impl Radius {
    /// `k = (R/c · (1 − t))^(1/4)`; `None` without revenue or cost.
    pub(super) fn of(scenario: &Scenario, free: FreeTiers, target: f64) -> Option<Self> {
        let economics = Economics::of(scenario, free);
        let needed = Outcome::of_economics(&economics).ratio()? * (1.0 - target);
        let economics = economics.ok()?;
        let factor = needed.sqrt().sqrt();
        if !(factor.is_finite() && factor > 0.0) {
            return None;
        }
        let (share, value) = if scenario.serves_free() && !shapes_differ(scenario) {
            (RadiusShare::Paid, economics.paid_share)
        } else {
            (RadiusShare::Utilization, scenario.get(Global::Utilization.into())?)
        };
        let without_share = (value > factor).then(|| libm::cbrt(needed / value));
        Some(Self { factor, share, value, without_share })
    }
}

/// Whether tiers with traffic differ in ratio or hit ratio, so that their shares move the mix too.
fn shapes_differ(scenario: &Scenario) -> bool {
    let own = |tier: u8, field, all: Global| {
        scenario.get(InputId::Tier(tier, field)).or_else(|| scenario.get(all.into()))
    };
    let mut shapes = (0..scenario.tier_count() as u8)
        .filter(|tier| scenario.get(InputId::Tier(*tier, TierField::Share)) > Some(0.0))
        .map(|tier| {
            let ratio = own(tier, TierField::InputPerOutput, Global::InputPerOutput);
            (ratio, own(tier, TierField::HitRatio, Global::HitRatio))
        });
    let first = shapes.next();
    shapes.any(|shape| Some(shape) != first)
}
