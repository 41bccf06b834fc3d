//! Saving, deleting, what changes on disk, leaving.

use std::fs;

use crate::preset::{Document, Origin};
use crate::tui::testing::Bench;
use crate::tui::{Effect, Outcome, SaveRequest, Start};

/// Saved as `mine` with a rent of $2.10.
fn mine() -> Bench {
    let mut bench = Bench::on_disk("deepseek-day6");
    bench.keys("Right s").text_keys("mine").keys("Enter");
    assert!(bench.toast().starts_with("saved to "), "{} {}", bench.toast(), bench.screen());
    bench.effects.clear();
    bench
}

#[test]
fn saving_a_built_in_is_saving_under_a_name() {
    let bench = mine();
    assert!(bench.text("mine").contains("2.1"));
    assert!(matches!(&bench.app.cx.document.base().origin, Origin::User { name, .. } if name == "mine"));
    assert!(!bench.app.cx.document.is_edited());
    let loaded = bench.store().load("mine").expect("saved");
    assert_eq!(loaded.content.scenario, *bench.app.cx.document.scenario());
}

#[test]
fn a_value_set_by_hand_says_so_under_its_new_name() {
    let bench = mine();
    assert!(
        bench.text("mine").contains("gpu_hour = { value = 2.1, low = 1.575, high = 3.15, source = \"yours\""),
        "{}",
        bench.text("mine")
    );
}

#[test]
fn a_save_leaves_the_echo_of_the_last_change() {
    let mut bench = mine();
    let echo = || Some("rent $2.00 → $2.10/GPU·h: 84.5 → 83.7 %, −0.8 pt".to_owned());
    assert_eq!(bench.echo(), echo());
    bench.keys("S").text_keys("other").keys("Enter s");
    assert_eq!(bench.echo(), echo());
}

#[test]
fn undo_leads_past_a_save() {
    let mut bench = mine();
    bench.keys("u");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.0));
    assert!(matches!(&bench.app.cx.document.base().origin, Origin::User { .. }));
    assert!(bench.app.cx.document.is_edited(), "the file says 2.1");
    bench.keys("C-r");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.1));
}

#[test]
fn saving_again_writes_only_what_changed() {
    let mut bench = mine();
    let before = bench.text("mine");
    bench.keys("s");
    assert!(bench.toast().starts_with("nothing to save"), "{}", bench.toast());
    bench.keys("Right s");
    assert!(bench.toast().starts_with("saved to "), "{}", bench.toast());
    let after = bench.text("mine");
    let differ = before.lines().zip(after.lines()).filter(|(a, b)| a != b).count();
    assert_eq!((differ, before.lines().count()), (1, after.lines().count()), "{after}");
}

#[test]
fn names_are_checked_in_place() {
    let mut bench = Bench::on_disk("deepseek-day6");
    bench.keys("S").text_keys("eval");
    assert!(bench.shows("`eval` is a command"), "{}", bench.screen());
    bench.keys("Enter");
    assert_eq!(bench.popups(), 1);
    bench.keys("Backspace*4").text_keys("../x");
    assert!(bench.shows("holds a path separator"), "{}", bench.screen());
    bench.keys("Backspace*4").text_keys("sceptic");
    assert!(bench.shows("hides the built-in of this name"), "{}", bench.screen());
    bench.keys("Tab").text_keys("My title").keys("Tab Backspace").text_keys("What I think.").keys("Enter");
    let text = bench.text("sceptic");
    assert!(text.contains("name = \"My title\"") && text.contains("summary = \"What I think.\""), "{text}");
    assert!(bench.shows("My title"));
}

#[test]
fn a_name_that_is_taken_is_a_question() {
    let mut bench = mine();
    bench.keys("Right S").text_keys("mine").keys("Enter");
    // The question names the file, which may fill lines; its answers stand on one of their own.
    assert!(bench.shows("overwrite it"), "{}", bench.screen());
    bench.keys("n");
    assert!(bench.shows("Save as") && bench.shows("mine"), "{}", bench.screen());
    bench.keys("Enter o");
    assert!(bench.toast().starts_with("saved to "), "{}", bench.toast());
    assert_eq!(
        bench.store().load("mine").expect("saved").content.scenario,
        *bench.app.cx.document.scenario()
    );
}

/// Changes the file behind the explorer's back.
fn replace(bench: &Bench, from: &str, to: &str) {
    let text = bench.text("mine");
    assert!(text.contains(from), "{text}");
    fs::write(bench.file("mine"), text.replacen(from, to, 1)).expect("written");
}

