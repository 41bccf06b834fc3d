//! A book: rows of one kind with a head that says whose they are, written as CSV.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::quantity::number;
use crate::text;

/// The longest name a row may hold, in characters.
const LONGEST_NAME: usize = 200;

/// The three books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BookName {
    /// What hosts charge for models.
    Prices,
    /// How fast models run on hardware.
    Rates,
    /// What GPUs rent for.
    Rents,
}

impl BookName {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Prices, Self::Rates, Self::Rents];

    /// The name, which is that of its file without `.csv` too.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prices => "prices",
            Self::Rates => "rates",
            Self::Rents => "rents",
        }
    }
}

impl fmt::Display for BookName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whose figures a book holds: the comment lines before its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// What the collection is called.
    pub name: String,
    /// Where it is from, with its version.
    pub source: String,
    /// The day it stands for: of the source, or of an import.
    pub date: String,
    /// Under which terms, and whom to name.
    pub licence: String,
}

impl Head {
    const KEYS: [&str; 4] = ["name", "source", "date", "licence"];

    fn field(&mut self, key: &str) -> Option<&mut String> {
        match key {
            "name" => Some(&mut self.name),
            "source" => Some(&mut self.source),
            "date" => Some(&mut self.date),
            "licence" => Some(&mut self.licence),
            _ => None,
        }
    }
}

/// A kind of row, and how its cells are read and written.
pub trait Row: Clone + PartialEq + Sized {
    /// The book it belongs to.
    const BOOK: BookName;
    /// The columns, in order.
    const COLUMNS: &'static [&'static str];

    /// Reads one row; the error says in a few words why it is none.
    fn read(cells: &Cells<'_>) -> Result<Self, &'static str>;

    /// The cells, in the order of the columns.
    fn write(&self) -> Vec<String>;
}

/// What was left out of a book, by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    reasons: BTreeMap<&'static str, (usize, Option<u64>)>,
}

impl LeftOut {
    /// Counts one row that did not come in, with its line where it has one.
    pub(super) fn add(&mut self, reason: &'static str, line: Option<u64>) {
        self.reasons.entry(reason).or_insert((0, line)).0 += 1;
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.reasons.values().map(|(count, _)| count).sum()
    }

    /// Reason and number, the most first.
    pub fn reasons(&self) -> Vec<(&'static str, usize)> {
        let mut reasons: Vec<_> = self.reasons.iter().map(|(reason, (count, _))| (*reason, *count)).collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        reasons
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (reason, count)) in self.reasons().into_iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{count} {reason}")?;
            if let Some((_, Some(line))) = self.reasons.get(reason) {
                let first = if count == 1 { "" } else { "first " };
                write!(f, " ({first}in line {line})")?;
            }
        }
        Ok(())
    }
}

/// Rows of one kind, and whose they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Book<R> {
    /// Whose figures they are.
    pub head: Head,
    /// The rows, shared with whatever shows them.
    pub rows: Vec<Arc<R>>,
}

/// A table that lacks a column.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a book of {book} has the columns {}; {missing} is missing", columns.join(","))]
pub struct BookError {
    /// The book it looks like.
    book: BookName,
    /// What it has to have.
    columns: &'static [&'static str],
    /// The first one that is not there.
    missing: &'static str,
}

impl<R: Row> Book<R> {
    /// Reads a book and says what in it are no rows.
    pub(super) fn parse(bytes: &[u8]) -> Result<(Self, LeftOut), BookError> {
        Self::parse_dated(bytes, "")
    }

