//! Finding presets: the shipped ones, the user's, files elsewhere and standard input.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::clean::{clean, shown};
use super::content::{Origin, Preset};
use super::directories::Directories;
use super::document::Document;
use super::files::{Disk, Files};
use super::name::check_name;
use super::open::{ReadError, is_absent, read_file, read_limited, shown_path};
use super::{builtin, format};
use crate::model::nearest;

/// What marks a shipped preset on the command line: `builtin:NAME`.
const BUILTIN: &str = "builtin:";

/// The presets there are.
#[derive(Clone, Debug)]
pub struct Store {
    presets: Option<PathBuf>,
    files: Arc<dyn Files>,
}

impl Default for Store {
    /// The shipped presets alone.
    fn default() -> Self {
        Self::with_files(None, Arc::new(Disk))
    }
}

/// What became of the file of an open document.
#[derive(Clone, Debug)]
pub enum Reload {
    /// It is what was read, or what was saved.
    Unchanged,
    /// It says something else; [`Document::rebase`] takes it.
    Changed(Arc<Preset>),
    /// It is gone.
    Gone,
    /// It is no preset any more, for this reason.
    Broken(String),
}

/// One preset of the list, whole or broken.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What [`Store::load`] takes for it.
    pub id: String,
    /// Display name; the id of a broken one.
    pub name: String,
    /// Where it was read from.
    pub origin: Origin,
    /// When its figures were published.
    pub date: Option<String>,
    /// Where.
    pub source: Option<String>,
    /// The file of a user's preset.
    pub path: Option<PathBuf>,
    /// Whether it is a user's preset that hides a shipped one of the same name.
    pub shadows: bool,
    /// The preset, or what is wrong with it.
    pub preset: Result<Arc<Preset>, String>,
}

/// Why a preset was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No preset of this name.
    #[error("no preset `{}`{}; `napkin presets list` names them all", shown(.name), suggestion(.nearest.as_deref()))]
    Unknown {
        /// The name as given.
        name: String,
        /// The likeliest one there is.
        nearest: Option<String>,
    },
    /// A shipped preset that is not the one a card speaks of.
    #[error(
        "builtin:{name} has the fingerprint {actual} here, not {}; the card was made with another version of it",
        shown(.given)
    )]
    Fingerprint {
        /// The preset.
        name: String,
        /// As given.
        given: String,
        /// Of the preset shipped here.
        actual: String,
    },
    /// A file that cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file that is no preset.
    #[error(transparent)]
    Invalid(#[from] format::Problems),
}

/// ` (did you mean …?)`, or nothing.
fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"))
}

impl Store {
    /// The presets of these directories, and the shipped ones.
    pub fn new(directories: &Directories) -> Self {
        Self::with_files(directories.presets(), Arc::new(Disk))
    }

    /// The presets of one directory, by way of these file operations.
    pub fn with_files(presets: Option<PathBuf>, files: Arc<dyn Files>) -> Self {
        Self { presets, files }
    }

    pub(super) fn files(&self) -> &dyn Files {
        &*self.files
    }

    /// Looks at the file of an open document again. What napkin saved itself is known by its content.
    pub fn reload(&self, document: &Document) -> Reload {
        let base = document.base();
        let Some(path) = base.origin.path() else { return Reload::Unchanged };
        match self.files.read(path) {
            Ok(bytes) if *bytes == *base.text => Reload::Unchanged,
            Ok(bytes) => match format::read(&bytes, &path.to_string_lossy(), base.origin.clone()) {
                Ok(preset) => Reload::Changed(Arc::new(preset)),
                Err(problems) => Reload::Broken(problems.to_string()),
            },
            Err(error) if error.is_not_found() => Reload::Gone,
            Err(error) => Reload::Broken(error.to_string()),
        }
    }

    /// The directory of the user's presets; it need not exist.
    pub fn presets_dir(&self) -> Option<&Path> {
        self.presets.as_deref()
    }

    /// The file that the user's preset of this name has or would have.
    pub fn path_of(&self, name: &str) -> Option<PathBuf> {
        Some(self.presets.as_ref()?.join(format!("{name}.toml")))
    }

    /// Every preset: the user's by name, then the shipped ones. Broken files are listed with their error.
    pub fn list(&self) -> Vec<Entry> {
        self.list_again(&[])
    }

    /// As [`list`](Self::list), where this was listed before: a file that says what it said is not read as a preset
    /// again.
    pub fn list_again(&self, before: &[Entry]) -> Vec<Entry> {
        let (user, problem) = self.user_files();
        let known: HashMap<&Path, &Entry> =
            before.iter().filter_map(|entry| Some((entry.path.as_deref()?, entry))).collect();
        let entry = |(name, path): (String, PathBuf)| {
            let same = known.get(path.as_path()).filter(|entry| entry.says_the_same(&path));
            same.map_or_else(|| user_entry(name, &path), |entry| Entry::clone(entry))
        };
        let mut entries: Vec<Entry> = user.into_iter().map(entry).collect();
        entries.extend(problem);
        for name in builtin::names() {
            let hidden = entries.iter().any(|entry| entry.shadows && entry.id == name);
            let id = if hidden { format!("{BUILTIN}{name}") } else { name.to_owned() };
            if let Some(preset) = builtin::load(name) {
                entries.push(Entry::new(id, preset.origin.clone(), false, Ok(preset)));
            }
        }
        entries
    }

    /// Names and files of the user's presets, by name; and what kept the directory from being read.
    fn user_files(&self) -> (Vec<(String, PathBuf)>, Option<Entry>) {
        let Some(directory) = &self.presets else { return (Vec::new(), None) };
        match toml_files(directory) {
            Ok(files) => (files, None),
            Err(error) => {
                let id = directory.to_string_lossy().into_owned();
                let entry = Entry::new(id, Origin::File(directory.clone()), false, Err(error.to_string()));
                (Vec::new(), Some(entry))
            }
        }
    }

