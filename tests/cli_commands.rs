//! The other commands as a program: presets, sweep, shell, pipes.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

#[path = "common/command.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod command;

use std::io::Read;
use std::process::Stdio;

use command::Napkin;

const MINIMAL: &[u8] = b"name = \"Mine\"\n[node]\ndecode = 1000\n[traffic]\ninput_per_output = 1\n\
                         [tier.a]\ninput_miss = 1\noutput = 2\n";

#[test]
fn presets_are_listed_with_their_origin_and_the_broken_ones_with_the_error() {
    let napkin = Napkin::new().with_preset("mine", MINIMAL).with_preset("broken", b"nonsense");
    let napkin = napkin.with_preset("sceptic", MINIMAL);
    let list = napkin.json(&["presets", "list"]);
    let row = |id: &str| {
        let rows = list.as_array().expect("an array");
        rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("{id}")).clone()
    };
    assert_eq!((&row("mine")["origin"], &row("mine")["name"]), (&"user".into(), &"Mine".into()));
    assert!(row("mine")["path"].as_str().expect("a path").ends_with("mine.toml"));
    assert!(row("broken")["error"].as_str().expect("an error").contains("broken.toml:1:"));
    assert!(row("broken")["gross_margin"].is_null());
    assert_eq!(row("sceptic")["shadows"], true);
    assert_eq!(row("builtin:sceptic")["origin"], "builtin");
    let keys: Vec<String> = row("mine").as_object().expect("an object").keys().cloned().collect();
    assert_eq!(keys, ["id", "name", "origin", "path", "date", "gross_margin", "error", "shadows"]);
}

#[test]
fn presets_alone_lists_and_help_helps() {
    let napkin = Napkin::new();
    assert_eq!(napkin.says(&["presets"]), napkin.says(&["presets", "list"]));
    assert_eq!(
        napkin.says(&["presets", "--format", "csv"]),
        napkin.says(&["presets", "list", "--format", "csv"])
    );
    assert!(napkin.says(&["help"]).contains("break-even"));
    assert!(napkin.says(&["help", "eval"]).contains("--set"));
}

#[test]
fn the_target_of_a_pasted_answer_holds_for_every_command_that_takes_one() {
    let napkin = Napkin::new();
    let answer = napkin.says(&["answer", "--target", "30%", "--set", "node.gpu_hour=3"]);
    let target = |arguments: &[&str]| {
        let arguments = [arguments, &["--format", "json"]].concat();
        let told = napkin.run_with(&arguments, answer.as_bytes());
        let told: serde_json::Value = serde_json::from_str(&told.out).expect("JSON");
        told["target"].as_f64().expect("a target")
    };
    for command in [
        &["break-even", "-"][..],
        &["odds", "-", "--samples", "100"],
        &["hosts", "-"],
        &["bridge", "-", "sceptic"],
        &["bridge", "sceptic", "-"],
    ] {
        assert!((target(command) - 0.3).abs() < 1e-12, "{command:?}");
        let other = [command, &["--target", "10%"]].concat();
        assert!((target(&other) - 0.1).abs() < 1e-12, "{other:?}");
    }
    assert!(napkin.says(&["break-even", "--format", "json"]).contains("\"target\": 0"));
}

#[test]
fn draws_are_counted_as_people_write_them() {
    let napkin = Napkin::new();
    let odds = |samples: &str| napkin.says(&["odds", "--samples", samples, "--format", "json"]);
    assert_eq!(odds("1e4"), odds("10000"));
    assert_eq!(odds("10k"), odds("10,000"));
}

#[test]
fn a_preset_shown_with_edits_says_whose_they_are() {
    let shown = Napkin::new().says(&["presets", "show", "deepseek-day6", "--set", "node.gpu_hour=2.5"]);
    assert!(shown.contains("name = \"DeepSeek V3/R1, day 6, my version\""), "{shown}");
    assert!(
        shown.contains("gpu_hour = { value = 2.5, low = 1.875, high = 3.75, source = \"yours\""),
        "{shown}"
    );
    assert!(shown.contains("[based_on]\npreset = \"builtin:deepseek-day6@"), "{shown}");
    assert!(!shown.contains("[[published]]") && !shown.contains("\nsource = \"DeepSeek, open-infra-index, Day 6: One More Thing, DeepSeek-V3/R1 Inference System Overview, https://github.com\nsubject"), "{shown}");
}

