use crate::model::{Global, InputId, TierField};
use crate::tui::Start;
use crate::tui::testing::Bench;
use crate::tui::views::tests::{odd_documents, opened};

#[test]
fn a_narrow_screen_shows_both_values_whole_with_the_way_between_them() {
    let bench = Bench::start(Start::new(opened("deepseek-day6", &[]))).show("break-even", (80, 24));
    let lines = bench.view_lines();
    let row = |name: &str| lines.iter().find(|line| line.starts_with(name)).expect("a row").clone();
    assert!(row("Rent  ").contains("$2.00 ●━") && row("Rent  ").ends_with("╳ $12.90"), "{lines:#?}");
    assert!(row("Decode").contains("14.8k ●━") && row("Decode").ends_with("╳ 1,421"), "{lines:#?}");
    assert!(row("input").contains("×1") && row("input").ends_with("worse"), "{lines:#?}");
    assert!(lines.iter().any(|line| line.ends_with("more")), "{lines:#?}");
}

#[test]
fn the_further_a_break_even_is_the_longer_its_line() {
    let lines =
        Bench::start(Start::new(opened("deepseek-day6", &[]))).show("break-even", (120, 40)).view_lines();
    let length = |name: &str| {
        let row = lines.iter().find(|line| line.starts_with(name)).expect("a row");
        row.matches('━').count()
    };
    assert_eq!(length("Rent"), length("Utilization"));
    assert!(length("Rent") < length("Decode") && length("Decode") < length("Prefill"), "{lines:#?}");
    // Half the way on a logarithmic axis is the square root.
    let ratio = length("Rent") as f64 / length("Prefill") as f64;
    assert!((ratio - 6.45_f64.ln() / 13.96_f64.ln()).abs() < 0.08, "{ratio}");
}

#[test]
fn what_is_measured_in_points_has_an_axis_of_its_own() {
    let lines = Bench::start(Start::new(opened("sceptic", &[]))).show("break-even", (120, 40)).view_lines();
    let axis = lines.iter().position(|line| line.ends_with("points")).expect("an axis");
    assert!(lines[axis].contains("0 pt") && lines[axis + 1].starts_with("R1 API share"), "{lines:#?}");
    assert!(lines[axis + 1].ends_with("+29.1 pt"), "{lines:#?}");
    assert!(lines.iter().any(|line| line.ends_with("times better")), "{lines:#?}");
}

#[test]
fn there_is_room_for_the_whole_story_on_a_large_screen() {
    let lines = Bench::start(Start::new(opened("deepseek-day6", &[])))
        .show("break-even", (200, 60))
        .view_lines()
        .join("\n");
    for words in [
        "times worse",
        "╳ $12.90/GPU·h",
        "All at once: rent, throughput, prices and paid share",
        "no value does it alone",
        "worst margin",
        "No effect here: what owning costs, what is left out, Batching",
    ] {
        assert!(lines.contains(words), "{words} in\n{lines}");
    }
}

#[test]
fn enter_moves_the_slider_to_its_break_even_or_goes_to_it() {
    let mut bench = Bench::start(Start::new(opened("deepseek-day6", &[]))).show("break-even", (120, 40));
    bench.keys("Tab*4");
    assert!(bench.view_lines().iter().any(|line| line.starts_with("Enter moves Rent to $12.90/GPU·h")));
    bench.keys("Enter");
    let rent = bench.app.cx.value(Global::GpuHour.into()).expect("there");
    assert!((rent - 12.904_69).abs() < 1e-5);
    bench.keys("u");
    bench.keys("Down*8 Enter");
    assert_eq!(bench.app.cx.focused, InputId::Tier(0, TierField::Share));
}

#[test]
fn a_loss_asks_for_the_best() {
    let bench = Bench::start(Start::new(opened("sceptic", &[]))).show("break-even", (160, 60));
    let lines = bench.view_lines().join("\n");
    assert!(lines.contains("before it breaks even") && lines.contains("best margin"), "{lines}");
    assert!(lines.contains("must each be better by × 1.28"), "{lines}");
}

#[test]
fn no_number_is_ever_cut() {
    for document in odd_documents() {
        for size in [(80, 24), (90, 30), (120, 40)] {
            let bench = Bench::start(Start::new(document.clone())).show("break-even", size);
            for line in bench.view_lines().iter().filter(|line| line.contains('…')) {
                // A name may end so; what follows it is whole.
                assert!(line.contains("… ") && !line.ends_with('…'), "{line}");
            }
        }
    }
}
