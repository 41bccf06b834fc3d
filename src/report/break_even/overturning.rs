//! What would overturn the verdict, as one sentence that claims no more than is so.

use crate::analysis::{BreakEven, BreakEvens, Distance, Why};
use crate::model::{Global, InputId, TierField};
use crate::preset::Document;
use crate::quantity::number;
use crate::report::words;

/// So many of the values that the same factor leads to are named.
const MOST_NAMED: usize = 3;

/// What brings the margin to the target, in words.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Overturning {
    /// The least factor, the values it leads to, and what does it at less or in points.
    Factor { least: f64, values: Vec<String>, otherwise: Option<String> },
    /// The nearest solution, which no factor leads to: the input, the value, and how far it is.
    Alone { name: String, value: String, distance: String },
    /// No value of one input is the target's, but one lies past it: the input, the value, the margin there.
    Past { name: String, value: String, margin: String },
    /// Nothing does: the input that comes nearest, the value, and the margin there.
    Out { nearest: Option<(String, String, String)> },
    /// Nothing moves the margin at all.
    Nothing,
}

impl Overturning {
    pub(super) fn of(document: &Document, analysis: &BreakEvens) -> Self {
        let rows = analysis.nearest_first();
        let id_of = |index: usize| analysis.inputs.get(index).map(|entry| entry.id.input);
        let name_at =
            |id: InputId, value: f64| format!("{} at {}", words::name(document, id), words::value(id, value));
        let in_points = || {
            let (index, solution, distance) =
                rows.iter().find(|(.., distance)| distance.points().is_some()).copied()?;
            Some(format!("{} ({distance})", name_at(id_of(index)?, solution)))
        };
        let at_less = |least: f64| {
            analysis.inputs.iter().find_map(|entry| {
                let (end, distance) = entry.jump?;
                let less = distance.factor().is_none_or(|factor| factor < least)
                    && (distance.factor().is_some() || distance.points().is_some());
                less.then(|| name_at(entry.id.input, end))
            })
        };
        let Some((index, solution, nearest)) = rows.first().copied() else {
            return Self::without_solution(document, analysis);
        };
        if let Some(least) = nearest.factor() {
            let tied = rows.iter().take_while(|(.., distance)| distance.ties(nearest));
            let tied: Vec<(InputId, f64)> =
                tied.filter_map(|(index, solution, _)| Some((id_of(*index)?, *solution))).collect();
            let values = named(&tied).into_iter().map(|(id, value)| at(document, id, value)).collect();
            return Self::Factor { least, values, otherwise: in_points().or_else(|| at_less(least)) };
        }
        let Some(id) = id_of(index) else { return Self::Nothing };
        let distance = match (nearest, document.scenario().get(id)) {
            (Distance::FromZero | Distance::ToZero, Some(now)) => format!("now {}", words::value(id, now)),
            _ => nearest.to_string(),
        };
        Self::Alone { name: words::name(document, id), value: words::value(id, solution), distance }
    }

    fn without_solution(document: &Document, analysis: &BreakEvens) -> Self {
        let name = |entry: &BreakEven| words::name(document, entry.id.input);
        let value = |entry: &BreakEven, value: f64| words::value(entry.id.input, value);
        let past = analysis.inputs.iter().find_map(|entry| Some((entry, entry.past?)));
        if let Some((entry, (there, margin))) = past {
            return Self::Past {
                name: name(entry),
                value: value(entry, there),
                margin: words::a_margin(margin),
            };
        }
        let out = analysis.inputs.iter().filter(|entry| entry.why == Some(Why::Unreachable));
        let gap =
            |entry: &&BreakEven| entry.best.map_or(f64::INFINITY, |best| (best - analysis.target).abs());
        let Some(entry) = out.min_by(|a, b| gap(a).total_cmp(&gap(b))) else { return Self::Nothing };
        let nearest = entry.at.zip(entry.best).filter(|(at, _)| entry.value != Some(*at));
        Self::Out {
            nearest: nearest
                .map(|(at, best)| (name(entry), words::reach(entry.id.input, at), words::margin(best))),
        }
    }

    /// The sentence, before a large first letter, with what it is about in the way of `overturns it`.
    pub(super) fn sentence(&self, does: &str) -> String {
        match self {
            Self::Factor { least, values, otherwise } => {
                let (factor, values) = (number::plain(*least), words::list(values, "or"));
                match otherwise {
                    None => format!("nothing short of a factor of {factor} {does} alone: {values}."),
                    Some(other) => format!("a factor of {factor} {does} alone: {values}; so does {other}."),
                }
            }
            Self::Alone { name, value, distance } => format!("{name} at {value} ({distance}) {does} alone."),
            Self::Past { name, value, margin } => {
                format!("{name} at {value} alone leads past the target, to {margin}.")
            }
            Self::Out { nearest: Some((name, value, margin)) } => {
                format!("no input alone {does}; {name} comes nearest, {margin} {value}.")
            }
            Self::Out { nearest: None } => format!("no input alone {does}."),
            Self::Nothing => "no input alone moves the margin.".to_owned(),
        }
    }

    /// The same in few words, with one value in place of all that the same factor leads to.
    pub(super) fn short(&self, does: &str) -> Option<String> {
        match self {
            Self::Factor { least, values, otherwise } => {
                let (factor, value) = (number::plain(*least), values.first()?);
                Some(match otherwise {
                    None => format!("nothing short of × {factor} {does} alone: {value}."),
                    Some(_) => format!("× {factor} {does} alone: {value}."),
                })
            }
            Self::Alone { name, value, .. } => Some(format!("{name} at {value} {does} alone.")),
            Self::Past { name, value, .. } => Some(format!("{name} at {value} leads past the target.")),
            Self::Out { .. } => Some(format!("no input alone {does}.")),
            Self::Nothing => None,
        }
    }
}

/// At most [`MOST_NAMED`] of what the same factor leads to: what a reader thinks of first, in table order.
fn named(tied: &[(InputId, f64)]) -> Vec<(InputId, f64)> {
    let first = |id: InputId| match id {
        InputId::Global(Global::GpuHour | Global::Utilization) | InputId::Tier(_, TierField::Share) => 0,
        InputId::Global(Global::Overhead | Global::Fee) => 2,
        _ => 1,
    };
    let mut indices: Vec<usize> = (0..tied.len()).collect();
    indices.sort_by_key(|index| tied.get(*index).map(|(id, _)| first(*id)));
    indices.truncate(MOST_NAMED);
    indices.sort_unstable();
    indices.into_iter().filter_map(|index| tied.get(index).copied()).collect()
}

/// `rent at $12.90`; `84.5 % given away` where that is what a share of free traffic comes to.
fn at(document: &Document, id: InputId, value: f64) -> String {
    let scenario = document.scenario();
    let free = scenario.free_tiers();
    if let InputId::Tier(tier, TierField::Share) = id
        && scenario.serves_free()
        && free.contains(usize::from(tier))
    {
        let moved = scenario.moved(id, value);
        let others = moved
            .shares()
            .enumerate()
            .filter(|(other, share)| *other != usize::from(tier) && *share > 0.0 && free.contains(*other));
        if others.count() == 0 {
            return format!("{} given away", words::percent(value));
        }
    }
    format!("{} at {}", words::name(document, id), words::value(id, value))
}