#[test]
fn a_card_says_what_it_is_compared_with_and_replays_it() {
    let napkin = Napkin::new();
    let card = napkin.says(&["card", "--set", "node.gpu_hour=3", "--against", "sceptic"]);
    assert!(card.contains("Compared with A sceptic's view of day 6: gross margin "), "{card}");
    let last = card.lines().last().expect("a line");
    assert!(last.contains("--set node.gpu_hour=3 --against builtin:sceptic@"), "{card}");
    let again = napkin.run_with(&["card", "-"], card.as_bytes());
    assert_eq!(again.out, card);
}

#[cfg(unix)]
#[test]
fn a_file_name_with_hidden_characters_is_shown_escaped_and_never_in_a_line_to_be_copied() {
    let napkin = Napkin::new();
    let text =
        "[node]\ndecode = 1000\n[traffic]\ninput_per_output = 1\n[tier.a]\noutput = 2\ninput_miss = 1\n";
    for name in ["a\u{1b}[201~b.toml", "a\nb.toml", "a\u{202e}b.toml"] {
        std::fs::write(napkin.config().join(name), text).expect("a file");
        let card = napkin.says(&["card", &format!("./{name}")]);
        assert!(card.contains("```toml") && !card.contains(name), "{card:?}");
        assert!(card.contains("has a name that no command line can show"), "{card}");
        std::fs::write(napkin.config().join(name), "[node]\nx = 1\n").expect("a file");
        let error = napkin.run(&["eval", &format!("./{name}")]).err;
        let escape = if name.contains('\n') {
            "\\u{a}"
        } else if name.contains('\u{1b}') {
            "\\u{1b}"
        } else {
            "\\u{202e}"
        };
        assert!(error.contains(escape) && !error.contains(name), "{error:?}");
    }
}

#[test]
fn a_preset_is_shown_byte_for_byte() {
    let napkin = Napkin::new().with_preset("mine", MINIMAL);
    assert_eq!(napkin.says(&["presets", "show", "mine"]).as_bytes(), MINIMAL);
    let edited =
        napkin.says(&["presets", "show", "mine", "--set", "tier.a.input_miss=3", "--set", "node.decode=2k"]);
    assert!(edited.contains("\ndecode = 2000\n") && edited.contains("\ninput_miss = 3\n"), "{edited}");
    // What followed from the value that changed is said now.
    assert!(edited.contains("\ninput_hit = 1\n"), "{edited}");
}

#[test]
fn verify_says_no_with_exit_code_one() {
    let napkin = Napkin::new();
    assert!(napkin.says(&["presets", "verify"]).starts_with("All "));
    let missed =
        [MINIMAL, b"[[published]]\noutput = \"gross_margin\"\nvalue = 0.1\ntolerance = 0.01\n"].concat();
    let napkin = Napkin::new().with_preset("missed", &missed);
    let answer = napkin.run(&["presets", "verify", "missed"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.out.contains("missed"));
    let csv = napkin.run(&["presets", "verify", "--format", "csv"]);
    assert_eq!(csv.code, Some(1));
    assert!(csv.out.contains("\nmissed,gross_margin,0.1,"), "{}", csv.out);
    let napkin = napkin.with_preset("broken", b"nonsense");
    let answer = napkin.run(&["presets", "verify"]);
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("broken.toml"));
}

#[test]
fn a_sweep_is_a_grid_with_the_last_axis_fastest() {
    let napkin = Napkin::new();
    let arguments = [
        "sweep",
        "--vary",
        "node.gpu_hour=1:2:2",
        "--vary",
        "cache.hit_ratio=0%:100%:2",
        "--output",
        "gross_margin",
    ];
    let csv = napkin.says(&[&arguments[..], &["--format", "csv"]].concat());
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "node.gpu_hour,cache.hit_ratio,gross_margin");
    assert!(
        lines[1].starts_with("1,0,0.") && lines[2].starts_with("1,1,0.") && lines[3].starts_with("2,0,0.")
    );
    assert_eq!(lines.len(), 5);
    let json = napkin.says(&[&arguments[..], &["--format", "json"]].concat());
    assert_eq!(json.lines().filter(|line| line.starts_with('{')).count(), 4);
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&json).expect("JSON");
    assert_eq!(rows[2].keys().collect::<Vec<_>>(), ["node.gpu_hour", "cache.hit_ratio", "gross_margin"]);
    let all = napkin.says(&["sweep", "--vary", "node.basis=rent:own:2", "--format", "csv"]);
    assert!(all.contains("\nrent,16,") && all.contains("\nown,12."), "{all}");
    assert_eq!(all.lines().next().expect("titles").split(',').count(), 40);
}

