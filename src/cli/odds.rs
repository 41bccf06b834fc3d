//! `napkin odds`.

use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::ScenarioArguments;
use super::output::{FormatArgument, print};
use super::target::TargetArgument;
use crate::analysis::{OddsSettings, Sampler};
use crate::model::{InputId, Range};
use crate::preset::Document;
use crate::quantity;
use crate::report::odds;

#[derive(Debug, clap::Args)]
pub(super) struct Odds {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// How many draws
    #[arg(long, value_name = "N", default_value_t = OddsSettings::default().samples,
          value_parser = samples)]
    samples: usize,
    /// What the draws start from: the same seed gives the same answer everywhere
    #[arg(long, value_name = "S", default_value_t = OddsSettings::SEED)]
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
        let settings = OddsSettings { samples: self.samples, seed: self.seed, target: self.target.target()? };
        let mut document = self.scenario.open(context)?;
        for text in &self.ranges {
            set_range(&mut document, text)?;
        }
        print(&odds::OddsReport::of(&document, settings, &mut Sampler::default()), self.format.format)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads a number of draws, with `k` and `M` if need be.
fn samples(text: &str) -> Result<usize, String> {
    let most = OddsSettings::MOST_SAMPLES;
    let valid = || format!("it takes a whole number from 1 to {most}");
    let plain = text.replace([',', '_'], "");
    let (digits, zeroes) = match plain.strip_suffix(['k', 'M']) {
        Some(digits) if plain.ends_with('k') => (digits, 1000),
        Some(digits) => (digits, 1_000_000),
        None => (plain.as_str(), 1),
    };
    let number = digits.parse::<usize>().ok().and_then(|number| number.checked_mul(zeroes));
    number.filter(|number| (1..=most).contains(number)).ok_or_else(valid)
}

/// Reads `ID=LO..HI`.
fn set_range(document: &mut Document, text: &str) -> Result<(), Failure> {
    let usage = || Failure::argument("range", text)("it takes ID=LO..HI, as in node.gpu_hour=1.5..3");
    let (id, ends) = text.split_once('=').ok_or_else(usage)?;
    let id = document.scenario().find(id.trim()).map_err(Failure::argument("range", text))?;
    let (low, high) = ends.split_once("..").ok_or_else(usage)?;
    let range = Range::new(end(id, low, text)?, end(id, high, text)?, id.domain());
    let range = range.ok_or("the low end is below the high one").map_err(Failure::argument("range", text))?;
    document.set_range(id, Some(range)).map_err(Failure::argument("range", text))
}

fn end(id: InputId, value: &str, text: &str) -> Result<f64, Failure> {
    let reading = quantity::parse(value, id.parameter(), None).map_err(Failure::argument("range", text))?;
    reading.value.ok_or("`none` is no end of a range").map_err(Failure::argument("range", text))
}
