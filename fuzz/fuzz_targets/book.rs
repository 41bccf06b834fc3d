//! A book: what comes in is kept and comes in again, row for row.
#![no_main]

use libfuzzer_sys::fuzz_target;
use napkin::book::{Source, Table, import};
use napkin::text::is_plain;

fuzz_target!(|bytes: &[u8]| {
    let from = Source { name: "fuzz", date: "2026-01-01" };
    match import(bytes, from, &mut |_| ()) {
        Ok(imported) => {
            let csv = match &imported.table {
                Table::Prices(book) => book.to_csv(),
                Table::Rates(book) => book.to_csv(),
                Table::Rents(book) => book.to_csv(),
            };
            let text = String::from_utf8_lossy(&csv).into_owned();
            assert!(text.lines().all(is_plain), "{text}");
            let again = import(&csv, from, &mut |_| ()).expect("what was kept comes in again");
            assert_eq!(again.table, imported.table, "{text}");
        }
        Err(problem) => assert!(problem.to_string().lines().all(is_plain), "{problem}"),
    }
});
