//! What connects the explorer to the terminal, to signals and to the world outside.
//!
//! Three threads wake one loop through one channel: one waits for keys, one for signals, one for changed files. The
//! loop lets the explorer take in what happened, carries out the effects, and draws.

mod clipboard;
#[cfg(unix)]
mod decode;
mod event_loop;
mod paste;
mod reader;
mod screen;
#[cfg(unix)]
mod sequence;
mod session;
#[cfg_attr(not(unix), path = "no_signals.rs")]
mod signals;
mod thread;
mod tty;
mod world;

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{Sender, channel};

use color_eyre::Result;
use ratatui::Terminal;

use self::event_loop::{Console, EventLoop};
use self::reader::Reading;
use self::screen::Screen;
use self::session::Session;
use super::message::Message;

pub use self::event_loop::Program;
pub use self::world::{Machine, World};

/// Exit code when the terminal goes away: as after SIGHUP.
const HANGUP: u8 = 129;

/// Something that the loop has to see to.
#[derive(Debug)]
enum Wake {
    /// Something for the explorer.
    Message(Message),
    /// A signal asks for the end, with this exit code.
    Leave(u8),
    /// A signal asks to stop.
    Suspend,
    /// The program goes on after it was stopped.
    Continued,
    /// The terminal is gone.
    Gone,
    /// A thread has panicked.
    Broken,
}

/// How the explorer uses the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether the mouse is reported from the start.
    pub mouse: bool,
    /// Whether standard input was a preset; then keys come from the terminal itself.
    pub input_was_read: bool,
}

/// There is no terminal to explore in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the explorer needs a terminal; use `napkin eval` to print the results")]
pub struct NoTerminal;

impl Options {
    /// Whether there is a terminal to explore in.
    pub fn check(self) -> Result<(), NoTerminal> {
        let keys = io::stdin().is_terminal() || self.input_was_read;
        if keys && io::stdout().is_terminal() { Ok(()) } else { Err(NoTerminal) }
    }
}

/// Runs the explorer until it is left; answers with the exit code.
///
/// # Errors
///
/// [`NoTerminal`] when there is none; a broken terminal; a thread that failed. The terminal is the shell's again in
/// any case.
pub fn run(app: &mut impl Program, mut world: impl World, options: Options) -> Result<u8> {
    options.check()?;
    // First of all, so that no signal finds the terminal taken and nobody to give it back.
    let signalled = signals::catch()?;
    let session = Session::take(options.mouse)?;
    let left = explore(app, &mut world, &session, signalled);
    session.give_back();
    let code = match left {
        Err(error) if is_hangup(&error) => HANGUP,
        left => left?,
    };
    if code < 128
        && let Some(farewell) = app.farewell()
    {
        // Standard error may be closed; then nobody wants to know.
        let _ = writeln!(io::stderr(), "{farewell}");
    }
    Ok(code)
}

fn explore(
    app: &mut impl Program,
    world: &mut impl World,
    session: &Session,
    signalled: signals::Signalled,
) -> Result<u8> {
    let (sender, receiver) = channel();
    // Dropped last of all: it says that the terminal has been given back.
    let _running = signalled.pass_on(sender.clone(), session.clone())?;
    let desk = Desk { session: session.clone(), reading: None, sender: sender.clone() };
    world.watch(Box::new(move |files| {
        let _ = sender.send(Wake::Message(Message::FilesChanged(files)));
    }));
    let terminal = Terminal::new(Screen::new(session.clone()))?;
    let mut turning = EventLoop::new(app, terminal, world, desk, receiver);
    turning.console.read()?;
    let left = turning.run();
    turning.console.give_back();
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
struct Desk {
    session: Session,
    reading: Option<Reading>,
    sender: Sender<Wake>,
}

impl Desk {
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
        self.session.give_back();
    }
}

impl Console for Desk {
    fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.session.mouse(on)
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.session.copy(text)
    }

    fn suspend(&mut self) -> bool {
        if !signals::CAN_STOP {
            return false;
        }
        self.give_back();
        signals::stop().is_ok()
    }

    fn resume(&mut self) -> io::Result<()> {
        self.session.take_again()?;
        self.read()
    }

    fn is_ours(&self) -> bool {
        self.session.is_taken()
    }
}
