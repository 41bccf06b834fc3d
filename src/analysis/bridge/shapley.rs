//! Shapley shares and crux sets over all subsets of the players; a subset is the bits of a number.

use crate::analysis::verdict::is_above;

/// Each player's share of `values[all] − values[none]`: its mean contribution over all orders of switching.
///
/// `values` has one entry per subset, so 2ⁿ of them.
pub(super) fn shapley(values: &[f64]) -> Vec<f64> {
    let players = values.len().trailing_zeros();
    (0..players)
        .map(|player| {
            let bit = 1_usize << player;
            // Contributions by the size of the subset that the player joins: equal sizes weigh the same.
            let mut by_size = vec![0.0; players as usize];
            for (subset, value) in values.iter().enumerate() {
                if subset & bit == 0
                    && let Some(joined) = values.get(subset | bit)
                    && let Some(sum) = by_size.get_mut(subset.count_ones() as usize)
                {
                    *sum += joined - value;
                }
            }
            let mut subsets = 1.0;
            let mut share = 0.0;
            for (size, sum) in by_size.into_iter().enumerate() {
                // There are (n−1 over size) of them.
                share += sum / subsets;
                subsets *= f64::from(players) - 1.0 - size as f64;
                subsets /= size as f64 + 1.0;
            }
            share / f64::from(players)
        })
        .collect()
}

/// The smallest subsets whose verdict is not that of the empty one: farthest past the target first, ties in the
/// order of the players.
pub(super) fn crux(margins: &[Option<f64>], target: f64) -> Vec<usize> {
    let verdict = |subset: usize| is_above(margins.get(subset).copied().flatten(), target);
    let at_start = verdict(0);
    let flipped = || (0..margins.len()).filter(|subset| verdict(*subset) != at_start);
    let Some(smallest) = flipped().map(usize::count_ones).min() else { return Vec::new() };
    let mut sets: Vec<usize> = flipped().filter(|subset| subset.count_ones() == smallest).collect();
    let past = |subset: usize| {
        let margin = margins.get(subset).copied().flatten().unwrap_or(f64::NEG_INFINITY);
        if at_start { -margin } else { margin }
    };
    sets.sort_by(|a, b| past(*b).total_cmp(&past(*a)).then_with(|| in_order(*a, *b)));
    sets
}

/// The set with the earlier player first.
fn in_order(a: usize, b: usize) -> std::cmp::Ordering {
    // Reversed, the earliest player is the highest bit.
    b.reverse_bits().cmp(&a.reverse_bits())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Mean contributions over every order, one by one.
    fn over_all_orders(values: &[f64], players: usize) -> Vec<f64> {
        fn walk(values: &[f64], players: usize, subset: usize, sums: &mut [f64]) -> f64 {
            let mut orders = 0.0;
            for player in (0..players).filter(|player| subset >> player & 1 == 0) {
                let joined = subset | 1 << player;
                let ways = walk(values, players, joined, sums);
                sums[player] += ways * (values[joined] - values[subset]);
                orders += ways;
            }
            if subset.count_ones() as usize == players { 1.0 } else { orders }
        }
        let mut sums = vec![0.0; players];
        let orders = walk(values, players, 0, &mut sums);
        sums.into_iter().map(|sum| sum / orders).collect()
    }

    proptest! {
        #[test]
        fn a_share_is_the_mean_contribution_over_all_orders(
            (players, values) in (1_usize..=6)
                .prop_flat_map(|n| (Just(n), prop::collection::vec(-3.0..3.0_f64, 1 << n)))
        ) {
            let shares = shapley(&values);
            let expected = over_all_orders(&values, players);
            for (share, expected) in shares.iter().zip(&expected) {
                prop_assert!((share - expected).abs() < 1e-12, "{:?} {:?}", shares, expected);
            }
            let all: f64 = shares.iter().sum();
            prop_assert!((all - (values[values.len() - 1] - values[0])).abs() < 1e-12);
        }

        #[test]
        fn players_that_can_stand_for_each_other_share_alike_and_idle_ones_get_nothing(
            values in prop::collection::vec(-3.0..3.0_f64, 16)
        ) {
            // Players 0 and 1 count only by how many of them take part, and player 4 not at all.
            let game: Vec<f64> = (0..32_usize)
                .map(|subset| {
                    let pair = (subset & 1) + (subset >> 1 & 1);
                    values[pair | (subset >> 2 & 3) << 2]
                })
                .collect();
            let shares = shapley(&game);
            prop_assert!((shares[0] - shares[1]).abs() < 1e-13);
            prop_assert_eq!(shares[4], 0.0);
        }
    }

    #[test]
    fn the_crux_is_every_smallest_set_that_flips_the_verdict_farthest_first() {
        let margins = [0.5, 0.1, -0.2, -0.3, -0.2, 0.2, -0.9, -1.0].map(Some);
        assert_eq!(crux(&margins, 0.0), [0b010, 0b100]);
        assert_eq!(crux(&margins, 0.3), [0b010, 0b100, 0b001]);
        assert_eq!(crux(&margins, 0.5), [0_usize; 0]);
        let undefined = [Some(0.5), Some(-7.0), None, None];
        assert_eq!(crux(&undefined, 0.0), [0b10, 0b01]);
        // From below, the highest margin is the farthest past.
        assert_eq!(crux(&[Some(-1.0), Some(0.1), Some(0.4), Some(0.9)], 0.0), [0b10, 0b01]);
    }
}
