//! What is open, what follows from it, and how it is looked at: all that drawing, views and pop-ups may see.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Rect;

use super::command::{Command, Keymap, Scope, ViewName};
use super::measure::Measure;
use super::rows;
use super::slider::Window;
use super::telling::Telling;
use super::theme::{Signs, Theme};
use crate::analysis::{BreakEven, Tornado, analysed_inputs, break_even, tornado};
use crate::book::Books;
use crate::model::{AllOutputs, InputId, Output, OutputId, Pane, evaluate_all, margin_of};
use crate::preset::{Document, Origin, Run};
use crate::report::{echo, eval, replay};

/// What the next key goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The sliders.
    Sliders,
    /// The view.
    View,
}

/// A message in the footer; it stays until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// Whether something went wrong.
    pub warning: bool,
}

/// A drag under way: the window stays as it was, so that the track does not run away under the mouse.
#[derive(Clone, Debug)]
pub struct Drag {
    /// The input.
    pub id: InputId,
    /// The track as it was when the drag began.
    pub track: Rect,
    /// The window as it was.
    pub window: Window,
    /// The run that makes it one undo.
    pub(super) run: Run,
}

/// A scenario to compare with.
#[derive(Clone, Debug)]
pub struct Pinned {
    /// What it is called.
    pub name: String,
    /// The document, edits included.
    pub document: Document,
    /// Its results.
    pub results: AllOutputs,
}

impl Pinned {
    /// Pins a document as it is.
    pub fn new(document: Document) -> Self {
        let name = document.title();
        let results = evaluate_all(document.scenario());
        Self { name, document, results }
    }
}

/// What follows from the document and is shown more than once; made anew after every change.
#[derive(Clone, Debug)]
pub struct Derived {
    /// All results.
    pub results: AllOutputs,
    /// How far each input alone swings the margin.
    pub tornado: Tornado,
    /// The inputs of which another value would give another margin.
    pub moving: Vec<InputId>,
    /// Published figures that the preset reproduces as published, and how many there are.
    pub reproduced: (usize, usize),
    /// Where the focused input brings the margin to the target, if that is looked for.
    pub break_even: Option<BreakEven>,
}

impl Derived {
    pub(super) fn of(document: &Document) -> Self {
        let scenario = document.scenario();
        let results = evaluate_all(scenario);
        let published = eval::reproduced(&document.base().content);
        let reproduced = published.iter().filter(|figure| figure.ok).count();
        let tornado = tornado(scenario, |id| document.range(id));
        let swings = |id| tornado.of(id).and_then(|row| row.swing).is_some_and(|swing| swing > 0.0);
        let moving =
            scenario.inputs().filter(|id| swings(*id) || rows::moves_margin(*id, scenario)).collect();
        Self { results, tornado, moving, reproduced: (reproduced, published.len()), break_even: None }
    }
}

/// An open pop-up, as far as others have to know it.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    /// The size it would like, border included.
    pub size: (u16, u16),
    /// Where keys are looked up.
    pub scopes: &'static [Scope],
}

/// All that drawing, views and pop-ups may see.
pub struct Context {
    /// What is open.
    pub document: Document,
    /// What it was before the last change; a run of moves is one change.
    pub before: Option<Document>,
    /// What it is compared with.
    pub pinned: Option<Pinned>,
    /// What follows from the document.
    pub derived: Derived,
    /// The directory of the user's presets, where the command line named one.
    pub config_dir: Option<PathBuf>,
    /// Other people's prices, rates and rents.
    pub books: Arc<Books>,
    /// The margin a verdict is measured against.
    pub target: f64,
    /// The focused input.
    pub focused: InputId,
    /// The tier whose prices are shown.
    pub tier: u8,
    /// The panes opened whole, with every row that is folded away otherwise.
    pub open_panes: Vec<Pane>,
    /// What the next key goes to.
    pub focus: Focus,
    /// The view in front.
    pub view: usize,
    /// Whether a small screen shows the view instead of the sliders.
    pub show_view: bool,
    /// The measure shown large.
    pub measure: Measure,
    /// Colours.
    pub theme: &'static Theme,
    /// Signs.
    pub signs: &'static Signs,
    /// Which keys stand for which commands.
    pub keys: Keymap,
    /// Why the file of what is open cannot be read, until it is mended.
    pub broken: Option<String>,
    /// The story that is being told.
    pub(crate) telling: Option<Telling>,
    /// The message in the footer.
    pub toast: Option<Toast>,
    /// The drag under way.
    pub drag: Option<Drag>,
    /// What each view says, in one sentence above its picture.
    pub sentences: Vec<String>,
    /// The same in fewer words.
    pub short_sentences: Vec<String>,
    /// The pop-ups, the innermost last.
    pub popups: Vec<Opened>,
    /// Commands run from a pop-up, the last one first.
    pub recent: Vec<Command>,
    /// Whether more input is waiting: heavy results may be drawn from less.
    pub busy: bool,
}

impl Context {
    /// Whether keys go to the view.
    pub fn in_view(&self) -> bool {
        self.focus == Focus::View
    }

    /// The name of the view in front.
    pub fn view_name(&self) -> Option<ViewName> {
        ViewName::ALL.get(self.view).copied()
    }

    /// The pane of the focused input.
    pub fn pane(&self) -> Pane {
        self.focused.parameter().pane
    }

    /// Whether a pane is opened whole.
    pub fn is_open(&self, pane: Pane) -> bool {
        self.open_panes.contains(&pane)
    }

