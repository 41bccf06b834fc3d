//! What is open: a preset as read, the edits on top of it, and the way back.

use std::collections::VecDeque;
use std::sync::Arc;

pub(super) mod details;
mod own;
pub(super) mod rebase;
pub(super) mod sourced;
mod sources;
mod tiers;

use super::content::{Claim, Content, Preset};
use super::provenance::Provenance;
use crate::model::{Edit, InputId, Pane, Range, Scenario, ScenarioError, TierField};

/// A series of small moves that count as one edit: one drag, one run of key steps, one run of the wheel.
///
/// Moves of the same run start from the scenario that the run started from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run(pub(crate) u64);

/// One state of the history.
#[derive(Clone, Debug)]
struct State {
    base: Arc<Preset>,
    now: Arc<Content>,
}

/// Most edits that can be taken back.
const MOST_EDITS: usize = 500;
/// About how much text all of them together may repeat: those of a large preset are fewer, but never under twenty.
const MOST_TEXT: usize = 8 << 20;

/// A preset with edits. Opening, editing, undo and redo all go through here.
#[derive(Clone, Debug)]
pub struct Document {
    state: State,
    undo: VecDeque<State>,
    /// Whether earlier edits than those were let go.
    forgot: bool,
    redo: Vec<State>,
    run: Option<Run>,
}

/// An input whose value is not the preset's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The input.
    pub id: InputId,
    /// The preset's value; `None` when the preset has no such input, `Some(None)` when it is absent there.
    pub was: Option<Option<f64>>,
    /// The present value; `None` when absent.
    pub now: Option<f64>,
}

impl Document {
    /// Opens a preset.
    pub fn new(base: Arc<Preset>) -> Self {
        let now = Arc::clone(&base.content);
        Self::of(State { base, now })
    }

    fn of(state: State) -> Self {
        Self { state, undo: VecDeque::new(), forgot: false, redo: Vec::new(), run: None }
    }

    /// Opens another preset instead of this one; undo leads back.
    pub fn open(&mut self, base: Arc<Preset>) {
        let now = Arc::clone(&base.content);
        self.commit(State { base, now });
    }

    /// Opens what another document shows, edits included, instead of this one; undo leads back.
    pub(crate) fn open_as(&mut self, other: &Self) {
        self.commit(other.state.clone());
    }

    /// What it shows now, without the way back.
    pub(crate) fn present(&self) -> Self {
        Self::of(self.state.clone())
    }

    /// The run that the last edit was a part of, if more moves can join it.
    pub(crate) fn run(&self) -> Option<Run> {
        self.run
    }

    /// Shows what another document shows in place of this, without a step of the history.
    pub(crate) fn show(&mut self, other: &Self) {
        self.state = other.state.clone();
        self.redo.clear();
        self.run = None;
    }

    /// Whether this document shows what another one shows.
    pub(crate) fn shows_as(&self, other: &Self) -> bool {
        self.state.base.origin == other.state.base.origin && self.state.now == other.state.now
    }

    /// The preset underneath.
    pub fn base(&self) -> &Arc<Preset> {
        &self.state.base
    }

    /// The present content.
    pub fn content(&self) -> &Arc<Content> {
        &self.state.now
    }

