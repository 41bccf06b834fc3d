use proptest::prelude::*;

use super::{any_scenario, is_a_sentence, reading::number};
use crate::model::{Output, evaluate};
use crate::report::verdict::{SUBJECT, sentence};

proptest! {
    #[test]
    fn the_verdict_tells_revenue_against_cost(scenario in any_scenario(), own in any::<bool>()) {
        let outputs = evaluate(&scenario);
        let subject = if own { "R1's list prices" } else { SUBJECT };
        let words = sentence(&outputs, subject);
        is_a_sentence(&words)?;
        let figure = |output| outputs.get(output).unwrap_or(0.0);
        let (revenue, cost) = (figure(Output::RevenuePerNodeSecond), figure(Output::CostPerNodeSecond));
        let about = |rest: &str| words.strip_prefix(subject).is_some_and(|words| words == rest);
        if let Some(reason) = outputs.undefined() {
            prop_assert_eq!(words, format!("No verdict: {reason}."));
        } else if let Some(rest) = words.strip_prefix(&format!("{subject} cover the cost of serving ")) {
            if rest == "exactly." {
                prop_assert_eq!(revenue, cost);
            } else {
                let (times, rest) = number(rest).expect("a multiple");
                prop_assert_eq!(rest, " times over.");
                prop_assert!(times.holds(revenue / cost), "{} of {}", words, revenue / cost);
            }
        } else if about(" just cover the cost of serving.") {
            prop_assert!(revenue >= cost && revenue < 1.01 * cost);
        } else if words.starts_with("Serving costs slightly more than ") {
            prop_assert!(cost > revenue && cost < 1.01 * revenue);
        } else if words.starts_with("Serving costs nothing here") {
            prop_assert!(revenue > 0.0 && revenue / cost > 1e300);
        } else if words.starts_with("Serving costs money and brings in nothing") {
            prop_assert!(cost > 0.0 && !(cost / revenue).is_finite());
        } else if words.starts_with("Serving costs nothing and brings in nothing") {
            prop_assert!(!(cost / revenue).is_finite());
        } else {
            let (times, rest) = number(words.strip_prefix("Serving costs ").expect(&words)).expect("a multiple");
            prop_assert!(times.holds(cost / revenue), "{} of {}", words, cost / revenue);
            let brings = if own { " times what R1's list prices bring in." } else { " times what it brings in." };
            prop_assert_eq!(rest, brings);
        }
    }
}
