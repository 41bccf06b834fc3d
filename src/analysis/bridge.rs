//! Bridge: how much of the gap between two scenarios each differing input accounts for, and the crux.

use std::fmt;

use serde::{Serialize, Serializer};

use super::verdict::{Outcome, Verdict};
use crate::model::{Economics, Scenario};

mod mixture;
mod player;
mod shapley;

use mixture::Mixture;
pub use player::{InputValue, MOST_PLAYERS, PlayerName, Side};
use shapley::{crux, shapley};

/// The way from one scenario to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bridge {
    /// What the gross margin is held against.
    pub target: f64,
    /// Whether both scenarios come to the same verdict.
    pub agree: bool,
    /// Gross margin where the bridge starts; `None` when undefined.
    pub margin_from: Option<f64>,
    /// Gross margin where it leads.
    pub margin_to: Option<f64>,
    /// ln(R/c) where it starts; `None` without revenue or cost.
    pub ln_ratio_from: Option<f64>,
    /// ln(R/c) where it leads.
    pub ln_ratio_to: Option<f64>,
    /// The share of each player, largest first; empty when there is a reason why not.
    pub shares: Vec<Share>,
    /// The smallest sets that change the verdict when switched together; empty when both agree.
    pub crux: Vec<CruxSet>,
    /// Why there are no shares.
    pub reason: Option<BridgeReason>,
    /// Where the start stands.
    #[serde(skip)]
    pub verdict_from: Verdict,
    /// Where the end stands.
    #[serde(skip)]
    pub verdict_to: Verdict,
    /// Revenue and cost per node-second at either end; `None` where nothing can be computed.
    #[serde(skip)]
    pub ends: [Option<(f64, f64)>; 2],
    /// How many players there are, with or without shares.
    #[serde(skip)]
    pub players: usize,
}

/// One player's part of the gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// The player: an input, all tier shares together, or a pane's inputs together.
    pub input: PlayerName,
    /// Shapley share of ln(R/c); all add up to the gap.
    pub shapley: f64,
    /// The same share of the gap in gross margin.
    pub margin_points: f64,
    /// What it is where the bridge starts.
    pub from: Side,
    /// What it is where the bridge leads.
    pub to: Side,
}

/// A set of players that changes the verdict when switched together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CruxSet {
    /// The players, in table order.
    pub inputs: Vec<PlayerName>,
    /// The gross margin with these switched and all else as at the start; `None` when undefined.
    pub margin: Option<f64>,
}

/// Why a gap cannot be shared out: on the way between, some mixture has no ratio of revenue to cost.
#[derive(Clone, Debug, PartialEq)]
pub struct BridgeReason {
    /// What revenue and cost come to there.
    pub cause: Outcome,
    /// The players that are switched there; none at the start.
    pub switched: Vec<PlayerName>,
    /// Whether that is the far end itself.
    pub at_the_end: bool,
}

impl fmt::Display for BridgeReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.switched.as_slice(), self.at_the_end) {
            ([], _) => f.write_str("at the start ")?,
            (_, true) => f.write_str("at the end ")?,
            ([first, rest @ ..], false) => {
                write!(f, "with {first}")?;
                for name in rest {
                    write!(f, " and {name}")?;
                }
                f.write_str(" switched alone ")?;
            }
        }
        match self.cause {
            Outcome::NoCost => f.write_str("there is no cost, so revenue over cost cannot be shared out"),
            Outcome::Undefined(reason) => reason.fmt(f),
            _ => f.write_str("there is no revenue, so its ratio to cost cannot be shared out"),
        }
    }
}

impl Serialize for BridgeReason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What every subset of the players comes to; a subset is the bits of its index.
struct Subsets {
    /// ln(R/c), or what is wrong.
    ratios: Vec<Result<f64, Outcome>>,
    margins: Vec<Option<f64>>,
}

