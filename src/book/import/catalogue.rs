//! Catalogues of prices: a models.dev `api.json`, a LiteLLM price map.

use std::collections::HashSet;
use std::io::{self, BufReader, Read};
use std::sync::Arc;

use serde::Deserialize;

use super::json::{Figure, Lenient, Pairs};
use super::{ImportError, Imported, Source, Table};
use crate::analysis::Price;
use crate::book::format::{Book, Head, LeftOut, amount, name};
use crate::book::model_id::model_id;
use crate::text;

/// An entry at the top of either catalogue.
#[derive(Deserialize)]
struct Entry {
    /// models.dev: the models of a provider.
    models: Option<Lenient<Pairs<Model>>>,
    /// LiteLLM: who serves it.
    #[serde(default)]
    litellm_provider: Figure,
    /// LiteLLM: what it does.
    #[serde(default)]
    mode: Figure,
    #[serde(default)]
    input_cost_per_token: Figure,
    #[serde(default)]
    output_cost_per_token: Figure,
    #[serde(default)]
    cache_read_input_token_cost: Figure,
    #[serde(default)]
    input_cost_per_token_cache_hit: Figure,
    #[serde(default)]
    cache_creation_input_token_cost: Figure,
}

/// A model of a provider of models.dev.
#[derive(Deserialize)]
struct Model {
    cost: Option<Lenient<Cost>>,
}

/// Its prices, $/M. Some entries spell the prices of the cache in other ways.
#[derive(Deserialize)]
struct Cost {
    #[serde(default)]
    input: Figure,
    #[serde(default)]
    output: Figure,
    #[serde(default)]
    cache_read: Figure,
    #[serde(default)]
    cached_input: Figure,
    #[serde(default)]
    cache_input: Figure,
    #[serde(default)]
    cache_write: Figure,
    #[serde(default)]
    cached_write: Figure,
}

/// What LiteLLM calls models that put out text.
const TEXT_MODES: [&str; 3] = ["chat", "completion", "responses"];

const NO_PRICE: &str = "without a price";
const NO_ENTRY: &str = "that are no entries";

/// Reads either catalogue; which one it is shows in its entries.
pub(super) fn read(
    bytes: &[u8],
    from: Source<'_>,
    progress: &mut dyn FnMut(usize),
) -> Result<Imported, ImportError> {
    let reader = BufReader::with_capacity(1 << 16, Counted { bytes, done: 0, progress });
    let Pairs::<Entry>(entries) = serde_json::from_reader(reader).map_err(json_error)?;
    let objects = || {
        entries
            .iter()
            .filter_map(|(_, entry)| if let Lenient::Object(entry) = entry { Some(entry) } else { None })
    };
    let nested = objects().filter(|entry| entry.models.is_some()).count();
    let flat = objects().filter(|entry| entry.is_priced()).count();
    let mut rows = Rows { date: from.date, ..Rows::default() };
    let (catalogue, shape) = match (nested, flat) {
        (0, 0) => return Err(ImportError::Shape { found: "this is JSON of another kind" }),
        _ if nested >= flat => {
            for (host, provider) in entries {
                rows.provider(&host, provider);
            }
            ("models.dev", "a models.dev api.json")
        }
        _ => {
            for (model, entry) in entries {
                rows.entry(&model, entry);
            }
            ("LiteLLM", "a LiteLLM price map")
        }
    };
    let head = Head { name: catalogue.to_owned(), licence: "MIT".to_owned(), ..Head::default() };
    let book = Book { head: from.head(head), rows: rows.prices };
    Ok(Imported { table: Table::Prices(book), shape, left_out: rows.left_out })
}

impl Entry {
    /// Whether it says what a LiteLLM entry says.
    fn is_priced(&self) -> bool {
        self.litellm_provider != Figure::Missing || self.input_cost_per_token != Figure::Missing
    }
}

/// Rows as they come in.
#[derive(Default)]
struct Rows<'a> {
    date: &'a str,
    prices: Vec<Arc<Price>>,
    left_out: LeftOut,
    seen: HashSet<String>,
}

/// The four prices of a row, as they stand in a file.
struct Given {
    input: Figure,
    output: Figure,
    cache_read: Figure,
    cache_write: Figure,
    /// What makes them $/M.
    factor: f64,
}

