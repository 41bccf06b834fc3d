//! Two scenarios as one whose inputs can each be either's.

use super::player::{InputValue, Kind, Player, PlayerName, Side, players};
use crate::analysis::inputs::is_fleet;
use crate::model::{
    Economics, Global, InputId, InputName, Inputs, Scenario, TierField, TierKey, Undefined, charges_nothing,
    work_out,
};

/// A scenario between two: every input is that of the one or of the other.
///
/// Tiers are matched by key; one that a side lacks has share 0 there and the other side's prices. A tier counts
/// as free by the prices it has in the mixture, so that either end is evaluated as the scenario it is.
pub(super) struct Mixture {
    globals: Mixed<{ Global::COUNT }>,
    tiers: Vec<MixedTier>,
    /// Whether no tier of either side has a ratio, hit ratio, write price or monthly price of its own.
    plain: bool,
    players: Vec<Player>,
}

/// Values of both sides, and those in force.
struct Mixed<const COUNT: usize> {
    sides: [[f64; COUNT]; 2],
    now: [f64; COUNT],
}

impl<const COUNT: usize> Mixed<COUNT> {
    const fn new(sides: [[f64; COUNT]; 2]) -> Self {
        Self { sides, now: sides[0] }
    }
}

impl Mixed<{ TierField::COUNT }> {
    fn charge_nothing(&self) -> bool {
        charges_nothing(|field| self.now[field as usize])
    }
}

/// One tier of either side.
struct MixedTier {
    key: TierKey,
    values: Mixed<{ TierField::COUNT }>,
    /// Whether the values in force charge nothing.
    free: bool,
    /// How exports name its inputs: by its position where the bridge leads to, if it is there.
    position: u8,
}

impl Mixture {
    /// The mixture in which everything is still as in `from`.
    pub(super) fn new(from: &Scenario, to: &Scenario) -> Self {
        let globals = |side: &Scenario, other: &Scenario| {
            Global::ALL.map(|global| value_or_other(side, other, global.into(), global.into()))
        };
        let extra = to.keys().filter(|key| from.tier_of(*key).is_none());
        let mut mixture = Self {
            globals: Mixed::new([globals(from, to), globals(to, from)]),
            tiers: from.keys().chain(extra).map(|key| MixedTier::new(key, from, to)).collect(),
            plain: from.is_plain() && to.is_plain(),
            players: Vec::new(),
        };
        mixture.players = players(&mixture.differing());
        mixture
    }

    /// Everything that differs, in table order.
    fn differing(&self) -> Vec<InputId> {
        let tiers = (0..self.tiers.len() as u8)
            .flat_map(|tier| TierField::ALL.into_iter().map(move |field| InputId::Tier(tier, field)));
        let before = Global::ALL.into_iter().filter(|global| *global != Global::Fee);
        before
            .map(InputId::Global)
            .chain(tiers)
            .chain([InputId::Global(Global::Fee)])
            .filter(|id| !is_fleet(*id) && self.on(*id, 0).to_bits() != self.on(*id, 1).to_bits())
            .collect()
    }

    /// How many take part.
    pub(super) fn player_count(&self) -> usize {
        self.players.len()
    }

    /// The value of an input on one side.
    fn on(&self, id: InputId, side: usize) -> f64 {
        match id {
            InputId::Global(global) => self.globals.sides[side][global as usize],
            InputId::Tier(tier, field) => self.tiers[usize::from(tier)].values.sides[side][field as usize],
        }
    }

    /// Gives one player the values of a side: 0 where the bridge starts, 1 where it leads.
    pub(super) fn switch(&mut self, player: usize, side: usize) {
        for id in &self.players[player].members {
            match *id {
                InputId::Global(global) => {
                    self.globals.now[global as usize] = self.globals.sides[side][global as usize];
                }
                InputId::Tier(tier, field) => {
                    let MixedTier { values, free, .. } = &mut self.tiers[usize::from(tier)];
                    values.now[field as usize] = values.sides[side][field as usize];
                    if field != TierField::Share {
                        *free = values.charge_nothing();
                    }
                }
            }
        }
    }

    /// Works the mixture out.
    pub(super) fn economics(&self) -> Result<Economics, Undefined> {
        work_out(self).checked()
    }

