//! Records → a folder of Parquet files.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use ::parquet::arrow::ArrowWriter;
use ::parquet::basic::Compression;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use onrecord::Record;
use sha2::{Digest, Sha256};

use super::{BATCH_BYTES, BATCH_ROWS, GROUP_BYTES, GROUP_ROWS, ParquetError, arrow};
use crate::article::Article;
use crate::formats::Options;
use crate::manifest::{Hashed, Listed, Manifest};
use crate::permalinks::hex;
use crate::tables::{self, Row, Table, Value};

/// Models that are named in the metadata of a file, at most.
const MODELS: usize = 8;

/// A folder under way, with a file open for each table.
#[derive(Debug)]
pub struct ParquetFolder {
    path: PathBuf,
    options: Options,
    tables: Vec<TableFile>,
    /// The weights that made the records, in the order in which they came.
    models: Vec<String>,
}

impl ParquetFolder {
    /// Begins the files in a folder that is there.
    ///
    /// # Errors
    /// A file is there already, or the system refuses.
    pub fn new(path: &Path, options: Options) -> Result<ParquetFolder, ParquetError> {
        let tables = Table::ALL.into_iter().map(|table| TableFile::new(table, path)).collect::<Result<_, _>>()?;
        Ok(ParquetFolder { path: path.to_owned(), options, tables, models: Vec::new() })
    }

    /// Adds the rows of a record.
    ///
    /// # Errors
    /// The system refuses, or a value is too long for a column.
    pub fn add(&mut self, record: &Record) -> Result<(), ParquetError> {
        let article = Article::new(record);
        if self.models.len() < MODELS && !self.models.contains(&record.model) {
            self.models.push(record.model.clone());
        }
        for file in &mut self.tables {
            for row in tables::article_rows(file.table, &article, &self.options) {
                file.add(row)?;
            }
        }
        Ok(())
    }

    /// Ends the files and writes the manifest.
    ///
    /// # Errors
    /// The system refuses.
    pub fn end(self) -> Result<(), ParquetError> {
        let models = self.models.join(" ");
        let files = self.tables.into_iter().map(|file| file.end(&models)).collect::<Result<_, _>>()?;
        Manifest::new("parquet", files).write(&self.path).map_err(|error| ParquetError::Io(self.path, error))
    }
}

/// The file of a table, and the rows that wait for their batch.
#[derive(Debug)]
struct TableFile {
    table: Table,
    path: PathBuf,
    writer: ArrowWriter<Hashed<BufWriter<File>>>,
    waiting: Vec<Row>,
    bytes: usize,
    rows: u64,
}

impl TableFile {
    fn new(table: Table, folder: &Path) -> Result<TableFile, ParquetError> {
        let path = folder.join(format!("{}.parquet", table.name()));
        let file = File::create_new(&path).map_err(|error| ParquetError::Io(path.clone(), error))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("onrecord {}", env!("CARGO_PKG_VERSION")))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_max_row_group_bytes(Some(GROUP_BYTES))
            .build();
        let writer = ArrowWriter::try_new(Hashed::new(BufWriter::new(file)), arrow::schema(table), Some(properties))
            .map_err(|error| ParquetError::Parquet(path.clone(), error))?;
        Ok(TableFile { table, path, writer, waiting: Vec::new(), bytes: 0, rows: 0 })
    }

    fn add(&mut self, row: Row) -> Result<(), ParquetError> {
        self.bytes += row.iter().map(bytes).sum::<usize>();
        self.waiting.push(row);
        self.rows += 1;
        if self.waiting.len() >= BATCH_ROWS || self.bytes >= BATCH_BYTES { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), ParquetError> {
        let batch = arrow::batch(self.table, &self.waiting)?;
        self.writer.write(&batch).map_err(|error| ParquetError::Parquet(self.path.clone(), error))?;
        self.waiting.clear();
        self.bytes = 0;
        Ok(())
    }

    fn end(mut self, models: &str) -> Result<Listed, ParquetError> {
        self.write()?;
        let of_file = [
            ("onrecord.version", env!("CARGO_PKG_VERSION").to_owned()),
            ("onrecord.model", models.to_owned()),
            ("onrecord.offset_unit", "codepoint".to_owned()),
            ("onrecord.rules_sha256", rules_hash()),
        ];
        for (key, value) in of_file {
            self.writer.append_key_value_metadata(KeyValue::new(key.to_owned(), value));
        }
        let wrap = |error| ParquetError::Parquet(self.path.clone(), error);
        let out = self.writer.into_inner().map_err(wrap)?;
        let listed = Listed {
            name: format!("{}.parquet", self.table.name()),
            rows: self.rows,
            bytes: out.bytes(),
            sha256: out.sha256(),
        };
        out.finish().map_err(|error| ParquetError::Io(self.path, error))?;
        Ok(listed)
    }
}

/// About how much memory a value takes.
fn bytes(value: &Value) -> usize {
    match value {
        Value::Text(text) => 16 + text.len(),
        Value::Texts(texts) => texts.iter().map(|text| 16 + text.len()).sum(),
        Value::Group(rows) => rows.iter().flatten().map(bytes).sum(),
        Value::Null | Value::Whole(_) | Value::Number(_) | Value::Truth(_) | Value::Instant(_) => 8,
    }
}

/// What tells the rules of this program from those of another.
fn rules_hash() -> String {
    let mut hash = Sha256::new();
    for rule in onrecord::rules() {
        hash.update(format!("{rule:?}\n"));
    }
    hex(&hash.finalize())
}
