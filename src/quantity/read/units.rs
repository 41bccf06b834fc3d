//! The ways people write units.

use crate::model::Unit;

/// Whether `text` is empty or a way to write this unit.
pub(super) fn is_unit(text: &str, unit: Unit) -> bool {
    let text = text.to_lowercase().replace("per ", "/").replace("us$", "$").replace("usd", "$");
    let text: String = text.chars().filter(|c| !matches!(c, ' ' | '·' | '-' | '*' | '.')).collect();
    let text = if unit.is_money() { text.strip_prefix('$').unwrap_or(&text) } else { &text };
    let known: &[&str] = match unit {
        Unit::Choice | Unit::Share => &[],
        Unit::Count => &["gpu", "gpus", "node", "nodes"],
        Unit::Ratio => &["x", ":1", "to1"],
        Unit::Years => &["y", "yr", "yrs", "year", "years"],
        Unit::Kilowatts => &["kw", "kilowatt", "kilowatts"],
        Unit::Tokens => &["tok", "tokens", "token", "tok/query", "tokens/query"],
        Unit::TokensPerSecond => {
            &["tok/s", "tok/sec", "token/s", "tokens/s", "tokens/sec", "tokens/second", "t/s", "tps", "/s"]
        }
        Unit::TokensPerDay => &["tok/day", "tokens/day", "tok/d", "/day", "/d"],
        Unit::QueriesPerDay => &["queries/day", "query/day", "q/day", "queries/d", "/day", "/d", "aday"],
        Unit::KilowattHoursPerMillion => &["kwh/m", "kwh/1m", "kwh/mtok", "kwh/million"],
        Unit::WattHours => &["wh"],
        Unit::DollarsPerGpuHour => {
            &["/gpuh", "/gpuhr", "/gpuhour", "/gpu/h", "/gpu/hour", "/h", "/hr", "/hour", "anhour"]
        }
        Unit::DollarsPerNodeHour => &["/nodeh", "/nodehour", "/node/h", "/h", "/hr", "/hour", "anhour"],
        Unit::DollarsPerNodeSecond => &["/nodes", "/node/s", "/s", "/sec", "/second"],
        Unit::DollarsPerGpu => &["/gpu", "agpu"],
        Unit::DollarsPerKilowattHour => &["/kwh"],
        Unit::DollarsPerKilowattMonth => &["/kwmonth", "/kw/month", "/kwmo", "/kw/mo"],
        Unit::DollarsPerDay => &["/d", "/day", "aday"],
        Unit::DollarsPerMillion => &[
            "/m",
            "/1m",
            "/mtok",
            "/mtokens",
            "/m/tokens",
            "/1mtok",
            "/1mtokens",
            "/million",
            "/milliontokens",
        ],
        Unit::DollarsPerThousandQueries => &["/1,000queries", "/1000queries", "/kqueries"],
        Unit::DollarsPerUserMonth => {
            &["/usermonth", "/user/month", "/month", "/mo", "/m", "amonth", "/user/mo", "/usermo"]
        }
    };
    text.is_empty() || known.contains(&text)
}
