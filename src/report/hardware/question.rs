//! The sentence about measured rates: what is asked, and which row answers it.

use super::row::{HardwareLine, lengths_in_words};
use crate::analysis::{Lengths, RentFrom};
use crate::book::short_model_name;
use crate::quantity::number;

/// The rent that rows are costed at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum RentChoice {
    /// The median of the book, where it has one.
    #[default]
    Book,
    /// The present scenario's.
    Present,
}

/// What the sentence answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Question {
    /// The model that it is about.
    pub(super) focus: Option<String>,
    /// How many rows there are of other models.
    pub(super) others: usize,
    pub(super) lengths: Option<Lengths>,
    pub(super) speed: Option<f64>,
    pub(super) rent: RentChoice,
    /// The present rent.
    pub(super) present: f64,
    /// What is to be said first.
    pub(super) notice: String,
    /// What was asked for, where there is nothing.
    pub(super) asked: String,
}

impl Question {
    /// The rows the sentence is about, the cheapest first.
    fn compared<'a>(&self, rows: &'a [HardwareLine]) -> impl Iterator<Item = &'a HardwareLine> {
        let Self { focus, lengths, .. } = self;
        rows.iter().filter(move |row| {
            Some(&row.rate.model) == focus.as_ref() && lengths.is_some() && row.rate.lengths() == *lengths
        })
    }

    /// The row the sentence names.
    pub(super) fn cheapest<'a>(&self, rows: &'a [HardwareLine]) -> Option<&'a HardwareLine> {
        let listed = self.compared(rows).find(|row| row.result.gpu_hour_from == RentFrom::Book);
        listed.or_else(|| self.compared(rows).next())
    }

    /// The sentence in full.
    pub(super) fn conclusion(&self, rows: &[HardwareLine]) -> String {
        self.notice.clone() + &self.verdict(rows)
    }

    fn verdict(&self, rows: &[HardwareLine]) -> String {
        let Self { focus, lengths, speed, rent, asked, .. } = self;
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
        let (Some(row), Some(lengths)) = (self.cheapest(rows), lengths) else {
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
        let (gpu, what) = (&row.rate.gpu, format!("{model} at {}", lengths_in_words(*lengths)));
        let what = match (speed, row.rate.speed) {
            (Some(least), _) => {
                format!("{what} and {} tok/s a user or more costs least on {gpu}", number::plain(*least))
            }
            (None, Some(speed)) => {
                format!("{what} costs least on {gpu}, at {} tok/s a user", number::plain(speed))
            }
            (None, None) => format!("{what} costs least on {gpu}"),
        };
        let (cost, present) = (about(cost), number::money(self.present));
        match (row.result.gpu_hour_from, rent) {
            (RentFrom::Book, _) => format!(
                "Of GPUs with a listed rent, {what}: {cost} per M tokens at {} a GPU-hour.",
                number::money(row.result.gpu_hour)
            ),
            (RentFrom::Present, RentChoice::Book) => format!(
                "No GPU here has a listed rent; at the present {present} a GPU-hour {what}: {cost} per M tokens."
            ),
            (RentFrom::Present, RentChoice::Present) => {
                format!("At the present {present} a GPU-hour, whatever the GPU, {what}: {cost} per M tokens.")
            }
        }
    }

    /// The sentence in fewer words, where a row answers it.
    pub(super) fn short(&self, rows: &[HardwareLine]) -> Option<String> {
        let row = self.cheapest(rows)?;
        let cost = about(row.result.cost_per_m_tokens?);
        let who = match row.result.gpu_hour_from {
            RentFrom::Book => format!("Of listed GPUs {}", row.rate.gpu),
            RentFrom::Present => format!("At {}/GPU·h {}", number::money(self.present), row.rate.gpu),
        };
        // Speed and lengths stand in the picture.
        let speed = self.speed.or(row.rate.speed).map(|speed| format!(" at {} tok/s", number::plain(speed)));
        let (model, speed) = (short_model_name(self.focus.as_ref()?), speed.unwrap_or_default());
        Some(format!("{}{who} serves {model}{speed} cheapest: {cost} per M tokens.", self.notice))
    }
}

/// Dollars to the two digits that a comparison of benchmarks bears.
fn about(dollars: f64) -> String {
    if dollars >= 0.095 { format!("${}", number::places(dollars, 2)) } else { number::money(dollars) }
}
