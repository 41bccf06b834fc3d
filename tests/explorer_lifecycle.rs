//! How the explorer takes a terminal over, and how it gives it back, whatever ends it.
#![cfg(unix)]

mod harness;

use harness::{Launch, Terminal, key, napkin};
use rustix::process::Signal;

/// What the headline says of the default preset, at every size at which there is one.
const DRAWN: &str = "R1's list prices cover the cost of serving 6.5 times";

/// The explorer, drawn.
fn explorer() -> Terminal {
    let terminal = napkin(&[]).start();
    terminal.wait_for(DRAWN);
    terminal
}

/// What has to hold once the explorer is left.
#[track_caller]
fn assert_given_back(terminal: &Terminal) {
    let seen = terminal.wait_for_last_words();
    assert!(seen.is_given_back(), "{}", seen.text());
    drop(seen);
}

#[test]
fn it_starts_with_the_margin_of_the_default_preset() {
    let terminal = explorer();
    let seen = terminal.seen();
    assert!(seen.is_taken() && seen.has_mouse());
    assert!(seen.text().contains("Rent"), "{}", seen.text());
    drop(seen);
    assert!(!terminal.is_cooked());
}

#[test]
fn every_frame_is_shown_at_once() {
    let mut terminal = explorer();
    terminal.send(key::RIGHT);
    terminal.wait_for("2.10");
    let bytes = String::from_utf8_lossy(&terminal.seen().bytes).into_owned();
    let mut frames = bytes.split("\x1b[?2026h");
    assert!(!frames.next().expect("what comes first").contains("Rent"));
    let frames: Vec<&str> = frames.collect();
    assert!(frames.len() >= 2 && frames.iter().all(|frame| frame.ends_with("\x1b[?2026l")), "{frames:?}");
}

#[test]
fn q_and_ctrl_c_leave_at_once_and_give_the_terminal_back() {
    for quit in ["q", key::CTRL_C] {
        let mut terminal = explorer();
        let slave = terminal.hold();
        terminal.send(quit);
        assert_eq!(terminal.end(), Ok(0));
        assert!(terminal.is_cooked());
        drop(slave);
        assert_given_back(&terminal);
    }
}

#[test]
fn the_terminal_is_given_back_in_an_order_that_leaves_no_report_behind() {
    let mut terminal = explorer();
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
    let seen = terminal.wait_for_last_words();
    let order =
        ["\x1b[?1000l", "\x1b[?2004l", "\x1b[?1049l", "\x1b[?25h"].map(|sequence| seen.last(sequence));
    assert!(order.is_sorted() && order.iter().all(Option::is_some), "{order:?}");
}

/// Whether the screen has the text colour of the light theme.
fn is_light(seen: &harness::Seen) -> bool {
    let Some(ratatui::style::Color::Rgb(red, green, blue)) = napkin::tui::theme::LIGHT.text.fg else {
        return false;
    };
    let text = vt100::Color::Rgb(red, green, blue);
    (0..40).any(|row| (0..120).any(|column| seen.style(column, row).0 == text))
}

#[test]
fn the_theme_follows_the_terminal_and_is_the_first_of_the_next_session() {
    let mut terminal = napkin(&[]).env("COLORTERM", "truecolor").start();
    terminal.wait_for(DRAWN);
    let seen = terminal.seen();
    assert!(seen.last("\x1b]11;?").is_some() && seen.last("\x1b[?2031h").is_some(), "it asks");
    assert!(!is_light(&seen));
    drop(seen);
    terminal.send("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    drop(terminal.wait_until("the light theme", is_light));
    terminal.send("\x1b[?997;1n");
    drop(terminal.wait_until("another theme", |seen| !is_light(seen)));
    terminal.send("\x1b[?997;2nq");
    assert_eq!(terminal.end(), Ok(0));
    let state =
        std::fs::read_to_string(terminal.home().join("napkin").join("state.toml")).expect("a state file");
    assert!(state.contains("background = \"light\""), "{state}");
    let seen = terminal.wait_for_last_words();
    assert!(seen.last("\x1b[?2031l") > seen.last("\x1b[?2031h"), "it follows no longer");
}

#[test]
fn a_terminal_with_few_colours_is_asked_nothing() {
    let terminal = explorer();
    assert_eq!(terminal.seen().last("\x1b]11"), None);
}

#[test]
fn the_command_line_that_leads_back_is_printed_after_leaving() {
    let mut terminal = explorer();
    terminal.send(key::RIGHT);
    terminal.wait_for("2.10");
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
    let seen = terminal.wait_for_last_words();
    assert!(!seen.is_alternate());
    assert!(seen.text().contains("--set node.gpu_hour=2.1"), "{}", seen.text());
}

#[test]
fn a_signal_ends_it_with_its_code_and_gives_the_terminal_back() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let terminal = explorer();
        terminal.signal(signal);
        assert_eq!(terminal.end(), Ok(code));
        assert_given_back(&terminal);
    }
}

#[test]
fn closing_the_terminal_ends_it() {
    let mut terminal = explorer();
    terminal.hang_up();
    assert_eq!(terminal.end(), Ok(129));
}

#[test]
fn a_terminal_that_dies_without_a_signal_ends_it() {
    let mut terminal = napkin(&[]).without_signals().start();
    terminal.wait_for(DRAWN);
    terminal.hang_up();
    assert_eq!(terminal.end(), Ok(129));
}

#[test]
fn a_terminal_that_is_closed_while_it_is_stopped_ends_it() {
    let mut terminal = napkin(&[]).without_signals().start();
    terminal.wait_for(DRAWN);
    terminal.signal(Signal::STOP);
    terminal.hang_up();
    // Going on, it takes over a terminal that is gone, or finds that out first.
    terminal.signal(Signal::CONT);
    assert_eq!(terminal.end(), Ok(129));
}

