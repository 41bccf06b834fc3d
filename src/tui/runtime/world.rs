//! The world outside the explorer: files, clipboard, presets.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::clipboard;
use crate::preset::{Directories, Permit, Preset, SaveError, Saved, Store, Trashed, Watch};
use crate::tui::message::{Effect, Outcome, Purpose, SaveProblem};

/// What carries out effects. Nothing it does may hang or end the explorer: what goes wrong is an outcome.
pub trait World {
    /// Carries out one effect; answers with what became of it, if the explorer wants to know.
    fn perform(&mut self, effect: Effect) -> Option<Outcome>;

    /// Calls `changed` with the files whenever presets change on disk, from a thread of its own.
    fn watch(&mut self, changed: Box<dyn Fn(Vec<PathBuf>) + Send>) {
        drop(changed);
    }
}

impl<W: World> World for &mut W {
    fn perform(&mut self, effect: Effect) -> Option<Outcome> {
        (**self).perform(effect)
    }

    fn watch(&mut self, changed: Box<dyn Fn(Vec<PathBuf>) + Send>) {
        (**self).watch(changed);
    }
}

/// Where theme, mouse and last session are remembered.
const STATE: &str = "state.toml";
/// How many names are tried for an export.
const NAMES: usize = 1000;

/// The machine the explorer runs on.
#[derive(Debug)]
pub struct Machine {
    store: Store,
    /// Notices changed presets, once asked to.
    watch: Option<Watch>,
    /// The file that is open.
    open: Option<PathBuf>,
    /// What was deleted, the last at the end.
    trashed: Vec<Trashed>,
    /// Where exports go.
    exports: PathBuf,
    /// Where things are remembered.
    state: Option<PathBuf>,
}

impl Machine {
    /// The machine, with the user's directories; exports go to the current directory.
    pub fn new(directories: &Directories) -> Self {
        Self {
            store: Store::new(directories),
            watch: None,
            open: None,
            trashed: Vec::new(),
            exports: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            state: directories.state.clone(),
        }
    }

    /// The machine, with a preset open.
    pub fn with_open(mut self, preset: &Preset) -> Self {
        self.follow(preset);
        self
    }

    /// What was remembered last time, if it can be read.
    pub fn remembered(directories: &Directories) -> Option<String> {
        fs::read_to_string(directories.state.as_ref()?.join(STATE)).ok()
    }

    /// Watches the file of what is open now.
    fn follow(&mut self, preset: &Preset) {
        self.open = preset.origin.path().cloned();
        if let Some(watch) = &mut self.watch {
            // Saving may have made the directory of presets.
            watch.follow(self.open.as_deref());
        }
    }

    fn load(&self, name: &str) -> Result<Arc<Preset>, String> {
        if name == "-" {
            // The keys come from there now.
            return Err("standard input is read only at the start".to_owned());
        }
        self.store.load(name).map_err(|error| error.to_string())
    }

    /// Reads a file again; one of the user's presets by its name, so that it stays one.
    fn reload(&self, path: &Path) -> Result<Arc<Preset>, String> {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        if self.store.path_of(name).is_some_and(|own| own == path) {
            return self.load(name);
        }
        self.load(&path.to_string_lossy())
    }

    fn saved(&mut self, saved: Result<Saved, SaveError>) -> Outcome {
        Outcome::Saved(match saved {
            Ok(saved) => {
                self.follow(&saved.preset);
                Ok(saved.preset)
            }
            Err(
                question @ (SaveError::Conflict(_)
                | SaveError::Exists(_)
                | SaveError::NeedsConfirmation { .. }),
            ) => Err(SaveProblem::Ask(question.to_string())),
            Err(error) => Err(SaveProblem::Failed(error.to_string())),
        })
    }

