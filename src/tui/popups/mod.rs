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
mod stories;
mod tier;
mod value;

pub(super) use card::card;
pub(super) use copy::{answer, copy};
pub(super) use details::details;
pub(super) use filter::filter_view;
pub(super) use help::help;
pub(super) use open::open;
pub(super) use palette::{find, palette};
pub(super) use range::range;
pub(super) use save::{changed_twice, delete, new_preset, refused, save_as, slug, unsaved};
pub(super) use source::{describe, note, source};
pub(super) use stories::stories;
pub(super) use tier::{
    add as add_tier, removal as tier_removal, remove as remove_tier, rename as rename_tier,
};
pub(super) use value::{target, value};
