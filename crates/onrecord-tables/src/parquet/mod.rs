//! Rows ↔ Arrow batches ↔ Parquet files.
//!
//! A folder has a file for each table and, at the end, `_manifest.json`. Snappy is used throughout: it is pure Rust, and every reader of Parquet has it. What is held is
//! the rows of one batch and one row group of each table, however many records there are.

mod arrow;
mod reader;
mod writer;

use std::io;
use std::path::PathBuf;

pub use self::arrow::{batch, rows, schema};
pub use self::reader::{Records, Rows};
pub use self::writer::ParquetFolder;

/// Rows of a batch, at most. Batches go to Spark as they are, and 3.5 has no bound of its own for their bytes.
pub const BATCH_ROWS: usize = 4096;
/// Bytes of a batch, about, from which on it is closed.
pub const BATCH_BYTES: usize = 8 << 20;
/// Rows of a row group, at most.
pub const GROUP_ROWS: usize = 1 << 17;
/// Bytes of a row group once it is encoded, about, from which on it is closed.
pub const GROUP_BYTES: usize = 32 << 20;

/// Why a table could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ParquetError {
    /// The system's error, and where.
    #[error("{0}: {1}")]
    Io(PathBuf, #[source] io::Error),
    /// Not Parquet, or damaged, or a disk that is full.
    #[error("{0}: {1}")]
    Parquet(PathBuf, #[source] ::parquet::errors::ParquetError),
    /// Arrow's error.
    #[error(transparent)]
    Arrow(#[from] arrow_schema::ArrowError),
    /// A file or batch has another column there.
    #[error("column {at} should be {expected}, but is {found}")]
    Column {
        /// The place of the column, from 1.
        at: usize,
        /// Name and type that it should have.
        expected: String,
        /// What it has.
        found: String,
    },
    /// A column of a batch that a string column of Arrow cannot hold.
    #[error("a column has {0} bytes of text in one batch, and at most 2147483647 fit")]
    TooLong(usize),
    /// The JSON of a record in the table of documents is none.
    #[error("row {0}: the record cannot be read: {1}")]
    Record(u64, #[source] serde_json::Error),
}
