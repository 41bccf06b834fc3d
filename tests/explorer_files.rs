//! Files in a real terminal: saving, what changes on disk, and going on where one left.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

mod harness;

use std::fs;
use std::path::PathBuf;

use harness::{Terminal, napkin};
use rustix::process::Signal;

/// The sceptic's preset as a file of the user's.
const MINE: &str = include_str!("../presets/sceptic.toml");

fn mine() -> Terminal {
    let terminal = napkin(&["mine"]).preset("mine", MINE).start();
    terminal.wait_for("A sceptic's view");
    terminal
}

fn file(terminal: &Terminal) -> PathBuf {
    terminal.home().join("presets").join("mine.toml")
}

/// What is on the screen, line by line.
fn lines(terminal: &Terminal) -> Vec<String> {
    terminal.text().lines().map(str::to_owned).collect()
}

fn exists(terminal: &Terminal, name: &str) -> bool {
    terminal.home().join("presets").join(name).exists()
}

#[test]
fn saving_under_a_name_makes_the_file_and_says_where() {
    let mut terminal = napkin(&["deepseek-day6"]).start();
    terminal.wait_for("markup 545 %");
    terminal.send("l");
    terminal.wait_for("$2.10");
    terminal.send("s");
    terminal.wait_for("file name");
    terminal.send("my-view\r");
    terminal.wait_for("saved to ");
    assert!(exists(&terminal, "my-view.toml"));
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
}

#[test]
fn a_new_preset_opens_at_once_and_shows_what_is_changed_in_its_file() {
    let mut terminal = napkin(&["deepseek-day6"]).start();
    terminal.wait_for("markup 545 %");
    terminal.send("oa");
    terminal.wait_for("A preset of your own");
    terminal.send("my-node\r");
    terminal.wait_for("what you change in the file shows here");
    let path = terminal.home().join("presets").join("my-node.toml");
    let text = fs::read_to_string(&path).expect("written");
    fs::write(path, text.replacen("15_000", "25_000", 1)).expect("written");
    terminal.wait_for("1 value changed on disk");
    terminal.wait_for("25k tok/s");
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
}

#[test]
fn keys_are_those_of_the_configuration_on_screen_and_under_the_fingers() {
    let config = "[keys]\nundo = \"U\"\nquit = \"F12\"\n";
    let mut terminal = napkin(&["deepseek-day6"]).file("config.toml", config).start();
    terminal.wait_for("U undo");
    terminal.send("l");
    terminal.wait_for("$2.10");
    terminal.send("U");
    terminal.wait_for("545 %");
    terminal.send("\x1b[24~");
    assert_eq!(terminal.end(), Ok(0));
}

#[test]
fn a_broken_book_of_the_users_is_told_and_the_one_compiled_in_is_shown() {
    let terminal =
        napkin(&["deepseek-day6", "--view", "hosts"]).file("books/prices.csv", "host,model\n").start();
    terminal.wait_for("prices.csv: a book of prices has the columns");
    terminal.wait_for("All 21 hosts");
}

#[test]
fn a_file_edited_outside_is_picked_up_and_edits_stay() {
    let mut terminal = mine();
    terminal.send("l");
    terminal.wait_for("1 changed");
    let changed = MINE.replacen("14_800", "15_000", 1);
    assert_ne!(changed, MINE);
    fs::write(file(&terminal), changed).expect("written");
    terminal.wait_for("1 value changed on disk, your 1 edit kept");
    terminal.wait_for("15k tok/s");
    fs::write(file(&terminal), "name = [").expect("written");
    terminal.wait_for("what is open stays");
    fs::remove_file(file(&terminal)).expect("removed");
    terminal.wait_for("is gone from the disk");
    terminal.send("s");
    terminal.wait_for("saved to ");
    assert!(fs::read_to_string(file(&terminal)).expect("a file").contains("15_000"));
}

#[test]
fn leaving_with_unsaved_edits_asks_and_a_save_on_the_way_out_is_on_disk() {
    let mut terminal = mine();
    terminal.send("l");
    terminal.wait_for("1 changed");
    terminal.send("q");
    terminal.wait_for("has edits that are not saved");
    terminal.send("n");
    terminal.wait_for_no("has edits that are not saved");
    terminal.send("q");
    terminal.wait_for("has edits that are not saved");
    terminal.send("s");
    assert_eq!(terminal.end(), Ok(0));
    assert_ne!(fs::read_to_string(file(&terminal)).expect("a file"), MINE);
}

#[test]
fn a_session_goes_on_where_it_ended_even_by_a_signal() {
    let again = |terminal: &Terminal, arguments: &[&str]| {
        let home = terminal.home().to_str().expect("a path").to_owned();
        napkin(arguments).env("NAPKIN_CONFIG_DIR", &home).env("XDG_STATE_HOME", &home).start()
    };
    let mut first = mine();
    first.send("lll");
    first.wait_for("1 changed");
    first.send("pl");
    first.wait_for("against pinned");
    first.wait_for("against pinned −");
    let screen = lines(&first);
    first.signal(Signal::TERM);
    assert_eq!(first.end(), Ok(143));
    let second = again(&first, &["--resume"]);
    second.wait_for("against pinned");
    // The echo is of the last session's last change.
    let but_the_echo = |lines: Vec<String>| -> Vec<String> {
        lines.into_iter().filter(|line| !line.contains("GROSS MARGIN")).collect()
    };
    assert_eq!(but_the_echo(lines(&second)), but_the_echo(screen));
    // What was remembered is broken: no reason not to start.
    fs::write(first.home().join("napkin").join("state.toml"), "= broken").expect("written");
    let third = again(&first, &["--resume"]);
    third.wait_for("what was remembered cannot be read");
}

#[test]
fn the_configuration_is_read_and_a_mistake_in_it_is_said() {
    let text = "preset = \"sceptic\"\ntheme = \"drak\"\n";
    let terminal = napkin(&[]).preset("mine", MINE).start();
    terminal.wait_for("markup 545 %");
    fs::write(terminal.home().join("config.toml"), text).expect("written");
    let home = terminal.home().to_str().expect("a path").to_owned();
    let second = napkin(&[]).env("NAPKIN_CONFIG_DIR", &home).start();
    second.wait_for("A sceptic's view");
    second.wait_for("config.toml: there is no theme `drak`");
}
