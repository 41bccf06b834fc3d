//! Pop-ups.

use crate::report::card;
use crate::tui::Effect;
use crate::tui::command::ViewName;
use crate::tui::testing::Bench;

#[test]
fn help_lists_every_key_and_closes_with_q() {
    let mut bench = Bench::open("deepseek-day6");
    bench.resize(120, 400).keys("?");
    for info in crate::tui::command::commands().filter(|info| !info.keys.is_empty()) {
        let doc: String = info.doc.chars().take(20).collect();
        assert!(bench.shows(&doc), "{doc}");
    }
    bench.keys("q");
    assert_eq!(bench.popups(), 0);
    assert!(!bench.left());
}

#[test]
fn help_is_searched_and_escape_leaves_the_search_first() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("? /").text_keys("undo").keys("Enter");
    assert!(bench.shows("Undo") && !bench.shows("What the screen shows"), "{}", bench.screen());
    bench.keys("/").text_keys("zzz");
    assert!(bench.shows("nothing with these words"), "{}", bench.screen());
    bench.keys("Esc");
    assert!(bench.shows("What the screen shows") && bench.popups() == 1, "{}", bench.screen());
    bench.keys("Esc");
    assert_eq!(bench.popups(), 0);
}

#[test]
fn a_popup_leaves_the_answer_to_be_seen() {
    for (width, height) in [(80, 24), (120, 40), (60, 20)] {
        let mut bench = Bench::open("deepseek-day6");
        bench.resize(width, height);
        for keys in ["?", "o", ":", "i", "="] {
            let answer: Vec<String> = bench.screen().lines().take(4).map(str::to_owned).collect();
            bench.keys(keys);
            let now: Vec<String> = bench.screen().lines().take(4).map(str::to_owned).collect();
            assert_eq!((answer, bench.popups()), (now, 1), "{keys} at {width}×{height}");
            bench.keys("Esc");
        }
    }
}

#[test]
fn every_pop_up_without_a_field_closes_with_q_and_each_with_escape() {
    for keys in ["?", "i", "o", "b", "Y", "Q"] {
        let mut bench = Bench::open("deepseek-day6");
        bench.keys(keys);
        assert_eq!(bench.popups(), 1, "{keys}");
        bench.keys("q");
        assert_eq!((bench.popups(), bench.left()), (0, false), "{keys}");
    }
    for keys in ["?", "i", "o", "b", "Y", "Q", ":", "/", "=", "T", "S", "D", "g", "w", "N", "a", "n", "x"] {
        let mut bench = Bench::open("deepseek-day6");
        bench.keys(keys);
        assert_eq!(bench.popups(), 1, "{keys}");
        bench.keys("Esc");
        assert_eq!((bench.popups(), bench.left()), (0, false), "{keys}");
    }
}

#[test]
fn every_pop_up_draws_at_every_size() {
    for keys in ["?", "i", "o", "Y", ":", "/", "=", "T", "S", "D", "g", "w", "N", "a", "n", "x"] {
        let mut bench = Bench::on_disk("deepseek-day6");
        bench.keys(keys);
        for (width, height) in [(1, 1), (3, 2), (40, 12), (80, 24), (300, 3), (120, 40)] {
            bench.resize(width, height);
            bench.screen();
            bench.keys("Down Tab Home Up PgDn End");
            for (column, row) in [(0, 0), (width / 2, height / 2), (width / 2, height / 3)] {
                bench.wheel(true, column, row);
            }
            bench.screen();
        }
    }
}

#[test]
fn the_palette_finds_commands_and_inputs() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys(":").text_keys("next theme").keys("Enter");
    assert!(bench.toast().starts_with("theme: "), "{}", bench.toast());
    bench.keys(":").text_keys("utilization").keys("Enter");
    assert_eq!((bench.focused().as_str(), bench.popups()), ("node.utilization", 0));
    bench.keys(":").text_keys("zzzzzz").keys("Enter");
    assert_eq!(bench.popups(), 1);
    assert!(bench.shows("nothing by that name"));
}

