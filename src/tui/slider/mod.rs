//! Sliders: the window a track shows, and the round numbers that steps land on.

mod claim;
mod step;
mod window;

pub use claim::next_claim;
pub use step::{Direction, Stride, step};
pub use window::{Location, Window};
