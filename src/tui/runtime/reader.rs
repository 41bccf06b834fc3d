//! The thread that reads keys, mouse and pastes, and notices when the terminal is gone.

use std::io;
use std::sync::mpsc::Sender;

use super::wake::Wake;

#[cfg(unix)]
pub(super) use unix::{Reading, spawn};

#[cfg(unix)]
mod unix {
    use std::io::PipeWriter;
    use std::os::fd::OwnedFd;
    use std::thread::JoinHandle;
    use std::time::Instant;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::{Errno, read};

    use super::super::decode::Decoder;
    use super::super::{thread, tty};
    use super::{Sender, Wake, io};

    /// The thread at work.
    pub(in super::super) struct Reading {
        /// Its end goes unwritten: closing it is the message.
        stop: PipeWriter,
        thread: JoinHandle<()>,
    }

    /// Starts reading.
    pub(in super::super) fn spawn(sender: Sender<Wake>) -> io::Result<Reading> {
        let keys = tty::keys()?;
        let (stopped, stop) = io::pipe()?;
        let thread = thread::spawn("keys", sender, move |sender| pump(&keys, &stopped.into(), sender))?;
        Ok(Reading { stop, thread })
    }

    impl Reading {
        /// Leaves to the shell what is typed from now on.
        pub(in super::super) fn stop(self) {
            drop(self.stop);
            // It has said whatever there is to say.
            let _ = self.thread.join();
        }
    }

    /// Why the reader goes on.
    enum Next {
        Read,
        Expire,
        Stop,
    }

    /// Reads until it is stopped, or the terminal or the loop is gone. Sleeps in poll(2) while nothing is typed;
    /// crossterm would spin on a terminal that was closed.
    fn pump(keys: &OwnedFd, stopped: &OwnedFd, sender: &Sender<Wake>) {
        let mut decoder = Decoder::new(Instant::now());
        let mut bytes = [0; 4096];
        let mut messages = Vec::new();
        loop {
            match wait(keys, stopped, decoder.deadline()) {
                Ok(Next::Read) => match read(keys, &mut bytes) {
                    Ok(0) => break,
                    Ok(count) => {
                        let arrived = bytes.get(..count).unwrap_or_default();
                        decoder.feed(arrived, Instant::now(), &mut messages);
                    }
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    Err(_) => break,
                },
                Ok(Next::Expire) => decoder.expire(&mut messages),
                Ok(Next::Stop) => return,
                Err(_) => break,
            }
            for message in messages.drain(..) {
                if sender.send(Wake::Message(message)).is_err() {
                    return;
                }
            }
        }
        let _ = sender.send(Wake::Gone);
    }

    /// Waits for input, the deadline or the end.
    fn wait(keys: &OwnedFd, stopped: &OwnedFd, deadline: Option<Instant>) -> Result<Next, Errno> {
        loop {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            let timeout = left.and_then(|left| Timespec::try_from(left).ok());
            let mut fds = [stopped, keys].map(|fd| PollFd::new(fd, PollFlags::IN));
            match poll(&mut fds, timeout.as_ref()) {
                Ok(0) => return Ok(Next::Expire),
                Ok(_) => {
                    let [stopped, keys] = fds.map(|fd| fd.revents());
                    if !stopped.is_empty() {
                        return Ok(Next::Stop);
                    }
                    // Hung up or not: read tells.
                    return if keys.contains(PollFlags::NVAL) { Err(Errno::BADF) } else { Ok(Next::Read) };
                }
                Err(Errno::INTR) => {}
                Err(error) => return Err(error),
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use std::io::Write;
        use std::sync::mpsc::channel;

        use crossterm::event::KeyCode;

        use super::*;
        use crate::tui::message::Message;

        /// A stand-in for a terminal, and the pipe that stops the reader.
        fn pipes() -> ((OwnedFd, io::PipeWriter), (OwnedFd, io::PipeWriter)) {
            let [(keys, typist), (stopped, stop)] = [io::pipe().unwrap(), io::pipe().unwrap()];
            ((keys.into(), typist), (stopped.into(), stop))
        }

        fn is_key(wake: Option<&Wake>, code: KeyCode) -> bool {
            matches!(wake, Some(Wake::Message(Message::Key(key))) if key.code == code)
        }

        #[test]
        fn the_reader_passes_keys_on_and_says_when_its_terminal_is_gone() {
            let ((keys, mut typist), (stopped, _stop)) = pipes();
            let (sender, receiver) = channel();
            let reader = std::thread::spawn(move || pump(&keys, &stopped, &sender));
            typist.write_all(b"j\x1b").unwrap();
            assert!(is_key(receiver.recv().ok().as_ref(), KeyCode::Char('j')));
            assert!(is_key(receiver.recv().ok().as_ref(), KeyCode::Esc));
            drop(typist);
            assert!(matches!(receiver.recv(), Ok(Wake::Gone)));
            reader.join().unwrap();
        }

        #[test]
        fn the_reader_ends_with_the_loop() {
            let ((keys, mut typist), (stopped, _stop)) = pipes();
            let (sender, receiver) = channel();
            drop(receiver);
            typist.write_all(b"j").unwrap();
            pump(&keys, &stopped, &sender);
        }

        #[test]
        fn a_reader_that_is_stopped_leaves_what_is_typed_to_the_shell() {
            let ((keys, mut typist), (stopped, stop)) = pipes();
            let (sender, receiver) = channel();
            typist.write_all(b"ls").unwrap();
            drop(stop);
            pump(&keys, &stopped, &sender);
            drop(sender);
            assert!(receiver.recv().is_err());
            let mut left = [0; 2];
            assert_eq!(read(&keys, &mut left), Ok(2));
        }
    }
}

/// The thread at work.
#[cfg(not(unix))]
pub(super) struct Reading;

#[cfg(not(unix))]
impl Reading {
    /// It ends with the program.
    pub(super) fn stop(self) {}
}

/// Starts reading.
#[cfg(not(unix))]
pub(super) fn spawn(sender: Sender<Wake>) -> io::Result<Reading> {
    use crossterm::event::{Event, KeyEventKind, MouseEventKind, read};

    use crate::tui::message::Message;

    super::thread::spawn("keys", sender, |sender| {
        loop {
            let message = match read() {
                Ok(Event::Key(key)) if key.kind != KeyEventKind::Release => Message::Key(key),
                Ok(Event::Mouse(mouse)) if mouse.kind != MouseEventKind::Moved => Message::Mouse(mouse),
                Ok(Event::Paste(text)) => Message::Paste(super::paste::clean(&text)),
                Ok(Event::Resize(columns, rows)) => Message::Resize(columns, rows),
                Ok(_) => continue,
                Err(_) => break,
            };
            if sender.send(Wake::Message(message)).is_err() {
                return;
            }
        }
        let _ = sender.send(Wake::Gone);
    })?;
    Ok(Reading)
}
