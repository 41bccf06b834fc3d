use std::collections::BTreeSet;

use proptest::prelude::*;

use super::any_scenario;
use super::reading::{document, input, number, scan};
use crate::model::{Global, InputId, TierField};
use crate::preset::{Claim, Document, Provenance};
use crate::report::{caveat, provenance};
use crate::text;

/// The input that a part of the line names: `share of V3`, `V3 share`.
fn named<'a>(document: &Document, text: &'a str) -> Option<(InputId, &'a str)> {
    let shares =
        (0..document.scenario().tier_count() as u8).map(|tier| InputId::Tier(tier, TierField::Share));
    let short = shares.filter_map(|id| {
        let name = provenance::short_name(document, id);
        Some((id, text.strip_prefix(name.as_str())?))
    });
    input(document, text).into_iter().chain(short).min_by_key(|(_, rest)| rest.len())
}

/// Two values of which the second bears the unit.
fn holds(document: &Document, id: InputId, values: &str) -> Result<(), TestCaseError> {
    if id.domain().words.is_some() {
        return Ok(());
    }
    let (was, now) = values.split_once(" → ").expect(values);
    let base = document.base_value(id).expect("in the preset");
    for (told, is) in [(was, base), (now, document.scenario().get(id))] {
        match (number(told.trim_start_matches(['>', '<', ' '])), is) {
            // `> 99.9999 %` is just not the number behind it.
            (Some((told, _)), Some(is)) => prop_assert!(
                told.holds(is) || (told.middle() - is).abs() < 1e-5 && values.contains(['>', '<']),
                "{}: {} {:?}",
                values,
                is,
                told
            ),
            (told, is) => prop_assert!(told.is_none() && is.is_none(), "{}: {:?}", values, is),
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_was_changed_is_named_with_its_values_or_counted(
        scenario in any_scenario(),
        picks in prop::collection::vec((0_usize..200, 0_usize..122), 1..6),
        claimed in any::<bool>(), cells in 8_usize..160,
    ) {
        let mut document = document(scenario);
        if claimed {
            let claim = Claim {
                input: Global::GpuHour.into(), value: 12.29, by: "Azure".to_owned(), date: None, source: None,
            };
            document.edit(|content| content.claims.push(claim));
            let _ = document.set(&[(Global::GpuHour.into(), Some(12.29))]);
        }
        for (pick, at) in picks {
            let ids: Vec<InputId> = scenario.inputs().filter(|id| scenario.is_input(*id)).collect();
            let id = ids[pick % ids.len()];
            let value = scan(id)[at];
            let value = if id.domain().whole || id.domain().words.is_some() { value.round() } else { value };
            let _ = document.set(&[(id, Some(value))]);
        }
        let changed: BTreeSet<InputId> = document.changes().into_iter().map(|change| change.id).collect();
        let whole = caveat::whole(&document);
        prop_assert_eq!(whole.is_some(), document.has_changes());
        let yours = changed.iter().all(|id| document.provenance(*id) == Provenance::Yours);
        for line in [whole, caveat::line(&document, cells)].into_iter().flatten() {
            if let Some((count, rest)) = number(&line).filter(|(_, rest)| *rest == " changed") {
                prop_assert!(count.holds(changed.len().max(1) as f64), "{}{}", line, rest);
                continue;
            }
            let (whose, mut rest) = line.split_once(": ").expect(&line);
            prop_assert_eq!(whose, if yours { "yours" } else { "changed" }, "{}", &line);
            let mut count = 0;
            while !rest.is_empty() && rest != "the tiers" {
                let more = number(rest).filter(|(_, rest)| *rest == " more");
                if let Some((more, _)) = more {
                    count += more.middle() as usize;
                    break;
                }
                let (id, after) = named(&document, rest).expect(rest);
                prop_assert!(changed.contains(&id), "{}: {}", line, scenario.id_text(id));
                count += 1;
                let end = [", ", " and "].into_iter().filter_map(|joint| Some((after.find(joint)?, joint))).min();
                let (values, next) = match end {
                    Some((end, joint)) => (&after[..end], &after[end + joint.len()..]),
                    None => (after, ""),
                };
                if let Some(values) = values.strip_prefix(' ') {
                    holds(&document, id, values)?;
                } else {
                    prop_assert_eq!(values, "", "{}", &line);
                }
                rest = next;
            }
            prop_assert_eq!(count, changed.len(), "{}", line);
        }
        let short = caveat::line(&document, cells);
        prop_assert!(short.is_none_or(|line| text::width(&line) <= cells));
    }
}
