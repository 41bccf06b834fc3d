//! Saving: the file is whole at every moment, nobody's changes are lost, and what fails says so.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use napkin::model::{Global, InputId};
use napkin::preset::{
    Directories, Disk, Document, Files, LoadError, Lock, Origin, Permit, Preset, ReadError, Reload,
    SaveError, Store, builtin,
};
use tempfile::{NamedTempFile, TempDir};

const GPU_HOUR: InputId = InputId::Global(Global::GpuHour);
const OVERWRITE: Permit = Permit { overwrite: true, outside: false };

const MINE: &str = "\
# Mine.
[node]
decode = 1000
gpu_hour = 2
[traffic]
input_per_output = 3
[tier.a]
input_miss = 1
output = 2
";

/// A configuration directory with one preset, `mine`.
struct Home {
    directory: TempDir,
    store: Store,
}

impl Home {
    fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        fs::create_dir(directory.path().join("presets")).expect("made");
        let home = Self { store: store(directory.path()), directory };
        fs::write(home.path("mine.toml"), MINE).expect("written");
        home
    }

    fn path(&self, file: &str) -> PathBuf {
        self.directory.path().join("presets").join(file)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("there")
    }

    fn open(&self) -> Document {
        Document::new(self.store.load("mine").expect("valid"))
    }

    /// Everything in the directory of presets, by name.
    fn files(&self) -> Vec<String> {
        let entries =
            fs::read_dir(self.path("")).expect("there").map(|entry| entry.expect("entry").file_name());
        let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn store(config: &Path) -> Store {
    Store::new(&Directories { config: Some(config.to_owned()), state: None })
}

fn priced(document: &mut Document, gpu_hour: f64) {
    document.set(&[(GPU_HOUR, Some(gpu_hour))]).expect("valid");
}

fn edited(home: &Home, gpu_hour: f64) -> Document {
    let mut document = home.open();
    priced(&mut document, gpu_hour);
    document
}

#[test]
fn saving_writes_the_edit_and_nothing_else_and_leaves_nothing_behind() {
    let home = Home::new();
    let mut document = edited(&home, 7.0);
    let saved = home.store.save(&document, Permit::default()).expect("saved");
    assert!(saved.written);
    document.saved(&saved.preset);
    assert!(!document.is_dirty());
    assert_eq!(home.read("mine.toml"), MINE.replace("gpu_hour = 2", "gpu_hour = 7"));
    assert_eq!(home.files(), ["mine.toml"]);
    assert!(matches!(home.store.reload(&document), Reload::Unchanged));
    // And again, after undo.
    assert!(document.undo());
    home.store.save(&document, Permit::default()).expect("no conflict with what was saved before");
    assert_eq!(home.read("mine.toml"), MINE);
}

#[test]
fn unchanged_bytes_are_not_written() {
    let home = Home::new();
    let before = fs::metadata(home.path("mine.toml")).expect("there").modified().expect("a time");
    let saved = home.store.save(&home.open(), Permit::default()).expect("nothing to do");
    assert!(!saved.written);
    assert_eq!(fs::metadata(home.path("mine.toml")).expect("there").modified().expect("a time"), before);
}

#[test]
fn a_file_that_changed_on_disk_is_not_overwritten_unasked() {
    let home = Home::new();
    let mut document = edited(&home, 7.0);
    let theirs = MINE.replace("decode = 1000", "decode = 5");
    fs::write(home.path("mine.toml"), &theirs).expect("written");
    let error = home.store.save(&document, Permit::default()).expect_err("a conflict");
    assert!(matches!(error, SaveError::Conflict(_)), "{error}");
    assert!(error.to_string().ends_with(
        "mine.toml changed on disk since it was read; reload it, overwrite it, or save under another name"
    ));
    assert_eq!(home.read("mine.toml"), theirs);
    // Reloaded, both are there.
    let Reload::Changed(disk) = home.store.reload(&document) else { panic!("changed") };
    document.rebase(disk);
    home.store.save(&document, Permit::default()).expect("no conflict any more");
    assert_eq!(home.read("mine.toml"), theirs.replace("gpu_hour = 2", "gpu_hour = 7"));
    // Or overwritten.
    fs::write(home.path("mine.toml"), "broken").expect("written");
    assert!(matches!(home.store.reload(&document), Reload::Broken(_)));
    home.store.save(&document, OVERWRITE).expect("asked for");
    assert_eq!(home.read("mine.toml"), theirs.replace("gpu_hour = 2", "gpu_hour = 7"));
}

#[test]
fn a_deleted_file_is_written_again() {
    let home = Home::new();
    let document = edited(&home, 7.0);
    fs::remove_file(home.path("mine.toml")).expect("removed");
    assert!(matches!(home.store.reload(&document), Reload::Gone));
    assert!(home.store.save(&document, Permit::default()).expect("saved").written);
    assert_eq!(home.files(), ["mine.toml"]);
}

#[test]
fn shipped_and_pasted_presets_are_saved_under_a_name() {
    let directory = tempfile::tempdir().expect("a directory");
    let config = directory.path().join("deep/config");
    let store = store(&config);
    let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
    assert!(matches!(store.save(&document, Permit::default()), Err(SaveError::NeedsName)));
    // Reading made nothing.
    assert!(store.list().len() == builtin::names().len() && !config.exists());
    priced(&mut document, 2.5);
    let saved = store.save_as(&document, "deepseek-day6", Permit::default()).expect("saved");
    document.saved(&saved.preset);
    assert!(matches!(document.base().origin, Origin::User { .. }));
    let loaded = store.load("deepseek-day6").expect("valid");
    assert_eq!(loaded.content.scenario.get(GPU_HOUR), Some(2.5));
    let text = String::from_utf8(loaded.text.to_vec()).expect("UTF-8");
    assert!(text.starts_with("# DeepSeek's production day"), "{text}");
    let list = store.list();
    let ids: Vec<(&str, bool)> = list.iter().map(|entry| (entry.id.as_str(), entry.shadows)).collect();
    assert_eq!(ids[..2], [("deepseek-day6", true), ("builtin:deepseek-day6", false)]);
    assert!(list.iter().all(|entry| store.load(&entry.id).is_ok()));
    assert_eq!(
        store.load("builtin:deepseek-day6").expect("shipped").content.scenario.get(GPU_HOUR),
        Some(2.0)
    );
}

#[test]
fn saving_under_a_name_that_is_there_asks_first() {
    let home = Home::new();
    let document = Document::new(builtin::load("sceptic").expect("shipped"));
    let error = home.store.save_as(&document, "mine", Permit::default()).expect_err("there");
    assert!(matches!(error, SaveError::Exists(_)), "{error}");
    assert_eq!(home.read("mine.toml"), MINE);
    home.store.save_as(&document, "mine", OVERWRITE).expect("asked for");
    assert!(home.read("mine.toml").contains("A sceptic's view"));
    for name in ["../mine", "eval", ".x", "a\nb", ""] {
        assert!(matches!(home.store.save_as(&document, name, OVERWRITE), Err(SaveError::Name(_))), "{name}");
    }
    let nowhere = Store::with_files(None, Arc::new(Disk));
    assert!(matches!(nowhere.save_as(&document, "x", Permit::default()), Err(SaveError::NoDirectory)));
}

#[test]
fn an_imported_file_keeps_its_bytes_and_has_to_be_a_preset() {
    let home = Home::new();
    let source = home.directory.path().join("source.toml");
    let bytes = format!("\u{feff}{}", MINE.replace('\n', "\r\n"));
    fs::write(&source, &bytes).expect("written");
    home.store.import(&source, "copy", Permit::default()).expect("imported");
    assert_eq!(home.read("copy.toml"), bytes);
    fs::write(&source, "nonsense").expect("written");
    assert!(matches!(home.store.import(&source, "other", Permit::default()), Err(SaveError::Invalid(_))));
    assert_eq!(home.files(), ["copy.toml", "mine.toml"]);
}

#[test]
fn deleting_can_be_undone_and_loses_no_namesake() {
    let home = Home::new();
    let first = home.store.delete("mine").expect("deleted");
    assert_eq!(home.files(), [".trash"]);
    assert!(home.store.load("mine").is_err());
    fs::write(home.path("mine.toml"), "second").expect("written");
    assert!(matches!(home.store.restore(&first), Err(SaveError::Exists(_))));
    let second = home.store.delete("mine").expect("deleted");
    assert_ne!(first.to, second.to);
    home.store.restore(&first).expect("restored");
    assert_eq!(home.read("mine.toml"), MINE);
    assert_eq!(fs::read_to_string(&second.to).expect("there"), "second");
    for name in ["nothing", "", "deepseek-day6", "../presets/mine"] {
        assert!(matches!(home.store.delete(name), Err(SaveError::Missing(_))), "{name}");
    }
}

#[test]
fn arguments_lead_to_the_preset_they_mean() {
    let home = Home::new();
    let load = |argument: &str| home.store.load_from(argument, MINE.as_bytes());
    assert!(matches!(&load("mine").expect("valid").origin, Origin::User { name, .. } if name == "mine"));
    assert!(matches!(load("-").expect("valid").origin, Origin::Pasted));
    let path = home.path("mine.toml");
    assert!(matches!(load(&path.to_string_lossy()).expect("valid").origin, Origin::File(_)));
    assert!(matches!(load("builtin:sceptic").expect("valid").origin, Origin::Builtin(_)));
    let fingerprint = builtin::fingerprint(&builtin::load("sceptic").expect("shipped").content);
    load(&format!("builtin:sceptic@{fingerprint}")).expect("the right one");
    let error = load("builtin:sceptic@00000000").expect_err("another one").to_string();
    assert!(error.contains("00000000") && error.contains(&fingerprint), "{error}");
    let error = load("deepseek-day").expect_err("unknown").to_string();
    assert_eq!(
        error,
        "no preset `deepseek-day` (did you mean `deepseek-day6`?); `napkin presets list` names them all"
    );
    assert!(load("builtin:scept").expect_err("unknown").to_string().contains("`builtin:sceptic`"));
    for missing in ["", "builtin:", "builtin:@", "nothing.toml", "./nothing", "..", "@"] {
        assert!(load(missing).is_err(), "{missing}");
    }
    fs::write(home.path("-.toml"), MINE).expect("written");
    fs::write(home.path("eval.toml"), MINE).expect("written");
    assert_eq!(
        home.store.list().iter().filter(|entry| home.store.load(&entry.id).is_ok()).count(),
        builtin::names().len() + 3
    );
    let broken = home.path("broken.toml");
    fs::write(&broken, "x = 1").expect("written");
    assert!(matches!(load("broken"), Err(LoadError::Invalid(_))));
    let list = home.store.list();
    let entry = list.iter().find(|entry| entry.id == "broken").expect("listed");
    assert!(entry.preset.as_ref().expect_err("broken").contains("broken.toml:1:1: x: unknown key"));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn the_mode_of_a_file_is_kept_and_a_new_one_is_as_the_umask_says() {
        let home = Home::new();
        for mode in [0o600, 0o644, 0o664] {
            fs::set_permissions(home.path("mine.toml"), fs::Permissions::from_mode(mode)).expect("set");
            home.store.save(&edited(&home, f64::from(mode)), Permit::default()).expect("saved");
            let now = fs::metadata(home.path("mine.toml")).expect("there").permissions().mode();
            assert_eq!(now & 0o777, mode);
        }
        home.store.save_as(&home.open(), "new", Permit::default()).expect("saved");
        let plain = home.path("plain");
        fs::write(&plain, "").expect("written");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode();
        assert_eq!(mode(&home.path("new.toml")), mode(&plain));
    }

    #[test]
    fn a_read_only_preset_is_left_alone() {
        let home = Home::new();
        fs::set_permissions(home.path("mine.toml"), fs::Permissions::from_mode(0o444)).expect("set");
        let error = home.store.save(&edited(&home, 7.0), OVERWRITE).expect_err("read-only");
        assert!(matches!(error, SaveError::ReadOnly(_)), "{error}");
        assert_eq!(home.read("mine.toml"), MINE);
        assert_eq!(home.files(), ["mine.toml"]);
    }

    #[test]
    fn what_a_link_leads_to_is_replaced_outside_only_when_confirmed() {
        let home = Home::new();
        let outside = home.directory.path().join("outside.toml");
        fs::rename(home.path("mine.toml"), &outside).expect("moved");
        symlink(&outside, home.path("mine.toml")).expect("linked");
        let document = edited(&home, 7.0);
        let error = home.store.save(&document, Permit::default()).expect_err("outside");
        assert!(
            matches!(&error, SaveError::NeedsConfirmation { target, .. } if target.ends_with("outside.toml"))
        );
        let confirmed = Permit { outside: true, ..Permit::default() };
        home.store.save(&document, confirmed).expect("confirmed");
        assert!(fs::symlink_metadata(home.path("mine.toml")).expect("there").is_symlink());
        assert!(fs::read_to_string(&outside).expect("there").contains("gpu_hour = 7"));
        // Within the directory nothing needs asking.
        fs::write(home.path("real.toml"), MINE).expect("written");
        fs::remove_file(home.path("mine.toml")).expect("removed");
        symlink("real.toml", home.path("mine.toml")).expect("linked");
        home.store.save(&edited(&home, 8.0), Permit::default()).expect("inside");
        assert!(home.read("real.toml").contains("gpu_hour = 8"));
        // A link that leads nowhere.
        fs::remove_file(home.path("real.toml")).expect("removed");
        let error = home.store.save_as(&document, "mine", OVERWRITE).expect_err("nowhere").to_string();
        assert!(error.starts_with("cannot follow the link"), "{error}");
        home.store.delete("mine").expect("a link can be deleted");
    }

    #[test]
    fn only_regular_files_up_to_1_mib_are_read_and_none_is_waited_for() {
        let home = Home::new();
        let pipe = home.path("pipe.toml");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::from_raw_mode(0o644)).expect("made");
        fs::create_dir(home.path("directory.toml")).expect("made");
        symlink("/dev/zero", home.path("zero.toml")).expect("linked");
        symlink("loop.toml", home.path("loop.toml")).expect("linked");
        fs::write(home.path("large.toml"), vec![b' '; (1 << 20) + 1]).expect("written");
        let _socket = std::os::unix::net::UnixListener::bind(home.path("socket.toml")).expect("bound");
        let error = |name: &str| home.store.load(name).expect_err("refused").to_string();
        assert!(
            error("pipe").ends_with("this is a pipe; only regular files are read, or `-` for standard input")
        );
        assert!(error("directory").ends_with("this is a directory; only regular files are read"));
        assert!(error("zero").ends_with("this is a device; only regular files are read"));
        assert!(error("socket").ends_with("this is a socket; only regular files are read"));
        assert!(error("large").ends_with("larger than 1 MiB; a preset has at most 1 MiB"));
        assert!(error("loop").contains("loop.toml: "));
        assert_eq!(home.store.list().iter().filter(|entry| entry.preset.is_err()).count(), 6);
        let endless = home.store.load_from("-", io::repeat(b' ')).expect_err("endless").to_string();
        assert_eq!(endless, "standard input: larger than 1 MiB; a preset has at most 1 MiB");
    }

    #[test]
    fn names_of_files_cannot_reach_the_terminal() {
        let home = Home::new();
        fs::write(home.path("evil\u{1b}[2J.toml"), "x = 1").expect("written");
        for entry in home.store.list() {
            assert!(!entry.name.contains('\u{1b}'));
            assert!(!entry.preset.err().unwrap_or_default().contains('\u{1b}'));
        }
    }
}

