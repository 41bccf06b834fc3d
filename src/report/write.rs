//! Writers: a report as an aligned table, JSON, CSV or Markdown; rows one by one for what is too long to hold.

use std::io::{self, Write};

use super::{Cell, Drawn, Report, Table, Tone};
use crate::text;

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Aligned columns, rounded for reading.
    #[default]
    Table,
    /// Every digit, null where there is no value.
    Json,
    /// Every digit, empty where there is no value.
    Csv,
    /// A table for a forum or a README, rounded for reading.
    Markdown,
}

/// Looks of the table format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether bold, dim and colours may be used.
    pub color: bool,
    /// The cells of a line, where a person reads it: there is room for bars.
    pub width: Option<usize>,
}

impl Style {
    fn paint(self, code: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A report as text, without colour.
pub fn to_text(report: &impl Report, format: Format) -> String {
    let mut bytes = Vec::new();
    match write(report, format, Style::default(), &mut bytes) {
        Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
        // Memory takes what is written; a result that JSON cannot say is all that is left to fail.
        Err(error) => error.to_string(),
    }
}

const BOLD: &str = "1";
const DIM: &str = "2";
/// Between two columns.
const GAP: &str = "  ";

/// Writes a report.
pub fn write(report: &impl Report, format: Format, style: Style, out: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Json => {
            writeln!(out, "{}", text::escaped_json(&serde_json::to_string_pretty(report)?))
        }
        Format::Csv => {
            let table = report.table();
            let mut rows = RowWriter::csv(table.columns.iter().copied(), out)?;
            table.rows.iter().try_for_each(|row| rows.row(row))?;
            rows.finish()
        }
        Format::Table => {
            writeln!(out, "{}", style.paint(BOLD, &text::clean(&report.conclusion())))?;
            match (style.width, report.drawn()) {
                (Some(width), Some(drawn)) => with_bars(&drawn, width, style, out),
                _ => aligned(&report.table(), style, out),
            }
        }
        Format::Markdown => {
            writeln!(out, "{}\n", markdown_text(&report.conclusion()))?;
            write_markdown(&report.table(), out)
        }
    }
}

fn write_markdown(table: &Table, out: impl Write) -> io::Result<()> {
    let mut rows = RowWriter::markdown(&table.columns, &right_aligned(table), out)?;
    table.rows.iter().try_for_each(|row| rows.row(row))
}

/// A table as Markdown.
pub(super) fn markdown_table(table: &Table) -> String {
    let mut bytes = Vec::new();
    // Memory takes what is written.
    let _ = write_markdown(table, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Which columns hold numbers only.
fn right_aligned(table: &Table) -> Vec<bool> {
    let column = |index: usize| table.rows.iter().filter_map(move |row| row.get(index));
    (0..table.columns.len())
        .map(|index| {
            column(index).all(Cell::is_number) && column(index).any(|cell| !matches!(cell, Cell::Empty))
        })
        .collect()
}

/// The least and the most cells of a bar.
const BAR: (usize, usize) = (8, 60);

/// A table with a bar at the end of each line, as far as there is room for them and for what they are.
fn with_bars(drawn: &Drawn, width: usize, style: Style, out: &mut impl Write) -> io::Result<()> {
    let Some((titles, lines)) = laid_out(&drawn.table) else { return Ok(()) };
    let used = lines.iter().chain([&titles]).map(|line| text::width(line)).max().unwrap_or(0);
    let room = width.saturating_sub(used + GAP.len()).min(BAR.1);
    let Some(title) = drawn.title(room).filter(|_| room >= BAR.0) else {
        return aligned(&drawn.table, style, out);
    };
    let title = format!("{}{GAP}{title}", text::pad(&titles, used));
    writeln!(out, "\n{}", style.paint(DIM, title.trim_end()))?;
    for (index, line) in lines.iter().enumerate() {
        let mut bar: Vec<String> = Vec::new();
        for (tone, run) in drawn.bar(index, room) {
            bar.push(match tone {
                Some(Tone::Gain) => style.paint("32", &run),
                Some(Tone::Loss) => style.paint("31", &run),
                Some(Tone::Plain) => style.paint("34", &run),
                None => run,
            });
        }
        writeln!(out, "{}", format!("{}{GAP}{}", text::pad(line, used), bar.concat()).trim_end())?;
    }
    Ok(())
}

fn aligned(table: &Table, style: Style, out: &mut impl Write) -> io::Result<()> {
    let Some((titles, lines)) = laid_out(table) else { return Ok(()) };
    writeln!(out, "\n{}", style.paint(DIM, &titles))?;
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// The titles and the rows of a table, each a line; `None` without rows.
fn laid_out(table: &Table) -> Option<(String, Vec<String>)> {
    if table.rows.is_empty() {
        return None;
    }
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(Cell::shown).collect()).collect();
    let right = right_aligned(table);
    let widths: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .map(|(index, title)| {
            let cells = rows.iter().filter_map(|row| row.get(index)).map(|cell| text::width(cell));
            cells.max().unwrap_or(0).max(text::width(title))
        })
        .collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells = cells.zip(widths.iter().zip(&right)).map(|(cell, (width, right))| {
            if *right { text::pad_left(cell, *width) } else { text::pad(cell, *width) }
        });
        cells.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
    };
    let titles = line(&mut table.columns.iter().copied());
    Some((titles, rows.iter().map(|row| line(&mut row.iter().map(String::as_str))).collect()))
}

/// Text that Markdown shows as it stands: in a cell, in a sentence, after a `#`.
pub(crate) fn markdown_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text::clean(text).chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // A mention would notify a stranger.
            '@' => escaped.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// Writes rows one by one, so that a result of any length takes no memory.
pub struct RowWriter<W: Write> {
    kind: Rows<W>,
}

enum Rows<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Json { out: W, columns: Vec<String>, first: bool },
    Table { out: W, widths: Vec<usize> },
    Markdown { out: W },
}

/// Cells of a column whose contents are not known beforehand: the longest number with its unit.
const STREAMED_WIDTH: usize = 16;

impl<W: Write> RowWriter<W> {
    /// Starts rows of numbers in any format.
    pub fn new(columns: &[String], format: Format, style: Style, mut out: W) -> io::Result<Self> {
        match format {
            Format::Csv => Self::csv(columns.iter().map(String::as_str), out),
            Format::Json => {
                write!(out, "[")?;
                Ok(Self { kind: Rows::Json { out, columns: columns.to_vec(), first: true } })
            }
            Format::Table => {
                let widths: Vec<usize> =
                    columns.iter().map(|title| text::width(title).max(STREAMED_WIDTH)).collect();
                let titles = columns.iter().zip(&widths).map(|(title, width)| text::pad_left(title, *width));
                let titles = titles.collect::<Vec<_>>().join(GAP);
                writeln!(out, "{}", style.paint(DIM, &titles))?;
                Ok(Self { kind: Rows::Table { out, widths } })
            }
            Format::Markdown => Self::markdown(columns, &vec![true; columns.len()], out),
        }
    }

