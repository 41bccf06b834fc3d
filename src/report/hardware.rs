//! What a million tokens cost at measured rates.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::drawn::with_margins;
use super::models::{Models, asked, holds, some};
use super::{Cell, Drawn, Report, Table};
use crate::analysis::{Lengths, Rate, RentFrom, hardware, hardware_edits, main_tier};
use crate::book::{Books, Filter, most_frequent};
use crate::model::{Global, InputId, Output, Unit, evaluate};
use crate::preset::{Document, Sourced};

mod curve;
mod question;
mod row;

use curve::curves;
pub use curve::{FIRST_LENGTHS, GpuCurve};
use question::Question;
pub use question::RentChoice;
use row::tokens;
pub use row::{HardwareLine, lengths_in_brief, lengths_in_words};

/// Which rates are asked about.
#[derive(Clone, Copy, Debug, Default)]
pub struct HardwareQuery<'a> {
    /// Only models of this name, every one if it is empty; the preset's if not said.
    pub model: Option<&'a str>,
    /// Only GPUs of this name.
    pub gpu: Option<&'a str>,
    /// Words that model, GPU, format, engine and who measured it together have to hold; none for every row.
    pub words: &'a str,
    /// Only rows at which a user sees at least this many tokens a second.
    pub speed: Option<f64>,
    /// Only requests of these lengths; rows of unknown lengths stay.
    pub lengths: Option<Lengths>,
    /// At whose prices; the largest tier's if not said.
    pub tier: Option<u8>,
    /// At which rent.
    pub rent: RentChoice,
}

/// Measured rates, the cheapest tokens first.
#[derive(Clone, Debug, Serialize)]
pub struct HardwareReport {
    /// The preset as the command line takes it.
    pub preset: String,
    /// The books of rates and rents.
    pub books: Vec<BookDate>,
    /// The rows.
    pub rows: Vec<HardwareLine>,
    /// The line of every GPU, whatever the speed asked for.
    #[serde(skip)]
    pub curves: Vec<GpuCurve>,
    /// Cost of a million tokens in what is open.
    #[serde(skip)]
    pub present_cost: Option<f64>,
    /// At whose prices.
    #[serde(skip)]
    pub tier: u8,
    /// Whose rents.
    #[serde(skip)]
    offers: String,
    #[serde(skip)]
    question: Question,
}

/// A book and the day it stands for.
#[derive(Clone, Debug, Serialize)]
pub struct BookDate {
    name: String,
    date: String,
}

impl HardwareReport {
    /// The rates of the book at their rents, at the prices that are open.
    pub fn of(document: &Document, books: &Books, query: HardwareQuery<'_>) -> Self {
        let scenario = document.scenario();
        let tier = query.tier.unwrap_or_else(|| main_tier(scenario));
        let all = &books.rates().rows;
        let models = Models::of(query.model, document, || all.iter().map(|rate| &*rate.model));
        let gpu = query.gpu.map_or(Filter::All, |text| Filter::gpu(text, all.iter().map(|rate| &*rate.gpu)));
        let matches = |rate: &&Arc<Rate>| {
            models.takes(&rate.model)
                && gpu.takes(&rate.gpu)
                && holds(query.words, &[&rate.model, &rate.gpu, &rate.precision, &rate.engine, &rate.by])
                && query.lengths.is_none_or(|lengths| rate.lengths().is_none_or(|these| these == lengths))
        };
        let rates: Vec<Arc<Rate>> = all.iter().filter(matches).cloned().collect();
        let mut medians: HashMap<&str, Option<f64>> = HashMap::new();
        if query.rent == RentChoice::Book {
            for rate in &rates {
                medians.entry(&rate.gpu).or_insert_with(|| books.rents().median(&rate.gpu));
            }
        }
        let rent = |gpu: &str| medians.get(gpu).copied().flatten();
        let mut rows: Vec<HardwareLine> = hardware(scenario, tier, &rates, rent)
            .into_iter()
            .filter_map(|result| Some(HardwareLine::of(rates.get(result.rate)?, result)))
            .collect();
        let curves = curves(&rows, query.lengths);
        rows.retain(|row| query.speed.is_none_or(|least| row.rate.speed.is_some_and(|speed| speed >= least)));
        let book = |head: &crate::book::Head| BookDate { name: head.name.clone(), date: head.date.clone() };
        let known = || rows.iter().filter(|row| row.rate.lengths().is_some());
        let focus = most_frequent(known().map(|row| &*row.rate.model))
            .or_else(|| most_frequent(rows.iter().map(|row| &*row.rate.model)));
        let of_focus = |lengths: &Lengths| {
            known().any(|row| Some(&*row.rate.model) == focus && row.rate.lengths() == Some(*lengths))
        };
        let lengths = query.lengths.or_else(|| {
            Some(FIRST_LENGTHS).filter(of_focus).or_else(|| known().find_map(|row| row.rate.lengths()))
        });
        let question = Question {
            others: rows.iter().filter(|row| Some(&*row.rate.model) != focus).count(),
            focus: focus.map(str::to_owned),
            lengths,
            speed: query.speed,
            rent: query.rent,
            present: scenario.get(Global::GpuHour.into()).unwrap_or(0.0),
            notice: models.notice("rates"),
            asked: asked(&[
                ("model", models.asked.as_deref()),
                ("GPU", query.gpu),
                ("words", some(query.words)),
            ]),
        };
        Self {
            preset: document.base().origin.id(),
            books: vec![book(&books.rates().head), book(&books.rents().head)],
            offers: books.rents().head.name.clone() + ", " + &books.rents().head.date,
            present_cost: evaluate(scenario).get(Output::CostPerMTokens),
            curves,
            rows,
            tier,
            question,
        }
    }

