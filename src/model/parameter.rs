//! The parameter table: every input of the model, with its unit, domain, slider and meaning.
//!
//! Sliders, preset keys, `--set`, help texts, exports and documentation are all derived from
//! [`Parameter`] entries; nothing they know is spelled again elsewhere.

use std::fmt;

/// An input that exists once per scenario. Declared in table order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Global {
    /// How the GPU-hour is paid: 0 rent, 1 own.
    Basis,
    /// GPUs in a node.
    Gpus,
    /// Rent of one GPU for one hour, $/GPU·h.
    GpuHour,
    /// Other cost of revenue as a share of the GPU bill.
    Overhead,
    /// Purchase price per GPU, $.
    Capex,
    /// Useful life, years.
    Life,
    /// Cost of capital per year, share.
    CapitalCost,
    /// Power per GPU, kW.
    Power,
    /// Electricity price, $/kWh.
    Energy,
    /// Colocation rent, $/kW·month.
    Hosting,
    /// Input tokens per second a node takes in while it prefills.
    Prefill,
    /// Output tokens per second a node puts out while it decodes.
    Decode,
    /// Share of the shorter phase hidden behind the longer one.
    Overlap,
    /// Share of paid node time that works.
    Utilization,
    /// Nodes paid for.
    Nodes,
    /// Costs outside serving, $/day.
    OtherCostPerDay,
    /// Input tokens per output token.
    InputPerOutput,
    /// Whether free traffic is served: 0 no, 1 yes.
    ServeFree,
    /// Share of throughput lost when free traffic is turned away.
    BatchingLoss,
    /// Share of input tokens served from the KV cache.
    HitRatio,
    /// Hit ratio at which the prefill rate was measured.
    MeasuredHitRatio,
    /// Prefill work of a hit token as a share of a miss token's.
    HitWork,
    /// Share of revenue kept by a marketplace or payment provider.
    Fee,
}

impl Global {
    /// How many there are.
    pub const COUNT: usize = 23;

    /// All of them, in table order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Basis,
        Self::Gpus,
        Self::GpuHour,
        Self::Overhead,
        Self::Capex,
        Self::Life,
        Self::CapitalCost,
        Self::Power,
        Self::Energy,
        Self::Hosting,
        Self::Prefill,
        Self::Decode,
        Self::Overlap,
        Self::Utilization,
        Self::Nodes,
        Self::OtherCostPerDay,
        Self::InputPerOutput,
        Self::ServeFree,
        Self::BatchingLoss,
        Self::HitRatio,
        Self::MeasuredHitRatio,
        Self::HitWork,
        Self::Fee,
    ];
}

/// An input that exists once per tier. Declared in table order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum TierField {
    /// This tier's share of all tokens.
    Share,
    /// List price of input not in cache, $/M.
    InputMiss,
    /// List price of input in cache, $/M.
    InputHit,
    /// List price of output, $/M.
    Output,
    /// Discount on all three prices, share.
    Discount,
}

impl TierField {
    /// How many there are.
    pub const COUNT: usize = 5;

    /// All of them, in table order.
    pub const ALL: [Self; Self::COUNT] =
        [Self::Share, Self::InputMiss, Self::InputHit, Self::Output, Self::Discount];
}

/// The group of sliders an input belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pane {
    /// What a node costs and how fast it works.
    Node,
    /// What is served, and to whom.
    Traffic,
    /// The KV cache.
    Cache,
    /// What is charged.
    Pricing,
}

impl Pane {
    /// All panes in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Node, Self::Traffic, Self::Cache, Self::Pricing];

    /// The pane's title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Node => "Node",
            Self::Traffic => "Traffic",
            Self::Cache => "Cache",
            Self::Pricing => "Pricing",
        }
    }
}

/// The unit of an input or output; it decides how a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A choice between two words; no unit.
    Choice,
    /// A pure count, such as GPUs.
    Count,
    /// A fraction, written as a percentage on screen.
    Share,
    /// A pure ratio.
    Ratio,
    /// Years.
    Years,
    /// Kilowatts.
    Kilowatts,
    /// Tokens per second.
    TokensPerSecond,
    /// Tokens per day.
    TokensPerDay,
    /// US dollars per GPU-hour.
    DollarsPerGpuHour,
    /// US dollars per node-hour.
    DollarsPerNodeHour,
    /// US dollars per node-second.
    DollarsPerNodeSecond,
    /// US dollars per GPU.
    DollarsPerGpu,
    /// US dollars per kilowatt-hour.
    DollarsPerKilowattHour,
    /// US dollars per kilowatt and month.
    DollarsPerKilowattMonth,
    /// US dollars per day.
    DollarsPerDay,
    /// US dollars per million tokens.
    DollarsPerMillion,
}

