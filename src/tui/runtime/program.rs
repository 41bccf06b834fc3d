//! What the loop runs: the explorer, or a stand-in for it.

use ratatui::Frame;

use crate::tui::app::App;
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
    fn refine(&mut self) -> bool;
    /// Tells whether more input is waiting, so that heavy results may be made from less.
    fn set_busy(&mut self, waiting: bool);
    /// The command that leads back here, for the shell to show once the terminal is its own again.
    fn replay_hint(&self) -> Option<String>;
}

impl Program for App {
    fn update(&mut self, message: Message) -> Vec<Effect> {
        App::update(self, message)
    }

    fn needs_draw(&self) -> bool {
        App::needs_draw(self)
    }

    fn draw(&mut self, frame: &mut Frame) {
        App::draw(self, frame);
    }

    fn refine(&mut self) -> bool {
        let unfinished = self.unfinished();
        if unfinished {
            App::refine(self);
        }
        unfinished
    }

    fn set_busy(&mut self, waiting: bool) {
        App::set_busy(self, waiting);
    }

    fn replay_hint(&self) -> Option<String> {
        App::replay_hint(self)
    }
}