    /// Whether all rows are of one model.
    pub const fn is_about_one_model(&self) -> bool {
        self.question.others == 0
    }

    /// The row the sentence names.
    pub fn cheapest(&self) -> Option<&HardwareLine> {
        self.question.cheapest(&self.rows)
    }

    /// What opening a row sets, each value with its source: the very scenario its margin was computed from.
    pub fn opening(&self, row: &HardwareLine) -> Vec<Sourced> {
        let derived = if row.rate.lengths().is_none() { "; derived, not verified by MLCommons" } else { "" };
        let measured = format!("{}, {}{derived}", row.rate.source, row.rate.date);
        let source = |id| match id {
            InputId::Global(Global::GpuHour) => {
                format!("median of the offers of {} on demand, {}", row.rate.gpu, self.offers)
            }
            InputId::Global(
                Global::Gpus
                | Global::Prefill
                | Global::Decode
                | Global::Overlap
                | Global::InputPerOutput
                | Global::HitRatio
                | Global::MeasuredHitRatio,
            ) => measured.clone(),
            _ => "assumption".to_owned(),
        };
        let edits = hardware_edits(self.tier, &row.rate, row.result.gpu_hour);
        edits.map(|(id, value)| Sourced { id, value, source: source(id) }).collect()
    }
}

impl Report for HardwareReport {
    fn conclusion(&self) -> String {
        self.question.conclusion(&self.rows)
    }

    fn short(&self) -> String {
        self.question.short(&self.rows).unwrap_or_else(|| self.conclusion())
    }

    fn table(&self) -> Table {
        let length = |count: f64| Cell::Worded(count, tokens(count));
        let speed = |speed: f64| Cell::Number(speed, Unit::TokensPerSecond);
        Table::of(
            &self.rows,
            &[
                ("model", &|row| Cell::text(&row.rate.model)),
                ("gpu", &|row| Cell::text(&row.rate.gpu)),
                ("gpus", &|row| Cell::Number(row.rate.gpus, Unit::Count)),
                ("precision", &|row| Cell::text(&row.rate.precision)),
                ("engine", &|row| Cell::text(&row.rate.engine)),
                ("tokens_in", &|row| row.rate.tokens_in.map(length).unwrap_or_default()),
                ("tokens_out", &|row| row.rate.tokens_out.map(length).unwrap_or_default()),
                ("speed", &|row| row.rate.speed.map(speed).unwrap_or_default()),
                ("cost_per_m_tokens", &|row| {
                    Cell::number(row.result.cost_per_m_tokens, Unit::DollarsPerMillion)
                }),
                ("gross_margin", &|row| Cell::number(row.result.gross_margin, Unit::Share)),
                ("gpu_hour", &|row| Cell::Number(row.result.gpu_hour, Unit::DollarsPerGpuHour)),
                ("gpu_hour_from", &|row| {
                    Cell::text(match row.result.gpu_hour_from {
                        RentFrom::Book => "book",
                        RentFrom::Present => "present",
                    })
                }),
                ("by", &|row| Cell::text(&row.rate.by)),
                ("source", &|row| Cell::text(&row.rate.source)),
                ("date", &|row| Cell::text(&row.rate.date)),
                ("note", &|row| Cell::text(row.note())),
            ],
        )
    }

    fn drawn(&self) -> Option<Drawn> {
        let table = self.table();
        let margins = table.values("gross_margin");
        let names =
            ["gpu", "gpus", "precision", "engine", "speed", "gpu_hour", "cost_per_m_tokens", "gross_margin"];
        Some(with_margins(table.pick(&names, 20), &margins))
    }
}

#[cfg(test)]
mod tests;
