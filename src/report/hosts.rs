//! What each host's prices would leave on the present node.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::drawn::with_margins;
use super::models::{Models, asked, holds, some};
use super::{Cell, Drawn, Report, Table, words};
use crate::analysis::{Host, Price, at_host, host_edits, hosts, main_tier};
use crate::book::{Books, Filter, Head, model_name, most_frequent, short_model_name};
use crate::model::{InputId, TierField, Undefined, Unit, evaluate};
use crate::preset::{Document, Sourced};
use crate::quantity::number;

/// Which hosts are asked about.
#[derive(Clone, Copy, Debug, Default)]
pub struct HostsQuery<'a> {
    /// Only models of this name, every one if it is empty; the preset's if not said.
    pub model: Option<&'a str>,
    /// Only hosts of this name.
    pub host: Option<&'a str>,
    /// Words that host and model together have to hold; none for every row.
    pub words: &'a str,
    /// Whose traffic they serve; the largest tier's if not said.
    pub tier: Option<u8>,
    /// The margin that counts as even.
    pub target: f64,
}

/// Hosts with their prices and what is left of them, the highest margin first.
#[derive(Clone, Debug, Serialize)]
pub struct HostsReport {
    /// The preset as the command line takes it.
    pub preset: String,
    /// What the book of prices is called.
    pub book: String,
    /// The day it stands for.
    pub date: String,
    /// The margin that counts as even.
    pub target: f64,
    /// The rows.
    pub hosts: Vec<HostRow>,
    /// Whose traffic it is.
    #[serde(skip)]
    pub tier: u8,
    /// The model that the sentence is about.
    #[serde(skip)]
    focus: Option<String>,
    /// How many rows there are of models other than that.
    #[serde(skip)]
    others: usize,
    /// What was asked for and is not there.
    #[serde(skip)]
    missing: Option<String>,
    /// What is to be said first.
    #[serde(skip)]
    notice: String,
    /// Why no host has a margin.
    #[serde(skip)]
    undefined: Option<Undefined>,
}

/// One host.
#[derive(Clone, Debug)]
pub struct HostRow {
    /// The row of the book.
    pub price: Arc<Price>,
    /// What it comes to here.
    pub result: Host,
}

impl HostsReport {
    /// The hosts of the book at their prices, on the node that is open.
    pub fn of(document: &Document, books: &Books, query: HostsQuery<'_>) -> Self {
        let scenario = document.scenario();
        let tier = query.tier.unwrap_or_else(|| main_tier(scenario));
        let ids = || books.prices().rows.iter().map(|price| price.model.as_str());
        let models = Models::of(query.model, document, ids);
        let host = query.host.map_or(Filter::All, Filter::words);
        let matches = |price: &&Arc<Price>| {
            models.takes(&price.model)
                && host.takes(&price.host)
                && holds(query.words, &[&price.host, &price.model])
        };
        let prices: Vec<Arc<Price>> = books.prices().rows.iter().filter(matches).cloned().collect();
        let first = prices.first().and_then(|price| at_host(scenario, tier, price));
        let rows: Vec<HostRow> = hosts(scenario, tier, query.target, &prices)
            .into_iter()
            .filter_map(|result| Some(HostRow { price: Arc::clone(prices.get(result.price)?), result }))
            .collect();
        let head: &Head = &books.prices().head;
        let focus = most_frequent(rows.iter().map(|row| row.price.model.as_str())).map(str::to_owned);
        Self {
            preset: document.base().origin.id(),
            book: head.name.clone(),
            date: head.date.clone(),
            target: query.target,
            tier,
            others: rows.iter().filter(|row| Some(&row.price.model) != focus.as_ref()).count(),
            focus,
            missing: rows.is_empty().then(|| {
                asked(&[
                    ("model", models.asked.as_deref()),
                    ("host", query.host),
                    ("words", some(query.words)),
                ])
            }),
            notice: models.notice("prices"),
            undefined: first.and_then(|scenario| evaluate(&scenario).undefined()),
            hosts: rows,
        }
    }

    /// Whether all rows are of one model.
    pub const fn is_about_one_model(&self) -> bool {
        self.others == 0
    }

