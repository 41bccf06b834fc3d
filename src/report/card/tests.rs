use super::*;
use crate::model::{Global, InputId, TierField, TierKey};
use crate::preset::{Sourced, builtin};
use crate::report::provenance;
use proptest::prelude::*;

fn day_six(edits: &[(InputId, Option<f64>)]) -> Document {
    let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
    document.set(edits).expect("valid");
    document
}

fn rent(dollars: f64) -> (InputId, Option<f64>) {
    (Global::GpuHour.into(), Some(dollars))
}

#[track_caller]
fn replayed(card: &str) -> Document {
    read(card).expect("a card").expect("replays").document
}

/// Every result to the bit.
fn bits(document: &Document) -> Vec<Option<u64>> {
    let outputs = crate::model::evaluate(document.scenario());
    Output::ALL.into_iter().map(|output| outputs.get(output).map(f64::to_bits)).collect()
}

#[track_caller]
fn comes_back(document: &Document) {
    let card = write(document, None).expect("defined");
    let back = replayed(&card);
    assert_eq!(back.scenario(), document.scenario(), "{card}");
    assert_eq!(bits(&back), bits(document));
}

#[test]
fn a_card_reads_as_one_would_post_it() {
    let card = write(&day_six(&[rent(12.29)]), None).expect("defined");
    let lines: Vec<&str> = card.lines().collect();
    assert!(
        lines[0].starts_with(
            "**R1's list prices cover the cost of serving 1.05 times over.** Gross margin 4.8 % (1 − cost ÷ revenue)"
        ),
        "{card}"
    );
    assert!(
        card.contains(
            "| Rent (`node.gpu_hour`) | $12.29/GPU·h | $2.00/GPU·h | H100, ND96isr v5 on demand (Azure)"
        ),
        "{card}"
    );
    assert!(card.contains("Checked: 5 of 5 published figures reproduced before your change."), "{card}");
    assert!(card.contains("- Markup: 545 % published, 545 % computed"), "{card}");
    assert!(card.contains("Break-even by one input alone: "), "{card}");
    let last = lines.last().expect("lines");
    let fingerprint = builtin::fingerprint(&builtin::load("deepseek-day6").expect("shipped").content);
    assert_eq!(*last, format!("`napkin builtin:deepseek-day6@{fingerprint} --set node.gpu_hour=12.29`"));
}

#[test]
fn a_card_brings_the_scenario_back_to_the_bit() {
    comes_back(&day_six(&[]));
    comes_back(&day_six(&[
        rent(0.1 + 0.2),
        (Global::Prefill.into(), None),
        (Global::Basis.into(), Some(1.0)),
    ]));
    comes_back(&day_six(&[
        (InputId::Tier(3, TierField::Share), Some(1.0 / 3.0)),
        (Global::ServeFree.into(), Some(0.0)),
    ]));
    for name in builtin::names() {
        comes_back(&Document::new(builtin::load(name).expect("shipped")));
    }
}

#[test]
fn other_tiers_travel_as_a_fenced_scenario() {
    let mut document = day_six(&[rent(3.3)]);
    let key = TierKey::new("batch").expect("a key");
    let scenario = document.scenario().with_tier(key, 0).expect("room");
    document.edit(|content| {
        content.scenario = scenario;
        content.tier_names.push("evil ``` name\u{1b}[2J | `x` <b>@all".to_owned());
    });
    document.set(&[(InputId::Tier(4, TierField::Share), Some(0.3))]).expect("valid");
    let card = write(&document, None).expect("defined");
    assert!(card.contains("toml\nname = "), "{card}");
    assert!(!card.contains('\u{1b}'), "{card:?}");
    comes_back(&document);
}

#[test]
fn quoting_and_prompts_around_the_last_line_do_no_harm() {
    let document = day_six(&[rent(3.5)]);
    let card = write(&document, None).expect("defined");
    let quoted = format!("> {}", card.replace('\n', "\r\n> "));
    let last = card.lines().last().expect("a line");
    let alone = last.trim_matches('`');
    for text in [
        &quoted,
        last,
        alone,
        &format!("  $ {alone}  "),
        &alone.replace("--set", "—set"),
        &format!("see:\n\n    {alone}\n\nwhat now?"),
    ] {
        assert_eq!(replayed(text).scenario(), document.scenario(), "{text}");
    }
    let fenced = "look:\n> ```toml\n> [node]\n> decode = 1000\n> [traffic]\n> input_per_output = 1\n> [tier.a]\n> output = 2\n> input_miss = 1\n> ```\n";
    assert_eq!(replayed(fenced).scenario().get(Global::Decode.into()), Some(1000.0));
}

