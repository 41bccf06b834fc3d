//! What a terminal sends.

/// Keys by name, as xterm sends them.
pub(crate) mod key {
    pub(crate) const ENTER: &str = "\r";
    pub(crate) const TAB: &str = "\t";
    pub(crate) const ESCAPE: &str = "\x1b";
    pub(crate) const UP: &str = "\x1b[A";
    pub(crate) const DOWN: &str = "\x1b[B";
    pub(crate) const RIGHT: &str = "\x1b[C";
    pub(crate) const LEFT: &str = "\x1b[D";
    pub(crate) const SHIFT_RIGHT: &str = "\x1b[1;2C";
    pub(crate) const CTRL_C: &str = "\x03";
    pub(crate) const CTRL_L: &str = "\x0c";
    pub(crate) const CTRL_R: &str = "\x12";
    pub(crate) const CTRL_Z: &str = "\x1a";
}

/// What the left button and the wheel do.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mouse {
    Press,
    Drag,
    Release,
    WheelUp,
    WheelDown,
}

impl Mouse {
    /// The report of it on a cell, counted from 0.
    pub(super) fn at(self, column: u16, row: u16) -> String {
        let (button, last) = match self {
            Self::Press => (0, 'M'),
            Self::Drag => (32, 'M'),
            Self::Release => (0, 'm'),
            Self::WheelUp => (64, 'M'),
            Self::WheelDown => (65, 'M'),
        };
        format!("\x1b[<{button};{};{}{last}", column + 1, row + 1)
    }
}
