//! Hosts, hardware and books as a program.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests may panic as tests do")]

#[path = "common/command.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod command;

use command::Napkin;

const MODELS_DEV: &[u8] = include_bytes!("books/models_dev_cut.json");
const RENTS: &str = "vendor,gpu,kind,gpu_hour,date,url\nmine,GB200,on-demand,3.3,2026-11-01,\n";

#[test]
fn which_hosts_of_r1_make_money_on_day_six() {
    let napkin = Napkin::new();
    // The short name takes in other models of that name too, but the sentence is about R1.
    for model in ["deepseek-r1", "r1"] {
        let says = napkin.says(&["hosts", "--model", model, "--set", "node.gpu_hour=2.35"]);
        let verdict = "All 21 hosts that charge for DeepSeek R1 make money on this node; the cheapest up to $12.14 a GPU-hour.";
        assert!(says.starts_with(verdict), "{says}");
    }
    let json = napkin.json(&["hosts", "--model", "r1", "--set", "node.gpu_hour=2.35"]);
    let hosts = json["hosts"].as_array().expect("hosts");
    let of_r1 = || hosts.iter().filter(|row| row["model"] == "deepseek-r1");
    assert_eq!(of_r1().count(), 23);
    assert_eq!(of_r1().filter(|row| row["gross_margin"].as_f64() > Some(0.0)).count(), 21);
    let row = |host: &str| of_r1().find(|row| row["host"] == host).unwrap_or_else(|| panic!("{host}"));
    for (host, margin, rent) in [
        ("deepinfra", 0.8332613761739512, 14.093915051449953),
        ("novita-ai", 0.8589876826466298, 16.66521084190832),
        ("azure", 0.9407634021025397, 39.67142076707202),
    ] {
        let close = |key: &str, value: f64| {
            let found = row(host)[key].as_f64().expect("a number");
            assert!((found / value - 1.0).abs() < 1e-9, "{host} {key}: {found}");
        };
        close("gross_margin", margin);
        close("break_even_gpu_hour", rent);
    }
    assert_eq!((&json["book"], &json["date"]), (&"models.dev".into(), &"2026-07-02".into()));
    // The free ones stand last, without a margin.
    assert!(hosts.last().expect("rows")["gross_margin"].is_null());
    let csv = napkin.says(&["hosts", "--host", "azure", "--model", "deepseek-r1", "--format", "csv"]);
    assert!(csv.contains("\nazure,deepseek-r1,1.35,1.35,5.4,"), "{csv}");
}

