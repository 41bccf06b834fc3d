use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use super::*;
use crate::model::Global;
use crate::preset::{Origin, Permit, Reload, builtin};
use crate::tui::message::Background;
use crate::tui::session::Chosen;

fn effects(directory: &Path) -> SystemEffects {
    let directories = Directories {
        config: Some(directory.join("config")),
        state: Some(directory.join("state").join("napkin")),
    };
    SystemEffects { exports: directory.to_owned(), ..SystemEffects::new(&directories) }
}

#[test]
fn an_export_never_overwrites() {
    let directory = tempfile::tempdir().unwrap();
    let mut effects = effects(directory.path());
    for (name, text) in [("card.md", "one"), ("card-2.md", "two"), ("card-3.md", "three")] {
        let effect = Effect::Export { file_name: "card.md".to_owned(), text: text.to_owned() };
        let Some(Outcome::Exported(Ok(path))) = effects.perform(effect) else { panic!("no file") };
        assert_eq!(path, directory.path().join(name));
        assert_eq!(fs::read_to_string(path).unwrap(), text);
    }
    assert_eq!(numbered("notes", 2), "notes-2");
}

#[test]
fn an_export_that_fails_says_which_file_and_why() {
    let directory = tempfile::tempdir().unwrap();
    let mut effects = effects(&directory.path().join("missing"));
    let effect = Effect::Export { file_name: "card.md".to_owned(), text: String::new() };
    let Some(Outcome::Exported(Err(error))) = effects.perform(effect) else { panic!("a file") };
    assert!(error.starts_with("card.md: "), "{error}");
}

#[test]
fn what_is_remembered_is_there_the_next_time() {
    let directory = tempfile::tempdir().unwrap();
    let mut effects = effects(directory.path());
    let directories = Directories { config: None, state: effects.state.clone() };
    assert_eq!(SystemEffects::remembered(&directories), Ok(Memory::default()));
    for name in ["dark", "light"] {
        let chosen = Chosen { theme: Some(name.to_owned()), mouse: None };
        let memory = Memory { chosen, background: Some(Background::Light), session: None };
        assert!(effects.perform(Effect::Remember(memory.to_text())).is_none());
        assert_eq!(SystemEffects::remembered(&directories), Ok(memory));
    }
    let state = effects.state.unwrap();
    assert_eq!(fs::read_dir(state).unwrap().count(), 1, "nothing temporary stays");
}

#[test]
fn what_a_killed_program_left_in_the_state_directory_is_cleared_by_the_next() {
    let directory = tempfile::tempdir().unwrap();
    let [old, young, other] =
        [".napkin-a1.tmp", ".napkin-b2.tmp", "notes.tmp"].map(|name| directory.path().join(name));
    for path in [&old, &young, &other] {
        fs::write(path, "half").unwrap();
    }
    for path in [&old, &other] {
        let hour_ago = std::time::SystemTime::now() - Duration::from_hours(1);
        File::options().write(true).open(path).unwrap().set_modified(hour_ago).unwrap();
    }
    remember(directory.path(), "theme = \"dark\"").unwrap();
    assert!(!old.exists() && young.exists() && other.exists());
}

/// The end of a pipe that nobody writes to would be waited for, and zeroes without end would fill the memory.
#[cfg(unix)]
#[test]
fn a_state_file_that_is_no_file_is_not_waited_for() {
    use rustix::fs::{CWD, Mode, mkfifoat};

    let directory = tempfile::tempdir().unwrap();
    let state = directory.path().join(STATE);
    let directories = Directories { config: None, state: Some(directory.path().to_owned()) };
    let unreadable = Err(session::UNREADABLE.to_owned());
    mkfifoat(CWD, &state, Mode::RUSR | Mode::WUSR).unwrap();
    assert_eq!(SystemEffects::remembered(&directories), unreadable);
    fs::remove_file(&state).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &state).unwrap();
    assert_eq!(SystemEffects::remembered(&directories), unreadable);
    fs::remove_file(&state).unwrap();
    fs::write(&state, "#".repeat((1 << 20) + 1)).unwrap();
    assert_eq!(SystemEffects::remembered(&directories), unreadable);
}

