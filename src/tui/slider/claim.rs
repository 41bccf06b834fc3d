//! Which claim comes next.

use super::step::Direction;

/// The claim next to the present value in a direction, going round at the ends.
pub fn next_claim<T>(claims: &[(f64, T)], present: Option<f64>, direction: Direction) -> Option<&(f64, T)> {
    let Some(present) = present else { return claims.first() };
    match direction {
        Direction::Up => claims.iter().find(|(value, _)| *value > present).or(claims.first()),
        Direction::Down => claims.iter().rev().find(|(value, _)| *value < present).or(claims.last()),
    }
}
