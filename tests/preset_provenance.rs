//! What differs from a sourced value never bears its source, anywhere; what equals it does.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

use std::collections::BTreeMap;
use std::sync::Arc;

use napkin::model::{InputId, Output, evaluate};
use napkin::preset::{Disk, Document, Origin, Permit, Store, builtin, read, to_toml};
use napkin::report::{card, caveat, provenance};
use proptest::prelude::*;

/// What somebody does with a preset.
#[derive(Clone, Debug)]
enum Step {
    /// Types a value: a part of the way through what the slider spans.
    Type(usize, f64),
    /// Types the preset's own value again.
    TypeBack(usize),
    /// Adopts one of the claims.
    Adopt(usize),
    /// Gives a range of their own.
    Range(usize),
    /// Saves under a new name, or where it was opened from.
    Save { under_a_new_name: bool },
    /// Closes the file and opens it again.
    Reopen,
    /// Gives it a title.
    Rename,
    /// Takes the last step back.
    Undo,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (any::<usize>(), 0.0..1.0).prop_map(|(input, part)| Step::Type(input, part)),
        1 => any::<usize>().prop_map(Step::TypeBack),
        3 => any::<usize>().prop_map(Step::Adopt),
        1 => any::<usize>().prop_map(Step::Range),
        2 => any::<bool>().prop_map(|under_a_new_name| Step::Save { under_a_new_name }),
        2 => Just(Step::Reopen),
        1 => Just(Step::Rename),
        1 => Just(Step::Undo),
    ]
}

/// The value of an input and whose it is, as told.
type Told = BTreeMap<String, (Option<u64>, Option<String>)>;

fn told(document: &Document) -> Told {
    let of = |id| {
        let value = document.scenario().get(id).map(f64::to_bits);
        (document.scenario().id_text(id), (value, provenance::text(document, id)))
    };
    document.scenario().inputs().map(of).collect()
}

/// Somebody at work on one preset, and whose every value is that nobody changed since it was opened.
struct Desk {
    _home: tempfile::TempDir,
    store: Store,
    document: Document,
    sourced: Told,
    /// What was sourced before that, which taking steps back leads to.
    earlier: Vec<Told>,
    saved_as: usize,
}

const YOURS: &str = "yours";
const FOLLOWS: &str = "follows the other shares";

impl Desk {
    fn new(preset: &str) -> Self {
        let home = tempfile::tempdir().expect("a directory");
        let store = Store::with_files(Some(home.path().to_owned()), Arc::new(Disk));
        let document = Document::new(builtin::load(preset).expect("shipped"));
        let sourced = told(&document);
        Self { _home: home, store, document, sourced, earlier: Vec::new(), saved_as: 0 }
    }

