//! Questions and stories in the explorer.

use std::sync::Arc;

use crate::story::{Story, builtin};
use crate::tui::testing::Bench;
use crate::tui::{Effect, Start};

fn story(name: &str) -> Arc<Story> {
    builtin::load(name).expect("shipped").expect("a story")
}

/// An explorer at a projector's size, in which a story is told.
fn told(name: &str) -> Bench {
    let document = crate::preset::Document::new(crate::preset::builtin::load("kimi-b200").expect("shipped"));
    let mut bench = Bench::start(Start { story: Some(story(name)), ..Start::new(document) });
    bench.resize(80, 24);
    bench
}

#[test]
fn each_of_the_ten_questions_is_answered_by_q_and_a_digit_and_pasted_with_y() {
    for (number, name) in builtin::names().take(10).enumerate() {
        let mut bench = Bench::on_disk("deepseek-day6");
        bench.resize(80, 24).keys("Q").keys(&((number + 1) % 10).to_string());
        let story = story(name);
        assert!(bench.shows(&story.question), "{name}: {}", bench.screen());
        let caption = crate::text::wrap(&story.caption(0, crate::book::Books::shipped()), 78);
        assert!(caption.iter().all(|line| bench.shows(line)), "{name}: {}", bench.screen());
        bench.keys("y");
        let Some(Effect::Copy { text, what: "answer" }) = bench.effects.last() else { panic!("{name}") };
        assert!((4..=6).contains(&text.lines().count()), "{text}");
        assert!(text.contains(&format!(" --view {}`", story.view(0).info().name)), "{text}");
    }
}

#[test]
fn steps_go_on_and_back_and_the_question_comes_before_the_answer() {
    let mut bench = told("the-545");
    assert!(bench.shows("1 of 6") && bench.shows("All five published"), "{}", bench.screen());
    bench.keys("Space");
    assert!(bench.shows("What rent would wipe") && bench.shows("Space answers"), "{}", bench.screen());
    assert!(!bench.shows("$12.90: 6.45 times"));
    bench.keys("Space");
    assert!(bench.shows("$12.90: 6.45 times the rent assumed"), "{}", bench.screen());
    assert_eq!(bench.focused(), "node.gpu_hour");
    bench.keys("Space Space Space");
    assert!(bench.shows("What if seven of ten"), "{}", bench.screen());
    let before = bench.margin();
    bench.keys("Space");
    assert!(bench.shows("48.3 % is left") && bench.margin() < before);
    bench.keys("Backspace");
    assert!(bench.shows("3 of 6") && (bench.margin() - before).abs() < 1e-15);
    bench.keys("Backspace*9");
    assert!(bench.shows("1 of 6") && bench.toast().contains("begins"));
    bench.keys("Space*20");
    assert!(bench.shows("6 of 6") && bench.toast().contains("that is all"), "{}", bench.screen());
}

#[test]
fn the_footer_offers_what_a_step_can_do_and_always_the_copy() {
    let mut bench = Bench::on_disk("deepseek-day6");
    let footer = |bench: &Bench| bench.screen().lines().last().unwrap_or_default().to_owned();
    bench.resize(80, 24).keys("Q 1");
    assert!(
        footer(&bench).starts_with(" Esc leave") && footer(&bench).contains("y copy"),
        "{}",
        footer(&bench)
    );
    bench.keys("Esc Q 5");
    assert!(footer(&bench).starts_with(" ! again  Esc leave"), "{}", footer(&bench));
    bench.keys("Esc Esc");
    assert!(!footer(&bench).contains("leave"), "{}", footer(&bench));
    let mut bench = told("the-545");
    bench.keys("Space");
    assert!(footer(&bench).starts_with(" Space on  Backspace back  Esc leave"), "{}", footer(&bench));
    bench.keys("Space*5");
    let all = footer(&bench);
    assert!(
        all.starts_with(" Space on  Backspace back  ! again  Esc leave") && all.contains("y copy"),
        "{all}"
    );
}

