//! Moving one input.

use crate::model::{Global, InputId, TierField};
use crate::preset::{Document, builtin};
use crate::quantity::number;
use crate::report::provenance;
use crate::tui::Start;
use crate::tui::testing::Bench;

/// The rent after these keys, from $2.00.
fn rent(keys: &str) -> f64 {
    Bench::open("deepseek-day6").keys(keys).value("node.gpu_hour").expect("a rent")
}

#[test]
fn steps_land_on_round_numbers() {
    assert_eq!(rent("Right"), 2.1);
    assert_eq!(rent("l*3"), 2.3);
    assert_eq!(rent("Right*3 h*3"), 2.0);
    assert_eq!(rent("L"), 5.0);
    assert_eq!(rent("S-Right S-Left*2"), 1.0);
    assert_eq!(rent(">"), 2.01);
    assert_eq!(rent("M-Right*2 C-Left"), 2.01);
    assert_eq!(rent("Home"), 0.0);
}

#[test]
fn shares_step_in_points() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("/").text_keys("hit ratio").keys("Enter");
    assert_eq!(bench.focused(), "cache.hit_ratio");
    assert_eq!(bench.keys("Right").value("cache.hit_ratio"), Some(0.57));
    assert_eq!(bench.keys(">").value("cache.hit_ratio"), Some(0.571));
    assert_eq!(bench.keys("H").value("cache.hit_ratio"), Some(0.5));
    assert_eq!(bench.keys("End").value("cache.hit_ratio"), Some(1.0));
    assert_eq!(bench.keys("Right").value("cache.hit_ratio"), Some(1.0));
}

#[test]
fn everything_on_screen_follows_within_the_same_frame() {
    let mut bench = Bench::open("deepseek-day6");
    assert!(bench.shows("R1's list prices cover the cost of serving 6.5 times over."));
    assert!((bench.margin() - 0.8450175956170268).abs() < 1e-15);
    bench.keys("=").text_keys("20").keys("Enter");
    assert!(bench.margin() < 0.0);
    assert!(bench.shows("$20.00/GPU·h"), "{}", bench.screen());
    assert!(bench.shows("1 changed"));
}

#[test]
fn a_run_of_steps_is_one_undo_and_another_input_begins_another() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("Right*5 Down Right*4");
    let decode = bench.value("node.decode");
    assert!(decode > Some(14_800.0));
    bench.keys("u");
    assert_eq!((bench.value("node.gpu_hour"), bench.value("node.decode")), (Some(2.5), Some(14_800.0)));
    bench.keys("u");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.0));
    bench.keys("u");
    assert_eq!(bench.toast(), "nothing to undo");
    bench.keys("C-r*2");
    assert_eq!((bench.value("node.gpu_hour"), bench.value("node.decode")), (Some(2.5), decode));
    bench.keys("C-r");
    assert_eq!(bench.toast(), "nothing to redo");
}

#[test]
fn a_run_that_was_undone_and_begun_again_is_another_run() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("Right*2 u Right*2 u");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.0));
}

#[test]
fn reset_puts_one_input_back_and_reset_all_everything() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("Right Down Right Up r");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.0));
    assert_ne!(bench.value("node.decode"), Some(14_800.0));
    bench.keys("R");
    assert_eq!(bench.value("node.decode"), Some(14_800.0));
    bench.keys("R");
    assert_eq!(bench.toast(), "nothing differs from the preset");
    bench.keys("u");
    assert_ne!(bench.value("node.decode"), Some(14_800.0));
}

/// What the focused input is after typing, from the preset of day 6.
fn typed(focus: &str, id: &str, text: &str) -> Option<f64> {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("/").text_keys(focus).keys("Enter =").text_keys(text).keys("Enter");
    assert_eq!(bench.focused(), id);
    assert_eq!(bench.popups(), 0, "{text}: {}", bench.screen());
    bench.value(id)
}

#[test]
fn typed_values_are_what_people_write() {
    let rent = |text| typed("rent", "node.gpu_hour", text);
    assert_eq!(rent("$2.50"), Some(2.5));
    assert_eq!(rent("16/8"), Some(2.0));
    assert_eq!(rent("x1.2"), Some(2.4));
    assert_eq!(rent("+10%"), Some(2.2));
    assert_eq!(rent("/2"), Some(1.0));
    let decode = |text| typed("decode", "node.decode", text);
    assert_eq!(decode("75k"), Some(75_000.0));
    assert_eq!(decode("73,700"), Some(73_700.0));
    let hits = |text| typed("hit ratio", "cache.hit_ratio", text);
    assert_eq!(hits("56.3%"), Some(0.563));
    assert_eq!(hits("0.563"), Some(0.563));
    assert_eq!(hits("342/608"), Some(342.0 / 608.0));
    assert_eq!(typed("nodes", "fleet.nodes", "none"), None);
}

