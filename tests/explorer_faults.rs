//! What the terminal is left like when a part of the explorer fails: programs that misbehave on purpose, run by the
//! real loop in a real terminal.
//!
//! Each of them is a test that is only run, by name and in a terminal of its own, by another test of this file.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

mod harness;

use harness::{Launch, Terminal};
use napkin::tui::runtime::{Effects, Options, Program, run};
use napkin::tui::{Effect, Message, Outcome};
use ratatui::Frame;
use rustix::process::Signal;

/// Says one thing and does what it is told on a key.
struct Faulty<F>(F);

impl<F: FnMut()> Program for Faulty<F> {
    fn update(&mut self, message: Message) -> Vec<Effect> {
        if matches!(message, Message::Key(_)) {
            (self.0)();
        }
        Vec::new()
    }

    fn needs_draw(&self) -> bool {
        true
    }

    fn draw(&mut self, frame: &mut Frame) {
        frame.render_widget("ready", frame.area());
    }
}

/// Nothing outside.
struct Nowhere;

impl Effects for Nowhere {
    fn perform(&mut self, _: Effect) -> Option<Outcome> {
        None
    }
}

/// Set where a child is meant to run; without it `cargo test -- --ignored` runs none.
const CHILD: &str = "ON_PURPOSE";

/// Runs a program that does this on a key, and ends with the code of the loop.
fn child(on_key: impl FnMut()) {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let code =
        run(&mut Faulty(on_key), Nowhere, Options { mouse: true, background: true, input_was_read: false });
    std::process::exit(code.map_or(70, i32::from))
}

/// One of the tests below, in a terminal, ready for a key.
fn start(child: &str) -> Terminal {
    let this = std::env::current_exe().expect("this test's program");
    let terminal = Launch::new(this, &["--exact", child, "--ignored", "--nocapture"]).env(CHILD, "1").start();
    terminal.wait_for("ready");
    assert!(terminal.seen().is_taken());
    terminal
}

#[test]
#[ignore = "run by another test"]
fn panicking() {
    child(|| panic!("on purpose"));
}

#[test]
fn a_panic_gives_the_terminal_back_and_its_message_is_read_there() {
    let mut terminal = start("panicking");
    let device = terminal.hold();
    terminal.send("x");
    assert_eq!(terminal.end(), Ok(101));
    assert!(terminal.is_cooked());
    drop(device);
    let seen = terminal.wait_for_last_words();
    assert!(seen.is_given_back());
    assert!(seen.text().contains("on purpose"), "{}", seen.text());
    assert!(seen.last("on purpose") > seen.last("\x1b[?1049l"), "said before the terminal was given back");
}

#[test]
#[ignore = "run by another test"]
fn sleeping() {
    child(|| {
        loop {
            std::thread::park();
        }
    });
}

#[test]
fn a_loop_that_is_stuck_does_not_keep_a_signal_from_ending_it() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let mut terminal = start("sleeping");
        let device = terminal.hold();
        terminal.send("x");
        terminal.signal(signal);
        assert_eq!(terminal.end(), Ok(code));
        assert!(terminal.is_cooked());
        drop(device);
        assert!(terminal.wait_for_last_words().is_given_back());
    }
}

#[test]
fn a_program_that_is_stopped_and_continued_from_outside_draws_everything_again() {
    let mut terminal = start("sleeping");
    let before = terminal.seen().bytes.len();
    terminal.signal(Signal::STOP);
    terminal.signal(Signal::CONT);
    drop(terminal.wait_until("another frame", |seen| seen.bytes.len() > before && seen.is_taken()));
    terminal.wait_for("ready");
    assert!(!terminal.is_cooked());
    terminal.hang_up();
    assert_eq!(terminal.end(), Ok(129));
}
