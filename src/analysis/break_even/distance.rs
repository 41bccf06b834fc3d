//! How far a value of an input is from the present one: by a factor where the equations multiply, else in points.

use std::cmp::Ordering;

use crate::model::{FreeTiers, Global, InputId, Scenario, TierField};

/// How far a value is from the present one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distance {
    /// What enters the equations becomes this many times as much; less than 1 when it falls.
    Factor(f64),
    /// What enters the equations is nothing now.
    FromZero,
    /// What enters the equations becomes nothing.
    ToZero,
    /// The difference, a fraction.
    Points(f64),
}

impl Distance {
    /// The factor whichever way, at least 1; `None` when it is infinite or there is none.
    pub fn factor(self) -> Option<f64> {
        match self {
            Self::Factor(factor) => Some(factor.max(1.0 / factor)),
            _ => None,
        }
    }

    /// The points whichever way, a fraction; `None` for factors.
    pub const fn points(self) -> Option<f64> {
        match self {
            Self::Points(difference) => Some(difference.abs()),
            _ => None,
        }
    }

    /// The nearer one first: finite factors, then infinite ones, then points.
    pub(super) fn order(self, other: Self) -> Ordering {
        let ((kind, size), (other_kind, other_size)) = (self.rank(), other.rank());
        kind.cmp(&other_kind).then(size.total_cmp(&other_size))
    }

    fn rank(self) -> (u8, f64) {
        match self {
            Self::Factor(factor) => (0, factor.max(1.0 / factor)),
            Self::FromZero | Self::ToZero => (1, 0.0),
            Self::Points(difference) => (2, difference.abs()),
        }
    }

    /// Whether it is as far as another: factors that differ by rounding are the same.
    pub fn ties(self, other: Self) -> bool {
        let ((kind, size), (other_kind, other_size)) = (self.rank(), other.rank());
        kind == other_kind && (size - other_size).abs() <= 1e-9 * size.max(other_size)
    }
}

/// How an input enters the equations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Measure {
    Value,
    OnePlus,
    OneLess,
    Points,
}

impl Measure {
    pub(super) fn of(scenario: &Scenario, free: FreeTiers, id: InputId) -> Self {
        use Global::{BatchingLoss, Energy, Fee, Hosting, Life, Overhead, Power, Utilization};
        match id {
            InputId::Global(Overhead) => Self::OnePlus,
            InputId::Global(Fee | BatchingLoss) | InputId::Tier(_, TierField::Discount) => Self::OneLess,
            InputId::Global(Utilization | Life | Power | Energy | Hosting) => Self::Value,
            InputId::Tier(tier, TierField::Share) if free.contains(usize::from(tier)) => Self::OneLess,
            InputId::Tier(tier, TierField::Share) => {
                let mut others = scenario
                    .shares()
                    .enumerate()
                    .filter(|(other, share)| *other != usize::from(tier) && *share > 0.0);
                if others.all(|(other, _)| free.contains(other)) { Self::Value } else { Self::Points }
            }
            id if id.parameter().scale.is_log() => Self::Value,
            _ => Self::Points,
        }
    }

    /// From the present value to another one.
    pub(super) fn distance(self, present: f64, value: f64) -> Distance {
        let entering = |value: f64| match self {
            Self::OnePlus => 1.0 + value,
            Self::OneLess => 1.0 - value,
            Self::Value | Self::Points => value,
        };
        let (from, to) = (entering(present), entering(value));
        if self == Self::Points {
            Distance::Points(value - present)
        } else if from == to {
            Distance::Factor(1.0)
        } else if (to / from).is_infinite() {
            Distance::FromZero
        } else if (from / to).is_infinite() {
            Distance::ToZero
        } else {
            Distance::Factor(to / from)
        }
    }
}
