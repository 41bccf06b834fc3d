//! `napkin completions` and `napkin man`.

use std::process::ExitCode;

use super::failure::Failure;
use super::output::print_with;
use super::{Context, Run, definition};

#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

impl Run for Completions {
    fn run(self, _: &Context) -> Result<ExitCode, Failure> {
        // Written to memory first: the generator panics on a closed pipe.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut definition(), "napkin", &mut script);
        print_with(|out, _| std::io::Write::write_all(out, &script))?;
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Man {}

impl Run for Man {
    fn run(self, _: &Context) -> Result<ExitCode, Failure> {
        print_with(|out, _| clap_mangen::Man::new(definition()).render(out))?;
        Ok(ExitCode::SUCCESS)
    }
}
