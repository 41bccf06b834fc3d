//! Presets: their TOML format with provenance, the shipped ones, the user's directory, and what is open.
//! Knows nothing of the terminal.

#![warn(unreachable_pub)]

pub mod builtin;
mod clean;
mod content;
mod create;
mod directories;
mod document;
mod files;
mod format;
mod name;
mod open;
mod provenance;
mod published;
mod save;
mod store;
mod trash;
mod watch;

pub(crate) use clean::clean;
pub use content::{BasedOn, Claim, Content, Detail, Origin, Preset, Published};
pub use directories::Directories;
pub(crate) use document::Run;
pub use document::details::RangeError;
pub use document::rebase::Rebase;
pub use document::sourced::Sourced;
pub use document::{Change, Document};
pub use files::{Disk, Files, Impatient, Lock};
pub use format::{Problem, Problems, fresh, read, to_toml};
pub(crate) use format::{Reader as TomlReader, entries, join, kind, likely, parse, start, value_start};
#[cfg(test)]
pub(crate) use name::COMMANDS;
pub use name::NameError;
pub(crate) use name::check_name;
pub use open::ReadError;
pub(crate) use open::{read_file, read_limited};
pub use provenance::Provenance;
pub use published::{Reproduced, check, reproduced};
pub use save::{Permit, SaveError, Saved};
pub(crate) use store::toml_files;
pub use store::{Entry, LoadError, Reload, Store};
pub use trash::Trashed;
pub use watch::Watch;
