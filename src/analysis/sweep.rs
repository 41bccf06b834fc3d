//! Sweep: every output over a grid of inputs, row by row in constant memory.

use super::span::Span;
use crate::model::{
    Edit, FreeTiers, InputId, InputName, OutputId, Outputs, SHARE_TOLERANCE, Scenario, ScenarioError,
    evaluate_tiers, evaluate_with,
};

/// One input and the values it goes through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vary {
    /// The input.
    pub id: InputName,
    span: Span,
    count: u64,
}

/// Why a sweep cannot be.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SweepError {
    /// Text that does not read as `ID=LO:HI:N` or `ID=LO:HI:N:log`.
    #[error("`{0}` is not of the form ID=LO:HI:N or ID=LO:HI:N:log")]
    Form(String),
    /// A number that does not read as one.
    #[error("{id}: {problem}")]
    Number {
        /// The input.
        id: String,
        /// What is wrong with it.
        problem: String,
    },
    /// An unknown input, or an end outside the domain.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The only tier's share.
    #[error("{0} is 1 while there is one tier, so there is nothing to vary")]
    OnlyTier(String),
    /// No grid point at all.
    #[error("{0}: at least one grid point is needed")]
    NoPoints(String),
    /// Equal factors from or to 0.
    #[error("{0}: equal factors need both ends above 0; leave `:log` out")]
    LogOfZero(String),
    /// A grid point that is not whole.
    #[error("{id} takes whole numbers, and {value} would be one of its grid points")]
    NotWhole {
        /// The input.
        id: String,
        /// The first that is not.
        value: f64,
    },
    /// An input varied twice.
    #[error("{0} is varied twice")]
    Twice(String),
    /// Shares that exceed 1 somewhere on the grid.
    #[error("tier shares sum to {0} where all are highest; they must not exceed 1")]
    Shares(f64),
    /// Every tier's share varied.
    #[error("all tier shares are varied, so they would not sum to 1; leave one out")]
    AllShares,
    /// Text that is no part of a whole.
    #[error("`{0}` is no part K/N with K from 1 to N, such as 3/8")]
    Part(String),
    /// More rows than can be counted.
    #[error("the grid has too many points")]
    TooMany,
}

impl Vary {
    /// An input from `low` to `high` at `count` points, ends included, in equal steps or equal factors.
    pub fn new(
        scenario: &Scenario,
        input: InputId,
        (low, high): (f64, f64),
        count: u64,
        log: bool,
    ) -> Result<Self, SweepError> {
        let id = scenario.name(input);
        if !scenario.is_input(input) {
            return Err(SweepError::OnlyTier(id.to_string()));
        }
        for end in [low, high] {
            scenario.with(&[(input, Some(end))])?;
        }
        if count == 0 {
            return Err(SweepError::NoPoints(id.to_string()));
        }
        if log && (low <= 0.0 || high <= 0.0) {
            return Err(SweepError::LogOfZero(id.to_string()));
        }
        let vary = Self { id, span: Span { low, high, log }, count };
        let not_whole = |value: &f64| input.domain().whole && libm::trunc(*value) != *value;
        // Between two ends there are fewer whole numbers than the domain has: the search ends soon.
        let looked_at = if low == high { 1 } else { count };
        if input.domain().whole
            && let Some(value) = (0..looked_at).map(|index| vary.at(index)).find(not_whole)
        {
            return Err(SweepError::NotWhole { id: id.to_string(), value });
        }
        Ok(vary)
    }

