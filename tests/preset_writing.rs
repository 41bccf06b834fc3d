//! Writing presets: nothing but the edits changes, and every scenario survives to the bit.

#![allow(clippy::expect_used, reason = "helpers of tests may panic as tests do")]

use std::sync::Arc;

use napkin::model::{Global, InputId, Range, Scenario, TierField, TierKey};
use napkin::preset::{Document, Origin, Preset, Provenance, builtin, fresh, read, to_toml};
use proptest::prelude::*;

const GPU_HOUR: InputId = InputId::Global(Global::GpuHour);
const DECODE: InputId = InputId::Global(Global::Decode);
const PREFILL: InputId = InputId::Global(Global::Prefill);
const HIT_RATIO: InputId = InputId::Global(Global::HitRatio);

fn preset(text: impl AsRef<[u8]>) -> Arc<Preset> {
    let read = read(text.as_ref(), "test.toml", Origin::Pasted);
    let said = |problems| format!("{problems}\n{}", String::from_utf8_lossy(text.as_ref()));
    Arc::new(read.map_err(said).expect("valid"))
}

fn document(text: impl AsRef<[u8]>) -> Document {
    Document::new(preset(text))
}

fn text(document: &Document) -> String {
    String::from_utf8(to_toml(document)).expect("UTF-8")
}

/// Does `edit` to `before` and asserts that the text is `after`, and reads back as the same scenario.
#[track_caller]
fn edited(before: &str, edit: impl FnOnce(&mut Document), after: &str) {
    let mut document = document(before);
    edit(&mut document);
    let written = text(&document);
    assert_eq!(written, after, "\n--- written\n{written}\n--- expected\n{after}");
    assert_eq!(preset(&written).content.scenario, *document.scenario());
}

fn set(id: impl Into<InputId>, value: impl Into<Option<f64>>) -> impl FnOnce(&mut Document) {
    let edit = (id.into(), value.into());
    move |document| document.set(&[edit]).expect("valid")
}

const PLAIN: &str = "\
# A file of my own.
name = 'mine'   # with a remark

