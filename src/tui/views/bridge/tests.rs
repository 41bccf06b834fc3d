use crate::model::{Global, InputId, TierField};
use crate::tui::views::tests::{explorer, opened, press, view_lines};
use crate::tui::{App, Message, Start};

fn between(pinned: &str, present: &str, (width, height): (u16, u16)) -> App {
    let start = Start { pinned: Some(opened(pinned, &[])), ..Start::new(opened(present, &[])) };
    let mut app = App::new(start);
    app.update(Message::Resize(width, height));
    app.show_view("bridge");
    app
}

fn has(lines: &[String], parts: &[&str]) -> bool {
    lines.iter().any(|line| parts.iter().all(|part| line.contains(part)))
}

#[test]
fn every_step_has_its_values_points_and_factor_and_the_sum_is_the_gap() {
    let lines = view_lines(&between("deepseek-day6", "forum-comment", (120, 40)));
    for parts in [
        ["DeepSeek V3/R1, day 6", "◇", "84.5 %"],
        ["Overlap", "0 % → 100 %", "+6.8 pt  × 1.86"],
        ["Hit price", "$0.14 → $0.35", "+1.5 pt  × 1.15"],
        ["Miss price", "$0.55 → $0.35", "-1.1 pt  ÷ 1.11"],
        ["together", "", "+8.0 pt  × 2.07"],
        ["The forum comment", "●", "92.5 %"],
    ] {
        assert!(has(&lines, &parts), "{parts:?} in {lines:#?}");
    }
}

#[test]
fn the_crux_with_the_sceptic_is_the_mix_even_on_a_small_screen() {
    let lines = view_lines(&between("deepseek-day6", "sceptic", (120, 40)));
    assert!(has(&lines, &["Tier shares", "-3.5 %"]), "{lines:#?}");
    let lines = view_lines(&between("deepseek-day6", "sceptic", (80, 24)));
    assert!(
        lines.join(" ").starts_with("Switching tier shares alone turns the verdict, to a margin of -3.5 %.")
    );
    assert!(has(&lines, &["free web and", "0 % → 70 %"]), "{lines:#?}");
    assert!(has(&lines, &["Utilization", "-45.0 pt"]), "{lines:#?}");
}

#[test]
fn without_a_pinned_scenario_one_key_offers_one() {
    let mut app = explorer(opened("deepseek-day6", &[]), "bridge", (120, 40));
    let lines = view_lines(&app);
    assert!(lines.join(" ").contains("b lists your own presets too; p pins this scenario"), "{lines:#?}");
    assert!(has(&lines, &["A sceptic's view of day 6", "-166 %"]), "{lines:#?}");
    assert!(!has(&lines, &["DeepSeek V3/R1, day 6"]), "what is open is no other");
    press(&mut app, "⇥⇥⇥⇥↓");
    let second = view_lines(&app).into_iter().find(|line| line.starts_with("Enter pins ")).expect("a hint");
    press(&mut app, "⏎");
    let pinned = app.cx.pinned.as_ref().expect("pinned");
    assert_eq!(second, format!("Enter pins {}", pinned.name));
}

#[test]
fn space_takes_the_pinned_value_and_enter_goes_to_the_input() {
    let mut app = between("deepseek-day6", "sceptic", (120, 40));
    press(&mut app, "⇥⇥⇥⇥ ");
    let shares: Vec<f64> = app.cx.document.scenario().shares().collect();
    assert_eq!(shares, [1.0, 0.0, 0.0, 0.0]);
    assert!(!has(&view_lines(&app), &["Tier shares"]));
    press(&mut app, "↓⏎");
    assert_eq!(app.cx.focused, Global::GpuHour.into());
    press(&mut app, "u⇥⇥⇥⇥");
    press(&mut app, "↑↑⏎");
    assert_eq!(app.cx.focused, InputId::Tier(0, TierField::Share));
}