#[test]
fn the_first_echo_is_that_of_the_story_and_not_of_what_was_open_before() {
    let mut bench = Bench::on_disk("deepseek-day6");
    bench.keys("Q 7");
    assert_eq!(bench.echo(), None, "{}", bench.screen());
    bench.keys("Esc Q 6");
    assert_eq!(bench.echo().as_deref(), Some("rent $2.00 → $2.35/GPU·h: 84.5 → 81.8 %, −2.7 pt"));
}

#[test]
fn off_the_path_anything_can_be_tried_and_space_returns() {
    let mut bench = told("the-545");
    bench.keys("Space Space");
    let on_path = bench.margin();
    bench.keys("Right*3");
    assert!(bench.shows("off the path: Space returns to 2 of 6"), "{}", bench.screen());
    let tried = bench.margin();
    bench.keys("Space");
    assert!(
        (bench.margin() - on_path).abs() < 1e-15 && bench.shows("2 of 6") && !bench.shows("off the path")
    );
    bench.keys("u");
    assert!((bench.margin() - tried).abs() < 1e-15, "what was tried is not lost");
}

#[test]
fn the_last_change_is_shown_again_old_and_new() {
    let mut bench = told("the-545");
    bench.keys("!");
    assert_eq!(bench.toast(), "this step changes no input");
    bench.keys("Space*6");
    assert!(bench.shows("48.3 % is left"), "{}", bench.screen());
    let new = bench.margin();
    bench.keys("!");
    assert!(bench.shows("82.2 → 48.3 %, −33.9 pt"), "{}", bench.screen());
    assert!(bench.margin() > 0.8);
    bench.keys("!");
    assert!((bench.margin() - new).abs() < 1e-15 && bench.shows("−33.9 pt"));
    bench.keys("! Space");
    assert!((bench.margin() - new).abs() < 1e-15 && bench.shows("4 of 6"));
}

#[test]
fn one_undo_brings_back_scenario_and_pin_and_redo_the_story_s() {
    let mut bench = Bench::on_disk("deepseek-day6");
    bench.keys("p Right Q 3");
    let pinned = |bench: &Bench| bench.app.cx.pinned.as_ref().map(|pinned| pinned.name.clone());
    assert_eq!(bench.app.cx.document.base().origin.id(), "forum-comment");
    let story_pin = pinned(&bench);
    bench.keys("Esc");
    assert_eq!(bench.app.cx.document.base().origin.id(), "forum-comment", "the scenario stays");
    assert!(bench.toast().contains("u leads back"), "{}", bench.toast());
    bench.keys("u");
    assert_eq!(bench.app.cx.document.base().origin.id(), "deepseek-day6");
    assert_eq!(bench.value("node.gpu_hour"), Some(2.1));
    let before = pinned(&bench);
    assert_eq!(
        bench
            .app
            .cx
            .pinned
            .as_ref()
            .map(|pinned| pinned.document.scenario().get(crate::model::Global::GpuHour.into())),
        Some(Some(2.0))
    );
    bench.keys("C-r");
    assert_eq!(
        (bench.app.cx.document.base().origin.id().as_str(), pinned(&bench)),
        ("forum-comment", story_pin)
    );
    bench.keys("u");
    assert_eq!(pinned(&bench), before);
}

#[test]
fn undo_in_the_middle_leads_back_to_before_the_story_and_ends_it() {
    let mut bench = told("the-545");
    bench.keys("Space*7 u");
    assert_eq!(bench.app.cx.document.base().origin.id(), "kimi-b200");
    assert!(bench.app.cx.pinned.is_none() && bench.app.cx.telling.is_none());
    assert!(!bench.shows("of 6"), "{}", bench.screen());
}

