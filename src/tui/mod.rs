//! The explorer: messages come in, the state changes, effects go out, and the screen shows the state.

mod app;
pub mod command;
mod component;
mod config;
mod context;
mod facts;
mod layout;
mod measure;
mod message;
mod paint;
mod picture;
mod popups;
mod recording;
mod rows;
pub mod runtime;
mod screen;
mod session;
pub mod slider;
mod start;
mod telling;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod theme;
mod theme_choice;
mod update;
mod views;

pub use app::{App, render};
pub use command::view_names;
pub use config::Config;
pub use measure::Measure;
pub use message::{Effect, Message, Outcome, Purpose, SaveRequest};
pub use picture::grid;
pub use recording::record;
pub use session::{Bookmark, Chosen, Memory, Resumed};
pub use start::Start;
pub use theme_choice::{TerminalColours, ThemeChoice};
