use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::sync::mpsc::{Sender, channel};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent};
use ratatui::Frame;
use ratatui::backend::{ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::*;
use crate::tui::Outcome;
use crate::tui::runtime::wake::HANGUP;

/// What happened, in order.
type Log = Rc<RefCell<Vec<String>>>;

/// A program that writes down what it is told; keys choose what it does.
struct Script {
    log: Log,
    text: String,
    dirty: bool,
    busy: bool,
    hasty: bool,
    sender: Sender<Wake>,
    /// What arrives after each frame that is not drawn in haste; when all is used up, the terminal goes away.
    batches: VecDeque<Vec<Wake>>,
}

impl Program for Script {
    fn update(&mut self, message: Message) -> Vec<Effect> {
        if matches!(message, Message::Leaving) {
            // Only after an `e` is there something to remember.
            let changed = self.text == "e";
            let effects = [Effect::Remember("at the end".to_owned()), Effect::Quit(1)];
            return if changed { effects.to_vec() } else { Vec::new() };
        }
        self.text = said(&message);
        self.log.borrow_mut().push(self.text.clone());
        let Message::Key(key) = message else {
            self.dirty = true;
            return Vec::new();
        };
        self.dirty = key.code != KeyCode::Char('.');
        match key.code {
            KeyCode::Char('q') => vec![Effect::Quit(7), Effect::Remember("state".to_owned())],
            KeyCode::Char('z') => vec![Effect::Suspend],
            KeyCode::Char('r') => vec![Effect::Redraw],
            KeyCode::Char('m') => vec![Effect::Mouse(false)],
            KeyCode::Char('y') => vec![Effect::Copy { text: "card".to_owned(), what: "claim card" }],
            // Another key comes while this one is handled.
            KeyCode::Char('b') => {
                self.sender.send(press('.')).unwrap();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn needs_draw(&self) -> bool {
        self.dirty
    }

    fn draw(&mut self, frame: &mut Frame) {
        self.log.borrow_mut().push(if self.busy { "draw in haste" } else { "draw" }.to_owned());
        let area = frame.area();
        frame.render_widget(self.text.as_str(), area);
        self.dirty = false;
        self.hasty = self.busy;
        if !self.busy {
            for wake in self.batches.pop_front().unwrap_or_else(|| vec![Wake::Gone]) {
                self.sender.send(wake).unwrap();
            }
        }
    }

    fn refine(&mut self) -> bool {
        let hasty = std::mem::take(&mut self.hasty);
        if hasty {
            self.log.borrow_mut().push("refine".to_owned());
            self.busy = false;
            self.dirty = true;
        }
        hasty
    }

    fn set_busy(&mut self, waiting: bool) {
        self.busy = waiting;
    }
}

struct Outside(Log);

impl Effects for Outside {
    fn perform(&mut self, effect: Effect) -> Option<Outcome> {
        self.0.borrow_mut().push(format!("perform {effect:?}"));
        match effect {
            Effect::Copy { what, .. } => Some(Outcome::Copied { what, how: "test".to_owned() }),
            _ => None,
        }
    }
}

struct FakeConsole {
    log: Log,
    ours: bool,
    can_stop: bool,
}

impl FakeConsole {
    fn note(&self, what: &str) {
        self.log.borrow_mut().push(what.to_owned());
    }
}

impl Console for FakeConsole {
    fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.note(if on { "mouse on" } else { "mouse off" });
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.note(&format!("osc52 {text}"));
        Ok(())
    }

    fn ask_to_suspend(&mut self) -> io::Result<()> {
        self.note("ask to suspend");
        Ok(())
    }

    fn suspend(&mut self) -> io::Result<bool> {
        self.note("suspend");
        self.ours = false;
        Ok(self.can_stop)
    }

    fn resume(&mut self) -> io::Result<()> {
        self.note("resume");
        self.ours = true;
        Ok(())
    }

    fn is_ours(&self) -> bool {
        self.ours
    }
}

fn said(message: &Message) -> String {
    match message {
        Message::Key(key) => key.code.to_string(),
        Message::Mouse(mouse) => format!("{:?} {},{}", mouse.kind, mouse.column, mouse.row),
        Message::Resize(width, height) => format!("{width}×{height}"),
        Message::Done(Outcome::Copied { what, how }) => format!("{what} copied by {how}"),
        other => format!("{other:?}"),
    }
}

fn press(letter: char) -> Wake {
    Wake::Message(Message::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)))
}

fn mouse(kind: MouseEventKind, column: u16) -> Wake {
    Wake::Message(Message::Mouse(MouseEvent { kind, column, row: 0, modifiers: KeyModifiers::NONE }))
}

fn drag(column: u16) -> Wake {
    mouse(MouseEventKind::Drag(MouseButton::Left), column)
}

fn size(width: u16, height: u16) -> Wake {
    Wake::Message(Message::Resize(width, height))
}

/// Runs the loop; each batch arrives after the frame before it. Returns the end and what happened after the
/// first frame.
fn run_on<B: Backend<Error: Send + Sync + 'static>>(
    backend: B,
    can_stop: bool,
    batches: Vec<Vec<Wake>>,
) -> (Result<u8>, Vec<String>) {
    let log = Log::default();
    let (sender, receiver) = channel();
    let mut script = Script {
        log: Rc::clone(&log),
        text: String::new(),
        dirty: false,
        busy: false,
        hasty: false,
        sender,
        batches: batches.into(),
    };
    let console = FakeConsole { log: Rc::clone(&log), ours: true, can_stop };
    let terminal = terminal(backend).unwrap();
    let outside = Outside(Rc::clone(&log));
    let end = EventLoop::new(&mut script, terminal, outside, console, receiver).run(|_, _| Ok(()));
    let mut log = log.take();
    if log.len() >= 2 {
        assert_eq!(log.drain(..2).collect::<Vec<_>>(), ["20×2", "draw"]);
    }
    (end, log)
}