    /// How many of the rows, from the first, have a margin above the target.
    pub fn above(&self) -> usize {
        self.hosts.iter().filter(|row| row.is_above(self.target)).count()
    }

    /// What opening a row sets, each value with its source: the very scenario its margin was computed from.
    pub fn opening(&self, row: &HostRow) -> Vec<Sourced> {
        let listed = format!("{}, as listed by {}, {}", row.price.host, self.book, row.price.date);
        let source = |id| match id {
            InputId::Tier(_, TierField::InputHit) if row.price.cache_read.is_none() => {
                format!(
                    "{} has no price for hits, so as a miss ({}, {})",
                    row.price.host, self.book, row.price.date
                )
            }
            InputId::Tier(
                _,
                TierField::InputMiss | TierField::InputHit | TierField::InputWrite | TierField::Output,
            ) => listed.clone(),
            _ => "assumption".to_owned(),
        };
        let edits = host_edits(self.tier, &row.price);
        edits.map(|(id, value)| Sourced { id, value, source: source(id) }).collect()
    }

    /// What is said when there are no rows.
    fn nothing(&self) -> String {
        let asked = self.missing.as_deref().filter(|asked| !asked.is_empty());
        format!(
            "The book of prices has no row{}.",
            asked.map(|asked| format!(" for {asked}")).unwrap_or_default()
        )
    }

    fn verdict(&self, focus: &str, words: Wording) -> String {
        let model = (words.model)(focus);
        let Wording { charge, here, .. } = words;
        let all: Vec<&HostRow> = self.hosts.iter().filter(|row| row.price.model == focus).collect();
        let charging: Vec<&HostRow> = all.iter().copied().filter(|row| !row.result.free).collect();
        if charging.is_empty() {
            return format!("No host charges for {model}: {} for nothing.", served(all.len()));
        }
        if let Some(reason) = self.undefined {
            return format!("No host has a margin here: {reason}.");
        }
        if charging.iter().all(|row| row.result.gross_margin.is_none()) {
            return format!("No host {charge} {model} has a margin {here}: nothing is earned.");
        }
        let above: Vec<&HostRow> = charging.iter().copied().filter(|row| row.is_above(self.target)).collect();
        let (holds, hold) = if self.target == 0.0 {
            ("makes money".to_owned(), "make money".to_owned())
        } else {
            let target = number::percent(self.target);
            (format!("keeps more than {target}"), format!("keep more than {target}"))
        };
        let named = |row: Option<&HostRow>| {
            row.map(|row| (row.price.host.clone(), row.reach(words.rent))).unwrap_or_default()
        };
        let (cheapest, reach) = named(cheapest(if above.is_empty() { &charging } else { &above }));
        match (charging.len(), above.len()) {
            (1, 1) => {
                format!("{cheapest}, the one host that charges for {model}, {holds} {here}, {reach}.")
            }
            (1, _) => format!(
                "{cheapest}, the one host that charges for {model}, does not {hold} {here}: only {reach}."
            ),
            (all, above) if all == above => {
                format!("All {all} hosts {charge} {model} {hold} {here}; the cheapest {reach}.")
            }
            (all, 0) => {
                let (closest, reach) = named(charging.first().copied());
                format!(
                    "None of the {all} hosts {charge} {model} {holds} {here}; {closest} comes closest: {reach}."
                )
            }
            (all, above) => {
                let verb = if above == 1 { holds } else { hold };
                format!(
                    "{above} of the {all} hosts {charge} {model} {verb} {here}; the cheapest of them, {cheapest}, {reach}."
                )
            }
        }
    }
}

/// What a sentence calls things, in more or fewer words.
#[derive(Clone, Copy)]
struct Wording {
    model: fn(&str) -> String,
    /// Between hosts and the model.
    charge: &'static str,
    here: &'static str,
    /// The unit behind a rent.
    rent: &'static str,
}

const IN_FULL: Wording =
    Wording { model: model_name, charge: "that charge for", here: "on this node", rent: " a GPU-hour" };
const IN_BRIEF: Wording = Wording { model: short_model_name, charge: "of", here: "here", rent: "/GPU·h" };

/// `3 hosts serve it`.
fn served(hosts: usize) -> String {
    if hosts == 1 { "one serves it".to_owned() } else { format!("{hosts} serve it") }
}

