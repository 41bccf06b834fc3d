//! `napkin hardware`.

use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::ScenarioArguments;
use super::output::{FormatArgument, print};
use super::tier::TierArgument;
use crate::analysis::Lengths;
use crate::report::hardware::{HardwareQuery, HardwareReport, RentChoice};

#[derive(Debug, clap::Args)]
pub(super) struct Hardware {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// Only this model: its id, or whole words of it; '' for every one; the preset's without
    #[arg(long, value_name = "TEXT")]
    model: Option<String>,
    /// Only this GPU: its name, or whole words of it
    #[arg(long, value_name = "TEXT")]
    gpu: Option<String>,
    /// Only rows at which a user sees this many tokens a second or more
    #[arg(long, value_name = "MIN")]
    speed: Option<String>,
    /// Only requests of this many tokens in and out, or `all`; rows of unknown lengths stand last
    #[arg(long, value_name = "IN/OUT", default_value = "8k/1k")]
    lengths: String,
    #[command(flatten)]
    tier: TierArgument,
    /// The rent of a GPU: the median of the book where it has one, or the present one
    #[arg(long, value_enum, value_name = "RENT", default_value_t)]
    rent: RentChoice,
    #[command(flatten)]
    format: FormatArgument,
}

impl Run for Hardware {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let document = self.scenario.open(context)?;
        let query = HardwareQuery {
            model: self.model.as_deref(),
            gpu: self.gpu.as_deref(),
            words: "",
            speed: self.speed.as_deref().map(speed).transpose()?,
            lengths: lengths(&self.lengths)?,
            tier: self.tier.tier(&document)?,
            rent: self.rent,
        };
        let books = super::books::open(context);
        print(&HardwareReport::of(&document, &books, query), self.format.format)
    }
}

/// Tokens per second that a user sees.
fn speed(text: &str) -> Result<f64, Failure> {
    let valid = Failure::argument("speed", text);
    let number = count(text.trim_end_matches("tok/s").trim_end(), 1000.0).filter(|speed| *speed >= 0.0);
    number.ok_or("it takes tokens per second, as in 30").map_err(valid)
}

/// `8k/1k`, in which a k is 1,024 as in the benchmarks; `None` for `all`.
fn lengths(text: &str) -> Result<Option<Lengths>, Failure> {
    if text.trim() == "all" {
        return Ok(None);
    }
    let both = text.split_once('/').and_then(|(tokens_in, tokens_out)| {
        Some(Lengths { tokens_in: count(tokens_in, 1024.0)?, tokens_out: count(tokens_out, 1024.0)? })
    });
    let valid = Failure::argument("lengths", text);
    both.map(Some).ok_or("it takes tokens in and out, as in 8k/1k, or `all`").map_err(valid)
}

fn count(text: &str, thousand: f64) -> Option<f64> {
    let text = text.trim();
    let (digits, factor) = match text.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, thousand),
        None => (text, 1.0),
    };
    digits
        .parse::<f64>()
        .ok()
        .map(|number| number * factor)
        .filter(|number| number.is_finite() && *number >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_in_binary_thousands() {
        let read = |text| lengths(text).map(|lengths| lengths.map(|both| (both.tokens_in, both.tokens_out)));
        assert_eq!(read("8k/1k").ok(), Some(Some((8192.0, 1024.0))));
        assert_eq!(read("1024 / 8192").ok(), Some(Some((1024.0, 8192.0))));
        assert_eq!(read("all").ok(), Some(None));
        for bad in ["8k", "", "a/b", "-1/2", "inf/1", "8k/1k/1k"] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert_eq!(speed("30 tok/s").ok(), Some(30.0));
        assert!(speed("fast").is_err() && speed("nan").is_err());
    }
}
