use crate::model::{Global, InputId};
use crate::tui::views::tests::{explorer, opened, press, view_lines};
use crate::tui::{App, Message, Start, theme};

fn has(lines: &[String], parts: &[&str]) -> bool {
    lines.iter().any(|line| parts.iter().all(|part| line.contains(part)))
}

#[test]
fn the_percentiles_stand_beside_the_histogram_and_the_ranges_below() {
    let mut app = explorer(opened("deepseek-day6", &[]), "odds", (120, 40));
    let lines = view_lines(&app);
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
    app.set_busy(true);
    app.update(Message::Resize(119, 40));
    assert!(view_lines(&app).join(" ").contains("of 10,000 draws"));
    assert!(app.unfinished());
    app.refine();
    assert!(!app.unfinished() && view_lines(&app).join(" ").contains("of 100,000 draws"));
}

#[test]
fn a_small_screen_keeps_picture_percentiles_and_ranges() {
    let lines = view_lines(&explorer(opened("deepseek-day6", &[]), "odds", (80, 24)));
    assert!(has(&lines, &["P5 ", "75.9 %"]) && has(&lines, &["today", "84.5 %"]), "{lines:#?}");
    assert!(
        has(&lines, &["Rent", "$1.50  $3.00 /GPU·h"]) && lines.iter().any(|line| line.contains('▇')),
        "{lines:#?}"
    );
}

#[test]
fn without_colour_what_is_below_the_target_is_shaded() {
    let dear = opened("deepseek-day6", &[(Global::GpuHour.into(), Some(12.0))]);
    let mut app = App::new(Start { theme: (&theme::MONO).into(), ..Start::new(dear) });
    app.update(Message::Resize(120, 40));
    app.show_view("odds");
    let lines = view_lines(&app);
    let shaded_then_solid = |line: &String| line.rfind('▓').is_some_and(|last| line.find('█') > Some(last));
    assert!(lines.iter().any(shaded_then_solid) && has(&lines, &["╳"]), "{lines:#?}");
}

#[test]
fn enter_edits_the_range_chosen_and_g_that_of_the_focused_slider() {
    let mut app = explorer(opened("deepseek-day6", &[]), "odds", (120, 40));
    press(&mut app, "⇥⇥⇥⇥↓");
    assert!(has(&view_lines(&app), &["Enter edits the range of Prefill"]));
    press(&mut app, "⏎");
    let title = |app: &App| app.popups.last().map(|popup| popup.title(&app.cx)).unwrap_or_default();
    assert_eq!(title(&app), "90 % range of Prefill");
    app.update(Message::Key(crossterm::event::KeyCode::Esc.into()));
    app.focus_on(InputId::from(Global::Utilization));
    app.cx.focus = crate::tui::context::Focus::View;
    press(&mut app, "g");
    assert_eq!(title(&app), "90 % range of Utilization");
}
