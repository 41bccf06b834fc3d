//! Order statistics of many values.

/// Puts the values of the given ranks, ascending, where they would stand if all were sorted.
///
/// −∞ is fine, NaN is not. Ranks beyond the end are left out.
pub(super) fn put_in_rank(values: &mut [f64], ranks: &[usize]) {
    place_from(values, 0, ranks);
}

fn place_from(values: &mut [f64], offset: usize, ranks: &[usize]) {
    let middle = ranks.len() / 2;
    let Some(rank) = ranks.get(middle) else { return };
    let (before, after) =
        (ranks.get(..middle).unwrap_or_default(), ranks.get(middle + 1..).unwrap_or_default());
    let Some(index) = rank.checked_sub(offset).filter(|index| *index < values.len()) else {
        return place_from(values, offset, before);
    };
    let (left, _, right) =
        values.select_nth_unstable_by(index, |a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    place_from(left, offset, before);
    place_from(right, offset + index + 1, after);
}

/// A quantile between two ranks (type 7 of Hyndman and Fan, the default of R and `NumPy`).
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantile {
    below: usize,
    part: f64,
}

impl Quantile {
    /// The quantile `p` of the ranks `first..first + count`; `None` of none.
    pub(super) fn new(p: f64, first: usize, count: usize) -> Option<Self> {
        let rank = count.checked_sub(1)? as f64 * p;
        let below = libm::floor(rank);
        Some(Self { below: first + below as usize, part: rank - below })
    }

    /// The ranks it lies between; the same one twice if it is one of them.
    pub(super) fn ranks(self) -> [usize; 2] {
        [self.below, self.below + usize::from(self.part > 0.0)]
    }

    /// The quantile of values whose ranks are in order; `None` where it is not finite.
    pub(super) fn of(self, values: &[f64]) -> Option<f64> {
        let [below, above] = self.ranks().map(|rank| values.get(rank).copied());
        let (below, above) = (below?, above?);
        let value = below + self.part * (above - below);
        value.is_finite().then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quantile(values: &mut [f64], p: f64) -> Option<f64> {
        let quantile = Quantile::new(p, 0, values.len())?;
        put_in_rank(values, &quantile.ranks());
        quantile.of(values)
    }

    #[test]
    fn type_seven_goes_straight_from_value_to_value() {
        assert_eq!(quantile(&mut [4.0, 1.0, 3.0, 2.0], 0.5), Some(2.5));
        assert_eq!(quantile(&mut [4.0, 1.0, 3.0, 2.0], 0.05), Some(1.15));
        assert_eq!(quantile(&mut [7.0], 0.95), Some(7.0));
        assert_eq!(quantile(&mut [], 0.5), None);
        assert_eq!(quantile(&mut [f64::NEG_INFINITY, 1.0], 0.5), None);
        assert_eq!(quantile(&mut [f64::NEG_INFINITY, 1.0], 1.0), Some(1.0));
    }

    proptest! {
        #[test]
        fn placed_values_stand_where_sorting_puts_them(
            mut values in prop::collection::vec(-5_i8..5, 0..200),
            mut ranks in prop::collection::vec(0_usize..220, 0..8),
        ) {
            ranks.sort_unstable();
            let mut floats: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
            put_in_rank(&mut floats, &ranks);
            values.sort_unstable();
            for rank in ranks {
                prop_assert_eq!(floats.get(rank).copied(), values.get(rank).map(|value| f64::from(*value)));
            }
        }
    }
}