#[test]
fn over_one_on_a_share_offers_the_percentage() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("/").text_keys("hit ratio").keys("Enter 6 0");
    assert!(bench.shows("did you mean 60 %"), "{}", bench.screen());
    bench.keys("Enter");
    assert_eq!(bench.value("cache.hit_ratio"), Some(0.6));
}

#[test]
fn a_digit_begins_the_value_and_the_preview_says_how_it_is_read() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("3 . 5");
    assert_eq!(bench.popups(), 1);
    assert!(bench.shows("= $3.50/GPU·h"), "{}", bench.screen());
    assert_eq!(bench.value("node.gpu_hour"), Some(2.0), "nothing changes before Enter");
    bench.keys("Esc");
    assert_eq!((bench.popups(), bench.value("node.gpu_hour")), (0, Some(2.0)));
}

#[test]
fn what_cannot_be_is_explained_in_place_and_changes_nothing() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("=").text_keys("-3").keys("Enter");
    assert_eq!(bench.popups(), 1);
    assert!(bench.shows("-3 is not valid"), "{}", bench.screen());
    bench.keys("Backspace*2").text_keys("q").keys("Enter");
    assert!(bench.shows("`q` is not a value"), "{}", bench.screen());
    assert_eq!(bench.value("node.gpu_hour"), Some(2.0));
    // In a field every printable key is text: nothing was quit, reset or undone.
    assert!(!bench.left());
}

#[test]
fn an_exact_value_stays_exact_until_a_step() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("=").text_keys("2.3456789").keys("Enter");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.3456789));
    bench.keys(">");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.35));
}

#[test]
fn claims_go_round_in_order_of_value() {
    let mut bench = Bench::open("deepseek-day6");
    let mut seen = Vec::new();
    for _ in 0..20 {
        bench.keys("c");
        let value = bench.value("node.gpu_hour").expect("a rent");
        if seen.first() == Some(&value) {
            break;
        }
        seen.push(value);
    }
    assert!(seen.len() >= 3 && seen.len() < 20, "{seen:?}");
    let turn = seen.iter().position(|value| *value < 2.0).unwrap_or(seen.len());
    assert!(seen[..turn].is_sorted() && seen[turn..].is_sorted(), "{seen:?}");
    let first = seen[0];
    let back = bench.keys("C c").value("node.gpu_hour");
    assert_eq!(back, Some(first), "there and back");
    assert!(!bench.toast().is_empty());
}

#[test]
fn toggles_flip_and_optional_inputs_come_back_with_their_last_value() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("/").text_keys("basis").keys("Enter");
    assert_eq!(bench.focused(), "node.basis");
    bench.keys("Space");
    assert_eq!(bench.value("node.basis"), Some(1.0));
    assert!((bench.margin() - 0.8816816546555813).abs() < 1e-12);
    bench.keys("u /").text_keys("nodes paid").keys("Enter =").text_keys("300").keys("Enter Space");
    assert_eq!(bench.value("fleet.nodes"), None);
    bench.keys("Right");
    assert!(bench.toast().contains("Space switches it on"), "{}", bench.toast());
    bench.keys("Space");
    assert_eq!(bench.value("fleet.nodes"), Some(300.0), "not the preset's 226.75");
    bench.keys("u");
    assert_eq!(bench.value("fleet.nodes"), None);
    bench.keys("/").text_keys("gpu hour").keys("Esc /").text_keys("decode").keys("Enter Space");
    assert!(bench.toast().contains("always part"), "{}", bench.toast());
}

#[test]
fn shares_give_way_to_each_other_and_a_run_to_one_and_back_loses_nothing() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("/").text_keys("free web").keys("Enter").keys("=").text_keys("0.25").keys("Enter");
    let free = bench.focused();
    assert_eq!(free, "tier.free.share");
    let before: Vec<f64> = bench.app.cx.document.scenario().shares().collect();
    bench.keys("L*12");
    assert_eq!(bench.value(&free), Some(1.0));
    bench.keys("H*20 L*2 l*5");
    assert_eq!(bench.value(&free), Some(0.25));
    let after: Vec<f64> = bench.app.cx.document.scenario().shares().collect();
    assert_eq!(before, after);
}

