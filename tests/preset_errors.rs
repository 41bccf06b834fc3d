//! Every rule of the preset format, each with the message of a file that breaks it.
#![allow(clippy::expect_used, reason = "helpers of tests may panic as tests do")]

use napkin::preset::{Origin, Preset, Problems, read};

/// The shortest valid preset.
const VALID: &str = "\
[node]
decode = 1000
[traffic]
input_per_output = 3
[tier.a]
input_miss = 1
output = 2
";

fn load(text: impl AsRef<[u8]>) -> Result<Preset, Problems> {
    read(text.as_ref(), "bad.toml", Origin::Pasted)
}

/// The message of a file; `bad.toml:` is left off every line.
#[track_caller]
fn message(text: impl AsRef<[u8]>) -> String {
    let message = load(text).expect_err("a problem").to_string();
    let lines = message.lines().map(|line| line.strip_prefix("bad.toml:").expect("the file's name"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Asserts that the valid preset with `line` put first, or `from` replaced by `to`, has exactly this message.
#[track_caller]
fn with(change: &[(&str, &str)], expected: &str) {
    let mut text = VALID.to_owned();
    for (from, to) in change {
        if from.is_empty() {
            text = format!("{to}\n{text}");
        } else {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
    }
    assert_eq!(message(&text), expected, "{text}");
}

#[test]
fn the_shortest_preset_is_valid() {
    load(VALID).expect("valid");
}

#[test]
fn unknown_keys_name_the_nearest() {
    with(&[("", "nmae = \"x\"")], "1:1: nmae: unknown key; did you mean `name`?");
    with(
        &[("decode = 1000", "decode = 1000\ngpuhour = 2")],
        "3:1: node.gpuhour: unknown key; did you mean `node.gpu_hour`?",
    );
    with(
        &[("output = 2", "output = 2\nzzz = 1")],
        "8:1: tier.a.zzz: unknown key; valid are name, share, input_miss, input_hit, output, discount, \
                 input_write, input_per_output, hit_ratio, monthly, queries",
    );
    with(
        &[("1000", "{ value = 1000, lo = 1 }")],
        "2:26: node.decode.lo: unknown key; did you mean `node.decode.low`?",
    );
}

#[test]
fn wrong_types_say_what_is_valid() {
    with(
        &[("1000", "true")],
        "2:10: node.decode: true is not valid; it takes a number from 0.000001 to 1 trillion",
    );
    with(
        &[("1000", "\"1000\"")],
        "2:10: node.decode: \"1000\" is in quotes; write it without; it takes a number from 0.000001 to 1 trillion",
    );
    with(
        &[("1000", "[1000]")],
        "2:10: node.decode: a list is not valid; it takes a number from 0.000001 to 1 trillion",
    );
    with(
        &[("1000", "2025-03-01")],
        "2:10: node.decode: 2025-03-01 is not valid; it takes a number from 0.000001 to 1 trillion",
    );
    with(&[("", "name = 3")], "1:8: name: 3 is no text; write it in quotes");
    with(&[("", "date = 3")], "1:8: date: 3 is no date; write it as in 2025-03-01");
    with(&[("", "cache = 3")], "1:9: cache: 3 is no table; write [cache]");
    with(&[("", "claim = 3")], "1:9: claim: 3 is no list of tables; write [[claim]]");
    with(
        &[("decode = 1000", "decode = 1000\nbasis = \"lease\"")],
        "3:9: node.basis: \"lease\" is not valid; it takes rent or own",
    );
    with(
        &[("input_per_output = 3", "input_per_output = 3\nserve_free = \"true\"")],
        "5:14: traffic.serve_free: \"true\" is not valid; it takes false or true",
    );
    with(
        &[("1000", "{ value = 1000, source = 3 }")],
        "2:35: node.decode.source: 3 is no text; write it in quotes",
    );
}

#[test]
fn values_outside_the_domain_say_what_it_is() {
    with(
        &[("1000", "0")],
        "2:10: node.decode: 0 is not valid; it takes a number from 0.000001 to 1 trillion",
    );
    with(
        &[("1000", "-1.5")],
        "2:10: node.decode: -1.5 is not valid; it takes a number from 0.000001 to 1 trillion",
    );
    with(
        &[("1000", "nan")],
        "2:10: node.decode: NaN is not finite; it takes a number from 0.000001 to 1 trillion",
    );
    with(
        &[("1000", "-inf")],
        "2:10: node.decode: -inf is not finite; it takes a number from 0.000001 to 1 trillion",
    );
    with(
        &[("1000", "\"none\"")],
        "2:10: node.decode: \"none\" is not valid; it takes a number from 0.000001 to 1 trillion",
    );
    with(
        &[("decode = 1000", "decode = 1000\ngpus = 8.5")],
        "3:8: node.gpus: 8.5 is not valid; it takes a whole number from 1 to 1024",
    );
    with(
        &[("1000", "99999999999999999999")],
        "2:10: 99999999999999999999 is too large; numbers up to 1 trillion are valid",
    );
    with(&[("1000", "1e999")], "2:10: 1e999 is too large; numbers up to 1 trillion are valid");
    with(
        &[("1000", "9223372036854775807")],
        "2:10: node.decode: 9223372036854775807 is not valid; it takes a number from 0.000001 to 1 trillion",
    );
}

#[test]
fn ranges_are_ordered_hold_the_value_and_have_two_ends() {
    with(
        &[("1000", "{ value = 1000, low = 10 }")],
        "2:10: node.decode: low is given and high is missing; a range takes both",
    );
    with(
        &[("1000", "{ value = 1000, low = 1000, high = 1000 }")],
        "2:10: node.decode: low 1000 is not below high 1000; a range takes low < high",
    );
    with(
        &[("1000", "{ value = 1000, low = 10, high = 20 }")],
        "2:10: node.decode: the value 1000 lies outside its range; it takes a value from 10 to 20",
    );
    with(
        &[("1000", "{ value = 1000, low = 0, high = 2000 }")],
        "2:32: node.decode.low: 0 is not valid; it takes a number from 0.000001 to 1 trillion",
    );
    with(
        &[("1000", "{ low = 10, high = 2000 }")],
        "2:10: node.decode.value: missing; it takes a number from 0.000001 to 1 trillion",
    );
    with(
        &[("decode = 1000", "decode = 1000\nprefill = { value = \"none\", low = 1, high = 2 }")],
        "3:11: node.prefill: a value of none has no range; leave low and high out",
    );
    with(
        &[("decode = 1000", "decode = 1000\nbasis = { value = \"own\", low = \"rent\", high = \"own\" }")],
        "3:32: node.basis.low: a choice has no range; leave it out\n3:47: node.basis.high: a choice has no range; leave it out",
    );
}

#[test]
fn missing_inputs_are_told_where_they_belong() {
    with(
        &[("decode = 1000", "gpus = 8")],
        "1:1: node.decode: missing; it takes a number from 0.000001 to 1 trillion",
    );
    with(&[("output = 2\n", "")], "5:1: tier.a.output: missing; it takes a number from 0 to 1 trillion");
    with(
        &[("[tier.a]\ninput_miss = 1\noutput = 2\n", "")],
        "1:1: tier: missing; a preset has 1 to 8 tiers, as in [tier.api]",
    );
    assert_eq!(
        message(""),
        "1:1: tier: missing; a preset has 1 to 8 tiers, as in [tier.api]\n\
         1:1: node.decode: missing; it takes a number from 0.000001 to 1 trillion\n\
         1:1: traffic.input_per_output: missing; it takes a number from 0 to 1 trillion"
    );
}

#[test]
fn tiers_have_plain_keys_and_are_at_most_eight() {
    with(
        &[("tier.a", "tier.A")],
        "5:7: tier.A: not a tier's key; a tier's key has 1 to 32 of a-z, 0-9, _ and -; its name can be anything",
    );
    let tiers = |count: usize| -> String {
        (0..count)
            .map(|tier| format!("[tier.t{tier}]\ninput_miss = 1\noutput = 1\n"))
            .collect::<Vec<_>>()
            .concat()
    };
    load(VALID.replace("[tier.a]\ninput_miss = 1\noutput = 2\n", &tiers(8))).expect("eight tiers");
    for count in [9, 10_000] {
        let text = VALID.replace("[tier.a]\ninput_miss = 1\noutput = 2\n", &tiers(count));
        assert_eq!(message(text), format!("5:2: tier: {count} tiers; 1 to 8 are valid"));
    }
    with(&[("[tier.a]\ninput_miss = 1\noutput = 2\n", "[tier]")], "5:2: tier: 0 tiers; 1 to 8 are valid");
}

#[test]
fn shares_sum_to_one() {
    let second = "output = 2\nshare = 0.5\n[tier.b]\nshare = 0.4";
    with(&[("output = 2", second)], "8:9: tier: the shares sum to 0.9; they must sum to 1");
    let second = "output = 2\nshare = 0.7\n[tier.b]\nshare = 0.4\n[tier.c]";
    with(&[("output = 2", second)], "8:9: tier: the shares sum to 1.1; they must not exceed 1");
    with(
        &[("output = 2", "output = 2\nshare = 0.5")],
        "8:9: tier: the shares sum to 0.5; they must sum to 1",
    );
}

#[test]
fn a_refused_share_is_not_complained_of_twice() {
    let second = "output = 2\nshare = 1.5\n[tier.b]\nshare = 0.4";
    with(&[("output = 2", second)], "8:9: tier.a.share: 1.5 is not valid; it takes a number from 0 to 1");
}

#[test]
fn a_key_given_twice_is_named() {
    with(&[("decode = 1000", "decode = 1000\ndecode = 2000")], "3:1: decode: given twice; once is valid");
    with(&[("output = 2", "output = 2\n[tier.a]")], "8:7: a: given twice; once is valid");
}

#[test]
fn published_figures_name_an_output_a_value_and_a_tolerance() {
    let published = |body: &str| message(format!("{VALID}[[published]]\n{body}\n"));
    assert_eq!(
        published("output = \"markpu\"\nvalue = 1"),
        "9:10: published.output: unknown output `markpu`; did you mean `markup`?"
    );
    assert_eq!(published("output = \"markup\""), "8:1: published.value: missing; it takes a finite number");
    assert_eq!(published("value = 2"), "8:1: published.output: missing; it takes a name in quotes");
    assert_eq!(
        published("output = \"markup\"\nvalue = inf"),
        "10:9: published.value: inf is not valid; it takes a finite number"
    );
    for (tolerance, place) in [("-1", "-1"), ("\"x%\"", "\"x%\""), ("nan", "nan"), ("\"0.1\"", "\"0.1\"")] {
        assert_eq!(
            published(&format!("output = \"markup\"\nvalue = 1\ntolerance = {tolerance}")),
            format!(
                "11:13: published.tolerance: {place} is not valid; it takes a number from 0, or a share as in \"0.1%\""
            )
        );
    }
}

#[test]
fn claims_are_about_an_input_of_the_file_and_have_an_author() {
    let claim = |body: &str| message(format!("{VALID}[[claim]]\n{body}\n"));
    assert_eq!(
        claim("input = \"node.gpuhour\"\nvalue = 1\nby = \"x\""),
        "9:9: claim.input: unknown input `node.gpuhour`; did you mean `node.gpu_hour`?"
    );
    assert_eq!(
        claim("input = \"tier.b.output\"\nvalue = 1\nby = \"x\""),
        "9:9: claim.input: unknown input `tier.b.output`; did you mean `tier.a.output`?"
    );
    assert_eq!(
        claim("input = \"node.overlap\"\nvalue = 2\nby = \"x\""),
        "10:9: claim.value: 2 is not valid; it takes a number from 0 to 1"
    );
    assert_eq!(
        claim("input = \"node.overlap\"\nby = \"x\""),
        "8:1: claim.value: missing; it takes the value claimed"
    );
    assert_eq!(
        claim("input = \"node.overlap\"\nvalue = 1"),
        "8:1: claim.by: missing; it takes who claims it, in quotes"
    );
    assert_eq!(
        claim("input = \"node.overlap\"\nvalue = 1\nby = \" \""),
        "8:1: claim.by: missing; it takes who claims it, in quotes"
    );
    assert_eq!(
        claim("input = \"node.prefill\"\nvalue = \"none\"\nby = \"x\""),
        "10:9: claim.value: none is no claim; write a number"
    );
}

#[test]
fn what_is_no_toml_or_no_text_says_so_with_its_place() {
    assert_eq!(message("[node\n"), "1:6: not TOML: unclosed table, expected `]`");
    assert_eq!(message(b"name = \"\xff\"\n"), "1:9: not UTF-8; a preset is text in UTF-8");
    assert_eq!(message(b"\xff\xfen\0"), "1:1: not UTF-8; a preset is text in UTF-8");
    assert_eq!(
        message(vec![b' '; (1 << 20) + 1]),
        "1:1: the file has 1048577 bytes; a preset has at most 1 MiB"
    );
}

#[test]
fn byte_order_mark_crlf_and_a_missing_last_newline_are_read() {
    let plain = load(VALID).expect("valid").content;
    for text in [
        format!("\u{feff}{VALID}"),
        VALID.replace('\n', "\r\n"),
        VALID.trim_end().to_owned(),
        format!("{VALID}\n\n"),
    ] {
        let preset = load(&text).expect("valid");
        assert_eq!(preset.content, plain, "{text:?}");
        assert_eq!(&*preset.text, text.as_bytes());
    }
    // A column counts from behind the byte order mark.
    assert_eq!(
        message("\u{feff}x = 1\r\n".to_owned() + VALID),
        "1:1: x: unknown key; valid are name, summary, date, source, subject, caveat, model, based_on, node, fleet, traffic, cache, tier, pricing, \
         published, claim"
    );
}

#[test]
fn deep_nesting_neither_overflows_the_stack_nor_hangs() {
    for (open, close) in [("[", "]"), ("{ a = ", " }"), ("[{ a = ", " }]")] {
        let text = format!("x = {}1{}", open.repeat(100_000), close.repeat(100_000));
        assert!(message(text).contains("cannot recurse further"));
        assert!(load(format!("x = {}", open.repeat(100_000))).is_err());
    }
    assert!(load(format!("{}x = 1", "a.".repeat(100_000))).is_err());
    assert!(load(format!("[{}x]", "a.".repeat(100_000))).is_err());
}

#[test]
fn twenty_problems_are_told_and_the_rest_counted() {
    let text: String = (0..1000).map(|n| format!("unknown{n} = 1\n")).collect::<Vec<_>>().concat();
    let problems = load(text + VALID).expect_err("problems");
    assert_eq!(problems.problems().len(), 20);
    assert_eq!(problems.more(), 980);
    assert!(problems.to_string().ends_with("bad.toml: and 980 more"));
    let first = &problems.problems()[0];
    assert_eq!((first.line, first.column, first.key.as_str()), (1, 1, "unknown0"));
}

#[test]
fn a_message_shows_no_escape_sequence_of_the_file() {
    let text = format!("\"\\u001b[2J\\u202e\" = 1\n{VALID}");
    let message = message(text);
    assert!(!message.contains(['\u{1b}', '\u{202e}']), "{message:?}");
    let long = format!("{} = 1\n{VALID}", "x".repeat(500_000));
    assert!(load(long).expect_err("unknown").to_string().len() < 500);
}

#[test]
fn text_is_cleaned_and_the_bytes_are_kept() {
    let text = "name = \"a\\u001b[31m\\u202eb\"\nsummary = \"\"\"two\nlines\"\"\"\n".to_owned()
        + &VALID.replace("1000", "{ value = 1000, source = \"\\u0007x\", note = \" y \" }");
    let preset = load(&text).expect("valid");
    assert_eq!(preset.content.name, "ab");
    assert_eq!(preset.content.summary, "two lines");
    let detail = preset.content.details.values().find(|detail| detail.source.is_some()).expect("one");
    assert_eq!((detail.source.as_deref(), detail.note.as_deref()), (Some("x"), Some("y")));
    assert_eq!(&*preset.text, text.as_bytes());
}

#[test]
fn tables_dotted_keys_and_inline_tables_say_the_same() {
    let plain = load(VALID).expect("valid").content;
    let dotted =
        "node.decode = 1000\ntier.a.input_miss = 1\ntraffic.input_per_output = 3\ntier.a.output = 2\n";
    let inline = "node = { decode = { value = 1000 } }\ntraffic = {input_per_output=3}\ntier = {a={input_miss=1,output=2}}";
    let nested = "[tier.a.output]\nvalue = 2\n[tier.a]\ninput_miss = 1\n[node.decode]\nvalue=1e3\n[traffic]\ninput_per_output = 3.0";
    for text in [dotted, inline, nested] {
        assert_eq!(load(text).expect("valid").content, plain, "{text}");
    }
}

#[test]
fn subject_and_caveat_fit_a_headline() {
    let long = "x".repeat(121);
    with(
        &[("", &format!("subject = \"{}\"\ncaveat = \"{long}\"", "x".repeat(41)))],
        "1:11: subject: 41 characters; it has at most 40\n2:10: caveat: 121 characters; it has at most 120",
    );
}

#[test]
fn what_a_preset_is_based_on_has_a_name() {
    with(
        &[("output = 2", "output = 2\n[based_on]\nname = \"x\"\nfile = \"y\"")],
        "8:2: based_on.preset: missing; it takes the preset that this one was made from, in quotes\n\
         10:1: based_on.file: unknown key; valid are preset, name, date, source",
    );
}
