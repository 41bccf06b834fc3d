use super::*;
use crate::model::{Global, TierField};
use crate::preset::builtin;
use crate::report::{Format, to_text};

fn opened(preset: &str, edits: &[(InputId, Option<f64>)]) -> Document {
    let mut document = Document::new(builtin::load(preset).expect("shipped"));
    document.set(edits).expect("valid");
    document
}

fn day_six(edits: &[(InputId, Option<f64>)], target: f64) -> BreakEvenReport {
    BreakEvenReport::of(&opened("deepseek-day6", edits), target)
}

#[test]
fn day_six_says_how_far_each_input_alone_is_from_a_loss() {
    let all = day_six(&[], 0.0);
    assert_eq!(
        all.conclusion(),
        "Rent alone would have to reach $12.90/GPU·h (× 6.45) before it loses money; no other is nearer."
    );
    let rows: Vec<String> =
        all.reached().iter().map(|row| format!("{} {}", row.name, row.distance)).collect();
    assert_eq!(rows[..2], ["Rent × 6.45", "Overhead +545 pt"]);
    assert!(rows.contains(&"Utilization -84.5 pt".to_owned()), "{rows:?}");
    assert!(rows.contains(&"free web and app share +84.5 pt".to_owned()), "{rows:?}");
    let index = |name: &str| rows.iter().position(|row| row == name);
    assert!(
        index("Decode ÷ 10.4") < index("Prefill ÷ 14.0") && index("Prefill ÷ 14.0").is_some(),
        "{rows:?}"
    );
    let unreachable: Vec<&str> = all.out_of_reach().iter().map(|(name, _)| *name).collect();
    assert_eq!(unreachable.first(), Some(&"R1 API share"), "{unreachable:?}");
    assert_eq!(
        all.robustness().as_deref(),
        Some(
            "All at once: rent, throughput, prices and paid share may each be worse by × 1.59 before it loses \
             money."
        )
    );
}

#[test]
fn a_loss_says_what_would_turn_it() {
    let all = day_six(&[(Global::GpuHour.into(), Some(20.0))], 0.0);
    assert!(
        all.conclusion()
            .contains("Rent alone would have to reach $12.90/GPU·h (÷ 1.55) before it breaks even; "),
        "{}",
        all.conclusion()
    );
    assert!(
        all.robustness().expect("defined").contains("must each be better by × 1.12 before it breaks even")
    );
    let deep = day_six(&[(Global::GpuHour.into(), Some(1e9)), (Global::Basis.into(), Some(1.0))], 0.9999);
    assert!(deep.robustness().expect("defined").starts_with("All at once: cost of a GPU-hour, "));
}

#[test]
fn a_target_is_named() {
    let above = day_six(&[], 0.3);
    assert!(above.conclusion().contains("before the margin falls to 30 %; "), "{}", above.conclusion());
    let below = day_six(&[], 0.9);
    assert!(below.conclusion().contains("before the margin reaches 90 %; "), "{}", below.conclusion());
}

#[test]
fn odd_cases_say_what_is_so() {
    let nothing_earned = day_six(&[(Global::Fee.into(), Some(1.0))], 0.0);
    assert_eq!(
        nothing_earned.conclusion(),
        "Nothing is earned, so there is no margin: Fee alone would have to reach 84.5 % (-15.5 pt) before it breaks \
         even; no other is nearer."
    );
    assert_eq!(nothing_earned.robustness(), None);
    let free = InputId::Tier(3, TierField::Share);
    let nothing_served = day_six(&[(free, Some(1.0)), (Global::ServeFree.into(), Some(0.0))], 0.0);
    assert!(nothing_served.conclusion().starts_with("No verdict, "), "{}", nothing_served.conclusion());
    let costs_nothing = day_six(&[(Global::GpuHour.into(), Some(0.0))], 0.0);
    assert!(
        costs_nothing
            .conclusion()
            .contains("Rent alone would have to reach $12.90/GPU·h (+$12.90/GPU·h) before")
    );
    let hopeless = day_six(&[(Global::GpuHour.into(), Some(1e9)), (Global::Fee.into(), Some(1.0))], 0.0);
    assert_eq!(
        hopeless.conclusion(),
        "Nothing is earned, so there is no margin: no input alone can bring it so far that it breaks even; that \
         takes several at once."
    );
    let margin = day_six(&[], 0.0).analysis.margin.expect("defined");
    assert_eq!(day_six(&[], margin).conclusion(), "The margin is exactly the target of 84.5 % as it stands.");
}

#[test]
fn the_export_has_the_documented_keys_and_one_row_a_solution() {
    let all = day_six(&[], 0.0);
    let json = serde_json::to_value(&all).expect("JSON");
    let keys: Vec<&String> = json.as_object().expect("object").keys().collect();
    assert_eq!(keys, ["preset", "target", "margin", "inputs", "robustness"]);
    let csv = to_text(&all, Format::Csv);
    assert!(
        csv.starts_with("id,value,break_even,factor,difference,why,best,at\nnode.gpu_hour,2,12.9046"),
        "{csv}"
    );
    assert!(csv.contains("\ntier.r1.output,2.19,,,,unreachable,0.5513"), "{csv}");
    assert!(csv.contains("\nnode.capex,30000,,,,no effect,,\n"), "{csv}");
}

#[test]
fn a_gap_that_any_other_value_leaves_is_not_out_of_reach() {
    let free = day_six(&[], 0.0).analysis.inputs.iter().find_map(|entry| {
        let tier = entry.id.to_string();
        (tier == "tier.free.share").then_some(entry.id.input)
    });
    let edits = [(free.expect("a free tier"), Some(1.0)), (Global::ServeFree.into(), Some(0.0))];
    let nothing_served = day_six(&edits, 0.0);
    assert!(nothing_served.is_a_gap());
    let conclusion = nothing_served.conclusion();
    assert!(
        conclusion
            .ends_with("that ends as soon as R1 API, off-peak share is not 0 %, with a margin of 38.0 %."),
        "{conclusion}"
    );
    assert!(!day_six(&[], 0.0).is_a_gap());
}
