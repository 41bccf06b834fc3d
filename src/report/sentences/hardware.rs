use proptest::prelude::*;

use super::reading::{document, number};
use super::{any_scenario, is_a_sentence};
use crate::analysis::{Lengths, Rate, main_tier, on_hardware};
use crate::book::{Books, Rent, short_model_name};
use crate::model::{Global, Output, Scenario, evaluate};
use crate::report::Report;
use crate::report::hardware::{FIRST_LENGTHS, HardwareQuery, HardwareReport, RentChoice, lengths_in_words};

const MODELS: [&str; 2] = ["deepseek-r1", "kimi-k2.6"];
const GPUS: [&str; 4] = ["H100", "B200", "GB200", "MI355X"];
const OTHER_LENGTHS: Lengths = Lengths { tokens_in: 1024.0, tokens_out: 1024.0 };

fn rates() -> impl Strategy<Value = Vec<Rate>> {
    let lengths =
        prop_oneof![3 => Just(Some(FIRST_LENGTHS)), 1 => Just(Some(OTHER_LENGTHS)), 1 => Just(None)];
    let row = (
        (0..MODELS.len(), 0..GPUS.len(), 1_u32..72),
        lengths,
        prop::option::of(1.0..200.0_f64),
        prop::option::of(100.0..1e6_f64),
        (10.0..1e5_f64, 0.0..20.0_f64),
    );
    let row = row.prop_map(|((model, gpu, gpus), lengths, speed, prefill, (decode, ratio))| Rate {
        model: MODELS[model].to_owned(),
        gpu: GPUS[gpu].to_owned(),
        gpus: f64::from(gpus),
        precision: "fp4".to_owned(),
        engine: "sglang".to_owned(),
        by: "somebody".to_owned(),
        tokens_in: lengths.map(|lengths| lengths.tokens_in),
        tokens_out: lengths.map(|lengths| lengths.tokens_out),
        speed,
        prefill,
        decode,
        input_per_output: if lengths.is_some() { ratio } else { 0.0 },
        source: "a run".to_owned(),
        date: "2026-05-19".to_owned(),
    });
    prop::collection::vec(row, 0..12)
}

/// Rents on demand of some GPUs, one offer each.
fn rents() -> impl Strategy<Value = Vec<Rent>> {
    let offer = (0..GPUS.len(), 0.1..20.0_f64).prop_map(|(gpu, gpu_hour)| Rent {
        vendor: "a cloud".to_owned(),
        gpu: GPUS[gpu].to_owned(),
        kind: "on-demand".to_owned(),
        gpu_hour,
        date: "2026-05-24".to_owned(),
        url: String::new(),
    });
    prop::collection::vec(offer, 0..4).prop_map(|mut offers| {
        offers.sort_by(|a, b| a.gpu.cmp(&b.gpu));
        offers.dedup_by(|a, b| a.gpu == b.gpu);
        offers
    })
}

/// The rows that a sentence may be about, each with its rent and cost, worked out without the report.
struct Known<'a> {
    rate: &'a Rate,
    rent: f64,
    cost: f64,
}

/// What is said of the rows at hand: who is cheapest of those with a listed rent, or of all at the present one.
struct Asked<'a> {
    scenario: &'a Scenario,
    rates: Vec<&'a Rate>,
    rents: &'a [Rent],
    speed: Option<f64>,
    rent: RentChoice,
}

