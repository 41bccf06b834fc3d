//! The output table: every result of [`evaluate`](super::evaluate), with unit and definition.

use std::fmt;

use super::id::MAX_TIERS;
use super::parameter::Unit;

/// One result. Declared in the order of exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Output {
    /// Cost of a node for an hour.
    NodeCostPerHour,
    /// Cost of a node for a second.
    CostPerNodeSecond,
    /// Input tokens per second and paid node.
    InputRate,
    /// Output tokens per second and paid node.
    OutputRate,
    /// Prefill's part of the busy time.
    PrefillShare,
    /// Mean price of input, hits and misses together.
    BlendedInputPrice,
    /// Mean price of output.
    BlendedOutputPrice,
    /// Revenue from input tokens.
    InputRevenuePerNodeSecond,
    /// Revenue from output tokens.
    OutputRevenuePerNodeSecond,
    /// Revenue.
    RevenuePerNodeSecond,
    /// Share of revenue left after the cost of serving.
    GrossMargin,
    /// Profit on cost.
    Markup,
    /// Revenue over cost.
    RevenueOverCost,
    /// Unit cost of input that misses the cache.
    CostPerMInputMiss,
    /// Unit cost of input that hits the cache.
    CostPerMInputHit,
    /// Unit cost of the mean input token.
    CostPerMInput,
    /// Unit cost of output.
    CostPerMOutput,
    /// Margin of input that misses the cache.
    MarginInputMiss,
    /// Margin of input that hits the cache.
    MarginInputHit,
    /// Margin of output.
    MarginOutput,
    /// Share of tokens that is paid for.
    PaidShare,
    /// Nodes paid for.
    Nodes,
    /// Input tokens per day.
    InputTokensPerDay,
    /// Output tokens per day.
    OutputTokensPerDay,
    /// Revenue per day.
    RevenuePerDay,
    /// Cost of serving per day.
    CostPerDay,
    /// Revenue less the cost of serving, per day.
    ProfitPerDay,
    /// Profit less other costs, per day.
    OperatingProfitPerDay,
    /// Operating profit over revenue.
    OperatingMargin,
    /// Revenue from monthly prices.
    FlatRevenuePerNodeSecond,
    /// Cost of a million tokens, input and output together.
    CostPerMTokens,
    /// Price of a million tokens, input and output together.
    PricePerMTokens,
    /// Input tokens per output token over all that is served.
    MeanInputPerOutput,
    /// Share of the input served from the cache, over all that is served.
    MeanHitRatio,
    /// Cost of a thousand queries.
    CostPer1000Queries,
    /// What a thousand queries bring.
    PricePer1000Queries,
    /// Queries per day.
    QueriesPerDay,
    /// Energy of a million tokens.
    KwhPerMTokens,
    /// Energy of a query.
    WhPerQuery,
}

/// One result of a tier. Declared in the order of exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum TierOutput {
    /// Cost of a million tokens, input and output together.
    CostPerMTokens,
    /// Price of a million tokens, input and output together.
    PricePerMTokens,
    /// Share of the tier's revenue left after the cost of serving it.
    GrossMargin,
    /// Its part of the cost.
    CostShare,
    /// Its part of the revenue.
    RevenueShare,
    /// Cost of a thousand queries.
    CostPer1000Queries,
    /// What a thousand queries bring.
    PricePer1000Queries,
    /// Cost of a user for a month.
    CostPerUserMonth,
    /// What a user brings in a month.
    PricePerUserMonth,
    /// Queries a day at which price and cost of a user are equal.
    BreakEvenQueries,
    /// How many users the fleet serves.
    Users,
}

/// What the program knows about one result.
#[derive(Clone, Copy, Debug)]
pub struct OutputInfo {
    /// The name in JSON, CSV and preset files.
    pub name: &'static str,
    /// Short name on screen.
    pub label: &'static str,
    /// Unit.
    pub unit: Unit,
    /// Definition.
    pub doc: &'static str,
}

const fn info(name: &'static str, label: &'static str, unit: Unit, doc: &'static str) -> OutputInfo {
    OutputInfo { name, label, unit, doc }
}

