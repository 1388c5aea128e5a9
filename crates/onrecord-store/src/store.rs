//! One file: made, opened, read; who writes takes its [`Writer`].

use std::path::{Path, PathBuf};

use onrecord::Record;
use rusqlite::{Connection, OptionalExtension};

use crate::permalink::DOCUMENT;
use crate::{Readers, StoreError, Writer, connection, packed, schema};

/// A store of records. It may be shared between threads: readers do not wait for the writer nor for each other.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    readers: Readers,
}

impl Store {
    /// Makes an empty store.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where a file is; what the file system or SQLite says.
    pub fn create(path: impl AsRef<Path>) -> Result<Store, StoreError> {
        let path = path.as_ref().to_owned();
        if path.exists() {
            return Err(StoreError::Exists(path));
        }
        let mut connection = connection::for_writing(&path, true)?;
        schema::make(&mut connection, &path)?;
        Ok(Store { readers: Readers::new(path.clone()), path })
    }

    /// Opens a store; one of an earlier release is brought to this format first.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Foreign`] for another kind of file, [`StoreError::Newer`] for one of a later release.
    pub fn open(path: impl AsRef<Path>) -> Result<Store, StoreError> {
        let path = path.as_ref().to_owned();
        if !path.is_file() {
            return Err(StoreError::Missing(path));
        }
        let reading = connection::for_reading(&path).map_err(|error| schema::explained(error, &path))?;
        if schema::check(&reading, &path)? < schema::VERSION {
            schema::migrate(&mut connection::for_writing(&path, false)?, &path)?;
        }
        Ok(Store { readers: Readers::new(path.clone()), path })
    }

    /// Opens the store, or makes it where there is none.
    ///
    /// # Errors
    /// As [`Store::open`] and [`Store::create`].
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Store, StoreError> {
        if path.as_ref().exists() { Store::open(path) } else { Store::create(path) }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The connections for reading.
    pub fn readers(&self) -> &Readers {
        &self.readers
    }

    /// A writer. Several may be there; each batch waits for that of another to end.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn writer(&self) -> Result<Writer, StoreError> {
        Writer::new(&self.path)
    }

    /// The record of a document, as it was put in, byte for byte in its JSON. `id` is the permalink of the document or of anything in it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; SQLite.
    pub fn record(&self, id: &str) -> Result<Option<Record>, StoreError> {
        record(&*self.readers.get(None)?, id)
    }
}

/// The record of the document that `id` names or that holds what it names.
pub(crate) fn record(connection: &Connection, id: &str) -> Result<Option<Record>, StoreError> {
    let Some(document) = id.get(..DOCUMENT) else { return Ok(None) };
    let sql = "SELECT packed, text, text_sha256, engines.model FROM documents JOIN engines ON engines.number = engine WHERE id = ?";
    let row = |row: &rusqlite::Row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?));
    let found: Option<(Vec<u8>, String, String, String)> =
        connection.prepare_cached(sql)?.query_row([document], row).optional()?;
    let Some((packed, text, hash, model)) = found else { return Ok(None) };
    let damaged = |why| StoreError::Damaged { document: document.to_owned(), why };
    packed::unpack(&packed, packed::Apart { text: &text, hash: &hash, model: &model }).map(Some).map_err(damaged)
}
