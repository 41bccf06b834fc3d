//! What differs from a sourced value never bears its source, anywhere; what equals it does.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

use std::collections::BTreeMap;
use std::sync::Arc;

use napkin::book::Books;
use napkin::model::{InputId, Output, Pane, TierField, evaluate};
use napkin::preset::{Disk, Document, Origin, Permit, Sourced, Store, builtin, read, to_toml};
use napkin::report::hardware::{HardwareQuery, HardwareReport};
use napkin::report::hosts::{HostsQuery, HostsReport};
use napkin::report::proof::Proof;
use napkin::report::view::{Scene, ViewName};
use napkin::report::{answer, card, caveat, eval::EvalReport, provenance, replay};
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
    /// Opens a row of Hosts.
    Host(usize),
    /// Opens a row of Hardware.
    Hardware(usize),
    /// Saves under a new name, or where it was opened from.
    Save { under_a_new_name: bool },
    /// Closes the file and opens it again.
    Reopen,
    /// Writes the claim card and opens it.
    Card,
    /// Pins the scenario as it is.
    Pin,
    /// Pins a shipped preset.
    Against,
    /// Swaps with what is pinned.
    Swap,
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
        1 => any::<usize>().prop_map(Step::Host),
        1 => any::<usize>().prop_map(Step::Hardware),
        2 => any::<bool>().prop_map(|under_a_new_name| Step::Save { under_a_new_name }),
        2 => Just(Step::Reopen),
        2 => Just(Step::Card),
        1 => Just(Step::Pin),
        1 => Just(Step::Against),
        1 => Just(Step::Swap),
        1 => Just(Step::Rename),
        1 => Just(Step::Undo),
    ]
}

type Bits = Option<u64>;

/// The value of an input and whose it is, as told.
type Told = BTreeMap<String, (Bits, Option<String>)>;

fn told(document: &Document) -> Told {
    let of = |id| {
        let value = document.scenario().get(id).map(f64::to_bits);
        (document.scenario().id_text(id), (value, provenance::text(document, id)))
    };
    document.scenario().inputs().map(of).collect()
}

fn shipped(preset: &str) -> Document {
    Document::new(builtin::load(preset).expect("shipped"))
}

const PRESET: &str = "deepseek-day6";
const YOURS: &str = "yours";
const FOLLOWS: &str = "follows the other shares";

/// A document, and whose every value is that nobody changed since it was opened.
#[derive(Clone)]
struct Work {
    document: Document,
    sourced: Told,
    /// What was sourced before that, which taking steps back leads to.
    earlier: Vec<Told>,
    /// Values that came from elsewhere since it was opened, each with its source.
    taken: BTreeMap<String, Vec<(Bits, String)>>,
    /// Whether a step was taken back since it was opened: values that were typed may be there again.
    undone: bool,
}

impl Work {
    fn new(document: Document) -> Self {
        let sourced = told(&document);
        Self { document, sourced, earlier: Vec::new(), taken: BTreeMap::new(), undone: false }
    }

    fn input(&self, any: usize) -> InputId {
        let ids: Vec<InputId> = self.document.scenario().inputs().collect();
        ids[any % ids.len()]
    }

    /// Takes figures from elsewhere; those that are what they were before stay whose they were.
    fn take(&mut self, values: &[Sourced]) {
        let before = *self.document.scenario();
        self.document.set_sourced(values).expect("valid");
        let now = self.document.scenario();
        for given in values.iter().filter(|given| now.get(given.id) != before.get(given.id)) {
            let source = (now.get(given.id).map(f64::to_bits), given.source.clone());
            self.taken.entry(now.id_text(given.id)).or_default().push(source);
        }
    }