    /// The sliders of a pane, first-ranked first, with the focused one even where it cannot matter now.
    pub fn inputs(&self, pane: Pane) -> Vec<InputId> {
        let whole = rows::inputs(pane, self.document.scenario(), self.tier, true);
        if self.is_open(pane) {
            return whole;
        }
        let shown = rows::inputs(pane, self.document.scenario(), self.tier, false);
        whole.into_iter().filter(|id| *id == self.focused || shown.contains(id)).collect()
    }

    /// The present value of an input.
    pub fn value(&self, id: InputId) -> Option<f64> {
        self.document.scenario().get(id)
    }

    /// A result; `None` where it is undefined.
    pub fn result(&self, output: OutputId) -> Option<f64> {
        self.derived.results.get(output)
    }

    /// The value of a measure; that of a user is the selected tier's.
    pub fn measured(&self, measure: Measure) -> Option<f64> {
        self.result(measure.output(self.tier))
    }

    /// The value of the measure shown large in the pinned scenario; tiers are matched by key.
    pub fn pinned_measured(&self) -> Option<f64> {
        let pinned = self.pinned.as_ref()?;
        let key = self.document.scenario().key(self.tier);
        let output = match self.measure.output(self.tier) {
            OutputId::Tier(_, output) => OutputId::Tier(pinned.document.scenario().tier_of(key)?, output),
            output @ OutputId::Global(_) => output,
        };
        pinned.results.get(output)
    }

    /// The pinned scenario, edits included.
    pub fn pinned_document(&self) -> Option<&Document> {
        self.pinned.as_ref().map(|pinned| &pinned.document)
    }

    /// The pinned scenario's value of an input; tiers are matched by key.
    pub fn pinned_value(&self, id: InputId) -> Option<f64> {
        let other = self.pinned.as_ref()?.document.scenario();
        other.get(other.counterpart(self.document.scenario(), id)?)
    }

    /// The window of an input's track: around the preset's value, its range, claims, the pinned and present value.
    /// It stands still under a drag.
    pub fn window(&self, id: InputId) -> Window {
        if let Some(drag) = self.drag.as_ref().filter(|drag| drag.id == id) {
            return drag.window;
        }
        let document = &self.document;
        let present = self.value(id);
        let preset = document.base_value(id).flatten();
        let range = document.range(id).filter(|_| !document.is_changed(id));
        let claims = document.claims(id).into_iter().map(|claim| claim.value);
        let anchors = preset
            .or(present)
            .into_iter()
            .chain(range.into_iter().flat_map(|range| [range.low(), range.high()]))
            .chain(claims)
            .chain(self.pinned_value(id));
        Window::new(id.parameter(), present, anchors)
    }

    /// The values that a drag snaps to: the preset's, then claims and the pinned one.
    pub fn marks(&self, id: InputId) -> Vec<f64> {
        let preset = self.document.base_value(id).flatten();
        let claims = self.document.claims(id).into_iter().map(|claim| claim.value);
        preset.into_iter().chain(claims).chain(self.pinned_value(id)).collect()
    }

    /// The command line that leads back here, with the directory in which it finds a preset of the user's.
    pub fn command_line(&self) -> Option<String> {
        let line = replay::command_line(&self.document, self.pinned_document())?;
        let is_by_name = |document: &Document| matches!(document.base().origin, Origin::User { .. });
        match &self.config_dir {
            Some(directory)
                if is_by_name(&self.document) || self.pinned_document().is_some_and(is_by_name) =>
            {
                replay::in_directory(&line, directory)
            }
            _ => Some(line),
        }
    }

    /// What the last change did, in so many cells; `None` before the first one.
    pub fn echo(&self, cells: usize) -> Option<String> {
        echo::line(self.before.as_ref()?, &self.document, self.measure.output(self.tier), cells)
    }

    /// The gross margin that another value of an input would give.
    pub fn margin_with(&self, id: InputId, value: Option<f64>) -> Option<f64> {
        margin_of(&self.document.scenario().with(&[(id, value)]).ok()?)
    }

    /// Where an input alone brings the margin to the target; `None` for one of which that is not looked for.
    pub fn break_even_of(&self, id: InputId) -> Option<Cow<'_, BreakEven>> {
        match &self.derived.break_even {
            Some(known) if known.id.input == id => Some(Cow::Borrowed(known)),
            _ => {
                let scenario = self.document.scenario();
                let analysed = analysed_inputs(scenario).any(|known| known == id);
                analysed.then(|| Cow::Owned(break_even(scenario, id, self.target)))
            }
        }
    }

    /// Whether the margin is above the target.
    pub fn holds(&self) -> bool {
        self.derived.results.get(Output::GrossMargin).is_some_and(|margin| margin > self.target)
    }

    /// The scopes in which a key is looked up now, innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        let told = self.telling.iter().map(|_| Scope::Story);
        match (self.popups.last(), self.focus, self.view_name()) {
            (Some(popup), ..) => popup.scopes.to_vec(),
            (None, Focus::View, Some(view)) => told.chain(view.scopes()).collect(),
            (None, ..) => told.chain(Scope::SLIDERS.iter().copied()).collect(),
        }
    }

    /// The key that stands for a command, now or else on a slider, for hints.
    pub fn key_of(&self, command: Command) -> String {
        // While a story is told, Space goes on.
        let command =
            if self.telling.is_some() && command == Command::Toggle { Command::Type } else { command };
        let scopes = if self.popups.is_empty() { self.scopes() } else { Vec::new() };
        self.keys.key(&[&scopes, Scope::SLIDERS].concat(), command)
    }
}
