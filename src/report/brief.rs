//! Tables as the screen shows them, to be pasted: names and units instead of ids, and no more rows than a reader bears.

use std::fmt::Write;

use super::break_even::BreakEvenReport;
use super::bridge::BridgeReport;
use super::hardware::HardwareReport;
use super::hosts::HostsReport;
use super::map::MapReport;
use super::odds::OddsReport;
use super::proof::Proof;
use super::tiers::TiersReport;
use super::tornado::TornadoReport;
use super::write::{markdown_table, markdown_text};
use super::{Cell, Report, Table};
use crate::analysis::CacheCurves;
use crate::model::{InputId, TierOutput, Unit};
use crate::quantity::number;

/// The most rows that are pasted.
const MOST_ROWS: usize = 15;

/// A result that has a table for readers.
pub trait Brief: Report {
    /// The result as the screen shows it.
    fn brief(&self) -> Table;
}

/// What a result says and its table as the screen shows it, as Markdown; rows beyond fifteen are counted.
pub fn brief(result: &impl Brief) -> String {
    let mut table = result.brief();
    let more = table.rows.len().saturating_sub(MOST_ROWS);
    table.rows.truncate(MOST_ROWS);
    let mut text = format!("{}\n\n{}", markdown_text(&result.conclusion()), markdown_table(&table));
    if more > 0 {
        let _ = write!(text, "\n… and {more} more.\n");
    }
    text
}

fn input(id: InputId, value: Option<f64>) -> Cell {
    Cell::text(number::input_with_unit(id, value))
}

impl Brief for BreakEvenReport {
    fn brief(&self) -> Table {
        let reached = self.reached();
        let rows = reached.iter().map(|reached| {
            let id = reached.entry.id.input;
            vec![
                Cell::text(reached.name),
                input(id, reached.entry.value),
                input(id, Some(reached.solution)),
                Cell::text(reached.distance.to_string()),
            ]
        });
        let others = self.out_of_reach().into_iter().map(|(name, entry)| {
            let best = Cell::text(format!("out of reach, {}", Self::nearest_at(entry)));
            vec![Cell::text(name), input(entry.id.input, entry.value), best, Cell::Empty]
        });
        Table { columns: vec!["input", "now", "break-even", "distance"], rows: rows.chain(others).collect() }
    }
}

impl Brief for TornadoReport {
    fn brief(&self) -> Table {
        let rows = self.swinging().into_iter().map(|(name, swing)| {
            let id = swing.id.input;
            vec![
                Cell::text(name),
                input(id, swing.low),
                input(id, swing.high),
                Cell::number(swing.margin_low, Unit::Share),
                Cell::number(swing.margin_high, Unit::Share),
                swing.swing.map_or(Cell::Missing, Cell::Points),
            ]
        });
        Table {
            columns: vec!["input", "low", "high", "margin at low", "at high", "swing"],
            rows: rows.collect(),
        }
    }
}

impl Brief for CacheCurves {
    fn brief(&self) -> Table {
        const ROWS: usize = 11;
        let step = (self.points.len().saturating_sub(1) / (ROWS - 1)).max(1);
        let share = |value: Option<f64>| Cell::number(value, Unit::Share);
        let rows = self.points.iter().step_by(step).map(|point| {
            vec![
                share(Some(point.hit_ratio)),
                share(point.price_effect),
                share(point.work_effect),
                share(point.net),
            ]
        });
        let columns = vec!["hit ratio", "margin if only prices move", "if only work moves", "both"];
        Table { columns, rows: rows.collect() }
    }
}

impl Brief for MapReport {
    fn brief(&self) -> Table {
        const PLACES: [f64; 3] = [0.1, 0.5, 0.9];
        let map = &self.map;
        let (x, y) = (map.x.id.input, map.y.id.input);
        let cell = |place: f64, count: usize| ((place * count as f64) as usize).min(count.saturating_sub(1));
        let rows = PLACES.into_iter().flat_map(|up| PLACES.into_iter().map(move |across| (across, up)));
        let rows = rows.map(|(across, up)| {
            let (column, row) = (cell(across, map.columns), cell(up, map.rows));
            let centre = |cell: usize, count: usize| (cell as f64 + 0.5) / count.max(1) as f64;
            vec![
                Cell::text(format!(
                    "{} {}",
                    self.across,
                    number::input_with_unit(x, Some(map.x.at(centre(column, map.columns))))
                )),
                Cell::text(format!(
                    "{} {}",
                    self.up,
                    number::input_with_unit(y, Some(map.y.at(centre(row, map.rows))))
                )),
                Cell::number(map.margin(column, row), Unit::Share),
            ]
        });
        Table { columns: vec!["across", "up", "gross margin"], rows: rows.collect() }
    }
}

impl Brief for BridgeReport {
    fn brief(&self) -> Table {
        let rows = self.analysis.shares.iter().map(|share| {
            vec![
                Cell::text(self.name(&share.input)),
                Cell::text(self.side(&share.from)),
                Cell::text(self.side(&share.to)),
                Cell::Difference(share.margin_points, Unit::Share),
            ]
        });
        Table { columns: vec!["what differs", "from", "to", "margin"], rows: rows.collect() }
    }
}