/// Fails or dies at one step of saving, counted from 0.
#[derive(Debug)]
struct Faulty {
    at: usize,
    fault: Fault,
    steps: AtomicUsize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    Error(io::ErrorKind),
    /// As `kill -9` at this moment.
    Die,
}

impl Faulty {
    fn new(at: usize, fault: Fault) -> Self {
        Self { at, fault, steps: AtomicUsize::new(0) }
    }

    fn step(&self) -> io::Result<()> {
        if self.steps.fetch_add(1, Ordering::Relaxed) != self.at {
            return Ok(());
        }
        match self.fault {
            Fault::Error(kind) => Err(kind.into()),
            Fault::Die => std::process::abort(),
        }
    }
}

impl Files for Faulty {
    fn read(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        self.step().map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
        Disk.read(path)
    }
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        Disk.create_dir(path)
    }
    fn lock(&self, directory: &Path) -> io::Result<Lock> {
        self.step()?;
        Disk.lock(directory)
    }
    fn temporary(&self, directory: &Path) -> io::Result<NamedTempFile> {
        self.step()?;
        Disk.temporary(directory)
    }
    fn write(&self, file: &mut fs::File, bytes: &[u8]) -> io::Result<()> {
        // A disk runs full in the middle.
        let (half, rest) = bytes.split_at(bytes.len() / 2);
        Disk.write(file, half)?;
        self.step()?;
        Disk.write(file, rest)
    }
    fn copy_mode(&self, from: &Path, to: &fs::File) -> io::Result<()> {
        self.step()?;
        Disk.copy_mode(from, to)
    }
    fn sync(&self, file: &fs::File) -> io::Result<()> {
        self.step()?;
        Disk.sync(file)
    }
    fn persist(&self, file: NamedTempFile, to: &Path, replace: bool) -> io::Result<()> {
        self.step()?;
        Disk.persist(file, to, replace)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        Disk.rename(from, to)
    }
    fn sync_dir(&self, directory: &Path) -> io::Result<()> {
        self.step()?;
        Disk.sync_dir(directory)
    }
}

