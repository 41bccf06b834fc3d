//! The loop: sleep until something happens, take in all that has happened, draw once.
//!
//! No tick and no clock: while nothing happens it neither computes nor writes.

use std::collections::VecDeque;
use std::sync::mpsc::Receiver;

use color_eyre::eyre::{Result, eyre};
use crossterm::event::MouseEventKind;
use ratatui::backend::Backend;
use ratatui::layout::{Rect, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};

use super::effects::Effects;
use super::program::Program;
use super::wake::{self, Wake};
use crate::tui::message::{Effect, Message};

/// Most messages handled between two frames.
const BATCH: usize = 1024;
/// The largest screen that is drawn: twice the cells of a 4K display in a small font. What a terminal says beyond
/// it stays empty, and no memory is asked for it.
const LARGEST: Size = Size { width: 1000, height: 300 };

/// What the loop needs of the terminal besides drawing on it.
pub(super) trait Console {
    /// Asks for mouse reports, or asks to stop them.
    fn mouse(&mut self, on: bool) -> std::io::Result<()>;
    /// Hands text to the terminal for its clipboard.
    fn copy(&mut self, text: &str) -> std::io::Result<()>;
    /// A frame follows.
    fn begin_frame(&mut self) -> std::io::Result<()> {
        Ok(())
    }
    /// The frame is complete: shows it, all at once.
    fn end_frame(&mut self) -> std::io::Result<()> {
        Ok(())
    }
    /// Asks for a stop; `Wake::Suspend` follows.
    fn ask_to_suspend(&mut self) -> std::io::Result<()>;
    /// Gives the terminal back and stops. Returns whether `Wake::Continued` follows: not when stopping is not
    /// possible here.
    fn suspend(&mut self) -> std::io::Result<bool>;
    /// Takes the terminal over again.
    fn resume(&mut self) -> std::io::Result<()>;
    /// Whether the terminal is ours to draw on.
    fn is_ours(&self) -> bool;
}

/// Everything that runs together.
pub(super) struct EventLoop<'a, P, B: Backend, E, C> {
    pub(super) program: &'a mut P,
    pub(super) terminal: Terminal<B>,
    pub(super) effects: E,
    pub(super) console: C,
    pub(super) receiver: Receiver<Wake>,
    queue: VecDeque<Wake>,
    /// The screen may hold something else than what was drawn last, or have another size.
    repaint: bool,
    /// What is drawn on.
    area: Rect,
}

