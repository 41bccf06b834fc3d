//! The views by name, and the commands that only one of them has.

/// A view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "`info` documents each of them")]
pub enum ViewName {
    BreakEven,
    Tornado,
    Cache,
    Map,
    Bridge,
    Odds,
    Tiers,
    Hosts,
    Hardware,
    Proof,
}

/// What the program knows about a view before it is opened.
#[derive(Clone, Copy, Debug)]
pub struct ViewInfo {
    /// The name in scopes and files.
    pub name: &'static str,
    /// The title on the tab.
    pub title: &'static str,
    /// What it shows, for help.
    pub doc: &'static str,
}

impl ViewName {
    /// All views, in the order of the tab bar; the first one opens first.
    pub const ALL: [Self; 10] = [
        Self::BreakEven,
        Self::Tornado,
        Self::Cache,
        Self::Map,
        Self::Bridge,
        Self::Odds,
        Self::Tiers,
        Self::Hosts,
        Self::Hardware,
        Self::Proof,
    ];

    /// What is known about it.
    #[rustfmt::skip]
    pub const fn info(self) -> ViewInfo {
        match self {
            Self::BreakEven => row("break-even", "Break-even", "how far each input alone has to move to overturn the verdict; moves it there"),
            Self::Tornado => row("tornado", "Tornado", "how far each input alone swings the margin over its range"),
            Self::Cache => row("cache", "Cache", "what more cache hits do: the work they save, the revenue they cost, and both together"),
            Self::Map => row("map", "Map", "the margin over any two inputs, with a cross-hair that moves both sliders"),
            Self::Bridge => row("bridge", "Bridge", "from the pinned scenario to this one: what each differing input accounts for, and which turn the verdict"),
            Self::Odds => row("odds", "Odds", "what the margin may be when the inputs are drawn from their ranges"),
            Self::Tiers => row("tiers", "Tiers", "who pays for whom: each tier's part of output, revenue and cost, and what its users cost and bring"),
            Self::Hosts => row("hosts", "Hosts", "what each host's prices would leave on this node, and up to which rent; opens one"),
            Self::Hardware => row("hardware", "Hardware", "what a million tokens cost at measured rates and listed rents, against speed per user; opens one"),
            Self::Proof => row("proof", "Proof", "every equation from the inputs to the margin with today's numbers, and the published figures checked"),
        }
    }
}

const fn row(name: &'static str, title: &'static str, doc: &'static str) -> ViewInfo {
    ViewInfo { name, title, doc }
}

/// The names of all views, in the order of the tab bar.
pub fn view_names() -> impl Iterator<Item = &'static str> + Clone {
    ViewName::ALL.into_iter().map(|view| view.info().name)
}

/// What only the map can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table of commands documents each of them")]
pub enum MapCommand {
    Across,
    Up,
    FocusAcross,
    FocusUp,
    Swap,
}

/// What only the bridge can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table of commands documents each of them")]
pub enum BridgeCommand {
    TakePinned,
}

/// What the views of books can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table of commands documents each of them")]
pub enum BookCommand {
    EveryModel,
    Lengths,
    Rent,
}

/// What only the odds can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table of commands documents each of them")]
pub enum OddsCommand {
    Range,
}
