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
            Self::Multiple => (
                "REVENUE ÷ COST",
                "revenue ÷ cost = how many times over revenue pays for serving, 1× breaks even",
            ),
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::{Global, InputId, TierField};

    /// The words of an explanation that its name does not have.
    fn said_beside(name: &str, explanation: &str) -> BTreeSet<String> {
        const LITTLE: [&str; 6] = ["a", "of", "the", "its", "per", "serving"];
        let words = |text: &str| -> BTreeSet<String> {
            let lower = text.to_lowercase();
            let words = lower.split(|letter: char| !letter.is_alphanumeric());
            words.filter(|word| !word.is_empty() && !LITTLE.contains(word)).map(str::to_owned).collect()
        };
        &words(explanation) - &words(name)
    }

    #[test]
    fn nothing_is_explained_by_its_own_name() {
        let outputs = Output::ALL.map(|output| (output.info().label, output.info().doc));
        let of_tiers = TierOutput::ALL.map(|output| (output.info().label, output.info().doc));
        let inputs = Global::ALL.map(|input| InputId::from(input).parameter());
        let inputs = inputs.into_iter().chain(TierField::ALL.map(TierField::parameter));
        let inputs = inputs.map(|parameter| (parameter.label, parameter.doc));
        let measures = Measure::ALL.map(Measure::definition).map(|(name, definition)| {
            (name, definition.split_once("= ").map_or(definition, |(_, meaning)| meaning))
        });
        for (name, explanation) in outputs.into_iter().chain(of_tiers).chain(inputs).chain(measures) {
            assert!(said_beside(name, explanation).len() > 1, "{name}: {explanation}");
        }
    }
}