    /// The preset that a PRESET argument means; `-` reads standard input.
    pub fn load(&self, argument: &str) -> Result<Arc<Preset>, LoadError> {
        self.load_from(argument, std::io::stdin())
    }

    /// As [`load`](Self::load), with `stdin` for `-`.
    pub fn load_from(&self, argument: &str, stdin: impl Read) -> Result<Arc<Preset>, LoadError> {
        if argument == "-" {
            let path = || PathBuf::from("standard input");
            let bytes = read_limited(stdin).map_err(|source| ReadError::Io { path: path(), source })?;
            let bytes = bytes.ok_or_else(|| ReadError::TooLarge { path: path() })?;
            return Ok(Arc::new(format::read(&bytes, "standard input", Origin::Pasted)?));
        }
        if let Some(name) = argument.strip_prefix(BUILTIN) {
            return load_builtin(name);
        }
        if is_path(argument) {
            return load_file(Path::new(argument), Origin::File(argument.into()));
        }
        if let Some(path) = self.path_of(argument).filter(|_| !argument.is_empty()) {
            let origin = Origin::User { name: argument.to_owned(), path: path.clone() };
            match load_file(&path, origin) {
                Err(LoadError::Read(error)) if error.is_not_found() => {}
                found => return found,
            }
        }
        builtin::load(argument).ok_or_else(|| self.unknown(argument))
    }

    fn unknown(&self, name: &str) -> LoadError {
        let (user, _) = self.user_files();
        let mut known: Vec<&str> = user.iter().map(|(name, _)| name.as_str()).collect();
        for name in builtin::names() {
            known.push(name);
        }
        LoadError::Unknown { name: name.to_owned(), nearest: nearest(name, known).map(clean) }
    }
}

/// A shipped preset, as `NAME` or `NAME@FINGERPRINT`.
fn load_builtin(argument: &str) -> Result<Arc<Preset>, LoadError> {
    let (name, fingerprint) = match argument.split_once('@') {
        Some((name, fingerprint)) => (name, Some(fingerprint)),
        None => (argument, None),
    };
    let Some(preset) = builtin::load(name) else {
        return Err(LoadError::Unknown {
            name: format!("{BUILTIN}{name}"),
            nearest: nearest(name, builtin::names()).map(|name| format!("{BUILTIN}{name}")),
        });
    };
    let actual = builtin::fingerprint(&preset.content);
    match fingerprint {
        Some(given) if !given.eq_ignore_ascii_case(&actual) => {
            Err(LoadError::Fingerprint { name: name.to_owned(), given: given.to_owned(), actual })
        }
        _ => Ok(preset),
    }
}

/// Names and paths of the TOML files in a directory, by name; none where there is no directory.
pub(crate) fn toml_files(directory: &Path) -> Result<Vec<(String, PathBuf)>, ReadError> {
    let found = match std::fs::read_dir(directory) {
        Ok(found) => found,
        Err(error) if is_absent(&error) => return Ok(Vec::new()),
        Err(source) => return Err(ReadError::Io { path: directory.to_owned(), source }),
    };
    let mut files: Vec<(String, PathBuf)> = found
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_stem()?.to_string_lossy().into_owned();
            let is_toml = path.extension().is_some_and(|extension| extension == "toml");
            (is_toml && !name.starts_with('.')).then_some((name, path))
        })
        .collect();
    files.sort();
    Ok(files)
}

/// Whether a PRESET argument is a path rather than a name.
fn is_path(argument: &str) -> bool {
    argument.contains(std::path::is_separator)
        || Path::new(argument).extension().is_some_and(|extension| extension == "toml")
}

/// Reads one file as a preset.
pub(super) fn load_file(path: &Path, origin: Origin) -> Result<Arc<Preset>, LoadError> {
    let bytes = read_file(path)?;
    Ok(Arc::new(format::read(&bytes, &path.to_string_lossy(), origin)?))
}

/// The list's entry of a user's preset.
fn user_entry(name: String, path: &Path) -> Entry {
    if path.to_str().is_none() {
        let error = format!("{}: its name is no text (UTF-8); rename the file", shown_path(path));
        let id = shown_path(path);
        return Entry::new(id, Origin::File(path.to_owned()), false, Err(error));
    }
    let shadows = builtin::text(&name).is_some();
    // A file put there by hand may have a name that means something else on the command line.
    let id = if check_name(&name).is_ok() { name.clone() } else { path.to_string_lossy().into_owned() };
    let origin = Origin::User { name, path: path.to_owned() };
    let preset = load_file(path, origin.clone()).map_err(|error| error.to_string());
    Entry::new(id, origin, shadows, preset)
}

impl Entry {
    /// Whether its file still holds the bytes that were read.
    fn says_the_same(&self, path: &Path) -> bool {
        let read = |preset: &Arc<Preset>| read_file(path).is_ok_and(|bytes| *bytes == *preset.text);
        self.preset.as_ref().is_ok_and(read)
    }

    fn new(id: String, origin: Origin, shadows: bool, preset: Result<Arc<Preset>, String>) -> Self {
        let content = preset.as_ref().ok().map(|preset| &preset.content);
        let name = content.map_or_else(|| clean(&id), |content| content.name.clone());
        let date = content.and_then(|content| content.date.clone());
        let source = content.and_then(|content| content.source.clone());
        let path = origin.path().cloned();
        Self { id, name, origin, date, source, path, shadows, preset }
    }
}
