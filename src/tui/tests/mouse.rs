//! The mouse.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::tui::Message;
use crate::tui::context::Focus;
use crate::tui::testing::Bench;

#[test]
fn a_click_on_a_track_moves_the_slider_to_a_round_number() {
    let mut bench = Bench::open("deepseek-day6");
    let (_, track, _) = bench.row("node.decode");
    bench.click(track.right() - 1, track.y);
    assert_eq!(bench.focused(), "node.decode");
    let end = bench.value("node.decode").expect("a rate");
    assert!(end > 14_800.0);
    bench.keys("u");
    assert_eq!(bench.value("node.decode"), Some(14_800.0));
}

#[test]
fn a_drag_is_one_undo_and_its_window_stands_still() {
    let mut bench = Bench::open("deepseek-day6");
    let (_, track, _) = bench.row("node.decode");
    let cells: Vec<(u16, u16)> = (track.x..track.right()).map(|x| (x, track.y)).collect();
    bench.drag(&cells);
    let at_the_end = bench.value("node.decode");
    assert!(at_the_end > Some(14_800.0));
    bench.keys("u");
    assert_eq!(bench.value("node.decode"), Some(14_800.0));
    // Past both ends, off the row, and back.
    bench.drag(&[(track.x + 3, track.y), (119, 0), (0, 39), (track.right() - 1, track.y)]);
    assert_eq!(bench.value("node.decode"), at_the_end, "the window did not move under the mouse");
    bench.keys("u");
    assert_eq!(bench.value("node.decode"), Some(14_800.0));
    bench.keys("u");
    assert_eq!(bench.toast(), "nothing to undo");
}

#[test]
fn dragging_over_the_preset_value_finds_it_again() {
    let mut bench = Bench::open("deepseek-day6");
    let (_, track, _) = bench.row("cache.hit_ratio");
    bench.drag(&[(track.right() - 1, track.y)]);
    assert_eq!(bench.value("cache.hit_ratio"), Some(1.0));
    let cells: Vec<(u16, u16)> = (track.x..track.right()).map(|x| (x, track.y)).collect();
    let found = cells.iter().any(|cell| bench.drag(&[*cell]).value("cache.hit_ratio") == Some(0.5625));
    assert!(found);
}

#[test]
fn dragging_a_share_to_one_and_back_loses_nothing() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("/").text_keys("v3").keys("Enter =").text_keys("0.3").keys("Enter");
    assert_eq!(bench.focused(), "tier.v3.share");
    let before: Vec<f64> = bench.app.cx.document.scenario().shares().collect();
    let (_, track, _) = bench.row("tier.v3.share");
    let cells: Vec<(u16, u16)> = (track.x..track.right()).map(|x| (x, track.y)).collect();
    let there = cells.iter().copied().chain(cells.iter().rev().copied()).collect::<Vec<_>>();
    bench.drag(&there);
    assert_eq!(bench.value("tier.v3.share"), Some(0.0));
    bench.keys("u");
    let after: Vec<f64> = bench.app.cx.document.scenario().shares().collect();
    assert_eq!(before, after);
}

#[test]
fn the_ruler_is_a_track_too() {
    let mut bench = Bench::open("deepseek-day6");
    let track = bench.app.layout().ruler_track;
    bench.click(track.x, track.y);
    assert_eq!(bench.value("node.gpu_hour"), Some(0.0));
    bench.drag(&[(track.x + 40, track.y), (track.right() - 1, track.y)]);
    assert!(bench.value("node.gpu_hour") > Some(10.0));
    bench.keys("u*2");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.0));
}

#[test]
fn the_wheel_steps_over_a_track_and_walks_elsewhere() {
    let mut bench = Bench::open("deepseek-day6");
    let (label, track, _) = bench.row("node.gpu_hour");
    for _ in 0..3 {
        bench.wheel(true, track.x + 2, track.y);
    }
    assert_eq!(bench.value("node.gpu_hour"), Some(2.3));
    bench.wheel(false, track.x + 2, track.y).keys("u");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.0), "one run of the wheel is one undo");
    bench.wheel(false, label.x, label.y);
    assert_eq!(bench.focused(), "node.decode");
    bench.wheel(true, label.x, label.y);
    assert_eq!(bench.focused(), "node.gpu_hour");
}

#[test]
fn a_click_on_a_value_asks_for_one() {
    let mut bench = Bench::open("deepseek-day6");
    let (_, _, value) = bench.row("node.decode");
    bench.click(value.x + 1, value.y);
    assert_eq!((bench.focused().as_str(), bench.popups()), ("node.decode", 1));
    bench.text_keys("20k").keys("Enter");
    assert_eq!(bench.value("node.decode"), Some(20_000.0));
}

#[test]
fn a_click_beside_a_pop_up_closes_it() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("?").click(0, 0);
    assert_eq!(bench.popups(), 0);
}

#[test]
fn tabs_panes_and_the_headline_are_buttons() {
    let mut bench = Bench::open("deepseek-day6");
    let layout = bench.app.layout().clone();
    let (second, index) = layout.tabs.tabs[1];
    bench.click(second.x + 1, second.y);
    assert_eq!((bench.app.cx.view, bench.app.cx.focus), (index, Focus::View));
    let traffic = layout.panes[1].title;
    bench.click(traffic.x + 1, traffic.y);
    assert_eq!(bench.focused(), "traffic.input_per_output");
    let measure = bench.app.cx.measure;
    bench.click(layout.headline.x + 1, layout.headline.y);
    assert_ne!(bench.app.cx.measure, measure);
    let (_, basis, _) = bench.row("node.basis");
    bench.click(basis.x + 1, basis.y);
    assert_eq!(bench.value("node.basis"), Some(1.0));
}

#[test]
fn hints_in_the_footer_are_buttons() {
    let mut bench = Bench::open("deepseek-day6");
    let screen = bench.screen();
    let footer = screen.lines().last().expect("a footer");
    let start = footer.find("help").expect("help in the footer");
    bench.click(footer[..start].chars().count() as u16, 39);
    assert_eq!(bench.popups(), 1);
    assert!(bench.shows("Help"));
}

#[test]
fn with_the_mouse_off_the_terminal_is_told() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("m");
    assert!(bench.effects.iter().any(|effect| matches!(effect, crate::tui::Effect::Mouse(false))));
    assert!(bench.toast().contains("mouse off"));
}

#[test]
fn a_narrow_tab_bar_says_that_there_are_more_tabs_and_leads_to_them() {
    let mut bench = Bench::open("deepseek-day6");
    bench.resize(80, 24);
    assert!(!bench.shows(" Proof "));
    let further = |bench: &Bench| {
        bench.app.layout().tabs.more.iter().copied().find(|(_, view)| *view > bench.app.cx.view)
    };
    while let Some((more, view)) = further(&bench) {
        bench.click(more.x, more.y);
        assert_eq!(bench.app.cx.view, view);
    }
    assert_eq!(bench.app.cx.view, bench.app.views.len() - 1);
    assert!(bench.shows(" Proof"));
}

#[test]
fn a_click_is_about_what_was_on_screen_whatever_came_before_it_meanwhile() {
    let mut bench = Bench::open("deepseek-day6");
    bench.resize(60, 20);
    let (.., value) = bench.row("node.decode");
    bench.app.is_seen();
    // The view covers the sliders, but has not been drawn yet.
    bench.keys("v");
    bench.send(Message::Mouse(MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column: value.right() - 1,
        row: value.y,
        modifiers: KeyModifiers::NONE,
    }));
    assert_eq!((bench.focused().as_str(), bench.popups()), ("node.decode", 1));
}
