//! What is known of one input, for its row, the ruler and its details.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::command::Command;
use super::context::Context;
use super::paint::{self, Line};
use super::slider::{Direction, next_claim};
use crate::analysis::Why;
use crate::model::{Fallback, Global, InputId, Output, Scale, TierField};
use crate::preset::Provenance;
use crate::quantity::number;
use crate::report::{provenance, words};

/// What is known of one input.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    cx: &'a Context,
    /// The input.
    pub id: InputId,
    /// Its present value.
    pub value: Option<f64>,
    /// Whether it differs from the preset's.
    pub changed: bool,
}

/// A line of the details.
pub(super) struct Fact {
    /// Its name, where it begins.
    name: &'static str,
    words: String,
    style: Style,
    /// The bytes of a claimed value, with which the words of a claim begin.
    claimed: usize,
}

impl Fact {
    fn new(name: &'static str, words: impl Into<String>, style: Style) -> Self {
        Self { name, words: words.into(), style, claimed: 0 }
    }
}

/// Whose a value is, in so many characters, comes before its range.
const SHORT: usize = 60;

/// The columns that names take.
const NAMES: usize = 12;

impl<'a> Facts<'a> {
    /// What is known of an input.
    pub(super) fn of(cx: &'a Context, id: InputId) -> Self {
        let document = &cx.document;
        Self { cx, id, value: cx.value(id), changed: document.is_changed(id) }
    }

    /// A value of this input with its unit.
    fn shown(&self, value: f64) -> String {
        number::input_with_unit(self.id, Some(value))
    }

    /// Whether the value is an assumption, by default or by the preset's own word.
    pub(super) fn is_assumed(&self) -> bool {
        matches!(
            self.cx.document.provenance(self.id),
            Provenance::Assumption | Provenance::Default { assumption: true }
        )
    }

    /// How far this input alone swings the margin, as a part of the largest swing; `None` if it does not.
    pub(super) fn swing(&self) -> Option<f64> {
        let tornado = &self.cx.derived.tornado;
        let own = tornado.of(self.id)?.swing?;
        let largest = tornado.largest();
        (own > 0.0).then(|| own / largest)
    }

    /// Whether another value would give another margin.
    pub(super) fn moves_margin(&self) -> bool {
        self.cx.derived.moving.contains(&self.id)
    }

    /// The nodes that are left when free traffic is turned away; `None` for any other input.
    pub(super) fn nodes_left(&self) -> Option<String> {
        let turned_away = self.id == Global::ServeFree.into() && self.value == Some(0.0);
        let outputs = &self.cx.derived.results.outputs;
        outputs.get(Output::Nodes).filter(|_| turned_away).map(|_| number::output(outputs, Output::Nodes))
    }

    /// How whose it is is drawn.
    fn style(&self) -> Style {
        let theme = self.cx.theme;
        match self.cx.document.provenance(self.id) {
            Provenance::Assumption | Provenance::Default { .. } => theme.quiet,
            _ => theme.text,
        }
    }

    /// In words, whose the present value is: all that there is to say, then the same without what the range is from,
    /// then without the range.
    pub(super) fn origins(&self) -> ([String; 3], Style) {
        let words = |range: bool, note: bool| self.origin(range, note);
        ([words(true, true), words(true, false), words(false, false)], self.style())
    }

    fn origin(&self, with_range: bool, with_note: bool) -> String {
        let (id, document) = (self.id, &self.cx.document);
        let was = provenance::was(document, id).map_or_else(String::new, |was| format!(" · {was}"));
        let range = document.range(id).filter(|_| with_range).map_or_else(String::new, |range| {
            let unit = id.parameter().unit;
            let (low, high) = (number::format(range.low(), unit), number::format(range.high(), unit));
            let note = document.range_note(id).filter(|_| with_note);
            let whose = note.map_or_else(String::new, |note| format!(" ({note})"));
            format!(" · 90 % range {low} to {high}{whose}")
        });
        let whose = provenance::text(document, id);
        let whose = whose.unwrap_or_else(|| format!("default · {}", id.parameter().doc));
        // What may be long comes last.
        if whose.chars().count() <= SHORT || range.is_empty() && was.is_empty() {
            format!("{whose}{was}{range}")
        } else {
            // It is about the present value, and not about the one before it in the line.
            let now = number::input(id, self.value);
            format!("{} · {now}: {whose}", format!("{was}{range}").trim_start_matches(" · "))
        }
    }

