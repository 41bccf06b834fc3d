//! Books: who charges what, what runs how fast, what a GPU rents for.
//!
//! Three tables of figures from elsewhere, each row with its source and date. They are compiled in, and the
//! user's copies win. Knows nothing of the terminal.

mod clock;
mod filter;
mod format;
mod gpu;
mod import;
mod library;
mod model_id;
mod prices;
mod rates;
mod rents;

pub use clock::today;
pub use filter::{Filter, most_frequent};
pub use format::{Book, BookError, BookName, Cells, Head, LeftOut, Row};
pub use gpu::gpu_id;
pub use import::{ImportError, Imported, MOST_BYTES, Source, Table, import};
pub use library::{Books, Origin, StoreError, read_limited};
pub use model_id::{model_id, model_name, short_model_name};
pub use rents::Rent;
