//! Where keys lead: rows, panes, views, and out.

use crate::model::InputId;
use crate::tui::context::Focus;
use crate::tui::runtime::Program;
use crate::tui::testing::Bench;

#[test]
fn the_first_screen_names_subject_and_caveat() {
    for (width, height) in [(80, 24), (100, 30), (120, 40), (200, 60)] {
        let mut bench = Bench::open("deepseek-day6");
        bench.resize(width, height);
        assert!(bench.shows("R1's list prices cover the cost"), "{}", bench.screen());
        assert!(
            bench.shows("theoretical: all tokens at R1's list price, free ones too"),
            "{}",
            bench.screen()
        );
    }
}

#[test]
fn up_and_down_run_on_into_the_next_pane() {
    let mut bench = Bench::open("deepseek-day6");
    let mut seen = vec![bench.focused()];
    for _ in 0..40 {
        bench.keys("Down");
        seen.push(bench.focused());
    }
    let panes: Vec<&str> =
        ["node.", "fleet.", "traffic.", "tier.r1.share", "cache.", "tier.free.output"].to_vec();
    for pane in panes {
        assert!(seen.iter().any(|id| id.starts_with(pane)), "{pane}: {seen:?}");
    }
    let last = bench.focused();
    bench.keys("Down");
    assert_eq!(bench.focused(), last, "it ends at the end");
    bench.keys("k*60");
    assert_eq!(bench.focused(), "node.gpu_hour");
}

#[test]
fn rows_at_zero_fold_and_one_key_opens_a_pane_whole() {
    let mut bench = Bench::open("deepseek-day6");
    let has = |bench: &Bench, label: &str| {
        bench
            .app
            .layout()
            .panes
            .iter()
            .any(|pane| pane.rows.iter().any(|row| bench.app.cx.document.label(row.id) == label))
    };
    assert!(bench.shows("+2 at zero") && !has(&bench, "Other costs") && has(&bench, "Decode"));
    bench.keys("/").text_keys("other costs").keys("Enter");
    assert!(has(&bench, "Other costs"), "what has the focus is on screen");
    bench.keys("Up*20 +").resize(120, 60);
    assert!(has(&bench, "Other costs") && has(&bench, "Power per GPU"), "{}", bench.screen());
    bench.keys("+");
    assert!(!has(&bench, "Power per GPU"), "{}", bench.screen());
    // What was set to zero here is an edit, and edits are seen.
    bench.keys("/").text_keys("nodes paid").keys("Enter").resize(120, 40).keys("= 0 Enter Up*9");
    assert!(has(&bench, "Nodes paid"), "{}", bench.screen());
}

#[test]
fn tab_goes_from_node_to_traffic_cache_pricing_view_and_round() {
    let mut bench = Bench::open("deepseek-day6");
    let starts = ["traffic.input_per_output", "cache.", "tier.r1.output"];
    for start in starts {
        bench.keys("Tab");
        assert!(bench.focused().starts_with(start), "{} {start}", bench.focused());
    }
    bench.keys("Tab");
    assert_eq!(bench.app.cx.focus, Focus::View);
    bench.keys("Tab");
    assert_eq!((bench.app.cx.focus, bench.focused().as_str()), (Focus::Sliders, "node.gpu_hour"));
    bench.keys("BackTab");
    assert_eq!(bench.app.cx.focus, Focus::View);
    bench.keys("BackTab");
    assert!(bench.focused().starts_with("tier.r1."));
}

#[test]
fn brackets_and_function_keys_choose_the_view() {
    let mut bench = Bench::open("deepseek-day6");
    let count = bench.app.views.len();
    bench.keys("]");
    assert_eq!(bench.app.cx.view, 1 % count);
    bench.keys("[*2");
    assert_eq!(bench.app.cx.view, count - 1);
    bench.keys("F2");
    assert_eq!(bench.app.cx.view, 0);
    bench.keys("F3");
    assert_eq!(bench.app.cx.view, 1);
}

#[test]
fn escape_leaves_the_innermost_thing_and_never_quits() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("BackTab ? Esc");
    assert_eq!((bench.popups(), bench.app.cx.focus), (0, Focus::View));
    bench.keys("Esc");
    assert_eq!(bench.app.cx.focus, Focus::Sliders);
    bench.keys("Esc*10");
    assert!(!bench.left());
    bench.keys("q");
    assert!(bench.left());
    assert!(Bench::open("sceptic").keys("C-c").left());
}

