//! What is remembered from one start to the next: theme, mouse, and where the last session ended.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::message::Background;
use crate::preset::{Document, Origin, Store, builtin, read, to_toml};
use crate::text;

/// What is said of a state file that is none.
pub(super) const UNREADABLE: &str = "what was remembered cannot be read";

/// What the state file says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// What the user chose with a key.
    #[serde(flatten)]
    pub chosen: Chosen,
    /// How bright the background of the terminal was.
    pub background: Option<Background>,
    /// Where the last session ended.
    pub session: Option<Session>,
}

/// What the user chose with a key; what the command line or the environment ask for is for once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    /// The name of the theme.
    pub theme: Option<String>,
    /// Whether the mouse is used.
    pub mouse: Option<bool>,
}

/// Where a session ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// What was looked at, and how.
    #[serde(flatten)]
    pub bookmark: Bookmark,
    /// What was open.
    pub open: KeptDocument,
    /// What it was compared with.
    pub pinned: Option<KeptDocument>,
}

/// What is looked at, and how.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Bookmark {
    /// The name of the view.
    pub view: String,
    /// Whether the view has the focus.
    pub in_view: bool,
    /// The id of the focused input.
    pub focused: String,
    /// The key of the tier whose prices are shown.
    pub tier: String,
    /// The target margin.
    pub target: f64,
    /// The result shown large.
    pub measure: String,
}

/// A document as it is remembered: the preset by its name, and the whole text where that may not be enough.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptDocument {
    /// Whether the text is something else than the preset.
    edited: bool,
    preset: Option<String>,
    fingerprint: Option<String>,
    text: Option<String>,
}

/// A session brought back.
#[derive(Clone, Debug)]
pub struct Resumed {
    /// What was open.
    pub document: Document,
    /// What it was compared with.
    pub pinned: Option<Document>,
    /// What was looked at.
    pub bookmark: Bookmark,
    /// What is not as it was, in one line.
    pub notice: Option<String>,
}

impl Memory {
    /// Reads a state file. Keys that it does not know are as if they were not there.
    pub fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|_| UNREADABLE.to_owned())
    }

    /// The text of the state file.
    pub fn to_text(&self) -> String {
        // Strings, numbers and tables: TOML can say them all.
        toml::to_string(self).unwrap_or_default()
    }

    /// Brings the last session back, as far as it can be.
    pub fn resume(&self, store: &Store) -> Result<Resumed, String> {
        let session = self.session.as_ref().ok_or("there is no earlier session to resume")?;
        let (document, mut notice) = session.open.open(store)?;
        let pinned = match session.pinned.as_ref().map(|kept| kept.open(store)) {
            Some(Ok((pinned, changed))) => {
                notice = notice.or(changed);
                Some(pinned)
            }
            Some(Err(problem)) => {
                notice = notice.or(Some(problem));
                None
            }
            None => None,
        };
        Ok(Resumed { document, pinned, bookmark: session.bookmark.clone(), notice })
    }
}

impl KeptDocument {
    /// What has to be remembered of a document.
    pub fn new(document: &Document) -> Self {
        let base = document.base();
        let preset = match &base.origin {
            Origin::Builtin(name) => Some(format!("builtin:{name}")),
            Origin::User { name, .. } => Some(name.clone()),
            // The next start may be in another directory.
            Origin::File(path) => Some(
                std::path::absolute(path).unwrap_or_else(|_| path.clone()).to_string_lossy().into_owned(),
            ),
            Origin::Pasted => None,
        };
        let edited = document.is_edited();
        // A file may be gone by the next start, and a pasted text is gone now.
        let whole = edited || !matches!(base.origin, Origin::Builtin(_));
        let text = whole.then(|| String::from_utf8_lossy(&to_toml(document)).into_owned());
        let fingerprint = preset.is_some().then(|| builtin::hash(&base.text));
        Self { edited, preset, fingerprint, text }
    }

    /// The document, and what is not as it was.
    fn open(&self, store: &Store) -> Result<(Document, Option<String>), String> {
        let parsed = |origin: Origin| match &self.text {
            Some(text) => read(text.as_bytes(), "the last session", origin)
                .map(Some)
                .map_err(|problems| text::first_line(&problems.to_string())),
            None => Ok(None),
        };
        let Some(name) = &self.preset else {
            let pasted = parsed(Origin::Pasted)?.ok_or("the last session is incomplete")?;
            return Ok((Document::new(Arc::new(pasted)), None));
        };
        let base = match store.load(name) {
            Ok(base) => base,
            Err(problem) => {
                let problem = text::first_line(&problem.to_string());
                let Some(preset) = parsed(Origin::Pasted)? else { return Err(problem) };
                let notice = format!("{problem}; what was on screen is here all the same");
                return Ok((Document::new(Arc::new(preset)), Some(notice)));
            }
        };
        let same = self.fingerprint.as_ref() == Some(&builtin::hash(&base.text));
        let notice = (!same).then(|| format!("{} changed since the last session", text::clean(name)));
        let mut document = Document::new(Arc::clone(&base));
        if self.edited
            && let Some(edited) = parsed(base.origin.clone())?
        {
            document.edit(|content| content.clone_from(&edited.content));
        }
        Ok((document, notice))
    }
}
