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
        self.replay(context).map(|replayed| replayed.document)
    }

    /// As [`open`](Self::open), with what a claim card says of how it was looked at.
    pub(super) fn replay(&self, context: &Context) -> Result<Replayed, Failure> {
        let mut replayed = replay(self.preset.as_deref(), &context.store)?;
        self.sets.apply(&mut replayed.document)?;
        Ok(replayed)
    }
}

/// Opens a preset; the default one without a name. `-` is a preset or a claim card on standard input.
pub(super) fn open(preset: Option<&str>, store: &Store) -> Result<Document, Failure> {
    replay(preset, store).map(|replayed| replayed.document)
}

/// As [`open`], with what a claim card says of how it was looked at.
pub(super) fn replay(preset: Option<&str>, store: &Store) -> Result<Replayed, Failure> {
    const STDIN: &str = "standard input";
    let preset = preset.unwrap_or(builtin::DEFAULT);
    if preset != "-" {
        return Ok(Replayed::of(Document::new(store.load(preset)?)));
    }
    let bytes =
        read_limited(std::io::stdin().lock()).map_err(|error| Failure::Usage(format!("{STDIN}: {error}")))?;
    let bytes = bytes.ok_or_else(|| Failure::Usage(format!("{STDIN}: larger than 1 MiB")))?;
    Ok(card::open(&bytes, STDIN)?)
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