    /// Whose a value may be said to be.
    fn whose(&self, id: InputId) -> Vec<Option<String>> {
        let document = &self.document;
        let path = document.scenario().id_text(id);
        let bits = document.scenario().get(id).map(f64::to_bits);
        let now = provenance::text(document, id);
        let taken = self.taken.get(&path).into_iter().flatten();
        let mut all: Vec<Option<String>> =
            taken.filter(|(value, _)| *value == bits).map(|(_, source)| Some(source.clone())).collect();
        let (sourced, text) = &self.sourced[&path];
        if *sourced == bits {
            all.push(text.clone());
            return all;
        }
        if self.earlier.iter().any(|told| told[&path] == (bits, now.clone())) {
            all.push(now.clone());
        }
        if all.is_empty() || self.undone {
            let mut claims = document.claims(id);
            claims.retain(|claim| Some(claim.value.to_bits()) == bits);
            all.push(Some(if id.is_share() && now.as_deref() == Some(FOLLOWS) {
                FOLLOWS.to_owned()
            } else if claims.is_empty() {
                YOURS.to_owned()
            } else {
                claims.iter().map(|claim| claim.citation()).collect::<Vec<_>>().join("; ")
            }));
        }
        all
    }

    /// Looks everywhere.
    fn check(&self, pinned: Option<&Document>) {
        let document = &self.document;
        for id in document.scenario().inputs() {
            let (said, whose) = (provenance::text(document, id), self.whose(id));
            assert!(
                whose.iter().any(|whose| plain(whose.as_deref()) == plain(said.as_deref())),
                "{}: {said:?} is none of {whose:?}",
                document.scenario().id_text(id)
            );
        }
        let changed = document.changes().len();
        assert_eq!(document.title().ends_with(" changed"), document.has_changes(), "{}", document.title());
        assert!(changed == 0 || document.caveat().is_none());
        // As `presets show` and a card without a built-in write it.
        let own = document.own_version();
        let text = to_toml(&own);
        let again = Document::new(Arc::new(read(&text, "shown", Origin::Pasted).expect("valid")));
        same(&told(&again), &told(document));
        self.check_proof();
        self.check_json();
        self.check_answer(pinned);
        self.check_card(pinned);
    }

    /// The derivation says of each input what is said of it elsewhere.
    fn check_proof(&self) {
        for step in Proof::of(&self.document, 0).steps {
            let note = step.note.unwrap_or_default();
            for id in &step.inputs {
                let Some(whose) = provenance::text(&self.document, *id) else { continue };
                let said = format!("{}: {whose}", provenance::name(&self.document, *id));
                assert!(note.contains(&said), "{note}: {said}");
            }
        }
    }

    /// The export says whether it is edited, and checks what was published against the preset as it was published.
    fn check_json(&self) {
        let eval = EvalReport::of(&self.document);
        assert_eq!(eval.edited, self.document.is_edited());
        assert!(eval.published.iter().all(|figure| figure.ok), "{:?}", eval.published);
        assert!(eval.published.is_empty() || self.document.base().content.source.is_some());
    }

    /// What speaks of the preset is said of it alone.
    fn check_words(&self, text: &str) {
        let original = shipped(PRESET);
        let differs = |id: &InputId| self.document.scenario().get(*id) != original.scenario().get(*id);
        let is_price = |id: &InputId| match id {
            InputId::Tier(_, field) => *field == TierField::Share || field.parameter().pane == Pane::Pricing,
            InputId::Global(_) => false,
        };
        let changed: Vec<InputId> = self.document.scenario().inputs().filter(differs).collect();
        let verdict = text.lines().next().unwrap_or_default();
        assert!(!changed.iter().any(is_price) || !verdict.contains("R1's list prices"), "{text}");
        let caveat = original.caveat().expect("it has one").split(',').next().unwrap_or_default();
        assert!(changed.is_empty() || !text.to_lowercase().contains(caveat), "{text}");
    }

    fn check_answer(&self, against: Option<&Document>) {
        let scene = Scene { document: &self.document, against, target: 0.0, books: Books::shipped() };
        let Ok(text) = answer::write(&scene, ViewName::Proof, "A sentence.") else { return };
        self.check_words(&text);
        let yours = self
            .document
            .changes()
            .iter()
            .any(|change| provenance::text(&self.document, change.id).as_deref() == Some(YOURS));
        assert!(!yours || text.contains("Yours: ") || text.contains("Changed: "), "{text}");
        assert!(text.contains("napkin builtin:deepseek-day6@"), "{text}");
    }

