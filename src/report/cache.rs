//! What more cache hits do to the margin, in a sentence and as a table.

use super::{Cell, Report, Table, words};
use crate::analysis::{CacheCurves, HitEffect, Outcome};
use crate::model::Unit;

impl Report for CacheCurves {
    fn conclusion(&self) -> String {
        let percent = words::percent;
        let now = percent(self.hit_work);
        match self.effect {
            HitEffect::None(Outcome::Undefined(reason)) => format!("No verdict: {reason}."),
            HitEffect::None(Outcome::NoCost) => {
                "Cache hits change no margin here: serving costs nothing.".to_owned()
            }
            HitEffect::None(_) => "Cache hits change no margin here: nothing is earned.".to_owned(),
            HitEffect::NoInput => "Cache hits change nothing here: there are no input tokens.".to_owned(),
            HitEffect::NoFollower => {
                "The hit ratio of all traffic changes nothing here: every tier has its own.".to_owned()
            }
            HitEffect::NeverLower => {
                "More hits never lower the margin here: a hit is billed no cheaper than a miss.".to_owned()
            }
            HitEffect::Raise => "Here more hits raise the margin, whatever a hit costs.".to_owned(),
            HitEffect::Lower if self.saves_time => {
                "Here more hits lower the margin, whatever a hit costs: they save less in node time than they take \
                 off the bill."
                    .to_owned()
            }
            HitEffect::Lower => {
                "Here more hits lower the margin, whatever a hit costs: they lower the bill and save no node time."
                    .to_owned()
            }
            HitEffect::RaiseBelow(threshold) if self.hit_work == threshold => format!(
                "Here more hits change nothing: what they save and what they earn less cancel at {now} of a \
                 miss's work."
            ),
            HitEffect::RaiseBelow(threshold) if self.hit_work < threshold => format!(
                "Here more hits raise the margin as long as a hit costs less than {} of a miss ({now} now).",
                percent(threshold)
            ),
            HitEffect::RaiseBelow(threshold) => format!(
                "Here more hits lower the margin as long as a hit costs more than {} of a miss ({now} now).",
                percent(threshold)
            ),
            HitEffect::RaiseWithin(parts) => {
                let inside = |(from, to): (f64, f64)| self.hit_work >= from && self.hit_work < to;
                let parts: Vec<(f64, f64)> = parts.into_iter().flatten().collect();
                let words: Vec<String> =
                    parts.iter().map(|(from, to)| format!("{} to {}", percent(*from), percent(*to))).collect();
                let verb = if parts.iter().any(|part| inside(*part)) { "raise" } else { "lower" };
                format!(
                    "Here more hits {verb} the margin: they raise it only while a hit costs {} of a miss ({now} now).",
                    words.join(" or ")
                )
            }
        }
    }

    fn short(&self) -> String {
        let percent = words::percent;
        match self.effect {
            HitEffect::RaiseBelow(threshold) if self.hit_work < threshold => format!(
                "Hits raise the margin up to a cost of {} of a miss (now {}).",
                percent(threshold),
                percent(self.hit_work)
            ),
            HitEffect::RaiseBelow(threshold) if self.hit_work > threshold => format!(
                "Hits lower the margin above a cost of {} of a miss (now {}).",
                percent(threshold),
                percent(self.hit_work)
            ),
            _ => self.conclusion(),
        }
    }

    fn table(&self) -> Table {
        let share = |value: Option<f64>| Cell::number(value, Unit::Share);
        Table::of(
            &self.points,
            &[
                ("hit_ratio", &|point| share(Some(point.hit_ratio))),
                ("price_effect", &|point| share(point.price_effect)),
                ("work_effect", &|point| share(point.work_effect)),
                ("net", &|point| share(point.net)),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::cache_curves;
    use crate::model::{Global, InputId, Scenario, TierField};
    use crate::preset::builtin;

    fn sentence(edits: &[(InputId, Option<f64>)]) -> String {
        let start: Scenario = builtin::load("deepseek-day6").expect("shipped").content.scenario;
        cache_curves(&start.with(edits).expect("valid"), 3).conclusion()
    }

    #[test]
    fn the_threshold_of_day_six_is_33_8_percent() {
        assert_eq!(
            sentence(&[]),
            "Here more hits raise the margin as long as a hit costs less than 33.8 % of a miss (20 % now)."
        );
        assert_eq!(
            sentence(&[(Global::HitWork.into(), Some(0.5))]),
            "Here more hits lower the margin as long as a hit costs more than 33.8 % of a miss (50 % now)."
        );
    }

    #[test]
    fn in_fewer_words_the_threshold_stays() {
        let start: Scenario = builtin::load("deepseek-day6").expect("shipped").content.scenario;
        let short = |work| {
            let scenario = start.with(&[(Global::HitWork.into(), Some(work))]).expect("valid");
            cache_curves(&scenario, 3).short()
        };
        assert_eq!(short(0.2), "Hits raise the margin up to a cost of 33.8 % of a miss (now 20 %).");
        assert_eq!(short(0.5), "Hits lower the margin above a cost of 33.8 % of a miss (now 50 %).");
    }

    #[test]
    fn odd_cases_say_what_is_so() {
        assert!(sentence(&[(Global::InputPerOutput.into(), Some(0.0))]).contains("no input tokens"));
        assert!(sentence(&[(Global::GpuHour.into(), Some(0.0))]).contains("serving costs nothing"));
        assert!(sentence(&[(Global::Prefill.into(), None)]).contains("lower the margin, whatever"));
        let dear_hits = (InputId::Tier(0, TierField::InputHit), Some(0.55));
        assert!(sentence(&[dear_hits]).contains("never lower"));
    }
}
