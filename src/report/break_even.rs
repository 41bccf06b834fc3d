//! What would overturn the verdict: how far each input alone is from its break-even.

use std::fmt;

use serde::Serialize;

use super::{Cell, Report, Table, idle, provenance, words};
use crate::analysis::{self, BreakEven, Distance, Outcome, RadiusShare, Why};
use crate::model::Unit;
use crate::preset::Document;
use crate::quantity::number;
use crate::text;

mod overturning;

use overturning::Overturning;

/// The break-evens of what is open.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreakEvenReport {
    /// The preset as the command line takes it.
    pub preset: String,
    /// The analysis.
    #[serde(flatten)]
    pub analysis: analysis::BreakEvens,
    /// The name of every input, in the order of the analysis.
    #[serde(skip)]
    names: Vec<String>,
    /// What would overturn the verdict.
    #[serde(skip)]
    overturning: Overturning,
    /// Whether the GPU-hour is owned.
    #[serde(skip)]
    owns: bool,
}

/// One value that brings the margin to the target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached<'a> {
    /// The input's name.
    pub name: &'a str,
    /// The input's answer.
    pub entry: &'a BreakEven,
    /// The value.
    pub solution: f64,
    /// How far it is from the present value.
    pub distance: Distance,
}

impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Factor(factor) if factor < 1.0 => write!(f, "÷ {}", number::plain(1.0 / factor)),
            Self::Factor(factor) => write!(f, "× {}", number::plain(factor)),
            Self::FromZero => f.write_str("from 0"),
            Self::ToZero => f.write_str("to 0"),
            Self::Points(difference) => f.write_str(&words::points(difference)),
        }
    }
}

impl BreakEvenReport {
    /// Finds the break-even of every input of what is open.
    pub fn of(document: &Document, target: f64) -> Self {
        let analysis = analysis::break_evens(document.scenario(), target);
        let names =
            analysis.inputs.iter().map(|entry| provenance::short_name(document, entry.id.input)).collect();
        Self {
            preset: document.base().origin.id(),
            names,
            overturning: Overturning::of(document, &analysis),
            owns: document.scenario().owns(),
            analysis,
        }
    }

    fn named(&self) -> impl Iterator<Item = (&str, &BreakEven)> {
        self.names.iter().map(String::as_str).zip(&self.analysis.inputs)
    }

    /// The values that bring the margin to the target, the nearest first.
    pub fn reached(&self) -> Vec<Reached<'_>> {
        let row = |(index, solution, distance): (usize, f64, Distance)| {
            let (name, entry) = (self.names.get(index)?.as_str(), self.analysis.inputs.get(index)?);
            Some(Reached { name, entry, solution, distance })
        };
        self.analysis.nearest_first().into_iter().filter_map(row).collect()
    }

    /// The inputs that alone cannot bring the margin to the target, the one that comes nearest first.
    pub fn out_of_reach(&self) -> Vec<(&str, &BreakEven)> {
        let mut rows: Vec<_> =
            self.named().filter(|(_, entry)| entry.why == Some(Why::Unreachable)).collect();
        let gap =
            |entry: &BreakEven| entry.best.map_or(f64::INFINITY, |best| (best - self.analysis.target).abs());
        rows.sort_by(|a, b| gap(a.1).total_cmp(&gap(b.1)));
        rows
    }

    /// The inputs that do not move the margin.
    pub fn idle(&self) -> Vec<(&str, &BreakEven)> {
        self.named().filter(|(_, entry)| matches!(entry.why, Some(Why::NoEffect | Why::Any))).collect()
    }

    /// The inputs that do not move the margin in a few words; `None` when there are none.
    pub fn idle_words(&self) -> Option<String> {
        idle::words(self.idle().into_iter().map(|(name, entry)| (name, entry.no_effect)))
    }

    /// Whether the margin is above the target now.
    pub fn holds(&self) -> bool {
        self.analysis.verdict.is_above()
    }

    /// Whether no value is on the target, but some lies past it: the margin jumps.
    pub fn jumps(&self) -> bool {
        matches!(self.overturning, Overturning::Past { .. })
    }

    /// Where an input that cannot reach the target comes nearest to it, in a few words.
    pub fn nearest_at(entry: &BreakEven) -> String {
        let id = entry.id.input;
        match entry.at {
            None => String::new(),
            at if at == entry.value => "as it is".to_owned(),
            Some(at) => {
                // In a table there is room for `very high`, not for `however high`.
                let extreme = words::extreme(id, at).map(|words| words.replace("however", "very"));
                extreme.unwrap_or_else(|| number::input(id, Some(at)))
            }
        }
    }

    /// What the right value of an input does: `overturns it`, `brings the margin up to the target of 30 %`.
    fn does(&self) -> String {
        let target = words::percent(self.analysis.target);
        match (self.holds(), self.analysis.target == 0.0) {
            (true, true) => "overturns it".to_owned(),
            (false, true) => "makes it break even".to_owned(),
            (true, false) => format!("brings the margin down to the target of {target}"),
            (false, false) => format!("brings the margin up to the target of {target}"),
        }
    }

    /// What happens at the target: `it loses money`, `it breaks even`, `the margin falls to the target of 30 %`.
    fn turn(&self) -> String {
        let target = words::percent(self.analysis.target);
        match (self.holds(), self.analysis.target == 0.0) {
            (true, true) => "it loses money".to_owned(),
            (false, true) => "it breaks even".to_owned(),
            (true, false) => format!("the margin falls to the target of {target}"),
            (false, false) => format!("the margin reaches the target of {target}"),
        }
    }

    /// How much worse, or better, everything has to be at once; `None` without revenue or cost.
    pub fn robustness(&self) -> Option<String> {
        let (radius, turn) = (self.analysis.radius?, self.turn());
        let rent = if self.owns { "cost of a GPU-hour" } else { "rent" };
        let share = match radius.share {
            RadiusShare::Paid => "paid share",
            RadiusShare::Utilization => "utilization",
        };
        let things = format!("{rent}, throughput, prices and {share}");
        let better = |factor: f64| number::plain((1.0 / factor).max(1.0));
        Some(if self.analysis.verdict.is_on() {
            format!("All at once: {things} may not be any worse.")
        } else if self.holds() {
            let factor = number::plain(radius.factor.max(1.0));
            format!("All at once: {things} may each be worse by × {factor} before {turn}.")
        } else if let Some(factor) = radius.without_share {
            let share = if radius.value < 1.0 {
                format!("with {share} at 100 %")
            } else {
                format!("{share} is 100 %")
            };
            format!(
                "All at once: {share}, and {rent}, throughput and prices must each be better by × {} before {turn}.",
                better(factor)
            )
        } else {
            format!("All at once: {things} must each be better by × {} before {turn}.", better(radius.factor))
        })
    }

    /// The present standing where it needs saying before anything else.
    fn lead(&self) -> String {
        match self.analysis.verdict.outcome {
            Outcome::NoRevenue | Outcome::Nothing => "Nothing is earned, so there is no margin: ".to_owned(),
            Outcome::Undefined(reason) => format!("No verdict, {reason}: "),
            Outcome::Ratio(_) | Outcome::NoCost => String::new(),
        }
    }
}