#[test]
fn the_palette_puts_what_is_called_so_first() {
    let chosen = |text: &str| {
        let mut bench = Bench::open("deepseek-day6");
        bench.keys(":").text_keys(text).keys("Enter");
        assert_eq!(bench.popups(), 0, "{text}: {}", bench.screen());
        bench
    };
    let bench = chosen("own");
    assert_eq!((bench.value("node.basis"), bench.focused().as_str()), (Some(1.0), "node.basis"));
    assert!(bench.app.mouse, "the mouse stays on");
    assert_eq!(chosen("rent").focused(), "node.gpu_hour");
    let bench = chosen("h100");
    assert_eq!((bench.focused().as_str(), bench.value("node.gpu_hour")), ("node.gpu_hour", Some(1.3)));
    assert!(bench.toast().contains("SemiAnalysis"), "{}", bench.toast());
    assert_eq!(chosen("odds").app.cx.view_name(), Some(ViewName::Odds));
    assert_eq!(chosen("hit ratio").focused(), "cache.hit_ratio");
}

#[test]
fn a_command_that_only_happens_to_match_is_named_before_it_is_run() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys(":").text_keys("selection works").keys("Enter");
    assert!(bench.app.mouse && bench.popups() == 1, "{}", bench.screen());
    assert!(bench.shows("Mouse on or off"), "{}", bench.screen());
    bench.keys("Enter");
    assert_eq!((bench.app.mouse, bench.popups()), (false, 0));
}

#[test]
fn details_tell_and_let_act() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("i");
    for text in ["meaning", "source", "claim", "break-even", "$12.90/GPU·h", "node.gpu_hour"] {
        assert!(bench.shows(text), "{text}: {}", bench.screen());
    }
    bench.keys("=").text_keys("3").keys("Enter");
    assert_eq!((bench.popups(), bench.value("node.gpu_hour")), (1, Some(3.0)));
    assert!(bench.shows("yours"), "{}", bench.screen());
    bench.keys("u");
    assert_eq!((bench.popups(), bench.value("node.gpu_hour")), (1, Some(2.0)));
    bench.keys("c r Esc");
    assert_eq!((bench.popups(), bench.value("node.gpu_hour")), (0, Some(2.0)));
}

#[test]
fn range_source_and_note_belong_to_the_value_and_can_be_undone() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("Right g");
    bench.text_keys("1.8").keys("Tab").text_keys("1.5");
    assert!(bench.shows("the high end has to be above the low one"), "{}", bench.screen());
    bench.keys("Enter");
    assert_eq!(bench.popups(), 1);
    bench.keys("Backspace*3").text_keys("$3").keys("Enter");
    assert_eq!(bench.popups(), 0);
    let range = bench.app.cx.document.range(bench.app.cx.focused).expect("a range");
    assert_eq!((range.low(), range.high()), (1.8, 3.0));
    assert_eq!(bench.toast(), "90 % range $1.80/GPU·h to $3.00/GPU·h");
    bench.keys("g").text_keys("5").keys("Tab").text_keys("9").keys("Enter");
    assert!(bench.shows("a range holds its value"), "{}", bench.screen());
    bench.keys("Esc w").text_keys("my invoice").keys("Enter i");
    assert!(bench.shows("my invoice"), "{}", bench.screen());
    bench.keys("q N").text_keys("net of tax").keys("Enter i");
    assert!(bench.shows("net of tax"), "{}", bench.screen());
    bench.keys("q Right i");
    assert!(!bench.shows("net of tax") && bench.shows("yours"), "not of another value");
    bench.keys("q u*3 i");
    assert!(!bench.shows("my invoice"), "{}", bench.screen());
}

#[test]
fn a_value_with_only_a_range_of_its_own_does_not_claim_the_preset_as_its_source() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("Right g").text_keys("1").keys("Tab").text_keys("9").keys("Enter i");
    assert!(bench.shows("yours"), "{}", bench.screen());
}