#[test]
fn a_preset_that_ships_can_be_left_at_once_even_with_edits() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("Right q");
    assert!(bench.left());
    assert_eq!(bench.popups(), 0);
    let replay_hint = bench.app.replay_hint().expect("a command line");
    assert_eq!(replay_hint, "napkin deepseek-day6 --set node.gpu_hour=2.1");
}

#[test]
fn the_measure_goes_round_and_says_its_definition() {
    let mut bench = Bench::open("deepseek-day6");
    let definitions = ["1 − cost ÷ revenue", "revenue ÷ cost − 1", "= how many times over revenue pays"];
    for definition in definitions {
        assert!(bench.shows(definition), "{definition}: {}", bench.screen());
        bench.keys("d");
    }
    bench.keys("d*2");
    assert!(bench.shows(definitions[0]));
}

#[test]
fn the_month_of_a_user_is_a_measure_of_the_tier_selected_and_passed_over_without_use() {
    let mut bench = Bench::open("chat-and-agents");
    let large = |bench: &mut Bench, words: &str| {
        assert!(bench.shows(words), "{words}: {}", bench.screen());
        bench.keys("d");
    };
    let before = ["GROSS MARGIN", "MARKUP", "REVENUE ÷ COST", "COST PER M TOKENS · PRICE $0.250"];
    for words in before {
        large(&mut bench, words);
    }
    large(&mut bench, "COST PER 1,000 QUERIES · PRICE $3.42");
    // A chat has no queries a day.
    large(&mut bench, "PROFIT A DAY");
    bench.keys("} d*5");
    assert!(bench.shows("COST PER USER AND MONTH · agent · PRICE $202"), "{}", bench.screen());
    assert!(bench.shows("$33.85") || bench.screen().contains("▀"), "{}", bench.screen());
    bench.keys("}");
    assert!(bench.shows("COST PER USER AND MONTH · plan · PRICE $20.00"), "{}", bench.screen());
    bench.keys("}");
    assert!(bench.shows("COST PER USER AND MONTH · chat (needs queries a day)"), "{}", bench.screen());
    bench.keys("d");
    assert!(bench.shows("PROFIT A DAY"), "{}", bench.screen());
}

#[test]
fn the_measure_of_a_user_is_compared_with_the_pinned_tier_of_the_same_key() {
    let mut bench = Bench::open("chat-and-agents");
    bench.keys("p } d*5 Right");
    assert!(bench.shows("against pinned") && bench.shows("+$"), "{}", bench.screen());
}

#[test]
fn pin_shows_the_difference_and_swap_changes_places() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("P");
    assert!(bench.toast().contains("p pins"), "{}", bench.toast());
    bench.keys("p Right*3");
    assert!(bench.shows("pinned: DeepSeek"), "{}", bench.screen());
    bench.keys("P");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.0));
    assert_eq!(bench.app.cx.pinned_value(bench.app.cx.focused), Some(2.3));
    bench.keys("P p");
    assert_eq!(bench.app.cx.pinned_value(bench.app.cx.focused), Some(2.3), "pinned anew, since it differs");
    bench.keys("p");
    assert!(bench.app.cx.pinned.is_none(), "unpinned, since nothing differs");
}

#[test]
fn what_is_edited_is_named_so_wherever_it_is_named() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("Right*3 p");
    assert_eq!(bench.toast(), "pinned: DeepSeek V3/R1, day 6, 1 changed");
    bench.keys("r P");
    assert_eq!(bench.toast(), "now: DeepSeek V3/R1, day 6, 1 changed");
    bench.keys("P");
    assert_eq!(bench.toast(), "now: DeepSeek V3/R1, day 6");
}

#[test]
fn what_is_reproduced_is_said_of_the_preset_before_its_edits_in_however_little_room() {
    let mut bench = Bench::open("deepseek-day6");
    for keys in ["Right*3", "p Right"] {
        bench.keys(keys);
        for width in 60..=200 {
            bench.resize(width, 24);
            let header = bench.screen().lines().next().unwrap_or_default().to_owned();
            let told = ["5 of 5", "5/5"].iter().any(|count| header.contains(count));
            assert_eq!(told, header.contains(" before "), "{width}: {header}");
            assert!(told || width < 80 || header.contains("pinned: DeepSeek"), "{width}: {header}");
        }
    }
}

