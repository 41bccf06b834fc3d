//! How the terminal is used, and whether there is one.

use std::io::{self, IsTerminal};

/// How the explorer uses the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether the mouse is reported from the start.
    pub mouse: bool,
    /// Whether the terminal is asked how bright its background is, and to say when that changes.
    pub background: bool,
    /// Whether standard input was a preset; then keys come from the terminal itself.
    pub input_was_read: bool,
}

/// There is no terminal to explore in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTerminal {
    /// Input or output is a file or a pipe.
    #[error("the explorer needs a terminal")]
    Elsewhere,
    /// It only prints one line after the other, as TERM says: an editor's shell, a log.
    #[error("the explorer needs a terminal that can draw, and TERM says this one is dumb")]
    Dumb,
}

impl Options {
    /// Whether there is a terminal to explore in.
    pub fn check(self) -> Result<(), NoTerminal> {
        let keys = io::stdin().is_terminal() || self.input_was_read;
        if !(keys && io::stdout().is_terminal()) {
            return Err(NoTerminal::Elsewhere);
        }
        if std::env::var_os("TERM").is_some_and(|name| name == "dumb") {
            return Err(NoTerminal::Dumb);
        }
        Ok(())
    }
}