#[test]
fn remembering_where_nothing_can_be_written_is_no_error() {
    let directory = tempfile::tempdir().unwrap();
    let mut effects = effects(directory.path());
    fs::write(directory.path().join("state"), "a file in the way").unwrap();
    assert!(effects.perform(Effect::Remember("theme = \"dark\"".to_owned())).is_none());
}

/// The default preset with another rent.
fn edited(effects: &SystemEffects, name: &str, rent: f64) -> Document {
    let mut document = Document::new(effects.store.load(name).unwrap());
    document.set(&[(Global::GpuHour.into(), Some(rent))]).unwrap();
    document
}

fn save(effects: &mut SystemEffects, document: &Document, request: &SaveRequest) -> Result<Saved, SaveError> {
    let effect = Effect::Save { document: Box::new(document.clone()), request: request.clone() };
    match effects.perform(effect) {
        Some(Outcome::Saved(answered, saved)) if answered == *request => saved,
        other => panic!("{other:?}"),
    }
}

fn save_as(effects: &mut SystemEffects, rent: f64, overwrite: bool) -> Result<Saved, SaveError> {
    let document = edited(effects, builtin::DEFAULT, rent);
    let permit = Permit { overwrite, ..Permit::default() };
    save(effects, &document, &SaveRequest { name: Some("mine".to_owned()), permit, ..SaveRequest::default() })
}

#[test]
fn what_stands_in_the_way_of_saving_is_said() {
    let directory = tempfile::tempdir().unwrap();
    let mut effects = effects(directory.path());
    let saved = save_as(&mut effects, 3.0, false).unwrap();
    assert!(matches!(&saved.preset.origin, Origin::User { name, .. } if name == "mine"));
    assert!(matches!(save_as(&mut effects, 4.0, false), Err(SaveError::Exists(_))));
    assert!(save_as(&mut effects, 4.0, true).is_ok());
    // It changes on disk between reading and saving.
    let document = edited(&effects, "mine", 5.0);
    let path = effects.store.path_of("mine").unwrap();
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("# by hand\n{text}")).unwrap();
    let own = SaveRequest::default();
    assert!(matches!(save(&mut effects, &document, &own), Err(SaveError::Conflict(_))));
    let permit = Permit { overwrite: true, ..Permit::default() };
    assert!(save(&mut effects, &document, &SaveRequest { permit, ..own.clone() }).is_ok());
    // A shipped preset has no file.
    let document = edited(&effects, builtin::DEFAULT, 5.0);
    assert!(matches!(save(&mut effects, &document, &own), Err(SaveError::NeedsName)));
}

#[test]
fn a_preset_of_the_user_stays_one_when_it_is_read_again() {
    let directory = tempfile::tempdir().unwrap();
    let mut effects = effects(directory.path());
    let saved = save_as(&mut effects, 3.0, false).unwrap().preset;
    let document = Box::new(Document::new(Arc::clone(&saved)));
    let mut reload = || match effects.perform(Effect::Reload(document.clone())) {
        Some(Outcome::Reloaded(reload)) => reload,
        other => panic!("{other:?}"),
    };
    assert!(matches!(reload(), Reload::Unchanged));
    let path = saved.origin.path().unwrap();
    fs::write(path, [b"# by hand\n", saved.text.as_ref()].concat()).unwrap();
    assert!(matches!(reload(), Reload::Changed(again) if again.origin == saved.origin));
    fs::write(path, "nonsense").unwrap();
    assert!(matches!(reload(), Reload::Broken(_)));
    fs::remove_file(path).unwrap();
    assert!(matches!(reload(), Reload::Gone));
}

