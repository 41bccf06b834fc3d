//! The explorer from the outside: before, keys, after.

mod files;
mod mouse;
mod popups;
mod session;
mod sliders;
mod tiers;
mod walking;
