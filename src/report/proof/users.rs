//! The part of the derivation that comes to what a user of one tier costs and brings in a month.

use super::costs::{per_million, saved};
use super::{Derivation, duration};
use crate::model::{Economics, Global, InputId, OutputId, TierField, TierOutput, evaluate_all};
use crate::quantity::number;

/// One tier on its own: where its figures stand, and its shape.
struct Tier {
    index: u8,
    name: String,
    /// Input tokens per output token and hit ratio: its own or those of all traffic.
    ratio: InputId,
    hits: InputId,
}

impl Derivation<'_> {
    /// What a user of the tier costs and brings in a month, where use is known.
    pub(super) fn user(&mut self, index: u8, e: &Economics) {
        let results = evaluate_all(self.scenario());
        let get = |output| results.get(OutputId::Tier(index, output));
        let own = |field| InputId::Tier(index, field);
        let use_of = [own(TierField::Queries), Global::OutputPerQuery.into()];
        if use_of.iter().any(|id| self.scenario().get(*id).is_none()) {
            return;
        }
        let shape = |field, of_all: Global| {
            let id = own(field);
            if self.scenario().get(id).is_some() { id } else { of_all.into() }
        };
        let tier = Tier {
            index,
            name: self.document.content().tier_name(index).to_owned(),
            ratio: shape(TierField::InputPerOutput, Global::InputPerOutput),
            hits: shape(TierField::HitRatio, Global::HitRatio),
        };
        let with_input = 1.0 + self.value(tier.ratio);
        let times = format!(
            "{} · {} / 1M · 365 / 12",
            self.shown(own(TierField::Queries)),
            self.shown(Global::OutputPerQuery)
        );

        let cost = get(TierOutput::CostPerMTokens).map(|cost| cost * with_input);
        if let (Some(cost), Some(monthly)) = (cost, get(TierOutput::CostPerUserMonth)) {
            self.tier_cost(&tier, e, cost);
            let title = format!("{}: cost per user and month", tier.name);
            let symbols = "k · queries · tokens per query / 1M · 365 / 12";
            let inputs = self.unnamed(&use_of);
            let numbers = format!("{} · {times}", number::money(cost));
            self.step(&title, (symbols, numbers), (monthly, number::money(monthly)), &inputs);
        }
        let Some(price) = get(TierOutput::PricePerUserMonth) else { return };
        let flat = self.value(own(TierField::Monthly)) * (1.0 - self.value(Global::Fee));
        // What tokens bring: all of the price that is not the monthly one's.
        let list = self.token_price(&tier);
        if list > 0.0 {
            self.tier_price(&tier, list);
        }
        let mut terms = Vec::new();
        if list > 0.0 {
            terms.push((
                "p · queries · tokens per query / 1M · 365 / 12",
                format!("{} · {times}", number::money(list)),
            ));
        }
        if flat > 0.0 {
            let (symbols, fee) = if self.value(Global::Fee) > 0.0 {
                ("monthly · (1 − fee)", format!(" · (1 − {})", self.shown(Global::Fee)))
            } else {
                ("monthly", String::new())
            };
            terms.push((symbols, self.shown(own(TierField::Monthly)) + &fee));
        }
        let (symbols, numbers): (Vec<&str>, Vec<String>) = match terms.len() {
            0 => (vec!["nothing is charged"], vec!["$0".to_owned()]),
            _ => terms.into_iter().unzip(),
        };
        let title = format!("{}: price per user and month", tier.name);
        let inputs = self.unnamed(&[own(TierField::Monthly), own(TierField::Queries)]);
        let equation = (symbols.join(" + "), numbers.join(" + "));
        self.step(&title, equation, (price, number::money(price)), &inputs);
        if let (Some(monthly_cost), Some(margin)) =
            (get(TierOutput::CostPerUserMonth), get(TierOutput::GrossMargin))
        {
            let numbers = format!("1 − {} / {}", number::money(monthly_cost), number::money(price));
            let title = format!("{}: gross margin", tier.name);
            self.step(&title, ("1 − cost / price", numbers), (margin, number::margin(margin)), &[]);
        }
        if let (Some(cost), Some(even)) = (cost, get(TierOutput::BreakEvenQueries)) {
            let (k, k_shown) = if list > 0.0 {
                ("(k − p)", format!("({} − {})", number::money(cost), number::money(list)))
            } else {
                ("k", number::money(cost))
            };
            let symbols = format!("monthly price kept · 12 / 365 / tokens per query · 1M / {k}");
            let numbers = format!(
                "{} · 12 / 365 / {} · 1M / {k_shown}",
                number::money(flat),
                self.shown(Global::OutputPerQuery)
            );
            let title = format!("{}: breaks even at", tier.name);
            self.step(
                &title,
                (symbols, numbers),
                (even, format!("{} queries a day", number::plain(even))),
                &[],
            );
        }
    }

    /// What a million output tokens of the tier cost, with the input that belongs to them.
    fn tier_cost(&mut self, tier: &Tier, e: &Economics, cost: f64) {
        let (share_symbol, share) = saved(e);
        let head = format!("{} / {}", number::money(e.cost), self.shown(Global::Utilization));
        let a = duration(e.decode_time);
        let (symbols, numbers, inputs) = if e.miss_work > 0.0 {
            let (r, h, kappa) = (self.shown(tier.ratio), self.shown(tier.hits), self.shown(Global::HitWork));
            let m = duration(e.miss_work);
            (
                format!("k = c / u{share_symbol} · (a + r · ((1 − h) + h·κ) · m) · 1M"),
                format!("{head}{share} · ({a} + {r} · ((1 − {h}) + {h} · {kappa}) · {m}) · 1M"),
                self.unnamed(&[tier.ratio, tier.hits]),
            )
        } else {
            (format!("k = c / u{share_symbol} · a · 1M"), format!("{head}{share} · {a} · 1M"), Vec::new())
        };
        let title = format!("{}: cost of 1M output, its input with it", tier.name);
        self.step(&title, (symbols, numbers), per_million(cost), &inputs);
        self.explain_saving(e);
    }

    /// What the tier's tokens bring, $ per M output tokens with the input that belongs to them.
    fn token_price(&self, tier: &Tier) -> f64 {
        let own = |field| self.value(InputId::Tier(tier.index, field));
        let (r, h) = (self.value(tier.ratio), self.value(tier.hits));
        let mut miss = own(TierField::InputMiss);
        if self.has_write_price(tier.index) {
            let written = self.value(Global::WriteShare);
            miss = (1.0 - written) * miss + written * own(TierField::InputWrite);
        }
        let kept = (1.0 - own(TierField::Discount)) * (1.0 - self.value(Global::Fee));
        kept * (r * (h * own(TierField::InputHit) + (1.0 - h) * miss) + own(TierField::Output))
    }

    fn tier_price(&mut self, tier: &Tier, price: f64) {
        let own = |field| InputId::Tier(tier.index, field);
        let (r, h) = (self.shown(tier.ratio), self.shown(tier.hits));
        let miss = self.list_price(tier.index, TierField::InputMiss);
        let mut symbols = "r · (h · p_hit + (1 − h) · p_miss) + p_output".to_owned();
        let mut numbers = format!(
            "{r} · ({h} · {} + (1 − {h}) · {miss}) + {}",
            self.shown(own(TierField::InputHit)),
            self.shown(own(TierField::Output))
        );
        let discount = own(TierField::Discount);
        for (id, name) in [(discount, "discount"), (Global::Fee.into(), "fee")] {
            if self.value(id) > 0.0 {
                let (open, close) = if symbols.starts_with('(') { ("", "") } else { ("(", ")") };
                symbols = format!("{open}{symbols}{close} · (1 − {name})");
                numbers = format!("{open}{numbers}{close} · (1 − {})", self.shown(id));
            }
        }
        let inputs = self.unnamed(&[
            own(TierField::InputMiss),
            own(TierField::InputHit),
            own(TierField::Output),
            discount,
        ]);
        let title = format!("{}: price of 1M output, its input with it", tier.name);
        self.step(&title, (format!("p = {symbols}"), numbers), per_million(price), &inputs);
    }
}
