//! The margin over two inputs, in a sentence and as a table.

use serde::Serialize;

use super::{Cell, Report, Table, provenance, words};
use crate::analysis::{self, Axis, Why, break_even};
use crate::model::Unit;
use crate::preset::Document;
use crate::text;

/// The margin over two inputs of what is open.
#[derive(Clone, Debug, Serialize)]
pub struct MapReport {
    /// The preset as the command line takes it.
    pub preset: String,
    /// The analysis.
    #[serde(flatten)]
    pub map: analysis::Map,
    /// The input from left to right, as a sentence names it.
    #[serde(skip)]
    pub across: String,
    /// The input from bottom to top.
    #[serde(skip)]
    pub up: String,
    /// Where each alone brings the margin to the target, in words; the nearer one where there are two.
    #[serde(skip)]
    alone: [Option<String>; 2],
    /// Both inputs inside a sentence.
    #[serde(skip)]
    in_sentences: [String; 2],
    /// Which sides of the target the map has.
    #[serde(skip)]
    line: Line,
}

/// The sides of the target that a map has margins on; with both, the line runs between them.
#[derive(Clone, Copy, Debug)]
struct Line {
    above: bool,
    below: bool,
}

impl MapReport {
    /// Works the margin out over a grid.
    pub fn of(document: &Document, target: f64, x: Axis, y: Axis, (columns, rows): (usize, usize)) -> Self {
        let scenario = document.scenario();
        let (across, up) = (x.id.input, y.id.input);
        let alone = [across, up].map(|id| {
            let answer = break_even(scenario, id, target);
            if answer.why == Some(Why::Any) {
                return Some(format!("any {}", words::name(document, id)));
            }
            let value = answer.nearest()?;
            Some(format!("{} {}", words::name(document, id), words::value(id, value)))
        });
        let map = analysis::map(scenario, target, x, y, columns, rows);
        let cells = || (0..map.rows).flat_map(|row| (0..map.columns).map(move |column| (column, row)));
        let line = Line {
            above: cells().any(|(column, row)| map.is_above(column, row)),
            below: cells()
                .any(|(column, row)| map.margin(column, row).is_some() && !map.is_above(column, row)),
        };
        Self {
            preset: document.base().origin.id(),
            across: provenance::name(document, across),
            up: provenance::name(document, up),
            in_sentences: [across, up].map(|id| words::name(document, id)),
            map,
            alone,
            line,
        }
    }
}

impl Report for MapReport {
    fn short(&self) -> String {
        let even = match self.map.target {
            0.0 => "it breaks even".to_owned(),
            target => format!("the target of {} is met", words::percent(target)),
        };
        let [one, other] = &self.alone;
        let either: Vec<String> = one.iter().chain(other).map(ToString::to_string).collect();
        let somewhere = (self.line.above || self.line.below) && !either.is_empty();
        if somewhere {
            text::capitalised(&format!("{even} at {} alone.", words::list(&either, "or")))
        } else {
            self.conclusion()
        }
    }

    fn conclusion(&self) -> String {
        let [across, up] = &self.in_sentences;
        let even = match self.map.target {
            0.0 => "it breaks even".to_owned(),
            target => format!("the target of {} is met", words::percent(target)),
        };
        let line = match (self.line.above, self.line.below) {
            (false, false) => return format!("Nowhere over {across} and {up} is there a margin to show."),
            (true, true) => ", and anywhere on the line",
            (true, false) => "; every margin on this map is above that",
            (false, true) => "; no margin on this map is above that",
        };
        let sentence = match &self.alone {
            [Some(one), Some(other)] => format!("{even} at {one} or {other} alone{line}."),
            [Some(one), None] => format!("{even} at {one} alone, at no {up} alone{line}."),
            [None, Some(one)] => format!("{even} at {one} alone, at no {across} alone{line}."),
            [None, None] if self.line.above && self.line.below => {
                format!(
                    "neither {across} nor {up} alone leads to where {even}; together they do, along the line."
                )
            }
            [None, None] => {
                format!("neither {across} nor {up} alone leads to where {even}{line}.")
            }
        };
        text::capitalised(&sentence)
    }

    fn table(&self) -> Table {
        let map = &self.map;
        let centre = |cell: usize, count: usize| (cell as f64 + 0.5) / count as f64;
        let rows = (0..map.rows).flat_map(|row| (0..map.columns).map(move |column| (column, row)));
        Table {
            columns: vec!["across", "up", "gross_margin"],
            rows: rows
                .map(|(column, row)| {
                    let (x, y) = (map.x.id.input, map.y.id.input);
                    vec![
                        Cell::input(x, Some(map.x.at(centre(column, map.columns)))),
                        Cell::input(y, Some(map.y.at(centre(row, map.rows)))),
                        Cell::number(map.margin(column, row), Unit::Share),
                    ]
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Global, InputId};
    use crate::preset::builtin;

    fn sentence(edits: &[(InputId, Option<f64>)], target: f64) -> String {
        let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        document.set(edits).expect("valid");
        let scenario = *document.scenario();
        let x = Axis::window(&scenario, Global::GpuHour.into(), 0.5, 50.0);
        let y = Axis::slider(&scenario, Global::Utilization.into());
        MapReport::of(&document, target, x, y, (40, 20)).conclusion()
    }

    #[test]
    fn a_map_says_where_the_line_is_from_here() {
        assert_eq!(
            sentence(&[], 0.0),
            "It breaks even at rent $12.90 or utilization 15.5 % alone, and anywhere on the line."
        );
        assert_eq!(
            sentence(&[], 0.9),
            "The target of 90 % is met at rent $1.29 alone, at no utilization alone, and anywhere on the line."
        );
        let dear = [(Global::GpuHour.into(), Some(20_000.0))];
        assert!(sentence(&dear, 0.0).contains("at rent $12.90 alone, at no utilization alone"));
    }

    #[test]
    fn odd_maps_say_what_is_so() {
        let free =
            [0, 1, 2, 3].map(|tier| (InputId::Tier(tier, crate::model::TierField::Discount), Some(1.0)));
        assert!(sentence(&free, 0.0).starts_with("Nowhere"));
        let costs_nothing = [(Global::Gpus.into(), Some(1.0)), (Global::Overhead.into(), Some(0.0))];
        assert!(sentence(&costs_nothing, 0.9999).contains("rent $"));
        let mut nothing_served = free.to_vec();
        nothing_served.push((Global::ServeFree.into(), Some(0.0)));
        assert!(sentence(&nothing_served, 0.0).starts_with("Nowhere"));
    }
}
