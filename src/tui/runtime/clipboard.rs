//! The clipboard, by whatever way there is.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a clipboard program may take. None may hold up the explorer.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it is looked after.
const LOOK: Duration = Duration::from_millis(2);

/// The way that is left when no program takes the text: the loop sends it to the terminal in any case.
const TERMINAL: &str = "the terminal (OSC 52)";

/// A program that takes the clipboard's text on standard input.
#[derive(Debug, PartialEq, Eq)]
struct Way {
    name: &'static str,
    arguments: &'static [&'static str],
    /// The environment variable without which it would not reach a clipboard.
    needs: Option<&'static str>,
}

/// Every way, in the order they are tried.
const WAYS: [Way; 5] = [
    // tmux by default ignores OSC 52 from a program, but passes its own buffers on.
    Way { name: "tmux", arguments: &["load-buffer", "-w", "-"], needs: Some("TMUX") },
    Way { name: "pbcopy", arguments: &[], needs: None },
    Way { name: "wl-copy", arguments: &[], needs: Some("WAYLAND_DISPLAY") },
    Way { name: "xclip", arguments: &["-selection", "clipboard"], needs: Some("DISPLAY") },
    Way { name: "clip.exe", arguments: &[], needs: None },
];

/// Puts text on the clipboard; returns by what way.
pub(super) fn copy(text: &str) -> String {
    let way = first(|name| std::env::var_os(name), |way| run(way, text, PATIENCE));
    way.unwrap_or(TERMINAL).to_owned()
}

/// The first way that works.
fn first(
    env: impl Fn(&str) -> Option<OsString>,
    mut works: impl FnMut(&Way) -> io::Result<bool>,
) -> Option<&'static str> {
    let set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
    WAYS.iter().find(|way| way.needs.is_none_or(set) && works(way).unwrap_or(false)).map(|way| way.name)
}

/// Runs a program with text on its standard input; returns whether it took it in time.
fn run(way: &Way, text: &str, patience: Duration) -> io::Result<bool> {
    let mut command = Command::new(way.name);
    command.args(way.arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    // In a group of its own, so that one that stays to serve the clipboard outlives this terminal's signals.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        let text = text.to_owned();
        // It may stop reading; then the thread ends when it is killed.
        thread::Builder::new().spawn(move || input.write_all(text.as_bytes()))?;
    }
    wait(&mut child, patience)
}

/// Waits for the end of a child and kills it when that takes too long.
fn wait(child: &mut Child, patience: Duration) -> io::Result<bool> {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if begin.elapsed() >= patience {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        thread::sleep(LOOK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(env: &[&str], works: &str) -> (Vec<&'static str>, Option<&'static str>) {
        let mut tried = Vec::new();
        let way = first(
            |name| env.contains(&name).then(|| OsString::from("1")),
            |way| {
                tried.push(way.name);
                if way.name == works { Ok(true) } else { Err(io::ErrorKind::NotFound.into()) }
            },
        );
        (tried, way)
    }

    #[test]
    fn tmux_comes_first_inside_tmux() {
        assert_eq!(tried(&["TMUX", "DISPLAY"], "tmux"), (vec!["tmux"], Some("tmux")));
    }

    #[test]
    fn a_clipboard_is_asked_only_where_its_display_is() {
        let (tried_bare, way) = tried(&[], "xclip");
        assert_eq!(tried_bare, ["pbcopy", "clip.exe"]);
        assert_eq!(way, None);
        assert_eq!(tried(&["DISPLAY"], "xclip").1, Some("xclip"));
        assert_eq!(tried(&["WAYLAND_DISPLAY", "DISPLAY"], "wl-copy").0, ["pbcopy", "wl-copy"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_hangs_is_given_up() {
        let way = Way { name: "sleep", arguments: &["60"], needs: None };
        let begin = Instant::now();
        assert!(!run(&way, &"x".repeat(1 << 20), Duration::from_millis(50)).unwrap());
        assert!(begin.elapsed() < Duration::from_secs(30));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_takes_the_text_is_believed() {
        let way = Way { name: "cat", arguments: &[], needs: None };
        assert!(run(&way, "text", Duration::from_secs(20)).unwrap());
        let way = Way { name: "false", arguments: &[], needs: None };
        assert!(!run(&way, "text", Duration::from_secs(20)).unwrap());
    }
}
