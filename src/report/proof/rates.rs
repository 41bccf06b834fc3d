//! The part of the derivation that comes from the mix of tokens to node time and rates.

use super::{Derivation, duration};
use crate::model::{Economics, Global, InputId, MeanPrices, TierField, Unit};
use crate::quantity::number;

impl Derivation<'_> {
    /// Input tokens per output token and hit ratio over all tiers, where some have their own.
    pub(super) fn mix(&mut self, e: &Economics, mean: &MeanPrices) {
        let tiers = self.weighted();
        if !self.has_own_shapes() {
            return;
        }
        let all: f64 = tiers.iter().map(|tier| self.value(InputId::Tier(*tier, TierField::Share))).sum();
        let (mut ratios, mut hits, mut inputs) = (Vec::new(), Vec::new(), Vec::new());
        for tier in tiers {
            let weight = self.value(InputId::Tier(tier, TierField::Share)) / all;
            let mut shape = |field, of_all: Global| {
                let own = InputId::Tier(tier, field);
                let id = if self.scenario().get(own).is_some() { own } else { of_all.into() };
                if !inputs.contains(&id) {
                    inputs.push(id);
                }
                (self.value(id), self.shown(id))
            };
            let (r, shown) = shape(TierField::InputPerOutput, Global::InputPerOutput);
            ratios.push(format!("{} · {shown}", number::percent(weight)));
            let (_, shown) = shape(TierField::HitRatio, Global::HitRatio);
            hits.push(format!("{} · {shown}", number::percent(weight * r / e.input)));
        }
        let result = (e.input, number::plain(e.input));
        self.step("Input ÷ output, mean", ("r = Σ share · r", ratios.join(" + ")), result, &inputs);
        if e.input > 0.0 {
            let result = (mean.hit_ratio, number::percent(mean.hit_ratio));
            let symbols = "h = Σ share of the input · h";
            self.step("Hit ratio, mean", (symbols, hits.join(" + ")), result, &[]);
        }
    }

    /// Whether a tier that is served has a ratio or hit ratio of its own.
    pub(super) fn has_own_shapes(&self) -> bool {
        self.any_own_shapes(self.weighted())
    }

    pub(super) fn any_own_shapes(&self, tiers: impl IntoIterator<Item = u8>) -> bool {
        tiers.into_iter().any(|tier| {
            [TierField::InputPerOutput, TierField::HitRatio]
                .into_iter()
                .any(|field| self.scenario().get(InputId::Tier(tier, field)).is_some())
        })
    }

    /// Input tokens per output token as they stand in an equation.
    fn ratio(&self, e: &Economics) -> String {
        if self.has_own_shapes() { number::plain(e.input) } else { self.shown(Global::InputPerOutput) }
    }

    /// The hit ratio as it stands in an equation.
    pub(super) fn hit_ratio(&self, mean: &MeanPrices) -> String {
        if self.has_own_shapes() { number::percent(mean.hit_ratio) } else { self.shown(Global::HitRatio) }
    }

    /// Node time per output token.
    pub(super) fn work(&mut self, e: &Economics, mean: &MeanPrices) {
        use Global::{
            BatchingLoss, Decode, HitRatio, HitWork, InputPerOutput, MeasuredHitRatio, Overlap, Prefill,
        };
        let (loss_symbol, loss, loss_input) = if e.batching_loss > 0.0 {
            (" · (1 − λ)", format!(" · (1 − {})", self.shown(BatchingLoss)), vec![BatchingLoss.into()])
        } else {
            ("", String::new(), vec![])
        };
        let mut inputs = vec![Decode.into()];
        inputs.extend(&loss_input);
        let numbers = if loss.is_empty() {
            format!("1 / {}", self.shown(Decode))
        } else {
            format!("1 / ({}{loss})", self.shown(Decode))
        };
        let symbols =
            if loss.is_empty() { "a = 1 / D".to_owned() } else { format!("a = 1 / (D{loss_symbol})") };
        self.step("Decode, per output token", (symbols, numbers), seconds(e.decode_time), &inputs);

        if self.scenario().get(Prefill.into()).is_none() {
            let result = (e.busy_time, duration(e.busy_time));
            self.step("Node time per output token", ("τ = a", duration(e.decode_time)), result, &[]);
            self.note("the decode rate already includes prefill");
            return;
        }
        let work = |h: f64, kappa: f64| (1.0 - h) + h * kappa;
        let (h, h0, kappa) = (self.hit_ratio(mean), self.shown(MeasuredHitRatio), self.shown(HitWork));
        let result = (mean.work, format!("{} of a miss", number::percent(mean.work)));
        let numbers = format!("(1 − {h}) + {h} · {kappa}");
        let inputs = [HitRatio.into(), HitWork.into()];
        self.step("Work of the mean input token", ("W(h) = (1 − h) + h·κ", numbers), result, &inputs);
        let measured = work(self.value(MeasuredHitRatio), self.value(HitWork));
        let mut inputs = vec![Prefill.into()];
        if self.value(MeasuredHitRatio) != mean.hit_ratio {
            let result = (measured, format!("{} of a miss", number::percent(measured)));
            let numbers = format!("(1 − {h0}) + {h0} · {kappa}");
            let symbols = "W(h₀) = (1 − h₀) + h₀·κ";
            let input = [MeasuredHitRatio.into()];
            self.step("Work when it was measured", (symbols, numbers), result, &input);
        }
        inputs.extend(&loss_input);
        let numbers = format!("1 / ({}{loss} · {})", self.shown(Prefill), number::percent(measured));
        let symbols = format!("m = 1 / (P{loss_symbol} · W(h₀))");
        self.step("Prefill, per missed input token", (symbols, numbers), seconds(e.miss_work), &inputs);
        let numbers =
            format!("{} · {} · {}", self.ratio(e), number::percent(mean.work), duration(e.miss_work));
        let input = [InputPerOutput.into()];
        self.step(
            "Prefill, per output token",
            ("b = r · W(h) · m", numbers),
            seconds(e.prefill_time),
            &input,
        );
        if self.value(MeasuredHitRatio) == mean.hit_ratio {
            self.note("measured at this very hit ratio, so the work cancels: b = r / P");
        }

        let (a, b) = (duration(e.decode_time), duration(e.prefill_time));
        let overlap = self.value(Overlap);
        let equation = if overlap == 0.0 {
            ("τ = a + b", format!("{a} + {b}"))
        } else if overlap == 1.0 {
            ("τ = max(a, b)", format!("max({a}, {b})"))
        } else {
            let numbers = format!("max({a}, {b}) + (1 − {}) · min({a}, {b})", self.shown(Overlap));
            ("τ = max(a, b) + (1 − ω) · min(a, b)", numbers)
        };
        let result = (e.busy_time, duration(e.busy_time));
        self.step("Node time per output token", equation, result, &[Overlap.into()]);
        if overlap == 0.0 {
            self.note("one phase at a time");
        } else if overlap == 1.0 {
            self.note("both phases at full rate at once");
        }
    }

    /// Tokens per second and paid node.
    pub(super) fn rates(&mut self, e: &Economics) {
        use Global::Utilization;
        let rate = |rate: f64| (rate, number::with_unit(rate, Unit::TokensPerSecond));
        let numbers = format!("{} / {}", self.shown(Utilization), duration(e.busy_time));
        self.step("Output rate", ("y = u / τ", numbers), rate(e.output_rate), &[Utilization.into()]);
        let numbers = format!("{} · {}", self.ratio(e), number::plain(e.output_rate));
        self.step("Input rate", ("x = r · y", numbers), rate(e.input_rate), &[]);
    }
}

/// A time with its digits.
fn seconds(value: f64) -> (f64, String) {
    (value, duration(value))
}
