//! The views: their names, and what each says in a sentence, with or without a screen.

use super::break_even::BreakEvenReport;
use super::bridge::BridgeReport;
use super::hardware::{FIRST_LENGTHS, HardwareQuery, HardwareReport};
use super::hosts::{HostsQuery, HostsReport};
use super::map::MapReport;
use super::odds::OddsReport;
use super::tiers::TiersReport;
use super::tornado::TornadoReport;
use super::{Report, eval, words};
use crate::analysis::{Axis, OddsSettings, Sampler, cache_curves};
use crate::book::Books;
use crate::model::{Global, margin_of, nearest};
use crate::preset::Document;
use crate::quantity::number;
use crate::text;

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
    /// The name in scopes, files and on the command line.
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

/// What a view looks at.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// What is open.
    pub document: &'a Document,
    /// What it is compared with.
    pub against: Option<&'a Document>,
    /// The margin a verdict is measured against.
    pub target: f64,
    /// Other people's prices, rates and rents.
    pub books: &'a Books,
}

impl ViewName {
    /// The view with this name. The error is the nearest name there is.
    pub fn find(name: &str) -> Result<Self, Option<&'static str>> {
        let found = Self::ALL.into_iter().find(|view| view.info().name == name);
        found.ok_or_else(|| nearest(name, Self::ALL.map(|view| view.info().name)))
    }

    /// What the view says of a scene as it first opens, in one sentence.
    pub fn sentence(self, scene: &Scene) -> String {
        let Scene { document, against, target, books } = *scene;
        match self {
            Self::BreakEven => BreakEvenReport::of(document, target).conclusion(),
            Self::Tornado => TornadoReport::of(document).conclusion(),
            Self::Cache => cache_curves(document.scenario(), CACHE_POINTS).conclusion(),
            Self::Map => map(document, target),
            Self::Bridge => against.map_or_else(
                || NOTHING_PINNED.to_owned(),
                |against| BridgeReport::of(against, document, target).conclusion(),
            ),
            Self::Odds => {
                let settings = OddsSettings { target, ..OddsSettings::default() };
                OddsReport::of(document, settings, &mut Sampler::default()).conclusion()
            }
            Self::Tiers => TiersReport::of(document).conclusion(),
            Self::Hosts => {
                let query = HostsQuery { target, ..HostsQuery::default() };
                HostsReport::of(document, books, query).conclusion()
            }
            Self::Hardware => {
                let query = HardwareQuery { lengths: Some(FIRST_LENGTHS), ..HardwareQuery::default() };
                HardwareReport::of(document, books, query).conclusion()
            }
            Self::Proof => proof(document),
        }
    }
}

/// What the bridge says without a second scenario.
pub const NOTHING_PINNED: &str = "A bridge leads from a pinned scenario to this one, and nothing is pinned.";

/// The points of the curves; the sentence is the same for any.
const CACHE_POINTS: usize = 3;

/// Rent, or the price of a GPU, against utilization: the map that opens first.
fn map(document: &Document, target: f64) -> String {
    const GRID: (usize, usize) = (48, 24);
    let scenario = document.scenario();
    let across = if scenario.owns() { Global::Capex } else { Global::GpuHour };
    let axis = |global: Global| Axis::slider(scenario, global.into());
    MapReport::of(document, target, axis(across), axis(Global::Utilization), GRID).conclusion()
}

/// The margin, and how many published figures are reproduced.
pub fn proof(document: &Document) -> String {
    let figures = eval::reproduced(&document.base().content);
    let ok = figures.iter().filter(|figure| figure.ok).count();
    let margin = match margin_of(document.scenario()) {
        Some(margin) if number::is_deep(margin) => text::capitalised(&words::margin(margin)),
        Some(margin) => format!("Gross margin is {}", words::percent(margin)),
        None => "There is no gross margin".to_owned(),
    };
    match (figures.len(), document.change_count()) {
        (0, _) => format!("{margin}; the preset publishes no figure to check it against."),
        (all, 0) => format!("{margin}; {ok} of {all} published figures are reproduced."),
        (all, _) => format!("{margin}; {ok} of {all} published figures were reproduced before your changes."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::builtin;

    #[test]
    fn every_view_says_something_of_presets_of_every_kind() {
        let day_six = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        for name in ["forum-comment", "chatgpt-2023", "goedecke-a100"] {
            let document = Document::new(builtin::load(name).expect("shipped"));
            let scene =
                Scene { document: &document, against: Some(&day_six), target: 0.0, books: Books::shipped() };
            for view in ViewName::ALL {
                let sentence = view.sentence(&scene);
                assert!(sentence.ends_with(['.', ')']), "{name}, {}: {sentence}", view.info().name);
            }
        }
    }

    #[test]
    fn a_view_is_found_by_its_name_and_a_mistyped_one_has_a_nearest() {
        assert_eq!(ViewName::find("break-even"), Ok(ViewName::BreakEven));
        assert_eq!(ViewName::find("tornato"), Err(Some("tornado")));
    }
}
