//! The world outside the explorer: files, clipboard, presets.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::clipboard;
use crate::preset::{Directories, Preset, Store};
use crate::tui::message::{Effect, Outcome, SaveProblem};

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
/// What cannot be done.
const UNAVAILABLE: &str = "this cannot be done here";
/// How many names are tried for an export.
const NAMES: usize = 1000;

/// The machine the explorer runs on.
#[derive(Debug)]
pub struct Machine {
    store: Store,
    /// Where exports go.
    exports: PathBuf,
    /// Where things are remembered.
    state: Option<PathBuf>,
}

impl Machine {
    /// The machine, with the user's directories; exports go to the current directory.
    pub fn new(directories: &Directories) -> Self {
        let exports = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        Self { store: Store::new(directories), exports, state: directories.state.clone() }
    }

    /// What was remembered last time, if it can be read.
    pub fn remembered(directories: &Directories) -> Option<String> {
        fs::read_to_string(directories.state.as_ref()?.join(STATE)).ok()
    }
}

impl Machine {
    fn load(&self, name: &str) -> Result<Arc<Preset>, String> {
        if name == "-" {
            // The keys come from there now.
            return Err("standard input is read only at the start".to_owned());
        }
        self.store.load(name).map_err(|error| error.to_string())
    }
}

impl World for Machine {
    fn perform(&mut self, effect: Effect) -> Option<Outcome> {
        Some(match effect {
            Effect::Copy { text, what } => Outcome::Copied { what, how: clipboard::copy(&text) },
            Effect::Export { file_name, text } => Outcome::Exported(
                export(&self.exports, &file_name, &text).map_err(|error| format!("{file_name}: {error}")),
            ),
            Effect::ListPresets => Outcome::Listed(self.store.list()),
            Effect::Load { name, purpose } => Outcome::Loaded(self.load(&name), purpose),
            Effect::Remember(text) => {
                if let Some(directory) = &self.state {
                    // Not worth a word: next time everything is as on the first day.
                    let _ = remember(directory, &text);
                }
                return None;
            }
            Effect::Reload(path) => Outcome::Reloaded(self.load(&path.to_string_lossy())),
            Effect::Save { .. } | Effect::SaveAs { .. } => {
                Outcome::Saved(Err(SaveProblem::Failed(UNAVAILABLE.to_owned())))
            }
            Effect::Delete(_) => Outcome::Deleted(Err(UNAVAILABLE.to_owned())),
            Effect::Restore(_) => Outcome::Restored(Err(UNAVAILABLE.to_owned())),
            Effect::Quit(_) | Effect::Suspend | Effect::Redraw | Effect::Mouse(_) => return None,
        })
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
mod tests {
    use super::*;
    use crate::tui::message::Purpose;

    fn machine(directory: &Path) -> Machine {
        let directories = Directories {
            config: Some(directory.join("config")),
            state: Some(directory.join("state").join("napkin")),
        };
        Machine { exports: directory.to_owned(), ..Machine::new(&directories) }
    }

    #[test]
    fn an_export_never_overwrites() {
        let directory = tempfile::tempdir().unwrap();
        let mut machine = machine(directory.path());
        for (name, text) in [("card.md", "one"), ("card-2.md", "two"), ("card-3.md", "three")] {
            let effect = Effect::Export { file_name: "card.md".to_owned(), text: text.to_owned() };
            let Some(Outcome::Exported(Ok(path))) = machine.perform(effect) else { panic!("no file") };
            assert_eq!(path, directory.path().join(name));
            assert_eq!(fs::read_to_string(path).unwrap(), text);
        }
        assert_eq!(numbered("notes", 2), "notes-2");
    }

    #[test]
    fn an_export_that_fails_says_which_file_and_why() {
        let directory = tempfile::tempdir().unwrap();
        let mut machine = machine(&directory.path().join("missing"));
        let effect = Effect::Export { file_name: "card.md".to_owned(), text: String::new() };
        let Some(Outcome::Exported(Err(error))) = machine.perform(effect) else { panic!("a file") };
        assert!(error.starts_with("card.md: "), "{error}");
    }

    #[test]
    fn what_is_remembered_is_there_the_next_time() {
        let directory = tempfile::tempdir().unwrap();
        let mut machine = machine(directory.path());
        let directories = Directories { config: None, state: machine.state.clone() };
        assert_eq!(Machine::remembered(&directories), None);
        for text in ["theme = \"dark\"\n", "theme = \"light\"\n"] {
            assert!(machine.perform(Effect::Remember(text.to_owned())).is_none());
            assert_eq!(Machine::remembered(&directories).as_deref(), Some(text));
        }
        let state = machine.state.unwrap();
        assert_eq!(fs::read_dir(state).unwrap().count(), 1, "nothing temporary stays");
    }

    #[test]
    fn remembering_where_nothing_can_be_written_is_no_error() {
        let directory = tempfile::tempdir().unwrap();
        let mut machine = machine(directory.path());
        fs::write(directory.path().join("state"), "a file in the way").unwrap();
        assert!(machine.perform(Effect::Remember("theme = \"dark\"".to_owned())).is_none());
    }

    #[test]
    fn a_preset_that_cannot_be_had_is_an_outcome() {
        let directory = tempfile::tempdir().unwrap();
        let mut machine = machine(directory.path());
        for name in ["-", "nowhere.toml", "nonesuch"] {
            let effect = Effect::Load { name: name.to_owned(), purpose: Purpose::Open };
            assert!(
                matches!(machine.perform(effect), Some(Outcome::Loaded(Err(_), Purpose::Open))),
                "{name}"
            );
        }
    }
}
