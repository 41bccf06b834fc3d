//! Importing books: cuts of real catalogues, with counts made by another program, and files that mean harm.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

use std::collections::BTreeSet;

use napkin::analysis::Price;
use napkin::book::{Book, BookName, Books, Imported, Origin, Source, Table, import, read_limited};

const MODELS_DEV: &[u8] = include_bytes!("books/models_dev_cut.json");
const LITELLM: &[u8] = include_bytes!("books/litellm_cut.json");

fn read(bytes: &[u8]) -> Result<Imported, String> {
    import(bytes, Source { name: "file", date: "2026-11-24" }, &mut |_| {}).map_err(|error| error.to_string())
}

fn prices(imported: Imported) -> Book<Price> {
    match imported.table {
        Table::Prices(book) => book,
        other => panic!("{other:?}"),
    }
}

fn one<'a>(book: &'a Book<Price>, host: &str, model: &str) -> &'a Price {
    book.rows
        .iter()
        .find(|row| row.host == host && row.model == model)
        .unwrap_or_else(|| panic!("{host} {model}"))
}

#[test]
fn a_models_dev_catalogue_comes_in_as_counted_by_hand() {
    let imported = read(MODELS_DEV).expect("a catalogue");
    assert_eq!(imported.shape, "a models.dev api.json");
    assert_eq!(imported.rows(), 274);
    assert_eq!(
        imported.left_out.to_string(),
        "24 without a price, 15 priced for input alone, 12 that say the same again"
    );
    let book = prices(imported);
    let r1: BTreeSet<&str> =
        book.rows.iter().filter(|row| row.model == "deepseek-r1").map(|row| row.host.as_str()).collect();
    assert_eq!(r1.len(), 23);
    let deepinfra = one(&book, "deepinfra", "deepseek-r1");
    assert_eq!((deepinfra.input, deepinfra.cache_read, deepinfra.output), (0.5, Some(0.35), 2.15));
    // Cached prices that are spelled in other ways.
    assert_eq!(one(&book, "siliconflow", "kimi-k2.5").cache_read, Some(0.07));
    assert_eq!(one(&book, "minimax", "minimax-m2.1").cache_write, Some(0.375));
    assert_eq!((book.head.name.as_str(), book.head.source.as_str()), ("models.dev", "file"));
    assert_eq!(deepinfra.date, "2026-11-24");
}

#[test]
fn a_litellm_price_map_comes_in_as_counted_by_hand() {
    let imported = read(LITELLM).expect("a price map");
    assert_eq!(imported.shape, "a LiteLLM price map");
    assert_eq!(imported.rows(), 229);
    assert_eq!(
        imported.left_out.to_string(),
        "119 for images, sound, embeddings and the like, 57 that say the same again, 11 without a price, 4 priced \
         for input alone, 1 that explain the file, 1 without a host"
    );
    let book = prices(imported);
    // Dollars per token become dollars per million, without a digit of the conversion's own.
    let deepseek = one(&book, "deepseek", "deepseek-r1");
    assert_eq!((deepseek.input, deepseek.cache_read, deepseek.output), (0.55, Some(0.14), 2.19));
    // A path in a path, a region's suffix, and a host that is a part of another.
    assert_eq!(one(&book, "fireworks_ai", "deepseek-r1").output, 8.0);
    assert_eq!(one(&book, "vertex_ai", "deepseek-r1").input, 1.35);
}

#[test]
fn the_three_tables_are_known_by_their_columns() {
    let books = Books::shipped();
    for (bytes, name, rows) in [
        (books.prices().to_csv(), BookName::Prices, 2240),
        (books.rates().to_csv(), BookName::Rates, 1455),
        (books.rents().to_csv(), BookName::Rents, 232),
    ] {
        let imported = read(&bytes).expect("a book");
        assert_eq!((imported.name(), imported.rows(), imported.left_out.count()), (name, rows, 0));
    }
    let spaced =
        "\n Vendor, gpu , kind,gpu_hour,date,url\nx,H100 SXM,spot,1.5,,\n".replace("Vendor", "vendor");
    let imported = read(spaced.as_bytes()).expect("a book");
    assert_eq!(imported.name(), BookName::Rents);
    let Table::Rents(book) = imported.table else { panic!("rents") };
    assert_eq!((book.rows[0].gpu.as_str(), book.rows[0].date.as_str()), ("H100", "2026-11-24"));
}

