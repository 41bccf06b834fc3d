//! What wakes the loop.

use crate::tui::message::Message;

/// Something that the loop has to see to.
#[derive(Debug)]
pub(super) enum Wake {
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

/// Exit code when the terminal goes away: as after SIGHUP.
pub(super) const HANGUP: u8 = 129;