/// What happens when these batches arrive one after the other.
fn log_of(batches: Vec<Vec<Wake>>) -> Vec<String> {
    let (end, log) = run_on(TestBackend::new(20, 2), true, batches);
    assert!(matches!(end, Ok(HANGUP)), "{end:?}");
    log
}

#[test]
fn all_that_is_pending_is_one_frame() {
    assert_eq!(log_of(vec![vec![press('a'), press('c'), press('d')]]), ["a", "c", "d", "draw"]);
}

#[test]
fn nothing_is_drawn_when_nothing_changed() {
    assert_eq!(log_of(vec![vec![press('.'), press('.'), Wake::Gone]]), [".", "."]);
}

#[test]
fn drags_and_sizes_in_a_row_count_once_and_the_newest_wins() {
    let batch = vec![
        mouse(MouseEventKind::Down(MouseButton::Left), 1),
        drag(2),
        drag(3),
        drag(4),
        mouse(MouseEventKind::Up(MouseButton::Left), 4),
        mouse(MouseEventKind::ScrollUp, 4),
        mouse(MouseEventKind::ScrollUp, 4),
        size(3, 3),
        size(40, 4),
        drag(5),
        press('x'),
        drag(6),
    ];
    let expected = [
        "Down(Left) 1,0",
        "Drag(Left) 4,0",
        "Up(Left) 4,0",
        "ScrollUp 4,0",
        "ScrollUp 4,0",
        "40×4",
        "Drag(Left) 5,0",
        "x",
        "Drag(Left) 6,0",
        "draw",
    ];
    assert_eq!(log_of(vec![batch]), expected);
}

#[test]
fn what_is_drawn_in_haste_is_refined_when_the_input_rests() {
    assert_eq!(log_of(vec![vec![press('b')]]), ["b", "draw in haste", ".", "refine", "draw"]);
}

#[test]
fn leaving_carries_out_what_was_asked_for_along_with_it() {
    let (end, log) = run_on(TestBackend::new(20, 2), true, vec![vec![press('q'), press('x')]]);
    assert!(matches!(end, Ok(7)));
    assert_eq!(log, ["q", "perform Remember(\"state\")"]);
}