impl Unit {
    /// The unit as written after a number; empty for pure numbers.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Choice | Self::Count | Self::Ratio => "",
            Self::Share => "%",
            Self::Years => "years",
            Self::Kilowatts => "kW",
            Self::TokensPerSecond => "tok/s",
            Self::TokensPerDay => "tok/day",
            Self::DollarsPerGpuHour => "$/GPU·h",
            Self::DollarsPerNodeHour => "$/node·h",
            Self::DollarsPerNodeSecond => "$/node·s",
            Self::DollarsPerGpu => "$/GPU",
            Self::DollarsPerKilowattHour => "$/kWh",
            Self::DollarsPerKilowattMonth => "$/kW·month",
            Self::DollarsPerDay => "$/day",
            Self::DollarsPerMillion => "$/M",
        }
    }

    /// Whether the number is an amount of US dollars.
    pub const fn is_money(self) -> bool {
        matches!(
            self,
            Self::DollarsPerGpuHour
                | Self::DollarsPerNodeHour
                | Self::DollarsPerNodeSecond
                | Self::DollarsPerGpu
                | Self::DollarsPerKilowattHour
                | Self::DollarsPerKilowattMonth
                | Self::DollarsPerDay
                | Self::DollarsPerMillion
        )
    }
}

/// The values an input may take at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Domain {
    /// Smallest valid value.
    pub min: f64,
    /// Largest valid value.
    pub max: f64,
    /// Whether only whole numbers are valid.
    pub whole: bool,
    /// Whether the input may be absent.
    pub optional: bool,
    /// The two words a toggle takes, for 0 and 1.
    pub words: Option<[&'static str; 2]>,
}

impl Domain {
    const fn between(min: f64, max: f64) -> Self {
        Self { min, max, whole: false, optional: false, words: None }
    }

    const fn whole(min: f64, max: f64) -> Self {
        Self { min, max, whole: true, optional: false, words: None }
    }

    const fn optional(min: f64, max: f64) -> Self {
        Self { min, max, whole: false, optional: true, words: None }
    }

    const fn words(off: &'static str, on: &'static str) -> Self {
        Self { min: 0.0, max: 1.0, whole: true, optional: false, words: Some([off, on]) }
    }

    /// Whether `value` is valid; `None` stands for an absent input.
    pub fn contains(&self, value: Option<f64>) -> bool {
        match value {
            None => self.optional,
            Some(value) => {
                value >= self.min && value <= self.max && (!self.whole || libm::trunc(value) == value)
            }
        }
    }

    /// Whether the domain lies in 0 … 1 and is continuous: the input is a share.
    pub fn is_share(&self) -> bool {
        !self.whole && self.min >= 0.0 && self.max <= 1.0
    }
}

/// What is valid, as an error message says it: `a number from 0 to 1`.
impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some([off, on]) = self.words {
            return write!(f, "{off} or {on}");
        }
        let noun = if self.whole { "a whole number" } else { "a number" };
        write!(f, "{noun} from {} to {}", Bound(self.min), Bound(self.max))?;
        if self.optional { f.write_str(", or none") } else { Ok(()) }
    }
}

/// A bound of a domain: short as people write it, `1e12` rather than thirteen digits.
struct Bound(f64);

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.abs();
        if magnitude != 0.0 && !(1e-4..1e6).contains(&magnitude) {
            write!(f, "{:e}", self.0)
        } else {
            write!(f, "{}", self.0)
        }
    }
}

/// How a slider moves and over what range; values beyond it stay valid up to the domain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Two states.
    Toggle,
    /// Whole numbers, one by one.
    Steps {
        /// Left end.
        low: f64,
        /// Right end.
        high: f64,
    },
    /// Equal distances are equal differences.
    Linear {
        /// Left end.
        low: f64,
        /// Right end.
        high: f64,
    },
    /// Equal distances are equal factors.
    Log {
        /// Left end.
        low: f64,
        /// Right end.
        high: f64,
        /// Whether 0 can be reached to the left of the left end.
        zero: bool,
    },
}

