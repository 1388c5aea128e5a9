//! Records in one SQLite file: put in, found again, given back byte for byte.
//!
//! In come [`onrecord::Record`]s with where they came from; out come the same records, and what people ask of many of them: who said what, what is
//! reported to have happened, who is who across articles. The file is an ordinary SQLite database (WAL, FTS5) that `sqlite3` and Datasette open.
//!
//! Absent on purpose: a clock (the caller says what time it is), a network, files other than the store, and any reading of articles.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! use onrecord_store::Store;
//!
//! let store = Store::create(folder.path().join("news.onrecord"))?;
//! let mut writer = store.writer()?;
//! # let records: Vec<onrecord_store::NewDocument> = Vec::new();
//! for document in &records {
//!     writer.add(document)?;
//! }
//! writer.commit()?;
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]

mod columns;
mod connection;
pub mod corrections;
mod days;
mod error;
mod facets;
mod faults;
mod items;
pub mod jobs;
mod packed;
mod permalink;
mod readers;
mod schema;
pub mod search;
mod store;
mod subjects;
mod tokens;
pub mod views;
mod words;
mod writer;

pub use columns::{Row, csv_line};
pub use error::StoreError;
pub use faults::fault;
pub use items::{Item, ItemRow, row};
pub use readers::{Readers, Reading};
pub use schema::{APPLICATION_ID, VERSION};
pub use store::Store;
pub use tokens::{Scope, Token, TokenHash};
pub use writer::{Added, NewDocument, Outcome, Withdrawal, Writer};
