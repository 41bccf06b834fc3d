//! What the last change did, in one line: `free web and app share 0 → 70 %: 84.5 → 48.3 %, −36.2 pt`.

use super::words;
use crate::model::{Global, InputId, Output, OutputId, Unit, evaluate_all, margin_of};
use crate::preset::{Document, Provenance};
use crate::quantity::number;
use crate::text;

/// What was changed between two states of what is open, and what that did to the result shown large, in one line of
/// so many cells: all that was changed with its values, by name, or the first of it and how much more.
///
/// A share that only follows is not named. Where the result has no value before or after, the gross margin is told.
/// `None` where nothing was changed, or there is no room to say it.
pub(crate) fn line(before: &Document, after: &Document, shown: OutputId, cells: usize) -> Option<String> {
    let changed = changed(before, after)?;
    let effect = effect(before, after, shown);
    let fits = |line: &String| text::width(line) <= cells;
    let lines = changed.variants().into_iter().map(|what| format!("{what}: {effect}"));
    lines.chain([effect.clone()]).find(fits)
}

/// The gross margin before and after, and the difference: `84.5 → 48.3 %, −36.2 pt`.
pub(crate) fn margins(before: &Document, after: &Document) -> String {
    told(MARGIN, [before, after].map(|document| margin_of(document.scenario())))
}

/// What was changed: each with its values, and by its name alone.
struct Changed(Vec<[String; 2]>);

impl Changed {
    fn variants(&self) -> Vec<String> {
        let all = self.0.len();
        let with_values = (1..all).rev().map(|most| self.first(most, 0));
        let names = (1..all).rev().map(|most| self.first(most, 1));
        [self.first(all, 0), self.first(all, 1)].into_iter().chain(with_values).chain(names).collect()
    }

    fn first(&self, most: usize, form: usize) -> String {
        words::first(self.0.iter().map(|forms| forms[form].clone()), most)
    }
}

fn changed(before: &Document, after: &Document) -> Option<Changed> {
    if before.base().origin != after.base().origin {
        return Some(Changed(vec![[after.title(), after.title()]]));
    }
    let (old, new) = (before.scenario(), after.scenario());
    let mut parts = Vec::new();
    for tier in 0..new.tier_count() as u8 {
        if old.tier_of(new.key(tier)).is_none() {
            parts.push(format!("{} added", after.content().tier_name(tier)));
        }
    }
    for tier in 0..old.tier_count() as u8 {
        if new.tier_of(old.key(tier)).is_none() {
            parts.push(format!("{} removed", before.content().tier_name(tier)));
        }
    }
    let mut parts: Vec<[String; 2]> = parts.into_iter().map(|part| [part.clone(), part]).collect();
    for (id, was) in moved(before, after, !parts.is_empty()) {
        let name = words::brief_name(after, id);
        parts.push([format!("{name} {}", values(id, was, new.get(id))), name]);
    }
    (!parts.is_empty()).then_some(Changed(parts))
}

/// The inputs that were moved, with what they were, but for the shares that follow others.
fn moved(before: &Document, after: &Document, other_tiers: bool) -> Vec<(InputId, Option<f64>)> {
    let (old, new) = (before.scenario(), after.scenario());
    let bits = |value: Option<f64>| value.map(f64::to_bits);
    let all = new.inputs().filter_map(|id| Some((id, old.counterpart(new, id)?)));
    let mut moved: Vec<(InputId, InputId)> =
        all.filter(|(id, known)| bits(new.get(*id)) != bits(old.get(*known))).collect();
    // Where tiers come and go, the shares of the others follow; else one of them at least was set.
    moved.retain(|(id, _)| !id.is_share() || !other_tiers && after.provenance(*id) != Provenance::Follows);
    let followed =
        |(id, known): &(InputId, InputId)| id.is_share() && before.provenance(*known) == Provenance::Follows;
    if moved.iter().any(|pair| pair.0.is_share() && !followed(pair)) {
        moved.retain(|pair| !followed(pair));
    }
    moved.into_iter().map(|(id, known)| (id, old.get(known))).collect()
}

/// `$2.00 → $2.50/GPU·h`, `0 → 70 %`; as many digits as it takes to tell them apart.
fn values(id: InputId, was: Option<f64>, now: Option<f64>) -> String {
    let (Some(before), Some(after)) = (was, now) else {
        let [was, now] = [was, now].map(|value| number::input_with_unit(id, value));
        return format!("{was} → {now}");
    };
    let alike = number::input(id, was) == number::input(id, now);
    let [was, now] =
        [number::input(id, was), number::input_with_unit(id, now)].map(|text| words::close(&text));
    if !alike {
        return format!("{} → {now}", bare(&was, &now));
    }
    let unit = id.parameter().unit;
    let (scale, sign, symbol) = match unit {
        Unit::Share => (100.0, "", " %".to_owned()),
        _ if unit.is_money() => (1.0, "$", unit.symbol().trim_start_matches('$').to_owned()),
        _ => (1.0, "", format!(" {}", unit.symbol())),
    };
    let closer = |places| [before, after].map(|value| number::places(value * scale, places));
    match (0..15).map(closer).find(|[was, now]| was != now) {
        Some([was, now]) => format!("{sign}{was} → {sign}{}", format!("{now}{symbol}").trim_end()),
        None => format!("{was} → {now}"),
    }
}

