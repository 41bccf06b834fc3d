//! Stories from the command line.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests may panic as tests do"
)]

#[path = "common/command.rs"]
mod command;

use command::Napkin;

const MINE: &str = "question = \"Mine?\"\npreset = \"mine\"\n[[step]]\ncaption = \"{gross_margin} is left\"\nexpect = { gross_margin = \"50 %\" }\n";
const PRESET: &str = "[node]\ndecode = 1_000\ngpu_hour = 0.45\n[traffic]\ninput_per_output = 0\n[tier.a]\noutput = 2\ninput_miss = 0\n";

fn put(napkin: &Napkin, name: &str, text: &str) {
    let stories = napkin.config().join("stories");
    std::fs::create_dir_all(&stories).unwrap();
    std::fs::write(stories.join(name), text).unwrap();
}

#[test]
fn every_shipped_story_says_what_it_expects_and_its_captions_fit() {
    let napkin = Napkin::new();
    let checked = napkin.json(&["stories", "check"]);
    assert!(checked.as_array().expect("a list").iter().all(|one| one["ok"] == true));
    let listed = napkin.json(&["stories", "list"]);
    for story in listed.as_array().expect("a list") {
        let keys: Vec<&String> = story.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["id", "question", "steps", "origin", "path", "error"]);
        let id = story["id"].as_str().expect("a name");
        assert!(checked.as_array().unwrap().iter().any(|one| one["story"] == id), "{id} expects nothing");
        let handout = napkin.says(&["stories", "show", id, "--format", "markdown"]);
        assert!(handout.starts_with("# ") && handout.contains("\n`napkin "), "{handout}");
        assert!(!napkin.says(&["stories", "show", id]).contains(['{', '}']));
    }
    assert_eq!(napkin.says(&["stories"]), napkin.says(&["stories", "list"]));
}

#[test]
fn a_check_fails_when_a_figure_of_the_preset_changes() {
    let napkin = Napkin::new().with_preset("mine", PRESET.as_bytes());
    put(&napkin, "mine.toml", MINE);
    assert_eq!(napkin.run(&["stories", "check", "mine"]).code, Some(0));
    let napkin = napkin.with_preset("mine", PRESET.replace("0.45", "0.50").as_bytes());
    let answer = napkin.run(&["stories", "check", "mine"]);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert!(
        answer.out.starts_with("1 of 1 expectations missed.") && answer.out.contains("44.4 %"),
        "{}",
        answer.out
    );
}

#[test]
fn a_story_is_recorded_the_same_every_time_and_one_too_long_is_refused() {
    let napkin = Napkin::new().with_preset("mine", PRESET.as_bytes());
    put(&napkin, "mine.toml", MINE);
    let file = napkin.config().join("mine.svg");
    let path = file.to_str().unwrap();
    let recorded = |options: &[&str]| {
        assert_eq!(napkin.says(&[&["stories", "record", "mine", path], options].concat()), "");
        std::fs::read_to_string(&file).unwrap()
    };
    let picture = recorded(&[]);
    assert!(picture.starts_with("<svg ") && picture.contains("<title>Mine?</title>"), "{picture}");
    assert_eq!(recorded(&["--force"]), picture);
    put(&napkin, "long.toml", &format!("{MINE}{}", "[[step]]\ncaption = \"on\"\n".repeat(40)));
    let refused = napkin.refuses(&["stories", "record", "long", path]);
    assert!(refused.contains("41 screens") && refused.contains("holds 30"), "{refused}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), picture, "what was there stays");
    let nowhere = file.join("x.svg");
    assert!(
        napkin
            .refuses(&["stories", "record", "mine", nowhere.to_str().unwrap()])
            .contains("mine.svg/x.svg: ")
    );
}

#[test]
fn a_recording_overwrites_no_file_unless_it_is_told_to() {
    let napkin = Napkin::new().with_preset("mine", PRESET.as_bytes());
    put(&napkin, "mine.toml", MINE);
    let file = napkin.config().join("work.txt");
    std::fs::write(&file, "a year of work").unwrap();
    let record = ["stories", "record", "mine", file.to_str().unwrap()];
    let refused = napkin.refuses(&record);
    assert!(refused.contains("work.txt is there already; --force overwrites it"), "{refused}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "a year of work");
    assert_eq!(napkin.says(&[&record[..], &["--force"]].concat()), "");
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("<svg "));
}

#[test]
fn a_broken_story_is_listed_with_its_line_and_fails_the_check() {
    let napkin = Napkin::new();
    put(
        &napkin,
        "broken.toml",
        "question = \"q\"\npreset = \"builtin:deepseek-day6\"\n[[step]]\ncaptoin = \"a\"\n",
    );
    let answer = napkin.run(&["stories", "check"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("broken.toml:4:1: step.captoin: unknown key; did you mean `step.caption`?"),
        "{}",
        answer.err
    );
    let listed = napkin.json(&["stories", "list"]);
    let broken = listed.as_array().unwrap().iter().find(|story| story["id"] == "broken").expect("listed");
    assert!(broken["error"].is_string() && broken["question"].is_null() && broken["origin"] == "user");
    assert!(napkin.refuses(&["stories", "show", "below-cots"]).contains("did you mean `below-cost`?"));
}

#[test]
fn an_answer_is_four_to_six_lines_whose_last_one_replays_it() {
    let napkin = Napkin::new();
    let answer =
        napkin.says(&["answer", "--view", "tornado", "--against", "sceptic", "--set", "node.gpu_hour=2.5"]);
    let lines: Vec<&str> = answer.lines().map(str::trim_end).collect();
    assert!((4..=6).contains(&lines.len()), "{answer}");
    assert!(
        lines[0].starts_with("**R1's list prices cover") && lines[2].starts_with("Tornado: "),
        "{answer}"
    );
    let last = lines.last().unwrap();
    assert!(
        last.starts_with("`napkin builtin:deepseek-day6@") && last.ends_with("--view tornado`"),
        "{last}"
    );
    let replayed = napkin.run_with(&["eval", "-", "--format", "json"], answer.as_bytes());
    assert!(replayed.out.contains("\"node.gpu_hour\": 2.5"), "{replayed:?}");
    let again = napkin.run_with(&["answer", "-"], answer.as_bytes());
    assert_eq!(again.out, answer, "an answer read back says the same");
    let other = napkin.run_with(&["answer", "-", "--view", "proof"], answer.as_bytes());
    assert!(other.out.contains("--view proof`"), "{}", other.out);
    assert!(napkin.refuses(&["answer", "--view", "tornato"]).contains("did you mean `tornado`?"));
    assert!(napkin.refuses(&["answer", "--view", "x"]).contains("there are break-even, tornado"));
    assert!(napkin.refuses(&["--story", "the-54"]).contains("did you mean `the-545`?"));
    assert!(napkin.refuses(&["--view", "bridg"]).contains("did you mean `bridge`?"));
}

#[test]
fn a_new_preset_opens_at_once_and_is_never_overwritten() {
    let napkin = Napkin::new();
    assert!(napkin.says(&["presets", "new", "mine"]).trim_end().ends_with("mine.toml"));
    assert!(napkin.json(&["eval", "mine"])["outputs"]["gross_margin"].is_f64());
    assert!(napkin.says(&["hosts", "mine", "--model", "r1"]).contains("DeepSeek R1"));
    assert!(napkin.refuses(&["presets", "new", "mine"]).contains("is there already; choose another name"));
    assert!(napkin.refuses(&["presets", "new", "../x"]).contains("path separator"));
}
