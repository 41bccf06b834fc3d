//! `napkin odds`.

use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::ScenarioArguments;
use super::output::{FormatArgument, print};
use super::target::TargetArgument;
use crate::analysis::{OddsSettings, Sampler};
use crate::model::Range;
use crate::preset::Document;
use crate::quantity;
use crate::report::odds;

#[derive(Debug, clap::Args)]
pub(super) struct Odds {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// How many draws
    #[arg(long, value_name = "N", default_value_t = OddsSettings::default().samples,
          allow_hyphen_values = true, value_parser = samples)]
    samples: usize,
    /// What the draws start from: the same seed gives the same answer everywhere
    #[arg(long, value_name = "S", default_value_t = OddsSettings::SEED, allow_hyphen_values = true, value_parser = seed)]
    seed: u64,
    /// The 90 % range of an input, instead of the preset's
    #[arg(long = "range", value_name = "ID=LO..HI")]
    ranges: Vec<String>,
    #[command(flatten)]
    target: TargetArgument,
    #[command(flatten)]
    format: FormatArgument,
}

impl Run for Odds {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let (mut document, target) = self.target.open(&self.scenario, context)?;
        let settings = OddsSettings { samples: self.samples, seed: self.seed, target };
        for text in &self.ranges {
            set_range(&mut document, text)?;
        }
        print(&odds::OddsReport::of(&document, settings, &mut Sampler::default()), self.format.format)
    }
}

/// Reads a number of draws: 10000, 10k, 1e4.
fn samples(text: &str) -> Result<usize, String> {
    let most = OddsSettings::MOST_SAMPLES;
    let valid = || format!("it takes a whole number from 1 to {most}, as in 10000, 10k or 1e4");
    let number = quantity::parse_whole(text).ok_or_else(valid)?;
    usize::try_from(number).ok().filter(|number| (1..=most).contains(number)).ok_or_else(valid)
}

/// Reads a seed.
fn seed(text: &str) -> Result<u64, String> {
    text.trim().parse().map_err(|_| format!("it takes a whole number from 0 to {}", u64::MAX))
}

/// Reads `ID=LO..HI`.
fn set_range(document: &mut Document, text: &str) -> Result<(), Failure> {
    let usage = || Failure::argument("range", text)("it takes ID=LO..HI, as in node.gpu_hour=1.5..3");
    let (id, ends) = text.split_once('=').ok_or_else(usage)?;
    let id = document.scenario().find(id.trim()).map_err(Failure::argument("range", text))?;
    let (low, high) = ends.split_once("..").ok_or_else(usage)?;
    // Whoever writes 1...3 should see that the third point was taken for a decimal point.
    let read_as = |error: &dyn std::fmt::Display| {
        Failure::argument("range", text)(format!("read as {} to {}: {error}", low.trim(), high.trim()))
    };
    let end = |text: &str| {
        let reading = quantity::parse(text, id.parameter(), None).map_err(|error| read_as(&error))?;
        reading.value.ok_or_else(|| read_as(&"`none` is no end of a range"))
    };
    let range = Range::new(end(low)?, end(high)?, id.domain());
    let range = range.ok_or_else(|| read_as(&"the low end is below the high one"))?;
    document.set_range(id, Some(range)).map_err(|error| read_as(&error))
}
