use super::*;
use crate::model::{Global, TierField};
use proptest::prelude::*;

fn read(text: &str, parameter: &Parameter) -> Result<Option<f64>, QuantityError> {
    parse(text, parameter, None).map(|reading| reading.value)
}

#[track_caller]
fn reads(text: &str, parameter: &Parameter, value: f64) {
    assert_eq!(read(text, parameter), Ok(Some(value)), "{text}");
}

#[test]
fn numbers_read_as_people_write_them() {
    let decode = Global::Decode.parameter();
    for (text, value) in [
        ("2", 2.0),
        ("75k", 75_000.0),
        ("73.7k", 73_700.0),
        ("73,700", 73_700.0),
        ("1,234,567.5", 1_234_567.5),
        ("73_700", 73_700.0),
        ("1.5M", 1.5e6),
        ("1.5m", 1.5e6),
        ("2B", 2e9),
        ("2bn", 2e9),
        ("1T", 1e12),
        ("1e6", 1e6),
        ("1E+6", 1e6),
        ("1e-6", 1e-6),
        (" 14.8k tok/s ", 14_800.0),
        ("14.8ktok/s", 14_800.0),
        ("14.8 k tokens per second", 14_800.0),
        ("333 tps", 333.0),
        ("5 t/s", 5.0),
        ("5 T", 5e12),
        (".5", 0.5),
        ("5.", 5.0),
        ("+5", 5.0),
        ("16/8", 2.0),
        ("608B/168B", 608.0 / 168.0),
        ("118400 / 8 tok/s", 14_800.0),
    ] {
        if value <= 1e12 {
            reads(text, decode, value);
        }
    }
    reads("8 GPUs", Global::Gpus.parameter(), 8.0);
    reads("226.75 nodes", Global::Nodes.parameter(), 226.75);
    reads("1.73 kW", Global::Power.parameter(), 1.73);
    reads("4 years", Global::Life.parameter(), 4.0);
    reads("30k", Global::Capex.parameter(), 30_000.0);
    reads("608/168", Global::InputPerOutput.parameter(), 608.0 / 168.0);
    reads("5:1", Global::InputPerOutput.parameter(), 5.0);
}

#[test]
fn dollars_are_read_where_the_input_is_money() {
    let rent = Global::GpuHour.parameter();
    for text in
        ["$2", "2", "$2.00", "$2/h", "2 $/h", "$2 per hour", "$2.00/GPU·h", "2 USD/hour", "$16/8", "$ 2"]
    {
        reads(text, rent, 2.0);
    }
    let price = TierField::Output.parameter();
    for text in ["$2.19", "2.19/M", "$2.19/1M", "$2.19 per million tokens", "2.19 $/M"] {
        reads(text, price, 2.19);
    }
    reads("0.08 $/kWh", Global::Energy.parameter(), 0.08);
    reads("$1.5M/day", Global::OtherCostPerDay.parameter(), 1.5e6);
    assert_eq!(
        read("$2", Global::Decode.parameter()).map_err(|error| error.to_string()),
        Err("`$` is no unit of it; it is in tok/s".to_owned())
    );
}

#[test]
fn shares_are_read_as_fractions_or_percentages_to_the_bit() {
    let share = Global::HitRatio.parameter();
    reads("0.563", share, 0.563);
    reads("56.3%", share, 0.563);
    reads("56.3 %", share, 0.563);
    reads("7%", share, 0.07);
    reads("1/8", share, 0.125);
    reads("100%", share, 1.0);
    reads("30%", Global::Overhead.parameter(), 0.3);
    reads("3", Global::Overhead.parameter(), 3.0);
    for percent in 0..1000 {
        let text = format!("{}.{}", percent / 10, percent % 10);
        let expected: f64 = format!("{text}e-2").parse().expect("number");
        reads(&format!("{text}%"), share, expected);
    }
    assert!(matches!(read("56%", Global::GpuHour.parameter()), Err(QuantityError::WrongUnit { .. })));
}

