use super::*;
use crate::preset::builtin;
use crate::report::hosts::tests::{keys, opens_as_shown};

fn day_six() -> Document {
    Document::new(builtin::load("deepseek-day6").expect("shipped"))
}

const R1: HardwareQuery<'_> = HardwareQuery {
    model: Some("deepseek-r1"),
    gpu: None,
    words: "",
    speed: Some(30.0),
    lengths: Some(FIRST_LENGTHS),
    tier: None,
    rent: RentChoice::Book,
};

fn report(query: HardwareQuery<'_>) -> HardwareReport {
    HardwareReport::of(&day_six(), Books::shipped(), query)
}

#[test]
fn the_cheapest_way_to_serve_r1_at_thirty_tokens_a_second() {
    let report = report(R1);
    assert_eq!(
        report.conclusion(),
        "Of GPUs with a listed rent, R1 at 8k in, 1k out and 30 tok/s a user or more costs least on B200: $0.12 \
         per M tokens at $5.26 a GPU-hour."
    );
    assert_eq!(report.short(), "Of listed GPUs B200 serves R1 at 30 tok/s cheapest: $0.12 per M tokens.");
    // The claim read back from the rows.
    let listed = || {
        report
            .rows
            .iter()
            .filter(|row| row.result.gpu_hour_from == RentFrom::Book && row.rate.tokens_in == Some(8192.0))
    };
    let least = listed().filter_map(|row| row.result.cost_per_m_tokens).fold(f64::INFINITY, f64::min);
    let row = report.cheapest().expect("a row");
    assert_eq!(
        (row.result.cost_per_m_tokens, &*row.rate.gpu, row.result.gpu_hour),
        (Some(least), "B200", 5.26)
    );
    assert!(
        listed()
            .all(|row| row.rate.speed.is_some_and(|speed| speed >= 30.0) && row.rate.model == "deepseek-r1")
    );
    assert!((least - 0.12).abs() < 0.005, "{least}");
    let faster =
        super::HardwareReport::of(&day_six(), Books::shipped(), HardwareQuery { speed: Some(60.0), ..R1 });
    assert!(faster.cheapest().and_then(|row| row.result.cost_per_m_tokens) > Some(least));
}

#[test]
fn the_sentence_is_true_in_odd_cases_too() {
    let says = |query| report(query).conclusion();
    assert_eq!(
        says(HardwareQuery { model: Some("r9"), speed: None, ..R1 }),
        "The book of rates has no row for model r9."
    );
    assert_eq!(
        says(HardwareQuery { gpu: Some("B200"), speed: Some(1e6), ..R1 }),
        "The book of rates has no row for model deepseek-r1, GPU B200, 1M tok/s a user or more."
    );
    assert_eq!(
        says(HardwareQuery { model: Some("llama-2-70b"), speed: None, ..R1 }),
        "No rate of Llama 2 70B at 8k in, 1k out was measured."
    );
    assert_eq!(
        says(HardwareQuery { model: Some("llama-2-70b"), speed: None, lengths: None, ..R1 }),
        "Rates of Llama 2 70B are known without the length of requests, so costs are per M output tokens: derived, \
         not verified by MLCommons."
    );
    let present = says(HardwareQuery { gpu: Some("MI355X"), ..R1 });
    assert!(
        present.starts_with("No GPU here has a listed rent; at the present $2.00 a GPU-hour R1 at 8k in"),
        "{present}"
    );
    let present = says(HardwareQuery { rent: RentChoice::Present, ..R1 });
    assert!(
        present.starts_with("At the present $2.00 a GPU-hour, whatever the GPU, R1 at 8k in"),
        "{present}"
    );
    let any = says(HardwareQuery { speed: None, ..R1 });
    assert!(any.contains("costs least on B200, at ") && any.contains(" tok/s a user: $"), "{any}");
    assert!(says(HardwareQuery::default()).contains("R1 at 8k in, 1k out costs least"));
}

#[test]
fn rows_of_unknown_lengths_stand_last_and_say_what_they_are() {
    let report = report(HardwareQuery { speed: None, ..R1 });
    let first_unknown = report.rows.iter().position(|row| row.rate.tokens_in.is_none()).expect("MLPerf rows");
    assert!(
        report.rows[first_unknown..]
            .iter()
            .all(|row| row.rate.tokens_in.is_none() && row.rate.input_per_output == 0.0)
    );
    assert_eq!(report.rows.len() - first_unknown, 55);
    assert!(report.rows[..first_unknown].iter().all(|row| row.rate.by == "InferenceX"));
    let table = report.table();
    let last = table.rows.last().and_then(|row| row.last()).map(Cell::shown);
    assert_eq!(last.as_deref(), Some("per M output tokens; derived, not verified by MLCommons"));
}

#[test]
fn opening_a_row_gives_the_margin_it_showed_to_the_bit() {
    for preset in builtin::names() {
        let document = Document::new(builtin::load(preset).expect("shipped"));
        let report = HardwareReport::of(
            &document,
            Books::shipped(),
            HardwareQuery { model: Some(""), ..HardwareQuery::default() },
        );
        assert_eq!(report.rows.len(), 1455);
        for row in &report.rows {
            opens_as_shown(&document, &report.opening(row), report.tier, row.result.gross_margin);
        }
    }
}

#[test]
fn every_gpu_has_a_line_on_which_speed_costs() {
    let report = report(R1);
    let gpus: Vec<&str> = report.curves.iter().map(|curve| &*curve.gpu).collect();
    assert_eq!(gpus, ["B200", "B300", "GB200", "GB300", "H100", "H200", "MI300X", "MI325X", "MI355X"]);
    for curve in &report.curves {
        assert!(
            curve.points.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1),
            "{curve:?}"
        );
        assert_eq!(curve.listed, Books::shipped().rents().median(&curve.gpu).is_some());
    }
    // Lines show what is slower than asked for too.
    assert!(report.curves.iter().any(|curve| curve.points[0].0 < 30.0));
}

#[test]
fn the_export_has_the_keys_of_the_contract() {
    let json = serde_json::to_value(report(R1)).expect("JSON");
    assert_eq!(keys(&json), ["preset", "books", "rows"]);
    assert_eq!(keys(&json["books"][0]), ["name", "date"]);
    assert_eq!(
        keys(&json["rows"][0]),
        [
            "model",
            "gpu",
            "gpus",
            "precision",
            "engine",
            "by",
            "tokens_in",
            "tokens_out",
            "speed",
            "prefill",
            "decode",
            "input_per_output",
            "source",
            "date",
            "prefill_inside",
            "gpu_hour",
            "gpu_hour_from",
            "cost_per_m_tokens",
            "gross_margin"
        ]
    );
    assert_eq!(json["rows"][0]["gpu_hour_from"], "present");
}
