//! Changing a TOML text here and there, every other byte left as it is.
//!
//! `toml_edit::DocumentMut` does not keep them: it gathers dotted keys of one table that stand apart, turns every
//! line end into LF where some are CRLF, and takes the comment above a key along when the key goes. The text is
//! therefore changed by byte ranges, which [`Layout`] finds.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::layout::{Body, Layout, Notation, Path, child};
use super::read::tables;

/// Changes to a text, collected and then done at once.
pub(super) struct Patch<'t> {
    pub(super) layout: Layout<'t>,
    /// Whether a comment goes with what it stands over. A text that is shipped is still there when its copy says less;
    /// in a text of the user's every comment stays.
    comments_go: bool,
    /// What the file ends its lines with, mostly.
    eol: &'static str,
    replaced: Vec<(Range<usize>, String)>,
    removed: Vec<Range<usize>>,
    inserted: Vec<(usize, String)>,
    /// Tables put in, behind the lines that are put in at the same position.
    blocks: Vec<(usize, String)>,
    /// Tables that were not there, with their lines.
    sections: Vec<(Path, Vec<(String, String)>)>,
    /// Entries taken out of tables in braces, by position of the table and in it.
    taken: BTreeSet<(usize, usize)>,
    /// Entries put into tables in braces.
    put: BTreeMap<usize, Vec<String>>,
}

impl<'t> Patch<'t> {
    /// A patch of a text; `None` when it is no TOML.
    pub(super) fn of(text: &'t str, comments_go: bool) -> Option<Self> {
        let crlf = text.matches("\r\n").count();
        let eol = if 2 * crlf > text.matches('\n').count() { "\r\n" } else { "\n" };
        Some(Self {
            layout: Layout::of(text)?,
            comments_go,
            eol,
            replaced: Vec::new(),
            removed: Vec::new(),
            inserted: Vec::new(),
            blocks: Vec::new(),
            sections: Vec::new(),
            taken: BTreeSet::new(),
            put: BTreeMap::new(),
        })
    }

    /// Puts another value behind a key that is there.
    pub(super) fn replace(&mut self, (body, entry): (usize, usize), literal: &str) {
        if let Some(entry) = self.layout.bodies.get(body).and_then(|body| body.entries.get(entry)) {
            self.replaced.push((entry.value.clone(), literal.to_owned()));
        }
    }

    /// Gives a key a value, wherever it stands or would stand.
    pub(super) fn set(&mut self, path: &[String], literal: &str) {
        match self.layout.entry(path) {
            Some(position) => self.replace(position, literal),
            None => self.insert(path, literal),
        }
    }

    /// Takes out everything at and below a path.
    pub(super) fn remove(&mut self, path: &[String]) {
        self.remove_all(path.len(), &BTreeSet::from([path]));
    }

    /// Takes out everything at and below these paths, all of one length.
    pub(super) fn remove_all(&mut self, length: usize, paths: &BTreeSet<&[String]>) {
        let goes = |path: &Path| path.get(..length).is_some_and(|start| paths.contains(start));
        let layout = &self.layout;
        for (table, body) in layout.bodies.iter().enumerate() {
            if goes(&body.path) {
                if let Notation::Header(header) = &body.notation {
                    // A comment with a blank line below heads the whole section.
                    let start = match self.comments_go {
                        true if length == 1 => layout.above_comments(layout.above_blanks(header.start)),
                        true => layout.above_comments(header.start),
                        false => header.start,
                    };
                    let start = layout.above_blanks(start);
                    self.removed.push(start..body.end(layout).unwrap_or(header.end));
                }
                continue;
            }
            for (index, entry) in body.entries.iter().enumerate().filter(|(_, entry)| goes(&entry.path)) {
                if matches!(body.notation, Notation::Inline(_)) {
                    self.taken.insert((table, index));
                } else {
                    self.removed.push(layout.line_start(entry.start)..layout.line_end(entry.value.end));
                }
            }
        }
    }

