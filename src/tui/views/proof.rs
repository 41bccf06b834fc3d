//! Proof: the derivation step by step with today's numbers, and the published figures with their residuals.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::list::{Content, Frame, ListView};
use crate::model::InputId;
use crate::quantity::number;
use crate::report::eval;
use crate::report::proof::{Proof, Step};
use crate::report::view;
use crate::text;
use crate::tui::command::Command;
use crate::tui::component::{Action, Shown, View};
use crate::tui::context::Context;
use crate::tui::paint;

/// A new one.
pub(super) fn new() -> Box<dyn View> {
    Box::new(ListView::<Derivation>::default())
}

#[derive(Default)]
struct Derivation {
    proof: Option<Proof>,
}

/// One line of the view.
pub(super) enum Line<'a> {
    /// A heading with what it comes to.
    Step(&'a Step),
    /// Words in a style.
    Words(String, Style),
    /// Nothing.
    Blank,
}

/// The published figures, each with what the model makes of it, in columns.
fn published(cx: &Context, width: usize) -> Vec<Line<'static>> {
    let theme = cx.theme;
    let figures = eval::reproduced(&cx.document.base().content);
    if figures.is_empty() {
        return Vec::new();
    }
    // Label, published, model and verdict; the units only where there is room for them.
    let wide = width >= 64;
    let column = if wide { 16 } else { 8 };
    let label = width.saturating_sub(2 * (column + 1) + 4).min(24);
    let line = |words: [&str; 4]| {
        let [name, there, here, sign] = words;
        let (there, here) = (text::pad_left(there, column), text::pad_left(here, column));
        format!("{} {there} {here} {sign}", text::pad(&text::fit(name, label), label))
    };
    let mut entries = vec![Line::Words(line(["", "published", "model", ""]), theme.quiet)];
    if !wide {
        entries = vec![Line::Words(line(["published", "said", "model", ""]), theme.quiet)];
    }
    for result in figures {
        let info = result.output.info();
        let shown = |value: f64| {
            if wide { number::with_unit(value, info.unit) } else { number::format(value, info.unit) }
        };
        let computed = number::or_undefined(result.computed, shown);
        let (sign, style) = if result.ok { ("ok", theme.up) } else { ("off", theme.down) };
        let name = eval::output_label(&cx.document.base().content, result.output);
        entries.push(Line::Words(line([&name, &shown(result.published), &computed, sign]), style));
    }
    entries.push(Line::Blank);
    entries
}

impl Content for Derivation {
    type Line<'a> = Line<'a>;
    type Fit = ();

    fn refresh(&mut self, cx: &Context) {
        self.proof = Some(Proof::of(&cx.document, cx.tier));
    }

    fn result(&self) -> Option<&dyn Shown> {
        self.proof.as_ref().map(|report| report as _)
    }

    fn conclusion(&self, cx: &Context) -> String {
        view::proof(&cx.document)
    }

    fn short(&self, cx: &Context) -> String {
        self.conclusion(cx)
    }

    fn lines(&self, cx: &Context, area: Rect) -> Vec<Line<'_>> {
        let (theme, width) = (cx.theme, usize::from(area.width));
        let mut lines: Vec<Line> = published(cx, width);
        let Some(proof) = &self.proof else { return lines };
        for step in &proof.steps {
            lines.push(Line::Step(step));
            let mut words = |words: &str, style: Style| {
                let wrapped = paint::wrap(words, width.saturating_sub(2));
                lines.extend(wrapped.into_iter().map(|line| Line::Words(format!("  {line}"), style)));
            };
            words(&step.symbols, theme.quiet);
            if step.numbers != step.symbols {
                words(&format!("= {}", step.numbers), theme.text);
            }
            if let Some(note) = &step.note {
                words(note, theme.quiet);
            }
        }
        if let Some(reason) = &proof.undefined {
            let wrapped = paint::wrap(&format!("Here it ends: {reason}."), width);
            lines.extend(wrapped.into_iter().map(|line| Line::Words(line, theme.warn)));
        }
        lines
    }

    fn is_selectable(_: &Line<'_>) -> bool {
        false
    }

    fn picture(&self, _: &Context, _: &Frame<Line<'_>>, _: &mut Buffer) {}

    fn draw_line(&self, cx: &Context, (): &(), line: &Line<'_>, _: bool, row: Rect, buffer: &mut Buffer) {
        match line {
            Line::Step(step) => {
                let start = paint::right(row, buffer, &step.result, cx.theme.strong);
                let title = Rect { width: start.saturating_sub(row.x + 1), ..row };
                paint::left(title, buffer, &step.title, cx.theme.focus);
            }
            Line::Words(words, style) => paint::left(row, buffer, words, *style),
            Line::Blank => {}
        }
    }

    fn input(_: &Line<'_>) -> Option<InputId> {
        None
    }

    fn hints(&self, _: &Context, _: &Line<'_>) -> Vec<String> {
        Vec::new()
    }

    fn command(&self, _: Command, _: &Context, _: Option<&Line<'_>>) -> Option<Vec<Action>> {
        None
    }
}
