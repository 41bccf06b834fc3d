use proptest::prelude::*;
use std::collections::BTreeMap;

use super::reading::{document, margin, margin_between, may_be, number};
use super::{any_scenario, any_target, is_a_sentence, keeps_digits};
use crate::analysis::{Price, at_host, main_tier};
use crate::book::{Books, model_name, short_model_name};
use crate::model::{Global, Output, Scenario, evaluate};
use crate::report::Report;
use crate::report::hosts::{HostsQuery, HostsReport};

const MODELS: [&str; 3] = ["deepseek-r1", "kimi-k2.6", "gpt-oss-120b"];

/// A book of prices: hosts that charge, that do not, and that have several lists.
fn book() -> impl Strategy<Value = Vec<Price>> {
    let price = || prop_oneof![1 => Just(0.0), 4 => 0.01..20.0_f64];
    let row = (0..MODELS.len(), 0..5_u8, price(), prop::option::of(price()), price(), any::<bool>());
    let row = row.prop_map(|(model, host, input, cache_read, output, free)| Price {
        host: format!("host {host}"),
        model: MODELS[model].to_owned(),
        input: if free && host == 0 { 0.0 } else { input },
        cache_read: cache_read.filter(|_| !(free && host == 0)),
        cache_write: None,
        output: if free && host == 0 { 0.0 } else { output },
        date: "2026-07-02".to_owned(),
    });
    prop::collection::vec(row, 0..12)
}

/// What a host comes to, worked out without the report.
struct Known<'a> {
    price: &'a Price,
    there: Scenario,
    margin: Option<f64>,
    per_m_tokens: f64,
}

/// Each host of a model by its cheapest list that charges.
fn charging<'a>(scenario: &Scenario, prices: &'a [Price], model: &str) -> BTreeMap<&'a str, Known<'a>> {
    let mut best: BTreeMap<&str, Known> = BTreeMap::new();
    for price in prices.iter().filter(|price| price.model == model) {
        if price.input == 0.0 && price.hit() == 0.0 && price.output == 0.0 {
            continue;
        }
        let there = at_host(scenario, main_tier(scenario), price).expect("a host");
        let outputs = evaluate(&there);
        let per_m_tokens = outputs.get(Output::PricePerMTokens).unwrap_or(f64::INFINITY);
        let known = Known { price, there, margin: outputs.get(Output::GrossMargin), per_m_tokens };
        let dearer = best.get(price.host.as_str()).is_none_or(|best| known.per_m_tokens < best.per_m_tokens);
        if dearer {
            best.insert(&price.host, known);
        }
    }
    best
}

/// `up to $12.14 a GPU-hour`, `with 87.4 % left`: up to that rent and no further the margin is above the target.
fn reaches(known: &Known, text: &str, target: f64) -> Result<(), TestCaseError> {
    if let Some(rest) = text.strip_prefix("up to ") {
        let (rent, unit) = number(rest).expect(rest);
        prop_assert!(unit == " a GPU-hour" || unit == "/GPU·h", "{}", text);
        let (low, high) = margin_between(&known.there, Global::GpuHour.into(), rent);
        let slack = 1e-9 * (1.0 - target).max(1.0);
        let beyond = rent.high > Global::GpuHour.parameter().domain.max;
        prop_assert!(beyond || low <= target + slack && high >= target - slack, "{}: {} {}", text, low, high);
    } else if text == "with no margin" {
        prop_assert!(known.margin.is_none(), "{}", text);
    } else {
        let rest = text.strip_prefix("with ").expect(text);
        let (told, rest) = margin(rest).expect(rest);
        prop_assert!(rest.is_empty() || rest == " left", "{}", text);
        let is = known.margin.expect("a margin");
        prop_assert!(may_be(told.expect("one"), (is, is)), "{}: {}", text, is);
    }
    Ok(())
}

