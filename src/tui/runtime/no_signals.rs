//! Where there are no signals.

use std::io;
use std::sync::mpsc::Sender;

use super::raw_terminal::RawTerminal;
use super::wake::Wake;

/// Whether a program can be stopped and continued.
pub(super) const CAN_STOP: bool = false;

/// Held by the loop while it runs.
pub(super) struct Running;

/// Nothing to listen to.
pub(super) struct Signalled;

/// Starts to catch no signals.
pub(super) fn catch() -> io::Result<Signalled> {
    Ok(Signalled)
}

impl Signalled {
    /// Passes nothing on.
    pub(super) fn pass_on(self, _: Sender<Wake>, _: RawTerminal) -> io::Result<Running> {
        Ok(Running)
    }
}

/// There is no shell that would continue a stopped program.
pub(super) fn stop() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
