//! Hosts and Hardware in the explorer.

use crate::preset::{Document, builtin};
use crate::tui::Start;
use crate::tui::testing::Bench;
use crate::tui::theme;
use crate::tui::theme_choice::ThemeChoice;

/// The explorer on day 6 with a view in front that has the focus.
fn on(view: &str) -> Bench {
    let mut bench = Bench::open("deepseek-day6");
    bench.app.show_view(view);
    bench.keys("BackTab");
    bench
}

#[test]
fn which_hosts_of_r1_make_money_is_answered_in_under_ten_keys() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("= 2 . 3 5 Enter F9");
    assert!((bench.value("node.gpu_hour").expect("a rent") - 2.35).abs() < 1e-12);
    assert!(bench.shows("All 21 hosts that charge for DeepSeek R1"), "{}", bench.screen());
    bench.resize(120, 50);
    assert!(bench.shows("83.5 %") || bench.shows("80.6 %"), "{}", bench.screen());
}

#[test]
fn the_cheapest_hardware_for_a_speed_is_a_key_away() {
    let mut bench = on("hardware");
    assert!(bench.shows("R1 at 8k in, 1k out and 30"), "{}", bench.screen());
    bench.keys("Right*3");
    assert!(bench.shows("R1 at 8k in, 1k out and 60"), "{}", bench.screen());
    bench.keys(",");
    assert!(!bench.shows("8k in, 1k out"), "{}", bench.screen());
    bench.keys("Left*9 ;");
    assert!(bench.shows("At the present $2.00 a GPU-hour"), "{}", bench.screen());
}

#[test]
fn enter_opens_the_row_as_one_step_and_says_what_moved() {
    for view in ["hosts", "hardware"] {
        let mut bench = on(view);
        let before = bench.margin();
        bench.keys("Down Down Enter");
        assert!(bench.toast().contains("moved: "), "{}", bench.toast());
        assert!((bench.margin() - before).abs() > 1e-6);
        // Not in one breath with what came before.
        bench.keys("u");
        assert_eq!(bench.margin().to_bits(), before.to_bits(), "{view}");
    }
}

#[test]
fn a_filter_hides_rows_and_one_key_takes_it_away() {
    let mut bench = on("hosts");
    assert!(bench.shows("togetherai") && bench.shows("deepinfra"));
    bench.keys("/").text_keys("Deepinfra").keys("Enter");
    assert!(!bench.shows("togetherai") && bench.shows("deepinfra, the one host"), "{}", bench.screen());
    // Rows follow every key; Esc brings back what was there.
    bench.keys("/").text_keys("togeth");
    assert!(bench.shows("togetherai, the one host") && !bench.shows("deepinfra"), "{}", bench.screen());
    bench.keys("Backspace*6");
    assert!(bench.shows("All 21 hosts"), "{}", bench.screen());
    bench.text_keys("azure").keys("Esc");
    assert!(bench.popups() == 0 && bench.shows("deepinfra, the one host"), "{}", bench.screen());
    bench.keys("/").text_keys("nobody").keys("Enter");
    assert!(bench.shows("The book of prices has no row for"), "{}", bench.screen());
    bench.keys("M");
    assert!(bench.shows("All 48 hosts of Kimi K2.6"), "{}", bench.screen());
    bench.keys("M");
    assert!(bench.shows("All 21 hosts"), "{}", bench.screen());
}

#[test]
fn lines_of_hardware_have_their_names_in_a_small_screen_without_colour() {
    let document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
    let mut bench = Bench::start(Start { theme: ThemeChoice::Always(&theme::MONO), ..Start::new(document) });
    bench.resize(100, 30);
    bench.app.show_view("hardware");
    for name in ["B200", "H200", "$/M", "8k in, 1k out", "│"] {
        assert!(bench.shows(name), "{name}\n{}", bench.screen());
    }
    // Any size is drawn.
    for (width, height) in [(1, 1), (40, 10), (60, 24), (79, 23), (160, 50), (300, 90)] {
        bench.resize(width, height);
        bench.keys("Tab Tab");
        let _ = bench.screen();
    }
}

#[test]
fn thousands_of_rows_scroll() {
    let mut bench = on("hosts");
    bench.keys("M End");
    assert!(bench.shows("▴ "), "{}", bench.screen());
    bench.keys("PgUp PgDn Home Down*5 Enter");
    assert!(bench.toast().contains("moved: "), "{}", bench.toast());
}

#[test]
fn in_a_small_screen_hardware_is_a_list_of_gpu_speed_cost_and_a_bar_that_shrinks_with_the_margin() {
    let bench = Bench::open("deepseek-day6").show("hardware", (80, 24));
    let lines = bench.view_lines();
    let rows: Vec<&String> = lines.iter().skip_while(|line| !line.contains("GPU ")).skip(1).collect();
    assert!(rows.len() >= 8, "{}", bench.screen());
    let bar = |row: &str| row.matches('━').count();
    let bars: Vec<usize> = rows.iter().filter(|row| row.contains('$')).map(|row| bar(row)).collect();
    assert!(bars.iter().all(|bar| *bar > 0) && bars.is_sorted_by(|a, b| a >= b), "{bars:?}");
    assert!(bars.first() > bars.last(), "{bars:?}");
    assert!(!bench.shows("dynamo") && bench.shows("InferenceX: 8k/1k  * present rent"), "{}", bench.screen());
}