    fn csv<'a>(columns: impl Iterator<Item = &'a str>, out: W) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(columns).map_err(io_error)?;
        Ok(Self { kind: Rows::Csv(Box::new(writer)) })
    }

    fn markdown(columns: &[impl AsRef<str>], right: &[bool], mut out: W) -> io::Result<Self> {
        let titles: Vec<String> = columns.iter().map(|title| markdown_text(title.as_ref())).collect();
        writeln!(out, "| {} |", titles.join(" | "))?;
        let rules: Vec<&str> = right.iter().map(|right| if *right { "---:" } else { "---" }).collect();
        writeln!(out, "| {} |", rules.join(" | "))?;
        Ok(Self { kind: Rows::Markdown { out } })
    }

    /// Writes one row.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        match &mut self.kind {
            Rows::Csv(writer) => writer.write_record(cells.iter().map(Cell::exported)).map_err(io_error),
            Rows::Json { out, columns, first } => {
                write!(out, "{}\n{{", if std::mem::take(first) { "" } else { "," })?;
                for (index, (column, cell)) in columns.iter().zip(cells).enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    let value = match cell {
                        Cell::Text(text) => serde_json::to_string(text)?,
                        _ => serde_json::to_string(&cell.value())?,
                    };
                    let column = serde_json::to_string(column)?;
                    write!(out, "{comma}{}:{}", text::escaped_json(&column), text::escaped_json(&value))?;
                }
                write!(out, "}}")
            }
            Rows::Table { out, widths } => {
                let cells =
                    cells.iter().zip(widths).map(|(cell, width)| text::pad_left(&cell.shown(), *width));
                writeln!(out, "{}", cells.collect::<Vec<_>>().join(GAP))
            }
            Rows::Markdown { out } => {
                let cells: Vec<String> = cells.iter().map(|cell| markdown_text(&cell.shown())).collect();
                writeln!(out, "| {} |", cells.join(" | "))
            }
        }
    }

    /// Writes what closes the rows.
    pub fn finish(mut self) -> io::Result<()> {
        match &mut self.kind {
            Rows::Csv(writer) => writer.flush(),
            Rows::Json { out, first, .. } => {
                writeln!(out, "{}]", if *first { "" } else { "\n" })?;
                out.flush()
            }
            Rows::Table { out, .. } | Rows::Markdown { out } => out.flush(),
        }
    }
}

