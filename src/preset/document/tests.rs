use super::*;
use crate::model::{Global, TierKey};
use crate::preset::content::Origin;
use crate::preset::{RangeError, Rebase, builtin, read};

fn day_six() -> Document {
    Document::new(builtin::load("deepseek-day6").expect("shipped"))
}

fn preset(text: &str) -> Arc<Preset> {
    let origin = Origin::User { name: "mine".to_owned(), path: "mine.toml".into() };
    Arc::new(read(text.as_bytes(), "mine.toml", origin).expect("valid"))
}

const MINE: &str = "\
[node]
decode = { value = 1000, source = \"s\" }
gpu_hour = 2
[traffic]
input_per_output = 3
[tier.a]
share = 0.5
input_miss = 1
output = 2
[tier.b]
share = 0.5
output = 4
input_miss = 3
[[claim]]
input = \"tier.b.output\"
value = 5
by = \"somebody\"
";

const DECODE: InputId = InputId::Global(Global::Decode);
const GPU_HOUR: InputId = InputId::Global(Global::GpuHour);

fn key(text: &str) -> TierKey {
    TierKey::new(text).expect("a key")
}

#[test]
fn a_tier_is_added_as_a_copy_with_share_0_and_a_key_of_its_own() {
    let mut document = day_six();
    let tier = document.add_tier(0, "R1 API").expect("room");
    assert_eq!(tier, 4);
    assert_eq!(document.scenario().key(4).as_str(), "r1-api");
    assert_eq!(document.add_tier(4, "R1  api!"), Ok(5));
    assert_eq!(document.scenario().key(5).as_str(), "r1-api-2");
    assert_eq!(document.add_tier(0, "深度"), Ok(6));
    assert_eq!(document.scenario().key(6).as_str(), "tier");
    assert_eq!(document.content().tier_names[4..], ["R1 API", "R1 api!", "深度"]);
    assert_eq!(document.scenario().get(InputId::Tier(5, TierField::Share)), Some(0.0));
    let source = document.provenance(InputId::Tier(5, TierField::Output));
    assert_eq!(source, Provenance::Source("day 6: R1 list price"));
    let long = "x".repeat(100);
    assert_eq!(document.add_tier(0, &long), Ok(7));
    assert!(document.add_tier(0, "ninth").is_err());
    for _ in 0..4 {
        assert!(document.undo());
    }
    assert!(!document.is_edited());
}

#[test]
fn a_removed_tier_takes_what_is_said_of_it_along() {
    let mut document = day_six();
    let offpeak = InputId::Tier(2, TierField::Share);
    assert_eq!(document.claims(offpeak).len(), 1);
    document.remove_tier(1).expect("three are left");
    assert_eq!(document.content().tier_names, ["R1 API", "R1 API, off-peak", "free web and app"]);
    assert_eq!(document.claims(InputId::Tier(1, TierField::Share)).len(), 1);
    assert!(document.claims(offpeak).is_empty());
    assert_eq!(document.note(InputId::Tier(1, TierField::Discount)), Some("R1 −75 %; V3 had −50 %"));
    document.remove_tier(1).expect("two are left");
    assert!(document.content().claims.iter().all(|claim| !matches!(claim.input, InputId::Tier(..))));
    assert!(document.undo() && document.undo());
    assert!(!document.is_edited());
}

#[test]
fn a_tier_is_renamed_without_its_key() {
    let mut document = day_six();
    assert!(document.rename_tier(3, "web\u{1b}[2J"));
    assert_eq!(document.content().tier_name(3), "web");
    assert_eq!(document.scenario().key(3).as_str(), "free");
    assert!(!document.rename_tier(3, " ") && !document.rename_tier(4, "none"));
}

#[test]
fn a_range_holds_its_value_and_is_carried_along() {
    let mut document = day_six();
    let domain = GPU_HOUR.domain();
    document.set_range(GPU_HOUR, Range::new(1.0, 4.0, domain)).expect("holds 2");
    document.set(&[(GPU_HOUR, Some(4.0))]).expect("valid");
    assert_eq!(document.range(GPU_HOUR), Range::new(2.0, 8.0, domain));
    let outside = document.set_range(GPU_HOUR, Range::new(1.0, 2.0, domain));
    assert_eq!(outside, Err(RangeError::Outside { value: 4.0, low: 1.0, high: 2.0 }));
    document.set_range(GPU_HOUR, None).expect("taken away");
    assert_eq!(document.range(GPU_HOUR), None);
    let absent = Document::new(builtin::load("mlperf-r1-b200").expect("shipped"))
        .set_range(Global::Prefill.into(), Range::new(1.0, 2.0, domain));
    assert_eq!(absent, Err(RangeError::Absent));
    assert_eq!(
        document.set_range(Global::Basis.into(), Range::new(0.0, 1.0, domain)),
        Err(RangeError::NotUncertain("a choice has no range"))
    );
}

#[test]
fn a_default_that_is_an_assumption_says_so_once_it_has_a_range() {
    let mut document = Document::new(preset(MINE));
    let hit_work = InputId::Global(Global::HitWork);
    assert_eq!(document.provenance(hit_work), Provenance::Default { assumption: true });
    document.set_range(hit_work, Range::new(0.1, 0.5, hit_work.domain())).expect("holds 0.2");
    assert_eq!(document.provenance(hit_work), Provenance::Assumption);
    // Where a preset speaks for somebody, its defaults and a range of yours do not become theirs.
    let mut document = day_six();
    let fee = InputId::Global(Global::Fee);
    document.set_range(fee, Range::new(0.0, 0.1, fee.domain())).expect("holds 0");
    assert!(matches!(document.provenance(fee), Provenance::Source(source) if source.starts_with("derived")));
    document.set_range(GPU_HOUR, Range::new(1.0, 4.0, GPU_HOUR.domain())).expect("holds 2");
    assert_eq!(document.range_note(GPU_HOUR), Some("yours"));
    document.set(&[(GPU_HOUR, Some(4.0))]).expect("valid");
    assert_eq!(document.range_note(GPU_HOUR), Some("carried along"));
}

#[test]
fn a_source_speaks_of_the_value_it_was_given_for() {
    let mut document = day_six();
    let hit_work = InputId::Global(Global::HitWork);
    document.set(&[(hit_work, Some(0.3))]).expect("valid");
    assert_eq!(document.provenance(hit_work), Provenance::Yours);
    document.set_source(hit_work, Some("measured\u{7}"));
    // The note was on 0.2.
    assert_eq!(
        (document.provenance(hit_work), document.note(hit_work)),
        (Provenance::Source("measured"), None)
    );
    document.set(&[(hit_work, Some(0.2))]).expect("valid");
    assert_eq!(document.provenance(hit_work), Provenance::Assumption, "the preset's own value");
    document.undo();
    document.set_note(hit_work, Some("twice"));
    let said = (Provenance::Source("measured"), Some("twice"));
    assert_eq!((document.provenance(hit_work), document.note(hit_work)), said);
    document.set_source(hit_work, None);
    assert_eq!((document.provenance(hit_work), document.note(hit_work)), (Provenance::Yours, Some("twice")));
}

#[test]
fn only_edits_of_a_file_of_ones_own_can_be_lost() {
    let mut document = day_six();
    document.describe("other", "");
    assert!(document.is_edited() && !document.is_dirty());
    let mut document = Document::new(preset(MINE));
    assert!(!document.describe(" \n", "s") && !document.is_dirty());
    document.describe("mine", "s");
    assert!(document.is_dirty());
    document.undo();
    assert!(!document.is_dirty());
}

#[test]
fn a_reload_keeps_the_edits_and_takes_the_rest_from_disk() {
    let mut document = Document::new(preset(MINE));
    document.set(&[(DECODE, Some(5000.0))]).expect("valid");
    document.describe("edited", "");
    let disk = preset(&MINE.replace("gpu_hour = 2", "gpu_hour = 7").replace("= 1000", "= 2000"));
    let rebase = document.rebase(Arc::clone(&disk));
    assert_eq!(rebase, Rebase { changed_on_disk: 2, edits_kept: 2 });
    assert_eq!(document.scenario().get(GPU_HOUR), Some(7.0));
    assert_eq!(document.scenario().get(DECODE), Some(5000.0));
    assert_eq!(document.content().name, "edited");
    assert!(!document.is_changed(GPU_HOUR) && document.is_changed(DECODE));
    // Back to the content before the reload, now as edits on what stands on disk.
    assert!(document.undo());
    assert_eq!(document.scenario().get(GPU_HOUR), Some(2.0));
    assert!(Arc::ptr_eq(document.base(), &disk) && document.is_changed(GPU_HOUR));
    assert!(document.redo());
    assert_eq!(document.scenario().get(GPU_HOUR), Some(7.0));
}

#[test]
fn a_reload_without_edits_shows_the_disk() {
    let mut document = Document::new(preset(MINE));
    let disk = preset(&MINE.replace("gpu_hour = 2", "gpu_hour = 7"));
    assert_eq!(document.rebase(Arc::clone(&disk)), Rebase { changed_on_disk: 1, edits_kept: 0 });
    assert!(!document.is_dirty());
    // A change of comments alone is no change, and no step of the history.
    let commented = preset(&MINE.replace("gpu_hour = 2", "gpu_hour = 7 # dear"));
    assert_eq!(document.rebase(commented), Rebase { changed_on_disk: 0, edits_kept: 0 });
    assert!(document.undo() && !document.undo());
}

#[test]
fn a_tier_that_changed_on_both_sides_is_not_lost() {
    let mut document = Document::new(preset(MINE));
    document.set(&[(InputId::Tier(1, TierField::Output), Some(9.0))]).expect("valid");
    document.add_tier(0, "new").expect("room");
    let start = MINE.find("[tier.b]").expect("there");
    let end = MINE.len();
    let without_b = MINE.replace(&MINE[start..end], "[tier.c]\nshare = 0.5\ninput_miss = 1\noutput = 1\n");
    document.rebase(preset(&without_b));
    let keys: Vec<TierKey> = document.scenario().keys().collect();
    assert_eq!(keys, [key("a"), key("c"), key("b"), key("new")]);
    assert_eq!(document.scenario().get(InputId::Tier(2, TierField::Output)), Some(9.0));
    assert_eq!(document.content().tier_names, ["a", "c", "b", "new"]);
    assert!((document.scenario().shares().sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn a_tier_removed_here_stays_removed_and_its_claims_too() {
    let mut document = Document::new(preset(MINE));
    document.remove_tier(1).expect("one is left");
    document.rebase(preset(&MINE.replace("gpu_hour = 2", "gpu_hour = 7")));
    assert_eq!(document.scenario().tier_count(), 1);
    assert!(document.content().claims.is_empty());
    assert_eq!(document.scenario().get(GPU_HOUR), Some(7.0));
}

#[test]
fn after_saving_undo_leads_to_edits_on_what_was_saved() {
    let mut document = Document::new(preset(MINE));
    document.set(&[(GPU_HOUR, Some(7.0))]).expect("valid");
    let saved = preset(&MINE.replace("gpu_hour = 2", "gpu_hour = 7"));
    document.saved(&saved);
    assert!(!document.is_dirty());
    assert!(document.undo());
    assert!(document.is_dirty() && Arc::ptr_eq(document.base(), &saved));
    assert_eq!(document.scenario().get(GPU_HOUR), Some(2.0));
    assert!(document.redo() && !document.is_dirty());
}

#[test]
fn a_run_of_moves_is_one_step_and_starts_where_it_started() {
    let mut document = day_six();
    let share = InputId::Tier(3, TierField::Share);
    for value in [0.5, 1.0, 0.25] {
        document.adjust(Run(1), &[(share, Some(value))]).expect("valid");
    }
    // Dragged to 1 and back: the others keep their proportions.
    assert_eq!(document.scenario().get(InputId::Tier(0, TierField::Share)), Some(0.75));
    assert!(document.undo());
    assert!(!document.is_edited() && !document.undo());
}

#[test]
fn subject_and_caveat_speak_of_the_preset_until_something_is_changed() {
    let mut document = day_six();
    let said = |document: &Document| (document.subject().to_owned(), document.caveat().is_some());
    let (of_the_preset, of_prices) = ("R1's list prices".to_owned(), "Prices".to_owned());
    assert_eq!(said(&document), (of_the_preset.clone(), true));
    document.set(&[(Global::GpuHour.into(), Some(3.0))]).expect("valid");
    assert_eq!(said(&document), (of_the_preset.clone(), false));
    for (field, value) in [(TierField::Share, 0.5), (TierField::Output, 1.0), (TierField::Discount, 0.5)] {
        document.set(&[(InputId::Tier(0, field), Some(value))]).expect("valid");
        assert_eq!(said(&document), (of_prices.clone(), false), "{field:?}");
        document.undo();
    }
    document.add_tier(0, "New").expect("room");
    assert_eq!(said(&document), (of_the_preset.clone(), false));
    document.remove_tier(4).expect("more than one");
    document.undo();
    document.remove_tier(3).expect("more than one");
    assert_eq!(said(&document), (of_prices, false));
    document.reset_all();
    assert_eq!(said(&document), (of_the_preset, true));
    document.describe("Mine", "");
    assert!(document.caveat().is_some(), "a title is no figure");
}

#[test]
fn undo_keeps_hundreds_of_edits_and_says_when_earlier_ones_are_gone() {
    let mut document = day_six();
    for edit in 1..=MOST_EDITS + 10 {
        assert!(!document.has_forgotten() || edit > MOST_EDITS + 1);
        document.set(&[(Global::GpuHour.into(), Some(2.0 + edit as f64 / 1000.0))]).expect("valid");
    }
    assert!(document.has_forgotten());
    let mut steps = 0;
    while document.undo() {
        steps += 1;
    }
    assert_eq!(steps, MOST_EDITS);
    assert!(document.is_edited(), "the first edits stay");
}