#[test]
fn a_number_over_one_offers_the_percentage() {
    let error = read("60", Global::HitRatio.parameter()).expect_err("over 1");
    assert_eq!(error.offer(), Some(0.6));
    assert_eq!(error.to_string(), "60 is over 1; did you mean 60 % (= 0.6)?");
    let error = read("56.3", Global::HitRatio.parameter()).expect_err("over 1");
    assert_eq!(error.offer(), Some(0.563));
    for meant in ["150%", "x3", "+200%"] {
        let error = parse(meant, Global::HitRatio.parameter(), Some(0.5)).expect_err("over 1");
        assert_eq!(error.offer(), None, "{meant}: {error}");
    }
    let error = read("160", Global::HitRatio.parameter()).expect_err("over 100");
    assert_eq!(error.to_string(), "160 is not valid; it takes a number from 0 to 1");
    assert_eq!(error.offer(), None);
}

#[test]
fn toggles_take_their_words() {
    let basis = Global::Basis.parameter();
    reads("own", basis, 1.0);
    reads("RENT", basis, 0.0);
    let free = Global::ServeFree.parameter();
    for text in ["true", "on", "yes", "1"] {
        reads(text, free, 1.0);
    }
    for text in ["false", "off", "No", "0"] {
        reads(text, free, 0.0);
    }
    assert_eq!(
        read("lease", basis).map_err(|error| error.to_string()),
        Err("`lease` is not a value; it takes rent or own".to_owned())
    );
    assert!(read("none", basis).is_err() && read("2", basis).is_err());
}

#[test]
fn none_is_valid_only_for_what_may_be_absent() {
    assert_eq!(read("none", Global::Prefill.parameter()), Ok(None));
    assert_eq!(
        read("none", Global::Decode.parameter()).map_err(|error| error.to_string()),
        Err("none is not valid; it takes a number from 0.000001 to 1 trillion".to_owned())
    );
}

#[test]
fn a_decimal_comma_is_explained() {
    let price = TierField::InputMiss.parameter();
    let error = read("0,55", price).expect_err("comma");
    assert_eq!(
        error.to_string(),
        "`0,55`: commas mark thousands only, as in 73,700; decimals take a point: 0.55"
    );
    for text in ["1,5", "0,550", "12,34,567", "1,2345", "1234,567", "$0,55", "1,23k"] {
        assert!(matches!(read(text, price), Err(QuantityError::Comma { .. })), "{text}");
    }
}

#[test]
fn relative_forms_start_from_the_present_value() {
    let rent = Global::GpuHour.parameter();
    let moved = |text, current| parse(text, rent, Some(current)).map(|reading| reading.value);
    for (text, current, value) in [
        ("x1.2", 2.0, 2.4),
        ("×1.2", 2.0, 2.4),
        ("*1.2", 2.0, 2.4),
        ("+10%", 0.55, 0.605),
        ("-5%", 2.0, 1.9),
        ("−5 %", 2.0, 1.9),
        ("/2", 2.19, 1.095),
        ("/ 2", 3.0, 1.5),
        ("x1", 608.0 / 168.0, 608.0 / 168.0),
    ] {
        assert_eq!(moved(text, current), Ok(Some(value)), "{text}");
    }
    assert!(matches!(moved("/0", 2.0), Err(QuantityError::NotFinite { .. })));
    assert!(matches!(read("x1.2", rent), Err(QuantityError::Relative { .. })));
    assert!(matches!(moved("-105%", 2.0), Err(QuantityError::OutOfDomain { .. })));
}

