use proptest::prelude::*;

use super::reading::{Interval, document, input, input_at, margin, margin_between, may_be, number, scan};
use super::{any_scenario, any_target, is_a_sentence};
use crate::analysis::{analysed_inputs, no_effect};
use crate::model::{Global, InputId, Output, Scenario, TierField, evaluate_with, gross_margin, margin_of};
use crate::preset::Document;
use crate::report::Report;
use crate::report::break_even::BreakEvenReport;

/// What of the sentence stands before the colon, where there is no margin to talk about.
fn without_lead<'a>(scenario: &Scenario, sentence: &'a str) -> &'a str {
    let outputs = evaluate_with(scenario, scenario.free_tiers());
    if let Some(reason) = outputs.undefined() {
        return sentence.strip_prefix(&format!("No verdict, {reason}: ")).expect("the reason");
    }
    if outputs.get(Output::GrossMargin).is_none() {
        return sentence.strip_prefix("Nothing is earned, so there is no margin: ").expect("nothing earned");
    }
    sentence
}

fn above(scenario: &Scenario, start: &Scenario, target: f64) -> bool {
    gross_margin(scenario, start.free_tiers()).is_some_and(|margin| margin > target)
}

/// Inputs that have an effect.
fn moving(scenario: &Scenario) -> impl Iterator<Item = InputId> + '_ {
    let free = scenario.free_tiers();
    analysed_inputs(scenario).filter(move |id| no_effect(scenario, free, *id).is_none())
}

/// The value at which what an input multiplies by is this many times today's; `None` if there is none, or it does
/// not multiply.
fn times(scenario: &Scenario, id: InputId, factor: f64) -> Option<f64> {
    use Global::{BatchingLoss, CapitalCost, Fee, HitRatio, HitWork, Overhead, Overlap};
    let value = scenario.get(id)?;
    let moved = match id {
        InputId::Global(Overhead) => (1.0 + value) * factor - 1.0,
        InputId::Global(Fee | BatchingLoss) | InputId::Tier(_, TierField::Discount) => {
            1.0 - (1.0 - value) * factor
        }
        InputId::Tier(tier, TierField::Share) if scenario.is_free(tier) => 1.0 - (1.0 - value) * factor,
        InputId::Tier(tier, TierField::Share) => {
            let paid = |other: u8| {
                other != tier
                    && !scenario.is_free(other)
                    && scenario.get(InputId::Tier(other, TierField::Share)) > Some(0.0)
            };
            if (0..scenario.tier_count() as u8).any(paid) {
                return None;
            }
            value * factor
        }
        InputId::Global(HitRatio | HitWork | Overlap | CapitalCost) => return None,
        id if id.domain().is_share() && id != Global::Utilization.into() => return None,
        _ => value * factor,
    };
    // What is left of 1 may be less than a number beside 1 can tell.
    let lost = moved == 1.0 && value < 1.0 && factor < 1.0;
    (!lost && id.domain().contains(Some(moved))).then_some(moved)
}

/// No input that multiplies overturns the verdict by less than a factor, and no other input anywhere.
fn nothing_short_of(scenario: &Scenario, target: f64, factor: f64) -> Result<(), TestCaseError> {
    let now = above(scenario, scenario, target);
    for id in moving(scenario) {
        let multiplies = times(scenario, id, 1.0).is_some();
        let steps = (0..=24).map(|step| factor.powf(f64::from(step) / 24.0));
        let values: Vec<f64> = if multiplies {
            steps
                .flat_map(|factor| [times(scenario, id, factor), times(scenario, id, 1.0 / factor)])
                .flatten()
                .collect()
        } else {
            scan(id)
        };
        for value in values {
            let there = above(&scenario.moved(id, value), scenario, target);
            prop_assert!(there == now, "{} at {} overturns it", scenario.id_text(id), value);
        }
    }
    Ok(())
}

