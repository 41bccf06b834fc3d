//! The questions of the debate: keys in, the sentence that answers out.

use crate::tui::testing::Bench;

/// Presses at most ten keys on a preset, text counted letter by letter, and returns what the view in front says.
fn answer(preset: &str, keys: &[&str]) -> String {
    let mut bench = Bench::open(preset);
    let mut pressed = 0;
    for key in keys {
        if let Some(text) = key.strip_prefix("text:") {
            pressed += text.chars().count();
            bench.text_keys(text);
        } else {
            pressed += key.rsplit_once('*').map_or(1, |(_, count)| count.parse().expect("a count"));
            bench.keys(key);
        }
    }
    assert!(pressed <= 10, "{pressed} keys");
    let view = bench.app.cx.view;
    let sentence = bench.app.cx.sentences.get(view).cloned().expect("a sentence");
    // What it says stands on screen.
    let screen = bench.screen();
    let words: Vec<&str> = sentence.split(' ').collect();
    let shown = words.windows(2).filter(|pair| screen.contains(&pair.join(" "))).count();
    assert!(shown * 10 >= words.len() * 7, "{sentence}\n{screen}");
    sentence
}

#[test]
fn what_does_a_200_dollar_plan_cost() {
    let says = answer("claude-code-log", &["F8"]);
    assert!(
        says.ends_with(
            "A user of Max plan, $200 a month, costs $187 a month and pays $200: it breaks even at 258 queries a day."
        ),
        "{says}"
    );
}

#[test]
fn does_advertising_pay_for_a_free_user() {
    let nothing = answer("chatgpt-2023", &["F8"]);
    assert_eq!(
        nothing,
        "free is all of the output; it brings in nothing. A free user costs $1.62 a month and pays nothing."
    );
    // What the house itself expects of 2030, the third claim.
    let expected = answer("chatgpt-2023", &["F8", "/", "text:mon", "Enter", "c*3"]);
    assert_eq!(
        expected,
        "free is all of the output; it loses 30¢ on each dollar. A free user costs $1.62 a month and brings in $1.25: \
         it breaks even at 11.5 queries a day."
    );
}

#[test]
fn what_do_agents_cost_us() {
    assert_eq!(
        answer("chat-and-agents", &["F8"]),
        "agent is a tenth of the output and two thirds of the cost; it keeps 83¢ of each dollar. A plan user costs \
         $33.85 a month and pays $20: it breaks even at 177 queries a day."
    );
}

#[test]
fn which_hosts_of_r1_make_money_at_2_35() {
    assert_eq!(
        answer("deepseek-day6", &["=", "text:2.35", "Enter", "F9"]),
        "All 21 hosts that charge for DeepSeek R1 make money on this node; the cheapest up to $12.14 a GPU-hour. \
         Prices: models.dev, 2026-07-02."
    );
}

#[test]
fn what_is_the_cheapest_way_to_serve_r1_at_30_tokens_a_second_and_what_does_60_cost() {
    assert_eq!(
        answer("deepseek-day6", &["F9", "]"]),
        "Of GPUs with a listed rent, R1 at 8k in, 1k out and 30 tok/s a user or more costs least on B200: $0.12 per M \
         tokens at $5.26 a GPU-hour."
    );
    let sixty = answer("deepseek-day6", &["F9", "]", "BackTab", "Right*3"]);
    assert!(sixty.contains("and 60 tok/s a user or more costs least on B200: $0.15 per M tokens"), "{sixty}");
}