    /// As [`Book::parse`]; a book without a date has this one.
    pub(super) fn parse_dated(bytes: &[u8], date: &str) -> Result<(Self, LeftOut), BookError> {
        let (mut head, skipped) = parse_head(bytes);
        if head.date.is_empty() {
            date.clone_into(&mut head.date);
        }
        let body = bytes.get(skipped.0..).unwrap_or_default();
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(body);
        // Bytes in memory with rows of any length are always records, so nothing is left to fail.
        let titles = reader.byte_headers().cloned().unwrap_or_default();
        let index = |column: &&str| titles.iter().position(|title| title == column.as_bytes());
        let indexes: Vec<Option<usize>> = R::COLUMNS.iter().map(index).collect();
        if let Some(missing) =
            indexes.iter().position(Option::is_none).and_then(|missing| R::COLUMNS.get(missing))
        {
            return Err(BookError { book: R::BOOK, columns: R::COLUMNS, missing });
        }
        let (mut rows, mut left_out) = (Vec::new(), LeftOut::default());
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record).unwrap_or(false) {
            match R::read(&Cells {
                record: &record,
                columns: R::COLUMNS,
                indexes: &indexes,
                date: &head.date,
            }) {
                Ok(row) => rows.push(Arc::new(row)),
                Err(reason) => {
                    left_out.add(reason, record.position().map(|position| position.line() + skipped.1));
                }
            }
        }
        Ok((Self { head, rows }, left_out))
    }

    /// The book as a file.
    pub fn to_csv(&self) -> Vec<u8> {
        let mut head = self.head.clone();
        let mut bytes = Vec::new();
        for key in Head::KEYS {
            let value = head.field(key).map(|value| text::clean(value)).unwrap_or_default();
            bytes.extend(format!("# {key}: {value}\n").bytes());
        }
        let mut writer = csv::WriterBuilder::new().comment(Some(b'#')).from_writer(bytes);
        // Memory takes what is written.
        let _ = writer.write_record(R::COLUMNS);
        for row in &self.rows {
            let _ = writer.write_record(row.write());
        }
        writer.into_inner().unwrap_or_default()
    }
}

/// The head, and how many bytes and lines it takes.
fn parse_head(bytes: &[u8]) -> (Head, (usize, u64)) {
    let mut head = Head::default();
    let (mut at, mut lines) = (if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 }, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| rest.starts_with(b"#")) {
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
        let line = String::from_utf8_lossy(rest.get(1..end).unwrap_or_default()).into_owned();
        if let Some((key, value)) = line.split_once(':')
            && let Some(field) = head.field(key.trim())
        {
            text::clean(value).trim().clone_into(field);
        }
        (at, lines) = (at + end, lines + 1);
    }
    (head, (at, lines))
}

/// The cells of one row, by column.
pub struct Cells<'a> {
    record: &'a csv::ByteRecord,
    columns: &'static [&'static str],
    indexes: &'a [Option<usize>],
    date: &'a str,
}

impl Cells<'_> {
    fn bytes(&self, column: &str) -> &[u8] {
        let column = self.columns.iter().position(|known| *known == column);
        let index = column.and_then(|column| self.indexes.get(column).copied().flatten());
        index.and_then(|index| self.record.get(index)).unwrap_or_default()
    }

    /// Words, made safe to show; may be empty.
    pub(super) fn text(&self, column: &str) -> Result<String, &'static str> {
        name(&String::from_utf8_lossy(self.bytes(column)))
    }

    /// Words that may not be missing.
    pub(super) fn some_text(&self, column: &str) -> Result<String, &'static str> {
        self.text(column).and_then(|text| if text.is_empty() { Err("without a name") } else { Ok(text) })
    }

    /// A number of at least 0; `None` where the cell is empty.
    pub(super) fn number(&self, column: &str) -> Result<Option<f64>, &'static str> {
        let bytes = self.bytes(column);
        if bytes.is_empty() {
            return Ok(None);
        }
        let number = std::str::from_utf8(bytes).ok().and_then(|text| text.parse::<f64>().ok());
        amount(number.ok_or("with a figure that is no number")?).map(Some)
    }

    /// The date of the row, that of the book where the cell is empty.
    pub(super) fn date(&self) -> Result<String, &'static str> {
        self.text("date").map(|date| if date.is_empty() { self.date.to_owned() } else { date })
    }
}

/// The largest price, rent or rate there can be.
const LARGEST: f64 = 1e12;

