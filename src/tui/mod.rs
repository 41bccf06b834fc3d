//! The explorer: messages come in, the state changes, effects go out, and the screen shows the state.

mod action;
mod app;
pub mod command;
mod draw;
mod layout;
mod message;
mod picture;
mod popups;
mod rows;
pub mod runtime;
pub mod slider;
pub mod theme;
mod update;
mod views;

pub use app::{App, Measure, Start};
pub use draw::render;
pub use message::{Effect, Message, Outcome, Purpose, SaveProblem};
pub use picture::grid;
pub use views::view_names;
