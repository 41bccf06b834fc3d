//! Adding, naming and removing tiers.

use std::sync::Arc;

use super::Document;
use crate::model::{InputId, OutputName, Scenario, ScenarioError, TierField, TierKey};
use crate::preset::clean::clean;
use crate::preset::content::Detail;

impl Document {
    /// Adds a tier behind the others: a copy of tier `like`, with share 0. Returns its position.
    ///
    /// Its key is made from the name. What is known of the copied prices is known of the copies too.
    pub fn add_tier(&mut self, like: u8, name: &str) -> Result<u8, ScenarioError> {
        let name = clean(name);
        let key = free_key(self.scenario(), &self.base().content.scenario, &name);
        let scenario = self.scenario().with_tier(key, like)?;
        let tier = (scenario.tier_count() - 1) as u8;
        self.edit(|content| {
            content.scenario = scenario;
            content.tier_names.push(if name.is_empty() { key.to_string() } else { name });
            for field in TierField::ALL {
                let detail = match field {
                    TierField::Share => Some(Detail { of: Some(0.0), ..Detail::default() }),
                    _ => content.details.get(&InputId::Tier(like, field)).cloned(),
                };
                if let Some(detail) = detail {
                    content.details.insert(InputId::Tier(tier, field), detail);
                }
            }
        });
        Ok(tier)
    }

    /// Changes the display name of a tier; its key stays. Returns whether there is such a tier and name.
    pub fn rename_tier(&mut self, tier: u8, name: &str) -> bool {
        let name = clean(name);
        if name.is_empty() || usize::from(tier) >= self.scenario().tier_count() {
            return false;
        }
        self.edit(|content| {
            if let Some(known) = content.tier_names.get_mut(usize::from(tier)) {
                *known = name;
            }
        });
        true
    }

    /// Removes a tier with all that is said of it; its share goes to the others in proportion.
    pub fn remove_tier(&mut self, tier: u8) -> Result<(), ScenarioError> {
        let scenario = self.scenario().without_tier(tier)?;
        let removed = self.scenario().key(tier);
        let (before, base) = (*self.scenario(), Arc::clone(&self.base().content));
        self.edit(|content| {
            content
                .published
                .retain(|figure| !matches!(figure.output, OutputName::Tier(key, _) if key == removed));
            content.scenario = scenario;
            content.tier_names.remove(usize::from(tier));
            let details = std::mem::take(&mut content.details);
            content.details =
                details.into_iter().filter_map(|(id, detail)| Some((without(id, tier)?, detail))).collect();
            content.claims.retain_mut(|claim| match without(claim.input, tier) {
                Some(id) => {
                    claim.input = id;
                    true
                }
                None => false,
            });
            let was = |id| before.get(with(id, tier));
            content.mark_shares(was, |_| false, &base);
        });
        Ok(())
    }
}

/// What an input is called once a tier is gone; `None` for the inputs of that tier.
fn without(id: InputId, removed: u8) -> Option<InputId> {
    match id {
        InputId::Tier(tier, _) if tier == removed => None,
        InputId::Tier(tier, field) if tier > removed => Some(InputId::Tier(tier - 1, field)),
        other => Some(other),
    }
}

/// What an input was called before a tier went.
fn with(id: InputId, removed: u8) -> InputId {
    match id {
        InputId::Tier(tier, field) if tier >= removed => InputId::Tier(tier + 1, field),
        other => other,
    }
}

/// A key made from a name that no tier of the scenario has yet.
///
/// The key of a removed tier of the preset comes back only where the preset has it: at another position it would be
/// taken for that tier, moved.
fn free_key(scenario: &Scenario, base: &Scenario, name: &str) -> TierKey {
    let in_order =
        |tier: u8| scenario.keys().all(|key| base.tier_of(key).is_some_and(|before| before < tier));
    let free = |key: TierKey| scenario.tier_of(key).is_none() && base.tier_of(key).is_none_or(in_order);
    let mut slug = String::new();
    for character in name.chars() {
        let character = character.to_ascii_lowercase();
        if character.is_ascii_alphanumeric() || character == '_' {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    // Room for a number behind it.
    slug.truncate(TierKey::MAX - 3);
    let slug = match slug.trim_end_matches('-') {
        "" => "tier",
        slug => slug,
    };
    let numbered = (2..100).map(|number| format!("{slug}-{number}"));
    std::iter::once(slug.to_owned())
        .chain(numbered)
        .filter_map(|text| TierKey::new(&text))
        .find(|key| free(*key))
        // Two scenarios have 16 tiers at most, so one of a hundred keys is free; its own is refused as used twice.
        .unwrap_or_else(|| scenario.key(0))
}
