//! The measure shown large.

use crate::model::Output;

/// The measure shown large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is defined by `definition`")]
pub enum Measure {
    GrossMargin,
    Markup,
    Multiple,
    UnitCost,
    ProfitPerDay,
}

impl Measure {
    /// All of them, in the order that `d` goes through.
    pub const ALL: [Self; 5] =
        [Self::GrossMargin, Self::Markup, Self::Multiple, Self::UnitCost, Self::ProfitPerDay];

    /// The result it shows.
    pub const fn output(self) -> Output {
        match self {
            Self::GrossMargin => Output::GrossMargin,
            Self::Markup => Output::Markup,
            Self::Multiple => Output::RevenueOverCost,
            Self::UnitCost => Output::CostPerMOutput,
            Self::ProfitPerDay => Output::ProfitPerDay,
        }
    }

    /// Name and definition.
    pub const fn definition(self) -> (&'static str, &'static str) {
        match self {
            Self::GrossMargin => ("GROSS MARGIN", "gross margin = 1 − cost ÷ revenue"),
            Self::Markup => ("MARKUP", "markup = revenue ÷ cost − 1, on the cost of serving"),
            Self::Multiple => ("REVENUE ÷ COST", "revenue ÷ cost of serving"),
            Self::UnitCost => ("COST PER M OUTPUT", "cost of the node time per output token"),
            Self::ProfitPerDay => ("PROFIT A DAY", "revenue − cost of serving, all nodes, per day"),
        }
    }

    /// The measure after this one.
    pub fn next(self) -> Self {
        let index = Self::ALL.iter().position(|measure| *measure == self).unwrap_or(0);
        Self::ALL[(index + 1) % Self::ALL.len()]
    }
}
