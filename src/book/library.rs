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

/// Prices, rates and rents; each is read when it is first asked for.
#[derive(Debug)]
pub struct Books {
    prices: Shelf<Price>,
    rates: Shelf<Rate>,
    rents: Shelf<Rent>,
}

/// What is known of one book: the bytes compiled in, the user's file if there is one, and what was read.
#[derive(Debug)]
struct Shelf<R> {
    builtin: &'static [u8],
    users: Option<PathBuf>,
    read: OnceLock<Found<R>>,
}

/// A book as read.
#[derive(Debug)]
struct Found<R> {
    book: Book<R>,
    origin: Origin,
    /// What is wrong with the user's file.
    problem: Option<String>,
}

#[cfg(test)]
impl<R: Row> Found<R> {
    fn holding(builtin: &[u8], rows: &[R]) -> Self {
        let book = Book { rows: rows.iter().cloned().map(Arc::new).collect(), ..shipped(builtin) };
        Self { book, origin: Origin::Builtin, problem: None }
    }
}

impl<R: Row> Shelf<R> {
    fn new(builtin: &'static [u8], directory: Option<&Path>) -> Self {
        let users = directory.map(|directory| file_of(directory, R::BOOK)).filter(|path| path.exists());
        Self { builtin, users, read: OnceLock::new() }
    }

    fn found(&self) -> &Found<R> {
        self.read.get_or_init(|| match self.users.as_deref().map(|path| (path, users(path))) {
            None => Found { book: shipped(self.builtin), origin: Origin::Builtin, problem: None },
            Some((path, Ok((book, problem)))) => {
                Found { book, origin: Origin::User(path.to_owned()), problem }
            }
            Some((_, Err(problem))) => Found {
                book: shipped(self.builtin),
                origin: Origin::Builtin,
                problem: Some(format!("{problem}; the {} compiled in are used", R::BOOK)),
            },
        })
    }

    /// What is wrong with the user's file, if there is one; without one nothing is read for it.
    fn problem(&self) -> Option<&str> {
        self.users.as_ref().and_then(|_| self.found().problem.as_deref())
    }

    fn summary(&self) -> (&Head, usize, &Origin) {
        let Found { book, origin, .. } = self.found();
        (&book.head, book.rows.len(), origin)
    }
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
    /// The books compiled in.
    pub fn shipped() -> &'static Arc<Self> {
        static SHIPPED: OnceLock<Arc<Books>> = OnceLock::new();
        SHIPPED.get_or_init(|| Arc::new(Self::within(None)))
    }

    /// The books compiled in with other rows.
    #[cfg(test)]
    pub(crate) fn of(prices: &[Price], rates: &[Rate], rents: &[Rent]) -> Self {
        let books = Self::within(None);
        books.prices.read.set(Found::holding(books.prices.builtin, prices)).expect("not read");
        books.rates.read.set(Found::holding(books.rates.builtin, rates)).expect("not read");
        books.rents.read.set(Found::holding(books.rents.builtin, rents)).expect("not read");
        books
    }

    /// The books of a directory, and those compiled in where it has none. A broken one is told in
    /// [`Books::problems`] and left aside.
    pub fn open(directory: Option<&Path>) -> Arc<Self> {
        let books = Self::within(directory);
        let none = books.prices.users.is_none() && books.rates.users.is_none() && books.rents.users.is_none();
        if none { Arc::clone(Self::shipped()) } else { Arc::new(books) }
    }

    fn within(directory: Option<&Path>) -> Self {
        Self {
            prices: Shelf::new(include_bytes!("../../books/prices.csv"), directory),
            rates: Shelf::new(include_bytes!("../../books/rates.csv"), directory),
            rents: Shelf::new(include_bytes!("../../books/rents.csv"), directory),
        }
    }

    /// What hosts charge.
    pub fn prices(&self) -> &Book<Price> {
        &self.prices.found().book
    }

    /// How fast models run.
    pub fn rates(&self) -> &Book<Rate> {
        &self.rates.found().book
    }

    /// What GPUs rent for.
    pub fn rents(&self) -> &Book<Rent> {
        &self.rents.found().book
    }

    /// Reads them all, for whoever will not wait for it later.
    pub fn read_all(&self) {
        let _ = BookName::ALL.map(|name| self.summary(name));
    }

    /// Head, number of rows and where a book was read from.
    pub fn summary(&self, name: BookName) -> (&Head, usize, &Origin) {
        match name {
            BookName::Prices => self.prices.summary(),
            BookName::Rates => self.rates.summary(),
            BookName::Rents => self.rents.summary(),
        }
    }

    /// What is wrong with books of the user's, some of which were left aside.
    pub fn problems(&self) -> impl Iterator<Item = &str> {
        [self.prices.problem(), self.rates.problem(), self.rents.problem()].into_iter().flatten()
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

/// A book of the user's, and what in it are no rows; the error says why it is none.
fn users<R: Row>(path: &Path) -> Result<(Book<R>, Option<String>), String> {
    let in_file = |problem: String| format!("{}: {problem}", text::path(path));
    let bytes = read_limited(path).map_err(|error| error.to_string())?;
    let (book, left_out) = Book::parse(&bytes).map_err(|error| in_file(error.to_string()))?;
    if book.rows.is_empty() {
        return Err(in_file("there are no rows in it".to_owned()));
    }
    let problem = (left_out.count() > 0).then(|| in_file(format!("left out {left_out}")));
    Ok((book, problem))
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
