//! Printing: one way for every report.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use super::failure::Failure;
use crate::report::{self, Format, Report, Style};
use crate::text;

/// `--format`.
#[derive(Debug, clap::Args)]
pub(super) struct FormatArgument {
    /// How to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(super) format: Format,
}

/// Prints a report on standard output.
pub(super) fn print(report: &impl Report, format: Format) -> Result<ExitCode, Failure> {
    print_with(|out, style| report::write(report, format, style, out))
}

/// Prints what was checked, and says on standard error what could not be: 0 where all holds, 1 where something does
/// not, 2 where a file is broken.
pub(super) fn print_checked(
    report: &impl Report,
    format: Format,
    holds: bool,
    broken: Vec<String>,
) -> Result<ExitCode, Failure> {
    print(report, format)?;
    let code = if broken.is_empty() { u8::from(!holds) } else { 2 };
    for error in broken {
        Failure::Usage(error).report();
    }
    Ok(ExitCode::from(code))
}

/// Prints a text byte by byte, but for a terminal, which would act on what it may hold.
pub(super) fn print_text(bytes: &[u8]) -> Result<ExitCode, Failure> {
    print_with(|out, _| {
        if to_terminal() {
            writeln!(out, "{}", text::clean_lines(&String::from_utf8_lossy(bytes)))
        } else {
            out.write_all(bytes)
        }
    })
}

/// Prints text on standard output. A closed pipe is a reader who has seen enough, not a failure.
pub(super) fn print_with(
    write: impl FnOnce(&mut BufWriter<io::StdoutLock>, Style) -> io::Result<()>,
) -> Result<ExitCode, Failure> {
    let stdout = io::stdout();
    let color = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
    let mut out = BufWriter::with_capacity(1 << 16, stdout.lock());
    let written = write(&mut out, Style { color, width: width() }).and_then(|()| out.flush());
    // What is left in the buffer after a failure must not be tried again on drop.
    let _ = out.into_parts();
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Write(error)),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// The cells of a line of the terminal that standard output is; `None` where it is none.
fn width() -> Option<usize> {
    let (width, _) = crossterm::terminal::size().ok().filter(|_| to_terminal())?;
    (width > 0).then_some(usize::from(width))
}

/// Whether a person reads standard output.
pub(super) fn to_terminal() -> bool {
    io::stdout().is_terminal()
}
