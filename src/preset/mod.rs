//! Presets: their TOML format with provenance, the shipped ones, the user's directory, and what is open.
//! Knows nothing of the terminal.

pub mod builtin;
mod clean;
mod content;
mod directories;
mod document;
mod files;
mod format;
mod name;
mod open;
mod published;
mod save;
mod store;
mod trash;
mod watch;

pub use clean::clean;
pub use content::{Claim, Content, Detail, Origin, Preset, Published};
pub use directories::Directories;
pub use document::{Change, Document, Provenance, RangeError, Rebase, Run};
pub use files::{Disk, Files, Lock};
pub use format::{MOST_BYTES, MOST_PROBLEMS, Problem, Problems, fresh, read, to_toml};
pub use name::{COMMANDS, NameError, check_name};
pub use open::{ReadError, read_file, read_limited};
pub use published::{Check, check};
pub use save::{Permit, SaveError, Saved};
pub use store::{Entry, LoadError, Reload, Store};
pub use trash::Trashed;
pub use watch::Watch;
