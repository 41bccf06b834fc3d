//! What the explorer has done outside: files, clipboard, presets.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use super::clipboard;
use crate::book::Books;
use crate::preset::{
    Directories, Disk, Document, Entry, Files, Impatient, SaveError, Saved, Store, Trashed, Watch, read_file,
};
use crate::story::Stories;
use crate::tui::message::{Effect, Message, Outcome, SaveRequest};
use crate::tui::session::{self, Memory};

/// Hands the explorer a message, from any thread.
pub(super) type Tell = Arc<dyn Fn(Message) + Send + Sync>;

/// What carries out effects. Nothing it does may hang or end the explorer: what goes wrong is an outcome.
pub trait Effects {
    /// Carries out one effect; returns what became of it, if the explorer wants to know.
    fn perform(&mut self, effect: Effect) -> Option<Outcome>;

    /// Tells the explorer from now on what happens by itself, from threads of its own: presets that change on disk,
    /// effects that take their time.
    fn connect(&mut self, tell: Tell) {
        drop(tell);
    }
}

impl<W: Effects> Effects for &mut W {
    fn perform(&mut self, effect: Effect) -> Option<Outcome> {
        (**self).perform(effect)
    }

    fn connect(&mut self, tell: Tell) {
        (**self).connect(tell);
    }
}

/// Where theme, mouse and last session are remembered.
const STATE: &str = "state.toml";
/// How the name of a half-written state file begins and ends.
const LEFT: (&str, &str) = (".napkin-", ".tmp");
/// How long writing a state file may take.
const YOUNG: Duration = Duration::from_mins(1);
/// How many names are tried for an export.
const NAMES: usize = 1000;

/// The real thing: the files and the clipboard of this machine.
pub struct SystemEffects {
    store: Store,
    stories: Stories,
    /// Where exports go.
    exports: PathBuf,
    /// Where things are remembered.
    state: Option<PathBuf>,
    watch: Option<Watch>,
    tell: Option<Tell>,
    /// Asks for the list of presets from a thread of its own.
    lister: Option<Sender<()>>,
    /// Books that are read while the first screen is looked at.
    books: Option<Arc<Books>>,
}

impl SystemEffects {
    /// With the user's directories; exports go to the current directory.
    pub fn new(directories: &Directories) -> Self {
        let exports = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        // The screen does not wait for another program.
        let store = Store::with_files(directories.presets(), Arc::new(Impatient));
        let stories = Stories::new(directories, &store);
        let state = directories.state.clone();
        Self { store, stories, exports, state, watch: None, tell: None, lister: None, books: None }
    }

    /// Has books read before a view asks for them, so that it opens without a wait.
    #[must_use]
    pub fn with_books(self, books: Arc<Books>) -> Self {
        Self { books: Some(books), ..self }
    }

    /// What was remembered last time; nothing if nothing was.
    pub fn remembered(directories: &Directories) -> Result<Memory, String> {
        let Some(directory) = &directories.state else { return Ok(Memory::default()) };
        match read_file(&directory.join(STATE)) {
            Ok(bytes) => Memory::read(&String::from_utf8_lossy(&bytes)),
            Err(error) if error.is_not_found() => Ok(Memory::default()),
            Err(_) => Err(session::UNREADABLE.to_owned()),
        }
    }
}

impl SystemEffects {
    fn save(&mut self, document: &Document, request: &SaveRequest) -> Result<Saved, SaveError> {
        let saved = match &request.name {
            Some(name) => self.store.save_as(document, name, request.permit),
            None => self.store.save(document, request.permit),
        };
        // The first save makes the directory.
        if let Some(watch) = &mut self.watch {
            watch.refresh();
        }
        saved
    }

    fn restore(&self, trashed: Trashed) -> Result<Trashed, String> {
        self.store.restore(&trashed).map_err(|error| error.to_string())?;
        Ok(trashed)
    }
}

