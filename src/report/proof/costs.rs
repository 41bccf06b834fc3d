//! The part of the derivation that comes to what tokens and queries cost and bring, and to the energy they take.

use super::{Derivation, duration};
use crate::model::{Economics, Global, MeanPrices, Output, Outputs, Unit};
use crate::quantity::number;

impl Derivation<'_> {
    /// Cost and margin of a million tokens of each kind.
    pub(super) fn unit_costs(&mut self, e: &Economics, mean: &MeanPrices, outputs: &Outputs) {
        let input_time = mean.work * e.miss_work;
        self.unit_cost(e, "output tokens", ("a", e.decode_time), outputs.get(Output::CostPerMOutput));
        self.class_margin("output", outputs, Output::CostPerMOutput, e.output_revenue, Output::MarginOutput);
        if e.miss_work <= 0.0 {
            return;
        }
        let miss = outputs.get(Output::CostPerMInputMiss);
        self.unit_cost(e, "missed input tokens", ("m", e.miss_work), miss);
        self.class_margin(
            "missed input",
            outputs,
            Output::CostPerMInputMiss,
            mean.miss,
            Output::MarginInputMiss,
        );
        if let (Some(miss), Some(hit)) = (miss, outputs.get(Output::CostPerMInputHit)) {
            let numbers = format!("{} · {}", self.shown(Global::HitWork), number::money(miss));
            self.step(
                "Cost of 1M cached input tokens",
                ("κ · cost of a miss", numbers),
                per_million(hit),
                &[],
            );
        }
        self.class_margin(
            "cached input",
            outputs,
            Output::CostPerMInputHit,
            mean.hit,
            Output::MarginInputHit,
        );
        self.unit_cost(e, "input tokens", ("W(h) · m", input_time), outputs.get(Output::CostPerMInput));
    }

    /// What a million tokens of a kind cost: the node time they take.
    fn unit_cost(&mut self, e: &Economics, kind: &str, (symbol, time): (&str, f64), value: Option<f64>) {
        let Some(value) = value else { return };
        let (share_symbol, share) = saved(e);
        let symbols = format!("c / u · {symbol}{share_symbol} · 1M");
        let numbers = format!(
            "{} / {} · {}{share} · 1M",
            number::money(e.cost),
            self.shown(Global::Utilization),
            duration(time)
        );
        self.step(&format!("Cost of 1M {kind}"), (symbols, numbers), per_million(value), &[]);
        self.explain_saving(e);
    }

    /// Says what the share of the busy time is, where overlap saves some.
    pub(super) fn explain_saving(&mut self, e: &Economics) {
        if !saved(e).0.is_empty() {
            self.note("s = τ / (a + b): what overlap saves, shared in proportion");
        }
    }

    fn class_margin(&mut self, kind: &str, outputs: &Outputs, cost: Output, price: f64, margin: Output) {
        let (Some(cost), Some(margin)) = (outputs.get(cost), outputs.get(margin)) else { return };
        let numbers = format!("1 − {} / {}", number::money(cost), number::money(price));
        let result = (margin, number::margin(margin));
        self.step(&format!("Margin on {kind}"), ("1 − cost / price", numbers), result, &[]);
    }

    /// Cost and price of a million tokens, input and output together.
    pub(super) fn per_tokens(&mut self, e: &Economics, outputs: &Outputs) {
        let rates = format!("({} + {})", number::plain(e.input_rate), number::plain(e.output_rate));
        for (title, symbol, value, output) in [
            ("Cost of 1M tokens, all kinds", "c", e.cost, Output::CostPerMTokens),
            ("Price of 1M tokens, all kinds", "R", e.revenue(), Output::PricePerMTokens),
        ] {
            let Some(result) = outputs.get(output) else { continue };
            let numbers = format!("{} / {rates} · 1M", number::money(value));
            let symbols = format!("{symbol} / (x + y) · 1M");
            self.step(title, (symbols, numbers), per_million(result), &[]);
        }
    }

    /// Cost and price of a thousand queries, once a query has its tokens.
    pub(super) fn per_queries(&mut self, e: &Economics, outputs: &Outputs) {
        for (title, symbol, value, output) in [
            ("Cost of 1,000 queries", "c", e.cost, Output::CostPer1000Queries),
            ("Price of 1,000 queries", "R", e.revenue(), Output::PricePer1000Queries),
        ] {
            let Some(result) = outputs.get(output) else { continue };
            let numbers = format!(
                "{} / {} · {} · 1,000",
                number::money(value),
                number::plain(e.output_rate),
                self.shown(Global::OutputPerQuery)
            );
            let symbols = format!("{symbol} / y · tokens per query · 1,000");
            let inputs = self.unnamed(&[Global::OutputPerQuery.into()]);
            self.step(title, (symbols, numbers), (result, number::money(result)), &inputs);
        }
    }

    /// Energy, with what it leaves out.
    pub(super) fn energy(&mut self, e: &Economics, outputs: &Outputs) {
        let power = format!("{} · {} kW", self.shown(Global::Gpus), self.shown(Global::Power));
        if let Some(energy) = outputs.get(Output::KwhPerMTokens) {
            let numbers = format!(
                "{power} / 3,600 / ({} + {}) · 1M",
                number::plain(e.input_rate),
                number::plain(e.output_rate)
            );
            let result = (energy, number::with_unit(energy, Unit::KilowattHoursPerMillion));
            let symbols = "GPUs · power / 3,600 / (x + y) · 1M";
            let inputs = self.unnamed(&[Global::Power.into()]);
            self.step("Energy of 1M tokens", (symbols, numbers), result, &inputs);
            self.note(LEFT_OUT);
        }
        if let Some(energy) = outputs.get(Output::WhPerQuery) {
            let numbers = format!(
                "{power} · 1,000 / 3,600 / {} · {}",
                number::plain(e.output_rate),
                self.shown(Global::OutputPerQuery)
            );
            let result = (energy, number::with_unit(energy, Unit::WattHours));
            let symbols = "GPUs · power · 1,000 / 3,600 / y · tokens per query";
            self.step("Energy of a query", (symbols, numbers), result, &[]);
            self.note(LEFT_OUT);
        }
    }
}

/// What a figure of energy leaves out.
const LEFT_OUT: &str =
    "of serving alone: training is not in it, nor cooling and whatever else the power figure leaves out";

/// The part of the busy time that is paid where overlap saves some: in symbols and in numbers.
pub(super) fn saved(e: &Economics) -> (&'static str, String) {
    let saved = e.busy_time / (e.decode_time + e.prefill_time);
    if saved < 1.0 { (" · s", format!(" · {}", number::percent(saved))) } else { ("", String::new()) }
}

/// Dollars per million with every digit, and as a reader wants them.
pub(super) fn per_million(value: f64) -> (f64, String) {
    (value, number::with_unit(value, Unit::DollarsPerMillion))
}
