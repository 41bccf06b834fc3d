//! How likely the margin is above the target, when the inputs are as uncertain as their ranges say.

use serde::Serialize;

use super::{Cell, Report, Table};
use crate::analysis::{self, OddsSettings, Outcome, Sampler};
use crate::model::{InputId, Unit};
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
}

impl OddsReport {
    /// Draws the inputs of what is open from their ranges. A sampler used again draws only what is new.
    pub fn of(document: &Document, settings: OddsSettings, sampler: &mut Sampler) -> Self {
        let range = |id: InputId| document.range(id);
        Self {
            preset: document.base().origin.id(),
            analysis: analysis::odds(document.scenario(), range, settings, sampler),
        }
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
        Some(format!("from {} to {}", number::percent(low), number::percent(high)))
    }
}

impl Report for OddsReport {
    fn conclusion(&self) -> String {
        let analysis = &self.analysis;
        if let Outcome::Undefined(reason) = analysis.verdict.outcome
            && analysis.undefined == analysis.samples
        {
            return format!("No verdict: {reason}.");
        }
        if analysis.ranges.is_empty() {
            return "Nothing is uncertain here: no input has a range to be drawn from.".to_owned();
        }
        if analysis.undefined == analysis.samples {
            return "No draw has a margin: nothing is earned.".to_owned();
        }
        let event = if analysis.target == 0.0 {
            "It makes money".to_owned()
        } else {
            format!("The margin is above {}", number::percent(analysis.target))
        };
        let interval = match self.interval() {
            Some(interval) => format!("nine of ten margins lie {interval}"),
            None => "in more than one draw of twenty there is no margin at all".to_owned(),
        };
        let ranges =
            if analysis.has_default_ranges() { " Ranges: the defaults, since none is given." } else { "" };
        format!("{event} in {} draws; {interval}.{ranges}", self.probability())
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
            sentence.starts_with("It makes money in > 99.9 % of 2,000 draws; nine of ten margins lie from "),
            "{sentence}"
        );
        let dear = opened("deepseek-day6", &[(Global::GpuHour.into(), Some(100.0))]);
        let sentence = odds_of(&dear, 0.0).conclusion();
        assert!(sentence.starts_with("It makes money in < 0.1 % of 2,000 draws"), "{sentence}");
        let sentence = odds_of(&opened("deepseek-day6", &[]), 0.845).conclusion();
        assert!(
            sentence.starts_with("The margin is above 84.5 % in ") && sentence.contains(" % of 2,000 draws"),
            "{sentence}"
        );
    }

    #[test]
    fn default_ranges_are_named_as_such() {
        let sentence = odds_of(&opened("alderson-napkin", &[]), 0.0).conclusion();
        assert!(sentence.ends_with("Ranges: the defaults, since none is given."), "{sentence}");
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