impl Report for BreakEvenReport {
    fn conclusion(&self) -> String {
        if self.analysis.verdict.is_on() {
            return match self.analysis.target {
                0.0 => "It breaks even exactly as it stands.".to_owned(),
                target => {
                    format!("The margin is exactly the target of {} as it stands.", words::percent(target))
                }
            };
        }
        let sentence = format!("{}{}", self.lead(), self.overturning.sentence(&self.does()));
        text::capitalised(&sentence)
    }

    fn short(&self) -> String {
        let does = if self.analysis.target == 0.0 {
            self.does()
        } else {
            format!("leads to {}", words::percent(self.analysis.target))
        };
        let short = self.overturning.short(&does).filter(|_| !self.analysis.verdict.is_on());
        short.map_or_else(|| self.conclusion(), |short| text::capitalised(&short))
    }

    fn table(&self) -> Table {
        let row = |entry: &BreakEven, solution: Option<f64>, distance: Option<Distance>| {
            let id = entry.id.input;
            let factor = distance.and_then(Distance::factor).map(|factor| Cell::Number(factor, Unit::Ratio));
            let points = distance.and_then(Distance::points).map(Cell::Points);
            let (best, at) = match entry.why {
                Some(Why::Unreachable) => {
                    let at = entry.at.map_or(Cell::Missing, |at| match words::extreme(id, at) {
                        Some(words) => Cell::Worded(at, words.to_owned()),
                        None => Cell::Number(at, id.parameter().unit),
                    });
                    (Cell::number(entry.best, Unit::Share), at)
                }
                _ => (Cell::Empty, Cell::Empty),
            };
            vec![
                Cell::text(entry.id.to_string()),
                Cell::input(id, entry.value),
                solution.map_or(Cell::Empty, |value| Cell::input(id, Some(value))),
                factor.unwrap_or_default(),
                points.unwrap_or_default(),
                entry.why.map_or(Cell::Empty, |why| {
                    Cell::text(match why {
                        Why::Unreachable => "unreachable",
                        Why::NoEffect => "no effect",
                        Why::Any => "any",
                    })
                }),
                best,
                at,
            ]
        };
        let reached = self.reached();
        let reached =
            reached.iter().map(|reached| row(reached.entry, Some(reached.solution), Some(reached.distance)));
        let others =
            self.out_of_reach().into_iter().chain(self.idle()).map(|(_, entry)| row(entry, None, None));
        Table {
            columns: vec!["id", "value", "break_even", "factor", "points", "why", "best", "at"],
            rows: reached.chain(others).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
