//! Rents, from the gpu-pricing list.

use napkin::book::{Book, Head, Rent, Source, Table, import};

/// All offers.
pub(super) fn book(list: &[u8]) -> Book<Rent> {
    // The list calls the price by its unit.
    let list = String::from_utf8_lossy(list).replace(",usd_per_gpu_hour,", ",gpu_hour,");
    let source = Source { name: "gpu-pricing", date: "2026-05-24" };
    let imported = import(list.as_bytes(), source, &mut |_| {}).expect("a list");
    eprintln!("{}: {} rows; left out: {}", imported.shape, imported.rows(), imported.left_out);
    let Table::Rents(Book { rows, .. }) = imported.table else { unreachable!("a list of rents") };
    let head = Head {
        name: "gpu-pricing".to_owned(),
        source: "https://github.com/tardellirs/gpu-pricing, commit 8f09a68: prices as the vendors listed them, single GPUs".to_owned(),
        date: "2026-05-24".to_owned(),
        licence: "MIT, Copyright (c) 2026 gpu-pricing contributors".to_owned(),
    };
    Book { head, rows }
}