const KINDS: [io::ErrorKind; 4] = [
    io::ErrorKind::StorageFull,
    io::ErrorKind::PermissionDenied,
    io::ErrorKind::ReadOnlyFilesystem,
    io::ErrorKind::Other,
];

#[test]
fn whatever_step_fails_the_old_file_or_the_new_one_is_whole() {
    for kind in KINDS {
        for at in 0.. {
            let home = Home::new();
            let document = edited(&home, 7.0);
            let new = MINE.replace("gpu_hour = 2", "gpu_hour = 7");
            let faulty =
                Store::with_files(Some(home.path("")), Arc::new(Faulty::new(at, Fault::Error(kind))));
            let result = faulty.save(&document, Permit::default());
            let now = home.read("mine.toml");
            assert_eq!(home.files(), ["mine.toml"], "step {at} left something behind");
            let Err(error) = result else {
                assert_eq!((now, at), (new, 8), "all steps were tried");
                break;
            };
            let message = error.to_string();
            assert!(message.contains("presets") && message.lines().count() == 1, "{message}");
            match error {
                SaveError::NotDurable { .. } => assert_eq!(now, new),
                _ => assert_eq!(now, MINE, "{message}"),
            }
            // And it can be tried again.
            home.store.save(&document, Permit::default()).expect("saved");
            assert_eq!(home.read("mine.toml"), new);
        }
    }
}

