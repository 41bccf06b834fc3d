//! `napkin completions` and `napkin man`.

use std::io::{self, Write};
use std::process::ExitCode;

use super::context::{Context, Run};
use super::failure::Failure;
use super::output::print_with;

#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

impl Run for Completions {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        // Written to memory first: the generator panics on a closed pipe.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut (context.definition)(), "napkin", &mut script);
        print_with(|out, _| out.write_all(&script))
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Man {}

impl Run for Man {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let page = manual_page((context.definition)()).map_err(Failure::Write)?;
        print_with(|out, _| out.write_all(&page))
    }
}

/// One page for the program and all its commands.
fn manual_page(mut program: clap::Command) -> io::Result<Vec<u8>> {
    program.build();
    let mut page = Vec::new();
    let man = clap_mangen::Man::new(program.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for command in program.get_subcommands() {
        render_command(command, &mut page)?;
    }
    man.render_extra_section(&mut page)?;
    Ok(page)
}

/// A command, or each of its own commands, as a section.
fn render_command(command: &clap::Command, page: &mut Vec<u8>) -> io::Result<()> {
    if command.has_subcommands() {
        return command.get_subcommands().try_for_each(|command| render_command(command, page));
    }
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    writeln!(page, ".SH \"{}\"", name.to_uppercase())?;
    let mut section = Vec::new();
    let man = clap_mangen::Man::new(command.clone());
    man.render_synopsis_section(&mut section)?;
    man.render_description_section(&mut section)?;
    man.render_options_section(&mut section)?;
    // Within a section the parts are one level down.
    page.extend_from_slice(String::from_utf8_lossy(&section).replace(".SH ", ".SS ").as_bytes());
    Ok(())
}
