//! Rates of InferenceX: measured points of curves, speed per user against output per GPU.

use napkin::analysis::Rate;
use napkin::book::{gpu_id, model_id};
use serde_json::Value;

/// How far the ratio of a point may be off that of its label.
const MOST_OFF: f64 = 1.5;

/// Every point of every curve whose two rates fit its label.
pub(super) fn rates(curves: &[u8]) -> Vec<Rate> {
    let curves: Value = serde_json::from_slice(curves).expect("JSON");
    let series = curves["series"].as_array().expect("series");
    series
        .iter()
        .flat_map(|curve| curve["points"].as_array().expect("points").iter().map(move |point| (curve, point)))
        .filter_map(|(curve, point)| rate(curve, point))
        .collect()
}

/// One point; `None` when its ratio of input to output is not the one it is labelled with.
pub(super) fn rate(curve: &Value, point: &Value) -> Option<Rate> {
    let words = |value: &Value, key: &str| value[key].as_str().expect(key).to_owned();
    let number = |value: &Value, key: &str| value[key].as_f64().expect(key);
    let (tokens_in, tokens_out) = (number(curve, "isl"), number(curve, "osl"));
    let labelled = tokens_in / tokens_out;
    let gpus = number(point, "gpus");
    let (prefill, decode, input_per_output) = if curve["disagg"] == true {
        // The whole deployment: the GPUs of both pools at both rates, one phase at a time.
        let (prefill_gpus, decode_gpus) = (number(point, "pgpus"), number(point, "dgpus"));
        let (prefill, decode) = (number(point, "pre"), number(point, "dec"));
        let ratio = prefill * prefill_gpus / (decode * decode_gpus);
        let off = (ratio / labelled).max(labelled / ratio);
        if off > MOST_OFF {
            let what = format!("{} on {}, run {}", words(curve, "model"), words(curve, "gpu"), point["run"]);
            super::left_out(&what, &format!("{ratio:.2} in per token out, labelled {labelled:.2}"));
            return None;
        }
        let all = prefill_gpus + decode_gpus;
        (Some(tenths(prefill * all)), tenths(decode * all), ratio)
    } else {
        (None, tenths(number(point, "out") * gpus), labelled)
    };
    let copied = curve["origin"] == "nvidia";
    Some(Rate {
        model: model_id(&words(curve, "model")),
        gpu: gpu_id(&words(curve, "gpu")),
        gpus,
        precision: words(curve, "prec"),
        engine: words(point, "fw") + if curve["mtp"] == true { " mtp" } else { "" },
        by: "InferenceX".to_owned(),
        tokens_in: Some(tokens_in),
        tokens_out: Some(tokens_out),
        speed: Some(number(point, "user")),
        prefill,
        decode,
        input_per_output,
        source: if copied {
            "InferenceX, via aiconfigurator".to_owned()
        } else {
            format!("InferenceX run {}", point["run"])
        },
        date: words(point, "date"),
    })
}

/// Rates are published to a tenth; so are their multiples.
fn tenths(rate: f64) -> f64 {
    (rate * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use napkin::analysis::on_hardware;
    use napkin::model::{Output, evaluate};
    use napkin::preset::builtin;

    /// The disaggregated curves, as published.
    const CURVES: &[u8] = include_bytes!("../../tests/books/inferencex_disaggregated.json");

    #[test]
    fn a_disaggregated_point_gives_the_output_it_was_published_with() {
        let start = builtin::load("deepseek-day6").expect("shipped").content.scenario;
        let curves: Value = serde_json::from_slice(CURVES).expect("JSON");
        let (mut close, mut slow, mut left_out) = (0, 0, 0);
        for curve in curves["series"].as_array().expect("series") {
            for point in curve["points"].as_array().expect("points") {
                let Some(rate) = rate(curve, point) else {
                    left_out += 1;
                    continue;
                };
                let outputs = evaluate(&on_hardware(&start, 0, &rate, 2.0).expect("valid"));
                let output = outputs.get(Output::OutputRate).expect("defined") / rate.gpus;
                let published = point["out"].as_f64().expect("out");
                if published >= 100.0 {
                    assert!((output / published - 1.0).abs() < 1e-3, "{output} is not {published}: {rate:?}");
                    close += 1;
                } else {
                    // Figures to a tenth, and what a tenth of a decode GPU's rate makes of them.
                    assert!((output - published).abs() <= 0.1, "{output} is not {published}: {rate:?}");
                    slow += 1;
                }
            }
        }
        // The one that is left out was published with 253.9 tokens a second and GPU.
        assert_eq!((close, slow, left_out), (149, 95, 1));
    }
}
