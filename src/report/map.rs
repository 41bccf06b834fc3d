//! The margin over two inputs, in a sentence and as a table.

use serde::Serialize;

use super::{Cell, Report, Table, number, provenance};
use crate::analysis::{self, Axis};
use crate::model::Unit;
use crate::preset::Document;

/// The margin over two inputs of what is open.
#[derive(Clone, Debug, Serialize)]
pub struct Map {
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
}

impl Map {
    /// Works the margin out over a grid.
    pub fn of(document: &Document, target: f64, x: Axis, y: Axis, (columns, rows): (usize, usize)) -> Self {
        Self {
            preset: document.base().origin.id(),
            across: provenance::name(document, x.id.input),
            up: provenance::name(document, y.id.input),
            map: analysis::map(document.scenario(), target, x, y, columns, rows),
        }
    }

    /// What being above the target is called.
    fn goal(&self) -> String {
        if self.map.target == 0.0 {
            "serving makes money".to_owned()
        } else {
            format!("the margin is above {}", number::percent(self.map.target))
        }
    }
}

impl Report for Map {
    fn conclusion(&self) -> String {
        let over = format!("over {} and {}", self.across, self.up);
        if self.map.extremes().is_none() {
            return format!("Nowhere {over} is there a margin to show.");
        }
        let cells = (0..self.map.rows).flat_map(|row| (0..self.map.columns).map(move |column| (column, row)));
        let above = cells.filter(|(column, row)| self.map.is_above(*column, *row)).count();
        let all = self.map.columns * self.map.rows;
        let goal = self.goal();
        let now = if self.map.verdict.is_above() { "today it does" } else { "today it does not" };
        let now = if self.map.target == 0.0 { now } else { &now.replace("it does", "it is") };
        match above {
            0 => format!("Nowhere on this map, {over}, {goal}."),
            _ if above == all => format!("Everywhere on this map, {over}, {goal}."),
            _ => {
                let share = number::percent(libm::round(above as f64 / all as f64 * 100.0) / 100.0);
                format!("On {share} of this map, {over}, {goal}; {now}.")
            }
        }
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
        Map::of(&document, target, x, y, (40, 20)).conclusion()
    }

    #[test]
    fn a_map_says_how_much_of_it_makes_money() {
        let words = sentence(&[], 0.0);
        assert!(
            words.starts_with("On ") && words.ends_with("serving makes money; today it does."),
            "{words}"
        );
        let words = sentence(&[], 0.9);
        assert!(words.ends_with("the margin is above 90 %; today it is not."), "{words}");
    }

    #[test]
    fn odd_maps_say_what_is_so() {
        let free =
            [0, 1, 2, 3].map(|tier| (InputId::Tier(tier, crate::model::TierField::Discount), Some(1.0)));
        assert!(sentence(&free, 0.0).starts_with("Nowhere"));
        let mut nothing_served = free.to_vec();
        nothing_served.push((Global::ServeFree.into(), Some(0.0)));
        assert!(sentence(&nothing_served, 0.0).starts_with("Nowhere"));
    }
}
