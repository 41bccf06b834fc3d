//! The part of the derivation that comes to mean prices.

use super::Derivation;
use crate::model::{Economics, Global, InputId, MeanPrices, TierField, Unit};
use crate::quantity::number;

/// A kind of tokens with a price of its own: field, name, symbol.
type Kind = (TierField, &'static str, &'static str);

/// The kinds of tokens with a price of their own.
const KINDS: [Kind; 3] = [
    (TierField::InputMiss, "Mean price, input miss", "p_miss"),
    (TierField::InputHit, "Mean price, input hit", "p_hit"),
    (TierField::Output, "Mean price, output", "p_output"),
];

impl Derivation<'_> {
    /// Mean prices over the served tiers, and the blended price of input.
    pub(super) fn prices(&mut self, e: &Economics, mean: &MeanPrices) {
        let served = self.served();
        let turned_away = !self.scenario().serves_free() && served.len() < self.scenario().tier_count();
        if turned_away && e.paid_share < 1.0 {
            let result = (e.paid_share, number::percent(e.paid_share));
            let shares: Vec<String> =
                served.iter().map(|tier| self.shown(InputId::Tier(*tier, TierField::Share))).collect();
            let title = "Paid share of all tokens";
            self.step(title, ("Σ share of the paid tiers", shares.join(" + ")), result, &[]);
            self.note("free traffic is turned away; served shares are divided by this");
        }
        let weighted = self.weighted();
        for (index, kind) in KINDS.into_iter().enumerate() {
            let value = [mean.miss, mean.hit, e.output_revenue].get(index).copied().unwrap_or(f64::NAN);
            self.mean_price(&weighted, kind, (value, index == 0 && !turned_away));
        }
        let (h, rest) = (self.hit_ratio(mean), 1.0 - mean.hit_ratio);
        let numbers = format!(
            "{h} · {} + {} · {}",
            number::money(mean.hit),
            number::percent(rest),
            number::money(mean.miss)
        );
        let symbols = "p_input = h · p_hit + (1 − h) · p_miss";
        let result = (mean.input, number::with_unit(mean.input, Unit::DollarsPerMillion));
        self.step("Mean price, input", (symbols, numbers), result, &[]);
        self.flat_price(&weighted, e);
    }

    /// What monthly prices come to per million output tokens.
    fn flat_price(&mut self, tiers: &[u8], e: &Economics) {
        let monthly = |tier: u8| InputId::Tier(tier, TierField::Monthly);
        let paying: Vec<u8> = tiers.iter().copied().filter(|tier| self.value(monthly(*tier)) > 0.0).collect();
        if paying.is_empty() {
            return;
        }
        let all: f64 = tiers.iter().map(|tier| self.value(InputId::Tier(*tier, TierField::Share))).sum();
        let per_query = self.shown(Global::OutputPerQuery);
        let (mut terms, mut inputs) = (Vec::new(), vec![Global::OutputPerQuery.into()]);
        for tier in paying {
            let (price, queries) = (monthly(tier), InputId::Tier(tier, TierField::Queries));
            let share = self.value(InputId::Tier(tier, TierField::Share)) / all;
            let share = if share == 1.0 { String::new() } else { format!("{} · ", number::percent(share)) };
            terms.push(format!(
                "{share}{} · 12 / 365 / ({} · {per_query}) · 1M",
                self.shown(price),
                self.shown(queries)
            ));
            inputs.extend([price, queries]);
        }
        let mut symbols =
            "p_flat = Σ share · monthly · 12 / 365 / (queries a day · tokens per query) · 1M".to_owned();
        let mut numbers = terms.join(" + ");
        if self.value(Global::Fee) > 0.0 {
            symbols += " · (1 − fee)";
            numbers = format!("({numbers}) · (1 − {})", self.shown(Global::Fee));
        }
        let result = (e.flat_revenue, number::with_unit(e.flat_revenue, Unit::DollarsPerMillion));
        self.step("Monthly prices, per M output tokens", (symbols, numbers), result, &inputs);
    }

    /// The tiers that are served and have a share.
    pub(super) fn weighted(&self) -> Vec<u8> {
        let share = |tier: &u8| self.value(InputId::Tier(*tier, TierField::Share));
        self.served().into_iter().filter(|tier| share(tier) > 0.0).collect()
    }

    /// The tiers that are served.
    fn served(&self) -> Vec<u8> {
        let count = u8::try_from(self.scenario().tier_count()).unwrap_or(u8::MAX);
        let serves_free = self.scenario().serves_free();
        (0..count).filter(|tier| serves_free || !self.scenario().is_free(*tier)).collect()
    }

    /// The mean of one price over the tiers that have a share, weighed by the tokens it is paid for.
    fn mean_price(&mut self, tiers: &[u8], (field, title, symbol): Kind, (value, names_shares): (f64, bool)) {
        let weights = self.weights(tiers, field);
        let all: f64 = weights.iter().sum();
        let discounted = tiers.iter().any(|tier| self.value(InputId::Tier(*tier, TierField::Discount)) > 0.0);
        let fee = self.value(Global::Fee) > 0.0;
        let terms: Vec<String> = tiers
            .iter()
            .zip(&weights)
            .map(|(tier, weight)| {
                let share = weight / all;
                let discount = InputId::Tier(*tier, TierField::Discount);
                let mut term = self.list_price(*tier, field);
                if share != 1.0 {
                    term = format!("{} · {term}", number::percent(share));
                }
                if self.value(discount) > 0.0 {
                    term = format!("{term} · (1 − {})", self.shown(discount));
                }
                term
            })
            .collect();
        let mut inputs = Vec::new();
        for tier in tiers {
            if names_shares && tiers.len() > 1 {
                inputs.push(InputId::Tier(*tier, TierField::Share));
            }
            inputs.push(InputId::Tier(*tier, field));
            if field == TierField::InputMiss && self.has_write_price(*tier) {
                inputs.push(InputId::Tier(*tier, TierField::InputWrite));
            }
            if names_shares && self.value(InputId::Tier(*tier, TierField::Discount)) > 0.0 {
                inputs.push(InputId::Tier(*tier, TierField::Discount));
            }
        }
        let of_these = field != TierField::Output && self.has_own_shapes();
        let list = match tiers.len() {
            0 | 1 => "list",
            _ if of_these => "Σ share of these tokens · list",
            _ => "Σ share · list",
        };
        let mut symbols = format!("{symbol} = {list}");
        let mut numbers = terms.join(" + ");
        if discounted {
            symbols += " · (1 − discount)";
        }
        if fee {
            symbols += " · (1 − fee)";
            numbers = if terms.len() > 1 { format!("({numbers})") } else { numbers };
            numbers = format!("{numbers} · (1 − {})", self.shown(Global::Fee));
            if names_shares {
                inputs.push(Global::Fee.into());
            }
        }
        let result = (value, number::with_unit(value, Unit::DollarsPerMillion));
        self.step(title, (symbols, numbers), result, &inputs);
    }
    /// The tokens of a kind that each tier has, up to a factor; its share alone where there are none of them.
    fn weights(&self, tiers: &[u8], field: TierField) -> Vec<f64> {
        let share = |tier: u8| self.value(InputId::Tier(tier, TierField::Share));
        let own = |tier: u8, field, of_all: Global| {
            self.scenario().get(InputId::Tier(tier, field)).unwrap_or_else(|| self.value(of_all))
        };
        let tokens = |tier: &u8| {
            let hits = own(*tier, TierField::HitRatio, Global::HitRatio);
            let kind = if field == TierField::InputHit { hits } else { 1.0 - hits };
            share(*tier) * own(*tier, TierField::InputPerOutput, Global::InputPerOutput) * kind
        };
        let weights: Vec<f64> = tiers.iter().map(tokens).collect();
        let by_tokens = field != TierField::Output && self.has_own_shapes();
        if by_tokens && weights.iter().sum::<f64>() > 0.0 {
            return weights;
        }
        tiers.iter().map(|tier| share(*tier)).collect()
    }

    /// The list price of a kind of tokens, part of a miss billed as written to the cache.
    pub(super) fn list_price(&self, tier: u8, field: TierField) -> String {
        let list = self.shown(InputId::Tier(tier, field));
        if field != TierField::InputMiss || !self.has_write_price(tier) {
            return list;
        }
        let written = self.shown(Global::WriteShare);
        let write = self.shown(InputId::Tier(tier, TierField::InputWrite));
        format!("((1 − {written}) · {list} + {written} · {write})")
    }

    /// Whether part of the missed input is billed at a price of its own.
    pub(super) fn has_write_price(&self, tier: u8) -> bool {
        self.value(Global::WriteShare) > 0.0
            && self.scenario().get(InputId::Tier(tier, TierField::InputWrite)).is_some()
    }
}