/// A text without the ` %` that the next one bears too.
fn bare<'a>(was: &'a str, now: &str) -> &'a str {
    was.strip_suffix(" %").filter(|_| now.ends_with(" %")).unwrap_or(was)
}

/// `84.5 → 48.3 %, −36.2 pt`, and the nodes that are left where free traffic is turned away.
fn effect(before: &Document, after: &Document, shown: OutputId) -> String {
    let all = [before, after].map(|document| evaluate_all(document.scenario()));
    let result = |output: OutputId| {
        let old = match output {
            OutputId::Global(_) => Some(output),
            OutputId::Tier(tier, output) => {
                let key = after.scenario().key(tier);
                before.scenario().tier_of(key).map(|tier| OutputId::Tier(tier, output))
            }
        };
        [old.and_then(|output| all[0].get(output)), all[1].get(output)]
    };
    let words = match result(shown) {
        values @ [Some(_), Some(_)] => told(shown, values),
        _ => told(MARGIN, result(MARGIN)),
    };
    let serves = |document: &Document| document.scenario().get(Global::ServeFree.into()) != Some(0.0);
    match (all[1].get(Output::Nodes), after.scenario().get(Global::Nodes.into())) {
        (Some(left), Some(all)) if serves(before) && !serves(after) => {
            format!("{words}; {} of {} nodes are left", number::count(left), number::count(all))
        }
        _ => words,
    }
}

const MARGIN: OutputId = OutputId::Global(Output::GrossMargin);
const MULTIPLE: OutputId = OutputId::Global(Output::RevenueOverCost);

/// A result before and after, and the difference.
fn told(output: OutputId, values: [Option<f64>; 2]) -> String {
    let name =
        if output == MARGIN { String::new() } else { format!("{} ", words::inside(output.info().label)) };
    let [was, now] = values.map(|value| written(output, value));
    let difference = values[0].zip(values[1]).and_then(|(was, now)| difference(output, was, now));
    if was != now {
        let from = bare(&was, &now);
        let difference = difference.map_or_else(String::new, |difference| format!(", {difference}"));
        return format!("{name}{from} → {now}{difference}");
    }
    match difference {
        Some(difference) => format!("{name}{now}, {difference}"),
        None => format!("{name}{now} as before"),
    }
}

fn written(output: OutputId, value: Option<f64>) -> String {
    match value {
        None => "no margin".to_owned(),
        Some(value) if output == MULTIPLE => number::factor(value),
        Some(value) => words::close(&number::format(value, output.info().unit)),
    }
}