#[test]
fn an_answer_on_standard_input_opens_where_it_was() {
    let program = env!("CARGO_BIN_EXE_napkin");
    let pipe = format!("'{program}' answer --against sceptic --view tiers --target 50% | '{program}' -");
    let mut terminal = Launch::new("/bin/sh", &["-c", &pipe]).start();
    terminal.wait_for("pinned: A sceptic's view");
    terminal.wait_for("per M tokens");
    terminal.send("T");
    terminal.wait_for("50 %");
    terminal.send("\x1b");
    terminal.wait_for_no("Target");
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
}

#[test]
fn keys_come_from_the_terminal_when_standard_input_was_a_preset() {
    let program = env!("CARGO_BIN_EXE_napkin");
    let pipe = format!("'{program}' presets show deepseek-day6 | '{program}' -");
    let mut terminal = Launch::new("/bin/sh", &["-c", &pipe]).start();
    terminal.wait_for(DRAWN);
    terminal.send(key::RIGHT);
    terminal.wait_for("$2.10/GPU·h");
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
    assert_given_back(&terminal);
}

#[test]
fn a_terminal_that_takes_no_output_does_not_keep_it_from_ending() {
    let mut terminal = napkin(&[]).size(300, 100).start();
    terminal.wait_for(DRAWN);
    terminal.block(true);
    // One frame of this size fills a pty many times over.
    terminal.send([key::CTRL_L; 50].concat());
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.end(), Ok(143));
    assert!(terminal.is_cooked());
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_is_written_and_nothing_computed_while_nothing_happens() {
    let mut terminal = explorer();
    // What has no meaning here is answered by nothing.
    let before = terminal.seen().bytes.len();
    terminal.send("\x1b[99~\x1b[<35;5;5M\x1b[I");
    terminal.idle();
    assert_eq!(terminal.seen().bytes.len(), before);
}

#[test]
fn it_follows_every_size_of_the_terminal() {
    let terminal = explorer();
    for (columns, rows) in [(1, 1), (20, 5), (80, 24), (1, 40), (300, 100), (120, 1), (120, 40)] {
        terminal.resize(columns, rows);
        if columns >= 80 && rows >= 24 {
            terminal.wait_for(DRAWN);
        }
    }
    terminal.wait_for("Rent");
    assert_eq!(terminal.seen().rows().len(), 40);
}

#[test]
fn a_terminal_of_absurd_size_is_drawn_within_it() {
    let mut terminal = napkin(&[]).size(9999, 9999).start();
    terminal.wait_for(DRAWN);
    terminal.resize(120, 40);
    drop(terminal.wait_until("smaller", |seen| seen.rows().len() == 40 && seen.text().contains(DRAWN)));
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
}

#[test]
fn whatever_comes_last_of_stop_and_go_on_counts() {
    let terminal = explorer();
    for _ in 0..100 {
        terminal.signal(Signal::TSTP);
        terminal.signal(Signal::CONT);
    }
    // A program that is stopped would not hear of it.
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.end(), Ok(143));
}

#[test]
fn a_terminal_of_one_cell_is_no_reason_to_fail() {
    let mut terminal = napkin(&[]).size(1, 1).start();
    drop(terminal.wait_until("taken", harness::Seen::is_taken));
    terminal.resize(120, 40);
    terminal.wait_for(DRAWN);
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
}

/// A shell with job control that runs the explorer.
fn in_shell() -> Terminal {
    let mut shell = Launch::new("/bin/sh", &["-i"]).env("PS1", "prompt> ").start();
    shell.wait_for("prompt>");
    shell.send(format!("{}\r", env!("CARGO_BIN_EXE_napkin")));
    shell.wait_for(DRAWN);
    shell
}

#[test]
fn ctrl_z_hands_the_terminal_to_the_shell_until_fg() {
    let mut shell = in_shell();
    for _ in 0..2 {
        shell.send(key::CTRL_Z);
        drop(shell.wait_until("given back", harness::Seen::is_given_back));
        // Typed before the shell is ready for it, and for the shell all the same.
        shell.send("fg\r");
        drop(shell.wait_until("taken again", |seen| seen.is_taken() && seen.has_mouse()));
        shell.wait_for(DRAWN);
        assert!(!shell.is_cooked());
    }
    shell.send("q");
    drop(shell.wait_until("left", harness::Seen::is_given_back));
    shell.send("exit 5\r");
    assert_eq!(shell.end(), Ok(5));
}

#[test]
fn keys_sent_in_one_burst_all_arrive() {
    let mut terminal = explorer();
    // Many more bytes than one read takes; the last of them leaves.
    let burst = format!("{}{}q", key::RIGHT.repeat(700), key::LEFT.repeat(700));
    terminal.send(burst);
    assert_eq!(terminal.end(), Ok(0));
}

#[test]
fn an_escape_ahead_of_a_mouse_report_runs_no_keys() {
    let mut terminal = explorer();
    terminal.send("\x1b");
    // Esc is delivered after 20 ms; the rest comes later than that and would open a field with its digits.
    std::thread::sleep(std::time::Duration::from_millis(40));
    terminal.send("[<35;10;5M");
    terminal.send("?");
    terminal.wait_for("Help");
    assert!(!terminal.text().contains("35;10"), "{}", terminal.text());
}

#[test]
fn without_a_terminal_it_says_so_in_one_line() {
    let home = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_napkin"))
        .env("NAPKIN_CONFIG_DIR", home.path())
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(words.lines().count(), 1, "{words}");
    assert!(words.contains("terminal") && words.contains("napkin eval"), "{words}");
}