#[test]
fn a_file_that_changed_on_disk_is_never_overwritten_unasked() {
    let mut bench = mine();
    replace(&bench, "[node]", "# by hand\n[node]");
    bench.keys("Right s");
    assert!(bench.shows("changed on disk"), "{}", bench.screen());
    bench.keys("n");
    assert!(bench.text("mine").contains("# by hand"));
    bench.keys("s o");
    assert!(bench.toast().starts_with("saved to "), "{}", bench.toast());
    assert!(!bench.text("mine").contains("# by hand"));
}

#[test]
fn reloading_keeps_the_edits_on_top_and_then_saves_both() {
    let mut bench = mine();
    replace(&bench, "14_800", "15_000");
    bench.keys("/").text_keys("hit ratio").keys("Enter End s r");
    assert_eq!(bench.toast(), "1 value changed on disk, your 1 edit kept");
    assert_eq!((bench.value("node.decode"), bench.value("cache.hit_ratio")), (Some(15_000.0), Some(1.0)));
    bench.keys("s");
    assert!(bench.text("mine").contains("15_000"));
    assert_eq!(
        bench.store().load("mine").expect("saved").content.scenario,
        *bench.app.cx.document.scenario()
    );
}

#[test]
fn what_changes_on_disk_is_picked_up() {
    let mut bench = mine();
    bench.keys("/").text_keys("hit ratio").keys("Enter End");
    replace(&bench, "14_800", "15_000");
    bench.files_changed();
    assert_eq!(bench.toast(), "1 value changed on disk, your 1 edit kept");
    assert_eq!((bench.value("node.decode"), bench.value("cache.hit_ratio")), (Some(15_000.0), Some(1.0)));
    assert!(bench.app.cx.document.is_dirty());
    bench.keys("Esc").files_changed();
    assert_eq!(bench.toast(), "", "the same file once more is no news");
    replace(&bench, "[node]", "# by hand\n[node]");
    bench.files_changed();
    assert_eq!(bench.toast(), "the file changed on disk, but no value in it, your 1 edit kept");
}

#[test]
fn a_broken_file_stays_broken_on_screen_until_it_is_mended() {
    let mut bench = mine();
    let text = bench.text("mine");
    fs::write(bench.file("mine"), "decode = [").expect("written");
    bench.files_changed().keys("Down Up");
    assert!(bench.shows("broken on disk"), "{}", bench.screen());
    bench.keys("s");
    assert!(!bench.toast().contains("nothing to save"), "{}", bench.toast());
    assert!(bench.popups() == 1 && bench.shows("Changed on disk"), "{}", bench.screen());
    bench.keys("n");
    assert!(bench.shows("broken on disk"), "{}", bench.screen());
    fs::write(bench.file("mine"), text).expect("written");
    bench.files_changed();
    assert!(!bench.shows("broken on disk") && bench.toast().ends_with("is mended"), "{}", bench.toast());
}

#[test]
fn a_value_changed_here_and_on_disk_is_asked_about_before_it_is_saved() {
    let twice = || {
        let mut bench = mine();
        bench.keys("=").text_keys("2.8").keys("Enter");
        replace(&bench, "2.1,", "2.5,");
        bench.files_changed();
        assert_eq!(bench.value("node.gpu_hour"), Some(2.8));
        bench.keys("s");
        assert!(bench.shows("Rent: $2.80/GPU·h here"), "{}", bench.screen());
        assert!(bench.text("mine").contains("2.5,"), "nothing is written yet");
        bench
    };
    let mut bench = twice();
    bench.keys("d");
    assert_eq!((bench.value("node.gpu_hour"), bench.popups()), (Some(2.5), 0));
    let mut bench = twice();
    bench.keys("o");
    assert!(bench.toast().starts_with("saved to "), "{}", bench.toast());
    assert!(bench.text("mine").contains("value = 2.8,"));
    bench.keys("Right s");
    assert!(bench.toast().starts_with("saved to "), "asked about once: {}", bench.toast());
}

