use super::*;
use crate::model::{Global, Output};
use crate::preset::{Provenance, builtin};

fn day_six(edits: &[(InputId, f64)]) -> Document {
    let mut document = Document::new(builtin::load("deepseek-day6").expect("shipped"));
    let edits: Vec<_> = edits.iter().map(|(id, value)| (*id, Some(*value))).collect();
    document.set(&edits).expect("valid");
    document
}

fn at_rent(rent: f64, query: HostsQuery<'_>) -> HostsReport {
    HostsReport::of(&day_six(&[(Global::GpuHour.into(), rent)]), Books::shipped(), query)
}

const R1: HostsQuery<'_> =
    HostsQuery { model: Some("deepseek-r1"), host: None, words: "", tier: None, target: 0.0 };

/// Opening a row gives the margin that it showed, to the bit, and says of each value whose it is.
pub(in crate::report) fn opens_as_shown(
    document: &Document,
    opening: &[Sourced],
    tier: u8,
    margin: Option<f64>,
) {
    let mut opened = document.clone();
    opened.set_sourced(opening).expect("valid");
    let there = evaluate(opened.scenario()).get(Output::GrossMargin);
    assert_eq!(there.map(f64::to_bits), margin.map(f64::to_bits), "{opening:?}");
    for change in opened.changes() {
        // The shares of the other tiers follow.
        let follows = matches!(change.id, InputId::Tier(other, TierField::Share) if other != tier);
        let provenance = opened.provenance(change.id);
        assert!(
            follows || matches!(provenance, Provenance::Source(_) | Provenance::Assumption),
            "{opening:?}"
        );
    }
}

/// The keys of an exported object, in order.
pub(in crate::report) fn keys(value: &serde_json::Value) -> Vec<String> {
    value.as_object().expect("an object").keys().cloned().collect()
}

#[test]
fn every_host_that_charges_for_r1_makes_money_and_the_sentence_counts_them() {
    let report = at_rent(2.35, R1);
    assert_eq!(
        report.conclusion(),
        "All 21 hosts that charge for DeepSeek R1 make money on this node; the cheapest up to $12.14 a GPU-hour. \
         Prices: models.dev, 2026-07-02."
    );
    assert_eq!(report.short(), "All 21 hosts of R1 make money here; the cheapest up to $12.14/GPU·h.");
    // The claim read back from the rows.
    let charging: Vec<&HostRow> = report.hosts.iter().filter(|row| !row.result.free).collect();
    assert_eq!((report.hosts.len(), charging.len(), report.above()), (23, 21, 21));
    let least =
        charging.iter().filter_map(|row| row.result.break_even_gpu_hour).fold(f64::INFINITY, f64::min);
    assert_eq!(number::money(least), "$12.14");
    let at_that_rent = at_rent(least * 1.0001, R1);
    assert_eq!(at_that_rent.above(), 20);
}

#[test]
fn the_sentence_is_true_in_odd_cases_too() {
    let says =
        |report: &HostsReport| report.conclusion().split(" Prices: ").next().unwrap_or_default().to_owned();
    assert_eq!(
        says(&at_rent(13.0, R1)),
        "19 of the 21 hosts that charge for DeepSeek R1 make money on this node; the cheapest of them, \
         deepinfra, up to $14.09 a GPU-hour."
    );
    let none = says(&at_rent(1e4, R1));
    assert!(
        none.starts_with("None of the 21 hosts that charge for DeepSeek R1 makes money on this node; "),
        "{none}"
    );
    assert!(none.contains(" comes closest: up to $"), "{none}");
    assert_eq!(
        says(&at_rent(0.0, HostsQuery { target: 0.5, ..R1 })),
        "All 21 hosts that charge for DeepSeek R1 keep more than 50 % on this node; the cheapest up to $6.07 a \
         GPU-hour."
    );
    let own = day_six(&[(Global::Basis.into(), 1.0)]);
    let own = says(&HostsReport::of(&own, Books::shipped(), R1));
    assert!(own.ends_with("make money on this node; the cheapest with 87.4 % left."), "{own}");
    assert_eq!(
        says(&at_rent(2.0, HostsQuery { host: Some("deepinfra"), ..R1 })),
        "deepinfra, the one host that charges for DeepSeek R1, makes money on this node, up to $14.09 a GPU-hour."
    );
    assert_eq!(
        says(&at_rent(50.0, HostsQuery { host: Some("deepinfra"), ..R1 })),
        "deepinfra, the one host that charges for DeepSeek R1, does not make money on this node: only up to \
         $14.09 a GPU-hour."
    );
    assert_eq!(
        says(&at_rent(2.0, HostsQuery { host: Some("iflowcn"), ..R1 })),
        "No host charges for DeepSeek R1: one serves it for nothing."
    );
    assert_eq!(
        says(&at_rent(2.0, HostsQuery { host: Some("nobody"), ..R1 })),
        "The book of prices has no row for model deepseek-r1, host nobody."
    );
    let undefined = day_six(&[(Global::MeasuredHitRatio.into(), 1.0), (Global::HitWork.into(), 0.0)]);
    let undefined = says(&HostsReport::of(&undefined, Books::shipped(), R1));
    assert!(undefined.starts_with("No host has a margin here: the prefill rate was measured"), "{undefined}");
}

