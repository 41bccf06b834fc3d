//! What the explorer starts with.

use std::path::PathBuf;
use std::sync::Arc;

use super::command::Keymap;
use super::session::{Bookmark, Chosen};
use super::theme;
use super::theme_choice::{TerminalColours, ThemeChoice};
use crate::book::Books;
use crate::preset::Document;
use crate::report::view::ViewName;
use crate::story::Story;

/// How the explorer starts.
#[derive(Clone, Debug)]
pub struct Start {
    /// What is opened.
    pub document: Document,
    /// What it is compared with.
    pub pinned: Option<Document>,
    /// Colours.
    pub theme: ThemeChoice,
    /// What the terminal has to show them.
    pub terminal: TerminalColours,
    /// Plain signs only.
    pub ascii: bool,
    /// Which keys do what.
    pub keys: Keymap,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Theme and mouse as the user chose them in an earlier session; they stay remembered.
    pub chosen: Chosen,
    /// What was looked at when the last session ended.
    pub bookmark: Option<Bookmark>,
    /// The directory of the user's presets, where the command line named one.
    pub config_dir: Option<PathBuf>,
    /// Other people's prices, rates and rents.
    pub books: Arc<Books>,
    /// The margin that a verdict is measured against; 0, or the bookmark's, if not said.
    pub target: Option<f64>,
    /// The view in front; the first one, or the bookmark's, if not said.
    pub view: Option<ViewName>,
    /// The story that is told.
    pub story: Option<Arc<Story>>,
    /// Something to be said at once: what could not be read, what is not as it was.
    pub notice: Option<String>,
}

impl Start {
    /// A start with nothing pinned, in the terminal's own colours.
    pub fn new(document: Document) -> Self {
        Self {
            document,
            pinned: None,
            theme: ThemeChoice::Always(&theme::TERMINAL),
            terminal: TerminalColours::default(),
            ascii: false,
            keys: Keymap::default(),
            mouse: true,
            chosen: Chosen::default(),
            bookmark: None,
            config_dir: None,
            books: Arc::clone(Books::shipped()),
            target: None,
            view: None,
            story: None,
            notice: None,
        }
    }
}
