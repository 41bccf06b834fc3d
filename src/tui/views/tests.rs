//! What a person reads in every view, whatever is open and however small the screen is.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::make;
use crate::model::{Edit, Global, InputId, TierField};
use crate::preset::{Document, builtin};
use crate::tui::command::{Command, Scope, ViewName, commands};
use crate::tui::context::Focus;
use crate::tui::testing::Bench;
use crate::tui::{App, Start, theme};

/// A preset with edits.
pub(super) fn opened(preset: &str, edits: &[Edit]) -> Document {
    let mut document = Document::new(builtin::load(preset).expect("shipped"));
    document.set(edits).expect("valid");
    document
}

fn share(tier: u8) -> InputId {
    InputId::Tier(tier, TierField::Share)
}

/// Scenarios in which something that views count on is missing or beyond all bounds.
pub(super) fn odd_documents() -> Vec<Document> {
    use Global::{
        Basis, BatchingLoss, Capex, Decode, Fee, GpuHour, HitRatio, HitWork, InputPerOutput,
        MeasuredHitRatio, Overlap, Prefill, ServeFree, Utilization,
    };
    let set = |global: Global, value: f64| (InputId::from(global), Some(value));
    let day_six = |edits: &[Edit]| opened("deepseek-day6", edits);
    vec![
        day_six(&[]),
        day_six(&[(share(3), Some(1.0)), set(ServeFree, 0.0)]),
        day_six(&[(share(3), Some(1.0))]),
        day_six(&[set(Fee, 1.0)]),
        day_six(&[set(GpuHour, 0.0)]),
        day_six(&[set(GpuHour, 0.0), set(Fee, 1.0)]),
        day_six(&[set(GpuHour, 1e12), set(Decode, 1e-6), set(Prefill, 1e-6)]),
        day_six(&[set(GpuHour, 1e7)]),
        day_six(&[set(Utilization, 0.15)]),
        day_six(&[set(MeasuredHitRatio, 1.0), set(HitWork, 0.0)]),
        day_six(&[(Prefill.into(), None), set(InputPerOutput, 0.0)]),
        day_six(&[set(Overlap, 1.0), set(HitRatio, 1.0)]),
        day_six(&[set(Basis, 1.0), set(Capex, 0.0)]),
        day_six(&[set(ServeFree, 0.0), (share(3), Some(0.5)), set(BatchingLoss, 0.99)]),
        day_six(&[(InputId::Tier(0, TierField::Discount), Some(0.9))]),
        opened("sceptic", &[]),
        opened("mlperf-r1-b200", &[]),
        opened("alderson-napkin", &[]),
        opened("forum-comment", &[set(Fee, 0.9999)]),
    ]
}

const SIZES: [(u16, u16); 15] = [
    (1, 1),
    (2, 40),
    (7, 3),
    (20, 10),
    (40, 12),
    (50, 14),
    (60, 20),
    (80, 24),
    (81, 25),
    (100, 30),
    (120, 40),
    (159, 48),
    (160, 50),
    (200, 60),
    (300, 100),
];

const AREAS: [(u16, u16); 12] =
    [(0, 0), (0, 9), (1, 1), (2, 9), (5, 3), (9, 13), (17, 2), (18, 12), (30, 5), (35, 9), (47, 1), (47, 13)];

#[test]
fn every_view_draws_every_odd_scenario_at_every_size() {
    for (index, document) in odd_documents().into_iter().enumerate() {
        // Every view needs no pinned scenario, one that is sound, or an odd one.
        let pinned =
            [None, Some("deepseek-day6"), Some("sceptic")][index % 3].map(|preset| opened(preset, &[]));
        let mut bench = Bench::start(Start { pinned, ..Start::new(document) });
        // As while keys are pending, so that odds draw less.
        bench.app.cx.busy = true;
        for name in ViewName::ALL {
            bench.app.show_view(name.info().name);
            for (index, (width, height)) in SIZES.into_iter().enumerate() {
                bench.app.cx.focus = if index % 2 == 0 { Focus::View } else { Focus::Sliders };
                bench.resize(width, height).screen();
            }
        }
    }
}

#[test]
fn every_view_fits_any_area_and_takes_every_command_and_click_there() {
    let moves = [
        Command::Down,
        Command::Up,
        Command::PageDown,
        Command::PageUp,
        Command::Last,
        Command::First,
        Command::Left,
        Command::Right,
        Command::Act,
    ];
    for (ascii, document) in [false, true].into_iter().cycle().zip(odd_documents().into_iter().step_by(3)) {
        let start = Start {
            ascii,
            theme: (&theme::MONO).into(),
            pinned: Some(opened("sceptic", &[])),
            ..Start::new(document.clone())
        };
        let mut app = App::new(start);
        (app.cx.focus, app.cx.busy) = (Focus::View, true);
        for name in ViewName::ALL {
            for (width, height) in AREAS {
                let own = commands().filter(|info| info.scope == Scope::View(name)).map(|info| info.command);
                let mut view = make(name);
                let cx = &app.cx;
                view.refresh(cx);
                let area = Rect::new(3, 2, width, height);
                let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 20));
                view.draw(cx, area, &mut buffer);
                for y in 0..20 {
                    for x in 0..60 {
                        let inside = area.contains(Position::new(x, y));
                        assert!(
                            inside || buffer[(x, y)].symbol() == " ",
                            "{} draws beyond {area}",
                            name.info().name
                        );
                    }
                }
                for command in moves.into_iter().chain(own) {
                    view.command(command, cx, area);
                }
                view.click(Position::new(4, 3), cx, area);
                view.draw(cx, area, &mut buffer);
            }
        }
    }
}

#[test]
fn every_view_says_a_sentence_in_every_odd_scenario() {
    for document in odd_documents() {
        for name in ViewName::ALL {
            let mut app = App::new(Start::new(document.clone()));
            app.cx.busy = true;
            let mut view = make(name);
            view.refresh(&app.cx);
            let sentence = view.conclusion(&app.cx);
            assert!(sentence.ends_with('.') && sentence.len() > 20, "{}: {sentence}", name.info().name);
            for word in ["NaN", "inf ", "-0 ", "n/a"] {
                assert!(!sentence.contains(word), "{}: {sentence}", name.info().name);
            }
        }
    }
}

#[test]
fn where_a_list_leaves_room_the_margin_over_its_row_is_drawn_with_claims_and_break_even() {
    for view in ["break-even", "tornado", "tiers"] {
        let mut bench = Bench::open("deepseek-day6").show(view, (200, 60));
        let below = |bench: &Bench, title: &str| {
            let lines = bench.view_lines();
            let lines: Vec<String> = lines.into_iter().skip_while(|line| !line.contains(title)).collect();
            lines.join("\n")
        };
        assert_eq!(bench.screen().matches("alone: what margin").count(), 1, "{}", bench.screen());
        let curve = below(&bench, "Rent alone: what margin each value gives");
        for words in ["$2.00", "$12.90", "$3.99", "/GPU·h", "●"] {
            assert!(curve.contains(words), "{view}: {words}\n{}", bench.screen());
        }
        bench.keys("Tab*4 Down*3");
        let other = below(&bench, "alone: what margin each value gives");
        assert!(!other.is_empty() && !other.contains("Rent alone"), "{view}: {}", bench.screen());
        bench.resize(120, 40);
        assert!(!bench.shows("alone: what margin"), "{view}: {}", bench.screen());
    }
}
