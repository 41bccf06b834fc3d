use super::*;
use crate::model::{Global, TierField};
use proptest::prelude::*;

#[test]
fn shares_are_percentages_with_one_place() {
    for (share, text) in [
        (0.5625, "56.3 %"),
        (0.563, "56.3 %"),
        (0.845_017_595_617_026_8, "84.5 %"),
        (5.452_345_374_181_476, "545 %"),
        (5.4523, "545 %"),
        (1.0, "100 %"),
        (0.2, "20 %"),
        (0.0, "0 %"),
        (-0.0, "0 %"),
        (0.19996, "20.0 %"),
        (0.07, "7 %"),
        (0.99996, "99.996 %"),
        (0.9996, "99.96 %"),
        (0.9995, "99.95 %"),
        (0.9994, "99.9 %"),
        (0.999_999_999, "> 99.9999 %"),
        (-0.99996, "−99.996 %"),
        (0.0004, "0.04 %"),
        (0.00096, "0.096 %"),
        (-0.0004, "−0.04 %"),
        (0.000_012_34, "0.0012 %"),
        (1e-6, "0.0001 %"),
        (1e-12, "1e-10 %"),
        (1.1e-154, "> 0 %"),
        (-1.1e-154, "< 0 %"),
        (-0.999_999_999, "< −99.9999 %"),
        (-1.657_773_925, "−166 %"),
        (1.0049, "100 %"),
        (1.2, "120 %"),
        (12.331, "1,233 %"),
        (123.456, "12.3k %"),
        (f64::NAN, "n/a"),
        (f64::INFINITY, "n/a"),
    ] {
        assert_eq!(percent(share), text, "{share}");
    }
}

#[test]
fn far_below_zero_a_margin_is_told_as_how_many_times_revenue_the_cost_is() {
    for (share, text) in
        [(0.845, "84.5 %"), (-10.0, "−1,000 %"), (-16.5, "cost 17.5 ×"), (-910.0, "cost 911 ×")]
    {
        assert_eq!(margin(share), text);
        assert_eq!(format(share, Unit::Share), text);
    }
    assert_eq!(margin(f64::NEG_INFINITY), "n/a");
    // A target, a tick of a scale and points stay what they are.
    assert_eq!((percent(-16.5), points(-16.5)), ("−1,650 %".to_owned(), "−1,650 pt".to_owned()));
}

#[test]
fn money_has_cents_when_they_count() {
    for (dollars, text) in [
        (2.0, "$2.00"),
        (12.904_69, "$12.90"),
        (0.55, "$0.55"),
        (0.5, "$0.50"),
        (0.035, "$0.035"),
        (0.14, "$0.14"),
        (0.109_644_6, "$0.110"),
        (0.028_677, "$0.0287"),
        (0.004_444_444, "$0.00444"),
        (0.996, "$0.996"),
        (0.9996, "$1.00"),
        (6.155, "$6.16"),
        (99.999, "$100"),
        (130.0, "$130"),
        (213.5, "$213.50"),
        (213.512, "$214"),
        (1421.2, "$1,421"),
        (9999.7, "$10.0k"),
        (30_000.0, "$30k"),
        (87_072.0, "$87.1k"),
        (561_818.6, "$562k"),
        (999_950.0, "$1.00M"),
        (1e6, "$1M"),
        (280_419_553.5, "$280M"),
        (1e12, "$1T"),
        (1e18, "$1e18"),
        (-12_345.0, "−$12.3k"),
        (-0.5, "−$0.50"),
        (0.0, "$0"),
        (-0.0, "$0"),
        (1.234e-9, "$1.23e-9"),
        (f64::NAN, "n/a"),
    ] {
        assert_eq!(money(dollars), text, "{dollars}");
    }
}