#[test]
fn what_is_no_book_is_told_in_one_clear_line() {
    let cut = &MODELS_DEV[..MODELS_DEV.len() / 2];
    let long =
        format!(r#"{{"a":{{"models":{{"{}":{{"cost":{{"input":1,"output":1}}}}}}}}}}"#, "x".repeat(10_000));
    let entry = |cost: &str| format!(r#"{{"a":{{"models":{{"m":{{"cost":{cost}}}}}}}}}"#);
    let nested = format!("{}1{}", r#"{"a":"#.repeat(200), "}".repeat(200));
    for (bytes, expected) in [
        (cut.to_vec(), "the file ends in the middle"),
        (b"{\"a\": nan}".to_vec(), "line 1, column "),
        (b"{\"a\": {\"models\": {\"m\": {\"cost\": {\"input\": 1e999}}}}}".to_vec(), "number out of range"),
        (b"[1, 2]".to_vec(), "this is a JSON list; a book is "),
        (b"".to_vec(), "this is empty"),
        (b"{}".to_vec(), "this is JSON of another kind; a book is a models.dev api.json, a LiteLLM price map, or a CSV of "),
        (br#"{"a": 1, "b": [2], "c": "x", "d": null, "e": {"f": true}}"#.to_vec(), "this is JSON of another kind"),
        (nested.into_bytes(), "this is JSON of another kind"),
        ("[".repeat(200).into_bytes(), "this is a JSON list"),
        (format!("{{\"a\":{}", "[".repeat(200)).into_bytes(), "the file ends in the middle"),
        (br#"{"a": {"models": 3}}"#.to_vec(), "no row could be used: 1 that are no entries"),
        (br#"{"a": {"models": {"m": 3, "n": {}, "o": {"cost": null}}}}"#.to_vec(), "2 without a price, 1 that are no entries"),
        (entry(r#"{"input": -1, "output": 1}"#).into_bytes(), "no row could be used: 1 with a figure below 0"),
        (entry(r#"{"input": "1", "output": 1}"#).into_bytes(), "1 with a price in quotes"),
        (entry(r#"{"input": [1], "output": 1}"#).into_bytes(), "1 with a price that is no number"),
        (entry(r#"{"input": 1e300, "output": 1}"#).into_bytes(), "1 with a figure above 1e12"),
        (entry(r#"{"input": 1}"#).into_bytes(), "1 without a price"),
        (entry(r#"{"input": 1, "input": 2}"#).into_bytes(), "duplicate field `input`"),
        (long.into_bytes(), "1 with a name of more than 200 characters"),
        (br#"{"m": {"litellm_provider": "p", "mode": "chat", "input_cost_per_token": "1e-6"}}"#.to_vec(), "1 with a price in quotes"),
        (br#"{"m": {"litellm_provider": "\u001b[2J", "mode": "chat", "input_cost_per_token": 1, "output_cost_per_token": 1}}"#.to_vec(), "1 without a name"),
        (b"a,b,c\n1,2,3\n".to_vec(), "this is neither JSON nor a table with known columns"),
        (b"\x00\xff\x1b[2J\r\n".to_vec(), "this is neither JSON nor a table"),
        (b"vendor,gpu,kind\n".to_vec(), "a book of rents has the columns vendor,gpu,kind,gpu_hour,date,url; gpu_hour is missing"),
        (b"vendor,gpu,kind,gpu_hour,date,url\n".to_vec(), "there are no rows in it"),
        (b"vendor,gpu,kind,gpu_hour,date,url\nx,y,monthly,1,,\n".to_vec(), "1 of a kind other than on-demand"),
        (b"vendor,gpu,kind,gpu_hour,date,url\nx,y,spot,-1,,\n".to_vec(), "1 with a figure below 0 (in line 2)"),
    ] {
        let error = read(&bytes).expect_err(expected);
        assert!(error.contains(expected), "{error:?} should say {expected:?}");
        assert!(!error.contains(char::is_control) && error.len() < 400, "{error:?}");
    }
}

#[test]
fn no_name_brings_a_control_character_with_it() {
    let hostile =
        r#"{"a\u001b]0;x\u0007b": {"models": {"\u001b[31mm\u202e": {"cost": {"input": 1, "output": 2}}}}}"#;
    let book = prices(read(hostile.as_bytes()).expect("one row"));
    assert_eq!((book.rows[0].host.as_str(), book.rows[0].model.as_str()), ("ab", "m"));
}

#[test]
fn a_file_too_large_is_refused_by_its_size() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("huge.json");
    std::fs::File::create(&path).and_then(|file| file.set_len(1 << 30)).expect("a sparse file");
    let error = read_limited(&path).expect_err("too large").to_string();
    assert!(error.ends_with("huge.json: larger than 64 MiB; a book has at most 64 MiB"), "{error}");
    let error = read_limited(directory.path()).expect_err("a directory").to_string();
    assert!(error.ends_with("this is no regular file"), "{error}");
}

#[test]
fn the_users_book_wins_and_a_broken_one_is_left_aside() {
    let home = tempfile::tempdir().expect("a directory");
    let directory = home.path().join("books");
    assert_eq!(Books::open(Some(&directory)).summary(BookName::Prices).2, &Origin::Builtin);
    let imported = read(LITELLM).expect("a price map");
    let path = Books::save(Some(&directory), &imported).expect("saved");
    let books = Books::open(Some(&directory));
    assert_eq!(books.prices(), &prices(imported));
    assert_eq!(books.summary(BookName::Prices).2, &Origin::User(path.clone()));
    assert_eq!((books.summary(BookName::Rents).2, books.problems().count()), (&Origin::Builtin, 0));
    // Nothing but the book is left there.
    assert_eq!(std::fs::read_dir(&directory).expect("a directory").count(), 1);
    for broken in ["nonsense", "host,model,input,cache_read,cache_write,output,date\na,b,-1,,,1,\n", ""] {
        std::fs::write(&path, broken).expect("written");
        let books = Books::open(Some(&directory));
        assert_eq!((books.prices().rows.len(), books.summary(BookName::Prices).2), (2240, &Origin::Builtin));
        let problem = books.problems().last().expect("told");
        assert!(
            problem.contains("prices.csv: ") && problem.ends_with("the prices compiled in are used"),
            "{problem}"
        );
    }
    assert!(Books::save(None, &read(LITELLM).expect("a price map")).is_err());
}

#[test]
fn the_shipped_books_are_small_whole_and_say_whose_they_are() {
    let books = Books::shipped();
    let size = books.prices().to_csv().len() + books.rates().to_csv().len() + books.rents().to_csv().len();
    assert!(size < 400_000, "{size}");
    for name in BookName::ALL {
        let (head, rows, _) = books.summary(name);
        assert!(
            rows > 0 && head.source.contains("commit") && !head.licence.is_empty() && head.date.len() == 10
        );
    }
    let licence = &books.rates().head.licence;
    assert!(licence.contains("Data from InferenceX") && licence.contains("not verified by MLCommons"));
    assert!(
        books.rates().rows.iter().filter(|rate| rate.lengths().is_some()).all(|rate| rate.by == "InferenceX")
    );
    assert!(books.rates().rows.iter().all(|rate| !rate.gpu.contains('+') && !rate.gpu.contains(' ')));
}
