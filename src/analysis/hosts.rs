//! Hosts: what each host's prices for a model would leave on the present node.

use std::borrow::Borrow;
use std::collections::HashMap;

use serde::Serialize;

use crate::model::{Edit, Global, InputId, Output, Outputs, Scenario, TierField, evaluate};

/// What a host charges for a model, $/M.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// Who serves it.
    pub host: String,
    /// The model's canonical id.
    pub model: String,
    /// Input not in cache.
    pub input: f64,
    /// Input in cache; `None` where the host has no price for it, and bills hits as misses.
    pub cache_read: Option<f64>,
    /// Input written to the cache; `None` where it costs what other input costs.
    pub cache_write: Option<f64>,
    /// Output.
    pub output: f64,
    /// When the price was listed.
    pub date: String,
}

impl Price {
    /// The price of a hit: that of other input where the host has none.
    pub fn hit(&self) -> f64 {
        self.cache_read.unwrap_or(self.input)
    }

    /// The price of what is written to the cache: that of other input where the host has none.
    pub fn write(&self) -> f64 {
        self.cache_write.unwrap_or(self.input)
    }

    /// Whether nothing is charged.
    pub fn is_free(&self) -> bool {
        self.input.max(self.hit()).max(self.write()).max(self.output) == 0.0
    }
}

/// One host at its prices on the present node.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Host {
    /// The price list, counted from 0 in what the analysis was given.
    #[serde(skip)]
    pub price: usize,
    /// What a million tokens of this traffic cost the buyer, input and output together.
    pub price_per_m_tokens: Option<f64>,
    /// Gross margin; `None` when nothing is charged.
    pub gross_margin: Option<f64>,
    /// Profit on cost.
    pub markup: Option<f64>,
    /// Revenue over cost.
    pub revenue_over_cost: Option<f64>,
    /// The rent at which the margin is the target; 0 for a free host, `None` on an own node.
    pub break_even_gpu_hour: Option<f64>,
    /// Whether the host charges nothing.
    #[serde(skip)]
    pub free: bool,
}

/// Every host at its prices, the highest margin first and the free ones last.
///
/// A host counts once a model, by the cheapest list that charges something. `tier` is the traffic served.
pub fn hosts<P: Borrow<Price>>(scenario: &Scenario, tier: u8, target: f64, prices: &[P]) -> Vec<Host> {
    let Some(alone) = served_alone(scenario, tier) else { return Vec::new() };
    let prices: Vec<&Price> = prices.iter().map(Borrow::borrow).collect();
    let rows = prices.iter().enumerate().filter_map(|(index, price)| {
        let outputs = evaluate(&alone.with(&charged(tier, price)).ok()?);
        Some(Host {
            price: index,
            price_per_m_tokens: outputs.get(Output::PricePerMTokens),
            gross_margin: outputs.get(Output::GrossMargin),
            markup: outputs.get(Output::Markup),
            revenue_over_cost: outputs.get(Output::RevenueOverCost),
            break_even_gpu_hour: break_even(scenario, &outputs, target),
            free: price.is_free(),
        })
    });
    let mut cheapest: HashMap<(&str, &str), Host> = HashMap::with_capacity(prices.len());
    for row in rows {
        let Some(price) = prices.get(row.price) else { continue };
        let best = cheapest.entry((&price.host, &price.model)).or_insert(row);
        if is_cheaper(&row, best) {
            *best = row;
        }
    }
    let mut hosts: Vec<Host> = cheapest.into_values().collect();
    hosts.sort_by(|a, b| {
        let margin = |host: &Host| host.gross_margin.unwrap_or(f64::NEG_INFINITY);
        a.free.cmp(&b.free).then(margin(b).total_cmp(&margin(a))).then(a.price.cmp(&b.price))
    });
    hosts
}

/// Whether a list of a host is the one it is known by, rather than another: charged for, then cheapest, then first.
fn is_cheaper(row: &Host, best: &Host) -> bool {
    let price = |host: &Host| host.price_per_m_tokens.unwrap_or(f64::INFINITY);
    (row.free, price(row)) < (best.free, price(best))
}

/// The scenario a host's margin is computed from: all traffic is the tier's, billed at the host's prices.
///
/// `None` when there is no such tier, or a price is not one.
pub fn at_host(scenario: &Scenario, tier: u8, price: &Price) -> Option<Scenario> {
    served_alone(scenario, tier)?.with(&charged(tier, price)).ok()
}

/// The scenario with the tier's traffic alone, without whatever else than prices it may be billed by.
fn served_alone(scenario: &Scenario, tier: u8) -> Option<Scenario> {
    scenario.with(&alone(tier)).ok()
}

/// What is set for a host: its prices, and what they are billed on.
pub fn host_edits(tier: u8, price: &Price) -> impl Iterator<Item = Edit> {
    charged(tier, price).into_iter().chain(alone(tier))
}

/// The prices of a host.
fn charged(tier: u8, price: &Price) -> [Edit; 4] {
    let of = |field| InputId::Tier(tier, field);
    [
        (of(TierField::InputMiss), Some(price.input)),
        (of(TierField::InputHit), Some(price.hit())),
        (of(TierField::Output), Some(price.output)),
        (of(TierField::InputWrite), price.cache_write),
    ]
}

/// What a host's prices are billed on.
fn alone(tier: u8) -> [Edit; 5] {
    let of = |field| InputId::Tier(tier, field);
    [
        (of(TierField::Discount), Some(0.0)),
        (of(TierField::Monthly), Some(0.0)),
        (of(TierField::Share), Some(1.0)),
        (Global::ServeFree.into(), Some(1.0)),
        (Global::BatchingLoss.into(), Some(0.0)),
    ]
}

