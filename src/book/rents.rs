//! Rents: what vendors ask for an hour of a GPU.

use std::sync::Arc;

use super::format::{Book, BookName, Cells, Row, cell};
use super::gpu::gpu_id;

/// The kinds of offer.
const KINDS: [&str; 4] = ["on-demand", "spot", "marketplace", "marketplace-spot"];

/// One offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Rent {
    /// Who rents it out.
    pub vendor: String,
    /// The GPU's canonical name.
    pub gpu: String,
    /// `on-demand`, `spot`, `marketplace` or `marketplace-spot`.
    pub kind: String,
    /// $ per GPU and hour.
    pub gpu_hour: f64,
    /// When it was listed.
    pub date: String,
    /// Where.
    pub url: String,
}

impl Row for Rent {
    const BOOK: BookName = BookName::Rents;
    const COLUMNS: &'static [&'static str] = &["vendor", "gpu", "kind", "gpu_hour", "date", "url"];

    fn read(cells: &Cells<'_>) -> Result<Self, &'static str> {
        let kind = cells.text("kind")?.to_lowercase();
        if !KINDS.contains(&kind.as_str()) {
            return Err("of a kind other than on-demand, spot, marketplace and marketplace-spot");
        }
        Ok(Self {
            vendor: cells.some_text("vendor")?,
            gpu: gpu_id(&cells.some_text("gpu")?),
            kind,
            gpu_hour: cells.number("gpu_hour")?.ok_or("without a price")?,
            date: cells.date()?,
            url: cells.text("url")?,
        })
    }

    fn write(&self) -> Vec<String> {
        vec![
            self.vendor.clone(),
            self.gpu.clone(),
            self.kind.clone(),
            cell(Some(self.gpu_hour)),
            self.date.clone(),
            self.url.clone(),
        ]
    }
}

impl Book<Rent> {
    /// The rent of a GPU: the median of the offers on demand; `None` when there is none.
    pub fn median(&self, gpu: &str) -> Option<f64> {
        let mut offers: Vec<f64> = self.on_demand(gpu).map(|offer| offer.gpu_hour).collect();
        offers.sort_by(f64::total_cmp);
        let above = offers.len() / 2;
        match (offers.len() % 2, offers.get(above)) {
            (1, middle) => middle.copied(),
            (_, above_middle) => Some(f64::midpoint(*offers.get(above.checked_sub(1)?)?, *above_middle?)),
        }
    }

    /// The offers of a GPU on demand.
    pub fn on_demand<'a>(&'a self, gpu: &'a str) -> impl Iterator<Item = &'a Rent> {
        self.rows.iter().map(Arc::as_ref).filter(move |offer| offer.gpu == gpu && offer.kind == "on-demand")
    }
}

#[cfg(test)]
mod tests {
    use super::super::Books;

    #[test]
    fn medians_of_offers_on_demand_as_counted_by_hand() {
        let rents = &Books::shipped().rents();
        for (gpu, offers, median) in [
            ("H100", 13, Some(2.69)),
            ("H200", 10, Some(3.47)),
            ("B200", 8, Some(5.26)),
            ("H100-PCIe", 6, Some(2.145)),
            ("H100-NVL", 1, Some(2.79)),
            ("RTX-PRO-6000", 8, Some(1.745)),
            ("MI300X", 1, Some(1.99)),
            ("GB200", 0, None),
            ("MI325X", 0, None),
            ("MI355X", 0, None),
            ("H800", 0, None),
            ("H200-NVL", 0, None),
        ] {
            assert_eq!(rents.on_demand(gpu).count(), offers, "{gpu}");
            let found = rents.median(gpu);
            assert_eq!(found.is_some(), median.is_some(), "{gpu}");
            assert!(
                found.zip(median).is_none_or(|(found, median)| (found - median).abs() < 1e-12),
                "{gpu}: {found:?}"
            );
        }
    }
}
