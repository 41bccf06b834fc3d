//! Rates of MLPerf Inference: output of whole systems, with the reading of prompts inside.

use napkin::analysis::Rate;
use napkin::book::{gpu_id, model_id};
use serde_json::Value;

/// Every result of a system with GPUs of one kind.
pub(super) fn rates(results: &[u8]) -> Vec<Rate> {
    let results: Value = serde_json::from_slice(results).expect("JSON");
    let rows = results["rows"].as_array().expect("rows").iter();
    rows.filter_map(|row| rate(row, &results["meta"]["mean_output_tokens"])).collect()
}

fn rate(row: &Value, mean_output: &Value) -> Option<Rate> {
    let words = |key: &str| row[key].as_str().expect(key).to_owned();
    let (id, gpu, model) = (words("id"), words("gpu"), words("model"));
    if gpu.contains('+') {
        super::left_out(&format!("MLPerf {id}, {model}"), &format!("mixed GPUs, {gpu}"));
        return None;
    }
    let accuracy = row["acc"].as_str().map(|target| format!(", accuracy {target} %")).unwrap_or_default();
    let date = if id.starts_with("5.1") { "2025-09-09" } else { "2026-03-26" };
    Some(Rate {
        model: model_id(&model),
        gpu: gpu_id(&gpu),
        gpus: row["gpus"].as_f64().expect("gpus"),
        precision: words("prec"),
        engine: words("scenario"),
        by: words("by"),
        tokens_in: None,
        tokens_out: row["out_len"].as_f64().or_else(|| mean_output[&model].as_f64()),
        speed: row["user_tok_s"].as_f64(),
        prefill: None,
        decode: row["out_tok_s"].as_f64().expect("out_tok_s"),
        input_per_output: 0.0,
        source: format!("MLPerf {id}{accuracy}"),
        date: date.to_owned(),
    })
}