#[test]
fn the_target_moves_the_break_even() {
    let mut bench = Bench::open("deepseek-day6");
    let before = bench.app.cx.derived.break_even.clone();
    bench.keys("T").text_keys("50%").keys("Enter");
    assert_eq!(bench.app.cx.target, 0.5);
    assert_ne!(bench.app.cx.derived.break_even, before);
    bench.keys("T").text_keys("100%").keys("Enter");
    assert_eq!(bench.popups(), 1, "a margin of 1 cannot be");
}

#[test]
fn the_copy_menu_offers_card_line_number_and_table() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("Right Y a Y c Y l Y n Y t");
    let copied: Vec<(&str, &str)> = bench
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Copy { text, what } => Some((*what, text.as_str())),
            _ => None,
        })
        .collect();
    let whats: Vec<&str> = copied.iter().map(|(what, _)| *what).collect();
    assert_eq!(whats, ["answer", "claim card", "command line", "number", "table"]);
    assert_eq!(copied[2].1, "napkin deepseek-day6 --set node.gpu_hour=2.1");
    assert!(copied[1].1.contains("--set node.gpu_hour=2.1"), "{}", copied[1].1);
    assert!(copied[0].1.contains("--set node.gpu_hour=2.1 --view break-even"), "{}", copied[0].1);
}

#[test]
fn a_card_is_written_to_a_file() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("Y f");
    let Some(Effect::Export { file_name, text }) = bench.effects.last() else { panic!("no file") };
    assert_eq!(file_name, "napkin-deepseek-v3-r1-day-6.md");
    assert!(card::read(text).is_some());
}

#[test]
fn a_pasted_card_is_previewed_and_opened_with_enter() {
    let mut other = Bench::open("deepseek-day6");
    other.keys("Right*3").keys("/").text_keys("hit ratio").keys("Enter Right");
    let text = card::write(&other.app.cx.document, None).expect("a card");
    let mut bench = Bench::open("deepseek-day6");
    bench.paste(&text.replace('\n', "\r"));
    assert_eq!(bench.popups(), 1);
    assert!(bench.shows("Pasted scenario") && bench.shows("Hit ratio"), "{}", bench.screen());
    assert_eq!(bench.value("node.gpu_hour"), Some(2.0), "nothing yet");
    bench.keys("Esc");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.0));
    bench.paste(&text).keys("Enter");
    assert_eq!((bench.popups(), bench.value("node.gpu_hour")), (0, Some(2.3)));
    assert_eq!(bench.app.cx.document.scenario(), other.app.cx.document.scenario());
    bench.keys("u");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.0));
}

#[test]
fn a_pasted_answer_opens_where_it_was_and_measures_against_its_target() {
    let mut bench = Bench::open("deepseek-day6");
    bench.paste("> `napkin builtin:deepseek-day6 --set node.gpu_hour=3 --target 50% --view cache`");
    assert!(bench.shows("in the view Cache, against a target of 50 %"), "{}", bench.screen());
    assert_eq!((bench.app.cx.view, bench.app.cx.target), (0, 0.0), "nothing yet");
    bench.keys("Enter");
    assert_eq!((bench.value("node.gpu_hour"), bench.app.cx.target), (Some(3.0), 0.5));
    assert_eq!(bench.app.cx.view_name().map(|view| view.info().name), Some("cache"));
    bench.paste("napkin builtin:deepseek-day6 --view tornato");
    assert!(bench.toast().ends_with("no such view; did you mean `tornado`?"), "{}", bench.toast());
    bench.paste("napkin builtin:deepseek-day6 --target 3");
    assert!(bench.toast().contains("--target 3: "), "{}", bench.toast());
}

#[test]
fn a_pasted_preset_is_previewed_too() {
    let text = crate::preset::builtin::text("sceptic").expect("shipped");
    let mut bench = Bench::open("deepseek-day6");
    bench.paste(&String::from_utf8_lossy(text));
    assert!(bench.shows("Pasted scenario"), "{}", bench.screen());
    bench.keys("Enter");
    assert!(bench.margin() < -1.0);
    // It has no file of its own.
    bench.keys("s");
    assert!(bench.shows("Save as"));
}

