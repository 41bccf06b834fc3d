//! The shipped presets: they load, they reproduce what was published, and their golden numbers hold.
#![allow(clippy::expect_used, reason = "helpers of tests may panic as tests do")]

use napkin::model::{Fallback, Global, InputId, Output, Range, TierField, evaluate, evaluate_all};
use napkin::preset::{self, Document, Provenance, builtin};

/// Asserts equality to 1e-12 relative.
#[track_caller]
fn close(preset: &str, output: Output, expected: f64) {
    let preset = builtin::load(preset).expect("shipped");
    let actual = evaluate(&preset.content.scenario).get(output).expect("defined");
    assert!((actual - expected).abs() <= 1e-12 * expected.abs(), "{actual} is not {expected}");
}

#[test]
fn every_published_figure_is_reproduced() {
    for name in builtin::names() {
        let preset = builtin::load(name).expect("shipped");
        let scenario = &preset.content.scenario;
        let outputs = evaluate_all(scenario);
        for published in &preset.content.published {
            let check = preset::check(published, scenario, &outputs);
            assert!(check.ok, "{name}: {} {check:?}", published.output);
        }
    }
    let figures = |name| builtin::load(name).map_or(0, |preset| preset.content.published.len());
    assert_eq!(figures("deepseek-day6"), 5);
    assert_eq!(figures("forum-comment"), 4);
    assert_eq!(figures("lmsys-96xh100"), 1);
    assert_eq!(figures("alderson-napkin"), 2);
}

#[test]
fn day_six_gives_the_golden_numbers() {
    let name = "deepseek-day6";
    close(name, Output::GrossMargin, 0.8450175956170268);
    close(name, Output::Markup, 5.452345374181476);
    close(name, Output::CostPerDay, 87_072.0);
    close(name, Output::RevenuePerDay, 561_818.6164207296);
}

#[test]
fn nodes_kept_for_the_peak_leave_81_percent() {
    close("deepseek-peak", Output::GrossMargin, 0.8099884965006988);
    close("deepseek-peak", Output::CostPerDay, 106_752.0);
    let preset = builtin::load("deepseek-peak").expect("shipped");
    let markup = evaluate(&preset.content.scenario).get(Output::Markup).expect("defined");
    assert!((markup - 4.26).abs() < 0.005, "{markup}");
}

#[test]
fn the_forum_comment_earns_13_times_its_cost() {
    close("forum-comment", Output::RevenueOverCost, 13.33125);
    close("forum-comment", Output::RevenuePerNodeSecond, 0.05925);
    close("forum-comment", Output::GrossMargin, 0.9249882794186591);
}

#[test]
fn the_sceptic_loses_money() {
    let preset = builtin::load("sceptic").expect("shipped");
    let margin = evaluate(&preset.content.scenario).get(Output::GrossMargin).expect("defined");
    assert!((margin - -1.657773925).abs() < 1e-9, "{margin}");
}

#[test]
fn every_shipped_value_names_its_source_or_says_what_it_is() {
    for name in builtin::names() {
        let document = Document::new(builtin::load(name).expect("shipped"));
        for id in document.scenario().inputs() {
            let path = document.scenario().id_text(id);
            match document.provenance(id) {
                // Defaults are marked by the parameter table.
                Provenance::Source(_) | Provenance::Assumption | Provenance::Default { .. } => {}
                other => panic!("{name}: {path}: {other:?}"),
            }
            // A range is assumed, and says so where the value is not.
            let sourced = document.provenance(id) != Provenance::Assumption;
            let note = document.range(id).filter(|_| sourced).map(|_| document.range_note(id));
            assert!(matches!(note, None | Some(Some("assumption"))), "{name}: {path}");
        }
        let content = document.content();
        assert!(content.subject.is_some() && content.caveat.is_some(), "{name}");
    }
}

#[test]
fn day_six_has_its_tiers_ranges_and_claims() {
    let preset = builtin::load("deepseek-day6").expect("shipped");
    let content = &preset.content;
    let keys: Vec<String> = content.scenario.keys().map(|key| key.to_string()).collect();
    assert_eq!(keys, ["r1", "v3", "offpeak", "free"]);
    assert_eq!(content.tier_names, ["R1 API", "V3 API", "R1 API, off-peak", "free web and app"]);
    assert_eq!(content.scenario.get(InputId::Tier(2, TierField::Discount)), Some(0.75));
    assert!(content.scenario.is_free(3));
    let gpu_hour = content.claims_on(Global::GpuHour.into());
    assert_eq!(gpu_hour.len(), 10);
    assert_eq!(gpu_hour.last().map(|claim| claim.value), Some(12.29));
    let ranged = content.details.values().filter(|detail| detail.range.is_some()).count();
    assert_eq!(ranged, 6);
    let (range, at) = content.details[&Global::Decode.into()].range.expect("a range");
    assert_eq!(
        (range, at),
        (Range::new(12e3, 18.5e3, Global::Decode.parameter().domain).expect("valid"), 14.8e3)
    );
    assert_eq!(content.date.as_deref(), Some("2025-03-01"));
    // What the presets leave out is neutral, and never an assumption that nobody was told of while renting.
    let rented = [Global::HitWork];
    for global in rented {
        assert!(matches!(global.parameter().fallback, Fallback::Assumption(_)));
        assert!(content.details.contains_key(&global.into()));
    }
}
