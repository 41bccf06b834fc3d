//! The books there are: those compiled in, and the user's, which win.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::format::{Book, BookName, Head, Row};
use super::import::{Imported, MOST_BYTES, Table};
use super::rents::Rent;
use crate::analysis::{Price, Rate};
use crate::text;

/// Where a book was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Compiled in.
    Builtin,
    /// A file of the user's.
    User(PathBuf),
}

/// Prices, rates and rents.
#[derive(Clone, Debug)]
pub struct Books {
    /// What hosts charge.
    pub prices: Book<Price>,
    /// How fast models run.
    pub rates: Book<Rate>,
    /// What GPUs rent for.
    pub rents: Book<Rent>,
    origins: [Origin; 3],
    problems: Vec<String>,
}

/// Why a book of the user's was not read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused.
    #[error("{}: {source}", text::path(.path))]
    Io {
        /// The file.
        path: PathBuf,
        /// What it says.
        source: io::Error,
    },
    /// A directory, pipe or device.
    #[error("{}: this is no regular file{}", text::path(.path), hint(.path))]
    NotRegular {
        /// What it is instead.
        path: PathBuf,
    },
    /// More than a book can hold.
    #[error("{}: larger than 64 MiB; a book has at most 64 MiB", text::path(.path))]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The system has no directory for the user's files.
    #[error("there is no directory for books; name one with --config-dir or NAPKIN_CONFIG_DIR")]
    NoDirectory,
}

fn hint(path: &Path) -> &'static str {
    if path.is_dir() { "" } else { "; `-` reads standard input" }
}

impl Books {
    /// The books compiled in, read on first use.
    pub fn shipped() -> &'static Arc<Self> {
        static SHIPPED: OnceLock<Arc<Books>> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            Arc::new(Self {
                prices: shipped(include_bytes!("../../books/prices.csv")),
                rates: shipped(include_bytes!("../../books/rates.csv")),
                rents: shipped(include_bytes!("../../books/rents.csv")),
                origins: [Origin::Builtin, Origin::Builtin, Origin::Builtin],
                problems: Vec::new(),
            })
        })
    }

    /// The books of a directory, and those compiled in where it has none. A broken one is told in
    /// [`Books::problems`] and left aside.
    pub fn open(directory: Option<&Path>) -> Arc<Self> {
        let builtin = Self::shipped();
        let Some(directory) = directory.filter(|directory| directory.is_dir()) else {
            return Arc::clone(builtin);
        };
        let mut books = Self::clone(builtin);
        let [prices, rates, rents] = &mut books.origins;
        let problems = &mut books.problems;
        take_user(directory, &mut books.prices, prices, problems);
        take_user(directory, &mut books.rates, rates, problems);
        take_user(directory, &mut books.rents, rents, problems);
        Arc::new(books)
    }

    /// Where a book was read from.
    pub fn origin(&self, name: BookName) -> &Origin {
        match name {
            BookName::Prices => &self.origins[0],
            BookName::Rates => &self.origins[1],
            BookName::Rents => &self.origins[2],
        }
    }

    /// Head and number of rows of a book.
    pub fn summary(&self, name: BookName) -> (&Head, usize) {
        match name {
            BookName::Prices => (&self.prices.head, self.prices.rows.len()),
            BookName::Rates => (&self.rates.head, self.rates.rows.len()),
            BookName::Rents => (&self.rents.head, self.rents.rows.len()),
        }
    }

    /// What is wrong with books of the user's that were left aside.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// Makes an imported book the user's; whoever reads it, whenever, gets the old one or the new one, whole.
    pub fn save(directory: Option<&Path>, imported: &Imported) -> Result<PathBuf, StoreError> {
        let directory = directory.ok_or(StoreError::NoDirectory)?;
        let (name, bytes) = match &imported.table {
            Table::Prices(book) => (BookName::Prices, book.to_csv()),
            Table::Rates(book) => (BookName::Rates, book.to_csv()),
            Table::Rents(book) => (BookName::Rents, book.to_csv()),
        };
        let path = file_of(directory, name);
        let io = |source| StoreError::Io { path: path.clone(), source };
        std::fs::create_dir_all(directory).map_err(io)?;
        replace(directory, &path, &bytes).map_err(io)?;
        Ok(path)
    }
}

fn file_of(directory: &Path, name: BookName) -> PathBuf {
    directory.join(format!("{name}.csv"))
}

/// A book compiled in. A test reads every one of them, so none is ever broken.
fn shipped<R: Row>(bytes: &[u8]) -> Book<R> {
    Book::parse(bytes).map_or_else(|_| Book { head: Head::default(), rows: Vec::new() }, |(book, _)| book)
}

/// Takes the user's book instead of the one compiled in, if there is one.
fn take_user<R: Row>(directory: &Path, book: &mut Book<R>, origin: &mut Origin, problems: &mut Vec<String>) {
    let path = file_of(directory, R::BOOK);
    if !path.exists() {
        return;
    }
    let users = read_limited(&path).map_err(|error| error.to_string()).and_then(|bytes| {
        let in_file = |problem: String| format!("{}: {problem}", text::path(&path));
        let (users, left_out) = Book::parse(&bytes).map_err(|error| in_file(error.to_string()))?;
        if left_out.count() > 0 {
            problems.push(in_file(format!("left out {left_out}")));
        }
        if users.rows.is_empty() { Err(in_file("there are no rows in it".to_owned())) } else { Ok(users) }
    });
    match users {
        Ok(users) => (*book, *origin) = (users, Origin::User(path)),
        Err(problem) => problems.push(format!("{problem}; the {} compiled in are used", R::BOOK)),
    }
}

/// Puts a file where it belongs, at once and for good.
fn replace(directory: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(".napkin-").suffix(".tmp").tempfile_in(directory)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    #[cfg(unix)]
    {
        // The rename stands either way; this makes it outlast a loss of power where the system can.
        let _ = File::open(directory).and_then(|directory| directory.sync_all());
    }
    Ok(())
}

/// The bytes of a regular file of at most 64 MiB; a larger one is refused by its size, unread.
pub fn read_limited(path: &Path) -> Result<Vec<u8>, StoreError> {
    let io = |source| StoreError::Io { path: path.to_owned(), source };
    let metadata = std::fs::metadata(path).map_err(io)?;
    if !metadata.is_file() {
        return Err(StoreError::NotRegular { path: path.to_owned() });
    }
    if metadata.len() > MOST_BYTES {
        return Err(StoreError::TooLarge { path: path.to_owned() });
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(io)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MOST_BYTES {
        Err(StoreError::TooLarge { path: path.to_owned() })
    } else {
        Ok(bytes)
    }
}
