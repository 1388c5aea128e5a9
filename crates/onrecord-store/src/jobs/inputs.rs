//! How far each file was read, and whether a text is there already.

use onrecord::permalinks;
use rusqlite::OptionalExtension;

use crate::faults::fault;
use crate::{Outcome, Store, StoreError, Writer};

/// A file, and how far it was read.
///
/// A file counts as unchanged while its size and its time of change are the same: looking at the bytes of a large archive takes as long as reading it.
/// Where they differ it is read from the start; texts that are in the store already are then not analysed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Its absolute path.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub modified: i64,
    /// The part to go on with, as ingest counts.
    pub position: u64,
    /// Whether it was read to its end.
    pub is_finished: bool,
}

/// Where a text that is in the store was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sighting {
    /// The address.
    pub url: Option<String>,
    /// Who publishes it there.
    pub outlet: Option<String>,
    /// When, ISO 8601.
    pub published_at: Option<String>,
    /// When it was changed, ISO 8601.
    pub modified_at: Option<String>,
    /// What time it is, ISO 8601.
    pub now: String,
}

/// Whether a text has to be analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is not in the store.
    New,
    /// It is there.
    Known,
    /// A person took it out.
    Withdrawn,
}

impl Writer {
    /// Writes how far a file was read, in the batch of its documents.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn note_input(&mut self, job: &str, input: &InputFile, now: &str) -> Result<(), StoreError> {
        self.whole(|writer| {
            fault("input/note")?;
            let sql = "INSERT INTO inputs (path, size, modified, position, finished, job, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?) \
                       ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified, position = excluded.position, \
                       finished = excluded.finished, job = excluded.job, updated_at = excluded.updated_at";
            let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
            let (size, position) = (number(input.size), number(input.position));
            let row = (&input.path, size, input.modified, position, input.is_finished, job, now);
            writer.batch()?.prepare_cached(sql)?.execute(row)?;
            fault("input/noted")
        })
    }

    /// Notes where a text was seen that is in the store: what [`Writer::add`] would do, without its record.
    ///
    /// None where the text is not in the store.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn add_sighting(&mut self, text: &str, seen: &Sighting) -> Result<Option<Outcome>, StoreError> {
        self.whole(|writer| {
            fault("writer/sighting")?;
            let (_, id) = permalinks::of_document(text);
            if let Some(number) = writer.number_of(&id)? {
                let is_new_address = writer.note_sighting(seen, number)?;
                return Ok(Some(if is_new_address { Outcome::SeenElsewhere } else { Outcome::Known }));
            }
            Ok(writer.is_withdrawn(&id)?.then_some(Outcome::Withdrawn))
        })
    }
}

impl Store {
    /// How far a file was read.
    ///
    /// # Errors
    /// SQLite.
    pub fn input(&self, path: &str) -> Result<Option<InputFile>, StoreError> {
        let reading = self.readers().get(None)?;
        let number = |n: i64| u64::try_from(n).unwrap_or_default();
        let mut statement =
            reading.prepare_cached("SELECT size, modified, position, finished FROM inputs WHERE path = ?")?;
        let row = statement.query_row([path], |row| {
            Ok(InputFile {
                path: path.to_owned(),
                size: row.get(0).map(number)?,
                modified: row.get(1)?,
                position: row.get(2).map(number)?,
                is_finished: row.get(3)?,
            })
        });
        Ok(row.optional()?)
    }

    /// Whether a text has to be analysed: a few look-ups by key.
    ///
    /// # Errors
    /// SQLite.
    pub fn standing(&self, text: &str) -> Result<Standing, StoreError> {
        let reading = self.readers().get(None)?;
        let (_, id) = permalinks::of_document(text);
        if reading.prepare_cached("SELECT 1 FROM documents WHERE id = ?")?.exists([&id])? {
            return Ok(Standing::Known);
        }
        let is_withdrawn = reading.prepare_cached("SELECT 1 FROM withdrawals WHERE id = ?")?.exists([&id])?;
        Ok(if is_withdrawn { Standing::Withdrawn } else { Standing::New })
    }
}
