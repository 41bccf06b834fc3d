//! Finding stories: the shipped ones and the user's.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Story, builtin, read};
use crate::model::nearest;
use crate::preset::{
    Directories, Origin, Problems, ReadError, Store, check_name, clean, read_file, toml_files,
};

/// What marks a shipped story: `builtin:NAME`.
const BUILTIN: &str = "builtin:";

/// The stories there are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stories {
    directory: Option<PathBuf>,
    presets: Store,
}

/// One story of the list, whole or broken.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What [`Stories::load`] takes for it.
    pub(crate) id: String,
    /// Where it was read from.
    pub(crate) origin: Origin,
    /// The story, or what is wrong with it.
    pub(crate) story: Result<Arc<Story>, String>,
}

/// Why a story was not loaded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    /// No story of this name.
    #[error("no story `{name}`{}; `napkin stories` names them all", nearest.as_ref().map_or_else(String::new, |name| format!(" (did you mean `{name}`?)")))]
    Unknown {
        /// The name as given.
        name: String,
        /// The likeliest one there is.
        nearest: Option<String>,
    },
    /// A file that cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file that is no story.
    #[error(transparent)]
    Invalid(#[from] Problems),
}

impl Stories {
    /// The stories of these directories, and the shipped ones.
    pub(crate) fn new(directories: &Directories, presets: &Store) -> Self {
        Self { directory: directories.stories(), presets: presets.clone() }
    }

    /// Every story: the shipped ones, questions first, then the user's by name. Broken files are listed with their
    /// error.
    pub(crate) fn list(&self) -> Vec<Entry> {
        let shipped = builtin::names().filter_map(|name| {
            let story = builtin::load(name)?.map_err(|problems| problems.to_string());
            Some(Entry { id: name.to_owned(), origin: Origin::Builtin(name.to_owned()), story })
        });
        let mut entries: Vec<Entry> = shipped.collect();
        match self.user_files() {
            Ok(files) => {
                for (name, path) in files {
                    if let Some(hidden) = entries.iter_mut().find(|entry| entry.id == name) {
                        hidden.id = format!("{BUILTIN}{name}");
                    }
                    let story = self.read(&name, &path).map_err(|error| error.to_string());
                    entries.push(Entry { id: name.clone(), origin: Origin::User { name, path }, story });
                }
            }
            Err(error) => {
                let path = self.directory.clone().unwrap_or_default();
                let id = clean(&path.to_string_lossy());
                entries.push(Entry { id, origin: Origin::File(path), story: Err(error.to_string()) });
            }
        }
        entries
    }

    /// The story of this name: the user's, or a shipped one; `builtin:NAME` always means the shipped one.
    pub(crate) fn load(&self, name: &str) -> Result<Arc<Story>, LoadError> {
        if let Some(directory) = self.directory.as_ref().filter(|_| check_name(name).is_ok()) {
            match self.read(name, &directory.join(format!("{name}.toml"))) {
                Err(LoadError::Read(error)) if error.is_not_found() => {}
                found => return found,
            }
        }
        match builtin::load(name.strip_prefix(BUILTIN).unwrap_or(name)) {
            Some(story) => Ok(story?),
            None => Err(self.unknown(name)),
        }
    }

    fn user_files(&self) -> Result<Vec<(String, PathBuf)>, ReadError> {
        self.directory.as_deref().map_or_else(|| Ok(Vec::new()), toml_files)
    }

    fn read(&self, name: &str, path: &Path) -> Result<Arc<Story>, LoadError> {
        let bytes = read_file(path)?;
        let origin = Origin::User { name: name.to_owned(), path: path.to_owned() };
        Ok(Arc::new(read::read(&bytes, &path.to_string_lossy(), origin, &self.presets)?))
    }

    fn unknown(&self, name: &str) -> LoadError {
        let user = self.user_files().unwrap_or_default();
        let mut known: Vec<&str> = user.iter().map(|(name, _)| name.as_str()).collect();
        for name in builtin::names() {
            known.push(name);
        }
        let nearest = if name.len() > 100 { None } else { nearest(name, known).map(clean) };
        LoadError::Unknown { name: crate::text::fit(&clean(name), 60), nearest }
    }
}