/// The row with the lowest price, by what the traffic comes to.
fn cheapest<'a>(rows: &[&'a HostRow]) -> Option<&'a HostRow> {
    let price = |row: &HostRow| row.result.price_per_m_tokens.unwrap_or(f64::INFINITY);
    rows.iter().copied().min_by(|a, b| price(a).total_cmp(&price(b)))
}

impl HostRow {
    /// Whether its margin is above a target.
    pub fn is_above(&self, target: f64) -> bool {
        self.result.gross_margin.is_some_and(|margin| margin > target)
    }

    /// How far its margin reaches: `up to $12.14 a GPU-hour`.
    fn reach(&self, unit: &str) -> String {
        match (self.result.break_even_gpu_hour, self.result.gross_margin) {
            (Some(rent), _) => format!("up to {}{unit}", number::money(rent)),
            (None, Some(margin)) if margin >= 0.0 => format!("with {} left", number::percent(margin)),
            (None, Some(margin)) => format!("with {}", words::a_margin(Some(margin))),
            (None, None) => "with no margin".to_owned(),
        }
    }
}

impl Serialize for HostRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            host: &'a str,
            model: &'a str,
            input_miss: f64,
            input_hit: f64,
            input_write: f64,
            output: f64,
            hit_priced: bool,
            #[serde(flatten)]
            result: Host,
            date: &'a str,
        }
        let Self { price, result } = self;
        let fields = Fields {
            host: &price.host,
            model: &price.model,
            input_miss: price.input,
            input_hit: price.hit(),
            input_write: price.write(),
            output: price.output,
            hit_priced: price.cache_read.is_some(),
            result: *result,
            date: &price.date,
        };
        fields.serialize(serializer)
    }
}

impl Report for HostsReport {
    fn conclusion(&self) -> String {
        let Some(focus) = &self.focus else { return self.nothing() };
        let verdict = self.verdict(focus, IN_FULL);
        let others = match self.others {
            0 => String::new(),
            1 => " One row of another model is listed too.".to_owned(),
            others => format!(
                " {} rows of other models, none with more, are listed too.",
                number::places(others as f64, 0)
            ),
        };
        format!("{}{verdict}{others} Prices: {}, {}.", self.notice, self.book, self.date)
    }

    fn short(&self) -> String {
        let Some(focus) = &self.focus else { return self.nothing() };
        self.notice.clone() + &self.verdict(focus, IN_BRIEF)
    }

    fn table(&self) -> Table {
        let per_million = |price| Cell::Number(price, Unit::DollarsPerMillion);
        Table::of(
            &self.hosts,
            &[
                ("host", &|row| Cell::text(&row.price.host)),
                ("model", &|row| Cell::text(&row.price.model)),
                ("input_miss", &|row| per_million(row.price.input)),
                ("input_hit", &|row| {
                    let words = || Cell::Worded(row.price.hit(), "as a miss".to_owned());
                    if row.price.cache_read.is_some() { per_million(row.price.hit()) } else { words() }
                }),
                ("output", &|row| per_million(row.price.output)),
                ("price_per_m_tokens", &|row| {
                    Cell::number(row.result.price_per_m_tokens, Unit::DollarsPerMillion)
                }),
                ("gross_margin", &|row| {
                    let margin = || Cell::number(row.result.gross_margin, Unit::Share);
                    if row.result.free { Cell::text("free") } else { margin() }
                }),
                ("revenue_over_cost", &|row| Cell::number(row.result.revenue_over_cost, Unit::Ratio)),
                ("break_even_gpu_hour", &|row| {
                    Cell::number(row.result.break_even_gpu_hour, Unit::DollarsPerGpuHour)
                }),
                ("target", &|row| Cell::text(if row.is_above(self.target) { "above" } else { "below" })),
                ("date", &|row| Cell::text(&row.price.date)),
            ],
        )
    }

    fn drawn(&self) -> Option<Drawn> {
        let table = self.table();
        let margins = table.values("gross_margin");
        let names = ["host", "model", "price_per_m_tokens", "break_even_gpu_hour", "gross_margin"];
        Some(with_margins(table.pick(&names, 24), &margins))
    }
}

#[cfg(test)]
pub(super) mod tests;
