//! A sweep: results at every point of a grid over inputs, one row at a time.

use super::{Cell, number};
use crate::model::{Edit, FreeTiers, InputId, Output, Scenario, evaluate_with};

/// One input along the grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    id: InputId,
    ends: (f64, f64),
    count: u64,
    log: bool,
}

/// Why an input cannot be varied so.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AxisError {
    /// The grid has no point.
    #[error("the number of points is at least 1")]
    NoPoint,
    /// Equal factors from or to zero.
    #[error("equal factors need both ends above 0")]
    LogOfZero,
    /// A point between the ends is not valid.
    #[error("{id} = {value} would be a point of it; {id} takes {domain}")]
    Invalid {
        /// The input.
        id: String,
        /// The point.
        value: String,
        /// What is valid.
        domain: crate::model::Domain,
    },
    /// The only tier's share is no input.
    #[error("{0} is 1, since there is one tier only")]
    OnlyShare(String),
    /// The same input twice.
    #[error("{0} is varied twice")]
    Twice(String),
    /// More points than can be counted.
    #[error("the grid has more points than can be counted")]
    TooMany,
}

impl Axis {
    /// An input from one end to the other in `count` points, evenly or by equal factors.
    pub fn new(
        scenario: &Scenario,
        id: InputId,
        ends: (f64, f64),
        count: u64,
        log: bool,
    ) -> Result<Self, AxisError> {
        if count == 0 {
            return Err(AxisError::NoPoint);
        }
        if log && (ends.0 <= 0.0 || ends.1 <= 0.0) {
            return Err(AxisError::LogOfZero);
        }
        if !scenario.is_input(id) {
            return Err(AxisError::OnlyShare(scenario.id_text(id)));
        }
        let axis = Self { id, ends, count, log };
        // Between two valid ends only a whole number can be missed, and there are few of those.
        let domain = id.domain();
        if domain.whole {
            let missed =
                (0..count).map(|point| axis.value(point)).find(|value| !domain.contains(Some(*value)));
            if let Some(value) = missed {
                let value = number::exact(value);
                return Err(AxisError::Invalid { id: scenario.id_text(id), value, domain });
            }
        }
        Ok(axis)
    }

    /// The value at a point; the first and the last are the ends to the bit.
    pub fn value(&self, point: u64) -> f64 {
        let (low, high) = self.ends;
        let last = self.count - 1;
        if point == 0 || last == 0 {
            return low;
        }
        if point >= last {
            return high;
        }
        if self.log {
            let (low, high) = (libm::log(low), libm::log(high));
            libm::exp(low + (high - low) * (point as f64 / last as f64))
        } else {
            (low * (last - point) as f64 + high * point as f64) / last as f64
        }
    }
}

/// Results over a grid. The last axis varies fastest.
#[derive(Clone, Debug)]
pub struct Sweep {
    start: Scenario,
    free: FreeTiers,
    axes: Vec<Axis>,
    outputs: Vec<Output>,
    length: u64,
}

impl Sweep {
    /// The grid of these axes around a scenario.
    pub fn new(start: Scenario, axes: Vec<Axis>, outputs: Vec<Output>) -> Result<Self, AxisError> {
        for (place, axis) in axes.iter().enumerate() {
            if axes.iter().take(place).any(|earlier| earlier.id == axis.id) {
                return Err(AxisError::Twice(start.id_text(axis.id)));
            }
        }
        let length = axes.iter().try_fold(1_u64, |length, axis| length.checked_mul(axis.count));
        let length = length.ok_or(AxisError::TooMany)?;
        Ok(Self { free: start.free_tiers(), start, axes, outputs, length })
    }

    /// How many points there are.
    pub const fn len(&self) -> u64 {
        self.length
    }

    /// Whether there is no point; never so.
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The varied ids, then the names of the results.
    pub fn columns(&self) -> Vec<String> {
        let ids = self.axes.iter().map(|axis| self.start.id_text(axis.id));
        ids.chain(self.outputs.iter().map(|output| output.name().to_owned())).collect()
    }

