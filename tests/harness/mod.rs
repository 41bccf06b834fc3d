//! A terminal for tests: the real program in a pty, its screen read by a terminal emulator.
//!
//! Everything waits for what is to be seen, with one generous limit, and never for a time.
#![allow(dead_code, unused_imports, reason = "each test file uses its part of it")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test without a terminal has failed")]

mod input;
mod screen;

use std::ffi::OsString;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags, open};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, tcgetattr};

pub(crate) use input::{Mouse, key};
pub(crate) use screen::Seen;

/// Nothing takes this long; whoever waits longer waits in vain.
pub(crate) const LIMIT: Duration = Duration::from_secs(30);

/// How a program is started in a terminal.
pub(crate) struct Launch {
    program: PathBuf,
    arguments: Vec<OsString>,
    environment: Vec<(String, OsString)>,
    size: (u16, u16),
    controlled: bool,
    home: Option<tempfile::TempDir>,
}

/// A program in a terminal.
pub(crate) struct Terminal {
    master: Option<Box<dyn MasterPty>>,
    keyboard: Option<Box<dyn Write + Send>>,
    shared: Arc<(Mutex<Seen>, Condvar)>,
    status: Receiver<ExitStatus>,
    pid: Pid,
    /// Its home and configuration directory.
    home: tempfile::TempDir,
}

/// The explorer with these arguments, in a terminal of 120 × 40 cells.
pub(crate) fn napkin(arguments: &[&str]) -> Launch {
    Launch::new(env!("CARGO_BIN_EXE_napkin"), arguments)
}

impl Launch {
    /// A program by its absolute path, with an environment, a home and a working directory of its own.
    pub(crate) fn new(program: impl Into<PathBuf>, arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().expect("a temporary directory");
        Self {
            program: program.into(),
            arguments: arguments.iter().map(Into::into).collect(),
            environment: Vec::new(),
            size: (120, 40),
            controlled: true,
            home: Some(home),
        }
        .env("TERM", "xterm-256color")
    }

    /// Sets an environment variable; nothing else than HOME and PATH is set.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// In a terminal of this many columns and rows.
    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    /// In a terminal that sends no signals: neither when it closes nor when its size changes.
    pub(crate) fn without_signals(mut self) -> Self {
        self.controlled = false;
        self
    }

    /// Puts a preset into the user's directory first.
    pub(crate) fn preset(self, name: &str, text: &str) -> Self {
        self.file(&format!("presets/{name}.toml"), text)
    }

