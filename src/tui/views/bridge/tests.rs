use crate::model::{Global, InputId, TierField};
use crate::tui::Start;
use crate::tui::testing::Bench;
use crate::tui::views::tests::opened;

fn between(pinned: &str, present: &str, (width, height): (u16, u16)) -> Bench {
    let start = Start { pinned: Some(opened(pinned, &[])), ..Start::new(opened(present, &[])) };
    Bench::start(start).show("bridge", (width, height))
}

fn has(lines: &[String], parts: &[&str]) -> bool {
    lines.iter().any(|line| parts.iter().all(|part| line.contains(part)))
}

#[test]
fn every_step_has_its_values_points_and_factor_and_the_sum_is_the_gap() {
    let lines = between("deepseek-day6", "forum-comment", (120, 40)).view_lines();
    for parts in [
        ["DeepSeek V3/R1, day 6", "◇", "84.5 %"],
        ["Overlap", "▄▄▄", "+6.8 pt  × 1.86"],
        ["0 % → 100 %", "▀▀▀", ""],
        ["Hit price", "", "+1.5 pt  × 1.15"],
        ["$0.14 → $0.35", "", ""],
        ["Miss price", "", "−1.1 pt  ÷ 1.11"],
        ["$0.55 → $0.35", "", ""],
        ["together", "", "+8.0 pt  × 2.07"],
        ["The forum comment", "●", "92.5 %"],
    ] {
        assert!(has(&lines, &parts), "{parts:?} in {lines:#?}");
    }
}

#[test]
fn the_crux_with_the_sceptic_is_the_mix_even_on_a_small_screen() {
    let lines = between("deepseek-day6", "sceptic", (120, 40)).view_lines();
    assert!(has(&lines, &["Tier shares", "−3.5 %"]), "{lines:#?}");
    let lines = between("deepseek-day6", "sceptic", (80, 24)).view_lines();
    assert!(
        lines.join(" ").starts_with("Switching tier shares alone turns the verdict, to a margin of −3.5 %.")
    );
    assert!(has(&lines, &["free web and", "0 % → 70 %"]), "{lines:#?}");
    assert!(has(&lines, &["Utilization", "−45.0 pt"]), "{lines:#?}");
}

#[test]
fn without_a_pinned_scenario_one_key_offers_one() {
    let mut bench = Bench::start(Start::new(opened("deepseek-day6", &[]))).show("bridge", (120, 40));
    let lines = bench.view_lines();
    assert!(lines.join(" ").contains("b lists your own presets too; p pins this scenario"), "{lines:#?}");
    assert!(has(&lines, &["A sceptic's view of day 6", "−166 %"]), "{lines:#?}");
    assert!(!has(&lines, &["DeepSeek V3/R1, day 6"]), "what is open is no other");
    bench.keys("Tab*4 Down");
    let second = bench.view_lines().into_iter().find(|line| line.starts_with("Enter pins ")).expect("a hint");
    bench.keys("Enter");
    let pinned = bench.app.cx.pinned.as_ref().expect("pinned");
    assert_eq!(second, format!("Enter pins {}", pinned.name));
}

#[test]
fn without_a_pinned_scenario_the_sentence_leaves_a_small_screen_to_the_presets() {
    let lines = Bench::start(Start::new(opened("deepseek-day6", &[]))).show("bridge", (80, 24)).view_lines();
    assert!(lines.join(" ").starts_with("Nothing is pinned that a bridge could lead from."), "{lines:#?}");
    let titles = lines.iter().position(|line| line.starts_with("pin a preset"));
    assert_eq!(titles, Some(2), "{lines:#?}");
}

#[test]
fn space_takes_the_pinned_value_and_enter_goes_to_the_input() {
    let mut bench = between("deepseek-day6", "sceptic", (120, 40));
    bench.keys("Tab*4 Space");
    let shares: Vec<f64> = bench.app.cx.document.scenario().shares().collect();
    assert_eq!(shares, [1.0, 0.0, 0.0, 0.0]);
    assert!(!has(&bench.view_lines(), &["Tier shares"]));
    bench.keys("Down Enter");
    assert_eq!(bench.app.cx.focused, Global::GpuHour.into());
    bench.keys("u Tab*4");
    bench.keys("Up*2 Enter");
    assert_eq!(bench.app.cx.focused, InputId::Tier(0, TierField::Share));
}
