//! The `napkin` program.

use std::process::ExitCode;

fn main() -> color_eyre::Result<ExitCode> {
    color_eyre::config::HookBuilder::default().display_env_section(false).install()?;
    napkin::cli::main(std::env::args_os())
}