/// The results in the order of [`Output`].
#[rustfmt::skip]
const INFOS: [OutputInfo; Output::COUNT] = [
    info("node_cost_per_hour", "Node cost", Unit::DollarsPerNodeHour, "GPUs · GPU-hour · (1 + overhead)"),
    info("cost_per_node_second", "Cost", Unit::DollarsPerNodeSecond, "node cost ÷ 3600"),
    info("input_rate", "Input rate", Unit::TokensPerSecond, "input tokens per second and paid node, r · output rate"),
    info("output_rate", "Output rate", Unit::TokensPerSecond, "output tokens per second and paid node, u ÷ τ"),
    info("prefill_share", "Prefill share", Unit::Share, "prefill's part of the busy time, b ÷ (a + b)"),
    info("blended_input_price", "Input price", Unit::DollarsPerMillion, "mean price of input, h · hit price + (1 − h) · miss price"),
    info("blended_output_price", "Output price", Unit::DollarsPerMillion, "mean price of output over the served tiers, after discount and fee"),
    info("input_revenue_per_node_second", "Input revenue", Unit::DollarsPerNodeSecond, "input rate · input price"),
    info("output_revenue_per_node_second", "Output revenue", Unit::DollarsPerNodeSecond, "output rate · output price"),
    info("revenue_per_node_second", "Revenue", Unit::DollarsPerNodeSecond, "input rate · input price + output rate · output price + what monthly prices bring"),
    info("gross_margin", "Gross margin", Unit::Share, "1 − cost ÷ revenue"),
    info("markup", "Markup", Unit::Share, "revenue ÷ cost − 1; DeepSeek calls it cost profit margin"),
    info("revenue_over_cost", "Revenue ÷ cost", Unit::Ratio, "how many times over revenue pays for the cost of serving; below 1 serving loses money"),
    info("cost_per_m_input_miss", "Cost, input miss", Unit::DollarsPerMillion, "cost of the node time a missed input token takes"),
    info("cost_per_m_input_hit", "Cost, input hit", Unit::DollarsPerMillion, "κ · cost of a missed input token"),
    info("cost_per_m_input", "Cost, input", Unit::DollarsPerMillion, "cost of the node time the mean input token takes"),
    info("cost_per_m_output", "Cost, output", Unit::DollarsPerMillion, "cost of the node time an output token takes"),
    info("margin_input_miss", "Margin, input miss", Unit::Share, "1 − unit cost ÷ mean price of a missed input token"),
    info("margin_input_hit", "Margin, input hit", Unit::Share, "1 − unit cost ÷ mean price of an input token from the cache"),
    info("margin_output", "Margin, output", Unit::Share, "1 − unit cost ÷ mean price of an output token"),
    info("paid_share", "Paid share", Unit::Share, "share of all tokens in tiers that charge something"),
    info("nodes", "Nodes", Unit::Count, "nodes paid for; with free traffic turned away those the paid tokens need"),
    info("input_tokens_per_day", "Input tokens", Unit::TokensPerDay, "input rate · nodes · 86,400"),
    info("output_tokens_per_day", "Output tokens", Unit::TokensPerDay, "output rate · nodes · 86,400"),
    info("revenue_per_day", "Revenue a day", Unit::DollarsPerDay, "revenue · nodes · 86,400"),
    info("cost_per_day", "Cost a day", Unit::DollarsPerDay, "cost · nodes · 86,400"),
    info("profit_per_day", "Profit a day", Unit::DollarsPerDay, "revenue − cost, per day"),
    info("operating_profit_per_day", "Operating profit a day", Unit::DollarsPerDay, "profit per day − other costs per day"),
    info("operating_margin", "Operating margin", Unit::Share, "operating profit ÷ revenue"),
    info("flat_revenue_per_node_second", "Monthly revenue", Unit::DollarsPerNodeSecond, "what monthly prices bring, spread over the tokens they pay for"),
    info("cost_per_m_tokens", "Cost per M tokens", Unit::DollarsPerMillion, "cost ÷ tokens, input and output together"),
    info("price_per_m_tokens", "Price per M tokens", Unit::DollarsPerMillion, "revenue ÷ tokens, input and output together"),
    info("mean_input_per_output", "Mean input ÷ output", Unit::Ratio, "input tokens per output token over all that is served, Σ share · r"),
    info("mean_hit_ratio", "Mean hit ratio", Unit::Share, "share of all input served from the cache, Σ share · r · h ÷ Σ share · r"),
    info("cost_per_1000_queries", "Cost per 1,000 queries", Unit::DollarsPerThousandQueries, "cost ÷ output rate · tokens per query · 1,000"),
    info("price_per_1000_queries", "Price per 1,000 queries", Unit::DollarsPerThousandQueries, "revenue ÷ output rate · tokens per query · 1,000"),
    info("queries_per_day", "Queries", Unit::QueriesPerDay, "output rate · nodes · 86,400 ÷ tokens per query"),
    info("kwh_per_m_tokens", "Energy per M tokens", Unit::KilowattHoursPerMillion, "GPUs · power ÷ tokens; training, and cooling that the power leaves out, are not in it"),
    info("wh_per_query", "Energy per query", Unit::WattHours, "GPUs · power ÷ output rate · tokens per query; training, and cooling that the power leaves out, are not in it"),
];