#[test]
fn rates_counts_and_ratios_read_as_people_write_them() {
    for (value, unit, text) in [
        (14_800.0, Unit::TokensPerSecond, "14.8k"),
        (73_700.0, Unit::TokensPerSecond, "73.7k"),
        (75_000.0, Unit::TokensPerSecond, "75k"),
        (75_004.0, Unit::TokensPerSecond, "75.0k"),
        (1421.045, Unit::TokensPerSecond, "1,421"),
        (5281.39, Unit::TokensPerSecond, "5,281"),
        (8570.99, Unit::TokensPerSecond, "8,571"),
        (333.33, Unit::TokensPerSecond, "333"),
        (1.44e6, Unit::TokensPerSecond, "1.44M"),
        (607_695_639_181.29, Unit::TokensPerDay, "608B"),
        (3.619_05, Unit::Ratio, "3.62"),
        (5.0, Unit::Ratio, "5"),
        (0.1, Unit::Ratio, "0.1"),
        (1000.0, Unit::Ratio, "1,000"),
        (226.75, Unit::Count, "226.75"),
        (8.0, Unit::Count, "8"),
        (278.0, Unit::Count, "278"),
        (226.7512, Unit::Count, "226.75"),
        (1024.0, Unit::Count, "1,024"),
        (12_345.0, Unit::Count, "12.3k"),
        (0.0, Unit::Count, "0"),
        (0.1234, Unit::Count, "0.123"),
        (4.0, Unit::Years, "4"),
        (1.73, Unit::Kilowatts, "1.73"),
        (2.0, Unit::DollarsPerGpuHour, "$2.00"),
        (0.5625, Unit::Share, "56.3 %"),
        (f64::NAN, Unit::Count, "n/a"),
    ] {
        assert_eq!(format(value, unit), text, "{value} {unit:?}");
    }
}

#[test]
fn units_follow_the_number() {
    assert_eq!(with_unit(2.0, Unit::DollarsPerGpuHour), "$2.00/GPU·h");
    assert_eq!(with_unit(14_800.0, Unit::TokensPerSecond), "14.8k tok/s");
    assert_eq!(with_unit(0.5625, Unit::Share), "56.3 %");
    assert_eq!(with_unit(2.19, Unit::DollarsPerMillion), "$2.19/M");
    assert_eq!(with_unit(4.0, Unit::Years), "4 years");
    assert_eq!(with_unit(3.62, Unit::Ratio), "3.62");
    assert_eq!(with_unit(f64::NAN, Unit::TokensPerSecond), "n/a");
}

#[test]
fn inputs_have_words_for_toggles_and_for_what_is_absent() {
    assert_eq!(input(Global::Basis.into(), Some(1.0)), "own");
    assert_eq!(input(Global::ServeFree.into(), Some(1.0)), "yes");
    assert_eq!(input_exact(Global::ServeFree.into(), Some(1.0)), "true");
    assert_eq!(input(Global::Prefill.into(), None), "none");
    assert_eq!(input_with_unit(Global::Prefill.into(), Some(73_700.0)), "73.7k tok/s");
    assert_eq!(input(InputId::Tier(0, TierField::Share), Some(1.0)), "100 %");
    assert_eq!(input_exact(Global::InputPerOutput.into(), Some(608.0 / 168.0)), "3.619047619047619");
    assert_eq!(input_exact(Global::Basis.into(), Some(0.0)), "rent");
}

#[test]
fn differences_factors_and_cents() {
    assert_eq!(points(0.845_017), "+84.5 pt");
    assert_eq!(points(-0.5), "−50 pt");
    assert_eq!(points(0.0), "0 pt");
    assert_eq!(factor(6.452_345), "6.45×");
    assert_eq!(factor(13.33), "13.3×");
    assert_eq!(cents(0.154_982), "15.5¢");
    assert_eq!(cents(0.09), "9¢");
    assert_eq!(cents(0.0899), "9.0¢");
}

#[test]
fn exports_keep_every_digit() {
    assert_eq!(exact(0.1), "0.1");
    assert_eq!(exact(87_072.0), "87072");
    assert_eq!(exact(1e-7), "1e-7");
    assert_eq!(exact(1e300), "1e300");
    assert_eq!(exact(-0.0), "0");
    assert_eq!(exact(f64::NAN), "");
}

proptest! {
    #[test]
    fn no_number_makes_nan_negative_zero_or_a_false_whole(value in proptest::num::f64::ANY) {
        for text in [percent(value), money(value), plain(value), count(value), points(value), factor(value), cents(value)] {
            prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
            prop_assert!(text.chars().count() <= 16, "{text}");
            let digits = text.chars().any(|c| ('1'..='9').contains(&c));
            // "> 0 %" says so.
            let said = text.starts_with("> 0") || text.starts_with("< 0");
            prop_assert!(digits || said || value == 0.0 || !value.is_finite(), "{value:e} as {text}");
        }
    }

    #[test]
    fn a_share_below_one_is_never_written_as_a_hundred(share in 0.99_f64..1.0) {
        prop_assert_ne!(percent(share), "100 %");
        prop_assert_ne!(percent(share), "100.0 %");
    }

    #[test]
    fn the_exact_form_reads_back_to_the_bit(value in proptest::num::f64::NORMAL) {
        prop_assert_eq!(exact(value).parse::<f64>().map(f64::to_bits), Ok(value.to_bits()));
    }
}
