//! A story on paper: its steps one below the other, each with the command that shows it.

use std::fmt::Write;

use super::Story;
use crate::book::Books;
use crate::model::margin_of;
use crate::quantity::number;
use crate::report::{markdown_text, provenance, replay};

/// The story as Markdown, to be handed out or read instead of told.
pub(crate) fn handout(story: &Story, books: &Books) -> String {
    let mut text = format!("# {}\n\n", markdown_text(&story.question));
    let _ = write!(text, "Told of {}", markdown_text(&story.preset.content.name));
    if let Some(against) = &story.against {
        let _ = write!(text, ", compared with {}", markdown_text(&against.content.name));
    }
    text.push_str(".\n");
    for index in 0..story.len() {
        let document = story.document(index);
        let _ = write!(text, "\n## {} of {}\n\n", index + 1, story.len());
        if let Some(ask) = story.ask(index) {
            let _ = write!(text, "*{}*\n\n", markdown_text(ask));
        }
        let _ = write!(text, "{}\n\n", markdown_text(&story.caption(index, books)));
        for set in story.steps.get(index).iter().flat_map(|step| &step.sets) {
            let name = markdown_text(&provenance::name(&document, set.id));
            let value = markdown_text(&number::input_with_unit(set.id, set.value));
            let _ = writeln!(text, "- {name}: {value} ({})", markdown_text(&set.source));
        }
        if story.changes(index) {
            let margin = number::or_undefined(margin_of(document.scenario()), number::margin);
            let _ = write!(text, "- Gross margin: {margin}\n\n");
        }
        if let Some(line) = replay::command_line(&document, story.pinned().as_ref()) {
            let _ = writeln!(text, "`{line}`");
        }
    }
    text
}

impl Story {
    /// The story as plain text: question, steps, captions.
    pub(crate) fn to_text(&self, books: &Books) -> String {
        let mut text = format!("{}\n", self.question);
        for index in 0..self.len() {
            let document = self.document(index);
            let about = self.focus(index).map(|id| format!(", {}", provenance::name(&document, id)));
            let title = self.view(index).info().title;
            let _ = writeln!(text, "\n{} of {}  {title}{}", index + 1, self.len(), about.unwrap_or_default());
            for line in self.ask(index).map(str::to_owned).into_iter().chain([self.caption(index, books)]) {
                for line in crate::text::wrap(&line, 76) {
                    let _ = writeln!(text, "    {line}");
                }
            }
        }
        text
    }
}
