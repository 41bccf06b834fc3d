//! Sliders: the window a track shows, and the round numbers that steps land on.

mod claim;
mod start;
mod step;
mod window;

pub use claim::next_claim;
pub use start::start;
pub use step::{Direction, Stride, step};
pub use window::{Location, Window};