/// One of the values that a factor leads to: the margin there is the target.
fn leads_to_the_target(document: &Document, text: &str, target: f64) -> Result<(), TestCaseError> {
    let scenario = document.scenario();
    let on_target = |(low, high): (f64, f64)| {
        let slack = 1e-9 * (1.0 - target).max(1.0);
        low <= target + slack && high >= target - slack
    };
    if let Some(given) = text.strip_suffix(" given away") {
        let (share, rest) = number(given).expect("a share");
        prop_assert_eq!(rest, "");
        // All that is free together: some tier of these is moved, the other paid ones keep their proportions.
        let free: Vec<u8> = (0..scenario.tier_count() as u8).filter(|tier| scenario.is_free(*tier)).collect();
        let found = free
            .iter()
            .any(|tier| on_target(margin_between(scenario, InputId::Tier(*tier, TierField::Share), share)));
        prop_assert!(found, "{}", text);
        return Ok(());
    }
    let Some((id, value, rest)) = input_at(document, text) else {
        return Err(TestCaseError::fail(format!("no input and value: {text}")));
    };
    prop_assert!(rest.is_empty() || rest.starts_with(" ("), "{}", text);
    prop_assert!(
        on_target(margin_between(scenario, id, value)),
        "{}: {:?}",
        text,
        margin_between(scenario, id, value)
    );
    Ok(())
}

fn split_list(list: &str) -> Vec<String> {
    let (most, last) = match list.rsplit_once(" or ") {
        Some((most, last)) => (most, Some(last)),
        None => (list, None),
    };
    most.split(", ").chain(last).map(str::to_owned).collect()
}

