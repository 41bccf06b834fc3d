//! The screen, part by part.

mod footer;
mod header;
mod headline;
mod panes;
mod render;
mod ruler;
mod tabs;

pub(super) use render::render;
