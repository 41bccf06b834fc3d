//! Prices: what hosts charge for models.

use super::format::{BookName, Cells, Row, cell};
use super::model_id::model_id;
use crate::analysis::Price;

impl Row for Price {
    const BOOK: BookName = BookName::Prices;
    const COLUMNS: &'static [&'static str] =
        &["host", "model", "input", "cache_read", "cache_write", "output", "date"];

    fn read(cells: &Cells<'_>) -> Result<Self, &'static str> {
        Ok(Self {
            host: cells.some_text("host")?,
            model: model_id(&cells.some_text("model")?),
            input: cells.number("input")?.ok_or("without a price")?,
            cache_read: cells.number("cache_read")?,
            cache_write: cells.number("cache_write")?,
            output: cells.number("output")?.ok_or("without a price")?,
            date: cells.date()?,
        })
    }

    fn write(&self) -> Vec<String> {
        vec![
            self.host.clone(),
            self.model.clone(),
            cell(Some(self.input)),
            cell(self.cache_read),
            cell(self.cache_write),
            cell(Some(self.output)),
            self.date.clone(),
        ]
    }
}
