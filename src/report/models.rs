//! Which rows of a book are asked about: those of the models named, or else the preset's, that hold some words.

use crate::book::{Filter, model_name};
use crate::preset::Document;

/// The models asked about.
#[derive(Clone, Debug, Default)]
pub(super) struct Models {
    filter: Filter,
    /// What was asked for, for a message.
    pub(super) asked: Option<String>,
    /// The preset's model, where the book has none of it: no filter then.
    lacking: Option<String>,
}

impl Models {
    /// A text chooses, an empty one every model; without a text the preset's model does.
    pub(super) fn of<'a, I: Iterator<Item = &'a str>>(
        asked: Option<&str>,
        document: &Document,
        ids: impl Fn() -> I,
    ) -> Self {
        if let Some(text) = asked {
            let asked = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            return Self { filter: Filter::model(text, ids()), asked, lacking: None };
        }
        let Some(model) = &document.content().model else { return Self::default() };
        let filter = Filter::model(model, ids());
        if ids().any(|id| filter.takes(id)) {
            Self { filter, asked: Some(model.clone()), lacking: None }
        } else {
            Self { filter: Filter::All, asked: None, lacking: Some(model.clone()) }
        }
    }

    pub(super) fn takes(&self, id: &str) -> bool {
        self.filter.takes(id)
    }

    /// What is to be said before a sentence where the preset's model is not there.
    pub(super) fn notice(&self, book: &str) -> String {
        self.lacking.as_ref().map_or_else(String::new, |model| {
            format!("The book of {book} has no {}, so every model is listed. ", model_name(model))
        })
    }
}

/// Whether texts hold all words of a filter, in whatever case.
pub(super) fn holds(words: &str, texts: &[&str]) -> bool {
    words.is_empty() || {
        let text = texts.join(" ").to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// A text that says something.
pub(super) fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// What was asked for: `model r9, host x`.
pub(super) fn asked(options: &[(&str, Option<&str>)]) -> String {
    let asked = options.iter().filter_map(|(option, text)| Some(format!("{option} {}", (*text)?)));
    asked.collect::<Vec<_>>().join(", ")
}
