use proptest::prelude::*;

use super::any_scenario;
use super::reading::{Interval, document, number, scan};
use crate::model::{Domain, InputId, Output, TierField, margin_of};
use crate::report::{echo, provenance, words};

/// Two numbers of which the second bears the unit: `84.5 → 48.3 %`.
fn pair(was: &str, now: &str) -> (Option<Interval>, Option<Interval>) {
    let percent =
        now.ends_with(" %") && !was.ends_with('%') && (number(was).is_some() || was.starts_with("just"));
    let told = |text: &str| {
        let deep = text
            .strip_prefix("cost ")
            .and_then(number)
            .map(|(times, _)| Interval { low: 1.0 - times.high, high: 1.0 - times.low });
        deep.or_else(|| number(text).map(|(told, _)| told))
    };
    (told(&if percent { format!("{was} %") } else { was.to_owned() }), told(now))
}

proptest! {
    #[test]
    fn the_echo_tells_what_was_moved_and_the_margins_before_and_after(
        scenario in any_scenario(), pick in 0_usize..100, at in 0_usize..122, cells in 0_usize..160,
    ) {
        let mut after = document(scenario);
        let ids: Vec<InputId> = scenario.inputs().filter(|id| scenario.is_input(*id)).collect();
        let id = ids[pick % ids.len()];
        let Domain { whole, words: toggle, .. } = id.domain();
        let value = scan(id)[at];
        let value = if whole || toggle.is_some() { value.round() } else { value };
        let before = after.clone();
        prop_assume!(after.set(&[(id, Some(value))]).is_ok() && after.scenario() != before.scenario());
        let told = |cells| echo::line(&before, &after, Output::GrossMargin.into(), cells);
        let line = told(usize::MAX).expect("a change");

        // What was moved is named, and nothing that only followed.
        let name = match id {
            InputId::Tier(_, TierField::Share) => provenance::short_name(&after, id),
            _ => words::name(&after, id),
        };
        let rest = line.strip_prefix(&format!("{name} "));
        prop_assert!(rest.is_some(), "{} does not begin with {}", line, name);
        let (values, effect) = rest.expect("checked").split_once(": ").expect("an effect");
        let (was, now) = values.split_once(" → ").expect("two values");
        if toggle.is_none() {
            let (told_was, told_now) = pair(was, now);
            for (told, is) in [(told_was, scenario.get(id)), (told_now, Some(value))] {
                prop_assert_eq!(told.is_some(), is.is_some(), "{}", line);
                prop_assert!(told.zip(is).is_none_or(|(told, is)| told.holds(is)), "{}: {:?}", line, is);
            }
        }

        // The margins are those of the two scenarios.
        let [old, new] = [&before, &after].map(|shown| margin_of(shown.scenario()));
        let effect = effect.split("; ").next().unwrap_or_default();
        if let Some(same) = effect.strip_suffix(" as before") {
            prop_assert!(old.zip(new).is_none_or(|(old, new)| (old - new).abs() <= 1e-9 * old.abs().max(1.0) || old < -10.0), "{}", line);
            prop_assert_eq!(same == "no margin", old.is_none(), "{}", line);
        } else if let Some((was, rest)) = effect.split_once(" → ") {
            let (now, difference) = rest.split_once(", ").map_or((rest, None), |(now, by)| (now, Some(by)));
            let (told_was, told_now) = pair(was, now);
            for (told, is) in [(told_was, old), (told_now, new)] {
                prop_assert_eq!(told.is_some(), is.is_some(), "{}", line);
                prop_assert!(told.zip(is).is_none_or(|(told, is)| told.holds(is)), "{}: {:?}", line, is);
            }
            if let (Some(by), Some(old), Some(new)) = (difference, old, new) {
                prop_assert!(number(by).expect(by).0.holds(new - old), "{}: {}", line, new - old);
            }
        } else {
            let (same, by) = effect.split_once(", ").expect("a difference");
            let (old, new) = (old.expect("a margin"), new.expect("a margin"));
            let (same, by) = (number(same).expect(same).0, number(by).expect(by).0);
            prop_assert!(same.holds(old) && same.holds(new) && by.holds(new - old), "{}", line);
        }

        // Where there is less room, the effect stays.
        if let Some(shorter) = told(cells) {
            prop_assert!(crate::text::width(&shorter) <= cells && shorter.ends_with(effect.split("; ").last().unwrap_or_default()) || shorter.contains(effect), "{}", shorter);
        }
    }
}