    /// Reads `ID=LO:HI:N` or `ID=LO:HI:N:log`, where `read` understands a value of an input.
    pub fn parse(
        scenario: &Scenario,
        text: &str,
        read: impl Fn(InputId, &str) -> Result<f64, String>,
    ) -> Result<Self, SweepError> {
        let form = || SweepError::Form(text.to_owned());
        let (id, grid) = text.split_once('=').ok_or_else(form)?;
        let input = scenario.find(id.trim())?;
        let parts: Vec<&str> = grid.split(':').map(str::trim).collect();
        let (low, high, count, log) = match parts.as_slice() {
            [low, high, count] => (low, high, count, false),
            [low, high, count, "log"] => (low, high, count, true),
            _ => return Err(form()),
        };
        let number = |text: &str| {
            read(input, text).map_err(|problem| SweepError::Number { id: scenario.id_text(input), problem })
        };
        let count = count.parse().map_err(|_| form())?;
        Self::new(scenario, input, (number(low)?, number(high)?), count, log)
    }

    /// How many values it goes through.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// One of its values; both ends are exact.
    pub fn at(&self, index: u64) -> f64 {
        let last = self.count.saturating_sub(1).max(1);
        self.span.at(index as f64 / last as f64)
    }
}

/// All points of a grid, one after the other; the last input moves fastest.
#[derive(Clone, Debug)]
pub struct Sweep {
    start: Scenario,
    free: FreeTiers,
    varied: Vec<Vary>,
    rows: u64,
    next: u64,
    end: u64,
}

/// The K-th of N parts of a grid, which together are the grid: written `K/N`, counted from 1.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Part {
    number: u64,
    of: u64,
}

impl std::str::FromStr for Part {
    type Err = SweepError;

    fn from_str(text: &str) -> Result<Self, SweepError> {
        let refused = || SweepError::Part(text.to_owned());
        let (number, of) = text.split_once('/').ok_or_else(refused)?;
        let number = number.trim().parse().map_err(|_| refused())?;
        let of = of.trim().parse().map_err(|_| refused())?;
        if number == 0 || number > of { Err(refused()) } else { Ok(Self { number, of }) }
    }
}

impl Part {
    /// Where the parts up to this one end among `rows`.
    fn end(self, rows: u64) -> u64 {
        // The product fits in twice the bits, the quotient is at most `rows`.
        (u128::from(rows) * u128::from(self.number) / u128::from(self.of)) as u64
    }
}

/// One point of a grid.
#[derive(Clone, Debug)]
pub struct SweepRow {
    /// The values of the varied inputs, in their order.
    pub values: Vec<f64>,
    /// Every output there but those of the tiers.
    pub outputs: Outputs,
    scenario: Scenario,
    free: FreeTiers,
}

impl SweepRow {
    /// An output there; those of tiers are worked out when they are asked for.
    pub fn get(&self, output: OutputId) -> Option<f64> {
        match output {
            OutputId::Global(output) => self.outputs.get(output),
            OutputId::Tier(tier, output) => evaluate_tiers(&self.scenario, self.free).get(tier, output),
        }
    }
}

impl Sweep {
    /// A sweep over the grid of `varied`. Whatever could go wrong on the way is refused here.
    ///
    /// Tier shares are set together at each point; those not varied are scaled to what is left.
    pub fn new(scenario: &Scenario, varied: Vec<Vary>) -> Result<Self, SweepError> {
        for (index, vary) in varied.iter().enumerate() {
            if varied.iter().take(index).any(|earlier| earlier.id == vary.id) {
                return Err(SweepError::Twice(vary.id.to_string()));
            }
        }
        let shares: Vec<&Vary> = varied.iter().filter(|vary| vary.id.input.is_share()).collect();
        let most: f64 = shares.iter().map(|vary| vary.span.low.max(vary.span.high)).sum();
        if !shares.is_empty() && shares.len() == scenario.tier_count() {
            return Err(SweepError::AllShares);
        }
        if most > 1.0 + SHARE_TOLERANCE {
            return Err(SweepError::Shares(most));
        }
        let rows = varied.iter().try_fold(1_u64, |rows, vary| rows.checked_mul(vary.count));
        let rows = rows.ok_or(SweepError::TooMany)?;
        Ok(Self { start: *scenario, free: scenario.free_tiers(), varied, rows, next: 0, end: rows })
    }

    /// What is varied.
    pub fn varied(&self) -> &[Vary] {
        &self.varied
    }