impl Brief for OddsReport {
    fn brief(&self) -> Table {
        let odds = &self.analysis;
        let share = |value: Option<f64>| Cell::number(value, Unit::Share);
        let above = format!("margin above {}", number::percent(odds.target));
        let rows = vec![
            vec![Cell::text(above), Cell::text(self.probability())],
            vec![Cell::text("one in twenty below"), share(odds.p5)],
            vec![Cell::text("middle"), share(odds.p50)],
            vec![Cell::text("one in twenty above"), share(odds.p95)],
        ];
        let drawn = odds.ranges.iter().map(|range| {
            let end = |value| number::input_with_unit(range.id.input, Some(value));
            let whose = if range.default { ", a default range" } else { "" };
            vec![
                Cell::text(format!("drawn: {}{whose}", range.id.input.parameter().label)),
                Cell::text(format!("{} … {}", end(range.low), end(range.high))),
            ]
        });
        Table { columns: vec!["figure", "value"], rows: rows.into_iter().chain(drawn).collect() }
    }
}

impl Brief for TiersReport {
    fn brief(&self) -> Table {
        let rows = self.tiers.iter().map(|row| {
            let figure = |output: TierOutput| Cell::number(row.result.get(output), output.info().unit);
            vec![
                Cell::text(&row.name),
                Cell::Number(row.share, Unit::Share),
                figure(TierOutput::RevenueShare),
                figure(TierOutput::CostShare),
                figure(TierOutput::PricePerMTokens),
                figure(TierOutput::CostPerMTokens),
                figure(TierOutput::GrossMargin),
                figure(TierOutput::PricePerUserMonth),
                figure(TierOutput::CostPerUserMonth),
            ]
        });
        let columns = vec![
            "tier",
            "of output",
            "of revenue",
            "of cost",
            "price",
            "cost",
            "margin",
            "a user brings",
            "and costs",
        ];
        Table { columns, rows: rows.collect() }
    }
}

impl Brief for HostsReport {
    fn brief(&self) -> Table {
        let price = |price: f64| Cell::Number(price, Unit::DollarsPerMillion);
        let rows = self.hosts.iter().map(|row| {
            let margin = Cell::number(row.result.gross_margin, Unit::Share);
            vec![
                Cell::text(if self.is_about_one_model() {
                    row.price.host.clone()
                } else {
                    format!("{}, {}", row.price.host, row.price.model)
                }),
                price(row.price.input),
                if row.price.cache_read.is_some() { price(row.price.hit()) } else { Cell::text("as a miss") },
                price(row.price.output),
                if row.result.free { Cell::text("free") } else { margin },
                Cell::number(row.result.break_even_gpu_hour, Unit::DollarsPerGpuHour),
            ]
        });
        let columns = vec!["host", "input", "cached", "output", "margin on this node", "even at a rent of"];
        Table { columns, rows: rows.collect() }
    }
}

impl Brief for HardwareReport {
    fn brief(&self) -> Table {
        let rows = self.rows.iter().map(|row| {
            vec![
                Cell::text(if self.is_about_one_model() {
                    row.rate.gpu.clone()
                } else {
                    format!("{}, {}", row.rate.gpu, row.rate.model)
                }),
                Cell::text(format!("{}, {}", row.rate.precision, row.rate.engine)),
                row.rate.speed.map_or(Cell::Empty, |speed| Cell::Number(speed, Unit::TokensPerSecond)),
                Cell::Number(row.result.gpu_hour, Unit::DollarsPerGpuHour),
                Cell::number(row.result.cost_per_m_tokens, Unit::DollarsPerMillion),
                Cell::number(row.result.gross_margin, Unit::Share),
                Cell::text(&row.rate.by),
            ]
        });
        let columns = vec!["GPU", "how", "a user sees", "rent", "cost of M tokens", "margin", "measured by"];
        Table { columns, rows: rows.collect() }
    }
}

impl Brief for Proof {
    fn brief(&self) -> Table {
        let row = |step: &super::proof::Step| {
            [&step.title, &step.symbols, &step.numbers, &step.result].map(Cell::text).into()
        };
        Table {
            columns: vec!["step", "equation", "with numbers", "result"],
            rows: self.steps.iter().map(row).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Books;
    use crate::preset::{Document, builtin};
    use crate::report::hosts::HostsQuery;

    fn day_six() -> Document {
        Document::new(builtin::load("deepseek-day6").expect("shipped"))
    }

    #[test]
    fn a_pasted_table_has_names_and_units_and_fifteen_rows_at_most() {
        let hosts = brief(&HostsReport::of(&day_six(), Books::shipped(), HostsQuery::default()));
        assert_eq!(hosts.lines().filter(|line| line.starts_with('|')).count(), 2 + 15);
        assert!(hosts.trim_end().ends_with("more."), "{hosts}");
        let tornado = brief(&TornadoReport::of(&day_six()));
        assert!(tornado.contains("| Rent | $1.50/GPU·h | $3.00/GPU·h | 88.4 % | 76.8 % |"), "{tornado}");
        let even = brief(&BreakEvenReport::of(&day_six(), 0.0));
        assert!(even.contains("| Rent | $2.00/GPU·h | $12.90/GPU·h | × 6.45 |"), "{even}");
        for text in [hosts, tornado, even, brief(&Proof::of(&day_six(), 0))] {
            assert!(!text.contains("gpu\\_hour") && text.lines().count() <= 22, "{text}");
        }
    }
}
