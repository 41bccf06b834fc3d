//! The measure shown large.

use crate::model::{Output, OutputId, TierOutput};

/// The measure shown large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is defined by `definition`")]
pub enum Measure {
    GrossMargin,
    Markup,
    Multiple,
    PerMTokens,
    PerThousandQueries,
    PerUserMonth,
    ProfitPerDay,
}

impl Measure {
    /// All of them, in the order that `d` goes through.
    pub const ALL: [Self; 7] = [
        Self::GrossMargin,
        Self::Markup,
        Self::Multiple,
        Self::PerMTokens,
        Self::PerThousandQueries,
        Self::PerUserMonth,
        Self::ProfitPerDay,
    ];

    /// The result it shows; what is told of a user is that of a tier.
    pub const fn output(self, tier: u8) -> OutputId {
        OutputId::Global(match self {
            Self::GrossMargin => Output::GrossMargin,
            Self::Markup => Output::Markup,
            Self::Multiple => Output::RevenueOverCost,
            Self::PerMTokens => Output::CostPerMTokens,
            Self::PerThousandQueries => Output::CostPer1000Queries,
            Self::PerUserMonth => return OutputId::Tier(tier, TierOutput::CostPerUserMonth),
            Self::ProfitPerDay => Output::ProfitPerDay,
        })
    }

    /// The price that stands beside a cost.
    pub const fn price(self, tier: u8) -> Option<OutputId> {
        match self {
            Self::PerMTokens => Some(OutputId::Global(Output::PricePerMTokens)),
            Self::PerThousandQueries => Some(OutputId::Global(Output::PricePer1000Queries)),
            Self::PerUserMonth => Some(OutputId::Tier(tier, TierOutput::PricePerUserMonth)),
            Self::GrossMargin | Self::Markup | Self::Multiple | Self::ProfitPerDay => None,
        }
    }

    /// The name it is remembered by.
    pub const fn id(self) -> &'static str {
        self.output(0).info().name
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
            Self::PerUserMonth => {
                ("COST PER USER AND MONTH", "cost of a query · queries a day · 365 ÷ 12, of the tier shown")
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
    pub fn next_of(self, has_value: impl Fn(Self) -> bool) -> Self {
        let mut next = self.next();
        for _ in Self::ALL {
            if has_value(next) {
                break;
            }
            next = next.next();
        }
        next
    }
}
