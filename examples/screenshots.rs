//! Draws the pictures of the documentation with the real program: `cargo run --example screenshots`.

#![allow(clippy::expect_used, reason = "a shipped preset that does not load is a broken build")]

use napkin::preset::{Document, builtin};
use napkin::report::svg::svg;
use napkin::story::Story;
use napkin::tui::theme::{DARK, LIGHT, Theme};
use napkin::tui::{App, Message, Start, ThemeChoice, grid, record, render};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// One picture: file, title, size, preset, pinned preset, view, theme.
struct Shot {
    file: &'static str,
    title: &'static str,
    size: (u16, u16),
    preset: &'static str,
    pinned: Option<&'static str>,
    view: &'static str,
    theme: &'static Theme,
}

const SHOTS: [Shot; 14] = [
    Shot {
        file: "explorer",
        title: "napkin on DeepSeek's day-6 disclosure: 84.5 % gross margin, and what would overturn it",
        size: (120, 40),
        preset: "deepseek-day6",
        pinned: None,
        view: "break-even",
        theme: &DARK,
    },
    Shot {
        file: "tornado",
        title: "How far each input alone moves the margin: what lowers it is left of today's, what raises it right",
        size: (120, 40),
        preset: "deepseek-day6",
        pinned: None,
        view: "tornado",
        theme: &DARK,
    },
    Shot {
        file: "cache",
        title: "More cache hits save work and lose revenue: whether they help depends on the work a hit costs",
        size: (120, 40),
        preset: "deepseek-day6",
        pinned: None,
        view: "cache",
        theme: &DARK,
    },
    Shot {
        file: "map",
        title: "The margin over rent and utilization, neutral where it breaks even",
        size: (120, 40),
        preset: "deepseek-day6",
        pinned: None,
        view: "map",
        theme: &DARK,
    },
    Shot {
        file: "bridge",
        title: "From DeepSeek's totals to the forum comment: which assumption moves the margin by how much",
        size: (120, 40),
        preset: "forum-comment",
        pinned: Some("deepseek-day6"),
        view: "bridge",
        theme: &DARK,
    },
    Shot {
        file: "odds",
        title: "What the margin may be when every ranged input is drawn from its range",
        size: (120, 40),
        preset: "deepseek-day6",
        pinned: None,
        view: "odds",
        theme: &DARK,
    },
    Shot {
        file: "tiers",
        title: "Agents are a tenth of the output and two thirds of the cost: who pays for whom",
        size: (120, 40),
        preset: "chat-and-agents",
        pinned: None,
        view: "tiers",
        theme: &DARK,
    },
    Shot {
        file: "hosts",
        title: "Who makes money on this node at the prices that hosts ask for R1",
        size: (120, 40),
        preset: "deepseek-day6",
        pinned: None,
        view: "hosts",
        theme: &DARK,
    },
    Shot {
        file: "hardware",
        title: "What a million tokens cost at measured rates, by GPU and speed",
        size: (120, 40),
        preset: "deepseek-day6",
        pinned: None,
        view: "hardware",
        theme: &DARK,
    },
    Shot {
        file: "proof",
        title: "Every figure step by step, and whether the published ones come out",
        size: (120, 40),
        preset: "deepseek-day6",
        pinned: None,
        view: "proof",
        theme: &DARK,
    },
    Shot {
        file: "explorer-80x24",
        title: "The same start screen in 80 columns and 24 lines",
        size: (80, 24),
        preset: "deepseek-day6",
        pinned: None,
        view: "break-even",
        theme: &DARK,
    },
    Shot {
        file: "explorer-light",
        title: "The same start screen in a light terminal",
        size: (120, 40),
        preset: "deepseek-day6",
        pinned: None,
        view: "break-even",
        theme: &LIGHT,
    },
    Shot {
        file: "map-light",
        title: "The map in a light terminal",
        size: (120, 40),
        preset: "deepseek-day6",
        pinned: None,
        view: "map",
        theme: &LIGHT,
    },
    Shot {
        file: "odds-80x24",
        title: "The odds in 80 columns and 24 lines",
        size: (80, 24),
        preset: "deepseek-day6",
        pinned: None,
        view: "odds",
        theme: &DARK,
    },
];

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all(folder())?;
    for shot in &SHOTS {
        std::fs::write(folder().join(format!("{}.svg", shot.file)), picture(shot))?;
    }
    std::fs::write(folder().join(MOVING), moving_picture())
}

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots")
}

/// The README's first picture.
const MOVING: &str = "story.svg";

fn moving_picture() -> String {
    let story = Story::read(include_bytes!("first-picture.toml"), "first-picture.toml").expect("a story");
    record(&story).expect("a short story")
}

fn picture(shot: &Shot) -> String {
    let document = |name| Document::new(builtin::load(name).expect("a shipped preset"));
    let pinned = shot.pinned.map(document);
    let mut app = App::new(Start {
        pinned,
        theme: ThemeChoice::Always(shot.theme),
        ..Start::new(document(shot.preset))
    });
    let (width, height) = shot.size;
    app.update(Message::Resize(width, height));
    app.show_view(shot.view);
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    render(&app, &mut buffer);
    svg(&grid(&buffer, shot.theme.name == LIGHT.name), shot.title)
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

    #[test]
    fn the_moving_picture_shows_the_program_as_it_is_in_twenty_seconds_and_a_megabyte() {
        let picture = moving_picture();
        let path = folder().join(MOVING);
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == picture, "{} is stale: cargo run --example screenshots", path.display());
        let seconds = picture.split("dur=\"").nth(1).and_then(|rest| rest.split('s').next()).expect("a time");
        assert!(seconds.parse::<f64>().expect("a number") <= 20.0, "{seconds} s");
        assert!(picture.len() <= 1_000_000, "{} bytes", picture.len());
    }
}
