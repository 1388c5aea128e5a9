//! The tables, and the steps from each released version of them to the next.
//!
//! The SQL of a version is its documentation. `user_version` counts the steps; `application_id` tells the file from any other SQLite file.

use std::path::Path;
use std::sync::LazyLock;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::StoreError;

/// `onrd`, in the header of every store.
pub const APPLICATION_ID: i32 = 0x6f6e_7264;
/// The format that this program writes.
pub const VERSION: usize = 1;

static STEPS: LazyLock<Migrations<'static>> = LazyLock::new(|| Migrations::new(vec![M::up(include_str!("v1.sql"))]));

/// Makes the tables in an empty file.
pub fn make(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    connection.pragma_update(None, "page_size", 4096)?;
    // So that pages that `Writer::tidy` frees leave the file.
    connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    migrate(connection, path)
}

/// An error of SQLite that says that the file is none of its own, as what it is.
pub fn explained(error: StoreError, path: &Path) -> StoreError {
    match error {
        StoreError::Sqlite(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            StoreError::Foreign(path.to_owned())
        }
        other => other,
    }
}

/// Refuses what is no store or a newer one.
pub fn check(connection: &Connection, path: &Path) -> Result<usize, StoreError> {
    let application: i32 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(|error| explained(error.into(), path))?;
    if application != APPLICATION_ID {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let found = usize::try_from(found).unwrap_or(usize::MAX);
    if found > VERSION {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: VERSION });
    }
    Ok(found)
}

/// Brings an older store to this version, in one transaction.
pub fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    STEPS.to_latest(connection).map_err(|error| StoreError::Migration {
        path: path.to_owned(),
        known: VERSION,
        why: error.to_string(),
    })
}
