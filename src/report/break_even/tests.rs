use super::*;
use crate::model::{Global, InputId, TierField};
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
        "Nothing short of a factor of 6.45 overturns it alone: rent at $12.90, utilization at 15.5 % or 84.5 % given away."
    );
    let rows: Vec<String> =
        all.reached().iter().map(|row| format!("{} {}", row.name, row.distance)).collect();
    assert_eq!(
        rows[..6],
        [
            "Rent × 6.45",
            "Overhead × 6.45",
            "Utilization ÷ 6.45",
            "Discount ÷ 6.45",
            "free web and app share ÷ 6.45",
            "Fee ÷ 6.45"
        ]
    );
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
            .contains("A factor of 1.55 makes it break even alone: rent at $12.90; so does overlap at 84.3 % (+84.3 pt)."),
        "{}",
        all.conclusion()
    );
    assert!(
        all.robustness().expect("defined").starts_with(
            "All at once: paid share is 100 %, and rent, throughput and prices must each be better by × 1.16 before"
        )
    );
    let deep = day_six(&[(Global::GpuHour.into(), Some(1e9)), (Global::Basis.into(), Some(1.0))], 0.9999);
    assert!(deep.robustness().expect("defined").contains("paid share is 100 %, and cost of a GPU-hour, "));
}

#[test]
fn a_target_is_named() {
    let above = day_six(&[], 0.3);
    assert!(
        above.conclusion().contains("brings the margin down to the target of 30 % alone: "),
        "{}",
        above.conclusion()
    );
    let below = day_six(&[], 0.9);
    assert!(
        below.conclusion().contains("brings the margin up to the target of 90 % alone: "),
        "{}",
        below.conclusion()
    );
}

#[test]
fn odd_cases_say_what_is_so() {
    let nothing_earned = day_six(&[(Global::Fee.into(), Some(1.0))], 0.0);
    assert_eq!(
        nothing_earned.conclusion(),
        "Nothing is earned, so there is no margin: fee at 84.5 % (now 100 %) makes it break even alone."
    );
    assert_eq!(nothing_earned.robustness(), None);
    let free = InputId::Tier(3, TierField::Share);
    let nothing_served = day_six(&[(free, Some(1.0)), (Global::ServeFree.into(), Some(0.0))], 0.0);
    assert!(nothing_served.conclusion().starts_with("No verdict, "), "{}", nothing_served.conclusion());
    let costs_nothing = day_six(&[(Global::GpuHour.into(), Some(0.0))], 0.0);
    assert_eq!(costs_nothing.conclusion(), "Rent at $12.90 (now $0) overturns it alone.");
    let hopeless = day_six(&[(Global::GpuHour.into(), Some(1e9)), (Global::Fee.into(), Some(1.0))], 0.0);
    assert_eq!(
        hopeless.conclusion(),
        "Nothing is earned, so there is no margin: no input alone makes it break even; fee comes nearest, cost 77.5M times revenue at 0 %."
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
        csv.starts_with("id,value,break_even,factor,points,why,best,at\nnode.gpu_hour,2,12.9046"),
        "{csv}"
    );
    assert!(csv.contains("\ntier.r1.output,2.19,,,,unreachable,0.5513"), "{csv}");
    assert!(csv.contains("\nnode.capex,30000,,,,no effect,,\n"), "{csv}");
}

#[test]
fn where_a_slider_ends_the_table_says_however_far_and_exports_say_the_number() {
    let out_of_reach = day_six(&[], 0.99);
    let table = to_text(&out_of_reach, Format::Table);
    let decode = table.lines().find(|line| line.starts_with("node.decode ")).expect("a row");
    assert!(decode.ends_with("however high") && !table.contains("1T tok/s"), "{decode}");
    let csv = to_text(&out_of_reach, Format::Csv);
    assert!(
        csv.lines().any(|line| line.starts_with("node.decode,") && line.ends_with(",1000000000000")),
        "{csv}"
    );
}

#[test]
fn where_the_margin_jumps_past_the_target_a_value_past_it_is_named() {
    let free = day_six(&[], 0.0).analysis.inputs.iter().find_map(|entry| {
        let tier = entry.id.to_string();
        (tier == "tier.free.share").then_some(entry.id.input)
    });
    let edits = [(free.expect("a free tier"), Some(1.0)), (Global::ServeFree.into(), Some(0.0))];
    let nothing_served = day_six(&edits, 0.0);
    assert!(nothing_served.jumps());
    let conclusion = nothing_served.conclusion();
    assert!(
        conclusion.ends_with(": share of R1 API at 10 % alone leads past the target, to a margin of 84.5 %."),
        "{conclusion}"
    );
    assert!(!day_six(&[], 0.0).jumps());
}
