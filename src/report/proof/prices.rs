//! The part of the derivation that comes to mean prices.

use super::Derivation;
use crate::model::{Economics, Global, InputId, TierField, Unit};
use crate::quantity::number;

/// The kinds of tokens with a price of their own: field, name, symbol.
const KINDS: [(TierField, &str, &str); 3] = [
    (TierField::InputMiss, "Mean price, input miss", "p_miss"),
    (TierField::InputHit, "Mean price, input hit", "p_hit"),
    (TierField::Output, "Mean price, output", "p_output"),
];

impl Derivation<'_> {
    /// Mean prices over the served tiers, and the blended price of input.
    pub(super) fn prices(&mut self, e: &Economics) {
        let served = self.served();
        let turned_away = !self.scenario().serves_free() && served.len() < self.scenario().tier_count();
        if turned_away && e.paid_share < 1.0 {
            let result = (e.paid_share, number::percent(e.paid_share));
            let shares: Vec<String> =
                served.iter().map(|tier| self.shown(InputId::Tier(*tier, TierField::Share))).collect();
            let title = "Paid share of all tokens";
            self.step(title, ("Σ share of the paid tiers", shares.join(" + ")), result, &[]);
            self.remark("free traffic is turned away; served shares are divided by this");
        }
        let weighted: Vec<u8> = served
            .iter()
            .copied()
            .filter(|tier| self.value(InputId::Tier(*tier, TierField::Share)) > 0.0)
            .collect();
        for (index, (field, title, symbol)) in KINDS.into_iter().enumerate() {
            let value = [e.miss_price, e.hit_price, e.output_price].get(index).copied().unwrap_or(f64::NAN);
            self.mean_price(&weighted, field, title, symbol, (value, index == 0 && !turned_away));
        }
        let (h, rest) = (self.shown(Global::HitRatio), 1.0 - self.value(Global::HitRatio));
        let numbers = format!(
            "{h} · {} + {} · {}",
            number::money(e.hit_price),
            number::percent(rest),
            number::money(e.miss_price)
        );
        let symbols = "p_input = h · p_hit + (1 − h) · p_miss";
        let result = (e.input_price, number::with_unit(e.input_price, Unit::DollarsPerMillion));
        self.step("Mean price, input", (symbols, numbers), result, &[]);
    }

    /// The tiers that are served.
    fn served(&self) -> Vec<u8> {
        let count = u8::try_from(self.scenario().tier_count()).unwrap_or(u8::MAX);
        let serves_free = self.scenario().serves_free();
        (0..count).filter(|tier| serves_free || !self.scenario().is_free(*tier)).collect()
    }

    /// The mean of one price over the tiers that have a share.
    fn mean_price(
        &mut self,
        tiers: &[u8],
        field: TierField,
        title: &str,
        symbol: &str,
        (value, names_shares): (f64, bool),
    ) {
        let all: f64 = tiers.iter().map(|tier| self.value(InputId::Tier(*tier, TierField::Share))).sum();
        let discounted = tiers.iter().any(|tier| self.value(InputId::Tier(*tier, TierField::Discount)) > 0.0);
        let fee = self.value(Global::Fee) > 0.0;
        let terms: Vec<String> = tiers
            .iter()
            .map(|tier| {
                let share = self.value(InputId::Tier(*tier, TierField::Share)) / all;
                let discount = InputId::Tier(*tier, TierField::Discount);
                let mut term = self.shown(InputId::Tier(*tier, field));
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
            if names_shares && self.value(InputId::Tier(*tier, TierField::Discount)) > 0.0 {
                inputs.push(InputId::Tier(*tier, TierField::Discount));
            }
        }
        let mut symbols = format!("{symbol} = {}", if tiers.len() > 1 { "Σ share · list" } else { "list" });
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
}
