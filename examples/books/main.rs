//! Makes the books that ship from what they were published as: `cargo run --example books -- DIR`.
//!
//! DIR holds `models_dev_api.json`, `inferencex_curves.json`, `mlperf_llm_rates.json` and `gpu_rents.csv`, whose
//! sources the heads of the books name. What is left out, and why, is told on standard error.

#![allow(clippy::expect_used, reason = "a source that is not what it was is for a person to look at")]

mod inferencex;
mod mlperf;
mod prices;
mod rents;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use napkin::analysis::Rate;
use napkin::book::{Book, Head};

fn main() -> std::io::Result<()> {
    let from = PathBuf::from(std::env::args_os().nth(1).expect("the directory of the sources"));
    let read = |name: &str| std::fs::read(from.join(name));
    let to = Path::new(env!("CARGO_MANIFEST_DIR")).join("books");
    let prices = prices::book(&read("models_dev_api.json")?);
    std::fs::write(to.join("prices.csv"), prices.to_csv())?;
    let mut rows = inferencex::rates(&read("inferencex_curves.json")?);
    rows.extend(mlperf::rates(&read("mlperf_llm_rates.json")?));
    std::fs::write(to.join("rates.csv"), rates(rows).to_csv())?;
    std::fs::write(to.join("rents.csv"), rents::book(&read("gpu_rents.csv")?).to_csv())
}

/// The book of rates.
fn rates(rows: Vec<Rate>) -> Book<Rate> {
    let head = Head {
        name: "InferenceX and MLPerf Inference".to_owned(),
        source: "InferenceX by SemiAnalysis (https://github.com/SemiAnalysisAI/InferenceX): API captures of 2026-05-05 and \
                 2026-06-14 as copied in public test fixtures, and single-node rows from NVIDIA aiconfigurator (ai-dynamo/aiconfigurator, \
                 commit 095f58a, 2026-08-21); MLPerf Inference v5.1 (mlcommons/inference_results_v5.1, commit 965182b, 2025-09-09) \
                 and v6.0 (mlcommons/inference_results_v6.0, commit ab33b21, 2026-03-26), closed division, datacenter"
            .to_owned(),
        date: "2026-08-21".to_owned(),
        licence: "Apache-2.0 (the repository of MLPerf v5.1 carries no licence file of its own). Data from InferenceX (https://github.com/SemiAnalysisAI/InferenceX), Copyright 2026 SemiAnalysis LLC. \
                  MLPerf is a trademark of MLCommons; figures per GPU, per user and in dollars are derived, not verified by MLCommons"
            .to_owned(),
    };
    Book { head, rows: rows.into_iter().map(Arc::new).collect() }
}

/// Tells what was left out.
fn left_out(what: &str, why: &str) {
    eprintln!("left out: {what}: {why}");
}
