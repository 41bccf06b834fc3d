//! Map: the gross margin over two inputs, with the contour where it equals the target.

use serde::Serialize;

use super::axis::Axis;
use super::block::{Block, Excess, LANES};
use super::verdict::Verdict;
use crate::model::{InputId, MAX_TIERS, Scenario, TierField};

/// Gross margin on a grid over two inputs.
///
/// Each cell stands for the point at its centre.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Map {
    /// The gross margin of the contour.
    pub target: f64,
    /// The input from left to right.
    pub x: Axis,
    /// The input from bottom to top.
    pub y: Axis,
    /// Cells from left to right.
    pub columns: usize,
    /// Cells from bottom to top.
    pub rows: usize,
    /// Gross margins row by row from the bottom; NaN, null in an export, where undefined.
    pub margins: Vec<f64>,
    /// Where the present point lies, as fractions of the axes; `None` when an input is absent.
    #[serde(skip)]
    pub present: Option<(f64, f64)>,
    /// Where the margin stands at present.
    #[serde(skip)]
    pub verdict: Verdict,
}

/// A stretch of the contour, as fractions of the two axes.
pub type Segment = [(f64, f64); 2];

/// Works the margin out over a grid; two shares leave points where they exceed 1, which are undefined.
pub fn map(scenario: &Scenario, target: f64, x: Axis, y: Axis, columns: usize, rows: usize) -> Map {
    let free = scenario.free_tiers();
    let (x_id, y_id) = (x.id.input, y.id.input);
    let across: Vec<f64> = (0..columns).map(|column| x.at(centre(column, columns))).collect();
    let mut block = Block::new(scenario, free, &[x_id, y_id]);
    let mut margins = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        let up = [y.at(centre(row, rows)); LANES];
        for chunk in across.chunks(LANES) {
            let mut values = [chunk.first().copied().unwrap_or_default(); LANES];
            for (value, known) in values.iter_mut().zip(chunk) {
                *value = *known;
            }
            let mut shares = [None; MAX_TIERS];
            for (id, values) in [(x_id, values), (y_id, up)] {
                match id {
                    InputId::Tier(tier, TierField::Share) => {
                        if let Some(share) = shares.get_mut(usize::from(tier)) {
                            *share = Some(values);
                        }
                    }
                    _ => block.set(id, values),
                }
            }
            block.set_shares(scenario, &shares, Excess::Undefined);
            let defined = |margin: f64| if margin.is_finite() { margin } else { f64::NAN };
            margins.extend(block.margins().into_iter().map(defined).take(chunk.len()));
        }
    }
    let present = (|| Some((x.fraction(scenario.get(x_id)?)?, y.fraction(scenario.get(y_id)?)?)))();
    Map { target, x, y, columns, rows, margins, present, verdict: Verdict::of(scenario, free, target) }
}

/// The fraction of the way at which a cell has its centre.
fn centre(cell: usize, count: usize) -> f64 {
    (cell as f64 + 0.5) / count as f64
}

impl Map {
    /// The gross margin of a cell; `None` when undefined or outside the grid.
    pub fn margin(&self, column: usize, row: usize) -> Option<f64> {
        let inside = column < self.columns && row < self.rows;
        let margin = self.margins.get(row * self.columns + column).filter(|_| inside)?;
        (!margin.is_nan()).then_some(*margin)
    }

    /// Whether a cell is above the target; an undefined margin is below everything.
    pub fn is_above(&self, column: usize, row: usize) -> bool {
        self.margin(column, row).is_some_and(|margin| margin > self.target)
    }

    /// The smallest and the largest margin on the grid; `None` when it is undefined everywhere.
    pub fn extremes(&self) -> Option<(f64, f64)> {
        let defined = || self.margins.iter().copied().filter(|margin| !margin.is_nan());
        Some((defined().reduce(f64::min)?, defined().reduce(f64::max)?))
    }

    /// The contour where the margin equals the target, piece by piece.
    pub fn contour(&self) -> Vec<Segment> {
        self.contour_at(self.target)
    }

    /// The contour where the margin equals a level, piece by piece (marching squares).
    pub fn contour_at(&self, level: f64) -> Vec<Segment> {
        let above: Vec<bool> = self.margins.iter().map(|margin| *margin > level).collect();
        let rows: Vec<&[bool]> = above.chunks(self.columns.max(1)).collect();
        let mut segments = Vec::new();
        for (row, pair) in (1..).zip(rows.windows(2)) {
            let [below, above] = pair else { continue };
            for (column, (below, above)) in (1..).zip(below.windows(2).zip(above.windows(2))) {
                // Nearly everywhere all four are on one side.
                if below == above && above.first() == above.last() {
                    continue;
                }
                let corners = [(column - 1, row - 1), (column, row - 1), (column, row), (column - 1, row)];
                segments.extend(self.segments_of(corners, level));
            }
        }
        segments
    }