#[test]
fn on_the_smallest_screen_caveat_and_ruler_are_cut_between_words_of_whole_clauses() {
    for preset in ["deepseek-day6", "plans-2026", "alderson-napkin", "v4pro-gb300"] {
        let mut bench = Bench::open(preset);
        bench.resize(80, 24);
        let inputs: Vec<InputId> = bench.app.cx.document.scenario().inputs().collect();
        for id in inputs {
            bench.app.focus_on(id);
            bench.resize(80, 24);
            let screen = bench.screen();
            let rows: Vec<&str> = screen.lines().collect();
            for row in [rows[2], rows[21]] {
                assert!(row.matches('…').count() == row.matches(" …").count(), "{preset}: {row}");
            }
        }
    }
}

#[test]
fn tiers_are_switched_in_pricing() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("Tab*3");
    assert_eq!(bench.focused(), "tier.r1.output");
    bench.keys("}");
    assert_eq!(bench.focused(), "tier.v3.output");
    bench.keys("{*2");
    assert_eq!(bench.focused(), "tier.free.output");
}

#[test]
fn themes_go_round_and_are_remembered() {
    let mut bench = Bench::on_disk("deepseek-day6");
    let first = bench.app.cx.theme.name;
    bench.keys("t");
    assert_ne!(bench.app.cx.theme.name, first);
    let memory = crate::tui::runtime::SystemEffects::remembered(&bench.directories()).expect("a state file");
    assert_eq!(memory.chosen.theme.as_deref(), Some(bench.app.cx.theme.name));
    bench.keys("t*3");
    assert_eq!(bench.toast(), "theme: auto, terminal here");
    bench.keys("t");
    assert_eq!(bench.app.cx.theme.name, first);
}

#[test]
fn what_is_too_small_says_what_it_needs_down_to_one_cell() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("Right*3 Down");
    for (width, height) in [(1, 1), (2, 3), (39, 40), (200, 1), (7, 2), (0, 0), (40, 11)] {
        bench.resize(width, height);
        let screen = bench.screen();
        assert!(screen.chars().count() <= usize::from(width + 1) * usize::from(height), "{screen}");
    }
    bench.resize(30, 5);
    assert!(bench.shows("40×12"), "{}", bench.screen());
    bench.resize(80, 24);
    assert_eq!((bench.focused().as_str(), bench.value("node.gpu_hour")), ("node.decode", Some(2.3)));
    assert!(bench.shows("$2.30"), "{}", bench.screen());
}

#[test]
fn every_size_draws_and_keeps_the_focused_row_in_sight() {
    let mut bench = Bench::open("deepseek-day6");
    for width in [40, 60, 79, 80, 100, 159, 160, 240] {
        for height in [12, 17, 18, 23, 24, 35, 36, 60] {
            bench.resize(width, height);
            for _ in 0..30 {
                bench.keys("Down");
                bench.screen();
                let on_screen = bench.app.layout().row(bench.app.cx.focused).is_some();
                assert!(on_screen, "{} at {width}×{height}", bench.focused());
            }
            bench.keys("Up*40 Down");
        }
    }
}

#[test]
fn in_a_small_terminal_views_and_sliders_take_turns() {
    let mut bench = Bench::open("deepseek-day6");
    bench.resize(60, 20);
    assert!(bench.app.layout().views.is_empty());
    bench.keys("v");
    assert!(bench.app.layout().panes.is_empty());
    bench.keys("Esc");
    assert!(bench.app.layout().views.is_empty());
}

#[test]
fn the_keys_of_a_slider_work_on_the_row_under_the_cursor_of_a_view() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("F2 Tab*4 Down*2");
    let utilization = |bench: &Bench| bench.value("node.utilization").expect("there");
    bench.keys("Left");
    assert!(utilization(&bench) < 1.0);
    assert_eq!(bench.focused(), "node.utilization");
    assert!(bench.app.cx.in_view(), "the view keeps the focus");
    bench.keys("u i");
    assert!(bench.shows("node.utilization"), "{}", bench.screen());
    bench.keys("Esc = 5 0 % Enter");
    assert_eq!(utilization(&bench), 0.5);
    bench.keys("r c");
    assert!(utilization(&bench) < 1.0 && !bench.toast().is_empty(), "{}", bench.toast());
    bench.keys("] ] ] ] ] ] ] c");
    assert_eq!(bench.toast(), "what stands under the cursor is not an input");
    bench.keys("5");
    assert_eq!(bench.popups(), 0);
}
