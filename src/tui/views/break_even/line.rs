//! A line of the view: an axis, an input, or words.

use ratatui::style::Style;

use crate::analysis::BreakEven;
use crate::model::{InputId, Unit};
use crate::quantity::number;
use crate::report::break_even::{BreakEvenReport, Reached};

/// What an axis measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui::views) enum Measure {
    /// How many times as much, in equal factors.
    Factor,
    /// Percentage points, in equal steps.
    Points,
}

/// One line of the view.
pub(in crate::tui::views) enum Line<'a> {
    /// The axis of the rows below.
    Axis(Measure),
    /// What cannot be reached, and whether it is the best or the worst that it can do.
    OutOfReachTitle,
    Reached(Reached<'a>),
    OutOfReach(&'a str, &'a BreakEven),
    Words(String, Style),
    Blank,
}

impl Line<'_> {
    /// The input of a row, and the value it can be moved to.
    pub(super) fn input(&self) -> Option<(InputId, Option<f64>)> {
        match self {
            Self::Reached(reached) => Some((reached.entry.id.input, Some(reached.solution))),
            Self::OutOfReach(_, entry) => Some((entry.id.input, None)),
            _ => None,
        }
    }

    /// Name, present value and distance of a row; the margin where the target is out of reach.
    pub(super) fn cells(&self) -> Option<[String; 3]> {
        let (name, entry, last) = match self {
            Self::Reached(reached) => (reached.name, reached.entry, reached.distance.to_string()),
            Self::OutOfReach(name, entry) => {
                (*name, *entry, number::or_undefined(entry.best, number::margin))
            }
            _ => return None,
        };
        Some([name.to_owned(), number::input(entry.id.input, entry.value), last])
    }

    /// The value at the far end of a row, and the unit that goes behind it where there is room.
    pub(super) fn far_end(&self) -> Option<(String, String)> {
        let (id, value) = match self {
            Self::Reached(reached) => {
                let id = reached.entry.id.input;
                (id, number::input(id, Some(reached.solution)))
            }
            Self::OutOfReach(_, entry) => (entry.id.input, BreakEvenReport::nearest_at(entry)),
            _ => return None,
        };
        let unit = if value.contains(char::is_numeric) { unit(id) } else { "" };
        let space = if unit.is_empty() || unit.starts_with('/') { "" } else { " " };
        Some((value, format!("{space}{unit}")))
    }
}

/// The unit behind a number that has its own dollar or percent sign.
fn unit(id: InputId) -> &'static str {
    match id.parameter().unit {
        Unit::Share => "",
        unit => unit.symbol().trim_start_matches('$'),
    }
}
