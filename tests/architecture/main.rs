//! The order of the folders and rooms: who may import whom, and that no files import each other in a circle.

mod imports;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use imports::{Import, imports};

/// An arrow means "may import", and so may everything to the left of it along the arrows.
///
/// This and the next are the one list; what ARCHITECTURE.md draws is checked against them.
const FOLDERS: &str = "\
cli → tui
cli, tui → story → report → book → analysis → model
report → preset
preset, book → quantity → model
all → text";

/// The same inside the explorer, `src/tui`.
const ROOMS: &str = "\
runtime, recording → update → app → views, popups, screen → layout, facts → paint → component → context
context → command, measure, message, picture, rows, slider, telling, theme
runtime, recording, app → start → config, session → theme_choice → message, theme
config → command";

/// Imports that may run against the order for now. There are none, and one that is mended fails the test.
const KNOWN: &[(&str, &str)] = &[];

/// What may be reached from what.
type Arrows = BTreeMap<String, BTreeSet<String>>;

/// Whether one leads to another along the arrows.
fn reaches(arrows: &Arrows, from: &str, to: &str) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(one) = open.pop() {
        if one == to {
            return true;
        }
        if seen.insert(one) {
            open.extend(arrows.get(one).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

/// The arrows of a drawing; `all` stands for every name in it.
fn drawn(drawing: &str) -> Arrows {
    let names = |group: &str| group.split(", ").map(|name| name.trim().to_owned()).collect::<BTreeSet<_>>();
    let mut arrows: Arrows = drawing
        .lines()
        .flat_map(|line| line.split(" → "))
        .flat_map(names)
        .filter(|name| name != "all")
        .map(|name| (name, BTreeSet::new()))
        .collect();
    for line in drawing.lines() {
        let groups: Vec<_> = line.split(" → ").map(names).collect();
        for pair in groups.windows(2) {
            for (_, reached) in
                arrows.iter_mut().filter(|(name, _)| pair[0].contains("all") || pair[0].contains(*name))
            {
                reached.extend(pair[1].iter().cloned());
            }
        }
    }
    arrows
}

/// The room of a file below a folder: `views` of `src/tui/views/map.rs` below `src/tui/`.
fn room<'a>(file: &'a str, below: &str) -> Option<&'a str> {
    let name = file.strip_prefix(below)?.split('/').next()?;
    let room = name.strip_suffix(".rs").unwrap_or(name);
    (!["lib", "main", "mod", "tests", "testing"].contains(&room)).then_some(room)
}

/// Why an import may not be, by the order.
fn objection((from, to): &Import) -> Option<String> {
    [("src/", FOLDERS), ("src/tui/", ROOMS)].into_iter().find_map(|(below, drawing)| {
        let (importer, imported) = (room(from, below)?, room(to, below)?);
        let allowed = importer == imported || reaches(&drawn(drawing), importer, imported);
        (!allowed).then(|| format!("{from} imports {to}, but {importer} may not import {imported}"))
    })
}

/// What is wrong with the imports beside what is known, and what is known and no longer wrong.
fn findings(imports: &BTreeSet<Import>, known: &BTreeSet<Import>) -> Vec<String> {
    let mut arrows = Arrows::new();
    for (from, to) in imports.difference(known) {
        arrows.entry(from.clone()).or_default().insert(to.clone());
    }
    let circle = |(from, to): &Import| {
        reaches(&arrows, to, from).then(|| format!("{from} imports {to}, which closes a circle of files"))
    };
    let wrong = |import: &Import| objection(import).or_else(|| circle(import));
    let mended = |import: &&Import| !imports.contains(*import) || wrong(import).is_none();
    let strike = |(from, to): &Import| format!("{from} → {to} is mended: strike it off KNOWN");
    imports.difference(known).filter_map(wrong).chain(known.iter().filter(mended).map(strike)).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn set(imports: &[(&str, &str)]) -> BTreeSet<Import> {
    imports.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
}

#[test]
fn imports_run_one_way_and_in_no_circle() {
    let findings = findings(&imports(root()), &set(KNOWN));
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn every_folder_and_every_room_has_its_place_in_the_order() {
    for (folder, drawing) in [("src/", FOLDERS), ("src/tui/", ROOMS)] {
        for entry in fs::read_dir(root().join(folder)).expect("a folder").flatten() {
            let path = format!("{folder}{}", entry.file_name().to_string_lossy());
            let drawn = room(&path, folder).is_none_or(|room| drawn(drawing).contains_key(room));
            assert!(drawn, "{path} is in no line of the order");
        }
    }
}

#[test]
fn the_documentation_draws_the_same_order() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("a file");
    for line in FOLDERS.lines().chain(ROOMS.lines()) {
        assert!(text.lines().any(|drawn| drawn.trim() == line), "ARCHITECTURE.md does not draw `{line}`");
    }
}

#[test]
fn an_import_that_runs_back_up_is_found() {
    for (from, to) in [
        ("src/model/range.rs", "src/report/svg.rs"),
        ("src/analysis/map.rs", "src/preset/name.rs"),
        ("src/tui/paint/line.rs", "src/tui/app.rs"),
        ("src/tui/views/map.rs", "src/tui/popups/help.rs"),
    ] {
        assert_eq!(findings(&set(&[(from, to)]), &set(&[])).len(), 1, "{from} → {to}");
    }
    for (from, to) in [
        ("src/cli/eval.rs", "src/model/range.rs"),
        ("src/model/range.rs", "src/text.rs"),
        ("src/tui/runtime/tty.rs", "src/tui/theme.rs"),
    ] {
        assert!(findings(&set(&[(from, to)]), &set(&[])).is_empty(), "{from} → {to}");
    }
}

#[test]
fn a_circle_of_files_is_found() {
    let way = [("src/model/a.rs", "src/model/b.rs"), ("src/model/b.rs", "src/model/c.rs")];
    assert!(findings(&set(&way), &set(&[])).is_empty());
    let back = ("src/model/c.rs", "src/model/a.rs");
    let circle = set(&[way[0], way[1], back]);
    assert_eq!(findings(&circle, &set(&[])).len(), 3);
    assert!(findings(&circle, &set(&[back])).is_empty());
}

#[test]
fn an_exception_that_is_mended_is_found() {
    let known = set(&[("src/model/a.rs", "src/tui/b.rs"), ("src/tui/b.rs", "src/model/a.rs")]);
    assert_eq!(findings(&set(&[("src/tui/b.rs", "src/model/a.rs")]), &known).len(), 2);
}