/// The results of a tier in the order of [`TierOutput`].
#[rustfmt::skip]
const TIER_INFOS: [OutputInfo; TierOutput::COUNT] = [
    info("cost_per_m_tokens", "Cost per M tokens", Unit::DollarsPerMillion, "cost of the node time its tokens take, input and output together"),
    info("price_per_m_tokens", "Price per M tokens", Unit::DollarsPerMillion, "what it brings ÷ its tokens, input and output together"),
    info("gross_margin", "Gross margin", Unit::Share, "1 − cost ÷ price"),
    info("cost_share", "Share of cost", Unit::Share, "its part of the cost of all that is served"),
    info("revenue_share", "Share of revenue", Unit::Share, "its part of the revenue of all that is served"),
    info("cost_per_1000_queries", "Cost per 1,000 queries", Unit::DollarsPerThousandQueries, "cost of its output tokens · tokens per query · 1,000"),
    info("price_per_1000_queries", "Price per 1,000 queries", Unit::DollarsPerThousandQueries, "price of its output tokens · tokens per query · 1,000"),
    info("cost_per_user_month", "Cost per user and month", Unit::DollarsPerUserMonth, "cost of a query · queries a day · 365 ÷ 12"),
    info("price_per_user_month", "Price per user and month", Unit::DollarsPerUserMonth, "price of a query · queries a day · 365 ÷ 12, the monthly price included"),
    info("break_even_queries", "Break-even queries", Unit::QueriesPerDay, "queries a day at which a user costs as much as the monthly price and the tokens bring"),
    info("users", "Users", Unit::Count, "its output tokens a day ÷ (queries a day · tokens per query)"),
];

impl Output {
    /// How many there are.
    pub const COUNT: usize = 39;

    /// All of them, in the order of exports.
    #[rustfmt::skip]
    pub const ALL: [Self; Self::COUNT] = [
        Self::NodeCostPerHour, Self::CostPerNodeSecond, Self::InputRate, Self::OutputRate,
        Self::PrefillShare, Self::BlendedInputPrice, Self::BlendedOutputPrice,
        Self::InputRevenuePerNodeSecond, Self::OutputRevenuePerNodeSecond, Self::RevenuePerNodeSecond,
        Self::GrossMargin, Self::Markup, Self::RevenueOverCost, Self::CostPerMInputMiss,
        Self::CostPerMInputHit, Self::CostPerMInput, Self::CostPerMOutput, Self::MarginInputMiss,
        Self::MarginInputHit, Self::MarginOutput, Self::PaidShare, Self::Nodes, Self::InputTokensPerDay,
        Self::OutputTokensPerDay, Self::RevenuePerDay, Self::CostPerDay, Self::ProfitPerDay,
        Self::OperatingProfitPerDay, Self::OperatingMargin, Self::FlatRevenuePerNodeSecond,
        Self::CostPerMTokens, Self::PricePerMTokens, Self::MeanInputPerOutput, Self::MeanHitRatio,
        Self::CostPer1000Queries, Self::PricePer1000Queries, Self::QueriesPerDay, Self::KwhPerMTokens,
        Self::WhPerQuery,
    ];

    /// The table entry.
    pub const fn info(self) -> &'static OutputInfo {
        &INFOS[self as usize]
    }

    /// The name in JSON, CSV and preset files.
    pub const fn name(self) -> &'static str {
        self.info().name
    }

    /// The result with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|output| output.name() == name)
    }
}

impl TierOutput {
    /// How many there are.
    pub const COUNT: usize = 11;

    /// All of them, in the order of exports.
    #[rustfmt::skip]
    pub const ALL: [Self; Self::COUNT] = [
        Self::CostPerMTokens, Self::PricePerMTokens, Self::GrossMargin, Self::CostShare, Self::RevenueShare,
        Self::CostPer1000Queries, Self::PricePer1000Queries, Self::CostPerUserMonth, Self::PricePerUserMonth,
        Self::BreakEvenQueries, Self::Users,
    ];