/// A figure that is a price, a rent or a rate.
pub(super) fn amount(number: f64) -> Result<f64, &'static str> {
    match number {
        number if !number.is_finite() => Err("with a figure that is no number"),
        ..0.0 => Err("with a figure below 0"),
        number if number > LARGEST => Err("with a figure above 1e12"),
        // There is no -0.
        number => Ok(number + 0.0),
    }
}

/// A name made safe to show.
pub(super) fn name(text: &str) -> Result<String, &'static str> {
    if text.chars().nth(LONGEST_NAME).is_some() {
        return Err("with a name of more than 200 characters");
    }
    Ok(text::clean(text).trim().to_owned())
}

/// The cell of a figure that may be missing.
pub(super) fn cell(number: Option<f64>) -> String {
    number.map(number::exact).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Price;

    fn parse(text: &str) -> Result<(Book<Price>, LeftOut), BookError> {
        Book::parse(text.as_bytes())
    }

    const HEAD: &str =
        "# name: a list\n# source: somewhere\n# date: 2026-07-02\n# licence: MIT\n# more: words\n";

    #[test]
    fn a_book_is_written_as_it_is_read() {
        let text = format!(
            "{HEAD}model,host,output,input,date,cache_write,cache_read\n\
                            deepseek-ai/DeepSeek-R1,azure,5.4,1.35,,,\nkimi-k2.5,\"a, b\",1e-3,.5,2026-01-01,0.5,0\n"
        );
        let (book, left_out) = parse(&text).expect("a book");
        assert_eq!(left_out, LeftOut::default());
        assert_eq!(book.head.source, "somewhere");
        assert_eq!((book.rows[0].model.as_str(), book.rows[0].cache_read), ("deepseek-r1", None));
        assert_eq!((book.rows[0].date.as_str(), book.rows[1].date.as_str()), ("2026-07-02", "2026-01-01"));
        assert_eq!(book.rows[1].cache_read, Some(0.0));
        let again = parse(&String::from_utf8(book.to_csv()).expect("text")).expect("a book");
        assert_eq!(again, (book, left_out));
    }

    #[test]
    fn what_is_no_row_is_counted_with_its_first_line() {
        let text = format!(
            "{HEAD}host,model,input,cache_read,cache_write,output,date\n\
                            a,m,1,,,2,\na,m,-1,,,2,\na,m,nan,,,2,\na,m,1,,,inf,\na,m,$1,,,2,\na,m,-0,,,2,\na,,1,,,2,\n\
                            a,m,,,,2,\na,m\n\u{1b}[2Jb,m,1,,,2,\n{},m,1,,,2,\n",
            "x".repeat(10_000)
        );
        let (book, left_out) = parse(&text).expect("a book");
        assert_eq!(book.rows.iter().map(|row| row.host.as_str()).collect::<Vec<_>>(), ["a", "a", "b"]);
        assert_eq!(book.rows[1].input.to_bits(), 0);
        assert_eq!(
            left_out.to_string(),
            "3 with a figure that is no number (first in line 9), 2 without a price (first in line 14), 1 with a \
             figure below 0 (in line 8), 1 with a name of more than 200 characters (in line 17), 1 without a name \
             (in line 13)"
        );
    }

    #[test]
    fn a_table_without_a_column_is_no_book() {
        let error = parse("host,model,input,output\n").expect_err("no book");
        assert_eq!(
            error.to_string(),
            "a book of prices has the columns host,model,input,cache_read,cache_write,output,date; cache_read is \
             missing"
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_shown_as_such() {
        let (book, _) = Book::<Price>::parse(
            b"\xef\xbb\xbf# date: 2026\nhost,model,input,cache_read,cache_write,output,date\n\xff\x1b]0;x\x07,m,1,,,2,\n",
        )
        .expect("a book");
        assert_eq!((book.rows[0].host.as_str(), book.head.date.as_str()), ("\u{fffd}", "2026"));
    }
}
