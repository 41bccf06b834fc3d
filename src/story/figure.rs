//! What a caption and an expectation may name: results, inputs and break-evens, written as the screen writes them.

use crate::analysis::break_even;
use crate::model::{InputId, OutputId, Scenario, Unit, evaluate_all, nearest};
use crate::preset::Document;
use crate::quantity::number;

/// A figure of a scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Figure {
    /// A result.
    Output(OutputId),
    /// An input.
    Input(InputId),
    /// The value at which an input alone brings the margin to zero, the nearest if there are two.
    BreakEven(InputId),
}

/// How the name of a break-even begins.
const BREAK_EVEN: &str = "break_even:";

impl Figure {
    /// The figure with this name. The error is the nearest name there is.
    pub(super) fn find(name: &str, scenario: &Scenario) -> Result<Self, Option<String>> {
        let input = |name: &str| scenario.inputs().find(|id| scenario.id_text(*id) == name);
        if let Some(id) = name.strip_prefix(BREAK_EVEN) {
            return input(id).map(Self::BreakEven).ok_or_else(|| {
                let ids: Vec<String> = scenario.inputs().map(|id| scenario.id_text(id)).collect();
                like(id, &ids).map(|id| format!("{BREAK_EVEN}{id}"))
            });
        }
        if let Some(id) = input(name) {
            return Ok(Self::Input(id));
        }
        if let Some(output) =
            scenario.outputs().find(|output| scenario.output_name(*output).to_string() == name)
        {
            return Ok(Self::Output(output));
        }
        let inputs = scenario.inputs().map(|id| scenario.id_text(id));
        let outputs = scenario.outputs().map(|output| scenario.output_name(output).to_string());
        Err(like(name, &outputs.chain(inputs).collect::<Vec<_>>()))
    }

    /// The name it is found by.
    pub(super) fn name(self, scenario: &Scenario) -> String {
        match self {
            Self::Output(id) => scenario.output_name(id).to_string(),
            Self::Input(id) => scenario.id_text(id),
            Self::BreakEven(id) => format!("{BREAK_EVEN}{}", scenario.id_text(id)),
        }
    }

    /// The figure as the screen writes it; money without the rest of its unit, as in a sentence.
    pub(super) fn text(self, document: &Document) -> String {
        let scenario = document.scenario();
        let input = |id: InputId, value: Option<f64>| {
            let money = id.parameter().unit.is_money();
            if money { number::input(id, value) } else { number::input_with_unit(id, value) }
        };
        match self {
            Self::Output(id) => number::or_undefined(evaluate_all(scenario).get(id), |value| {
                in_sentence(value, id.info().unit)
            }),
            Self::Input(id) => input(id, scenario.get(id)),
            Self::BreakEven(id) => {
                let found = break_even(scenario, id, 0.0);
                let solution = found.at.filter(|_| !found.solutions.is_empty());
                solution.map_or_else(|| number::UNDEFINED.to_owned(), |value| input(id, Some(value)))
            }
        }
    }
}

fn in_sentence(value: f64, unit: Unit) -> String {
    if unit.is_money() { number::format(value, unit) } else { number::with_unit(value, unit) }
}

/// The known name most like a text of no great length.
fn like(text: &str, known: &[String]) -> Option<String> {
    if text.len() > 100 { None } else { nearest(text, known.iter().map(String::as_str)).map(str::to_owned) }
}
