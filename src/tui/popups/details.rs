//! Everything known about one input.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::list::Cursor;
use crate::analysis::{Why, break_even};
use crate::model::{Fallback, InputId, Output, evaluate};
use crate::preset::Provenance;
use crate::quantity::number;
use crate::report::provenance;
use crate::tui::command::{self, Command, Key, Scope};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::paint::{self, Line};

/// The details of an input.
pub fn details(id: InputId) -> Box<dyn Popup> {
    Box::new(Details { id, top: Cursor::default() })
}

struct Details {
    id: InputId,
    top: Cursor,
}

/// A name and what is to be said under it.
type Fact = (&'static str, String, Style);

/// Everything known about an input.
struct Facts<'a> {
    id: InputId,
    cx: &'a Context,
}

impl Facts<'_> {
    fn all(&self) -> Vec<Fact> {
        let (id, cx) = (self.id, self.cx);
        let (theme, document) = (cx.theme, &cx.document);
        let parameter = id.parameter();
        let scenario = document.scenario();
        let shown = |value: f64| number::input_with_unit(id, Some(value));
        let mut facts: Vec<Fact> = vec![
            ("meaning", parameter.doc.to_owned(), theme.text),
            ("now", number::input_with_unit(id, scenario.get(id)), theme.strong),
        ];
        if document.is_changed(id) {
            let was = document.base_value(id).map_or_else(
                || "the preset has no such input".to_owned(),
                |was| number::input_with_unit(id, was),
            );
            facts.push(("preset", was, theme.text));
        }
        if let Some(value) = cx.pinned_value(id) {
            facts.push(("pinned", shown(value), theme.pinned));
        }
        match document.provenance(id) {
            Provenance::Given { source, note } => {
                let whole = document.base().content.source.as_deref();
                let source = source.map(str::to_owned).or_else(|| Some(format!("as the preset: {}", whole?)));
                facts.push(("source", source.unwrap_or_else(|| "none given".to_owned()), theme.text));
                facts.extend(note.map(|note| ("note", note.to_owned(), theme.text)));
            }
            Provenance::Default { assumption: true } => {
                facts.push(("source", "assumption: a default".to_owned(), theme.warn));
            }
            Provenance::Default { assumption: false } => {
                facts.push(("source", "default".to_owned(), theme.text));
            }
            Provenance::Edited { lost_source } => {
                let lost = lost_source
                    .map_or_else(String::new, |source| format!("; the preset's own value was from {source}"));
                facts.push(("source", format!("set by hand, none{lost}"), theme.changed));
            }
        }
        if let Some(range) = document.range(id) {
            let words = format!("{} to {}, 90 %", shown(range.low()), shown(range.high()));
            facts.push(("range", words, theme.text));
        }
        facts.extend(claims(cx, id));
        facts.push(("break-even", self.break_even(), theme.text));
        let symbol =
            if parameter.symbol.is_empty() { String::new() } else { format!("{} · ", parameter.symbol) };
        facts.push(("formula", format!("{symbol}{}", parameter.formula), theme.text));
        facts.push(("takes", domain(id), theme.text));
        facts.push(("id", scenario.id_text(id), theme.quiet));
        facts
    }

    fn break_even(&self) -> String {
        let (id, cx, scenario) = (self.id, self.cx, self.cx.document.scenario());
        if !crate::analysis::analysed_inputs(scenario).any(|known| known == id) {
            return "not looked for: it is a toggle, a whole count or a total".to_owned();
        }
        let result = break_even(scenario, id, cx.target);
        let target = number::percent(cx.target);
        let shown = |value: f64| number::input_with_unit(id, Some(value));
        match result.why {
            None => {
                let values: Vec<String> = result.solutions.iter().map(|value| shown(*value)).collect();
                format!("margin is {target} at {}", values.join(" and at "))
            }
            Some(Why::Unreachable) => match (result.best, result.at) {
                (Some(best), Some(at)) => {
                    format!("no value does it alone; nearest is {} at {}", number::percent(best), shown(at))
                }
                _ => "no value does it alone".to_owned(),
            },
            Some(Why::NoEffect) => "it has no effect on the margin as things stand".to_owned(),
            Some(Why::Any) => format!("margin is {target} whatever the value"),
        }
    }
}