impl Rows<'_> {
    /// A provider of models.dev.
    fn provider(&mut self, host: &str, provider: Lenient<Entry>) {
        let Lenient::Object(Entry { models: Some(Lenient::Object(Pairs(models))), .. }) = provider else {
            return self.left_out.add(NO_ENTRY, None);
        };
        for (model, entry) in models {
            let row = match entry {
                Lenient::Other => Err(NO_ENTRY),
                Lenient::Object(Model { cost: Some(Lenient::Object(cost)) }) => self.price(
                    host,
                    &model,
                    &Given {
                        input: cost.input,
                        output: cost.output,
                        cache_read: first([cost.cache_read, cost.cached_input, cost.cache_input]),
                        cache_write: first([cost.cache_write, cost.cached_write]),
                        factor: 1.0,
                    },
                ),
                Lenient::Object(_) => Err(NO_PRICE),
            };
            self.add(row);
        }
    }

    /// An entry of LiteLLM.
    fn entry(&mut self, model: &str, entry: Lenient<Entry>) {
        let row = match entry {
            Lenient::Other => Err(NO_ENTRY),
            Lenient::Object(_) if model == "sample_spec" => Err("that explain the file"),
            Lenient::Object(entry) => self.priced(model, entry),
        };
        self.add(row);
    }

    fn priced(&self, model: &str, entry: Entry) -> Result<Price, &'static str> {
        match &entry.mode {
            Figure::Missing => {}
            Figure::Text(mode) if TEXT_MODES.contains(&mode.as_str()) => {}
            _ => return Err("for images, sound, embeddings and the like"),
        }
        let Figure::Text(provider) = entry.litellm_provider else { return Err("without a host") };
        // `vertex_ai-anthropic_models` is a part of `vertex_ai`.
        let host = match provider.rsplit_once('-') {
            Some((host, part)) if part.ends_with("models") => host.trim_end_matches("-embedding"),
            _ => &provider,
        };
        self.price(
            host,
            model,
            &Given {
                input: entry.input_cost_per_token,
                output: entry.output_cost_per_token,
                cache_read: first([entry.cache_read_input_token_cost, entry.input_cost_per_token_cache_hit]),
                cache_write: entry.cache_creation_input_token_cost,
                factor: 1e6,
            },
        )
    }

    fn price(&self, host: &str, model: &str, given: &Given) -> Result<Price, &'static str> {
        let price = |figure: &Figure| price_of(figure, given.factor);
        let (input, output) = (price(&given.input)?.ok_or(NO_PRICE)?, price(&given.output)?.ok_or(NO_PRICE)?);
        if output == 0.0 && input > 0.0 {
            return Err("priced for input alone");
        }
        let price = Price {
            host: name(host)?,
            model: model_id(&name(model)?),
            input,
            cache_read: price(&given.cache_read)?,
            cache_write: price(&given.cache_write)?,
            output,
            date: self.date.to_owned(),
        };
        if price.host.is_empty() || price.model.is_empty() { Err("without a name") } else { Ok(price) }
    }

    /// Takes a row in, unless it is there already.
    fn add(&mut self, row: Result<Price, &'static str>) {
        let row = row.and_then(|row| {
            let prices = (row.input, row.cache_read, row.cache_write, row.output);
            let new = self.seen.insert(format!("{}\n{}\n{prices:?}", row.host, row.model));
            if new { Ok(row) } else { Err("that say the same again") }
        });
        match row {
            Ok(row) => self.prices.push(Arc::new(row)),
            Err(reason) => self.left_out.add(reason, None),
        }
    }
}

/// The first figure that is given.
fn first<const N: usize>(figures: [Figure; N]) -> Figure {
    figures.into_iter().find(|figure| *figure != Figure::Missing).unwrap_or_default()
}

/// A price in $/M; twelve digits are more than any price list has, and none of a conversion's own.
fn price_of(figure: &Figure, factor: f64) -> Result<Option<f64>, &'static str> {
    match figure {
        Figure::Missing => Ok(None),
        Figure::Number(number) if factor == 1.0 => amount(*number).map(Some),
        Figure::Number(number) => {
            let price = amount(number * factor)?;
            amount(format!("{price:.11e}").parse().unwrap_or(price)).map(Some)
        }
        Figure::Text(_) => Err("with a price in quotes"),
        Figure::Other => Err("with a price that is no number"),
    }
}

/// Bytes that tell how many of them are read.
struct Counted<'a> {
    bytes: &'a [u8],
    done: usize,
    progress: &'a mut dyn FnMut(usize),
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.done += read;
        (self.progress)(self.done);
        Ok(read)
    }
}

fn json_error(error: serde_json::Error) -> ImportError {
    let (line, column) = (error.line(), error.column());
    if error.is_io() {
        return ImportError::Io(error.into());
    }
    // The message ends with line and column, which stand in front already.
    let message = error.to_string();
    let problem = message.split(" at line ").next().unwrap_or_default();
    let problem = if error.is_eof() { "the file ends in the middle" } else { problem };
    ImportError::Json { line, column, problem: text::fit(&text::clean(problem), 200) }
}
