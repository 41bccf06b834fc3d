//! Typing a value: for an input, or for the target margin.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::field::Field;
use super::form::{Check, Form};
use crate::model::{InputId, Output, Unit, evaluate};
use crate::quantity::number;
use crate::quantity::{QuantityError, Reading, parse, parse_target};
use crate::report::provenance;
use crate::tui::command::{Command, Scope};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::paint;

/// Asks for a value of an input.
pub(crate) fn value(id: InputId, first: Option<char>) -> Box<dyn Popup> {
    let text = first.map(String::from).unwrap_or_default();
    Box::new(Value { id, field: Field::new(&text), refused: false })
}

/// Asks for the target margin.
pub(crate) fn target(present: f64) -> Box<dyn Popup> {
    let lead = format!(
        "What a verdict is measured against: 0 is just not losing money. Now {}.",
        number::percent(present)
    );
    Form::ask(
        "Target margin",
        lead,
        vec![("target", String::new())],
        Box::new(|texts, cx| {
            let typed = texts.first().copied().unwrap_or_default();
            match parse_target(typed) {
                Ok(target) => Check::ready(vec![Action::Target(target)])
                    .notice(0, format!("= {}", number::percent(target))),
                Err(problem) => match problem.offer() {
                    Some(offer) => Check::ready(vec![Action::Target(offer)])
                        .notice(0, format!("{problem}{}", takes(cx, offer))),
                    None => Check::refuse(0, problem.to_string()),
                },
            }
        }),
    )
}

/// What accepting takes instead of what was typed.
fn takes(cx: &Context, offer: f64) -> String {
    format!(" {} takes {}.", cx.keys.key(&[Scope::Field], Command::Act), number::percent(offer))
}

struct Value {
    id: InputId,
    field: Field,
    /// Enter was pressed on something that is no value.
    refused: bool,
}

impl Value {
    fn reading(&self, cx: &Context) -> Result<Reading, QuantityError> {
        parse(self.field.text(), self.id.parameter(), cx.document.scenario().get(self.id))
    }
}

/// What the field says below the text while it is being typed.
fn preview(
    cx: &Context,
    reading: &Result<Reading, QuantityError>,
    empty: bool,
    refused: bool,
    area: Rect,
    buffer: &mut Buffer,
) {
    match reading {
        Ok(reading) => {
            paint::wrapped(area, buffer, &reading.read_as, cx.theme.good);
        }
        Err(_) if empty && !refused => {}
        Err(problem) => {
            let offer = problem.offer().map_or_else(String::new, |offer| takes(cx, offer));
            paint::wrapped(area, buffer, &format!("{problem}{offer}"), cx.theme.warn);
        }
    }
}

impl Popup for Value {
    fn title(&self, cx: &Context) -> String {
        provenance::name(&cx.document, self.id)
    }

    fn size(&self, _: &Context, _: Rect) -> (u16, u16) {
        (66, 10)
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Field]
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let present = number::input_with_unit(self.id, cx.document.scenario().get(self.id));
        let unit = self.id.parameter().unit.symbol();
        let lead = if unit.is_empty() || unit == "%" {
            "new value".to_owned()
        } else {
            format!("new value in {unit}")
        };
        paint::left(area, buffer, &format!("{lead}; now {present}"), cx.theme.quiet);
        self.field.draw(cx, paint::row(area, 1), true, buffer);
        let reading = self.reading(cx);
        let below = Rect { y: area.y + 2, height: area.height.saturating_sub(4), ..area };
        preview(cx, &reading, self.field.text().is_empty(), self.refused, below, buffer);
        if let Ok(Reading { value, .. }) = &reading
            && let Ok(scenario) = cx.document.scenario().with(&[(self.id, *value)])
        {
            let outputs = evaluate(&scenario);
            let margin = outputs.get(Output::GrossMargin);
            let words = match (margin, outputs.undefined()) {
                (Some(margin), _) => format!("gross margin would be {}", number::margin(margin)),
                (None, Some(reason)) => format!("no verdict then: {reason}"),
                (None, None) => "gross margin would be undefined: no revenue".to_owned(),
            };
            paint::wrapped(Rect { y: area.y + 3, height: 2, ..area }, buffer, &words, cx.theme.text);
        }
        let examples = match self.id.parameter().unit {
            Unit::Share => "0.6  60%  +10%  x1.2  1/3",
            unit if unit.is_money() => "2  $2.50  1.2k  +10%  x1.2  16/8",
            Unit::Count => "8  x2  +10%",
            _ => "75k  73.7k  1.5M  +10%  x1.2  608/168",
        };
        let none = if self.id.domain().optional { "  none" } else { "" };
        let last = paint::row(area, area.height.saturating_sub(2));
        paint::left(last, buffer, &format!("takes {}", self.id.domain()), cx.theme.quiet);
        let last = paint::row(area, area.height.saturating_sub(1));
        paint::left(last, buffer, &format!("such as {examples}{none}"), cx.theme.quiet);
    }

    fn command(&mut self, command: Command, cx: &Context, _: Rect) -> Vec<Action> {
        if command != Command::Act {
            return Vec::new();
        }
        let value = match self.reading(cx) {
            Ok(reading) => reading.value,
            Err(problem) => {
                let Some(offer) = problem.offer() else {
                    self.refused = true;
                    return Vec::new();
                };
                Some(offer)
            }
        };
        vec![Action::Close, Action::Set(vec![(self.id, value)])]
    }

    fn key(&mut self, key: KeyEvent, _: &Context) -> Vec<Action> {
        self.refused &= !self.field.key(key);
        Vec::new()
    }

    fn paste(&mut self, text: &str, _: &Context) -> Vec<Action> {
        self.field.paste(text);
        self.refused = false;
        Vec::new()
    }
}