#[test]
fn without_the_free_traffic_the_nodes_that_are_left_are_said_and_shown() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("/").text_keys("free web and app").keys("Enter =").text_keys("70%").keys("Enter");
    bench.keys("/").text_keys("serve free").keys("Enter Space");
    assert_eq!(bench.toast(), "without the free traffic 68.03 of 226.75 nodes are left");
    assert!(bench.shows("[no] yes"), "{}", bench.screen());
    // What the toggle is about stays on screen, whichever way it stands.
    assert!(
        bench.shows("Whether free traffic is served. Turned away, the fleet shrinks"),
        "{}",
        bench.screen()
    );
    bench.keys("Space");
    assert_eq!(bench.toast(), "");
    assert!(!bench.shows("nodes are left") && !bench.shows("68.03 nodes"), "{}", bench.screen());
}

#[test]
fn only_space_flips_a_toggle() {
    for (found, id, words) in [
        ("serve free", "traffic.serve_free", "Serve free is no or yes: Space flips it"),
        ("basis", "node.basis", "Basis is rent or own: Space flips it"),
    ] {
        let mut bench = Bench::open("deepseek-day6");
        bench.keys("/").text_keys(found).keys("Enter");
        assert_eq!(bench.focused(), id);
        let before = bench.value(id);
        for key in ["0", "1", "7", ".", "=", "Enter"] {
            bench.keys(key);
            assert_eq!((bench.value(id), bench.popups(), bench.toast()), (before, 0, words), "{key}");
        }
        bench.keys("Space");
        assert_ne!(bench.value(id), before);
    }
}

#[test]
fn what_a_scenario_lacks_is_found_switched_on_with_space_and_off_again() {
    for (id, start) in [
        ("fleet.nodes", 1.0),
        ("traffic.output_per_query", 500.0),
        ("tier.r1.input_per_output", 5.0),
        ("tier.r1.hit_ratio", 0.5625),
        ("tier.r1.input_write", 0.4375),
        ("tier.r1.queries", 10.0),
    ] {
        let mut bench = Bench::open("forum-comment");
        let margin = bench.margin();
        assert_eq!(bench.value(id), None, "{id}");
        // By its id in the palette, as by its name.
        bench.keys(":").text_keys(id).keys("Enter");
        assert_eq!((bench.focused().as_str(), bench.popups()), (id, 0));
        assert!(bench.shows("Space or a typed value switches it on"), "{id}: {}", bench.screen());
        bench.keys("Space");
        assert_eq!(bench.value(id), Some(start), "{id}");
        assert!((bench.margin() - margin).abs() < 1e-12, "{id} starts where nothing moves");
        let row = bench.app.cx.document.provenance(bench.app.cx.focused);
        assert_eq!(row, crate::preset::Provenance::Assumption, "{id} is nobody's figure");
        bench.keys("Space");
        assert_eq!((bench.value(id), bench.focused().as_str()), (None, id));
        bench.keys("Space Space u*4");
        assert_eq!(bench.app.cx.document.change_count(), 0, "{id}: each is one undo");
    }
}

#[test]
fn a_prefill_rate_starts_at_five_times_decode() {
    let mut bench = Bench::open("chatgpt-2023");
    bench.keys(":").text_keys("node.prefill").keys("Enter Space");
    assert_eq!(bench.value("node.prefill"), Some(5.0 * 2495.929714619236));
    assert!(bench.toast().contains("five times the decode rate"), "{}", bench.toast());
    bench.keys("Space");
    assert_eq!(bench.value("node.prefill"), None);
}

#[test]
fn a_monthly_price_without_use_says_what_to_add_and_is_mended_by_adding_it() {
    let mut bench = Bench::open("forum-comment");
    bench.keys(":").text_keys("tier.r1.monthly").keys("Enter Space");
    assert_eq!(bench.value("tier.r1.monthly"), Some(20.0));
    let missing =
        ["a monthly price says nothing without queries a day and tokens per query", "queries and traffic."];
    let says = |bench: &Bench| missing.iter().any(|words| bench.shows(words));
    assert!(says(&bench), "{}", bench.screen());
    bench.keys(":").text_keys("tier.r1.queries").keys("Enter Space");
    assert!(says(&bench), "{}", bench.screen());
    bench.keys(":").text_keys("output_per_query").keys("Enter Space");
    assert!(!says(&bench) && bench.margin() > 0.9, "{}", bench.screen());
    bench.keys(":").text_keys("tier.r1.monthly").keys("Enter Space");
    assert_eq!(bench.value("tier.r1.monthly"), Some(0.0));
    bench.keys("Space");
    assert_eq!(bench.value("tier.r1.monthly"), Some(20.0), "as it was");
}

