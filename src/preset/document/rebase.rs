//! A preset that changed on disk while it was open: its changes and the unsaved edits, brought together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Document, State};
use crate::model::{InputId, MAX_TIERS, SHARE_TOLERANCE, Scenario, TierField, TierKey};
use crate::preset::content::{Claim, Content, Detail, Preset, Slot};

/// What a reload under unsaved edits came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rebase {
    /// How many inputs and texts are not what they were on disk.
    pub changed_on_disk: usize,
    /// How many inputs and texts differ from the disk because they were edited here.
    pub edits_kept: usize,
}

impl Document {
    /// Puts a new version of the preset underneath. What was edited here stays, everything else follows the
    /// disk; undo leads back to the content before, as edits on the new version.
    pub fn rebase(&mut self, disk: Arc<Preset>) -> Rebase {
        let before = Arc::clone(self.base());
        let merged = merge(&before.content, self.content(), &disk.content);
        let rebase = Rebase {
            changed_on_disk: differences(&before.content, &disk.content),
            edits_kept: differences(&disk.content, &merged),
        };
        let now = if merged == *disk.content { Arc::clone(&disk.content) } else { Arc::new(merged) };
        self.replace_base(&before, &disk);
        if now != self.state.now {
            self.commit(State { base: disk, now });
        }
        rebase
    }

    /// Takes over what was just saved as the preset underneath; undo leads past it to the edits before.
    pub fn saved(&mut self, preset: &Arc<Preset>) {
        let before = Arc::clone(self.base());
        self.replace_base(&before, preset);
        if before.origin != preset.origin {
            // Under another name undo brings values back, but not the title and the source of the other preset.
            let states = self.undo.iter_mut().chain(&mut self.redo);
            for state in states.filter(|state| Arc::ptr_eq(&state.base, preset)) {
                state.now = Arc::new(with_heading(&state.now, &preset.content));
            }
        }
        self.state.now = Arc::clone(&preset.content);
        self.run = None;
    }

    /// Exchanges one preset for another in the whole history, so that undo never brings an outdated file back.
    fn replace_base(&mut self, old: &Arc<Preset>, new: &Arc<Preset>) {
        let states = self.undo.iter_mut().chain(&mut self.redo).chain([&mut self.state]);
        for state in states.filter(|state| Arc::ptr_eq(&state.base, old)) {
            state.base = Arc::clone(new);
        }
    }
}

/// The values of one content under the title of another, with all that speaks of the preset as a whole.
fn with_heading(values: &Content, heading: &Content) -> Content {
    Content {
        scenario: values.scenario,
        tier_names: values.tier_names.clone(),
        details: values.details.clone(),
        claims: values.claims.clone(),
        ..heading.clone()
    }
}

/// What was edited if it was, else what stands on disk.
fn pick<'a, T: PartialEq>(base: &'a T, now: &'a T, disk: &'a T) -> &'a T {
    if now == base { disk } else { now }
}

/// The bits of a value; `None` when it is absent.
type Bits = Option<u64>;

/// The value in a slot; `None` when there is no such tier.
fn bits(content: &Content, slot: Slot) -> Option<Bits> {
    Some(content.scenario.get(content.id_of(slot)?).map(f64::to_bits))
}

fn detail(content: &Content, slot: Slot) -> Option<&Detail> {
    content.details.get(&content.id_of(slot)?)
}

fn tier_name(content: &Content, key: TierKey) -> Option<&str> {
    content.scenario.tier_of(key).map(|tier| content.tier_name(tier))
}

/// How many inputs and texts differ.
fn differences(a: &Content, b: &Content) -> usize {
    let slots = |content: &Content| content.scenario.inputs().map(|id| content.slot(id)).collect::<Vec<_>>();
    let all: BTreeSet<Slot> = slots(a).into_iter().chain(slots(b)).collect();
    let said = |content: &Content, slot| {
        content.id_of(slot).map(|id| {
            let (source, note) = content.sourced(id);
            (source.map(str::to_owned), note.map(str::to_owned), content.range(id))
        })
    };
    let inputs =
        all.into_iter().filter(|slot| bits(a, *slot) != bits(b, *slot) || said(a, *slot) != said(b, *slot));
    let names = a.scenario.keys().filter(|key| {
        let there = tier_name(b, *key);
        there.is_some() && there != tier_name(a, *key)
    });
    let texts = [
        a.name != b.name,
        a.summary != b.summary,
        a.date != b.date,
        a.source != b.source,
        a.subject != b.subject,
        a.caveat != b.caveat,
        a.model != b.model,
        a.based_on != b.based_on,
        a.published != b.published,
        by_slot(a) != by_slot(b),
    ];
    inputs.count() + names.count() + texts.into_iter().filter(|differs| *differs).count()
}

/// The claims, named independently of the order of the tiers.
fn by_slot(content: &Content) -> Vec<(Slot, &Claim)> {
    content.claims.iter().map(|claim| (content.slot(claim.input), claim)).collect()
}

