//! Where there are no signals.

use std::io;
use std::sync::mpsc::Sender;

use super::raw_terminal::RawTerminal;
use super::wake::Wake;

/// Held by the loop while it runs.
pub(super) struct Running;

/// Nothing to listen to.
pub(super) struct Signalled;

/// Starts to catch no signals.
pub(super) fn catch() -> io::Result<Signalled> {
    Ok(Signalled)
}

impl Signalled {
    /// What knows whether to stop.
    pub(super) fn stop(&self) -> Stop {
        Stop
    }

    /// Passes nothing on.
    pub(super) fn pass_on(self, _: Sender<Wake>, _: RawTerminal) -> io::Result<Running> {
        Ok(Running)
    }
}

/// There is no shell that would continue a stopped program.
#[derive(Clone, Debug)]
pub(super) struct Stop;

impl Stop {
    /// Asks in vain.
    pub(super) fn ask() -> io::Result<()> {
        Ok(())
    }

    /// Never stops.
    pub(super) fn let_through(&self) -> io::Result<bool> {
        Ok(false)
    }
}