impl<'a> Asked<'a> {
    fn known(&self, model: &str, lengths: Lengths, listed: bool) -> Vec<Known<'a>> {
        let fits = |rate: &&&Rate| rate.model == model && rate.lengths() == Some(lengths);
        let known = |rate: &&'a Rate| {
            let offer = self.rents.iter().find(|offer| offer.gpu == rate.gpu);
            let offer = offer.filter(|_| self.rent == RentChoice::Book);
            let present = self.scenario.get(Global::GpuHour.into()).expect("never absent");
            let rent = if listed { offer?.gpu_hour } else { present };
            let there = on_hardware(self.scenario, main_tier(self.scenario), rate, rent)?;
            let cost = evaluate(&there).get(Output::CostPerMTokens)?;
            Some(Known { rate, rent, cost })
        };
        self.rates.iter().filter(fits).filter_map(known).collect()
    }

    fn check(&self, sentence: &str) -> Result<(), TestCaseError> {
        let listed = sentence.starts_with("Of ");
        if !listed {
            let (rent, _) = number(&sentence[sentence.find('$').expect(sentence)..]).expect(sentence);
            prop_assert!(
                rent.holds(self.scenario.get(Global::GpuHour.into()).expect("never absent")),
                "{}",
                sentence
            );
        }
        let model =
            MODELS.into_iter().find(|model| sentence.contains(&short_model_name(model))).expect(sentence);
        // In brief the pair of lengths stands in the picture alone: it is the first, or the only one there is.
        let told = [FIRST_LENGTHS, OTHER_LENGTHS]
            .into_iter()
            .find(|lengths| sentence.contains(&lengths_in_words(*lengths)));
        let lengths = told.unwrap_or_else(|| {
            let first = !self.known(model, FIRST_LENGTHS, listed).is_empty();
            if first { FIRST_LENGTHS } else { OTHER_LENGTHS }
        });
        let known = self.known(model, lengths, listed);
        prop_assert!(!known.is_empty(), "{}", sentence);
        // Where a rent is listed, the present one is not what is compared at.
        prop_assert!(listed || self.known(model, lengths, true).is_empty(), "{}", sentence);
        let least = known.iter().map(|known| known.cost).fold(f64::INFINITY, f64::min);
        let (cost, rest) = number(sentence.rsplit_once(": ").expect(sentence).1).expect(sentence);
        prop_assert!(cost.holds(least), "{}: {}", sentence, least);
        let rest = rest.strip_prefix(" per M tokens").expect(rest);
        let rent = rest.strip_prefix(" at ").map(|rest| number(rest).expect(rest).0);
        let body = sentence.rsplit_once(": ").expect(sentence).0;
        let gpu = |known: &Known| {
            body.ends_with(&format!(" on {}", known.rate.gpu))
                || body.contains(&format!(" on {}, at ", known.rate.gpu))
                || body.contains(&format!(" {} serves ", known.rate.gpu))
        };
        let cheapest = known.iter().filter(|known| known.cost <= least);
        let named = cheapest.filter(|known| gpu(known) && rent.is_none_or(|rent| rent.holds(known.rent)));
        let speed = |known: &Known| match (self.speed, known.rate.speed) {
            (Some(least), Some(speed)) => {
                // In full it is the least that was asked for, in brief it may stand alone.
                speed >= least && says_speed(body, least)
            }
            (None, Some(speed)) => says_speed(body, speed),
            (asked, None) => asked.is_none() && !body.contains(" tok/s"),
        };
        prop_assert!(named.into_iter().any(speed), "{}", sentence);
        Ok(())
    }
}

/// Whether a speed stands in a text.
fn says_speed(text: &str, speed: f64) -> bool {
    let Some((before, _)) = text.split_once(" tok/s") else { return false };
    let told = before.rsplit(' ').next().and_then(number);
    told.is_some_and(|(told, _)| told.holds(speed))
}

proptest! {
    #[test]
    fn the_cheapest_hardware_is_the_cheapest_at_that_rent(
        scenario in any_scenario(), rates in rates(), rents in rents(), present in any::<bool>(),
        model in 0..=MODELS.len(), speed in prop::option::of(1.0..150.0_f64), all_lengths in any::<bool>(),
    ) {
        let books = Books::of(&[], &rates, &rents);
        let model = MODELS.get(model).copied().unwrap_or_default();
        let rent = if present { RentChoice::Present } else { RentChoice::Book };
        let lengths = (!all_lengths).then_some(FIRST_LENGTHS);
        let query = HardwareQuery { model: Some(model), speed, lengths, rent, ..HardwareQuery::default() };
        let document = document(scenario);
        let report = HardwareReport::of(&document, &books, query);
        let fits = |rate: &&Rate| {
            (model.is_empty() || rate.model == model)
                && lengths.is_none_or(|lengths| rate.lengths().is_none_or(|own| own == lengths))
                && speed.is_none_or(|least| rate.speed.is_some_and(|speed| speed >= least))
        };
        let asked = Asked { scenario: &scenario, rates: rates.iter().filter(fits).collect(), rents: &rents, speed, rent };
        for sentence in [report.conclusion(), report.short()] {
            is_a_sentence(&sentence)?;
            if sentence.starts_with("The book of rates has no ") {
                prop_assert!(asked.rates.is_empty(), "{}", sentence);
            } else if sentence.starts_with("Rates of ") {
                prop_assert!(sentence.contains("without the length of requests"), "{}", sentence);
                prop_assert!(asked.rates.iter().all(|rate| rate.lengths().is_none()), "{}", sentence);
            } else if sentence.starts_with("No rate of ") {
                let named = MODELS.into_iter().find(|model| sentence.contains(&short_model_name(model))).expect(&sentence);
                prop_assert!(
                    asked.rates.iter().all(|rate| rate.model != named || rate.lengths() != lengths), "{}", sentence
                );
            } else if sentence.starts_with("What ") {
                let none = |rate: &&Rate| {
                    let there = on_hardware(&scenario, main_tier(&scenario), rate, 1.0).expect("valid");
                    evaluate(&there).get(Output::CostPerMTokens).is_none()
                };
                prop_assert!(asked.rates.iter().any(none), "{}", sentence);
            } else {
                asked.check(sentence.trim_end_matches('.'))?;
            }
        }
    }
}
