//! A line for every GPU, through its cheapest measured points.

use std::collections::BTreeSet;

use super::row::HardwareLine;
use crate::analysis::{Lengths, RentFrom, front};
use crate::book::most_frequent;

/// The lengths that are compared first: 8k in, 1k out.
pub const FIRST_LENGTHS: Lengths = Lengths { tokens_in: 8192.0, tokens_out: 1024.0 };

/// The cheapest measured points of a GPU.
#[derive(Clone, Debug, PartialEq)]
pub struct GpuCurve {
    /// The GPU.
    pub gpu: String,
    /// Whether the book has a rent for it.
    pub listed: bool,
    /// Speed per user and cost per million tokens, in ascending order of speed.
    pub points: Vec<(f64, f64)>,
}

/// The lines of the model with most rows; with every pair of lengths those of 8k in, 1k out.
pub(super) fn curves(rows: &[HardwareLine], lengths: Option<Lengths>) -> Vec<GpuCurve> {
    let lengths = lengths.unwrap_or(FIRST_LENGTHS);
    let known = || rows.iter().filter(|row| row.rate.lengths() == Some(lengths));
    let Some(model) = most_frequent(known().map(|row| &*row.rate.model)) else { return Vec::new() };
    let of_model = || known().filter(|row| row.rate.model == model);
    let gpus: BTreeSet<&str> = of_model().map(|row| &*row.rate.gpu).collect();
    let curve = |gpu: &str| {
        let rows = || of_model().filter(|row| row.rate.gpu == gpu);
        let points = rows().filter_map(|row| Some((row.rate.speed?, row.result.cost_per_m_tokens?, 0)));
        GpuCurve {
            gpu: gpu.to_owned(),
            listed: rows().any(|row| row.result.gpu_hour_from == RentFrom::Book),
            points: front(points).into_iter().map(|(speed, cost, _)| (speed, cost)).collect(),
        }
    };
    gpus.into_iter().map(curve).filter(|curve| !curve.points.is_empty()).collect()
}
