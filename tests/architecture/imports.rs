//! The imports of `src`, from file to file, as they are written: `use` with nested braces and paths in the text.

#![allow(clippy::expect_used, reason = "sources that cannot be read are a broken checkout")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// An import: the file that imports and the file that defines what it imports.
pub(crate) type Import = (String, String);

/// The files of `src` by their module, without tests: those may import anything.
#[derive(Default)]
struct Sources {
    /// The file of each module: `src/tui/views/mod.rs` of `tui::views`.
    files: BTreeMap<String, String>,
    /// The paths that each module uses.
    uses: BTreeMap<String, Vec<String>>,
    /// The names that a module only passes on (`pub use`), and what they stand for.
    passes_on: BTreeMap<String, BTreeMap<String, String>>,
}

/// All imports of the sources below a directory.
pub(crate) fn imports(root: &Path) -> BTreeSet<Import> {
    let sources = Sources::read(root);
    let mut imports = BTreeSet::new();
    for (module, paths) in &sources.uses {
        for path in paths {
            if let Some(definer) = sources.definer(path).filter(|definer| definer != module) {
                imports.insert((sources.files[module].clone(), sources.files[&definer].clone()));
            }
        }
    }
    imports
}

impl Sources {
    fn read(root: &Path) -> Self {
        let mut sources = Self::default();
        sources.find(root, "src");
        let files = sources.files.clone();
        for (module, file) in files {
            let text = fs::read_to_string(root.join(file)).expect("a source");
            sources.read_module(&module, &text);
        }
        sources
    }

    fn find(&mut self, root: &Path, folder: &str) {
        for entry in fs::read_dir(root.join(folder)).expect("a folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{folder}/{name}");
            match name.strip_suffix(".rs") {
                _ if ["tests", "tests.rs", "testing.rs"].contains(&name.as_str()) => {}
                None if entry.path().is_dir() => self.find(root, &path),
                None => {}
                Some(_) => {
                    self.files.insert(module_of(&path), path);
                }
            }
        }
    }

    fn read_module(&mut self, module: &str, text: &str) {
        let tokens = tokens(&without_tests(&without_literals(text)));
        let (mut uses, mut passes_on) = (Vec::new(), BTreeMap::new());
        let (mut at, mut public) = (0, false);
        // The module that a token stands in: `mod name {` begins one within the file.
        let mut inside = vec![module.to_owned()];
        while let Some(token) = tokens.get(at) {
            match token.as_str() {
                "{" if at > 1 && tokens[at - 2] == "mod" => {
                    inside.push(join(&inside[inside.len() - 1], &tokens[at - 1]));
                }
                "{" => inside.push(inside[inside.len() - 1].clone()),
                "}" => drop(inside.pop()),
                _ => {}
            }
            let here = inside.last().map_or(module, String::as_str);
            let goes_on = tokens.get(at + 1).is_some_and(|next| next == "::");
            // `pub(in crate::tui)` says who may see, and imports nothing.
            let sight = at > 1 && tokens[at - 2] == "(" && tokens[at - 1] == "in";
            let begins = !sight && (at == 0 || tokens[at - 1] != "::");
            let child = join(here, token);
            let start = match token.as_str() {
                "crate" | "napkin" => Some(String::new()),
                "self" => Some(here.to_owned()),
                "super" => Some(parent(here)),
                _ => self.files.contains_key(&child).then_some(child),
            };
            let Some(start) = start.filter(|_| begins && goes_on) else {
                // Of `pub(crate) use` all words but these end what is public.
                public =
                    token == "pub" || public && ["(", "crate", "super", ")", "use"].contains(&token.as_str());
                at += 1;
                continue;
            };
            let mut found = Vec::new();
            at = read_tree(&tokens, at + 1, start, &mut found);
            if public {
                passes_on.extend(found);
            } else {
                uses.extend(found.into_iter().map(|(_, path)| path));
            }
            public = false;
        }
        self.uses.insert(module.to_owned(), uses);
        self.passes_on.insert(module.to_owned(), passes_on);
    }

    /// The module that defines what a path names; what is passed on is followed to where it comes from.
    fn definer(&self, path: &str) -> Option<String> {
        let mut path = path.to_owned();
        for _ in 0..8 {
            let parts: Vec<&str> = path.split("::").filter(|part| !part.is_empty()).collect();
            let known = |depth: &usize| self.files.contains_key(&parts[..*depth].join("::"));
            let depth = (0..=parts.len()).rev().find(known)?;
            let module = parts[..depth].join("::");
            let names = self.passes_on.get(&module);
            match parts.get(depth).and_then(|name| names?.get(*name)) {
                Some(origin) => path = join(origin, &parts[depth + 1..].join("::")),
                None => return Some(module),
            }
        }
        None
    }
}

fn module_of(file: &str) -> String {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { String::new() } else { path.replace('/', "::") }
}

