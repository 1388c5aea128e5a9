//! Records put in, many to a transaction, and taken out.
//!
//! What is added or taken out lies in one transaction until [`Writer::commit`]: a reader sees all of a batch or none of it, and a kill loses the batch
//! that was open and nothing else. The rows of the full-text indexes and the blocks of facets are written at the end of the batch, in the order of
//! their numbers: each index is walked once.

mod documents;
mod events;
mod facts;
mod statements;

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use onrecord::Record;
use onrecord::permalinks::{self, Permalinks};
use rusqlite::{Connection, OptionalExtension};

use crate::facets::{DocumentCell, EventCell, Pending, StatementCell};
use crate::faults::fault;
use crate::jobs::Sighting;
use crate::{StoreError, connection, corrections, days, subjects};

/// A record with where it came from.
#[derive(Debug, Clone)]
pub struct NewDocument {
    /// What was read from the article.
    pub record: Record,
    /// The file, archive or feed that it came from.
    pub origin: Option<String>,
    /// Which part of it: a line, a WARC record, an entry.
    pub member: Option<String>,
    /// The address that the page itself gives as its own.
    pub canonical_url: Option<String>,
    /// Which of the page's own words gave the date of publication: `json-ld`, `meta`, …
    pub rung: Option<String>,
    /// When the page says that it was last changed, ISO 8601.
    pub modified_at: Option<String>,
    /// What time it is, ISO 8601: the store has no clock.
    pub now: String,
}

impl NewDocument {
    /// A record of which nothing else is known, added at `now` (ISO 8601).
    pub fn new(record: Record, now: impl Into<String>) -> NewDocument {
        NewDocument {
            record,
            origin: None,
            member: None,
            canonical_url: None,
            rung: None,
            modified_at: None,
            now: now.into(),
        }
    }

    /// Where it was seen.
    pub fn sighting(&self) -> Sighting {
        let document = &self.record.document;
        Sighting {
            url: self.address().map(str::to_owned),
            outlet: document.outlet.clone(),
            published_at: document.published_at.clone(),
            modified_at: self.modified_at.clone(),
            now: self.now.clone(),
        }
    }

    /// Where it was seen: the address that the page gives as its own, else the one it came by.
    fn address(&self) -> Option<&str> {
        self.canonical_url.as_deref().or(self.record.document.url.as_deref())
    }
}

/// What became of a document that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The permalink of the document.
    pub id: String,
    /// What was done.
    pub outcome: Outcome,
    /// How many statements and events came into the store.
    pub statements: usize,
    /// How many events came into the store.
    pub events: usize,
}

impl Added {
    /// Whether the text was not in the store before.
    pub fn was_new(&self) -> bool {
        matches!(self.outcome, Outcome::New | Outcome::NewVersion)
    }
}

/// What was done with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there.
    New,
    /// It was not there, but another text under the same address was.
    NewVersion,
    /// The same text was there and has now been seen at another address, too.
    SeenElsewhere,
    /// It was there, and nothing changed.
    Known,
    /// It was there, and what was read from it has taken the place of what had been.
    Replaced,
    /// A person has taken it out; nothing was done.
    Withdrawn,
}

/// Who takes a document out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// Who.
    pub who: String,
    /// Why; shown to whoever follows a permalink to it.
    pub why: String,
    /// When, ISO 8601.
    pub at: String,
}

/// Writes into a store, in batches.
///
/// The first call after [`Writer::commit`] begins a batch, which waits for that of another writer to end. A writer that is dropped before it commits
/// leaves the store as it was.
#[derive(Debug)]
pub struct Writer {
    connection: Connection,
    /// The next number of documents, statements and events of a day.
    next: HashMap<(&'static str, i64), i64>,
    numbers: HashMap<(&'static str, String), i64>,
    unindexed: BTreeSet<(Index, i64)>,
    statement_cells: Pending<StatementCell>,
    event_cells: Pending<EventCell>,
    document_cells: Pending<DocumentCell>,
    /// Subjects of this kind and family are new, or more is known of them.
    touched: BTreeSet<(&'static str, String)>,
}

/// The full-text indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Index {
    Documents,
    Statements,
    Events,
}

impl Index {
    /// The table, where the words of its rows stand, and the columns that are indexed.
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Index::Documents => ("documents", "documents", "title, text"),
            Index::Statements => ("statements", "statement_words", "content, source"),
            Index::Events => ("events", "events", "trigger, actors, recipients, place_name"),
        }
    }
}

