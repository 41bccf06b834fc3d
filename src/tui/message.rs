//! What comes into the explorer and what goes out of it. Between the two, `update` touches nothing outside.

use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};

use crate::preset::{Document, Preset};

/// Something happened.
#[derive(Debug)]
pub enum Message {
    /// A key went down.
    Key(KeyEvent),
    /// The mouse did something other than move about.
    Mouse(MouseEvent),
    /// Text was pasted; it is text, never keys.
    Paste(String),
    /// The terminal has a new size: columns, rows.
    Resize(u16, u16),
    /// The program is back from being suspended; the screen has to be drawn anew.
    Resumed,
    /// Preset files changed on disk.
    FilesChanged(Vec<PathBuf>),
    /// An effect has been carried out.
    Done(Outcome),
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
    /// Write text to a new file in the current directory; answers with the path.
    Export {
        /// The file name wanted; a number is added if it is taken.
        file_name: String,
        /// What to write.
        text: String,
    },
    /// Read the list of presets.
    ListPresets,
    /// Read one preset.
    Load {
        /// A name, path or `builtin:NAME`.
        name: String,
        /// What the preset is wanted for.
        purpose: Purpose,
    },
    /// Read the open file again, because it changed on disk.
    Reload(PathBuf),
    /// Save the document to its own file.
    Save {
        /// What to save.
        document: Box<Document>,
        /// Whether to overwrite a file that changed on disk, and to follow a link out of the directory.
        force: bool,
        /// Whether to leave once it is saved.
        quit: bool,
    },
    /// Save the document under a new name in the user's directory.
    SaveAs {
        /// What to save.
        document: Box<Document>,
        /// The new name.
        name: String,
        /// Whether to replace a preset of that name.
        force: bool,
    },
    /// Move a user's preset to the trash.
    Delete(PathBuf),
    /// Bring the last deleted preset back.
    Restore(PathBuf),
    /// Remember theme, mouse and session for the next start.
    Remember(String),
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
    /// The presets there are.
    Listed(Vec<crate::preset::Entry>),
    /// A preset was read, or why not.
    Loaded(Result<Arc<Preset>, String>, Purpose),
    /// The open file was read again.
    Reloaded(Result<Arc<Preset>, String>),
    /// The document was saved: the preset as it is on disk now.
    Saved(Result<Arc<Preset>, SaveProblem>),
    /// A preset went to the trash: where it was, where it is.
    Deleted(Result<(PathBuf, PathBuf), String>),
    /// A preset came back from the trash.
    Restored(Result<PathBuf, String>),
}

/// Why a save did not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveProblem {
    /// It would go ahead after a yes to this question.
    Ask(String),
    /// It cannot go ahead.
    Failed(String),
}
