//! `--tier`.

use super::failure::Failure;
use crate::model::{TierKey, nearest};
use crate::preset::Document;

/// The tier whose traffic an analysis is about.
#[derive(Debug, clap::Args)]
pub(super) struct TierArgument {
    /// Whose traffic it is: a tier's key; that of the largest tier without
    #[arg(long, value_name = "KEY")]
    tier: Option<String>,
}

impl TierArgument {
    /// The position of the tier.
    pub(super) fn tier(&self, document: &Document) -> Result<Option<u8>, Failure> {
        let Some(key) = &self.tier else { return Ok(None) };
        let scenario = document.scenario();
        if let Some(tier) = TierKey::new(key).and_then(|key| scenario.tier_of(key)) {
            return Ok(Some(tier));
        }
        let keys: Vec<String> = scenario.keys().map(|key| key.to_string()).collect();
        let problem = match nearest(key, keys.iter().map(String::as_str)) {
            Some(meant) => format!("there is no such tier; did you mean `{meant}`?"),
            None => format!("there is no such tier; there are {}", keys.join(", ")),
        };
        Err(Failure::argument("tier", key)(problem))
    }
}
