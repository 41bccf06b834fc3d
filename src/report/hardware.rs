//! What a million tokens cost at measured rates.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde::Serialize;

use super::drawn::from_zero;
use super::models::{Models, asked, holds, some};
use super::{Cell, Drawn, Report, Table, Tone};
use crate::analysis::{HardwareRow, Lengths, Rate, RentFrom, front, hardware, hardware_edits, main_tier};
use crate::book::{Books, Filter, most_frequent, short_model_name};
use crate::model::{Global, InputId, Output, Unit, evaluate};
use crate::preset::{Document, Sourced};
use crate::quantity::number;

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

/// The rent that rows are costed at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum RentChoice {
    /// The median of the book, where it has one.
    #[default]
    Book,
    /// The present scenario's.
    Present,
}

/// The lengths that are compared first: 8k in, 1k out.
pub const FIRST_LENGTHS: Lengths = Lengths { tokens_in: 8192.0, tokens_out: 1024.0 };

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
fn curves(rows: &[HardwareLine], lengths: Option<Lengths>) -> Vec<GpuCurve> {
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

/// A book and the day it stands for.
#[derive(Clone, Debug, Serialize)]
pub struct BookDate {
    name: String,
    date: String,
}

/// What the sentence answers.
#[derive(Clone, Debug, Default)]
struct Question {
    /// The model that it is about.
    focus: Option<String>,
    /// How many rows there are of other models.
    others: usize,
    lengths: Option<Lengths>,
    speed: Option<f64>,
    rent: RentChoice,
    /// The present rent.
    present: f64,
    /// What is to be said first.
    notice: String,
    /// What was asked for, where there is nothing.
    asked: String,
}

/// One measured row and what it comes to.
#[derive(Clone, Debug, Serialize)]
pub struct HardwareLine {
    /// The row of the book.
    #[serde(flatten)]
    pub rate: Arc<Rate>,
    /// Whether the decode rate holds the reading of prompts.
    pub prefill_inside: bool,
    /// What it comes to.
    #[serde(flatten)]
    pub result: HardwareRow,
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

    /// The rows the sentence is about, the cheapest first.
    fn compared(&self) -> impl Iterator<Item = &HardwareLine> {
        let Question { focus, lengths, .. } = &self.question;
        self.rows.iter().filter(move |row| {
            Some(&row.rate.model) == focus.as_ref() && lengths.is_some() && row.rate.lengths() == *lengths
        })
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

    /// The row the sentence names.
    pub fn cheapest(&self) -> Option<&HardwareLine> {
        let listed = self.compared().find(|row| row.result.gpu_hour_from == RentFrom::Book);
        listed.or_else(|| self.compared().next())
    }
}

impl HardwareLine {
    fn of(rate: &Arc<Rate>, result: HardwareRow) -> Self {
        Self { prefill_inside: rate.prefill.is_none(), rate: Arc::clone(rate), result }
    }

    /// What has to be said beside the row.
    fn note(&self) -> &'static str {
        if self.rate.lengths().is_none() {
            "per M output tokens; derived, not verified by MLCommons"
        } else {
            ""
        }
    }
}

/// `8k in, 1k out`.
pub fn lengths_in_words(lengths: Lengths) -> String {
    format!("{} in, {} out", tokens(lengths.tokens_in), tokens(lengths.tokens_out))
}

/// A length in binary thousands where it is one: `8k`.
fn tokens(count: f64) -> String {
    let thousands = count / 1024.0;
    if thousands >= 1.0 && libm::trunc(thousands) == thousands {
        format!("{thousands}k")
    } else {
        number::plain(count)
    }
}

/// Dollars to the two digits that a comparison of benchmarks bears.
fn about(dollars: f64) -> String {
    if dollars >= 0.095 { format!("${}", number::places(dollars, 2)) } else { number::money(dollars) }
}

impl HardwareReport {
    fn verdict(&self) -> String {
        let Question { focus, lengths, speed, rent, present, asked, .. } = &self.question;
        let Some(focus) = focus else {
            let speed = speed.map(|speed| format!("{} tok/s a user or more", number::plain(speed)));
            let asked: Vec<&str> = [Some(asked.as_str()).filter(|asked| !asked.is_empty()), speed.as_deref()]
                .into_iter()
                .flatten()
                .collect();
            return match asked[..] {
                [] => "The book of rates has no such row.".to_owned(),
                _ => format!("The book of rates has no row for {}.", asked.join(", ")),
            };
        };
        let model = short_model_name(focus);
        let (Some(row), Some(lengths)) = (self.cheapest(), lengths) else {
            return match lengths {
                Some(lengths) => {
                    format!("No rate of {model} at {} was measured.", lengths_in_words(*lengths))
                }
                None => format!(
                    "Rates of {model} are known without the length of requests, so costs are per M output tokens: \
                     derived, not verified by MLCommons."
                ),
            };
        };
        let Some(cost) = row.result.cost_per_m_tokens else {
            return format!("What {model} costs cannot be computed here.");
        };
        let what = match (speed, row.rate.speed) {
            (Some(least), _) => format!(
                "{model} at {} and {} tok/s a user or more costs least on {}",
                lengths_in_words(*lengths),
                number::plain(*least),
                row.rate.gpu
            ),
            (None, Some(speed)) => format!(
                "{model} at {} costs least on {}, at {} tok/s a user",
                lengths_in_words(*lengths),
                row.rate.gpu,
                number::plain(speed)
            ),
            (None, None) => {
                format!("{model} at {} costs least on {}", lengths_in_words(*lengths), row.rate.gpu)
            }
        };
        let cost = about(cost);
        match (row.result.gpu_hour_from, rent) {
            (RentFrom::Book, _) => format!(
                "Of GPUs with a listed rent, {what}: {cost} per M tokens at {} a GPU-hour.",
                number::money(row.result.gpu_hour)
            ),
            (RentFrom::Present, RentChoice::Book) => format!(
                "No GPU here has a listed rent; at the present {} a GPU-hour {what}: {cost} per M tokens.",
                number::money(*present)
            ),
            (RentFrom::Present, RentChoice::Present) => {
                format!(
                    "At the present {} a GPU-hour, whatever the GPU, {what}: {cost} per M tokens.",
                    number::money(*present)
                )
            }
        }
    }
}

impl Report for HardwareReport {
    fn conclusion(&self) -> String {
        self.question.notice.clone() + &self.verdict()
    }

    fn short(&self) -> String {
        let Question { focus, speed, rent, present, notice, .. } = &self.question;
        let cheapest = self.cheapest().and_then(|row| Some((row, row.result.cost_per_m_tokens?)));
        let (Some(focus), Some((row, cost))) = (focus, cheapest) else { return self.conclusion() };
        let who = match (row.result.gpu_hour_from, rent) {
            (RentFrom::Book, _) => format!("Of listed GPUs {}", row.rate.gpu),
            (RentFrom::Present, _) => format!("At {}/GPU·h {}", number::money(*present), row.rate.gpu),
        };
        // Speed and lengths stand in the picture.
        let speed = speed.or(row.rate.speed).map(|speed| format!(" at {} tok/s", number::plain(speed)));
        let (model, speed) = (short_model_name(focus), speed.unwrap_or_default());
        format!("{notice}{who} serves {model}{speed} cheapest: {} per M tokens.", about(cost))
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
        let bars = from_zero(&table.values("cost_per_m_tokens"), Tone::Plain);
        let names =
            ["gpu", "gpus", "precision", "engine", "speed", "gpu_hour", "gross_margin", "cost_per_m_tokens"];
        Some(Drawn::new(table.pick(&names, 20), "cost", bars))
    }
}

#[cfg(test)]
mod tests;
