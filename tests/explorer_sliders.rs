//! Moving sliders in a real terminal: steps, drags, clicks, the wheel, typed and pasted values, and the way back.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

mod harness;

use harness::{Mouse, Seen, Terminal, key, napkin};

/// The explorer on the default preset, drawn, with the rent under focus.
fn explorer() -> Terminal {
    let terminal = napkin(&["deepseek-day6"]).start();
    terminal.wait_for("markup 545 %");
    terminal
}

/// The first row of the screen that begins with this label, cut to the pane.
fn row(seen: &Seen, label: &str) -> Option<(u16, String)> {
    let rows = seen.rows();
    let place = rows.iter().position(|row| row.trim_start_matches(['▸', '*', ' ']).starts_with(label))?;
    let pane: String = rows[place].chars().take_while(|letter| *letter != '│').collect();
    Some((u16::try_from(place).expect("a row"), pane))
}

/// Where the present value stands on a slider's track.
fn handle(seen: &Seen, label: &str) -> (u16, u16) {
    let (place, pane) = row(seen, label).expect("the row");
    let column = pane.chars().position(|letter| letter == '●').expect("the handle");
    (u16::try_from(column).expect("a column"), place)
}

/// Waits until the pane shows this value on this row, and the headline this; both in the same frame.
#[track_caller]
fn wait_for(terminal: &Terminal, label: &str, value: &str, headline: &str) {
    let shown = |seen: &Seen| row(seen, label).is_some_and(|(_, pane)| pane.contains(value));
    let seen = terminal.wait_until(&format!("{label} {value}"), shown);
    assert!(seen.text().contains(headline), "{headline} does not follow {value}\n{}", seen.text());
}

#[test]
fn a_step_moves_the_value_and_everything_follows_in_the_same_frame() {
    let mut terminal = explorer();
    terminal.send(key::RIGHT);
    wait_for(&terminal, "Rent", "$2.10", "markup 515 %");
    terminal.send(key::LEFT);
    wait_for(&terminal, "Rent", "$2.00", "markup 545 %");
    terminal.send("l");
    wait_for(&terminal, "Rent", "$2.10", "markup 515 %");
}

#[test]
fn steps_come_in_three_sizes() {
    for (keys, value) in
        [("l", "$2.10"), ("L", "$5.00"), (key::SHIFT_RIGHT, "$5.00"), (">", "$2.01"), ("<", "$1.99")]
    {
        let mut terminal = explorer();
        terminal.send(keys);
        wait_for(&terminal, "Rent", value, "markup");
    }
}

#[test]
fn a_run_of_steps_is_one_undo() {
    let mut terminal = explorer();
    terminal.send("llll");
    wait_for(&terminal, "Rent", "$2.40", "markup 438 %");
    terminal.send("u");
    wait_for(&terminal, "Rent", "$2.00", "markup 545 %");
    terminal.send(key::CTRL_R);
    wait_for(&terminal, "Rent", "$2.40", "markup 438 %");
    terminal.send("r");
    wait_for(&terminal, "Rent", "$2.00", "markup 545 %");
}

#[test]
fn a_drag_moves_the_value_under_the_mouse_and_is_one_undo() {
    let mut terminal = explorer();
    let (column, place) = handle(&terminal.seen(), "Rent");
    terminal.mouse(Mouse::Press, column, place);
    for step in 1..=3 {
        terminal.mouse(Mouse::Drag, column + step, place);
    }
    let moved = move |seen: &Seen| {
        row(seen, "Rent").is_some_and(|(_, pane)| pane.chars().nth(usize::from(column) + 3) == Some('●'))
    };
    drop(terminal.wait_until("the handle under the mouse", moved));
    terminal.mouse(Mouse::Release, column + 3, place);
    terminal.wait_for_no("markup 545 %");
    terminal.send("u");
    wait_for(&terminal, "Rent", "$2.00", "markup 545 %");
}

