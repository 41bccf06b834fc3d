//! Stories as they are told and as they are broken.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::book::Books;
use crate::model::{Output, evaluate};
use crate::preset::{Directories, Provenance, Store};
use crate::quantity::number;
use crate::report::Report;

const HEAD: &str = "question = \"What then?\"\npreset = \"builtin:deepseek-day6\"\n";

fn read(text: &str) -> Result<Story, Vec<String>> {
    read::read(text.as_bytes(), "s.toml", Origin::Pasted, &Store::default())
        .map_err(|problems| problems.to_string().lines().map(str::to_owned).collect())
}

fn problems(text: &str) -> Vec<String> {
    read(&format!("{HEAD}{text}")).expect_err("a problem")
}

fn story(steps: &str) -> Story {
    read(&format!("{HEAD}{steps}")).unwrap_or_else(|problems| panic!("{problems:?}"))
}

const FREE: &str = r#"
[[step]]
caption = "As published: {gross_margin}."
view = "proof"
[[step]]
ask = "And if seven of ten tokens are free?"
caption = "{gross_margin} is left."
set = { "tier.free.share" = "70%" }
expect = { gross_margin = "48.3 %", "tier.free.share" = "70 %" }
source = "assumption"
[[step]]
caption = "At V3's prices for the rest: {gross_margin}."
set = { "tier.r1.share" = 0, "tier.v3.share" = 0.3 }
source = "assumption"
view = "break-even"
focus = "node.gpu_hour"
"#;

#[test]
fn a_step_holds_what_all_steps_before_it_set() {
    let story = story(FREE);
    let margins: Vec<String> = (0..story.len())
        .map(|step| number::output(&evaluate(story.document(step).scenario()), Output::GrossMargin))
        .collect();
    assert_eq!(margins, ["84.5 %", "48.3 %", "−3.5 %"]);
    assert_eq!(story.caption(1, Books::shipped()), "48.3 % is left.");
    assert_eq!((story.view(1), story.view(2)), (ViewName::Proof, ViewName::BreakEven));
    let free = story.document(1).scenario().find("tier.free.share").expect("an input");
    assert_eq!(story.focus(1), Some(free));
    assert!(matches!(story.document(1).provenance(free), Provenance::Assumption));
    assert!(Verification::of([&story], Books::shipped()).holds());
}

#[test]
fn on_the_way_to_a_step_its_values_are_part_of_the_way_and_keep_their_sources() {
    let story = story(FREE);
    let half = story.on_the_way(1, 0.5);
    let free = half.scenario().find("tier.free.share").expect("an input");
    assert_eq!(half.scenario().get(free), Some(0.35));
    assert!(matches!(half.provenance(free), Provenance::Assumption));
    assert_eq!(story.on_the_way(1, 1.0).scenario(), story.document(1).scenario());
    assert_eq!(story.on_the_way(1, 0.0).scenario(), story.before(1).scenario());
}

#[test]
fn a_wrong_story_says_where_and_what_is_nearest() {
    let all = problems(
        "[[step]]\ncaption = \"{gros_margin}\"\nview = \"tornato\"\nfocus = \"node.gpu_hours\"\nset = { \"tier.free.shar\" = \"70%\" }\nexpect = { markdown = \"1\" }\nsorce = \"x\"\n",
    );
    assert_eq!(
        all,
        [
            "s.toml:4:12: step.caption: {gros_margin: unknown figure; did you mean `gross_margin`?",
            "s.toml:5:8: step.view: unknown view `tornato`; did you mean `tornado`?",
            "s.toml:6:9: step.focus: unknown focus `node.gpu_hours`; did you mean `node.gpu_hour`?",
            "s.toml:7:1: step.source: whose values are these? add source = \"…\", or source = \"assumption\"",
            "s.toml:7:9: step.set.tier.free.shar: unknown input; did you mean `tier.free.share`?",
            "s.toml:8:12: step.expect.markdown: unknown figure; did you mean `markup`?",
            "s.toml:9:1: step.sorce: unknown key; did you mean `step.source`?",
        ]
    );
}

#[test]
fn shares_that_sum_to_more_than_one_are_found_at_the_step_that_does_it() {
    let all = problems(
        "[[step]]\ncaption = \"a\"\nset = { \"tier.free.share\" = 0.7 }\nsource = \"assumption\"\n[[step]]\ncaption = \"b\"\nset = { \"tier.v3.share\" = \"40%\" }\nsource = \"assumption\"\n",
    );
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].starts_with("s.toml:9:1: step.set: with the steps before it: "), "{all:?}");
    assert!(all[0].contains("sum"), "{all:?}");
}