impl Writer {
    pub(crate) fn new(path: &Path) -> Result<Writer, StoreError> {
        let connection = connection::for_writing(path, false)?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "cache_size", -64_000)?;
        Ok(Writer {
            connection,
            next: HashMap::new(),
            numbers: HashMap::new(),
            unindexed: BTreeSet::new(),
            statement_cells: Pending::default(),
            event_cells: Pending::default(),
            document_cells: Pending::default(),
            touched: BTreeSet::new(),
        })
    }

    /// Puts a document in; where its text is there already, only where it was seen is noted.
    ///
    /// The same text is the same document, whoever publishes it: what was read first stays, with the outlet and date that came first.
    ///
    /// # Errors
    /// SQLite; the batch is then lost, and the store as it was before it.
    pub fn add(&mut self, document: &NewDocument) -> Result<Added, StoreError> {
        self.whole(|writer| writer.add_in_batch(document))
    }

    /// Puts a document in, in place of what an older engine read from the same text. Corrections stay: they hang on permalinks.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn replace(&mut self, document: &NewDocument) -> Result<Added, StoreError> {
        self.whole(|writer| {
            let (_, id) = permalinks::of_document(&document.record.document.text);
            let Some(number) = writer.number_of(&id)? else { return writer.add_in_batch(document) };
            let added_at = writer.added_at(number)?;
            fault("writer/replace")?;
            writer.take_out(number)?;
            let mut added = writer.put_in(document, &added_at)?;
            writer.connection.execute("UPDATE versions SET document = ? WHERE document = ?", [added.1, number])?;
            writer.note_sighting(&document.sighting(), added.1)?;
            added.0.outcome = Outcome::Replaced;
            fault("writer/replaced")?;
            Ok(added.0)
        })
    }

    /// Takes a document out with all that was read from it. The permalink tells who did and why, and the text does not come back by being added again.
    /// False where there is no such document.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn delete(&mut self, id: &str, withdrawal: &Withdrawal) -> Result<bool, StoreError> {
        self.whole(|writer| {
            let Some(number) = writer.number_of(id)? else { return Ok(false) };
            writer.take_out(number)?;
            writer.connection.execute("DELETE FROM versions WHERE document = ?", [number])?;
            let sql = "INSERT OR REPLACE INTO withdrawals (id, at, who, why) VALUES (?, ?, ?, ?)";
            writer.connection.execute(sql, (id, &withdrawal.at, &withdrawal.who, &withdrawal.why))?;
            Ok(true)
        })
    }

    /// Ends the batch: all of it is in the store from now on.
    ///
    /// # Errors
    /// SQLite; the batch is then lost.
    pub fn commit(&mut self) -> Result<(), StoreError> {
        if self.connection.is_autocommit() {
            return Ok(());
        }
        self.whole(|writer| {
            fault("writer/commit")?;
            writer.index_batch()?;
            for (kind, family) in std::mem::take(&mut writer.touched) {
                subjects::settle(&writer.connection, kind, &family)?;
            }
            corrections::settle(&writer.connection)?;
            fault("writer/indexed")?;
            writer.connection.execute_batch("COMMIT")?;
            Ok(())
        })?;
        fault("writer/committed")?;
        self.next.clear();
        if self.numbers.len() > 100_000 {
            self.numbers.clear();
        }
        Ok(())
    }

    /// From now on a batch that is committed is on the disk, whatever happens to the machine. Until then a failing power supply may take the last seconds.
    ///
    /// # Errors
    /// SQLite.
    pub fn make_durable(&mut self) -> Result<(), StoreError> {
        self.commit()?;
        Ok(self.connection.pragma_update(None, "synchronous", "FULL")?)
    }

    /// Takes the log into the file, so that the file alone is the store, as far as nobody reads in it now. An open batch is committed first.
    ///
    /// # Errors
    /// SQLite.
    pub fn settle_log(&mut self) -> Result<(), StoreError> {
        self.commit()?;
        fault("writer/settle_log")?;
        Ok(self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?)
    }

    /// Gives the batch up: the store is as it was before it.
    ///
    /// # Errors
    /// SQLite.
    pub fn roll_back(&mut self) -> Result<(), StoreError> {
        self.next.clear();
        self.numbers.clear();
        self.unindexed.clear();
        self.statement_cells = Pending::default();
        self.event_cells = Pending::default();
        self.document_cells = Pending::default();
        self.touched.clear();
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK")?;
        }
        Ok(())
    }

    /// Makes the file as small as it can be without rewriting it: indexes are merged, the log is taken into the file. For the end of a long run; costs
    /// time in proportion to the store. An open batch is committed first.
    ///
    /// # Errors
    /// SQLite.
    pub fn tidy(&mut self) -> Result<(), StoreError> {
        self.commit()?;
        for table in ["documents_fts", "statements_fts", "events_fts"] {
            self.connection.execute_batch(&format!("INSERT INTO {table} ({table}) VALUES ('optimize')"))?;
        }
        // It frees one page for each row that is asked for.
        let mut freed = self.connection.prepare("PRAGMA incremental_vacuum")?;
        let mut pages = freed.query([])?;
        while pages.next()?.is_some() {}
        drop(pages);
        drop(freed);
        self.connection.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)")?;
        Ok(())
    }

    /// The connection, in a batch that is open: what is written by it ends with the batch.
    ///
    /// # Errors
    /// SQLite, where the batch cannot begin.
    pub(crate) fn batch(&mut self) -> Result<&Connection, StoreError> {
        self.begin()?;
        Ok(&self.connection)
    }

    fn begin(&self) -> Result<(), StoreError> {
        if self.connection.is_autocommit() {
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
        }
        Ok(())
    }

    /// Does something in the batch; where it fails, the batch is given up.
    pub(crate) fn whole<T>(
        &mut self,
        work: impl FnOnce(&mut Writer) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.begin()?;
        let done = work(self);
        if done.is_err() {
            // The first error tells more than a second one would.
            let _ = self.roll_back();
        }
        done
    }

    fn add_in_batch(&mut self, document: &NewDocument) -> Result<Added, StoreError> {
        fault("writer/add")?;
        let (_, id) = permalinks::of_document(&document.record.document.text);
        let nothing = |outcome| Added { id: id.clone(), outcome, statements: 0, events: 0 };
        if let Some(number) = self.number_of(&id)? {
            let is_new_address = self.note_sighting(&document.sighting(), number)?;
            return Ok(nothing(if is_new_address { Outcome::SeenElsewhere } else { Outcome::Known }));
        }
        if self.is_withdrawn(&id)? {
            return Ok(nothing(Outcome::Withdrawn));
        }
        let address = "SELECT 1 FROM versions WHERE url = ?";
        let is_version = match document.address() {
            Some(url) => self.connection.prepare_cached(address)?.exists([url])?,
            None => false,
        };
        let (mut added, number) = self.put_in(document, &document.now)?;
        self.note_sighting(&document.sighting(), number)?;
        added.outcome = if is_version { Outcome::NewVersion } else { Outcome::New };
        Ok(added)
    }

    /// Writes a document's rows under new numbers.
    fn put_in(&mut self, document: &NewDocument, added_at: &str) -> Result<(Added, i64), StoreError> {
        let record = &document.record;
        let (hash, id) = permalinks::of_document(&record.document.text);
        let day = record.document.published_at.as_deref().map_or(0, days::day_of);
        let number = self.take_numbers("documents", day, 1)?;
        let statements = self.take_numbers("statements", day, record.statements.len())?;
        let events = self.take_numbers("events", day, record.events.len())?;
        // Made of what was read: they stay when it is corrected.
        let links = &Permalinks::within(&id, record);
        self.write_rows(document, &Placed { number, statements, events, id: &id, links, hash: &hash, added_at })?;
        let added =
            Added { outcome: Outcome::New, statements: record.statements.len(), events: record.events.len(), id };
        Ok((added, number))
    }

    /// Writes a document's rows: the record as it was read, packed, and all else as people corrected it.
    fn write_rows(&mut self, document: &NewDocument, place: &Placed) -> Result<(), StoreError> {
        let number = place.number;
        let outlet = self.write_document(document, place)?;
        fault("writer/record")?;
        let record = &corrections::corrected(&self.connection, document.record.clone())?;
        let places = self.write_places(record, number)?;
        let subjects = self.write_entities(record, number)?;
        fault("writer/entities")?;
        self.write_times(record, number)?;
        self.write_quantities(record, number)?;
        let found = Found { subjects, places, outlet };
        self.write_statements(record, place, &found)?;
        fault("writer/statements")?;
        self.write_events(record, place, &found)
    }

    /// The first of `count` numbers in a row that nothing in `table` has, of the rows of `day`.
    fn take_numbers(&mut self, table: &'static str, day: i64, count: usize) -> Result<i64, StoreError> {
        let numbers = days::numbers_of(day);
        let next = match self.next.get(&(table, day)) {
            Some(next) => *next,
            None => {
                let sql = format!("SELECT max(number) FROM {table} WHERE number >= ? AND number < ?");
                let last =
                    self.connection.prepare_cached(&sql)?.query_row([numbers.start, numbers.end], |row| row.get(0));
                // 0 is no number, so that "none" has one.
                last.map(|last: Option<i64>| last.map_or(numbers.start.max(1), |last| last + 1))?
            }
        };
        let after = i64::try_from(count).ok().and_then(|count| next.checked_add(count));
        let after = after.filter(|after| *after <= numbers.end).ok_or(StoreError::Full(table))?;
        self.next.insert((table, day), after);
        Ok(next)
    }

    pub(crate) fn is_withdrawn(&self, id: &str) -> Result<bool, StoreError> {
        Ok(self.connection.prepare_cached("SELECT 1 FROM withdrawals WHERE id = ?")?.exists([id])?)
    }

    pub(crate) fn number_of(&self, id: &str) -> Result<Option<i64>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT number FROM documents WHERE id = ?")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?)
    }

    /// The number of a name in a table of names, which is made where there is none yet.
    fn number_of_name(
        &mut self,
        table: &'static str,
        name: String,
        find: impl FnOnce(&Connection) -> rusqlite::Result<Option<i64>>,
        make: impl FnOnce(&Connection) -> rusqlite::Result<i64>,
    ) -> Result<i64, StoreError> {
        if let Some(number) = self.numbers.get(&(table, name.clone())) {
            return Ok(*number);
        }
        let number = match find(&self.connection)? {
            Some(number) => number,
            None => make(&self.connection)?,
        };
        self.numbers.insert((table, name), number);
        Ok(number)
    }

    /// Writes what waits for the end of the batch.
    fn index_batch(&mut self) -> Result<(), StoreError> {
        for (index, number) in std::mem::take(&mut self.unindexed) {
            let (table, words, columns) = index.names();
            let sql = format!(
                "INSERT INTO {table}_fts (rowid, {columns}) SELECT number, {columns} FROM {words} WHERE number = ?"
            );
            self.connection.prepare_cached(&sql)?.execute([number])?;
        }
        fault("writer/words_indexed")?;
        self.statement_cells.write(&self.connection)?;
        fault("writer/facets")?;
        self.event_cells.write(&self.connection)?;
        self.document_cells.write(&self.connection)
    }
}