    /// The row of a point, put into `cells`. Where nothing can be computed the results are missing.
    pub fn row(&self, point: u64, cells: &mut Vec<Cell>) {
        let mut rest = point;
        let mut edits: Vec<Edit> = self
            .axes
            .iter()
            .rev()
            .map(|axis| {
                let value = axis.value(rest % axis.count);
                rest /= axis.count;
                (axis.id, Some(value))
            })
            .collect();
        edits.reverse();
        cells.clear();
        cells.extend(edits.iter().map(|(id, value)| Cell::input(*id, *value)));
        // Shares that sum to more than 1 make a point that does not exist.
        let outputs = self.start.with(&edits).ok().map(|scenario| evaluate_with(&scenario, self.free));
        cells.extend(self.outputs.iter().map(|output| {
            let value = outputs.as_ref().and_then(|outputs| outputs.get(*output));
            Cell::number(value, output.info().unit)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Global, TierField, Unit};
    use crate::preset::builtin;

    fn start() -> Scenario {
        builtin::load("deepseek-day6").expect("shipped").content.scenario
    }

    fn axis(id: impl Into<InputId>, low: f64, high: f64, count: u64) -> Axis {
        Axis::new(&start(), id.into(), (low, high), count, false).expect("valid")
    }

    fn rows(axes: Vec<Axis>) -> Vec<Vec<Cell>> {
        let sweep = Sweep::new(start(), axes, vec![Output::GrossMargin]).expect("valid");
        let mut cells = Vec::new();
        (0..sweep.len())
            .map(|point| {
                sweep.row(point, &mut cells);
                cells.clone()
            })
            .collect()
    }

    #[test]
    fn the_last_axis_varies_fastest() {
        let rows = rows(vec![axis(Global::GpuHour, 1.0, 2.0, 2), axis(Global::HitRatio, 0.0, 1.0, 3)]);
        let firsts: Vec<String> = rows
            .iter()
            .map(|row| row.iter().take(2).map(Cell::exported).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(firsts, ["1 0", "1 0.5", "1 1", "2 0", "2 0.5", "2 1"]);
        let expected =
            crate::model::gross_margin(&start().moved(Global::HitRatio.into(), 0.5), start().free_tiers());
        assert_eq!(rows[4][2], Cell::number(expected, Unit::Share));
    }

    #[test]
    fn points_are_even_or_by_equal_factors_and_end_where_they_should() {
        let tenths = axis(Global::HitRatio, 0.0, 1.0, 11);
        assert_eq!((tenths.value(3), tenths.value(10)), (0.3, 1.0));
        let log = Axis::new(&start(), Global::GpuHour.into(), (0.1, 10.0), 3, true).expect("valid");
        assert!((log.value(1) - 1.0).abs() < 1e-15);
        assert_eq!((log.value(0), log.value(2)), (0.1, 10.0));
        assert_eq!(axis(Global::GpuHour, 3.0, 4.0, 1).value(0), 3.0);
    }

    #[test]
    fn shares_beyond_one_make_empty_cells() {
        let share = |tier| InputId::Tier(tier, TierField::Share);
        let rows = rows(vec![axis(share(1), 0.0, 0.6, 2), axis(share(3), 0.0, 0.6, 2)]);
        assert_eq!(rows[3][2], Cell::Missing);
        assert!(matches!(rows[2][2], Cell::Number(..)));
    }

    #[test]
    fn grids_that_make_no_sense_are_refused() {
        let new = |id: Global, ends, count, log| Axis::new(&start(), id.into(), ends, count, log);
        assert_eq!(new(Global::GpuHour, (1.0, 2.0), 0, false), Err(AxisError::NoPoint));
        assert_eq!(new(Global::GpuHour, (0.0, 2.0), 5, true), Err(AxisError::LogOfZero));
        let halves = new(Global::Gpus, (1.0, 2.0), 3, false).map_err(|error| error.to_string());
        assert_eq!(
            halves,
            Err("node.gpus = 1.5 would be a point of it; node.gpus takes a whole number from 1 to 1024"
                .to_owned())
        );
        let twice = vec![axis(Global::GpuHour, 1.0, 2.0, 2), axis(Global::GpuHour, 1.0, 2.0, 2)];
        assert!(matches!(Sweep::new(start(), twice, vec![]), Err(AxisError::Twice(_))));
        let huge = axis(Global::GpuHour, 1.0, 2.0, u64::MAX);
        let other = axis(Global::Decode, 1.0, 2.0, 2);
        assert!(matches!(Sweep::new(start(), vec![huge, other], vec![]), Err(AxisError::TooMany)));
    }
}
