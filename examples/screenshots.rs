//! Draws the pictures of the documentation with the real program: `cargo run --example screenshots`.

#![allow(clippy::expect_used, reason = "a shipped preset that does not load is a broken build")]

use crossterm::event::{KeyCode, KeyEvent};
use napkin::preset::{Document, builtin};
use napkin::report::svg::svg;
use napkin::tui::{App, Message, Start, grid, render};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// One picture: file, title, size, preset, pinned preset, view, keys pressed.
struct Shot {
    file: &'static str,
    title: &'static str,
    size: (u16, u16),
    preset: &'static str,
    pinned: Option<&'static str>,
    view: &'static str,
    keys: &'static str,
}

const SHOTS: [Shot; 3] = [
    Shot {
        file: "explorer",
        title: "napkin on DeepSeek's day-6 disclosure: 84.5 % gross margin, and what would overturn it",
        size: (120, 40),
        preset: "deepseek-day6",
        pinned: None,
        view: "break-even",
        keys: "",
    },
    Shot {
        file: "bridge",
        title: "From DeepSeek's totals to the forum comment: which assumption moves the margin by how much",
        size: (120, 40),
        preset: "forum-comment",
        pinned: Some("deepseek-day6"),
        view: "bridge",
        keys: "",
    },
    Shot {
        file: "cache",
        title: "More cache hits save work and lose revenue: whether they help depends on the work a hit costs",
        size: (120, 40),
        preset: "deepseek-day6",
        pinned: None,
        view: "cache",
        keys: "jjjjjjjjjjjjjjjj",
    },
];

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all(folder())?;
    for shot in &SHOTS {
        std::fs::write(folder().join(format!("{}.svg", shot.file)), picture(shot))?;
    }
    Ok(())
}

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots")
}

fn picture(shot: &Shot) -> String {
    let document = |name| Document::new(builtin::load(name).expect("a shipped preset"));
    let pinned = shot.pinned.map(document);
    let mut app = App::new(Start { pinned, ..Start::new(document(shot.preset)) });
    let (width, height) = shot.size;
    app.update(Message::Resize(width, height));
    app.show_view(shot.view);
    for key in shot.keys.chars() {
        app.update(Message::Key(KeyEvent::from(KeyCode::Char(key))));
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    render(&app, &mut buffer);
    svg(&grid(&buffer), shot.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pictures_show_the_program_as_it_is() {
        for shot in &SHOTS {
            let path = folder().join(format!("{}.svg", shot.file));
            let kept = std::fs::read_to_string(&path).unwrap_or_default();
            let stale = kept != picture(shot);
            assert!(!stale, "{} is stale: cargo run --example screenshots", path.display());
        }
    }
}
