//! The terminal as a device: where keys are read and frames written.

#[cfg(unix)]
pub(super) use device::keys;
pub(super) use device::{Out, drain_input, out};

#[cfg(unix)]
mod device {
    use std::fs::File;
    use std::io::{self, Write};
    use std::os::fd::OwnedFd;

    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::stdio::{stdin, stdout};
    use rustix::termios::{QueueSelector, isatty, tcflush, ttyname};

    /// Standard output without the line buffer of the standard library, which would cut frames into pieces.
    #[derive(Debug)]
    pub(in super::super) struct Out(File);

    /// The terminal that frames are written to.
    pub(in super::super) fn out() -> io::Result<Out> {
        Ok(Out(File::from(stdout().try_clone_to_owned()?)))
    }

    impl Write for Out {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            loop {
                match self.0.write(bytes) {
                    // Another program on this terminal may have made it non-blocking.
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                        poll(&mut [PollFd::new(&self.0, PollFlags::OUT)], None)?;
                    }
                    written => return written,
                }
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The terminal that keys come from: standard input, or the terminal itself when standard input is something
    /// else.
    pub(in super::super) fn keys() -> io::Result<OwnedFd> {
        if isatty(stdin()) {
            return stdin().try_clone_to_owned();
        }
        // By its own name: /dev/tty cannot be polled on every system.
        let name = ttyname(stdout(), Vec::new()).ok().and_then(|name| name.into_string().ok());
        Ok(File::open(name.as_deref().unwrap_or("/dev/tty"))?.into())
    }

    /// Throws away what was typed and not read.
    pub(in super::super) fn drain_input() {
        if let Ok(keys) = keys() {
            let _ = tcflush(keys, QueueSelector::IFlush);
        }
    }
}

#[cfg(not(unix))]
mod device {
    use std::io;
    use std::time::Duration;

    pub(in super::super) type Out = io::Stdout;

    pub(in super::super) fn out() -> io::Result<Out> {
        Ok(io::stdout())
    }

    pub(in super::super) fn drain_input() {
        while crossterm::event::poll(Duration::ZERO).unwrap_or(false) && crossterm::event::read().is_ok() {}
    }
}
