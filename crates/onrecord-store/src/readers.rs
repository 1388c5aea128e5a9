//! A pool of connections that only read, each with a deadline.

use std::num::NonZero;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

use crate::StoreError;
use crate::connection::{self, Deadline};

/// How many connections wait for the next question, for each core; more are opened when asked for and closed after.
const KEPT: usize = 4;

/// Connections for reading; a question borrows one.
#[derive(Debug)]
pub struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    kept: usize,
}

impl Readers {
    pub(crate) fn new(path: PathBuf) -> Readers {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Readers { path, idle: Mutex::default(), kept: KEPT * cores }
    }

    /// A connection for one question, which may take as long as `given`.
    ///
    /// What it reads is the store as it was at the first read of each call; a writer does not stop it.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn get(&self, given: Option<Duration>) -> Result<Reading<'_>, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connection::for_reading(&self.path)?,
        };
        let deadline = Deadline::set(&connection, given);
        Ok(Reading { connection: Some(connection), deadline, pool: self })
    }
}

/// A borrowed connection. It dereferences to SQLite's, for questions that no function of this crate answers; nothing can be written by it.
#[derive(Debug)]
pub struct Reading<'a> {
    /// There until it is given back.
    connection: Option<Connection>,
    deadline: Deadline,
    pool: &'a Readers,
}

impl Reading<'_> {
    pub(crate) fn deadline(&self) -> &Deadline {
        &self.deadline
    }

    /// Runs `ask` in one read transaction: all it reads is the store at one moment.
    pub(crate) fn at_one_moment<T>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let explained = |error| match error {
            StoreError::Sqlite(error) => self.deadline.explain(error),
            other => other,
        };
        let run = |sql| self.prepare_cached(sql)?.execute([]);
        run("BEGIN")?;
        let answer = ask(self).map_err(explained);
        let ended = run("COMMIT").or_else(|_| run("ROLLBACK"));
        let answer = answer?;
        ended.map_err(|error| self.deadline.explain(error))?;
        Ok(answer)
    }
}

impl Deref for Reading<'_> {
    type Target = Connection;

    #[allow(clippy::expect_used, reason = "taken only in `drop`")]
    fn deref(&self) -> &Connection {
        self.connection.as_ref().expect("a connection until it is given back")
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        let mut idle = self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < self.pool.kept && connection.is_autocommit() {
            idle.push(connection);
        }
    }
}
