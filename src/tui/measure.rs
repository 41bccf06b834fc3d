//! The measure shown large.

use crate::model::{Output, Outputs};

/// The measure shown large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is defined by `definition`")]
pub enum Measure {
    GrossMargin,
    Markup,
    Multiple,
    PerMTokens,
    PerThousandQueries,
    ProfitPerDay,
}

impl Measure {
    /// All of them, in the order that `d` goes through.
    pub const ALL: [Self; 6] = [
        Self::GrossMargin,
        Self::Markup,
        Self::Multiple,
        Self::PerMTokens,
        Self::PerThousandQueries,
        Self::ProfitPerDay,
    ];

    /// The result it shows.
    pub const fn output(self) -> Output {
        match self {
            Self::GrossMargin => Output::GrossMargin,
            Self::Markup => Output::Markup,
            Self::Multiple => Output::RevenueOverCost,
            Self::PerMTokens => Output::CostPerMTokens,
            Self::PerThousandQueries => Output::CostPer1000Queries,
            Self::ProfitPerDay => Output::ProfitPerDay,
        }
    }

    /// Name and definition.
    pub const fn definition(self) -> (&'static str, &'static str) {
        match self {
            Self::GrossMargin => ("GROSS MARGIN", "gross margin = 1 − cost ÷ revenue"),
            Self::Markup => ("MARKUP", "markup = revenue ÷ cost − 1, on the cost of serving"),
            Self::Multiple => ("REVENUE ÷ COST", "revenue ÷ cost of serving"),
            Self::PerMTokens => ("COST PER M TOKENS", "cost ÷ tokens, input and output together"),
            Self::PerThousandQueries => {
                ("COST PER 1,000 QUERIES", "cost of a query's tokens, the input with them")
            }
            Self::ProfitPerDay => ("PROFIT A DAY", "revenue − cost of serving, all nodes, per day"),
        }
    }

    /// The measure after this one.
    fn next(self) -> Self {
        let index = Self::ALL.iter().position(|measure| *measure == self).unwrap_or(0);
        Self::ALL[(index + 1) % Self::ALL.len()]
    }

    /// The next measure that has a value; what has none is passed over.
    pub fn next_of(self, outputs: &Outputs) -> Self {
        let mut next = self.next();
        for _ in Self::ALL {
            if outputs.get(next.output()).is_some() {
                break;
            }
            next = next.next();
        }
        next
    }
}