#[test]
fn a_broken_or_deleted_file_keeps_what_is_open_and_says_so() {
    let mut bench = mine();
    let text = bench.text("mine");
    fs::write(bench.file("mine"), "decode = [").expect("written");
    bench.files_changed();
    assert!(
        bench.toast().starts_with("the file on disk is broken, what is open stays: "),
        "{}",
        bench.toast()
    );
    assert_eq!(bench.value("node.gpu_hour"), Some(2.1));
    fs::remove_file(bench.file("mine")).expect("removed");
    bench.files_changed();
    assert!(bench.toast().contains("is gone from the disk"), "{}", bench.toast());
    bench.keys("s");
    assert!(bench.toast().starts_with("saved to "), "{}", bench.toast());
    assert_eq!(bench.text("mine"), text);
    fs::remove_file(bench.file("mine")).expect("removed");
    bench.files_changed();
    fs::write(bench.file("mine"), text).expect("written");
    bench.files_changed();
    assert!(bench.toast().ends_with("is back"), "{}", bench.toast());
}

#[test]
fn a_tier_that_goes_on_disk_takes_its_open_field_along() {
    let mut bench = mine();
    bench.keys("} Tab*3 =");
    assert_eq!(bench.popups(), 1);
    let text = bench.text("mine");
    let start = text.find("[tier.v3]").expect("a tier");
    let end = start + 1 + text[start + 1..].find("\n[").expect("another table");
    fs::write(bench.file("mine"), format!("{}{}", &text[..start], &text[end..])).expect("written");
    bench.files_changed();
    bench.screen();
    bench.text_keys("3").keys("Enter");
    bench.screen();
}

#[test]
fn the_selected_tier_stays_selected_where_tiers_go_on_disk() {
    let mut bench = mine();
    bench.keys("} } Tab*3");
    assert_eq!(bench.focused(), "tier.offpeak.output");
    let text = bench.text("mine");
    let start = text.find("[tier.v3]").expect("a tier");
    let end = start + 1 + text[start + 1..].find("\n[").expect("another table");
    fs::write(bench.file("mine"), format!("{}{}", &text[..start], &text[end..])).expect("written");
    bench.files_changed();
    assert_eq!(bench.focused(), "tier.offpeak.output");
    bench.keys("x");
    assert_eq!(bench.toast(), "R1 API, off-peak removed");
    bench.keys("u");
    assert!(bench.value("tier.offpeak.output").is_some());
}

#[test]
fn leaving_asks_when_the_file_is_gone_from_the_disk() {
    let mut bench = mine();
    fs::remove_file(bench.file("mine")).expect("removed");
    bench.files_changed().keys("q");
    assert!(!bench.left() && bench.shows("is gone from the disk"), "{}", bench.screen());
    bench.keys("s");
    assert!(bench.left() && bench.file("mine").exists());
}

#[test]
fn a_file_that_is_gone_with_its_directory_is_written_again_as_promised() {
    let mut bench = mine();
    let directory = bench.file("mine").parent().expect("a directory").to_owned();
    fs::remove_dir_all(&directory).expect("removed");
    bench.files_changed();
    assert!(bench.toast().ends_with("s writes it again"), "{}", bench.toast());
    bench.keys("s");
    assert!(bench.toast().starts_with("saved to "), "{}", bench.toast());
    assert!(bench.text("mine").contains("2.1"));
}

#[test]
fn of_several_pasted_cards_the_last_is_shown() {
    let mut bench = Bench::open("deepseek-day6");
    let text =
        |name| String::from_utf8_lossy(crate::preset::builtin::text(name).expect("shipped")).into_owned();
    for name in ["deepseek-day6", "forum-comment", "sceptic"] {
        bench.paste(&text(name));
    }
    assert_eq!(bench.popups(), 1);
    bench.keys("Enter");
    assert_eq!(
        bench.value("node.gpu_hour"),
        crate::preset::builtin::load("sceptic")
            .expect("shipped")
            .content
            .scenario
            .get(crate::model::Global::GpuHour.into())
    );
}

#[test]
fn what_waits_for_another_program_is_saved_as_it_is_then() {
    let mut bench = mine();
    let done = |outcome| crate::tui::Message::Done(outcome);
    bench.keys("Right").send(done(Outcome::Locked(SaveRequest::default())));
    assert_eq!(bench.toast(), "another napkin is saving there; waiting for it");
    bench.keys("Right").send(done(Outcome::Unlocked(true)));
    assert!(
        bench.toast().starts_with("saved to ") && bench.text("mine").contains("2.3"),
        "{}",
        bench.toast()
    );
    // It takes too long; something else is open.
    bench
        .keys("Right")
        .send(done(Outcome::Locked(SaveRequest::default())))
        .send(done(Outcome::Unlocked(false)));
    assert!(bench.toast().starts_with("not saved: "), "{}", bench.toast());
    bench
        .send(done(Outcome::Locked(SaveRequest::default())))
        .keys("o End Enter")
        .send(done(Outcome::Unlocked(true)));
    assert!(!bench.toast().starts_with("saved to ") && bench.popups() == 0, "{}", bench.toast());
}