#[test]
fn whatever_step_of_a_new_file_or_a_deletion_fails_nothing_is_lost() {
    for at in 0.. {
        let home = Home::new();
        let faulty = Faulty::new(at, Fault::Error(io::ErrorKind::StorageFull));
        let faulty = Store::with_files(Some(home.path("")), Arc::new(faulty));
        let saved = faulty.save_as(&home.open(), "new", Permit::default());
        if !matches!(saved, Ok(_) | Err(SaveError::NotDurable { .. })) {
            assert_eq!(home.files(), ["mine.toml"], "step {at}");
        }
        if saved.is_ok() {
            break;
        }
    }
    for at in 0.. {
        let home = Home::new();
        let faulty = Faulty::new(at, Fault::Error(io::ErrorKind::Other));
        let faulty = Store::with_files(Some(home.path("")), Arc::new(faulty));
        match faulty.delete("mine") {
            Ok(trashed) => {
                assert_eq!(fs::read_to_string(trashed.to).expect("there"), MINE);
                break;
            }
            Err(SaveError::NotDurable { path, .. }) => assert!(fs::read_to_string(path).is_ok() || at > 0),
            Err(_) => assert_eq!(home.read("mine.toml"), MINE),
        }
    }
}

/// The part that a test plays in a process of its own; set by the test that starts it.
const ROLE: &str = "NAPKIN_TEST_ROLE";
const CONFIG: &str = "NAPKIN_TEST_CONFIG";
const ARGUMENT: &str = "NAPKIN_TEST_ARGUMENT";

