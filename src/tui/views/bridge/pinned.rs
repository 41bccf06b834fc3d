//! A step of the bridge taken back: the pinned scenario's values for the present one.

use crate::analysis::{Share, Side};
use crate::model::{Edit, InputId, TierField};
use crate::tui::context::Context;

/// The slider that a share leads to: the input, or the first of several.
pub(super) fn target(cx: &Context, share: &Share) -> Option<InputId> {
    edits(cx, share)?.first().map(|(id, _)| *id)
}

/// The pinned scenario's values of a share's inputs; `None` when the present scenario has no such tier.
pub(super) fn edits(cx: &Context, share: &Share) -> Option<Vec<Edit>> {
    let pinned = cx.pinned.as_ref()?.document.scenario();
    let present = cx.document.scenario();
    let ids: Vec<InputId> = match &share.to {
        Side::Input(value) => vec![present.find(&value.id.to_string()).ok()?],
        Side::Shares(shares) => {
            let share = |key| Some(InputId::Tier(present.tier_of(key)?, TierField::Share));
            shares.iter().map(|(key, _)| share(*key)).collect::<Option<_>>()?
        }
        Side::Inputs(values) => {
            values.iter().map(|value| present.find(&value.id.to_string()).ok()).collect::<Option<_>>()?
        }
    };
    let value = |id: InputId| match pinned.counterpart(present, id) {
        Some(there) => Some((id, pinned.get(there))),
        // A tier that the pinned scenario lacks has no traffic there.
        None => id.is_share().then_some((id, Some(0.0))),
    };
    ids.into_iter().map(value).collect()
}
