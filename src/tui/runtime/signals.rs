//! The thread that waits for signals.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crossterm::terminal::{disable_raw_mode, size};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::flag;
use signal_hook::iterator::Signals;
use signal_hook::low_level::{emulate_default_handler, exit};

use super::raw_terminal::RawTerminal;
use super::thread;
use super::wake::Wake;
use crate::tui::message::Message;

/// How long the loop has for leaving by itself.
const GRACE: Duration = Duration::from_millis(300);
/// How long giving the terminal back may take after that: a terminal that takes no more output would block it.
const LAST: Duration = Duration::from_millis(100);

/// Held by the loop while it runs; dropped when it has given the terminal back.
pub(super) struct Running(#[expect(dead_code, reason = "its drop is the message")] Sender<()>);

/// Listens from now on. What comes before the terminal is handed over is kept.
pub(super) struct Signalled {
    signals: Signals,
    stop: Stop,
}

/// Which of SIGTSTP and SIGCONT came last. They overtake each other on their way through the channel; the handler
/// itself, which runs when the signal arrives, does not lie.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    last: Arc<AtomicUsize>,
}

/// What stands for a stop and for going on.
const STOPPED: usize = 1;
const CONTINUED: usize = 2;

/// Starts to catch signals.
pub(super) fn catch() -> io::Result<Signalled> {
    let stop = Stop { last: Arc::new(AtomicUsize::new(0)) };
    flag::register_usize(SIGTSTP, Arc::clone(&stop.last), STOPPED)?;
    flag::register_usize(SIGCONT, Arc::clone(&stop.last), CONTINUED)?;
    let signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH])?;
    Ok(Signalled { signals, stop })
}

impl Signalled {
    /// What knows whether to stop.
    pub(super) fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Passes signals on to the loop. On HUP, INT, QUIT and TERM the program ends with 128 + the signal's number, by
    /// itself if the loop does not leave in time.
    pub(super) fn pass_on(mut self, sender: Sender<Wake>, terminal: RawTerminal) -> io::Result<Running> {
        let (running, left) = channel();
        thread::spawn("signals", sender, move |sender| {
            for signal in self.signals.forever() {
                let wake = match signal {
                    SIGWINCH => match size() {
                        Ok((columns, rows)) => Wake::Message(Message::Resize(columns, rows)),
                        Err(_) => continue,
                    },
                    SIGTSTP => Wake::Suspend,
                    SIGCONT => Wake::Continued,
                    _ => {
                        let code = 128u8.saturating_add(u8::try_from(signal).unwrap_or(0));
                        let _ = sender.send(Wake::Leave(code));
                        end(code, &left, &terminal);
                        continue;
                    }
                };
                // The loop may have ended; then only ending signals still matter.
                let _ = sender.send(wake);
            }
        })?;
        Ok(Running(running))
    }
}

/// Sees to it that the program ends.
fn end(code: u8, left: &Receiver<()>, terminal: &RawTerminal) {
    if left.recv_timeout(GRACE) == Err(RecvTimeoutError::Disconnected) {
        // The terminal is the shell's again; what follows has the same time once more.
        std::thread::sleep(GRACE);
        exit(code.into());
    }
    // The loop is stuck. The modes first: they can be set even if the terminal takes no more output.
    let _ = disable_raw_mode();
    let (given_back, done) = channel();
    let terminal = terminal.clone();
    std::thread::spawn(move || {
        terminal.give_back();
        drop(given_back);
    });
    let _: Result<(), _> = done.recv_timeout(LAST);
    exit(code.into());
}

impl Stop {
    /// The user asks for it here, without a signal.
    pub(super) fn ask(&self) {
        self.last.store(STOPPED, Ordering::SeqCst);
    }

    /// Whether stopping is still asked for.
    pub(super) fn is_asked(&self) -> bool {
        self.last.load(Ordering::SeqCst) == STOPPED
    }

    /// Stops this program as Ctrl-z would if nobody caught it, unless it has been continued already. Returns when it
    /// is continued, and whether it was stopped.
    pub(super) fn stop(&self) -> bool {
        self.is_asked() && emulate_default_handler(SIGTSTP).is_ok()
    }
}