    /// Puts a file into the user's directory first.
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        let path = self.home.as_ref().expect("a home").path().join(path);
        std::fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        std::fs::write(path, text).expect("a file");
        self
    }

    /// Starts it.
    pub(crate) fn start(mut self) -> Terminal {
        let home = self.home.take().expect("a home");
        let (columns, rows) = self.size;
        let pair = native_pty_system().openpty(size(columns, rows)).expect("a pty");
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.arguments);
        command.env_clear();
        command.set_controlling_tty(self.controlled);
        for name in ["HOME", "NAPKIN_CONFIG_DIR", "XDG_STATE_HOME"] {
            command.env(name, home.path());
        }
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        command.cwd(home.path());
        let mut child = pair.slave.spawn_command(command).expect("the program starts");
        // While the slave is open here, the end of the program is not to be seen.
        drop(pair.slave);
        let pid = child.process_id().and_then(|pid| Pid::from_raw(pid.cast_signed())).expect("a process");
        let (sender, status) = channel();
        std::thread::spawn(move || child.wait().map(|status| sender.send(status)));
        let shared = Arc::new((Mutex::new(Seen::new(columns, rows)), Condvar::new()));
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let seeing = Arc::clone(&shared);
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            loop {
                let count = reader.read(&mut bytes).unwrap_or(0);
                let (seen, changed) = &*seeing;
                let mut seen = seen.lock().expect("seen");
                if count == 0 || seen.closing {
                    seen.ended = true;
                } else {
                    seen.take_in(&bytes[..count]);
                }
                changed.notify_all();
                if seen.ended {
                    return;
                }
                while seen.blocked {
                    seen = changed.wait(seen).expect("seen");
                }
            }
        });
        let keyboard = pair.master.take_writer().expect("a writer");
        Terminal { master: Some(pair.master), keyboard: Some(keyboard), shared, status, pid, home }
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    /// Its home and configuration directory, where it was started.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// What is to be seen now.
    pub(crate) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shared.0.lock().expect("seen")
    }

    /// The text of the screen.
    pub(crate) fn text(&self) -> String {
        self.seen().text()
    }

    /// Waits until what is seen is as wanted.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, wanted: impl Fn(&Seen) -> bool) -> MutexGuard<'_, Seen> {
        let deadline = Instant::now() + LIMIT;
        let mut seen = self.seen();
        while seen.is_amid_update() || !wanted(&seen) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !seen.ended, "never seen: {what}\n{}", seen.text());
            seen = self.shared.1.wait_timeout(seen, left).expect("seen").0;
        }
        seen
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        drop(self.wait_until(text, |seen| seen.text().contains(text)));
    }

    /// Waits until the screen no longer shows a text.
    #[track_caller]
    pub(crate) fn wait_for_no(&self, text: &str) {
        drop(self.wait_until(&format!("no more {text}"), |seen| !seen.text().contains(text)));
    }

    /// Sends bytes as a terminal would.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let keyboard = self.keyboard.as_mut().expect("a keyboard");
        keyboard.write_all(bytes.as_ref()).expect("keys are taken");
        keyboard.flush().expect("keys are taken");
    }

    /// Does something with the mouse on a cell, counted from 0.
    pub(crate) fn mouse(&mut self, what: Mouse, column: u16, row: u16) {
        self.send(what.at(column, row));
    }

    /// Presses and lets go on a cell.
    pub(crate) fn click(&mut self, column: u16, row: u16) {
        self.mouse(Mouse::Press, column, row);
        self.mouse(Mouse::Release, column, row);
    }

    /// Pastes text between brackets.
    pub(crate) fn paste(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.seen().resize(columns, rows);
        self.master.as_ref().expect("a terminal").resize(size(columns, rows)).expect("another size");
    }

    /// Stops reading what the program writes, or goes on.
    pub(crate) fn block(&self, blocked: bool) {
        self.seen().blocked = blocked;
        self.shared.1.notify_all();
    }

    /// Closes the terminal.
    pub(crate) fn hang_up(&mut self) {
        let device = self.hold();
        self.seen().closing = true;
        self.keyboard = None;
        self.master = None;
        // The thread that reads holds the terminal open until it has something to read.
        rustix::io::write(&device, b"\n").expect("a line");
        drop(self.wait_for_last_words());
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("a signal");
    }

    /// The process.
    pub(crate) fn pid(&self) -> Pid {
        self.pid
    }

    /// Waits for the end; answers with the exit code, or the name of the signal that ended it.
    #[track_caller]
    pub(crate) fn end(&self) -> Result<u32, String> {
        match self.status.recv_timeout(LIMIT) {
            Ok(status) => status.signal().map_or(Ok(status.exit_code()), |signal| Err(signal.to_owned())),
            Err(RecvTimeoutError::Timeout) => panic!("it never ends\n{}", self.text()),
            Err(RecvTimeoutError::Disconnected) => panic!("it cannot be waited for"),
        }
    }

    /// Waits until all that was written before the end is seen.
    #[track_caller]
    pub(crate) fn wait_for_last_words(&self) -> MutexGuard<'_, Seen> {
        let deadline = Instant::now() + LIMIT;
        let mut seen = self.seen();
        while !seen.ended {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "the terminal stays in use\n{}", seen.text());
            seen = self.shared.1.wait_timeout(seen, left).expect("seen").0;
        }
        seen
    }

    /// The terminal as its programs have it; as long as this is kept, its modes outlive them.
    pub(crate) fn hold(&self) -> OwnedFd {
        let name = self.master.as_ref().and_then(|master| master.tty_name()).expect("a name");
        open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).expect("the terminal")
    }

    /// Whether lines are edited and echoed, as a shell wants it.
    pub(crate) fn is_cooked(&self) -> bool {
        let modes = tcgetattr(self.hold()).expect("modes").local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    /// Waits until the program sleeps in all its threads, as it does when there is nothing more to do; answers with
    /// the processor time it has used, in ticks.
    #[cfg(target_os = "linux")]
    pub(crate) fn idle(&self) -> u64 {
        let deadline = Instant::now() + LIMIT;
        let mut before = self.ticks();
        // Two looks in a row at which all sleep and no time was used.
        loop {
            assert!(Instant::now() < deadline, "it never rests");
            std::thread::sleep(Duration::from_millis(100));
            let now = self.ticks();
            if now == before && self.sleeps() {
                return now;
            }
            before = now;
        }
    }

    #[cfg(target_os = "linux")]
    fn sleeps(&self) -> bool {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.pid)).expect("tasks");
        tasks.flatten().all(|task| stat(&task.path().join("stat")).first().is_some_and(|state| state == "S"))
    }

    #[cfg(target_os = "linux")]
    fn ticks(&self) -> u64 {
        let fields = stat(Path::new(&format!("/proc/{}/stat", self.pid)));
        fields.iter().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
    }
}

/// The fields of a process from its state on.
#[cfg(target_os = "linux")]
fn stat(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let (_, fields) = text.rsplit_once(')').unwrap_or_default();
    fields.split_whitespace().map(str::to_owned).collect()
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Only if it has not ended: the number may be another's by then.
        if matches!(self.status.try_recv(), Err(TryRecvError::Empty)) {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}