fn parent(module: &str) -> String {
    module.rsplit_once("::").map_or(String::new(), |(parent, _)| parent.to_owned())
}

fn join(one: &str, other: &str) -> String {
    [one, other].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("::")
}

/// Source without comments, strings and letters.
fn without_literals(mut text: &str) -> String {
    let mut kept = String::new();
    while let Some(letter) = text.chars().next() {
        let after =
            |begin: usize, end: &str| text[begin..].find(end).map_or(text.len(), |at| begin + at + end.len());
        let length = if text.starts_with("//") {
            after(0, "\n")
        } else if text.starts_with("r#\"") {
            after(3, "\"#")
        } else if text.starts_with("r\"") {
            after(2, "\"")
        } else if text.starts_with('"') {
            let mut escaped = true;
            let end = text.find(|letter| {
                let ends = letter == '"' && !escaped;
                escaped = letter == '\\' && !escaped;
                ends
            });
            end.map_or(text.len(), |end| end + 1)
        } else if text.starts_with("'\\") {
            after(3, "'")
        } else if letter == '\'' && text.chars().nth(2) == Some('\'') {
            text.chars().take(3).map(char::len_utf8).sum()
        } else {
            kept.push(letter);
            letter.len_utf8()
        };
        text = &text[length..];
    }
    kept
}

/// Source without what is compiled for tests only.
fn without_tests(mut text: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::new();
    while let Some(at) = text.find(MARK) {
        kept.push_str(&text[..at]);
        text = &text[at + MARK.len()..];
        let mut depth = 0;
        let end = text.find(|letter| {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            depth == 0 && matches!(letter, ';' | '}')
        });
        text = end.map_or("", |end| &text[end + 1..]);
    }
    kept + text
}

fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let in_word = |letter: &char| letter.is_alphanumeric() || *letter == '_';
        if in_word(&letter) {
            let mut word = letter.to_string();
            while let Some(next) = letters.next_if(in_word) {
                word.push(next);
            }
            tokens.push(word);
        } else if letter == ':' && letters.next_if_eq(&':').is_some() {
            tokens.push("::".to_owned());
        } else if !letter.is_whitespace() {
            tokens.push(letter.to_string());
        }
    }
    tokens
}

/// Reads the rest of a path with its braces: the names it brings and what they stand for. Returns where it ends.
fn read_tree(tokens: &[String], mut at: usize, mut path: String, found: &mut Vec<(String, String)>) -> usize {
    let token = |at: usize| tokens.get(at).map(String::as_str);
    while token(at) == Some("::") {
        match token(at + 1) {
            Some("{") => {
                at += 2;
                while let Some(word) = token(at).filter(|word| *word != "}") {
                    at = match word {
                        "," => at + 1,
                        "self" => read_tree(tokens, at + 1, path.clone(), found),
                        word => read_tree(tokens, at + 1, join(&path, word), found),
                    };
                }
                return at + 1;
            }
            Some("super") => path = parent(&path),
            Some("*" | "<") | None => {}
            Some(word) => path = join(&path, word),
        }
        at += 2;
    }
    let renamed = token(at) == Some("as");
    let name = if renamed { token(at + 1) } else { path.rsplit("::").next() };
    found.push((name.unwrap_or_default().to_owned(), path.clone()));
    if renamed { at + 2 } else { at }
}

#[test]
fn imports_are_read_however_they_are_written() {
    let written = r#"
        //! use crate::tui::a;
        use crate::{model::{self, range::Range as Span}, report::svg};
        use super::super::cli::output;
        use napkin::preset::Store;
        pub(crate) use self::given::Thing as Other;
        fn f<'a>(letter: char) -> bool { let text = "use crate::tui::b;\""; letter == '"' && crate::analysis::run(text) }
        mod unix { use super::write; use super::super::Report; pub(in crate::tui) struct Unix; }
        #[cfg(test)]
        mod tests { use crate::tui::c; }
    "#;
    let mut sources = Sources::default();
    sources.read_module("report::card", written);
    let uses = [
        "model",
        "model::range::Range",
        "report::svg",
        "cli::output",
        "preset::Store",
        "analysis::run",
        "report::card::write",
        "report::Report",
    ];
    assert_eq!(sources.uses["report::card"], uses);
    assert_eq!(sources.passes_on["report::card"]["Other"], "report::card::given::Thing");
}

#[test]
fn what_is_passed_on_is_imported_from_where_it_is_defined() {
    let mut sources = Sources::default();
    for file in ["src/lib.rs", "src/model/mod.rs", "src/model/range.rs"] {
        sources.files.insert(module_of(file), file.to_owned());
    }
    sources.read_module("model", "mod range; pub use range::Range;");
    assert_eq!(sources.definer("model::Range").as_deref(), Some("model::range"));
    assert_eq!(sources.definer("model::Scenario").as_deref(), Some("model"));
}
