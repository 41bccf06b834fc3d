use super::*;
use crate::model::{TierField, TierKey};
use crate::preset::{Content, Origin, Preset};
use std::sync::Arc;

/// `DeepSeek`'s day-6 disclosure with a free tier at share 0.
fn day_six() -> Document {
    let given = |id| {
        Some(Some(match id {
            InputId::Global(Global::Prefill) => 73_700.0,
            InputId::Global(Global::Decode) => 14_800.0,
            InputId::Global(Global::Nodes) => 226.75,
            InputId::Global(Global::InputPerOutput) => 608.0 / 168.0,
            InputId::Global(Global::HitRatio) => 342.0 / 608.0,
            InputId::Tier(0, TierField::Share) => 1.0,
            InputId::Tier(0, TierField::InputMiss) => 0.55,
            InputId::Tier(0, TierField::InputHit) => 0.14,
            InputId::Tier(0, TierField::Output) => 2.19,
            _ => return None,
        }))
    };
    let keys = ["r1", "free"].map(|key| TierKey::new(key).expect("key"));
    let scenario = Scenario::build(&keys, given).expect("valid");
    let tier_names = vec!["R1 API".to_owned(), "free".to_owned()];
    let content = Content { tier_names, ..Content::new("DeepSeek R1, day 6", scenario) };
    let text: Arc<[u8]> = Arc::new([]);
    Document::new(Arc::new(Preset { origin: Origin::Pasted, content: Arc::new(content), text }))
}

fn proof(edits: &[(InputId, Option<f64>)]) -> (Proof, Document) {
    let mut document = day_six();
    document.set(edits).expect("valid");
    (Proof::of(&document, 0), document)
}

#[track_caller]
fn step<'a>(proof: &'a Proof, title: &str) -> &'a Step {
    proof.steps.iter().find(|step| step.title == title).unwrap_or_else(|| panic!("no step {title}"))
}

#[track_caller]
fn reads(proof: &Proof, title: &str, symbols: &str, numbers: &str, result: &str) {
    let step = step(proof, title);
    assert_eq!((&*step.symbols, &*step.numbers, &*step.result), (symbols, numbers, result));
}

#[test]
fn day_six_is_derived_as_one_would_post_it() {
    let (proof, _) = proof(&[]);
    reads(&proof, "Node cost an hour", "C = GPUs · rent", "8 · $2.00", "$16.00/node·h");
    reads(&proof, "Node cost a second", "c = C / 3600", "$16.00 / 3,600", "$0.00444/node·s");
    reads(&proof, "Decode, per output token", "a = 1 / D", "1 / 14.8k", "67.6 µs");
    reads(
        &proof,
        "Work of the mean input token",
        "W(h) = (1 − h) + h·κ",
        "(1 − 56.3 %) + 56.3 % · 20 %",
        "55 % of a miss",
    );
    reads(&proof, "Prefill, per output token", "b = r · W(h) · m", "3.62 · 55 % · 24.7 µs", "49.1 µs");
    reads(&proof, "Node time per output token", "τ = a + b", "67.6 µs + 49.1 µs", "117 µs");
    reads(&proof, "Output rate", "y = u / τ", "100 % / 117 µs", "8,571 tok/s");
    reads(&proof, "Mean price, output", "p_output = list", "$2.19", "$2.19/M");
    reads(
        &proof,
        "Mean price, input",
        "p_input = h · p_hit + (1 − h) · p_miss",
        "56.3 % · $0.14 + 43.8 % · $0.55",
        "$0.319/M",
    );
    reads(&proof, "Revenue from input", "x · p_input / 1M", "31.0k tok/s · $0.319 / 1M", "$0.00991/node·s");
    reads(&proof, "Gross margin", "1 − c / R", "1 − $0.00444 / $0.0287", "84.5 %");
    reads(&proof, "Markup", "R / c − 1", "$0.0287 / $0.00444 − 1", "545 %");
    reads(&proof, "Revenue a day", "R · 86,400 · nodes", "$0.0287 · 86,400 · 226.75", "$562k a day");
    assert_eq!(proof.conclusion(), "Prices cover the cost of serving 6.5 times over.");
    assert!(
        step(&proof, "Work of the mean input token")
            .note
            .as_deref()
            .expect("note")
            .contains("Work of a hit: assumption")
    );
    let cancels = step(&proof, "Prefill, per output token").note.as_deref().expect("note");
    assert!(cancels.contains("the work cancels"), "{cancels}");
}

#[test]
fn the_forum_comment_is_derived_with_both_rates_at_once() {
    let (proof, _) = proof(&[
        (Global::Overlap.into(), Some(1.0)),
        (Global::Prefill.into(), Some(75_000.0)),
        (Global::Decode.into(), Some(15_000.0)),
        (Global::InputPerOutput.into(), Some(5.0)),
        (InputId::Tier(0, TierField::InputMiss), Some(0.35)),
        (InputId::Tier(0, TierField::InputHit), Some(0.35)),
        (Global::Nodes.into(), None),
    ]);
    reads(&proof, "Node time per output token", "τ = max(a, b)", "max(66.7 µs, 66.7 µs)", "66.7 µs");
    reads(&proof, "Revenue from input", "x · p_input / 1M", "75k tok/s · $0.35 / 1M", "$0.0263/node·s");
    assert!(proof.steps.iter().all(|step| !step.title.contains("a day")));
    assert!(
        step(&proof, "Cost of 1M output tokens").note.as_deref().expect("note").contains("overlap saves")
    );
}