    fn input(&self, any: usize) -> InputId {
        let ids: Vec<InputId> = self.document.scenario().inputs().collect();
        ids[any % ids.len()]
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Type(input, part) => {
                let id = self.input(*input);
                let domain = id.domain();
                let high = if domain.max > 1.0 { 20.0 } else { domain.max };
                let value = domain.min + part * (high.max(domain.min) - domain.min);
                let value = if domain.whole { libm::round(value) } else { value };
                let _ = self.document.set(&[(id, Some(value))]);
            }
            Step::TypeBack(input) => {
                let id = self.input(*input);
                let base = self.document.base_value(id).expect("no tier is added");
                let _ = self.document.set(&[(id, base)]);
            }
            Step::Adopt(claim) => {
                let claims = &self.document.content().claims;
                if !claims.is_empty() {
                    let claim = &claims[claim % claims.len()];
                    let edit = (claim.input, Some(claim.value));
                    let _ = self.document.set(&[edit]);
                }
            }
            Step::Range(input) => {
                let id = self.input(*input);
                let (domain, value) = (id.domain(), self.document.scenario().get(id));
                let range = value.and_then(|value| napkin::model::Range::new(value, domain.max, domain));
                let _ = self.document.set_range(id, range);
            }
            Step::Save { under_a_new_name } => self.save(*under_a_new_name),
            Step::Reopen => {
                if let Origin::User { name, .. } = &self.document.base().origin {
                    self.document = Document::new(self.store.load(name).expect("saved"));
                    self.sourced = told(&self.document);
                    self.earlier.clear();
                }
            }
            Step::Rename => {
                self.document.describe("A title of my own", "");
            }
            Step::Undo => {
                // Past a save, values come back that were sourced before it.
                self.document.undo();
            }
        }
    }

    /// Saves, and finds in the file what was on screen.
    fn save(&mut self, under_a_new_name: bool) {
        let expected = self.expected();
        let before = self.document.base().content.name.clone();
        let own = self.document.base().origin.path().is_some() && !under_a_new_name;
        let permit = Permit::default();
        let saved = if own {
            self.store.save(&self.document, permit)
        } else {
            self.saved_as += 1;
            self.store.save_as(&self.document, &format!("mine-{}", self.saved_as), permit)
        };
        let preset = saved.expect("saved").preset;
        let content = &preset.content;
        assert!(content.source.is_none() && content.date.is_none() && content.published.is_empty());
        assert!(own || content.name != before, "{}", content.name);
        let based_on = content.based_on.as_ref().expect("made from a built-in");
        assert!(based_on.preset.starts_with("builtin:"), "{based_on:?}");
        self.document.saved(&preset);
        same(&told(&self.document), &expected);
        self.earlier.push(std::mem::replace(&mut self.sourced, told(&self.document)));
    }

    /// Whose every value has to be.
    fn expected(&self) -> Told {
        let document = &self.document;
        let of = |id: InputId| {
            let (path, value) = (document.scenario().id_text(id), document.scenario().get(id));
            let bits = value.map(f64::to_bits);
            let (sourced, text) = &self.sourced[&path];
            let mut claims = document.claims(id);
            claims.retain(|claim| Some(claim.value.to_bits()) == bits);
            let now = provenance::text(document, id);
            let follows = now.as_deref() == Some(FOLLOWS);
            let whose =
                if *sourced != bits && self.earlier.iter().any(|told| told[&path] == (bits, now.clone())) {
                    now
                } else if *sourced == bits {
                    text.clone()
                } else if id.is_share() && follows {
                    Some(FOLLOWS.to_owned())
                } else if claims.is_empty() {
                    Some(YOURS.to_owned())
                } else {
                    Some(claims.iter().map(|claim| claim.citation()).collect::<Vec<_>>().join("; "))
                };
            (path, (bits, whose))
        };
        document.scenario().inputs().map(of).collect()
    }

    /// Looks everywhere.
    fn check(&self) {
        let (document, expected) = (&self.document, self.expected());
        same(&told(document), &expected);
        let changed = document.changes().len();
        assert_eq!(document.title().ends_with(" changed"), document.has_changes(), "{}", document.title());
        assert!(changed == 0 || document.caveat().is_none());
        // As `presets show` and a card without a built-in write it.
        let own = document.own_version();
        let text = to_toml(&own);
        let again = Document::new(Arc::new(read(&text, "shown", Origin::Pasted).expect("valid")));
        same(&told(&again), &expected);
        self.check_card(&expected);
    }

    fn check_card(&self, expected: &Told) {
        let document = &self.document;
        let Ok(text) =
            card::write(document, Some(&Document::new(builtin::load("sceptic").expect("shipped"))))
        else {
            return;
        };
        let replayed = card::read(&text).expect("a card").expect("replays");
        let bits = |document: &Document| {
            let outputs = evaluate(document.scenario());
            Output::ALL.map(|output| outputs.get(output).map(f64::to_bits))
        };
        assert_eq!(bits(&replayed.document), bits(document), "{text}");
        assert!(text.contains("napkin builtin:deepseek-day6@") && text.lines().count() < 60, "{text}");
        let against = replayed.against.expect("what it is compared with");
        assert_eq!(against.base().origin, Origin::Builtin("sceptic".to_owned()));
        // Every row tells whose the value is, and every value of yours has its row.
        let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let rows: BTreeMap<String, String> = text
            .lines()
            .filter(|line| line.starts_with("| ") && line.contains(" (`"))
            .map(|line| {
                let id = line.split('`').nth(1).expect("an id").to_owned();
                (id, plain(line.trim_end_matches(" |").rsplit(" | ").next().expect("a source")))
            })
            .collect();
        let day_six = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        for id in document.scenario().inputs() {
            let path = document.scenario().id_text(id);
            let (value, whose) = &expected[&path];
            let whose = whose.clone().unwrap_or_default();
            let original = day_six.scenario().get(id).map(f64::to_bits) == *value;
            match rows.get(&path) {
                Some(_) if original => panic!("{path} is as published: {text}"),
                Some(row) => assert_eq!(*row, plain(&whose), "{path}: {text}"),
                None => assert!(original || whose == FOLLOWS, "{path} is missing: {text}"),
            }
        }
    }
}

