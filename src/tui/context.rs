//! What drawing and views may look at: the document and what follows from it.

use ratatui::layout::Rect;

use super::slider::Window;
use super::theme::{Signs, Theme};
use crate::analysis::{Tornado, tornado};
use crate::model::{InputId, Output, Outputs, evaluate};
use crate::preset::{Document, Published, Run, check};

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
    pub run: Run,
}

/// A scenario to compare with.
#[derive(Clone, Debug)]
pub struct Pinned {
    /// What it is called.
    pub name: String,
    /// The document, edits included.
    pub document: Document,
    /// Its results.
    pub outputs: Outputs,
}

impl Pinned {
    /// Pins a document as it is.
    pub fn new(document: Document) -> Self {
        let edits = document.changes().len();
        let name = &document.content().name;
        let name = if edits == 0 { name.clone() } else { format!("{name}, {edits} changed") };
        let outputs = evaluate(document.scenario());
        Self { name, document, outputs }
    }
}

/// What follows from the document and is shown in more than one place; made anew after every change.
#[derive(Clone, Debug)]
pub struct Derived {
    /// All results.
    pub outputs: Outputs,
    /// How far each input alone swings the margin.
    pub tornado: Tornado,
    /// Published figures that are reproduced, and how many there are.
    pub reproduced: (usize, usize),
    /// Values of the focused input at which the margin equals the target.
    pub break_even: Vec<f64>,
}

impl Derived {
    pub(super) fn of(document: &Document) -> Self {
        let scenario = document.scenario();
        let outputs = evaluate(scenario);
        let published: &[Published] = &document.content().published;
        let reproduced = published.iter().filter(|figure| check(figure, &outputs).ok).count();
        let tornado = tornado(scenario, |id| document.range(id));
        Self { outputs, tornado, reproduced: (reproduced, published.len()), break_even: Vec::new() }
    }
}

/// What drawing and views may look at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What is open.
    pub document: &'a Document,
    /// What it is compared with.
    pub pinned: Option<&'a Pinned>,
    /// All results of the present scenario.
    pub derived: &'a Derived,
    /// The margin a verdict is measured against.
    pub target: f64,
    /// The focused input.
    pub focused: InputId,
    /// The tier selected.
    pub tier: u8,
    /// Whether the view has the focus.
    pub in_view: bool,
    /// Colours.
    pub theme: &'static Theme,
    /// Signs.
    pub signs: &'static Signs,
    /// Whether more input is waiting: heavy results may be drawn from less.
    pub busy: bool,
}

/// The window of an input's track: around the preset's value, its range, claims, the pinned and present value.
pub fn window(document: &Document, pinned: Option<&Pinned>, id: InputId) -> Window {
    let present = document.scenario().get(id);
    let preset = document.base_value(id).flatten();
    let range = document.range(id).filter(|_| !document.is_changed(id));
    let claims = document.claims(id).into_iter().map(|claim| claim.value);
    let anchors = preset
        .or(present)
        .into_iter()
        .chain(range.into_iter().flat_map(|range| [range.low(), range.high()]))
        .chain(claims)
        .chain(pinned_value(document, pinned, id));
    Window::new(id.parameter(), present, anchors.collect::<Vec<_>>())
}

/// The pinned scenario's value of an input of `document`; tiers are matched by key.
pub fn pinned_value(document: &Document, pinned: Option<&Pinned>, id: InputId) -> Option<f64> {
    let other = pinned?.document.scenario();
    match id {
        InputId::Global(_) => other.get(id),
        InputId::Tier(tier, field) => {
            let key = document.scenario().key(tier);
            other.get(InputId::Tier(other.tier_of(key)?, field))
        }
    }
}

impl Context<'_> {
    /// The pinned scenario's value of an input.
    pub fn pinned_value(&self, id: InputId) -> Option<f64> {
        pinned_value(self.document, self.pinned, id)
    }

    /// The window of an input's track.
    pub fn window(&self, id: InputId) -> Window {
        window(self.document, self.pinned, id)
    }

    /// Whether the margin is above the target.
    pub fn holds(&self) -> bool {
        self.derived.outputs.get(Output::GrossMargin).is_some_and(|margin| margin > self.target)
    }
}
