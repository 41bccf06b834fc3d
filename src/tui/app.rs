//! The state of the explorer.

use std::path::PathBuf;

use ratatui::layout::Rect;

use super::command::{self, Command, Scope, ViewName};
use super::component::{Popup, View};
use super::context::{Context, Derived, Drag, Focus, Pinned, Toast};
use super::layout::Layout;
use super::measure::Measure;
use super::session::Chosen;
use super::start::Start;
use super::theme::{self, Signs, Theme};
use super::views;
use crate::analysis::{analysed_inputs, break_even};
use crate::model::{Global, InputId, Pane, TierField, TierKey};
use crate::preset::{Document, Run, Trashed};
use crate::quantity::number;

/// The explorer. `update` changes it, `draw` shows it; neither touches anything outside.
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct App {
    pub(super) document: Document,
    pub(super) pinned: Option<Pinned>,
    pub(super) derived: Derived,
    pub(super) target: f64,
    focused: InputId,
    pub(super) focus: Focus,
    tier: u8,
    /// The key of that tier: it stays selected where tiers come and go before it.
    tier_key: TierKey,
    pub(super) views: Vec<Box<dyn View>>,
    pub(super) view: usize,
    pub(super) show_view: bool,
    pub(super) popups: Vec<Box<dyn Popup>>,
    pub(super) measure: Measure,
    pub(super) theme: &'static Theme,
    pub(super) signs: &'static Signs,
    pub(super) mouse: bool,
    pub(super) toast: Option<Toast>,
    pub(super) drag: Option<Drag>,
    pub(super) screen: Rect,
    pub(super) run: Run,
    pub(super) last_stroke: Option<(Vec<InputId>, &'static str)>,
    pub(super) changed: bool,
    pub(super) busy: bool,
    pub(super) chosen: Chosen,
    /// The file of what is open is gone from the disk.
    pub(super) missing: bool,
    /// The file that is watched.
    pub(super) watched: Option<PathBuf>,
    /// What was deleted in this session, the last one last.
    pub(super) trash: Vec<Trashed>,
}

impl App {
    /// A new explorer.
    pub fn new(start: Start) -> Self {
        let derived = Derived::of(&start.document);
        let mut app = Self {
            tier_key: start.document.scenario().key(0),
            derived,
            pinned: start.pinned.map(Pinned::new),
            document: start.document,
            target: 0.0,
            focused: Global::GpuHour.into(),
            focus: Focus::Sliders,
            tier: 0,
            views: ViewName::ALL.into_iter().map(views::make).collect(),
            view: 0,
            show_view: false,
            popups: Vec::new(),
            measure: Measure::GrossMargin,
            theme: start.theme,
            signs: if start.ascii { &theme::ASCII } else { &theme::UNICODE },
            mouse: start.mouse,
            toast: None,
            drag: None,
            screen: Rect::new(0, 0, 80, 24),
            run: Run(0),
            last_stroke: None,
            changed: true,
            busy: false,
            chosen: start.chosen,
            missing: false,
            watched: None,
            trash: Vec::new(),
        };
        app.after_change();
        if let Some(bookmark) = &start.bookmark {
            app.go_back_to(bookmark);
        }
        if let Some(notice) = start.notice {
            app.warn(notice);
        }
        app
    }

    /// Shows the view with this name; an unknown name changes nothing.
    pub fn show_view(&mut self, name: &str) {
        if let Some(index) = ViewName::ALL.iter().position(|view| view.info().name == name) {
            self.view = index;
            self.refresh_views();
            self.changed = true;
        }
    }

    /// Whether something visible changed since the last drawing.
    pub fn needs_draw(&self) -> bool {
        self.changed
    }

    /// Says that more input is waiting behind the present batch, so heavy results may be made from less.
    pub fn set_busy(&mut self, busy: bool) {
        self.busy = busy;
    }

    /// Whether a view was drawn from less than it wants, because input was pending.
    pub fn unfinished(&self) -> bool {
        self.shown_views().into_iter().any(|view| self.views.get(view).is_some_and(|view| view.unfinished()))
    }

    /// Finishes what was left unfinished.
    pub fn refine(&mut self) {
        self.busy = false;
        self.refresh_views();
        self.changed = true;
    }

    /// What the shell is told after leaving: the command that leads back here.
    pub fn farewell(&self) -> Option<String> {
        crate::report::replay::command_line(&self.document)
    }

    /// What drawing and views may look at.
    pub fn context(&self) -> Context<'_> {
        Context {
            document: &self.document,
            pinned: self.pinned.as_ref(),
            derived: &self.derived,
            target: self.target,
            focused: self.focused,
            tier: self.tier,
            in_view: self.focus == Focus::View,
            theme: self.theme,
            signs: self.signs,
            busy: self.busy,
        }
    }

    /// The focused input.
    pub fn focused(&self) -> InputId {
        self.focused
    }

    /// The tier whose prices are shown.
    pub fn tier(&self) -> u8 {
        self.tier.min(self.document.scenario().tier_count() as u8 - 1)
    }

    /// The name of the present view.
    pub fn view_name(&self) -> Option<ViewName> {
        ViewName::ALL.get(self.view).copied()
    }

    /// The view beside the present one on a wide screen.
    pub fn companion(&self) -> usize {
        (self.view + 1) % self.views.len().max(1)
    }

    /// The views on screen.
    fn shown_views(&self) -> Vec<usize> {
        self.layout().views.iter().map(|(_, view)| *view).collect()
    }

    /// Where everything is.
    pub fn layout(&self) -> Layout {
        Layout::new(self.screen, self)
    }

    /// The scopes in which a key is looked up now, innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        if let Some(popup) = self.popups.last() {
            return popup.scopes().to_vec();
        }
        match self.focus {
            Focus::Sliders => vec![Scope::Slider, Scope::Global],
            Focus::View => {
                let view = self.view_name().map(Scope::View);
                view.into_iter().chain([Scope::AnyView, Scope::Global]).collect()
            }
        }
    }

    /// Puts the focus on an input and shows its pane.
    pub fn focus_on(&mut self, id: InputId) {
        self.focused = id;
        self.focus = Focus::Sliders;
        if let InputId::Tier(tier, _) = id {
            self.tier = tier;
            self.tier_key = self.document.scenario().key(tier);
        }
        self.find_break_even();
        self.changed = true;
    }

    /// The break-even of the focused input, for the ruler.
    fn find_break_even(&mut self) {
        let scenario = self.document.scenario();
        self.derived.break_even = if analysed_inputs(scenario).any(|id| id == self.focused) {
            break_even(scenario, self.focused, self.target).solutions
        } else {
            Vec::new()
        };
    }

    /// Selects the tier whose prices are shown; a focused price follows.
    pub fn select_tier(&mut self, tier: u8) {
        let count = self.document.scenario().tier_count() as u8;
        self.tier = tier % count.max(1);
        self.tier_key = self.document.scenario().key(self.tier);
        match self.focused {
            InputId::Tier(_, field) if field != TierField::Share || count > 1 => {
                self.focused = InputId::Tier(self.tier, field);
            }
            _ => {}
        }
        self.find_break_even();
        self.changed = true;
    }

    /// The pane of the focused input.
    pub fn pane(&self) -> Pane {
        self.focused.parameter().pane
    }

    /// Everything that follows from the document, made anew.
    pub(super) fn after_change(&mut self) {
        self.derived = Derived::of(&self.document);
        self.keep_focus_valid();
        self.find_break_even();
        self.refresh_views();
        self.changed = true;
    }

    /// After a tier went, or a row folded away, the focus moves to what is there.
    fn keep_focus_valid(&mut self) {
        let scenario = self.document.scenario();
        self.tier = scenario.tier_of(self.tier_key).unwrap_or(self.tier());
        self.tier_key = scenario.key(self.tier);
        if let InputId::Tier(_, field) = self.focused {
            self.focused = InputId::Tier(self.tier, field);
        }
        let stops = super::rows::stops(self.pane(), scenario, self.tier);
        if !stops.contains(&self.focused) {
            let fallback = match self.focused {
                InputId::Global(Global::GpuHour) => Some(Global::Capex.into()),
                InputId::Tier(_, field) => Some(InputId::Tier(self.tier, field)),
                InputId::Global(_) => None,
            };
            let found = fallback.filter(|id| stops.contains(id));
            let first = stops.iter().find(|id| **id != InputId::Global(Global::Basis));
            self.focused = found.or(first.copied()).unwrap_or(Global::Decode.into());
        }
    }

    /// Makes the results of the views on screen anew.
    pub(super) fn refresh_views(&mut self) {
        let shown = self.shown_views();
        let mut views = std::mem::take(&mut self.views);
        for index in shown {
            if let Some(view) = views.get_mut(index) {
                view.refresh(&self.context());
            }
        }
        self.views = views;
    }

    /// Says something in the footer until the next key.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.toast = Some(Toast { text: text.into(), warning: false });
        self.changed = true;
    }

    /// Says in the footer what went wrong.
    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.toast = Some(Toast { text: text.into(), warning: true });
        self.changed = true;
    }

    /// The label of an input and its value, for messages.
    pub(super) fn describe(&self, id: InputId) -> String {
        let value = self.document.scenario().get(id);
        format!("{} {}", self.document.label(id), number::input_with_unit(id, value))
    }

    /// The key that stands for a command, now or else on a slider, for hints.
    pub fn key_of(&self, command: Command) -> String {
        let scopes = if self.popups.is_empty() { self.scopes() } else { Vec::new() };
        let scopes = [scopes, vec![Scope::Slider, Scope::Global]].concat();
        command::info(&scopes, command).map(command::CommandInfo::key).unwrap_or_default()
    }
}