impl Effects for SystemEffects {
    fn perform(&mut self, effect: Effect) -> Option<Outcome> {
        Some(match effect {
            Effect::Copy { text, what } => Outcome::Copied { what, how: clipboard::copy(&text) },
            Effect::Export { file_name, text } => Outcome::Exported(
                export(&self.exports, &file_name, &text).map_err(|error| format!("{file_name}: {error}")),
            ),
            Effect::RelistPresets if self.lister.as_ref().is_some_and(|lister| lister.send(()).is_ok()) => {
                return None;
            }
            Effect::ListPresets | Effect::RelistPresets => listed(&self.store, &[]),
            Effect::NewPreset(name) => {
                let created = self.store.create(&name).map(|saved| saved.preset);
                Outcome::Created(name, created.map_err(|error| error.to_string()))
            }
            Effect::ListStories => Outcome::StoriesListed(self.stories.list()),
            Effect::Remember(text) => {
                if let Some(directory) = &self.state {
                    // Not worth a word: next time everything is as on the first day.
                    let _ = remember(directory, &text);
                }
                return None;
            }
            Effect::Watch(path) => {
                if let Some(watch) = &mut self.watch {
                    watch.follow(path.as_deref());
                }
                return None;
            }
            Effect::Reload(document) => Outcome::Reloaded(self.store.reload(&document)),
            Effect::Save { document, request } => {
                let result = self.save(&document, &request);
                match (locked(&result), &self.tell) {
                    (Some(directory), Some(tell)) => {
                        wait_for(directory, tell);
                        Outcome::Locked(request)
                    }
                    _ => Outcome::Saved(request, result),
                }
            }
            Effect::Delete(name) => {
                Outcome::Deleted(self.store.delete(&name).map_err(|error| error.to_string()))
            }
            Effect::Restore(trashed) => Outcome::Restored(self.restore(trashed)),
            Effect::Quit(_) | Effect::Suspend | Effect::Redraw | Effect::Mouse(_) => return None,
        })
    }

    fn connect(&mut self, tell: Tell) {
        self.tell = Some(Arc::clone(&tell));
        self.lister = Some(list_aside(self.store.clone(), Arc::clone(&tell)));
        let changed = move |files| tell(Message::FilesChanged(files));
        self.watch = Some(Watch::new(self.store.presets_dir().map(Path::to_owned), Box::new(changed)));
        if let Some(books) = self.books.take() {
            // Without a thread the view that needs them reads them.
            let _ = std::thread::Builder::new().spawn(move || books.read_all());
        }
    }
}

/// The presets there are; those listed before are not read again where their files are the same.
fn listed(store: &Store, before: &[Entry]) -> Outcome {
    Outcome::Listed(store.list_again(before), store.presets_dir().map(Path::to_owned))
}

/// Lists presets in a thread of its own: hundreds of files that change together do not hold up the screen, and what
/// is asked meanwhile is answered once.
fn list_aside(store: Store, tell: Tell) -> Sender<()> {
    let (ask, asked) = channel();
    let work = move || {
        let mut before = Vec::new();
        while asked.recv().is_ok() {
            while asked.try_recv().is_ok() {}
            let outcome = listed(&store, &before);
            if let Outcome::Listed(entries, _) = &outcome {
                before.clone_from(entries);
            }
            tell(Message::Done(outcome));
        }
    };
    // Without a thread nobody takes what is asked, and whoever asks reads the list.
    let _ = std::thread::Builder::new().spawn(work);
    ask
}

/// The directory that another program is writing to, if that kept something from being saved.
fn locked(saved: &Result<Saved, SaveError>) -> Option<PathBuf> {
    match saved {
        Err(SaveError::Step { step: "lock", path, source }) if source.kind() == io::ErrorKind::WouldBlock => {
            Some(path.clone())
        }
        _ => None,
    }
}

/// Tells when a directory can be written to again, or that it takes too long.
fn wait_for(directory: PathBuf, tell: &Tell) {
    let tell = Arc::clone(tell);
    std::thread::spawn(move || {
        // Locked and let go at once: whoever saves next locks it anew.
        let free = Disk.lock(&directory).is_ok();
        tell(Message::Done(Outcome::Unlocked(free)));
    });
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
    clear(directory);
    let mut file = tempfile::Builder::new().prefix(LEFT.0).suffix(LEFT.1).tempfile_in(directory)?;
    file.write_all(text.as_bytes())?;
    file.persist(directory.join(STATE))?;
    Ok(())
}

/// Removes what killed programs left behind; what is young may be another program's that is still at it.
fn clear(directory: &Path) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|name| name.starts_with(LEFT.0) && name.ends_with(LEFT.1));
        let age = entry.metadata().and_then(|metadata| metadata.modified()).map(|time| time.elapsed());
        if ours && matches!(age, Ok(Ok(age)) if age > YOUNG) {
            // A leftover that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests;