#[test]
fn a_signal_ends_the_loop_with_its_code_and_a_broken_part_with_an_error() {
    let (end, log) = run_on(TestBackend::new(20, 2), true, vec![vec![press('e'), Wake::Leave(143)]]);
    assert!(matches!(end, Ok(143)));
    assert_eq!(log, ["e", "perform Remember(\"at the end\")"]);
    assert!(run_on(TestBackend::new(20, 2), true, vec![vec![Wake::Broken]]).0.is_err());
}

#[test]
fn an_outcome_comes_back_before_the_next_message() {
    let expected = [
        "y",
        "osc52 card",
        "perform Copy { text: \"card\", what: \"claim card\" }",
        "claim card copied by test",
    ];
    let log = log_of(vec![vec![press('y'), press('x')]]);
    assert_eq!(log[..4], expected);
    assert_eq!(log[4..], ["x", "draw"]);
}

#[test]
fn the_mouse_is_switched_in_the_terminal() {
    assert_eq!(log_of(vec![vec![press('m')]]), ["m", "mouse off", "draw"]);
}

#[test]
fn nothing_is_drawn_between_giving_the_terminal_back_and_going_on() {
    let batch = vec![press('z'), Wake::Suspend, press('x'), Wake::Suspend, Wake::Gone];
    let (end, log) = run_on(TestBackend::new(20, 2), true, vec![batch]);
    assert!(end.is_ok());
    assert_eq!(log, ["z", "ask to suspend", "suspend", "x"]);
}

#[test]
fn going_on_takes_the_terminal_and_draws_everything() {
    assert_eq!(log_of(vec![vec![Wake::Suspend, Wake::Continued]]), ["suspend", "resume", "Resumed", "draw"]);
    // Stopped and continued from outside, without a word before.
    assert_eq!(log_of(vec![vec![Wake::Continued]]), ["resume", "Resumed", "draw"]);
}

#[test]
fn where_stopping_is_impossible_the_explorer_goes_on() {
    let (_, log) = run_on(TestBackend::new(20, 2), false, vec![vec![Wake::Suspend]]);
    assert_eq!(log, ["suspend", "resume", "draw"]);
}

/// A terminal that can be made to fail, and counts what it is asked to do.
struct Fickle {
    inner: TestBackend,
    /// Frames until it fails.
    frames: usize,
    clears: Rc<RefCell<usize>>,
}

impl Backend for Fickle {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        self.frames = self.frames.checked_sub(1).ok_or_else(|| io::Error::from_raw_os_error(5))?;
        self.inner.draw(content).map_err(|error| match error {})
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        panic!("asking for the cursor waits for the reader, and the reader for the loop")
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, _: P) -> io::Result<()> {
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        *self.clears.borrow_mut() += 1;
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(Size::new(20, 2))
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn drawing_anew_clears_without_asking_the_terminal() {
    let clears = Rc::new(RefCell::new(0));
    let backend = Fickle { inner: TestBackend::new(20, 2), frames: 9, clears: Rc::clone(&clears) };
    let (end, log) = run_on(backend, true, vec![vec![press('r')]]);
    assert!(end.is_ok());
    assert_eq!(log, ["r", "draw"]);
    assert_eq!(*clears.borrow(), 1);
}

#[test]
fn a_terminal_that_fails_ends_the_loop() {
    let backend = Fickle { inner: TestBackend::new(20, 2), frames: 1, clears: Rc::default() };
    let (end, log) = run_on(backend, true, vec![vec![press('x')]]);
    assert!(crate::tui::runtime::is_hangup(&end.unwrap_err()));
    assert_eq!(log, ["x", "draw"]);
}

#[test]
fn however_much_changed_on_disk_files_are_read_again_once_a_batch() {
    let changed = |name: &str| Wake::Message(Message::FilesChanged(vec![name.into()]));
    let wakes: Vec<Wake> =
        (0..400).map(|index| changed(&format!("{index}.toml"))).chain([press('a')]).collect();
    assert_eq!(newest(wakes.into()).len(), 2);
}
