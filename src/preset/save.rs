//! Saving: atomic, durable, locked against a second napkin, and never over somebody else's changes unasked.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::clean::shown;
use super::content::{Origin, Preset};
use super::document::Document;
use super::files::Files;
use super::format::{self, to_toml};
use super::name::{NameError, check_name};
use super::open::{ReadError, directory, shown_path};
use super::store::Store;

/// What was asked about and answered with yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permit {
    /// Overwrite a file that changed on disk, or that is another preset.
    pub overwrite: bool,
    /// Follow a link out of the directory.
    pub outside: bool,
}

/// What saving came to. [`Document::saved`] takes the preset.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The preset as it now stands on disk.
    pub preset: Arc<Preset>,
    /// Whether anything was written; unchanged bytes are not.
    pub written: bool,
}

/// Why nothing was saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// A shipped or pasted preset has no file of its own.
    #[error("this preset has no file of its own; save it under a name")]
    NeedsName,
    /// The system has no directory for the user's files.
    #[error("there is no directory for presets; name one with --config-dir or NAPKIN_CONFIG_DIR")]
    NoDirectory,
    /// Not a name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A file of this name is there already.
    #[error("{} is there already; choose another name", shown_path(.0))]
    Exists(PathBuf),
    /// The file is not what was read.
    #[error("{} changed on disk since it was read; reload it, overwrite it, or save under another name", shown_path(.0))]
    Conflict(PathBuf),
    /// A link that leads out of the directory.
    #[error("{} is a link to {}, outside its directory; confirm to write there", shown_path(.link), shown_path(.target))]
    NeedsConfirmation {
        /// The preset.
        link: PathBuf,
        /// The file it leads to.
        target: PathBuf,
    },
    /// Somebody does not want it changed.
    #[error("{} is read-only; save under another name", shown_path(.0))]
    ReadOnly(PathBuf),
    /// There is no such preset to delete or restore.
    #[error("there is no preset of yours called `{}`", shown(.0))]
    Missing(String),
    /// What is on disk could not be looked at.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// What would be written is no preset.
    #[error(transparent)]
    Invalid(#[from] format::Problems),
    /// A step failed before the file was touched.
    #[error("cannot {step} {}: {source}; nothing was changed", shown_path(.path))]
    Step {
        /// What was tried.
        step: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Everything is written, but perhaps not yet on the disk.
    #[error("{} is written, but may not survive a loss of power: {source}", shown_path(.path))]
    NotDurable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Names the step that failed.
pub(super) fn step<'a>(step: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> SaveError + 'a {
    move |source| SaveError::Step { step, path: path.to_owned(), source }
}

impl Store {
    /// Saves a document to the file it was read from.
    pub fn save(&self, document: &Document, permit: Permit) -> Result<Saved, SaveError> {
        let base = document.base();
        let path = base.origin.path().ok_or(SaveError::NeedsName)?;
        let expected = Expected::AsRead(&base.text);
        if !directory(path).is_dir() {
            // Gone with the file: the directory is written again too.
            self.files().create_dir(directory(path)).map_err(step("make the directory", directory(path)))?;
        }
        self.put(path, base.origin.clone(), &to_toml(document), expected, permit)
    }

    /// Saves a document as the user's preset of this name, as a version of its own.
    pub fn save_as(&self, document: &Document, name: &str, permit: Permit) -> Result<Saved, SaveError> {
        self.put_new(name, &to_toml(&document.own_version()), permit)
    }

    /// Makes a file the user's preset of this name, byte by byte; it has to be one.
    pub fn import(&self, file: &Path, name: &str, permit: Permit) -> Result<Saved, SaveError> {
        let bytes = self.files().read(file)?;
        format::read(&bytes, &file.to_string_lossy(), Origin::File(file.to_owned()))?;
        self.put_new(name, &bytes, permit)
    }

    /// Writes the user's preset of this name.
    pub(super) fn put_new(&self, name: &str, bytes: &[u8], permit: Permit) -> Result<Saved, SaveError> {
        check_name(name)?;
        let path = self.path_of(name).ok_or(SaveError::NoDirectory)?;
        self.files().create_dir(directory(&path)).map_err(step("make the directory", directory(&path)))?;
        let origin = Origin::User { name: name.to_owned(), path: path.clone() };
        self.put(&path, origin, bytes, Expected::Nothing, permit)
    }

    /// Writes a preset file, if what is there is what is expected.
    fn put(
        &self,
        path: &Path,
        origin: Origin,
        bytes: &[u8],
        expected: Expected<'_>,
        permit: Permit,
    ) -> Result<Saved, SaveError> {
        // Nothing is written that could not be read again.
        let preset = Arc::new(format::read(bytes, &path.to_string_lossy(), origin)?);
        let target = self.target(path, permit)?;
        let files = self.files();
        let home = directory(&target);
        let _lock = files.lock(home).map_err(step("lock", home))?;
        let present = match files.read(&target) {
            Ok(present) => Some(present),
            Err(error) if error.is_not_found() => None,
            Err(error) => return Err(error.into()),
        };
        match (&present, expected) {
            (Some(present), Expected::AsRead(_)) if present == bytes => {
                return Ok(Saved { preset, written: false });
            }
            (Some(present), Expected::AsRead(read)) if present != read && !permit.overwrite => {
                return Err(SaveError::Conflict(path.to_owned()));
            }
            (Some(_), Expected::Nothing) if !permit.overwrite => {
                return Err(SaveError::Exists(path.to_owned()));
            }
            _ => {}
        }
        replace(files, &target, bytes, present.is_some())?;
        Ok(Saved { preset, written: true })
    }

    /// The file to replace: where a link leads, if it may be followed.
    fn target(&self, path: &Path, permit: Permit) -> Result<PathBuf, SaveError> {
        let is_link = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
        if !is_link {
            return Ok(path.to_owned());
        }
        let resolve = |path: &Path| self.files().resolve(path).map_err(step("follow the link", path));
        let (target, home) = (resolve(path)?, resolve(directory(path))?);
        if target.starts_with(&home) || permit.outside {
            Ok(target)
        } else {
            Err(SaveError::NeedsConfirmation { link: path.to_owned(), target })
        }
    }
}

/// What has to be on disk for writing to go ahead unasked.
enum Expected<'a> {
    /// No file.
    Nothing,
    /// These bytes, or no file.
    AsRead(&'a [u8]),
}

/// Replaces a file at once and for good: whoever reads it, whenever, gets the old bytes or the new ones, whole.
fn replace(files: &dyn Files, target: &Path, bytes: &[u8], exists: bool) -> Result<(), SaveError> {
    let home = directory(target);
    if exists && std::fs::metadata(target).is_ok_and(|metadata| metadata.permissions().readonly()) {
        return Err(SaveError::ReadOnly(target.to_owned()));
    }
    files.clear(home);
    let mut temporary = files.temporary(home).map_err(step("write to", home))?;
    files.write(temporary.as_file_mut(), bytes).map_err(step("write", target))?;
    if exists {
        files.copy_mode(target, temporary.as_file()).map_err(step("keep the permissions of", target))?;
    }
    files.sync(temporary.as_file()).map_err(step("write", target))?;
    files.persist(temporary, target, exists).map_err(step("replace", target))?;
    files.sync_dir(home).map_err(|source| SaveError::NotDurable { path: target.to_owned(), source })
}