#[test]
fn the_parts_of_a_sweep_are_the_sweep() {
    let napkin = Napkin::new();
    let sweep = |part: &[&str]| {
        let grid = ["sweep", "--vary", "node.gpu_hour=1:2:5", "--vary", "cache.hit_ratio=0:1:2"];
        napkin.says(&[&grid[..], &["--output", "markup", "--format", "csv"], part].concat())
    };
    let rows = |part: &[&str]| {
        let csv = sweep(part);
        csv.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let parts = ["1/3", "2/3", "3/3"].map(|part| rows(&["--part", part])).concat();
    assert_eq!(parts, rows(&[]));
    assert_eq!(parts.len(), 10);
}

#[test]
fn points_without_an_answer_are_empty_cells() {
    let csv = Napkin::new().says(&[
        "sweep",
        "--set",
        "traffic.serve_free=false",
        "--vary",
        "tier.free.share=0:1:2",
        "--output",
        "gross_margin,markup",
        "--format",
        "csv",
    ]);
    assert_eq!(csv.lines().last(), Some("1,,"));
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let napkin = Napkin::new();
    for format in ["csv", "json", "table", "markdown"] {
        let mut child = napkin
            .command(&["sweep", "--vary", "node.gpu_hour=1:2:1000000", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut some = [0; 100];
        child.stdout.take().expect("a pipe").read_exact(&mut some).expect("rows");
        // The pipe is closed here.
        let answer = child.wait_with_output().expect("the program ends");
        assert_eq!(answer.status.code(), Some(0), "{format}");
        assert_eq!(String::from_utf8_lossy(&answer.stderr), "", "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let napkin = Napkin::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the full device");
    let answer =
        napkin.command(&["eval"]).stdout(full).stderr(Stdio::piped()).spawn().expect("the program starts");
    let answer = answer.wait_with_output().expect("the program ends");
    assert_eq!(answer.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&answer.stderr).starts_with("napkin: cannot write: "));
}

#[test]
fn the_shell_gets_completions_and_a_manual_page() {
    let napkin = Napkin::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(napkin.says(&["completions", shell]).contains("napkin"), "{shell}");
    }
    let page = napkin.says(&["man"]);
    for part in [".TH napkin 1", ".SH \"NAPKIN EVAL\"", ".SH \"NAPKIN PRESETS IMPORT\"", "tier.KEY.share"] {
        assert!(page.contains(part), "{part}");
    }
    let help = napkin.says(&["--help"]);
    assert!(help.contains("tier.KEY.input_miss") && help.contains("revenue_over_cost"));
    assert!(napkin.says(&["--version"]).starts_with("napkin "));
}

#[test]
fn break_evens_come_out_as_worked_by_hand() {
    let napkin = Napkin::new();
    let report = napkin.json(&["break-even", "deepseek-day6"]);
    let inputs = report["inputs"].as_array().expect("an array");
    let row = |id: &str| inputs.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("{id}"));
    for (id, value) in [
        ("node.gpu_hour", 12.90469),
        ("node.decode", 1421.045),
        ("node.prefill", 5281.39),
        ("tier.free.share", 0.8450176),
    ] {
        let solutions = row(id)["solutions"].as_array().expect("an array");
        let nearest = solutions.last().and_then(serde_json::Value::as_f64).expect("reachable");
        assert!((nearest / value - 1.0).abs() < 1e-5, "{id}: {nearest}");
    }
    assert_eq!(row("tier.r1.output")["why"], "unreachable");
    assert!((row("tier.r1.output")["best"].as_f64().expect("best") - 0.5513667).abs() < 1e-6);
    assert!((report["robustness"].as_f64().expect("a factor") - 1.594).abs() < 1e-3);
    assert_eq!(napkin.json(&["break-even", "--target", "-50%"])["target"], -0.5);
    assert!(napkin.refuses(&["break-even", "--target", "1"]).contains("never above 100 %"));
}

#[test]
fn a_bridge_shares_out_the_gap_between_two_scenarios() {
    let napkin = Napkin::new();
    let bridge = napkin.json(&["bridge", "deepseek-day6", "forum-comment"]);
    let share = |input: &str| {
        let shares = bridge["shares"].as_array().expect("an array");
        let share = shares.iter().find(|share| share["input"] == input).unwrap_or_else(|| panic!("{input}"));
        share["shapley"].as_f64().expect("a number")
    };
    assert!((share("node.overlap") - 0.6179640620558).abs() < 1e-9);
    assert!((share("tier.r1.input_miss") + 0.1031739461470).abs() < 1e-9);
    assert_eq!(bridge["agree"], true);
    let bridge = napkin.json(&["bridge", "deepseek-day6", "sceptic"]);
    assert_eq!(bridge["crux"][0]["inputs"], serde_json::json!(["tier.share"]));
    let one = napkin.json(&["bridge", "deepseek-day6", "--set", "node.gpu_hour=20"]);
    assert_eq!((&one["from"], &one["to"]), (&"deepseek-day6".into(), &"deepseek-day6".into()));
    assert_eq!(one["crux"][0]["inputs"], serde_json::json!(["node.gpu_hour"]));
    assert!(napkin.refuses(&["bridge", "-", "-"]).contains("standard input"));
    assert!(napkin.refuses(&["bridge"]).contains("<A>"));
}

#[test]
fn a_preset_is_imported_once_checked_and_over_another_only_by_force() {
    let napkin = Napkin::new();
    let file = napkin.config().join("from elsewhere.toml");
    std::fs::write(&file, MINIMAL).expect("a file");
    let file = file.to_str().expect("text");
    let path = napkin.says(&["presets", "import", file, "--name", "imported"]);
    assert_eq!(std::fs::read(path.trim_end()).expect("the copy"), MINIMAL);
    assert_eq!(napkin.json(&["eval", "imported"])["name"], "Mine");
    let again = napkin.refuses(&["presets", "import", file, "--name", "imported"]);
    assert!(again.contains("imported.toml is there already; --force overwrites it, --name"), "{again}");
    let other = [MINIMAL, b"# Another.\n"].concat();
    std::fs::write(file, &other).expect("a file");
    napkin.refuses(&["presets", "import", file, "--name", "imported"]);
    assert_eq!(std::fs::read(path.trim_end()).expect("the copy"), MINIMAL);
    assert_eq!(napkin.says(&["presets", "import", file, "--name", "imported", "--force"]), path);
    assert_eq!(std::fs::read(path.trim_end()).expect("the copy"), other);
    assert!(napkin.refuses(&["presets", "import", file, "--name", "eval"]).contains("eval"));
    std::fs::write(napkin.config().join("broken.toml"), "nonsense").expect("a file");
    let broken = napkin.refuses(&["presets", "import", "broken.toml", "--name", "imported", "--force"]);
    assert!(broken.contains("broken.toml:1:"), "{broken}");
    assert_eq!(std::fs::read(path.trim_end()).expect("the copy"), other);
}

#[test]
fn odds_are_the_same_for_the_same_seed() {
    let napkin = Napkin::new();
    let arguments = ["odds", "--samples", "2k", "--range", "node.gpu_hour=$1..$4", "--target", "80%"];
    let odds = napkin.json(&arguments);
    assert_eq!(odds, napkin.json(&arguments));
    assert_eq!((&odds["samples"], &odds["seed"], &odds["target"]), (&2000.into(), &1.into(), &0.8.into()));
    let other = napkin.json(&[&arguments[..], &["--seed", "2"]].concat());
    assert_ne!(odds["p50"], other["p50"]);
    let counts = odds["histogram"].as_array().expect("bins").iter();
    let drawn: u64 = counts.map(|bin| bin["count"].as_u64().expect("a count")).sum();
    assert_eq!(drawn + odds["undefined"].as_u64().expect("a count"), 2000);
    let ranges = odds["ranges"].as_array().expect("ranges");
    assert!(ranges.iter().any(|range| range["id"] == "node.gpu_hour" && range["high"] == 4.0));
}