/// This test binary once more, playing a role.
fn helper(home: &Home, role: &str, argument: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    command
        .args(["--exact", "plays_its_role_in_a_process_of_its_own", "--nocapture", "--test-threads=1"])
        .env(ROLE, role)
        .env(CONFIG, home.directory.path())
        .env(ARGUMENT, argument)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Does nothing unless a test started it with a role.
#[test]
fn plays_its_role_in_a_process_of_its_own() {
    let (Ok(role), Some(config)) = (std::env::var(ROLE), std::env::var_os(CONFIG)) else { return };
    let argument = std::env::var(ARGUMENT).unwrap_or_default();
    let config = PathBuf::from(config);
    match role.as_str() {
        "die" => {
            let at = argument.parse().expect("a number");
            let files = Arc::new(Faulty::new(at, Fault::Die));
            let dying = Store::with_files(Some(config.join("presets")), files);
            let mut document = Document::new(store(&config).load("mine").expect("valid"));
            priced(&mut document, 7.0);
            dying.save(&document, Permit::default()).expect("saved");
        }
        "save for ever" => {
            let store = store(&config);
            let mut document = Document::new(store.load("mine").expect("valid"));
            for turn in 0_u32.. {
                priced(&mut document, f64::from(turn % 1000));
                let saved = store.save(&document, Permit::default()).expect("saved");
                document.saved(&saved.preset);
                println!("saved {turn}");
            }
        }
        "count" => count(&store(&config), &argument),
        other => panic!("{other}"),
    }
}

/// Raises one input a hundred times, saving after each, reloading whenever another process was quicker.
fn count(store: &Store, input: &str) {
    let mut document = Document::new(store.load("mine").expect("valid"));
    let id = document.scenario().find(input).expect("an input");
    for turn in 1..=100 {
        document.set(&[(id, Some(f64::from(turn)))]).expect("valid");
        loop {
            match store.save(&document, Permit::default()) {
                Ok(saved) => {
                    document.saved(&saved.preset);
                    break;
                }
                Err(SaveError::Conflict(_)) => {
                    if let Reload::Changed(disk) = store.reload(&document) {
                        document.rebase(disk);
                    }
                }
                // A slow machine; the others are still at it.
                Err(SaveError::Step { source, .. }) if source.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
}

#[test]
fn whatever_step_is_the_last_one_of_a_killed_program_the_file_is_whole() {
    let new = MINE.replace("gpu_hour = 2", "gpu_hour = 7");
    for at in 0.. {
        let home = Home::new();
        let output = helper(&home, "die", &at.to_string()).output().expect("run");
        let now = home.read("mine.toml");
        assert!(now == MINE || now == new, "step {at}: {now}");
        // The next napkin loads it, is not locked out, and cleans up.
        let document = edited(&home, 9.0);
        home.store.save(&document, Permit::default()).expect("not locked out");
        assert_eq!(home.files(), ["mine.toml"], "step {at}");
        if output.status.success() {
            assert_eq!(now, new);
            break;
        }
    }
}

#[test]
fn kill_minus_9_at_any_moment_leaves_a_whole_file() {
    let home = Home::new();
    for round in 0_usize..30 {
        let mut child = helper(&home, "save for ever", "").spawn().expect("started");
        let output = child.stdout.take().expect("piped");
        // Let it save a different number of times each round, and kill it in the midst of the next.
        let saved = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .filter(|line| line.contains("saved"))
            .take(1 + round % 7)
            .count();
        child.kill().expect("killed");
        child.wait().expect("gone");
        assert_eq!(saved, 1 + round % 7);
        let document = home.open();
        let text = String::from_utf8(document.base().text.to_vec()).expect("UTF-8");
        assert!(text.starts_with("# Mine.\n[node]\ndecode = 1000\ngpu_hour = "), "{text}");
        assert!(text.ends_with("output = 2\n"), "{text}");
    }
    home.store.save(&edited(&home, 5000.0), Permit::default()).expect("not locked out");
    assert_eq!(home.files(), ["mine.toml"]);
}

#[test]
fn two_programs_that_save_in_turn_lose_nothing() {
    let home = Home::new();
    let inputs = ["node.gpu_hour", "node.decode", "traffic.input_per_output"];
    let children: Vec<_> =
        inputs.iter().map(|input| helper(&home, "count", input).spawn().expect("started")).collect();
    for child in children {
        let output = child.wait_with_output().expect("gone");
        let said =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }
    let document = home.open();
    for input in inputs {
        let id = document.scenario().find(input).expect("an input");
        assert_eq!(document.scenario().get(id), Some(100.0), "{input}");
    }
    assert_eq!(home.files(), ["mine.toml"]);
}

#[test]
fn a_watch_tells_of_changes_and_needs_no_directory() {
    use std::sync::mpsc;
    use std::time::Duration;

    let home = Home::new();
    let (sender, changes) = mpsc::channel();
    let missing = home.directory.path().join("missing");
    let mut watch = napkin::preset::Watch::new(Some(missing.clone()), move |paths| {
        let _ = sender.send(paths);
    });
    watch.follow(Some(&home.path("mine.toml")));
    let wait_for = |name: &str| {
        let patience = Duration::from_secs(20);
        while let Ok(paths) = changes.recv_timeout(patience) {
            assert!(paths.iter().all(|path| !path.to_string_lossy().contains(".napkin")), "{paths:?}");
            if paths.iter().any(|path| path.ends_with(name)) {
                return;
            }
        }
        panic!("no change of {name} in {patience:?}");
    };
    // As an editor writes it, and as napkin does.
    fs::File::create(home.path("mine.toml")).and_then(|mut file| file.write_all(b"x")).expect("written");
    wait_for("mine.toml");
    while changes.try_recv().is_ok() {}
    fs::write(home.path("mine.toml"), MINE).expect("written");
    home.store.save(&edited(&home, 7.0), Permit::default()).expect("saved");
    wait_for("mine.toml");
    fs::create_dir(&missing).expect("made");
    watch.refresh();
    fs::write(missing.join("new.toml"), MINE).expect("written");
    wait_for("new.toml");
}

#[test]
fn a_preset_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Store>();
    shared::<Arc<Preset>>();
    shared::<Document>();
}
