//! Hardware: what a million tokens cost at measured rates, and what the present prices leave of them.

use std::borrow::Borrow;

use serde::Serialize;

use crate::model::{Edit, Global, InputId, Output, Scenario, TierField, evaluate};

/// How fast a model ran on some hardware: one measured row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// The model's canonical id.
    pub model: String,
    /// The GPU's canonical name.
    pub gpu: String,
    /// GPUs of the whole deployment.
    pub gpus: f64,
    /// Number format of the weights.
    pub precision: String,
    /// The serving framework, then `mtp` where speculative decoding was on; the scenario of an MLPerf row.
    pub engine: String,
    /// Who measured it.
    pub by: String,
    /// Input tokens of a request; `None` where they are not published.
    pub tokens_in: Option<f64>,
    /// Output tokens of a request.
    pub tokens_out: Option<f64>,
    /// Output tokens per second that one user sees; `None` where nobody waits.
    pub speed: Option<f64>,
    /// Input tokens per second of the deployment; `None` where the decode rate holds it.
    pub prefill: Option<f64>,
    /// Output tokens per second of the deployment.
    pub decode: f64,
    /// Input tokens per output token of the run; 0 where the input is not published.
    pub input_per_output: f64,
    /// The run.
    pub source: String,
    /// When.
    pub date: String,
}

impl Rate {
    /// Tokens in and out of a request, where both are known.
    pub fn lengths(&self) -> Option<Lengths> {
        Some(Lengths { tokens_in: self.tokens_in?, tokens_out: self.tokens_out? })
    }
}

/// Tokens in and out of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lengths {
    /// In.
    pub tokens_in: f64,
    /// Out.
    pub tokens_out: f64,
}

/// Where the rent of a row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RentFrom {
    /// The book of rents.
    Book,
    /// The present scenario.
    Present,
}

/// One measured row at a rent and at the present prices.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct HardwareRow {
    /// The rate, counted from 0 in what the analysis was given.
    #[serde(skip)]
    pub rate: usize,
    /// Rent of one GPU, $ an hour.
    pub gpu_hour: f64,
    /// Where it comes from.
    pub gpu_hour_from: RentFrom,
    /// Cost of a million tokens, input and output together; of output alone where the input is not published.
    pub cost_per_m_tokens: Option<f64>,
    /// Gross margin at the tier's prices.
    pub gross_margin: Option<f64>,
}

/// Every rate at its GPU's rent, the cheapest tokens first; rows of unknown lengths last.
///
/// `rent` gives the book's rent of a GPU; without one the present rent counts.
pub fn hardware<R: Borrow<Rate>>(
    scenario: &Scenario,
    tier: u8,
    rates: &[R],
    rent: impl Fn(&str) -> Option<f64>,
) -> Vec<HardwareRow> {
    let Some(alone) = served_alone(scenario, tier) else { return Vec::new() };
    let rates: Vec<&Rate> = rates.iter().map(Borrow::borrow).collect();
    let present = scenario.get(Global::GpuHour.into()).unwrap_or(0.0);
    let mut rows: Vec<HardwareRow> = rates
        .iter()
        .enumerate()
        .filter_map(|(index, rate)| {
            let (gpu_hour, gpu_hour_from) =
                rent(&rate.gpu).map_or((present, RentFrom::Present), |rent| (rent, RentFrom::Book));
            let outputs = evaluate(&alone.with(&measured(rate, gpu_hour)).ok()?);
            Some(HardwareRow {
                rate: index,
                gpu_hour,
                gpu_hour_from,
                cost_per_m_tokens: outputs.get(Output::CostPerMTokens),
                gross_margin: outputs.get(Output::GrossMargin),
            })
        })
        .collect();
    let key = |row: &HardwareRow| {
        let unknown = rates.get(row.rate).is_none_or(|rate| rate.lengths().is_none());
        (unknown, row.cost_per_m_tokens.unwrap_or(f64::INFINITY))
    };
    rows.sort_by(|a, b| {
        let ((a_unknown, a_cost), (b_unknown, b_cost)) = (key(a), key(b));
        a_unknown.cmp(&b_unknown).then(a_cost.total_cmp(&b_cost)).then(a.rate.cmp(&b.rate))
    });
    rows
}

/// The measured points that no other beats in both, in ascending order of speed: the line of a GPU.
///
/// A point is a speed and a cost; its place tells which row it is.
pub fn front(points: impl Iterator<Item = (f64, f64, usize)>) -> Vec<(f64, f64, usize)> {
    let mut points: Vec<_> = points.filter(|(speed, cost, _)| *speed > 0.0 && *cost > 0.0).collect();
    points.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
    let mut least = f64::INFINITY;
    points.retain(|(_, cost, _)| {
        let cheaper = *cost < least;
        least = least.min(*cost);
        cheaper
    });
    points.reverse();
    points
}

/// The scenario a row's cost and margin are computed from.
///
/// `None` when there is no such tier, or a figure is not one.
pub fn on_hardware(scenario: &Scenario, tier: u8, rate: &Rate, gpu_hour: f64) -> Option<Scenario> {
    served_alone(scenario, tier)?.with(&measured(rate, gpu_hour)).ok()
}

/// The scenario with the tier's traffic alone, as it is served in a measurement.
fn served_alone(scenario: &Scenario, tier: u8) -> Option<Scenario> {
    scenario.with(&alone(tier)).ok()
}

