//! The command line that leads back to a scenario.

use crate::model::TierField;
use crate::preset::{Document, Origin};
use crate::quantity::number;

/// `napkin PRESET --set …`, one `--set` per input that differs; all shares if any differs.
///
/// `None` when a command line cannot say it: pasted text has no name, and tiers cannot be added by `--set`.
pub fn command_line(document: &Document) -> Option<String> {
    let base = document.base();
    let same_tiers = document.scenario().keys().eq(base.content.scenario.keys());
    if base.origin == Origin::Pasted || !same_tiers {
        return None;
    }
    let mut words = vec!["napkin".to_owned(), quoted(&base.origin.id())];
    words.extend(sets(document).into_iter().map(|set| format!("--set {}", quoted(&set))));
    Some(words.join(" "))
}

/// `id=value` for every input that differs, with every digit.
pub fn sets(document: &Document) -> Vec<String> {
    let scenario = document.scenario();
    let any_share = document.changes().iter().any(|change| change.id.is_share());
    scenario
        .inputs()
        .filter(|id| {
            let share = matches!(id, crate::model::InputId::Tier(_, TierField::Share));
            document.is_changed(*id) || share && any_share
        })
        .map(|id| format!("{}={}", scenario.id_text(id), number::input_exact(id, scenario.get(id))))
        .collect()
}

/// A word as a POSIX shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Global, InputId};
    use crate::preset::builtin;

    #[test]
    fn what_differs_is_set_and_all_shares_if_any() {
        let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
        assert_eq!(command_line(&document).as_deref(), Some("napkin deepseek-day6"));
        let free = InputId::Tier(3, TierField::Share);
        document.set(&[(Global::GpuHour.into(), Some(2.35)), (free, Some(0.25))]).expect("valid");
        assert_eq!(
            command_line(&document).as_deref(),
            Some(
                "napkin deepseek-day6 --set node.gpu_hour=2.35 --set tier.r1.share=0.75 --set tier.v3.share=0 \
                 --set tier.offpeak.share=0 --set tier.free.share=0.25"
            )
        );
    }

    #[test]
    fn a_name_with_quotes_and_spaces_is_one_word() {
        assert_eq!(quoted("my file's.toml"), r"'my file'\''s.toml'");
    }
}