[node]
decode   = 1_000     # aligned
gpu_hour = { value = 2.0, low = 1.5, high = 3.0, source = \"day 6\", note = \"n\" } # rent

# Traffic comes next.
[traffic]
input_per_output = 3

[tier.a]
input_miss = 1
output = 2
";

#[test]
fn an_unchanged_document_keeps_every_byte() {
    for name in builtin::names() {
        let preset = builtin::load(name).expect("shipped");
        assert_eq!(to_toml(&Document::new(Arc::clone(&preset))), &*preset.text, "{name}");
    }
    let odd = format!("\u{feff}{}", PLAIN.replace("\n\n", "\r\n\n").trim_end());
    assert_eq!(text(&document(&odd)), odd);
    let mut document = document(&odd);
    document.set(&[(GPU_HOUR, Some(3.0))]).expect("valid");
    document.set(&[(GPU_HOUR, Some(2.0))]).expect("valid");
    assert_eq!(text(&document), odd);
}

#[test]
fn a_changed_value_changes_nothing_else() {
    edited(PLAIN, set(DECODE, 2500.5), &PLAIN.replace("1_000", "2500.5"));
    let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
    document.set(&[(Global::Nodes.into(), Some(300.0))]).expect("valid");
    let before = String::from_utf8(builtin::text("deepseek-day6").expect("shipped").to_vec()).expect("UTF-8");
    let from = "nodes = { value = 226.75, source = \"day 6: average over 24 h; 278 at the peak\" }";
    assert!(before.contains(from));
    assert_eq!(text(&document), before.replace(from, "nodes = { value = 300, source = \"yours\" }"));
}

#[test]
fn a_changed_value_drops_its_source_and_carries_its_range() {
    edited(
        PLAIN,
        set(GPU_HOUR, 4.0),
        &PLAIN.replace(
            "{ value = 2.0, low = 1.5, high = 3.0, source = \"day 6\", note = \"n\" }",
            "{ value = 4, low = 3, high = 6, note = \"range: carried along\" }",
        ),
    );
    edited(
        PLAIN,
        |document| {
            set(GPU_HOUR, 4.0)(document);
            document.set_note(GPU_HOUR, Some("my guess"));
            document.set_range(GPU_HOUR, None).expect("taken away");
        },
        &PLAIN.replace(
            "{ value = 2.0, low = 1.5, high = 3.0, source = \"day 6\", note = \"n\" }",
            "{ value = 4, note = \"my guess\" }",
        ),
    );
    edited(
        PLAIN,
        |document| {
            document.set_range(GPU_HOUR, None).expect("taken away");
            document.set_source(GPU_HOUR, None);
            document.set_note(GPU_HOUR, None);
            set(GPU_HOUR, 5.0)(document);
        },
        &PLAIN.replace("{ value = 2.0, low = 1.5, high = 3.0, source = \"day 6\", note = \"n\" }", "5"),
    );
}

#[test]
fn a_bare_value_grows_a_table_when_something_is_said_of_it() {
    edited(
        PLAIN,
        |document| document.set_source(DECODE, Some("a \"quoted\" source")),
        &PLAIN.replace("1_000", "{ value = 1000, source = 'a \"quoted\" source' }"),
    );
    edited(
        PLAIN,
        |document| document.set_range(DECODE, Range::new(1e2, 1e4, DECODE.domain())).expect("holds 1000"),
        &PLAIN.replace("1_000", "{ value = 1000, low = 100, high = 10000 }"),
    );
}

#[test]
fn a_new_value_goes_where_its_kind_stands() {
    edited(PLAIN, set(PREFILL, 5e4), &PLAIN.replace("# rent\n", "# rent\nprefill = 50000\n"));
    edited(
        PLAIN,
        set(Global::HitWork, 0.5),
        &PLAIN.replace("[tier.a]", "[cache]\nhit_work = 0.5\n\n[tier.a]"),
    );
    edited(PLAIN, set(Global::Fee, 0.1), &format!("{PLAIN}\n[pricing]\nfee = 0.1\n"));
    edited(PLAIN, set(Global::Nodes, 3.0), &PLAIN.replace("# Traffic", "[fleet]\nnodes = 3\n\n# Traffic"));
    let open = PLAIN.trim_end();
    edited(open, set(Global::Fee, 0.1), &format!("{open}\n\n[pricing]\nfee = 0.1"));
    edited(open, set(InputId::Tier(0, TierField::Discount), 0.1), &format!("{open}\ndiscount = 0.1"));
}

#[test]
fn an_absent_value_says_none() {
    let with_prefill = PLAIN.replace("# rent\n", "# rent\nprefill = 50000\n");
    edited(&with_prefill, set(PREFILL, None), &with_prefill.replace("50000", "\"none\""));
}

#[test]
fn choices_are_written_as_words() {
    edited(PLAIN, set(Global::Basis, 1.0), &PLAIN.replace("# rent\n", "# rent\nbasis = \"own\"\n"));
    edited(PLAIN, set(Global::ServeFree, 0.0), &PLAIN.replace("= 3\n", "= 3\nserve_free = false\n"));
}

#[test]
fn a_default_that_followed_another_input_is_written_once_that_changes() {
    let cache = PLAIN.replace("[tier.a]", "[cache]\nhit_ratio = 0.5\n\n[tier.a]");
    edited(&cache, set(HIT_RATIO, 0.75), &cache.replace("= 0.5\n", "= 0.75\nmeasured_hit_ratio = 0.5\n"));
    edited(
        PLAIN,
        set(InputId::Tier(0, TierField::InputMiss), 4.0),
        &PLAIN.replace("input_miss = 1\noutput = 2\n", "input_miss = 4\noutput = 2\ninput_hit = 1\n"),
    );
}

#[test]
fn a_free_tier_that_gets_a_price_gets_all_it_needs() {
    let free = "[node]\ndecode = 1\n[traffic]\ninput_per_output = 1\n[tier.a]\n";
    edited(
        free,
        set(InputId::Tier(0, TierField::Output), 2.0),
        &format!("{free}input_miss = 0\noutput = 2\n"),
    );
}

#[test]
fn shares_left_out_are_written_once_they_are_not_what_is_left() {
    let tiers =
        "[node]\ndecode = 1\n[traffic]\ninput_per_output = 1\n[tier.a]\nshare = 0.5\n[tier.b]\n[tier.c]\n";
    edited(tiers, set(InputId::Tier(0, TierField::Share), 0.75), &tiers.replace("0.5", "0.75"));
    edited(
        tiers,
        set(InputId::Tier(1, TierField::Share), 0.0),
        &tiers
            .replace("share = 0.5", "share = { value = 0.666666666666667, source = \"follows\" }")
            .replace("[tier.b]\n", "[tier.b]\nshare = 0\n")
            .replace("[tier.c]\n", "[tier.c]\nshare = { value = 0.333333333333333, source = \"follows\" }\n"),
    );
}

#[test]
fn texts_are_changed_in_place_or_put_on_top() {
    edited(
        PLAIN,
        |document| {
            document.describe("it's \"mine\"", "short");
        },
        &PLAIN
            .replace("'mine'", "\"\"\"it's \"mine\"\"\"\"")
            .replace("# with a remark\n", "# with a remark\nsummary = \"short\"\n"),
    );
    let bare = "# On top.\n\n# Nodes.\n[node]\ndecode = 1\n[traffic]\ninput_per_output = 1\n[tier.a]\n";
    edited(
        bare,
        |document| {
            document.describe("x", "");
        },
        &bare.replace("# Nodes.", "name = \"x\"\n\n# Nodes."),
    );
}

#[test]
fn a_file_with_windows_line_ends_and_byte_order_mark_keeps_them() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    edited(
        &windows(PLAIN),
        |document| {
            set(PREFILL, 5e4)(document);
            set(Global::Fee, 0.1)(document);
        },
        &windows(&format!(
            "{}\n[pricing]\nfee = 0.1\n",
            PLAIN.replace("# rent\n", "# rent\nprefill = 50000\n")
        )),
    );
    // Mixed line ends stay as mixed as they were.
    let mixed = PLAIN.replacen('\n', "\r\n", 3);
    edited(&mixed, set(DECODE, 2.0), &mixed.replace("1_000", "2"));
}

