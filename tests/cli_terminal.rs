//! Commands whose answer goes to a terminal.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

mod harness;

use harness::napkin;
use rustix::process::Signal;

/// Every byte written to the terminal.
fn written(arguments: &[&str], environment: &[(&str, &str)], preset: &str) -> String {
    let launch = napkin(arguments).preset("hostile", preset);
    let terminal = environment.iter().fold(launch, |launch, (name, value)| launch.env(name, value)).start();
    assert_eq!(terminal.end(), Ok(0), "{}", terminal.text());
    let seen = terminal.wait_for_last_words();
    String::from_utf8(seen.bytes.clone()).expect("text")
}

const HARMLESS: &str =
    "[node]\ndecode = 1000\n[traffic]\ninput_per_output = 1\n[tier.a]\ninput_miss = 1\noutput = 2\n";

#[test]
fn the_sentence_is_bold_on_a_terminal_unless_colour_is_unwanted() {
    let eval = ["eval"];
    assert!(
        written(&eval, &[], HARMLESS)
            .starts_with("\u{1b}[1mR1's list prices cover the cost of serving 6.5 times over.")
    );
    for unwanted in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let plain = written(&eval, &[unwanted], HARMLESS);
        assert!(!plain.contains('\u{1b}'), "{unwanted:?}: {plain:?}");
    }
    for format in ["json", "csv", "markdown"] {
        assert!(!written(&["eval", "--format", format], &[], HARMLESS).contains('\u{1b}'), "{format}");
    }
}

#[test]
fn a_strangers_preset_shown_on_a_terminal_is_text_only() {
    let hostile = format!("name = 'x'\n# \u{9b}2J\u{9d}0;title\u{9c}\u{202e}evil\n{HARMLESS}");
    let shown = written(&["presets", "show", "hostile"], &[], &hostile);
    assert!(shown.contains("evil") && shown.contains("decode = 1000"), "{shown:?}");
    assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{9c}', '\u{9d}', '\u{202e}']), "{shown:?}");
}

#[test]
fn an_interrupted_sweep_ends_by_the_signal() {
    let terminal = napkin(&["sweep", "--vary", "node.gpu_hour=1:2:1000000000", "--output", "markup"]).start();
    terminal.wait_for("$1.00/GPU·h");
    terminal.signal(Signal::INT);
    let end = terminal.end();
    assert!(end.is_err() || end == Ok(130), "{end:?}");
}
