//! The derivation: every equation from the inputs to the margin, with today's numbers in it, as one would post it.

mod costs;
mod prices;
mod rates;
mod users;

use serde::Serialize;

use super::{Cell, Report, Table, provenance, verdict};
use crate::model::{
    Economics, Global, InputId, MeanPrices, Output, Outputs, Scenario, Undefined, Unit,
    capital_recovery_factor, evaluate, gpu_hour,
};
use crate::preset::Document;
use crate::quantity::number;

/// One equation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What is computed.
    pub title: String,
    /// The equation in symbols.
    pub symbols: String,
    /// The same with numbers.
    pub numbers: String,
    /// What it comes to, as a reader wants it.
    pub result: String,
    /// What it comes to, with every digit.
    pub value: Option<f64>,
    /// What is to be known about it: sources, assumptions, changes by hand.
    pub note: Option<String>,
    /// The inputs that enter here for the first time.
    #[serde(skip)]
    pub inputs: Vec<InputId>,
}

/// The derivation of a scenario's figures.
#[derive(Clone, Debug, Serialize)]
pub struct Proof {
    /// The verdict that it ends with.
    pub verdict: String,
    /// The equations in order; where nothing can be computed they end early.
    pub steps: Vec<Step>,
    /// Why they end early.
    pub undefined: Option<String>,
}

impl Proof {
    /// Derives the figures of what is open, those of a user for the tier of this index.
    pub fn of(document: &Document, tier: u8) -> Self {
        let outputs = evaluate(document.scenario());
        let mut derivation = Derivation { document, steps: Vec::new() };
        derivation.node_cost();
        let undefined = derivation.rest(&outputs, tier).err();
        Self {
            verdict: verdict::sentence(&outputs, document.subject()),
            steps: derivation.steps,
            undefined: undefined.map(|reason| reason.to_string()),
        }
    }
}

impl Report for Proof {
    fn conclusion(&self) -> String {
        self.verdict.clone()
    }

    fn table(&self) -> Table {
        let row = |step: &Step| {
            let texts = [&step.title, &step.symbols, &step.numbers, &step.result];
            let mut cells: Vec<Cell> = texts.map(Cell::text).into();
            cells.push(step.note.as_ref().map(Cell::text).unwrap_or_default());
            cells
        };
        Table {
            columns: vec!["step", "equation", "with numbers", "result", "note"],
            rows: self.steps.iter().map(row).collect(),
        }
    }
}

/// A derivation under way.
struct Derivation<'a> {
    document: &'a Document,
    steps: Vec<Step>,
}

