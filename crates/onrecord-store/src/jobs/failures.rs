//! What could not be read: where it stands, why, and how often it was tried.

use rusqlite::Row;
use serde::Serialize;

use crate::faults::fault;
use crate::{Store, StoreError, Writer};

/// A document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Failure {
    /// The file or address.
    pub origin: String,
    /// Which part of it, as ingest counts; none for a file that is one document.
    pub member: Option<u64>,
    /// The stable code of the reason: `too_large`.
    pub code: String,
    /// What happened, for people.
    pub message: String,
    /// How often it was tried.
    pub attempts: u64,
    /// When it first failed, ISO 8601.
    pub first_at: String,
    /// When it last failed, ISO 8601.
    pub last_at: String,
}

impl Failure {
    /// Something that failed just now.
    pub fn new(origin: &str, member: Option<u64>, code: &str, message: &str, now: &str) -> Failure {
        Failure {
            origin: origin.to_owned(),
            member,
            code: code.to_owned(),
            message: message.to_owned(),
            attempts: 1,
            first_at: now.to_owned(),
            last_at: now.to_owned(),
        }
    }
}

impl Writer {
    /// Notes that something could not be read; where it is noted already, it was tried once more.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn note_failure(&mut self, job: &str, failure: &Failure) -> Result<(), StoreError> {
        self.whole(|writer| {
            fault("job/failure")?;
            let sql = "INSERT INTO failures (job, origin, member, code, message, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?) \
                       ON CONFLICT (origin, member) DO UPDATE SET job = excluded.job, code = excluded.code, message = excluded.message, \
                       attempts = attempts + 1, last_at = excluded.last_at";
            let Failure { origin, code, message, first_at, last_at, .. } = failure;
            let row = (job, origin, written(failure.member), code, message, first_at, last_at);
            writer.batch()?.prepare_cached(sql)?.execute(row)?;
            Ok(())
        })
    }

    /// Takes a failure off the list: it could be read after all, or is not there any more.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn clear_failure(&mut self, origin: &str, member: Option<u64>) -> Result<bool, StoreError> {
        self.whole(|writer| {
            let sql = "DELETE FROM failures WHERE origin = ? AND member = ?";
            Ok(writer.batch()?.prepare_cached(sql)?.execute((origin, written(member)))? > 0)
        })
    }
}

impl Store {
    /// What could not be read, by file and place in it. A list: failures are few, or something is wrong with all of the input.
    ///
    /// # Errors
    /// SQLite.
    pub fn failures(&self) -> Result<Vec<Failure>, StoreError> {
        let reading = self.readers().get(None)?;
        let sql = "SELECT origin, member, code, message, attempts, first_at, last_at FROM failures ORDER BY origin, length(member), member";
        let mut statement = reading.prepare_cached(sql)?;
        let failures = statement.query_map([], read)?.collect::<Result<_, _>>()?;
        Ok(failures)
    }

    /// How often each code of a reason comes, the most frequent first.
    ///
    /// # Errors
    /// SQLite.
    pub fn failure_codes(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let reading = self.readers().get(None)?;
        let sql = "SELECT code, count(*) FROM failures GROUP BY code ORDER BY 2 DESC, code";
        let mut statement = reading.prepare_cached(sql)?;
        let codes = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        Ok(codes)
    }

    /// A page of what could not be read, that which failed first last, and where the next page begins; of one reason, where a code is given.
    ///
    /// # Errors
    /// [`StoreError::Cursor`]; SQLite.
    pub fn latest_failures(
        &self,
        code: Option<&str>,
        limit: usize,
        after: Option<&str>,
    ) -> Result<(Vec<Failure>, Option<String>), StoreError> {
        let before = match after {
            Some(cursor) => cursor.parse::<i64>().map_err(|_| StoreError::Cursor(cursor.to_owned()))?,
            None => i64::MAX,
        };
        let reading = self.readers().get(None)?;
        let sql = "SELECT origin, member, code, message, attempts, first_at, last_at, number FROM failures \
                   WHERE number < ?1 AND (?2 IS NULL OR code = ?2) ORDER BY number DESC LIMIT ?3";
        let mut statement = reading.prepare_cached(sql)?;
        let rows = statement
            .query_map((before, code, limit.saturating_add(1)), |row| Ok((read(row)?, row.get::<_, i64>(7)?)))?;
        let mut found = rows.collect::<Result<Vec<_>, _>>()?;
        let has_more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| has_more).map(|(_, number)| number.to_string());
        Ok((found.into_iter().map(|(failure, _)| failure).collect(), next))
    }
}

fn read(row: &Row) -> rusqlite::Result<Failure> {
    Ok(Failure {
        origin: row.get(0)?,
        member: row.get_ref(1)?.as_str().ok().and_then(|member| member.parse().ok()),
        code: row.get(2)?,
        message: row.get(3)?,
        attempts: row.get::<_, i64>(4).map(|attempts| u64::try_from(attempts).unwrap_or_default())?,
        first_at: row.get(5)?,
        last_at: row.get(6)?,
    })
}

/// A part as the table has it.
fn written(member: Option<u64>) -> String {
    member.map(|member| member.to_string()).unwrap_or_default()
}