#[test]
fn owning_derives_the_gpu_hour_first() {
    let (proof, _) = proof(&[(Global::Basis.into(), Some(1.0)), (Global::Overhead.into(), Some(0.5))]);
    reads(
        &proof,
        "Capital recovered a year",
        "CRF = i / (1 − (1 + i)^−n)",
        "10 % / (1 − (1 + 10 %)^−4)",
        "31.5 % a year",
    );
    assert_eq!(step(&proof, "GPU-hour, owned").result, "$1.53/GPU·h");
    reads(
        &proof,
        "Node cost an hour",
        "C = GPUs · G · (1 + overhead)",
        "8 · $1.53 · (1 + 50 %)",
        "$18.32/node·h",
    );
    assert!(step(&proof, "Node cost an hour").inputs.contains(&Global::Overhead.into()));
}

#[test]
fn without_a_prefill_rate_there_is_only_decode() {
    let (proof, _) = proof(&[(Global::Prefill.into(), None)]);
    reads(&proof, "Node time per output token", "τ = a", "67.6 µs", "67.6 µs");
    assert!(proof.steps.iter().all(|step| !step.title.contains("Prefill")));
}

#[test]
fn free_traffic_turned_away_shrinks_the_fleet() {
    let (proof, _) = proof(&[
        (InputId::Tier(1, TierField::Share), Some(0.7)),
        (Global::ServeFree.into(), Some(0.0)),
        (Global::BatchingLoss.into(), Some(0.1)),
        (Global::Fee.into(), Some(0.3)),
        (InputId::Tier(0, TierField::Discount), Some(0.5)),
    ]);
    reads(&proof, "Decode, per output token", "a = 1 / (D · (1 − λ))", "1 / (14.8k · (1 − 10 %))", "75.1 µs");
    assert_eq!(step(&proof, "Paid share of all tokens").numbers, "30 %");
    reads(
        &proof,
        "Mean price, output",
        "p_output = list · (1 − discount) · (1 − fee)",
        "$2.19 · (1 − 50 %) · (1 − 30 %)",
        "$0.767/M",
    );
    assert_eq!(step(&proof, "Nodes the paid tokens need").result, "75.58");
}

#[test]
fn tiers_are_weighed_by_their_shares() {
    let (proof, _) = proof(&[(InputId::Tier(1, TierField::Share), Some(0.7))]);
    reads(&proof, "Mean price, output", "p_output = Σ share · list", "30 % · $2.19 + 70 % · $0", "$0.657/M");
}

#[test]
fn odd_cases_say_why_a_figure_is_undefined() {
    let (free, _) = proof(&[(Global::Fee.into(), Some(1.0))]);
    assert_eq!(step(&free, "Gross margin").result, "undefined: no revenue");
    let (gift, _) = proof(&[(Global::GpuHour.into(), Some(0.0))]);
    assert_eq!(step(&gift, "Markup").result, "undefined: no cost");
    let (nothing, _) =
        proof(&[(InputId::Tier(1, TierField::Share), Some(1.0)), (Global::ServeFree.into(), Some(0.0))]);
    assert!(nothing.undefined.as_deref().expect("reason").contains("nothing is served"));
    assert_eq!(nothing.steps.len(), 2);
}

#[test]
fn the_steps_come_to_the_same_as_the_outputs() {
    let edits = [
        (Global::Basis.into(), Some(1.0)),
        (Global::Overhead.into(), Some(0.2)),
        (Global::Overlap.into(), Some(0.4)),
        (Global::Utilization.into(), Some(0.6)),
        (Global::HitRatio.into(), Some(0.3)),
        (Global::Fee.into(), Some(0.1)),
        (Global::OtherCostPerDay.into(), Some(1e5)),
        (InputId::Tier(1, TierField::Share), Some(0.25)),
        (InputId::Tier(0, TierField::Discount), Some(0.1)),
    ];
    let (proof, document) = proof(&edits);
    let outputs = evaluate(document.scenario());
    for (title, output) in [
        ("Node cost an hour", Output::NodeCostPerHour),
        ("Node cost a second", Output::CostPerNodeSecond),
        ("Output rate", Output::OutputRate),
        ("Input rate", Output::InputRate),
        ("Mean price, input", Output::BlendedInputPrice),
        ("Mean price, output", Output::BlendedOutputPrice),
        ("Revenue from input", Output::InputRevenuePerNodeSecond),
        ("Revenue from output", Output::OutputRevenuePerNodeSecond),
        ("Revenue a second", Output::RevenuePerNodeSecond),
        ("Gross margin", Output::GrossMargin),
        ("Markup", Output::Markup),
        ("Cost of 1M output tokens", Output::CostPerMOutput),
        ("Cost of 1M input tokens", Output::CostPerMInput),
        ("Revenue a day", Output::RevenuePerDay),
        ("Cost a day", Output::CostPerDay),
        ("Profit a day", Output::ProfitPerDay),
        ("Operating profit a day", Output::OperatingProfitPerDay),
    ] {
        assert_eq!(step(&proof, title).value, outputs.get(output), "{title}");
    }
    reads(
        &proof,
        "Work when it was measured",
        "W(h₀) = (1 − h₀) + h₀·κ",
        "(1 − 56.3 %) + 56.3 % · 20 %",
        "55 % of a miss",
    );
}