/// The error of the stream underneath, so that a closed pipe is known as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Unit;
    use serde::Serialize;

    #[derive(Serialize)]
    struct Prices {
        host: &'static str,
        price: f64,
        margin: Option<f64>,
    }

    impl Report for Prices {
        fn conclusion(&self) -> String {
            "One host | it pays.".to_owned()
        }

        fn table(&self) -> Table {
            let row = |name: &str, price, margin| {
                vec![
                    Cell::text(name),
                    Cell::Number(price, Unit::DollarsPerMillion),
                    Cell::number(margin, Unit::Share),
                ]
            };
            Table {
                columns: vec!["host", "price", "margin"],
                rows: vec![row(self.host, self.price, self.margin), row("推論", 12.5, Some(0.845_017))],
            }
        }
    }

    const HOSTILE: Prices = Prices { host: "a|b\u{1b}[31m, \"c\"", price: 0.123_456_789, margin: None };

    fn written(format: Format) -> String {
        let mut out = Vec::new();
        write(&HOSTILE, format, Style::default(), &mut out).expect("memory");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_table_is_rounded_and_aligned_by_cells() {
        assert_eq!(
            written(Format::Table),
            "One host | it pays.\n\n\
             host         price  margin\n\
             a|b, \"c\"  $0.123/M     n/a\n\
             推論      $12.50/M  84.5 %\n"
        );
    }

    #[test]
    fn csv_and_json_keep_every_digit_and_leave_gaps_empty() {
        assert_eq!(
            written(Format::Csv),
            "host,price,margin\n\"a|b, \"\"c\"\"\",0.123456789,\n推論,12.5,0.845017\n"
        );
        let json: serde_json::Value = serde_json::from_str(&written(Format::Json)).expect("JSON");
        assert_eq!(json["price"], 0.123_456_789);
        assert!(json["margin"].is_null());
        assert_eq!(json["host"], HOSTILE.host);
    }

    #[test]
    fn markdown_cells_are_escaped() {
        assert_eq!(
            written(Format::Markdown),
            "One host \\| it pays.\n\n\
             | host | price | margin |\n| --- | ---: | ---: |\n\
             | a\\|b, \"c\" | $0.123/M | n/a |\n| 推論 | $12.50/M | 84.5 % |\n"
        );
        assert_eq!(markdown_text("<b>@all `x`"), "&lt;b&gt;&#64;all \\`x\\`");
    }

    #[test]
    fn rows_stream_in_every_format() {
        let columns = ["node.gpu_hour".to_owned(), "gross_margin".to_owned()];
        let written = |format| {
            let mut out = Vec::new();
            let mut rows = RowWriter::new(&columns, format, Style::default(), &mut out).expect("memory");
            rows.row(&[Cell::Number(2.0, Unit::DollarsPerGpuHour), Cell::Number(0.5, Unit::Share)])
                .expect("row");
            rows.row(&[Cell::Number(0.1, Unit::DollarsPerGpuHour), Cell::Missing]).expect("row");
            rows.finish().expect("end");
            String::from_utf8(out).expect("text")
        };
        assert_eq!(written(Format::Csv), "node.gpu_hour,gross_margin\n2,0.5\n0.1,\n");
        assert_eq!(
            written(Format::Json),
            "[\n{\"node.gpu_hour\":2.0,\"gross_margin\":0.5},\n{\"node.gpu_hour\":0.1,\"gross_margin\":null}\n]\n"
        );
        assert_eq!(
            written(Format::Table),
            "   node.gpu_hour      gross_margin\n     $2.00/GPU·h              50 %\n     $0.10/GPU·h               n/a\n"
        );
        assert!(written(Format::Markdown).ends_with("| $0.10/GPU·h | n/a |\n"));
    }
}
