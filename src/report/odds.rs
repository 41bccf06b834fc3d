//! How likely the margin is above the target, when the inputs are as uncertain as their ranges say.

use serde::Serialize;

use super::{Cell, Drawn, Part, Report, Table, Tone, words};
use crate::analysis::{self, OddsSettings, Outcome, Sampler};
use crate::model::{Global, InputId, TierField, Unit};
use crate::preset::Document;
use crate::quantity::number;

/// The odds of what is open.
#[derive(Clone, Debug, Serialize)]
pub struct OddsReport {
    /// The preset as the command line takes it.
    pub preset: String,
    /// The analysis.
    #[serde(flatten)]
    pub analysis: analysis::Odds,
    /// What is drawn and matters, inside a sentence.
    #[serde(skip)]
    drawn: Vec<String>,
    /// What matters and is not drawn.
    #[serde(skip)]
    fixed: Vec<String>,
}

/// The most lines of a histogram on a terminal.
const MOST_LINES: usize = 12;

/// So many draws it takes for nine of ten of them to be said.
const FEW: usize = 20;

impl OddsReport {
    /// Draws the inputs of what is open from their ranges. A sampler used again draws only what is new.
    pub fn of(document: &Document, settings: OddsSettings, sampler: &mut Sampler) -> Self {
        let range = |id: InputId| document.range(id);
        let scenario = document.scenario();
        let analysis = analysis::odds(scenario, range, settings, sampler);
        let free = scenario.free_tiers();
        let is_drawn = |id: InputId| analysis.ranges.iter().any(|range| range.id.input == id);
        let (drawn, fixed): (Vec<InputId>, Vec<InputId>) = analysis::analysed_inputs(scenario)
            .filter(|id| analysis::no_effect(scenario, free, *id).is_none())
            .partition(|id| is_drawn(*id));
        let fixed = held(document, &fixed, &drawn);
        let drawn = drawn.into_iter().map(|id| words::name(document, id)).collect();
        Self { preset: document.base().origin.id(), analysis, drawn, fixed }
    }

    /// What is drawn, and what is held fixed, before anything is said of the draws.
    fn lead(&self) -> String {
        let drawn = if self.drawn.is_empty() {
            "nothing that matters".to_owned()
        } else {
            words::some(&self.drawn, 1)
        };
        let ranges = if self.analysis.has_default_ranges() { " from default ranges" } else { "" };
        let fixed = if self.fixed.is_empty() {
            String::new()
        } else {
            format!(" and {} fixed", words::some(&self.fixed, 3))
        };
        format!("With {drawn} drawn{ranges}{fixed}, ")
    }

    /// Where nine of ten margins lie, as the next clause of a sentence.
    fn spread(&self) -> String {
        match self.interval() {
            _ if self.analysis.samples < FEW => String::new(),
            Some(interval) => format!("; nine of ten margins lie {interval}"),
            None => "; in more than one draw of twenty there is no margin at all".to_owned(),
        }
    }

    /// Why nothing can be said of the draws; `None` where something can.
    fn nothing(&self) -> Option<String> {
        let analysis = &self.analysis;
        match analysis.verdict.outcome {
            Outcome::Undefined(reason) if analysis.undefined == analysis.samples => {
                Some(format!("No verdict: {reason}."))
            }
            _ if analysis.ranges.is_empty() => {
                Some("Nothing is uncertain here: no input has a range to be drawn from.".to_owned())
            }
            _ if analysis.undefined == analysis.samples => {
                Some("No draw has a margin: nothing is earned.".to_owned())
            }
            _ => None,
        }
    }

    /// What comes out how often: `it makes money in 41 % of 100,000 draws`.
    fn event(&self) -> String {
        let analysis = &self.analysis;
        let event = if analysis.target == 0.0 {
            "it makes money".to_owned()
        } else {
            format!("the margin is above the target of {}", words::percent(analysis.target))
        };
        let draws = if analysis.samples == 1 { "draw" } else { "draws" };
        format!("{event} in {} {draws}", self.probability())
    }

    /// The probability in words. What was never drawn is rare, not impossible: `> 99.99 % of 100,000`.
    pub fn probability(&self) -> String {
        let draws = number::places(self.analysis.samples as f64, 0);
        let (above, samples) = (self.analysis.above, self.analysis.samples);
        let (bound, rest) = match samples {
            10_000.. => ("99.99 %", "0.01 %"),
            1000.. => ("99.9 %", "0.1 %"),
            100.. => ("99 %", "1 %"),
            _ => return format!("{above} of {draws}"),
        };
        if above == samples {
            format!("> {bound} of {draws}")
        } else if above == 0 {
            format!("< {rest} of {draws}")
        } else {
            format!("{} of {draws}", number::percent(self.analysis.probability))
        }
    }