impl Scale {
    /// The ends of the slider.
    pub const fn ends(&self) -> (f64, f64) {
        match *self {
            Self::Toggle => (0.0, 1.0),
            Self::Steps { low, high } | Self::Linear { low, high } | Self::Log { low, high, .. } => {
                (low, high)
            }
        }
    }

    /// Whether equal distances are equal factors.
    pub const fn is_log(&self) -> bool {
        matches!(self, Self::Log { .. })
    }
}

/// What an input is when a preset does not give it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fallback {
    /// It must be given.
    Required,
    /// It must be given, except in a tier that names no price at all, which is free.
    RequiredUnlessFree,
    /// A neutral value.
    Value(f64),
    /// A value that is an assumption, and says so wherever it is shown.
    Assumption(f64),
    /// Absent.
    Absent,
    /// The file's `cache.hit_ratio`.
    HitRatio,
    /// The tier's `input_miss`.
    InputMiss,
    /// An equal part of what the other tiers leave.
    Remainder,
}

/// One input of the model: everything the program knows about it.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// The id, as in `node.gpu_hour`; for a tier's input the last part, as in `share`.
    pub id: &'static str,
    /// Short name on a slider.
    pub label: &'static str,
    /// The symbol of the equations, if it has one.
    pub symbol: &'static str,
    /// Unit.
    pub unit: Unit,
    /// Valid values.
    pub domain: Domain,
    /// Slider.
    pub scale: Scale,
    /// Value when not given.
    pub fallback: Fallback,
    /// Pane it is shown in.
    pub pane: Pane,
    /// Order within the pane; the smallest is shown first and folded last.
    pub rank: u8,
    /// What it means, in one sentence or two.
    pub doc: &'static str,
    /// Where it enters the equations.
    pub formula: &'static str,
}

const LOG_PRICE: Scale = Scale::Log { low: 0.001, high: 1000.0, zero: true };
const SHARE: Domain = Domain::between(0.0, 1.0);
const SHARE_SCALE: Scale = Scale::Linear { low: 0.0, high: 1.0 };
const DOLLARS: Domain = Domain::between(0.0, 1e12);
const MEAN_PRICE: &str = "mean price = Σ share · list · (1 − discount) · (1 − fee)";
const OWN: &str = "GPU-hour = capex · CRF(capital cost, life) / 8760 + power · (energy + hosting / 730)";
const CACHE_WORK: &str = "work(h) = (1 − h) + h·κ; prefill per output token b = r · work(h) / (P · work(h₀))";
const BUSY: &str = "busy time τ = max(a, b) + (1 − ω)·min(a, b); output rate = u / τ";