    /// The present scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.state.now.scenario
    }

    /// Replaces the present content by an edited one, as one step of the history.
    pub fn edit(&mut self, change: impl FnOnce(&mut Content)) {
        let mut next = self.state.clone();
        change(Arc::make_mut(&mut next.now));
        if next.now != self.state.now {
            self.commit(next);
        }
        self.run = None;
    }

    /// Applies several values at once, as one step of the history.
    pub fn set(&mut self, edits: &[Edit]) -> Result<(), ScenarioError> {
        let scenario = self.scenario().with(edits)?;
        let base = Arc::clone(&self.state.base.content);
        self.edit(|content| content.move_to(&scenario, edits, &base));
        Ok(())
    }

    /// As [`set`](Self::set), for a line that gives all shares where one was set: those that come out as the line
    /// says when they follow the others are no change of their own.
    pub(crate) fn replay(&mut self, edits: &[Edit]) -> Result<(), ScenarioError> {
        let shares = edits.iter().filter(|(id, _)| id.is_share());
        if shares.clone().count() == self.scenario().tier_count() {
            let whole = self.scenario().with(edits)?;
            for (only, _) in shares {
                let set: Vec<Edit> =
                    edits.iter().filter(|(id, _)| !id.is_share() || id == only).copied().collect();
                if self.scenario().with(&set).is_ok_and(|scenario| scenario == whole) {
                    return self.set(&set);
                }
            }
        }
        self.set(edits)
    }

    /// Moves inputs as part of a run: from the scenario that the run started from, as one step of the history.
    pub(crate) fn adjust(&mut self, run: Run, edits: &[Edit]) -> Result<(), ScenarioError> {
        let going_on = self.run == Some(run);
        let start = match self.undo.back() {
            Some(start) if going_on => Arc::clone(&start.now),
            _ => Arc::clone(&self.state.now),
        };
        let scenario = start.scenario.with(edits)?;
        let base = Arc::clone(&self.state.base.content);
        if going_on {
            self.state.now = start;
            Arc::make_mut(&mut self.state.now).move_to(&scenario, edits, &base);
        } else if scenario != *self.scenario() {
            let mut next = self.state.clone();
            Arc::make_mut(&mut next.now).move_to(&scenario, edits, &base);
            self.commit(next);
            self.run = Some(run);
        }
        Ok(())
    }

    fn commit(&mut self, next: State) {
        self.undo.push_back(std::mem::replace(&mut self.state, next));
        let most = (MOST_TEXT / self.state.base.text.len().max(1)).clamp(20, MOST_EDITS);
        while self.undo.len() > most {
            self.undo.pop_front();
            self.forgot = true;
        }
        self.redo.clear();
        self.run = None;
    }

    /// Takes the last edit back. Returns whether there was one.
    pub fn undo(&mut self) -> bool {
        self.run = None;
        while let Some(earlier) = self.undo.pop_back() {
            let changes = !earlier.same_as(&self.state);
            self.redo.push(std::mem::replace(&mut self.state, earlier));
            if changes {
                return true;
            }
        }
        false
    }

    /// Whether edits were let go, so that undo does not lead back to the preset.
    pub(crate) fn has_forgotten(&self) -> bool {
        self.forgot
    }

    /// Does the last undone edit again. Returns whether there was one.
    pub fn redo(&mut self) -> bool {
        self.run = None;
        while let Some(later) = self.redo.pop() {
            let changes = !later.same_as(&self.state);
            self.undo.push_back(std::mem::replace(&mut self.state, later));
            if changes {
                return true;
            }
        }
        false
    }

    /// Puts one input back to the preset's value; a tier's share moves all shares. Returns whether it changed.
    pub fn reset(&mut self, id: InputId) -> bool {
        let before = *self.scenario();
        let back = self.base_value(id).map(|was| self.set(&[(id, was)]));
        back.is_some_and(|set| set.is_ok()) && before != *self.scenario()
    }

    /// What this document shows as edits of another preset.
    pub(crate) fn onto(&self, base: Arc<Preset>) -> Self {
        let now = Arc::new(self.settled());
        Self::of(State { base, now })
    }

    /// Puts everything back to the preset. Returns whether anything changed.
    pub fn reset_all(&mut self) -> bool {
        let base = Arc::clone(&self.state.base.content);
        let changed = base != self.state.now;
        if changed {
            self.commit(State { base: Arc::clone(&self.state.base), now: base });
        }
        changed
    }

    /// Whether anything differs from the preset.
    pub fn is_edited(&self) -> bool {
        !Arc::ptr_eq(&self.state.now, &self.state.base.content) && self.state.now != self.state.base.content
    }

    /// Whether quitting would lose something: edits of a preset that has a file of its own.
    pub fn is_dirty(&self) -> bool {
        self.base().origin.path().is_some() && self.is_edited()
    }

    /// The same input in the preset underneath: tiers are matched by key.
    pub fn base_id(&self, id: InputId) -> Option<InputId> {
        self.state.base.content.scenario.counterpart(self.scenario(), id)
    }

    /// The preset's value: `None` when it has no such input, `Some(None)` when it is absent there.
    pub fn base_value(&self, id: InputId) -> Option<Option<f64>> {
        self.base_id(id).map(|id| self.state.base.content.scenario.get(id))
    }

    /// The last value that an input had before it was switched off.
    pub(crate) fn last_value(&self, id: InputId) -> Option<f64> {
        self.undo.iter().rev().find_map(|state| state.now.scenario.get(id))
    }

    /// Whether the value differs from the preset's.
    pub fn is_changed(&self, id: InputId) -> bool {
        self.base_value(id).map(|was| was.map(f64::to_bits))
            != Some(self.scenario().get(id).map(f64::to_bits))
    }

    /// Every input that was set to another value than the preset's, in table order; a share that follows was not.
    pub fn changes(&self) -> Vec<Change> {
        self.scenario()
            .inputs()
            .filter(|id| self.is_changed(*id) && self.provenance(*id) != Provenance::Follows)
            .map(|id| Change { id, was: self.base_value(id), now: self.scenario().get(id) })
            // What a new tier leaves out is no change.
            .filter(|change| change.was.is_some() || change.now.is_some())
            .collect()
    }

    /// Whether a value differs from the preset's, or a tier of it is gone.
    pub fn has_changes(&self) -> bool {
        self.is_edited()
            && (self.removed_tiers() > 0 || self.scenario().inputs().any(|id| self.is_changed(id)))
    }

    /// How many inputs were changed; a tier that is gone is one.
    pub fn change_count(&self) -> usize {
        let count = self.changes().len() + self.removed_tiers();
        if count == 0 && self.has_changes() { 1 } else { count }
    }

    /// The title, with how many inputs were changed: `DeepSeek V3/R1, day 6, 2 changed`.
    pub fn title(&self) -> String {
        let name = &self.content().name;
        match self.change_count() {
            0 => name.clone(),
            count => format!("{name}, {count} changed"),
        }
    }

    /// How many tiers of the preset are gone.
    fn removed_tiers(&self) -> usize {
        let base = &self.state.base.content.scenario;
        base.keys().filter(|key| self.scenario().tier_of(*key).is_none()).count()
    }

    /// What the verdict is about, a plural noun: the preset's word for its prices while they are the preset's,
    /// else "Prices".
    pub fn subject(&self) -> &str {
        const PRICES: &str = "Prices";
        let is_price = |id: &InputId| {
            matches!(id, InputId::Tier(_, field)
                if *field == TierField::Share || field.parameter().pane == Pane::Pricing)
        };
        let changed = |id: InputId| self.base_id(id).is_some() && self.is_changed(id);
        let edited = self.is_edited()
            && (self.removed_tiers() > 0 || self.scenario().inputs().filter(is_price).any(changed));
        let subject = self.content().subject.as_deref().filter(|_| !edited);
        subject.unwrap_or(PRICES)
    }

    /// What the preset says would be the first reply to its verdict; nothing once a value was changed, since it
    /// speaks of the preset.
    pub fn caveat(&self) -> Option<&str> {
        self.content().caveat.as_deref().filter(|_| !self.has_changes())
    }

    /// The 90 % range of an input, carried along with its value.
    pub fn range(&self, id: InputId) -> Option<Range> {
        self.state.now.range(id)
    }

    /// The claims on one input, in ascending order of value.
    pub fn claims(&self, id: InputId) -> Vec<&Claim> {
        self.state.now.claims_on(id)
    }

    /// The label of an input; a tier's share goes by the tier's name.
    pub fn label(&self, id: InputId) -> &str {
        match id {
            InputId::Tier(tier, TierField::Share) => self.state.now.tier_name(tier),
            _ => id.parameter().label,
        }
    }
}

impl State {
    fn same_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.base, &other.base) && (Arc::ptr_eq(&self.now, &other.now) || self.now == other.now)
    }
}

#[cfg(test)]
mod tests;