#[test]
fn a_broken_card_and_any_other_text_is_explained_and_never_run_as_keys() {
    let mut bench = Bench::open("deepseek-day6");
    bench.paste("napkin builtin:deepseek-day6@00000000 --set node.gpu_hour=9");
    assert!(bench.toast().contains("fingerprint"), "{}", bench.toast());
    assert_eq!(bench.popups(), 0);
    bench.paste("qqq\x1b[A\x03 RRR\nlines\n");
    assert!(bench.toast().contains("neither a value"), "{}", bench.toast());
    assert!(!bench.left());
    bench.paste("hello");
    assert_eq!(bench.popups(), 1);
    assert!(bench.shows("`hello` is not a value"), "{}", bench.screen());
    bench.paste("a\nb");
    assert!(bench.toast().contains("a field takes one"), "{}", bench.toast());
    bench.keys("Esc").paste("\x1b[31m2.5\x1b[0m\n").keys("Enter");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.5));
}

#[test]
fn rows_of_lists_and_answers_are_buttons() {
    let mut bench = Bench::on_disk("deepseek-day6");
    let cell = |bench: &Bench, text: &str| {
        let screen = bench.screen();
        let (row, line) =
            screen.lines().enumerate().find(|(_, line)| line.contains(text)).expect("on screen");
        let column = line[..line.find(text).expect("on screen")].chars().count();
        (column as u16, row as u16)
    };
    bench.keys("o");
    let (x, y) = cell(&bench, "forum-comment");
    bench.click(x, y);
    assert_eq!((bench.popups(), bench.app.cx.document.base().origin.id().as_str()), (0, "forum-comment"));
    bench.keys(":");
    let (x, y) = cell(&bench, "Coarse step right");
    bench.click(x, y);
    assert_eq!(bench.value("node.gpu_hour"), Some(5.0));
    bench.keys("Y");
    let (x, y) = cell(&bench, "the claim card, which");
    bench.click(x, y);
    assert!(matches!(bench.effects.last(), Some(Effect::Copy { what: "claim card", .. })));
    bench.keys("S");
    let (x, y) = cell(&bench, "title ");
    bench.click(x, y).text_keys("T2").keys("Enter");
    assert_eq!(bench.app.cx.document.content().name, "T2");
}

#[test]
fn a_toggle_is_not_flipped_by_a_paste() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("/").text_keys("basis").keys("Enter").paste("own");
    assert_eq!((bench.value("node.basis"), bench.popups()), (Some(0.0), 0));
    assert!(!bench.toast().is_empty());
}

#[test]
fn a_pasted_card_pins_what_it_is_compared_with() {
    let mut bench = Bench::open("deepseek-day6");
    bench.paste("napkin builtin:deepseek-day6 --set node.gpu_hour=3 --against builtin:forum-comment");
    assert!(bench.shows("pins The forum comment"), "{}", bench.screen());
    bench.keys("Enter");
    assert_eq!(bench.value("node.gpu_hour"), Some(3.0));
    let pinned = bench.app.cx.pinned.as_ref().map(|pinned| pinned.name.clone());
    assert_eq!(pinned.as_deref(), Some("The forum comment"));
}

#[test]
fn a_command_line_about_a_preset_of_the_users_says_where_it_is() {
    let mut bench = Bench::on_disk("deepseek-day6");
    bench.app.cx.config_dir = Some("/tmp/my presets".into());
    assert_eq!(bench.app.cx.command_line().as_deref(), Some("napkin deepseek-day6"));
    bench.keys("S").text_keys("mine").keys("Enter");
    assert_eq!(bench.app.cx.command_line().as_deref(), Some("napkin mine --config-dir '/tmp/my presets'"));
}

#[test]
fn the_palette_begins_with_views_then_what_was_run_last() {
    let mut bench = Bench::open("deepseek-day6");
    for name in ["undo", "redraw"] {
        bench.keys(":").text_keys(name).keys("Enter");
    }
    bench.keys(":");
    let screen = bench.screen();
    let at = |words: &str| screen.find(words).unwrap_or_else(|| panic!("{words} in\n{screen}"));
    let rows = ["every equation from", " redraw ", " undo ", " step-left "].map(at);
    assert!(rows.is_sorted(), "{screen}");
}
