//! Prices of R1 and of the models with open weights, from models.dev.

use std::collections::HashMap;

use napkin::analysis::Price;
use napkin::book::{Book, Head, Source, Table, import, model_id};
use serde_json::Value;

const DATE: &str = "2026-07-02";

/// R1, and each model that at least half of its entries call open.
pub(super) fn book(api: &[u8]) -> Book<Price> {
    let imported = import(api, Source { name: "models.dev", date: DATE }, &mut |_| {}).expect("a catalogue");
    eprintln!("{}: {} rows; {}", imported.shape, imported.rows(), imported.left_out);
    let Table::Prices(Book { rows, .. }) = imported.table else { unreachable!("a catalogue holds prices") };
    let open = open_models(&serde_json::from_slice(api).expect("JSON"));
    let is_open = |price: &Price| price.model == "deepseek-r1" || open.contains(&price.model);
    let mut rows: Vec<_> = rows.into_iter().filter(|price| is_open(price)).collect();
    rows.sort_by(|a, b| (&a.model, &a.host).cmp(&(&b.model, &b.host)));
    let head = Head {
        name: "models.dev".to_owned(),
        source: "models.dev (https://github.com/anomalyco/models.dev, commit f3fc6926): R1 and the models with open weights".to_owned(),
        date: DATE.to_owned(),
        licence: "MIT".to_owned(),
    };
    Book { head, rows }
}

fn open_models(api: &Value) -> Vec<String> {
    let mut open: HashMap<String, i64> = HashMap::new();
    let providers = api.as_object().expect("providers").values();
    for (name, model) in providers.flat_map(|provider| provider["models"].as_object().expect("models")) {
        let is_open = model["open_weights"].as_bool() == Some(true);
        if model["cost"].is_object() {
            *open.entry(model_id(name)).or_default() += if is_open { 1 } else { -1 };
        }
    }
    open.into_iter().filter(|(_, balance)| *balance >= 0).map(|(model, _)| model).collect()
}
