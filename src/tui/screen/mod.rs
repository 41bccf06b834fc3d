//! The screen, part by part.

mod footer;
mod header;
mod headline;
mod panes;
mod render;
mod ruler;
mod views;

pub use footer::command_at;
pub use render::render;
pub use views::picture_area;
