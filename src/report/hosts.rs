//! What each host's prices would leave on the present node.

use serde::Serialize;

use super::drawn::from_zero;
use super::models::Models;
use super::{Cell, Drawn, Report, Table, Tone};
use crate::analysis::{Host, Price, at_host, host_edits, hosts, main_tier};
use crate::book::{Books, Filter, Head, model_name, most_frequent};
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
    /// What was asked for and is not there.
    #[serde(skip)]
    missing: Option<String>,
    /// What is to be said first.
    #[serde(skip)]
    remark: String,
    /// Why no host has a margin.
    #[serde(skip)]
    undefined: Option<Undefined>,
}

/// One host.
#[derive(Clone, Debug, Serialize)]
pub struct HostRow {
    /// Who.
    pub host: String,
    /// The model's id.
    pub model: String,
    /// Price of input not in cache, $/M.
    pub input_miss: f64,
    /// Price of input in cache: that of a miss where the host has none.
    pub input_hit: f64,
    /// Price of input written to the cache: that of a miss where the host has none.
    pub input_write: f64,
    /// Price of output.
    pub output: f64,
    /// Whether the host has a price for hits.
    pub hit_priced: bool,
    /// What it comes to here.
    #[serde(flatten)]
    pub result: Host,
    /// When the price was listed.
    pub date: String,
    /// The row of the book.
    #[serde(skip)]
    pub price: Price,
}

impl HostsReport {
    /// The hosts of the book at their prices, on the node that is open.
    pub fn of(document: &Document, books: &Books, query: HostsQuery<'_>) -> Self {
        let scenario = document.scenario();
        let tier = query.tier.unwrap_or_else(|| main_tier(scenario));
        let ids = || books.prices.rows.iter().map(|price| price.model.as_str());
        let models = Models::of(query.model, document, ids);
        let host = query.host.map_or(Filter::All, Filter::words);
        let chosen = |price: &&Price| {
            models.takes(&price.model)
                && host.takes(&price.host)
                && holds(query.words, &[&price.host, &price.model])
        };
        let prices: Vec<Price> = books.prices.rows.iter().filter(chosen).cloned().collect();
        let first = prices.first().and_then(|price| at_host(scenario, tier, price));
        let rows: Vec<HostRow> = hosts(scenario, tier, query.target, &prices)
            .into_iter()
            .filter_map(|result| Some(HostRow::of(prices.get(result.price)?, result)))
            .collect();
        let head: &Head = &books.prices.head;
        Self {
            preset: document.base().origin.id(),
            book: head.name.clone(),
            date: head.date.clone(),
            target: query.target,
            tier,
            focus: most_frequent(rows.iter().map(|row| row.model.as_str())).map(str::to_owned),
            missing: rows.is_empty().then(|| {
                asked(&[
                    ("model", models.asked.as_deref()),
                    ("host", query.host),
                    ("words", some(query.words)),
                ])
            }),
            remark: models.remark("prices"),
            undefined: first.and_then(|scenario| evaluate(&scenario).undefined()),
            hosts: rows,
        }
    }

    /// Whether all rows are of one model.
    pub fn is_about_one_model(&self) -> bool {
        self.others() == 0
    }

    /// How many rows there are of models other than the one the sentence is about.
    fn others(&self) -> usize {
        self.hosts.iter().filter(|row| Some(&row.model) != self.focus.as_ref()).count()
    }

    /// How many of the rows, from the first, have a margin above the target.
    pub fn above(&self) -> usize {
        self.hosts.iter().filter(|row| row.is_above(self.target)).count()
    }

    /// What opening a row sets, each value with its source: the very scenario its margin was computed from.
    pub fn opening(&self, row: &HostRow) -> Vec<Sourced> {
        let listed = format!("{}, as listed by {}, {}", row.host, self.book, row.date);
        let source = |id| match id {
            InputId::Tier(_, TierField::InputHit) if !row.hit_priced => {
                format!("{} has no price for hits, so as a miss ({}, {})", row.host, self.book, row.date)
            }
            InputId::Tier(
                _,
                TierField::InputMiss | TierField::InputHit | TierField::InputWrite | TierField::Output,
            ) => listed.clone(),
            _ => "assumption".to_owned(),
        };
        let edits = host_edits(self.tier, &row.price).into_iter();
        edits.map(|(id, value)| Sourced { id, value, source: source(id) }).collect()
    }

