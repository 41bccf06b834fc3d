//! Running the real program with an environment of its own.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A place of its own for the program: an empty configuration directory.
pub(super) struct Napkin {
    home: tempfile::TempDir,
}

/// What the program answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
}

impl Napkin {
    pub(super) fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a temporary directory") }
    }

    pub(super) fn config(&self) -> &Path {
        self.home.path()
    }

    /// Puts a preset of the user's in its place.
    pub(super) fn with_preset(self, name: &str, text: &[u8]) -> Self {
        let presets = self.config().join("presets");
        std::fs::create_dir_all(&presets).expect("a directory");
        std::fs::write(presets.join(format!("{name}.toml")), text).expect("a file");
        self
    }

    /// The command, with nothing of the caller's environment.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_napkin"));
        command.args(arguments).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("NAPKIN_CONFIG_DIR", self.config()).env("HOME", self.config());
        command.current_dir(self.config()).stdin(Stdio::null());
        command
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Answer {
        self.run_with(arguments, b"")
    }

    /// Runs with this on standard input.
    pub(super) fn run_with(&self, arguments: &[&str], stdin: &[u8]) -> Answer {
        let mut command = self.command(arguments);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        if let Some(mut pipe) = child.stdin.take() {
            // A program that does not read its input closes it.
            let _ = pipe.write_all(stdin);
        }
        child.wait_with_output().expect("the program ends").into()
    }

    /// Runs and expects success.
    #[track_caller]
    pub(super) fn says(&self, arguments: &[&str]) -> String {
        let answer = self.run(arguments);
        assert_eq!(answer.code, Some(0), "{arguments:?}: {}", answer.err);
        assert_eq!(answer.err, "", "{arguments:?}");
        answer.out
    }

    /// Runs, expects success and reads the JSON.
    #[track_caller]
    pub(super) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let out = self.says(&[arguments, &["--format", "json"]].concat());
        serde_json::from_str(&out).expect("JSON")
    }

    /// Runs and expects one line of refusal.
    #[track_caller]
    pub(super) fn refuses(&self, arguments: &[&str]) -> String {
        let answer = self.run(arguments);
        assert_eq!(answer.code, Some(2), "{arguments:?}: {answer:?}");
        assert_eq!(answer.out, "", "{arguments:?}");
        assert_eq!(answer.err.lines().count(), 1, "{arguments:?}: {}", answer.err);
        let line = answer.err.trim_end();
        line.strip_prefix("napkin: ").unwrap_or_else(|| panic!("{line}")).to_owned()
    }
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }
}
