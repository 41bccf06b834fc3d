//! Words that sentences share: names inside a sentence, lists, margins and what brings them to the target.

use super::provenance;
use crate::model::{InputId, TierField};
use crate::preset::Document;
use crate::quantity::number;

/// The name of an input where a sentence starts: `Rent`, `Share of free web and app`. Never starts with the name
/// of a tier, which is written as its owner writes it.
pub(super) fn leading(document: &Document, id: InputId) -> String {
    match id {
        InputId::Tier(_, TierField::Share) => provenance::name(document, id),
        _ => provenance::short_name(document, id),
    }
}

/// The name of an input inside a sentence: `rent`, `share of free web and app`, `output price of R1 API`.
pub(super) fn name(document: &Document, id: InputId) -> String {
    inside(&leading(document, id))
}

/// The same where it stands alone in a list: `free web and app share` too.
pub(super) fn brief_name(document: &Document, id: InputId) -> String {
    match id {
        InputId::Tier(_, TierField::Share) => provenance::short_name(document, id),
        _ => name(document, id),
    }
}

/// Words inside a sentence that could start one; abbreviations stay as they are.
pub(super) fn inside(words: &str) -> String {
    let mut letters = words.chars();
    let Some(first) = letters.next() else { return String::new() };
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return words.to_owned();
    }
    let mut inside: String = first.to_lowercase().collect();
    inside.push_str(letters.as_str());
    inside
}

/// `a`, `a or b`, `a, b or c`.
pub(super) fn list(words: &[String], joint: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {joint} {last}", most.join(", ")),
    }
}

/// A text, then without its last clause, and so on; what was left out is an ellipsis.
pub(crate) fn clauses(text: &str) -> impl Iterator<Item = String> {
    let ends =
        text.rmatch_indices([',', ';', ':', '.']).filter(|(end, _)| text[*end..].chars().nth(1) == Some(' '));
    let shorter = ends.map(|(end, _)| format!("{} …", &text[..end]));
    std::iter::once(text.to_owned()).chain(shorter)
}

/// The first of so many, and how many more there are.
pub(super) fn first(words: impl ExactSizeIterator<Item = String>, most: usize) -> String {
    let more = words.len().saturating_sub(most);
    let more = (more > 0).then(|| format!("{more} more"));
    list(&words.take(most).chain(more).collect::<Vec<_>>(), "and")
}

/// The first `most`, and how many others there are.
pub(super) fn some(words: &[String], most: usize) -> String {
    if words.len() <= most + 1 {
        return list(words, "and");
    }
    let others = format!("{} others", words.len() - most);
    list(&words.iter().take(most).cloned().chain([others]).collect::<Vec<_>>(), "and")
}

/// A value of an input inside a sentence that names the input: dollars go without the rest of their unit.
pub(super) fn value(id: InputId, value: f64) -> String {
    let words = if id.parameter().unit.is_money() {
        number::input(id, Some(value))
    } else {
        number::input_with_unit(id, Some(value))
    };
    close(&words)
}

/// `at $0`, or `however high`.
pub(crate) fn reach(id: InputId, at: f64) -> String {
    extreme(id, at).map_or_else(|| format!("at {}", value(id, at)), str::to_owned)
}

/// `however high` at the end of a slider that the domain goes beyond, and there.
pub(super) fn extreme(id: InputId, value: f64) -> Option<&'static str> {
    let (low, high) = id.parameter().scale.ends();
    let domain = id.domain();
    if value >= high && domain.max > high {
        Some("however high")
    } else if value > 0.0 && value <= low && domain.min < low {
        Some("however low")
    } else {
        None
    }
}

/// A share of revenue inside a sentence.
pub(super) fn percent(share: f64) -> String {
    close(&number::percent(share))
}

/// A difference of shares inside a sentence.
pub(super) fn points(difference: f64) -> String {
    close(&number::points(difference))
}

/// A part of one dollar inside a sentence.
pub(super) fn cents(dollars: f64) -> String {
    let words = number::cents(dollars);
    let closest = match words.as_str() {
        "> 99.9999¢" => "just below 100¢",
        "> 0¢" => "just above 0¢",
        _ => return words,
    };
    closest.to_owned()
}

/// `> 99.9999 %` is a value that has no more digits than this: `just below 100 %`.
pub(super) fn close(words: &str) -> String {
    let Some((digits, unit)) = words.rsplit_once(' ') else { return words.to_owned() };
    let closest = match digits {
        "> 99.9999" => "just below 100",
        "> 0" => "just above 0",
        "< 0" => "just below 0",
        "< −99.9999" => "just above −100",
        _ => return words.to_owned(),
    };
    format!("{closest} {unit}")
}

/// `84.5 %`, or `cost 912 times revenue` where a percentage says nothing any more.
pub(crate) fn margin(margin: f64) -> String {
    if number::is_deep(margin) {
        format!("cost {} times revenue", number::plain(1.0 - margin))
    } else {
        percent(margin)
    }
}

/// The margin with its definition, where a sentence starts.
pub(super) fn defined_margin(margin: Option<f64>) -> String {
    match margin {
        Some(margin) if number::is_deep(margin) => {
            let times = number::plain(1.0 - margin);
            format!("Cost is {times} times revenue: a gross margin (1 − cost ÷ revenue) below −1000 %")
        }
        margin => {
            format!("Gross margin {} (1 − cost ÷ revenue)", number::or_undefined(margin, number::percent))
        }
    }
}

/// `a margin of 84.5 %`, `a cost of 912 times revenue`, `no margin at all`.
pub(super) fn a_margin(margin: Option<f64>) -> String {
    match margin {
        None => "no margin at all".to_owned(),
        Some(margin) if number::is_deep(margin) => {
            format!("a cost of {} times revenue", number::plain(1.0 - margin))
        }
        Some(margin) => format!("a margin of {}", percent(margin)),
    }
}

/// What a value that brings the margin to the target is called: at 0 it breaks even.
pub(crate) fn even(target: f64) -> &'static str {
    if target == 0.0 { "break-even" } else { "target" }
}