/// Shares out the gap in ln(R/c) from one scenario to another, and finds what turns the verdict.
///
/// A player is every input that differs; all tier shares together are one, and fleet sizes none. Over
/// [`MOST_PLAYERS`] of them, each pane's inputs are one.
pub fn bridge(from: &Scenario, to: &Scenario, target: f64) -> Bridge {
    let mut mixture = Mixture::new(from, to);
    let players = mixture.player_count();
    let mut subsets = Subsets::of(&mut mixture, target);
    let ends = [from, to].map(|scenario| Economics::of(scenario, scenario.free_tiers()));
    let [verdict_from, verdict_to] = ends.each_ref().map(|end| Verdict::of_economics(end, target));
    // At the ends the scenarios themselves count: their tiers may be added up in another order, and how much of
    // them is used may not be known.
    let all = subsets.margins.len() - 1;
    subsets.set(0, &verdict_from);
    subsets.set(all, &verdict_to);
    let agree = verdict_from.is_above() == verdict_to.is_above();
    let ratio = |subset: usize| subsets.ratios.get(subset).and_then(|ratio| ratio.ok());
    let names = |subset: usize| -> Vec<PlayerName> {
        (0..players).filter(|player| subset >> player & 1 == 1).map(|player| mixture.name(player)).collect()
    };
    let (shares, reason) = match subsets.values() {
        Ok(values) => (shares(&mixture, &values), None),
        Err((subset, cause)) => {
            let reason = BridgeReason { cause, switched: names(subset), at_the_end: subset == all };
            (Vec::new(), Some(reason))
        }
    };
    let crux = if agree { Vec::new() } else { crux(&subsets.margins, target) };
    let crux = crux.into_iter().map(|subset| CruxSet {
        inputs: names(subset),
        margin: subsets.margins.get(subset).copied().flatten(),
    });
    Bridge {
        target,
        agree,
        margin_from: verdict_from.margin,
        margin_to: verdict_to.margin,
        ln_ratio_from: ratio(0),
        ln_ratio_to: ratio(all),
        shares,
        crux: crux.collect(),
        reason,
        verdict_from,
        verdict_to,
        ends: ends.map(|end| end.ok().map(|economics| (economics.revenue(), economics.cost))),
        players,
    }
}

impl Subsets {
    /// Works every mixture out, each a single switch away from the one before.
    fn of(mixture: &mut Mixture, target: f64) -> Self {
        let count = 1_usize << mixture.player_count();
        let mut subsets = Self { ratios: vec![Err(Outcome::NoRevenue); count], margins: vec![None; count] };
        let mut subset = 0_usize;
        for step in 1..=count {
            subsets.set(subset, &Verdict::of_economics(&mixture.economics(), target));
            // Gray code: step by step one bit changes, and all subsets come up once.
            let player = step.trailing_zeros() as usize;
            if step < count {
                subset ^= 1 << player;
                mixture.switch(player, subset >> player & 1);
            }
        }
        subsets
    }

    fn set(&mut self, subset: usize, verdict: &Verdict) {
        let Verdict { margin: new, outcome, .. } = *verdict;
        if let Some((ratio, margin)) = self.ratios.get_mut(subset).zip(self.margins.get_mut(subset)) {
            (*ratio, *margin) = (outcome.ratio().map(libm::log).ok_or(outcome), new);
        }
    }

    /// ln(R/c) of every subset, or the smallest one that has none.
    fn values(&self) -> Result<Vec<f64>, (usize, Outcome)> {
        let wrong = self.ratios.iter().enumerate().filter_map(|(subset, ratio)| Some((subset, ratio.err()?)));
        match wrong.min_by_key(|(subset, _)| (subset.count_ones(), *subset)) {
            Some(wrong) => Err(wrong),
            None => Ok(self.ratios.iter().filter_map(|ratio| ratio.ok()).collect()),
        }
    }
}

/// The shares of a gap, largest first.
fn shares(mixture: &Mixture, ratios: &[f64]) -> Vec<Share> {
    let gap = || Some((*ratios.first()?, *ratios.last()?));
    let (from, to) = gap().unwrap_or_default();
    // (m_B − m_A)/(l_B − l_A) with m = 1 − e^−l, written so that close ends lose no digits.
    let difference = to - from;
    let way = if difference == 0.0 { 1.0 } else { -libm::expm1(-difference) / difference };
    let points = libm::exp(-from) * way;
    let share = |(player, shapley): (usize, f64)| Share {
        input: mixture.name(player),
        shapley,
        margin_points: shapley * points,
        from: mixture.side(player, 0),
        to: mixture.side(player, 1),
    };
    let mut shares: Vec<Share> = shapley(ratios).into_iter().enumerate().map(share).collect();
    shares.sort_by(|a, b| b.shapley.abs().total_cmp(&a.shapley.abs()));
    shares
}

#[cfg(test)]
mod tests;
