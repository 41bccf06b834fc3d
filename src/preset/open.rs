//! Reading files that may be anything: only regular ones, only up to a size, and never waiting.

use std::fs::{File, FileType, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::format::MOST_BYTES;
use crate::text;

/// Why a file or stream was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system refused.
    #[error("{}: {source}", shown_path(.path))]
    Io {
        /// The file.
        path: PathBuf,
        /// What it says.
        source: io::Error,
    },
    /// A directory, pipe, socket or device.
    #[error("{}: this is {kind}; only regular files are read{}", shown_path(.path), hint(kind))]
    NotRegular {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        kind: &'static str,
    },
    /// More than a preset can hold.
    #[error("{}: larger than 1 MiB; a preset has at most 1 MiB", shown_path(.path))]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
}

impl ReadError {
    /// Whether there is no such file, and can be none: what should be its directory is a file, or has a name longer
    /// than any file's.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Io { source, .. } if is_absent(source))
    }
}

/// Whether nothing can be at a path.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename
    )
}

/// A path as a message names it.
pub(super) fn shown_path(path: &Path) -> String {
    text::escaped(&path.to_string_lossy())
}

/// The directory a file is in.
pub(super) fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// What can be done about a file that is none.
fn hint(kind: &str) -> &'static str {
    if kind == "a pipe" { ", or `-` for standard input" } else { "" }
}

/// The bytes of a regular file of at most 1 MiB. Returns at once for anything else.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    read_with_metadata(path).map(|(bytes, _)| bytes)
}

/// As [`read_file`], with what the system knows of the file.
pub(super) fn read_with_metadata(path: &Path) -> Result<(Vec<u8>, Metadata), ReadError> {
    let io = |source| ReadError::Io { path: path.to_owned(), source };
    let refuse_special = |metadata: &Metadata| match kind(metadata.file_type()) {
        Some(kind) => Err(ReadError::NotRegular { path: path.to_owned(), kind }),
        None => Ok(()),
    };
    // Looked at before opening, since opening some devices already does something; and again once it is open,
    // since the name may lead elsewhere by then.
    refuse_special(&std::fs::metadata(path).map_err(io)?)?;
    let file = open_without_waiting(path).map_err(io)?;
    let metadata = file.metadata().map_err(io)?;
    refuse_special(&metadata)?;
    let bytes = read_limited(file).map_err(io)?;
    match bytes {
        Some(bytes) => Ok((bytes, metadata)),
        None => Err(ReadError::TooLarge { path: path.to_owned() }),
    }
}

/// Everything a reader holds; `None` when it is more than 1 MiB.
pub(crate) fn read_limited(reader: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    reader.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= MOST_BYTES).then_some(bytes))
}

/// Opens for reading; a pipe that nobody writes to does not block.
fn open_without_waiting(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}

/// What a file is when it is not a regular one.
fn kind(file_type: FileType) -> Option<&'static str> {
    if file_type.is_file() {
        return None;
    }
    if file_type.is_dir() {
        return Some("a directory");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if file_type.is_fifo() {
            return Some("a pipe");
        }
        if file_type.is_socket() {
            return Some("a socket");
        }
        if file_type.is_block_device() || file_type.is_char_device() {
            return Some("a device");
        }
    }
    Some("no regular file")
}
