//! Inputs and what is known of each: unit, domain, slider, default and meaning. The entries are in
//! [`table`](super::table).

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
    /// Power per GPU, kW: a cost when owning, energy always.
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
    /// Output tokens of one query.
    OutputPerQuery,
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
    /// Share of missed input tokens that are billed as written to the cache.
    WriteShare,
    /// Share of revenue kept by others.
    Fee,
}

impl Global {
    /// How many there are.
    pub const COUNT: usize = 25;

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
        Self::OutputPerQuery,
        Self::ServeFree,
        Self::BatchingLoss,
        Self::HitRatio,
        Self::MeasuredHitRatio,
        Self::HitWork,
        Self::WriteShare,
        Self::Fee,
    ];
}

/// An input that exists once per tier. Declared in table order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum TierField {
    /// This tier's share of all output tokens.
    Share,
    /// List price of input not in cache, $/M.
    InputMiss,
    /// List price of input in cache, $/M.
    InputHit,
    /// List price of output, $/M.
    Output,
    /// Discount on the four token prices, share.
    Discount,
    /// List price of missed input that is written to the cache, $/M; absent: as a miss.
    InputWrite,
    /// Its own input tokens per output token; absent: as all traffic.
    InputPerOutput,
    /// Its own cache-hit ratio; absent: as all traffic.
    HitRatio,
    /// What a user pays or brings in a month whatever the use, $/user·month.
    Monthly,
    /// Queries a user makes a day.
    Queries,
}

impl TierField {
    /// How many there are.
    pub const COUNT: usize = 10;

    /// All of them, in table order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Share,
        Self::InputMiss,
        Self::InputHit,
        Self::Output,
        Self::Discount,
        Self::InputWrite,
        Self::InputPerOutput,
        Self::HitRatio,
        Self::Monthly,
        Self::Queries,
    ];

    /// The list prices of tokens.
    pub const TOKEN_PRICES: [Self; 4] = [Self::InputMiss, Self::InputHit, Self::InputWrite, Self::Output];
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
    /// Tokens.
    Tokens,
    /// Tokens per second.
    TokensPerSecond,
    /// Tokens per day.
    TokensPerDay,
    /// Queries per day.
    QueriesPerDay,
    /// Kilowatt-hours per million tokens.
    KilowattHoursPerMillion,
    /// Watt-hours.
    WattHours,
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
    /// US dollars per thousand queries.
    DollarsPerThousandQueries,
    /// US dollars per user and month.
    DollarsPerUserMonth,
}

impl Unit {
    /// The unit as written after a number; empty for pure numbers.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Choice | Self::Count | Self::Ratio => "",
            Self::Share => "%",
            Self::Years => "years",
            Self::Kilowatts => "kW",
            Self::Tokens => "tokens",
            Self::TokensPerSecond => "tok/s",
            Self::TokensPerDay => "tok/day",
            Self::QueriesPerDay => "queries/day",
            Self::KilowattHoursPerMillion => "kWh/M",
            Self::WattHours => "Wh",
            Self::DollarsPerGpuHour => "$/GPU·h",
            Self::DollarsPerNodeHour => "$/node·h",
            Self::DollarsPerNodeSecond => "$/node·s",
            Self::DollarsPerGpu => "$/GPU",
            Self::DollarsPerKilowattHour => "$/kWh",
            Self::DollarsPerKilowattMonth => "$/kW·month",
            Self::DollarsPerDay => "$/day",
            Self::DollarsPerMillion => "$/M",
            Self::DollarsPerThousandQueries => "$/1,000 queries",
            Self::DollarsPerUserMonth => "$/user·month",
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
                | Self::DollarsPerThousandQueries
                | Self::DollarsPerUserMonth
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
    pub(super) const fn between(min: f64, max: f64) -> Self {
        Self { min, max, whole: false, optional: false, words: None }
    }

    pub(super) const fn whole(min: f64, max: f64) -> Self {
        Self { min, max, whole: true, optional: false, words: None }
    }

    pub(super) const fn optional(min: f64, max: f64) -> Self {
        Self { min, max, whole: false, optional: true, words: None }
    }

    pub(super) const fn words(off: &'static str, on: &'static str) -> Self {
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

/// A bound of a domain as people say it: `1 trillion` rather than thirteen digits.
struct Bound(f64);

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: [(f64, &str); 3] = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")];
        match NAMES.iter().find(|(size, _)| self.0.abs() >= *size) {
            Some((size, name)) => write!(f, "{} {name}", self.0 / size),
            None => write!(f, "{}", self.0),
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
    /// It must be given, except in a tier that gives no token price at all, which has all of them 0.
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
