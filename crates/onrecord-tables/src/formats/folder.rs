//! Records → a folder of files, for formats that are no one stream: CSV of all tables, brat, and (with the feature) Parquet.
//!
//! A folder is begun empty and never mixed with what was there. CSV and Parquet end with `_manifest.json`: rows, bytes and SHA-256 of each file. A folder without it
//! is one whose export did not end.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use onrecord::Record;

use super::{Export, Format, Options, brat};
use crate::article::Article;
use crate::manifest::{Hashed, Listed, Manifest};
use crate::tables::Table;

/// A format that is several files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FolderFormat {
    /// A file of CSV for each table.
    Csv,
    /// A text and its annotations for each article.
    Brat,
    /// A file for each table.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// Why a folder could not be written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There are files in it.
    #[error("{0} is not empty; name a folder that is new")]
    NotEmpty(PathBuf),
    /// The system's error, and where.
    #[error("{0}: {1}")]
    Io(PathBuf, #[source] io::Error),
    /// Parquet could not be written.
    #[cfg(feature = "parquet")]
    #[error(transparent)]
    Parquet(#[from] crate::parquet::ParquetError),
}

/// A folder under way.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    files: Files,
}

#[derive(Debug)]
enum Files {
    Csv(Vec<CsvFile>),
    Brat,
    #[cfg(feature = "parquet")]
    Parquet(Box<crate::parquet::ParquetFolder>),
}

/// The file of a table.
#[derive(Debug)]
struct CsvFile {
    name: String,
    export: Export<Hashed<BufWriter<File>>>,
}

impl Folder {
    /// Begins a folder, which must be new or empty.
    ///
    /// # Errors
    /// It is neither, or the system refuses.
    pub fn new(format: FolderFormat, options: &Options, path: &Path) -> Result<Folder, FolderError> {
        let at = |error| FolderError::Io(path.to_owned(), error);
        fs::create_dir_all(path).map_err(at)?;
        if fs::read_dir(path).map_err(at)?.next().is_some() {
            return Err(FolderError::NotEmpty(path.to_owned()));
        }
        let files = match format {
            FolderFormat::Csv => Files::Csv(csv_files(path, options)?),
            FolderFormat::Brat => {
                let file = path.join("annotation.conf");
                fs::write(&file, brat::configuration()).map_err(|error| FolderError::Io(file, error))?;
                Files::Brat
            }
            #[cfg(feature = "parquet")]
            FolderFormat::Parquet => {
                Files::Parquet(Box::new(crate::parquet::ParquetFolder::new(path, options.clone())?))
            }
        };
        Ok(Folder { path: path.to_owned(), files })
    }

    /// Writes one record.
    ///
    /// # Errors
    /// The system refuses.
    pub fn add(&mut self, record: &Record) -> Result<(), FolderError> {
        match &mut self.files {
            Files::Csv(files) => files.iter_mut().try_for_each(|file| {
                file.export.add(record).map_err(|error| FolderError::Io(self.path.join(&file.name), error))
            }),
            Files::Brat => write_brat(&self.path, &Article::new(record)),
            #[cfg(feature = "parquet")]
            Files::Parquet(folder) => Ok(folder.add(record)?),
        }
    }

    /// Ends the folder: what is held is written, and the manifest.
    ///
    /// # Errors
    /// The system refuses.
    pub fn end(self) -> Result<(), FolderError> {
        match self.files {
            Files::Csv(files) => end_csv(files, &self.path),
            Files::Brat => Ok(()),
            #[cfg(feature = "parquet")]
            Files::Parquet(folder) => Ok(folder.end()?),
        }
    }
}

/// Writes all of `records` into a folder, wherever they come from; those that are none are given to `failed`, and the others go on.
///
/// # Errors
/// The folder is neither new nor empty, or the system refuses.
pub fn export_folder<E>(
    records: impl IntoIterator<Item = Result<Record, E>>,
    format: FolderFormat,
    options: &Options,
    path: &Path,
    mut failed: impl FnMut(E),
) -> Result<(), FolderError> {
    let mut folder = Folder::new(format, options, path)?;
    for record in records {
        match record {
            Ok(record) => folder.add(&record)?,
            Err(error) => failed(error),
        }
    }
    folder.end()
}

fn csv_files(folder: &Path, options: &Options) -> Result<Vec<CsvFile>, FolderError> {
    let file = |table: Table| {
        let name = format!("{}.csv", table.name());
        let path = folder.join(&name);
        let export = File::create_new(&path)
            .and_then(|file| Export::new(Format::Csv(table), options.clone(), Hashed::new(BufWriter::new(file))));
        export.map(|export| CsvFile { name, export }).map_err(|error| FolderError::Io(path, error))
    };
    Table::ALL.into_iter().map(file).collect()
}

fn end_csv(files: Vec<CsvFile>, folder: &Path) -> Result<(), FolderError> {
    let mut listed = Vec::new();
    for CsvFile { name, export } in files {
        let rows = export.items();
        let at = |error| FolderError::Io(folder.join(&name), error);
        let out = export.end().map_err(at)?;
        let (bytes, sha256) = (out.bytes(), out.sha256());
        out.finish().map_err(at)?;
        listed.push(Listed { name, rows, bytes, sha256 });
    }
    Manifest::new("csv", listed).write(folder).map_err(|error| FolderError::Io(folder.to_owned(), error))
}

/// Longest part of a file's name that comes from the id of a document, in characters.
const NAME: usize = 60;

/// Writes the two files of an article. A name that is taken, as by the same article given twice, is numbered.
fn write_brat(folder: &Path, article: &Article) -> Result<(), FolderError> {
    let id = &article.record.document.id;
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '_' };
    let name: String = id.chars().take(NAME).map(plain).collect();
    for again in 1_u32.. {
        let tail = if again == 1 { String::new() } else { format!("-{again}") };
        let text = folder.join(format!("{name}-{}{tail}.txt", article.id()));
        match OpenOptions::new().write(true).create_new(true).open(&text) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(FolderError::Io(text, error)),
            Ok(mut file) => {
                let annotations = text.with_extension("ann");
                file.write_all(article.text().as_bytes()).map_err(|error| FolderError::Io(text, error))?;
                return fs::write(&annotations, brat::annotations(article))
                    .map_err(|error| FolderError::Io(annotations, error));
            }
        }
    }
    Ok(())
}