    /// Adds a key where keys like it stand; under a new header when there are none.
    pub(super) fn insert(&mut self, path: &[String], literal: &str) {
        let candidates = self
            .layout
            .bodies
            .iter()
            .enumerate()
            .filter(|(_, body)| path.len() > body.path.len() && path.starts_with(&body.path));
        let best = candidates.map(|(table, body)| (likeness(body, path), body.path.len(), table)).max();
        let Some((likeness, _, table)) = best else { return };
        let Some(body) = self.layout.bodies.get(table) else { return };
        if likeness == 0 && path.len() > 1 {
            let Some((key, section)) = path.split_last() else { return };
            let line = (key.clone(), literal.to_owned());
            match self.sections.iter_mut().find(|(known, _)| known == section) {
                Some((_, lines)) => lines.push(line),
                None => self.sections.push((section.to_vec(), vec![line])),
            }
            return;
        }
        let key = path.get(body.path.len()..).unwrap_or_default().join(".");
        let line = format!("{key} = {literal}");
        let like = body.entries.iter().rev().find(|entry| common(&entry.path, path) == likeness);
        match (&body.notation, like.or(body.entries.last())) {
            (Notation::Inline(_), _) => self.put.entry(table).or_default().push(line),
            (Notation::Header(_) | Notation::Root, Some(entry)) => {
                let start = self.layout.line_start(entry.start);
                let indent = self.layout.text.get(start..entry.start).unwrap_or_default().to_owned();
                let at = self.layout.line_end(entry.value.end);
                self.insert_line(at, &format!("{indent}{line}"));
            }
            (Notation::Header(header), None) => self.insert_line(self.layout.line_end(header.end), &line),
            (Notation::Root, None) => {
                let first = self.first_header();
                let line = format!("{line}{}", if first < self.layout.text.len() { self.eol } else { "" });
                self.insert_line(first, &line);
            }
        }
    }

    /// Adds a whole table behind another position, with a blank line between.
    pub(super) fn insert_block(&mut self, at: usize, header: &str, entries: &[(String, String)]) {
        let eol = self.eol;
        let mut block = header.to_owned();
        for (key, literal) in entries {
            block.extend([eol, key, " = ", literal]);
        }
        let before = self.layout.text.get(..at).unwrap_or_default();
        let after = self.layout.text.get(at..).unwrap_or_default();
        let blank_after = after.starts_with(['\n', '\r']);
        let text = if !before.is_empty() && !before.ends_with('\n') {
            format!("{eol}{eol}{block}")
        } else if after.is_empty() || blank_after {
            format!("{eol}{block}{eol}")
        } else {
            format!("{block}{eol}{eol}")
        };
        self.blocks.push((at, text));
    }

    /// Adds a line at the start of a line, or behind a last line that has no end.
    fn insert_line(&mut self, at: usize, line: &str) {
        let before = self.layout.text.get(..at).unwrap_or_default();
        let open = !before.is_empty() && !before.ends_with('\n');
        let eol = self.eol;
        let text = if open { format!("{eol}{line}") } else { format!("{line}{eol}") };
        self.inserted.push((at, text));
    }

    /// Where the first header stands, its comments included; the end when there is none.
    fn first_header(&self) -> usize {
        let header = self.layout.bodies.iter().find_map(|body| match &body.notation {
            Notation::Header(range) => Some(range.start),
            Notation::Root | Notation::Inline(_) => None,
        });
        header.map_or(self.layout.text.len(), |at| self.layout.above_comments(at))
    }

    /// Where a new section of inputs belongs: behind its parts, else before the first section that comes later.
    fn section_start(&self, section: &[String]) -> usize {
        if let Some(at) = self.behind(section) {
            return at;
        }
        let order = tables();
        let rank =
            |path: &[String]| path.first().and_then(|first| order.iter().position(|known| known == first));
        let later = self.layout.bodies.iter().find_map(|body| match &body.notation {
            Notation::Header(range) if rank(&body.path) > rank(section) => Some(range.start),
            _ => None,
        });
        later.map_or(self.layout.text.len(), |at| self.layout.above_comments(at))
    }