/// The inputs that exist once, in the order of [`Global`].
const GLOBALS: [Parameter; Global::COUNT] = [
    Parameter {
        id: "node.basis",
        label: "Basis",
        symbol: "",
        unit: Unit::Choice,
        domain: Domain::words("rent", "own"),
        scale: Scale::Toggle,
        fallback: Fallback::Value(0.0),
        pane: Pane::Node,
        rank: 0,
        doc: "How the GPU-hour is paid: rented by the hour, or bought, financed, powered and housed.",
        formula: "GPU-hour = rent, or capex · CRF / 8760 + power · (energy + hosting / 730)",
    },
    Parameter {
        id: "node.gpus",
        label: "GPUs",
        symbol: "gpus",
        unit: Unit::Count,
        domain: Domain::whole(1.0, 1024.0),
        scale: Scale::Steps { low: 1.0, high: 1024.0 },
        fallback: Fallback::Value(8.0),
        pane: Pane::Node,
        rank: 8,
        doc: "GPUs in a node; prefill and decode rates are of one whole node.",
        formula: "node cost = GPUs · GPU-hour · (1 + overhead)",
    },
    Parameter {
        id: "node.gpu_hour",
        label: "Rent",
        symbol: "G",
        unit: Unit::DollarsPerGpuHour,
        domain: DOLLARS,
        scale: Scale::Log { low: 0.05, high: 50.0, zero: true },
        fallback: Fallback::Value(2.0),
        pane: Pane::Node,
        rank: 1,
        doc: "Rent of one GPU for one hour.",
        formula: "node cost = GPUs · GPU-hour · (1 + overhead)",
    },
    Parameter {
        id: "node.overhead",
        label: "Overhead",
        symbol: "",
        unit: Unit::Share,
        domain: Domain::between(0.0, 10.0),
        scale: Scale::Linear { low: 0.0, high: 3.0 },
        fallback: Fallback::Value(0.0),
        pane: Pane::Node,
        rank: 6,
        doc: "Other cost of revenue as a share of the GPU bill: network, storage, staff.",
        formula: "node cost = GPUs · GPU-hour · (1 + overhead)",
    },
    Parameter {
        id: "node.capex",
        label: "Price per GPU",
        symbol: "",
        unit: Unit::DollarsPerGpu,
        domain: DOLLARS,
        scale: Scale::Log { low: 1e3, high: 5e5, zero: true },
        fallback: Fallback::Assumption(30_000.0),
        pane: Pane::Node,
        rank: 1,
        doc: "Owning: purchase price per GPU, its part of the server and network included.",
        formula: OWN,
    },
    Parameter {
        id: "node.life",
        label: "Useful life",
        symbol: "n",
        unit: Unit::Years,
        domain: Domain::between(0.5, 20.0),
        scale: Scale::Linear { low: 1.0, high: 10.0 },
        fallback: Fallback::Value(4.0),
        pane: Pane::Node,
        rank: 9,
        doc: "Owning: years over which the purchase price is recovered.",
        formula: "CRF(i, n) = i / (1 − (1 + i)^−n); 1/n when i = 0",
    },
    Parameter {
        id: "node.capital_cost",
        label: "Cost of capital",
        symbol: "i",
        unit: Unit::Share,
        domain: SHARE,
        scale: Scale::Linear { low: 0.0, high: 0.4 },
        fallback: Fallback::Assumption(0.10),
        pane: Pane::Node,
        rank: 10,
        doc: "Owning: what the money tied up in the hardware costs per year.",
        formula: "CRF(i, n) = i / (1 − (1 + i)^−n); 1/n when i = 0",
    },
    Parameter {
        id: "node.power",
        label: "Power per GPU",
        symbol: "",
        unit: Unit::Kilowatts,
        domain: Domain::between(0.0, 1000.0),
        scale: Scale::Linear { low: 0.0, high: 5.0 },
        fallback: Fallback::Value(1.73),
        pane: Pane::Node,
        rank: 11,
        doc: "Owning: power drawn per GPU, its part of everything else and of cooling included.",
        formula: OWN,
    },
    Parameter {
        id: "node.energy",
        label: "Electricity",
        symbol: "",
        unit: Unit::DollarsPerKilowattHour,
        domain: Domain::between(0.0, 1000.0),
        scale: Scale::Linear { low: 0.0, high: 0.5 },
        fallback: Fallback::Assumption(0.08),
        pane: Pane::Node,
        rank: 12,
        doc: "Owning: price of electricity.",
        formula: OWN,
    },
    Parameter {
        id: "node.hosting",
        label: "Hosting",
        symbol: "",
        unit: Unit::DollarsPerKilowattMonth,
        domain: Domain::between(0.0, 1e6),
        scale: Scale::Linear { low: 0.0, high: 500.0 },
        fallback: Fallback::Assumption(130.0),
        pane: Pane::Node,
        rank: 13,
        doc: "Owning: colocation rent per kilowatt and month.",
        formula: OWN,
    },
    Parameter {
        id: "node.prefill",
        label: "Prefill",
        symbol: "P",
        unit: Unit::TokensPerSecond,
        domain: Domain::optional(1e-6, 1e12),
        scale: Scale::Log { low: 100.0, high: 1e7, zero: false },
        fallback: Fallback::Absent,
        pane: Pane::Node,
        rank: 3,
        doc: "Input tokens per second a node takes in while it prefills, cache hits counted. \
              None: the decode rate already includes prefill.",
        formula: CACHE_WORK,
    },
    Parameter {
        id: "node.decode",
        label: "Decode",
        symbol: "D",
        unit: Unit::TokensPerSecond,
        domain: Domain::between(1e-6, 1e12),
        scale: Scale::Log { low: 10.0, high: 1e7, zero: false },
        fallback: Fallback::Required,
        pane: Pane::Node,
        rank: 2,
        doc: "Output tokens per second a node puts out while it decodes: billed, accepted tokens, \
              reasoning included.",
        formula: "decode time per output token a = 1 / D",
    },
    Parameter {
        id: "node.overlap",
        label: "Overlap",
        symbol: "ω",
        unit: Unit::Share,
        domain: SHARE,
        scale: SHARE_SCALE,
        fallback: Fallback::Value(0.0),
        pane: Pane::Node,
        rank: 5,
        doc: "Share of the shorter phase hidden behind the longer one. 0: a node does one phase at a \
              time; 1: it does both at full rate at once.",
        formula: BUSY,
    },
    Parameter {
        id: "node.utilization",
        label: "Utilization",
        symbol: "u",
        unit: Unit::Share,
        domain: Domain::between(1e-6, 1.0),
        scale: Scale::Linear { low: 0.01, high: 1.0 },
        fallback: Fallback::Value(1.0),
        pane: Pane::Node,
        rank: 4,
        doc: "Share of paid node time that works at the rates given. Benchmark rates hold no idle time; \
              production averages already do.",
        formula: BUSY,
    },
    Parameter {
        id: "fleet.nodes",
        label: "Nodes paid",
        symbol: "nodes",
        unit: Unit::Count,
        domain: Domain::optional(0.0, 1e12),
        scale: Scale::Log { low: 1.0, high: 1e6, zero: true },
        fallback: Fallback::Absent,
        pane: Pane::Node,
        rank: 7,
        doc: "Nodes paid for, an average; fractions are fine. None: no totals per day.",
        formula: "per day = nodes · 86,400 · the figure per node and second",
    },
    Parameter {
        id: "fleet.other_cost_per_day",
        label: "Other costs",
        symbol: "",
        unit: Unit::DollarsPerDay,
        domain: DOLLARS,
        scale: Scale::Log { low: 1e3, high: 1e8, zero: true },
        fallback: Fallback::Value(0.0),
        pane: Pane::Node,
        rank: 14,
        doc: "Costs outside serving: training, research, staff. Gross margin leaves them out; operating \
              profit takes them off.",
        formula: "operating profit = profit per day − other costs",
    },
    Parameter {
        id: "traffic.input_per_output",
        label: "Input ÷ output",
        symbol: "r",
        unit: Unit::Ratio,
        domain: DOLLARS,
        scale: Scale::Log { low: 0.01, high: 1000.0, zero: true },
        fallback: Fallback::Required,
        pane: Pane::Traffic,
        rank: 1,
        doc: "Input tokens per output token. The decode rate stays as measured when this moves, though \
              longer contexts slow decode.",
        formula: "input rate = r · output rate; prefill per output token b = r · work(h) / (P · work(h₀))",
    },
    Parameter {
        id: "traffic.serve_free",
        label: "Serve free",
        symbol: "",
        unit: Unit::Choice,
        domain: Domain::words("false", "true"),
        scale: Scale::Toggle,
        fallback: Fallback::Value(1.0),
        pane: Pane::Traffic,
        rank: 3,
        doc: "Whether free traffic is served. Turned away, the fleet shrinks to what the paid tokens need.",
        formula: "served shares are divided by their sum; nodes' = nodes · paid share / (1 − λ)",
    },
    Parameter {
        id: "traffic.batching_loss",
        label: "Batching loss",
        symbol: "λ",
        unit: Unit::Share,
        domain: Domain::between(0.0, 0.99),
        scale: Scale::Linear { low: 0.0, high: 0.99 },
        fallback: Fallback::Value(0.0),
        pane: Pane::Traffic,
        rank: 4,
        doc: "Share of per-node throughput lost when free traffic is turned away: batches get smaller.",
        formula: "both rates are multiplied by 1 − λ while free traffic is turned away",
    },
    Parameter {
        id: "cache.hit_ratio",
        label: "Hit ratio",
        symbol: "h",
        unit: Unit::Share,
        domain: SHARE,
        scale: SHARE_SCALE,
        fallback: Fallback::Value(0.0),
        pane: Pane::Cache,
        rank: 1,
        doc: "Share of input tokens served from the KV cache. More hits lower both the work and the revenue.",
        formula: CACHE_WORK,
    },
    Parameter {
        id: "cache.measured_hit_ratio",
        label: "Measured at",
        symbol: "h₀",
        unit: Unit::Share,
        domain: SHARE,
        scale: SHARE_SCALE,
        fallback: Fallback::HitRatio,
        pane: Pane::Cache,
        rank: 3,
        doc: "Hit ratio at which the prefill rate was measured.",
        formula: CACHE_WORK,
    },
    Parameter {
        id: "cache.hit_work",
        label: "Work of a hit",
        symbol: "κ",
        unit: Unit::Share,
        domain: SHARE,
        scale: SHARE_SCALE,
        fallback: Fallback::Assumption(0.2),
        pane: Pane::Cache,
        rank: 2,
        doc: "Prefill work of a hit token as a share of a miss token's: attention over the cached prefix \
              and loading it are still to be done.",
        formula: CACHE_WORK,
    },
    Parameter {
        id: "pricing.fee",
        label: "Fee",
        symbol: "",
        unit: Unit::Share,
        domain: SHARE,
        scale: SHARE_SCALE,
        fallback: Fallback::Value(0.0),
        pane: Pane::Pricing,
        rank: 5,
        doc: "Share of revenue kept by a marketplace or payment provider.",
        formula: MEAN_PRICE,
    },
];