#[test]
fn a_row_gives_its_source_to_the_value_it_shows_and_to_no_other() {
    let mut document = day_six(&[]);
    let id: InputId = Global::GpuHour.into();
    let source = "our contract, <https://a.b/c_d>".to_owned();
    document.set_sourced(&[Sourced { id, value: Some(3.5), source: source.clone() }]).expect("valid");
    let card = write(&document, None).expect("defined");
    let whose = |card: &str| provenance::text(&replayed(card), id);
    assert_eq!(whose(&card), Some(source.clone()), "{card}");
    assert_eq!(whose(&format!("> {}", card.replace('\n', "\n> "))), Some(source));
    assert_eq!(whose(&card.replace("gpu_hour=3.5", "gpu_hour=35")).as_deref(), Some("yours"));
    assert_eq!(whose(&card.replace("gpu_hour=3.5", "gpu_hour=2")), provenance::text(&day_six(&[]), id));
}

#[test]
fn a_card_of_another_version_is_refused_with_both_fingerprints() {
    let message = |text: &str| read(text).expect("a card").expect_err("refused").to_string();
    let told = message("napkin builtin:deepseek-day6@00000000");
    let actual = builtin::fingerprint(&builtin::load("deepseek-day6").expect("shipped").content);
    assert!(told.contains("00000000") && told.contains(&actual), "{told}");
    assert!(message("napkin ~/secret.toml --set node.gpu_hour=3").contains("built-in presets only"));
    assert!(message("napkin builtin:deepseek-day6 --config-dir /tmp").contains("--config-dir"));
    assert!(message("napkin builtin:deepseek-day6 --set node.gpu_hour=-1").contains("node.gpu_hour=-1"));
    assert!(message("napkin builtin:nothing").contains("builtin:nothing"));
}

#[test]
fn other_text_is_no_card() {
    for text in ["", "75k", "napkin", "I wrote it on a napkin builtin", "```rust\nfn main() {}\n```"] {
        assert!(read(text).is_none(), "{text}");
    }
    let error = open(b"decode = 1", "standard input").map(|_| ()).expect_err("no preset").to_string();
    assert!(error.contains("standard input:1:1"), "{error}");
}

#[test]
fn nothing_is_claimed_where_nothing_can_be_computed() {
    let document =
        day_six(&[(InputId::Tier(3, TierField::Share), Some(1.0)), (Global::ServeFree.into(), Some(0.0))]);
    assert_eq!(write(&document, None), Err(Undefined::NothingServed));
}

#[test]
fn what_is_wrong_with_a_word_is_told_without_its_control_characters() {
    let error = open(b"napkin builtin:sceptic ma\0\x7f\x1b[2Jrkup", "card").expect_err("no card").to_string();
    assert!(error.starts_with("the card's last line has `markup`"), "{error:?}");
}

#[test]
fn odd_cases_are_still_cards() {
    for edits in
        [[rent(0.0)], [(Global::Fee.into(), Some(1.0))], [(Global::InputPerOutput.into(), Some(0.0))]]
    {
        let document = day_six(&edits);
        let card = write(&document, None).expect("defined");
        assert!(!card.contains("NaN"), "{card}");
        comes_back(&document);
    }
}

proptest! {
    #[test]
    fn no_text_panics_and_none_reaches_a_terminal_raw(
        text in "(\\PC|\\p{Cc}|\n|`|napkin |builtin:|--set |```toml\n){0,20}",
    ) {
        let _ = read(&text);
        if let Err(problem) = open(text.as_bytes(), "text") {
            prop_assert!(problem.to_string().lines().all(crate::text::is_plain), "{:?}", problem.to_string());
        }
    }

    #[test]
    fn every_value_comes_back_to_the_bit(rent in 0.0..1e12_f64, hit in 0.0..=1.0_f64, share in 0.0..=1.0_f64) {
        comes_back(&day_six(&[
            (Global::GpuHour.into(), Some(rent)),
            (Global::HitRatio.into(), Some(hit)),
            (InputId::Tier(1, TierField::Share), Some(share)),
        ]));
    }
}
