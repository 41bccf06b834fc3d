//! Where everything stands in a TOML text: tables and their entries with byte ranges.

use std::ops::Range;

use toml_edit::{Item, Key, Table, TableLike, Value};

/// The keys that lead to something from the top; an element of a list has its index as a part.
pub(super) type Path = Vec<String>;

/// How a table is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Notation {
    /// The top of the file, before any header.
    Root,
    /// Under a header, `[table]` or `[[list]]`; the range of the header.
    Header(Range<usize>),
    /// In braces; the range with the braces.
    Inline(Range<usize>),
}

/// One table as it is written, with what is written directly in it, dotted keys too.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub(super) path: Path,
    pub(super) notation: Notation,
    pub(super) entries: Vec<Entry>,
}

/// One key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// From the top of the file.
    pub(super) path: Path,
    /// Where the key begins.
    pub(super) start: usize,
    /// Where the value stands.
    pub(super) value: Range<usize>,
}

/// All tables of a text, in the order of the file.
#[derive(Clone, Debug)]
pub(super) struct Layout<'t> {
    pub(super) text: &'t str,
    pub(super) bodies: Vec<Body>,
}

impl<'t> Layout<'t> {
    /// Finds everything in a text; `None` when it is no TOML.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let document = toml_edit::Document::parse(text).ok()?;
        let mut layout = Self { text, bodies: Vec::new() };
        layout.body(&Path::new(), Notation::Root, document.as_table());
        layout.tables(&Path::new(), document.as_table());
        layout.bodies.sort_by_key(|body| match &body.notation {
            Notation::Root => 0,
            Notation::Header(range) | Notation::Inline(range) => range.start,
        });
        Some(layout)
    }

    /// Notes a table and the tables in braces within it.
    fn body(&mut self, path: &Path, notation: Notation, table: &dyn TableLike) {
        let inline = matches!(notation, Notation::Inline(_));
        let mut entries = Vec::new();
        for (keys, value) in table.get_values() {
            let (Some(key), Some(range)) = (keys.last().and_then(|key| key.span()), value.span()) else {
                continue;
            };
            let path: Path =
                path.iter().cloned().chain(keys.iter().map(|key| key.get().to_owned())).collect();
            match value {
                Value::InlineTable(table) => self.body(&path, Notation::Inline(range.clone()), table),
                Value::Array(array) => {
                    for (index, element) in array.iter().enumerate() {
                        if let (Some(table), Some(range)) = (element.as_inline_table(), element.span()) {
                            self.body(&child(&path, &index.to_string()), Notation::Inline(range), table);
                        }
                    }
                }
                _ => {}
            }
            let start = self.entry_start(&keys, key.start, inline);
            entries.push(Entry { path, start, value: range });
        }
        entries.sort_by_key(|entry| entry.start);
        self.bodies.push(Body { path: path.clone(), notation, entries });
    }

    /// Where an entry begins: all parts of a dotted key share the span of their first occurrence, so only the last
    /// one tells.
    fn entry_start(&self, keys: &[&Key], last_key: usize, inline: bool) -> usize {
        if keys.len() == 1 {
            return last_key;
        }
        let before = self.text.get(..last_key).unwrap_or_default();
        let separators: &[char] = if inline { &[',', '{', '\n'] } else { &['\n'] };
        let after = before.rfind(separators).map_or(0, |separator| separator + 1);
        let spaces = before.len() - after - before.get(after..).unwrap_or_default().trim_start().len();
        after + spaces
    }

    /// Notes the tables that have headers of their own within a table.
    fn tables(&mut self, path: &Path, table: &Table) {
        for (name, item) in table {
            let path = child(path, name);
            match item {
                Item::Table(table) => {
                    if let (false, false, Some(header)) =
                        (table.is_dotted(), table.is_implicit(), table.span())
                    {
                        self.body(&path, Notation::Header(header), table);
                    }
                    self.tables(&path, table);
                }
                Item::ArrayOfTables(list) => {
                    for (index, table) in list.iter().enumerate() {
                        let path = child(&path, &index.to_string());
                        if let Some(header) = table.span() {
                            self.body(&path, Notation::Header(header), table);
                        }
                        self.tables(&path, table);
                    }
                }
                Item::Value(_) | Item::None => {}
            }
        }
    }

    /// The entry with exactly this path: positions of its table and in it.
    pub(super) fn entry(&self, path: &[String]) -> Option<(usize, usize)> {
        self.bodies.iter().enumerate().find_map(|(body, table)| {
            table.entries.iter().position(|entry| entry.path == path).map(|entry| (body, entry))
        })
    }

    /// The table in braces that is the value at this path.
    pub(super) fn inline(&self, path: &[String]) -> Option<&Body> {
        self.bodies.iter().find(|body| body.path == path && matches!(body.notation, Notation::Inline(_)))
    }

    /// Whether anything stands below this path.
    pub(super) fn has_below(&self, path: &[String]) -> bool {
        self.bodies.iter().any(|body| {
            (body.path.starts_with(path) && body.notation != Notation::Root)
                || body
                    .entries
                    .iter()
                    .any(|entry| entry.path.len() > path.len() && entry.path.starts_with(path))
        })
    }

    /// Where the line of a position begins.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).unwrap_or_default().rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Behind the line of a position, its line end included.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.text.get(at..).unwrap_or_default().find('\n').map_or(self.text.len(), |newline| at + newline + 1)
    }

    /// The line that ends right before a position, which is the start of a line.
    fn line_before(&self, at: usize) -> Option<(usize, &'t str)> {
        let end = at.checked_sub(1)?;
        let start = self.line_start(end);
        Some((start, self.text.get(start..end).unwrap_or_default().trim()))
    }

    /// Above the comment lines that stand directly over a line; comments at the top of the file speak of the file
    /// and stay there.
    pub(super) fn above_comments(&self, at: usize) -> usize {
        let line = self.line_start(at);
        let mut start = line;
        while let Some((before, text)) = self.line_before(start)
            && text.starts_with('#')
        {
            start = before;
        }
        if start == 0 { line } else { start }
    }

    /// Above the blank lines that stand directly over a line.
    pub(super) fn above_blanks(&self, at: usize) -> usize {
        let mut start = self.line_start(at);
        while let Some((line, text)) = self.line_before(start)
            && text.is_empty()
        {
            start = line;
        }
        start
    }
}

impl Body {
    /// Behind the last line that belongs to a table with a header, or to the top; `None` for an empty top.
    pub(super) fn end(&self, layout: &Layout<'_>) -> Option<usize> {
        let last = self.entries.last().map(|entry| entry.value.end);
        let header = match &self.notation {
            Notation::Header(range) | Notation::Inline(range) => Some(range.end),
            Notation::Root => None,
        };
        last.or(header).map(|at| layout.line_end(at))
    }
}

/// A path with one more part.
pub(super) fn child(path: &[String], name: &str) -> Path {
    path.iter().cloned().chain([name.to_owned()]).collect()
}
