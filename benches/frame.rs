//! How long a frame takes after a step of a slider: update, layout, drawing into a buffer.

#![allow(clippy::expect_used, reason = "a shipped preset that does not load is a broken build")]

use crossterm::event::{KeyCode, KeyEvent};
use napkin::preset::{Document, builtin};
use napkin::tui::{App, Message, Start, render, view_names};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn main() {
    divan::main();
}

/// An explorer of the given size with the view that `keys` lead to.
fn explorer((width, height): (u16, u16), view: &str) -> App {
    let document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
    let pinned = Document::new(builtin::load("sceptic").expect("shipped"));
    let mut app = App::new(Start { pinned: Some(pinned), ..Start::new(document) });
    app.update(Message::Resize(width, height));
    app.show_view(view);
    app
}

/// A step of the focused slider and the frame that follows.
fn step_and_draw(bencher: divan::Bencher, size: (u16, u16), view: &str) {
    step_and_draw_in(bencher, explorer(size, view), size);
}

fn step_and_draw_in(bencher: divan::Bencher, mut app: App, size: (u16, u16)) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    let mut right = true;
    bencher.bench_local(|| {
        right = !right;
        let code = if right { KeyCode::Right } else { KeyCode::Left };
        app.update(Message::Key(KeyEvent::from(code)));
        buffer.reset();
        render(&app, &mut buffer);
    });
}

#[divan::bench(args = view_names())]
fn at_120_by_40(bencher: divan::Bencher, view: &str) {
    step_and_draw(bencher, (120, 40), view);
}

#[divan::bench(args = view_names())]
fn at_200_by_60(bencher: divan::Bencher, view: &str) {
    step_and_draw(bencher, (200, 60), view);
}

/// The books whole: some 2,000 hosts, or the measured rates of every model.
#[divan::bench(args = ["hosts", "hardware"])]
fn of_every_model(bencher: divan::Bencher, view: &str) {
    let size = (120, 40);
    let mut app = explorer(size, view);
    // The keys reach the view, and the sliders after it.
    for code in [KeyCode::BackTab, KeyCode::Char('M'), KeyCode::Tab] {
        app.update(Message::Key(KeyEvent::from(code)));
    }
    step_and_draw_in(bencher, app, size);
}
