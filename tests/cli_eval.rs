//! `napkin eval` as a program: golden numbers, forms of PRESET, `--set`, formats.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

#[path = "common/command.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod command;

use command::Napkin;

#[track_caller]
fn close(actual: &serde_json::Value, expected: f64) {
    let actual = actual.as_f64().expect("a number");
    assert!((actual - expected).abs() <= 1e-12 * expected.abs(), "{actual} is not {expected}");
}

#[test]
fn day_six_comes_out_to_the_digit() {
    let eval = Napkin::new().json(&["eval", "deepseek-day6"]);
    assert_eq!(eval["preset"], "deepseek-day6");
    assert_eq!(eval["edited"], false);
    let outputs = &eval["outputs"];
    for (name, value) in [
        ("output_rate", 8570.985968194573),
        ("input_rate", 31018.80636108512),
        ("prefill_share", 0.42087932647333964),
        ("revenue_per_node_second", 0.028677090551917674),
        ("gross_margin", 0.8450175956170268),
        ("markup", 5.452345374181476),
        ("cost_per_m_input", 0.060304537916478225),
        ("cost_per_m_input_miss", 0.10964461439359675),
        ("cost_per_m_input_hit", 0.02192892287871935),
        ("cost_per_m_output", 0.3003003003003003),
        ("input_tokens_per_day", 607_695_639_181.29),
        ("output_tokens_per_day", 167_915_900_300.09),
        ("revenue_per_day", 561_818.6164207296),
        ("cost_per_day", 87_072.0),
    ] {
        close(&outputs[name], value);
    }
    let published = eval["published"].as_array().expect("an array");
    assert!(published.len() == 5 && published.iter().all(|figure| figure["ok"] == true));
    assert_eq!(eval["inputs"]["tier.free.share"], 0.0);
}

#[test]
fn without_a_name_the_first_preset_is_evaluated() {
    assert_eq!(Napkin::new().json(&["eval"])["preset"], "deepseek-day6");
}

#[test]
fn sets_are_applied_together_and_the_last_of_an_id_counts() {
    let napkin = Napkin::new();
    let set = ["--set", "tier.free.share=0.7", "--set", "tier.v3.share=30%"];
    let there = napkin.json(&[&["eval"], &set[..]].concat());
    let back = napkin.json(&["eval", set[2], set[3], set[0], set[1]]);
    assert_eq!(there["inputs"]["tier.r1.share"], 0.0);
    assert_eq!(there, back);
    let eval = napkin.json(&["eval", "--set", "node.gpu_hour=1", "--set", "node.gpu_hour=$3/h"]);
    assert_eq!(eval["inputs"]["node.gpu_hour"], 3.0);
    assert_eq!(eval["edited"], true);
    let owned = napkin.json(&["eval", "--set", "node.basis=own"]);
    close(&owned["outputs"]["gross_margin"], 0.8816816546555813);
    assert_eq!(owned["inputs"]["node.basis"], "own");
    let absent = napkin.json(&["eval", "--set", "fleet.nodes=none"]);
    assert!(absent["inputs"]["fleet.nodes"].is_null() && absent["outputs"]["revenue_per_day"].is_null());
    assert!(absent["outputs"].as_object().expect("an object").contains_key("operating_margin"));
}

#[test]
fn a_preset_is_a_name_a_path_or_standard_input() {
    let text = b"name = \"Mine\"\n[node]\ndecode = 1000\n[traffic]\ninput_per_output = 1\n\
                 [tier.a]\ninput_miss = 1\noutput = 2\n";
    let napkin = Napkin::new().with_preset("mine", text);
    let path = napkin.config().join("presets").join("mine.toml");
    let path = path.to_str().expect("text");
    let by_name = napkin.json(&["eval", "mine"]);
    assert_eq!((&by_name["preset"], &by_name["name"]), (&"mine".into(), &"Mine".into()));
    assert_eq!(napkin.json(&["eval", path])["outputs"], by_name["outputs"]);
    let piped = napkin.run_with(&["eval", "-", "--format", "json"], text);
    let piped: serde_json::Value = serde_json::from_str(&piped.out).expect("JSON");
    assert_eq!((&piped["preset"], &piped["outputs"]), (&"-".into(), &by_name["outputs"]));
}

