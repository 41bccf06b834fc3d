//! Everywhere a user can go, in a real terminal: every input by key, typed and dragged, every pop-up, view and story.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

mod harness;

use harness::{Mouse, Seen, Terminal, key, napkin};
use napkin::model::{InputId, Scale, Scenario};
use napkin::preset::builtin;
use napkin::story;

/// The preset with most kinds of input: owned or rented, several tiers, some of them free.
const PRESET: &str = "deepseek-day6";

/// What is sure to be on the screen once it is drawn.
const DRAWN: &str = "GROSS MARGIN";

fn explorer() -> Terminal {
    let terminal = napkin(&[PRESET]).start();
    terminal.wait_for(DRAWN);
    terminal
}

fn scenario() -> Scenario {
    builtin::load(PRESET).expect("shipped").content.scenario
}

/// Every input there is, with its id as text.
fn inputs() -> Vec<(InputId, String)> {
    let scenario = scenario();
    scenario.inputs().filter(|id| scenario.is_input(*id)).map(|id| (id, scenario.id_text(id))).collect()
}

/// Leaves, and returns what the command line that leads back sets this input to.
fn left(terminal: &mut Terminal) -> impl Fn(&str) -> Option<String> + use<> {
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
    let seen = terminal.wait_for_last_words();
    let after = seen.last("\x1b[?1049l").expect("given back");
    let line = String::from_utf8_lossy(&seen.bytes[after..]).into_owned();
    move |id| {
        let set = format!("--set {id}=");
        let (_, value) = line.split_once(&set)?;
        Some(value.split_ascii_whitespace().next()?.to_owned())
    }
}

#[test]
fn every_input_moves_by_a_key() {
    let mut terminal = explorer();
    let scenario = scenario();
    for (id, text) in inputs() {
        let step = match scenario.get(id) {
            None => " ",
            Some(_) if id.parameter().scale == Scale::Toggle => " ",
            Some(value) if value > 0.0 => key::LEFT,
            Some(_) => key::RIGHT,
        };
        terminal.send(format!(":{text}\r{step}"));
    }
    let set = left(&mut terminal);
    for (_, id) in inputs() {
        assert!(set(&id).is_some(), "{id} stays where it was");
    }
}

#[test]
fn every_input_takes_a_typed_value() {
    let mut terminal = explorer();
    let scenario = scenario();
    let sliders = || inputs().into_iter().filter(|(id, _)| id.parameter().scale != Scale::Toggle);
    let typed = |id: InputId| {
        let (domain, now) = (id.parameter().domain, scenario.get(id));
        let values = [now.map(|now| now / 2.0), Some(0.25), Some(3.0)];
        let other =
            values.into_iter().flatten().find(|value| domain.contains(Some(*value)) && now != Some(*value));
        other.expect("another value")
    };
    for (id, text) in sliders() {
        terminal.send(format!(":{text}\r=\x15{}\r", typed(id)));
    }
    let set = left(&mut terminal);
    for (id, text) in sliders() {
        let value = set(&text).unwrap_or_else(|| panic!("{text} is not set"));
        // Shares give way to the share that is set after them.
        assert!(id.is_share() || value.parse() == Ok(typed(id)), "{text}={value}");
    }
}

/// Where the focused row has its present value, and the cells its track has to the left and to the right of it.
fn handle(seen: &Seen) -> Option<((u16, u16), [usize; 2])> {
    let rows = seen.rows();
    let row = rows.iter().position(|row| row.starts_with('▸'))?;
    let pane: Vec<char> = rows[row].chars().take_while(|letter| *letter != '│').collect();
    let column = pane.iter().position(|letter| *letter == '●')?;
    let track =
        |cells: &mut dyn Iterator<Item = &char>| cells.take_while(|cell| "─━┼┿◇○".contains(**cell)).count();
    let around = [track(&mut pane[..column].iter().rev()), track(&mut pane[column + 1..].iter())];
    Some(((column as u16, row as u16), around))
}

#[test]
fn every_track_can_be_dragged() {
    let mut terminal = explorer();
    let scenario = scenario();
    let tracks = || {
        inputs()
            .into_iter()
            .filter(|(id, _)| id.parameter().scale != Scale::Toggle && scenario.get(*id).is_some())
    };
    for (_, id) in tracks() {
        // The details say which input it is.
        terminal.send(format!(":{id}\ri"));
        terminal.wait_for(&id);
        terminal.send("q");
        terminal.wait_for_no(&id);
        let (from, [left, right]) = handle(&terminal.seen()).unwrap_or_else(|| panic!("{id} has no track"));
        let to = if left > right { from.0 - 3 } else { from.0 + 3 };
        terminal.mouse(Mouse::Press, from.0, from.1);
        for column in from.0.min(to)..=from.0.max(to) {
            terminal.mouse(Mouse::Drag, column, from.1);
        }
        terminal.mouse(Mouse::Drag, to, from.1);
        terminal.mouse(Mouse::Release, to, from.1);
    }
    let set = left(&mut terminal);
    for (_, id) in tracks() {
        assert!(set(&id).is_some(), "{id} stays where it was");
    }
}

