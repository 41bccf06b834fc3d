//! Random input without end on the real explorer in the real loop, and effects that fail as often as not.

use std::cell::{Cell as Shared, RefCell};
use std::io;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::channel;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent};
use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use ratatui::backend::{ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::*;
use crate::preset::{
    Directories, Document, Origin, Preset, Reload, SaveError, Saved, Store, Trashed, builtin, read, to_toml,
};
use crate::tui::theme::Theme;
use crate::tui::{App, Outcome, Start};

/// Messages of each storm.
const MESSAGES: usize = 10_000;

/// A source of chance.
struct Chance(Xoshiro256PlusPlus);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        (self.0.next_u64() % count as u64) as usize
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// A terminal that has any size at any time and draws nothing.
struct Elastic(Rc<Shared<Size>>);

impl Backend for Elastic {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        for (_, _, cell) in content {
            assert!(!cell.symbol().contains(char::is_control), "{:?}", cell.symbol());
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, _: P) -> io::Result<()> {
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.0.get())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Anything;

impl Console for Anything {
    fn mouse(&mut self, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn copy(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn ask_to_suspend(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<bool> {
        Ok(true)
    }

    fn resume(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn is_ours(&self) -> bool {
        true
    }
}

/// Everything goes wrong half of the time, and nothing touches a disk.
struct Unreliable {
    chance: Rc<RefCell<Chance>>,
    store: Store,
}

impl Effects for Unreliable {
    fn perform(&mut self, effect: Effect) -> Option<Outcome> {
        let mut chance = self.chance.borrow_mut();
        let name = *chance.of(&builtin::names().collect::<Vec<_>>());
        let preset: Arc<Preset> = builtin::load(name)?;
        let fails = chance.one_in(2);
        let problem = || "disk\x1b[31m full 漢字".to_owned();
        let path = PathBuf::from("/nowhere/漢字.toml");
        Some(match effect {
            Effect::Copy { what, .. } => Outcome::Copied { what, how: "test".to_owned() },
            Effect::Export { .. } => Outcome::Exported(if fails { Err(problem()) } else { Ok(path) }),
            Effect::ListPresets | Effect::RelistPresets => Outcome::Listed(self.store.list(), Some(path)),
            Effect::Reload(document) => Outcome::Reloaded(match chance.below(4) {
                0 => Reload::Gone,
                1 => Reload::Broken(problem()),
                2 => Reload::Unchanged,
                // Another preset under the same name: tiers come and go.
                _ => Reload::Changed(Arc::new(Preset {
                    origin: document.base().origin.clone(),
                    ..Preset::clone(&preset)
                })),
            }),
            Effect::Save { document, request } => {
                let result = if fails {
                    Err(match chance.below(4) {
                        0 => SaveError::Conflict(path),
                        1 => SaveError::Exists(path),
                        2 => SaveError::NeedsConfirmation { link: path.clone(), target: path },
                        _ => SaveError::NoDirectory,
                    })
                } else {
                    let origin = Origin::User { name: "漢字".to_owned(), path };
                    let preset = read(&to_toml(&document), "saved", origin).expect("what is written reads");
                    Ok(Saved { preset: Arc::new(preset), written: true })
                };
                Outcome::Saved(request, result)
            }
            Effect::Delete(name) => {
                let trashed = Trashed { name, from: path.clone(), to: path };
                Outcome::Deleted(if fails { Err(problem()) } else { Ok(trashed) })
            }
            Effect::Restore(trashed) => Outcome::Restored(if fails { Err(problem()) } else { Ok(trashed) }),
            _ => return None,
        })
    }
}

/// Anything that can come from a terminal or from outside.
fn anything(chance: &mut Chance, size: &Shared<Size>) -> Wake {
    Wake::Message(match chance.below(100) {
        0..60 => key(chance),
        60..90 => mouse(chance, size.get()),
        90..94 => {
            let sides = [0, 1, 2, 5, 23, 24, 40, 79, 80, 119, 120, 160, 300];
            let (width, height) = (*chance.of(&sides), *chance.of(&sides[..11]));
            size.set(Size { width, height });
            Message::Resize(width, height)
        }
        94..98 => paste(chance),
        98 => Message::FilesChanged(vec![PathBuf::from("/nowhere/mine.toml")]),
        _ => return Wake::Continued,
    })
}

fn key(chance: &mut Chance) -> Message {
    use KeyCode::{
        BackTab, Backspace, Char, Delete, Down, End, Enter, Esc, F, Home, Insert, Left, PageDown, PageUp,
        Right, Tab, Up,
    };
    let named = [
        BackTab, Backspace, Delete, Down, End, Enter, Esc, Home, Insert, Left, PageDown, PageUp, Right, Tab,
        Up, Down, Right, Left, Enter, Enter, Tab,
    ];
    let code = match chance.below(20) {
        0..10 => Char(char::from(b' ' + chance.below(95) as u8)),
        10 => F(1 + chance.below(12) as u8),
        11 => Char(*chance.of(&['é', '漢', '\u{301}', '🧮', '٣', '−', '\u{200b}'])),
        12 => Char(char::from(b'0' + chance.below(10) as u8)),
        _ => *chance.of(&named),
    };
    let modifiers = match chance.below(8) {
        0 => KeyModifiers::CONTROL,
        1 => KeyModifiers::ALT,
        2 => KeyModifiers::SHIFT,
        _ => KeyModifiers::NONE,
    };
    Message::Key(KeyEvent::new(code, modifiers))
}

fn mouse(chance: &mut Chance, size: Size) -> Message {
    let kinds = [
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::Drag(MouseButton::Left),
        MouseEventKind::Drag(MouseButton::Left),
        MouseEventKind::Up(MouseButton::Left),
        MouseEventKind::Down(MouseButton::Right),
        MouseEventKind::Drag(MouseButton::Middle),
        MouseEventKind::ScrollUp,
        MouseEventKind::ScrollDown,
        MouseEventKind::ScrollLeft,
        MouseEventKind::Moved,
    ];
    let (column, row) = if chance.one_in(20) {
        (u16::MAX, u16::MAX)
    } else {
        // Some of them outside.
        let within = |chance: &mut Chance, side: u16| chance.below(usize::from(side) + 3) as u16;
        (within(chance, size.width), within(chance, size.height))
    };
    let modifiers = if chance.one_in(5) { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    Message::Mouse(MouseEvent { kind: *chance.of(&kinds), column, row, modifiers })
}

fn paste(chance: &mut Chance) -> Message {
    let long = "漢".repeat(5000);
    let preset = String::from_utf8_lossy(builtin::text(builtin::DEFAULT).unwrap_or_default()).into_owned();
    let texts =
        ["", "2.5", "$1,000.50", "56.3%", "1e400", "NaN", "x1.2", "/0", "\n\n", "\u{301}", &long, &preset];
    Message::Paste((*chance.of(&texts)).to_owned())
}

/// One storm: batches of any size, a frame after each.
fn storm(seed: u64, ascii: bool) {
    let chance = Rc::new(RefCell::new(Chance(Xoshiro256PlusPlus::seed_from_u64(seed))));
    let size = Rc::new(Shared::new(Size::new(120, 40)));
    let store = Store::new(&Directories::default());
    let open = |name: &str| Document::new(builtin::load(name).unwrap());
    let names: Vec<&str> = builtin::names().collect();
    let name = *chance.borrow_mut().of(&names);
    let theme = *chance.borrow_mut().of(&Theme::ALL);
    let pinned = chance.borrow_mut().one_in(2).then(|| open(names[0]));
    let mut app = App::new(Start { pinned, theme: theme.into(), ascii, ..Start::new(open(name)) });
    let (sender, receiver) = channel();
    let effects = Unreliable { chance: Rc::clone(&chance), store };
    let terminal = terminal(Elastic(Rc::clone(&size))).unwrap();
    let mut event_loop = EventLoop::new(&mut app, terminal, effects, Anything, receiver);
    let mut sent = 0;
    while sent < MESSAGES {
        {
            let mut chance = chance.borrow_mut();
            let batch = 1 + chance.below(60);
            for _ in 0..batch {
                sender.send(anything(&mut chance, &size)).unwrap();
            }
            sent += batch;
        }
        // Whoever quits is simply started again.
        event_loop.turn().unwrap();
    }
}

#[test]
fn a_storm_of_input_is_survived() {
    storm(1, false);
}

#[test]
fn a_storm_of_input_is_survived_with_plain_signs() {
    storm(2, true);
}

#[test]
fn a_third_storm_is_survived() {
    storm(3, false);
}

#[test]
fn a_fourth_storm_is_survived() {
    storm(4, false);
}

#[test]
#[ignore = "a minute; cargo nextest run --run-ignored all storm"]
fn with_six_more_storms_a_hundred_thousand_events_are_survived() {
    for seed in 5..=10 {
        storm(seed, seed % 2 == 0);
    }
}

/// The explorer, and how often it was asked for what takes time.
struct Counted {
    app: App,
    messages: usize,
    frames: usize,
}

impl Program for Counted {
    fn update(&mut self, message: Message) -> Vec<Effect> {
        self.messages += 1;
        self.app.update(message)
    }

    fn needs_draw(&self) -> bool {
        self.app.needs_draw()
    }

    fn draw(&mut self, frame: &mut ratatui::Frame) {
        self.frames += 1;
        self.app.draw(frame);
    }
}

/// However many drags come while one frame is drawn, the next one shows the last of them, and none waits longer.
#[test]
fn a_thousand_drags_that_wait_are_one_step_and_one_frame() {
    let size = Rc::new(Shared::new(Size::new(120, 40)));
    let document = Document::new(builtin::load(builtin::DEFAULT).unwrap());
    let mut counted = Counted { app: App::new(Start::new(document)), messages: 0, frames: 0 };
    let (sender, receiver) = channel();
    let chance = Rc::new(RefCell::new(Chance(Xoshiro256PlusPlus::seed_from_u64(0))));
    let effects = Unreliable { chance, store: Store::new(&Directories::default()) };
    let terminal = terminal(Elastic(size)).unwrap();
    let mut event_loop = EventLoop::new(&mut counted, terminal, effects, Anything, receiver);
    sender.send(Wake::Message(Message::Resize(120, 40))).unwrap();
    event_loop.turn().unwrap();
    let track = event_loop.program.app.layout().ruler_track;
    let mouse = |kind: fn(MouseButton) -> MouseEventKind, column: u16| {
        let kind = kind(MouseButton::Left);
        let event = MouseEvent { kind, column, row: track.y, modifiers: KeyModifiers::NONE };
        sender.send(Wake::Message(Message::Mouse(event))).unwrap();
    };
    mouse(MouseEventKind::Down, track.x);
    for drag in 0..1000 {
        mouse(MouseEventKind::Drag, track.x + drag % track.width);
    }
    mouse(MouseEventKind::Drag, track.right() - 1);
    (event_loop.program.messages, event_loop.program.frames) = (0, 0);
    event_loop.turn().unwrap();
    assert_eq!((event_loop.program.messages, event_loop.program.frames), (2, 1));
    assert!(event_loop.queue.is_empty() && event_loop.receiver.try_recv().is_err(), "nothing waits");
    let rent = |app: &App| app.cx.document.scenario().get(app.cx.focused);
    assert!(rent(&event_loop.program.app) > Some(12.0), "{:?}", rent(&event_loop.program.app));
}