/// The edits from `base` to `now`, done to `disk`.
fn merge(base: &Content, now: &Content, disk: &Content) -> Content {
    let keys = tier_keys(base, now, disk);
    let Some(scenario) = scenario(&keys, base, now, disk) else { return now.clone() };
    let slot = |id| match id {
        InputId::Global(global) => Slot::Global(global),
        InputId::Tier(tier, field) => Slot::Tier(scenario.key(tier), field),
    };
    let details = scenario.inputs().filter_map(|id| {
        let slot = slot(id);
        let picked = *pick(&detail(base, slot), &detail(now, slot), &detail(disk, slot));
        // A tier that is gone on disk and kept here keeps what is said of it.
        picked.or_else(|| detail(now, slot).filter(|_| disk.id_of(slot).is_none())).map(|it| (id, it.clone()))
    });
    let names = scenario.keys().map(|key| {
        let (base, now, disk) = (tier_name(base, key), tier_name(now, key), tier_name(disk, key));
        pick(&base, &now, &disk).or(now).unwrap_or_default().to_owned()
    });
    let (base_claims, now_claims, disk_claims) = (by_slot(base), by_slot(now), by_slot(disk));
    let claims = pick(&base_claims, &now_claims, &disk_claims).iter().filter_map(|(slot, claim)| {
        let input = match *slot {
            Slot::Global(global) => global.into(),
            Slot::Tier(key, field) => InputId::Tier(scenario.tier_of(key)?, field),
        };
        Some(Claim { input, ..(*claim).clone() })
    });
    Content {
        name: pick(&base.name, &now.name, &disk.name).clone(),
        summary: pick(&base.summary, &now.summary, &disk.summary).clone(),
        date: pick(&base.date, &now.date, &disk.date).clone(),
        source: pick(&base.source, &now.source, &disk.source).clone(),
        subject: pick(&base.subject, &now.subject, &disk.subject).clone(),
        caveat: pick(&base.caveat, &now.caveat, &disk.caveat).clone(),
        model: pick(&base.model, &now.model, &disk.model).clone(),
        based_on: pick(&base.based_on, &now.based_on, &disk.based_on).clone(),
        tier_names: names.collect(),
        details: details.collect::<BTreeMap<_, _>>(),
        published: pick(&base.published, &now.published, &disk.published).clone(),
        claims: claims.collect(),
        scenario,
    }
}

/// The tiers of the merged preset: the disk's without those removed here, then those added or edited here.
fn tier_keys(base: &Content, now: &Content, disk: &Content) -> Vec<TierKey> {
    let has = |content: &Content, key| content.scenario.tier_of(key).is_some();
    let edited = |key: &TierKey| {
        let field = |field| bits(base, Slot::Tier(*key, field)) != bits(now, Slot::Tier(*key, field));
        TierField::ALL.into_iter().any(field) || tier_name(base, *key) != tier_name(now, *key)
    };
    let removed_here = |key: &TierKey| has(base, *key) && !has(now, *key);
    let mut keys: Vec<TierKey> = disk.scenario.keys().filter(|key| !removed_here(key)).collect();
    keys.extend(now.scenario.keys().filter(|key| !has(disk, *key) && edited(key)));
    if keys.is_empty() || keys.len() > MAX_TIERS { now.scenario.keys().collect() } else { keys }
}

/// The values of the merged preset. Shares are one unit, since they sum to 1.
fn scenario(keys: &[TierKey], base: &Content, now: &Content, disk: &Content) -> Option<Scenario> {
    let value = |slot| {
        let picked = pick(&bits(base, slot), &bits(now, slot), &bits(disk, slot)).or_else(|| bits(now, slot));
        picked.map(|value| value.map(f64::from_bits))
    };
    let share = |content: &Content, key| bits(content, Slot::Tier(key, TierField::Share));
    let edited =
        now.scenario.keys().chain(base.scenario.keys()).any(|key| share(now, key) != share(base, key));
    let from = if edited { now } else { disk };
    let mut shares: Vec<f64> =
        keys.iter().map(|key| share(from, *key).flatten().map_or(0.0, f64::from_bits)).collect();
    let sum: f64 = shares.iter().sum();
    if (sum - 1.0).abs() > SHARE_TOLERANCE {
        let count = shares.len() as f64;
        for share in &mut shares {
            *share = if sum > 0.0 { *share / sum } else { 1.0 / count };
        }
    }
    let given = |id| match id {
        InputId::Global(global) => value(Slot::Global(global)),
        InputId::Tier(tier, TierField::Share) => shares.get(usize::from(tier)).map(|share| Some(*share)),
        InputId::Tier(tier, field) => {
            keys.get(usize::from(tier)).and_then(|key| value(Slot::Tier(*key, field)))
        }
    };
    Scenario::build(keys, given).ok()
}
