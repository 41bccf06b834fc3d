//! Terminals of every kind: those that cannot draw, those with few colours or signs, and those within others.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

mod harness;

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::{Launch, Seen, Terminal, key, napkin};
use vt100::Color;

/// What is sure to be on the screen once it is drawn.
const DRAWN: &str = "GROSS MARGIN";

#[test]
fn a_terminal_that_cannot_draw_is_refused_with_a_hint() {
    let terminal = napkin(&["sceptic"]).env("TERM", "dumb").start();
    assert_eq!(terminal.end(), Ok(2));
    let seen = terminal.wait_for_last_words();
    let words = String::from_utf8_lossy(&seen.bytes).into_owned();
    assert_eq!(words.lines().count(), 1, "{words}");
    assert!(words.contains("TERM says this one is dumb; `napkin eval sceptic` prints"), "{words}");
    assert!(!words.contains('\x1b'), "{words:?}");
    drop(seen);
    // Figures need no more than lines.
    assert_eq!(napkin(&["eval"]).env("TERM", "dumb").start().end(), Ok(0));
}

/// Every colour on the screen.
fn colours(seen: &Seen) -> Vec<Color> {
    let cells = (0..40).flat_map(|row| (0..120).map(move |column| (column, row)));
    let mut colours = Vec::new();
    for (text, ground, _) in cells.map(|(column, row)| seen.style(column, row)) {
        for colour in [text, ground] {
            if !colours.contains(&colour) {
                colours.push(colour);
            }
        }
    }
    colours
}

/// The colours that a terminal may be sent.
#[derive(Debug)]
enum Palette {
    None,
    Sixteen,
    Any,
}

impl Palette {
    fn has(&self, colour: Color) -> bool {
        match self {
            Self::None => colour == Color::Default,
            Self::Sixteen => matches!(colour, Color::Default | Color::Idx(0..16)),
            Self::Any => true,
        }
    }
}

#[test]
fn no_terminal_is_sent_colours_that_it_may_not_have() {
    let table = [
        ("COLORTERM=truecolor", "dark", Palette::Any),
        // Nothing is known yet of its background.
        ("COLORTERM=truecolor", "auto", Palette::Sixteen),
        ("TERM=xterm-256color", "auto", Palette::Sixteen),
        ("TERM=linux", "terminal", Palette::Sixteen),
        ("COLORTERM=truecolor", "mono", Palette::None),
        ("NO_COLOR=1", "", Palette::None),
    ];
    for (environment, theme, palette) in table {
        let (name, value) = environment.split_once('=').expect("a variable");
        let arguments = ["--theme", theme];
        let arguments = if theme.is_empty() { &[] } else { &arguments[..] };
        let terminal = napkin(arguments).env(name, value).start();
        terminal.wait_for(DRAWN);
        let colours = colours(&terminal.seen());
        let fits = colours.iter().all(|colour| palette.has(*colour));
        // And those that it has are made use of.
        let used = matches!(palette, Palette::None) || colours.len() > 3;
        assert!(fits && used, "{environment} {theme}: {palette:?} {colours:?}");
    }
}

#[test]
fn with_plain_signs_every_byte_is_ascii_in_every_view_and_popup() {
    let mut terminal = napkin(&["deepseek-day6", "--ascii", "--against", "sceptic"]).start();
    terminal.wait_for(DRAWN);
    for _ in napkin::tui::view_names() {
        terminal.send("]");
    }
    for opens in ["?", "o", "i", "Q", "Y", "x"] {
        terminal.send(opens);
        terminal.send("q");
    }
    terminal.send("Q1l");
    terminal.wait_for("$2.10");
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
    let seen = terminal.wait_for_last_words();
    let strange = seen
        .bytes
        .iter()
        .position(|byte| !byte.is_ascii())
        .map(|at| &seen.bytes[at.saturating_sub(80)..at + 4]);
    assert_eq!(strange.map(String::from_utf8_lossy), None);
}

