//! Threads whose end the loop hears of.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::thread::{Builder, JoinHandle};

use super::wake::Wake;

/// Starts a thread that wakes the loop. If it panics, the explorer ends: deaf is worse than gone.
pub(super) fn spawn(
    name: &str,
    sender: Sender<Wake>,
    work: impl FnOnce(&Sender<Wake>) + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    Builder::new().name(name.to_owned()).spawn(move || {
        if catch_unwind(AssertUnwindSafe(|| work(&sender))).is_err() {
            let _ = sender.send(Wake::Broken);
        }
    })
}