fn shipped(preset: &str) -> Document {
    Document::new(crate::preset::builtin::load(preset).expect("shipped"))
}

#[test]
fn tokens_queries_and_a_user_s_month_are_derived_for_the_tier_selected() {
    let mixed = shipped("chat-and-agents");
    let plan = Proof::of(&mixed, 2);
    reads(
        &plan,
        "Cost of 1M tokens, all kinds",
        "c / (x + y) · 1M",
        "$0.00444 / (106k + 3,188) · 1M",
        "$0.0407/M",
    );
    reads(
        &plan,
        "Cost of 1,000 queries",
        "c / y · tokens per query · 1,000",
        "$0.00444 / 3,188 · 400 · 1,000",
        "$0.558",
    );
    reads(
        &plan,
        "plan: cost of 1M output, its input with it",
        "k = c / u · (a + r · ((1 − h) + h·κ) · m) · 1M",
        "$0.00444 / 100 % · (67.6 µs + 300 · ((1 − 90.9 %) + 90.9 % · 20 %) · 24.7 µs) · 1M",
        "$9.27/M",
    );
    reads(
        &plan,
        "plan: cost per user and month",
        "k · queries · tokens per query / 1M · 365 / 12",
        "$9.27 · 300 · 400 / 1M · 365 / 12",
        "$33.85",
    );
    reads(&plan, "plan: price per user and month", "monthly", "$20.00", "$20.00");
    reads(&plan, "plan: gross margin", "1 − cost / price", "1 − $33.85 / $20.00", "−69.2 %");
    assert_eq!(step(&plan, "plan: breaks even at").result, "177 queries a day");
    let agent = Proof::of(&mixed, 1);
    assert_eq!(step(&agent, "agent: price per user and month").result, "$202");
    // A chat has no queries a day, so nothing is said of its users.
    assert!(Proof::of(&mixed, 0).steps.iter().all(|step| !step.title.contains("user")));
}

#[test]
fn energy_says_what_it_leaves_out() {
    let (proof, _) = proof(&[]);
    reads(
        &proof,
        "Energy of 1M tokens",
        "GPUs · power / 3,600 / (x + y) · 1M",
        "8 · 1.73 kW / 3,600 / (31.0k + 8,571) · 1M",
        "0.0971 kWh/M",
    );
    let note = step(&proof, "Energy of 1M tokens").note.as_deref().expect("a caveat");
    assert!(note.contains("training is not in it") && note.contains("cooling"), "{note}");
    assert!(note.contains("Power per GPU: assumption") || note.contains("Power: assumption"), "{note}");
    let chat = Proof::of(&shipped("chatgpt-2023"), 0);
    assert_eq!(step(&chat, "Energy of a query").result, "2.89 Wh");
}

#[test]
fn each_kind_of_tokens_has_its_cost_and_margin() {
    let (proof, _) = proof(&[]);
    reads(&proof, "Cost of 1M cached input tokens", "κ · cost of a miss", "20 % · $0.110", "$0.0219/M");
    for (title, margin) in [
        ("Margin on output", "86.3 %"),
        ("Margin on missed input", "80.1 %"),
        ("Margin on cached input", "84.3 %"),
    ] {
        assert_eq!(step(&proof, title).result, margin, "{title}");
    }
}

#[test]
fn every_step_of_every_tier_is_what_the_model_makes_of_it() {
    use crate::model::{OutputId, TierOutput, evaluate_all};
    for preset in crate::preset::builtin::names() {
        let document = shipped(preset);
        let results = evaluate_all(document.scenario());
        for tier in 0..document.scenario().tier_count() as u8 {
            let proof = Proof::of(&document, tier);
            let name = document.content().tier_name(tier);
            for (title, output) in [
                ("cost per user and month", TierOutput::CostPerUserMonth),
                ("price per user and month", TierOutput::PricePerUserMonth),
                ("breaks even at", TierOutput::BreakEvenQueries),
            ] {
                let step = proof.steps.iter().find(|step| step.title == format!("{name}: {title}"));
                assert_eq!(
                    step.and_then(|step| step.value),
                    results.get(OutputId::Tier(tier, output)),
                    "{preset}: {name}: {title}"
                );
            }
        }
    }
}