    /// The path of the elements of a list that have headers, in order, and whether the list is written so at all.
    pub(super) fn elements(&self, list: &str) -> Vec<Path> {
        let is_element = |body: &&Body| {
            matches!(body.notation, Notation::Header(_))
                && body.path.len() == 2
                && body.path.first().is_some_and(|it| it == list)
        };
        self.layout.bodies.iter().filter(is_element).map(|body| body.path.clone()).collect()
    }

    /// Behind the last table with a header whose path begins so; `None` when there is none.
    pub(super) fn behind(&self, path: &[String]) -> Option<usize> {
        let with_header =
            |body: &&Body| matches!(body.notation, Notation::Header(_)) && body.path.starts_with(path);
        self.layout.bodies.iter().rfind(with_header)?.end(&self.layout)
    }

    /// The text with all changes done.
    pub(super) fn done(mut self) -> String {
        self.settle_braces();
        for (section, lines) in std::mem::take(&mut self.sections) {
            let at = self.section_start(&section);
            self.insert_block(at, &format!("[{}]", section.join(".")), &lines);
        }
        let text = self.layout.text;
        self.removed.sort_by_key(|range| range.start);
        let mut changes: Vec<(Range<usize>, String)> = self.replaced;
        changes.extend(self.inserted.into_iter().chain(self.blocks).map(|(at, inserted)| (at..at, inserted)));
        changes.extend(self.removed.into_iter().map(|range| (range, String::new())));
        // Stable: what is inserted at one position stays in the order of insertion.
        changes.sort_by_key(|(range, _)| range.start);
        let mut result = String::with_capacity(text.len());
        let mut done = 0;
        for (range, replacement) in changes {
            result.push_str(text.get(done..range.start).unwrap_or_default());
            result.push_str(&replacement);
            done = done.max(range.end);
        }
        result.push_str(text.get(done..).unwrap_or_default());
        result
    }

    /// Works out what is taken from and put into tables in braces, with their commas.
    fn settle_braces(&mut self) {
        for (table, body) in self.layout.bodies.iter().enumerate() {
            let Notation::Inline(braces) = &body.notation else { continue };
            let put = self.put.remove(&table).unwrap_or_default();
            let is_taken = |index: &usize| self.taken.contains(&(table, *index));
            let last_kept = (0..body.entries.len()).rev().find(|index| !is_taken(index));
            for index in (0..body.entries.len()).filter(is_taken) {
                let Some(entry) = body.entries.get(index) else { continue };
                let next = body.entries.get(index + 1).filter(|_| last_kept.is_some_and(|kept| index < kept));
                let before = index.checked_sub(1).and_then(|before| body.entries.get(before));
                // With the comma behind it, or before it when nothing that is kept follows.
                self.removed.push(match (next, before) {
                    (Some(next), _) => entry.start..next.start,
                    (None, Some(before)) => before.value.end..entry.value.end,
                    (None, None) => entry.start..entry.value.end,
                });
            }
            if put.is_empty() {
                continue;
            }
            let put = put.join(", ");
            match last_kept.and_then(|index| body.entries.get(index)) {
                Some(entry) => self.inserted.push((entry.value.end, format!(", {put}"))),
                None => self.inserted.push((braces.start + 1, format!(" {put} "))),
            }
        }
    }
}

/// How many parts two paths have in common from the start.
fn common(a: &[String], b: &[String]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// How much of a path a table or one of its entries shares.
fn likeness(body: &Body, path: &[String]) -> usize {
    let entries = body.entries.iter().map(|entry| common(&entry.path, path));
    entries.max().unwrap_or(0).max(body.path.len()).min(path.len() - 1)
}

/// A path from its parts.
pub(super) fn path<const N: usize>(parts: [&str; N]) -> Path {
    parts.iter().fold(Path::new(), |path, part| child(&path, part))
}
