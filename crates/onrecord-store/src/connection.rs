//! Connections that trust neither the file nor who asks.
//!
//! After SQLite's "Defense Against The Dark Arts": a file from elsewhere may be damaged or made to harm, and so may a query.

use std::cell::Cell;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use crate::StoreError;

/// How long a connection waits for another's write.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many instructions of SQLite's machine run between two looks at the clock: some 50 µs.
const STRIDE: i32 = 4_000;
/// The largest text or record that a statement may hold, in bytes: twice what the reader takes.
const LARGEST: i32 = 128 * 1024 * 1024;

/// Opens the file for writing, making it where `make` says so.
pub fn for_writing(path: &Path, make: bool) -> Result<Connection, StoreError> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if make {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let connection = hardened(Connection::open_with_flags(path, flags)?)?;
    connection.set_prepared_statement_cache_capacity(128);
    // One for VACUUM, which attaches what it writes.
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
    Ok(connection)
}

/// Opens the file for reading alone.
pub fn for_reading(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = hardened(Connection::open_with_flags(path, flags)?)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.pragma_update(None, "query_only", true)?;
    // Pages of the mapped file are not kept again; what is kept are those of the log that a writer has not taken into the file yet.
    connection.pragma_update(None, "cache_size", -4_000)?;
    connection.pragma_update(None, "mmap_size", 1_i64 << 30)?;
    Ok(connection)
}

fn hardened(connection: Connection) -> Result<Connection, StoreError> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "foreign_keys", false)?;
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_LENGTH, LARGEST),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_COLUMN, 100),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 10),
        (Limit::SQLITE_LIMIT_FUNCTION_ARG, 16),
        (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 10),
    ] {
        connection.set_limit(limit, value)?;
    }
    Ok(connection)
}

/// Until when a connection may work on what it was asked; SQLite looks here every [`STRIDE`] instructions, longer loops of our own by [`Deadline::check`].
#[derive(Debug, Clone)]
pub struct Deadline {
    start: Cell<Instant>,
    given: Option<Duration>,
}

impl Deadline {
    /// From now on, as long as `given`; for ever where that is none.
    pub fn set(connection: &Connection, given: Option<Duration>) -> Deadline {
        let start = Instant::now();
        match given {
            Some(given) => connection.progress_handler(STRIDE, Some(move || start.elapsed() > given)),
            None => connection.progress_handler(0, None::<fn() -> bool>),
        }
        Deadline { start: Cell::new(start), given }
    }

    /// # Errors
    /// The time is over.
    pub fn check(&self) -> Result<(), StoreError> {
        match self.given {
            Some(given) if self.start.get().elapsed() > given => Err(StoreError::Deadline(given.as_millis())),
            _ => Ok(()),
        }
    }

    /// An error of SQLite as what it is: interrupted by this deadline, or something else.
    pub fn explain(&self, error: rusqlite::Error) -> StoreError {
        match (error.sqlite_error_code(), self.given) {
            (Some(rusqlite::ErrorCode::OperationInterrupted), Some(given)) => StoreError::Deadline(given.as_millis()),
            _ => StoreError::Sqlite(error),
        }
    }
}
