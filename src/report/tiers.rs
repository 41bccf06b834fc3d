//! Who pays for whom: each tier's part of output, revenue and cost, and what a user of it costs and brings.

use serde::Serialize;
use serde_json::{Map, Value};

use super::drawn::between;
use super::{Cell, Drawn, Report, Table, words};
use crate::analysis::{TierResult, tiers};
use crate::model::{Global, TierField, TierOutput, Undefined, Unit};
use crate::preset::Document;
use crate::quantity::number;

/// The tiers of what is open.
#[derive(Clone, Debug, Serialize)]
pub struct TiersReport {
    /// The preset as the command line takes it.
    pub preset: String,
    /// The tiers, in order.
    pub tiers: Vec<TierRow>,
    #[serde(skip)]
    undefined: Option<Undefined>,
    #[serde(skip)]
    has_fee: bool,
}

/// One tier.
#[derive(Clone, Debug, Serialize)]
pub struct TierRow {
    /// Its key.
    pub tier: String,
    /// Its display name.
    pub name: String,
    /// Its share of all output tokens.
    pub share: f64,
    /// Whether it charges nothing.
    pub free: bool,
    /// Whether it is served.
    pub served: bool,
    #[serde(flatten)]
    outputs: Map<String, Value>,
    /// What it comes to.
    #[serde(skip)]
    pub result: TierResult,
    #[serde(skip)]
    monthly: f64,
}

/// Parts that are said in a word.
const PARTS: [(f64, &str); 8] = [
    (0.1, "a tenth"),
    (0.2, "a fifth"),
    (0.25, "a quarter"),
    (1.0 / 3.0, "a third"),
    (0.5, "half"),
    (2.0 / 3.0, "two thirds"),
    (0.75, "three quarters"),
    (0.9, "nine tenths"),
];
/// Parts closer than this are the same to a reader.
const CLOSE: f64 = 0.005;

/// A part in words: `two thirds`, `41.2 %`.
fn part(share: f64) -> String {
    let known = PARTS.iter().find(|(known, _)| (share - known).abs() < CLOSE);
    known.map_or_else(|| words::percent(share), |(_, word)| (*word).to_owned())
}

impl TiersReport {
    /// The tiers of what is open.
    pub fn of(document: &Document) -> Self {
        let scenario = document.scenario();
        let results = tiers(scenario);
        let row = |(index, result): (usize, TierResult)| TierRow {
            tier: result.key.to_string(),
            name: document.content().tier_name(index as u8).to_owned(),
            share: result.share,
            free: result.free,
            served: result.served,
            outputs: TierOutput::ALL
                .into_iter()
                .map(|output| (output.name().to_owned(), result.get(output).into()))
                .collect(),
            monthly: scenario.get(result.input(TierField::Monthly)).unwrap_or(0.0),
            result,
        };
        Self {
            preset: document.base().origin.id(),
            undefined: results.first().and_then(|result| result.all().undefined()),
            has_fee: scenario.get(Global::Fee.into()) > Some(0.0),
            tiers: results.into_iter().enumerate().map(row).collect(),
        }
    }

    fn served(&self) -> Vec<&TierRow> {
        self.tiers.iter().filter(|row| row.result.served_share > 0.0).collect()
    }

    /// Which tier is how much of what, and what is left of it.
    fn mix(&self) -> Option<(String, String)> {
        let served = self.served();
        let keeps = |row: &TierRow| match row.result.get(TierOutput::GrossMargin) {
            Some(margin) if margin >= 0.0 => format!("it keeps {} of each dollar", whole_cents(margin)),
            Some(margin) => format!("it loses {} on each dollar", whole_cents(-margin)),
            // A price of what is never billed brings in nothing either.
            None if row.result.get(TierOutput::PricePerMTokens) == Some(0.0) => {
                "it brings in nothing".to_owned()
            }
            None => "what is left of it is not known".to_owned(),
        };
        if let [row] = served[..] {
            return Some((format!("{} is all of the output", row.name), keeps(row)));
        }
        let cost = |row: &TierRow| row.result.get(TierOutput::CostShare);
        let revenue = |row: &TierRow| row.result.get(TierOutput::RevenueShare);
        let most = |distance: &dyn Fn(&TierRow) -> f64| {
            let rows = served.iter().copied().map(|row| (distance(row), row));
            rows.reduce(|best, other| if other.0 > best.0 { other } else { best })
        };
        let by_cost = most(&|row| cost(row).map_or(0.0, |cost| cost - row.result.served_share));
        let by_revenue =
            most(&|row| cost(row).zip(revenue(row)).map_or(0.0, |(cost, revenue)| (revenue - cost).abs()));
        let ((distance, dear), (_, other)) = (by_cost?, by_revenue?);
        let row = if distance >= CLOSE { dear } else { other };
        let share = row.result.served_share;
        let of_cost = match cost(row) {
            Some(cost) if (cost - share).abs() < CLOSE => " and of the cost".to_owned(),
            Some(cost) => format!(" and {} of the cost", part(cost)),
            None => String::new(),
        };
        Some((format!("{} is {} of the output{of_cost}", row.name, part(share)), keeps(row)))
    }

