//! What comes into the explorer and what goes out of it. Between the two, `update` touches nothing outside.

use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};
use serde::{Deserialize, Serialize};

use crate::preset::{Document, Entry, Permit, Preset, Reload, SaveError, Saved, Trashed};

/// Something happened.
#[derive(Debug)]
pub enum Message {
    /// A key went down.
    Key(KeyEvent),
    /// The mouse did something other than move about.
    Mouse(MouseEvent),
    /// The terminal said how bright its background is, asked or because it changed.
    Background(Background),
    /// Text was pasted; it is text, never keys.
    Paste(String),
    /// The terminal has a new size: columns, rows.
    Resize(u16, u16),
    /// The program is back from being suspended; the screen has to be drawn anew.
    Resumed,
    /// A signal ends the program; only what has to be remembered can still be done.
    Leaving,
    /// Preset files changed on disk.
    FilesChanged(Vec<PathBuf>),
    /// An effect has been carried out.
    Done(Outcome),
}

/// How bright the background of the terminal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Background {
    /// Light text on it is read best.
    Dark,
    /// Dark text is.
    Light,
}

/// Something to be done outside.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Leave with this exit code.
    Quit(u8),
    /// Hand the terminal back to the shell until the user returns.
    Suspend,
    /// Clear the terminal and draw everything anew.
    Redraw,
    /// Ask the terminal to report the mouse, or not to.
    Mouse(bool),
    /// Put text on the clipboard.
    Copy {
        /// The text.
        text: String,
        /// What it is, for the confirmation: "claim card".
        what: &'static str,
    },
    /// Write text to a new file in the current directory; returns its path.
    Export {
        /// The file name wanted; a number is added if it is taken.
        file_name: String,
        /// What to write.
        text: String,
    },
    /// Read the list of presets.
    ListPresets,
    /// Read the list of presets again, since files changed; the screen does not wait for it.
    RelistPresets,
    /// Write a new preset of the user's under this name.
    NewPreset(String),
    /// Read the list of stories.
    ListStories,
    /// Watch this file too, since it is the open one; `None` if what is open has no file.
    Watch(Option<PathBuf>),
    /// Read the file of the open document again, because something changed on disk.
    Reload(Box<Document>),
    /// Save the document; returns the request, so that a question can repeat it.
    Save {
        /// What to save.
        document: Box<Document>,
        /// Where, and what is agreed to.
        request: SaveRequest,
    },
    /// Move the user's preset of this name to the trash.
    Delete(String),
    /// Bring a deleted preset back.
    Restore(Trashed),
    /// Remember theme, mouse and session for the next start: the whole text of the state file.
    Remember(String),
}

/// Where to save, and what follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaveRequest {
    /// The name of a new preset in the user's directory; `None` is the document's own file.
    pub name: Option<String>,
    /// Title and summary that the document gets by it; they are in the document to be saved already.
    pub about: Option<(String, String)>,
    /// What was asked about and answered with yes.
    pub permit: Permit,
    /// Leave once it is saved.
    pub quit: bool,
}

/// What a preset is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be explored.
    Open,
    /// To be compared with.
    Pin,
}

/// What became of an effect.
#[derive(Debug)]
pub enum Outcome {
    /// Text went to the clipboard; by what way.
    Copied {
        /// What it was.
        what: &'static str,
        /// By what way: `tmux`, `wl-copy`, `the terminal (OSC 52)`.
        how: String,
    },
    /// A file was written.
    Exported(Result<PathBuf, String>),
    /// The presets there are, and the directory of the user's.
    Listed(Vec<Entry>, Option<PathBuf>),
    /// A new preset of this name was written, or why not.
    Created(String, Result<Arc<Preset>, String>),
    /// The stories there are.
    StoriesListed(Vec<crate::story::Entry>),
    /// The open file was looked at again.
    Reloaded(Reload),
    /// The document was saved, or why not.
    Saved(SaveRequest, Result<Saved, SaveError>),
    /// Another program is saving to the same directory; `Unlocked` follows.
    Locked(SaveRequest),
    /// It has finished, or takes too long.
    Unlocked(bool),
    /// A preset went to the trash.
    Deleted(Result<Trashed, String>),
    /// A preset came back from the trash.
    Restored(Result<Trashed, String>),
}