    /// The contour between four neighbouring centres, given in a round.
    fn segments_of(&self, corners: [(usize, usize); 4], level: f64) -> impl Iterator<Item = Segment> + use<> {
        let crossings: Vec<(f64, f64)> = corners
            .iter()
            .zip(corners.iter().cycle().skip(1))
            .filter_map(|(from, to)| self.crossing(*from, *to, level))
            .collect();
        // Two crossings make a segment. At a saddle there are four; which belong together is a matter of taste.
        let pairs: Vec<Segment> =
            crossings.chunks_exact(2).filter_map(|pair| <Segment>::try_from(pair).ok()).collect();
        pairs.into_iter()
    }

    /// Where the margin passes a level on the way from one centre to a neighbour.
    fn crossing(&self, from: (usize, usize), to: (usize, usize), level: f64) -> Option<(f64, f64)> {
        let above = |cell: (usize, usize)| self.margin(cell.0, cell.1).is_some_and(|margin| margin > level);
        if above(from) == above(to) {
            return None;
        }
        let way = (|| {
            let (from, to) = (self.margin(from.0, from.1)?, self.margin(to.0, to.1)?);
            Some((level - from) / (to - from))
        })();
        // Beside an undefined margin the crossing is not known better than this.
        let way = way.unwrap_or(0.5);
        let between = |from: usize, to: usize, count: usize| {
            let (from, to) = (centre(from, count), centre(to, count));
            from + way * (to - from)
        };
        Some((between(from.0, to.0, self.columns), between(from.1, to.1, self.rows)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::scenarios::day_six;
    use crate::model::{Global, gross_margin};

    fn share(tier: u8) -> InputId {
        InputId::Tier(tier, TierField::Share)
    }

    #[test]
    fn every_cell_is_the_margin_at_its_centre() {
        let start = day_six();
        let (x, y) = (Global::GpuHour.into(), Global::Decode.into());
        let map = map(&start, 0.0, Axis::window(&start, x, 0.5, 50.0), Axis::slider(&start, y), 7, 5);
        assert_eq!(map.margins.len(), 35);
        for row in 0..5 {
            for column in 0..7 {
                let rent = map.x.at((column as f64 + 0.5) / 7.0);
                let decode = map.y.at((row as f64 + 0.5) / 5.0);
                let alone = gross_margin(&start.moved(x, rent).moved(y, decode), start.free_tiers());
                assert_eq!(map.margin(column, row), alone);
            }
        }
        assert_eq!(map.margin(7, 0), None);
    }

    #[test]
    fn the_contour_is_where_the_margin_is_the_target() {
        let start = day_six();
        let (x, y) = (Global::GpuHour.into(), share(3));
        let map = map(&start, 0.0, Axis::window(&start, x, 1.0, 20.0), Axis::slider(&start, y), 60, 60);
        let contour = map.contour();
        assert!(contour.len() > 20);
        for (right, up) in contour.into_iter().flatten() {
            let there = start.moved(x, map.x.at(right)).moved(y, map.y.at(up));
            let margin = gross_margin(&there, start.free_tiers()).expect("defined");
            assert!(margin.abs() < 0.02, "{margin}");
        }
    }

    #[test]
    fn two_shares_together_leave_room_or_are_undefined() {
        let start = day_six();
        let map = map(&start, 0.0, Axis::slider(&start, share(1)), Axis::slider(&start, share(3)), 10, 10);
        let (v3, free) = (0.25, 0.35);
        let both = start.with(&[(share(1), Some(v3)), (share(3), Some(free))]).expect("valid");
        let margins = map.margin(2, 3).zip(gross_margin(&both, start.free_tiers()));
        assert!(margins.is_some_and(|(there, alone)| (there - alone).abs() < 1e-14), "{margins:?}");
        assert_eq!(map.margin(9, 9), None);
    }

    #[test]
    fn a_grid_without_cells_is_empty() {
        let start = day_six();
        let axis = Axis::slider(&start, Global::HitRatio.into());
        let map = map(&start, 0.0, axis, axis, 0, 3);
        assert!(map.margins.is_empty() && map.contour().is_empty() && map.extremes().is_none());
    }
}