/// The inputs that exist once per tier, in the order of [`TierField`].
const TIER_FIELDS: [Parameter; TierField::COUNT] = [
    Parameter {
        id: "share",
        label: "Share",
        symbol: "share",
        unit: Unit::Share,
        domain: SHARE,
        scale: SHARE_SCALE,
        fallback: Fallback::Remainder,
        pane: Pane::Traffic,
        rank: 2,
        doc: "This tier's share of all tokens; the others shrink or grow in proportion so that all sum to 1.",
        formula: MEAN_PRICE,
    },
    Parameter {
        id: "input_miss",
        label: "Input, miss",
        symbol: "list price, miss",
        unit: Unit::DollarsPerMillion,
        domain: DOLLARS,
        scale: LOG_PRICE,
        fallback: Fallback::RequiredUnlessFree,
        pane: Pane::Pricing,
        rank: 2,
        doc: "List price of input tokens that are not in the cache.",
        formula: MEAN_PRICE,
    },
    Parameter {
        id: "input_hit",
        label: "Input, hit",
        symbol: "list price, hit",
        unit: Unit::DollarsPerMillion,
        domain: DOLLARS,
        scale: LOG_PRICE,
        fallback: Fallback::InputMiss,
        pane: Pane::Pricing,
        rank: 3,
        doc: "List price of input tokens served from the cache.",
        formula: MEAN_PRICE,
    },
    Parameter {
        id: "output",
        label: "Output",
        symbol: "list price, output",
        unit: Unit::DollarsPerMillion,
        domain: DOLLARS,
        scale: LOG_PRICE,
        fallback: Fallback::RequiredUnlessFree,
        pane: Pane::Pricing,
        rank: 1,
        doc: "List price of output tokens, reasoning included.",
        formula: MEAN_PRICE,
    },
    Parameter {
        id: "discount",
        label: "Discount",
        symbol: "discount",
        unit: Unit::Share,
        domain: SHARE,
        scale: SHARE_SCALE,
        fallback: Fallback::Value(0.0),
        pane: Pane::Pricing,
        rank: 4,
        doc: "Discount on all three prices: off-peak, batch or contract.",
        formula: MEAN_PRICE,
    },
];

