//! What the books hold, and what an import brought.

use serde::Serialize;

use super::{Cell, Report, Table};
use crate::book::{BookName, Books, Imported, Origin};
use crate::quantity::number;

/// The three books.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct BooksReport {
    books: Vec<BookRow>,
}

/// One book.
#[derive(Clone, Debug, Serialize)]
struct BookRow {
    book: &'static str,
    origin: &'static str,
    rows: usize,
    date: String,
    source: String,
    licence: String,
}

impl BooksReport {
    /// Heads and sizes of the books that count.
    pub fn of(books: &Books) -> Self {
        let row = |name: BookName| {
            let (head, rows, origin) = books.summary(name);
            BookRow {
                book: name.name(),
                origin: if *origin == Origin::Builtin { "builtin" } else { "user" },
                rows,
                date: head.date.clone(),
                source: head.source.clone(),
                licence: head.licence.clone(),
            }
        };
        Self { books: BookName::ALL.map(row).to_vec() }
    }
}

impl Report for BooksReport {
    fn conclusion(&self) -> String {
        let counts: Vec<String> = self
            .books
            .iter()
            .map(|row| format!("{} {}", number::places(row.rows as f64, 0), row.book))
            .collect();
        let users = self.books.iter().filter(|row| row.origin == "user").count();
        let whose = match users {
            0 => "all compiled in",
            3 => "all yours",
            _ => "some of them yours",
        };
        format!("{}; {whose}.", counts.join(", "))
    }

    fn table(&self) -> Table {
        Table::of(
            &self.books,
            &[
                ("book", &|row| Cell::text(row.book)),
                ("origin", &|row| Cell::text(row.origin)),
                ("rows", &|row| Cell::Number(row.rows as f64, crate::model::Unit::Count)),
                ("date", &|row| Cell::text(&row.date)),
                ("source", &|row| Cell::text(&row.source)),
                ("licence", &|row| Cell::text(&row.licence)),
            ],
        )
    }
}

/// What an import brought, as one sentence.
pub fn imported(imported: &Imported) -> String {
    let count = |count: usize| number::places(count as f64, 0);
    let rows = if imported.rows() == 1 { "row" } else { "rows" };
    let came = format!("{} {rows} of {} from {}", count(imported.rows()), imported.name(), imported.shape);
    match imported.left_out.count() {
        0 => format!("{came}."),
        left_out => format!("{came}; {} left out: {}.", count(left_out), imported.left_out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Source, import};

    #[test]
    fn the_books_say_whose_figures_they_hold() {
        let report = BooksReport::of(Books::shipped());
        assert_eq!(report.conclusion(), "2,240 prices, 1,455 rates, 232 rents; all compiled in.");
        let json = serde_json::to_value(&report).expect("JSON");
        let keys: Vec<&String> = json[0].as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["book", "origin", "rows", "date", "source", "licence"]);
        let rates = json[1]["licence"].as_str().expect("text");
        assert!(rates.contains("Data from InferenceX") && rates.contains("not verified by MLCommons"));
    }

    #[test]
    fn an_import_says_what_came_in_and_what_did_not() {
        let text = "vendor,gpu,kind,gpu_hour\nx,H100,spot,1\nx,H100,spot,-1\nx,H100,weekly,1\n"
            .replace('\n', ",,\n");
        let text = text.replacen("gpu_hour,,", "gpu_hour,date,url", 1);
        let from = Source { name: "mine.csv", date: "2026-11-24" };
        let read = import(text.as_bytes(), from, &mut |_| {}).expect("a book");
        assert_eq!(
            imported(&read),
            "1 row of rents from a CSV of rents; 2 left out: 1 of a kind other than on-demand, spot, marketplace and \
             marketplace-spot (in line 4), 1 with a figure below 0 (in line 3)."
        );
    }
}