    /// The same grid, of which only a part is gone through. All parts have the same rows but for one.
    pub fn part(self, part: Part) -> Self {
        let before = Part { number: part.number - 1, ..part };
        Self { next: before.end(self.rows), end: part.end(self.rows), ..self }
    }

    /// How many points are left to go through.
    pub const fn rows(&self) -> u64 {
        self.end - self.next
    }
}

impl Iterator for Sweep {
    type Item = SweepRow;

    fn next(&mut self) -> Option<SweepRow> {
        if self.next >= self.end {
            return None;
        }
        let mut index = self.next;
        self.next += 1;
        let mut edits: Vec<Edit> = self
            .varied
            .iter()
            .rev()
            .map(|vary| {
                let value = vary.at(index % vary.count);
                index /= vary.count;
                (vary.id.input, Some(value))
            })
            .collect();
        edits.reverse();
        let scenario = self.start.with(&edits).ok()?;
        Some(SweepRow {
            values: edits.iter().filter_map(|(_, value)| *value).collect(),
            outputs: evaluate_with(&scenario, self.free),
            scenario,
            free: self.free,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.rows()).ok();
        (left.unwrap_or(usize::MAX), left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::scenarios::day_six;
    use crate::model::{Global, Output, TierField, Undefined, gross_margin};

    fn read(_: InputId, text: &str) -> Result<f64, String> {
        text.parse().map_err(|_| format!("`{text}` is no number"))
    }

    fn vary(text: &str) -> Result<Vary, SweepError> {
        Vary::parse(&day_six(), text, read)
    }

    fn sweep(texts: &[&str]) -> Result<Sweep, SweepError> {
        Sweep::new(&day_six(), texts.iter().map(|text| vary(text)).collect::<Result<_, _>>()?)
    }

    #[test]
    fn the_last_input_moves_fastest_and_ends_are_exact() {
        let sweep = sweep(&["node.gpu_hour=1:4:3:log", "cache.hit_ratio=0.1:0.7:2"]).expect("a grid");
        assert_eq!(sweep.rows(), 6);
        assert_eq!(sweep.size_hint(), (6, Some(6)));
        let start = day_six();
        let rows: Vec<SweepRow> = sweep.collect();
        let values: Vec<&[f64]> = rows.iter().map(|row| row.values.as_slice()).collect();
        assert_eq!(values[0], [1.0, 0.1]);
        assert_eq!(values[1], [1.0, 0.7]);
        assert!((values[2][0] - 2.0).abs() < 1e-15);
        assert_eq!(values[5], [4.0, 0.7]);
        for row in &rows {
            let there = start
                .moved(Global::GpuHour.into(), row.values[0])
                .moved(Global::HitRatio.into(), row.values[1]);
            assert_eq!(row.outputs.get(Output::GrossMargin), gross_margin(&there, start.free_tiers()));
        }
    }

    #[test]
    fn what_cannot_be_is_refused_before_the_first_row() {
        let problem = |text: &str| vary(text).expect_err("refused").to_string();
        assert_eq!(
            problem("cache.hit_ratio=0:1.5:4"),
            "cache.hit_ratio = 1.5 is not valid; cache.hit_ratio takes a number from 0 to 1"
        );
        assert_eq!(
            problem("cache.hit_rato=0:1:4"),
            "unknown input `cache.hit_rato`; did you mean `cache.hit_ratio`?"
        );
        assert_eq!(
            problem("node.gpu_hour=1:2"),
            "`node.gpu_hour=1:2` is not of the form ID=LO:HI:N or ID=LO:HI:N:log"
        );
        assert_eq!(problem("node.gpu_hour=a:2:3"), "node.gpu_hour: `a` is no number");
        assert_eq!(problem("node.gpu_hour=1:2:0"), "node.gpu_hour: at least one grid point is needed");
        assert!(problem("node.gpu_hour=0:2:3:log").contains("above 0"));
        assert_eq!(
            problem("node.gpus=1:4:3"),
            "node.gpus takes whole numbers, and 2.5 would be one of its grid points"
        );
        let grid = |texts: &[&str]| sweep(texts).expect_err("refused").to_string();
        assert_eq!(grid(&["node.gpu_hour=1:2:3", "node.gpu_hour=1:2:3"]), "node.gpu_hour is varied twice");
        assert!(grid(&["tier.v3.share=0:0.7:3", "tier.free.share=0:0.7:3"]).contains("sum to 1.4"));
        let shares = ["r1", "v3", "offpeak", "free"].map(|key| format!("tier.{key}.share=0:0.1:2"));
        assert!(grid(&shares.each_ref().map(String::as_str)).contains("leave one out"));
        let big = "node.gpu_hour=1:2:18446744073709551615";
        assert_eq!(grid(&[big, "node.decode=1:2:2"]), "the grid has too many points");
    }

    #[test]
    fn shares_of_a_point_are_set_together() {
        let sweep = sweep(&["tier.v3.share=0:0.4:3", "tier.free.share=0:0.6:3"]).expect("a grid");
        let last = sweep.last().expect("nine rows");
        assert_eq!(last.outputs.get(Output::PaidShare), Some(0.4));
    }

    #[test]
    fn one_point_is_the_low_end_and_a_grid_of_nothing_the_scenario() {
        let one = sweep(&["node.gpu_hour=3:9:1"]).expect("a grid").next().expect("one row");
        assert_eq!(one.values, [3.0]);
        let none: Vec<SweepRow> = sweep(&[]).expect("a grid").collect();
        assert_eq!(none.len(), 1);
    }

    #[test]
    fn the_parts_of_a_grid_are_the_grid() {
        let grid = sweep(&["node.gpu_hour=1:4:7", "cache.hit_ratio=0.1:0.7:3"]).expect("a grid");
        let whole: Vec<Vec<f64>> = grid.clone().map(|row| row.values).collect();
        for of in [1, 2, 5, 21, 30] {
            let parts = (1..=of).map(|number| grid.clone().part(Part { number, of }));
            let sizes: Vec<u64> = parts.clone().map(|part| part.rows()).collect();
            let (least, most) = (sizes.iter().min().expect("a part"), sizes.iter().max().expect("a part"));
            assert!(most - least <= 1, "{of} parts of {sizes:?}");
            assert_eq!(parts.flatten().map(|row| row.values).collect::<Vec<_>>(), whole, "{of} parts");
        }
        let huge =
            Sweep::new(&day_six(), vec![vary("node.gpu_hour=1:2:18446744073709551615").expect("long")]);
        let last = huge.expect("countable").part("4/4".parse().expect("a part"));
        assert_eq!(last.rows(), 4_611_686_018_427_387_904);
        for text in ["", "1", "0/3", "4/3", "a/2", "1/0", "-1/2", "1/2/3"] {
            assert!(text.parse::<Part>().is_err(), "{text}");
        }
    }

    #[test]
    fn equal_ends_are_as_many_points_as_asked_for() {
        let sweep = sweep(&["node.gpus=8:8:18446744073709551615"]).expect("a grid");
        assert_eq!(sweep.rows(), u64::MAX);
    }

    #[test]
    fn an_undefined_point_is_a_row_without_outputs() {
        let scenario = day_six()
            .with(&[(Global::ServeFree.into(), Some(0.0)), (InputId::Tier(3, TierField::Share), Some(0.5))])
            .expect("valid");
        let free = Vary::new(&scenario, InputId::Tier(3, TierField::Share), (0.9, 1.0), 2, false);
        let rows: Vec<SweepRow> =
            Sweep::new(&scenario, vec![free.expect("a range")]).expect("a grid").collect();
        assert!(rows[0].outputs.get(Output::GrossMargin).is_some());
        assert_eq!(rows[1].outputs.undefined(), Some(Undefined::NothingServed));
    }
}
