//! Presets: their TOML format with provenance, the shipped ones, the user's directory, and what is open.
//! Knows nothing of the terminal.

mod content;
mod document;

pub use content::{Claim, Content, Detail, Origin, Preset, Published};
pub use document::{Change, Document, Provenance, Run};