/// What opens a pop-up, what its frame says, and whether letters are text in it.
const POPUPS: &[(&str, &str, bool)] = &[
    ("?", "Help", false),
    ("\x1bOP", "Help", false),
    ("o", "Open a preset", false),
    ("b", "Pin a preset to compare with", false),
    ("i", "Rent", false),
    ("Y", "Copy", false),
    ("Q", "Questions and stories", false),
    ("x", "Remove a tier", false),
    (":", "Commands and inputs", true),
    ("/", "Find a slider", true),
    ("=", "Rent", true),
    ("7", "Rent", true),
    ("g", "90 % range of Rent", true),
    ("w", "Source of Rent", true),
    ("N", "Note on Rent", true),
    ("T", "Target margin", true),
    ("s", "Save as", true),
    ("S", "Save as", true),
    ("D", "Title and summary", true),
    ("a", "Add a tier", true),
    ("n", "Rename R1 API", true),
];

#[test]
fn every_popup_opens_and_closes_and_leaves_the_screen_as_it_was() {
    let mut terminal = explorer();
    let before = terminal.text();
    for (opens, title, is_field) in POPUPS {
        for closes in [key::ESCAPE, key::CTRL_C, "q"] {
            if *is_field && closes == "q" {
                continue;
            }
            terminal.send(opens);
            terminal.wait_for(&format!("╭─ {title} ─"));
            terminal.send(closes);
            drop(terminal.wait_until(&format!("the screen before {opens}"), |seen| seen.text() == before));
        }
    }
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
}

/// What is shown beside the sliders.
fn view(seen: &Seen) -> String {
    let beside = |row: &String| row.split_once('│').map(|(_, view)| view.trim_end().to_owned());
    seen.rows()[9..33].iter().filter_map(beside).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_view_is_reached_in_turn_and_by_its_key() {
    let mut terminal = explorer();
    let first = view(&terminal.seen());
    let mut seen = vec![first.clone()];
    for name in napkin::tui::view_names().skip(1) {
        terminal.send("]");
        let another = terminal.wait_until(name, |now| seen.last() != Some(&view(now)));
        let shown = view(&another);
        drop(another);
        assert!(!seen.contains(&shown), "{name}\n{shown}");
        seen.push(shown);
    }
    terminal.send("]");
    drop(terminal.wait_until("the first again", |now| view(now) == first));
    // Backwards through those that have a key.
    let keys = ["\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~"];
    for (pressed, expected) in keys.iter().zip(&seen).rev() {
        terminal.send(pressed);
        drop(terminal.wait_until(expected, |now| view(now) == *expected));
    }
}

#[test]
fn every_story_is_told_to_its_end_and_back() {
    let mut terminal = explorer();
    for (index, name) in story::builtin::names().enumerate() {
        let told = story::builtin::load(name).expect("shipped").expect("valid");
        // The cursor starts on the first.
        terminal.send(format!("Q{}\r", key::DOWN.repeat(index)));
        terminal.wait_for(&told.question);
        // Each step is at most asked and answered.
        terminal.send(" ".repeat(2 * told.len()));
        terminal.wait_for("that is all");
        if told.len() > 1 {
            terminal.wait_for(&format!("{0} of {0}", told.len()));
        }
        terminal.send("\x7f".repeat(told.len()));
        terminal.wait_for("this is where the story begins");
        terminal.send("!");
        terminal.wait_for_no("this is where the story begins");
        terminal.send(key::ESCAPE);
        terminal.wait_for("left the story");
    }
    terminal.send("q");
    assert_eq!(terminal.end(), Ok(0));
}

#[test]
fn the_tour_of_the_readme_leads_where_it_says() {
    let readme = include_str!("../README.md");
    let mut terminal = explorer();
    for (written, keys, shown) in [
        ("`F2` shows", "\x1bOQ", "$12.90"),
        ("`/` `free` Enter, then `70%` Enter", "/free\r70%\r", "84.5 → 48.3 %"),
        ("`u` undoes it", "u", "markup 545 %"),
        ("`F6` opens *Bridge*", "\x1b[17~", "nothing is pinned"),
        ("`b` `/forum` Enter", "b/forum\r", "most of the gap is"),
        ("`b` `/sceptic` Enter", "b/sceptic\r", "turns the verdict"),
        ("`y` copies", "y", "answer "),
    ] {
        assert!(readme.contains(written), "the README says something else than {written}");
        terminal.send(keys);
        terminal.wait_for(shown);
    }
}
