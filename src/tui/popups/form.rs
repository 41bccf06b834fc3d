//! A few labelled fields, checked while they are being typed.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::field::Field;
use crate::text;
use crate::tui::command::{Command, Scope};
use crate::tui::component::{Action, Popup};
use crate::tui::context::Context;
use crate::tui::paint::{self, Line};

/// What is to be said of the texts typed so far.
#[derive(Default)]
pub(super) struct Check {
    /// A notice below a field: its index, its words, and whether it stands in the way.
    pub notices: Vec<(usize, String, bool)>,
    /// What Enter does, if nothing stands in the way.
    pub actions: Vec<Action>,
}

impl Check {
    /// Everything is well: Enter closes the form and does this.
    pub(super) fn ready(actions: Vec<Action>) -> Self {
        Self { notices: Vec::new(), actions }
    }

    /// Something stands in the way.
    pub(super) fn refuse(field: usize, words: impl Into<String>) -> Self {
        Self { notices: vec![(field, words.into(), true)], actions: Vec::new() }
    }

    /// Adds a notice that does not stand in the way.
    pub(super) fn notice(mut self, field: usize, words: impl Into<String>) -> Self {
        self.notices.push((field, words.into(), false));
        self
    }

    fn refused(&self) -> Option<usize> {
        self.notices.iter().find(|(_, _, stops)| *stops).map(|(field, ..)| *field)
    }
}

/// Looks at the texts of all fields.
pub(super) type Checker = Box<dyn Fn(&[&str], &Context) -> Check>;

/// The fields and what becomes of them.
pub(super) struct Form {
    title: String,
    lead: String,
    fields: Vec<(&'static str, Field)>,
    active: usize,
    /// Fields that were typed in, or that Enter found wanting; the others are not complained about yet.
    touched: Vec<bool>,
    check: Checker,
}

impl Form {
    /// A form with a line above its fields, each with its label and what it proposes.
    pub(super) fn ask(
        title: impl Into<String>,
        lead: impl Into<String>,
        fields: Vec<(&'static str, String)>,
        check: Checker,
    ) -> Box<dyn Popup> {
        let fields: Vec<_> =
            fields.into_iter().map(|(label, text)| (label, Field::proposing(&text))).collect();
        let touched = vec![false; fields.len()];
        Box::new(Self { title: title.into(), lead: lead.into(), fields, active: 0, touched, check })
    }

    fn checked(&self, cx: &Context) -> Check {
        let texts: Vec<&str> = self.fields.iter().map(|(_, field)| field.text()).collect();
        (self.check)(&texts, cx)
    }

    fn step(&mut self, by: usize) {
        self.active = (self.active + by) % self.fields.len().max(1);
    }

    /// The columns that labels take.
    fn labels(&self) -> u16 {
        let widest = self.fields.iter().map(|(label, _)| text::width(label)).max().unwrap_or(0);
        widest as u16 + 2
    }

    fn lead_lines(&self, width: u16) -> u16 {
        if self.lead.is_empty() { 0 } else { paint::wrap(&self.lead, usize::from(width)).len() as u16 }
    }

    /// The line of a field, and the two below it for notices.
    fn areas(&self, area: Rect) -> impl Iterator<Item = (Rect, Rect)> + use<> {
        let lead = self.lead_lines(area.width);
        (0..self.fields.len() as u16).map(move |index| {
            let top = lead + index * LINES;
            let below = Rect { y: area.y + top + 1, height: LINES - 1, ..area };
            (paint::row(area, top), below.intersection(area))
        })
    }
}

/// Lines for each field: itself and two for notices.
const LINES: u16 = 3;
/// The width of the window.
const WIDTH: u16 = 72;

impl Popup for Form {
    fn title(&self, _: &Context) -> String {
        self.title.clone()
    }

    fn size(&self, _: &Context, screen: Rect) -> (u16, u16) {
        let width = WIDTH.min(screen.width.saturating_sub(2));
        let lead = self.lead_lines(width.saturating_sub(4));
        (width, lead + LINES * self.fields.len() as u16 + 3)
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Field]
    }

    fn draw(&self, cx: &Context, area: Rect, buffer: &mut Buffer) {
        paint::wrapped(area, buffer, &self.lead, cx.theme.quiet);
        let labels = self.labels();
        let check = self.checked(cx);
        for (index, ((line, below), (label, field))) in self.areas(area).zip(&self.fields).enumerate() {
            let active = index == self.active;
            let style = if active { cx.theme.focus } else { cx.theme.quiet };
            Line::new(line, buffer).put(label, style);
            let room =
                Rect { x: line.x + labels.min(line.width), width: line.width.saturating_sub(labels), ..line };
            field.draw(cx, room, active, buffer);
            let mut rest = Rect {
                x: below.x + labels.min(below.width),
                width: below.width.saturating_sub(labels),
                ..below
            };
            let touched = self.touched.get(index).copied().unwrap_or(true);
            for (_, words, stops) in check.notices.iter().filter(|notice| notice.0 == index) {
                if *stops && !touched {
                    continue;
                }
                let style = if *stops { cx.theme.warn } else { cx.theme.quiet };
                let used = paint::wrapped(rest, buffer, words, style);
                rest.y += used;
                rest.height = rest.height.saturating_sub(used);
            }
        }
        let several: &[_] = if self.fields.len() > 1 { &[(Command::NextPane, "next field")] } else { &[] };
        let wanted = [&[(Command::Act, "accept")], several, &[(Command::Back, "cancel")]].concat();
        let last = paint::row(area, area.height.saturating_sub(1));
        paint::left(last, buffer, &cx.keys.hints(&[Scope::Field], &wanted), cx.theme.quiet);
    }

    fn command(&mut self, command: Command, cx: &Context, _: Rect) -> Vec<Action> {
        match command {
            Command::NextPane | Command::Down => self.step(1),
            Command::PreviousPane | Command::Up => self.step(self.fields.len().saturating_sub(1)),
            Command::Act => {
                let check = self.checked(cx);
                let Some(field) = check.refused() else {
                    return [Action::Close].into_iter().chain(check.actions).collect();
                };
                self.active = field;
                self.touched.fill(true);
            }
            _ => {}
        }
        Vec::new()
    }

    fn key(&mut self, key: KeyEvent, _: &Context) -> Vec<Action> {
        if let Some((_, field)) = self.fields.get_mut(self.active)
            && field.key(key)
            && let Some(touched) = self.touched.get_mut(self.active)
        {
            *touched = true;
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, _: &Context) -> Vec<Action> {
        if let Some((_, field)) = self.fields.get_mut(self.active) {
            field.paste(text);
        }
        if let Some(touched) = self.touched.get_mut(self.active) {
            *touched = true;
        }
        Vec::new()
    }

    fn click(&mut self, at: Position, _: &Context, area: Rect) -> Vec<Action> {
        if let Some(index) = self.areas(area).position(|(line, _)| line.contains(at)) {
            self.active = index;
        }
        Vec::new()
    }
}