    /// What has to be known before it is moved.
    pub(super) fn caveat(&self) -> Option<&'static str> {
        if let InputId::Tier(_, TierField::InputWrite) = self.id {
            let nothing_written = self.cx.value(Global::WriteShare.into()) == Some(0.0);
            return (self.value.is_some() && nothing_written).then_some(
                "no effect while no missed input is billed as written to the cache (Write share)",
            );
        }
        let InputId::Global(global) = self.id else { return None };
        if self.cx.value(Global::Prefill.into()).is_some() {
            return None;
        }
        match global {
            Global::InputPerOutput | Global::HitRatio => {
                Some("no prefill rate: this moves revenue, not work")
            }
            Global::HitWork | Global::MeasuredHitRatio => Some("no prefill rate: no effect"),
            _ => None,
        }
    }

    /// The next claim: the key that adopts it, its value, the margin it would give with who claims it, and when.
    pub(super) fn claim_offer(&self) -> Option<[String; 4]> {
        let cx = self.cx;
        let claim = next_claim(&cx.document.claims(self.id), self.value, Direction::Up)?;
        if Some(claim.value) == self.value {
            return None;
        }
        let margin = self.margin_at(claim.value);
        let key = cx.key_of(Command::NextClaim);
        let key = if key.is_empty() { "c".to_owned() } else { key };
        let value = number::format(claim.value, self.id.parameter().unit);
        let date = claim.date.as_deref().map_or_else(String::new, |date| format!(", {date}"));
        Some([key, value, format!("{} margin {margin} · {}", cx.signs.arrow, claim.by), date])
    }

    /// The margin that another value would give.
    fn margin_at(&self, value: f64) -> String {
        number::or_undefined(self.cx.margin_with(self.id, Some(value)), number::margin)
    }

    /// Draws everything known from the line `first` on. Returns how many lines there are.
    pub(super) fn draw(&self, first: usize, area: Rect, buffer: &mut Buffer) -> usize {
        let lines = self.lines(usize::from(area.width));
        for (line, fact) in (0..area.height).zip(lines.iter().skip(first)) {
            let (claimed, words) = fact.words.split_at_checked(fact.claimed).unwrap_or(("", &fact.words));
            Line::new(paint::row(area, line), buffer)
                .put(fact.name, self.cx.theme.quiet)
                .to(area.x + NAMES as u16)
                .put(claimed, self.cx.theme.claim)
                .put(words, fact.style);
        }
        lines.len()
    }

    /// Everything known, broken into lines.
    pub(super) fn lines(&self, width: usize) -> Vec<Fact> {
        let mut lines = Vec::new();
        for Fact { mut name, words, style, mut claimed } in self.all() {
            for words in paint::wrap(&words, width.saturating_sub(NAMES)) {
                let (name, claimed) = (std::mem::take(&mut name), std::mem::take(&mut claimed));
                lines.push(Fact { name, words, style, claimed });
            }
        }
        lines
    }

    fn all(&self) -> Vec<Fact> {
        let (id, cx) = (self.id, self.cx);
        let (theme, document) = (cx.theme, &cx.document);
        let parameter = id.parameter();
        let mut facts = vec![
            Fact::new("meaning", parameter.doc, theme.text),
            Fact::new("now", number::input_with_unit(id, self.value), theme.strong),
        ];
        if self.changed {
            let was = document.base_value(id).map_or_else(
                || "the preset has no such input".to_owned(),
                |was| number::input_with_unit(id, was),
            );
            facts.push(Fact::new("preset", was, theme.text));
        }
        facts.extend(cx.pinned_value(id).map(|value| Fact::new("pinned", self.shown(value), theme.pinned)));
        let whose = provenance::text(document, id).unwrap_or_else(|| "default".to_owned());
        facts.push(Fact::new("source", whose, self.style()));
        if let Some(range) = document.range(id) {
            let whose = document.range_note(id).map_or_else(String::new, |note| format!("; {note}"));
            let words = format!("{} to {}, 90 %{whose}", self.shown(range.low()), self.shown(range.high()));
            facts.push(Fact::new("range", words, theme.text));
        }
        facts.extend(document.claims(id).into_iter().map(|claim| {
            let margin = self.margin_at(claim.value);
            let source = claim.source.as_deref().map_or_else(String::new, |source| format!(" · {source}"));
            let line = provenance::claim_line(id, claim);
            let claimed = number::format(claim.value, id.parameter().unit).len();
            let words = format!("{line} {} margin {margin}{source}", cx.signs.arrow);
            Fact { claimed, ..Fact::new("claim", words, theme.text) }
        }));
        facts.push(Fact::new(words::even(cx.target), self.break_even(), theme.text));
        let symbol =
            if parameter.symbol.is_empty() { String::new() } else { format!("{} · ", parameter.symbol) };
        facts.extend([
            Fact::new("formula", format!("{symbol}{}", parameter.formula), theme.text),
            Fact::new("takes", domain(id), theme.text),
            Fact::new("id", document.scenario().id_text(id), theme.quiet),
        ]);
        facts
    }

    fn break_even(&self) -> String {
        let (id, cx) = (self.id, self.cx);
        let Some(result) = cx.break_even_of(id) else {
            return "not looked for: it is a toggle, a whole count or a total".to_owned();
        };
        let target = number::percent(cx.target);
        match result.why {
            None => {
                let values: Vec<String> = result.solutions.iter().map(|value| self.shown(*value)).collect();
                format!("margin is {target} at {}", values.join(" and at "))
            }
            Some(Why::Unreachable) => match (result.best, result.at) {
                (Some(best), Some(at)) => {
                    format!(
                        "no value does it alone; nearest is {}, {}",
                        words::margin(best),
                        words::reach(id, at)
                    )
                }
                _ => "no value does it alone".to_owned(),
            },
            Some(Why::NoEffect) => "it has no effect on the margin as things stand".to_owned(),
            Some(Why::Any) => format!("margin is {target} whatever the value"),
        }
    }
}

/// What it takes, and what it is when nothing is said.
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
    let takes = match parameter.scale {
        // As it stands on the screen; files say it in words of their own.
        Scale::Toggle => [0.0, 1.0].map(|choice| number::input(id, Some(choice))).join(" or "),
        _ => parameter.domain.to_string(),
    };
    format!("{takes}; {default}")
}
