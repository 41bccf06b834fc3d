//! Which claim comes next.

use super::step::Direction;
use crate::preset::Claim;

/// The claim next to the present value in a direction, going round at the ends.
pub fn next_claim<'a>(claims: &[&'a Claim], present: Option<f64>, direction: Direction) -> Option<&'a Claim> {
    let mut claims = claims.iter().copied();
    let (first, last) = (claims.clone().next(), claims.clone().next_back());
    let Some(present) = present else { return first };
    match direction {
        Direction::Up => claims.find(|claim| claim.value > present).or(first),
        Direction::Down => claims.rfind(|claim| claim.value < present).or(last),
    }
}
