//! Mistakes on the command line: one clear line each, exit code 2, nothing on standard output.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

#[path = "common/command.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod command;

use command::Napkin;

#[test]
fn every_mistake_is_one_line_that_names_what_is_valid() {
    let napkin = Napkin::new();
    for (arguments, words) in [
        (&["evall"][..], &["evall", "did you mean `napkin eval`"][..]),
        (&["break-evn", "sceptic"], &["no command `break-evn`", "did you mean `napkin break-even`"]),
        (&["sceptic", "--asci"], &["--asci", "--ascii"]),
        (&["eval", "sceptc"], &["sceptc", "`sceptic`"]),
        (&["eval", "--format", "jsn"], &["jsn", "table, json, csv, markdown", "'json'"]),
        (&["eval", "--fromat", "csv"], &["--fromat", "--format"]),
        (&["eval", "--set", "node.gpu_hour"], &["--set node.gpu_hour", "ID=VALUE"]),
        (&["eval", "--set", "gpu_hour=3"], &["--set gpu_hour=3", "`node.gpu_hour`"]),
        (
            &["eval", "--set", "node.gpu_hour=-3"],
            &["--set node.gpu_hour=-3", "a number from 0 to 1 trillion"],
        ),
        (&["eval", "--set", "cache.hit_ratio=60"], &["did you mean 60 % (= 0.6)"]),
        (&["eval", "--set", "tier.r1.output=0,55"], &["commas mark thousands only", "0.55"]),
        (&["eval", "--set", "node.gpu_hour=nan"], &["`nan` is not a value"]),
        (&["eval", "--set", "node.gpu_hour=x1.2"], &["relative"]),
        (&["eval", "--set", "node.decode=none"], &["none is not valid"]),
        (
            &["eval", "--set", "tier.free.share=0.75", "--set", "tier.v3.share=0.5"],
            &["sum to 1.25", "not exceed 1"],
        ),
        (&["eval", "forum-comment", "--set", "tier.r1.share=0.5"], &["the only tier's share is 1"]),
        (&["eval", "nowhere/none.toml"], &["none.toml"]),
        (&["eval", "/"], &["directory"]),
        (&["eval", "builtin:deepseek-day6@00000000"], &["00000000", "fingerprint"]),
        (&["sceptic", "eval"], &["`sceptic`", "the command comes first"]),
        (&["--set", "a=1", "eval"], &["`--set`", "the command comes first"]),
        (&["presets", "lst"], &["lst", "list"]),
        (&["eval", "--zzz"], &["--zzz", "valid are --set, --format"]),
        (&["--zzz"], &["--zzz", "--against", "--theme"]),
        (&["presets", "verify", "--zzz"], &["--zzz", "valid are --format"]),
        (&["odds", "--seed", "-1"], &["-1", "a whole number from 0 to 18446744073709551615"]),
        (&["odds", "--samples", "-5"], &["-5", "from 1 to 10000000"]),
        (&["odds", "--samples", "1.5"], &["1.5", "10k or 1e4"]),
        (&["odds", "--range", "node.gpu_hour=1...3"], &["read as 1 to .3", "below the high one"]),
        (&["odds", "--range", "node.gpu_hour=1..x"], &["read as 1 to x", "`x` is not a value"]),
        (&["sweep"], &["not provided: --vary"]),
        (&["sweep", "--vary", "node.gpu_hour"], &["ID=LO:HI:N"]),
        (&["sweep", "--vary", "node.gpu_hour=1:2:0"], &["at least one"]),
        (&["sweep", "--vary", "node.gpu_hour=0:2:5:log"], &["above 0"]),
        (&["sweep", "--vary", "node.gpu_hour=1:2:3:lgo"], &["ID=LO:HI:N:log"]),
        (&["sweep", "--vary", "node.gpu_hour=1:2:3", "--part", "4/3"], &["--part 4/3", "K from 1 to N"]),
        (&["sweep", "--vary", "node.gpu_hour=1:2:3", "--output", "margin"], &["margin", "did you mean"]),
        (&["odds", "--samples", "0"], &["from 1 to 10000000"]),
        (&["odds", "--range", "node.gpu_hour=1"], &["ID=LO..HI"]),
        (&["odds", "--range", "node.gpu_hour=3..1"], &["below the high one"]),
        (&["odds", "--range", "node.gpu_hour=3..4"], &["the value 2 lies outside"]),
        (&["odds", "--target", "1"], &["never above 100 %"]),
        (&["bridge", "deepseek-day6", "sceptc"], &["`sceptic`"]),
        (&["completions", "dosh"], &["dosh", "bash"]),
        (&[], &["needs a terminal", "`napkin eval` prints the figures"]),
        (&["sceptic"], &["needs a terminal", "`napkin eval sceptic`"]),
    ] {
        let line = napkin.refuses(arguments);
        for word in words {
            assert!(line.contains(word), "{arguments:?}: `{word}` is not in: {line}");
        }
    }
}

