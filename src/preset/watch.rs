//! Noticing that presets change on disk while napkin runs.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::open::directory;

/// A watch on the directory of presets and on that of the open file. Ends when it is dropped.
///
/// A directory that is not there, or a system that cannot watch, is no error: changes are then seen at the next
/// opening. What napkin saves itself is reported too; [`Store::reload`](super::Store::reload) knows it by its
/// content.
#[derive(Debug)]
pub struct Watch {
    watcher: Option<RecommendedWatcher>,
    presets: Option<PathBuf>,
    open: Option<PathBuf>,
    watched: BTreeSet<PathBuf>,
    /// File names of the open file and of what it links to, for the watching thread.
    names: Arc<RwLock<BTreeSet<OsString>>>,
}

impl Watch {
    /// Watches the directory of presets. `changed` is called from another thread with the presets that may have
    /// changed: made, written, renamed or removed.
    pub fn new(presets: Option<PathBuf>, changed: impl Fn(Vec<PathBuf>) + Send + 'static) -> Self {
        let names = Arc::new(RwLock::new(BTreeSet::<OsString>::new()));
        let open = Arc::clone(&names);
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if matches!(event.kind, EventKind::Access(_)) {
                return;
            }
            let open = open.read().map(|names| names.clone()).unwrap_or_default();
            let is_open = |path: &Path| path.file_name().is_some_and(|name| open.contains(name));
            let concerns = |path: &PathBuf| is_preset(path) || is_open(path);
            let presets: Vec<PathBuf> = event.paths.into_iter().filter(concerns).collect();
            if !presets.is_empty() {
                changed(presets);
            }
        });
        let mut watch = Self { watcher: watcher.ok(), presets, open: None, watched: BTreeSet::new(), names };
        watch.refresh();
        watch
    }

    /// Watches the file that is open now, instead of the one before.
    pub fn follow(&mut self, file: Option<&Path>) {
        self.open = file.map(Path::to_owned);
        self.refresh();
    }

    /// Looks again for the directories: one may have been made since, by saving for the first time.
    pub fn refresh(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        let mut wanted: BTreeSet<PathBuf> = self.presets.iter().cloned().collect();
        // The file that a link leads to is written in a directory of its own.
        let target = self.open.as_ref().and_then(|open| open.canonicalize().ok());
        let files = || self.open.iter().chain(&target);
        wanted.extend(files().map(|file| directory(file).to_owned()));
        if let Ok(mut names) = self.names.write() {
            *names = files().filter_map(|file| file.file_name().map(ToOwned::to_owned)).collect();
        }
        for path in self.watched.difference(&wanted) {
            let _ = watcher.unwatch(path);
        }
        self.watched.retain(|path| wanted.contains(path));
        for path in wanted {
            if !self.watched.contains(&path) && watcher.watch(&path, RecursiveMode::NonRecursive).is_ok() {
                self.watched.insert(path);
            }
        }
    }
}

/// Whether a path can be a preset: no temporary file, no lock, no trash.
fn is_preset(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    !hidden && path.extension().is_some_and(|extension| extension == "toml")
}