    fn verdict(&self, focus: &str) -> String {
        let model = model_name(focus);
        let all: Vec<&HostRow> = self.hosts.iter().filter(|row| row.model == focus).collect();
        let charging: Vec<&HostRow> = all.iter().copied().filter(|row| !row.result.free).collect();
        if charging.is_empty() {
            return format!("No host charges for {model}: {} for nothing.", served(all.len()));
        }
        if let Some(reason) = self.undefined {
            return format!("No host has a margin here: {reason}.");
        }
        let above: Vec<&HostRow> = charging.iter().copied().filter(|row| row.is_above(self.target)).collect();
        let (holds, hold) = if self.target == 0.0 {
            ("makes money".to_owned(), "make money".to_owned())
        } else {
            let target = number::percent(self.target);
            (format!("keeps more than {target}"), format!("keep more than {target}"))
        };
        let named =
            |row: Option<&HostRow>| row.map(|row| (row.host.clone(), row.reach())).unwrap_or_default();
        let (cheapest, reach) = named(cheapest(if above.is_empty() { &charging } else { &above }));
        match (charging.len(), above.len()) {
            (1, 1) => {
                format!("{cheapest}, the one host that charges for {model}, {holds} on this node, {reach}.")
            }
            (1, _) => format!(
                "{cheapest}, the one host that charges for {model}, does not {hold} on this node: only {reach}."
            ),
            (all, above) if all == above => {
                format!("All {all} hosts that charge for {model} {hold} on this node; the cheapest {reach}.")
            }
            (all, 0) => {
                let (closest, reach) = named(charging.first().copied());
                format!(
                    "None of the {all} hosts that charge for {model} {holds} on this node; {closest} comes closest: \
                     {reach}."
                )
            }
            (all, above) => {
                let verb = if above == 1 { holds } else { hold };
                format!(
                    "{above} of the {all} hosts that charge for {model} {verb} on this node; the cheapest of them, \
                     {cheapest}, {reach}."
                )
            }
        }
    }
}

/// `3 hosts serve it`.
fn served(hosts: usize) -> String {
    if hosts == 1 { "one serves it".to_owned() } else { format!("{hosts} serve it") }
}

/// The row with the lowest price, by what the traffic comes to.
fn cheapest<'a>(rows: &[&'a HostRow]) -> Option<&'a HostRow> {
    let price = |row: &HostRow| row.result.price_per_m_tokens.unwrap_or(f64::INFINITY);
    rows.iter().copied().min_by(|a, b| price(a).total_cmp(&price(b)))
}