impl Derivation<'_> {
    fn scenario(&self) -> &Scenario {
        self.document.scenario()
    }

    fn value(&self, id: impl Into<InputId>) -> f64 {
        self.scenario().get(id.into()).unwrap_or(f64::NAN)
    }

    /// The value of an input as it stands in an equation.
    fn shown(&self, id: impl Into<InputId>) -> String {
        let id = id.into();
        number::input(id, self.scenario().get(id))
    }

    fn step(
        &mut self,
        title: &str,
        (symbols, numbers): (impl Into<String>, impl Into<String>),
        (value, result): (f64, String),
        inputs: &[InputId],
    ) {
        let notes: Vec<String> = inputs
            .iter()
            .filter_map(|id| {
                let words = provenance::text(self.document, *id)?;
                Some(format!("{}: {words}", provenance::name(self.document, *id)))
            })
            .collect();
        self.steps.push(Step {
            title: title.to_owned(),
            symbols: symbols.into(),
            numbers: numbers.into(),
            result,
            value: value.is_finite().then_some(value),
            note: (!notes.is_empty()).then(|| notes.join(" · ")),
            inputs: inputs.to_vec(),
        });
    }

    /// Those of some inputs that no step has named yet.
    fn unnamed(&self, ids: &[InputId]) -> Vec<InputId> {
        let named = |id: &&InputId| self.steps.iter().any(|step| step.inputs.contains(id));
        ids.iter().filter(|id| !named(id)).copied().collect()
    }

    /// Adds a remark to the last step.
    fn note(&mut self, words: &str) {
        if let Some(step) = self.steps.last_mut() {
            step.note = Some(match step.note.take() {
                Some(note) => format!("{words} · {note}"),
                None => words.to_owned(),
            });
        }
    }

    /// What a node costs an hour and a second, rented or owned.
    fn node_cost(&mut self) {
        use Global::{Capex, CapitalCost, Energy, GpuHour, Gpus, Hosting, Life, Overhead, Power};
        let gpu = gpu_hour(self.scenario());
        let (gpu_symbol, gpu_shown) = if self.scenario().owns() {
            let (rate, life) = (self.value(CapitalCost), self.value(Life));
            let recovery = capital_recovery_factor(rate, life);
            let (i, n) = (self.shown(CapitalCost), self.shown(Life));
            let equation = if rate == 0.0 {
                ("CRF = 1 / n", format!("1 / {n}"))
            } else {
                ("CRF = i / (1 − (1 + i)^−n)", format!("{i} / (1 − (1 + {i})^−{n})"))
            };
            let result = (recovery, format!("{} a year", number::percent(recovery)));
            self.step("Capital recovered a year", equation, result, &[CapitalCost.into(), Life.into()]);
            let numbers = format!(
                "{} · {} / 8,760 + {} kW · ({} + {} / 730)",
                self.shown(Capex),
                number::percent(recovery),
                self.shown(Power),
                self.shown(Energy),
                self.shown(Hosting)
            );
            let inputs = [Capex, Power, Energy, Hosting].map(InputId::from);
            let result = (gpu, number::with_unit(gpu, Unit::DollarsPerGpuHour));
            let symbols = "G = capex · CRF / 8760 + power · (energy + hosting / 730)";
            self.step("GPU-hour, owned", (symbols, numbers), result, &inputs);
            ("G", number::money(gpu))
        } else {
            ("rent", self.shown(GpuHour))
        };
        let cost = self.value(Gpus) * gpu * (1.0 + self.value(Overhead));
        let (mut symbols, mut numbers) =
            (format!("C = GPUs · {gpu_symbol}"), format!("{} · {gpu_shown}", self.shown(Gpus)));
        let mut inputs = vec![Gpus.into()];
        if !self.scenario().owns() {
            inputs.push(GpuHour.into());
        }
        if self.value(Overhead) != 0.0 {
            symbols += " · (1 + overhead)";
            numbers = format!("{numbers} · (1 + {})", self.shown(Overhead));
            inputs.push(Overhead.into());
        }
        let result = (cost, number::with_unit(cost, Unit::DollarsPerNodeHour));
        self.step("Node cost an hour", (symbols, numbers), result, &inputs);
        let second = cost / 3600.0;
        let result = (second, number::with_unit(second, Unit::DollarsPerNodeSecond));
        let numbers = format!("{} / 3,600", number::money(cost));
        self.step("Node cost a second", ("c = C / 3600", numbers), result, &[]);
    }

    /// Everything behind the node cost.
    fn rest(&mut self, outputs: &Outputs, tier: u8) -> Result<(), Undefined> {
        let free = self.scenario().free_tiers();
        let economics = Economics::of(self.scenario(), free)?;
        let mean = MeanPrices::of(self.scenario(), free, &economics);
        self.mix(&economics, &mean);
        self.work(&economics, &mean);
        self.rates(&economics);
        self.prices(&economics, &mean);
        self.revenue(&economics, &mean);
        self.margins(&economics, outputs);
        self.unit_costs(&economics, &mean, outputs);
        self.per_tokens(&economics, outputs);
        self.per_queries(&economics, outputs);
        self.user(tier, &economics);
        self.energy(&economics, outputs);
        self.per_day(&economics, outputs);
        Ok(())
    }

    /// Revenue of a node-second.
    fn revenue(&mut self, e: &Economics, mean: &MeanPrices) {
        let money = |value: f64| (value, number::with_unit(value, Unit::DollarsPerNodeSecond));
        let part = |rate, price| {
            format!("{} · {} / 1M", number::with_unit(rate, Unit::TokensPerSecond), number::money(price))
        };
        let y = e.output_rate;
        let input = y * (e.miss_revenue + e.hit_revenue) / 1e6;
        let output = y * e.output_revenue / 1e6;
        let flat = y * e.flat_revenue / 1e6;
        let numbers = part(e.input_rate, mean.input);
        self.step("Revenue from input", ("x · p_input / 1M", numbers), money(input), &[]);
        let numbers = part(y, e.output_revenue);
        self.step("Revenue from output", ("y · p_output / 1M", numbers), money(output), &[]);
        let mut symbols = "R = input + output".to_owned();
        let mut numbers = format!("{} + {}", number::money(input), number::money(output));
        if flat > 0.0 {
            let part = part(y, e.flat_revenue);
            self.step("Revenue from monthly prices", ("y · p_flat / 1M", part), money(flat), &[]);
            symbols += " + monthly";
            numbers = format!("{numbers} + {}", number::money(flat));
        }
        self.step("Revenue a second", (symbols, numbers), money(e.revenue()), &[]);
    }

    /// Margin and markup.
    fn margins(&mut self, e: &Economics, outputs: &Outputs) {
        let (cost, revenue) = (number::money(e.cost), number::money(e.revenue()));
        let result = |output: Output, format: fn(f64) -> String, why: &str| {
            let value = outputs.get(output).unwrap_or(f64::NAN);
            (value, if value.is_finite() { format(value) } else { format!("undefined: {why}") })
        };
        let margin = result(Output::GrossMargin, number::margin, "no revenue");
        self.step("Gross margin", ("1 − c / R", format!("1 − {cost} / {revenue}")), margin, &[]);
        let multiple = result(Output::RevenueOverCost, number::factor, "no cost");
        self.step("Revenue over cost", ("R / c", format!("{revenue} / {cost}")), multiple, &[]);
        let markup = result(Output::Markup, number::percent, "no cost");
        self.step("Markup", ("R / c − 1", format!("{revenue} / {cost} − 1")), markup, &[]);
    }

    /// The fleet, where there is one.
    fn per_day(&mut self, e: &Economics, outputs: &Outputs) {
        use Global::{BatchingLoss, Nodes, OtherCostPerDay};
        let (Some(nodes), Some(revenue), Some(cost), Some(profit)) = (
            outputs.get(Output::Nodes),
            outputs.get(Output::RevenuePerDay),
            outputs.get(Output::CostPerDay),
            outputs.get(Output::ProfitPerDay),
        ) else {
            return;
        };
        let shrunk = !self.scenario().serves_free() && (e.paid_share != 1.0 || e.batching_loss > 0.0);
        if shrunk {
            let paid = number::percent(e.paid_share);
            let (symbols, numbers) = if self.any_own_shapes(0..self.scenario().tier_count() as u8) {
                // A tier that is turned away tells too: it would be served otherwise.
                let served = nodes / self.value(Nodes) / e.paid_share * e.output_rate;
                let rates = format!("{} / {}", number::plain(served), number::plain(e.output_rate));
                ("nodes' = nodes · paid share · y with all served / y", rates)
            } else {
                let loss = format!("1 / (1 − {})", number::percent(e.batching_loss));
                ("nodes' = nodes · paid share / (1 − λ)", loss)
            };
            let numbers = format!("{} · {paid} · {numbers}", self.shown(Nodes)).replace(" · 1 / (", " / (");
            let result = (nodes, number::count(nodes));
            self.step(
                "Nodes the paid tokens need",
                (symbols, numbers),
                result,
                &[Nodes.into(), BatchingLoss.into()],
            );
        }
        let inputs: &[InputId] = if shrunk { &[] } else { &[Nodes.into()] };
        let day = |rate: f64| format!("{} · 86,400 · {}", number::money(rate), number::count(nodes));
        let money = |value: f64| (value, format!("{} a day", number::money(value)));
        self.step("Revenue a day", ("R · 86,400 · nodes", day(e.revenue())), money(revenue), inputs);
        self.step("Cost a day", ("c · 86,400 · nodes", day(e.cost)), money(cost), &[]);
        let numbers = format!("{} − {}", number::money(revenue), number::money(cost));
        self.step("Profit a day", ("revenue − cost", numbers), money(profit), &[]);
        if self.value(OtherCostPerDay) > 0.0
            && let Some(operating) = outputs.get(Output::OperatingProfitPerDay)
        {
            let numbers = format!("{} − {}", number::money(profit), self.shown(OtherCostPerDay));
            let input = [OtherCostPerDay.into()];
            self.step("Operating profit a day", ("profit − other costs", numbers), money(operating), &input);
        }
    }
}

/// A time in the unit that suits it: `67.6 µs`.
pub(super) fn duration(seconds: f64) -> String {
    const UNITS: [(f64, &str); 4] = [(1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];
    let (size, name) = UNITS.into_iter().find(|(size, _)| seconds >= *size).unwrap_or((1e-9, "ns"));
    if seconds == 0.0 { "0 s".to_owned() } else { format!("{} {name}", number::plain(seconds / size)) }
}

#[cfg(test)]
mod tests;