impl Global {
    /// The table entry of this input.
    pub const fn parameter(self) -> &'static Parameter {
        &GLOBALS[self as usize]
    }
}

impl TierField {
    /// The table entry of this input.
    pub const fn parameter(self) -> &'static Parameter {
        &TIER_FIELDS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_and_slider_lies_in_the_domain() {
        let all = GLOBALS.iter().chain(&TIER_FIELDS);
        for parameter in all {
            let (low, high) = parameter.scale.ends();
            assert!(parameter.domain.contains(Some(low)) && parameter.domain.contains(Some(high)));
            assert!(low < high, "{}", parameter.id);
            if let Fallback::Value(value) | Fallback::Assumption(value) = parameter.fallback {
                assert!(parameter.domain.contains(Some(value)), "{}", parameter.id);
            }
        }
    }

    #[test]
    fn a_domain_reads_as_an_error_message_needs_it() {
        assert_eq!(Global::Gpus.parameter().domain.to_string(), "a whole number from 1 to 1024");
        assert_eq!(Global::Prefill.parameter().domain.to_string(), "a number from 1e-6 to 1e12, or none");
        assert_eq!(Global::Basis.parameter().domain.to_string(), "rent or own");
        assert_eq!(Global::HitRatio.parameter().domain.to_string(), "a number from 0 to 1");
    }

    #[test]
    fn nothing_infinite_or_undefined_is_valid() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(!Global::Capex.parameter().domain.contains(Some(value)));
        }
    }
}
