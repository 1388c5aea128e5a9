//! Parquet files → rows and records, a batch at a time.

use std::fs::File;
use std::path::{Path, PathBuf};

use ::parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use onrecord::Record;

use super::{ParquetError, arrow};
use crate::tables::{Row, Table, Value};

/// Rows that are decoded at once.
const AT_ONCE: usize = 256;

/// The rows of a table's file. Ends with the first error.
#[derive(Debug)]
pub struct Rows {
    table: Table,
    path: PathBuf,
    batches: ParquetRecordBatchReader,
    waiting: std::vec::IntoIter<Row>,
    ended: bool,
}

impl Rows {
    /// Opens the file of `table` in a folder.
    ///
    /// # Errors
    /// There is none, or it is not Parquet.
    pub fn open(table: Table, folder: &Path) -> Result<Rows, ParquetError> {
        let path = folder.join(format!("{}.parquet", table.name()));
        let file = File::open(&path).map_err(|error| ParquetError::Io(path.clone(), error))?;
        let batches =
            ParquetRecordBatchReaderBuilder::try_new(file).and_then(|builder| builder.with_batch_size(AT_ONCE).build());
        let batches = batches.map_err(|error| ParquetError::Parquet(path.clone(), error))?;
        Ok(Rows { table, path, batches, waiting: Vec::new().into_iter(), ended: false })
    }

    fn refill(&mut self) -> Option<Result<(), ParquetError>> {
        let batch = self.batches.next()?;
        let rows = batch.map_err(ParquetError::from).and_then(|batch| arrow::rows(self.table, &batch));
        Some(rows.map(|rows| self.waiting = rows.into_iter()))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Iterator for Rows {
    type Item = Result<Row, ParquetError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            if let Some(row) = self.waiting.next() {
                return Some(Ok(row));
            }
            match self.refill() {
                Some(Ok(())) => {}
                Some(Err(error)) => {
                    self.ended = true;
                    return Some(Err(error));
                }
                None => self.ended = true,
            }
        }
        None
    }
}

/// The records of a folder, from its table of documents.
#[derive(Debug)]
pub struct Records {
    rows: Rows,
    number: u64,
}

impl Records {
    /// Opens `documents.parquet` in a folder.
    ///
    /// # Errors
    /// There is none, or it is not Parquet.
    pub fn open(folder: &Path) -> Result<Records, ParquetError> {
        Ok(Records { rows: Rows::open(Table::Documents, folder)?, number: 0 })
    }
}

impl Iterator for Records {
    type Item = Result<Record, ParquetError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        self.number += 1;
        Some(row.and_then(|row| record(row, self.number)))
    }
}

/// The record of a row: its JSON, with the text from the column of texts.
fn record(row: Row, number: u64) -> Result<Record, ParquetError> {
    let (mut text, mut json) = (String::new(), String::new());
    for (column, value) in Table::Documents.columns().iter().zip(row) {
        match (column.name, value) {
            ("text", Value::Text(there)) => text = there,
            ("record", Value::Text(there)) => json = there,
            _ => {}
        }
    }
    let mut record: Record = serde_json::from_str(&json).map_err(|error| ParquetError::Record(number, error))?;
    record.document.text = text;
    Ok(record)
}