#[test]
fn toggles_flip_with_the_arrows_and_optional_inputs_with_the_equals_sign_while_a_story_is_told() {
    let mut bench = told("the-545");
    let serve_free = bench.app.cx.document.scenario().find("traffic.serve_free").expect("an input");
    bench.app.focus_on(serve_free);
    bench.keys("Right");
    assert_eq!(bench.value("traffic.serve_free"), Some(0.0));
    bench.keys("Left");
    assert_eq!(bench.value("traffic.serve_free"), Some(1.0));
    let query = bench.app.cx.document.scenario().find("traffic.output_per_query").expect("an input");
    bench.app.focus_on(query);
    bench.keys("= 4 0 0 Enter");
    assert_eq!(bench.value("traffic.output_per_query"), Some(400.0));
}

#[test]
fn every_step_of_every_story_fits_a_projector_and_smaller_screens_do_not_break() {
    for name in builtin::names() {
        let story = story(name);
        let mut bench = told(name);
        for step in 0..story.len() {
            if story.ask(step).is_some() {
                let ask = crate::text::wrap(story.ask(step).unwrap_or_default(), 78);
                assert!(ask.iter().all(|line| bench.shows(line)), "{name}: {}", bench.screen());
                bench.keys("Space");
            }
            let caption = crate::text::wrap(&story.caption(step, crate::book::Books::shipped()), 78);
            assert!(caption.iter().all(|line| bench.shows(line)), "{name} {step}: {}", bench.screen());
            for (width, height) in [(40, 12), (60, 17), (1, 1), (200, 60), (80, 24)] {
                bench.resize(width, height);
                bench.screen();
            }
            bench.keys("Space");
        }
    }
}

#[test]
fn a_broken_story_says_why_in_the_list_and_is_not_told() {
    let mut bench = Bench::on_disk("deepseek-day6");
    let stories = bench.directories().stories().expect("a directory");
    std::fs::create_dir_all(&stories).expect("a directory");
    std::fs::write(stories.join("mine.toml"), "question = 3\n").expect("a file");
    bench.keys("Q End");
    assert!(
        bench.shows("Broken") && bench.shows("mine") && bench.shows("missing; it takes"),
        "{}",
        bench.screen()
    );
    bench.keys("Enter");
    assert!(bench.toast().contains("broken") && bench.popups() == 1);
}

#[test]
fn a_in_the_list_of_presets_writes_a_new_one_and_opens_it() {
    let mut bench = Bench::on_disk("deepseek-day6");
    bench.keys("o a").text_keys("mine").keys("Enter");
    assert_eq!(
        (bench.popups(), bench.app.cx.document.base().origin.id().as_str()),
        (0, "mine"),
        "{}",
        bench.toast()
    );
    assert!(
        bench.text("mine").starts_with("# A preset to make your own.")
            && bench.toast().starts_with("written to")
    );
    bench.keys("o a").text_keys("mine").keys("Enter");
    assert!(bench.toast().ends_with("mine.toml is there already; choose another name"), "{}", bench.toast());
    bench.text_keys("deepseek-day6");
    assert!(bench.shows("hides the built-in of this name"), "{}", bench.screen());
    bench.text_keys("/x").keys("Enter");
    assert!(bench.popups() == 1 && bench.shows("a path separator"), "{}", bench.screen());
}

#[test]
fn a_host_and_a_measured_rate_go_into_a_new_preset_with_their_sources() {
    for (view, input, by) in
        [("hosts", "tier.api.output", "models.dev"), ("hardware", "node.decode", "InferenceX")]
    {
        let mut bench = Bench::on_disk("deepseek-day6");
        bench.keys("o a").text_keys("mine").keys("Enter");
        bench.app.show_view(view);
        let before = bench.value(input);
        bench.keys("Tab*4 Enter");
        assert_ne!(bench.value(input), before, "{}", bench.screen());
        let document = &bench.app.cx.document;
        let id = document.scenario().find(input).expect("an input");
        let source = crate::report::provenance::text(document, id).unwrap_or_default();
        assert!(source.contains(by), "{source}");
        bench.keys("s");
        assert!(bench.text("mine").contains(by) && bench.toast().starts_with("saved"), "{}", bench.toast());
    }
}
