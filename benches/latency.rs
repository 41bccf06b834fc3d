//! What a user feels: the real program in a pty, from the key to the last byte of the frame it leads to.
//!
//! `cargo bench --bench latency` prints, for each view and size, the median and the 99th percentile of a step of a
//! slider and the bytes it writes; then the start, the memory, and what the program does while nobody does anything.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot run has nothing to say"
)]

#[cfg(unix)]
fn main() {
    unix::main();
}

#[cfg(not(unix))]
fn main() {}

#[cfg(unix)]
mod unix {
    use std::io::{Read, Write};
    use std::sync::mpsc::{Receiver, channel};
    use std::time::{Duration, Instant};

    use napkin::tui::view_names;
    use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

    /// How many steps are measured.
    const STEPS: usize = 200;
    /// What ends a frame.
    const END_OF_FRAME: &[u8] = b"\x1b[?2026l";
    /// How long nothing comes after the last frame of a key.
    const QUIET: Duration = Duration::from_millis(15);

    struct Explorer {
        child: Box<dyn Child + Send + Sync>,
        _master: Box<dyn MasterPty + Send>,
        /// What came, and when.
        seen: Receiver<(Instant, Vec<u8>)>,
        keyboard: Box<dyn Write + Send>,
        _home: tempfile::TempDir,
    }

    impl Explorer {
        /// Starts it; also tells how long the first frame took.
        fn start((columns, rows): (u16, u16), view: &str) -> (Self, Duration) {
            let home = tempfile::tempdir().expect("a directory");
            let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
            let pair = native_pty_system().openpty(size).expect("a pty");
            let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_napkin"));
            command.args(["deepseek-day6", "--against", "sceptic", "--theme", "dark", "--view", view]);
            command.env_clear();
            for name in ["HOME", "NAPKIN_CONFIG_DIR", "XDG_STATE_HOME"] {
                command.env(name, home.path());
            }
            command.env("TERM", "xterm-256color");
            command.env("COLORTERM", "truecolor");
            let (reader, keyboard) = (pair.master.try_clone_reader(), pair.master.take_writer());
            let start = Instant::now();
            let child = pair.slave.spawn_command(command).expect("the program starts");
            let (sender, seen) = channel();
            let mut reader = reader.expect("a reader");
            std::thread::spawn(move || {
                let mut chunk = vec![0; 1 << 16];
                while let Ok(count @ 1..) = reader.read(&mut chunk) {
                    let bytes = chunk.iter().take(count).copied().collect();
                    if sender.send((Instant::now(), bytes)).is_err() {
                        return;
                    }
                }
            });
            let mut explorer = Self {
                child,
                _master: pair.master,
                seen,
                keyboard: keyboard.expect("a writer"),
                _home: home,
            };
            let first = explorer.frames().0.duration_since(start);
            (explorer, first)
        }

        /// Reads until a frame has ended and nothing follows; when the last byte came, and how many came.
        fn frames(&mut self) -> (Instant, usize) {
            let (mut last, mut bytes) = self.seen.recv().expect("the program runs");
            loop {
                let ended = bytes.ends_with(END_OF_FRAME);
                let more = if ended { self.seen.recv_timeout(QUIET).ok() } else { self.seen.recv().ok() };
                let Some((when, more)) = more else { return (last, bytes.len()) };
                last = when;
                bytes.extend(more);
            }
        }

        /// A key, and how long its frames took and how many bytes they had.
        fn press(&mut self, key: &str) -> (Duration, usize) {
            let start = Instant::now();
            self.keyboard.write_all(key.as_bytes()).expect("a terminal");
            let (last, bytes) = self.frames();
            (last.duration_since(start), bytes)
        }

        /// A number of `/proc/PID/FILE`, counted from 0; 0 where there is no such file.
        fn proc(&self, file: &str, field: usize) -> u64 {
            let path = format!("/proc/{}/{file}", self.child.process_id().expect("a process"));
            let text = std::fs::read_to_string(path).unwrap_or_default();
            let field = text.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(field));
            field.and_then(|number| number.parse().ok()).unwrap_or(0)
        }
    }

    impl Drop for Explorer {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    /// The median and the 99th percentile, in milliseconds.
    fn percentiles(mut times: Vec<Duration>) -> (f64, f64) {
        times.sort();
        let at = |share: usize| {
            times.get((times.len() - 1) * share / 100).map_or(0.0, Duration::as_secs_f64) * 1e3
        };
        (at(50), at(99))
    }

    fn step(size: (u16, u16), view: &str) -> (f64, f64, usize) {
        let (mut explorer, _) = Explorer::start(size, view);
        let steps: Vec<_> =
            (0..STEPS).map(|step| explorer.press(if step % 2 == 0 { "l" } else { "h" })).collect();
        let bytes = steps.iter().map(|(_, bytes)| bytes).sum::<usize>() / STEPS;
        let (median, slow) = percentiles(steps.into_iter().map(|(time, _)| time).collect());
        (median, slow, bytes)
    }

    pub(super) fn main() {
        let sizes = [(80, 24), (120, 40), (250, 70)];
        println!("ms from key to frame: p50 / p99, bytes\n");
        println!("{:<12}{:>24}{:>24}{:>24}", "view", "80x24", "120x40", "250x70");
        for view in view_names() {
            let cells = sizes.map(|size| {
                let (median, slow, bytes) = step(size, view);
                format!("{median:.2} / {slow:.2} {bytes:>6}")
            });
            println!("{view:<12}{:>24}{:>24}{:>24}", cells[0], cells[1], cells[2]);
        }
        let starts = (0..40).map(|_| Explorer::start((120, 40), "break-even").1).collect();
        let (median, slow) = percentiles(starts);
        println!("\nstart to first frame: {median:.1} / {slow:.1} ms");
        let (mut explorer, _) = Explorer::start((120, 40), "break-even");
        explorer.press("l");
        println!("resident: {:.1} MB", explorer.proc("statm", 1) as f64 * 4096.0 / 1e6);
        // User and system time, in ticks, after the name of the program.
        let ticks = |explorer: &Explorer| explorer.proc("stat", 11) + explorer.proc("stat", 12);
        let before = ticks(&explorer);
        let spoke = explorer.seen.recv_timeout(Duration::from_secs(5)).is_ok();
        let after = ticks(&explorer);
        println!(
            "idle for 5 s: {}, {} ticks of CPU",
            if spoke { "it wrote" } else { "0 bytes" },
            after - before
        );
    }
}
