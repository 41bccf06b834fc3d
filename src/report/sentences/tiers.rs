use proptest::prelude::*;

use super::reading::{Interval, document, number};
use super::{any_scenario, is_a_sentence, keeps_digits};
use crate::model::{InputId, OutputId, Scenario, TierField, TierOutput, evaluate_all};
use crate::preset::Document;
use crate::report::Report;
use crate::report::tiers::TiersReport;

/// A part in words or digits.
fn part(text: &str) -> Option<(Interval, &str)> {
    let words = [
        ("a tenth", 0.1),
        ("a fifth", 0.2),
        ("a quarter", 0.25),
        ("a third", 1.0 / 3.0),
        ("half", 0.5),
        ("two thirds", 2.0 / 3.0),
        ("three quarters", 0.75),
        ("nine tenths", 0.9),
    ];
    let known = words.into_iter().find_map(|(words, part)| Some((part, text.strip_prefix(words)?)));
    known
        .map(|(part, rest)| (Interval { low: part - 0.005, high: part + 0.005 }, rest))
        .or_else(|| number(text))
}

/// Dollars, or cents of one.
fn money(text: &str) -> (Interval, &str) {
    for (words, low, high) in [("just below 100¢", 0.99, 1.0), ("just above 0¢", 0.0, 1e-9)] {
        if let Some(rest) = text.strip_prefix(words) {
            return (Interval { low, high }, rest);
        }
    }
    let (told, rest) = number(text).expect(text);
    match rest.strip_prefix('¢') {
        Some(rest) => (Interval { low: told.low / 100.0, high: told.high / 100.0 }, rest),
        None => (told, rest),
    }
}

/// The tier whose name a text starts with.
fn tier<'a>(document: &Document, text: &'a str) -> Option<(u8, &'a str)> {
    let tiers = 0..document.scenario().tier_count() as u8;
    let known = tiers.filter_map(|tier| {
        let name = document.content().tier_name(tier);
        Some((name.len(), tier, text.strip_prefix(name)?))
    });
    known.max_by_key(|(length, ..)| *length).map(|(_, tier, rest)| (tier, rest))
}

fn output(scenario: &Scenario, tier: u8, output: TierOutput) -> Option<f64> {
    evaluate_all(scenario).get(OutputId::Tier(tier, output))
}

/// `agent is a tenth of the output and two thirds of the cost[; it keeps 83¢ of each dollar].`; returns what follows.
fn check_mix<'a>(document: &Document, sentence: &'a str) -> Result<&'a str, TestCaseError> {
    let scenario = document.scenario();
    let (tier, rest) = tier(document, sentence).expect(sentence);
    let serves = |tier: u8| scenario.serves_free() || !scenario.is_free(tier);
    let share = |tier: u8| scenario.get(InputId::Tier(tier, TierField::Share)).expect("a share");
    let served: f64 = (0..scenario.tier_count() as u8).filter(|tier| serves(*tier)).map(share).sum();
    let of_output = share(tier) / served;
    prop_assert!(serves(tier) && share(tier) > 0.0, "{}", sentence);
    let rest = if let Some(rest) = rest.strip_prefix(" is all of the output") {
        prop_assert!((of_output - 1.0).abs() < 1e-12, "{}", sentence);
        rest
    } else {
        let (told, rest) = part(rest.strip_prefix(" is ").expect(sentence)).expect(rest);
        prop_assert!(told.holds(of_output), "{}: {}", sentence, of_output);
        let rest = rest.strip_prefix(" of the output").expect(rest);
        let cost = output(scenario, tier, TierOutput::CostShare);
        if let Some(rest) = rest.strip_prefix(" and of the cost") {
            prop_assert!((cost.expect("a part") - of_output).abs() < 0.005, "{}", sentence);
            rest
        } else if let Some(rest) = rest.strip_prefix(" and ") {
            let (told, rest) = part(rest).expect(rest);
            prop_assert!(told.holds(cost.expect("a part")), "{}: {:?}", sentence, cost);
            rest.strip_prefix(" of the cost").expect(rest)
        } else {
            prop_assert!(cost.is_none(), "{}", sentence);
            rest
        }
    };
    if let Some(rest) = rest.strip_prefix("; what is left of it is not known.") {
        let known =
            [TierOutput::PricePerMTokens, TierOutput::CostPerMTokens].map(|of| output(scenario, tier, of));
        prop_assert!(known.contains(&None), "{}: {:?}", sentence, known);
        return Ok(rest.trim_start());
    }
    let Some(rest) = rest.strip_prefix("; it ") else {
        return Ok(rest.strip_prefix('.').expect(rest).trim_start());
    };
    let margin = output(scenario, tier, TierOutput::GrossMargin);
    let rest = if let Some(rest) = rest.strip_prefix("keeps ") {
        let (told, rest) = money(rest);
        prop_assert!(told.holds(margin.expect("a margin")), "{}: {:?}", sentence, margin);
        rest.strip_prefix(" of each dollar").expect(rest)
    } else if let Some(rest) = rest.strip_prefix("loses ") {
        let (told, rest) = money(rest);
        prop_assert!(told.holds(-margin.expect("a margin")), "{}: {:?}", sentence, margin);
        rest.strip_prefix(" on each dollar").expect(rest)
    } else {
        prop_assert!(margin.is_none(), "{}", sentence);
        let price = output(scenario, tier, TierOutput::PricePerMTokens);
        prop_assert_eq!(price, Some(0.0), "{}", sentence);
        rest.strip_prefix("brings in nothing").expect(rest)
    };
    Ok(rest.strip_prefix('.').expect(rest).trim_start())
}