fn check(document: &Document, target: f64) -> Result<(), TestCaseError> {
    let scenario = document.scenario();
    let report = BreakEvenReport::of(document, target);
    let whole = report.conclusion();
    is_a_sentence(&whole)?;
    let now = margin_of(scenario);
    if now == Some(target) {
        prop_assert!(whole.contains("exactly"), "{}", whole);
        return Ok(());
    }
    let holds = now.is_some_and(|margin| margin > target);
    let sentence = without_lead(scenario, &whole).trim_end_matches('.');
    let told = |text: &str| number(text).map(|(number, _)| number);
    // What it is said to do is what there is to do.
    let does = if target == 0.0 {
        if holds { "overturns it" } else { "makes it break even" }
    } else if holds {
        "brings the margin down to the target of "
    } else {
        "brings the margin up to the target of "
    };
    if let Some((_, rest)) = sentence.split_once(does).filter(|_| target != 0.0) {
        prop_assert!(told(rest).expect("a target").holds(target), "{}", sentence);
    }
    let lower = sentence.to_lowercase();
    if lower.starts_with("nothing short of a factor of ") || lower.starts_with("a factor of ") {
        prop_assert!(sentence.contains(does), "{}", whole);
        let factor = told(sentence.split_once("factor of ").expect("a factor").1).expect("a factor");
        let (values, other) = match sentence.split_once("; so does ") {
            Some((values, other)) => (values, Some(other)),
            None => (sentence, None),
        };
        for value in split_list(values.split_once(" alone: ").expect("values").1) {
            leads_to_the_target(document, &value, target)?;
        }
        if let Some(other) = other {
            let (id, value, _) = input_at(document, other).expect(other);
            let (low, high) = margin_between(scenario, id, value);
            prop_assert!(
                low <= target + 1e-9 && high >= target - 1e-9 || (high > target) != holds,
                "{}",
                whole
            );
        } else {
            nothing_short_of(scenario, target, factor.low.max(1.0) * (1.0 - 1e-9))?;
        }
    } else if let Some((what, margin_there)) = sentence.split_once(" alone leads past the target, to ") {
        let (id, value, _) = input_at(document, what).expect(what);
        let (told, _) = margin(margin_there).expect("a margin");
        let there = margin_between(scenario, id, value);
        match told {
            Some(told) => {
                prop_assert!(may_be(told, there), "{}: {:?}", whole, there);
                prop_assert!((there.1 > target) != holds, "{}", whole);
            }
            None => prop_assert!(holds && there.0 == f64::NEG_INFINITY, "{}", whole),
        }
    } else if lower.starts_with("no input alone moves the margin") {
        for id in moving(scenario) {
            for value in scan(id) {
                let there = gross_margin(&scenario.moved(id, value), scenario.free_tiers());
                let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
                prop_assert!(
                    there.zip(now).is_some_and(|(a, b)| same(a, b)) || there.is_none(),
                    "{} at {}: {}",
                    scenario.id_text(id),
                    value,
                    whole
                );
            }
        }
    } else if lower.starts_with("no input alone ") {
        prop_assert!(sentence.contains(does), "{}", whole);
        let best = sentence.split_once("; ").map(|(_, nearest)| {
            let (id, rest) = input(document, nearest).expect(nearest);
            let (told, at) = margin(rest.strip_prefix(" comes nearest, ").expect(rest)).expect("a margin");
            let told = told.expect("a margin");
            let (low, high) = id.parameter().scale.ends();
            let value = match at.trim() {
                "however high" => Interval { low: id.domain().max, high: id.domain().max },
                "however low" => Interval { low: id.domain().min, high: low.min(high) },
                at => number(at.strip_prefix("at ").expect(at)).expect("a value").0,
            };
            let domain = id.domain();
            let value = Interval { low: value.low.max(domain.min), high: value.high.min(domain.max) };
            (id, told, margin_between(scenario, id, value))
        });
        if let Some((id, told, there)) = best {
            prop_assert!(may_be(told, there), "{}: {} {:?}", whole, scenario.id_text(id), there);
        }
        for id in moving(scenario) {
            for value in scan(id) {
                let there = scenario.moved(id, value);
                prop_assert!(
                    above(&there, scenario, target) == holds,
                    "{} at {}: {}",
                    scenario.id_text(id),
                    value,
                    whole
                );
                let margin = gross_margin(&there, scenario.free_tiers());
                if let (Some((_, told, _)), Some(margin)) = (best, margin) {
                    let least = if told.holds(target) {
                        0.0
                    } else {
                        (told.low - target).abs().min((told.high - target).abs())
                    };
                    prop_assert!(
                        (margin - target).abs() >= least - 1e-9 * margin.abs().max(1.0),
                        "{} at {} is nearer, {}: {}",
                        scenario.id_text(id),
                        value,
                        margin,
                        whole
                    );
                }
            }
        }
    } else {
        let what = sentence.strip_suffix(" alone").expect(sentence);
        prop_assert!(what.contains(does), "{}", whole);
        let (id, value, rest) = input_at(document, what).expect(what);
        let (low, high) = margin_between(scenario, id, value);
        prop_assert!(low <= target + 1e-9 && high >= target - 1e-9, "{}: {} {}", whole, low, high);
        if let Some(now) = rest.strip_prefix(" (now ") {
            prop_assert!(told(now).expect("a value").holds(scenario.get(id).expect("a value")), "{}", whole);
        }
    }
    Ok(())
}

