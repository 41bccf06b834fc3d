//! Commands, and what a row of the table says of one.

use super::{BookCommand, BridgeCommand, Key, MapCommand, OddsCommand, Scope};

/// Everything the explorer can be told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table below documents each of them")]
pub enum Command {
    Up,
    Down,
    PageUp,
    PageDown,
    Left,
    Right,
    CoarseLeft,
    CoarseRight,
    FineLeft,
    FineRight,
    First,
    Last,
    Type,
    Reset,
    Toggle,
    NextClaim,
    PreviousClaim,
    Unfold,
    Details,
    Range,
    Source,
    Note,
    NextTier,
    PreviousTier,
    AddTier,
    RenameTier,
    RemoveTier,
    NextPane,
    PreviousPane,
    NextView,
    PreviousView,
    View(u8),
    ToggleView,
    Measure,
    Target,
    Pin,
    SwapPinned,
    Unpin,
    Compare,
    Undo,
    Redo,
    ResetAll,
    Open,
    Save,
    SaveAs,
    Describe,
    Delete,
    NewPreset,
    Restore,
    Copy,
    CopyMenu,
    Stories,
    StoryOn,
    StoryBack,
    StoryAgain,
    StoryLeave,
    WriteCard,
    ExportView,
    Find,
    Palette,
    Help,
    Theme,
    Mouse,
    Redraw,
    Suspend,
    Back,
    Quit,
    Act,
    Map(MapCommand),
    Bridge(BridgeCommand),
    Odds(OddsCommand),
    Book(BookCommand),
}

impl Command {
    /// Whether it is about one input: the focused one, or the one under a view's cursor.
    pub const fn is_about_an_input(self) -> bool {
        matches!(
            self,
            Self::Left
                | Self::Right
                | Self::CoarseLeft
                | Self::CoarseRight
                | Self::FineLeft
                | Self::FineRight
                | Self::Type
                | Self::Reset
                | Self::Toggle
                | Self::NextClaim
                | Self::PreviousClaim
                | Self::Details
                | Self::Range
                | Self::Source
                | Self::Note
        )
    }
}

/// One row of the command table.
#[derive(Clone, Copy, Debug)]
pub struct CommandInfo {
    /// What to do.
    pub command: Command,
    /// The name in the palette.
    pub id: &'static str,
    /// Where it works.
    pub scope: Scope,
    /// The keys it has unless they are changed; the first is the one shown.
    pub keys: &'static [Key],
    /// What it does, in one line.
    pub doc: &'static str,
    /// A word for the footer, if it is shown there, and its order: the smallest survives longest.
    pub hint: Option<(&'static str, u8)>,
}

impl CommandInfo {
    /// Shows the command in the footer.
    pub const fn hint(mut self, word: &'static str, order: u8) -> Self {
        self.hint = Some((word, order));
        self
    }
}
