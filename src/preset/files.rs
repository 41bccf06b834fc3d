//! The file operations that saving is made of, one by one, so that tests can let each of them fail.

use std::fmt::Debug;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::open::{ReadError, directory, read_file};

/// How temporary files begin and end; what is left of a killed program is known by it.
const TEMPORARY: (&str, &str) = (".napkin-", ".tmp");

/// The file that is locked while a directory is written to.
const LOCK: &str = ".napkin.lock";

/// How long to wait for a second napkin that is saving: a hundred times longer than saving takes.
const PATIENCE: (u32, Duration) = (200, Duration::from_millis(10));

/// Every step of saving. The methods are the real ones; a test replaces some.
pub trait Files: Debug + Send + Sync {
    /// The bytes of a regular file.
    fn read(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        read_file(path)
    }

    /// The file a path leads to, links followed.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    /// Makes a directory and those above it, durably, unless it is there.
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        let above = directory(path);
        if above != path {
            self.create_dir(above)?;
        }
        match std::fs::create_dir(path) {
            // Somebody else was quicker.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
            Err(error) => Err(error),
            Ok(()) => self.sync_dir(above),
        }
    }

    /// Keeps other napkins from writing to a directory, until the lock is dropped.
    fn lock(&self, directory: &Path) -> io::Result<Lock> {
        Lock::take(&directory.join(LOCK), PATIENCE.0)
    }

    /// Removes what killed programs left behind. Only to be called under the lock.
    fn clear(&self, directory: &Path) {
        let (prefix, suffix) = TEMPORARY;
        for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(prefix) && name.ends_with(suffix) {
                // A leftover that cannot be removed does no harm.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// A new file in a directory, with the mode that new files have.
    fn temporary(&self, directory: &Path) -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // The umask takes its part off; without this nobody else could read the preset.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        builder.tempfile_in(directory)
    }

    /// Writes everything.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    /// Gives a file the mode of another.
    fn copy_mode(&self, from: &Path, to: &File) -> io::Result<()> {
        to.set_permissions(std::fs::metadata(from)?.permissions())
    }

    /// Waits until the file is on the disk.
    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    /// Gives a temporary file its name; fails on a file that is there unless it is to be replaced.
    fn persist(&self, file: NamedTempFile, to: &Path, replace: bool) -> io::Result<()> {
        let persisted = if replace { file.persist(to) } else { file.persist_noclobber(to) };
        persisted.map(drop).map_err(|error| error.error)
    }

    /// Moves a file.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    /// Waits until the names in a directory are on the disk, where the system can.
    fn sync_dir(&self, directory: &Path) -> io::Result<()> {
        #[cfg(unix)]
        match File::open(directory).and_then(|directory| directory.sync_all()) {
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::Unsupported
                        | io::ErrorKind::InvalidInput
                        | io::ErrorKind::PermissionDenied
                ) =>
            {
                Ok(())
            }
            synced => synced,
        }
        #[cfg(not(unix))]
        {
            let _ = directory;
            Ok(())
        }
    }
}

/// The disk itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {}

/// The disk, for who must not wait: a directory that another program writes to is an error at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Impatient;

impl Files for Impatient {
    fn lock(&self, directory: &Path) -> io::Result<Lock> {
        Lock::take(&directory.join(LOCK), 2)
    }
}

/// A lock that holds until it is dropped, and that a killed program loses.
#[derive(Debug)]
pub struct Lock {
    /// Held open, since the lock goes with it.
    _file: File,
    path: PathBuf,
}

impl Lock {
    /// Locks a file made for it; waits a while for another program, unless there is but one attempt.
    fn take(path: &Path, attempts: u32) -> io::Result<Self> {
        for attempt in 0..attempts {
            if attempt > 0 {
                std::thread::sleep(PATIENCE.1);
            }
            let file = open_lock(path)?;
            match file.try_lock() {
                // Who had the lock removes the file before letting go, so this may be a lock on nothing.
                Ok(()) if is_at(&file, path) => return Ok(Self { _file: file, path: path.to_owned() }),
                // Some network file systems know no locks; saving stays atomic there.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Self { _file: file, path: path.to_owned() });
                }
                Err(TryLockError::Error(error)) => return Err(error),
                Ok(()) | Err(TryLockError::WouldBlock) => {}
            }
        }
        Err(io::Error::new(io::ErrorKind::WouldBlock, "another napkin is saving there and does not finish"))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While the lock is still held, so that nobody loses a lock of theirs. Windows removes no open file; there
        // the file stays, and does no harm.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Opens the lock file, made when it is not there; never through a link.
fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}

/// Whether an open file is the one that stands at a path.
fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let same = |a: &std::fs::Metadata, b: &std::fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
        matches!((file.metadata(), std::fs::symlink_metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
    }
    #[cfg(not(unix))]
    {
        let _ = (file, path);
        true
    }
}