    fn check_card(&self, against: Option<&Document>) {
        let document = &self.document;
        let Ok(text) = card::write(document, against) else { return };
        self.check_words(&text);
        let replayed = card::read(&text).expect("a card").expect("replays");
        let bits = |document: &Document| {
            let outputs = evaluate(document.scenario());
            Output::ALL.map(|output| outputs.get(output).map(f64::to_bits))
        };
        assert_eq!(bits(&replayed.document), bits(document), "{text}");
        assert!(text.contains("napkin builtin:deepseek-day6@") && text.lines().count() < 80, "{text}");
        // What it is compared with is cited while it is as shipped, and never otherwise.
        let cited = against.and_then(replay::against);
        assert_eq!(replayed.against.is_some(), cited.is_some(), "{text}");
        for (pinned, against) in against.iter().zip(&replayed.against) {
            assert_eq!(bits(against), bits(pinned), "{text}");
        }
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
        let original = shipped(PRESET);
        for id in document.scenario().inputs() {
            let path = document.scenario().id_text(id);
            let whose = provenance::text(document, id).unwrap_or_default();
            let value = |document: &Document| document.scenario().get(id).map(f64::to_bits);
            let original = value(&original) == value(document);
            match rows.get(&path) {
                Some(_) if original => panic!("{path} is as published: {text}"),
                Some(row) => assert_eq!(*row, plain(&whose), "{path}: {text}"),
                None => assert!(original || whose == FOLLOWS, "{path} is missing: {text}"),
            }
        }
    }
}

/// Somebody at work.
struct Desk {
    _home: tempfile::TempDir,
    store: Store,
    work: Work,
    pinned: Option<Work>,
    saved_as: usize,
}

impl Desk {
    fn new(preset: &str) -> Self {
        let home = tempfile::tempdir().expect("a directory");
        let store = Store::with_files(Some(home.path().to_owned()), Arc::new(Disk));
        Self { _home: home, store, work: Work::new(shipped(preset)), pinned: None, saved_as: 0 }
    }

    fn take(&mut self, step: &Step) {
        let work = &mut self.work;
        match step {
            Step::Type(input, part) => {
                let id = work.input(*input);
                let domain = id.domain();
                let high = if domain.max > 1.0 { 20.0 } else { domain.max };
                let value = domain.min + part * (high.max(domain.min) - domain.min);
                let value = if domain.whole { libm::round(value) } else { value };
                let _ = work.document.set(&[(id, Some(value))]);
            }
            Step::TypeBack(input) => {
                let id = work.input(*input);
                let base = work.document.base_value(id).expect("no tier is added");
                let _ = work.document.set(&[(id, base)]);
            }
            Step::Adopt(claim) => {
                let claims = &work.document.content().claims;
                if !claims.is_empty() {
                    let claim = &claims[claim % claims.len()];
                    let edit = (claim.input, Some(claim.value));
                    let _ = work.document.set(&[edit]);
                }
            }
            Step::Range(input) => {
                let id = work.input(*input);
                let (domain, value) = (id.domain(), work.document.scenario().get(id));
                let range = value.and_then(|value| napkin::model::Range::new(value, domain.max, domain));
                let _ = work.document.set_range(id, range);
            }
            Step::Host(row) => {
                let hosts = HostsReport::of(&work.document, Books::shipped(), HostsQuery::default());
                let opening = hosts.opening(&hosts.hosts[row % hosts.hosts.len()]);
                work.take(&opening);
            }
            Step::Hardware(row) => {
                let query = HardwareQuery::default();
                let hardware = HardwareReport::of(&work.document, Books::shipped(), query);
                let opening = hardware.opening(&hardware.rows[row % hardware.rows.len()]);
                work.take(&opening);
            }
            Step::Save { under_a_new_name } => self.save(*under_a_new_name),
            Step::Reopen => {
                if let Origin::User { name, .. } = &work.document.base().origin {
                    let before = self.store.load(name).expect("saved");
                    *work = Work::new(Document::new(before));
                }
            }
            Step::Card => {
                let pinned = self.pinned.as_ref().map(|pinned| &pinned.document);
                if let Ok(text) = card::write(&work.document, pinned) {
                    let replayed = card::read(&text).expect("a card").expect("replays");
                    // A card names who gives each value that differs.
                    same(&told(&replayed.document), &told(&work.document));
                    // Typed back, and by undo, it is the preset's again.
                    let preset = told(&Document::new(Arc::clone(replayed.document.base())));
                    *work = Work { earlier: vec![preset], ..Work::new(replayed.document) };
                    self.pinned = replayed.against.map(Work::new);
                }
            }
            Step::Pin => self.pinned = Some(work.clone()),
            Step::Against => self.pinned = Some(Work::new(shipped("sceptic"))),
            Step::Swap => {
                // The sceptic's preset stays where it is: what is looked for here is day 6's.
                if let Some(pinned) = &mut self.pinned
                    && pinned.document.base().origin != Origin::Builtin("sceptic".to_owned())
                {
                    std::mem::swap(pinned, work);
                }
            }
            Step::Rename => {
                work.document.describe("A title of my own", "");
            }
            Step::Undo => {
                // Past a save, values come back that were sourced before it.
                work.document.undo();
                work.undone = true;
            }
        }
    }

