//! The mouse: clicks, drags and the wheel.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use crate::model::{Domain, InputId, Pane, Scale};
use crate::tui::app::App;
use crate::tui::command::Command;
use crate::tui::context::{Drag, Focus};
use crate::tui::layout::Spot;
use crate::tui::message::Effect;
use crate::tui::slider::{Direction, Stride, step};

impl App {
    pub(super) fn on_mouse(&mut self, event: MouseEvent) -> Vec<Effect> {
        let at = Position::new(event.column, event.row);
        match event.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                if self.cx.toast.take().is_some() {
                    self.changed = true;
                }
                self.press(at)
            }
            MouseEventKind::Drag(MouseButton::Left) => self.on_drag(at),
            MouseEventKind::Up(_) => {
                self.cx.drag = None;
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
            // One that opened or closed since the screen was drawn is not what was clicked.
            let shown = self.on_screen.popups.get(top).filter(|_| self.on_screen.popups.len() == top + 1);
            let Some(area) = shown else { return Vec::new() };
            if !area.contains(at) {
                return self.popup_command(top, Command::Back);
            }
            return self.with_popup(top, |popup, cx, area| popup.click(at, cx, area));
        }
        self.changed = true;
        match self.on_screen.at(at) {
            Spot::Track(row) => {
                if !self.flip(row.id) {
                    self.grab(row.id, row.track, at);
                }
            }
            Spot::RulerTrack(track) => self.grab(self.cx.focused, track, at),
            Spot::Value(row) => {
                if !self.flip(row.id) {
                    self.type_value(None);
                }
            }
            Spot::Label(row) => {
                self.end_run();
                self.focus_on(row.id);
                self.refresh_views();
            }
            Spot::Title(Pane::Pricing, title) => {
                if at.x >= title.x + title.width / 3 {
                    return self.run_command(Command::NextTier);
                }
                self.focus_pane(Pane::Pricing);
            }
            Spot::Title(pane, _) => self.focus_pane(pane),
            Spot::Tab(view) => {
                self.show(view);
                self.cx.focus = Focus::View;
            }
            Spot::View(view, picture) => return self.view_click(at, view, picture),
            Spot::Headline => return self.run_command(Command::Measure),
            Spot::Header => return self.run_command(Command::Open),
            Spot::Hint(command) => return self.run_command(command),
            Spot::Nowhere => {}
        }
        Vec::new()
    }

    /// A click in the view in front. It is about what was on screen, so the focus moves after it.
    fn view_click(&mut self, at: Position, index: usize, picture: Rect) -> Vec<Effect> {
        let view = self.views.get_mut(index).filter(|_| index == self.cx.view);
        let Some(actions) = view.map(|view| view.click(at, &self.cx, picture)) else { return Vec::new() };
        self.cx.focus = Focus::View;
        self.perform(actions)
    }

    /// Focuses an input and flips it if it is a toggle; returns whether it is one.
    fn flip(&mut self, id: InputId) -> bool {
        self.focus_on(id);
        let toggle = id.parameter().scale == Scale::Toggle;
        if toggle {
            self.toggle();
        }
        toggle
    }

    /// Begins a drag on a track.
    fn grab(&mut self, id: InputId, track: Rect, at: Position) {
        if self.cx.value(id).is_none() {
            self.type_value(None);
            return;
        }
        let window = self.cx.window(id);
        let run = self.fresh_run();
        self.cx.drag = Some(Drag { id, track, window, run });
        self.drag_to(at);
        self.refresh_views();
    }

    fn on_drag(&mut self, at: Position) -> Vec<Effect> {
        if self.cx.drag.is_some() {
            self.drag_to(at);
            return Vec::new();
        }
        match self.on_screen.at(at) {
            Spot::View(view, picture) if self.popups.is_empty() && self.cx.in_view() => {
                self.view_click(at, view, picture)
            }
            _ => Vec::new(),
        }
    }

    /// Moves the dragged slider under the mouse.
    fn drag_to(&mut self, at: Position) {
        let Some(drag) = self.cx.drag.clone() else { return };
        let cell = at.x.clamp(drag.track.x, drag.track.right().saturating_sub(1)) - drag.track.x;
        let picked = drag.window.pick(cell, drag.track.width, self.cx.marks(drag.id));
        let Domain { min, max, .. } = drag.id.domain();
        self.adjust(drag.run, &[(drag.id, Some(picked.clamp(min, max)))]);
        self.changed = true;
    }

    fn wheel(&mut self, at: Position, direction: Direction) -> Vec<Effect> {
        self.changed = true;
        let command = if direction == Direction::Up { Command::Up } else { Command::Down };
        if let Some(top) = self.popups.len().checked_sub(1) {
            return self.popup_command(top, command);
        }
        match self.on_screen.at(at) {
            Spot::Track(row) => {
                self.focus_on(row.id);
                self.step_by_wheel(direction);
            }
            Spot::RulerTrack(_) => self.step_by_wheel(direction),
            Spot::View(view, _) if view == self.cx.view => {
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

    fn step_by_wheel(&mut self, direction: Direction) {
        let id = self.cx.focused;
        if let Some(value) = self.cx.value(id) {
            let next = step(id.parameter(), value, direction, Stride::Step);
            self.step_in_run("wheel", &[(id, Some(next))]);
        }
    }
}