#[test]
fn a_write_price_that_nothing_is_billed_at_says_so() {
    let mut bench = Bench::open("forum-comment");
    bench.keys(":").text_keys("tier.r1.input_write").keys("Enter Space Right*3");
    assert!(bench.shows("no effect while no missed input is billed as written"), "{}", bench.screen());
    bench.keys(":").text_keys("cache.write_share").keys("Enter =").text_keys("40%").keys("Enter");
    bench.keys(":").text_keys("tier.r1.input_write").keys("Enter");
    assert!(!bench.shows("no effect while"), "{}", bench.screen());
}

#[test]
fn the_echo_of_the_last_change_stays_until_the_next_and_a_run_is_one_change() {
    let mut bench = Bench::open("deepseek-day6");
    assert_eq!(bench.echo(), None);
    bench.resize(160, 50).keys("Right*5 d d Down S-Tab");
    assert!(bench.shows("rent $2.00 → $2.50/GPU·h: revenue ÷ cost 6.45× → 5.16×"), "{}", bench.screen());
    assert_eq!(
        bench.echo().as_deref(),
        Some("rent $2.00 → $2.50/GPU·h: revenue ÷ cost 6.45× → 5.16×, −1.29×")
    );
    bench.keys("/").text_keys("decode").keys("Enter Right");
    assert!(
        bench.echo().is_some_and(|echo| echo.starts_with("decode 14.8k → 15k tok/s: ")),
        "{:?}",
        bench.echo()
    );
    bench.keys("u*2");
    assert!(
        bench.echo().is_some_and(|echo| echo.starts_with("rent $2.50 → $2.00/GPU·h: ")),
        "{:?}",
        bench.echo()
    );
    // A title is no change of the scenario.
    bench.keys("p");
    assert!(bench.echo().is_some_and(|echo| echo.starts_with("rent $2.50 → $2.00/GPU·h: ")));
}

#[test]
fn ruler_and_details_say_whose_a_value_is_as_the_card_does() {
    // Untouched, typed, claimed, shares set and following, assumed.
    let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
    let free = InputId::Tier(3, TierField::Share);
    for edit in [(Global::Decode.into(), 30_000.0), (Global::GpuHour.into(), 12.29), (free, 0.7)] {
        document.set(&[(edit.0, Some(edit.1))]).expect("valid");
    }
    let mut bench = Bench::start(Start::new(document.clone()));
    bench.resize(200, 60);
    let mut words = std::collections::BTreeSet::new();
    for id in document.scenario().inputs() {
        let Some(whose) = provenance::text(&document, id) else { continue };
        assert!(!document.is_changed(id) || !whose.contains("DeepSeek"), "{whose}");
        let value = number::input(id, document.scenario().get(id));
        bench.app.focus_on(id);
        let ruler = bench.keys("C-l").screen();
        let below: Vec<&str> = ruler.lines().rev().skip(1).take(5).map(str::trim).collect();
        let below: Vec<&str> = below.into_iter().rev().collect();
        let path = document.scenario().id_text(id);
        assert!(says(&below.join("\n"), &whose, &value), "{path}: {whose}\n{ruler}");
        let details = bench.keys("i").screen();
        bench.keys("Esc");
        let source = details.split("│ source ").nth(1).unwrap_or_default().trim_start();
        assert!(source.starts_with(&beginning(&whose)), "{path}: {whose}\n{details}");
        words.insert(beginning(&whose));
    }
    for kind in ["yours", "follows the other shares", "H100, ND96isr v5", "assumption", "day 6: R1 list"] {
        assert!(words.iter().any(|words| words.starts_with(kind)), "{kind} in {words:?}");
    }
}

/// The start of a source, since a long one goes over several lines.
fn beginning(whose: &str) -> String {
    whose.chars().take(24).collect::<String>().trim_end().to_owned()
}

/// Whether lines say that the present value is theirs: as a clause of its own, or behind the value itself.
fn says(lines: &str, whose: &str, value: &str) -> bool {
    let (beginning, behind) = (beginning(whose), format!("· {value}: "));
    lines.char_indices().any(|(at, _)| {
        let (before, rest) = lines.split_at(at);
        let apart = before.is_empty() || ["\n", " · ", &behind].iter().any(|mark| before.ends_with(mark));
        apart && rest.replace('\n', " ").starts_with(&beginning)
    })
}
