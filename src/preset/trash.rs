//! Deleting, so that it can be undone.

use std::path::{Path, PathBuf};

use super::open::directory;
use super::save::{SaveError, step};
use super::store::Store;

/// Where deleted presets go, within the directory of presets.
const TRASH: &str = ".trash";

/// A deleted preset and the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trashed {
    /// Its name.
    pub name: String,
    /// Where it was.
    pub from: PathBuf,
    /// Where it is now.
    pub to: PathBuf,
}

/// Whether there is anything at a path, even a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

impl Store {
    /// Moves a user's preset to the trash. A link is moved, what it leads to stays.
    pub fn delete(&self, name: &str) -> Result<Trashed, SaveError> {
        let missing = || SaveError::Missing(name.to_owned());
        let from = self.path_of(name).ok_or_else(missing)?;
        let presets = directory(&from);
        // A name that leads elsewhere is none of the user's presets.
        if name.contains(std::path::is_separator) || !is_there(&from) {
            return Err(missing());
        }
        let trash = presets.join(TRASH);
        let files = self.files();
        files.create_dir(&trash).map_err(step("make the directory", &trash))?;
        let _lock = files.lock(presets).map_err(step("lock", presets))?;
        let numbered = (2_u32..).map(|number| trash.join(format!("{name}.{number}.toml")));
        let to =
            std::iter::once(trash.join(format!("{name}.toml"))).chain(numbered).find(|path| !is_there(path));
        let to = to.ok_or_else(missing)?;
        files.rename(&from, &to).map_err(step("move to the trash", &from))?;
        self.sync_both(&from, &to)?;
        Ok(Trashed { name: name.to_owned(), from, to })
    }

    /// Undoes a deletion, unless there is a preset of that name again.
    pub fn restore(&self, trashed: &Trashed) -> Result<(), SaveError> {
        let Trashed { name, from, to } = trashed;
        let presets = directory(from);
        let files = self.files();
        let _lock = files.lock(presets).map_err(step("lock", presets))?;
        if is_there(from) {
            return Err(SaveError::Exists(from.clone()));
        }
        if !is_there(to) {
            return Err(SaveError::Missing(name.clone()));
        }
        files.rename(to, from).map_err(step("take from the trash", to))?;
        self.sync_both(from, to)
    }

    /// Waits until a move between two directories is on the disk.
    fn sync_both(&self, from: &Path, to: &Path) -> Result<(), SaveError> {
        for path in [to, from] {
            let synced = self.files().sync_dir(directory(path));
            synced.map_err(|source| SaveError::NotDurable { path: path.to_owned(), source })?;
        }
        Ok(())
    }
}
