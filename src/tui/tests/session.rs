//! Leaving and going on.

use crate::tui::context::Focus;
use crate::tui::measure::Measure;
use crate::tui::runtime::SystemEffects;
use crate::tui::testing::Bench;
use crate::tui::{Memory, Resumed, Start};

/// What the next start would read.
fn memory(bench: &Bench) -> Memory {
    SystemEffects::remembered(&bench.directories()).expect("a state file that reads")
}

fn resume(bench: &Bench) -> Bench {
    let Resumed { document, pinned, bookmark, notice } =
        memory(bench).resume(&bench.store()).expect("a session");
    Bench::start(Start { pinned, bookmark: Some(bookmark), notice, ..Start::new(document) })
}

#[test]
fn a_session_is_as_it_was_left() {
    let mut bench = Bench::on_disk("deepseek-day6");
    bench.keys("p Right*3 g").text_keys("1").keys("Tab").text_keys("9").keys("Enter");
    bench.keys("a").text_keys("Batch").keys("Enter = 1 0 % Enter T").text_keys("30%").keys("Enter");
    bench.keys("d ] /").text_keys("utilization").keys("Enter q");
    assert!(bench.left());
    let again = resume(&bench);
    assert_eq!(again.app.cx.document.scenario(), bench.app.cx.document.scenario());
    assert_eq!(again.app.cx.document.content().tier_names, bench.app.cx.document.content().tier_names);
    assert_eq!(again.app.cx.document.changes(), bench.app.cx.document.changes());
    assert_eq!(again.app.cx.document.base(), bench.app.cx.document.base());
    assert_eq!(again.focused(), "node.utilization");
    assert_eq!((again.app.cx.target, again.app.cx.measure), (0.3, Measure::Markup));
    assert_eq!((again.app.cx.view, again.app.cx.focus), (bench.app.cx.view, Focus::Sliders));
    // The echo is of this session's last change.
    bench.app.cx.before = None;
    for (again, before) in again.screen().lines().zip(bench.screen().lines()) {
        assert_eq!(again, before);
    }
    let pinned = again.app.cx.pinned.as_ref().expect("pinned");
    assert_eq!(pinned.document.scenario(), bench.app.cx.pinned.as_ref().expect("pinned").document.scenario());
    let rent = again.app.cx.document.scenario().find("node.gpu_hour").expect("an input");
    assert_eq!(again.app.cx.document.range(rent), bench.app.cx.document.range(rent));
    assert_eq!(again.toast(), "");
}

#[test]
fn unsaved_edits_of_an_own_preset_come_back_as_edits() {
    let mut bench = Bench::on_disk("deepseek-day6");
    bench.keys("Right s").text_keys("mine").keys("Enter Right q d");
    assert!(bench.left());
    let again = resume(&bench);
    assert_eq!(again.value("node.gpu_hour"), Some(2.2));
    assert!(again.app.cx.document.is_dirty());
    // The file changed in between: what was on screen stays, and that is said.
    let text = bench.text("mine");
    std::fs::write(bench.file("mine"), format!("# by hand\n{text}")).expect("written");
    let again = resume(&bench);
    assert_eq!(again.value("node.gpu_hour"), Some(2.2));
    assert_eq!(again.toast(), "mine changed since the last session");
    // It is gone: what was on screen is here, without a file.
    std::fs::remove_file(bench.file("mine")).expect("removed");
    let again = resume(&bench);
    assert_eq!(again.value("node.gpu_hour"), Some(2.2));
    assert!(again.toast().contains("is here all the same"), "{}", again.toast());
}

#[test]
fn a_preset_that_is_gone_is_shown_all_the_same() {
    let mut bench = Bench::on_disk("deepseek-day6");
    bench.keys("Right s").text_keys("mine").keys("Enter q");
    std::fs::remove_file(bench.file("mine")).expect("removed");
    let again = resume(&bench);
    assert_eq!(again.value("node.gpu_hour"), Some(2.1));
    assert!(again.toast().contains("mine") && again.toast().contains("all the same"), "{}", again.toast());
}

#[test]
fn an_unedited_preset_that_changed_is_as_it_is_now() {
    let mut bench = Bench::on_disk("deepseek-day6");
    bench.keys("Right s").text_keys("mine").keys("Enter q");
    let text = bench.text("mine");
    std::fs::write(bench.file("mine"), text.replacen("14_800", "15_000", 1)).expect("written");
    let again = resume(&bench);
    assert_eq!((again.value("node.decode"), again.app.cx.document.is_edited()), (Some(15_000.0), false));
    assert_eq!(again.toast(), "mine changed since the last session");
}

#[test]
fn a_pasted_scenario_is_kept_whole() {
    let mut bench = Bench::on_disk("deepseek-day6");
    let text = crate::preset::builtin::text("sceptic").expect("shipped");
    bench.paste(&String::from_utf8_lossy(text)).keys("Enter Right q");
    let again = resume(&bench);
    assert_eq!(again.app.cx.document.scenario(), bench.app.cx.document.scenario());
}

#[test]
fn a_state_file_of_any_kind_is_no_reason_not_to_start() {
    for text in ["= broken", "theme = 3", "session = 1", "[session]\ntarget = \"x\""] {
        assert_eq!(Memory::read(text), Err("what was remembered cannot be read".to_owned()));
    }
    let store = Bench::on_disk("deepseek-day6").store();
    for text in [
        "",
        "colour = \"of a later napkin\"",
        "[session]\nview = \"map\"",
        "[session.open]\npreset = \"builtin:nothing\"",
        "[session.open]\ntext = \"nonsense\"",
        "[session.open]\npreset = \"builtin:sceptic\"\nedited = true\ntext = \"nonsense\"",
    ] {
        let memory = Memory::read(text).expect(text);
        let problem = memory.resume(&store).expect_err(text);
        assert!(!problem.is_empty() && !problem.contains('\n'), "{problem}");
    }
    let odd = "[session]\nview = \"nothing\"\nfocused = \"tier.x.share\"\ntarget = 7.0\n[session.open]\npreset = \"builtin:sceptic\"";
    let Resumed { document, bookmark, .. } = Memory::read(odd).expect(odd).resume(&store).expect("opens");
    let bench = Bench::start(Start { bookmark: Some(bookmark), ..Start::new(document) });
    assert_eq!(bench.app.cx.target, 0.0);
}

#[test]
fn only_what_was_chosen_with_a_key_is_remembered() {
    let mut bench = Bench::on_disk("deepseek-day6");
    bench.keys("q");
    assert_eq!(memory(&bench).chosen, crate::tui::Chosen::default());
    bench.keys("t m");
    let chosen = memory(&bench).chosen;
    assert_eq!((chosen.theme.as_deref(), chosen.mouse), (Some(bench.app.cx.theme.name), Some(false)));
}
