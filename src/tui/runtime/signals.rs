//! The thread that waits for signals.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crossterm::terminal::{disable_raw_mode, size};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::exit;

use super::raw_terminal::RawTerminal;
pub(super) use super::stop::Stop;
use super::stop::{self, Pending};
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
    pending: Pending,
}

/// Starts to catch signals.
pub(super) fn catch() -> io::Result<Signalled> {
    let signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGCONT, SIGWINCH])?;
    let (stop, pending) = stop::hold_back()?;
    Ok(Signalled { signals, stop, pending })
}

impl Signalled {
    /// What stops the program.
    pub(super) fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// Passes signals on to the loop. On HUP, INT, QUIT and TERM the program ends with 128 + the signal's number, by
    /// itself if the loop does not leave in time.
    pub(super) fn pass_on(mut self, sender: Sender<Wake>, terminal: RawTerminal) -> io::Result<Running> {
        let (running, left) = channel();
        let pending = self.pending;
        thread::spawn("stops", sender.clone(), move |sender| pending.pass_on(sender))?;
        thread::spawn("signals", sender, move |sender| {
            for signal in self.signals.forever() {
                let wake = match signal {
                    SIGWINCH => match size() {
                        Ok((columns, rows)) => Wake::Message(Message::Resize(columns, rows)),
                        Err(_) => continue,
                    },
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