impl<'a, P, B, E, C> EventLoop<'a, P, B, E, C>
where
    P: Program,
    B: Backend<Error: Send + Sync + 'static>,
    E: Effects,
    C: Console,
{
    pub(super) fn new(
        program: &'a mut P,
        mut terminal: Terminal<B>,
        effects: E,
        console: C,
        receiver: Receiver<Wake>,
    ) -> Self {
        let area = terminal.get_frame().area();
        Self { program, terminal, effects, console, receiver, queue: VecDeque::new(), repaint: false, area }
    }

    /// Runs until the explorer is left; returns the exit code. What wakes the loop is started by `listen`, when there
    /// is something to look at.
    pub(super) fn run(&mut self, listen: impl FnOnce(&mut E, &mut C) -> Result<()>) -> Result<u8> {
        let effects = self.program.update(Message::Resize(self.area.width, self.area.height));
        self.draw()?;
        listen(&mut self.effects, &mut self.console)?;
        let mut end = self.carry_out(effects)?;
        while end.is_none() {
            end = self.turn()?;
        }
        Ok(end.unwrap_or_default())
    }

    /// Waits until something happens, handles all of it, draws once.
    fn turn(&mut self) -> Result<Option<u8>> {
        self.take_in();
        if self.queue.is_empty() && self.program.refine() {
            self.draw()?;
            self.take_in();
        }
        if self.queue.is_empty() {
            // Nobody is left who could say more: as good as a terminal that is gone.
            self.queue.push_back(self.receiver.recv().unwrap_or(Wake::Gone));
            self.take_in();
        }
        let mut waiting = newest(std::mem::take(&mut self.queue)).into_iter().peekable();
        while let Some(wake) = waiting.next() {
            // Only what the last one leads to will be seen: nothing before it is worth computing in full.
            self.program.set_busy(waiting.peek().is_some());
            let end = self.handle(wake)?;
            if end.is_some() {
                return Ok(end);
            }
        }
        self.take_in();
        self.program.set_busy(!self.queue.is_empty());
        self.draw()?;
        Ok(None)
    }

    /// Takes in what has come, without waiting.
    fn take_in(&mut self) {
        while self.queue.len() < BATCH
            && let Ok(wake) = self.receiver.try_recv()
        {
            self.queue.push_back(wake);
        }
    }

    /// Handles one thing that happened; returns the exit code if it was the end.
    fn handle(&mut self, wake: Wake) -> Result<Option<u8>> {
        match wake {
            Wake::Message(Message::Resize(width, height)) => {
                self.repaint = true;
                let size = within(Size { width, height });
                self.update(Message::Resize(size.width, size.height))
            }
            Wake::Message(message) => self.update(message),
            Wake::Suspend => {
                self.suspend()?;
                Ok(None)
            }
            Wake::Continued => self.resume(),
            Wake::Leave(code) => Ok(Some(self.leave(code))),
            Wake::Gone => Ok(Some(self.leave(wake::HANGUP))),
            Wake::Broken => Err(eyre!("a part of the explorer failed")),
        }
    }

    /// Lets the program remember what it has to before it leaves with this exit code.
    fn leave(&mut self, code: u8) -> u8 {
        for effect in self.program.update(Message::Leaving) {
            if let Effect::Remember(_) = effect {
                let _ = self.effects.perform(effect);
            }
        }
        code
    }

    /// Lets the program take in a message and everything that comes of it.
    fn update(&mut self, message: Message) -> Result<Option<u8>> {
        let effects = self.program.update(message);
        self.carry_out(effects)
    }

    /// Carries out effects, and lets the program take in what became of them.
    fn carry_out(&mut self, effects: Vec<Effect>) -> Result<Option<u8>> {
        let mut effects = VecDeque::from(effects);
        let mut code = None;
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Quit(with) => code = Some(with),
                Effect::Suspend => self.console.ask_to_suspend()?,
                Effect::Redraw => self.repaint = true,
                Effect::Mouse(on) => self.console.mouse(on)?,
                effect => {
                    if let Effect::Copy { text, .. } = &effect {
                        self.console.copy(text)?;
                    }
                    if let Some(outcome) = self.effects.perform(effect) {
                        effects.extend(self.program.update(Message::Done(outcome)));
                    }
                }
            }
        }
        Ok(code)
    }

    /// Gives the terminal back until `Wake::Continued`.
    fn suspend(&mut self) -> Result<()> {
        if self.console.is_ours() && !self.console.suspend()? {
            self.console.resume()?;
            self.repaint = true;
        }
        Ok(())
    }

    /// Takes the terminal over again, whether it was given back or the program was stopped from outside.
    fn resume(&mut self) -> Result<Option<u8>> {
        self.console.resume()?;
        self.repaint = true;
        self.update(Message::Resumed)
    }

    /// Draws if there is something to draw.
    fn draw(&mut self) -> Result<()> {
        if !self.console.is_ours() || !(self.repaint || self.program.needs_draw()) {
            return Ok(());
        }
        self.console.begin_frame()?;
        if std::mem::take(&mut self.repaint) {
            // Clears the screen and forgets what was on it, without asking the terminal for the cursor.
            self.area = Rect::from(within(self.terminal.size()?));
            self.terminal.resize(self.area)?;
        }
        self.terminal.draw(|frame| self.program.draw(frame))?;
        self.console.end_frame()?;
        Ok(())
    }
}

/// A terminal on this backend, as large as is drawn.
pub(super) fn terminal<B: Backend>(backend: B) -> Result<Terminal<B>, B::Error> {
    let area = Rect::from(within(backend.size()?));
    Terminal::with_options(backend, TerminalOptions { viewport: Viewport::Fixed(area) })
}

/// The part of a screen that is drawn.
fn within(size: Size) -> Size {
    Size { width: size.width.min(LARGEST.width), height: size.height.min(LARGEST.height) }
}

/// Without drags and sizes that the next message makes obsolete, and with all that changed on disk in one message:
/// whatever it was, files are read again once.
fn newest(wakes: VecDeque<Wake>) -> Vec<Wake> {
    let mut kept: Vec<Wake> = Vec::with_capacity(wakes.len());
    let is_change = |wake: &Wake| matches!(wake, Wake::Message(Message::FilesChanged(_)));
    let last_change = wakes.iter().rposition(is_change);
    for (index, wake) in wakes.into_iter().enumerate() {
        if is_change(&wake) && last_change != Some(index) {
            continue;
        }
        match kept.last_mut() {
            Some(last) if replaces(&wake, last) => *last = wake,
            _ => kept.push(wake),
        }
    }
    kept
}

fn replaces(later: &Wake, earlier: &Wake) -> bool {
    match (later, earlier) {
        (Wake::Message(Message::Resize(..)), Wake::Message(Message::Resize(..))) => true,
        (Wake::Message(Message::Mouse(later)), Wake::Message(Message::Mouse(earlier))) => {
            matches!(later.kind, MouseEventKind::Drag(_))
                && later.kind == earlier.kind
                && later.modifiers == earlier.modifiers
        }
        _ => false,
    }
}

#[cfg(test)]
mod storm;
#[cfg(test)]
mod tests;
