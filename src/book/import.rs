//! Importing: what a file holds is known by its shape, what comes in is counted, and what does not, with why.

mod catalogue;
mod imported;
mod json;

pub use imported::{ImportError, Imported, Source, Table};

use super::format::{Book, Row};
use super::rents::Rent;
use crate::analysis::{Price, Rate};

/// The largest file that is imported: 64 MiB.
pub const MOST_BYTES: u64 = 64 << 20;

/// Reads a file of any of the known shapes. `progress` is told now and then how many bytes are done.
pub fn import(
    bytes: &[u8],
    from: Source<'_>,
    progress: &mut dyn FnMut(usize),
) -> Result<Imported, ImportError> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let imported = match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => return Err(ImportError::Shape { found: "this is empty" }),
        Some(b'{') => catalogue::read(text, from, progress)?,
        Some(b'[') => return Err(ImportError::Shape { found: "this is a JSON list" }),
        Some(_) => table(text, from)?,
    };
    if imported.rows() == 0 {
        return Err(match imported.left_out.count() {
            0 => ImportError::Shape { found: "there are no rows in it" },
            _ => ImportError::Nothing { left_out: imported.left_out },
        });
    }
    Ok(imported)
}

/// A CSV: the book that most of its columns belong to.
fn table(bytes: &[u8], from: Source<'_>) -> Result<Imported, ImportError> {
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.starts_with(b"#"));
    let titles = lines.into_iter().find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let titles = String::from_utf8_lossy(titles.get(..10_000).unwrap_or(titles)).into_owned();
    let titles: Vec<&str> = titles.split(',').map(|title| title.trim().trim_matches('"')).collect();
    let known = |columns: &[&str]| columns.iter().filter(|column| titles.contains(column)).count();
    let (prices, rates, rents) = (known(Price::COLUMNS), known(Rate::COLUMNS), known(Rent::COLUMNS));
    match prices.max(rates).max(rents) {
        ..3 => Err(ImportError::Shape { found: "this is neither JSON nor a table with known columns" }),
        most if most == prices => rows(bytes, from, "a CSV of prices", Table::Prices),
        most if most == rates => rows(bytes, from, "a CSV of rates", Table::Rates),
        _ => rows(bytes, from, "a CSV of rents", Table::Rents),
    }
}

fn rows<R: Row>(
    bytes: &[u8],
    from: Source<'_>,
    shape: &'static str,
    table: impl FnOnce(Book<R>) -> Table,
) -> Result<Imported, ImportError> {
    let (mut book, left_out) = Book::parse_dated(bytes, from.date)?;
    book.head = from.head(book.head);
    Ok(Imported { table: table(book), shape, left_out })
}
