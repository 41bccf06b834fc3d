//! The terminal while the explorer has it: taken over in one place, given back in one place.
//!
//! It is given back in this order, whatever ends the program: mouse and paste reports off, pending input drained,
//! raw mode off, alternate screen left.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::time::Duration;

use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use crossterm::style::{Attribute, Print, SetAttribute, force_color_output};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{Command, queue};

use super::{Options, tty};

/// The terminal, shared by the loop, the panic hook and the thread that waits for signals.
#[derive(Clone, Debug)]
pub(super) struct RawTerminal {
    shared: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    out: tty::Out,
    /// Whether the terminal is ours at the moment.
    taken: bool,
    mouse: bool,
    /// Whether it is asked about its background.
    background: bool,
    /// What of a frame has been drawn so far.
    frame: Vec<u8>,
}

/// Asks for the colour of the background (OSC 11), and to be told when the terminal changes between dark and light
/// (2031). Nobody waits for an answer: the decoder takes it whenever it comes, if it comes. The mode itself (996) is
/// not asked for: the background says as much, and some terminal emulators in programs stumble over the question.
const ASK: &str = "\x1b]11;?\x1b\\\x1b[?2031h";
/// Asks to be told no more.
const UNFOLLOW: &str = "\x1b[?2031l";

/// Asks for reports of buttons, drags and the wheel, but not of every move of the mouse as crossterm's own command
/// does.
struct EnableMouse;

impl Command for EnableMouse {
    fn write_ansi(&self, out: &mut impl std::fmt::Write) -> std::fmt::Result {
        out.write_str("\x1b[?1000h\x1b[?1002h\x1b[?1006h")
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        crossterm::event::EnableMouseCapture.execute_winapi()
    }

    #[cfg(windows)]
    fn is_ansi_code_supported(&self) -> bool {
        false
    }
}

impl RawTerminal {
    /// Takes the terminal over. A panic anywhere gives it back before its message is printed.
    pub(super) fn take(options: Options) -> io::Result<Self> {
        // Themes decide on colour; left to itself crossterm would drop the attributes too under NO_COLOR.
        force_color_output(true);
        let terminal = Self {
            shared: Arc::new(Mutex::new(State {
                out: tty::out()?,
                taken: false,
                mouse: options.mouse,
                background: options.background,
                frame: Vec::new(),
            })),
        };
        give_back_on_panic(&terminal);
        let taken = terminal.state().take();
        if taken.is_err() {
            terminal.give_back();
        }
        taken.map(|()| terminal)
    }

    /// Gives the terminal back, if it is still taken.
    pub(super) fn give_back(&self) {
        if let Some(mut state) = self.state_soon() {
            state.give_back();
        }
    }

    /// Takes the terminal over again after it has been in other hands, whether or not it was given back.
    pub(super) fn take_again(&self) -> io::Result<()> {
        let mut state = self.state();
        if state.taken {
            // A shell may have changed the modes; raw mode is only set from outside of it.
            disable_raw_mode()?;
        }
        state.take()
    }

    /// Whether the terminal is ours.
    pub(super) fn is_taken(&self) -> bool {
        self.state().taken
    }

    /// Asks the terminal to report the mouse, or not to.
    pub(super) fn mouse(&self, on: bool) -> io::Result<()> {
        let mut state = self.state();
        state.mouse = on;
        let mut bytes = Vec::new();
        if on {
            queue!(bytes, EnableMouse)?;
        } else {
            queue!(bytes, DisableMouseCapture)?;
        }
        state.write(&bytes)
    }

    /// Hands text to the terminal for its clipboard (OSC 52). Whether it takes it cannot be known.
    pub(super) fn copy(&self, text: &str) -> io::Result<()> {
        let mut bytes = Vec::new();
        queue!(bytes, CopyToClipboard::to_clipboard_from(text))?;
        self.state().write(&bytes)
    }

    /// Begins a frame: what is written from now on.
    pub(super) fn begin_frame(&self) -> io::Result<()> {
        let frame = &mut self.state().frame;
        frame.clear();
        queue!(frame, BeginSynchronizedUpdate)
    }

    /// Shows the frame: one write, inside a synchronized update. Of a terminal that is not taken nothing changes.
    pub(super) fn end_frame(&self) -> io::Result<()> {
        let mut state = self.state();
        queue!(state.frame, EndSynchronizedUpdate)?;
        let frame = std::mem::take(&mut state.frame);
        let written = state.write(&frame);
        state.frame = frame;
        written
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// The state, unless whoever has it does not let go of it: a panic inside a write must not wait for itself.
    fn state_soon(&self) -> Option<MutexGuard<'_, State>> {
        for _ in 0..20 {
            match self.shared.try_lock() {
                Ok(state) => return Some(state),
                Err(TryLockError::Poisoned(state)) => return Some(state.into_inner()),
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
            }
        }
        None
    }
}

/// Collects a frame, however often the backend flushes in the middle of it.
impl Write for RawTerminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.state().frame.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl State {
    fn take(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        self.taken = true;
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen, Clear(ClearType::All), Hide, EnableBracketedPaste)?;
        if self.mouse {
            queue!(bytes, EnableMouse)?;
        }
        if self.background {
            queue!(bytes, Print(ASK))?;
        }
        self.write(&bytes)
    }

    fn give_back(&mut self) {
        if !std::mem::replace(&mut self.taken, false) {
            return;
        }
        // Nothing can be done about a terminal that takes no more; the rest is still worth trying.
        let mut bytes = Vec::new();
        let _ = queue!(bytes, EndSynchronizedUpdate, DisableMouseCapture, DisableBracketedPaste);
        if self.background {
            let _ = queue!(bytes, Print(UNFOLLOW));
        }
        let _ = self.out.write_all(&bytes);
        tty::drain_input();
        let _ = disable_raw_mode();
        bytes.clear();
        let _ = queue!(bytes, SetAttribute(Attribute::Reset), LeaveAlternateScreen, Show);
        let _ = self.out.write_all(&bytes);
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.taken { self.out.write_all(bytes) } else { Ok(()) }
    }
}

/// Puts giving back in front of whatever a panic does now.
fn give_back_on_panic(terminal: &RawTerminal) {
    let terminal = terminal.clone();
    before_panic_message(move || terminal.give_back());
}

/// Runs `first` before a panic's message is printed.
fn before_panic_message(first: impl Fn() + Send + Sync + 'static) {
    let message = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        first();
        message(info);
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_gives_the_terminal_back_before_its_message() {
        let events = Arc::new(Mutex::new(Vec::new()));
        let usual = std::panic::take_hook();
        let note = |what: &'static str| {
            let events = Arc::clone(&events);
            move || {
                // Other tests may panic meanwhile, in threads of their own.
                if std::thread::current().name() == Some("panics") {
                    events.lock().unwrap().push(what);
                }
            }
        };
        let message = note("message");
        std::panic::set_hook(Box::new(move |_| message()));
        before_panic_message(note("given back"));
        let thread = std::thread::Builder::new().name("panics".to_owned());
        let end = thread.spawn(|| panic!("on purpose")).unwrap().join();
        std::panic::set_hook(usual);
        assert!(end.is_err());
        assert_eq!(*events.lock().unwrap(), ["given back", "message"]);
    }
}