#[test]
fn every_format_says_the_same() {
    let napkin = Napkin::new();
    let table = napkin.says(&["eval"]);
    assert!(
        table.starts_with("R1's list prices cover the cost of serving 6.5 times over.\n\noutput "),
        "{table}"
    );
    assert!(!table.contains('\u{1b}'), "no colour without a terminal");
    let csv = napkin.says(&["eval", "--format", "csv"]);
    assert!(csv.contains("\ncost_per_day,87072,87072,0,yes,"), "{csv}");
    let markdown = napkin.says(&["eval", "--format", "markdown"]);
    assert!(markdown.contains("| gross\\_margin | 84.5 % |"), "{markdown}");
}

#[test]
fn what_cannot_be_computed_is_said_with_its_reason() {
    let napkin = Napkin::new();
    let line = napkin.refuses(&[
        "eval",
        "--set",
        "tier.free.share=1",
        "--set",
        "traffic.serve_free=no",
        "--format",
        "csv",
    ]);
    assert!(line.contains("nothing can be computed") && line.contains("nothing is served"), "{line}");
}

#[test]
fn a_command_writes_nothing_into_the_configuration() {
    let napkin = Napkin::new();
    for arguments in [&["eval"][..], &["presets", "list"], &["presets", "path"], &["presets", "verify"]] {
        napkin.says(arguments);
    }
    assert_eq!(std::fs::read_dir(napkin.config()).expect("a directory").count(), 0);
}

#[test]
fn a_claim_card_replays_to_the_bit() {
    let napkin = Napkin::new();
    let sets = ["--set", "node.gpu_hour=2.35", "--set", "tier.free.share=1/3"];
    let card = napkin.says(&[&["card"], &sets[..]].concat());
    let claimed = napkin.json(&[&["eval"], &sets[..]].concat());
    let replayed = napkin.run_with(&["eval", "-", "--format", "json"], card.as_bytes());
    let replayed: serde_json::Value = serde_json::from_str(&replayed.out).expect("JSON");
    assert_eq!(replayed, claimed);
    let words: Vec<&str> = card.lines().last().expect("a line").trim_matches('`').split(' ').collect();
    assert_eq!(napkin.json(&[&["eval"], &words[1..]].concat()), claimed);
    let broken = card.replace('@', "@0");
    let answer = napkin.run_with(&["eval", "-"], broken.as_bytes());
    assert!(answer.code == Some(2) && answer.err.contains("fingerprint"), "{answer:?}");
    let answer = napkin.run_with(&["eval", "-"], b"no card, no preset");
    assert!(answer.code == Some(2) && answer.err.contains("standard input:1:"), "{answer:?}");
}

#[test]
fn a_preset_of_the_users_travels_whole_in_its_card() {
    let text = b"name = \"Mine ``` <b>@all\"\n[node]\ndecode = 1000\n[traffic]\ninput_per_output = 1\n\
                 [tier.a]\ninput_miss = 1\noutput = 2\n";
    let napkin = Napkin::new().with_preset("mine", text);
    let card = napkin.says(&["card", "mine", "--set", "node.overlap=25%"]);
    assert!(card.contains("&lt;b&gt;&#64;all"), "{card}");
    let replayed = napkin.run_with(&["eval", "-", "--format", "json"], card.as_bytes());
    let replayed: serde_json::Value = serde_json::from_str(&replayed.out).expect("JSON");
    assert_eq!(replayed["outputs"], napkin.json(&["eval", "mine", "--set", "node.overlap=25%"])["outputs"]);
}
