//! What would overturn the verdict: how far each input alone is from its break-even.

use std::fmt;

use serde::Serialize;

use super::{Cell, Report, Table, idle, provenance};
use crate::analysis::{self, BreakEven, Outcome, Why};
use crate::model::{InputId, Output, Unit, evaluate};
use crate::preset::Document;
use crate::quantity::number;
use crate::text;

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
    /// What all could be worse at once, as a sentence lists it.
    #[serde(skip)]
    all_at_once: &'static str,
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

/// How far a value is from the present one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distance {
    /// The present value times this: above or below 1.
    Factor(f64),
    /// The present value plus this: points for shares, else in the unit.
    Difference(f64, Unit),
    /// There is no present value to measure from.
    Unknown,
}

impl Distance {
    /// From a present value to another one: a factor, or a difference for shares and from or to 0.
    pub fn between(id: InputId, present: Option<f64>, value: f64) -> Self {
        let Some(present) = present else { return Self::Unknown };
        let unit = id.parameter().unit;
        if unit != Unit::Share && present > 0.0 && value > 0.0 {
            Self::Factor(value / present)
        } else {
            Self::Difference(value - present, unit)
        }
    }

    /// The distance as a part between 0 and 1, so that factors and points can be ranked together.
    ///
    /// The part that is missing from the larger of two values, 1 − 1/6.45 for a factor of 6.45; points as they
    /// are. A rent that may rise 6.45-fold and a utilization that may fall by 84.5 points are then equally far.
    fn part(self, present: f64) -> f64 {
        let part = match self {
            Self::Factor(factor) => 1.0 - factor.min(1.0 / factor),
            Self::Difference(difference, Unit::Share) if present + difference > 1.0 => {
                // What is added to 1, such as overhead, is a factor on the whole.
                difference.abs() / (1.0 + present.max(present + difference))
            }
            Self::Difference(difference, Unit::Share) => difference.abs(),
            Self::Difference(0.0, _) => 0.0,
            Self::Difference(..) | Self::Unknown => 1.0,
        };
        // Equal distances differ by rounding; they are to stay in table order.
        libm::round(part * 1e9) / 1e9
    }
}

impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Factor(factor) if factor < 1.0 => write!(f, "÷ {}", number::plain(1.0 / factor)),
            Self::Factor(factor) => write!(f, "× {}", number::plain(factor)),
            Self::Difference(difference, unit) => f.write_str(&Cell::Difference(difference, unit).shown()),
            Self::Unknown => Ok(()),
        }
    }
}

impl BreakEvenReport {
    /// Finds the break-even of every input of what is open.
    pub fn of(document: &Document, target: f64) -> Self {
        let scenario = document.scenario();
        let analysis = analysis::break_evens(scenario, target);
        let names =
            analysis.inputs.iter().map(|entry| provenance::short_name(document, entry.id.input)).collect();
        let outputs = evaluate(scenario);
        let turns_away = !scenario.serves_free() && outputs.get(Output::PaidShare).unwrap_or(1.0) < 1.0;
        let all_at_once = match (scenario.owns(), turns_away) {
            (false, false) => "rent, throughput, prices and paid share",
            (false, true) => "rent, throughput, prices and utilization",
            (true, false) => "cost of a GPU-hour, throughput, prices and paid share",
            (true, true) => "cost of a GPU-hour, throughput, prices and utilization",
        };
        Self { preset: document.base().origin.id(), analysis, names, all_at_once }
    }

    fn named(&self) -> impl Iterator<Item = (&str, &BreakEven)> {
        self.names.iter().map(String::as_str).zip(&self.analysis.inputs)
    }

    /// The values that bring the margin to the target, the nearest first.
    pub fn reached(&self) -> Vec<Reached<'_>> {
        let mut reached: Vec<Reached> = self
            .named()
            .flat_map(|(name, entry)| {
                entry.solutions.iter().map(move |solution| {
                    let distance = Distance::between(entry.id.input, entry.value, *solution);
                    Reached { name, entry, solution: *solution, distance }
                })
            })
            .collect();
        reached.sort_by(|a, b| {
            let part = |reached: &Reached| reached.distance.part(reached.entry.value.unwrap_or(0.0));
            part(a).total_cmp(&part(b))
        });
        reached
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