#[test]
fn values_are_as_for_set_but_never_relative() {
    for (value, wrong) in [
        ("\"x2\"", "s.toml:5:27: step.set.node.gpu_hour: "),
        ("\"+10%\"", "s.toml:5:27: step.set.node.gpu_hour: "),
        ("-1", "s.toml:5:27: step.set.node.gpu_hour: "),
        ("[2]", "s.toml:5:27: step.set.node.gpu_hour: a list is no value"),
        ("nan", "s.toml:5:27: step.set.node.gpu_hour: "),
    ] {
        let all = problems(&format!(
            "[[step]]\ncaption = \"a\"\nset = {{ \"node.gpu_hour\" = {value} }}\nsource = \"x\"\n"
        ));
        assert!(all.len() == 1 && all[0].starts_with(wrong), "{value}: {all:?}");
    }
    let text = "[[step]]\ncaption = \"a\"\nset = { \"traffic.serve_free\" = false, \"node.prefill\" = \"none\" }\nsource = \"x\"\n";
    assert_eq!(story(text).document(0).changes().len(), 2);
}

#[test]
fn what_a_story_needs_is_missed() {
    let missing = |text: &str| read(text).expect_err("a problem").join("\n");
    assert!(missing("").contains("s.toml:1:1: question: missing"));
    assert!(missing("").contains("s.toml:1:1: preset: missing"));
    assert!(missing(HEAD).contains("step: missing"));
    assert!(missing(&format!("{HEAD}[[step]]\n")).contains("s.toml:3:1: step.caption: missing"));
    let preset =
        |name: &str| missing(&format!("question = \"q\"\npreset = {name}\n[[step]]\ncaption = \"a\"\n"));
    assert!(preset("\"builtin:deepsek-day6\"").contains("did you mean `builtin:deepseek-day6`?"));
    assert!(preset("\"/etc/passwd\"").contains("a story names its preset"));
    assert!(preset("3").contains("s.toml:2:10: preset: 3 is no text"));
}

#[test]
fn hostile_files_are_refused_in_a_few_clean_lines() {
    let many = format!("{HEAD}{}", "[[step]]\ncaption = \"a\"\n".repeat(10_000));
    assert_eq!(
        read(&many).expect_err("too many"),
        ["s.toml:2003:1: step: 10000 steps; a story has at most 1000"]
    );
    let wrong = problems(&"[[step]]\ncaption = 3\n".repeat(1_000));
    assert_eq!((wrong.len(), wrong[20].as_str()), (21, "s.toml: and 980 more"));
    let deep = format!("{HEAD}[[step]]\nset = {}", "{ a = ".repeat(100_000));
    assert!(read(&deep).expect_err("too deep").len() == 1);
    let large = format!("{HEAD}# {}", "x".repeat(1 << 20));
    assert!(read(&large).expect_err("too large")[0].contains("a story has at most 1 MiB"));
    let escape =
        "[[step]]\ncaption = \"a\\u001b[2J\\u202e{gros\\u001b_margin}\"\n[step.set]\n\"\\u001b]0;x\" = 1\n";
    let all = problems(escape).join("\n");
    assert!(!all.contains(['\u{1b}', '\u{202e}']), "{all:?}");
    let shown = story("[[step]]\ncaption = \"a\\u001b[31mred\\u0007\\u202e\"\n").caption(0, Books::shipped());
    assert_eq!(shown, "ared");
    assert!(
        problems(&format!("[[step]]\ncaption = \"{}\"\n", "x".repeat(500)))[0].contains("it has at most 400")
    );
    let not_text = read::read(b"\xff\xfe", "s.toml", Origin::Pasted, &Store::default()).expect_err("no text");
    assert!(not_text.to_string().contains("a story is text in UTF-8"));
}

#[test]
fn a_caption_that_does_not_fit_and_a_figure_that_moved_fail_the_check() {
    let long = story(&format!("[[step]]\ncaption = \"{}\"\n", "words of a caption ".repeat(12)));
    assert!(!Verification::of([&long], Books::shipped()).holds());
    let moved = story("[[step]]\ncaption = \"a\"\nexpect = { \"break_even:node.gpu_hour\" = \"$12.91\" }\n");
    let verification = Verification::of([&moved], Books::shipped());
    assert!(!verification.holds());
    assert_eq!(verification.conclusion(), "1 of 1 expectations missed.");
}