#[test]
fn a_drag_to_the_end_and_back_loses_nothing() {
    let mut terminal = explorer();
    let (column, place) = handle(&terminal.seen(), "R1 API");
    terminal.mouse(Mouse::Press, column, place);
    terminal.mouse(Mouse::Drag, column - 10, place);
    terminal.wait_for_no("markup 545 %");
    terminal.mouse(Mouse::Drag, column + 10, place);
    terminal.mouse(Mouse::Release, column + 10, place);
    wait_for(&terminal, "R1 API", "100 %", "markup 545 %");
}

#[test]
fn the_wheel_steps_the_slider_below_it() {
    let mut terminal = explorer();
    let (column, place) = handle(&terminal.seen(), "Decode");
    terminal.mouse(Mouse::WheelUp, column, place);
    wait_for(&terminal, "Decode", "15k tok/s", "markup 550 %");
    terminal.mouse(Mouse::WheelDown, column, place);
    wait_for(&terminal, "Decode", "14.5k tok/s", "markup 538 %");
    // One run of the wheel, one undo.
    terminal.send("u");
    wait_for(&terminal, "Decode", "14.8k tok/s", "markup 545 %");
}

#[test]
fn a_typed_value_is_kept_exactly() {
    let mut terminal = explorer();
    terminal.send("2.345");
    terminal.wait_for("2.345");
    terminal.send(key::ENTER);
    terminal.wait_for("markup 450 %");
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
    let seen = terminal.wait_for_last_words();
    assert!(seen.text().contains("--set node.gpu_hour=2.345"), "{}", seen.text());
}

#[test]
fn a_typed_value_that_cannot_be_is_explained_and_changes_nothing() {
    let mut terminal = explorer();
    terminal.send("2x");
    terminal.send(key::ENTER);
    terminal.wait_for("2x");
    terminal.send(key::ESCAPE);
    terminal.wait_for_no("2x");
    wait_for(&terminal, "Rent", "$2.00", "markup 545 %");
}

#[test]
fn escape_leaves_the_field_and_not_the_explorer() {
    let mut terminal = explorer();
    terminal.send("9");
    terminal.send(key::ESCAPE);
    terminal.send(key::ESCAPE);
    terminal.send(key::RIGHT);
    wait_for(&terminal, "Rent", "$2.10", "markup 515 %");
}

#[test]
fn keys_in_a_field_are_text() {
    let mut terminal = explorer();
    terminal.send("=");
    terminal.send("q");
    terminal.send("\x15");
    terminal.send("4");
    terminal.send(key::ENTER);
    terminal.wait_for("markup 223 %");
}

#[test]
fn a_pasted_value_goes_into_the_field_and_its_control_bytes_do_nothing() {
    let mut terminal = explorer();
    terminal.paste("\x1b$4\x03\r\n");
    terminal.send(key::ENTER);
    wait_for(&terminal, "Rent", "$4.00", "markup 223 %");
}

#[test]
fn the_mouse_can_be_left_to_the_terminal() {
    let mut terminal = explorer();
    terminal.send("m");
    drop(terminal.wait_until("no mouse", |seen| !seen.has_mouse()));
    terminal.send("m");
    drop(terminal.wait_until("the mouse", Seen::has_mouse));
    let terminal = napkin(&["--no-mouse"]).start();
    terminal.wait_for("markup 545 %");
    assert!(!terminal.seen().has_mouse());
}

#[test]
fn a_focused_row_is_told_apart_without_colour() {
    let terminal = napkin(&[]).env("NO_COLOR", "1").start();
    terminal.wait_for("markup 545 %");
    let seen = terminal.seen();
    assert!(seen.text().contains("▸ Rent") || seen.text().contains("▸Rent"), "{}", seen.text());
    let (columns, rows) = (0..120, 0..40);
    let coloured = rows.flat_map(|row| columns.clone().map(move |column| (column, row)));
    for (column, row) in coloured {
        let (text, background, _) = seen.style(column, row);
        assert_eq!((text, background), (vt100::Color::Default, vt100::Color::Default), "{column},{row}");
    }
}