#[test]
fn tables_in_braces_stay_in_braces() {
    let braces = BRACES;
    edited(braces, set(DECODE, 2.0), &braces.replace("{value=1000,source='s'}", "2"));
    edited(
        braces,
        |document| document.set_note(DECODE, Some("n")),
        &braces.replace("'s'", "'s', note = \"n\""),
    );
    edited(braces, set(PREFILL, 5.0), &braces.replace("gpus = 4", "gpus = 4, prefill = 5"));
    edited(
        braces,
        |document| {
            document.add_tier(0, "b").expect("room");
        },
        &braces.replace(
            "{ a = { input_miss = 1, output = 2 } }",
            "{ a = { input_miss = 1, output = 2 }, b.name = \"b\", b.share = 0, b.input_miss = 1, b.output = 2 }",
        ),
    );
}

#[test]
fn braces_over_several_lines_keep_their_lines_and_comments() {
    let lines = "traffic.input_per_output = 3\nnode = {\n  decode = 1000, # decode, measured\n  gpu_hour = {\n    value = 3, # three\n    \
                 source = 's', # who, when\n  },\n}\n[tier.a]\n";
    edited(lines, set(PREFILL, 5.0), &lines.replace("  },\n}", "  }, prefill = 5,\n}"));
    edited(
        lines,
        |document| document.set_note(GPU_HOUR, Some("n")),
        &lines.replace("'s', #", "'s', note = \"n\", #"),
    );
    edited(lines, set(DECODE, 7.0), &lines.replace("1000", "7"));
}

#[test]
fn a_file_of_nothing_but_claims_on_a_removed_tier_is_written_without_them() {
    let claims = "[[claim]]\ninput = \"tier.b.share\"\nvalue = 1\nby = \"x\"\n".repeat(2000);
    let mut document = document(format!("{TIERS}{claims}"));
    document.remove_tier(1).expect("one is left");
    let written = text(&document);
    assert_eq!(written.matches("[[claim]]").count(), 1);
    assert!(written.contains("# A remark on claims."));
}

