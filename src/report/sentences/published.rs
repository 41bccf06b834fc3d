use std::sync::Arc;

use proptest::prelude::*;

use super::reading::{document, margin, may_be, number};
use super::{any_scenario, is_a_sentence};
use crate::model::{Global, Output, OutputName, evaluate_all};
use crate::preset::{Content, Document, Origin, Preset, Published};
use crate::report::Report;
use crate::report::eval::{EvalReport, Verification};
use crate::report::view;

/// What is published of a scenario: a figure as it comes out, off by a part of the tolerance or by more.
fn figures() -> impl Strategy<Value = Vec<(usize, f64, f64)>> {
    prop::collection::vec(
        (0..Output::ALL.len(), prop_oneof![Just(0.0), 0.0..0.9, 1.1..100.0], 1e-6..0.1),
        0..5,
    )
}

/// `3 of 5`, or words for all of one.
fn told(text: &str) -> (usize, usize) {
    let (ok, rest) = number(text).expect(text);
    let (all, _) = number(rest.strip_prefix(" of ").expect(rest)).expect(rest);
    (ok.middle() as usize, all.middle() as usize)
}

/// How many figures a text says are reproduced, of how many.
fn reproduced(text: &str) -> (usize, usize) {
    match text {
        text if text.starts_with("the published figure reproduced") => (1, 1),
        text if text.starts_with("the published figure missed") => (0, 1),
        text => told(text),
    }
}

proptest! {
    #[test]
    fn so_many_published_figures_are_reproduced_as_is_said(
        scenario in any_scenario(), figures in figures(), edited in any::<bool>(),
    ) {
        let shown = document(scenario);
        let outputs = evaluate_all(&scenario);
        let mut agree = 0;
        let published: Vec<Published> = figures
            .iter()
            .map(|(index, off, tolerance)| {
                let output = Output::ALL[*index];
                let computed = outputs.outputs.get(output);
                let (value, tolerance) = (computed.unwrap_or(1.0), tolerance * computed.unwrap_or(1.0).abs().max(1e-3));
                let value = value + off * tolerance;
                agree += usize::from(computed.is_some_and(|computed| (computed - value).abs() <= tolerance * 1.000_001));
                Published { output: OutputName::Global(output), value, tolerance, source: None }
            })
            .collect();
        let all = published.len();
        let content = Content { published, ..(**shown.content()).clone() };
        let base = Preset { origin: Origin::Pasted, content: Arc::new(content), text: Arc::new([]) };
        let mut document = Document::new(Arc::new(base));
        let rent = scenario.get(Global::GpuHour.into()).expect("never absent");
        let edited = edited && document.set(&[(Global::GpuHour.into(), Some(rent / 2.0 + 1.0))]).is_ok();
        let edited = edited && document.has_changes();

        // The check of the commands.
        let check = Verification::of([("it", &*document.base().content)]);
        let sentence = check.conclusion();
        is_a_sentence(&sentence)?;
        let (ok, of) = match sentence.as_str() {
            "No figure was published to be checked." => (0, 0),
            "The published figure is reproduced." => (1, 1),
            text if text.starts_with("All ") => {
                let (all, _) = number(&text["All ".len()..]).expect(text);
                (all.middle() as usize, all.middle() as usize)
            }
            text => {
                let (missed, all) = told(text);
                prop_assert!(text.ends_with(" published figures missed."), "{}", text);
                (all - missed, all)
            }
        };
        prop_assert_eq!((ok, of), (agree, all), "{}", sentence);
        prop_assert_eq!(check.holds(), agree == all);

        // The sentence of a scenario speaks of the preset as it was published, and only where that is another one.
        let whole = EvalReport::of(&document).conclusion();
        match whole.split_once(" As published: ") {
            Some((_, line)) => {
                prop_assert!(edited, "{}", whole);
                prop_assert_eq!(reproduced(line), (agree, all), "{}", &whole);
                prop_assert!(line.contains(" before your change"), "{}", whole);
            }
            None => prop_assert!(!edited || all == 0, "{}", whole),
        }

        // So does the derivation's, after the margin.
        let proof = view::proof(&document);
        is_a_sentence(&proof)?;
        let now = evaluate_all(document.scenario()).outputs.get(Output::GrossMargin);
        let (lead, rest) = proof.split_once("; ").expect(&proof);
        if let Some(now) = now {
            let text = lead.replace("Gross margin is ", "").replace("Cost ", "cost ");
            let (told, rest) = margin(&text).expect(lead);
            prop_assert_eq!(rest, "");
            prop_assert!(may_be(told.expect("one"), (now, now)), "{}: {}", proof, now);
        } else {
            prop_assert_eq!(lead, "There is no gross margin");
        }
        if all == 0 {
            prop_assert!(rest.contains("publishes no figure"), "{}", proof);
        } else {
            prop_assert_eq!(reproduced(rest), (agree, all), "{}", &proof);
            prop_assert_eq!(rest.contains("before your change"), edited, "{}", &proof);
        }
    }
}
