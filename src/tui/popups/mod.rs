//! Pop-ups: each is one file here; the innermost one gets the keys.

mod card;
mod copy;
mod details;
mod field;
mod filter;
mod form;
mod help;
mod matching;
mod open;
mod palette;
mod question;
mod range;
mod save;
mod source;
mod tier;
mod value;

pub use card::card;
pub use copy::copy;
pub use details::details;
pub use filter::filter_view;
pub use help::help;
pub use open::open;
pub use palette::{find, palette};
pub use range::range;
pub use save::{changed_twice, delete, refused, save_as, slug, unsaved};
pub use source::{describe, note, source};
pub use tier::{add as add_tier, removal as tier_removal, remove as remove_tier, rename as rename_tier};
pub use value::{target, value};
