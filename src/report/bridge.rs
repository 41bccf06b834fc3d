//! Where two scenarios part: what each differing input accounts for, and which of them turn the verdict.

use serde::Serialize;

use super::drawn::between;
use super::{Cell, Drawn, Report, Table, provenance, words};
use crate::analysis::{self, CruxSet, InputValue, Outcome, PlayerName, Share, Side};
use crate::model::{InputId, InputName, Output, TierKey, Undefined, Unit};
use crate::preset::Document;
use crate::quantity::number;

/// The bridge from one document to another.
#[derive(Clone, Debug, Serialize)]
pub struct BridgeReport {
    /// The preset where it starts, as the command line takes it.
    pub from: String,
    /// The preset where it leads.
    pub to: String,
    /// The analysis.
    #[serde(flatten)]
    pub analysis: analysis::Bridge,
    #[serde(skip)]
    names: Names,
}

/// The documents' words for inputs and tiers.
#[derive(Clone, Debug)]
struct Names {
    from: Document,
    to: Document,
}

impl BridgeReport {
    /// Shares out the gap between what is open in two documents.
    pub fn of(from: &Document, to: &Document, target: f64) -> Self {
        Self {
            from: from.base().origin.id(),
            to: to.base().origin.id(),
            analysis: analysis::bridge(from.scenario(), to.scenario(), target),
            names: Names { from: from.clone(), to: to.clone() },
        }
    }

    /// What a player is called: an input's name, `Tier shares`, or `Everything in Node`.
    pub fn name(&self, player: &PlayerName) -> String {
        match player {
            PlayerName::Input(input) => self.names.input(input),
            PlayerName::Shares => "Tier shares".to_owned(),
            PlayerName::Pane(pane) => format!("Everything in {}", pane.title()),
        }
    }