    /// Whether there is no margin only where it stands: any other value of an input gives one above the target, and
    /// none gives one that equals it.
    pub fn is_a_gap(&self) -> bool {
        let jumps = |entry: &BreakEven| entry.best.is_some_and(|best| best > self.analysis.target);
        !self.holds()
            && self.reached().is_empty()
            && self.out_of_reach().first().is_some_and(|(_, entry)| jumps(entry))
    }

    /// What happens at the target: `it loses money`, `it breaks even`, `the margin falls to 30 %`.
    pub fn turn(&self) -> String {
        let target = number::percent(self.analysis.target);
        match (self.holds(), self.analysis.target == 0.0) {
            (true, true) => "it loses money".to_owned(),
            (false, true) => "it breaks even".to_owned(),
            (true, false) => format!("the margin falls to {target}"),
            (false, false) => format!("the margin reaches {target}"),
        }
    }

    /// How much worse, or better, everything has to be at once; `None` without revenue or cost.
    pub fn robustness(&self) -> Option<String> {
        let (factor, turn) = (self.analysis.robustness?, self.turn());
        let things = self.all_at_once;
        Some(if self.analysis.verdict.is_on() {
            format!("All at once: {things} may not be any worse.")
        } else if self.holds() {
            let factor = number::plain(factor.max(1.0));
            format!("All at once: {things} may each be worse by × {factor} before {turn}.")
        } else {
            let factor = number::plain((1.0 / factor).max(1.0));
            format!("All at once: {things} must each be better by × {factor} before {turn}.")
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
                    format!("The margin is exactly the target of {} as it stands.", number::percent(target))
                }
            };
        }
        let (lead, turn) = (self.lead(), self.turn());
        let sentence = match self.reached().first() {
            Some(first) => {
                let at = number::input_with_unit(first.entry.id.input, Some(first.solution));
                let distance = match first.distance {
                    Distance::Unknown => String::new(),
                    distance => format!(" ({distance})"),
                };
                format!(
                    "{lead}{} alone would have to reach {at}{distance} before {turn}; no other is nearer.",
                    first.name
                )
            }
            None if self.is_a_gap() => match self.out_of_reach().first() {
                Some((name, entry)) => format!(
                    "{lead}that ends as soon as {name} is not {}, with a margin of {}.",
                    number::input_with_unit(entry.id.input, entry.value),
                    number::or_undefined(entry.best, number::percent)
                ),
                None => format!("{lead}no input alone can change that."),
            },
            None if self.holds() => format!("{lead}no input alone can bring it so far that {turn}."),
            None => {
                format!("{lead}no input alone can bring it so far that {turn}; that takes several at once.")
            }
        };
        text::capitalised(&sentence)
    }

    fn table(&self) -> Table {
        let row = |entry: &BreakEven, solution: Option<f64>| {
            let id = entry.id.input;
            let (factor, difference) = match solution.map(|value| Distance::between(id, entry.value, value)) {
                Some(Distance::Factor(factor)) => (Cell::Number(factor, Unit::Ratio), Cell::Empty),
                Some(Distance::Difference(difference, unit)) => {
                    (Cell::Empty, Cell::Difference(difference, unit))
                }
                Some(Distance::Unknown) | None => (Cell::Empty, Cell::Empty),
            };
            let (best, at) = match entry.why {
                Some(Why::Unreachable) => {
                    (Cell::number(entry.best, Unit::Share), Cell::number(entry.at, id.parameter().unit))
                }
                _ => (Cell::Empty, Cell::Empty),
            };
            vec![
                Cell::text(entry.id.to_string()),
                Cell::input(id, entry.value),
                solution.map_or(Cell::Empty, |value| Cell::input(id, Some(value))),
                factor,
                difference,
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
        let reached = reached.iter().map(|reached| row(reached.entry, Some(reached.solution)));
        let others = self.out_of_reach().into_iter().chain(self.idle()).map(|(_, entry)| row(entry, None));
        Table {
            columns: vec!["id", "value", "break_even", "factor", "difference", "why", "best", "at"],
            rows: reached.chain(others).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