    /// The name of a player.
    pub(super) fn name(&self, player: usize) -> PlayerName {
        match self.players[player].kind {
            Kind::Input(id) => PlayerName::Input(self.input_name(id)),
            Kind::Shares => PlayerName::Shares,
            Kind::Pane(pane) => PlayerName::Pane(pane),
        }
    }

    fn input_name(&self, id: InputId) -> InputName {
        match id {
            InputId::Global(_) => InputName::new(id, None),
            InputId::Tier(tier, field) => {
                let tier = &self.tiers[usize::from(tier)];
                InputName::new(InputId::Tier(tier.position, field), Some(tier.key))
            }
        }
    }

    /// What a player is on one side.
    pub(super) fn side(&self, player: usize, side: usize) -> Side {
        let Player { kind, members } = &self.players[player];
        let value_of = |id: InputId| {
            let value = self.on(id, side);
            InputValue { id: self.input_name(id), value: (!value.is_nan()).then_some(value) }
        };
        match kind {
            Kind::Input(id) => Side::Input(value_of(*id)),
            Kind::Pane(_) => Side::Inputs(members.iter().copied().map(value_of).collect()),
            Kind::Shares => {
                let share = |id: &InputId| match *id {
                    InputId::Tier(tier, _) => Some((self.tiers[usize::from(tier)].key, self.on(*id, side))),
                    InputId::Global(_) => None,
                };
                Side::Shares(members.iter().filter_map(share).collect())
            }
        }
    }
}

impl MixedTier {
    fn new(key: TierKey, from: &Scenario, to: &Scenario) -> Self {
        let own = |side: &Scenario, other: &Scenario| {
            let tier = side.tier_of(key)?;
            let there = other.tier_of(key).unwrap_or(u8::MAX);
            let value =
                |field| value_or_other(side, other, InputId::Tier(tier, field), InputId::Tier(there, field));
            Some(TierField::ALL.map(value))
        };
        let without_share = |mut other: [f64; TierField::COUNT]| {
            other[TierField::Share as usize] = 0.0;
            other
        };
        let nothing = [0.0; TierField::COUNT];
        let (first, second) = (own(from, to), own(to, from));
        let sides = [
            first.unwrap_or_else(|| without_share(second.unwrap_or(nothing))),
            second.unwrap_or_else(|| without_share(first.unwrap_or(nothing))),
        ];
        let position = to.tier_of(key).or_else(|| from.tier_of(key)).unwrap_or_default();
        let values = Mixed::new(sides);
        Self { key, free: values.charge_nothing(), values, position }
    }
}

/// The value of an input on one side; how much is used is that of the other side where it is absent here.
fn value_or_other(side: &Scenario, other: &Scenario, id: InputId, there: InputId) -> f64 {
    let used = matches!(id, InputId::Global(Global::OutputPerQuery) | InputId::Tier(_, TierField::Queries));
    side.get(id).or_else(|| other.get(there).filter(|_| used)).unwrap_or(f64::NAN)
}

impl Inputs for Mixture {
    type Number = f64;

    fn value(&self, global: Global) -> f64 {
        self.globals.now[global as usize]
    }

    fn tier_count(&self) -> usize {
        self.tiers.len()
    }

    fn tier_value(&self, tier: usize, field: TierField) -> f64 {
        self.tiers[tier].values.now[field as usize]
    }

    fn is_plain(&self) -> bool {
        self.plain
    }

    fn has_own_shape(&self, tier: usize) -> bool {
        let own = |field| !self.tier_value(tier, field).is_nan();
        own(TierField::InputPerOutput) || own(TierField::HitRatio)
    }

    fn has_monthly_price(&self, tier: usize) -> bool {
        self.tier_value(tier, TierField::Monthly) > 0.0
    }

    fn is_free(&self, tier: usize) -> bool {
        self.tiers[tier].free
    }

    fn owns(&self) -> bool {
        self.value(Global::Basis) != 0.0
    }

    fn serves_free(&self) -> bool {
        self.value(Global::ServeFree) != 0.0
    }

    fn has_prefill(&self) -> bool {
        !self.value(Global::Prefill).is_nan()
    }
}
