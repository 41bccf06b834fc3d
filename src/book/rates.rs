//! Rates: how fast models run on hardware.

use super::format::{BookName, Cells, Row, cell};
use super::gpu::{gpu_id, is_mixed};
use super::model_id::model_id;
use crate::analysis::Rate;
use crate::model::Global;

impl Row for Rate {
    const BOOK: BookName = BookName::Rates;
    const COLUMNS: &'static [&'static str] = &[
        "model",
        "gpu",
        "gpus",
        "precision",
        "engine",
        "by",
        "tokens_in",
        "tokens_out",
        "speed",
        "prefill",
        "decode",
        "input_per_output",
        "source",
        "date",
    ];

    fn read(cells: &Cells<'_>) -> Result<Self, &'static str> {
        let gpu = cells.some_text("gpu")?;
        if is_mixed(&gpu) {
            return Err("on GPUs of more than one kind");
        }
        let rate = Self {
            model: model_id(&cells.some_text("model")?),
            gpu: gpu_id(&gpu),
            gpus: cells.number("gpus")?.ok_or("without a number of GPUs")?,
            precision: cells.text("precision")?,
            engine: cells.text("engine")?,
            by: cells.text("by")?,
            tokens_in: cells.number("tokens_in")?,
            tokens_out: cells.number("tokens_out")?,
            speed: cells.number("speed")?.filter(|speed| *speed > 0.0),
            prefill: cells.number("prefill")?,
            decode: cells.number("decode")?.ok_or("without a decode rate")?,
            input_per_output: cells.number("input_per_output")?.unwrap_or(0.0),
            source: cells.text("source")?,
            date: cells.date()?,
        };
        let fits = |global: Global, value: Option<f64>| global.parameter().domain.contains(value);
        if !fits(Global::Gpus, Some(rate.gpus)) {
            return Err("with a number of GPUs that no node has");
        }
        if !fits(Global::Prefill, rate.prefill) || !fits(Global::Decode, Some(rate.decode)) {
            return Err("with a rate of 0");
        }
        Ok(rate)
    }

    fn write(&self) -> Vec<String> {
        vec![
            self.model.clone(),
            self.gpu.clone(),
            cell(Some(self.gpus)),
            self.precision.clone(),
            self.engine.clone(),
            self.by.clone(),
            cell(self.tokens_in),
            cell(self.tokens_out),
            cell(self.speed),
            cell(self.prefill),
            cell(Some(self.decode)),
            cell(Some(self.input_per_output)),
            self.source.clone(),
            self.date.clone(),
        ]
    }
}
