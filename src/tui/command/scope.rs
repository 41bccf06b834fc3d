//! Where a command works.

use std::fmt;

use super::ViewName;

/// Where a command works. Keys are looked up from the innermost scope out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere but in a field.
    Global,
    /// While a slider has the focus.
    Slider,
    /// While the view has the focus.
    AnyView,
    /// While a story is told.
    Story,
    /// While this view has the focus.
    View(ViewName),
    /// In the list of presets.
    Presets,
    /// In a list or another pop-up.
    List,
    /// While text is typed; all printable keys are text.
    Field,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Global => "everywhere",
            Self::Slider => "on a slider",
            Self::AnyView => "in a view",
            Self::Story => "in a story",
            Self::View(view) => return write!(f, "in {}", view.info().name),
            Self::Presets => "in the list of presets",
            Self::List => "in a list",
            Self::Field => "while typing",
        })
    }
}

impl Scope {
    /// Where keys are looked up while a slider has the focus.
    pub const SLIDERS: &[Self] = &[Self::Slider, Self::Global];
    /// Where they are looked up in the list of presets.
    pub const PRESETS: &[Self] = &[Self::Presets, Self::List];
}

impl ViewName {
    /// Where keys are looked up while it has the focus.
    pub const fn scopes(self) -> [Scope; 4] {
        [Scope::View(self), Scope::AnyView, Scope::Slider, Scope::Global]
    }
}