#[test]
fn dotted_keys_stay_where_they_are_in_whatever_order() {
    let dotted = DOTTED;
    edited(
        dotted,
        set(GPU_HOUR, 4.0),
        &dotted.replace("value = 3", "value = 4").replace("node.gpu_hour.source = \"s\"\n", ""),
    );
    edited(dotted, set(PREFILL, 5.0), &format!("{dotted}node.prefill = 5\n"));
    edited(
        dotted,
        set(InputId::Tier(0, TierField::Discount), 0.5),
        &dotted.replace("tier.a.output = 2\n", "tier.a.output = 2\ntier.a.discount = 0.5\n"),
    );
}

#[test]
fn inputs_with_headers_of_their_own_stay_so() {
    let nested = NESTED;
    edited(
        nested,
        set(InputId::Tier(0, TierField::Output), 3.0),
        &nested.replace("value = 2\nsource = 's' # who\n", "value = 3\n"),
    );
    edited(
        nested,
        |document| document.set_source(DECODE, Some("s")),
        &nested.replace("  value=1e3\n", "  value=1e3\n  source = \"s\"\n"),
    );
    edited(nested, set(GPU_HOUR, 3.0), &nested.replace("[traffic]", "[node]\ngpu_hour = 3\n\n[traffic]"));
}

const BRACES: &str = "node = { decode = {value=1000,source='s'}, gpus = 4 }\ntraffic = {input_per_output=3}\n\
    tier = { a = { input_miss = 1, output = 2 } }\n";

const DOTTED: &str = "node.decode = 1000\ntier.a.input_miss = 1\nnode.gpu_hour.value = 3 # rent\ntraffic.input_per_output = 3\n\
    tier.a.output = 2\nnode.gpu_hour.source = \"s\"\n";

const NESTED: &str = "[tier.a.output]\nvalue = 2\nsource = 's' # who\n\n[tier.a]\ninput_miss = 1\n[node.decode]\n  value=1e3\n\
    [traffic]\ninput_per_output = 3.0\n";

/// One comment, and nothing that is not needed.
const BARE: &str = "# Bare.\nnode.decode = 1\ntraffic = { input_per_output = 1 }\n[tier.a]\n";

const TIERS: &str = "\
[node]
decode = 1
[traffic]
input_per_output = 1

# The first.
[tier.a]
output = 2 # two
input_miss = 1
share = 0.5

[tier.b]
output = 2
input_miss = 1
share = 0.5

[[claim]]
input = \"tier.b.output\"
value = 1
by = \"b\"

# A remark on claims.
[[claim]]
input = \"node.decode\"
value = 2
by = \"c\"
";

#[test]
fn an_added_tier_stands_behind_the_others() {
    edited(
        TIERS,
        |document| {
            document.add_tier(0, "New one").expect("room");
            document.add_tier(0, "c").expect("room");
        },
        &TIERS.replace(
            "share = 0.5\n\n[[claim]]",
            "share = 0.5\n\n[tier.new-one]\nname = \"New one\"\nshare = 0\ninput_miss = 1\noutput = 2\n\n[tier.c]\nname = \"c\"\nshare = \
             0\ninput_miss = 1\noutput = 2\n\n[[claim]]",
        ),
    );
}

#[test]
fn a_removed_tier_takes_its_claims_along_and_nothing_else() {
    edited(
        TIERS,
        |document| document.remove_tier(1).expect("one is left"),
        &TIERS
            .replace("\n[tier.b]\noutput = 2\ninput_miss = 1\nshare = 0.5\n", "")
            .replace("\n[[claim]]\ninput = \"tier.b.output\"\nvalue = 1\nby = \"b\"\n", "")
            .replace("share = 0.5", "share = { value = 1, source = \"follows\" }"),
    );
    let mut document = document(TIERS);
    document.remove_tier(0).expect("one is left");
    document.add_tier(0, "a").expect("room");
    let again = preset(text(&document));
    assert_eq!(again.content.scenario, *document.scenario());
    assert_eq!(again.content.claims, document.content().claims);
}

