//! What is wrong with a file in TOML: one line per problem, in the order of the file.

use std::fmt;

use crate::preset::clean;

/// The most problems that are told one by one.
const MOST_PROBLEMS: usize = 20;

/// Beyond this many, problems are only counted.
const MOST_KEPT: usize = 10_000;

/// One problem of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// The key it is about, as in `node.gpu_hour`; empty when it is about the file.
    pub key: String,
    /// What is wrong, and what is valid.
    pub message: String,
}

/// Everything that is wrong with a file. Displays as one line per problem:
/// `file:line:column: key: what is wrong; what is valid`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problems {
    file: String,
    told: Vec<Problem>,
    more: usize,
}

impl Problems {
    /// The file as it is named in messages.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The problems told, in the order of the file; at least one and at most 20.
    pub fn problems(&self) -> &[Problem] {
        &self.told
    }

    /// How many more there are.
    pub const fn more(&self) -> usize {
        self.more
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Problem { line, column, key, message }) in self.told.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{}:{line}:{column}: ", self.file)?;
            if !key.is_empty() {
                write!(f, "{key}: ")?;
            }
            f.write_str(message)?;
        }
        if self.more > 0 { write!(f, "\n{}: and {} more", self.file, self.more) } else { Ok(()) }
    }
}

/// Problems as they are found, not yet in order.
#[derive(Debug, Default)]
pub(crate) struct Log {
    found: Vec<(usize, String, String)>,
    uncounted: usize,
}

impl Log {
    /// Notes a problem at a byte offset of the text.
    pub(crate) fn add(&mut self, at: usize, key: &str, message: impl Into<String>) {
        if self.found.len() < MOST_KEPT {
            self.found.push((at, clean::shown(key), message.into()));
        } else {
            self.uncounted += 1;
        }
    }

    /// Whether looking for likely names is still worth the while.
    pub(super) fn has_room(&self) -> bool {
        self.found.len() < 4 * MOST_PROBLEMS
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The problems of `file` with lines and columns; `text` is what the offsets count in.
    pub(crate) fn into_problems(mut self, file: &str, text: &str) -> Problems {
        self.found.sort_by_key(|(at, ..)| *at);
        let more = self.found.len().saturating_sub(MOST_PROBLEMS) + self.uncounted;
        self.found.truncate(MOST_PROBLEMS);
        let told = self
            .found
            .into_iter()
            .map(|(at, key, message)| {
                let (line, column) = position(text, at);
                Problem { line, column, key, message }
            })
            .collect();
        Problems { file: crate::text::escaped(file), told, more }
    }
}

/// Line and column of a byte offset, both counted from 1, columns in characters.
fn position(text: &str, at: usize) -> (usize, usize) {
    let mut end = at.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = text.get(..end).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_counts_characters() {
        assert_eq!(position("a\nüü = 1", 6), (2, 3));
        assert_eq!(position("", 0), (1, 1));
        assert_eq!(position("a\n", 99), (2, 1));
    }

    #[test]
    fn the_twenty_first_problems_are_told_and_the_rest_counted() {
        let mut log = Log::default();
        for at in (0..25).rev() {
            log.add(at, "key", format!("number {at}"));
        }
        let problems = log.into_problems("a.toml", &"\n".repeat(25));
        assert_eq!(problems.problems().len(), 20);
        assert_eq!(problems.problems()[0].message, "number 0");
        assert_eq!(problems.more(), 5);
        let text = problems.to_string();
        assert!(text.starts_with("a.toml:1:1: key: number 0\na.toml:2:1: key: number 1\n"), "{text}");
        assert!(text.ends_with("a.toml: and 5 more"), "{text}");
    }
}