/// What a sentence says of hosts, in whichever of its two lengths.
fn check(
    scenario: &Scenario,
    prices: &[Price],
    target: f64,
    sentence: &str,
    full: bool,
) -> Result<(), TestCaseError> {
    let name = if full { model_name } else { short_model_name };
    let (charge, here) = if full { (" that charge for ", " on this node") } else { (" of ", " here") };
    let focus = MODELS.into_iter().find(|model| sentence.contains(&name(model))).expect(sentence);
    let model = name(focus);
    let known = charging(scenario, prices, focus);
    // No other model has more hosts.
    let hosts = |model: &str| {
        let mut hosts: Vec<&str> =
            prices.iter().filter(|price| price.model == model).map(|price| price.host.as_str()).collect();
        hosts.sort_unstable();
        hosts.dedup();
        hosts.len()
    };
    prop_assert!(MODELS.into_iter().all(|other| hosts(other) <= hosts(focus)), "{}", sentence);
    let sentence = sentence.trim_end_matches('.');
    if sentence.starts_with("No host charges for ") {
        prop_assert!(known.is_empty(), "{}", sentence);
        let all = hosts(focus);
        let served = if all == 1 { "one serves it".to_owned() } else { format!("{all} serve it") };
        prop_assert!(sentence.ends_with(&format!(": {served} for nothing")), "{}", sentence);
        return Ok(());
    }
    if sentence.ends_with(&format!("{here}: nothing is earned")) {
        prop_assert!(known.values().all(|known| known.margin.is_none()), "{}", sentence);
        return Ok(());
    }
    let above: Vec<&Known> =
        known.values().filter(|known| known.margin.is_some_and(|margin| margin > target)).collect();
    // What they do is measured against the target.
    let does = if target == 0.0 { "money" } else { "more than " };
    prop_assert!(sentence.contains(does), "{}", sentence);
    if target != 0.0 {
        let told = number(sentence.split_once("more than ").expect(sentence).1).expect(sentence).0;
        prop_assert!(told.holds(target), "{}", sentence);
    }
    let cheapest = |of: &[&Known]| of.iter().map(|known| known.per_m_tokens).fold(f64::INFINITY, f64::min);
    let one = format!(", the one host that charges for {model}, ");
    if let Some((host, rest)) = sentence.split_once(&one) {
        prop_assert_eq!(known.len(), 1, "{}", sentence);
        let known = &known[host];
        let fails = rest.starts_with("does not ");
        prop_assert_eq!(fails, above.is_empty(), "{}", sentence);
        let joint = if fails { format!("{here}: only ") } else { format!("{here}, ") };
        return reaches(known, rest.split_once(&joint).expect(rest).1, target);
    }
    let counts = format!("hosts{charge}{model} ");
    let (lead, rest) = sentence.split_once(&counts).expect(sentence);
    let (_, rest) = rest.split_once(&format!("{here}; ")).expect(rest);
    if let Some(all) = lead.strip_prefix("All ") {
        prop_assert!(number(all).expect(all).0.holds(known.len() as f64), "{}", sentence);
        prop_assert_eq!(above.len(), known.len(), "{}", sentence);
        let text = rest.strip_prefix("the cheapest ").expect(rest);
        let least = cheapest(&above);
        let any = above
            .iter()
            .filter(|known| known.per_m_tokens <= least)
            .any(|known| reaches(known, text, target).is_ok());
        prop_assert!(any, "{}", sentence);
    } else if let Some(all) = lead.strip_prefix("None of the ") {
        prop_assert!(number(all).expect(all).0.holds(known.len() as f64), "{}", sentence);
        prop_assert!(above.is_empty(), "{}", sentence);
        let (host, reach) = rest.split_once(" comes closest: ").expect(rest);
        let closest = &known[host];
        let margin = |known: &Known| known.margin.unwrap_or(f64::NEG_INFINITY);
        prop_assert!(known.values().all(|other| margin(other) <= margin(closest)), "{}", sentence);
        reaches(closest, reach, target)?;
    } else {
        let (some, all) = lead.split_once(" of the ").expect(lead);
        prop_assert!(number(some).expect(some).0.holds(above.len() as f64), "{}", sentence);
        prop_assert!(number(all).expect(all).0.holds(known.len() as f64), "{}", sentence);
        let (host, reach) =
            rest.strip_prefix("the cheapest of them, ").expect(rest).split_once(", ").expect(rest);
        prop_assert!(known[host].per_m_tokens <= cheapest(&above), "{}", sentence);
        prop_assert!(above.iter().any(|known| known.price.host == host), "{}", sentence);
        reaches(&known[host], reach, target)?;
    }
    Ok(())
}

proptest! {
    #[test]
    fn so_many_hosts_make_money_up_to_that_rent(
        scenario in any_scenario(), target in any_target(), prices in book(), model in 0..=MODELS.len(),
    ) {
        prop_assume!(keeps_digits(&scenario));
        let books = Books::of(&prices, &[], &[]);
        let asked = MODELS.get(model).copied().unwrap_or_default();
        let document = document(scenario);
        let query = HostsQuery { model: Some(asked), target, ..HostsQuery::default() };
        let report = HostsReport::of(&document, &books, query);
        let asked: Vec<Price> =
            prices.into_iter().filter(|price| asked.is_empty() || price.model == asked).collect();
        let sentence = report.conclusion();
        is_a_sentence(&sentence)?;
        is_a_sentence(&report.short())?;
        if asked.is_empty() {
            prop_assert!(sentence.starts_with("The book of prices "), "{}", sentence);
            prop_assert_eq!(&sentence, &report.short());
            return Ok(());
        }
        if let Some(reason) = sentence.strip_prefix("No host has a margin here: ") {
            let there = at_host(&scenario, main_tier(&scenario), &asked[0]).expect("a host");
            let undefined = evaluate(&there).undefined().expect("undefined");
            prop_assert!(reason.starts_with(&format!("{undefined}.")), "{}", sentence);
            return Ok(());
        }
        let (verdict, rest) = sentence.split_once(". ").expect(&sentence);
        prop_assert!(rest.ends_with("Prices: models.dev, 2026-07-02."), "{}", rest);
        // How many rows are of another model than the one it is about.
        let focus = MODELS.into_iter().find(|model| verdict.contains(&model_name(model))).expect(verdict);
        let mut others: Vec<(&str, &str)> = asked
            .iter()
            .filter(|price| price.model != focus)
            .map(|price| (price.model.as_str(), price.host.as_str()))
            .collect();
        others.sort_unstable();
        others.dedup();
        match others.len() {
            0 => prop_assert!(!rest.contains("listed too"), "{}", rest),
            1 => prop_assert!(rest.starts_with("One row of another model"), "{}", rest),
            many => prop_assert!(rest.starts_with(&format!("{many} rows of other models, none with more, are")), "{}", rest),
        }
        check(&scenario, &asked, target, verdict, true)?;
        check(&scenario, &asked, target, &report.short(), false)?;
    }
}