#[test]
fn a_tier_added_under_the_name_of_a_removed_one_is_another_tier() {
    edited(
        TIERS,
        |document| {
            document.remove_tier(0).expect("one is left");
            document.add_tier(0, "A").expect("room");
        },
        &TIERS.replace("[tier.a]\noutput = 2 # two\ninput_miss = 1\nshare = 0.5\n", "").replace(
            "share = 0.5\n\n[[claim]]",
            "share = { value = 1, source = \"follows\" }\n\n[tier.a-2]\nname = \"A\"\nshare = 0\ninput_miss = 1\noutput = 2\n\n[[claim]]",
        ),
    );
}

#[test]
fn the_last_tier_comes_back_under_its_key() {
    edited(
        TIERS,
        |document| {
            document.remove_tier(1).expect("one is left");
            document.add_tier(0, "b").expect("room");
        },
        &TIERS
            .replacen("share = 0.5", "share = { value = 1, source = \"follows\" }", 1)
            .replace("share = 0.5\n", "share = 0\n")
            .replace("\n[[claim]]\ninput = \"tier.b.output\"\nvalue = 1\nby = \"b\"\n", ""),
    );
}

#[test]
fn a_renamed_tier_keeps_its_key() {
    edited(
        TIERS,
        |document| {
            document.rename_tier(0, "Alpha");
        },
        &TIERS.replacen("share = 0.5\n", "share = 0.5\nname = \"Alpha\"\n", 1),
    );
}

#[test]
fn lists_in_brackets_are_written_again_when_they_change() {
    let lists = "claim = [ { input = \"node.decode\", value = 1, by = \"x\" }, { input = \"tier.b.share\", value = 1, by = \"y\" } ]\n"
        .to_owned()
        + TIERS.split("[[claim]]").next().unwrap_or_default();
    let mut document = document(&lists);
    document.remove_tier(1).expect("one is left");
    let written = text(&document);
    assert!(
        written.starts_with("claim = [{ input = \"node.decode\", value = 1, by = \"x\" }]\n"),
        "{written}"
    );
    assert!(written.contains("# The first."));
}

#[test]
fn text_that_was_cleaned_keeps_its_bytes() {
    let odd = PLAIN.replace("'mine'", "\"mi\\u001bne\"").replace("\"day 6\"", "\"\"\"day\n6\"\"\"");
    edited(&odd, set(DECODE, 2.0), &odd.replace("1_000", "2"));
}

#[test]
fn a_source_set_anew_survives() {
    let mut document = document(PLAIN);
    document.set(&[(GPU_HOUR, Some(9.0))]).expect("valid");
    document.set_source(GPU_HOUR, Some("new"));
    let again = Document::new(preset(text(&document)));
    assert_eq!(again.provenance(GPU_HOUR), Provenance::Source("new"));
    assert_eq!(again.range(GPU_HOUR), document.range(GPU_HOUR));
}

#[test]
fn subject_caveat_model_and_base_survive_fresh_text_and_saving() {
    let based = format!(
        "subject = \"Prices of mine\"\ncaveat = \"only a guess\"\nmodel = \"deepseek-r1\"\n{PLAIN}\n[based_on]\npreset = \
         \"builtin:deepseek-day6@0123abcd\"\nname = \"Day 6\"\ndate = 2025-03-01\nsource = \"https://example.org\"\n"
    );
    let preset = preset(&based);
    let again = read(fresh(&preset.content).as_bytes(), "fresh.toml", Origin::Pasted).expect("valid");
    assert_eq!(again.content, preset.content);
    // Once something is changed the caveat speaks of it no more.
    let changed = based.replace("1_000", "{ value = 2, source = \"yours\" }");
    edited(&based, set(DECODE, 2.0), &changed.replace("caveat = \"only a guess\"\n", ""));
    let mut base = (*preset).clone();
    Arc::make_mut(&mut base.content).based_on = None;
    base.text = Arc::from(based.split("\n[based_on]").next().expect("a start").as_bytes());
    let mut document = Document::new(Arc::new(base));
    document.edit(|content| {
        content.based_on.clone_from(&preset.content.based_on);
        content.caveat = None;
    });
    let written = text(&document);
    assert!(written.contains("\n[based_on]\npreset = \"builtin:deepseek-day6@0123abcd\"\n"), "{written}");
    assert!(written.contains("\n# A file of my own.") && !written.contains("caveat"), "{written}");
}