/// ` A plan user costs $33.85 a month and pays $20: it breaks even at 177 queries a day.`
fn check_user(document: &Document, sentence: &str) -> Result<(), TestCaseError> {
    if sentence.is_empty() {
        return Ok(());
    }
    let scenario = document.scenario();
    let rest = sentence
        .strip_prefix("A user of ")
        .or_else(|| sentence.strip_prefix("An "))
        .or_else(|| sentence.strip_prefix("A "))
        .expect(sentence);
    let (tier, rest) = tier(document, rest).expect(sentence);
    let rest = rest.trim_start_matches(" user").trim_start_matches(',');
    let (cost, rest) = money(rest.strip_prefix(" costs ").expect(rest));
    let is_cost = output(scenario, tier, TierOutput::CostPerUserMonth).expect("a cost");
    let is_price = output(scenario, tier, TierOutput::PricePerUserMonth).expect("a price");
    prop_assert!(cost.holds(is_cost), "{}: {}", sentence, is_cost);
    let rest = rest.strip_prefix(" a month and ").expect(rest);
    let rest = if let Some(rest) = rest.strip_prefix("pays nothing") {
        prop_assert!(is_price <= 0.0, "{}", sentence);
        rest
    } else {
        let rest = rest.strip_prefix("pays ").or_else(|| rest.strip_prefix("brings in ")).expect(rest);
        let (price, rest) = money(rest);
        prop_assert!(price.holds(is_price), "{}: {}", sentence, is_price);
        rest
    };
    if let Some(rest) = rest.strip_prefix(": it breaks even at ") {
        let (queries, rest) = number(rest).expect(rest);
        prop_assert_eq!(rest, " queries a day.");
        let id = InputId::Tier(tier, TierField::Queries);
        let left = |queries: f64| {
            let there = scenario.with(&[(id, Some(queries))]).ok()?;
            let of = |figure| output(&there, tier, figure);
            Some(of(TierOutput::PricePerUserMonth)? - of(TierOutput::CostPerUserMonth)?)
        };
        if let Some((fewer, more)) = left(queries.low).zip(left(queries.high)) {
            let slack = 1e-9 * is_cost.abs().max(is_price.abs());
            prop_assert!(fewer >= -slack && more <= slack, "{}: {} {}", sentence, fewer, more);
        }
    } else {
        prop_assert_eq!(rest, ".");
    }
    Ok(())
}

fn check(document: &Document, sentence: &str) -> Result<(), TestCaseError> {
    is_a_sentence(sentence)?;
    let undefined = evaluate_all(document.scenario()).outputs.undefined();
    if let Some(reason) = sentence.strip_prefix("No tier has a cost or a margin here: ") {
        prop_assert_eq!(Some(reason.to_owned()), undefined.map(|reason| format!("{reason}.")));
        return Ok(());
    }
    prop_assert!(undefined.is_none(), "{}", sentence);
    let user = if sentence.contains(" of the output") { check_mix(document, sentence)? } else { sentence };
    check_user(document, user)
}

proptest! {
    #[test]
    fn a_tier_is_as_much_as_is_said_and_a_user_costs_and_brings_that(scenario in any_scenario()) {
        prop_assume!(keeps_digits(&scenario));
        let document = document(scenario);
        let report = TiersReport::of(&document);
        check(&document, &report.conclusion())?;
        check(&document, &report.short())?;
    }
}
