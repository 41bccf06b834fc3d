//! The list of stories.

use serde::Serialize;

use super::Entry;
use crate::report::{Cell, Report, Table};

/// All stories there are.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Listing {
    stories: Vec<Listed>,
}

/// One story.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Listed {
    id: String,
    question: Option<String>,
    steps: Option<usize>,
    origin: &'static str,
    path: Option<String>,
    error: Option<String>,
}

impl Listing {
    /// The stories of a store.
    pub(crate) fn of(entries: &[Entry]) -> Self {
        let listed = |entry: &Entry| {
            let story = entry.story.as_ref();
            Listed {
                id: entry.id.clone(),
                question: story.ok().map(|story| story.question.clone()),
                steps: story.ok().map(|story| story.len()),
                origin: entry.origin.owner(),
                path: entry.origin.path().map(|path| path.to_string_lossy().into_owned()),
                error: story.err().cloned(),
            }
        };
        Self { stories: entries.iter().map(listed).collect() }
    }
}

impl Report for Listing {
    fn conclusion(&self) -> String {
        let questions = self.stories.iter().filter(|story| story.steps == Some(1)).count();
        let broken = self.stories.iter().filter(|story| story.error.is_some()).count();
        let rest = self.stories.len() - questions - broken;
        let broken = if broken == 0 { String::new() } else { format!(", {broken} broken") };
        format!("{questions} questions and {rest} stories{broken}.")
    }

    fn table(&self) -> Table {
        let optional = |text: &Option<String>| text.as_ref().map(Cell::text).unwrap_or_default();
        let steps = |steps: usize| Cell::text(steps.to_string());
        Table::of(
            &self.stories,
            &[
                ("id", &|story| Cell::text(&story.id)),
                ("question", &|story| optional(&story.question)),
                ("steps", &|story| story.steps.map(steps).unwrap_or_default()),
                ("origin", &|story| Cell::text(story.origin)),
                ("path", &|story| optional(&story.path)),
                ("error", &|story| optional(&story.error)),
            ],
        )
    }
}