    /// Saves, and finds in the file what was on screen.
    fn save(&mut self, under_a_new_name: bool) {
        let document = &mut self.work.document;
        let (expected, before) = (told(document), document.base().content.name.clone());
        let own = document.base().origin.path().is_some() && !under_a_new_name;
        let permit = Permit { overwrite: true, ..Permit::default() };
        let saved = if own {
            self.store.save(document, permit)
        } else {
            self.saved_as += 1;
            self.store.save_as(document, &format!("mine-{}", self.saved_as), permit)
        };
        let preset = saved.expect("saved").preset;
        let content = &preset.content;
        assert!(content.source.is_none() && content.date.is_none() && content.published.is_empty());
        assert!(own || content.name != before, "{}", content.name);
        let based_on = content.based_on.as_ref().expect("made from a built-in");
        assert!(based_on.preset.starts_with("builtin:"), "{based_on:?}");
        document.saved(&preset);
        same(&told(document), &expected);
        let sourced = told(document);
        self.work.earlier.push(std::mem::replace(&mut self.work.sourced, sourced));
    }

    fn check(&self) {
        let pinned = self.pinned.as_ref();
        self.work.check(pinned.map(|pinned| &pinned.document));
        if let Some(pinned) = pinned {
            let is_day_six = pinned.document.content().based_on.is_some()
                || pinned.document.base().origin == Origin::Builtin(PRESET.to_owned());
            if is_day_six {
                pinned.check(Some(&self.work.document));
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
        let mut desk = Desk::new(PRESET);
        for step in &steps {
            desk.take(step);
            desk.check();
        }
    }
}

#[test]
fn a_value_typed_into_a_saved_copy_is_yours_and_not_the_publishers() {
    let mut desk = Desk::new(PRESET);
    let rent = napkin::model::Global::GpuHour.into();
    desk.save(true);
    desk.take(&Step::Reopen);
    desk.work.document.set(&[(rent, Some(2.5))]).expect("valid");
    desk.save(false);
    let document = &desk.work.document;
    let text = String::from_utf8(document.base().text.to_vec()).expect("UTF-8");
    assert!(text.contains("gpu_hour = { value = 2.5, low = 1.875, high = 3.75, source = \"yours\", note = \"range: carried along\" }"), "{text}");
    assert_eq!(caveat::whole(document).as_deref(), Some("yours: rent $2.50/GPU·h"));
    let card = card::write(document, None).expect("defined");
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

#[test]
fn a_value_of_yours_that_undo_brings_back_past_a_save_is_yours_in_the_next_file_too() {
    let mut desk = Desk::new(PRESET);
    let discount = InputId::Tier(3, TierField::Discount);
    desk.work.document.set(&[(discount, Some(0.5))]).expect("valid");
    desk.work.document.set(&[(napkin::model::Global::GpuHour.into(), Some(3.0))]).expect("valid");
    desk.save(true);
    assert!(desk.work.document.undo());
    desk.save(true);
    let text = String::from_utf8(desk.work.document.base().text.to_vec()).expect("UTF-8");
    assert!(text.contains("discount = { value = 0.5, source = \"yours\" }"), "{text}");
}