/// A default says so in other words once it is written into a file.
fn plain(text: Option<&str>) -> Option<&str> {
    match text {
        Some(text) if text.starts_with("derived: a default") => None,
        Some("assumption: a default") => Some("assumption"),
        text => text,
    }
}

#[track_caller]
fn same(told: &Told, expected: &Told) {
    for (path, (bits, whose)) in expected {
        let (told_bits, told_whose) = &told[path];
        assert!(
            told_bits == bits && plain(told_whose.as_deref()) == plain(whose.as_deref()),
            "{path}: {:?} is not {:?}",
            told[path],
            expected[path]
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_differs_from_a_sourced_value_never_bears_its_source_and_what_equals_it_does(
        steps in prop::collection::vec(step(), 1..14)
    ) {
        let mut desk = Desk::new("deepseek-day6");
        for step in &steps {
            desk.take(step);
            desk.check();
        }
    }
}

#[test]
fn a_value_typed_into_a_saved_copy_is_yours_and_not_the_publishers() {
    let mut desk = Desk::new("deepseek-day6");
    let rent = napkin::model::Global::GpuHour.into();
    desk.save(true);
    desk.take(&Step::Reopen);
    desk.document.set(&[(rent, Some(2.5))]).expect("valid");
    desk.save(false);
    let text = String::from_utf8(desk.document.base().text.to_vec()).expect("UTF-8");
    assert!(text.contains("gpu_hour = { value = 2.5, low = 1.875, high = 3.75, source = \"yours\", note = \"range: carried along\" }"), "{text}");
    assert_eq!(caveat::whole(&desk.document).as_deref(), Some("yours: rent $2.50/GPU·h"));
    let card = card::write(&desk.document, None).expect("defined");
    assert!(
        card.contains("with one input changed") && card.contains("| $2.50/GPU·h | $2.00/GPU·h | yours |"),
        "{card}"
    );
    assert!(card.contains("5 of 5 published figures reproduced before your change"), "{card}");
}

#[test]
fn of_two_shares_only_the_one_that_was_set_is_changed() {
    let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
    let share = |tier| InputId::Tier(tier, napkin::model::TierField::Share);
    document.set(&[(share(3), Some(0.7))]).expect("valid");
    assert_eq!(document.scenario().get(share(0)), Some(0.3));
    assert_eq!(document.title(), "DeepSeek V3/R1, day 6, 1 changed");
    assert_eq!(provenance::text(&document, share(0)).as_deref(), Some(FOLLOWS));
    assert_eq!(provenance::text(&document, share(3)).as_deref(), Some(YOURS));
    let text = String::from_utf8(to_toml(&document.own_version())).expect("UTF-8");
    assert!(text.contains("share = { value = 0.3, source = \"follows\" }"), "{text}");
    assert!(text.contains("share = { value = 0.7, source = \"yours\" }"), "{text}");
}
