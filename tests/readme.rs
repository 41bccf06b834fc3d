//! The README says what the program does: its tables are made from the program's own.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

#[path = "common/command.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod command;

use std::collections::BTreeMap;
use std::fmt::Write;

use command::Napkin;
use napkin::model::{Output, evaluate, evaluate_all};
use napkin::preset::{builtin, check};
use napkin::quantity::number;
use napkin::story::builtin as stories;
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

/// Every published figure and what the model makes of it.
fn published() -> String {
    let mut text = String::from("| preset | figure | published | napkin |\n| --- | --- | ---: | ---: |\n");
    for name in builtin::names() {
        let preset = builtin::load(name).expect("shipped");
        let scenario = &preset.content.scenario;
        let outputs = evaluate_all(scenario);
        for published in &preset.content.published {
            let check = check(published, scenario, &outputs);
            let figure = |value| {
                published.output.within(scenario).map_or_else(String::new, |output| {
                    number::or_undefined(value, |value| number::with_unit(value, output.info().unit))
                })
            };
            let missed = if check.ok { "" } else { " (missed)" };
            let _ = writeln!(
                text,
                "| `{name}` | `{}` | {} | {}{missed} |",
                published.output,
                figure(Some(published.value)),
                figure(check.computed),
            );
        }
    }
    text
}

/// The questions with the keys that answer them, then the stories.
fn questions() -> String {
    let mut text = String::from("| question | in the explorer | as a command |\n| --- | --- | --- |\n");
    for (place, name) in stories::names().enumerate() {
        let story = stories::load(name).expect("shipped").expect("a story");
        let keys = match place + 1 {
            number @ 1..=9 => format!("`Q` `{number}`"),
            10 => "`Q` `0`".to_owned(),
            _ => format!("`Q`, its line, Enter; {} steps", story.len()),
        };
        let question = cell(&story.question);
        let _ = writeln!(text, "| {question} | {keys} | `napkin stories show {name}` |");
    }
    text
}

#[test]
fn the_readme_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).expect("the README");
    let parts = BTreeMap::from([
        ("questions", questions()),
        ("keys", keys()),
        ("commands", program_commands()),
        ("presets", presets()),
        ("published", published()),
    ]);
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

/// The blocks of code in one language.
fn blocks(readme: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    readme.split(&fence).skip(1).filter_map(|rest| rest.split("```").next()).map(str::to_owned).collect()
}

/// Commands in the README that print: those in backticks and those in blocks, without pipes and comments.
fn shown_commands(readme: &str) -> Vec<Vec<String>> {
    let lines = blocks(readme, "sh").into_iter().flat_map(|block| {
        block
            .lines()
            .map(|line| line.split(" #").next().unwrap_or_default().trim().to_owned())
            .collect::<Vec<_>>()
    });
    let spans = readme.split('`').skip(1).step_by(2).map(str::to_owned);
    lines
        .chain(spans)
        .filter(|line| !line.contains(['[', '>', '<', '|', '{']) && !line.contains("import"))
        .filter_map(|line| {
            line.strip_prefix("napkin ").map(|rest| rest.split_whitespace().map(str::to_owned).collect())
        })
        .filter(|words: &Vec<String>| words.first().is_some_and(|word| !word.starts_with('-')))
        .collect()
}

#[test]
fn every_command_of_the_readme_works() {
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README");
    let shown = shown_commands(&readme);
    assert!(shown.len() > 15, "{shown:?}");
    let napkin = Napkin::new();
    for words in shown {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        napkin.says(&words);
    }
}

#[test]
fn the_preset_of_the_readme_opens() {
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README");
    let [toml, config] = blocks(&readme, "toml").try_into().expect("a preset and a configuration");
    assert_eq!(napkin::tui::Config::read(&config).1, None);
    assert_eq!(toml.lines().filter(|line| !line.is_empty()).count(), 9);
    let preset = napkin::preset::read(toml.as_bytes(), "README.md", napkin::preset::Origin::Pasted);
    assert_eq!(preset.expect("a preset").content.name, "My node");
}
