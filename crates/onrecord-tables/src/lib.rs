//! Records as tables, and in the formats of other tools.
//!
//! [`formats`] writes text, [`tables`] makes rows, and `parquet` (a feature, on by default) carries rows to Arrow and Parquet and back. Records come from an iterator,
//! whatever is behind it; nothing here opens an article, asks a clock or a network, or holds more than the record it writes and the rows of one batch.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod article;
mod codes;
mod dates;
#[cfg(test)]
mod fixture;
pub mod formats;
mod manifest;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod permalinks;
pub mod plain;
pub mod tables;
pub mod timeline;
pub mod words;

pub use permalinks::Base;