#[test]
fn fresh_text_holds_everything_a_preset_says() {
    for name in builtin::names() {
        let preset = builtin::load(name).expect("shipped");
        let text = fresh(&preset.content);
        let again = read(text.as_bytes(), "fresh.toml", Origin::Pasted).expect("valid");
        assert_eq!(again.content, preset.content, "{text}");
    }
}

/// The ways in which a preset can be written.
fn forms() -> Vec<Arc<Preset>> {
    let mut forms: Vec<Arc<Preset>> = builtin::names().filter_map(builtin::load).collect();
    for text in [PLAIN, TIERS, BRACES, DOTTED, NESTED, BARE] {
        let commented = format!("# A comment.\n{text}# The end.\n");
        forms.push(preset(text));
        forms.push(preset(commented.trim_end()));
        forms.push(preset(format!("\u{feff}{}", commented.replace('\n', "\r\n"))));
    }
    forms
}

/// A value of an input's domain, from ordinary to the ends and the smallest steps.
fn value_of(id: InputId) -> BoxedStrategy<Option<f64>> {
    let domain = id.domain();
    let value = if domain.whole {
        (domain.min as i64..=domain.max as i64).prop_map(|whole| whole as f64).boxed()
    } else {
        let (min, max) = (domain.min, domain.max);
        let ends = prop_oneof![Just(min), Just(max), Just(min.next_up()), Just(max.next_down())];
        // Any bit pattern of the domain: all magnitudes alike, denormal ones too.
        let bits = (min.to_bits()..=max.to_bits()).prop_map(f64::from_bits);
        prop_oneof![ends, bits, min..=max].boxed()
    };
    if domain.optional {
        prop_oneof![Just(None), value.prop_map(Some)].boxed()
    } else {
        value.prop_map(Some).boxed()
    }
}

/// A document that shows itself as its text.
struct Edited(Document);

impl std::fmt::Debug for Edited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{:#?}", fresh(self.0.content()), self.0.changes())
    }
}

