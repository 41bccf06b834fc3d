//! What the loop runs: the explorer, or a stand-in for it.

use ratatui::Frame;

use crate::tui::app::{App, render};
use crate::tui::message::{Effect, Message};

/// What the loop runs.
pub trait Program {
    /// Takes in one message; returns what is to be done outside.
    fn update(&mut self, message: Message) -> Vec<Effect>;

    /// Whether what is on the screen is out of date.
    fn needs_draw(&self) -> bool;

    /// Draws everything.
    fn draw(&mut self, frame: &mut Frame);

    /// Computes in full what was drawn in haste, because more input was waiting; returns whether anything was.
    fn refine(&mut self) -> bool {
        false
    }

    /// Tells whether more input is waiting, so that heavy results may be made from less.
    fn set_busy(&mut self, _waiting: bool) {}

    /// The command that leads back here, for the shell to show once the terminal is its own again.
    fn replay_hint(&self) -> Option<String> {
        None
    }
}

impl Program for App {
    fn update(&mut self, message: Message) -> Vec<Effect> {
        App::update(self, message)
    }

    fn needs_draw(&self) -> bool {
        self.changed
    }

    fn draw(&mut self, frame: &mut Frame) {
        // The terminal may have changed its size before its message came.
        if self.screen != frame.area() {
            self.screen = frame.area();
            self.refresh_views();
            self.settle();
        }
        self.changed = false;
        self.is_seen();
        render(self, frame.buffer_mut());
    }

    fn refine(&mut self) -> bool {
        let unfinished = self.unfinished();
        if unfinished {
            self.cx.busy = false;
            self.refresh_views();
            self.settle();
        }
        unfinished
    }

    fn set_busy(&mut self, waiting: bool) {
        self.cx.busy = waiting;
    }

    fn replay_hint(&self) -> Option<String> {
        self.cx.command_line()
    }
}
