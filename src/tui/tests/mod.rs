//! The explorer from the outside: before, keys, after.

mod books;
mod clicks;
mod files;
mod hints;
mod mouse;
mod popups;
mod questions;
mod screens;
mod session;
mod sliders;
mod stories;
mod tiers;
mod walking;