/// The facts broken into lines: the name, words, and their style.
fn lines(cx: &Context, id: InputId, width: usize) -> Vec<(&'static str, String, Style)> {
    let mut lines = Vec::new();
    for (name, words, style) in (Facts { id, cx }).all() {
        let wrapped = paint::wrap(&words, width.saturating_sub(NAMES));
        for (place, line) in wrapped.into_iter().enumerate() {
            lines.push((if place == 0 { name } else { "" }, line, style));
        }
    }
    lines
}

/// Draws the facts from the line `first` on; answers how many lines there are.
pub fn draw_facts(cx: &Context, id: InputId, first: usize, area: Rect, buffer: &mut Buffer) -> usize {
    let lines = lines(cx, id, usize::from(area.width));
    for (line, (name, words, style)) in (0..area.height).zip(lines.iter().skip(first)) {
        Line::new(paint::row(area, line), buffer)
            .put(name, cx.theme.quiet)
            .to(area.x + NAMES as u16)
            .put(words, *style);
    }
    lines.len()
}

/// The columns that names take.
const NAMES: usize = 12;

fn domain(id: InputId) -> String {
    let parameter = id.parameter();
    let default = match parameter.fallback {
        Fallback::Required => "must be given".to_owned(),
        Fallback::RequiredUnlessFree => "must be given, unless the tier is free".to_owned(),
        Fallback::Value(value) => format!("default {}", number::input_with_unit(id, Some(value))),
        Fallback::Assumption(value) => {
            format!("default {}, an assumption", number::input_with_unit(id, Some(value)))
        }
        Fallback::Absent => "default none".to_owned(),
        Fallback::HitRatio => "default: the file's hit ratio".to_owned(),
        Fallback::InputMiss => "default: the tier's price of a miss".to_owned(),
        Fallback::Remainder => "default: an equal part of what the others leave".to_owned(),
    };
    format!("{}; {default}", parameter.domain)
}

fn claims(cx: &Context, id: InputId) -> Vec<Fact> {
    cx.document
        .claims(id)
        .into_iter()
        .map(|claim| {
            let margin = cx
                .document
                .scenario()
                .with(&[(id, Some(claim.value))])
                .ok()
                .and_then(|scenario| evaluate(&scenario).get(Output::GrossMargin));
            let margin = number::or_undefined(margin, number::percent);
            let source = claim.source.as_deref().map_or_else(String::new, |source| format!(" · {source}"));
            let line = provenance::claim_line(id, claim);
            ("claim", format!("{line} {} margin {margin}{source}", cx.signs.arrow), cx.theme.claim)
        })
        .collect()
}

impl Popup for Details {
    fn title(&self, cx: &Context) -> String {
        provenance::name(&cx.document, self.id)
    }

    fn size(&self, cx: &Context, screen: Rect) -> (u16, u16) {
        let width = 96.min(screen.width.saturating_sub(2));
        let lines = crate::text::cells(lines(cx, self.id, usize::from(width.saturating_sub(4))).len());
        (width, lines.saturating_add(3).min(screen.height.saturating_sub(2)))
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let page = Rect { height: area.height.saturating_sub(1), ..area };
        let count = draw_facts(cx, self.id, self.top.at, page, buffer);
        paint::more(cx, page, count.saturating_sub(self.top.at + usize::from(page.height)), buffer);
        let hint = command::hints(&[Scope::Slider], &KEYS);
        paint::left(paint::row(area, area.height.saturating_sub(1)), buffer, &hint, cx.theme.quiet);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Vec<Action> {
        let page = usize::from(area.height.saturating_sub(1));
        let last = lines(cx, self.id, usize::from(area.width)).len().saturating_sub(page);
        self.top.command(command, last + 1, page);
        Vec::new()
    }

    fn key(&mut self, key: KeyEvent, _: &Context) -> Vec<Action> {
        let command = command::lookup(&[Scope::Slider, Scope::Global], Key::of(&key));
        let known = command.filter(|command| {
            KEYS.iter().any(|(known, _)| known == command)
                || matches!(command, Command::PreviousClaim | Command::Toggle | Command::Undo | Command::Redo)
        });
        known.map(Action::Do).into_iter().collect()
    }
}

/// What can be done from here, as on the slider itself.
const KEYS: [(Command, &str); 6] = [
    (Command::Type, "value"),
    (Command::Reset, "reset"),
    (Command::NextClaim, "next claim"),
    (Command::Range, "range"),
    (Command::Source, "source"),
    (Command::Note, "note"),
];