    fn delete(&mut self, path: &Path) -> Result<(PathBuf, PathBuf), String> {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let trashed = self.store.delete(name).map_err(|error| error.to_string())?;
        let places = (trashed.from.clone(), trashed.to.clone());
        self.trashed.push(trashed);
        Ok(places)
    }

    /// Takes out of the trash what was at `path`, or is there now.
    fn restore(&mut self, path: &Path) -> Result<PathBuf, String> {
        let place = self.trashed.iter().rposition(|trashed| trashed.from == path || trashed.to == path);
        let Some((place, trashed)) = place.and_then(|place| Some((place, self.trashed.get(place)?))) else {
            return Err(format!("nothing was deleted at {}", path.display()));
        };
        self.store.restore(trashed).map_err(|error| error.to_string())?;
        Ok(self.trashed.remove(place).from)
    }
}

impl World for Machine {
    fn perform(&mut self, effect: Effect) -> Option<Outcome> {
        let permit = |force| Permit { overwrite: force, outside: force };
        Some(match effect {
            Effect::Copy { text, what } => Outcome::Copied { what, how: clipboard::copy(&text) },
            Effect::Export { file_name, text } => Outcome::Exported(
                export(&self.exports, &file_name, &text).map_err(|error| format!("{file_name}: {error}")),
            ),
            Effect::ListPresets => Outcome::Listed(self.store.list()),
            Effect::Load { name, purpose } => {
                let loaded = self.load(&name);
                if let (Ok(preset), Purpose::Open) = (&loaded, purpose) {
                    self.follow(preset);
                }
                Outcome::Loaded(loaded, purpose)
            }
            Effect::Reload(path) => Outcome::Reloaded(self.reload(&path)),
            Effect::Save { document, force, .. } => {
                let saved = self.store.save(&document, permit(force));
                self.saved(saved)
            }
            Effect::SaveAs { document, name, force } => {
                let saved = self.store.save_as(&document, &name, permit(force));
                self.saved(saved)
            }
            Effect::Delete(path) => Outcome::Deleted(self.delete(&path)),
            Effect::Restore(path) => Outcome::Restored(self.restore(&path)),
            Effect::Remember(text) => {
                if let Some(directory) = &self.state {
                    // Not worth a word: next time everything is as on the first day.
                    let _ = remember(directory, &text);
                }
                return None;
            }
            Effect::Quit(_) | Effect::Suspend | Effect::Redraw | Effect::Mouse(_) => return None,
        })
    }

    fn watch(&mut self, changed: Box<dyn Fn(Vec<PathBuf>) + Send>) {
        let mut watch = Watch::new(self.store.presets_dir().map(Path::to_owned), changed);
        watch.follow(self.open.as_deref());
        self.watch = Some(watch);
    }
}

/// Writes a new file, with a number before the extension if the name is taken.
fn export(directory: &Path, file_name: &str, text: &str) -> io::Result<PathBuf> {
    for number in 1..=NAMES {
        let path = directory.join(numbered(file_name, number));
        match File::create_new(&path) {
            Ok(mut file) => {
                return match file.write_all(text.as_bytes()).and_then(|()| file.sync_data()) {
                    Ok(()) => Ok(path),
                    Err(error) => {
                        // Half a file is worse than none.
                        let _ = fs::remove_file(&path);
                        Err(error)
                    }
                };
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// `card.md`, `card-2.md`, `card-3.md` …
fn numbered(file_name: &str, number: usize) -> String {
    match file_name.rsplit_once('.') {
        _ if number == 1 => file_name.to_owned(),
        Some((stem, extension)) => format!("{stem}-{number}.{extension}"),
        None => format!("{file_name}-{number}"),
    }
}

/// Replaces what is remembered, at once: a reader sees the old text or the new.
fn remember(directory: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(directory)?;
    let mut file = tempfile::NamedTempFile::new_in(directory)?;
    file.write_all(text.as_bytes())?;
    file.persist(directory.join(STATE))?;
    Ok(())
}

#[cfg(test)]
mod tests;