    /// What a user costs and pays: of the plan that keeps least, else of free users. In full with how much use is even.
    fn user(&self, in_full: bool) -> Option<String> {
        let figures = |row: &TierRow| {
            let get = |output| row.result.get(output);
            Some((get(TierOutput::CostPerUserMonth)?, get(TierOutput::PricePerUserMonth)?))
        };
        let kept = |row: &TierRow| {
            figures(row).map_or(f64::INFINITY, |(cost, price)| (price - cost) / price.max(f64::MIN_POSITIVE))
        };
        let plans = self.tiers.iter().filter(|row| row.monthly > 0.0 && figures(row).is_some());
        let free = self.tiers.iter().filter(|row| row.free && figures(row).is_some());
        let others = self.tiers.iter().filter(|row| figures(row).is_some());
        // One that is served says more than one that is not.
        let served = |row: &&TierRow| row.result.served_share > 0.0;
        let row = free
            .clone()
            .find(served)
            .or_else(|| plans.min_by(|a, b| kept(a).total_cmp(&kept(b))))
            .or_else(|| free.clone().next())
            .or_else(|| others.clone().next())?;
        let (cost, price) = figures(row)?;
        let pays = match (price > 0.0, row.monthly > 0.0 && !self.has_fee) {
            (false, _) => "pays nothing".to_owned(),
            // Who uses it free pays nothing: others pay for being seen.
            (true, true) if row.name.to_lowercase().split_whitespace().any(|word| word == "free") => {
                format!("brings in {}", whole_money(price))
            }
            (true, true) => format!("pays {}", whole_money(price)),
            (true, false) => format!("brings in {}", whole_money(price)),
        };
        let even = row.result.get(TierOutput::BreakEvenQueries).filter(|_| in_full);
        let even = even.map_or_else(String::new, |queries| {
            format!(": it breaks even at {} queries a day", number::plain(queries))
        });
        let subject = if row.name.contains(',') {
            format!("A user of {}", row.name)
        } else {
            format!("{} {} user", if sounds_open(&row.name) { "An" } else { "A" }, row.name)
        };
        let comma = if row.name.contains(',') { "," } else { "" };
        Some(format!("{subject}{comma} costs {} a month and {pays}{even}.", number::money(cost)))
    }
}

/// Whether a name is spoken with a vowel first: `agent`, and `R1 API`, whose letters are spelled.
fn sounds_open(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next();
    let spelled = letters.next().is_none_or(|next| !next.is_lowercase());
    first.is_some_and(|first| "aeioAEIOéÉ8".contains(first) || spelled && "FHLMNRSX".contains(first))
}

/// A part of one dollar in whole cents, where that neither hides it nor makes it the whole dollar.
fn whole_cents(dollars: f64) -> String {
    let cents = libm::round(dollars * 100.0);
    if cents >= 1000.0 {
        number::money(dollars)
    } else if cents > 0.0 && cents != 100.0 {
        format!("{cents}¢")
    } else {
        words::cents(dollars)
    }
}

/// Dollars, without cents where there are none.
fn whole_money(dollars: f64) -> String {
    if dollars.fract() == 0.0 && dollars < 1000.0 { format!("${dollars}") } else { number::money(dollars) }
}

