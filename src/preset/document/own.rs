//! A document on its way to a name of its own.

use std::sync::Arc;

use super::Document;
use crate::preset::builtin;
use crate::preset::content::{BasedOn, Content, Origin};

/// What stands behind the title of a preset that was made from another one.
const MINE: &str = ", my version";

impl Document {
    /// The document as it is saved under a name of its own: it says what it is based on, and bears neither title,
    /// date nor source of it, nor the figures that were published of it. A file of the user's that cites nobody
    /// stays as it is.
    pub fn own_version(&self) -> Self {
        let base = self.base();
        if !self.speaks_for_others() && base.origin != Origin::Pasted {
            return self.clone();
        }
        let mut content = Content::clone(self.content());
        if let Some(source) = content.source.take().filter(|_| content.based_on.is_some()) {
            // A file that cites somebody and is based on a preset besides: its own source stays with its values.
            for detail in content.details.values_mut().filter(|detail| detail.source.is_none()) {
                detail.source = Some(source.clone());
            }
        }
        content.based_on.get_or_insert_with(|| BasedOn {
            preset: cited_name(self),
            name: Some(base.content.name.clone()),
            date: base.content.date.clone(),
            source: base.content.source.clone(),
        });
        content.date = None;
        content.published.clear();
        if content.summary == base.content.summary {
            content.summary.clear();
        }
        if content.name == base.content.name {
            content.name = own_title(&content.name);
        }
        let mut own = self.clone();
        own.state.now = Arc::new(content);
        own
    }

    /// The title that the document gets under a name of its own, unless another one is typed.
    pub fn own_title(&self) -> String {
        let name = &self.content().name;
        if *name == self.base().content.name && self.own_version().content().based_on.is_some() {
            own_title(name)
        } else {
            name.clone()
        }
    }
}

/// The preset underneath, as a file names what it is based on.
fn cited_name(document: &Document) -> String {
    let base = document.base();
    match &base.origin {
        Origin::Builtin(name) => format!("builtin:{name}@{}", builtin::fingerprint(&base.content)),
        Origin::User { name, .. } => name.clone(),
        Origin::File(path) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        Origin::Pasted => "pasted".to_owned(),
    }
}

/// `Day 6` becomes `Day 6, my version`, and that `Day 6, my version 2`.
fn own_title(name: &str) -> String {
    match name.rsplit_once(MINE) {
        Some((stem, "")) => format!("{stem}{MINE} 2"),
        Some((stem, number)) => match number.trim().parse::<u32>() {
            Ok(number) => format!("{stem}{MINE} {}", number.saturating_add(1)),
            Err(_) => format!("{name}{MINE}"),
        },
        None => format!("{name}{MINE}"),
    }
}