/// What is set for a row: the deployment and its rates, its rent, its mix, and whose traffic it is.
pub fn hardware_edits(tier: u8, rate: &Rate, gpu_hour: f64) -> impl Iterator<Item = Edit> {
    measured(rate, gpu_hour).into_iter().chain(alone(tier))
}

/// The deployment of a row, its rates, its rent and its mix.
fn measured(rate: &Rate, gpu_hour: f64) -> [Edit; 5] {
    [
        (Global::Gpus.into(), Some(rate.gpus)),
        (Global::Prefill.into(), rate.prefill),
        (Global::Decode.into(), Some(rate.decode)),
        (Global::InputPerOutput.into(), Some(rate.input_per_output)),
        (Global::GpuHour.into(), Some(gpu_hour)),
    ]
}

/// Whose traffic it is, and that nothing but the rates slows it.
fn alone(tier: u8) -> [Edit; 9] {
    [
        (Global::Basis.into(), Some(0.0)),
        (Global::Overlap.into(), Some(0.0)),
        (Global::HitRatio.into(), Some(0.0)),
        (Global::MeasuredHitRatio.into(), Some(0.0)),
        (Global::ServeFree.into(), Some(1.0)),
        (InputId::Tier(tier, TierField::Share), Some(1.0)),
        (InputId::Tier(tier, TierField::Monthly), Some(0.0)),
        (InputId::Tier(tier, TierField::InputPerOutput), None),
        (InputId::Tier(tier, TierField::HitRatio), None),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::scenarios::day_six;

    /// The row of golden O: 32 prefill and 16 decode GPUs at 13,783.8 and 3,449.0 tokens a second each.
    fn gb200() -> Rate {
        Rate {
            model: "deepseek-r1".to_owned(),
            gpu: "GB200".to_owned(),
            gpus: 48.0,
            precision: "fp4".to_owned(),
            engine: "dynamo-trt".to_owned(),
            by: "InferenceX".to_owned(),
            tokens_in: Some(8192.0),
            tokens_out: Some(1024.0),
            speed: Some(30.5),
            prefill: Some(661_622.4),
            decode: 165_552.0,
            input_per_output: 13783.8 * 32.0 / (3449.0 * 16.0),
            source: String::new(),
            date: String::new(),
        }
    }

    fn close(value: Option<f64>, expected: f64) {
        let value = value.expect("defined");
        assert!((value / expected - 1.0).abs() < 1e-12, "{value} is not {expected}");
    }

    /// MODEL.md, golden O.
    #[test]
    fn a_measured_row_costs_what_was_worked_out_by_hand() {
        let start = day_six().moved(Global::GpuHour.into(), 3.30);
        let rate = gb200();
        let [row] = hardware(&start, 0, std::slice::from_ref(&rate), |_| None)[..] else { panic!("one row") };
        assert_eq!((row.gpu_hour, row.gpu_hour_from), (3.30, RentFrom::Present));
        close(row.cost_per_m_tokens, 0.08866220024116118);
        close(row.gross_margin, 0.8789372362207463);
        let outputs = evaluate(&on_hardware(&start, 0, &rate, row.gpu_hour).expect("valid"));
        close(outputs.get(Output::OutputRate), 55_184.0);
        close(outputs.get(Output::CostPerMInput), 0.06650318973480945);
        close(outputs.get(Output::CostPerMOutput), 0.2657775200541219);
    }

    #[test]
    fn rents_of_the_book_count_and_rows_of_unknown_lengths_stand_last() {
        let exam = Rate { tokens_in: None, input_per_output: 0.0, prefill: None, decode: 1e9, ..gb200() };
        let dear = Rate { gpu: "H100".to_owned(), ..gb200() };
        let book = |gpu: &str| (gpu == "H100").then_some(50.0);
        let rows = hardware(&day_six(), 0, &[exam, dear, gb200()], book);
        assert_eq!(rows.iter().map(|row| row.rate).collect::<Vec<_>>(), [2, 1, 0]);
        assert_eq!((rows[1].gpu_hour, rows[1].gpu_hour_from), (50.0, RentFrom::Book));
    }

    #[test]
    fn a_line_goes_through_the_points_that_none_beats() {
        let points =
            [(30.0, 0.2, 0), (30.0, 0.1, 1), (20.0, 0.15, 2), (50.0, 0.3, 3), (40.0, 0.3, 4), (0.0, 0.1, 5)];
        assert_eq!(front(points.into_iter()), [(30.0, 0.1, 1), (50.0, 0.3, 3)]);
        assert!(front(std::iter::empty()).is_empty());
    }

    #[test]
    fn a_row_is_served_alone_as_it_was_measured() {
        let start = day_six().moved(Global::Basis.into(), 1.0).moved(InputId::Tier(3, TierField::Share), 0.9);
        let there = on_hardware(&start, 2, &Rate { prefill: None, ..gb200() }, 3.3).expect("valid");
        assert!(!there.owns() && there.serves_free());
        assert_eq!(there.shares().collect::<Vec<_>>(), [0.0, 0.0, 1.0, 0.0]);
        assert_eq!(there.get(Global::Prefill.into()), None);
        assert_eq!(there.get(Global::HitRatio.into()), Some(0.0));
        // Off-peak prices keep their discount.
        assert_eq!(there.get(InputId::Tier(2, TierField::Discount)), Some(0.75));
        assert!(on_hardware(&start, 9, &gb200(), 3.3).is_none());
    }
}