    /// What a player is on one side: `$2.00/GPU·h`, `R1 API 100 %, V3 API 0 %`.
    pub fn side(&self, side: &Side) -> String {
        match side {
            Side::Input(InputValue { id, value }) => number::input_with_unit(id.input, *value),
            Side::Shares(shares) => {
                let words = shares
                    .iter()
                    .map(|(key, share)| format!("{} {}", self.names.tier(*key), number::percent(*share)));
                words.collect::<Vec<_>>().join(", ")
            }
            Side::Inputs(values) => {
                let words = values.iter().map(|InputValue { id, value }| {
                    format!("{} {}", self.names.input(id), number::input_with_unit(id.input, *value))
                });
                words.collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// The name of an input of either side.
    pub fn input(&self, input: &InputName) -> String {
        self.names.input(input)
    }

    /// The name of a tier of either side.
    pub fn tier(&self, key: TierKey) -> String {
        self.names.tier(key)
    }

    /// The players of a set in words: `Rent, Utilization and Tier shares`.
    pub fn set(&self, players: &[PlayerName]) -> String {
        let names: Vec<String> = players.iter().map(|player| self.name(player)).collect();
        words::list(&names, "and")
    }

    /// What a player is called inside a sentence.
    fn inside(&self, player: &PlayerName) -> String {
        match player {
            PlayerName::Input(input) => self.names.leading(input),
            _ => self.name(player),
        }
    }

    fn set_inside(&self, players: &[PlayerName]) -> String {
        let names: Vec<String> = players.iter().map(|player| words::inside(&self.inside(player))).collect();
        words::list(&names, "and")
    }

    /// What the largest share is of the gap: most of it only where it is more than half of it, the same way.
    fn gap(&self) -> Option<String> {
        let largest = self.largest()?;
        let analysis = &self.analysis;
        let sum = |part: fn(&Share) -> f64| analysis.shares.iter().map(part).sum::<f64>();
        let whole = sum(|share| share.shapley);
        let deep = [analysis.margin_from, analysis.margin_to].into_iter().flatten().any(number::is_deep);
        // Points of a margin that is told as a multiple of cost say nothing.
        let size = |share: f64, points: f64| if deep { factor(share) } else { words::points(points) };
        let part = size(largest.shapley, largest.margin_points);
        let name = words::inside(&self.inside(&largest.input));
        Some(if largest.shapley * whole > 0.0 && largest.shapley.abs() > 0.5 * whole.abs() {
            format!("most of the gap is {name} ({part})")
        } else {
            let whole = size(whole, sum(|share| share.margin_points));
            format!("the largest part is {name} ({part}) of a gap of {whole}")
        })
    }

    /// What a smallest set that turns the verdict comes to.
    fn crux_words(&self, set: &CruxSet) -> String {
        let alone = if set.inputs.len() == 1 { "alone" } else { "together" };
        format!(
            "Switching {} {alone} turns the verdict, to {}",
            self.set_inside(&set.inputs),
            words::a_margin(set.margin)
        )
    }

    /// Why there is nothing to share out; `None` when there is.
    fn reason(&self) -> Option<String> {
        let reason = self.analysis.reason.as_ref()?;
        let at = match (reason.switched.as_slice(), reason.at_the_end) {
            ([], _) => "at the start".to_owned(),
            (_, true) => "at the end".to_owned(),
            (players, false) => format!("with only {} switched", self.set_inside(players)),
        };
        Some(match reason.cause {
            Outcome::NoCost => format!("{at} serving costs nothing"),
            Outcome::Undefined(reason) => format!("{at} {reason}"),
            _ => format!("{at} nothing is earned"),
        })
    }

    /// Both verdicts where they are the same.
    fn agreement(&self) -> String {
        let analysis = &self.analysis;
        let margins = format!("{} and {}", short(analysis.margin_from), short(analysis.margin_to));
        let target = words::percent(analysis.target);
        match (analysis.verdict_from.is_above(), analysis.target == 0.0) {
            (true, true) => format!("Both make money ({margins})"),
            (true, false) => format!("Both are above the target of {target} ({margins})"),
            (false, true) => format!("Neither makes money ({margins})"),
            (false, false) => format!("Neither is above the target of {target} ({margins})"),
        }
    }

    /// Revenue and cost per node-second at both ends, as rows of the table.
    fn ends(&self) -> [Vec<Cell>; 2] {
        let row = |output: Output, part: fn((f64, f64)) -> f64| {
            let [from, to] = self.analysis.ends.map(|end| Cell::number(end.map(part), output.info().unit));
            vec![Cell::text(output.name()), from, to, Cell::Empty, Cell::Empty, Cell::Empty]
        };
        [
            row(Output::RevenuePerNodeSecond, |(revenue, _)| revenue),
            row(Output::CostPerNodeSecond, |(_, cost)| cost),
        ]
    }

    /// The largest share, where there is one.
    fn largest(&self) -> Option<&Share> {
        self.analysis.shares.first().filter(|share| share.shapley != 0.0)
    }
}

impl Names {
    /// The name of an input in a list.
    fn input(&self, input: &InputName) -> String {
        self.named(input, provenance::short_name)
    }

    /// The name of an input where a sentence starts.
    fn leading(&self, input: &InputName) -> String {
        self.named(input, words::leading)
    }

    fn named(&self, input: &InputName, name: fn(&Document, InputId) -> String) -> String {
        let side = [&self.to, &self.from].into_iter().find(|document| {
            let scenario = document.scenario();
            scenario.inputs().any(|id| id == input.input) && scenario.name(input.input) == *input
        });
        side.map_or_else(|| input.to_string(), |document| name(document, input.input))
    }

    fn tier(&self, key: TierKey) -> String {
        let name = [&self.to, &self.from].into_iter().find_map(|document| {
            let tier = document.scenario().tier_of(key)?;
            Some(document.content().tier_name(tier).to_owned())
        });
        name.unwrap_or_else(|| key.to_string())
    }
}

fn short(margin: Option<f64>) -> String {
    margin.map_or_else(|| "no margin".to_owned(), words::margin)
}

/// A factor on revenue over cost: `× 1.86`, `÷ 1.50`.
pub fn factor(shapley: f64) -> String {
    let (sign, magnitude) = if shapley < 0.0 { ("÷", -shapley) } else { ("×", shapley) };
    format!("{sign} {}", number::plain(libm::exp(magnitude)))
}

impl Report for BridgeReport {
    fn conclusion(&self) -> String {
        let analysis = &self.analysis;
        // Between the ends the use that one of them leaves open is the other's, which is neither's verdict.
        for (verdict, end) in [(&analysis.verdict_from, "start"), (&analysis.verdict_to, "end")] {
            if let Outcome::Undefined(reason @ Undefined::MonthlyPriceWithoutUse) = verdict.outcome {
                return format!("There is no verdict to compare at the {end}: {reason}.");
            }
        }
        if analysis.players == 0 {
            return "The two scenarios do not differ in anything that moves the margin.".to_owned();
        }
        let unshared = self.reason().map(|reason| format!("the gap cannot be shared out, since {reason}"));
        if analysis.agree {
            let rest = unshared.or_else(|| self.gap()).map_or_else(String::new, |gap| format!("; {gap}"));
            return format!("{}{rest}.", self.agreement());
        }
        let crux = match analysis.crux.as_slice() {
            [] => "No set of them turns the verdict short of all".to_owned(),
            [only] => self.crux_words(only),
            [first, others @ ..] => {
                let others = match others.len() {
                    1 => "so does another set".to_owned(),
                    count => format!("so do {count} other sets"),
                };
                format!("{}; {others} of the same size", self.crux_words(first))
            }
        };
        let rest = unshared.map_or_else(String::new, |reason| format!("; {reason}"));
        format!("{crux}{rest}.")
    }

    fn table(&self) -> Table {
        let side = |side: &Side| match side {
            Side::Input(InputValue { id, value }) => Cell::input(id.input, *value),
            Side::Shares(_) | Side::Inputs(_) => Cell::text(self.side(side)),
        };
        let row = |share: &Share| {
            vec![
                Cell::text(share.input.to_string()),
                side(&share.from),
                side(&share.to),
                Cell::Number(share.shapley, Unit::Ratio),
                Cell::Number(libm::exp(share.shapley), Unit::Ratio),
                Cell::Difference(share.margin_points, Unit::Share),
            ]
        };
        Table {
            columns: vec!["input", "from", "to", "shapley", "factor", "margin_points"],
            rows: self.analysis.shares.iter().map(row).chain(self.ends()).collect(),
        }
    }

    fn drawn(&self) -> Option<Drawn> {
        let table = self.table().pick(&["input", "from", "to", "factor", "margin_points"], 24);
        let steps = self.analysis.shares.iter().scan(self.analysis.margin_from?, |margin, share| {
            let from = std::mem::replace(margin, *margin + share.margin_points);
            Some(Some((from, *margin)))
        });
        Some(Drawn::new(table, &["from margin to margin", "margin"], between(steps)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Global, TierField};
    use crate::preset::builtin;
    use crate::report::{Format, to_text};

    fn opened(preset: &str, edits: &[Edit]) -> Document {
        let mut document = Document::new(builtin::load(preset).expect("shipped"));
        document.set(edits).expect("valid");
        document
    }

    fn sentence(from: &Document, to: &Document) -> String {
        BridgeReport::of(from, to, 0.0).conclusion()
    }

    #[test]
    fn the_quarrel_with_the_sceptic_is_about_who_pays() {
        let bridge = BridgeReport::of(&opened("deepseek-day6", &[]), &opened("sceptic", &[]), 0.0);
        assert_eq!(
            bridge.conclusion(),
            "Switching tier shares alone turns the verdict, to a margin of −3.5 %."
        );
        let first = bridge.analysis.shares.first().expect("a share");
        assert_eq!(bridge.name(&first.input), "Tier shares");
        assert_eq!(bridge.side(&first.from), "R1 API 100 %, V3 API 0 %, free web and app 0 %");
        assert_eq!(factor(first.shapley), "÷ 6.68");
        let csv = to_text(&bridge, Format::Csv);
        assert!(csv.starts_with("input,from,to,shapley,factor,margin_points\ntier.share,"), "{csv}");
        assert!(csv.contains("\nnode.gpu_hour,2,3,-0.4054651081081"), "{csv}");
        let json = serde_json::to_value(&bridge).expect("JSON");
        let keys: Vec<&String> = json.as_object().expect("an object").keys().collect();
        let expected = [
            "from",
            "to",
            "target",
            "agree",
            "margin_from",
            "margin_to",
            "ln_ratio_from",
            "ln_ratio_to",
            "shares",
            "crux",
            "reason",
        ];
        assert_eq!(keys, expected);
    }

    #[test]
    fn two_that_agree_say_so_and_what_lies_between_them() {
        let (day_six, forum) = (opened("deepseek-day6", &[]), opened("forum-comment", &[]));
        assert_eq!(
            sentence(&day_six, &forum),
            "Both make money (84.5 % and 92.5 %); most of the gap is overlap (+6.8 pt)."
        );
        assert_eq!(
            sentence(&day_six, &day_six),
            "The two scenarios do not differ in anything that moves the margin."
        );
        let larger = opened("deepseek-day6", &[(Global::Nodes.into(), Some(1000.0))]);
        assert!(sentence(&day_six, &larger).contains("do not differ"));
    }

    #[test]
    fn a_gap_without_a_ratio_says_why_it_is_not_shared_out() {
        let day_six = opened("deepseek-day6", &[]);
        let found = opened("deepseek-day6", &[(Global::GpuHour.into(), Some(0.0))]);
        assert_eq!(
            sentence(&day_six, &found),
            "Both make money (84.5 % and 100 %); the gap cannot be shared out, since at the end serving costs nothing."
        );
        let gift = opened("deepseek-day6", &[(Global::Fee.into(), Some(1.0))]);
        assert_eq!(
            sentence(&day_six, &gift),
            "Switching fee alone turns the verdict, to no margin at all; the gap cannot be shared out, since at the end \
             nothing is earned."
        );
        let free = (crate::model::InputId::Tier(3, TierField::Share), Some(1.0));
        let nobody = opened("deepseek-day6", &[free, (Global::ServeFree.into(), Some(0.0))]);
        let sentence = sentence(&day_six, &nobody);
        assert!(sentence.contains("turn") && sentence.contains("cannot be shared out"), "{sentence}");
    }
}