#[test]
fn the_screen_does_not_wait_for_another_program_that_is_saving() {
    let directory = tempfile::tempdir().unwrap();
    let mut effects = effects(directory.path());
    let (sender, receiver) = channel();
    effects.connect(Arc::new(move |message| sender.send(message).unwrap_or_default()));
    let saved = save_as(&mut effects, 3.0, false).unwrap().preset;
    let home = saved.origin.path().unwrap().parent().unwrap();
    let lock = Disk.lock(home).unwrap();
    let document = Box::new(edited(&effects, "mine", 4.0));
    let begin = Instant::now();
    let effect = Effect::Save { document, request: SaveRequest::default() };
    assert!(matches!(effects.perform(effect.clone()), Some(Outcome::Locked(_))));
    assert!(begin.elapsed() < Duration::from_secs(1));
    drop(lock);
    let freed = || receiver.iter().find(|message| matches!(message, Message::Done(Outcome::Unlocked(true))));
    assert!(freed().is_some());
    assert!(matches!(effects.perform(effect), Some(Outcome::Saved(_, Ok(_)))));
}

#[test]
fn a_deleted_preset_comes_back() {
    let directory = tempfile::tempdir().unwrap();
    let mut effects = effects(directory.path());
    let path = save_as(&mut effects, 3.0, false).unwrap().preset.origin.path().unwrap().clone();
    let deleted = effects.perform(Effect::Delete("mine".to_owned()));
    let Some(Outcome::Deleted(Ok(trashed))) = deleted else { panic!("{deleted:?}") };
    assert!(trashed.from == path && trashed.to.exists() && !path.exists());
    let restored = effects.perform(Effect::Restore(trashed.clone()));
    assert!(matches!(restored, Some(Outcome::Restored(Ok(back))) if back == trashed));
    assert!(path.exists());
    assert!(matches!(effects.perform(Effect::Restore(trashed)), Some(Outcome::Restored(Err(_)))));
    assert!(matches!(effects.perform(Effect::Delete("other".to_owned())), Some(Outcome::Deleted(Err(_)))));
}

#[test]
fn a_preset_that_changes_on_disk_is_noticed_even_in_a_directory_made_by_saving() {
    let directory = tempfile::tempdir().unwrap();
    let mut effects = effects(directory.path());
    let (sender, receiver) = channel();
    effects.connect(Arc::new(move |message| {
        if let Message::FilesChanged(files) = message {
            sender.send(files).unwrap_or_default();
        }
    }));
    let path = save_as(&mut effects, 3.0, false).unwrap().preset.origin.path().unwrap().clone();
    fs::write(&path, "changed").unwrap();
    let changed = receiver.recv_timeout(Duration::from_secs(30)).unwrap();
    assert!(changed.iter().any(|file| file.file_name() == path.file_name()), "{changed:?}");
}

#[test]
fn presets_that_change_on_disk_are_listed_aside_and_only_those_are_read_again() {
    let directory = tempfile::tempdir().unwrap();
    let mut effects = effects(directory.path());
    let presets = directory.path().join("config").join("presets");
    fs::create_dir_all(&presets).unwrap();
    let text = String::from_utf8(builtin::text("forum-comment").unwrap().to_vec()).unwrap();
    for name in ["one", "two"] {
        fs::write(presets.join(format!("{name}.toml")), &text).unwrap();
    }
    let (told, heard) = channel();
    effects.connect(Arc::new(move |message| {
        // Whoever watches the directory speaks here too.
        if let Message::Done(Outcome::Listed(entries, _)) = message {
            let _ = told.send(entries);
        }
    }));
    let mut listed = || {
        assert!(effects.perform(Effect::RelistPresets).is_none(), "nothing waits for it");
        heard.recv_timeout(Duration::from_secs(30)).unwrap()
    };
    let before = listed();
    fs::write(presets.join("two.toml"), text.replacen("name = \"", "name = \"Another ", 1)).unwrap();
    let after = listed();
    let same = |index: usize| {
        let preset = |entries: &[Entry]| Arc::clone(entries[index].preset.as_ref().unwrap());
        Arc::ptr_eq(&preset(&before), &preset(&after))
    };
    assert!(same(0) && !same(1));
    assert!(after[1].name.starts_with("Another "), "{}", after[1].name);
}
