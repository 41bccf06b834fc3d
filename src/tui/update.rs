//! From messages to a changed state and effects: keys, mouse, paste, size, outcomes.

use crossterm::event::{KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::action::Action;
use super::app::{App, Drag, Focus, Pinned};
use super::command::{self, Command, Key, Scope};
use super::layout::Spot;
use super::message::{Effect, Message, Outcome, Purpose};
use super::popups;
use super::rows::stops;
use super::slider::{Direction, Stride, step};
use super::views;
use crate::model::{Domain, Global, InputId, Pane, Scale};
use crate::report::{Format, text};

impl App {
    /// Takes one message in and answers what is to be done outside.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(event) if event.kind == KeyEventKind::Release => Vec::new(),
            Message::Key(event) => self.on_key(event),
            Message::Mouse(event) => self.on_mouse(event),
            Message::Paste(pasted) => self.on_paste(&pasted),
            Message::Resize(width, height) => {
                self.screen = Rect::new(0, 0, width, height);
                self.drag = None;
                self.refresh_views();
                self.changed = true;
                Vec::new()
            }
            Message::Resumed => {
                self.changed = true;
                vec![Effect::Redraw]
            }
            Message::FilesChanged(paths) => self.on_files_changed(&paths),
            Message::Done(outcome) => self.on_outcome(outcome),
        }
    }

    fn on_key(&mut self, event: KeyEvent) -> Vec<Effect> {
        self.drag = None;
        if self.toast.take().is_some() {
            self.changed = true;
        }
        let scopes = self.scopes();
        let command = command::lookup(&scopes, Key::of(&event));
        if let Some(popup) = self.popups.len().checked_sub(1) {
            self.changed = true;
            return match command {
                Some(command) => self.popup_command(popup, command),
                None => self.with_popup(popup, |popup, cx, _| popup.key(event, cx)),
            };
        }
        match command {
            // A digit starts the field with itself in it.
            Some(Command::Type) => {
                let first = match event.code {
                    crossterm::event::KeyCode::Char(letter) if letter != '=' => Some(letter),
                    _ => None,
                };
                self.type_value(first);
                Vec::new()
            }
            Some(command) => self.obey(command),
            None => Vec::new(),
        }
    }

    fn popup_command(&mut self, popup: usize, command: Command) -> Vec<Effect> {
        let keeps = self.popups.get(popup).is_some_and(|popup| popup.keeps_escape());
        if command == Command::Back && !keeps {
            self.popups.pop();
            return Vec::new();
        }
        self.with_popup(popup, |popup, cx, area| popup.command(command, cx, area))
    }

    /// Lets a pop-up act, then does what it asks for.
    fn with_popup(
        &mut self,
        index: usize,
        act: impl FnOnce(&mut dyn popups::Popup, &super::app::Context, Rect) -> Vec<Action>,
    ) -> Vec<Effect> {
        if index >= self.popups.len() {
            return Vec::new();
        }
        let mut popup = self.popups.remove(index);
        let size = popup.size(&self.context(), self.screen);
        let area = popups::inside(popups::place(self.screen, size));
        let actions = act(popup.as_mut(), &self.context(), area);
        let closes = actions.iter().any(|action| matches!(action, Action::Close));
        if !closes {
            self.popups.insert(index, popup);
        }
        self.changed = true;
        self.perform(actions)
    }

    /// Does what a view or pop-up asked for.
    pub(super) fn perform(&mut self, actions: Vec<Action>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for action in actions {
            match action {
                Action::Close => {}
                Action::Do(command) => effects.extend(self.obey(command)),
                Action::Focus(id) => {
                    self.focus_on(id);
                    self.show_view = false;
                    self.refresh_views();
                }
                Action::Set(edits) => self.set(&edits),
                Action::Stroke(kind, id, value) => self.stroke(kind, id, Some(value)),
                Action::Change(change) => {
                    self.end_run();
                    match change(&mut self.document) {
                        Ok(done) => {
                            self.after_change();
                            if !done.is_empty() {
                                self.say(done);
                            }
                        }
                        Err(problem) => self.warn(problem),
                    }
                }
                Action::Popup(popup) => self.popups.push(popup),
                Action::Target(target) => {
                    self.target = target;
                    self.after_change();
                }
                Action::Pin(document) => self.pin(*document),
                Action::Open(preset) => self.open(preset),
                Action::Effect(effect) => effects.push(effect),
                Action::Say(text) => self.say(text),
                Action::Warn(text) => self.warn(text),
            }
        }
        self.changed = true;
        effects
    }

    /// Obeys a command of the table.
    pub(super) fn obey(&mut self, command: Command) -> Vec<Effect> {
        self.changed = true;
        if self.focus == Focus::View
            && let Some(effects) = self.view_command(command)
        {
            return effects;
        }
        match command {
            Command::Left => self.step(Direction::Down, Stride::Step),
            Command::Right => self.step(Direction::Up, Stride::Step),
            Command::CoarseLeft => self.step(Direction::Down, Stride::Coarse),
            Command::CoarseRight => self.step(Direction::Up, Stride::Coarse),
            Command::FineLeft => self.step(Direction::Down, Stride::Fine),
            Command::FineRight => self.step(Direction::Up, Stride::Fine),
            Command::Up => self.walk(Direction::Down),
            Command::Down => self.walk(Direction::Up),
            Command::First => self.go_to_end(Direction::Down),
            Command::Last => self.go_to_end(Direction::Up),
            Command::Type => self.type_value(None),
            Command::Toggle => self.toggle(),
            Command::Reset => self.reset(),
            Command::NextClaim => self.claim(Direction::Up),
            Command::PreviousClaim => self.claim(Direction::Down),
            Command::Details => self.popups.push(popups::details(self.focused())),
            Command::NextTier => self.select_tier(self.tier() + 1),
            Command::PreviousTier => {
                let count = self.document.scenario().tier_count() as u8;
                self.select_tier(self.tier() + count - 1);
            }
            Command::NextPane => self.pane_step(1),
            Command::PreviousPane => self.pane_step(PANE_STOPS - 1),
            Command::NextView => self.show(self.view + 1),
            Command::PreviousView => self.show(self.view + self.views.len() - 1),
            Command::View(index) if usize::from(index) < self.views.len() => self.show(index.into()),
            Command::ToggleView => {
                self.show_view = !self.show_view;
                self.focus = if self.show_view { Focus::View } else { Focus::Sliders };
                self.refresh_views();
            }
            Command::Measure => self.measure = self.measure.next(),
            Command::Target => self.popups.push(popups::target(self.target)),
            Command::Pin => self.toggle_pin(),
            Command::Unpin => {
                self.pinned = None;
                self.refresh_views();
            }
            Command::SwapPinned => self.swap_pinned(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::ResetAll => self.reset_all(),
            Command::Open => {
                self.popups.push(popups::open(Purpose::Open));
                return vec![Effect::ListPresets];
            }
            Command::Compare => {
                self.popups.push(popups::open(Purpose::Pin));
                return vec![Effect::ListPresets];
            }
            Command::Find => self.popups.push(popups::find()),
            Command::Palette => self.popups.push(popups::palette()),
            Command::Help => self.popups.push(popups::help()),
            Command::Copy => self.popups.push(popups::copy(
                &self.context(),
                self.measure,
                self.view_text(Format::Markdown),
            )),
            Command::ExportView => {
                let name = views::REGISTRY.get(self.view).map_or("view", |info| info.name);
                let Some(text) = self.view_text(Format::Csv) else { return Vec::new() };
                return vec![Effect::Export { file_name: format!("napkin-{name}.csv"), text }];
            }
            Command::Theme => {
                self.theme = self.theme.next();
                self.say(format!("theme: {}", self.theme.name));
                return vec![self.remember()];
            }
            Command::Mouse => {
                self.mouse = !self.mouse;
                self.say(if self.mouse {
                    "mouse on"
                } else {
                    "mouse off: the terminal's own selection works now"
                });
                return vec![Effect::Mouse(self.mouse), self.remember()];
            }
            Command::Redraw => return vec![Effect::Redraw],
            Command::Suspend => return vec![Effect::Suspend],
            Command::Back => self.back(),
            Command::Quit => return self.quit(),
            _ => {}
        }
        Vec::new()
    }

    /// Lets the view obey a command; `None` if it means nothing there.
    fn view_command(&mut self, command: Command) -> Option<Vec<Effect>> {
        let area = self.view_area(self.view)?;
        self.with_view(self.view, |view, cx| view.command(command, cx, area)).flatten().map(|actions| {
            self.refresh_views();
            self.perform(actions)
        })
    }

    fn with_view<T>(
        &mut self,
        index: usize,
        act: impl FnOnce(&mut dyn views::View, &super::app::Context) -> T,
    ) -> Option<T> {
        let mut all = std::mem::take(&mut self.views);
        let answer = all.get_mut(index).map(|view| act(view.as_mut(), &self.context()));
        self.views = all;
        answer
    }

    /// The results of the present view as text.
    fn view_text(&self, format: Format) -> Option<String> {
        self.views.get(self.view).and_then(|view| view.export(format))
    }

    /// The place of a view's picture, below its sentence.
    fn view_area(&self, index: usize) -> Option<Rect> {
        let area = self.layout().views.iter().find(|(_, view)| *view == index).map(|(area, _)| *area)?;
        Some(super::draw::picture_area(self, index, area))
    }

    /// Esc leaves the innermost thing: a view, then a pinned scenario stays; it never quits.
    fn back(&mut self) {
        if self.show_view {
            self.show_view = false;
        }
        self.focus = Focus::Sliders;
    }

    fn step(&mut self, direction: Direction, stride: Stride) {
        let id = self.focused();
        let Some(value) = self.document.scenario().get(id) else {
            self.say(format!(
                "{} is not part of this scenario; {} switches it on",
                id.parameter().label,
                self.key_of(Command::Toggle)
            ));
            return;
        };
        let next = step(id.parameter(), value, direction, stride);
        self.stroke("keys", id, Some(next));
    }

    fn go_to_end(&mut self, direction: Direction) {
        let id = self.focused();
        if self.document.scenario().get(id).is_none() {
            return;
        }
        let window = self.window(id);
        let value = if direction == Direction::Up { window.end() } else { window.start() };
        let Domain { min, max, .. } = id.domain();
        self.end_run();
        self.stroke("keys", id, Some(value.clamp(min, max)));
        self.end_run();
    }

    /// Moves the focus up or down, on into the next pane.
    fn walk(&mut self, direction: Direction) {
        self.end_run();
        let scenario = self.document.scenario();
        let all: Vec<InputId> =
            Pane::ALL.iter().flat_map(|pane| stops(*pane, scenario, self.tier())).collect();
        let here = all.iter().position(|id| *id == self.focused()).unwrap_or(0);
        let next = match direction {
            Direction::Up => (here + 1).min(all.len().saturating_sub(1)),
            Direction::Down => here.saturating_sub(1),
        };
        if let Some(id) = all.get(next) {
            self.focus_on(*id);
            self.refresh_views();
        }
    }

    /// Tab runs through the panes and the view.
    fn pane_step(&mut self, by: usize) {
        self.end_run();
        let here = match self.focus {
            Focus::View => Pane::ALL.len(),
            Focus::Sliders => Pane::ALL.iter().position(|pane| *pane == self.pane()).unwrap_or(0),
        };
        let next = (here + by) % PANE_STOPS;
        if let Some(pane) = Pane::ALL.get(next) {
            self.show_view = false;
            self.focus_pane(*pane);
        } else {
            self.focus = Focus::View;
            self.show_view = true;
            self.refresh_views();
        }
    }

    fn show(&mut self, view: usize) {
        self.view = view % self.views.len().max(1);
        self.show_view = true;
        self.refresh_views();
        self.changed = true;
    }

    fn type_value(&mut self, first: Option<char>) {
        self.end_run();
        let id = self.focused();
        if id.parameter().scale == Scale::Toggle {
            self.toggle();
        } else {
            self.popups.push(popups::value(id, first));
        }
        self.changed = true;
    }

    fn toggle(&mut self) {
        let id = self.focused();
        self.end_run();
        let value = self.document.scenario().get(id);
        if id.parameter().scale == Scale::Toggle {
            self.set(&[(id, value.map(|value| 1.0 - value))]);
        } else if !id.domain().optional {
            self.say(format!("{} is always part of the scenario", id.parameter().label));
        } else if value.is_some() {
            self.set(&[(id, None)]);
        } else if let Some(preset) = self.document.base_value(id).flatten() {
            self.set(&[(id, Some(preset))]);
        } else {
            self.type_value(None);
        }
    }

    fn reset(&mut self) {
        let id = self.focused();
        self.end_run();
        if self.document.reset(id) {
            self.after_change();
            let text = format!("{}, as in the preset", self.describe(id));
            self.say(text);
        } else {
            self.say(format!("{} is as in the preset", id.parameter().label));
        }
    }

    fn reset_all(&mut self) {
        self.end_run();
        if self.document.reset_all() {
            self.after_change();
            self.say(format!("everything as in the preset; {} undoes it", self.key_of(Command::Undo)));
        } else {
            self.say("nothing differs from the preset");
        }
    }

    fn undo(&mut self) {
        self.end_run();
        if self.document.undo() {
            self.after_change();
        } else {
            self.say("nothing to undo");
        }
    }

    fn redo(&mut self) {
        self.end_run();
        if self.document.redo() {
            self.after_change();
        } else {
            self.say("nothing to redo");
        }
    }

    /// Adopts the next claim above or below the present value, going round at the end.
    fn claim(&mut self, direction: Direction) {
        let id = self.focused();
        let present = self.document.scenario().get(id);
        let claims: Vec<(f64, String)> = self
            .document
            .claims(id)
            .into_iter()
            .map(|claim| (claim.value, super::draw::claim_line(id, claim)))
            .collect();
        if claims.is_empty() {
            self.say(format!("nobody's claim on {} is on file", id.parameter().label));
            return;
        }
        let Some(next) = next_claim(&claims, present, direction) else { return };
        let (value, line) = next.clone();
        self.end_run();
        self.set(&[(id, Some(value))]);
        self.say(line);
    }

    pub(super) fn pin(&mut self, document: crate::preset::Document) {
        let pinned = Pinned::new(document);
        self.say(format!("pinned: {}", pinned.name));
        self.pinned = Some(pinned);
        self.after_change();
    }

    fn toggle_pin(&mut self) {
        let same =
            self.pinned.as_ref().is_some_and(|pinned| pinned.document.scenario() == self.document.scenario());
        if same {
            self.pinned = None;
            self.say("unpinned");
            self.after_change();
        } else {
            self.pin(self.document.clone());
        }
    }

    fn swap_pinned(&mut self) {
        self.end_run();
        let Some(pinned) = self.pinned.take() else {
            self.say(format!("nothing is pinned; {} pins the present scenario", self.key_of(Command::Pin)));
            return;
        };
        let present = std::mem::replace(&mut self.document, pinned.document);
        self.pinned = Some(Pinned::new(present));
        self.after_change();
        self.say(format!("now: {}", self.document.content().name));
    }

    /// Opens a preset in place of the present one; undo leads back.
    pub(super) fn open(&mut self, preset: std::sync::Arc<crate::preset::Preset>) {
        self.end_run();
        self.document.open(preset);
        self.after_change();
        self.say(format!(
            "{}; {} leads back",
            self.document.content().name,
            command::info(&[Scope::Global], Command::Undo).map(command::CommandInfo::key).unwrap_or_default()
        ));
    }

    fn remember(&self) -> Effect {
        Effect::Remember(format!("theme = \"{}\"\nmouse = {}\n", self.theme.name, self.mouse))
    }

    fn on_files_changed(&mut self, paths: &[std::path::PathBuf]) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(open) = self.document.base().origin.path()
            && paths.contains(open)
        {
            effects.push(Effect::Reload(open.clone()));
        }
        if self.popups.iter().any(|popup| popup.wants_list()) {
            effects.push(Effect::ListPresets);
        }
        effects
    }

    fn on_paste(&mut self, pasted: &str) -> Vec<Effect> {
        let clean = text::clean(pasted);
        let clean = clean.trim();
        self.changed = true;
        if clean.is_empty() {
            return Vec::new();
        }
        if let Some(top) = self.popups.len().checked_sub(1) {
            return self.with_popup(top, |popup, cx, _| popup.paste(clean, cx));
        }
        if clean.lines().count() == 1 && clean.chars().count() <= 40 && self.focus == Focus::Sliders {
            self.type_value(None);
            let top = self.popups.len().saturating_sub(1);
            return self.with_popup(top, |popup, cx, _| popup.paste(clean, cx));
        }
        self.warn("pasted text is neither a value for the focused slider nor a claim card");
        Vec::new()
    }

    fn on_outcome(&mut self, outcome: Outcome) -> Vec<Effect> {
        self.changed = true;
        match outcome {
            Outcome::Copied { what, how } => self.say(format!("{what} sent to the clipboard by {how}")),
            Outcome::Exported(Ok(path)) => {
                self.say(format!("written to {}", text::clean(&path.to_string_lossy())));
            }
            Outcome::Listed(entries) => {
                for popup in &mut self.popups {
                    popup.listed(&entries);
                }
            }
            Outcome::Loaded(Ok(preset), Purpose::Open) => self.open(preset),
            Outcome::Loaded(Ok(preset), Purpose::Pin) => self.pin(crate::preset::Document::new(preset)),
            Outcome::Loaded(Err(problem), _)
            | Outcome::Reloaded(Err(problem))
            | Outcome::Exported(Err(problem))
            | Outcome::Deleted(Err(problem))
            | Outcome::Restored(Err(problem)) => self.warn(problem),
            Outcome::Reloaded(Ok(_))
            | Outcome::Saved(_)
            | Outcome::Deleted(Ok(_))
            | Outcome::Restored(Ok(_)) => {}
        }
        Vec::new()
    }

    fn on_mouse(&mut self, event: MouseEvent) -> Vec<Effect> {
        let at = Position::new(event.column, event.row);
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                if self.toast.take().is_some() {
                    self.changed = true;
                }
                self.press(at)
            }
            MouseEventKind::Drag(MouseButton::Left) => self.drag_to(at),
            MouseEventKind::Up(_) => {
                self.drag = None;
                self.end_run();
                Vec::new()
            }
            MouseEventKind::ScrollUp => self.wheel(at, Direction::Up),
            MouseEventKind::ScrollDown => self.wheel(at, Direction::Down),
            _ => Vec::new(),
        }
    }

    fn press(&mut self, at: Position) -> Vec<Effect> {
        if let Some(top) = self.popups.len().checked_sub(1) {
            let outside = self.popups.last().is_some_and(|popup| {
                let size = popup.size(&self.context(), self.screen);
                !popups::place(self.screen, size).contains(at)
            });
            if outside {
                return self.popup_command(top, Command::Back);
            }
            return self.with_popup(top, |popup, cx, area| popup.click(at, cx, area));
        }
        let layout = self.layout();
        self.changed = true;
        match layout.at(at) {
            Spot::Track(row) => {
                self.focus_on(row.id);
                if row.id.parameter().scale == Scale::Toggle {
                    self.toggle();
                } else {
                    self.grab(row.id, row.track, at);
                }
            }
            Spot::RulerTrack(track) => self.grab(self.focused(), track, at),
            Spot::Value(row) => {
                self.focus_on(row.id);
                self.type_value(None);
            }
            Spot::Label(row) => {
                self.end_run();
                self.focus_on(row.id);
                self.refresh_views();
            }
            Spot::Title(Pane::Node, title) => {
                self.focus_on(Global::Basis.into());
                if at.x >= title.x + title.width / 3 {
                    self.toggle();
                }
            }
            Spot::Title(Pane::Pricing, title) => {
                if at.x >= title.x + title.width / 3 {
                    return self.obey(Command::NextTier);
                }
                self.focus_pane(Pane::Pricing);
            }
            Spot::Title(pane, _) => self.focus_pane(pane),
            Spot::Tab(view) => {
                self.show(view);
                self.focus = Focus::View;
            }
            Spot::View(area, view) => {
                if view != self.view {
                    return Vec::new();
                }
                self.focus = Focus::View;
                return self.view_click(at, area, view);
            }
            Spot::Headline => return self.obey(Command::Measure),
            Spot::Header => return self.obey(Command::Open),
            Spot::Footer => {
                if let Some(command) = super::draw::footer_command(self, at, layout.footer) {
                    return self.obey(command);
                }
            }
            Spot::Nowhere => {}
        }
        Vec::new()
    }

    fn focus_pane(&mut self, pane: Pane) {
        let first = super::rows::inputs(pane, self.document.scenario(), self.tier()).first().copied();
        if let Some(id) = first {
            self.focus_on(id);
            self.refresh_views();
        }
    }

    fn view_click(&mut self, at: Position, area: Rect, view: usize) -> Vec<Effect> {
        let picture = super::draw::picture_area(self, view, area);
        let actions = self.with_view(view, |view, cx| view.click(at, cx, picture)).unwrap_or_default();
        self.refresh_views();
        self.perform(actions)
    }

    /// Begins a drag on a track.
    fn grab(&mut self, id: InputId, track: Rect, at: Position) {
        if self.document.scenario().get(id).is_none() {
            self.type_value(None);
            return;
        }
        let window = self.window(id);
        let run = self.fresh_run();
        self.drag = Some(Drag { id, track, window, run });
        self.follow(at);
        self.refresh_views();
    }

    fn drag_to(&mut self, at: Position) -> Vec<Effect> {
        if self.drag.is_some() {
            self.follow(at);
            return Vec::new();
        }
        if self.popups.is_empty()
            && self.focus == Focus::View
            && let Spot::View(area, view) = self.layout().at(at)
            && view == self.view
        {
            return self.view_click(at, area, view);
        }
        Vec::new()
    }

    /// Moves the dragged slider under the mouse.
    fn follow(&mut self, at: Position) {
        let Some(drag) = self.drag.clone() else { return };
        let cell = at.x.clamp(drag.track.x, drag.track.right().saturating_sub(1)) - drag.track.x;
        let picked = drag.window.pick(cell, drag.track.width, self.marks(drag.id));
        let Domain { min, max, .. } = drag.id.domain();
        self.adjust(drag.run, drag.id, Some(picked.clamp(min, max)));
        self.changed = true;
    }

    fn wheel(&mut self, at: Position, direction: Direction) -> Vec<Effect> {
        self.changed = true;
        let command = if direction == Direction::Up { Command::Up } else { Command::Down };
        if let Some(top) = self.popups.len().checked_sub(1) {
            return self.popup_command(top, command);
        }
        match self.layout().at(at) {
            Spot::Track(row) => {
                self.focus_on(row.id);
                if let Some(value) = self.document.scenario().get(row.id) {
                    let next = step(row.id.parameter(), value, direction, Stride::Step);
                    self.stroke("wheel", row.id, Some(next));
                }
            }
            Spot::RulerTrack(_) => {
                let id = self.focused();
                if let Some(value) = self.document.scenario().get(id) {
                    let next = step(id.parameter(), value, direction, Stride::Step);
                    self.stroke("wheel", id, Some(next));
                }
            }
            Spot::View(_, view) if view == self.view => {
                return self.view_command(command).unwrap_or_default();
            }
            Spot::Value(_) | Spot::Label(_) | Spot::Title(..) => self.walk(match direction {
                Direction::Up => Direction::Down,
                Direction::Down => Direction::Up,
            }),
            _ => {}
        }
        Vec::new()
    }
}

/// Panes and the view.
const PANE_STOPS: usize = Pane::ALL.len() + 1;

/// The claim next to the present value in a direction, going round at the ends.
pub(super) fn next_claim<T>(
    claims: &[(f64, T)],
    present: Option<f64>,
    direction: Direction,
) -> Option<&(f64, T)> {
    let Some(present) = present else { return claims.first() };
    match direction {
        Direction::Up => claims.iter().find(|(value, _)| *value > present).or(claims.first()),
        Direction::Down => claims.iter().rev().find(|(value, _)| *value < present).or(claims.last()),
    }
}