/// A terminal within the terminal, with a shell in it.
struct Multiplexer {
    program: PathBuf,
    /// Says where its socket is; short, since the name of a socket has a limit.
    sockets: (&'static str, tempfile::TempDir),
    ends: &'static [&'static str],
    terminal: Terminal,
}

/// Where a program is, if it is installed.
fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|directory| directory.join(name)).find(|program| program.is_file())
}

impl Multiplexer {
    /// Starts a shell in it; nothing where it is not installed.
    fn start(
        name: &str,
        variable: &'static str,
        arguments: &[&str],
        ends: &'static [&'static str],
    ) -> Option<Self> {
        let Some(program) = installed(name) else {
            eprintln!("{name} is not installed: not tested");
            return None;
        };
        let sockets = tempfile::Builder::new()
            .prefix("napkin-")
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in("/tmp")
            .expect("a directory");
        let directory = sockets.path().to_str().expect("a path").to_owned();
        let terminal = Launch::new(&program, arguments)
            .file("screenrc", "altscreen on\nstartup_message off\n")
            .env(variable, &directory)
            .env("LC_ALL", "C.UTF-8")
            .env("PS1", "prompt> ")
            .start();
        terminal.wait_for("prompt>");
        Some(Self { program, sockets: (variable, sockets), ends, terminal })
    }

    /// Runs another command of it, and returns what that prints.
    fn ask(&self, arguments: &[&str]) -> String {
        let (variable, sockets) = &self.sockets;
        let output = Command::new(&self.program)
            .env(variable, sockets.path())
            .args(arguments)
            .output()
            .expect("it runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Multiplexer {
    fn drop(&mut self) {
        self.ask(self.ends);
    }
}

/// Starts, changes a value, stops and goes on, leaves; each time the shell's screen is back.
fn explore_in(multiplexer: &mut Multiplexer) {
    let terminal = &mut multiplexer.terminal;
    terminal.send("echo first-$((40 + 2))\r");
    terminal.wait_for("first-42");
    terminal.send(format!("'{}' deepseek-day6\r", Path::new(env!("CARGO_BIN_EXE_napkin")).display()));
    terminal.wait_for(DRAWN);
    terminal.wait_for_no("first-42");
    terminal.send(key::RIGHT);
    terminal.wait_for("$2.10");
    terminal.send(key::CTRL_Z);
    terminal.wait_for("first-42");
    terminal.wait_for_no(DRAWN);
    terminal.send("fg\r");
    terminal.wait_for("$2.10");
}

/// Leaves, and looks at the shell.
fn leave(multiplexer: &mut Multiplexer) {
    let terminal = &mut multiplexer.terminal;
    terminal.send("q");
    terminal.wait_for("--set node.gpu_hour=2.1");
    terminal.wait_for("first-42");
    terminal.wait_for_no(DRAWN);
    terminal.send("exit\r");
    assert_eq!(terminal.end(), Ok(0));
}

#[test]
fn in_tmux_it_gives_the_shell_its_screen_back_and_copies_to_its_buffer() {
    let arguments = ["-L", "test", "-f", "/dev/null", "new-session", "PS1='prompt> ' exec /bin/sh -i"];
    let Some(mut tmux) =
        Multiplexer::start("tmux", "TMUX_TMPDIR", &arguments, &["-L", "test", "kill-server"])
    else {
        return;
    };
    explore_in(&mut tmux);
    tmux.terminal.send("y");
    tmux.terminal.wait_for("tmux");
    assert!(tmux.ask(&["-L", "test", "show-buffer"]).contains("--set node.gpu_hour=2.1"));
    leave(&mut tmux);
}

#[test]
fn in_screen_it_gives_the_shell_its_screen_back() {
    let arguments = ["-U", "-c", "screenrc", "-S", "test", "/bin/sh", "-i"];
    let ends = &["-S", "test", "-X", "quit"];
    let Some(mut screen) = Multiplexer::start("screen", "SCREENDIR", &arguments, ends) else { return };
    explore_in(&mut screen);
    leave(&mut screen);
}
