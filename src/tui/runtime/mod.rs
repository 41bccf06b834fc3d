//! What connects the explorer to the terminal, to signals and to what is outside.
//!
//! Threads wake one loop through one channel: they wait for keys, for signals, for stops and for changed files. The
//! loop lets the explorer take in what happened, carries out the effects, and draws.

mod clipboard;
#[cfg(unix)]
mod decode;
mod effects;
mod event_loop;
mod options;
mod paste;
mod program;
mod raw_terminal;
mod reader;
#[cfg(unix)]
mod sequence;
#[cfg_attr(not(unix), path = "no_signals.rs")]
mod signals;
#[cfg(unix)]
mod stop;
mod thread;
mod tty;
mod wake;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};

use color_eyre::Result;
use ratatui::backend::CrosstermBackend;

use self::event_loop::{Console, EventLoop};
use self::raw_terminal::RawTerminal;
use self::reader::Reading;
use self::wake::{HANGUP, Wake};

pub use self::effects::{Effects, SystemEffects};
pub use self::options::{NoTerminal, Options};
pub use self::program::Program;

/// How many bytes a frame seldom exceeds.
const FRAME: usize = 64 * 1024;

/// What the decoder makes of bytes that come in pieces, each so many milliseconds after the one before.
#[cfg(all(unix, fuzzing))]
pub fn decoded(pieces: &[(u16, Vec<u8>)]) -> Vec<super::Message> {
    let mut now = std::time::Instant::now();
    let (mut decoder, mut messages) = (decode::Decoder::new(now), Vec::new());
    for (pause, piece) in pieces {
        now += std::time::Duration::from_millis((*pause).into());
        if decoder.deadline().is_some_and(|deadline| deadline <= now) {
            decoder.expire(&mut messages);
        }
        decoder.feed(piece, now, &mut messages);
    }
    messages
}

/// Runs the explorer until it is left; returns the exit code.
///
/// # Errors
///
/// [`NoTerminal`] when there is none; a broken terminal; a thread that failed. The terminal is the shell's again in
/// any case.
pub fn run(app: &mut impl Program, mut effects: impl Effects, options: Options) -> Result<u8> {
    options.check()?;
    // First of all, so that no signal finds the terminal taken and nobody to give it back.
    let signalled = signals::catch()?;
    let terminal = RawTerminal::take(options)?;
    let left = explore(app, &mut effects, &terminal, signalled);
    terminal.give_back();
    let code = match left {
        Err(error) if is_hangup(&error) => HANGUP,
        left => left?,
    };
    if code < 128
        && let Some(hint) = app.replay_hint()
    {
        // Standard error may be closed; then nobody wants to know.
        let _ = writeln!(io::stderr(), "{hint}");
    }
    Ok(code)
}

fn explore(
    app: &mut impl Program,
    effects: &mut impl Effects,
    terminal: &RawTerminal,
    signalled: signals::Signalled,
) -> Result<u8> {
    let (sender, receiver) = channel();
    let stop = signalled.stop();
    // Dropped last of all: it says that the terminal has been given back.
    let _running = signalled.pass_on(sender.clone(), terminal.clone())?;
    let console = TerminalConsole { terminal: terminal.clone(), reading: None, stop, sender: sender.clone() };
    let terminal =
        event_loop::terminal(CrosstermBackend::new(BufWriter::with_capacity(FRAME, terminal.clone())))?;
    let mut event_loop = EventLoop::new(app, terminal, effects, console, receiver);
    let left = event_loop.run(|effects, console| {
        effects.connect(Arc::new(move |message| {
            let _ = sender.send(Wake::Message(message));
        }));
        Ok(console.read()?)
    });
    event_loop.console.give_back();
    left
}

/// Whether something failed because the terminal is gone.
///
/// A terminal that is gone is none any more. What fails on it says many things: no such device, not a terminal.
fn is_hangup(error: &color_eyre::Report) -> bool {
    if !io::stdout().is_terminal() {
        return true;
    }
    #[cfg(unix)]
    let gone = Some(rustix::io::Errno::IO.raw_os_error());
    #[cfg(not(unix))]
    let gone = None;
    error.downcast_ref::<io::Error>().is_some_and(|error| {
        error.kind() == io::ErrorKind::BrokenPipe || (gone.is_some() && error.raw_os_error() == gone)
    })
}

/// The real terminal, with the thread that reads it.
struct TerminalConsole {
    terminal: RawTerminal,
    reading: Option<Reading>,
    stop: signals::Stop,
    sender: Sender<Wake>,
}

impl TerminalConsole {
    /// Starts to read keys, unless they are read already.
    fn read(&mut self) -> io::Result<()> {
        if self.reading.is_none() {
            self.reading = Some(reader::spawn(self.sender.clone())?);
        }
        Ok(())
    }

    /// Gives the terminal back; what is typed from now on is the shell's.
    fn give_back(&mut self) {
        if let Some(reading) = self.reading.take() {
            reading.stop();
        }
        self.terminal.give_back();
    }
}

impl Console for TerminalConsole {
    fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.terminal.mouse(on)
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.terminal.copy(text)
    }

    fn begin_frame(&mut self) -> io::Result<()> {
        self.terminal.begin_frame()
    }

    fn end_frame(&mut self) -> io::Result<()> {
        self.terminal.end_frame()
    }

    fn ask_to_suspend(&mut self) -> io::Result<()> {
        signals::Stop::ask()
    }

    fn suspend(&mut self) -> io::Result<bool> {
        self.give_back();
        self.stop.let_through()
    }

    fn resume(&mut self) -> io::Result<()> {
        self.terminal.take_again()?;
        self.read()
    }

    fn is_ours(&self) -> bool {
        self.terminal.is_taken()
    }
}