    /// Where nine of ten margins lie; `None` where too many draws have none.
    fn interval(&self) -> Option<String> {
        let (low, high) = self.analysis.p5.zip(self.analysis.p95)?;
        Some(if number::is_deep(low) {
            format!("between {} and {}", words::a_margin(Some(low)), words::a_margin(Some(high)))
        } else {
            format!("from {} to {}", words::percent(low), words::percent(high))
        })
    }
}

/// What is held fixed, what is asked about most before the rest: the mix of traffic and prices each as one, as far
/// as none of them is drawn.
fn held(document: &Document, fixed: &[InputId], drawn: &[InputId]) -> Vec<String> {
    let kind = |id: &InputId| match id {
        InputId::Tier(_, TierField::Share) => 0,
        InputId::Tier(..) => 1,
        InputId::Global(Global::Utilization) => 2,
        InputId::Global(_) => 3,
    };
    let together = |id: &InputId| kind(id) < 2 && !drawn.iter().any(|other| kind(other) == kind(id));
    let mut fixed = fixed.to_vec();
    fixed.sort_by_key(|id| if together(id) { kind(id) } else { kind(id).max(2) });
    let mut words: Vec<String> = Vec::new();
    for id in &fixed {
        let word = match kind(id) {
            0 if together(id) => "traffic mix".to_owned(),
            1 if together(id) => "prices".to_owned(),
            _ => words::name(document, *id),
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

impl Report for OddsReport {
    fn conclusion(&self) -> String {
        self.nothing().unwrap_or_else(|| format!("{}{}{}.", self.lead(), self.event(), self.spread()))
    }

    /// How much is drawn comes first here too; what is fixed comes last, since it may be left out.
    fn short(&self) -> String {
        if let Some(nothing) = self.nothing() {
            return nothing;
        }
        let drawn = match self.drawn.as_slice() {
            [] => "nothing that matters".to_owned(),
            [one] => one.clone(),
            all => format!("{} inputs", all.len()),
        };
        let ranges = if self.analysis.has_default_ranges() { " from default ranges" } else { "" };
        let fixed = match self.fixed.as_slice() {
            [] => String::new(),
            [one] => format!("; {one} is fixed"),
            some => {
                let most = if some.iter().take(3).map(String::len).sum::<usize>() < 40 { 3 } else { 0 };
                let words = if most > 0 { words::some(some, most) } else { format!("{} others", some.len()) };
                format!("; {words} are fixed")
            }
        };
        format!("With {drawn} drawn{ranges} {}{}{fixed}.", self.event(), self.spread())
    }

    fn table(&self) -> Table {
        let analysis = &self.analysis;
        let share = |value: Option<f64>| Cell::number(value, Unit::Share);
        let count = |value: usize| Cell::Number(value as f64, Unit::Count);
        let figures = [
            ("probability", Cell::Worded(analysis.probability, self.probability())),
            ("p5", share(analysis.p5)),
            ("p50", share(analysis.p50)),
            ("p95", share(analysis.p95)),
            ("mean", share(analysis.mean)),
            ("target", share(Some(analysis.target))),
            ("samples", count(analysis.samples)),
            ("undefined", count(analysis.undefined)),
            ("seed", Cell::Worded(analysis.seed as f64, analysis.seed.to_string())),
        ];
        let figures = figures.into_iter().map(|(name, value)| {
            vec![Cell::text("figure"), Cell::text(name), Cell::Empty, Cell::Empty, value]
        });
        let ranges = analysis.ranges.iter().map(|range| {
            let unit = range.id.input.parameter().unit;
            let kind = if range.default { "default range" } else { "range" };
            let (low, high) = (Cell::Number(range.low, unit), Cell::Number(range.high, unit));
            vec![Cell::text(kind), Cell::text(range.id.to_string()), low, high, Cell::Empty]
        });
        let bins = analysis.histogram.iter().map(|bin| {
            let (low, high) = (share(Some(bin.low)), share(Some(bin.high)));
            vec![Cell::text("bin"), Cell::text("gross_margin"), low, high, count(bin.count)]
        });
        Table {
            columns: vec!["kind", "name", "low", "high", "value"],
            rows: figures.chain(ranges).chain(bins).collect(),
        }
    }

    fn drawn(&self) -> Option<Drawn> {
        let bins = &self.analysis.histogram;
        let mut table = self.table();
        let first = table.rows.len().saturating_sub(bins.len());
        table.rows.truncate(first);
        let mut bars: Vec<Vec<Part>> = vec![Vec::new(); first];
        for bins in bins.chunks(bins.len().div_ceil(MOST_LINES).max(1)) {
            let (Some(low), Some(high)) = (bins.first(), bins.last()) else { continue };
            let count = bins.iter().map(|bin| bin.count).sum::<usize>() as f64;
            let share = |value| Cell::Number(value, Unit::Share);
            let cells = [share(low.low), share(high.high), Cell::Number(count, Unit::Count)];
            table
                .rows
                .push([Cell::text("bins"), Cell::text("gross_margin")].into_iter().chain(cells).collect());
            let above = f64::midpoint(low.low, high.high) > self.analysis.target;
            let tone = if above { Tone::Gain } else { Tone::Loss };
            bars.push(vec![Part { from: 0.0, to: count, tone }]);
        }
        Some(Drawn::new(table, &["draws"], bars))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Global, Range, TierField};
    use crate::preset::builtin;

    const FEW: usize = 2000;

    fn odds_of(document: &Document, target: f64) -> OddsReport {
        let settings = OddsSettings { samples: FEW, target, ..OddsSettings::default() };
        OddsReport::of(document, settings, &mut Sampler::default())
    }

    fn opened(preset: &str, edits: &[Edit]) -> Document {
        let mut document = Document::new(builtin::load(preset).expect("shipped"));
        document.set(edits).expect("valid");
        document
    }

    #[test]
    fn what_never_failed_is_rare_and_not_impossible() {
        let sentence = odds_of(&opened("deepseek-day6", &[]), 0.0).conclusion();
        assert!(
            sentence.starts_with(
                "With rent and 5 others drawn and traffic mix, prices, utilization and 4 others fixed, it makes money in > 99.9 % of 2,000 draws; nine of ten margins lie from "
            ),
            "{sentence}"
        );
        let dear = opened("deepseek-day6", &[(Global::GpuHour.into(), Some(100.0))]);
        let sentence = odds_of(&dear, 0.0).conclusion();
        assert!(sentence.contains("it makes money in < 0.1 % of 2,000 draws"), "{sentence}");
        let sentence = odds_of(&opened("deepseek-day6", &[]), 0.845).conclusion();
        assert!(
            sentence.contains("the margin is above the target of 84.5 % in ")
                && sentence.contains(" % of 2,000 draws"),
            "{sentence}"
        );
    }

    #[test]
    fn in_fewer_words_what_is_drawn_still_comes_before_what_comes_out() {
        let odds = odds_of(&opened("deepseek-day6", &[]), 0.0);
        let sentence = odds.short();
        let (lead, rest) = sentence.split_once("; ").expect("a spread");
        assert_eq!(lead, "With 6 inputs drawn it makes money in > 99.9 % of 2,000 draws");
        assert!(rest.ends_with(" %; traffic mix, prices, utilization and 4 others are fixed."), "{sentence}");
    }

    #[test]
    fn default_ranges_are_named_as_such() {
        let odds = odds_of(&opened("alderson-napkin", &[]), 0.0);
        let sentence = odds.conclusion();
        assert!(sentence.contains(" drawn from default ranges and "), "{sentence}");
        assert!(odds.short().contains(" drawn from default ranges it makes money "), "{}", odds.short());
    }

    #[test]
    fn odd_cases_say_what_is_so() {
        let nothing =
            [(InputId::Tier(3, TierField::Share), Some(1.0)), (Global::ServeFree.into(), Some(0.0))];
        assert!(odds_of(&opened("deepseek-day6", &nothing), 0.0).conclusion().starts_with("No verdict: "));
        let gift = [(Global::Fee.into(), Some(1.0))];
        assert_eq!(
            odds_of(&opened("deepseek-day6", &gift), 0.0).conclusion(),
            "No draw has a margin: nothing is earned."
        );
    }

    #[test]
    fn the_export_has_the_keys_of_the_contract() {
        let mut document = opened("deepseek-day6", &[]);
        let rent = Global::GpuHour;
        document.set_range(rent.into(), Range::new(1.0, 4.0, rent.parameter().domain)).expect("holds 2");
        let odds = odds_of(&document, 0.0);
        let json = serde_json::to_value(&odds).expect("JSON");
        let keys: Vec<&String> = json.as_object().expect("an object").keys().collect();
        let expected = [
            "preset",
            "samples",
            "seed",
            "target",
            "probability",
            "p5",
            "p50",
            "p95",
            "mean",
            "undefined",
            "ranges",
            "histogram",
        ];
        assert_eq!(keys, expected);
        assert_eq!(
            json["ranges"][0],
            serde_json::json!({"id": "node.gpu_hour", "low": 1.0, "high": 4.0, "default": false})
        );
        assert_eq!(odds.table().rows.len(), 9 + odds.analysis.ranges.len() + odds.analysis.histogram.len());
    }
}
