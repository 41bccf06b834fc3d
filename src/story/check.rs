//! Checking stories: whether figures still say what is expected, and whether captions fit where they are shown.

use serde::Serialize;

use super::Story;
use crate::book::Books;
use crate::quantity::number;
use crate::report::{Cell, Report, Table};
use crate::text;

/// The cells of a line of a caption.
const LINE: usize = 76;
/// The lines of a caption.
const LINES: usize = 2;

/// What stories expect beside what is so.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Verification {
    expectations: Vec<Expectation>,
}

/// One expectation of one step.
#[derive(Clone, Debug, Serialize)]
struct Expectation {
    story: String,
    /// Counted from 1.
    step: usize,
    figure: String,
    expected: String,
    found: String,
    ok: bool,
}

impl Verification {
    /// Checks every expectation of the stories, and that every caption has room.
    pub(crate) fn of<'a>(stories: impl IntoIterator<Item = &'a Story>, books: &Books) -> Self {
        Self { expectations: stories.into_iter().flat_map(|story| checked(story, books)).collect() }
    }

    /// Whether everything is as expected.
    pub(crate) fn holds(&self) -> bool {
        self.expectations.iter().all(|expectation| expectation.ok)
    }
}

fn checked(story: &Story, books: &Books) -> Vec<Expectation> {
    let mut all = Vec::new();
    for (index, step) in story.steps.iter().enumerate() {
        let document = story.document(index);
        let mut add = |figure: String, expected: String, found: String, ok: bool| {
            all.push(Expectation { story: story.id(), step: index + 1, figure, expected, found, ok });
        };
        for (figure, expected) in &step.expect {
            let found = figure.text(&document);
            // Whoever types a minus has a hyphen on the keyboard.
            let ok = found.replace('-', number::MINUS) == expected.replace('-', number::MINUS);
            add(figure.name(document.scenario()), expected.clone(), found, ok);
        }
        let caption = story.caption(index, books);
        for (name, words) in [("caption", caption.as_str()), ("ask", step.ask.as_deref().unwrap_or_default())]
        {
            let lines = text::wrap(words, LINE).len();
            if lines > LINES {
                add(name.to_owned(), format!("{LINES} lines of {LINE}"), format!("{lines} lines"), false);
            }
        }
    }
    all
}

impl Report for Verification {
    fn conclusion(&self) -> String {
        let missed = self.expectations.iter().filter(|expectation| !expectation.ok).count();
        match (missed, self.expectations.len()) {
            (_, 0) => "Nothing is expected that could be checked.".to_owned(),
            (0, 1) => "The one expectation is met.".to_owned(),
            (0, all) => format!("All {all} expectations are met."),
            (missed, all) => format!("{missed} of {all} expectations missed."),
        }
    }

    fn table(&self) -> Table {
        Table::of(
            &self.expectations,
            &[
                ("story", &|one| Cell::text(&one.story)),
                ("step", &|one| Cell::text(one.step.to_string())),
                ("figure", &|one| Cell::text(&one.figure)),
                ("expected", &|one| Cell::text(&one.expected)),
                ("found", &|one| Cell::text(&one.found)),
                ("ok", &|one| Cell::yes_or_no(one.ok)),
            ],
        )
    }
}