#[test]
fn what_lies_outside_the_domain_is_named_with_it() {
    let message = |text, parameter| read(text, parameter).expect_err("invalid").to_string();
    assert_eq!(
        message("-5", Global::GpuHour.parameter()),
        "-5 is not valid; it takes a number from 0 to 1 trillion"
    );
    assert_eq!(
        message("8.5", Global::Gpus.parameter()),
        "8.5 is not valid; it takes a whole number from 1 to 1024"
    );
    assert_eq!(
        message("75k", Global::Gpus.parameter()),
        "75k (= 75000) is not valid; it takes a whole number from 1 to 1024"
    );
    assert_eq!(
        message("", Global::GpuHour.parameter()),
        "nothing given; it takes a number from 0 to 1 trillion"
    );
    assert_eq!(
        message("two", Global::GpuHour.parameter()),
        "`two` is not a value; it takes a number from 0 to 1 trillion"
    );
    assert_eq!(
        message("2 furlongs", Global::GpuHour.parameter()),
        "`furlongs` is no unit of it; it is in $/GPU·h"
    );
    for text in ["1/0", "1e999", "9e99999999999"] {
        assert!(
            matches!(read(text, Global::GpuHour.parameter()), Err(QuantityError::NotFinite { .. })),
            "{text}"
        );
    }
    for text in
        ["nan", "inf", "-inf", "NaN", "infinity", "1e", "--2", "1 2", "0x10", "2..5", "$", "%", "/", "x"]
    {
        assert!(read(text, Global::GpuHour.parameter()).is_err(), "{text}");
    }
}

#[test]
fn a_reading_says_how_it_was_read() {
    let read_as = |text, parameter| parse(text, parameter, Some(2.0)).map(|reading| reading.read_as);
    assert_eq!(read_as("60%", Global::HitRatio.parameter()), Ok("= 60 %".to_owned()));
    assert_eq!(read_as("73.7k", Global::Prefill.parameter()), Ok("= 73.7k tok/s".to_owned()));
    assert_eq!(read_as("x1.2", Global::GpuHour.parameter()), Ok("= $2.40/GPU·h".to_owned()));
    assert_eq!(read_as("none", Global::Prefill.parameter()), Ok("= none".to_owned()));
    assert_eq!(read_as("on", Global::ServeFree.parameter()), Ok("= true".to_owned()));
}

#[test]
fn a_text_too_long_for_a_value_is_refused_and_not_cut() {
    let long = format!("{}1", "0".repeat(200));
    let error = read(&long, Global::GpuHour.parameter()).expect_err("too long").to_string();
    assert!(error.contains("…` is not a value") && error.len() < 120, "{error}");
}

#[test]
fn a_negative_zero_is_zero() {
    assert_eq!(read("-0", Global::GpuHour.parameter()).map(|v| v.map(f64::to_bits)), Ok(Some(0)));
}

#[test]
fn a_target_may_be_a_loss_of_several_times_the_revenue() {
    for (text, target) in
        [("-10", -10.0), ("-1.5", -1.5), ("-150%", -1.5), ("−1000 %", -10.0), ("-20%", -0.2), ("-0%", 0.0)]
    {
        assert_eq!(parse_target(text), Ok(target), "{text}");
    }
    assert!(matches!(parse_target("40"), Err(QuantityError::Percentage { .. })));
    assert_eq!(parse_target("1"), Err(QuantityError::TargetTooHigh));
}

fn parameters() -> impl Iterator<Item = &'static Parameter> {
    let tiers = TierField::ALL.into_iter().map(TierField::parameter);
    Global::ALL.into_iter().map(Global::parameter).chain(tiers)
}

proptest! {
    #[test]
    fn no_text_panics_or_leaves_the_domain(text in "\\PC{0,30}|[-+x*/$%.,_0-9eEkKmMbB ]{0,12}", current in proptest::num::f64::ANY) {
        for parameter in parameters() {
            for current in [None, Some(current)] {
                match parse(&text, parameter, current) {
                    Ok(reading) => prop_assert!(parameter.domain.contains(reading.value)),
                    Err(error) => {
                        prop_assert!(!error.to_string().contains("NaN"));
                        prop_assert!(error.offer().is_none_or(|offer| parameter.domain.contains(Some(offer))));
                    }
                }
            }
        }
    }

    #[test]
    fn the_exact_form_of_a_value_reads_back_to_the_bit(value in 1e-6..1e12_f64) {
        prop_assert_eq!(read(&number::exact(value), Global::Decode.parameter()), Ok(Some(value)));
    }
}
