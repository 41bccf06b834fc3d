//! Hints: what the screen says of keys is what the keys are.

use crossterm::event::KeyCode;

use crate::tui::command::Key;
use crate::tui::testing::Bench;

/// An explorer in which Enter, Esc, Space and the letters that hints name are other keys.
fn rebound() -> Bench {
    let mut bench = Bench::on_disk("deepseek-day6");
    let keys = [
        (KeyCode::Enter, 20),
        (KeyCode::Esc, 21),
        (KeyCode::Char(' '), 22),
        (KeyCode::Tab, 23),
        (KeyCode::PageUp, 24),
        (KeyCode::Up, 25),
        (KeyCode::Char('c'), 26),
        (KeyCode::Char(','), 27),
        (KeyCode::Char('b'), 28),
    ];
    for (old, new) in keys {
        bench.app.cx.keys.replace(Key::from(old), Key::from(KeyCode::F(new)));
    }
    bench
}

#[test]
fn no_hint_names_a_key_that_was_given_to_something_else() {
    let old = ["Enter", "Esc", "Space", " Tab ", "PgUp", "↑↓", "c adopts", ", ;", "b lists"];
    let mut seen = String::new();
    let mut look = |bench: &Bench| {
        let screen = bench.screen();
        for key in old {
            assert!(!screen.contains(key), "{key} in\n{screen}");
        }
        seen.push_str(&screen);
    };
    for popup in
        ["?", "i", "o", "o /", "Y", ":", "= 6 0 0 0 %", "T 3 0", "S", "D", "g", "w", "N", "a", "n", "x"]
    {
        let mut bench = rebound();
        bench.keys(popup);
        look(&bench);
    }
    for view in 2..=8 {
        for with in ["", "p +"] {
            let mut bench = rebound();
            bench.keys(with).keys(&format!("F{view} BackTab BackTab F23 F23"));
            look(&bench);
        }
    }
    for key in ["F20 accept", "F21 cancel", "F23 next field", "F25↓", "F26 adopts", "F27 ;", "F28 lists"] {
        assert!(seen.contains(key), "{key}");
    }
}

#[test]
fn a_key_does_what_it_was_given_for() {
    let mut bench = rebound();
    bench.keys("= 3 Enter");
    assert_eq!((bench.popups(), bench.value("node.gpu_hour")), (1, Some(2.0)));
    bench.keys("F20");
    assert_eq!((bench.popups(), bench.value("node.gpu_hour")), (0, Some(3.0)));
}
