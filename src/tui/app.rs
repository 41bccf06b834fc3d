//! The state of the explorer.

use std::borrow::Cow;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::command::ViewName;
use super::component::{Popup, View};
use super::context::{Context, Derived, Focus, Opened, Pinned, Toast};
use super::layout::{Layout, shown_views};
use super::measure::Measure;
use super::message::SaveRequest;
use super::session::Chosen;
use super::start::Start;
use super::theme_choice::{TerminalColours, ThemeChoice};
use super::{screen, theme, views};
use crate::model::{Global, InputId, TierField, TierKey};
use crate::preset::{Document, Preset, Run, Trashed};
use crate::quantity::number;

/// The explorer. `update` changes it, `draw` shows it; neither touches anything outside.
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct App {
    pub(super) cx: Context,
    pub(super) views: Vec<Box<dyn View>>,
    pub(super) popups: Vec<Box<dyn Popup>>,
    /// The key of the selected tier: it stays selected where tiers come and go before it.
    tier_key: TierKey,
    pub(super) screen: Rect,
    /// Where everything is as things stand.
    pub(super) layout: Rc<Layout>,
    /// Where everything is on the screen that the user sees: what the mouse points at.
    pub(super) on_screen: Rc<Layout>,
    /// Whether something visible changed since the last drawing.
    pub(super) changed: bool,
    /// Whether results of the views on screen have to be made anew.
    stale: bool,
    pub(super) run: Run,
    /// What was open after the last change, and the run that the change was a part of.
    settled: Document,
    settled_run: Option<Run>,
    pub(super) last_step: Option<(Vec<InputId>, &'static str)>,
    pub(super) mouse: bool,
    /// How the theme is chosen.
    pub(super) theme: ThemeChoice,
    /// What the terminal has to show it.
    pub(super) terminal: TerminalColours,
    pub(super) chosen: Chosen,
    /// The file of what is open is gone from the disk.
    pub(super) missing: bool,
    /// Inputs that were changed here and on disk, each to another value.
    pub(super) changed_twice: Vec<InputId>,
    /// The file that is watched.
    pub(super) watched: Option<PathBuf>,
    /// What is to be saved once another program has finished, and the preset it is about.
    pub(super) waiting: Option<(SaveRequest, Arc<Preset>)>,
    /// What was deleted in this session, the last one last.
    pub(super) trash: Vec<Trashed>,
    /// What was there before the last story.
    pub(super) before_story: Option<BeforeStory>,
}

/// What was there before a story, so that one undo brings it back whole.
pub(super) struct BeforeStory {
    pub(super) document: Document,
    pub(super) pinned: Option<Pinned>,
    /// What was pinned when undo went back, for redo.
    pub(super) after: Option<Pinned>,
}

impl App {
    /// A new explorer.
    pub fn new(start: Start) -> Self {
        let tier_key = start.document.scenario().key(0);
        let settled = start.document.present();
        let views: Vec<_> = ViewName::ALL.into_iter().map(views::make).collect();
        let cx = Context {
            derived: Derived::of(&start.document),
            pinned: start.pinned.map(Pinned::new),
            before: None,
            document: start.document,
            books: start.books,
            config_dir: start.config_dir,
            target: 0.0,
            focused: Global::GpuHour.into(),
            focus: Focus::Sliders,
            tier: 0,
            view: 0,
            open_panes: Vec::new(),
            show_view: false,
            measure: Measure::GrossMargin,
            theme: start.theme.theme(start.terminal),
            signs: if start.ascii { &theme::ASCII } else { &theme::UNICODE },
            keys: if start.ascii { start.keys.ascii() } else { start.keys },
            broken: None,
            telling: None,
            toast: None,
            drag: None,
            sentences: vec![String::new(); views.len()],
            short_sentences: vec![String::new(); views.len()],
            popups: Vec::new(),
            recent: Vec::new(),
            busy: false,
        };
        let mut app = Self {
            cx,
            views,
            popups: Vec::new(),
            tier_key,
            screen: Rect::new(0, 0, 80, 24),
            layout: Rc::default(),
            on_screen: Rc::default(),
            changed: true,
            stale: true,
            run: Run(0),
            settled,
            settled_run: None,
            last_step: None,
            mouse: start.mouse,
            theme: start.theme,
            terminal: start.terminal,
            chosen: start.chosen,
            missing: false,
            changed_twice: Vec::new(),
            watched: None,
            waiting: None,
            trash: Vec::new(),
            before_story: None,
        };
        app.after_change();
        if let Some(bookmark) = &start.bookmark {
            app.go_back_to(bookmark);
        }
        if let Some(target) = start.target {
            app.cx.target = target;
            app.after_change();
        }
        if let Some(view) = start.view {
            app.show_view(view.info().name);
        }
        if let Some(story) = start.story {
            app.tell(&story);
        }
        if let Some(notice) = start.notice {
            app.warn(notice);
        }
        app
    }

    /// Shows the view with this name; an unknown name changes nothing.
    pub fn show_view(&mut self, name: &str) {
        if let Some(index) = ViewName::ALL.iter().position(|view| view.info().name == name) {
            self.cx.view = index;
            self.refresh_views();
            self.settle();
        }
    }

    /// From now on the mouse points at what there is now.
    pub(super) fn is_seen(&mut self) {
        self.on_screen = Rc::clone(&self.layout);
    }

    /// Whether a view was drawn from less than it wants, because input was pending.
    pub(super) fn unfinished(&self) -> bool {
        shown_views(self.screen, &self.cx)
            .any(|view| self.views.get(view).is_some_and(|view| view.unfinished()))
    }

    /// Where everything is.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Makes anew what the screen is drawn from, after something changed.
    pub(super) fn settle(&mut self) {
        if !self.changed {
            return;
        }
        if std::mem::take(&mut self.stale) {
            for index in shown_views(self.screen, &self.cx) {
                let Some(view) = self.views.get_mut(index) else { continue };
                view.refresh(&self.cx);
                let (sentence, short) = (view.conclusion(&self.cx), view.short(&self.cx));
                for (all, one) in [(&mut self.cx.sentences, sentence), (&mut self.cx.short_sentences, short)]
                {
                    if let Some(known) = all.get_mut(index) {
                        *known = one;
                    }
                }
            }
        }
        let popups = self.popups.iter();
        let opened =
            popups.map(|popup| Opened { size: popup.size(&self.cx, self.screen), scopes: popup.scopes() });
        self.cx.popups = opened.collect();
        self.layout = Rc::new(Layout::new(self.screen, &self.cx));
    }

    /// Puts the focus on an input and shows its pane.
    pub fn focus_on(&mut self, id: InputId) {
        self.cx.focused = id;
        self.cx.focus = Focus::Sliders;
        if let InputId::Tier(tier, _) = id {
            self.cx.tier = tier;
            self.tier_key = self.cx.document.scenario().key(tier);
        }
        self.find_break_even();
        self.changed = true;
    }

    /// The break-even of the focused input, for the ruler.
    fn find_break_even(&mut self) {
        // What is known may be of another target.
        self.cx.derived.break_even = None;
        self.cx.derived.break_even = self.cx.break_even_of(self.cx.focused).map(Cow::into_owned);
    }

    /// Selects the tier whose prices are shown; a focused price follows.
    pub fn select_tier(&mut self, tier: u8) {
        let count = self.cx.document.scenario().tier_count() as u8;
        let tier = tier % count.max(1);
        self.cx.tier = tier;
        self.tier_key = self.cx.document.scenario().key(tier);
        match self.cx.focused {
            InputId::Tier(_, field) if field != TierField::Share || count > 1 => {
                self.cx.focused = InputId::Tier(tier, field);
            }
            _ => {}
        }
        self.find_break_even();
        self.changed = true;
    }

    /// Everything that follows from the document, made anew.
    pub(super) fn after_change(&mut self) {
        self.notice_change();
        self.cx.derived = Derived::of(&self.cx.document);
        self.keep_focus_valid();
        self.find_break_even();
        self.refresh_views();
    }

    /// Keeps what was open before the last change, for its echo.
    fn notice_change(&mut self) {
        let document = &self.cx.document;
        if document.scenario() == self.settled.scenario() {
            return;
        }
        let before = std::mem::replace(&mut self.settled, document.present());
        let run = document.run();
        if run.is_none() || run != self.settled_run {
            self.cx.before = Some(before);
        }
        self.settled_run = run;
    }

    /// After a tier went, or a row folded away, the focus moves to what is there.
    fn keep_focus_valid(&mut self) {
        let cx = &mut self.cx;
        let scenario = cx.document.scenario();
        let last = scenario.tier_count() as u8 - 1;
        cx.tier = scenario.tier_of(self.tier_key).unwrap_or(cx.tier.min(last));
        self.tier_key = scenario.key(cx.tier);
        if let InputId::Tier(_, field) = cx.focused {
            cx.focused = InputId::Tier(cx.tier, field);
        }
        let stops = super::rows::inputs(cx.pane(), scenario, cx.tier, cx.is_open(cx.pane()));
        if !stops.contains(&cx.focused) {
            let fallback = match cx.focused {
                InputId::Global(Global::GpuHour) => Some(Global::Capex.into()),
                InputId::Tier(_, field) => Some(InputId::Tier(cx.tier, field)),
                InputId::Global(_) => None,
            };
            let found = fallback.filter(|id| stops.contains(id));
            cx.focused = found.or(stops.first().copied()).unwrap_or(Global::Decode.into());
        }
    }

    /// The results of the views on screen are out of date.
    pub(super) fn refresh_views(&mut self) {
        self.stale = true;
        self.changed = true;
    }

    /// Says something in the footer until the next key.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.cx.toast = Some(Toast { text: text.into(), warning: false });
        self.changed = true;
    }

    /// Says in the footer what went wrong.
    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.cx.toast = Some(Toast { text: text.into(), warning: true });
        self.changed = true;
    }

    /// The label of an input and its value, for messages.
    pub(super) fn describe(&self, id: InputId) -> String {
        format!("{} {}", self.cx.document.label(id), number::input_with_unit(id, self.cx.value(id)))
    }
}

/// Draws everything into a buffer of the screen's size.
pub fn render(app: &App, buffer: &mut Buffer) {
    screen::render(&app.cx, &app.layout, &app.views, &app.popups, buffer);
}
