//! `napkin sweep`.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use super::context::{Context, Run};
use super::failure::Failure;
use super::open::ScenarioArguments;
use super::output::{FormatArgument, print_with};
use crate::analysis::{self, Part, Vary};
use crate::model::{InputId, InputName, Output, OutputId, Scenario, Suggestion};
use crate::quantity;
use crate::report::{Cell, Format, RowWriter};

#[derive(Debug, clap::Args)]
pub(super) struct Sweep {
    #[command(flatten)]
    scenario: ScenarioArguments,
    /// An input to vary from LO to HI in N points, evenly or by equal factors; the last one varies fastest
    #[arg(long = "vary", value_name = "ID=LO:HI:N[:log]", required = true)]
    vary: Vec<String>,
    /// The results to print; without it all that are not of one tier, in tables gross margin, markup and revenue over cost
    #[arg(long = "output", value_name = "NAME", value_delimiter = ',', num_args = 1..)]
    outputs: Vec<String>,
    /// Only the K-th of N parts of the grid, so that machines can share it: 3/8
    #[arg(long, value_name = "K/N")]
    part: Option<String>,
    #[command(flatten)]
    format: FormatArgument,
}

/// The results a table has room for.
const IN_TABLES: [Output; 3] = [Output::GrossMargin, Output::Markup, Output::RevenueOverCost];

impl Run for Sweep {
    fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let document = self.scenario.open(context)?;
        let start = document.scenario();
        let varied = self.vary.iter().map(|text| {
            let read = |id: InputId, text: &str| end(id, text);
            Vary::parse(start, text, read).map_err(Failure::argument("vary", text))
        });
        let varied = varied.collect::<Result<Vec<_>, _>>()?;
        let outputs = self.outputs.iter().map(|name| output(start, name)).collect::<Result<Vec<_>, _>>()?;
        let format = self.format.format;
        let outputs = match (outputs.is_empty(), format) {
            (false, _) => outputs,
            (true, Format::Table | Format::Markdown) => IN_TABLES.map(OutputId::from).to_vec(),
            (true, Format::Json | Format::Csv) => Output::ALL.map(OutputId::from).to_vec(),
        };
        let sweep = analysis::Sweep::new(start, varied)
            .map_err(Failure::argument("vary", &self.vary.join(" --vary ")))?;
        let sweep = match self.part {
            Some(text) => {
                let part: Part = text.parse().map_err(Failure::argument("part", &text))?;
                sweep.part(part)
            }
            None => sweep,
        };
        let inputs: Vec<InputName> = sweep.varied().iter().map(|vary| vary.id).collect();
        let names = inputs.iter().map(ToString::to_string);
        let columns: Vec<String> =
            names.chain(outputs.iter().map(|output| start.output_name(*output).to_string())).collect();
        print_with(|out, style| {
            let mut rows = RowWriter::new(&columns, format, style, out)?;
            let mut progress = Progress::new(sweep.rows());
            let mut cells = Vec::new();
            for (point, row) in sweep.enumerate() {
                cells.clear();
                cells.extend(
                    inputs.iter().zip(&row.values).map(|(id, value)| Cell::input(id.input, Some(*value))),
                );
                cells.extend(outputs.iter().map(|output| Cell::number(row.get(*output), output.info().unit)));
                rows.row(&cells)?;
                progress.at(point as u64);
            }
            progress.finish();
            rows.finish()
        })
    }
}

/// An end of a range, as people write values.
fn end(id: InputId, text: &str) -> Result<f64, String> {
    let reading = quantity::parse(text, id.parameter(), None).map_err(|error| error.to_string())?;
    reading.value.ok_or_else(|| "`none` is no end of a range".to_owned())
}

fn output(scenario: &Scenario, name: &str) -> Result<OutputId, Failure> {
    scenario.find_output(name.trim()).map_err(|meant| {
        let meant = Suggestion(meant.as_deref());
        Failure::argument("output", name)(format!("no such result{meant}; `napkin --help` lists them all"))
    })
}

/// Says on a terminal how far a long sweep is.
struct Progress {
    total: u64,
    last: Instant,
    shown: bool,
    enabled: bool,
}

impl Progress {
    const EVERY: Duration = Duration::from_millis(500);
    /// Rows between two looks at the clock.
    const ROWS: u64 = 4096;

    fn new(total: u64) -> Self {
        // When the rows themselves go to the terminal they are the progress.
        let enabled = std::io::stderr().is_terminal() && !super::output::to_terminal();
        Self { total, last: Instant::now(), shown: false, enabled }
    }

    fn at(&mut self, point: u64) {
        if self.enabled && point.is_multiple_of(Self::ROWS) && self.last.elapsed() >= Self::EVERY {
            self.last = Instant::now();
            self.shown = true;
            let part = crate::quantity::number::percent(point as f64 / self.total as f64);
            let _ = write!(std::io::stderr(), "\r\u{1b}[K{point} of {} rows, {part}", self.total);
        }
    }

    fn finish(&self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\u{1b}[K");
        }
    }
}