#[test]
fn the_users_stories_stand_beside_the_shipped_ones_and_speak_of_the_users_presets() {
    let home = tempfile::tempdir().expect("a directory");
    let put = |folder: &str, name: &str, text: &str| {
        std::fs::create_dir_all(home.path().join(folder)).expect("a directory");
        std::fs::write(home.path().join(folder).join(name), text).expect("a file");
    };
    let directories = Directories { config: Some(home.path().to_owned()), state: None };
    let stories = || Stories::new(&directories, &Store::new(&directories));
    assert!(stories().list().iter().all(|entry| entry.story.is_ok()));
    put(
        "presets",
        "mine.toml",
        "[node]\ndecode = 1_000\n[traffic]\ninput_per_output = 3\n[tier.a]\noutput = 2\ninput_miss = 1\n",
    );
    put(
        "stories",
        "mine.toml",
        "question = \"q\"\npreset = \"mine\"\n[[step]]\ncaption = \"{gross_margin}\"\n",
    );
    put("stories", "broken.toml", "question = 1\n");
    put("stories", "below-cost.toml", &format!("{HEAD}[[step]]\ncaption = \"mine\"\n"));
    let list = stories().list();
    let find = |id: &str| list.iter().find(|entry| entry.id == id).expect("listed");
    assert!(find("mine").story.is_ok() && find("broken").story.is_err());
    assert!(find("builtin:below-cost").origin.path().is_none());
    assert_eq!(stories().load("below-cost").expect("there").question, "What then?");
    assert_ne!(stories().load("builtin:below-cost").expect("there").question, "What then?");
    assert!(stories().load("min").expect_err("unknown").to_string().contains("did you mean `mine`?"));
    assert!(stories().load("../presets/mine").is_err());
    assert!(!Path::new(&find("mine").id).is_absolute());
}

#[test]
fn every_shipped_story_reads_and_every_figure_in_it_is_expected() {
    let questions = builtin::names().take_while(|name| shipped(name).len() == 1).count();
    assert_eq!((questions, builtin::names().len()), (10, 14), "the questions come first");
    for name in builtin::names() {
        let story = shipped(name);
        assert!(story.preset.origin.path().is_none(), "{name}");
        for (index, step) in story.steps.iter().enumerate() {
            for figure in step.caption.figures() {
                let expected = step.expect.iter().any(|(expected, _)| *expected == figure);
                let figure = figure.name(story.start().scenario());
                assert!(expected, "{name}, step {}: {figure} is not expected to be anything", index + 1);
            }
        }
    }
}

/// Whatever is told, someone who knows neither the terms nor the code reads it.
#[test]
fn no_caption_needs_a_dictionary() {
    for name in builtin::names() {
        let story = shipped(name);
        let told = (0..story.len()).flat_map(|step| {
            [Some(story.caption(step, Books::shipped())), story.ask(step).map(str::to_owned)]
        });
        for text in told.flatten().chain([story.question.clone()]) {
            for term in ["prefill", "decode", "kappa", "κ", "Shapley", "TCO", "n/a", "{", "}"] {
                assert!(!text.contains(term), "{name}: {term} in {text}");
            }
            assert!(text.ends_with(['.', '?', '!']), "{name}: {text}");
        }
    }
}

fn shipped(name: &str) -> Arc<Story> {
    builtin::load(name).expect("shipped").unwrap_or_else(|problems| panic!("{problems}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Whatever the steps set, a step is what one list of all sets up to it makes of the preset, however one came to it.
    #[test]
    fn every_step_is_exact(sets in prop::collection::vec((0_usize..4, 0.05_f64..0.95), 1..12)) {
        let ids = ["node.gpu_hour", "cache.hit_ratio", "node.utilization", "tier.free.share"];
        let steps = sets.iter().fold(String::new(), |steps, (id, value)| {
            let set = format!("set = {{ \"{}\" = {value:?} }}", ids[*id]);
            steps + "[[step]]\ncaption = \"a\"\n" + &set + "\nsource = \"x\"\n"
        });
        let story = story(&steps);
        for step in 0..story.len() {
            let mut direct = story.start();
            let edits: Vec<_> = sets[..=step]
                .iter()
                .map(|(id, value)| (direct.scenario().find(ids[*id]).expect("an input"), Some(*value)))
                .collect();
            direct.set(&edits).expect("valid");
            let told = story.document(step);
            prop_assert_eq!(told.scenario(), direct.scenario());
        }
    }
}
