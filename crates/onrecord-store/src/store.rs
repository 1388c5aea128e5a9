//! One file: made, opened, read; who writes takes its [`Writer`].

use std::path::{Path, PathBuf};

use onrecord::Record;
use onrecord::permalinks::DOCUMENT;
use rusqlite::{Connection, OptionalExtension};

use crate::faults::fault;
use crate::{Readers, StoreError, Writer, connection, corrections, packed, schema};

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
        // Made under another name first: a kill in between leaves no file that is neither a store nor nothing.
        let making = making(&path);
        let made = make(&making).and_then(|()| put_in_place(&making, &path).map_err(StoreError::Io));
        if made.is_err() {
            // What went wrong before tells more than what goes wrong here.
            let _ = std::fs::remove_file(&making);
        }
        made?;
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

    /// The record of a document, with what people corrected in it. `id` is the permalink of the document or of anything in it.
    ///
    /// Of a document that nobody corrected it is [`Store::record_as_read`]. In a corrected one, items that people looked at have a `status`: what was
    /// rejected stays in its place and says so, so that ids lead where they led.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; SQLite.
    pub fn record(&self, id: &str) -> Result<Option<Record>, StoreError> {
        let reading = self.readers.get(None)?;
        let record = record_as_read(&reading, id)?;
        record.map(|record| corrections::corrected(&reading, record)).transpose()
    }

    /// The record of a document as the engine read it: as it was put in, byte for byte in its JSON.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; SQLite.
    pub fn record_as_read(&self, id: &str) -> Result<Option<Record>, StoreError> {
        record_as_read(&*self.readers.get(None)?, id)
    }

    /// Numbers and permalinks of documents from behind `after` on, the oldest day first and in the order of coming on each; at most `most`.
    ///
    /// # Errors
    /// SQLite.
    pub fn documents(&self, after: Option<i64>, most: usize) -> Result<Vec<(i64, String)>, StoreError> {
        let reading = self.readers.get(None)?;
        let sql = "SELECT number, id FROM documents WHERE number > ? ORDER BY number LIMIT ?";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut statement = reading.prepare_cached(sql)?;
        let rows = statement.query_map((after.unwrap_or(i64::MIN), most), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Gives a new store its name. A log that lies there is that of a store that was taken away; it would be read into this one.
fn put_in_place(making: &Path, path: &Path) -> std::io::Result<()> {
    for end in ["-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    std::fs::rename(making, path)
}

/// The name under which a store is made; each process has its own.
fn making(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".making-{}", std::process::id()));
    path.with_file_name(name)
}

fn make(path: &Path) -> Result<(), StoreError> {
    fault("store/make")?;
    let mut connection = connection::for_writing(path, true)?;
    schema::make(&mut connection, path)?;
    // Closing takes the log into the file, so that the file alone is the store.
    connection.close().map_err(|(_, error)| error)?;
    fault("store/made")
}

/// The record of the document that `id` names or that holds what it names.
pub(crate) fn record_as_read(connection: &Connection, id: &str) -> Result<Option<Record>, StoreError> {
    let Some(document) = id.get(..DOCUMENT) else { return Ok(None) };
    let sql = "SELECT packed, text, text_sha256, engines.model FROM documents JOIN engines ON engines.number = engine WHERE id = ?";
    let row = |row: &rusqlite::Row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?));
    let found: Option<(Vec<u8>, String, String, String)> =
        connection.prepare_cached(sql)?.query_row([document], row).optional()?;
    let Some((packed, text, hash, model)) = found else { return Ok(None) };
    let damaged = |why| StoreError::Damaged { document: document.to_owned(), why };
    packed::unpack(&packed, packed::Apart { text: &text, hash: &hash, model: &model }).map(Some).map_err(damaged)
}