#[test]
fn deleting_asks_and_can_be_undone() {
    let mut bench = mine();
    bench.keys("o");
    assert!(bench.shows("mine") && bench.shows("yours"), "{}", bench.screen());
    bench.keys("Home d");
    assert!(bench.shows("can be brought back"), "{}", bench.screen());
    bench.keys("n d Enter");
    assert!(!bench.file("mine").exists());
    assert!(bench.toast().starts_with("mine is in the trash"), "{}", bench.toast());
    assert!(bench.shows("yours would be"), "the list is read again: {}", bench.screen());
    bench.keys("u");
    assert!(bench.file("mine").exists());
    assert_eq!(bench.toast(), "mine is back");
    bench.keys("u");
    assert_eq!(bench.toast(), "nothing was deleted in this session");
    bench.keys("End d");
    assert_eq!((bench.toast(), bench.popups()), ("only presets of your own can be deleted", 1));
}

#[test]
fn the_list_filters_opens_and_shows_what_is_broken() {
    let mut bench = mine();
    fs::write(bench.file("odd"), "name = 3").expect("written");
    fs::write(bench.file("sceptic"), bench.text("mine")).expect("written");
    bench.keys("o /").text_keys("odd");
    assert!(bench.shows("broken") && bench.shows("odd.toml"), "{}", bench.screen());
    bench.keys("Enter");
    assert_eq!(bench.popups(), 1, "it cannot be opened");
    bench.keys("Esc");
    assert!(bench.shows("yours, hides a built-in"), "{}", bench.screen());
    bench.keys("/").text_keys("forum").keys("Enter");
    assert_eq!(bench.popups(), 0);
    assert!(bench.shows("The forum comment"), "{}", bench.screen());
    bench.keys("u");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.1), "undo leads back to what was open");
    assert_eq!(bench.toast(), "DeepSeek V3/R1, day 6, my version");
    bench.keys("o /").text_keys("zzzz");
    assert!(bench.shows("no preset by that name"));
    bench.keys("Esc Esc");
    assert_eq!(bench.popups(), 0);
}

#[test]
fn without_presets_of_ones_own_the_list_says_where_they_would_be() {
    let mut bench = Bench::on_disk("deepseek-day6");
    bench.keys("o");
    assert!(bench.shows("yours would be in "), "{}", bench.screen());
}

#[test]
fn leaving_asks_only_when_the_own_preset_has_unsaved_edits() {
    let mut bench = mine();
    bench.keys("q");
    assert!(bench.left());
    let mut bench = mine();
    bench.keys("Right q");
    assert!(!bench.left() && bench.shows("has edits that are not"), "{}", bench.screen());
    bench.keys("n");
    assert!(!bench.left() && bench.popups() == 0);
    bench.keys("q s");
    assert!(bench.left());
    assert_eq!(
        bench.store().load("mine").expect("saved").content.scenario,
        *bench.app.cx.document.scenario()
    );
    let mut bench = mine();
    bench.keys("Right C-c d");
    assert!(bench.left());
    assert!(bench.text("mine").contains("2.1"));
}

#[test]
fn a_save_that_fails_on_the_way_out_stays() {
    let mut bench = mine();
    replace(&bench, "[node]", "# by hand\n[node]");
    bench.keys("Right q s");
    assert!(!bench.left() && bench.shows("changed on disk"), "{}", bench.screen());
    bench.keys("o");
    assert!(bench.left(), "after the answer it leaves");
}

#[test]
fn the_open_file_is_watched() {
    let mut bench = mine();
    let watched = |bench: &Bench| {
        bench.effects.iter().rev().find_map(|effect| match effect {
            Effect::Watch(path) => Some(path.clone()),
            _ => None,
        })
    };
    bench.keys("o End Enter");
    assert_eq!(watched(&bench), Some(None), "a built-in has no file");
    bench.keys("u");
    assert_eq!(watched(&bench), Some(Some(bench.file("mine"))));
    let document = Document::new(bench.store().load("mine").expect("saved"));
    let fresh = Bench::start(Start::new(document));
    assert_eq!(watched(&fresh), Some(Some(bench.file("mine"))), "from the start");
}