#[test]
fn of_several_models_the_sentence_is_about_the_one_with_most_hosts() {
    let report = at_rent(2.0, HostsQuery { model: Some("r1"), ..HostsQuery::default() });
    assert!(report.conclusion().starts_with("All 21 hosts that charge for DeepSeek R1 make money"));
    let others = report.hosts.iter().filter(|row| row.price.model != "deepseek-r1").count();
    assert!(
        others > 5
            && report
                .conclusion()
                .contains(&format!(" {others} rows of other models, none with more, are listed too."))
    );
}

#[test]
fn the_presets_model_is_the_first_filter_unless_the_book_lacks_it() {
    let of = |model: Option<&str>| {
        let mut document = day_six(&[]);
        document.edit(|content| content.model = model.map(str::to_owned));
        HostsReport::of(&document, Books::shipped(), HostsQuery::default())
    };
    assert_eq!(of(Some("deepseek-r1")).hosts.len(), 23);
    let all = of(None);
    assert!(
        all.hosts.len() > 1900
            && all.conclusion().contains(" rows of other models, none with more, are listed too.")
    );
    let lacking = of(Some("deepseek-r9"));
    assert_eq!(lacking.hosts.len(), all.hosts.len());
    let says = lacking.conclusion();
    assert!(says.starts_with("The book of prices has no DeepSeek R9, so every model is listed. "), "{says}");
}

#[test]
fn a_host_without_a_price_for_hits_bills_them_as_misses_and_says_so() {
    let report = at_rent(2.0, HostsQuery { host: Some("vercel"), ..R1 });
    let [row] = &report.hosts[..] else { panic!("one host") };
    assert!(row.price.cache_read.is_none() && row.price.hit() == 1.35);
    assert_eq!(report.table().rows[0][3].shown(), "as a miss");
    assert_eq!(report.table().rows[0][3].exported(), "1.35");
}

#[test]
fn opening_a_host_gives_the_margin_its_row_showed_to_the_bit() {
    for preset in builtin::names() {
        let document = Document::new(builtin::load(preset).expect("shipped"));
        let all = HostsQuery { model: Some(""), ..HostsQuery::default() };
        let report = HostsReport::of(&document, Books::shipped(), all);
        assert!(report.hosts.len() > 1900);
        for row in &report.hosts {
            opens_as_shown(&document, &report.opening(row), report.tier, row.result.gross_margin);
        }
    }
}

#[test]
fn the_export_has_the_keys_of_the_contract() {
    let json = serde_json::to_value(at_rent(2.0, R1)).expect("JSON");
    assert_eq!(keys(&json), ["preset", "book", "date", "target", "hosts"]);
    let row = keys(&json["hosts"][0]);
    assert_eq!(
        row,
        [
            "host",
            "model",
            "input_miss",
            "input_hit",
            "input_write",
            "output",
            "hit_priced",
            "price_per_m_tokens",
            "gross_margin",
            "markup",
            "revenue_over_cost",
            "break_even_gpu_hour",
            "date"
        ]
    );
}
