//! What views and pop-ups ask the explorer to do; they cannot do it themselves.

use super::command::Command;
use super::message::{Effect, SaveRequest};
use super::popups::Popup;
use crate::model::{Edit, InputId};
use crate::preset::Document;

/// A change of the document; answers what was done, or why not.
pub type Change = Box<dyn FnOnce(&mut Document) -> Result<String, String>>;

/// One request.
pub enum Action {
    /// Close the pop-up that asks.
    Close,
    /// Obey a command.
    Do(Command),
    /// Put the focus on an input.
    Focus(InputId),
    /// Set values, as an undo of their own.
    Set(Vec<Edit>),
    /// Move inputs together, as part of a run of moves of this kind.
    Stroke(&'static str, Vec<(InputId, f64)>),
    /// Change the document in some other way, as an undo of its own; the text says what was done.
    Change(Change),
    /// Open a pop-up above.
    Popup(Box<dyn Popup>),
    /// Set the target margin.
    Target(f64),
    /// Pin a document.
    Pin(Box<Document>),
    /// Open a preset in place of the present one.
    Open(std::sync::Arc<crate::preset::Preset>),
    /// Open a document, edits included, in place of the present one.
    Adopt(Box<Document>),
    /// Save the document.
    Save(SaveRequest),
    /// Leave, whatever is not saved.
    Leave,
    /// Carry something out outside.
    Effect(Effect),
    /// Say something in the footer.
    Say(String),
    /// Say what went wrong.
    Warn(String),
}
