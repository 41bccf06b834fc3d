//! The list of presets.

use serde::Serialize;

use super::{Cell, Report, Table};
use crate::model::{Unit, margin_of};
use crate::preset::Entry;

/// All presets there are.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Listing {
    presets: Vec<Listed>,
}

/// One preset.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Listed {
    id: String,
    name: String,
    origin: &'static str,
    path: Option<String>,
    date: Option<String>,
    gross_margin: Option<f64>,
    error: Option<String>,
    shadows: bool,
}

impl Listing {
    /// The presets of a store.
    pub(crate) fn of(entries: &[Entry]) -> Self {
        Self { presets: entries.iter().map(Listed::of).collect() }
    }
}

impl Listed {
    fn of(entry: &Entry) -> Self {
        Self {
            id: entry.id.clone(),
            name: entry.name.clone(),
            origin: entry.origin.owner(),
            path: entry.path.as_ref().map(|path| path.to_string_lossy().into_owned()),
            date: entry.date.clone(),
            gross_margin: entry.preset.as_ref().ok().and_then(|preset| margin_of(&preset.content.scenario)),
            error: entry.preset.as_ref().err().cloned(),
            shadows: entry.shadows,
        }
    }
}

impl Report for Listing {
    fn conclusion(&self) -> String {
        let broken = self.presets.iter().filter(|preset| preset.error.is_some()).count();
        let all = self.presets.len();
        match broken {
            0 => format!("{all} presets."),
            1 => format!("{all} presets, one of them broken."),
            broken => format!("{all} presets, {broken} of them broken."),
        }
    }

    fn table(&self) -> Table {
        let optional = |text: &Option<String>| text.as_ref().map(Cell::text).unwrap_or_default();
        Table::of(
            &self.presets,
            &[
                ("id", &|preset| Cell::text(&preset.id)),
                ("name", &|preset| Cell::text(&preset.name)),
                ("gross_margin", &|preset| match preset.error {
                    Some(_) => Cell::Empty,
                    None => Cell::number(preset.gross_margin, Unit::Share),
                }),
                ("date", &|preset| optional(&preset.date)),
                ("origin", &|preset| {
                    Cell::text(if preset.shadows { "user, shadows the built-in" } else { preset.origin })
                }),
                ("path", &|preset| optional(&preset.path)),
                ("error", &|preset| optional(&preset.error)),
            ],
        )
    }
}
