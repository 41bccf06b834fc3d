use crate::model::{Global, InputId};
use crate::tui::runtime::Program;
use crate::tui::testing::Bench;
use crate::tui::views::tests::opened;
use crate::tui::{Message, Start, theme};

fn has(lines: &[String], parts: &[&str]) -> bool {
    lines.iter().any(|line| parts.iter().all(|part| line.contains(part)))
}

#[test]
fn the_percentiles_stand_beside_the_histogram_and_the_ranges_below() {
    let mut bench = Bench::start(Start::new(opened("deepseek-day6", &[]))).show("odds", (120, 40));
    let lines = bench.view_lines();
    assert!(lines.join(" ").contains("of 100,000 draws; nine of ten"), "{lines:#?}");
    for parts in [
        ["P95", "88.8 %"],
        ["P50", "83.6 %"],
        ["P5", "75.9 %"],
        ["today ●", "84.5 %"],
        ["target ╳", " 0 %"],
        ["Rent  ", "$1.50  $3.00 /GPU·h"],
        ["Work of a hit", "5 %   50 %"],
        ["independently", ""],
    ] {
        assert!(has(&lines, &parts), "{parts:?} in {lines:#?}");
    }
    // The lines are named above the bars, the tallest of which reaches the top.
    let top = lines.iter().position(|line| line.contains("P50 today")).expect("names");
    assert!(lines[top + 1].contains('▅') && lines[top + 2].contains('█'), "{lines:#?}");
    // What is beyond the picture is hatched, and the numbers say so; nine draws of ten are marked on the axis.
    let axis = lines.iter().position(|line| line.contains('━') && line.contains('●')).expect("an axis");
    assert!(lines[axis - 1].starts_with('░') && lines[axis + 1].starts_with("≤ 70.8 %"), "{lines:#?}");
    assert!(lines[axis + 1].contains("80 %") && lines[axis + 1].contains("≥ "), "{lines:#?}");
    bench.app.cx.busy = true;
    bench.send(Message::Resize(119, 40));
    assert!(bench.view_lines().join(" ").contains("of 10,000 draws"));
    assert!(bench.app.refine());
    assert!(!bench.app.unfinished() && bench.view_lines().join(" ").contains("of 100,000 draws"));
}

#[test]
fn a_small_screen_keeps_picture_percentiles_and_ranges() {
    let lines = Bench::start(Start::new(opened("deepseek-day6", &[]))).show("odds", (80, 24)).view_lines();
    assert!(has(&lines, &["P5 ", "75.9 %"]) && has(&lines, &["today", "84.5 %"]), "{lines:#?}");
    assert!(
        has(&lines, &["Rent", "$1.50  $3.00 /GPU·h"]) && lines.iter().any(|line| line.contains('▇')),
        "{lines:#?}"
    );
}

#[test]
fn without_colour_what_is_below_the_target_is_shaded() {
    let dear = opened("deepseek-day6", &[(Global::GpuHour.into(), Some(12.0))]);
    let bench =
        Bench::start(Start { theme: (&theme::MONO).into(), ..Start::new(dear) }).show("odds", (120, 40));
    let lines = bench.view_lines();
    let shaded_then_solid = |line: &String| line.rfind('▓').is_some_and(|last| line.find('█') > Some(last));
    assert!(lines.iter().any(shaded_then_solid) && has(&lines, &["╳"]), "{lines:#?}");
}

#[test]
fn enter_edits_the_range_chosen_and_g_that_of_the_focused_slider() {
    let mut bench = Bench::start(Start::new(opened("deepseek-day6", &[]))).show("odds", (120, 40));
    bench.keys("Tab*4 Down");
    assert!(has(&bench.view_lines(), &["Enter edits the range of Prefill"]));
    bench.keys("Enter");
    let title =
        |bench: &Bench| bench.app.popups.last().map(|popup| popup.title(&bench.app.cx)).unwrap_or_default();
    assert_eq!(title(&bench), "90 % range of Prefill");
    bench.send(Message::Key(crossterm::event::KeyCode::Esc.into()));
    bench.app.focus_on(InputId::from(Global::Utilization));
    bench.app.cx.focus = crate::tui::context::Focus::View;
    bench.keys("g");
    assert_eq!(title(&bench), "90 % range of Utilization");
}
