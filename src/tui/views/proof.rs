//! Proof: the derivation step by step with today's numbers, and the published figures with their residuals.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::model::Output;
use crate::preset::check;
use crate::quantity::number;
use crate::report::proof::Proof;
use crate::report::{Format, to_text};
use crate::text;
use crate::tui::command::Command;
use crate::tui::component::{Action, View};
use crate::tui::context::Context;
use crate::tui::paint::{self, Line};

/// A new one.
pub fn new() -> Box<dyn View> {
    Box::new(ProofView { proof: None, top: 0 })
}

struct ProofView {
    proof: Option<Proof>,
    top: usize,
}

/// One line of the view.
enum Entry {
    /// A heading with what it comes to.
    Step(String, String),
    /// Words in a style.
    Words(String, Style),
    /// Nothing.
    Blank,
}

impl ProofView {
    fn entries(&self, cx: &Context, width: usize) -> Vec<Entry> {
        let theme = cx.theme;
        let mut entries = published(cx, width);
        let Some(proof) = &self.proof else { return entries };
        for step in &proof.steps {
            entries.push(Entry::Step(step.title.clone(), step.result.clone()));
            let mut words = |words: &str, style: Style| {
                let lines = paint::wrap(words, width.saturating_sub(2));
                entries.extend(lines.into_iter().map(|line| Entry::Words(format!("  {line}"), style)));
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
            let lines = paint::wrap(&format!("Here it ends: {reason}."), width);
            entries.extend(lines.into_iter().map(|line| Entry::Words(line, theme.warn)));
        }
        entries
    }
}

/// The published figures, each with what the model makes of it, in columns.
fn published(cx: &Context, width: usize) -> Vec<Entry> {
    let theme = cx.theme;
    let figures = &cx.document.content().published;
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
    let mut entries = vec![Entry::Words(line(["", "published", "model", ""]), theme.quiet)];
    if !wide {
        entries = vec![Entry::Words(line(["published", "said", "model", ""]), theme.quiet)];
    }
    for figure in figures {
        let info = figure.output.info();
        let result = check(figure, &cx.derived.outputs);
        let shown = |value: f64| {
            if wide { number::with_unit(value, info.unit) } else { number::format(value, info.unit) }
        };
        let computed = number::or_undefined(result.computed, shown);
        let (sign, style) = if result.ok { ("ok", theme.up) } else { ("off", theme.down) };
        entries.push(Entry::Words(line([info.label, &shown(figure.value), &computed, sign]), style));
    }
    entries.push(Entry::Blank);
    entries
}

impl View for ProofView {
    fn refresh(&mut self, cx: &Context) {
        self.proof = Some(Proof::of(&cx.document));
    }

    fn conclusion(&self, cx: &Context) -> String {
        let (ok, all) = cx.derived.reproduced;
        let margin = cx.derived.outputs.get(Output::GrossMargin);
        let margin = margin.map_or_else(
            || "There is no gross margin".to_owned(),
            |margin| format!("Gross margin is {}", number::percent(margin)),
        );
        match all {
            0 => format!("{margin}; the preset publishes no figure to check it against."),
            _ => format!("{margin}; {ok} of {all} published figures are reproduced."),
        }
    }

    fn export(&self, format: Format) -> Option<String> {
        self.proof.as_ref().map(|report| to_text(report, format))
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        let entries = self.entries(cx, usize::from(area.width));
        let page = usize::from(area.height);
        let first = self.top.min(entries.len().saturating_sub(page));
        for (line, entry) in (0..area.height).zip(entries.iter().skip(first)) {
            let row = paint::row(area, line);
            match entry {
                Entry::Step(title, result) => {
                    let start = paint::right(row, buffer, result, cx.theme.strong);
                    let title_area = Rect { width: start.saturating_sub(row.x + 1), ..row };
                    Line::new(title_area, buffer).put(title, cx.theme.focus);
                }
                Entry::Words(words, style) => paint::left(row, buffer, words, *style),
                Entry::Blank => {}
            }
        }
        paint::more(cx, area, entries.len().saturating_sub(first + page), buffer);
    }

    fn command(&mut self, command: Command, cx: &Context, area: Rect) -> Option<Vec<Action>> {
        let count = self.entries(cx, usize::from(area.width)).len();
        let page = usize::from(area.height);
        let last = count.saturating_sub(page);
        let top = self.top.min(last);
        self.top = match command {
            Command::Up => top.saturating_sub(1),
            Command::Down => (top + 1).min(last),
            Command::PageUp => top.saturating_sub(page),
            Command::PageDown => (top + page).min(last),
            Command::First => 0,
            Command::Last => last,
            _ => return None,
        };
        Some(Vec::new())
    }
}