impl Report for TiersReport {
    fn conclusion(&self) -> String {
        if let Some(reason) = self.undefined {
            return format!("No tier has a cost or a margin here: {reason}.");
        }
        let mix = self.mix().map(|(parts, keeps)| format!("{parts}; {keeps}."));
        [mix, self.user(true)].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn short(&self) -> String {
        let mix = self.mix().filter(|_| self.undefined.is_none());
        match (mix, self.served().len()) {
            (Some((parts, _)), 2..) => match self.user(false) {
                Some(user) => format!("{parts}. {user}"),
                None => self.conclusion(),
            },
            // One tier that is all there is needs no parts.
            (Some(_), _) => self.user(true).unwrap_or_else(|| self.conclusion()),
            (None, _) => self.conclusion(),
        }
    }

    fn table(&self) -> Table {
        let mut columns = vec!["tier", "name", "share", "served"];
        columns.extend(TierOutput::ALL.map(TierOutput::name));
        let row = |row: &TierRow| {
            let mut cells = vec![
                Cell::text(&row.tier),
                Cell::text(&row.name),
                Cell::Number(row.share, Unit::Share),
                Cell::yes_or_no(row.served),
            ];
            cells.extend(
                TierOutput::ALL.map(|output| Cell::number(row.result.get(output), output.info().unit)),
            );
            cells
        };
        Table { columns, rows: self.tiers.iter().map(row).collect() }
    }

    fn drawn(&self) -> Option<Drawn> {
        let table = self.table();
        let (cost, revenue) = (table.values("cost_share"), table.values("revenue_share"));
        let pairs = cost.into_iter().zip(revenue).map(|(cost, revenue)| Some((cost?, revenue?)));
        let names = ["name", "served", "price_per_m_tokens", "cost_per_m_tokens", "gross_margin"];
        let shares = ["cost_share", "revenue_share"];
        let table = table.pick(&[&names[..], &shares[..]].concat(), 24);
        Some(Drawn::new(table, &["from cost share to revenue share", "cost → revenue"], between(pairs)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::InputId;
    use crate::preset::builtin;

    fn report(preset: &str, edits: &[(InputId, Option<f64>)]) -> TiersReport {
        let mut document = Document::new(builtin::load(preset).expect("shipped"));
        document.set(edits).expect("valid");
        TiersReport::of(&document)
    }

    fn says(preset: &str, edits: &[(InputId, Option<f64>)]) -> String {
        report(preset, edits).conclusion()
    }

    fn share(tier: u8) -> InputId {
        InputId::Tier(tier, TierField::Share)
    }

    #[test]
    fn agents_are_a_tenth_of_the_output_and_two_thirds_of_the_cost() {
        let says = says("chat-and-agents", &[]);
        assert!(
            says.starts_with(
                "agent is a tenth of the output and two thirds of the cost; it keeps 83¢ of each dollar."
            ),
            "{says}"
        );
        assert!(
            says.contains(
                " A plan user costs $33.85 a month and pays $20: it breaks even at 177 queries a day"
            ),
            "{says}"
        );
    }

    #[test]
    fn a_plan_and_advertising_are_told_by_a_user_s_month() {
        let log = says("claude-code-log", &[]);
        assert!(
            log.contains(" costs $187 a month and pays $200: it breaks even at 258 queries a day"),
            "{log}"
        );
        let unpaid = says("chatgpt-2023", &[]);
        assert!(unpaid.ends_with(" A free user costs $1.62 a month and pays nothing."), "{unpaid}");
        let advertising = says("chatgpt-2023", &[(InputId::Tier(0, TierField::Monthly), Some(1.25))]);
        assert!(advertising.contains("it loses 30¢ on each dollar"), "{advertising}");
        assert!(
            advertising
                .contains(" costs $1.62 a month and brings in $1.25: it breaks even at 11.5 queries a day"),
            "{advertising}"
        );
    }

    #[test]
    fn the_sentence_is_true_with_one_tier_nothing_paid_and_nothing_served() {
        assert_eq!(says("forum-comment", &[]), "R1 API is all of the output; it keeps 92¢ of each dollar.");
        let mixed = says("deepseek-day6", &[(share(3), Some(0.7))]);
        assert_eq!(mixed, "R1 API is 30 % of the output and of the cost; it keeps 85¢ of each dollar.");
        let gift = says("deepseek-day6", &[(share(3), Some(1.0))]);
        assert_eq!(gift, "free web and app is all of the output; it brings in nothing.");
        let nothing = says("deepseek-day6", &[(share(3), Some(1.0)), (Global::ServeFree.into(), Some(0.0))]);
        assert!(
            nothing.starts_with("No tier has a cost or a margin here: free traffic is turned away"),
            "{nothing}"
        );
    }

    #[test]
    fn where_room_is_short_the_sentence_says_who_and_what_a_user_costs() {
        let brief = |preset, edits: &[_]| report(preset, edits).short();
        assert_eq!(
            brief("chat-and-agents", &[]),
            "agent is a tenth of the output and two thirds of the cost. A plan user costs $33.85 a month and pays $20."
        );
        // A tier that is all there is says no parts.
        assert_eq!(brief("chatgpt-2023", &[]), "A free user costs $1.62 a month and pays nothing.");
        let whole =
            [("deepseek-day6", vec![]), ("chatgpt-2023", vec![(Global::ServeFree.into(), Some(0.0))])];
        for (preset, edits) in whole {
            assert_eq!(brief(preset, &edits), says(preset, &edits));
        }
    }

    #[test]
    fn the_export_has_the_keys_of_the_contract() {
        let json = serde_json::to_value(report("chat-and-agents", &[])).expect("JSON");
        let keys: Vec<&String> = json["tiers"][0].as_object().expect("an object").keys().collect();
        let outputs = TierOutput::ALL.map(TierOutput::name);
        let expected: Vec<&str> =
            ["tier", "name", "share", "free", "served"].into_iter().chain(outputs).collect();
        assert_eq!(keys, expected);
        assert_eq!(json["tiers"][2]["users"], 0.0);
        assert_eq!(json["tiers"][0]["break_even_queries"], Value::Null);
    }
}
