//! Pop-ups: each is one file here; the innermost one gets the keys.

use ratatui::layout::Rect;

mod card;
mod copy;
mod details;
mod field;
mod form;
mod help;
mod list;
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
pub use details::{details, draw_facts};
pub use help::help;
pub use open::open;
pub use palette::{find, palette};
pub use range::range;
pub use save::{delete, refused, save_as, slug, unsaved};
pub use source::{describe, note, source};
pub use tier::{add as add_tier, removal as tier_removal, remove as remove_tier, rename as rename_tier};
pub use value::{target, value};

/// The place of a pop-up of the wanted size: centred, within the screen.
pub fn place(screen: Rect, (width, height): (u16, u16)) -> Rect {
    let width = width.min(screen.width.saturating_sub(2)).max(1);
    let height = height.min(screen.height.saturating_sub(2)).max(1);
    Rect {
        x: screen.x + (screen.width.saturating_sub(width)) / 2,
        y: screen.y + (screen.height.saturating_sub(height)) / 3,
        width,
        height,
    }
}

/// The inside of a pop-up's border.
pub fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x + 2.min(area.width),
        y: area.y + 1.min(area.height),
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}