/// The same in few words claims no more than is true either.
fn check_short(document: &Document, target: f64) -> Result<(), TestCaseError> {
    let scenario = document.scenario();
    let report = BreakEvenReport::of(document, target);
    let (whole, short) = (report.conclusion(), report.short());
    is_a_sentence(&short)?;
    if short == whole {
        return Ok(());
    }
    let does = match (target == 0.0, report.holds()) {
        (true, true) => "overturns it",
        (true, false) => "makes it break even",
        (false, _) => "leads to ",
    };
    let sentence = short.trim_end_matches('.');
    if let Some((what, _)) = sentence.split_once(" leads past the target") {
        let (id, value, _) = input_at(document, what).expect(what);
        let (low, high) = margin_between(scenario, id, value);
        prop_assert!(low.is_infinite() || (high > target) != report.holds(), "{}", short);
        return Ok(());
    }
    prop_assert!(sentence.contains(does), "{}", short);
    if let Some((_, told)) = sentence.split_once("leads to ") {
        prop_assert!(number(told).expect(told).0.holds(target), "{}", short);
    }
    if sentence.starts_with("No input alone ") {
        prop_assert!(whole.to_lowercase().contains("no input alone "), "{}: {}", short, whole);
    } else if let Some((_, rest)) = sentence.split_once("× ") {
        let (factor, _) = number(rest).expect(rest);
        leads_to_the_target(document, rest.split_once(" alone: ").expect(rest).1, target)?;
        if sentence.starts_with("Nothing short of ") {
            nothing_short_of(scenario, target, factor.low.max(1.0) * (1.0 - 1e-9))?;
        }
    } else {
        let (id, value, _) = input_at(document, sentence).expect(sentence);
        let (low, high) = margin_between(scenario, id, value);
        prop_assert!(low <= target + 1e-9 && high >= target - 1e-9, "{}: {} {}", short, low, high);
    }
    Ok(())
}

/// Everything the robustness sentence names, moved by its factor: the margin is the target.
fn check_robustness(document: &Document, target: f64) -> Result<(), TestCaseError> {
    let scenario = document.scenario();
    let report = BreakEvenReport::of(document, target);
    let Some(sentence) = report.robustness() else { return Ok(()) };
    if sentence.contains("may not be any worse") {
        return Ok(());
    }
    prop_assert_eq!(sentence.contains("worse by"), report.holds());
    let (_, factor) = sentence.split_once("× ").expect("a factor");
    let (told, _) = number(factor).expect("a factor");
    let outputs = evaluate_with(scenario, scenario.free_tiers());
    let (revenue, cost) = (
        outputs.get(Output::RevenuePerNodeSecond).expect("revenue"),
        outputs.get(Output::CostPerNodeSecond).expect("cost"),
    );
    let paid = sentence.contains("paid share");
    prop_assert!(paid || sentence.contains("utilization"), "{}", sentence);
    let share = if paid { outputs.get(Output::PaidShare) } else { scenario.get(Global::Utilization.into()) };
    let share = share.expect("a share");
    let at_most =
        sentence.contains("with paid share at 100 %") || sentence.contains("with utilization at 100 %");
    let full = sentence.contains("share is 100 %") || sentence.contains("utilization is 100 %");
    let margin = |factor: f64| {
        let k = if sentence.contains("better") { 1.0 / factor } else { factor };
        // Cost times k; revenue divided by it for the rates, the prices, and the share.
        let share_factor = if full {
            1.0
        } else if at_most {
            share
        } else {
            k
        };
        1.0 - cost * k / (revenue / (k * k * share_factor))
    };
    // Nobody is asked for a share over 100 %, as far as the rounded factor tells.
    let asked_more = sentence.contains("better") && !full && !at_most;
    prop_assert!(!asked_more || share * told.low <= 1.0 + 1e-9, "{}", sentence);
    let (one, other) = (margin(told.low), margin(told.high));
    let slack = 1e-6 * (1.0 - target).max(1.0);
    prop_assert!(
        one.min(other) <= target + slack && one.max(other) >= target - slack || told.holds(1.0),
        "{}: {} {}",
        sentence,
        one,
        other
    );
    Ok(())
}

proptest! {
    #[test]
    fn what_would_overturn_it_does(scenario in any_scenario(), target in any_target()) {
        check(&document(scenario), target)?;
        check_short(&document(scenario), target)?;
    }

    #[test]
    fn all_at_once_leads_to_the_target(scenario in any_scenario(), target in any_target()) {
        check_robustness(&document(scenario), target)?;
    }
}