#[test]
fn a_broken_file_is_told_line_by_line_with_its_places() {
    let napkin = Napkin::new().with_preset("bad", b"name = \"Bad\"\n[node]\ngpu_hours = 2\ndecode = -1\n");
    let answer = napkin.run(&["eval", "bad"]);
    assert_eq!((answer.code, answer.out.as_str()), (Some(2), ""));
    assert!(answer.err.contains("bad.toml:3:1: node.gpu_hours"), "{}", answer.err);
    assert!(answer.err.lines().all(|line| line.starts_with("napkin: ")), "{}", answer.err);
}

#[test]
fn hostile_text_never_reaches_the_terminal_as_control_characters() {
    let hostile = "name = \"\\u001b[2Jx\\u202e\"\nsummary = \"\\u009b31m\"\n[node]\ndecode = 1000\n\
                   [traffic]\ninput_per_output = 1\n[tier.a]\nname = \"\\u001b]0;t\\u0007\"\noutput = 2\ninput_miss = 1\n";
    let napkin = Napkin::new().with_preset("hostile", hostile.as_bytes());
    let dangerous = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    for arguments in [
        &["eval", "hostile"][..],
        &["eval", "hostile", "--format", "json"],
        &["tornado", "hostile"],
        &["presets", "list"],
        &["presets", "list", "--format", "markdown"],
    ] {
        let out = napkin.says(arguments);
        assert!(!out.chars().any(dangerous), "{arguments:?}: {out:?}");
    }
    let line = napkin.refuses(&["eval", "\u{1b}[31mname\u{7}"]);
    assert!(!line.chars().any(dangerous), "{line:?}");
    let line = napkin.refuses(&["eval", "--\u{1b}[31mred"]);
    assert!(!line.chars().any(dangerous), "{line:?}");
}

#[test]
fn a_configuration_that_is_no_directory_is_said_and_the_built_in_presets_open() {
    let long = format!("/{}", "x".repeat(5000));
    for directory in ["/dev/null", "/dev/null/below", &long] {
        let answer = Napkin::new().run(&["eval", "deepseek-day6", "--config-dir", directory]);
        assert_eq!(answer.code, Some(0), "{directory}: {}", answer.err);
        assert!(answer.err.contains("there are only the built-in presets"), "{}", answer.err);
    }
}

#[cfg(unix)]
#[test]
fn a_preset_whose_file_name_is_no_text_is_listed_as_broken() {
    use std::os::unix::ffi::OsStrExt;

    let napkin = Napkin::new().with_preset("good", include_bytes!("../presets/sceptic.toml"));
    let name = std::ffi::OsStr::from_bytes(b"b\xffd.toml");
    std::fs::write(napkin.config().join("presets").join(name), "name = 'x'").expect("a file");
    let list = napkin.json(&["presets", "list"]);
    let errors: Vec<&str> =
        list.as_array().expect("a list").iter().filter_map(|row| row["error"].as_str()).collect();
    assert!(matches!(errors[..], [error] if error.contains("rename the file")), "{list}");
}
