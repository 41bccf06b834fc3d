//! The README says what the program does: its tables are made from the program's own.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

use std::collections::BTreeMap;
use std::fmt::Write;

use napkin::model::{Output, evaluate};
use napkin::preset::builtin;
use napkin::quantity::number;
use napkin::tui::command::{Command, CommandInfo, Scope, commands};

/// Keys shown for one command.
const MOST_KEYS: usize = 3;

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The keys, grouped by where they work, in the order of the command table. How lists and fields are moved about
/// in goes without saying.
fn keys() -> String {
    let mut groups: Vec<(Scope, Vec<&CommandInfo>)> = Vec::new();
    let obvious = |scope| matches!(scope, Scope::AnyView | Scope::List | Scope::Field);
    // One row stands for all the views.
    let later_view = |command| matches!(command, Command::View(1..));
    let shown =
        commands().filter(|info| !info.keys.is_empty() && !obvious(info.scope) && !later_view(info.command));
    for info in shown {
        match groups.iter_mut().find(|(scope, _)| *scope == info.scope) {
            Some((_, group)) => group.push(info),
            None => groups.push((info.scope, vec![info])),
        }
    }
    let mut text = String::from("| where | keys | what they do |\n| --- | --- | --- |\n");
    for (scope, group) in groups {
        for (place, info) in group.iter().enumerate() {
            let named = info.keys.iter().take(MOST_KEYS).map(|key| format!("`{}`", cell(&key.to_string())));
            let mut keys: Vec<String> = named.collect();
            if info.keys.len() > MOST_KEYS {
                keys.push("…".to_owned());
            }
            let scope = if place == 0 { scope.to_string() } else { String::new() };
            let _ = writeln!(text, "| {scope} | {} | {} |", keys.join(" "), cell(info.doc));
        }
    }
    text
}

/// The commands with their one line of help.
fn program_commands() -> String {
    let mut text = String::from("| command | prints |\n| --- | --- |\n");
    for (name, about) in napkin::cli::commands() {
        let _ = writeln!(text, "| `{name}` | {} |", cell(&about));
    }
    text
}

/// The shipped presets with their margins.
fn presets() -> String {
    let mut text = String::from("| preset | what | gross margin |\n| --- | --- | ---: |\n");
    for name in builtin::names() {
        let preset = builtin::load(name).expect("shipped");
        let margin = evaluate(&preset.content.scenario).get(Output::GrossMargin);
        let margin = number::percent(margin.unwrap_or(f64::NAN));
        let _ = writeln!(text, "| `{name}` | {} | {margin} |", cell(&preset.content.name));
    }
    text
}

#[test]
fn the_readme_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).expect("the README");
    let parts = BTreeMap::from([("keys", keys()), ("commands", program_commands()), ("presets", presets())]);
    let mut fresh = readme.clone();
    for (name, part) in parts {
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let start = fresh.find(&open).unwrap_or_else(|| panic!("no part {name}")) + open.len();
        let end = fresh.find(&close).unwrap_or_else(|| panic!("no end of {name}"));
        fresh.replace_range(start..end, &part);
    }
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, &fresh).expect("writable");
        return;
    }
    assert!(fresh == readme, "README.md is out of date; run: UPDATE_README=1 cargo test --test readme");
}
