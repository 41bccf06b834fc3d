//! The parameter table: one entry for every input, from which everything else about it is derived.
//!
//! Sliders, preset keys, `--set`, help texts, exports and documentation are all made from these entries; nothing
//! they know is spelled again elsewhere. It is longer than other files since it is one table, read as one.

use super::parameter::{Domain, Fallback, Global, Pane, Parameter, Scale, TierField, Unit};

const LOG_PRICE: Scale = Scale::Log { low: 0.001, high: 1000.0, zero: true };
const SHARE: Domain = Domain::between(0.0, 1.0);
const SHARE_SCALE: Scale = Scale::Linear { low: 0.0, high: 1.0 };
const DOLLARS: Domain = Domain::between(0.0, 1e12);
const LOG_RATIO: Scale = Scale::Log { low: 0.01, high: 1000.0, zero: true };
const MEAN_PRICE: &str = "mean price = Σ share · list · (1 − discount) · (1 − fee)";
const MISS_PRICE: &str = "price of a miss = (1 − write share) · miss + write share · write";
const FLAT: &str = "per M output tokens: (1 − fee) · monthly · 12/365 / (queries · tokens per query) · 1M";
const SHAPE: &str = "prefill per output token b = m · Σ share · r · work(h), each tier with its own r and h";
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
        rank: 9,
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
        fallback: Fallback::Assumption(1.73),
        pane: Pane::Node,
        rank: 11,
        doc: "Power drawn per GPU, its part of everything else and of cooling included: a cost when owning, energy \
              always.",
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
        scale: LOG_RATIO,
        fallback: Fallback::Required,
        pane: Pane::Traffic,
        rank: 1,
        doc: "Input tokens per output token. The decode rate stays as measured when this moves, though \
              longer contexts slow decode.",
        formula: "input rate = r · output rate; prefill per output token b = r · work(h) / (P · work(h₀))",
    },
    Parameter {
        id: "traffic.output_per_query",
        label: "Output ÷ query",
        symbol: "tokens per query",
        unit: Unit::Tokens,
        domain: Domain::optional(1e-3, 1e12),
        scale: Scale::Log { low: 1.0, high: 1e6, zero: false },
        fallback: Fallback::Absent,
        pane: Pane::Traffic,
        rank: 4,
        doc: "Output tokens of one query: the answer, reasoning included. None: nothing is told per query or user.",
        formula: "cost per 1,000 queries = c / y · tokens per query · 1,000",
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
        rank: 6,
        doc: "Whether free traffic is served. Turned away, the fleet shrinks to what the paid tokens need.",
        formula: "served shares are divided by their sum; nodes' = nodes · paid share · y with everything served / y",
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
        rank: 7,
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
        rank: 4,
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
        rank: 3,
        doc: "Prefill work of a hit token as a share of a miss token's: attention over the cached prefix \
              and loading it are still to be done.",
        formula: CACHE_WORK,
    },
    Parameter {
        id: "cache.write_share",
        label: "Write share",
        symbol: "write share",
        unit: Unit::Share,
        domain: SHARE,
        scale: SHARE_SCALE,
        fallback: Fallback::Value(0.0),
        pane: Pane::Cache,
        rank: 5,
        doc: "Share of missed input tokens that are billed as written to the cache, at the write price.",
        formula: MISS_PRICE,
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
        rank: 6,
        doc: "Share of revenue kept by others: a marketplace, a payment provider, the model's licensor.",
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
        doc: "This tier's share of all output tokens; the others shrink or grow in proportion so that all sum to 1.",
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
        rank: 5,
        doc: "Discount on the four token prices, not on the monthly one: off-peak, batch or contract.",
        formula: MEAN_PRICE,
    },
    Parameter {
        id: "input_write",
        label: "Input, write",
        symbol: "list price, write",
        unit: Unit::DollarsPerMillion,
        domain: Domain::optional(0.0, 1e12),
        scale: LOG_PRICE,
        fallback: Fallback::Absent,
        pane: Pane::Pricing,
        rank: 7,
        doc: "List price of missed input that is written to the cache. None: as any miss.",
        formula: MISS_PRICE,
    },
    Parameter {
        id: "input_per_output",
        label: "Own in ÷ out",
        symbol: "r of the tier",
        unit: Unit::Ratio,
        domain: Domain::optional(0.0, 1e12),
        scale: LOG_RATIO,
        fallback: Fallback::Absent,
        pane: Pane::Traffic,
        rank: 3,
        doc: "This tier's own input tokens per output token. None: as all traffic.",
        formula: SHAPE,
    },
    Parameter {
        id: "hit_ratio",
        label: "Own hit ratio",
        symbol: "h of the tier",
        unit: Unit::Share,
        domain: Domain::optional(0.0, 1.0),
        scale: SHARE_SCALE,
        fallback: Fallback::Absent,
        pane: Pane::Cache,
        rank: 2,
        doc: "This tier's own share of input tokens served from the KV cache. None: as all traffic.",
        formula: SHAPE,
    },
    Parameter {
        id: "monthly",
        label: "Per month",
        symbol: "monthly",
        unit: Unit::DollarsPerUserMonth,
        domain: DOLLARS,
        scale: Scale::Log { low: 0.01, high: 1e4, zero: true },
        fallback: Fallback::Value(0.0),
        pane: Pane::Pricing,
        rank: 4,
        doc: "What a user of this tier pays or brings in a month whatever the use: a plan's price, advertising.",
        formula: FLAT,
    },
    Parameter {
        id: "queries",
        label: "Queries a day",
        symbol: "queries",
        unit: Unit::QueriesPerDay,
        domain: Domain::optional(1e-6, 1e9),
        scale: Scale::Log { low: 0.01, high: 1e5, zero: false },
        fallback: Fallback::Absent,
        pane: Pane::Traffic,
        rank: 5,
        doc: "Queries a user of this tier makes a day, on average; a few heavy users may make most of them. None: \
              nothing is told per user.",
        formula: FLAT,
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
        assert_eq!(
            Global::Prefill.parameter().domain.to_string(),
            "a number from 0.000001 to 1 trillion, or none"
        );
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