#[test]
fn the_cheapest_way_to_serve_r1_is_named_with_its_speed_and_rent() {
    let napkin = Napkin::new();
    let arguments = ["hardware", "--model", "deepseek-r1", "--speed", "30"];
    let says = napkin.says(&arguments);
    assert!(
        says.starts_with(
            "Of GPUs with a listed rent, R1 at 8k in, 1k out and 30 tok/s a user or more costs least on B200: $0.12 \
             per M tokens at $5.26 a GPU-hour."
        ),
        "{says}"
    );
    // Golden O: a row of the book at the present rent, since the book of rents has none for a GB200.
    let json = napkin.json(&[&arguments[..], &["--gpu", "GB200", "--set", "node.gpu_hour=3.30"]].concat());
    let rows = json["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["speed"] == 30.5).expect("the row of golden O");
    for (key, value) in [
        ("gpus", 48.0),
        ("prefill", 661_622.4),
        ("decode", 165_552.0),
        ("input_per_output", 7.992925485648014),
        ("gpu_hour", 3.3),
        ("cost_per_m_tokens", 0.08866220024116118),
        ("gross_margin", 0.8789372362207463),
    ] {
        let found = row[key].as_f64().expect("a number");
        assert!((found / value - 1.0).abs() < 1e-9, "{key}: {found}");
    }
    assert_eq!(
        (&row["precision"], &row["by"], &row["gpu_hour_from"]),
        (&"fp4".into(), &"InferenceX".into(), &"present".into())
    );
    let all = napkin.json(&["hardware", "--model", "deepseek-r1", "--lengths", "all"]);
    assert!(all["rows"].as_array().expect("rows").iter().any(|row| row["tokens_out"] == 8192.0));
}

#[test]
fn options_that_cannot_be_are_told() {
    let napkin = Napkin::new();
    for (arguments, expected) in [
        (&["hosts", "--tier", "offpek"][..], "--tier offpek: there is no such tier; did you mean `offpeak`?"),
        (&["hosts", "--tier", "x!"], "there is no such tier; there are r1, v3, offpeak, free"),
        (&["hardware", "--speed", "fast"], "--speed fast: it takes tokens per second"),
        (&["hardware", "--lengths", "8k"], "--lengths 8k: it takes tokens in and out, as in 8k/1k, or `all`"),
        (&["hardware", "--rent", "mine"], "invalid value 'mine'"),
        (&["books", "import", "nowhere.json"], "nowhere.json: "),
    ] {
        let said = napkin.refuses(arguments);
        assert!(said.contains(expected), "{said}");
    }
    assert!(
        napkin
            .says(&["hosts", "--model", "nothing"])
            .starts_with("The book of prices has no row for model nothing.")
    );
}

#[test]
fn an_imported_book_is_the_users_and_what_is_none_leaves_it_alone() {
    let napkin = Napkin::new();
    assert_eq!(napkin.says(&["books"]), napkin.says(&["books", "info"]));
    let prices = napkin.config().join("catalogue.json");
    std::fs::write(&prices, MODELS_DEV).expect("a file");
    let says = napkin.says(&["books", "import", prices.to_str().expect("text")]);
    assert!(
        says.starts_with(
            "274 rows of prices from a models.dev api.json; 51 left out: 24 without a price, 15 priced for input \
             alone, 12 that say the same again.\n"
        ),
        "{says}"
    );
    let answer = napkin.run_with(&["books", "import", "-"], RENTS.as_bytes());
    assert_eq!((answer.code, answer.err.as_str()), (Some(0), ""));
    assert!(answer.out.starts_with("1 row of rents from a CSV of rents.\n"), "{}", answer.out);
    let info = napkin.json(&["books", "info"]);
    let book = |name: &str| {
        info.as_array().expect("books").iter().find(|row| row["book"] == name).expect("a book").clone()
    };
    assert_eq!((&book("prices")["origin"], &book("prices")["rows"]), (&"user".into(), &274.into()));
    assert_eq!(
        (&book("prices")["source"], &book("rates")["origin"]),
        (&"catalogue.json".into(), &"builtin".into())
    );
    // A file that does not say of which day its figures are is not signed with today's.
    let date = book("rents")["date"].as_str().expect("a date").to_owned();
    assert!(date.strip_prefix("imported 20").is_some_and(|day| day.len() == 8), "{date}");
    let json = napkin.json(&["hardware", "--model", "deepseek-r1", "--gpu", "GB200"]);
    let row = &json["rows"][0];
    assert_eq!((&row["gpu_hour"], &row["gpu_hour_from"]), (&3.3.into(), &"book".into()));
    // Garbage changes nothing.
    let rents = napkin.config().join("books/rents.csv");
    let before = std::fs::read(&rents).expect("the book");
    for garbage in [
        &b"{\"a\": "[..],
        b"vendor,gpu,kind,gpu_hour,date,url\nx,H100,on-demand,-1,,\n",
        b"vendor,gpu,kind,gpu_hour,date,url\nx,H100,on-demand,NaN,,\n",
        b"\x1b[2J\x00",
        b"",
    ] {
        let answer = napkin.run_with(&["books", "import", "-"], garbage);
        assert_eq!((answer.code, answer.out.as_str(), answer.err.lines().count()), (Some(2), "", 1));
        assert!(answer.err.trim_end().ends_with("; the old book is kept"), "{}", answer.err);
        assert!(!answer.err.trim_end().contains(char::is_control), "{:?}", answer.err);
        assert_eq!(std::fs::read(&rents).expect("the book"), before);
    }
    // A book broken by hand is told of, and those compiled in are used.
    std::fs::write(&rents, "nonsense").expect("a file");
    let answer = napkin.run(&["hardware", "--gpu", "B200"]);
    assert_eq!(answer.code, Some(0));
    assert!(
        answer.err.contains("rents.csv: ") && answer.err.contains("the rents compiled in are used"),
        "{}",
        answer.err
    );
}