/// R · 3600 · (1 − target) / (gpus · (1 + overhead)).
fn break_even(scenario: &Scenario, outputs: &Outputs, target: f64) -> Option<f64> {
    if scenario.owns() {
        return None;
    }
    let input = |global: Global| scenario.get(global.into());
    let revenue = outputs.get(Output::RevenuePerNodeSecond)?;
    let gpus = input(Global::Gpus)? * (1.0 + input(Global::Overhead)?);
    Some(revenue * 3600.0 * (1.0 - target) / gpus)
}

/// The tier whose traffic is served: that with the largest share, the first of equals.
pub fn main_tier(scenario: &Scenario) -> u8 {
    let mut main = (0, f64::NEG_INFINITY);
    for (tier, share) in scenario.shares().enumerate() {
        if share > main.1 {
            main = (tier as u8, share);
        }
    }
    main.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::scenarios::{day_six, with_tiers};

    fn price(host: &str, input: f64, cache_read: Option<f64>, output: f64) -> Price {
        Price {
            host: host.to_owned(),
            model: "deepseek-r1".to_owned(),
            input,
            cache_read,
            cache_write: None,
            output,
            date: "2026-07-02".to_owned(),
        }
    }

    fn dearer_day_six() -> Scenario {
        day_six().moved(Global::GpuHour.into(), 2.35)
    }

    /// MODEL.md, golden N.
    #[test]
    fn margins_and_break_even_rents_of_three_hosts_on_day_six() {
        let prices = [
            price("deepinfra", 0.50, Some(0.35), 2.15),
            price("novita-ai", 0.70, Some(0.35), 2.50),
            price("azure", 1.35, None, 5.40),
        ];
        let hosts = hosts(&dearer_day_six(), 0, 0.0, &prices);
        let expected = [
            (2, 0.9407634021025397, 39.67142076707202),
            (1, 0.8589876826466298, 16.66521084190832),
            (0, 0.8332613761739512, 14.093915051449953),
        ];
        assert_eq!(hosts.len(), 3);
        for (host, (index, margin, rent)) in hosts.iter().zip(expected) {
            assert_eq!(host.price, index);
            let close =
                |value: Option<f64>, expected: f64| (value.expect("defined") / expected - 1.0).abs() < 1e-12;
            assert!(close(host.gross_margin, margin), "{host:?}");
            assert!(close(host.break_even_gpu_hour, rent), "{host:?}");
        }
    }

    #[test]
    fn at_the_break_even_rent_the_margin_is_the_target() {
        let start = with_tiers(3).moved(Global::Overhead.into(), 0.25);
        let list = price("novita-ai", 0.70, Some(0.35), 2.50);
        for target in [0.0, 0.5, -0.5] {
            let [host] = hosts(&start, 1, target, std::slice::from_ref(&list))[..] else {
                panic!("one host")
            };
            let rent = host.break_even_gpu_hour.expect("rented");
            let there = at_host(&start.moved(Global::GpuHour.into(), rent), 1, &list).expect("valid");
            assert!((evaluate(&there).get(Output::GrossMargin).expect("defined") - target).abs() < 1e-12);
        }
        let own = start.moved(Global::Basis.into(), 1.0);
        assert_eq!(hosts(&own, 0, 0.0, &[list])[0].break_even_gpu_hour, None);
    }

    #[test]
    fn a_host_counts_once_by_its_cheapest_list_that_charges_and_free_hosts_stand_last() {
        let prices = [
            price("gift", 0.0, None, 0.0),
            price("two", 3.0, None, 5.0),
            price("two", 0.7, None, 2.5),
            price("two", 0.0, None, 0.0),
            price("loss", 0.01, None, 0.01),
        ];
        let hosts = hosts(&day_six(), 0, 0.0, &prices);
        assert_eq!(hosts.iter().map(|host| host.price).collect::<Vec<_>>(), [2, 4, 0]);
        let gift = hosts[2];
        assert!(gift.free && gift.gross_margin.is_none());
        assert_eq!((gift.price_per_m_tokens, gift.break_even_gpu_hour), (Some(0.0), Some(0.0)));
    }

    #[test]
    fn all_traffic_is_the_tiers_and_nothing_else_is_billed() {
        let start = day_six()
            .with(&[
                (Global::ServeFree.into(), Some(0.0)),
                (Global::BatchingLoss.into(), Some(0.3)),
                (InputId::Tier(3, TierField::Share), Some(0.7)),
            ])
            .expect("valid");
        let there = at_host(&start, 2, &price("azure", 1.35, None, 5.40)).expect("valid");
        assert_eq!(there.shares().collect::<Vec<_>>(), [0.0, 0.0, 1.0, 0.0]);
        assert_eq!(there.get(InputId::Tier(2, TierField::InputHit)), Some(1.35));
        assert_eq!(there.get(InputId::Tier(2, TierField::Discount)), Some(0.0));
        assert!(there.serves_free());
        assert_eq!(there.get(Global::BatchingLoss.into()), Some(0.0));
        assert!(at_host(&start, 4, &price("azure", 1.35, None, 5.40)).is_none());
        assert!(at_host(&start, 0, &price("azure", f64::NAN, None, 5.40)).is_none());
    }

    #[test]
    fn the_largest_tier_is_served() {
        assert_eq!(main_tier(&day_six()), 0);
        assert_eq!(main_tier(&day_six().moved(InputId::Tier(2, TierField::Share), 0.6)), 2);
    }
}
