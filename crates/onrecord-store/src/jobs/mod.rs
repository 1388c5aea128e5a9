//! Runs over files, archives and feeds that go on where they stopped.
//!
//! A *job* is a run over what its command names. Each file of it has a *position*, how far it was read; documents and the position behind them are
//! written in one batch, so a kill loses the batch that was open and nothing else. So are the entries of feeds that are watched. What could not be read is a *failure*, with the code of its reason.
//!
//! Absent on purpose: files (who runs the job reads them) and a clock.

mod failures;
mod feeds;
mod inputs;
mod rereading;

use rusqlite::{Connection, OptionalExtension, Row, params};

pub use failures::Failure;
pub use feeds::SeenFeed;
pub use inputs::{InputFile, Sighting, Standing};
pub use rereading::ReadBy;
pub(crate) use rereading::stored;

use crate::faults::fault;
use crate::{Store, StoreError, Writer, permalink};

/// A run to begin, or to go on with.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// What it does: `add`, `watch`, `reread`.
    pub kind: String,
    /// What it runs over: the paths and addresses, one a line.
    pub source: String,
    /// Its options, as JSON.
    pub options: Option<String>,
    /// What time it is, ISO 8601.
    pub now: String,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Made of its kind and its source: the same command is the same job.
    pub id: String,
    /// What it does.
    pub kind: String,
    /// What it runs over.
    pub source: String,
    /// Whether it is at an end.
    pub state: State,
    /// What it did so far.
    pub counts: Counts,
    /// When it began, ISO 8601.
    pub started_at: String,
    /// When it last wrote, ISO 8601.
    pub updated_at: String,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// At work; or it was killed at it.
    Running,
    /// Stopped by a person or an error of the system; it can go on.
    Stopped,
    /// All was done that could be.
    Finished,
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents that were come by, whatever became of them.
    pub documents: u64,
    /// Those that came into the store.
    pub added: u64,
    /// Those that could not be read.
    pub failed: u64,
    /// What is no document by its nature: a request in an archive, a picture, a link.
    pub passed_over: u64,
    /// Bytes of the files that were read to their end.
    pub bytes: u64,
}

impl State {
    /// Its name in the store.
    pub fn name(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Stopped => "stopped",
            State::Finished => "finished",
        }
    }

    fn named(name: &str) -> State {
        [State::Stopped, State::Finished].into_iter().find(|state| state.name() == name).unwrap_or(State::Running)
    }
}

impl Writer {
    /// Begins a run, or goes on with the one of the same kind and source that did not finish; its counts then go on, too.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn begin_job(&mut self, new: &NewJob) -> Result<Job, StoreError> {
        self.whole(|writer| {
            fault("job/begin")?;
            let connection = writer.batch()?;
            let id = permalink::of_job(&new.kind, &new.source);
            if let Some(found) = job(connection, &id)?.filter(|job| job.state != State::Finished) {
                connection.execute("UPDATE jobs SET state = 'running', updated_at = ? WHERE id = ?", (&new.now, &id))?;
                return Ok(found);
            }
            let sql = "INSERT OR REPLACE INTO jobs (id, kind, source, options, state, started_at, updated_at) VALUES (?, ?, ?, ?, 'running', ?, ?)";
            connection.execute(sql, (&id, &new.kind, &new.source, &new.options, &new.now, &new.now))?;
            let (kind, source) = (new.kind.clone(), new.source.clone());
            let (started_at, updated_at) = (new.now.clone(), new.now.clone());
            Ok(Job { id, kind, source, state: State::Running, counts: Counts::default(), started_at, updated_at })
        })
    }

    /// Writes how far a run has come, in the batch of the documents that it came to.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn note_job(&mut self, id: &str, state: State, counts: &Counts, now: &str) -> Result<(), StoreError> {
        self.whole(|writer| {
            fault("job/note")?;
            let sql = "UPDATE jobs SET state = ?, documents = ?, added = ?, failed = ?, passed_over = ?, bytes = ?, updated_at = ? WHERE id = ?";
            let of = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
            writer.batch()?.prepare_cached(sql)?.execute(params![
                state.name(),
                of(counts.documents),
                of(counts.added),
                of(counts.failed),
                of(counts.passed_over),
                of(counts.bytes),
                now,
                id,
            ])?;
            Ok(())
        })
    }
}

impl Store {
    /// The runs, the latest first.
    ///
    /// # Errors
    /// SQLite.
    pub fn jobs(&self) -> Result<Vec<Job>, StoreError> {
        let reading = self.readers().get(None)?;
        let mut statement =
            reading.prepare_cached(&format!("SELECT {COLUMNS} FROM jobs ORDER BY updated_at DESC, id"))?;
        let jobs = statement.query_map([], read)?.collect::<Result<_, _>>()?;
        Ok(jobs)
    }
}

const COLUMNS: &str = "id, kind, source, state, documents, added, failed, passed_over, bytes, started_at, updated_at";

fn job(connection: &Connection, id: &str) -> Result<Option<Job>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM jobs WHERE id = ?"))?;
    Ok(statement.query_row([id], read).optional()?)
}

fn read(row: &Row) -> rusqlite::Result<Job> {
    let count = |at| row.get::<_, i64>(at).map(|count| u64::try_from(count).unwrap_or_default());
    Ok(Job {
        id: row.get(0)?,
        kind: row.get(1)?,
        source: row.get(2)?,
        state: State::named(row.get_ref(3)?.as_str().unwrap_or_default()),
        counts: Counts {
            documents: count(4)?,
            added: count(5)?,
            failed: count(6)?,
            passed_over: count(7)?,
            bytes: count(8)?,
        },
        started_at: row.get(9)?,
        updated_at: row.get(10)?,
    })
}
