//! What views and pop-ups are, and what they may ask for: they cannot change anything themselves.

use std::path::Path;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::command::{Command, Scope, ViewName};
use super::context::Context;
use super::message::{Effect, SaveRequest};
use crate::model::{Edit, InputId};
use crate::preset::{Document, Entry};
use crate::report::brief::{Brief, brief};
use crate::report::{Format, to_text};

/// A result that views show, whichever it is: every report with a table for readers.
pub(super) trait Shown {
    /// What it says, as one sentence.
    fn sentence(&self) -> String;

    /// The same in fewer words.
    fn short_sentence(&self) -> String;

    /// As the screen shows it, for pasting.
    fn pasted(&self) -> String;

    /// Every digit of it, or a table.
    fn exported(&self, format: Format) -> String;
}

impl<R: Brief> Shown for R {
    fn sentence(&self) -> String {
        self.conclusion()
    }

    fn short_sentence(&self) -> String {
        self.short()
    }

    fn pasted(&self) -> String {
        brief(self)
    }

    fn exported(&self, format: Format) -> String {
        to_text(self, format)
    }
}

/// A picture of one analysis. Results are made in `refresh`, after a change; drawing only shows them.
pub(super) trait View {
    /// Makes the results anew: the document, the pinned scenario or the target changed.
    fn refresh(&mut self, cx: &Context);

    /// The result; `None` while there is none.
    fn result(&self) -> Option<&dyn Shown>;

    /// What the view says, as one sentence above the picture.
    fn conclusion(&self, _cx: &Context) -> String {
        self.result().map(Shown::sentence).unwrap_or_default()
    }

    /// The same in fewer words, for where it would take the room of the picture.
    fn short(&self, cx: &Context) -> String {
        self.result().map_or_else(|| self.conclusion(cx), Shown::short_sentence)
    }

    /// Draws the picture below the sentence.
    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer);

    /// Runs a command while it has the focus; `None` if the command means nothing here.
    fn command(&mut self, _command: Command, _cx: &Context, _area: Rect) -> Option<Vec<Action>> {
        None
    }

    /// Handles a click or a drag at a position inside `area`.
    fn click(&mut self, _at: Position, _cx: &Context, _area: Rect) -> Vec<Action> {
        Vec::new()
    }

    /// The input under the cursor, if that is what stands there.
    fn input(&self, _cx: &Context, _area: Rect) -> Option<InputId> {
        None
    }

    /// Shows only rows that hold these words, where it has rows.
    fn filter(&mut self, _words: &str) {}

    /// Whether the results were made from less than they want to be, because input was pending.
    fn unfinished(&self) -> bool {
        false
    }
}

/// A window above the screen.
pub(super) trait Popup {
    /// The title in the border.
    fn title(&self, cx: &Context) -> String;

    /// The size it would like, border included.
    fn size(&self, cx: &Context, screen: Rect) -> (u16, u16);

    /// Draws the inside.
    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer);

    /// Where keys are looked up; a field takes printable keys as text.
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List]
    }

    /// Runs a command. Esc closes before it comes here unless `keeps_escape`.
    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Vec<Action>;

    /// Takes a key that is no command: text for a field.
    fn key(&mut self, _key: KeyEvent, _cx: &Context) -> Vec<Action> {
        Vec::new()
    }

    /// Whether pasted text can go into it.
    fn takes_text(&self) -> bool {
        self.scopes().contains(&Scope::Field)
    }

    /// Takes pasted text, one line, already without control characters.
    fn paste(&mut self, _text: &str, _cx: &Context) -> Vec<Action> {
        Vec::new()
    }

    /// Handles a click inside `area`.
    fn click(&mut self, _at: Position, _cx: &Context, _area: Rect) -> Vec<Action> {
        Vec::new()
    }

    /// The list of presets has arrived, or a file changed; only the preset list cares.
    fn listed(&mut self, _entries: &[Entry], _directory: Option<&Path>) {}

    /// The list of stories has arrived; only the list of stories cares.
    fn stories(&mut self, _entries: &[crate::story::Entry]) {}

    /// Whether it shows a pasted scenario that could be opened.
    fn is_preview(&self) -> bool {
        false
    }

    /// Whether it shows the list of presets.
    fn wants_list(&self) -> bool {
        false
    }

    /// Whether the pop-up wants to know of Esc and closes itself.
    fn keeps_escape(&self) -> bool {
        false
    }
}

/// A change of the document; returns what was done, or why not.
pub(super) type Change = Box<dyn FnOnce(&mut Document) -> Result<String, String>>;

/// One request.
pub(super) enum Action {
    /// Close the pop-up that asks.
    Close,
    /// Run a command.
    Do(Command),
    /// Put the focus on an input.
    Focus(InputId),
    /// Set values, as an undo of their own.
    Set(Vec<Edit>),
    /// Move inputs together, as part of a run of moves of this kind.
    StepInRun(&'static str, Vec<(InputId, f64)>),
    /// Change the document in some other way, as an undo of its own; the text says what was done.
    Change(Change),
    /// Open a pop-up above.
    Popup(Box<dyn Popup>),
    /// Ask for the 90 % range of an input.
    EditRange(InputId),
    /// Show only rows of the view that hold these words.
    FilterView(String),
    /// Ask for the words to filter the view by; these stand there now.
    AskFilter(String),
    /// Set the target margin.
    Target(f64),
    /// Open a view.
    ShowView(ViewName),
    /// Pin a document.
    Pin(Box<Document>),
    /// Open a preset in place of the present one.
    Open(std::sync::Arc<crate::preset::Preset>),
    /// Tell a story.
    Tell(std::sync::Arc<crate::story::Story>),
    /// Open a document, edits included, in place of the present one.
    Adopt(Box<Document>),
    /// Save the document.
    Save(SaveRequest),
    /// Leave, whatever is not saved.
    Leave,
    /// Make the results of the views anew: one of them shows something else now.
    Refresh,
    /// Carry something out outside.
    Effect(Effect),
    /// Say something in the footer.
    Say(String),
    /// Say what went wrong.
    Warn(String),
}