/// `None` where there is none, or it says nothing beside a margin that is told as a multiple of revenue.
fn difference(output: OutputId, was: f64, now: f64) -> Option<String> {
    let difference = now - was;
    let sign = if difference < 0.0 { number::MINUS } else { "+" };
    let unit = output.info().unit;
    let deep = output == MARGIN && (number::is_deep(was) || number::is_deep(now));
    (difference != 0.0 && !deep).then(|| match unit {
        Unit::Share => words::points(difference),
        _ if output == MULTIPLE => format!("{sign}{}", number::factor(difference.abs())),
        _ => format!("{sign}{}", number::format(difference.abs(), unit)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, TierField};
    use crate::preset::builtin;

    const FREE: InputId = InputId::Tier(3, TierField::Share);
    const R1: InputId = InputId::Tier(0, TierField::Share);

    fn day_six() -> Document {
        Document::new(builtin::load("deepseek-day6").expect("shipped"))
    }

    fn set(document: &Document, edits: &[Edit]) -> Document {
        let mut document = document.clone();
        document.set(edits).expect("valid");
        document
    }

    fn whole(before: &Document, after: &Document) -> String {
        line(before, after, MARGIN, 1000).expect("a change")
    }

    #[test]
    fn a_share_that_is_set_is_named_and_those_that_follow_are_not() {
        let before = day_six();
        let free = set(&before, &[(FREE, Some(0.7))]);
        assert_eq!(whole(&before, &free), "free web and app share 0 → 70 %: 84.5 → 48.3 %, −36.2 pt");
        assert_eq!(whole(&free, &before), "free web and app share 70 → 0 %: 48.3 → 84.5 %, +36.2 pt");
        let less = set(&free, &[(R1, Some(0.6))]);
        assert_eq!(whole(&free, &less), "R1 API share 30 → 60 %: 48.3 → 74.2 %, +25.8 pt");
        assert_eq!(line(&before, &before, MARGIN, 1000), None);
    }

    #[test]
    fn turning_free_traffic_away_says_how_many_nodes_are_left() {
        let free = set(&day_six(), &[(FREE, Some(0.7))]);
        let away = set(&free, &[(Global::ServeFree.into(), Some(0.0))]);
        let said = whole(&free, &away);
        assert_eq!(said, "serve free yes → no: 48.3 → 84.5 %, +36.2 pt; 68.03 of 226.75 nodes are left");
        assert_eq!(whole(&away, &free), "serve free no → yes: 84.5 → 48.3 %, −36.2 pt");
    }

    #[test]
    fn values_that_round_alike_are_told_apart_and_margins_that_do_say_how_far() {
        let before = day_six();
        let more = set(&before, &[(Global::GpuHour.into(), Some(2.0001))]);
        assert_eq!(whole(&before, &more), "rent $2.0000 → $2.0001/GPU·h: 84.5 %, −0.00077 pt");
        let less = set(&before, &[(Global::Utilization.into(), Some(0.999_99))]);
        assert_eq!(whole(&before, &less), "utilization 100 → 99.999 %: 84.5 %, −0.00015 pt");
        let power = set(&before, &[(Global::Power.into(), Some(2.0))]);
        assert_eq!(whole(&before, &power), "power per GPU 1.73 → 2 kW: 84.5 % as before");
    }

    #[test]
    fn what_has_no_margin_says_so_and_what_is_far_below_is_a_multiple() {
        let before = day_six();
        let given_away = set(&before, &[(FREE, Some(1.0))]);
        assert_eq!(whole(&before, &given_away), "free web and app share 0 → 100 %: 84.5 % → no margin");
        assert_eq!(whole(&given_away, &before), "free web and app share 100 → 0 %: no margin → 84.5 %");
        let dear = set(&before, &[(Global::GpuHour.into(), Some(1e6))]);
        assert_eq!(whole(&before, &dear), "rent $2.00 → $1M/GPU·h: 84.5 % → cost 77.5k ×");
        let absent = set(&before, &[(Global::Prefill.into(), None)]);
        assert!(whole(&before, &absent).starts_with("prefill 73.7k tok/s → none: "));
    }

    #[test]
    fn the_measure_shown_large_is_told_where_it_has_a_value() {
        let before = day_six();
        let after = set(&before, &[(Global::GpuHour.into(), Some(4.0))]);
        let told = |shown: Output| line(&before, &after, shown.into(), 1000).expect("a change");
        assert_eq!(told(Output::Markup), "rent $2.00 → $4.00/GPU·h: markup 545 → 223 %, −323 pt");
        assert_eq!(
            told(Output::RevenueOverCost),
            "rent $2.00 → $4.00/GPU·h: revenue ÷ cost 6.45× → 3.23×, −3.23×"
        );
        assert_eq!(
            told(Output::ProfitPerDay),
            "rent $2.00 → $4.00/GPU·h: profit a day $475k → $388k, −$87.1k"
        );
        assert_eq!(told(Output::CostPer1000Queries), "rent $2.00 → $4.00/GPU·h: 84.5 → 69.0 %, −15.5 pt");
    }

    #[test]
    fn of_many_changes_as_much_is_told_as_there_is_room_for() {
        let before = day_six();
        let host = [
            (InputId::Tier(0, TierField::InputMiss), Some(0.5)),
            (InputId::Tier(0, TierField::InputHit), Some(0.35)),
            (InputId::Tier(0, TierField::Output), Some(2.15)),
        ];
        let after = set(&before, &host);
        let said = |cells| line(&before, &after, MARGIN, cells).unwrap_or_default();
        let all = "miss price $0.55 → $0.50/M, hit price $0.14 → $0.35/M and output price $2.19 → $2.15/M: \
                   84.5 → 85.8 %, +1.3 pt";
        assert_eq!(said(120), all);
        assert_eq!(said(80), "miss price, hit price and output price: 84.5 → 85.8 %, +1.3 pt");
        assert_eq!(said(60), "miss price, hit price and 1 more: 84.5 → 85.8 %, +1.3 pt");
        assert_eq!(said(50), "miss price and 2 more: 84.5 → 85.8 %, +1.3 pt");
        assert_eq!(said(30), "84.5 → 85.8 %, +1.3 pt");
        assert_eq!(said(10), "");
    }

    #[test]
    fn another_preset_and_tiers_that_come_or_go_are_named() {
        let before = day_six();
        let other = Document::new(builtin::load("forum-comment").expect("shipped"));
        assert_eq!(whole(&before, &other), "The forum comment: 84.5 → 92.5 %, +8.0 pt");
        let mut added = before.clone();
        added.add_tier(0, "batch").expect("room");
        assert_eq!(whole(&before, &added), "batch added: 84.5 % as before");
        assert_eq!(whole(&added, &before), "batch removed: 84.5 % as before");
        let free = set(&before, &[(FREE, Some(0.7))]);
        let mut paid = free.clone();
        paid.remove_tier(3).expect("others");
        assert_eq!(whole(&free, &paid), "free web and app removed: 48.3 → 84.5 %, +36.2 pt");
    }
}