/// Where a document and what is in it lie.
struct Placed<'a> {
    number: i64,
    /// The number of the first statement; the others follow.
    statements: i64,
    events: i64,
    id: &'a str,
    links: &'a Permalinks,
    hash: &'a str,
    added_at: &'a str,
}

/// What ids in a record stand for in the store.
struct Found {
    /// By the entity's place in the record.
    subjects: Vec<Option<i64>>,
    places: Vec<i64>,
    outlet: Option<i64>,
}

impl Found {
    fn subject(&self, entity: &str) -> Option<i64> {
        ordinal(entity).and_then(|at| self.subjects.get(at - 1).copied().flatten())
    }

    fn place(&self, place: Option<&String>) -> Option<i64> {
        place.and_then(|id| ordinal(id)).and_then(|at| self.places.get(at - 1).copied())
    }
}

/// The number in `s12`; ids are those of a record that was written by the engine, so others lead nowhere.
fn ordinal(id: &str) -> Option<usize> {
    id.get(1..).and_then(|digits| digits.parse().ok()).filter(|number| *number > 0)
}

/// A count or an offset as SQLite has it.
fn integer(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A probability in thousandths.
#[allow(clippy::cast_possible_truncation, reason = "of a number from 0 to 1000")]
fn thousandths(confidence: f64) -> i64 {
    (confidence.clamp(0.0, 1.0) * 1000.0).round() as i64
}

/// A list as JSON, or nothing for an empty one.
fn list<T: AsRef<str> + serde::Serialize>(items: &[T]) -> Option<String> {
    (!items.is_empty()).then(|| serde_json::to_string(items).unwrap_or_default())
}
