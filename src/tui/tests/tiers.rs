//! Adding, naming and removing tiers.

use crate::tui::testing::Bench;

#[test]
fn a_tier_is_added_as_a_copy_with_share_zero_and_gets_the_focus() {
    let mut bench = Bench::open("deepseek-day6");
    let margin = bench.margin();
    bench.keys("a Enter");
    assert!(bench.shows("a tier needs a name"), "{}", bench.screen());
    bench.text_keys("R1 API").keys("Enter");
    assert!(bench.shows("there is a tier R1 API already"), "{}", bench.screen());
    bench.keys("Backspace*10").text_keys("Batch API").keys("Enter");
    assert_eq!((bench.popups(), bench.focused().as_str()), (0, "tier.batch-api.share"));
    assert_eq!(bench.toast(), "Batch API added with share 0");
    assert_eq!(bench.value("tier.batch-api.output"), Some(2.19));
    assert_eq!(bench.margin(), margin, "a share of 0 changes nothing");
    bench.keys("=").text_keys("20%").keys("Enter");
    assert_eq!(bench.value("tier.r1.share"), Some(0.8));
    bench.keys("u*2");
    assert!(bench.app.cx.document.scenario().find("tier.batch-api.share").is_err());
    assert!(!bench.focused().contains("batch"));
}

#[test]
fn a_tier_is_renamed_in_place() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("n");
    assert!(bench.shows("Rename R1 API"));
    bench.text_keys("Reasoner").keys("Enter");
    assert!(bench.shows("Reasoner"), "typing replaces what is proposed: {}", bench.screen());
    assert_eq!(bench.app.cx.document.content().tier_name(0), "Reasoner");
    bench.keys("u");
    assert_eq!(bench.app.cx.document.content().tier_name(0), "R1 API");
    bench.keys("n End").text_keys("!").keys("Enter");
    assert_eq!(bench.app.cx.document.content().tier_name(0), "R1 API!", "moving the cursor keeps it");
}

#[test]
fn a_tier_with_a_share_is_removed_only_after_a_question() {
    let mut bench = Bench::open("deepseek-day6");
    bench.keys("} x");
    assert_eq!((bench.popups(), bench.toast()), (0, "V3 API removed"));
    bench.keys("u {*2 x");
    assert_eq!(bench.popups(), 1, "{}", bench.screen());
    assert!(bench.shows("R1 API has 100 % of the tokens"), "{}", bench.screen());
    bench.keys("n");
    assert!(bench.value("tier.r1.share").is_some());
    bench.keys("x y");
    assert!(bench.app.cx.document.scenario().find("tier.r1.share").is_err());
    bench.keys("x y x y x");
    assert_eq!(bench.app.cx.document.scenario().tier_count(), 1);
    assert!(bench.toast().contains("the only tier stays"), "{}", bench.toast());
    bench.keys("u*9");
    assert_eq!(bench.app.cx.document.scenario().tier_count(), 4);
    assert_eq!(bench.value("tier.r1.share"), Some(1.0));
}

#[test]
fn eight_tiers_is_the_most() {
    let mut bench = Bench::open("deepseek-day6");
    for name in ["a", "b", "c", "d"] {
        bench.keys("a").text_keys(name).keys("Enter");
    }
    assert_eq!(bench.app.cx.document.scenario().tier_count(), 8);
    bench.keys("a");
    assert_eq!((bench.popups(), bench.toast()), (0, "8 tiers is the most there can be"));
}
