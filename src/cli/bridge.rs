//! `napkin bridge`.

use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::{self, Sets};
use super::output::{FormatArgument, print};
use super::target::TargetArgument;
use crate::report::bridge;

#[derive(Debug, clap::Args)]
pub(super) struct Bridge {
    /// Where the bridge starts: a name, a path, or - for standard input
    #[arg(value_name = "A", value_hint = clap::ValueHint::FilePath)]
    from: String,
    /// Where it leads, with every --set applied; without it, A with every --set applied
    #[arg(value_name = "B", value_hint = clap::ValueHint::FilePath)]
    to: Option<String>,
    #[command(flatten)]
    sets: Sets,
    #[command(flatten)]
    target: TargetArgument,
    #[command(flatten)]
    format: FormatArgument,
}

impl Run for Bridge {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        if self.from == "-" && self.to.as_deref() == Some("-") {
            return Err(Failure::Usage("standard input holds one scenario; name the other one".to_owned()));
        }
        let target = self.target.target()?;
        let from = open::replay(Some(&self.from), &context.store)?;
        let mut to = match &self.to {
            Some(to) => open::replay(Some(to), &context.store)?,
            None => from.clone(),
        };
        self.sets.apply(&mut to.document)?;
        let target = target.or(from.target).or(to.target).unwrap_or_default();
        print(&bridge::BridgeReport::of(&from.document, &to.document, target), self.format.format)
    }
}