    /// The table entry.
    pub const fn info(self) -> &'static OutputInfo {
        &TIER_INFOS[self as usize]
    }

    /// The last part of the name in JSON, CSV and preset files.
    pub const fn name(self) -> &'static str {
        self.info().name
    }
}

/// Which result of a scenario; a tier is meant by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutputId {
    /// A result of all that is served.
    Global(Output),
    /// A result of the tier at this position.
    Tier(u8, TierOutput),
}

impl OutputId {
    /// The table entry.
    pub const fn info(self) -> &'static OutputInfo {
        match self {
            Self::Global(output) => output.info(),
            Self::Tier(_, output) => output.info(),
        }
    }
}

impl From<Output> for OutputId {
    fn from(output: Output) -> Self {
        Self::Global(output)
    }
}

/// Why nothing can be computed although every single value is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// (1 − h₀) + h₀·κ < 1e-9: the prefill rate was measured on nothing but hits that cost nothing.
    MeasurementSaysNothing,
    /// Free traffic is turned away and no traffic is paid.
    NothingServed,
    /// A tier that is served has a monthly price, and its queries or the tokens of a query are not known.
    MonthlyPriceWithoutUse,
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MeasurementSaysNothing => {
                "the prefill rate was measured on cache hits that cost no work, so it says nothing about misses"
            }
            Self::NothingServed => "free traffic is turned away and no traffic is paid, so nothing is served",
            Self::MonthlyPriceWithoutUse => {
                "a monthly price says nothing without queries a day and tokens per query; give the tier's queries and \
                 traffic.output_per_query"
            }
        })
    }
}

/// All results of one scenario.
#[derive(Clone, Copy, Debug)]
pub struct Outputs {
    /// NaN where undefined.
    values: [f64; Output::COUNT],
    undefined: Option<Undefined>,
}

impl Outputs {
    /// Nothing is defined.
    pub(super) const UNDEFINED: Self = Self { values: [f64::NAN; Output::COUNT], undefined: None };

    /// Nothing is defined, for this reason.
    pub(super) const fn undefined_because(reason: Undefined) -> Self {
        Self { undefined: Some(reason), ..Self::UNDEFINED }
    }

    /// A result as computed; what is not finite counts as undefined.
    #[inline]
    pub(super) const fn set(&mut self, output: Output, value: f64) {
        self.values[output as usize] = value;
    }

    /// A result; `None` where it is undefined. Never NaN or infinite.
    pub fn get(&self, output: Output) -> Option<f64> {
        let value = self.values[output as usize];
        value.is_finite().then_some(value)
    }

    /// Why every result is undefined, if so.
    pub const fn undefined(&self) -> Option<Undefined> {
        self.undefined
    }
}

/// The results of every tier of one scenario.
#[derive(Clone, Copy, Debug)]
pub struct TierOutputs {
    /// NaN where undefined.
    values: [[f64; TierOutput::COUNT]; MAX_TIERS],
}

impl TierOutputs {
    /// Nothing is defined.
    pub(super) const UNDEFINED: Self = Self { values: [[f64::NAN; TierOutput::COUNT]; MAX_TIERS] };

    pub(super) fn set(&mut self, tier: usize, values: [f64; TierOutput::COUNT]) {
        if let Some(known) = self.values.get_mut(tier) {
            *known = values;
        }
    }

    /// A result of the tier at a position; `None` where it is undefined. Never NaN or infinite.
    pub fn get(&self, tier: u8, output: TierOutput) -> Option<f64> {
        let value = self.values.get(usize::from(tier))?[output as usize];
        value.is_finite().then_some(value)
    }
}

/// Every result of one scenario, those of its tiers included.
#[derive(Clone, Copy, Debug)]
pub struct AllOutputs {
    /// The results of all that is served.
    pub outputs: Outputs,
    /// The results of each tier.
    pub tiers: TierOutputs,
}

impl AllOutputs {
    /// A result; `None` where it is undefined. Never NaN or infinite.
    pub fn get(&self, id: impl Into<OutputId>) -> Option<f64> {
        match id.into() {
            OutputId::Global(output) => self.outputs.get(output),
            OutputId::Tier(tier, output) => self.tiers.get(tier, output),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_output() {
        for output in Output::ALL {
            assert_eq!(Output::from_name(output.name()), Some(output));
        }
    }
}
