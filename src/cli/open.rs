//! Opening what a command is about: a preset with `--set` applied.

use crate::model::Edit;
use crate::preset::{Document, Store, builtin, read_limited};
use crate::quantity::assignment;
use crate::report::card::{self, Replayed};

use super::context::Context;
use super::failure::Failure;

/// PRESET and `--set`.
#[derive(Debug, Default, clap::Args)]
pub(super) struct ScenarioArguments {
    /// A preset's name, a path to a TOML file, or - for TOML or a claim card on standard input
    #[arg(value_name = "PRESET", value_hint = clap::ValueHint::FilePath)]
    pub(super) preset: Option<String>,
    #[command(flatten)]
    pub(super) sets: Sets,
}

/// `--set`.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Sets {
    /// Set an input: 2, $2.50, 75k, 56.3%, 608/168, none; all of them are applied together
    #[arg(long = "set", value_name = "ID=VALUE")]
    pub(super) sets: Vec<String>,
}

impl ScenarioArguments {
    /// Opens the preset, the default one without a name, and applies every `--set`.
    pub(super) fn open(&self, context: &Context) -> Result<Document, Failure> {
        self.open_compared(context).map(|(document, _)| document)
    }

    /// As [`open`](Self::open), with what a claim card compares its scenario with.
    pub(super) fn open_compared(&self, context: &Context) -> Result<(Document, Option<Document>), Failure> {
        let (mut document, against) = open_compared(self.preset.as_deref(), &context.store)?;
        self.sets.apply(&mut document)?;
        Ok((document, against))
    }
}

/// Opens a preset; the default one without a name. `-` is a preset or a claim card on standard input.
pub(super) fn open(preset: Option<&str>, store: &Store) -> Result<Document, Failure> {
    open_compared(preset, store).map(|(document, _)| document)
}

/// As [`open`], with what a claim card compares its scenario with.
pub(super) fn open_compared(
    preset: Option<&str>,
    store: &Store,
) -> Result<(Document, Option<Document>), Failure> {
    const STDIN: &str = "standard input";
    let preset = preset.unwrap_or(builtin::DEFAULT);
    if preset != "-" {
        return Ok((Document::new(store.load(preset)?), None));
    }
    let bytes =
        read_limited(std::io::stdin().lock()).map_err(|error| Failure::Usage(format!("{STDIN}: {error}")))?;
    let bytes = bytes.ok_or_else(|| Failure::Usage(format!("{STDIN}: larger than 1 MiB")))?;
    let Replayed { document, against } = card::open(&bytes, STDIN)?;
    Ok((document, against))
}

impl Sets {
    /// Applies all of them together; of one id the last counts.
    pub(super) fn apply(&self, document: &mut Document) -> Result<(), Failure> {
        let edits = self
            .sets
            .iter()
            .map(|text| assignment::read(text, document.scenario()).map_err(Failure::argument("set", text)));
        let edits: Vec<Edit> = edits.collect::<Result<_, _>>()?;
        document.replay(&edits).map_err(Failure::argument("set", &self.sets.join(" --set ")))
    }
}
