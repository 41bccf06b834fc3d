use crate::model::{Global, InputId, TierField};
use crate::tui::views::tests::{explorer, odd_documents, opened, press, view_lines};

#[test]
fn a_narrow_screen_shows_values_and_distances_whole() {
    let app = explorer(opened("deepseek-day6", &[]), "break-even", (80, 24));
    let lines = view_lines(&app);
    let row = |name: &str| lines.iter().find(|line| line.starts_with(name)).expect("a row").clone();
    assert!(row("Rent  ").ends_with("$12.90  × 6.45"), "{lines:#?}");
    assert!(row("Decode").contains("1,421") && row("Decode").ends_with("÷ 10.4"), "{lines:#?}");
    assert!(row("free web and app").ends_with("84.5 %  ÷ 6.45"), "{lines:#?}");
    assert!(lines.iter().any(|line| line.ends_with("more")), "{lines:#?}");
}

#[test]
fn there_is_room_for_the_whole_story_on_a_large_screen() {
    let lines = view_lines(&explorer(opened("deepseek-day6", &[]), "break-even", (200, 60))).join("\n");
    for words in [
        "break-even",
        "$12.90 /GPU·h",
        "All at once: rent, throughput, prices and paid share",
        "no value does it alone",
        "worst margin",
        "$2.19   $0.300  86.3 %       65.5 %",
        "No effect here: what owning costs, what is left out, Batching",
    ] {
        assert!(lines.contains(words), "{words} in\n{lines}");
    }
}

#[test]
fn enter_moves_the_slider_to_its_break_even_or_goes_to_it() {
    let mut app = explorer(opened("deepseek-day6", &[]), "break-even", (120, 40));
    press(&mut app, "⇥⇥⇥⇥");
    assert!(view_lines(&app).iter().any(|line| line.starts_with("Enter moves Rent to $12.90/GPU·h")));
    press(&mut app, "⏎");
    let rent = app.cx.value(Global::GpuHour.into()).expect("there");
    assert!((rent - 12.904_69).abs() < 1e-5);
    press(&mut app, "u");
    press(&mut app, "↓↓↓↓↓↓↓↓⏎");
    assert_eq!(app.cx.focused, InputId::Tier(0, TierField::Share));
}

#[test]
fn a_loss_asks_for_the_best() {
    let app = explorer(opened("sceptic", &[]), "break-even", (160, 60));
    let lines = view_lines(&app).join("\n");
    assert!(lines.contains("before it breaks even") && lines.contains("best margin"), "{lines}");
    assert!(lines.contains("must each be better by × 1.28"), "{lines}");
}

#[test]
fn no_number_is_ever_cut() {
    for document in odd_documents() {
        for size in [(80, 24), (90, 30), (120, 40)] {
            let app = explorer(document.clone(), "break-even", size);
            for line in view_lines(&app).iter().filter(|line| line.contains('…')) {
                // A name may end so; what follows it is whole.
                assert!(line.contains("… ") && !line.ends_with('…'), "{line}");
            }
        }
    }
}