/// Edits of every kind to any shipped preset.
fn edits() -> impl Strategy<Value = Edited> {
    let start = prop::sample::select(forms());
    let tiers = prop::collection::vec((any::<bool>(), 0u8..8, "[a-zA-Z #é\"\\\\]{0,40}"), 0..6);
    let values = Global::ALL.map(|global| prop::option::of(value_of(global.into()))).to_vec();
    let prices = prop::collection::vec(
        (0u8..8, prop::sample::select(TierField::ALL.to_vec())).prop_flat_map(|(tier, field)| {
            let id = InputId::Tier(tier, field);
            value_of(id).prop_map(move |value| (id, value))
        }),
        0..12,
    );
    let sources = prop::collection::vec((0usize..63, prop::option::of("\\PC{0,20}")), 0..4);
    (start, tiers, values, prices, sources).prop_map(|(start, tiers, values, prices, sources)| {
        let mut document = Document::new(start);
        for (add, tier, name) in tiers {
            let _ = if add { document.add_tier(tier, &name).map(drop) } else { document.remove_tier(tier) };
        }
        for (global, value) in Global::ALL.into_iter().zip(values) {
            if let Some(value) = value {
                document.set(&[(global.into(), value)]).expect("of the domain");
            }
        }
        for (id, value) in prices {
            let _ = document.set(&[(id, value)]);
        }
        let ids: Vec<InputId> = document.scenario().inputs().collect();
        for (place, source) in sources {
            if let Some(id) = ids.get(place) {
                document.set_source(*id, source.as_deref());
            }
        }
        Edited(document)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_scenario_survives_saving_to_the_bit(Edited(document) in edits()) {
        let written = preset(to_toml(&document));
        prop_assert_eq!(&written.content.scenario, document.scenario());
        prop_assert_eq!(&written.content.tier_names, &document.content().tier_names);
        prop_assert_eq!(&written.content.claims, &document.content().claims);
        let again = Document::new(Arc::clone(&written));
        for id in document.scenario().inputs() {
            if let source @ Provenance::Source(_) = document.provenance(id) {
                prop_assert_eq!((again.provenance(id), again.note(id)), (source, document.note(id)));
            }
        }
        // Written once more, nothing changes.
        prop_assert_eq!(to_toml(&again), &*written.text);
    }

    #[test]
    fn edits_are_done_in_place_with_every_comment_kept(Edited(document) in edits()) {
        let written = text(&document);
        let before = String::from_utf8(document.base().text.to_vec()).expect("UTF-8");
        let comments = |text: &str| {
            text.trim_start_matches('\u{feff}').lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>()
        };
        prop_assert_eq!(comments(&written), comments(&before));
    }

    #[test]
    fn every_scenario_survives_fresh_text_to_the_bit(Edited(document) in edits()) {
        let text = fresh(document.content());
        prop_assert_eq!(&preset(&text).content.scenario, document.scenario(), "{}", text);
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, "x", Origin::Pasted);
    }

    #[test]
    fn no_text_like_a_preset_makes_reading_panic(text in "(\\[{1,2}(node|tier|claim|published|tier\\.a)\\]{1,2}\n|(name|decode|value|output|a|share)(\\.low)? = (1|nan|\"x\"|\\{ value = 1, low = 0 \\}|\\[\\]|2025-01-01)\n){0,12}") {
        let _ = read(text.as_bytes(), "x", Origin::Pasted);
    }
}

#[test]
fn a_scenario_built_in_memory_can_be_written() {
    let key = TierKey::new("a").expect("a key");
    let scenario = Scenario::build(&[key], |id| {
        matches!(id, InputId::Global(Global::Decode | Global::InputPerOutput))
            .then_some(Some(5e-324_f64.max(1e-6)))
    })
    .expect("valid");
    let mut base = (*preset(TIERS)).clone();
    Arc::make_mut(&mut base.content).scenario = scenario;
    Arc::make_mut(&mut base.content).tier_names.truncate(1);
    Arc::make_mut(&mut base.content).details.clear();
    Arc::make_mut(&mut base.content).claims.clear();
    base.text = Arc::from([]);
    assert_eq!(preset(to_toml(&Document::new(Arc::new(base)))).content.scenario, scenario);
}

/// Every comment of a text with the header or the key that it stands over.
fn comments(text: &str) -> Vec<(&str, &str)> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let below = |at: usize| lines[at..].iter().find(|line| !line.is_empty() && !line.starts_with('#'));
    let comments = lines.iter().enumerate().filter(|(_, line)| line.starts_with('#'));
    comments
        .map(|(at, comment)| (*comment, below(at).and_then(|line| line.split(" =").next()).unwrap_or("")))
        .collect()
}

#[test]
fn no_comment_of_a_shipped_preset_is_left_in_a_copy_without_what_it_stood_over() {
    for name in builtin::names() {
        let document = Document::new(builtin::load(name).expect("shipped"));
        let of_copy = String::from_utf8(to_toml(&document.own_version())).expect("UTF-8");
        let all = String::from_utf8(document.base().text.to_vec()).expect("UTF-8");
        let (all, kept) = (comments(&all), comments(&of_copy));
        for comment in &kept {
            assert!(all.contains(comment), "{name}: {comment:?}");
        }
        assert!(!of_copy.contains("\n\n\n"), "{name}: {of_copy}");
        let gone: Vec<_> = all.iter().filter(|comment| !kept.contains(comment)).collect();
        assert!(gone.iter().all(|(_, below)| *below == "[[published]]"), "{name}: {gone:?}");
    }
}
