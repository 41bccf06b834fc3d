//! The focused slider: steps, typed values, toggles, claims.

use crate::model::{Domain, Global, InputId, Pane, Scale};
use crate::preset::{Document, Sourced};
use crate::quantity::number;
use crate::report::provenance;
use crate::tui::app::App;
use crate::tui::command::Command;
use crate::tui::component::Popup;
use crate::tui::facts::Facts;
use crate::tui::popups;
use crate::tui::slider::{Direction, Stride, next_claim, start, step};

impl App {
    pub(super) fn step(&mut self, direction: Direction, stride: Stride) {
        let id = self.cx.focused;
        let Some(value) = self.cx.value(id) else {
            self.say(format!(
                "{} is not part of this scenario; {} switches it on",
                self.cx.document.label(id),
                self.cx.key_of(Command::Toggle)
            ));
            return;
        };
        if self.cx.telling.is_some() && id.parameter().scale == Scale::Toggle {
            return self.toggle();
        }
        let next = step(id.parameter(), value, direction, stride);
        self.step_in_run("keys", &[(id, Some(next))]);
    }

    pub(super) fn go_to_end(&mut self, direction: Direction) {
        let id = self.cx.focused;
        if self.cx.value(id).is_none() {
            return;
        }
        let window = self.cx.window(id);
        let value = if direction == Direction::Up { window.end() } else { window.start() };
        let Domain { min, max, .. } = id.domain();
        self.end_run();
        self.step_in_run("keys", &[(id, Some(value.clamp(min, max)))]);
        self.end_run();
    }

    /// Moves the focus up or down, on into the next pane.
    pub(super) fn walk(&mut self, direction: Direction) {
        self.end_run();
        // What is folded away is passed over, unless the sliders are not on screen.
        let all: Vec<InputId> = match self.layout.panes.as_slice() {
            [] => Pane::ALL.iter().flat_map(|pane| self.cx.inputs(*pane)).collect(),
            panes => panes.iter().flat_map(|pane| &pane.stops).copied().collect(),
        };
        let here = all.iter().position(|id| *id == self.cx.focused).unwrap_or(0);
        let next = match direction {
            Direction::Up => (here + 1).min(all.len().saturating_sub(1)),
            Direction::Down => here.saturating_sub(1),
        };
        if let Some(id) = all.get(next) {
            self.focus_on(*id);
            self.refresh_views();
        }
    }

    pub(super) fn type_value(&mut self, first: Option<char>) {
        self.end_run();
        let id = self.cx.focused;
        if id.parameter().scale == Scale::Toggle && self.cx.telling.is_some() && first.is_none() {
            self.toggle();
        } else if id.parameter().scale == Scale::Toggle {
            let key = self.cx.key_of(Command::Toggle);
            let words = [0.0, 1.0].map(|value| number::input(id, Some(value))).join(" or ");
            self.say(format!("{} is {words}: {key} flips it", self.cx.document.label(id)));
        } else {
            self.popups.push(popups::value(id, first));
        }
        self.changed = true;
    }

    pub(super) fn toggle(&mut self) {
        let id = self.cx.focused;
        self.end_run();
        let value = self.cx.value(id);
        if id.parameter().scale == Scale::Toggle {
            self.set(&[(id, value.map(|value| 1.0 - value))]);
            if let Some(left) = Facts::of(&self.cx, id).nodes_left() {
                let all = number::input(Global::Nodes.into(), self.cx.value(Global::Nodes.into()));
                self.say(format!("without the free traffic {left} of {all} nodes are left"));
            }
        } else if let Some((start, words)) = start(self.cx.document.scenario(), id) {
            self.switch(id, start, words);
        } else {
            self.say(format!("{} is always part of the scenario", id.parameter().label));
        }
    }

    /// Switches an optional input off, or on: at the value it had last, the preset's, or one to start from.
    fn switch(&mut self, id: InputId, start: f64, words: &str) {
        // A monthly price is never absent, but nothing at 0.
        let off = if id.domain().optional { None } else { Some(0.0) };
        let known = |value: &f64| Some(*value) != off;
        let document = &self.cx.document;
        let earlier = document.last_value(id).filter(known);
        if self.cx.value(id) != off {
            let focus = self.cx.focus;
            self.set(&[(id, off)]);
            // Folded away it keeps the focus, so that the same key brings it back.
            self.focus_on(id);
            self.cx.focus = focus;
        } else if let Some(value) = earlier.or(document.base_value(id).flatten().filter(known)) {
            self.set(&[(id, Some(value))]);
        } else {
            let source = "assumption".to_owned();
            match self.cx.document.set_sourced(&[Sourced { id, value: Some(start), source }]) {
                Ok(()) => {
                    self.after_change();
                    let text = format!("{}: {words}", self.describe(id));
                    self.say(text);
                }
                Err(problem) => self.warn(problem.to_string()),
            }
        }
    }

    /// Opens a form about the focused input.
    pub(super) fn edit_details(&mut self, form: fn(&Document, InputId) -> Box<dyn Popup>) {
        self.end_run();
        let id = self.cx.focused;
        if self.cx.value(id).is_none() {
            self.say(format!("{} is not part of this scenario", id.parameter().label));
        } else {
            self.popups.push(form(&self.cx.document, id));
        }
    }

    pub(super) fn reset(&mut self) {
        let id = self.cx.focused;
        self.end_run();
        if self.cx.document.reset(id) {
            self.after_change();
            let text = format!("{}, as in the preset", self.describe(id));
            self.say(text);
        } else {
            self.say(format!("{} is as in the preset", id.parameter().label));
        }
    }

    /// Adopts the next claim above or below the present value, going round at the end.
    pub(super) fn claim(&mut self, direction: Direction) {
        let id = self.cx.focused;
        let claim = next_claim(&self.cx.document.claims(id), self.cx.value(id), direction);
        let Some(claim) = claim else {
            self.say(format!("nobody's claim on {} is on file", id.parameter().label));
            return;
        };
        let (value, line) = (claim.value, provenance::claim_line(id, claim));
        self.end_run();
        self.set(&[(id, Some(value))]);
        self.say(line);
    }
}
