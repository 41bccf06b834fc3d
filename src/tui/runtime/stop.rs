//! Stopping as Ctrl-z stops a program, after the terminal has been given back.
//!
//! SIGTSTP is blocked in every thread and never handled. While it is pending the terminal is given back; then it is
//! let through. As a pending stop is dropped by the system when SIGCONT comes, and a pending SIGCONT when a stop comes,
//! whichever came last counts. Handlers cannot tell: they run late, on any thread, in any order.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use nix::sys::signal::{SigSet, Signal};
use rustix::process::{getpid, kill_process};
use signal_hook::consts::SIGCONT;
use signal_hook::flag;

use super::wake::Wake;

/// Lets a stop through.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    /// SIGCONT has come.
    continued: Arc<AtomicBool>,
    /// Told after every stop that was let through.
    over: Sender<()>,
}

/// Waits for a stop.
pub(super) struct Pending {
    over: Receiver<()>,
}

/// Keeps SIGTSTP pending from now on, in this thread and in those it starts. To be called after SIGCONT is passed on,
/// so that whoever knows of it finds it in the channel.
pub(super) fn hold_back() -> io::Result<(Stop, Pending)> {
    let continued = Arc::new(AtomicBool::new(false));
    flag::register(SIGCONT, Arc::clone(&continued))?;
    SigSet::from(Signal::SIGTSTP).thread_block()?;
    let (sender, over) = channel();
    Ok((Stop { continued, over: sender }, Pending { over }))
}

impl Stop {
    /// Asks for a stop, as the terminal would on Ctrl-z.
    pub(super) fn ask() -> io::Result<()> {
        Ok(kill_process(getpid(), rustix::process::Signal::TSTP)?)
    }

    /// Stops here if a stop is pending. Returns when the program goes on, and whether SIGCONT has come: not where
    /// nobody could send it, in a group of processes that no shell looks after.
    pub(super) fn let_through(&self) -> io::Result<bool> {
        let stop = SigSet::from(Signal::SIGTSTP);
        self.continued.store(false, Ordering::SeqCst);
        stop.thread_unblock()?;
        stop.thread_block()?;
        // The thread that waits may have ended with the explorer.
        let _ = self.over.send(());
        Ok(self.continued.load(Ordering::SeqCst))
    }
}

impl Pending {
    /// Wakes the loop for every stop.
    pub(super) fn pass_on(self, sender: &Sender<Wake>) {
        while wait().is_ok() && sender.send(Wake::Suspend).is_ok() && self.over.recv().is_ok() {}
    }
}

/// Returns when a stop is pending, and leaves it so.
#[cfg(target_os = "linux")]
fn wait() -> io::Result<()> {
    use nix::sys::signalfd::{SfdFlags, SignalFd};
    use rustix::event::{PollFd, PollFlags, poll};

    let stops = SignalFd::with_flags(&SigSet::from(Signal::SIGTSTP), SfdFlags::SFD_CLOEXEC)?;
    Ok(rustix::io::retry_on_intr(|| poll(&mut [PollFd::new(&stops, PollFlags::IN)], None)).map(drop)?)
}

/// Returns when a stop is pending, and leaves it so, but for an instant.
#[cfg(not(target_os = "linux"))]
fn wait() -> io::Result<()> {
    SigSet::from(Signal::SIGTSTP).wait()?;
    Ok(kill_process(getpid(), rustix::process::Signal::TSTP)?)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::os::unix::process::CommandExt;
    use std::process::{Child, Command, Stdio};

    use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, waitpid};

    use super::*;

    /// Set for a process that stops and goes on as it is told.
    const STOPPING: &str = "NAPKIN_TEST_STOPPING";

    #[test]
    #[ignore = "run by the tests below, in a process of its own"]
    fn a_process_that_stops() {
        if std::env::var_os(STOPPING).is_none() {
            return;
        }
        let (stop, pending) = hold_back().unwrap();
        let (sender, receiver) = channel();
        std::thread::spawn(move || pending.pass_on(&sender));
        eprintln!("ready");
        for _ in receiver {
            stop.let_through().unwrap();
        }
    }

    /// The process above, which has a shell: this one. It says when it is ready.
    fn start() -> (Child, Pid) {
        let name = concat!(module_path!(), "::a_process_that_stops");
        let (_, name) = name.split_once("::").unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--ignored", "--nocapture"])
            .env(STOPPING, "yes")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut ready).unwrap();
        assert_eq!(ready, "ready\n");
        let pid = Pid::from_child(&child);
        (child, pid)
    }

    fn send(pid: Pid, signals: &[Signal]) {
        for signal in signals {
            kill_process(pid, *signal).unwrap();
        }
    }

    /// What becomes of it: stopped or ended.
    fn state(pid: Pid) -> WaitStatus {
        waitpid(Some(pid), WaitOptions::UNTRACED).unwrap().unwrap().1
    }

    #[test]
    fn whatever_comes_last_of_stop_and_go_on_counts() {
        let (_child, pid) = start();
        for _ in 0..20 {
            send(pid, &[Signal::TSTP, Signal::CONT].repeat(100));
            send(pid, &[Signal::CONT, Signal::TSTP].repeat(100));
            assert!(state(pid).stopped());
        }
        send(pid, &[Signal::TSTP, Signal::CONT].repeat(100));
        // A program that is stopped would not hear of it.
        send(pid, &[Signal::TERM]);
        assert_eq!(state(pid).terminating_signal(), Some(Signal::TERM.as_raw()));
    }
}
