//! The screen, part by part.

mod caption;
mod footer;
mod header;
mod headline;
mod panes;
mod render;
mod ruler;
mod tabs;

pub(super) use render::render;