/// Whether texts hold all words of a filter, in whatever case.
pub(super) fn holds(words: &str, texts: &[&str]) -> bool {
    words.is_empty() || {
        let text = texts.join(" ").to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// A text that says something.
pub(super) fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// What was asked for: `model r9, host x`.
pub(super) fn asked(options: &[(&str, Option<&str>)]) -> String {
    let asked = options.iter().filter_map(|(option, text)| Some(format!("{option} {}", (*text)?)));
    asked.collect::<Vec<_>>().join(", ")
}

impl HostRow {
    fn of(price: &Price, result: Host) -> Self {
        Self {
            host: price.host.clone(),
            model: price.model.clone(),
            input_miss: price.input,
            input_hit: price.hit(),
            input_write: price.write(),
            output: price.output,
            hit_priced: price.cache_read.is_some(),
            result,
            date: price.date.clone(),
            price: price.clone(),
        }
    }

    /// Whether its margin is above a target.
    pub fn is_above(&self, target: f64) -> bool {
        self.result.gross_margin.is_some_and(|margin| margin > target)
    }

    /// How far its margin reaches: `up to $12.14 a GPU-hour`.
    fn reach(&self) -> String {
        match (self.result.break_even_gpu_hour, self.result.gross_margin) {
            (Some(rent), _) => format!("up to {} a GPU-hour", number::money(rent)),
            (None, Some(margin)) => format!("with {} left", number::percent(margin)),
            (None, None) => "with no margin".to_owned(),
        }
    }
}

impl Report for HostsReport {
    fn conclusion(&self) -> String {
        let Some(focus) = &self.focus else {
            return match self.missing.as_deref() {
                Some(asked) if !asked.is_empty() => format!("The book of prices has no row for {asked}."),
                _ => "The book of prices is empty.".to_owned(),
            };
        };
        let verdict = self.verdict(focus);
        let others = match self.others() {
            0 => String::new(),
            1 => " One row of another model is listed too.".to_owned(),
            others => format!(" {} rows of other models are listed too.", number::places(others as f64, 0)),
        };
        format!("{}{verdict}{others} Prices: {}, {}.", self.remark, self.book, self.date)
    }

    fn table(&self) -> Table {
        let per_million = |price| Cell::Number(price, Unit::DollarsPerMillion);
        let row = |row: &HostRow| {
            let hit = if row.hit_priced {
                per_million(row.input_hit)
            } else {
                Cell::Worded(row.input_hit, "as a miss".to_owned())
            };
            vec![
                Cell::text(&row.host),
                Cell::text(&row.model),
                per_million(row.input_miss),
                hit,
                per_million(row.output),
                Cell::number(row.result.price_per_m_tokens, Unit::DollarsPerMillion),
                if row.result.free {
                    Cell::text("free")
                } else {
                    Cell::number(row.result.gross_margin, Unit::Share)
                },
                Cell::number(row.result.revenue_over_cost, Unit::Ratio),
                Cell::number(row.result.break_even_gpu_hour, Unit::DollarsPerGpuHour),
                Cell::text(if row.is_above(self.target) { "above" } else { "below" }),
                Cell::text(&row.date),
            ]
        };
        Table {
            columns: vec![
                "host",
                "model",
                "input_miss",
                "input_hit",
                "output",
                "price_per_m_tokens",
                "gross_margin",
                "revenue_over_cost",
                "break_even_gpu_hour",
                "target",
                "date",
            ],
            rows: self.hosts.iter().map(row).collect(),
        }
    }

    fn drawn(&self) -> Option<Drawn> {
        let table = self.table();
        let margins =
            table.values("gross_margin").into_iter().map(|margin| margin.map(|margin| margin.max(-1.0)));
        let bars = from_zero(&margins.collect::<Vec<_>>(), Tone::Gain);
        let names = ["host", "model", "price_per_m_tokens", "break_even_gpu_hour", "target", "gross_margin"];
        Some(Drawn::new(table.pick(&names, 24), "margin", bars))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;
    use crate::model::{Global, Output};
    use crate::preset::{Provenance, builtin};

    fn day_six(edits: &[(InputId, f64)]) -> Document {
        let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        let edits: Vec<_> = edits.iter().map(|(id, value)| (*id, Some(*value))).collect();
        document.set(&edits).expect("valid");
        document
    }

    fn at_rent(rent: f64, query: HostsQuery<'_>) -> HostsReport {
        HostsReport::of(&day_six(&[(Global::GpuHour.into(), rent)]), Books::shipped(), query)
    }

    const R1: HostsQuery<'_> =
        HostsQuery { model: Some("deepseek-r1"), host: None, words: "", tier: None, target: 0.0 };

    #[test]
    fn every_host_that_charges_for_r1_makes_money_and_the_sentence_counts_them() {
        let report = at_rent(2.35, R1);
        assert_eq!(
            report.conclusion(),
            "All 21 hosts that charge for DeepSeek R1 make money on this node; the cheapest up to $12.14 a GPU-hour. \
             Prices: models.dev, 2026-07-02."
        );
        // The claim read back from the rows.
        let charging: Vec<&HostRow> = report.hosts.iter().filter(|row| !row.result.free).collect();
        assert_eq!((report.hosts.len(), charging.len(), report.above()), (23, 21, 21));
        let least =
            charging.iter().filter_map(|row| row.result.break_even_gpu_hour).fold(f64::INFINITY, f64::min);
        assert_eq!(number::money(least), "$12.14");
        let at_that_rent = at_rent(least * 1.0001, R1);
        assert_eq!(at_that_rent.above(), 20);
    }

    #[test]
    fn the_sentence_is_true_in_odd_cases_too() {
        let says = |report: &HostsReport| {
            report.conclusion().split(" Prices: ").next().unwrap_or_default().to_owned()
        };
        assert_eq!(
            says(&at_rent(13.0, R1)),
            "19 of the 21 hosts that charge for DeepSeek R1 make money on this node; the cheapest of them, \
             deepinfra, up to $14.09 a GPU-hour."
        );
        let none = says(&at_rent(1e4, R1));
        assert!(
            none.starts_with("None of the 21 hosts that charge for DeepSeek R1 makes money on this node; "),
            "{none}"
        );
        assert!(none.contains(" comes closest: up to $"), "{none}");
        assert_eq!(
            says(&at_rent(0.0, HostsQuery { target: 0.5, ..R1 })),
            "All 21 hosts that charge for DeepSeek R1 keep more than 50 % on this node; the cheapest up to $6.07 a \
             GPU-hour."
        );
        let own = day_six(&[(Global::Basis.into(), 1.0)]);
        let own = says(&HostsReport::of(&own, Books::shipped(), R1));
        assert!(own.ends_with("make money on this node; the cheapest with 87.4 % left."), "{own}");
        assert_eq!(
            says(&at_rent(2.0, HostsQuery { host: Some("deepinfra"), ..R1 })),
            "deepinfra, the one host that charges for DeepSeek R1, makes money on this node, up to $14.09 a GPU-hour."
        );
        assert_eq!(
            says(&at_rent(50.0, HostsQuery { host: Some("deepinfra"), ..R1 })),
            "deepinfra, the one host that charges for DeepSeek R1, does not make money on this node: only up to \
             $14.09 a GPU-hour."
        );
        assert_eq!(
            says(&at_rent(2.0, HostsQuery { host: Some("iflowcn"), ..R1 })),
            "No host charges for DeepSeek R1: one serves it for nothing."
        );
        assert_eq!(
            says(&at_rent(2.0, HostsQuery { host: Some("nobody"), ..R1 })),
            "The book of prices has no row for model deepseek-r1, host nobody."
        );
        let undefined = day_six(&[(Global::MeasuredHitRatio.into(), 1.0), (Global::HitWork.into(), 0.0)]);
        let undefined = says(&HostsReport::of(&undefined, Books::shipped(), R1));
        assert!(
            undefined.starts_with("No host has a margin here: the prefill rate was measured"),
            "{undefined}"
        );
        let mut empty = Books::clone(Books::shipped());
        empty.prices = Book { head: Head::default(), rows: Vec::new() };
        assert_eq!(
            HostsReport::of(&day_six(&[]), &empty, HostsQuery::default()).conclusion(),
            "The book of prices is empty."
        );
    }

    #[test]
    fn of_several_models_the_sentence_is_about_the_one_with_most_hosts() {
        let report = at_rent(2.0, HostsQuery { model: Some("r1"), ..HostsQuery::default() });
        assert!(report.conclusion().starts_with("All 21 hosts that charge for DeepSeek R1 make money"));
        let others = report.hosts.iter().filter(|row| row.model != "deepseek-r1").count();
        assert!(
            others > 5
                && report.conclusion().contains(&format!(" {others} rows of other models are listed too."))
        );
    }

    #[test]
    fn the_presets_model_is_the_first_filter_unless_the_book_lacks_it() {
        let of = |model: Option<&str>| {
            let mut document = day_six(&[]);
            document.edit(|content| content.model = model.map(str::to_owned));
            HostsReport::of(&document, Books::shipped(), HostsQuery::default())
        };
        assert_eq!(of(Some("deepseek-r1")).hosts.len(), 23);
        let all = of(None);
        assert!(all.hosts.len() > 1900 && all.conclusion().contains(" rows of other models are listed too."));
        let lacking = of(Some("deepseek-r9"));
        assert_eq!(lacking.hosts.len(), all.hosts.len());
        let says = lacking.conclusion();
        assert!(
            says.starts_with("The book of prices has no DeepSeek R9, so every model is listed. "),
            "{says}"
        );
    }

    #[test]
    fn a_host_without_a_price_for_hits_bills_them_as_misses_and_says_so() {
        let report = at_rent(2.0, HostsQuery { host: Some("vercel"), ..R1 });
        let [row] = &report.hosts[..] else { panic!("one host") };
        assert!(!row.hit_priced && row.input_hit == 1.35);
        assert_eq!(report.table().rows[0][3].shown(), "as a miss");
        assert_eq!(report.table().rows[0][3].exported(), "1.35");
    }

    #[test]
    fn opening_a_host_gives_the_margin_its_row_showed_to_the_bit() {
        for preset in builtin::names() {
            let document = Document::new(builtin::load(preset).expect("shipped"));
            let all = HostsQuery { model: Some(""), ..HostsQuery::default() };
            let report = HostsReport::of(&document, Books::shipped(), all);
            assert!(report.hosts.len() > 1900);
            for row in &report.hosts {
                let mut opened = document.clone();
                opened.set_sourced(&report.opening(row)).expect("valid");
                let margin = evaluate(opened.scenario()).get(Output::GrossMargin);
                assert_eq!(margin.map(f64::to_bits), row.result.gross_margin.map(f64::to_bits), "{row:?}");
                for change in opened.changes() {
                    let share =
                        matches!(change.id, InputId::Tier(tier, TierField::Share) if tier != report.tier);
                    assert!(
                        share
                            || matches!(
                                opened.provenance(change.id),
                                Provenance::Source(_) | Provenance::Assumption
                            )
                    );
                }
            }
        }
    }

    #[test]
    fn the_export_has_the_keys_of_the_contract() {
        let json = serde_json::to_value(at_rent(2.0, R1)).expect("JSON");
        let keys = |value: &serde_json::Value| -> Vec<String> {
            value.as_object().expect("an object").keys().cloned().collect()
        };
        assert_eq!(keys(&json), ["preset", "book", "date", "target", "hosts"]);
        let row = keys(&json["hosts"][0]);
        assert_eq!(
            row,
            [
                "host",
                "model",
                "input_miss",
                "input_hit",
                "input_write",
                "output",
                "hit_priced",
                "price_per_m_tokens",
                "gross_margin",
                "markup",
                "revenue_over_cost",
                "break_even_gpu_hour",
                "date"
            ]
        );
    }
}
