//! The margins that have a line on the map, and the bands between them.

/// Margins worth a line besides the target.
const LEVELS: [f64; 4] = [-1.0, 0.0, 0.5, 0.75];

/// The margins that have a line besides the target: none so near it that both could not be told apart.
pub(super) fn others(target: f64) -> impl Iterator<Item = f64> {
    LEVELS.into_iter().filter(move |level| (level - target).abs() > 0.05)
}

/// On which side of the target a margin is, and the number of lines in between.
pub(super) fn band(margin: f64, target: f64) -> (bool, usize) {
    if margin >= target {
        (true, others(target).filter(|level| *level > target && margin >= *level).count())
    } else {
        (false, others(target).filter(|level| *level < target && margin < *level).count())
    }
}
